"""The foot of every screen, which never moves: back and help, the main action, and the aids."""

from __future__ import annotations

from PySide6.QtCore import QRect

from ui.kiosk.aid_button import AidButton
from ui.kiosk.button import KioskButton
from ui.kiosk.dressing import Size
from ui.kiosk.glass import Glass
from ui.kiosk.screens import ALOUD, BACK, CONTRAST, HELP, LANGUAGE, LARGER, Choice, Screen

_AIDS = ((LANGUAGE, "globe"), (LARGER, "large-print"), (CONTRAST, "contrast"), (ALOUD, "sound"))


class Foot:
    """Put from below: the aids, and above them what goes on and back."""

    def __init__(self, glass: Glass, screen: Screen) -> None:
        self._glass = glass
        self._screen = screen
        self.going: list[KioskButton] = []
        """The ways on and back, in the order of the eye."""
        self.lowest = 0
        """The top of back and help."""

    def put_aids(self, on: frozenset[str]) -> int:
        """The top of them."""
        glass, dress, words = self._glass, self._glass.dress, self._glass.words
        buttons = []
        for aid, icon in _AIDS:
            is_on, can_be_on = aid in on, aid != LANGUAGE
            label = words(f"kiosk.aids.{aid}")
            button = AidButton(icon, label, dress, glass.page, glass.may_press, on=is_on, can_be_on=can_be_on)
            if can_be_on:
                button.setAccessibleDescription(words(f"kiosk.aids.{'on' if is_on else 'off'}"))
            button.clicked.connect(lambda _=False, key=aid: glass.choose(key))
            buttons.append(button)
        width = dress.width // len(buttons)
        high = max(button.height_in(width) for button in buttons)
        for number, button in enumerate(buttons):
            last = number == len(buttons) - 1
            each = dress.width - width * number if last else width - max(1, dress.stroke("hairline"))
            button.setGeometry(dress.placed(QRect(width * number, dress.height - high, each, high)))
        return dress.height - high

    def put_actions(self, foot: int, left: int) -> int:
        """Above `foot`; the top of them. `left`: how wide the question's column is in a wide screen."""
        dress, screen = self._glass.dress, self._screen
        foot -= dress.fixed(16 if dress.is_wide else 72 if dress.is_roomy else 32)
        pair = (screen.main, screen.also) if screen.main_first else (screen.also, screen.main)
        upper = [each for each in pair if each is not None]
        if not dress.is_wide:
            width = dress.width - 2 * dress.margin
            top = self.lowest = self._put_row(self._back_and_help(), (360, 568), dress.margin, width, foot)
            return self._put_row([*upper], (360, 568), dress.margin, width, top - dress.gap) if upper else top
        right = dress.margin + left + dress.fixed(32)
        top = self.lowest = self._put_row(self._back_and_help(), (184, 176), dress.margin, left, foot)
        if upper:
            top = min(top, self._put_row([*upper], (280, 480), right, dress.width - dress.margin - right, foot))
        return top - dress.gap

    def _back_and_help(self) -> list[Choice | None]:
        """On the first screen there is no way back, but its place is kept."""
        dress, words, screen = self._glass.dress, self._glass.words, self._screen
        short = dress.is_wide or not dress.is_roomy
        back = Choice(BACK, words("kiosk.back"), icon="arrow-left", enabled=screen.back)
        help_words = words("kiosk.help_short" if short else "kiosk.ask_for_help")
        return [back, Choice(HELP, help_words, icon="bell") if screen.help else None]

    def _put_row(self, choices: list[Choice | None], shares: tuple[int, int], x: int, width: int, foot: int) -> int:
        """One or two buttons side by side; a place without one stays empty. The top of them."""
        dress = self._glass.dress
        buttons = [self._button(each) if each is not None else None for each in choices]
        self.going = [*(button for button in buttons if button is not None), *self.going]
        room = width - dress.gap * (len(buttons) - 1)
        widths = [room] if len(buttons) == 1 else [room * share // sum(shares) for share in shares]
        if len(buttons) == 2:
            needed = [0 if button is None else button.least_width() for button in buttons]
            if None not in buttons and sum(needed) > room:
                widths = [room * each // sum(needed) for each in needed]
            for each, other in ((0, 1), (1, 0)):
                moved = max(0, min(widths[other] - needed[other], needed[each] - widths[each]))
                widths[each] += moved
                widths[other] -= moved
        high = max(button.height_in(each, dress.button) for button, each in zip(buttons, widths, strict=True) if button)
        for placed, each in zip(buttons, widths, strict=True):
            if placed is not None:
                placed.put(dress.placed(QRect(x, foot - high, each, high)))
            x += each + dress.gap
        return foot - high

    def _button(self, choice: Choice) -> KioskButton:
        dress = self._glass.dress
        large = dress.is_roomy or (choice.main and self._screen.entry is None)
        size: Size = "choice" if large and (choice.main or dress.is_wide) else "text"
        return self._glass.button(choice, size, centred=True)
