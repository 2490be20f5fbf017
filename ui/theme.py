"""The look: a theme read from its file, worn at a text size.

A theme is data (`resources/themes/*.toml`): every colour is a named token, and no colour is named anywhere else.
A :class:`Look` is carried by the application, or by one window of it, and found by :func:`look_of`, as a widget
finds its palette and its font; so there is no global to reach for and two windows may differ.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Literal

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from ui.stylesheet import stylesheet_of
from ui.theme_file import FontSize, Theme, ThemeError, load_theme

_PIXEL_RATIOS = (1.0, 2.0, 3.0)
_MOST_WIDTHS = 5_000


class Look:
    """A theme worn at a text size of 80 to 200 %. Holds its own cache of icons."""

    def __init__(self, theme: Theme, text_percent: int = 100) -> None:
        if not 80 <= text_percent <= 200:
            raise ThemeError(f"Text can be 80 to 200 % of its size, not {text_percent}.")
        self.theme = theme
        self.text_percent = text_percent
        self._drawings: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self._icons: dict[tuple[str, str, int], QIcon] = {}
        self._fonts: dict[tuple[FontSize, int], QFont] = {}
        self._widths: dict[tuple[str, FontSize, int], int] = {}
        self._metrics: dict[tuple[FontSize, int], QFontMetrics] = {}
        self._colours = {token: QColor(value) for token, value in theme.colours.items()}

    def colour(self, token: str) -> QColor:
        """The colour of a token; raises :class:`ThemeError` for a name that no theme has."""
        try:
            return self._colours[token]
        except KeyError:
            raise ThemeError(f"No theme has a colour “{token}”.") from None

    def px(self, n: float) -> int:
        """Pixels of what grows with the text (row heights, columns of words); margins and strokes do not."""
        return round(n * self.text_percent / 100)

    def measure(self, table: Literal["space", "size", "radius", "stroke", "bar"], name: str) -> int:
        """A measure of the theme at 100 % text, for example `measure("stroke", "focus_ring")`."""
        try:
            return self.theme.measures[table][name]
        except KeyError:
            raise ThemeError(f"No theme has a measure “{table}.{name}”.") from None

    def stroke(self, name: str) -> int:
        """A line width, the same at every text size."""
        return self.measure("stroke", name)

    def font(self, size: FontSize = "base", weight: int = 400) -> QFont:
        """A font of the scale, with figures of one width so that nothing jitters as it ticks."""
        known = self._fonts.get((size, weight))
        if known is None:
            if size not in self.theme.scale:
                raise ThemeError(f"No theme has a text size “{size}”.")
            known = self.sized_font(self.theme.scale[size][0], weight)
            self._fonts[size, weight] = known
        return QFont(known)

    def sized_font(self, pixels: int, weight: int = 400) -> QFont:
        """A font of so many pixels at 100 % text, for kiosk and display."""
        font = QFont()
        font.setFamilies(list(self.theme.families))
        font.setPixelSize(max(1, self.px(pixels)))
        font.setWeight(QFont.Weight(weight))
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def width(self, text: str, size: FontSize = "base", weight: int = 400) -> int:
        """How wide a text is, remembered: the same few words are painted over and over."""
        key = (text, size, weight)
        known = self._widths.get(key)
        if known is None:
            if len(self._widths) >= _MOST_WIDTHS:
                self._widths.clear()
            known = self.metrics(size, weight).horizontalAdvance(text)
            self._widths[key] = known
        return known

    def metrics(self, size: FontSize = "base", weight: int = 400) -> QFontMetrics:
        """The measures of a font of the scale."""
        known = self._metrics.get((size, weight))
        if known is None:
            known = QFontMetrics(self.font(size, weight))
            self._metrics[size, weight] = known
        return known

    def line(self, size: FontSize = "base") -> int:
        """The line height of a size of the scale, and what the font needs where words may have accents."""
        line = self.px(self.theme.scale[size][1])
        return line if size in ("figure", "number") else max(line, self.metrics(size).height())

    def row_height(self, floor: int) -> int:
        """The height of a row of `floor` pixels at 100 %: it grows with its words and never shrinks below."""
        return max(floor, floor - 20 + self.line("base"))

    def icon(self, name: str, token: str = "text", size: int = 18) -> QIcon:
        """An icon in the colour of `token`; its disabled form has the colour of disabled words."""
        known = self._icons.get((name, token, size))
        if known is None:
            known = QIcon()
            for ratio in _PIXEL_RATIOS:
                known.addPixmap(self.pixmap(name, token, size, ratio), QIcon.Mode.Normal)
                known.addPixmap(self.pixmap(name, "on-disabled", size, ratio), QIcon.Mode.Disabled)
            self._icons[name, token, size] = known
        return known

    def pixmap(self, name: str, token: str = "text", size: int = 18, ratio: float = 1.0) -> QPixmap:
        """An icon of `size` logical pixels at 100 % text, drawn for a screen of this device pixel ratio."""
        key = (name, token, size, ratio)
        known = self._pixmaps.get(key)
        if known is None:
            edge = self.px(size)
            drawing = self._drawing(name).replace("currentColor", self.colour(token).name())
            known = QPixmap(QSize(round(edge * ratio), round(edge * ratio)))
            known.fill(Qt.GlobalColor.transparent)
            painter = QPainter(known)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            renderer = QSvgRenderer(QByteArray(drawing.encode()))
            renderer.render(painter, QRectF(0, 0, known.width(), known.height()))
            painter.end()
            known.setDevicePixelRatio(ratio)
            self._pixmaps[key] = known
        return known

    def _drawing(self, name: str) -> str:
        if name not in self._drawings:
            source = files("resources") / "icons" / f"{name}.svg"
            if not source.is_file():
                raise ThemeError(f"There is no icon “{name}”.")
            self._drawings[name] = source.read_text(encoding="utf-8")
        return self._drawings[name]

    def palette(self) -> QPalette:
        """The theme as Qt's own widgets see it."""
        palette = QPalette()
        role = QPalette.ColorRole
        for where, token in (
            (role.Window, "surface"),
            (role.WindowText, "text"),
            (role.Base, "surface-raised"),
            (role.AlternateBase, "surface-sunken"),
            (role.Text, "text"),
            (role.PlaceholderText, "text-muted"),
            (role.Button, "surface-raised"),
            (role.ButtonText, "text"),
            (role.BrightText, "late-text"),
            (role.ToolTipBase, "surface-raised"),
            (role.ToolTipText, "text"),
            (role.Highlight, "accent"),
            (role.HighlightedText, "on-accent"),
            (role.Accent, "accent"),
            (role.Link, "accent-text"),
            (role.LinkVisited, "accent-text"),
            (role.Light, "surface-raised"),
            (role.Midlight, "surface-sunken"),
            (role.Mid, "line"),
            (role.Dark, "line-strong"),
            (role.Shadow, "line-strong"),
        ):
            palette.setColor(where, self.colour(token))
        for where in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, where, self.colour("on-disabled"))
        for where in (role.Base, role.Button):
            palette.setColor(QPalette.ColorGroup.Disabled, where, self.colour("disabled"))
        return palette

    def stylesheet(self) -> str:
        """What Qt's own widgets look like, made from the tokens."""
        return stylesheet_of(self)


_CARRIED = "look"
"""The name of the Qt property in which an application or a window carries its look."""


def apply_look(target: QApplication | QWidget, look: Look) -> None:
    """Make an application, or one window and all in it, wear `look`. May be called again at any time."""
    target.setProperty(_CARRIED, look)
    target.setFont(look.font())
    target.setPalette(look.palette())
    sheet = look.stylesheet()
    application = QApplication.instance()
    if target is not application and isinstance(application, QApplication) and application.styleSheet() == sheet:
        sheet = ""  # every widget is held against each sheet round it, and this one says nothing new
    target.setStyleSheet(sheet)


def look_of(widget: QWidget) -> Look:
    """The look that a widget wears: of the nearest window round it that carries one, else of the application.

    An application that was given none wears the light theme at 100 %.
    """
    window: QWidget | None = widget.window()
    while window is not None:
        carried = window.property(_CARRIED)
        if isinstance(carried, Look):
            return carried
        parent = window.parentWidget()
        window = parent.window() if parent is not None else None
    application = QApplication.instance()
    carried = application.property(_CARRIED) if application is not None else None
    if isinstance(carried, Look):
        return carried
    plain = Look(load_theme("light"))
    if application is not None:
        application.setProperty(_CARRIED, plain)
    return plain


def add_fonts() -> tuple[str, ...]:
    """Make the fonts in `resources/fonts` known to Qt; the names of the files that it could not read."""
    folder = files("resources") / "fonts"
    if not folder.is_dir():
        return ()
    return tuple(
        font.name
        for font in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if font.name.endswith((".ttf", ".otf", ".ttc"))
        and QFontDatabase.addApplicationFontFromData(QByteArray(font.read_bytes())) < 0
    )
