"""Every state of the display as pictures: `python -m tests.ui.display_pictures FOLDER [WIDTHxHEIGHT...]`."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.ui.display_states import STATES
from ui.display.painting import paint
from ui.display.scene import Scene
from ui.display.setting import Setter
from ui.theme import Look, add_fonts
from ui.theme_file import load_theme

SIZES = ((1920, 1080), (1280, 720), (3840, 2160))


def picture(scene: Scene, width: int, height: int, theme: str = "light") -> QImage:
    """One state as it is painted on a screen of that size."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint(painter, Setter(Look(load_theme(theme)), width, height), scene)
    painter.end()
    return image


def main(folder: Path, sizes: tuple[tuple[int, int], ...]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, scene in STATES.items():
        for width, height in sizes:
            picture(scene, width, height).save(str(folder / f"{name}-{width}.png"))
    picture(STATES["calling"], 1920, 1080, "high-contrast").save(str(folder / "high-contrast-1920.png"))


if __name__ == "__main__":
    application = QApplication.instance() or QApplication([])
    add_fonts()
    asked = tuple((int(w), int(h)) for w, h in (size.split("x") for size in sys.argv[2:]))
    main(Path(sys.argv[1]), asked or SIZES)
