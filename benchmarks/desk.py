"""The desk: first painted row beside a bare window, an idle desk with 500 waiting, key press to painted result."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from statistics import median

from benchmarks.measure import Options, Row, at_most, sqlite_file
from tests.support import At, door_on

NAME = "desk"
WAITING = 500
STARTS = 5
PRESSES = {"call": "call next", "start": "start", "finish": "finish and call next"}
"""What the main key does in turn, by the name of its figures."""


def run(options: Options) -> list[Row]:
    with sqlite_file(options.folder) as url:
        door = door_on(url)
        office = At(door).set_up().sign_in()
        for number in range(WAITING):
            office.take(("housing", "council-tax", "planning")[number % 3])
        door.close()
        starts = options.times(STARTS, at_least=3)
        bare, quick = [], []
        for _ in range(starts):
            bare.append(_child("bare"))
            quick.append(_child(url, "0", "0"))
        measured = _child(url, str(options.times(20)), str(options.times(40, at_least=10)))
    first = median(each["first_row_s"] for each in quick)
    window = median(each["first_paint_s"] for each in bare)
    return [
        at_most("first painted queue row, from the start of the process", first, "s", 1.0),
        Row("the same in processor time", median(each["first_row_cpu_s"] for each in quick), "s"),
        Row("bare QMainWindow, the same way", window, "s"),
        Row("the same in processor time", median(each["first_paint_cpu_s"] for each in bare), "s"),
        Row("first painted row against the bare window", first / window, "times"),
        at_most(f"CPU of an idle desk with {measured['rows']:.0f} rows ticking", measured["idle_cpu_percent"], "%", 3),
        *(row for what in PRESSES for row in _pressed(what, measured)),
        Row("the queue painted whole", measured["repaint_ms"], "ms"),
        at_most("the queue scrolled by a step and painted", measured["scroll_ms"], "ms", 16),
        Row("memory of the desk", measured["memory_mb"], "MB"),
        Row("memory of the bare window", median(each["memory_mb"] for each in bare), "MB"),
    ]


def _pressed(what: str, measured: dict[str, float]) -> list[Row]:
    return [
        Row(f"{PRESSES[what]}: key press to painted result, p50", measured[f"{what}_p50_ms"], "ms"),
        at_most(f"{PRESSES[what]}: key press to painted result, p95", measured[f"{what}_p95_ms"], "ms", 100),
        Row("the same in processor time, p50", measured[f"{what}_cpu_ms"], "ms"),
    ]


def _child(*arguments: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.desk_child", *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))
