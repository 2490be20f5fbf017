"""Many changes, one layout."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLayout, QWidget


@contextmanager
def laid_out_once(window: QWidget) -> Iterator[None]:
    """Have what is shown and hidden in here laid out once, afterwards.

    Else Qt lays out every widget round the one that comes or goes, at once, again for each of them.
    """
    layouts = [layout for layout in window.findChildren(QLayout) if layout.isEnabled()]
    for layout in layouts:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in layouts:
            layout.setEnabled(True)


def lay_out_unseen(widget: QWidget) -> None:
    """Give a hidden widget and all in it their places now: Qt would do so only when it is shown."""
    if (layout := widget.layout()) is not None:
        layout.activate()
    QApplication.sendEvent(widget, QResizeEvent(widget.size(), QSize()))
    for child in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if not child.isWindow() and not child.isHidden():
            lay_out_unseen(child)
