"""One desk in a process of its own, measured from inside; prints its figures as JSON. Run by `benchmarks.desk`."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.memory import most_memory_mb

if TYPE_CHECKING:
    import argparse

    from PySide6.QtWidgets import QApplication

    from reception.config import Config
    from ui.program import Program

PATIENCE_S = 30.0


def since_start() -> float:
    """Seconds since the kernel started this process."""
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return float(Path("/proc/uptime").read_text().split()[0]) - started


def bare() -> dict[str, float]:
    """The peer: an empty main window of Qt."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    application.processEvents()
    window.grab()
    return {"first_paint_s": since_start(), "first_paint_cpu_s": time.process_time(), "memory_mb": most_memory_mb()}


def desk(url: str, idle_s: float, presses: int) -> dict[str, float]:
    """First painted row, CPU of ticking, key press to painted result, memory."""
    # Nothing else is loaded before the first row: what the program does not need by then would be counted as its own.
    from reception.cli import ExtraCommand
    from reception.cli import main as run_command
    from ui.__main__ import start_program

    programs: list[tuple[QApplication, Program]] = []

    def begin(args: argparse.Namespace, config: Config) -> int:
        programs.append(start_program(args, config))
        return 0

    folder = Path(url.removeprefix("sqlite:///")).parent
    settings = folder / "desk_child.toml"
    settings.write_text(f'counter = "Counter 1"\nlog_folder = "{folder / "log"}"\n')
    arguments = ["--config", str(settings), "--database", url, "desk"]
    if run_command(arguments, [ExtraCommand("desk", "open the desk", begin)]) != 0:
        raise RuntimeError("the desk was not opened")
    ((_application, program),) = programs

    from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, Signal

    class Paints(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.last = 0.0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint:
                self.last = time.perf_counter()
            return False

    class Results(QObject):
        """When the main key and all that was painted with it stood on the screen."""

        noted = Signal()

        def __init__(self) -> None:
            super().__init__()
            self.painted = self.cpu = 0.0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint:
                QTimer.singleShot(0, self, self.note)
            return False

        def note(self) -> None:
            self.painted, self.cpu = time.perf_counter(), time.process_time()
            self.noted.emit()

    def wait(milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_S
        loop = QEventLoop()
        watch = QTimer()
        watch.timeout.connect(lambda: loop.quit() if condition() or time.monotonic() > end else None)
        watch.start(2)  # not at every turn: the worker thread needs the interpreter too
        loop.exec()
        if not condition():
            raise TimeoutError("what was waited for did not come")

    shown = QEventLoop()
    program.shown.connect(shown.quit)
    shown.exec()
    window: Any = program.window
    paints = Paints()
    # Only once there are rows: an empty queue is painted, too.
    viewport = window.queue.viewport()
    window.desk.view_shown.connect(lambda *_: viewport.installEventFilter(paints))
    until(lambda: paints.last > 0)
    figures = {"first_row_s": since_start(), "first_row_cpu_s": time.process_time()}
    figures["rows"] = float(window.queue_model.rowCount())
    if not presses:
        return figures

    from statistics import median

    from PySide6.QtTest import QTest

    from benchmarks.measure import percentile, timed
    from tests.support import COUNTER_1, PRIYA, At, door_on

    window.resize(1366, 768)  # the offscreen screen is smaller than any that a desk is made for
    window.desk.keys.double_press_s = 0
    window.desk.presence.sign_in(COUNTER_1, PRIYA)
    window.stack.close_all()
    until(lambda: window.counter_sheet.main.text() == "Call next")
    wait(1_000)
    cpu, began = time.process_time(), time.monotonic()
    wait(round(idle_s * 1000))
    figures["idle_cpu_percent"] = 100 * (time.process_time() - cpu) / (time.monotonic() - began)

    def scroll() -> None:
        bar = window.queue.verticalScrollBar()
        bar.setValue(bar.value() + 3 * bar.singleStep())
        window.queue.viewport().repaint()

    main = window.counter_sheet.main
    results = Results()
    main.installEventFilter(results)
    others = At(door_on(url))
    times: dict[str, list[float]] = {"call": [], "start": [], "finish": []}
    cpu_times: dict[str, list[float]] = {what: [] for what in times}

    def press(what: str, then: str) -> None:
        before, cpu_before = time.perf_counter(), time.process_time()
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_F5)
        # Nothing is looked at meanwhile: whoever looks takes the interpreter from the thread that does the work.
        loop = QEventLoop()
        results.noted.connect(lambda: loop.quit() if main.text() == then else None)
        QTimer.singleShot(round(1000 * PATIENCE_S), loop, loop.quit)
        loop.exec()
        results.noted.disconnect()
        if main.text() != then:
            raise TimeoutError(f"{what} did not lead to {then}")
        wait(50)  # a layout that comes late paints it once more
        times[what].append(results.painted - before)
        cpu_times[what].append(results.cpu - cpu_before)

    for _ in range(presses):
        press("call", "Start")
        press("start", "Finish and call next")
        press("finish", "Start")
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        until(lambda: main.text() == "Call next")
        # As many wait for each call, and each calls another visitor: one called and put back many times would have a
        # long history.
        while len(others.taken) < 2 * len(times["call"]):
            others.take()
        until(lambda: window.queue_model.rowCount() == figures["rows"])
        wait(50)
    figures["repaint_ms"] = 1000 * median(timed(lambda: window.queue.viewport().repaint()) for _ in range(20))
    figures["scroll_ms"] = 1000 * median(timed(scroll) for _ in range(40))
    for what, taken in times.items():
        figures[f"{what}_p50_ms"] = 1000 * percentile(taken, 0.5)
        figures[f"{what}_p95_ms"] = 1000 * percentile(taken, 0.95)
        figures[f"{what}_cpu_ms"] = 1000 * percentile(cpu_times[what], 0.5)
    figures["memory_mb"] = most_memory_mb()
    window.desk.presence.sign_off()
    program.end()
    return figures


if __name__ == "__main__":
    result = bare() if sys.argv[1] == "bare" else desk(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()
    os._exit(0)
