"""The contents of the settings: the sections with what is to mend in each, and the ways out: save and leave."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import look_of
from ui.widgets import RING, Drop, KeyButton, Sheet
from ui.widgets.painting import MUTED, Style, draw_icon, draw_ring, draw_text
from ui.widgets.sheet import PADDING

_WIDTH = 248
SECTION_KEYS = "1234567890"
"""With Ctrl, the sections' keys, in their order; those after the tenth have none."""


class _Entry(QRadioButton):
    """One section: its name, and its key or how much is to mend."""

    def __init__(self, title: str, key: str) -> None:
        super().__init__(title)
        self._key = key
        self._faults = 0
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_faults(0)

    def set_faults(self, count: int) -> None:
        self._faults = count
        self.setAccessibleName(f"{self.text()}, {count} to mend" if count else self.text())
        self.setAccessibleDescription(f"Key {self._key}" if self._key else "")
        self.update()

    def faults(self) -> int:
        return self._faults

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(_WIDTH), look.row_height(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(120), self.sizeHint().height())

    def hitButton(self, pos: object) -> bool:
        return self.rect().contains(pos)  # type: ignore[call-overload, no-any-return]

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        rect = self.rect()
        if self.isChecked():
            painter.fillRect(rect, look.colour("surface-selected"))
            edge = look.stroke("row_edge")
            painter.fillRect(QRect(0, 0, edge, self.height()), look.colour("accent"))
        elif self.underMouse():
            painter.fillRect(rect, look.colour("surface-hover"))
        if self.hasFocus():
            draw_ring(painter, rect.adjusted(RING + 1, RING, -RING - 1, -RING), look)
        inner = rect.adjusted(PADDING, 0, -PADDING, 0)
        if self._faults:
            words = f"{self._faults} to mend"
            width = draw_text(painter, inner, words, look, Style(weight=600, token="late-text"), right=True)
            icon = look.px(16)
            draw_icon(painter, inner.right() + 1 - width - 8 - icon, inner, "late", look, "late", 16)
            width += icon + 8
        else:
            width = draw_text(painter, inner, self._key, look, MUTED, right=True)
        inner.adjust(0, 0, -width - 12, 0)
        draw_text(painter, inner, self.text(), look, Style(weight=600 if self.isChecked() else 400))


class Contents(Sheet):
    """A list at the left; where there is little room, a line at the top with the sections in a drop-down."""

    chosen = Signal(int)
    """The place of a section, chosen by the person."""

    def __init__(self, heading: str, titles: Sequence[str], save: QAction, leave: QAction) -> None:
        super().__init__(heading)
        self._titles = tuple(titles)
        self._faults = [0] * len(titles)
        self._group = QButtonGroup(self)
        self._list = QWidget()
        self._list.setAccessibleName("Sections")
        rows = QVBoxLayout(self._list)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self.entries: list[_Entry] = []
        for at, title in enumerate(titles):
            entry = _Entry(title, f"Ctrl {SECTION_KEYS[at]}" if at < len(SECTION_KEYS) else "")
            self._group.addButton(entry, at)
            self.entries.append(entry)
            rows.addWidget(entry)
        self._group.idClicked.connect(self.chosen)
        self.drop = Drop("Section")
        self.drop.setPlaceholderText("Choose a section")
        self.drop.activated.connect(self.chosen)
        self.leave_button = KeyButton(leave)
        self.save_button = KeyButton(save, "main")

        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._box.setSpacing(0)
        self._buttons = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._buttons.setSpacing(0)
        self._buttons.addWidget(self.leave_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._buttons.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._box.addWidget(self._list)
        self._box.addWidget(self.drop, 1, Qt.AlignmentFlag.AlignVCenter)
        self._box.addStretch(1)
        self._box.addLayout(self._buttons)
        self.body.addLayout(self._box, 1)
        self._is_narrow = True
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """A line at the top, or a list at the left."""
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(across if narrow else down)
        self._buttons.setDirection(across if narrow else down)
        side = PADDING - RING
        edge = side - 1
        self._buttons.setContentsMargins(0 if narrow else side, 0, 0 if narrow else side, 0 if narrow else edge)
        self._box.setContentsMargins(*((side, edge, side, edge) if narrow else (0, 0, 0, 0)))
        self._list.setVisible(not narrow)
        self.drop.setVisible(narrow)
        self._box.setStretch(2, 0 if narrow else 1)
        self.heading_row().setVisible(not narrow)
        policy = QSizePolicy.Policy
        if narrow:
            self.setSizePolicy(policy.Expanding, policy.Fixed)
        else:
            self.setSizePolicy(policy.Fixed, policy.Expanding)
        self.updateGeometry()

    def heading_row(self) -> QWidget:
        """The row that the title stands in."""
        row = self.title.parentWidget()
        assert row is not None
        return row

    def list_width(self) -> int:
        return look_of(self).px(_WIDTH) + 2

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint if self._is_narrow else QSize(self.list_width(), hint.height())

    def minimumSizeHint(self) -> QSize:
        # low, so that a window that is too low for the list may become one with a line at the top
        hint = super().minimumSizeHint()
        return hint if self._is_narrow else QSize(self.list_width(), look_of(self).px(160))

    def show_place(self, at: int) -> None:
        """Mark a section as the one that is open; -1 marks none."""
        if at < 0:
            self._group.setExclusive(False)
            for entry in self.entries:
                entry.setChecked(False)
            self._group.setExclusive(True)
        else:
            self.entries[at].setChecked(True)
        self._fill_drop()
        self.drop.setCurrentIndex(at)

    def set_faults(self, faults: Sequence[int]) -> None:
        """How much is to mend in each section."""
        if list(faults) == self._faults:
            return
        self._faults = list(faults)
        for entry, count in zip(self.entries, faults, strict=True):
            entry.set_faults(count)
        at = self.drop.currentIndex()
        self._fill_drop()
        self.drop.setCurrentIndex(at)

    def _fill_drop(self) -> None:
        words = [
            f"{title}: {count} to mend" if count else title
            for title, count in zip(self._titles, self._faults, strict=True)
        ]
        self.drop.set_choices([(str(at), each) for at, each in enumerate(words)])

    def fits_beside(self, width: int, height: int, page: int) -> bool:
        """Whether the list and a section `page` pixels wide at 100 % stand side by side in this room."""
        look = look_of(self)
        rows = len(self.entries) * self.entries[0].sizeHint().height()
        ways_out = self.leave_button.sizeHint().height() + self.save_button.sizeHint().height()
        return width >= self.list_width() + look.px(page) and height >= look.row_height(64) + rows + ways_out + PADDING
