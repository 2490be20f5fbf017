"""Measures of colour: WCAG 2.2 contrast and CIE lightness."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage


def luminance(colour: QColor) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part / 255) for part in (colour.red(), colour.green(), colour.blue()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """The WCAG ratio, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def lightness(colour: QColor) -> float:
    """CIE L*, 0 to 100: what is left of a colour in a grey-scale picture."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def colours_in(image: QImage) -> set[str]:
    """Every colour of an image, #rrggbb."""
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def grey(image: QImage) -> QImage:
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def differing(one: QImage, other: QImage, by: int = 40) -> int:
    """How many pixels of two images of one size differ in lightness by more than `by` of 255."""
    assert one.size() == other.size()
    return sum(
        abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness()) > by
        for x in range(one.width())
        for y in range(one.height())
    )
