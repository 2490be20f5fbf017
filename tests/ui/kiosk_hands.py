"""A kiosk on a database of its own, and a visitor's hands: what they touch, type and scan comes as real events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reception.app import Door
from reception.clock import SECOND, Millis
from reception.config import Config, KioskConfig, PrinterConfig, PrinterKind
from reception.domain.stations import StationKind
from tests.support import PlainPins, door_on
from ui.kiosk.aid_button import AidButton
from ui.kiosk.button import KioskButton
from ui.kiosk.page import Page
from ui.kiosk.parts import StepRow, Words
from ui.kiosk.window import KioskWindow
from ui.link import Link
from ui.pulse import Pulse
from ui.scanner import Scanner
from ui.visitor_words import spoken

STATION = "Kiosk 1"
_DEVICE = QTest.createTouchDevice()


@dataclass
class Ear:
    """Stands in for the voice."""

    heard: list[tuple[str, str]] = field(default_factory=list)

    def say(self, text: str, language: str = "en") -> None:
        self.heard.append((language, text))

    def stop(self) -> None:
        self.heard.clear()

    def close(self) -> None: ...


class Time:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.millis: Millis = 0

    def __call__(self) -> Millis:
        return self.millis


class Kiosk:
    """The window on a door, and what a visitor does with it."""

    def __init__(
        self,
        qtbot: QtBot,
        door: Door,
        size: tuple[int, int] = (1080, 1920),
        printer: PrinterKind = PrinterKind.NONE,
        *,
        full_screen: bool = False,
        wording_folder: str = "",
    ) -> None:
        self.qtbot = qtbot
        self.door = door
        self.time = Time()
        self.ear = Ear()
        config = Config(
            station=STATION,
            kiosk=KioskConfig(full_screen=full_screen),
            printer=PrinterConfig(kind=printer),
            wording_folder=wording_folder,
        )
        self.link = Link(door)
        self.scanner = Scanner()
        self.window = KioskWindow(
            self.link, config, Pulse(), self.scanner, lambda: self.ear, PlainPins().verify, elapsed=self.time
        )
        if not full_screen:
            self.window.resize(*size)
        self.filled = self.window.size() == self.window.screen().size()
        """Before anything is shown: whether a window manager sees to it or not."""
        self.window.show()
        self.until(lambda: self.window.page is not None)
        self.settle()

    @property
    def page(self) -> Page:
        assert self.window.page is not None
        return self.window.page

    @property
    def name(self) -> str:
        return self.page.screen_shown.name

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=10_000)

    def settle(self) -> None:
        """A visitor takes a moment to read."""
        self.time.millis += 2 * SECOND

    def at(self, name: str) -> None:
        """Wait for a screen."""
        self.until(lambda: self.name == name)
        self.settle()

    def says(self, text: str) -> bool:
        """Whether it is on the screen."""
        shown = [*self.page.findChildren(Words), *self.page.findChildren(StepRow)]
        return any(text in spoken(each.text()) for each in shown if not each.isHidden())

    def button(self, key: str) -> QPushButton:
        for each in self.page.findChildren(KioskButton):
            if each.choice.key == key and not each.isHidden():
                return each
        raise AssertionError(f"nothing to touch called {key} on {self.name}: {self.keys()}")

    def keys(self) -> list[str]:
        return [each.choice.key for each in self.page.findChildren(KioskButton) if not each.isHidden()]

    def aid(self, number: int) -> AidButton:
        return self.page.findChildren(AidButton)[number]

    def touch(self, *keys: str) -> None:
        """A finger comes down on the middle of each, and goes up."""
        for key in keys:
            tap(self.button(key))

    def flood(self, key: str, times: int) -> None:
        """So many touches on the place where something is now, whatever stands there by then."""
        at = self.button(key).mapTo(self.window, self.button(key).rect().center())
        for _ in range(times):
            _touch(self.window, at)

    def touch_together(self, *keys: str) -> None:
        """So many fingers at once."""
        window = self.window
        places = [self.button(key).mapTo(window, self.button(key).rect().center()) for key in keys]
        down, up = QTest.touchEvent(window, _DEVICE), QTest.touchEvent(window, _DEVICE)
        for number, at in enumerate(places):
            down.press(number, at, window)
            up.release(number, at, window)
        down.commit()
        up.commit()

    def press_key(self, key: Qt.Key) -> None:
        """Where the focus is."""
        QTest.keyClick(self.window.focusWidget() or self.window, key)

    def press_sign(self, sign: str) -> None:
        """A key of a keyboard, as a person presses them: it counts before the next."""
        before = self.window.journey.entered.typed
        QTest.keyClicks(self.window.focusWidget() or self.window, sign)
        if sign != "-":
            self.until(lambda: self.window.journey.entered.typed != before)

    def type(self, text: str) -> None:
        for sign in text:
            self.touch({" ": "space"}.get(sign, sign))

    def touch_part(self, part: int) -> None:
        """A box of a date, from 0."""
        field = self.page.field
        assert field is not None
        _touch(self.window, field.mapTo(self.window, field.place_of(part).center()))

    def wait(self, seconds: float) -> None:
        """So long nobody touches anything."""
        self.time.millis += round(seconds * SECOND)

    def close(self) -> None:
        self.window._leaving = True
        self.window.close()
        self.window.deleteLater()
        self.door.close()


def tap(button: QPushButton) -> None:
    """With a finger: Qt makes a mouse of it where nothing takes the touch itself."""
    _touch(button.window(), button.mapTo(button.window(), button.rect().center()))


def _touch(window: QWidget, at: QPoint) -> None:
    QTest.touchEvent(window, _DEVICE).press(0, at, window).commit()
    QTest.touchEvent(window, _DEVICE).release(0, at, window).commit()


def press(button: QPushButton) -> None:
    QTest.mousePress(button, Qt.MouseButton.LeftButton, pos=button.rect().center())


def release_elsewhere(button: QPushButton) -> None:
    away = button.rect().center() + QPoint(0, 4 * button.height())
    QTest.mouseMove(button, away)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=away)


def kiosk_door(url: str, **more: Any) -> Door:
    """As a kiosk's role, where there are roles."""
    return door_on(url, kind=StationKind.KIOSK, **more)
