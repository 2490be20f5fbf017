"""What a page's parts are put on: they share its measures, its words and what becomes of a touch."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from ui.kiosk.button import KioskButton
from ui.kiosk.dressing import Dress, Size
from ui.kiosk.screens import Choice
from ui.visitor_words import VisitorWords


class Glass:
    """A page that is being laid out. Places are given as for words that run from the left; the dress mirrors them."""

    def __init__(
        self,
        page: QWidget,
        dress: Dress,
        words: VisitorWords,
        may_press: Callable[[], bool],
        choose: Callable[[str], None],
    ) -> None:
        self.page = page
        self.dress = dress
        self.words = words
        self.may_press = may_press
        self.choose = choose

    def button(
        self, choice: Choice, size: Size = "choice", *, centred: bool = False, arabic: bool | None = None
    ) -> KioskButton:
        """One that chooses, not yet in its place."""
        button = KioskButton(choice, self.dress, self.page, self.may_press, size=size, centred=centred, arabic=arabic)
        button.clicked.connect(lambda _=False, key=choice.key: self.choose(key))
        return button

    def put(self, widget: QWidget, x: int, y: int) -> None:
        widget.move(self.dress.placed(QRect(x, y, widget.width(), widget.height())).topLeft())
        widget.show()


def discard(*widgets: QWidget) -> None:
    """What was made to be measured alone."""
    for widget in widgets:
        widget.hide()
        widget.deleteLater()
