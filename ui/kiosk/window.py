"""The kiosk's window: full screen, for fingers, keys and switches, with no way out but a PIN."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from reception.clock import Instant, Millis
from reception.config import Config
from ui.kiosk import asks, tells
from ui.kiosk.aid_button import AidButton
from ui.kiosk.aids import Aids
from ui.kiosk.aloud import headline_of_screen
from ui.kiosk.button import KioskButton
from ui.kiosk.entered import At
from ui.kiosk.full_screen import FullScreen
from ui.kiosk.idling import Idling
from ui.kiosk.journey import Journey
from ui.kiosk.key_presses import KeyPresses, chooses, chosen_by_key
from ui.kiosk.leaving import Corner, Fits, WayOut
from ui.kiosk.page import Page
from ui.kiosk.reader import Speaks
from ui.kiosk.screens import AIDS, BACK, HELP, LANGUAGE, Screen
from ui.kiosk.stage import Stage
from ui.kiosk.surround import surround_of
from ui.kiosk.typing import Burst
from ui.link import Link
from ui.pulse import Pulse, monotonic_millis
from ui.scanner import Scanner
from ui.visitor_words import VisitorWords
from ui.widgets.announcing import announce

SETTLE_MS: Millis = 350
"""A touch so soon after a new screen was meant for the one before: a double tap does nothing twice."""
SETTLE_LAST_MS: Millis = 1_500
"""The last screen is seen before it can be closed."""
SMALLEST = (800, 600)


class KioskWindow(QWidget):
    """Shows the screen that the journey is at, and brings it what is touched, typed and scanned. Closing it ends the
    link; it closes by its PIN alone."""

    def __init__(
        self,
        link: Link,
        config: Config,
        pulse: Pulse,
        scanner: Scanner,
        voice: Callable[[], Speaks],
        fits: Fits | None = None,
        elapsed: Callable[[], Millis] = monotonic_millis,
    ) -> None:
        super().__init__()
        self._link = link
        self._elapsed = elapsed
        self._settled_at: Millis = 0
        self._leaving = False
        self.journey = Journey(link, config, pulse, self)
        self.idling = Idling(config.kiosk.idle_seconds, config.kiosk.answer_seconds, self, elapsed)
        self._aids = Aids(config.theme.value, voice)
        self._stage = Stage(self, self.may_press)
        self._burst = Burst(self)
        self._keys = KeyPresses(self._burst, self)
        self._corner = Corner(self)
        self.way_out = WayOut(self, fits, elapsed)
        self.setWindowTitle("Reception kiosk")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMinimumSize(*SMALLEST)
        self.resize(1080, 1920)
        self._full_screen = FullScreen(self) if config.kiosk.full_screen else None
        self._connect(scanner)
        pulse.subscribe(self, self._tick)
        self.journey.office.start()

    def _connect(self, scanner: Scanner) -> None:
        journey, course, stage, burst = self.journey, self.journey.course, self._stage, self._burst
        journey.office.changed.connect(self.show_screen)
        course.changed.connect(self.show_screen)
        course.typed.connect(stage.show_typed)
        course.began_anew.connect(self._forget_aids)
        stage.chosen.connect(self._chosen)
        stage.typed.connect(course.type)
        stage.erased.connect(course.erase)
        stage.part_touched.connect(course.go_to_part)
        stage.turned.connect(self._turned)
        stage.held_up.connect(self.show_screen)
        stage.put.connect(self._screen_came)
        self.idling.warned.connect(self.show_screen)
        self.idling.counted.connect(self._count)
        self.idling.gone.connect(journey.begin_anew)
        self._keys.moved.connect(self.focusNextPrevChild)
        self._keys.erased.connect(course.erase)
        burst.typed.connect(self._typed)
        burst.scanned.connect(self._scanned)
        burst.foreign.connect(journey.checking_in.scanned_foreign)
        burst.foreign.connect(self._touched)
        scanner.scanned.connect(self._scanned)
        self._corner.held.connect(journey.ask_for_pin)
        self.way_out.opened.connect(self._leave)
        self.way_out.refused.connect(journey.say_of_pin)

    # -- the screen --------------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """What stands on the glass."""
        return self._stage.page

    @property
    def words(self) -> VisitorWords:
        return self.journey.course.words

    def screen_now(self) -> Screen | None:
        """What is to be shown now."""
        scene = self.journey.scene()
        if scene is None:
            return None
        return tells.idle(scene) if self.idling.asks else self.journey.screen()

    def show_screen(self) -> None:
        """As it is to be now."""
        scene, screen, journey = self.journey.scene(), self.screen_now(), self.journey
        if scene is None or screen is None or self.width() < 2:
            return
        around = surround_of(scene, journey.office, journey.course.at, self._aids.on, is_alone=self.idling.asks)
        self._stage.show(screen, around, self.words, self._aids.appearance.look(), journey.entered.typed)

    def _screen_came(self, is_new: bool) -> None:
        screen = self.screen_now()
        if screen is None:
            return
        if is_new:
            is_last = self.journey.course.at is At.LAST
            self._settled_at = self._elapsed() + (SETTLE_LAST_MS if is_last else SETTLE_MS)
            self._watch_time()
        if is_new and self._aids.reader.is_on:
            self._aids.reader.read(screen, self.words)
        elif is_new or screen.is_fault:
            announce(self, headline_of_screen(screen), urgent=True)

    def _turned(self) -> None:
        self._watch_time()
        self.show_screen()

    def _tick(self, _now: Instant) -> None:
        self.show_screen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_screen()

    # -- time --------------------------------------------------------------------------------------------------------

    def _watch_time(self) -> None:
        self.idling.watch(self.journey.course, has_aids=bool(self._aids.on))

    def _count(self, seconds: int, left: float) -> None:
        if self.page is not None and self.page.countdown is not None:
            key = "kiosk.idle.line" if self.idling.asks else "kiosk.last.closes"
            self.page.countdown.show_left(self.words(key, count=seconds), left)

    # -- touch -------------------------------------------------------------------------------------------------------

    def may_press(self) -> bool:
        """Whether a touch counts now: not while an answer is on its way, and not at once after a new screen."""
        if self._waits() or self._elapsed() < self._settled_at:
            if self.journey.course.at is At.LAST:
                # Whoever taps on and on has not seen it yet.
                self._settled_at = max(self._settled_at, self._elapsed() + SETTLE_MS)
            return False
        self._stage.by_keys = False
        self._touched()
        return True

    def _waits(self) -> bool:
        return self.journey.awaiting.is_waiting and self.journey.course.at is not At.MOMENT

    def _touched(self) -> None:
        if not self.idling.asks and self.journey.course.at not in (At.LAST, At.THANKED):
            self.idling.touched()

    def _chosen(self, key: str) -> None:
        if self._waits():
            return
        if self.idling.asks:
            self._answer(key)
            return
        everywhere: dict[str, Callable[[], None]] = {
            LANGUAGE: self.journey.choose_language,
            HELP: self.journey.help.ask,
            BACK: self.journey.back,
            tells.MORE_TIME: self._watch_time,
        }
        if key in AIDS:
            self._switch(key)
        elif key in everywhere:
            everywhere[key]()
        elif self.journey.course.at is At.PIN and key == asks.GO_ON:
            view = self.journey.view
            self.way_out.try_pin(self.journey.entered.typed, view.kiosk_pin_hash if view is not None else "")
        else:
            self.journey.choose(key)

    def _answer(self, key: str) -> None:
        """Somebody is there after all, or wants to begin anew."""
        if key == tells.START_AGAIN:
            self.journey.begin_anew()
        elif key in (tells.MORE_TIME, HELP, LANGUAGE, *AIDS):
            self.idling.touched()
            if key == HELP:
                self.journey.help.ask()
            self.show_screen()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._corner.press(event.position().toPoint())
        if not self.journey.course.is_fresh:
            self._touched()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._corner.move(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._corner.release()

    # -- keys and codes ------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._keys.press(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        self._stage.by_keys = True
        self._touched()
        moved = super().focusNextPrevChild(forward)
        button = self.focusWidget()
        if isinstance(button, (KioskButton, AidButton)):
            self._aids.reader.read_button(button, self.words)
        return moved

    def _typed(self, sign: str) -> None:
        """A key that a person has pressed."""
        self._stage.by_keys = True
        page, focus = self.page, self.focusWidget()
        if chooses(sign, page, focus):
            button = chosen_by_key(page, focus)
            if button is not None and self.may_press():
                self._stage.by_keys = True
                button.click()
        elif page is not None and page.field is not None:
            self._touched()
            self.journey.course.type(sign)
            # What follows, a space too, is typed as well.
            page.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _scanned(self, code: str) -> None:
        self._touched()
        self.idling.touched()
        self.journey.checking_in.scanned(code)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    # -- aids --------------------------------------------------------------------------------------------------------

    def _switch(self, aid: str) -> None:
        self._aids.switch(aid)
        self.show_screen()
        self._watch_time()
        screen = self.screen_now()
        if screen is not None:
            self._aids.say_switched(aid, screen, self.words)

    def _forget_aids(self) -> None:
        self._aids.switch_off()
        self._stage.by_keys = False
        self.idling.rest()
        self.show_screen()

    # -- the way out ---------------------------------------------------------------------------------------------------

    def _leave(self) -> None:
        self._leaving = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._leaving:
            event.ignore()
            return
        self.idling.rest()
        self.way_out.end()
        self._aids.reader.close()
        self._link.close()
        super().closeEvent(event)
