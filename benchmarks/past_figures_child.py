"""A process of its own that opens past periods, and says how long that took and how much memory."""

from __future__ import annotations

import json
import sys
from datetime import date

from benchmarks.measure import timed
from benchmarks.memory import most_memory_mb
from benchmarks.years_of_visits import FIRST
from reception.answers import answer
from reception.domain.grouping import Grouping, Period
from reception.services.supervisor_queries import Past
from tests.support import door_on


def main(url: str, last: date, rounds: int) -> None:
    year = Period(date(last.year - 1, 1, 1), date(last.year - 1, 12, 31))
    month = Period(date(last.year - 1, 10, 1), date(last.year - 1, 10, 31))
    office = ("office" + "0" * 26,)
    asked = {
        "month": Past((), month),
        "year": Past((), year),
        "year by hour": Past((), year, by=Grouping.HOUR),
        "year of one office": Past(office, year),
        "year by officer": Past((), year, by=Grouping.OFFICER),
        "year by need": Past((), year, by=Grouping.NEED),
        "year beside the one before": Past((), year, Period(date(last.year - 2, 1, 1), date(last.year - 2, 12, 31))),
        "all years by day": Past((), Period(FIRST, last), by=Grouping.DAY),
    }
    door = door_on(url)
    answer(door.database, asked["month"])
    seconds, memory = {}, {}
    for name, query in asked.items():
        taken = sorted(timed(lambda query=query: answer(door.database, query)) for _ in range(rounds))
        seconds[name] = taken[rounds // 2]
        memory[name] = most_memory_mb()
    door.close()
    print(json.dumps({"seconds": seconds, "memory": memory}))


if __name__ == "__main__":
    main(sys.argv[1], date.fromisoformat(sys.argv[2]), int(sys.argv[3]))
