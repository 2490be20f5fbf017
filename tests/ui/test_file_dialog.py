"""A dialog in the folder of the database leaves the database's locks alone."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.file_dialog import FileDialog

_OPEN_ELSEWHERE = "import fcntl, sys; fcntl.lockf(open(sys.argv[1], 'r+b'), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 128)"
"""Another program's first look at the shared memory: with this byte for itself it cuts the memory short."""


def is_locked(database: Path) -> bool:
    memory = database.with_name(f"{database.name}-shm")
    tried = subprocess.run([sys.executable, "-c", _OPEN_ELSEWHERE, memory], check=False, stderr=subprocess.DEVNULL)
    return tried.returncode != 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the system's own dialog is shown")
def test_what_lies_in_the_folder_is_not_opened(qtbot: QtBot, tmp_path: Path) -> None:
    window, database = QWidget(), tmp_path / "reception.db"
    qtbot.addWidget(window)
    window.show()

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        rows = dialog.findChild(QWidget, "listView").model().rowCount  # type: ignore[union-attr]
        qtbot.waitUntil(lambda: rows(dialog.findChild(QWidget, "listView").rootIndex()) >= 3, timeout=20_000)  # type: ignore[union-attr]
        dialog.accept()

    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE visit (id)")
        assert is_locked(database)
        QTimer.singleShot(0, window, answer)
        chosen, kind = FileDialog.ask_file(window, "Save", str(tmp_path / "october.csv"), "Everything (*)")
        assert (chosen, kind) == (str(tmp_path / "october.csv"), "Everything (*)")
        assert is_locked(database), "else another program takes the database for one that nobody has open"
