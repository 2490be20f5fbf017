"""What a desk needs before its first row, and no more: every package that is loaded by then makes people wait."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.support import At, door_on

PROJECT = Path(__file__).parents[2]

HEAVY = (
    "alembic",
    "argon2",
    "babel",
    "dotenv",
    "escpos",
    "holidays",
    "numpy",
    "PIL",
    "pikepdf",
    "psycopg",
    "pydantic",
    "pydantic_settings",
    "pypdfium2",
    "qrcode",
    "reportlab",
    "tomlkit",
    "PySide6.QtNetwork",
    "reception.documents",
    "reception.statistics",
    "sqlalchemy.dialects.postgresql",
    "ui.book",
    "ui.tour",
    "ui.welcome",
)

_TO_THE_FIRST_ROW = """
import json, os, sys

from reception.cli import ExtraCommand, main
from ui.__main__ import start_program


def begin(args, config):
    application, program = start_program(args, config)
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Rows(QObject):
        def eventFilter(self, viewport, event):
            if event.type() is QEvent.Type.Paint:
                QTimer.singleShot(0, lambda: application.exit(program.window.queue_model.rowCount()))
            return False

    rows = Rows()

    def watch():
        # It begins with the first rows, on a thread of its own, and might be quicker than the end of this process.
        program.window.queue.painted.disconnect(program.window.desk.booked.begin)
        viewport = program.window.queue.viewport()
        program.window.desk.view_shown.connect(lambda *_: viewport.installEventFilter(rows))

    program.shown.connect(watch)
    shown = application.exec()
    modules = dict(sys.modules)
    slow = [
        f"{name}.{own}"
        for name, module in modules.items()
        if name.split(".")[0] in ("reception", "ui")
        for own, value in vars(module).items()
        if isinstance(value, type) and hasattr(value, "__dataclass_fields__")
    ]
    sys.stdout.write(json.dumps({"rows": shown, "modules": list(modules), "dataclasses": slow}) + "\\n")
    sys.stdout.flush()
    os._exit(0)


main(["--config", sys.argv[1], "desk"], [ExtraCommand("desk", "open the desk", begin)])
"""


def test_a_desk_shows_its_first_row_without_what_it_does_not_need(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'reception.db'}"
    with closing(door_on(url)) as door:
        office = At(door).set_up().sign_in()
        for _ in range(3):
            office.take()
    settings = tmp_path / "reception.toml"
    settings.write_text(f'database = "{url}"\nlog_folder = "{tmp_path / "log"}"\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-c", _TO_THE_FIRST_ROW, str(settings)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "QT_QPA_PLATFORM": "offscreen"},
        timeout=60,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["rows"] == 3
    assert "sqlalchemy" in found["modules"], "it did look into the database"
    loaded = {name for name in HEAVY if any(each == name or each.startswith(f"{name}.") for each in found["modules"])}
    assert not loaded
    assert not found["dataclasses"], "each takes as long to make as fifty of msgspec's structs"
    # Of each module that is loaded after it, Qt's Python side reads the source.
    without_qt = [name for name in found["modules"] if name.split(".")[0] in ("argparse", "reception", "sqlalchemy")]
    late = set(without_qt) & set(found["modules"][found["modules"].index("PySide6") :])
    assert not late
