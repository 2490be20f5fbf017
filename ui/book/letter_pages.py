"""The pages of a letter or report as they are looked at."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reception.domain.letter_snapshot import PageImage
from ui.moments import plural
from ui.theme import look_of
from ui.widgets import RING


class Pages(QWidget):
    """Pages under each other, each with a hairline round it."""

    def __init__(self, parent: QWidget | None = None, *, of: str = "letter") -> None:
        super().__init__(parent)
        self._pages: tuple[QImage, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"Preview of the {of}")

    def show_pages(self, pages: tuple[PageImage, ...]) -> None:
        self._pages = tuple(_image(page) for page in pages)
        self.setAccessibleDescription(plural(len(pages), "page"))
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()
        self.update()

    def pages(self) -> int:
        return len(self._pages)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inner = width - 2 * RING
        return sum(page.height() * inner // max(1, page.width()) + 8 for page in self._pages) + 8

    def sizeHint(self) -> QSize:
        return QSize(look_of(self).px(240), self.heightForWidth(max(240, self.width())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        inner, y = self.width() - 2 * RING, 8
        painter.setPen(look_of(self).colour("line-strong"))
        for page in self._pages:
            height = page.height() * inner // max(1, page.width())
            target = self.rect()
            target.setRect(RING, y, inner, height)
            painter.drawImage(target, page)
            painter.drawRect(target.adjusted(0, 0, -1, -1))
            y += height + 8


def _image(page: PageImage) -> QImage:
    """A copy: Qt keeps no hold of Python's bytes."""
    return QImage(page.pixels, page.width, page.height, 3 * page.width, QImage.Format.Format_RGB888).copy()
