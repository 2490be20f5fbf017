"""Python's garbage, looked for on the GUI thread and on no other.

Left to itself Python looks for it on whichever thread asks for memory. What lies in it may own a timer, a model or
another of Qt's objects, and Qt lets nobody end those on a thread that is not theirs: it warns, or the program dies.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOKS_EVERY_MS = 1_000


class GarbageCollector(QObject):
    """From :meth:`begin` on it does once a second what Python would have done, by Python's own thresholds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKS_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """What is there by now stays to the end, and is not looked at again. A second time it changes nothing."""
        if not self._timer.isActive():
            gc.disable()
            gc.freeze()
            self._timer.start()

    def _look(self) -> None:
        there, allowed = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if there[generation] > allowed[generation]:
                gc.collect(generation)
                return
