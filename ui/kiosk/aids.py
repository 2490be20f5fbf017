"""The aids that a visitor has switched on: larger text, high contrast, reading aloud."""

from __future__ import annotations

from collections.abc import Callable

from ui.kiosk.appearance import Appearance
from ui.kiosk.reader import Reader, Speaks
from ui.kiosk.screens import ALOUD, CONTRAST, LARGER, Screen
from ui.visitor_words import VisitorWords


class Aids:
    """Off until the visitor switches them on, and off for the next."""

    def __init__(self, theme: str, make_voice: Callable[[], Speaks]) -> None:
        self.appearance = Appearance(theme)
        self.reader = Reader(make_voice)

    @property
    def on(self) -> frozenset[str]:
        """The keys of those that are on."""
        states = {
            LARGER: self.appearance.is_larger,
            CONTRAST: self.appearance.is_high_contrast,
            ALOUD: self.reader.is_on,
        }
        return frozenset(key for key, is_on in states.items() if is_on)

    def switch(self, aid: str) -> None:
        """On, or off; text grows by a step."""
        {
            LARGER: self.appearance.enlarge,
            CONTRAST: self.appearance.switch_contrast,
            ALOUD: self.reader.switch,
        }[aid]()

    def say_switched(self, aid: str, screen: Screen, words: VisitorWords) -> None:
        """To whoever has it read: the new size of the text, or from now on the screen."""
        if aid == LARGER:
            percent = words("kiosk.aids.percent", percent=self.appearance.percent)
            self.reader.say(f"{words('kiosk.aids.larger_text')}, {percent}", words)
        elif aid == ALOUD:
            self.reader.read(screen, words)

    def switch_off(self) -> None:
        """The visitor who wanted them has gone."""
        self.appearance.switch_off()
        self.reader.switch_off()
