"""Where a file is to be saved: asked in the folder of the last one, at first in the documents of whoever has signed on
to this computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from ui.file_dialog import FileDialog

_LAST = "folder_of_last_save"


def ask_where(parent: QWidget, title: str, name: str, kinds: str) -> tuple[str, str]:
    """The path and the kind that were chosen, both empty where nobody chose. `name`: what it is proposed to be called.

    The window of `parent` keeps the folder as long as it is open.
    """
    chosen, kind = FileDialog.ask_file(parent, title, str(_folder(parent) / name), kinds)
    if chosen:
        parent.window().setProperty(_LAST, str(Path(chosen).parent))
    return chosen, kind


def ask_folder(parent: QWidget, title: str) -> str:
    """The folder that was chosen; empty where none was."""
    chosen = FileDialog.ask_folder(parent, title, str(_folder(parent)))
    if chosen:
        parent.window().setProperty(_LAST, chosen)
    return chosen


def _folder(parent: QWidget) -> Path:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(parent.window().property(_LAST) or documents)
    return folder if folder.is_dir() else Path.home()
