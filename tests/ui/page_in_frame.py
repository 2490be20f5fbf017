"""A page of the supervisor's window under its head, as the window places them, for pictures."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.supervisor.page import Page


def place(page: Page, frame: QWidget) -> None:
    """Put the page into a frame, with what stands at the right of the header above it."""
    top = QHBoxLayout()
    top.setContentsMargins(16, 11, 11, 11)
    top.addStretch(1)
    assert page.head is not None
    top.addWidget(page.head)
    page.head.show()
    whole = QVBoxLayout(frame)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addLayout(top)
    whole.addWidget(page, 1)
