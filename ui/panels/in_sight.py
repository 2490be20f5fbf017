"""Whatever has the focus in what scrolls is seen; so is what was unfolded."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

_MARGIN = 16


class InSight(QObject):
    """Scrolls an area as its focus goes, and again when it or its content grows or shrinks."""

    def __init__(self, area: QScrollArea, content: QWidget) -> None:
        super().__init__(area)
        self._area, self._content = area, content
        self._unfolded: QWidget | None = None
        self._is_kept = False
        """What is wanted has been brought in sight, and nobody has scrolled it away since."""
        for watched in (content, area.viewport()):
            watched.installEventFilter(self)
        area.verticalScrollBar().actionTriggered.connect(self._scrolled)
        QApplication.instance().focusChanged.connect(self._focused)  # type: ignore[union-attr]

    def _focused(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self._content.isAncestorOf(now):
            return
        self._unfolded = None
        pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        self._is_kept = not pressed or isinstance(now, QLineEdit | QPlainTextEdit)
        if not self._is_kept:
            return  # what is pressed stays under the pointer
        QTimer.singleShot(0, self, self._show)

    def _scrolled(self) -> None:
        """By hand; the bar moves after it has told."""
        QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        wanted = self._wanted()
        self._is_kept = wanted is not None and self._away(wanted) == 0
        if not self._is_kept:
            self._unfolded = None

    def unfolded(self, widget: QWidget) -> None:
        """This has come to be seen: as much of it as there is room for."""
        self._unfolded = widget
        QTimer.singleShot(0, self, self._show)

    def let_go(self) -> None:
        """Somebody has gone on to something else: what was unfolded need not stay in sight."""
        if self._unfolded is not None:
            self._unfolded, self._is_kept = None, False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # what was scrolled away on purpose stays away, and content that grows moves nothing from under the pointer
        is_window = watched is not self._content
        if event.type() == QEvent.Type.Resize and (self._is_kept or (is_window and self._is_seen())):
            QTimer.singleShot(0, self, self._show)
        return super().eventFilter(watched, event)

    def _wanted(self) -> QWidget | None:
        """What is to be seen."""
        focused: QWidget | None = QApplication.focusWidget()
        inside = focused is not None and self._content.isAncestorOf(focused)
        wanted = self._unfolded or (focused if inside else None)
        return wanted if wanted is not None and wanted.isVisible() else None

    def _is_seen(self) -> bool:
        wanted = self._wanted()
        return wanted is not None and not wanted.visibleRegion().isEmpty()

    def show_again(self) -> bool:
        """Bring back in sight what a new layout has moved; False when it was scrolled away on purpose."""
        if self._is_kept:
            self._show()
        return self._is_kept

    def _show(self) -> None:
        wanted = self._wanted()
        if wanted is None:
            return
        self._is_kept = True
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + self._away(wanted))

    def _away(self, wanted: QWidget) -> int:
        """By how much there is to scroll until as much of it is seen as there is room for."""
        at, seen = self._area.verticalScrollBar().value(), self._area.viewport().height()
        top = wanted.mapTo(self._content, QPoint(0, 0)).y()
        bottom = top + wanted.height()
        if bottom + _MARGIN > at + seen:
            return min(bottom + _MARGIN - seen, top - _MARGIN) - at
        return min(0, top - _MARGIN - at)


def in_sight_of(widget: QWidget) -> InSight | None:
    """What keeps in sight what `widget` lies in."""
    parent: QWidget | None = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    if parent is None:
        return None
    return parent.findChild(InSight, options=Qt.FindChildOption.FindDirectChildrenOnly)
