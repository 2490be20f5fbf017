"""Form fields that the desk's panels share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QStyledItemDelegate, QWidget

from reception.domain.office import Office
from reception.domain.snapshots import Need
from ui import texts
from ui.desk.fitting import flowing
from ui.theme import Look, look_of
from ui.widgets.choices import Tick
from ui.widgets.control_grid import ControlGrid
from ui.widgets.painting import MUTED, RING, Style, draw_box, draw_icon, draw_ring, draw_text, text_width

MOST_PEOPLE = 99
_LABEL_WIDTH = 88
_LIST = (
    # A list of a dozen rows that scrolls, in place of one that may cover the whole screen.
    "QComboBox { combobox-popup: 0; }"
    "QComboBox QAbstractItemView { border: 1px solid palette(dark); }"
    "QComboBox QAbstractItemView::item { padding: 4px 11px; }"
)


def as_typed(text: str) -> str:
    """What a person typed, whole, without blanks round it.

    Half a character that an input method left behind can't be saved, so the sign for "unreadable" takes its place.
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()


class Choice(QComboBox):
    """One of a list that drops down. Typing its first letters chooses; so do the arrow keys, without opening it."""

    def __init__(self, label: str, choices: Iterable[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setStyleSheet(_LIST)
        self.setMaxVisibleItems(12)
        self.set_choices(choices)

    def set_choices(self, choices: Iterable[tuple[str, str]]) -> None:
        """(value, words) pairs; the value that was chosen stays chosen where it is still offered."""
        wanted = list(choices)
        if wanted == [(self.itemData(at), self.itemText(at)) for at in range(self.count())]:
            return
        chosen = self.value()
        self.clear()
        for value, words in wanted:
            self.addItem(words, value)
        self.set_value(chosen)

    def value(self) -> str:
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        """Choose by value; an unknown one chooses the first."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter belongs to the panel, Space opens the list.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A turn of the wheel scrolls the panel; it never changes an answer by accident."""
        event.ignore()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._height())

    def _height(self) -> int:
        return _one_line(look_of(self))

    def whole_width(self) -> int:
        """The width at which none of the choices is cut."""
        look = look_of(self)
        words = max((text_width(self.itemText(at), look) for at in range(self.count())), default=0)
        return words + 12 + 10 + 8 + look.px(18) + 2 * RING

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        box = self.rect().adjusted(RING, RING, -RING, -RING)
        enabled = self.isEnabled()
        ground = "surface-raised" if enabled else "disabled"
        draw_box(
            painter,
            box,
            look.colour(ground),
            look.colour("line-strong" if enabled else "line"),
            look.stroke("control"),
            look.measure("radius", "control"),
        )
        if self.hasFocus():
            draw_ring(painter, box, look)
        words = "text" if enabled else "on-disabled"
        inner = box.adjusted(12, 0, -10, 0)
        edge = look.px(18)
        draw_icon(painter, inner.right() - edge + 1, inner, "down", look, words)
        draw_text(painter, inner.adjusted(0, 0, -edge - 8, 0), self.currentText(), look, Style(token=words))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


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
        needed = field.whole_width() if isinstance(field, Choice) else field.minimumSizeHint().width()
        return self._label_above or self._label_width() + needed > self.width()

    def _wear(self) -> None:
        look = look_of(self)
        if self._is_stacked():
            self._layout.setContentsMargins(0, look.line("base") + 6, 0, 0)
        else:
            self._layout.setContentsMargins(self._label_width(), 1, 0, 0)
        self.setMinimumHeight(look.row_height(look.measure("size", "form_row")))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._field.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.ParentChange):
            self._wear()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        painter.fillRect(RING, 0, self.width() - 2 * RING, 1, look.colour("line"))
        if self._is_stacked():
            label = QRect(RING, 5, self.width() - 2 * RING, look.line("base"))
        else:
            lowest = max(self._field.sizeHint().height(), self.minimumHeight())
            label = QRect(RING, 1, self._label_width() - RING - 8, min(self.height() - 1, lowest, _one_line(look)))
        draw_text(painter, label, self._label, look, MUTED)


def _one_line(look: Look) -> int:
    """The height of a field of one line, its ring included."""
    return look.row_height(look.measure("size", "button")) + 2 * RING


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
    return [(need.value, texts.need_words(need), texts.need_icon(need)) for need in texts.needs_in_order()]


def needs_of(values: Iterable[str]) -> frozenset[Need]:
    return frozenset(Need(value) for value in values)


def spoken_choices() -> list[tuple[str, str]]:
    return [("", "Not asked"), *texts.spoken_languages()]


def written_choices() -> list[tuple[str, str]]:
    return [("", "Not asked"), *texts.written_languages()]


def officer_choices(office: Office, anyone: str = "Anyone") -> list[tuple[str, str]]:
    """Staff by name; the first choice is nobody in particular."""
    staff = sorted(office.staff, key=lambda officer: officer.name)
    return [("", anyone), *((officer.id, officer.name) for officer in staff)]


def party_choices() -> list[tuple[str, str]]:
    return [(str(count), str(count)) for count in range(1, MOST_PEOPLE + 1)]
