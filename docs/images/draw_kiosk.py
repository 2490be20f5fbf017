"""The pictures of the kiosk: each screen in four languages, both shapes of screen, two sizes of text and high contrast.

    python docs/images/draw_kiosk.py FOLDER IMAGES

FOLDER gets them all; IMAGES those that the docs show.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QApplication

from tests.ui.kiosk_pictures import draw
from ui.theme import add_fonts

LANGUAGES = ("en", "pl", "ur", "zh-Hant")
SHAPES = ("portrait", "wide")
SHOWN = {
    "kiosk-language.png": "portrait-en-language.png",
    "kiosk-number.png": "portrait-en-last-printing.png",
    "kiosk-service-urdu.png": "portrait-ur-service.png",
    "kiosk-needs.png": "wide-en-needs.png",
}


def main(folder: Path, images: Path) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication([])
    add_fonts()
    made = folder / "kiosk"
    draw(made, [*LANGUAGES], [*SHAPES])
    for name, source in SHOWN.items():
        with Image.open(made / source) as picture:
            small = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)
            small.convert("P", palette=Image.Palette.ADAPTIVE).save(images / name, optimize=True)
    application.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
