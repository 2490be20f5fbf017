"""A page of one day or period: it is chosen in a panel, a finding says what it comes to, sheets show it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.link import Link
from ui.panels.in_sight import InSight
from ui.supervisor.choice_panel import ChoicePanel
from ui.supervisor.finding import Finding
from ui.supervisor.newest import Newest
from ui.supervisor.page import Page
from ui.supervisor.period_head import StepHead
from ui.supervisor.scrolled import scrolled
from ui.supervisor.sheets import Content

_MARGIN = 16


class FindingPage(Page):
    """See the module. What each kind of page moves, chooses, takes and asks are its own methods."""

    lane = ""
    """Questions of this page wait for none of another lane; see :meth:`ui.link.Link.ask_beside`."""

    def __init__(self, link: Link, head: StepHead, panel: ChoicePanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asking = Newest(link, self.lane)
        self.head = self.step_head = head
        head.setParent(self)
        head.hide()
        head.earlier.connect(lambda: self._move(-1))
        head.later.connect(lambda: self._move(1))
        head.wanted.connect(self._turn_panel)
        self.panel = panel
        panel.hide()
        panel.picked.connect(self._picked)
        panel.closed.connect(self._close_panel)
        self.finding = Finding()
        self.finding.again.connect(self._ask)

    def _place(self, top: int, *parts: QWidget) -> None:
        """Panel, finding and `parts` under each other, the last as high as there is room; `top`: pixels above."""
        content = Content()
        column = QVBoxLayout(content)
        column.setContentsMargins(_MARGIN, top, _MARGIN, _MARGIN)
        column.setSpacing(12)
        for part in (self.panel, self.finding, *parts[:-1]):
            column.addWidget(part)
        column.addWidget(parts[-1], 1)
        column.addStretch(0)
        self.area = scrolled(self, content, sideways=True)
        self._in_sight = InSight(self.area, content)

    # -- what each page does --

    def _move(self, by: int) -> None:
        """The one after (1), or before (-1)."""
        raise NotImplementedError

    def _open_panel(self) -> None:
        """Where one can be chosen, with what is shown now."""
        raise NotImplementedError

    def _take(self, picked: object) -> None:
        """This one is to be shown."""
        raise NotImplementedError

    def _ask(self) -> None:
        """What is to be shown is asked, once more where it was."""
        raise NotImplementedError

    # -- the panel --

    def _turn_panel(self) -> None:
        if self.panel.isVisible():
            self._close_panel()
        else:
            self._open_panel()

    def _picked(self, picked: object) -> None:
        self._close_panel()
        self._take(picked)

    def _close_panel(self) -> None:
        self.panel.hide()
        self.step_head.picker.setFocus(Qt.FocusReason.OtherFocusReason)
