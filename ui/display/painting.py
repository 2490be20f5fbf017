"""The display painted: look/README's measures, in proportion to the screen. Nothing moves but what has changed."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui.display.lines import Page
from ui.display.scene import Call, Said, Scene, State
from ui.display.setting import Setter, Type

LEFT = 1232
TOP = 800
STRIP = 152
FOOT = 128
MARGIN = 72
PLACE = 240
RIGHT, RIGHT_EDGE = 1304, 1848
ROW = 130

HEADING = Type(56, "on-display-call", 600)
NUMBER = Type(488, "on-display-call", 700)
WHERE = Type(152, "on-display-place", 700)
WHERE_LOWER = Type(112, "on-display-place", 700)
WHERE_WRAPPED = Type(76, "on-display-place", 700)
WHERE_BOTH = Type(52, "on-display-place", 700)
PLEASE = Type(60, "on-display-place", 600)
EARLIER = Type(48, "display-muted")
EARLIER_NUMBER = Type(88, "display-text", 700)
EARLIER_PLACE = Type(56, "display-text", least=0.8)
EARLIER_WRAPPED = Type(40, "display-text")
LABEL = Type(40, "display-text")
SERVICE = Type(40, "display-muted", least=0.8)
SERVICE_WRAPPED = Type(28, "display-muted")
WAIT = Type(40, "display-text", 600)
STALE = Type(40, "display-muted")
LINE = Type(48, "display-text", least=0.9)
NOTICE = Type(40, "display-text")
PAGES = Type(32, "display-muted")
CLOCK = Type(48, "display-text", 600)
TROUBLE = Type(48, "on-display-call", 600, least=0.9)
TROUBLE_WRAPPED = Type(40, "on-display-call", 600)
TITLE = Type(112, "display-text", 700)
UNDER = Type(56, "display-muted")
ALARM = Type(128, "on-late", 700)
ALARM_UNDER = Type(60, "on-late", 600)
OTHER = Type(56, "display-text", 600)


def notice_place(setter: Setter) -> QRectF:
    """Where the line at the bottom is read: two lines of words."""
    return setter.place(MARGIN, TOP + STRIP + 4, 1386, FOOT - 8)


def paint(painter: QPainter, setter: Setter, scene: Scene) -> None:
    """Paint the whole screen."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, setter.width, setter.height), setter.colour("display-surface"))
    if scene.state is State.CALLING and scene.call is not None:
        _call(painter, setter, scene.heading, scene.call)
    else:
        _words(painter, setter, scene)
    _earlier(painter, setter, scene)
    _others(painter, setter, scene.others)
    _waits(painter, setter, scene)
    _foot(painter, setter, scene)


def _call(painter: QPainter, setter: Setter, heading: str, call: Call) -> None:
    painter.fillRect(setter.place(0, 0, LEFT, TOP - PLACE), setter.colour("display-call"))
    setter.line(painter, setter.place(MARGIN, 32, LEFT - 2 * MARGIN, 76), heading, HEADING)
    setter.great(painter, setter.place(MARGIN, 136, LEFT - 2 * MARGIN, 388), call.number, NUMBER)
    painter.fillRect(setter.place(0, TOP - PLACE, LEFT, PLACE), setter.colour("display-place"))
    if not call.place:
        return
    arrow = setter.place(88, TOP - PLACE + 60, 120, 120)
    edge = round(min(arrow.width(), arrow.height()))
    painter.drawPixmap(
        round(arrow.left()),
        round(arrow.center().y() - edge / 2),
        setter.look.pixmap("arrow-right", "on-display-place", edge),
    )
    width = LEFT - 276 - MARGIN
    if call.please is None:
        whole = setter.place(276, TOP - PLACE + 12, width, PLACE - 24)
        setter.one_or_two(painter, whole, call.place, WHERE, WHERE_WRAPPED)
        return
    setter.one_or_two(painter, setter.place(276, TOP - PLACE + 4, width, 136), call.place, WHERE_LOWER, WHERE_BOTH)
    setter.line(painter, setter.place(276, TOP - 104, width, 88), call.please.text, PLEASE, call.please.tag)


def _words(painter: QPainter, setter: Setter, scene: Scene) -> None:
    """The large part of the screen when nobody is called."""
    alarm = scene.state is State.EVACUATED
    if alarm:
        painter.fillRect(setter.place(0, 0, LEFT, TOP), setter.colour("late"))
    title, under = (ALARM, ALARM_UNDER) if alarm else (TITLE, UNDER)
    width = LEFT - 2 * MARGIN
    above = setter.place(MARGIN, 96, width, 360)
    height = setter.block(painter, above, scene.heading, title, top=True)
    rest = setter.place(MARGIN, 0, width, 300)
    rest.moveTop(above.top() + height + setter.unit * 40)
    if scene.line:
        setter.block(painter, rest, scene.line, under, top=True)


def _rule(painter: QPainter, setter: Setter, x: float, y: float, width: float) -> None:
    place = setter.place(x, y, width, 2)
    place.setHeight(max(1, round(2 * setter.unit)))
    painter.fillRect(place, setter.colour("display-line"))


def _earlier(painter: QPainter, setter: Setter, scene: Scene) -> None:
    if not scene.earlier:
        return
    width = RIGHT_EDGE - RIGHT
    setter.line(painter, setter.place(RIGHT, 62, width, 64), scene.earlier_heading, EARLIER)
    for place, call in enumerate(scene.earlier):
        top = 144 + place * ROW
        _rule(painter, setter, RIGHT, top, width)
        setter.line(painter, setter.place(RIGHT, top, 260, ROW), call.number, EARLIER_NUMBER)
        where = setter.place(RIGHT + 276, top + 8, width - 276, ROW - 16)
        setter.one_or_two(painter, where, call.place, EARLIER_PLACE, EARLIER_WRAPPED, right=True)


def _others(painter: QPainter, setter: Setter, others: tuple[Said, ...]) -> None:
    if not others:
        return
    step = min(140, 704 / len(others))
    for place, said in enumerate(others):
        row = setter.place(RIGHT, 64 + place * step, RIGHT_EDGE - RIGHT, step)
        setter.line(painter, row, said.text, OTHER, said.tag)


def _waits(painter: QPainter, setter: Setter, scene: Scene) -> None:
    _rule(painter, setter, 0, TOP, 1920)
    if not scene.waits:
        setter.line(painter, setter.place(MARGIN, TOP, RIGHT_EDGE - MARGIN, STRIP), scene.office, SERVICE)
        return
    label = setter.place(MARGIN, TOP + 16, 224, STRIP - 32)
    setter.block(painter, label, scene.waits_heading, LABEL if scene.live else STALE)
    step = (RIGHT_EDGE - 320) / max(3, scene.wait_columns)
    for place, each in enumerate(scene.waits):
        x = 320 + place * step
        _service(painter, setter, x, step - 24, each.service)
        setter.line(painter, setter.place(x, TOP + 76, step - 24, 56), each.wait, WAIT if scene.live else STALE)


def _service(painter: QPainter, setter: Setter, x: float, width: float, name: str) -> None:
    """Its name, whole: in two lines where one does not take it."""
    one = setter.place(x, TOP + 20, width, 56)
    if setter.is_line(one, name, SERVICE, share=SERVICE.least):
        setter.line(painter, one, name, SERVICE)
    else:
        setter.block(painter, setter.place(x, TOP + 4, width, 80), name, SERVICE_WRAPPED)


def _foot(painter: QPainter, setter: Setter, scene: Scene) -> None:
    place = setter.place(0, TOP + STRIP, 1920, FOOT)
    painter.fillRect(place, setter.colour("display-call" if scene.trouble else "display-raised"))
    if scene.trouble:
        setter.one_or_two(painter, notice_place(setter), scene.trouble, TROUBLE, TROUBLE_WRAPPED)
    else:
        _page(painter, setter, scene.page)
    if scene.clock:
        clock = CLOCK if not scene.trouble else Type(CLOCK.pixels, "on-display-call", CLOCK.weight)
        setter.line(painter, setter.place(1560, TOP + STRIP, RIGHT_EDGE - 1560, FOOT), scene.clock, clock, right=True)


def _page(painter: QPainter, setter: Setter, page: Page) -> None:
    setter.one_or_two(painter, notice_place(setter), page.text, LINE, NOTICE, page.tag)
    if page.count > 1:
        which = f"{page.number}/{page.count}"
        setter.line(painter, setter.place(1490, TOP + STRIP, 110, FOOT), which, PAGES)
