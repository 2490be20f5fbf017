"""One tick a second, while somebody looks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reception.clock import SECOND, Instant
from tests.ui.sample_day import NOW
from ui.pulse import Pulse


class Stopwatch:
    """Monotonic time that a test sets."""

    def __init__(self) -> None:
        self.millis = 5_000_123

    def __call__(self) -> int:
        return self.millis


@pytest.fixture
def watch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def pulse(qtbot: QtBot, watch: Stopwatch) -> Pulse:
    return Pulse(elapsed=watch)


def shown(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_the_time_is_the_snapshots_and_what_has_passed_since(pulse: Pulse, watch: Stopwatch) -> None:
    assert pulse.now() is None
    pulse.set_now(NOW)
    watch.millis += 1_500
    assert pulse.now() == NOW + 1_500


def test_nothing_ticks_before_the_time_is_known(qtbot: QtBot, pulse: Pulse) -> None:
    pulse.subscribe(shown(qtbot))
    assert not pulse.is_running()


def test_it_ticks_at_once_and_then_at_the_full_second(qtbot: QtBot, pulse: Pulse, watch: Stopwatch) -> None:
    heard: list[Instant] = []
    pulse.subscribe(shown(qtbot), heard.append)
    pulse.set_now(NOW + 300)
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert heard == [NOW + 300]
    watch.millis += 700
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=3_000)
    assert heard[1] == NOW + 1_000


def test_it_aims_just_past_the_second(qtbot: QtBot, pulse: Pulse) -> None:
    pulse.subscribe(shown(qtbot))
    with qtbot.waitSignal(pulse.tick):
        pulse.set_now(NOW + 250)
    left = pulse.findChildren(QTimer)[0].interval()
    assert SECOND - 250 < left <= SECOND - 250 + 20


def test_it_stops_when_nobody_looks_and_goes_on_when_somebody_does(qtbot: QtBot, pulse: Pulse) -> None:
    widget = shown(qtbot)
    pulse.subscribe(widget)
    pulse.set_now(NOW)
    assert pulse.is_running()
    widget.hide()
    assert not pulse.is_running()
    with qtbot.waitSignal(pulse.tick):
        widget.show()
    assert pulse.is_running()


def test_a_minimised_window_is_not_looked_at(qtbot: QtBot, pulse: Pulse) -> None:
    widget = shown(qtbot)
    pulse.subscribe(widget)
    pulse.set_now(NOW)
    widget.setWindowState(Qt.WindowState.WindowMinimized)
    qtbot.waitUntil(lambda: not pulse.is_running())
    widget.setWindowState(Qt.WindowState.WindowNoState)
    qtbot.waitUntil(pulse.is_running)


def test_a_hidden_parent_hides_its_children(qtbot: QtBot, pulse: Pulse) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    inner = QWidget()
    QVBoxLayout(window).addWidget(inner)
    pulse.subscribe(inner)
    pulse.set_now(NOW)
    assert not pulse.is_running()
    window.show()
    assert pulse.is_running()
    window.hide()
    assert not pulse.is_running()


def test_a_widget_may_come_into_its_window_later(qtbot: QtBot, pulse: Pulse) -> None:
    window, between, inner = QWidget(), QWidget(), QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(between).addWidget(inner)
    pulse.subscribe(inner)
    pulse.set_now(NOW)
    QVBoxLayout(window).addWidget(between)
    window.show()
    assert pulse.is_running()
    window.setWindowState(Qt.WindowState.WindowMinimized)
    qtbot.waitUntil(lambda: not pulse.is_running())


def test_one_that_looks_is_enough(qtbot: QtBot, pulse: Pulse) -> None:
    one, other = shown(qtbot), shown(qtbot)
    pulse.subscribe(one)
    pulse.subscribe(other)
    pulse.set_now(NOW)
    one.hide()
    assert pulse.is_running()


def test_a_widget_that_is_gone_is_forgotten(qtbot: QtBot, pulse: Pulse) -> None:
    widget = QWidget()
    widget.show()
    pulse.subscribe(widget)
    pulse.set_now(NOW)
    assert pulse.is_running()
    widget.deleteLater()
    qtbot.waitUntil(lambda: not pulse.is_running())


def test_the_clock_of_the_office_may_be_set_back(qtbot: QtBot, pulse: Pulse) -> None:
    heard: list[Instant] = []
    pulse.subscribe(shown(qtbot), heard.append)
    pulse.set_now(NOW)
    qtbot.waitUntil(lambda: len(heard) == 1)
    pulse.set_now(NOW - 3_600 * SECOND)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[-1] == NOW - 3_600 * SECOND


def test_a_snapshot_that_tells_what_is_known_is_not_followed_by_a_tick(
    qtbot: QtBot, pulse: Pulse, watch: Stopwatch
) -> None:
    """Whoever shows it shows it as of that time; the next tick is at the full second."""
    heard: list[Instant] = []
    pulse.subscribe(shown(qtbot), heard.append)
    pulse.set_now(NOW + 100)
    qtbot.waitUntil(lambda: len(heard) == 1)
    watch.millis += 200
    pulse.set_now(NOW + 290)
    [timer] = pulse.findChildren(QTimer)
    assert SECOND - 290 < timer.interval() <= SECOND - 290 + 20
    assert pulse.is_running()
    assert pulse.now() == NOW + 290
    assert heard == [NOW + 100]
