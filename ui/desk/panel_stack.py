"""What is on the right: the counter, or the panels that have been opened over it, the last one on top."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget
from shiboken6 import isValid

from ui.desk.counter_sheet import CounterSheet
from ui.panels.panel import Panel
from ui.widgets.settling import lay_out_unseen


class PanelStack(QStackedWidget):
    """Panels over the counter. A panel in which something was typed stays below the next one; others make way."""

    changed = Signal()
    came_home = Signal()
    """The counter is shown again, and nothing that had the focus before can have it back."""

    def __init__(self, base: CounterSheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = base
        self._room = 0
        self._panels: list[Panel] = []
        self._focus_before: QWidget | None = None
        self.addWidget(base)
        base.form_changed.connect(self.updateGeometry)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def top(self) -> Panel | None:
        """The panel that is shown, or None when the counter is."""
        return self._panels[-1] if self._panels else None

    def panels(self) -> tuple[Panel, ...]:
        return tuple(self._panels)

    def holds(self, panel: Panel) -> bool:
        return panel in self._panels

    def open_of(self, kind: type[Panel]) -> Panel | None:
        """A panel of a kind that is open, wherever in the stack."""
        return next((panel for panel in reversed(self._panels) if type(panel) is kind), None)

    def unsent_of(self, kind: type[Panel]) -> Panel | None:
        """A panel of a kind that is open and still to be answered: while an answer is on its way, another is opened for
        the next visitor."""
        return next((panel for panel in reversed(self._panels) if type(panel) is kind and not panel.is_sent), None)

    def open(self, panel: Panel, *, over: bool = False) -> None:
        """Show a panel; `over`: it leads on from the one below, which stays."""
        if not self._panels:
            self._focus_before = self.window().focusWidget()
        gone = [] if over else self._idle()
        self._panels.append(panel)
        self.addWidget(panel)
        self._close(gone)

    def bring_up(self, panel: Panel) -> None:
        """Show a panel that is open already; those over it make way, but what was typed stays below."""
        over = self._panels[self._panels.index(panel) + 1 :]
        gone = [each for each in over if each in self._idle()]
        self._panels.remove(panel)
        self._panels.append(panel)
        self._close(gone)

    def close_panel(self, panel: Panel) -> None:
        """Take a panel away; what is below comes back."""
        if panel in self._panels:
            self._close([panel])

    def go_back(self) -> None:
        """Escape, pressed beside the panel that is shown: out of it, or into it where something is typed that it
        would take along."""
        panel = self.top()
        if panel is None:
            return
        if panel.may_back_out and not panel.is_worth_keeping():
            panel.backed_out.emit()
        else:
            panel.take_focus()

    def close_idle(self) -> None:
        """Take away every panel in which nothing was typed; one that must be answered stays."""
        self._close(self._idle())

    def _idle(self) -> list[Panel]:
        return [panel for panel in self._panels if panel.may_back_out and not panel.is_worth_keeping()]

    def close_all(self) -> None:
        self._close(self._panels[:])

    def _close(self, gone: list[Panel]) -> None:
        """Take panels away and show what is on top then."""
        for panel in gone:
            self._panels.remove(panel)
        if any(panel.ends_at_counter for panel in gone):
            self._focus_before = None
        # What comes next takes the focus first: hiding what has it would send it anywhere.
        self._show_top()
        for panel in gone:
            self.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
        self.changed.emit()

    def _show_top(self) -> None:
        panel = self.top()
        if panel is not None:
            if self.currentWidget() is not panel:
                self._turn_to(panel)
                panel.take_focus()
            return
        self._turn_to(self._base)
        before, self._focus_before = self._focus_before, None
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.came_home.emit()

    def _settle_base(self) -> None:
        """Lay out the counter while it is covered, as if it were shown: what it asks for follows from its width."""
        if self.currentWidget() is not self._base:
            self._base.resize(self.size())
            lay_out_unseen(self._base)

    def _turn_to(self, page: QWidget) -> None:
        """Show a page. The focus rests here meanwhile, or hiding the page before would lend it to a list."""
        focused: QWidget | None = self.window().focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentWidget(page)

    def set_room(self, height: int) -> None:
        """How much height can be seen at once: no more is ever asked for."""
        self._room = height
        self._settle_base()
        self._base.set_room(height)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """What is asked for is worked out here; the pages' own answers would leave out the counter's rows."""
        return False

    def sizeHint(self) -> QSize:
        return self._base.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The counter's height whether it is shown or covered, so that nothing jumps when a panel opens, but covered no
        more than can be seen: panels scroll inside. More where the panel's heading and foot need it."""
        shown: QWidget | None = self.currentWidget()
        width = max(shown.minimumSizeHint().width() if shown is not None else 0, self._base.minimumSizeHint().width())
        at_width = max(width, self.width())
        least = self._base.least_height(at_width)
        if isinstance(shown, Panel):
            least = max(min(least, self._room), shown.least_height(at_width))
        return QSize(width, max(least, min(self._base.whole_height(at_width), self._room)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._settle_base()
            self.updateGeometry()
