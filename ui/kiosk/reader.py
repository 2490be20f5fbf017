"""Reads aloud: a screen, or the one thing on it that has the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from ui.kiosk.aid_button import AidButton
from ui.kiosk.aloud import said_of_choice, said_of_screen
from ui.kiosk.button import KioskButton
from ui.kiosk.screens import Screen
from ui.visitor_words import VisitorWords


class Speaks(Protocol):
    """What reading aloud needs of a voice."""

    def say(self, text: str, language: str = "en") -> None: ...

    def stop(self) -> None: ...

    def close(self) -> None: ...


class Reader:
    """Says nothing until it is switched on, and then has a voice: most visitors read for themselves."""

    def __init__(self, make_voice: Callable[[], Speaks]) -> None:
        self._make_voice = make_voice
        self._voice: Speaks | None = None
        self.is_on = False

    def switch(self) -> None:
        """On, or off at once."""
        self.is_on = not self.is_on
        if not self.is_on:
            self._stop()

    def switch_off(self) -> None:
        """The visitor who wanted it has gone."""
        self.is_on = False
        self._stop()

    def read(self, screen: Screen, words: VisitorWords) -> None:
        """The whole screen, instead of what is being said."""
        self._say(said_of_screen(screen, words))

    def read_button(self, button: KioskButton | AidButton, words: VisitorWords) -> None:
        if isinstance(button, KioskButton):
            self._say((said_of_choice(button.choice, words),))
        else:
            self.say(f"{button.accessibleName()}, {button.accessibleDescription()}", words)

    def say(self, text: str, words: VisitorWords) -> None:
        """In the visitor's language."""
        self._say(((text, words.tag),))

    def close(self) -> None:
        if self._voice is not None:
            self._voice.close()

    def _stop(self) -> None:
        if self._voice is not None:
            self._voice.stop()

    def _say(self, parts: tuple[tuple[str, str], ...]) -> None:
        """(text, language) one after another."""
        if not self.is_on:
            return
        if self._voice is None:
            self._voice = self._make_voice()
        self._voice.stop()
        for text, language in parts:
            self._voice.say(text, language)
