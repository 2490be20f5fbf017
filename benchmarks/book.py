"""The book: a day of 40 officers and 600 bookings opened, scrolled and ticked, against as many plain rectangles."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from benchmarks.measure import Options, Row, at_most

NAME = "book"


def run(options: Options) -> list[Row]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.book_child", str(options.times(20)), str(options.times(200, at_least=20))],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return [
        at_most("40 officers, 600 bookings: from the answer to the painted page", measured["open_ms"], "ms", 200),
        Row("the same, p95", measured["open_p95_ms"], "ms"),
        Row("as many plain rectangles painted", measured["plain_ms"], "ms"),
        Row("the day laid out and painted against the plain rectangles", measured["open_ratio"], "times"),
        at_most("scrolled by a step and painted, p95", measured["scroll_p95_ms"], "ms", 16),
        at_most("scrolled to the side and painted, p95", measured["across_p95_ms"], "ms", 16),
        at_most("one booking changed, shown and painted", measured["change_ms"], "ms", 50),
        at_most("an arrow key to the painted cursor, p95", measured["key_p95_ms"], "ms", 50),
        Row("a minute passes, shown and painted", measured["tick_ms"], "ms"),
    ]
