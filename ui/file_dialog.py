"""The dialogs in which a file or a folder is chosen. They look at names, and open nothing.

Qt's own looks into every file of the folder to find out what it is. A POSIX system forgets all locks that a program has
on a file as soon as the program closes it once, whoever opened it: where the database lies in that folder, SQLite would
go on without its locks. Another program would then cut the shared memory short under this one, or write beside it
(https://www.sqlite.org/howtocorrupt.html, 2.2).
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget

_Icon = QAbstractFileIconProvider.IconType


class _ByName(QFileIconProvider):
    """What a file is, by its name alone."""

    def icon(self, of: QAbstractFileIconProvider.IconType | QFileInfo) -> QIcon:
        if isinstance(of, QFileInfo):
            return super().icon(_Icon.Folder if of.isDir() else _Icon.File)
        return super().icon(of)

    def type(self, info: QFileInfo) -> str:
        return "Folder" if info.isDir() else info.suffix()


class FileDialog(QFileDialog):
    """Asks once. On Linux it is always Qt's: the desktops' own look into files from within this program as well."""

    def __init__(self, parent: QWidget, title: str, folder: str, kinds: str = "") -> None:
        super().__init__(parent, title, folder, kinds)
        self._by_name = _ByName()
        self.setIconProvider(self._by_name)
        if sys.platform.startswith("linux"):
            self.setOption(QFileDialog.Option.DontUseNativeDialog)

    @staticmethod
    def ask_file(parent: QWidget, title: str, proposed: str, kinds: str) -> tuple[str, str]:
        """The path and the kind that were chosen, both empty where nobody chose. `proposed` is a path, or a name in the
        folder of the last one."""
        at = Path(proposed)
        dialog = FileDialog(parent, title, str(at.parent) if at.is_absolute() else "", kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(at.name)
        chosen = dialog.chosen()
        return chosen, dialog.selectedNameFilter() if chosen else ""

    @staticmethod
    def ask_folder(parent: QWidget, title: str, folder: str) -> str:
        """The folder that was chosen; empty where none was."""
        dialog = FileDialog(parent, title, folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return dialog.chosen()

    def chosen(self) -> str:
        """Show it and wait for the answer."""
        is_chosen = self.exec() == QFileDialog.DialogCode.Accepted
        self.deleteLater()
        return self.selectedFiles()[0] if is_chosen else ""
