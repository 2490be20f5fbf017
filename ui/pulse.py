"""One tick a second for everything that shows time passing.

The pulse never reads the wall clock. It is told the time with every snapshot and counts on from there with a
monotonic clock, so a desk whose own clock is wrong shows what the office's clock says.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from reception.clock import SECOND, Instant, Millis, SystemClock

_LATE_ENOUGH: Millis = 5
"""A tick comes this long after the full second: a timer that fires a shade early must not show the second before."""


def monotonic_millis() -> Millis:
    """Milliseconds that only ever grow, from no particular start."""
    return time.monotonic_ns() // 1_000_000


class PulseClock:
    """The office's clock as a pulse counts it on; before it was told the time, the clock of this computer."""

    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self._own = SystemClock()

    def now(self) -> Instant:
        told = self._pulse.now()
        return self._own.now() if told is None else told


class Pulse(QObject):
    """Emits `tick` just after every full second, while a widget that subscribed can be seen.

    Before the first :meth:`set_now` there is no time to tell and nothing ticks.
    """

    tick = Signal(object)
    """The present :data:`~reception.clock.Instant`."""

    def __init__(self, parent: QObject | None = None, elapsed: Callable[[], Millis] = monotonic_millis) -> None:
        super().__init__(parent)
        self._elapsed = elapsed
        self._set_to: Instant | None = None
        self._set_at: Millis = 0
        self._widgets: dict[int, QWidget] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def set_now(self, instant: Instant) -> None:
        """What the office's clock says at this moment. Ticks at once when it is news by a second or more; else at the
        full second, since whoever shows the snapshot that told the time shows it as of that time."""
        before = self.now()
        self._set_to = instant
        self._set_at = self._elapsed()
        if self.is_running() and before is not None and abs(instant - before) < SECOND:
            self._await_second(instant)
        else:
            self._wake()

    def now(self) -> Instant | None:
        """The present, or None before the first :meth:`set_now`."""
        if self._set_to is None:
            return None
        return self._set_to + self._elapsed() - self._set_at

    def is_running(self) -> bool:
        """Whether a next tick is due."""
        return self._timer.isActive()

    def subscribe(self, widget: QWidget, slot: Callable[[Instant], None] | None = None) -> None:
        """Tick while `widget` can be seen (and its window is not minimised); calls `slot`, if given, every tick."""
        if id(widget) not in self._widgets:
            self._widgets[id(widget)] = widget
            widget.installEventFilter(self)
            widget.window().installEventFilter(self)
            widget.destroyed.connect(partial(self._forget, id(widget)))
        if slot is not None:
            self.tick.connect(slot)
        self._wake()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.Show | QEvent.Type.ParentChange:
                self._watch_window_of(watched)
                self._wake()
            case QEvent.Type.Hide | QEvent.Type.WindowStateChange:
                self._wake()
        return super().eventFilter(watched, event)

    def _watch_window_of(self, watched: QObject) -> None:
        """A widget may have come into its window only after it subscribed."""
        if isinstance(watched, QWidget) and watched.window() is not watched:
            watched.window().installEventFilter(self)

    def _seen(self) -> bool:
        # a widget that is being destroyed is hidden first, when nothing can be asked of it any more
        alive = (widget for widget in self._widgets.values() if isValid(widget))
        return any(widget.isVisible() and not widget.window().isMinimized() for widget in alive)

    def _wake(self) -> None:
        """Start or stop, as what can be seen has changed."""
        if self._set_to is None or not self._seen():
            self._timer.stop()
        else:
            self._timer.start(0)

    def _beat(self) -> None:
        now = self.now()
        if now is None or not self._seen():
            return
        self._await_second(now)
        self.tick.emit(now)

    def _await_second(self, now: Instant) -> None:
        self._timer.start(SECOND - now % SECOND + _LATE_ENOUGH)

    def _forget(self, key: int, _gone: QObject | None = None) -> None:
        self._widgets.pop(key, None)
        if isValid(self._timer):  # the pulse itself may be going
            self._wake()
