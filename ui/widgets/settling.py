"""Many changes, one layout."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QLayout, QWidget


@contextmanager
def laid_out_once(window: QWidget) -> Iterator[None]:
    """Have what is shown and hidden in here laid out once, afterwards.

    Else Qt lays out every widget round the one that comes or goes, at once, again for each of them.
    """
    layouts = [layout for layout in window.findChildren(QLayout) if layout.isEnabled()]
    for layout in layouts:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in layouts:
            layout.setEnabled(True)
