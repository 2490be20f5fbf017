"""The desk program from start to end: open the database, welcome a new office, show the desk, settings.

Everything that takes time happens on a thread; the window says meanwhile what goes on.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from traceback import clear_frames
from types import TracebackType
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from reception import config as station_settings
from reception.app import Door
from reception.config import Config, data_folder
from reception.domain.office import Office
from reception.domain.stations import StationKind
from reception.errors import Code, Refusal
from reception.opening import open_door
from ui.desk.run import build_desk
from ui.keys_kept import KeysKept
from ui.link import Link
from ui.preparing import MakeSample, OpenDoor, Preparing, in_background
from ui.pulse import Pulse
from ui.refused import Refused
from ui.scanner import Scanner
from ui.theme import Look, add_fonts, apply_look
from ui.theme_file import load_theme
from ui.until_open import UNATTENDED, UntilOpen
from ui.widgets.roles import give_roles

if TYPE_CHECKING:
    from ui.desk.window import DeskWindow
    from ui.welcome.settings_window import SettingsWindow
    from ui.welcome.window import WelcomeWindow

# The windows of a first run and of the settings are loaded when they are wanted: an office opens at its desk.

log = logging.getLogger(__name__)

NO_OFFICE = "No office has been set up in this database.", "Set one up at a desk that uses the same database."


class Program(QObject):
    """One station's windows, one after another. `config_path` is where choices of this station are kept."""

    shown = Signal()
    """A window stands: the program has been loaded."""

    def __init__(
        self,
        application: QApplication,
        config: Config,
        config_path: Path,
        make_sample: MakeSample,
        open_door: OpenDoor = open_door,
        sample_folder: Path | None = None,
        kind: StationKind = StationKind.DESK,
    ) -> None:
        super().__init__()
        give_roles()
        self._application = application
        self._excepthook_before, sys.excepthook = sys.excepthook, self._log_bug
        self._config = config
        self._config_path = config_path
        self._preparing = Preparing(open_door, make_sample, self)
        self._sample_folder = sample_folder or data_folder() / "sample"
        self._kind = kind
        self._door: Door | None = None
        self._link: Link | None = None
        self._until_open = UntilOpen(kind, lambda: self._config, self)
        self._welcome: WelcomeWindow | None = None
        self.window: QWidget | None = None
        self.settings: SettingsWindow | None = None
        self.bugs = 0
        """How many exceptions nobody caught; each is in the log."""
        add_fonts()
        apply_look(application, Look(load_theme(config.theme.value), config.text_percent))
        self._pulse = Pulse(self)
        self._scanner = Scanner(self)
        self._connect()

    def _connect(self) -> None:
        self._application.aboutToQuit.connect(self.end)
        self._until_open.wanted.connect(self.start)
        self._until_open.due.connect(self._open)
        self._until_open.given_up.connect(self._give_up)
        self._preparing.opened.connect(self._show_first)
        self._preparing.failed.connect(self._say_failed)
        self._preparing.progressed.connect(self._say_progress)
        self._preparing.sample_made.connect(self._open_sample)
        self._preparing.sample_failed.connect(self._say_sample_failed)

    def _log_bug(self, kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        """A bug in a window is logged whole; the window goes on.

        What its functions held is let go at once: Python keeps their traceback until the next bug, and with it a
        painter that Qt would find still at work, on what is freed by then.
        """
        self.bugs += 1
        log.error("a bug in a window", exc_info=(kind, error, traceback))
        clear_frames(traceback)

    # -- opening -----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Open the database; what follows depends on what is in it."""
        if self.window is None:
            self._until_open.show_working()
        self._open()

    def _open(self) -> None:
        self._until_open.rest()
        self._preparing.open(self._config, self._kind)

    def _say_progress(self, done: int, total: int) -> None:
        if self._welcome is not None:
            self._welcome.show_progress(done, total)
        else:
            self._until_open.show_progress(done, total)

    def _say_failed(self, refusal: Refusal) -> None:
        self._until_open.show_refusal(refusal)
        self.shown.emit()

    def _give_up(self) -> None:
        self._until_open.rest()
        self._preparing.stop()
        self._application.quit()

    # -- the first window ----------------------------------------------------------------------------------------

    def _show_first(self, door: Door, offices: tuple[Office, ...]) -> None:
        self._door = door
        # An office that only an import has made has no staff: nobody could sign in.
        if not any(office.staff for office in offices):
            if self._kind in UNATTENDED:
                self.stop()
                self._say_failed(Refusal(Code.NO_OFFICE, *NO_OFFICE))
            else:
                self._show_welcome(door, has_imported=bool(offices))
        elif self._kind is StationKind.KIOSK:
            self._show_kiosk(door)
        elif self._kind is StationKind.DISPLAY:
            self._show_display(door)
        elif self._kind is StationKind.SUPERVISOR:
            self._show_supervisor(door)
        else:
            self._show_desk(door)

    def _show_kiosk(self, door: Door) -> None:
        from ui.kiosk.run import build_kiosk

        self._link = Link(door, self._pulse.now)
        self._show(build_kiosk(self._link, self._config, self._pulse, self._scanner))

    def _show_display(self, door: Door) -> None:
        from ui.display.run import build_display

        self._link = Link(door, self._pulse.now)
        self._show(build_display(self._link, self._config, self._pulse))

    def _show_supervisor(self, door: Door) -> None:
        from ui.supervisor.run import build_supervisor

        self._link = Link(door, self._pulse.now)
        window = build_supervisor(self._link, self._config, self._pulse)
        window.theme_chosen.connect(lambda theme: self._remember("theme", theme))
        window.text_percent_chosen.connect(lambda percent: self._remember("text_percent", percent))
        self._show(window)

    def _show_welcome(self, door: Door, *, has_imported: bool) -> None:
        from ui.welcome.there_before import ALL_VISITS, there_before_words
        from ui.welcome.window import WelcomeWindow

        self._link = Link(door, self._pulse.now)
        welcome = WelcomeWindow()
        welcome.set_up_requested.connect(lambda: self._set_up(welcome))
        welcome.sample_requested.connect(lambda: self._request_sample(welcome))
        welcome.sample_cancelled.connect(self._preparing.stop)
        self._show(welcome)
        self._welcome = welcome
        if has_imported:
            self._link.ask_beside(ALL_VISITS, lambda view: welcome.say_there_before(there_before_words(view)))

    def _set_up(self, welcome: WelcomeWindow) -> None:
        from ui.welcome.settings_form import SettingsForm

        assert self._link is not None
        form = SettingsForm(self._link, station=self._config.station)
        form.saved.connect(lambda _office_id: self._start_again())
        welcome.open_form(form)

    def _show_desk(self, door: Door) -> None:
        self._link = Link(door, self._pulse.now)
        desk = build_desk(self._link, self._config, self._pulse, self._scanner)
        desk.settings_wanted.connect(lambda: self._show_settings(desk))
        desk.close_beside = self._close_settings
        desk.theme_chosen.connect(lambda theme: self._remember("theme", theme))
        desk.text_percent_chosen.connect(lambda percent: self._remember("text_percent", percent))
        # With a filter for all events Qt's Python side makes itself acquainted with every class there is. That takes a
        # tenth of the start, and a code finds nothing before there is a queue.
        viewport = desk.queue.viewport()
        desk.desk.view_shown.connect(
            lambda *_: viewport.installEventFilter(self), Qt.ConnectionType.SingleShotConnection
        )
        self._show(desk)

    def eventFilter(self, viewport: QObject, event: QEvent) -> bool:
        """The first paint of a queue that has been read; what can wait begins after it."""
        if event.type() == QEvent.Type.Paint:
            viewport.removeEventFilter(self)
            QTimer.singleShot(0, self, self._first_rows_painted)
        return False

    def _first_rows_painted(self) -> None:
        if self._door is not None:
            self._scanner.watch(self._application)

    def _show(self, window: QWidget) -> None:
        before, self.window, self._welcome = self.window, window, None
        window.show()
        window.activateWindow()
        if before is not None:
            before.close()
        self._until_open.hide()
        self.shown.emit()

    # -- settings ------------------------------------------------------------------------------------------------

    def _show_settings(self, desk: DeskWindow) -> None:
        kept = KeysKept(desk.windowHandle()) if self.settings is None or not self.settings.isVisible() else None
        from ui.welcome.settings_form import SettingsForm
        from ui.welcome.settings_window import SettingsWindow

        assert self._link is not None
        if kept is not None:
            form = SettingsForm(self._link, desk.desk.office_id, station=self._config.station)
            form.saved.connect(lambda _office_id: desk.desk.settings_saved())
            self.settings = SettingsWindow(form)
            self.settings.closed.connect(desk.take_keyboard)
            self.settings.show()
            kept.hand_on(self.settings, form.ready)
        if self.settings is not None:
            self.settings.activateWindow()

    def _close_settings(self) -> bool:
        """False while they ask whether what was typed is to be lost: without the desk nothing could be saved."""
        if self.settings is None or not self.settings.isVisible() or self.settings.close():
            return True
        self.settings.activateWindow()
        return False

    def _remember(self, key: str, value: str | int) -> None:
        """Keep a choice of this station; a file that can't be written only means that it isn't kept."""
        self._config = replace(self._config, **{key: type(getattr(self._config, key))(value)})

        def write() -> None:
            try:
                station_settings.save(self._config_path, {key: value})
            except Refusal as refusal:
                log.warning("%s", refusal)

        in_background(write)

    # -- the sample ------------------------------------------------------------------------------------------------

    def _request_sample(self, welcome: WelcomeWindow) -> None:
        welcome.show_making()
        self._preparing.make_sample(self._sample_folder)

    def _open_sample(self, made: tuple[Config, Path]) -> None:
        self._config, self._config_path = made
        self._start_again()

    def _say_sample_failed(self, refusal: Refusal) -> None:
        if self._welcome is not None and refusal.code is not Code.CANCELLED:
            self._welcome.show_failed(Refused.of(refusal))

    def _start_again(self) -> None:
        """Open the database anew and show what is in it now."""
        self.stop()
        self.start()

    # -- the end -----------------------------------------------------------------------------------------------------

    def stop(self) -> None:
        """Let go of the database; the window stays until it is replaced or closed."""
        link, door, self._link, self._door = self._link, self._door, None, None
        ended = link.close() if link is not None else True
        if door is not None and ended:
            door.close()

    def end(self) -> None:
        """Let go of all that the program has taken of its process; it is not started again."""
        self._until_open.rest()
        self.stop()
        self._scanner.rest()
        sys.excepthook = self._excepthook_before
