"""What all plots have in common: axes, grid, marks and words in the colours and the text size that are worn."""

from __future__ import annotations

from collections.abc import Sequence

from pyqtgraph import BarGraphItem, FillBetweenItem, InfiniteLine, PlotCurveItem, ScatterPlotItem, TextItem
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from ui.supervisor.plots.axes import Axis, Tick, apart
from ui.supervisor.plots.marks import SIZES, Shape, path_of
from ui.supervisor.plots.still import Still
from ui.theme import Look, look_of
from ui.widgets.painting import draw_box

_WORDS_FROM_AXIS = 10


class Plot(Still):
    """A plot that nobody drags, zooms or opens a menu of; the wheel scrolls what it stands in.

    A kind of plot keeps its figures, sets the axes, and draws anew in :meth:`draw` whenever the figures, the theme or
    the text size change. It says what it shows in its accessible name and description.
    """

    least = QSize(320, 200)
    """Smaller than this it is not made."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worn: Look | None = None
        self._ratio = 1.0
        self._x, self._y = Axis(), Axis()
        self._shown: list[object] = []
        self.setAccessibleName(name)
        item = self.getPlotItem()
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.enableAutoSIPrefix(False)
            axis.setStyle(tickLength=0, tickTextOffset=_WORDS_FROM_AXIS, autoExpandTextSpace=False, tickAlpha=0)
            axis.setPen(QPen(Qt.PenStyle.NoPen))

    # -- what a kind of plot says --

    def draw(self, look: Look) -> None:
        """Add what is shown; what was shown before is gone."""
        raise NotImplementedError

    def describe(self, words: str) -> None:
        """What it shows, in a sentence or two."""
        self.setAccessibleDescription(words)

    def forget(self) -> None:
        """Nothing is shown, and nothing kept of what was."""
        raise NotImplementedError

    def set_x(self, low: float, high: float, ticks: Sequence[Tick], *, grid: bool = False) -> None:
        """The axis below. Words that would stand over others are left out, the later ones first."""
        self._x = Axis(low, high, tuple(ticks), grid)

    def set_y(self, low: float, high: float, ticks: Sequence[Tick], *, grid: bool = True) -> None:
        """The axis at the side."""
        self._y = Axis(low, high, tuple(ticks), grid)

    def redraw(self) -> None:
        """Draw anew, in the look that is worn now."""
        look = self._worn = look_of(self)
        self.setBackground(look.colour("surface-raised"))
        for shown in self._shown:
            self.removeItem(shown)
        self._shown.clear()
        self._set_axes(look)
        self.draw(look)

    def redraw_for(self, ratio: float) -> None:
        """Draw anew for a picture with so many pixels to one of the screen: a line is as wide there as here."""
        self._ratio = ratio
        self.redraw()

    # -- what is drawn --

    def line(
        self, xs: Sequence[float], ys: Sequence[float], token: str, width: float = 2, *, dashed: bool = False
    ) -> None:
        """A line through points."""
        curve = PlotCurveItem(
            list(xs), list(ys), pen=self._pen(token, width, dashed=dashed), antialias=not _is_square(xs, ys)
        )
        self._add(curve)

    def band(self, xs: Sequence[float], lows: Sequence[float], highs: Sequence[float], token: str) -> None:
        """The ground between two lines, behind everything."""
        look = self._look()
        edges = [PlotCurveItem(list(xs), list(ys), pen=QPen(Qt.PenStyle.NoPen)) for ys in (lows, highs)]
        fill = FillBetweenItem(*edges, brush=QBrush(look.colour(token)), pen=QPen(Qt.PenStyle.NoPen))
        for item in (*edges, fill):
            self._add(item)
        fill.setZValue(-200)

    def bars(self, lefts: Sequence[float], rights: Sequence[float], heights: Sequence[float], token: str) -> None:
        """Bars from the axis up, each with an edge of the sheet's colour so that neighbours part."""
        look = self._look()
        edge = QPen(look.colour("surface-raised"), look.stroke("hairline"))
        edge.setCosmetic(True)
        brush = QBrush(look.colour(token))
        low = [self._y.low] * len(heights)
        self._add(BarGraphItem(x0=list(lefts), x1=list(rights), y0=low, y1=list(heights), pen=edge, brush=brush))

    def level(self, y: float, token: str, width: float = 2, *, dashed: bool = False) -> None:
        """A line from side to side."""
        self._add(InfiniteLine(y, angle=0, pen=self._pen(token, width, dashed=dashed)))

    def upright(self, x: float, token: str, width: float = 2, *, dashed: bool = False) -> None:
        """A line from top to bottom."""
        self._add(InfiniteLine(x, angle=90, pen=self._pen(token, width, dashed=dashed)))

    def marks(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        shape: Shape,
        token: str,
        *,
        size: int | None = None,
        filled: bool = False,
        width: float = 2,
    ) -> None:
        """A mark at each point; rings and crosses are drawn, diamonds filled. Rings hide the line under them."""
        look = self._look()
        pixels = SIZES[shape]
        solid = filled or shape == "diamond"
        self._add(
            ScatterPlotItem(
                list(xs),
                list(ys),
                symbol=path_of(shape),
                size=look.px(size or pixels),
                pen=self._pen(token, 1 if solid else width),
                brush=QBrush(look.colour(token if solid else "surface-raised")),
                antialias=True,
                useCache=False,  # painted sharp on every screen and in the picture that is saved
            )
        )

    def words(
        self,
        x: float,
        y: float,
        text: str,
        token: str = "text",
        *,
        weight: int = 400,
        at: tuple[float, float] = (0, 0),
        most: float = 0,
        on: str = "",
    ) -> None:
        """Words at a point; `at`: which part of them stands there, (0, 0) their top left, (1, 1) their bottom right.
        Where they are wider than `most` pixels they are broken into lines; `on` is the ground that they bring along."""
        look = self._look()
        item = TextItem(text, color=look.colour(token), anchor=at, fill=look.colour(on) if on else None)
        item.setFont(look.font("base", weight))
        item.textItem.document().setDocumentMargin(2)
        if most and look.width(text, "base", weight) > most:
            item.setTextWidth(most)
        item.updateTextPos()
        item.setPos(x, y)
        item.setZValue(50)
        self._add(item)

    def unit(self, pixels: float) -> tuple[float, float]:
        """What so many pixels are on the two axes."""
        box = self.getPlotItem().getViewBox()
        width, height = max(1.0, box.width()), max(1.0, box.height())
        return pixels * (self._x.high - self._x.low) / width, pixels * (self._y.high - self._y.low) / height

    def _add(self, item: object) -> None:
        self._shown.append(item)
        self.addItem(item, ignoreBounds=True)

    def _look(self) -> Look:
        return self._worn or look_of(self)

    def _pen(self, token: str, width: float, *, dashed: bool = False) -> QPen:
        pen = QPen(self._look().colour(token), width * self._ratio)
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        if dashed:
            pen.setDashPattern([3, 2])
        return pen

    # -- the axes --

    def _set_axes(self, look: Look) -> None:
        item = self.getPlotItem()
        font, metrics = look.font(), look.metrics()
        widths = {words: metrics.horizontalAdvance(words) for _, words in (*self._x.ticks, *self._y.ticks)}
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setTickFont(font)
            axis.setTextPen(QPen(look.colour("text-muted")))
            axis.setStyle(
                hideOverlappingLabels=max([*widths.values(), metrics.height()])
            )  # they may stand over its end
        widest = max((widths[words] for _, words in self._y.ticks), default=0)
        item.getAxis("left").setWidth(widest + _WORDS_FROM_AXIS + 2 if widest else 0)
        named = any(words for _, words in self._x.ticks)
        item.getAxis("bottom").setHeight(metrics.height() + _WORDS_FROM_AXIS if named else 0)
        # half a line of words stands over the topmost line of the grid, and half a word beside the last
        item.layout.setContentsMargins(2, metrics.height() // 2, self._overhang(widest, widths), 2)
        self.setXRange(self._x.low, self._x.high, padding=0)
        self.setYRange(self._y.low, self._y.high, padding=0)
        item.layout.activate()
        self._place_ticks(look)
        pen = self._pen("chart-grid", look.stroke("hairline"))
        for about, angle in ((self._y, 0), (self._x, 90)):
            for value, _ in about.ticks if about.grid else ():
                line = InfiniteLine(value, angle=angle, pen=pen)
                self._add(line)
                line.setZValue(-100)

    def _overhang(self, left: int, widths: dict[str, int]) -> int:
        """What the last words under the axis need beyond its end."""
        room = max(1.0, self.width() - left - _WORDS_FROM_AXIS)
        span = max(self._x.high - self._x.low, 1e-9)
        over = (widths[words] / 2 - (self._x.high - value) / span * room for value, words in self._x.ticks if words)
        return max(2, round(max(over, default=0.0)))

    def _place_ticks(self, look: Look) -> None:
        item = self.getPlotItem()
        box, metrics = item.getViewBox(), look.metrics()
        item.getAxis("bottom").setTicks([apart(self._x, box.width(), metrics)])
        item.getAxis("left").setTicks([apart(self._y, box.height(), None, metrics.height())])

    # -- events --

    def sizeHint(self) -> QSize:
        look = self._look()
        return QSize(look.px(480), look.px(220))

    def minimumSizeHint(self) -> QSize:
        look = self._look()
        return QSize(self.least.width(), look.px(self.least.height()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if getattr(self, "_worn", None) is not None:  # Qt sizes it while it is being made
            self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._wear()

    def _wear(self) -> None:
        if getattr(self, "_worn", None) is not look_of(self) and self.isVisible():
            self.redraw()
            self.updateGeometry()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and not self.property("pictured"):
            look = self._look()
            painter = QPainter(self.viewport())
            width = look.stroke("focus_row")
            draw_box(
                painter, self.viewport().rect(), None, look.colour("focus"), width, look.measure("radius", "block")
            )


def _is_square(xs: Sequence[float], ys: Sequence[float]) -> bool:
    """Only level and upright pieces: they stand on whole pixels and need no smoothing."""
    return all(xs[at] == xs[at + 1] or ys[at] == ys[at + 1] for at in range(len(xs) - 1))
