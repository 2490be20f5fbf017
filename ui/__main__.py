"""The program's entry: the command line, with the commands that open windows."""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reception.cli import ExtraCommand
from reception.cli import main as run_command

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from reception.config import Config
    from reception.domain.stations import StationKind
    from ui.program import Program


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; without one the desk is opened."""
    return run_command(
        argv,
        [
            ExtraCommand("desk", "open the desk (the default)", _desk),
            ExtraCommand("kiosk", "open the kiosk, where visitors take a ticket or check in", _kiosk),
            ExtraCommand("display", "open the waiting room's display", _display),
            ExtraCommand(
                "supervisor",
                "open the supervisor's window: today, any period past, forecast, staffing, reports",
                _supervisor,
            ),
            ExtraCommand(
                "tour",
                "play the main journey on the real windows and keep pictures, a ticket and a transcript",
                _tour,
                _tour_arguments,
            ),
        ],
    )


def _desk(args: argparse.Namespace, config: Config) -> int:
    application, _program = start_program(args, config)
    return application.exec()


def _kiosk(args: argparse.Namespace, config: Config) -> int:
    from reception.domain.stations import StationKind

    return start_program(args, config, StationKind.KIOSK)[0].exec()


def _display(args: argparse.Namespace, config: Config) -> int:
    from reception.domain.stations import StationKind

    return start_program(args, config, StationKind.DISPLAY)[0].exec()


def _supervisor(args: argparse.Namespace, config: Config) -> int:
    from reception.domain.stations import StationKind

    return start_program(args, config, StationKind.SUPERVISOR)[0].exec()


def start_program(
    args: argparse.Namespace, config: Config, kind: StationKind | None = None
) -> tuple[QApplication, Program]:
    """The program under way, its first window still to come; for whoever runs the application's loop."""
    # Nothing that is loaded is garbage, and looking for garbage in it takes a tenth of the start.
    gc.disable()
    from reception.cli.faults import start_log
    from reception.config import default_config_path

    # What the desk needs and the door does not.
    from reception.domain import about_now, board, duties, languages  # noqa: F401
    from reception.domain.stations import StationKind
    from reception.services import appointment_commands  # noqa: F401
    from reception.station.opening import open_for_station

    start_log(config.log_folder)
    # Last: of each module that is loaded after Qt, Qt's Python side reads the source, to see whether it uses Qt.
    from ui.garbage import GarbageCollector
    from ui.program import Program
    from ui.screen import application_on_screen

    application = application_on_screen()
    application.setApplicationName("Reception")
    application.setDesktopFileName("reception")
    program = Program(
        application,
        config,
        args.config or default_config_path(),
        _sample_maker(config),
        open_for_station,
        kind=kind or StationKind.DESK,
    )
    program.shown.connect(GarbageCollector(application).begin)
    program.start()
    return application, program


def _sample_maker(config: Config) -> Callable[[Path, Callable[[int, int], None]], Path]:
    """Makes the sample office anew in a folder of its own, over the one that was there."""

    def make(folder: Path, progress: Callable[[int, int], None]) -> Path:
        from reception.cli.sample import make_files
        from reception.config import CONFIG_NAME

        shutil.rmtree(folder, ignore_errors=True)
        make_files(folder, config, progress, with_past=True)
        return folder / CONFIG_NAME

    return make


def _tour_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="the folder for what the tour leaves")


def _tour(args: argparse.Namespace, config: Config) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from reception.cli.sample import make_files
    from reception.config import CONFIG_NAME
    from ui.tour import run_tour

    def make(folder: Path, now: int, progress: Callable[[int, int], None]) -> Path:
        make_files(folder, config, progress, now)
        return folder / CONFIG_NAME

    return run_tour(args.out, config, make)


if __name__ == "__main__":
    sys.exit(main())
