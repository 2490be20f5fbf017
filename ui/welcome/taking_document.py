"""Another document to work by: what it states is filled in, and all of it can be put back as it was."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from ui.welcome.day_line import Day
from ui.welcome.hours_page import HoursPage
from ui.welcome.office_page import OfficePage
from ui.welcome.page import Remark
from ui.welcome.promises_page import PromisesPage
from ui.welcome.words import OWN, PUBLISHERS


@dataclass(frozen=True, slots=True)
class _Stated:
    """All that a document may fill in."""

    preset: str
    council: str
    targets: dict[str, str]
    hours: tuple[Day, ...]


class TakingDocument(QObject):
    """See the module. What was typed by hand stays to be put back, however many documents are looked at after it."""

    taken = Signal(object)
    """A :class:`Remark` on what was filled in."""

    def __init__(self, office: OfficePage, promises: PromisesPage, hours: HoursPage, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._promises, self._hours = office, promises, hours
        self._by_hand: _Stated | None = None
        self._own: _Stated | None = None
        self._filled_in: _Stated | None = None
        """What stood there when a document had been taken."""
        office.preset_chosen.connect(self._take)

    def _now(self, preset: str) -> _Stated:
        return _Stated(preset, self._office.council.text(), self._promises.targets(), self._hours.value())

    def _take(self, preset_before: str, preset: str) -> None:
        before = self._now(preset_before)
        self._own = self._without_documents(before)
        if self._by_hand is None or before != self._filled_in:
            self._by_hand = before
        if preset == OWN:
            self._put(self._own)
        else:
            self._office.take_council(preset)
            self._promises.take_preset(preset)
            self._hours.take_preset(preset)
        self._filled_in = after = self._now(preset)
        by_hand = self._by_hand
        if (after.targets, after.hours, after.council) != (before.targets, before.hours, before.council):
            self.taken.emit(Remark(_words(before, after), "Undo puts all back as it was.", lambda: self._put(by_hand)))
        elif after != by_hand:
            self.taken.emit(Remark(_whose(preset), "Undo puts all back as it was.", lambda: self._put(by_hand)))

    def _without_documents(self, before: _Stated) -> _Stated:
        """What stands there but for what documents filled in; that is as it was before them."""
        own, filled_in = self._own, self._filled_in
        if own is None or filled_in is None:
            return replace(before, preset=OWN)
        targets = {
            name: own.targets[name] if text == filled_in.targets[name] else text
            for name, text in before.targets.items()
        }
        return _Stated(
            OWN,
            own.council if before.council == filled_in.council else before.council,
            targets,
            own.hours if before.hours == filled_in.hours else before.hours,
        )

    def _put(self, stated: _Stated) -> None:
        self._office.put_preset(stated.preset)
        self._office.council.setText(stated.council)
        self._promises.set_preset(stated.preset)
        self._hours.set_preset(stated.preset)
        self._hours.put(stated.hours)
        self._promises.put_targets(stated.targets)
        self._office.was_edited()


def _whose(preset: str) -> str:
    return f"The office works by {PUBLISHERS[preset].document}." if preset in PUBLISHERS else "Our own promises."


def _words(before: _Stated, after: _Stated) -> str:
    """What is now otherwise."""
    if after.preset not in PUBLISHERS:
        return "What the document had filled in is taken out again."
    name = PUBLISHERS[after.preset].name
    parts = []
    if before.targets != after.targets:
        parts.append(f"The targets are now those of {name}.")
    if before.hours != after.hours:
        parts.append(f"{name} hours are filled in.")
    return " ".join(parts) or _whose(after.preset)
