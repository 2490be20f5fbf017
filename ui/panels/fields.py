"""Form fields that the desk's panels share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStyle, QWidget

from reception.clock import Instant
from reception.domain.about_now import OfficerRow
from reception.domain.office import Office
from reception.domain.person import Need
from ui import languages
from ui.appointment_words import officer_state
from ui.isolated import isolated
from ui.needed import need_icon, need_words, needs_in_order
from ui.panels.fitting import flowing
from ui.theme import look_of
from ui.widgets.control_grid import ControlGrid
from ui.widgets.drop import Drop, control_height
from ui.widgets.labels import ElidingLabel
from ui.widgets.painting import MUTED, RING, draw_text, text_width
from ui.widgets.tick import Tick

MOST_PEOPLE = 99
_LABEL_WIDTH = 88


def as_typed(text: str) -> str:
    """What a person typed, whole, without blanks round it.

    Half a character that an input method left behind can't be saved, so the sign for "unreadable" takes its place.
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()


class FieldRow(QWidget):
    """A row of a form to fill in: a muted label beside the field's first line, a hairline above.

    Like a control, it keeps free pixels at its sides, so that rows and buttons share their edges. Where there is
    too little room beside it the label stands above the field.
    """

    def __init__(self, label: str, field: QWidget, parent: QWidget | None = None, *, label_above: bool = False) -> None:
        super().__init__(parent)
        self._label = label
        self._field = field
        self._label_above = label_above
        if not field.accessibleName():
            field.setAccessibleName(label)
        policy = field.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        field.setSizePolicy(policy)
        self._layout = QHBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addWidget(field)
        own = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        own.setHeightForWidth(policy.hasHeightForWidth())
        self.setSizePolicy(own)
        self._wear()

    def field(self) -> QWidget:
        return self._field

    def _label_width(self) -> int:
        look = look_of(self)
        return max(look.px(_LABEL_WIDTH), text_width(self._label, look, MUTED) + 12)

    def _is_stacked(self) -> bool:
        field = self._field
        needed = field.whole_width() if isinstance(field, Drop) else field.minimumSizeHint().width()
        return self._label_above or self._label_width() + needed > self.width()

    def _wear(self) -> None:
        look = look_of(self)
        own = RING if isinstance(self._field, ElidingLabel) else 0  # words have no free pixels round a border
        if self._is_stacked():
            self._layout.setContentsMargins(own, look.line("base") + 6, own, 0)
        else:
            before, after = self._label_width() + own, own
            left, right = (after, before) if self.isRightToLeft() else (before, after)
            self._layout.setContentsMargins(left, 1, right, 0)

    def _least_height(self) -> int:
        look = look_of(self)
        return look.row_height(look.measure("size", "form_row"))

    # A minimum height that is set would count instead of what the field needs, and the field be cut where it is more.
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), self._least_height()))

    def minimumSizeHint(self) -> QSize:
        height = max(super().minimumSizeHint().height(), self._least_height())
        return QSize(self._field.minimumSizeHint().width(), height)

    def heightForWidth(self, width: int) -> int:
        return max(super().heightForWidth(width), self._least_height()) if self.hasHeightForWidth() else -1

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.ParentChange, QEvent.Type.LayoutDirectionChange):
            self._wear()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        painter.fillRect(RING, 0, self.width() - 2 * RING, 1, look.colour("line"))
        if self._is_stacked():
            label = QRect(RING, 5, self.width() - 2 * RING, look.line("base"))
        else:
            field = self._field
            first = look.line("base") if isinstance(field, ElidingLabel) else control_height(look)
            label = QRect(RING, field.y(), self._label_width() - RING - 8, min(field.height(), first))
        mirrored = self.isRightToLeft()
        label = QStyle.visualRect(self.layoutDirection(), self.rect(), label)
        draw_text(painter, label, self._label, look, MUTED, right=mirrored)


class TickGrid(ControlGrid):
    """Several things to tick, in columns. Remembers the order in which they were ticked."""

    def __init__(
        self,
        label: str,
        offers: Sequence[tuple[str, str, str]],
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        """`offers`: (value, words, icon)."""
        super().__init__(columns, 6, parent)
        flowing(self)
        self.setAccessibleName(label)
        self._ticks: dict[str, Tick] = {}
        self._order: list[str] = []
        for value, words, icon in offers:
            tick = Tick(words, icon)
            tick.setAccessibleName(words)
            tick.toggled.connect(self._remember(value))
            self._ticks[value] = tick
            self.add_control(tick)

    def _remember(self, value: str) -> Callable[[bool], None]:
        def toggled(on: bool) -> None:
            if on:
                self._order.append(value)
            else:
                self._order.remove(value)

        return toggled

    def values(self) -> tuple[str, ...]:
        """What is ticked, in the order of ticking."""
        return tuple(self._order)

    def set_values(self, values: Iterable[str]) -> None:
        wanted = set(values)
        for value, tick in self._ticks.items():
            tick.setChecked(value in wanted)

    def set_possible(self, value: str, possible: bool) -> None:
        """Take one away for now; it is unticked."""
        tick = self._ticks[value]
        tick.setEnabled(possible)
        if not possible:
            tick.setChecked(False)

    def tick(self, value: str) -> Tick:
        return self._ticks[value]


def need_offers() -> list[tuple[str, str, str]]:
    """All needs, for a :class:`TickGrid`."""
    return [(need.value, need_words(need), need_icon(need)) for need in needs_in_order()]


def needs_of(values: Iterable[str]) -> frozenset[Need]:
    return frozenset(Need(value) for value in values)


def spoken_choices() -> list[tuple[str, str]]:
    return [("", "Not asked"), *languages.spoken_languages()]


def written_choices() -> list[tuple[str, str]]:
    return [("", "Not asked"), *languages.written_languages()]


def officer_choices(
    office: Office, anyone: str = "Anyone", officers: Sequence[OfficerRow] = (), now: Instant = 0
) -> list[tuple[str, str]]:
    """Staff by name, and where that is known whether they can be had `now`; first nobody in particular."""
    staff = sorted(office.staff, key=lambda officer: officer.name)
    states = {each.id: f", {officer_state(each, office.zone, now)}" for each in officers}
    return [("", anyone), *((each.id, f"{isolated(each.name)}{states.get(each.id, '')}") for each in staff)]


def party_choices() -> list[tuple[str, str]]:
    return [(str(count), str(count)) for count in range(1, MOST_PEOPLE + 1)]
