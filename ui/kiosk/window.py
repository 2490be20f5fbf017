"""The kiosk's window: full screen, for fingers, keys and switches, with no way out but a PIN."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from reception.clock import Instant, Millis
from reception.config import Config
from reception.domain.kiosk import NoTickets
from ui.kiosk import asks, tells
from ui.kiosk.aid_button import AidButton
from ui.kiosk.aloud import headline_of_screen, said_of_choice, said_of_screen
from ui.kiosk.button import KioskButton
from ui.kiosk.dressing import FAMILIES, TEXT_STEPS, Dress
from ui.kiosk.entered import At
from ui.kiosk.idling import Idling
from ui.kiosk.journey import Journey
from ui.kiosk.leaving import Fits, WayOut
from ui.kiosk.page import ALOUD, BACK, CONTRAST, HELP, LANGUAGE, LARGER, Page, Surround
from ui.kiosk.screens import Screen
from ui.kiosk.typing import ENTER, Burst
from ui.link import Link
from ui.pulse import Pulse, monotonic_millis
from ui.scanner import Scanner
from ui.theme import Look, load_theme
from ui.visitor_words import VisitorWords, words_of
from ui.widgets.announcing import announce

log = logging.getLogger(__name__)

SETTLE_MS: Millis = 350
"""A touch so soon after a new screen was meant for the one before: a double tap does nothing twice."""
SETTLE_LAST_MS: Millis = 1_500
"""The last screen is seen before it can be closed."""
CORNER = 160
"""Pixels from the corner where staff press, and for how long."""
CORNER_MS = 4_000
SMALLEST = (800, 600)


class Speaks(Protocol):
    """What reading aloud needs of a voice."""

    def say(self, text: str, language: str = "en") -> None: ...

    def stop(self) -> None: ...

    def close(self) -> None: ...


class KioskWindow(QWidget):
    """Shows the screen that the journey is at. Closing it ends the link; it closes by its PIN alone."""

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
        self._theme = config.theme.value
        self._full_screen = config.kiosk.full_screen
        self._elapsed = elapsed
        self._make_voice = voice
        self._voice: Speaks | None = None
        self.journey = Journey(link, config, pulse, self)
        self.journey.office.changed.connect(self.show_screen)
        self.journey.course.changed.connect(self.show_screen)
        self.journey.course.typed.connect(self._show_typed)
        self.journey.course.began_anew.connect(self._forget_aids)
        self.idling = Idling(config.kiosk.idle_seconds, config.kiosk.answer_seconds, self, elapsed)
        self.idling.warned.connect(self.show_screen)
        self.idling.counted.connect(self._count)
        self.idling.gone.connect(self.journey.begin_anew)
        self._burst = Burst(self)
        self._burst.typed.connect(self._typed)
        self._burst.scanned.connect(self._scanned)
        self._burst.foreign.connect(self.journey.checking_in.scanned_foreign)
        self._burst.foreign.connect(self._touched)
        scanner.scanned.connect(self._scanned)
        self.way_out = WayOut(self, fits, elapsed)
        self.way_out.opened.connect(self._leave)
        self.way_out.refused.connect(self.journey.say_of_pin)
        self._corner = QTimer(self)
        self._corner.setSingleShot(True)
        self._corner.setInterval(CORNER_MS)
        self._corner.timeout.connect(self.journey.ask_for_pin)
        self._step = 0
        self._contrast = False
        self._aloud = False
        self._looks: dict[tuple[str, int], Look] = {}
        self.page: Page | None = None
        self._shown: tuple[Screen, Surround, str, int, str, int, tuple[int, int]] | None = None
        self._name = ""
        self._settled_at: Millis = 0
        self._page_number = 0
        self._by_keys = False
        self._leaving = False
        self.setWindowTitle("Reception kiosk")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMinimumSize(*SMALLEST)
        self.resize(1080, 1920)
        if self._full_screen:
            self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
            # Where no window manager sees to it, too.
            self.screen().geometryChanged.connect(self.setGeometry)
            self.setGeometry(self.screen().geometry())
            self.setWindowState(Qt.WindowState.WindowFullScreen)
            self.setCursor(Qt.CursorShape.BlankCursor)
        pulse.subscribe(self, self._tick)
        self.journey.office.start()

    # -- the screen --------------------------------------------------------------------------------------------------

    @property
    def words(self) -> VisitorWords:
        """Of the visitor; staff read English."""
        return words_of("en") if self.journey.course.at is At.PIN else self.journey.course.words

    def screen_now(self) -> Screen | None:
        """What is to be shown now."""
        scene = self.journey.scene()
        if scene is None:
            return None
        return tells.idle(scene) if self.idling.asks else self.journey.screen()

    def show_screen(self) -> None:
        """Show it, if anything of it has changed. A finger that is down keeps what it is on."""
        screen = self.screen_now()
        if screen is None or self.width() < 2:
            return
        if screen.name != self._name:
            self._page_number = 0
        surround = self._surround()
        wanted = (
            screen,
            surround,
            self.words.tag,
            self._step,
            self._look_name(),
            self._page_number,
            (self.width(), self.height()),
        )
        if wanted == self._shown:
            return
        if screen.name == self._name and self._is_pressed():
            QTimer.singleShot(100, self, self.show_screen)
            return
        self._shown = wanted
        self._put_page(screen, surround)

    def _put_page(self, screen: Screen, surround: Surround) -> None:
        before, focus = self.page, self._focused_key()
        is_new = screen.name != self._name
        dress = Dress(
            self._look(),
            self.width(),
            self.height(),
            is_right_to_left=self.words.is_right_to_left,
            family=FAMILIES.get(self.words.tag, ""),
        )
        self.setLayoutDirection(dress.direction)
        page = Page(screen, surround, dress, self.words, self, self.may_press, self._page_number)
        page.chosen.connect(self._chosen)
        page.typed.connect(self.journey.course.type)
        page.erased.connect(self.journey.course.erase)
        page.turned.connect(self._turned)
        self.page, self._name, self._page_number = page, screen.name, page.page
        page.show()
        if before is not None:
            before.hide()
            before.deleteLater()
        self._show_typed(self.journey.entered.typed)
        if is_new:
            self._settled_at = self._elapsed() + (SETTLE_LAST_MS if self.journey.course.at is At.LAST else SETTLE_MS)
            self._watch_time()
        self._focus_again(page, "" if is_new else focus)
        if self._aloud and is_new:
            self._read_screen()
        elif is_new or screen.is_fault:
            announce(self, headline_of_screen(screen), urgent=True)

    def _surround(self) -> Surround:
        journey, view = self.journey, self.journey.view
        assert view is not None
        scene = journey.scene()
        assert scene is not None
        words = self.words
        standing = []
        if journey.office.cut_off_since is not None:
            standing.append(("not-arrived", words("kiosk.cut_off", time=scene.time(journey.office.cut_off_since))))
        elif journey.office.is_slow:
            standing.append(("clock", words("kiosk.slow")))
        # Without a picture: with one it would look like something to touch.
        standing.append(("", words("kiosk.privacy")))
        if view.free_telephone:
            standing.append(("", words("kiosk.free_telephone")))
        on = {
            LANGUAGE: journey.course.at is At.LANGUAGE,
            LARGER: self._step > 0,
            CONTRAST: self._contrast,
            ALOUD: self._aloud,
        }
        return Surround(
            view.office,
            replace(scene, words=words).time(journey.office.now()),
            tuple(standing) if self._has_standing() else (),
            frozenset(key for key, is_on in on.items() if is_on),
            journey.office.cut_off,
        )

    def _has_standing(self) -> bool:
        view = self.journey.view
        leaves = view is not None and view.no_tickets is NoTickets.EVACUATED
        return not leaves and not self.idling.asks and self.journey.course.at is not At.PIN

    def _look_name(self) -> str:
        return "high-contrast" if self._contrast else self._theme

    def _look(self) -> Look:
        key = (self._look_name(), TEXT_STEPS[self._step])
        if key not in self._looks:
            self._looks[key] = Look(load_theme(key[0]), key[1])
        return self._looks[key]

    def _turned(self) -> None:
        if self.page is not None:
            self._page_number = self.page.page
            self._watch_time()
            self.show_screen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_screen()

    def _tick(self, _now: Instant) -> None:
        self.show_screen()

    # -- touch -------------------------------------------------------------------------------------------------------

    def may_press(self) -> bool:
        """Whether a touch counts now: not while an answer is on its way, and not at once after a new screen."""
        waits = self.journey.awaiting.is_waiting and self.journey.course.at is not At.MOMENT
        if waits or self._elapsed() < self._settled_at:
            if self.journey.course.at is At.LAST:
                # Whoever taps on and on has not seen it yet.
                self._settled_at = max(self._settled_at, self._elapsed() + SETTLE_MS)
            return False
        self._by_keys = False
        self._touched()
        return True

    def _touched(self) -> None:
        if not self.idling.asks and self.journey.course.at not in (At.LAST, At.THANKED):
            self.idling.touched()

    def _is_pressed(self) -> bool:
        page = self.page
        return page is not None and any(
            button.isDown() for kind in (KioskButton, AidButton) for button in page.findChildren(kind)
        )

    def _chosen(self, key: str) -> None:
        if self.journey.awaiting.is_waiting and self.journey.course.at is not At.MOMENT:
            return
        if self.idling.asks:
            self._answer(key)
            return
        aids: dict[str, Callable[[], None]] = {
            LARGER: self._larger,
            CONTRAST: self._other_contrast,
            ALOUD: self._read_or_not,
            LANGUAGE: self.journey.choose_language,
            HELP: self.journey.help.ask,
            BACK: self.journey.back,
            tells.MORE_TIME: self._watch_time,
        }
        if key in aids:
            aids[key]()
        elif self.journey.course.at is At.PIN and key == asks.GO_ON:
            view = self.journey.view
            self.way_out.try_pin(self.journey.entered.typed, view.kiosk_pin_hash if view is not None else "")
        else:
            self.journey.choose(key)

    def _answer(self, key: str) -> None:
        """Somebody is there after all, or wants to begin anew."""
        if key == tells.START_AGAIN:
            self.journey.begin_anew()
        elif key in (tells.MORE_TIME, HELP, LARGER, CONTRAST, ALOUD, LANGUAGE):
            self.idling.touched()
            if key == HELP:
                self.journey.help.ask()
            self.show_screen()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if at.x() < CORNER and at.y() < CORNER:
            self._corner.start()
        if not self.journey.course.is_fresh:
            self._touched()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._corner.stop()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at: QPoint = event.position().toPoint()
        if at.x() >= CORNER or at.y() >= CORNER:
            self._corner.stop()

    # -- keys and codes ------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Space and Enter choose, letters are typed where something is. No other key does anything."""
        event.accept()
        if event.isAutoRepeat() or event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
        ):
            return
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left):
            self.focusNextPrevChild(key in (Qt.Key.Key_Down, Qt.Key.Key_Right))
        elif key == Qt.Key.Key_Backspace:
            self.journey.course.erase()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select):
            self._burst.put(ENTER)
        elif event.text() and event.text().isprintable():
            self._burst.put(event.text())

    def focusNextPrevChild(self, forward: bool) -> bool:
        self._by_keys = True
        self._touched()
        moved = super().focusNextPrevChild(forward)
        if self._aloud and isinstance(button := self.focusWidget(), (KioskButton, AidButton)):
            if isinstance(button, KioskButton):
                self._say(*said_of_choice(button.choice, self.words))
            else:
                self._say(f"{button.accessibleName()}, {button.accessibleDescription()}", self.words.tag)
        return moved

    def _typed(self, sign: str) -> None:
        """A key that a person has pressed."""
        self._by_keys = True
        focus = self.focusWidget()
        field = self.page.field if self.page is not None else None
        on_button = isinstance(focus, (KioskButton, AidButton))
        if sign == ENTER or (sign == " " and (field is None or on_button)):
            pressed = focus if on_button else self._main_button()
            if isinstance(pressed, (KioskButton, AidButton)) and self.may_press():
                self._by_keys = True
                pressed.click()
        elif field is not None:
            self._touched()
            self.journey.course.type(sign)
            # What follows, a space too, is typed as well.
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _main_button(self) -> KioskButton | None:
        """What Enter means where something is typed."""
        if self.page is None or self.page.field is None:
            return None
        buttons = self.page.findChildren(KioskButton)
        return next((each for each in buttons if each.choice.main and each.isEnabled()), None)

    def _scanned(self, code: str) -> None:
        self._touched()
        self.idling.touched()
        self.journey.checking_in.scanned(code)

    def _focused_key(self) -> str:
        focus = self.focusWidget()
        return focus.choice.key if isinstance(focus, KioskButton) else ""

    def _focus_again(self, page: Page, key: str) -> None:
        """Whoever uses keys finds the focus where it was; on a new screen in the field, on the first choice or on the
        main action, and never on the way back."""
        if not self._by_keys:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        buttons = [button for button in page.findChildren(KioskButton) if button.isEnabled() and not button.isHidden()]
        found = next((button for button in buttons if key and button.choice.key == key), None)
        choices = [button for button in page.choices if button in buttons]
        main = [button for button in buttons if button.choice.main]
        first = next(iter([*choices, *main]), None) if page.field is None else page.field
        (found or first or self).setFocus(Qt.FocusReason.TabFocusReason)

    def _show_typed(self, text: str) -> None:
        if self.page is not None and self.page.field is not None:
            self.page.field.set_text(text)

    # -- time --------------------------------------------------------------------------------------------------------

    def _watch_time(self) -> None:
        self.idling.watch(self.journey.course, has_aids=self._has_aids())

    def _count(self, seconds: int, left: float) -> None:
        if self.page is not None and self.page.countdown is not None:
            key = "kiosk.idle.line" if self.idling.asks else "kiosk.last.closes"
            self.page.countdown.show_left(self.words(key, count=seconds), left)

    # -- aids --------------------------------------------------------------------------------------------------------

    def _has_aids(self) -> bool:
        return self._step > 0 or self._contrast or self._aloud

    def _larger(self) -> None:
        self._step = (self._step + 1) % len(TEXT_STEPS)
        self._page_number = 0
        self.show_screen()
        self._watch_time()
        if self._aloud:
            percent = self.words("kiosk.aids.percent", percent=TEXT_STEPS[self._step])
            self._say(f"{self.words('kiosk.aids.larger_text')}, {percent}", self.words.tag)

    def _other_contrast(self) -> None:
        self._contrast = not self._contrast
        self.show_screen()

    def _read_or_not(self) -> None:
        self._aloud = not self._aloud
        self.show_screen()
        self._watch_time()
        if self._aloud:
            self._read_screen()
        elif self._voice is not None:
            self._voice.stop()

    def _forget_aids(self) -> None:
        self._step, self._contrast, self._aloud, self._by_keys = 0, False, False, False
        if self._voice is not None:
            self._voice.stop()
        self.idling.rest()
        self.show_screen()

    def _read_screen(self) -> None:
        screen = self.screen_now()
        if screen is None:
            return
        self._speaker().stop()
        for text, language in said_of_screen(screen, self.words):
            self._speaker().say(text, language)

    def _say(self, text: str, language: str) -> None:
        self._speaker().stop()
        self._speaker().say(text, language)

    def _speaker(self) -> Speaks:
        if self._voice is None:
            self._voice = self._make_voice()
        return self._voice

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
        if self._voice is not None:
            self._voice.close()
        self._link.close()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self._full_screen and self.isMinimized():
            QTimer.singleShot(0, self, self.showFullScreen)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)
