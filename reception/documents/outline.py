"""The outline of a glyph, for what is drawn as a shape and not as text."""

from __future__ import annotations

from functools import lru_cache

import uharfbuzz as hb

from reception.documents.fonts import Face

Move = tuple[str, tuple[float, ...]]
"""An operator of a PDF's path (m, l, c, h) and its coordinates, in ems."""


@lru_cache(maxsize=512)
def outline(face: Face, glyph_id: int) -> tuple[Move, ...]:
    """The outline, from where the glyph is put; to be filled by the rule of winding."""
    moves: list[Move] = []
    here = (0.0, 0.0)
    unit = float(face.harfbuzz.face.upem)

    def add(operator: str, *places: float) -> None:
        nonlocal here
        moves.append((operator, tuple(place / unit for place in places)))
        if places:
            here = (places[-2], places[-1])

    def curve(cx: float, cy: float, x: float, y: float) -> None:
        """A curve of the second order, as one of the third."""
        (x0, y0) = here
        add("c", x0 + (cx - x0) * 2 / 3, y0 + (cy - y0) * 2 / 3, x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3, x, y)

    functions = hb.DrawFuncs()
    functions.set_move_to_func(lambda x, y, _: add("m", x, y))
    functions.set_line_to_func(lambda x, y, _: add("l", x, y))
    functions.set_quadratic_to_func(lambda cx, cy, x, y, _: curve(cx, cy, x, y))
    functions.set_cubic_to_func(lambda ax, ay, bx, by, x, y, _: add("c", ax, ay, bx, by, x, y))
    functions.set_close_path_func(lambda _: add("h"))
    face.harfbuzz.draw_glyph(glyph_id, functions, None)
    return tuple(moves)


def path(face: Face, glyph_id: int, x: float, y: float, em: float) -> str:
    """What fills a glyph at that place and size."""
    shown = []
    for operator, places in outline(face, glyph_id):
        origins = (x, y) * (len(places) // 2)
        shown.append(" ".join([*(f"{o + p * em:.3f}" for o, p in zip(origins, places, strict=True)), operator]))
    return "\n".join([*shown, "f"]) if shown else ""
