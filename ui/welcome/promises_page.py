"""The section *Promises*: the targets, the calling rule, and the finer points behind *More*."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from reception.domain.standards import PRESETS, Preset
from reception.services.office_settings import (
    CALLS_BEFORE_NO_SHOW,
    GRACE_MINUTES,
    GUARD_TIMES,
    HOLD_MINUTES,
    NOTICE_DAYS,
    OVERTAKES,
    UNDO_MINUTES,
    Limits,
    OfficeSettings,
)
from ui.calling_rules import CALLING_RULES, GUARDS, OVERTAKEN, USUAL_GUARDS
from ui.welcome.checks import fault_of
from ui.welcome.controls import Option
from ui.welcome.page import Field, Page
from ui.welcome.reading import as_typed, factor_words, read_factor, read_minutes, read_notice, read_number
from ui.welcome.rows import Row, part, remark
from ui.welcome.suggesting import PickEdit
from ui.welcome.words import notice, said_of, within
from ui.widgets import RING, KeyButton, LineEdit

_NO_PROMISE = "No promise"
_NARROW = 144
_USUAL_TARGETS = (_NO_PROMISE, *(str(minutes) for minutes in (5, 10, 15, 20, 25, 30, 45, 60)))
_TARGETS = (
    ("walk_in_seen", "Walk-ins seen within"),
    ("walk_in_resolved", "Walk-ins resolved within"),
    ("appointment_seen", "Appointments seen within"),
)
_NOTICE = "notice_days"
_PROMISES = (*(name for name, _ in _TARGETS), _NOTICE)
_USUAL_NOTICES = (_NO_PROMISE, "1", "2", "3", "5", "7", "10")
_COUNTS = (
    ("overtakes", *OVERTAKEN, OVERTAKES),
    ("no_show_after_calls", "A no-show after", "calls without an answer.", CALLS_BEFORE_NO_SHOW),
    ("undo_minutes", "Undo for", "minutes after a mis-click.", UNDO_MINUTES),
    ("grace_minutes", "Late, still promised", "minutes", GRACE_MINUTES),
    ("hold_minutes", "A slot is held for", "minutes", HOLD_MINUTES),
)
_HINTS = {
    "grace_minutes": "Whoever comes later to an appointment is promised no time.",
    "hold_minutes": "While it is talked about on the telephone.",
}


class PromisesPage(Page):
    title = "Promises"
    note = "what visitors may expect, and who is called next"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preset: Preset | None = None
        self._rows: dict[str, Row] = {}
        self.numbers: dict[str, LineEdit] = {}
        self._fields: list[Field] = []

        self.column.addWidget(remark("A target left empty is no promise: it is shown and reported as such."))
        for key, label in _TARGETS:
            self.column.addWidget(self._number(key, label, "minutes", read_minutes, _USUAL_TARGETS))
            self.numbers[key].setPlaceholderText(_NO_PROMISE)
        read_days = partial(read_notice, limits=NOTICE_DAYS)
        self.column.addWidget(self._number(_NOTICE, "Notice of visits", "working days", read_days, _USUAL_NOTICES))
        self.numbers[_NOTICE].setPlaceholderText(_NO_PROMISE)
        self.column.addWidget(part("Who is called next"))
        self.rules = QButtonGroup(self)
        self._options: dict[str, Option] = {}
        for at, (rule, name, sentence) in enumerate(CALLING_RULES):
            option = Option(name, sentence)
            self._options[rule] = option
            self.rules.addButton(option, at)
            self.column.addWidget(option)
            self.attend(option)
        self.rules.idClicked.connect(self.was_edited)

        self._more = QWidget()
        self._more_action = QAction("More about calling and booking", self)
        self._more_action.triggered.connect(lambda: self.show_more(on=self._more.isHidden()))
        self.more_button = KeyButton(self._more_action)
        beside = QHBoxLayout()
        beside.setContentsMargins(0, 8, 0, 8)
        beside.addWidget(self.more_button)
        beside.addStretch(1)
        self.column.addLayout(beside)
        finer = QVBoxLayout(self._more)
        finer.setContentsMargins(0, 0, 0, RING)
        finer.setSpacing(0)
        for key, label, suffix in GUARDS:
            read = partial(read_factor, limits=GUARD_TIMES)
            finer.addWidget(self._number(key, label, suffix, read, USUAL_GUARDS))
        for key, label, suffix, limits in _COUNTS:
            finer.addWidget(self._number(key, label, suffix, partial(read_number, limits=limits), _all_of(limits)))
        self.column.addWidget(self._more)
        self.column.addStretch(1)
        self.attend(self.more_button)
        self.show_more(on=False)

    def _number(self, key: str, label: str, suffix: str, read: Callable[[str], object], usual: Sequence[str]) -> Row:
        field = PickEdit(lambda: usual)
        row = Row(label, field, _HINTS.get(key, ""), suffix=suffix, width=_NARROW)
        field.textEdited.connect(self.was_edited)
        self.attend(field)
        self.numbers[key] = field
        self._rows[key] = row
        self._fields.append(Field(field, lambda: fault_of(lambda: read(field.text())), row.sentence))
        return row

    def show_more(self, *, on: bool) -> None:
        """Open or close the finer points."""
        self._more.setVisible(on)
        self._more_action.setText("Less about calling and booking" if on else "More about calling and booking")

    def set_preset(self, key: str) -> None:
        """Say beside each target what the document says."""
        self._preset = PRESETS.get(key)
        for name, _ in _TARGETS:
            stated = None if self._preset is None else getattr(self._preset, name)
            self._rows[name].set_hint(said_of(self._preset, within(stated)))
        stated_days = 0 if self._preset is None else self._preset.notice_days
        self._rows[_NOTICE].set_hint(said_of(self._preset, notice(stated_days)))

    def take_preset(self, key: str) -> None:
        """Fill the targets with those of a document."""
        self.set_preset(key)
        if self._preset is not None:
            self.put_targets(_targets_of(self._preset))

    def targets(self) -> dict[str, str]:
        """What a document may state, as it stands in the fields."""
        return {name: as_typed(self.numbers[name].text()) for name in _PROMISES}

    def put_targets(self, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            self.numbers[name].setText(text)
        self.was_edited()

    def fill(self, settings: OfficeSettings) -> None:
        for name in _PROMISES:
            self.numbers[name].setText(_text_of(getattr(settings, name)))
        for name, *_ in GUARDS:
            self.numbers[name].setText(factor_words(getattr(settings, name)))
        for name, *_ in _COUNTS:
            self.numbers[name].setText(str(getattr(settings, name)))
        self._options.get(settings.rule, self._options[CALLING_RULES[0][0]]).setChecked(True)
        self.set_preset(settings.preset)

    def into(self, settings: OfficeSettings) -> OfficeSettings:
        text = {name: field.text() for name, field in self.numbers.items()}
        counts: dict[str, Any] = {name: read_number(text[name], limits) for name, _, _, limits in _COUNTS}
        return replace(
            settings,
            walk_in_seen=read_minutes(text["walk_in_seen"]),
            walk_in_resolved=read_minutes(text["walk_in_resolved"]),
            appointment_seen=read_minutes(text["appointment_seen"]),
            notice_days=read_notice(text[_NOTICE], NOTICE_DAYS),
            rule=self.rule(),
            walk_in_guard=read_factor(text["walk_in_guard"], GUARD_TIMES),
            appointment_guard=read_factor(text["appointment_guard"], GUARD_TIMES),
            **counts,
        )

    def rule(self) -> str:
        """The key of the calling rule that is chosen."""
        return next((key for key, option in self._options.items() if option.isChecked()), CALLING_RULES[0][0])

    def control_of(self, field: str) -> QWidget | None:
        return self._options[self.rule()] if field == "rule" else self.numbers.get(field)

    def reveal(self, control: QWidget) -> None:
        if self._more.isAncestorOf(control):
            self.show_more(on=True)
        super().reveal(control)

    def typed(self) -> object:
        return (self.rule(), *(as_typed(field.text()) for field in self.numbers.values()))

    def fields(self) -> Sequence[Field]:
        return self._fields

    def stops(self) -> Sequence[QWidget]:
        targets = self._target_fields()
        finer = [field for field in self.numbers.values() if field not in targets]
        return (*targets, *self._options.values(), self.more_button, *finer)

    def _target_fields(self) -> list[LineEdit]:
        return [self.numbers[name] for name in _PROMISES]

    def left(self, control: QWidget) -> None:
        for field in self._fields:
            if field.control is control and not field.fault() and control in self._target_fields():
                # show what was understood: "15 min" becomes "15"
                is_notice = control is self.numbers[_NOTICE]
                control.setText(
                    _text_of(read_notice(control.text(), NOTICE_DAYS) if is_notice else read_minutes(control.text()))
                )
        super().left(control)


def _targets_of(preset: Preset) -> dict[str, str]:
    return {name: _text_of(getattr(preset, name)) for name in _PROMISES}


def _all_of(limits: Limits) -> tuple[str, ...]:
    return tuple(str(number) for number in range(limits.low, limits.high + 1))


def _text_of(number: int | None) -> str:
    """Nothing where nothing is promised."""
    return str(number) if number else ""
