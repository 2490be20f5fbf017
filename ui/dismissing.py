"""Dialogs of a window whose person is gone: nothing is saved from it, be the file's name typed already."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QApplication, QDialog, QWidget


def dismiss_dialogs(window: QWidget) -> None:
    """Close those that belong to it as Escape does, the foremost first."""
    while isinstance(dialog := QApplication.activeModalWidget(), QDialog) and window in _above(dialog):
        dialog.reject()


def _above(widget: QWidget) -> Iterator[QWidget]:
    while (parent := widget.parentWidget()) is not None:
        yield parent
        widget = parent
