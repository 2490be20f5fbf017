"""A plot written as a picture, off the GUI thread; what stood in the file before stays whole until the new one is."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from reception.errors import Code, Refusal
from ui.refused import Refused
from ui.supervisor.plots.plot import Plot
from ui.theme import look_of
from ui.widgets.painting import MUTED, STRONG, Style, draw_text, wrapped_lines
from ui.worker import Hands, Job, Relay

_RATIO = 2
"""Pixels of the picture to one of the screen, so that it can be printed."""
_MARGIN = 16


def picture_of(shown: QWidget, title: str, subject: str, note: str) -> QImage:
    """A widget in the colours that it wears, and over it its title, the office and period that are its subject, and
    its note."""
    look = look_of(shown)
    heading = Style("lead", 600)
    width = shown.width()
    lines = [(line, heading) for line in wrapped_lines(title, width, look, heading)]
    lines += [(line, STRONG) for line in wrapped_lines(subject, width, look, STRONG)] if subject else []
    lines += [(line, MUTED) for part in note.splitlines() for line in wrapped_lines(part, width, look, MUTED, 6)]
    top = _MARGIN + sum(look.line(style.size) for _, style in lines) + _MARGIN // 2
    image = QImage(
        (width + 2 * _MARGIN) * _RATIO, (top + shown.height() + _MARGIN) * _RATIO, QImage.Format.Format_RGB32
    )
    image.setDevicePixelRatio(_RATIO)
    image.fill(look.colour("surface-raised"))
    painter = QPainter(image)
    y = _MARGIN
    for line, style in lines:
        draw_text(painter, QRect(_MARGIN, y, width, look.line(style.size)), line, look, style)
        y += look.line(style.size)
    shown.setProperty("pictured", True)  # without the ring of the focus
    if isinstance(shown, Plot):
        shown.redraw_for(_RATIO)
    QWidget.render(shown, painter, QPoint(_MARGIN, top))
    shown.setProperty("pictured", False)
    if isinstance(shown, Plot):
        shown.redraw_for(1)
    painter.end()
    return image


def write_picture(image: QImage, file: Path) -> None:
    """Write a PNG. Refuses UNREADABLE_FILE where that can't be done; the file is then as it was."""
    part = file.with_name(f".{file.name}.part")
    try:
        if not image.save(os.fspath(part), "PNG"):  # type: ignore[call-overload]
            raise _cannot(file)
        part.replace(file)
    except OSError as error:
        raise _cannot(file) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _cannot(file: Path) -> Refusal:
    return Refusal(
        Code.UNREADABLE_FILE,
        f"The picture {file.name} can't be saved there.",
        "Choose another folder, or free some space.",
    )


class PictureSaver(QObject):
    """Writes one picture at a time on a thread that ends with it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._relay = Relay()
        self._relay.came.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def save(self, image: QImage, file: Path, done: Callable[[], None], refused: Callable[[Refused], None]) -> None:
        """Write it; `done` or `refused` is called on the GUI thread."""
        hands = Hands("reception-picture", self._relay)
        hands.add(Job(lambda: write_picture(image, file), lambda _: done(), refused))
        hands.end()

    def _deliver(self, reply: Callable[[], None]) -> None:
        reply()
