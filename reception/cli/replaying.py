"""`reception replay`."""

from __future__ import annotations

import argparse
import tempfile
import textwrap
from decimal import ROUND_DOWN, Decimal
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from reception.app import Door
from reception.cli.logs import open_log
from reception.cli.parser import DEFAULT_ZONE
from reception.cli.settings import settings_of
from reception.cli.terminal import cancellable, progress, say
from reception.clock import MINUTE, SetClock, local_datetime
from reception.config import Config, PrinterConfig
from reception.domain.figures import WaitSummary
from reception.opening import open_door
from reception.services.recorded_day import RecordedDay, read_day, share_waited_while_fewer
from reception.services.replaying import PlainPins, Replay
from reception.services.replaying import replay as play

_MINUTES = ("mean", "median", "p90", "longest")
_WIDTH = 88
_NOT_RECORDED = (
    "What the record does not say: how many counters were open and when, who could serve what, and whether a service "
    "was short because others waited."
)


def replay(args: argparse.Namespace) -> int:
    """Play the day twice and print both side by side."""
    settings = settings_of(args)
    log = open_log(args, args.timezone or ZoneInfo(DEFAULT_ZONE))
    day = read_day(log, args.date)
    with (
        tempfile.TemporaryDirectory(prefix="reception-replay-") as folder,
        progress("Replaying", "visits", args.progress) as shown,
        cancellable() as cancelled,
    ):
        numbers = count(1)

        def door_on(clock: SetClock) -> Door:
            return open_door(_own(settings, Path(folder) / f"{next(numbers)}.db"), clock=clock, pins=PlainPins())

        result = play(day, args.preset, args.counters, door_on, shown, cancelled)
    _tell(day, result, args)
    return 0


def _own(settings: Config, file: Path) -> Config:
    """The station's settings on a database of the replay's own; whoever is called in a replay is there at once."""
    return replace(
        settings,
        database=f"sqlite:///{file.as_posix()}",
        printer=PrinterConfig(),
        ordering=replace(settings.ordering, usual_call_to_start_seconds=0),
    )


def _tell(day: RecordedDay, result: Replay, args: argparse.Namespace) -> None:
    say(f"{day.day.isoformat()}, {day.zone.key}: {_many(len(day.visits), 'visit')}.")
    say()
    say(f"{'':<22}{'as recorded':>13}{'under the rule':>17}")
    say(f"{'counters':<22}{f'up to {result.at_once}':>13}{result.counters:>17}")
    for name, recorded, ruled in _rows(result.recorded, result.ruled):
        say(f"{name:<22}{recorded:>13}{ruled:>17}")
    say()
    say("The real commands yielded every recorded wait.")
    for sentence in (*_about_counters(day, result, args.counters is None), *_unknown(day)):
        say(textwrap.fill(sentence, _WIDTH))


def _about_counters(day: RecordedDay, result: Replay, inferred: bool) -> list[str]:
    number = result.counters
    share = share_waited_while_fewer(day, number)
    ended = local_datetime(result.last_end, day.zone)
    found = f"{_many(number, 'counter')} under the rule, inferred: first come, first served, with services as recorded,"
    fewer = f"By the record fewer than {number} were served for {share * 100:.0f} % of the time in which somebody"
    sentences = (
        (inferred, f"{found} that number comes nearest to the recorded mean wait. --counters N tries another."),
        (share, f"{fewer} waited."),
        (True, f"Under the rule the last visit ended at {ended:%H:%M}; the counters called until then."),
    )
    return [sentence for applies, sentence in sentences if applies]


def _rows(recorded: WaitSummary, ruled: WaitSummary) -> list[tuple[str, str, str]]:
    def row(name: str, field: str) -> tuple[str, str, str]:
        return name, _figure(getattr(recorded, field)), _figure(getattr(ruled, field))

    rows = [row("seen", "seen")]
    if recorded.left_before or recorded.left_after or ruled.left_before or ruled.left_after:
        rows += [row("left within promise", "left_before"), row("left after promise", "left_after")]
    if ruled.unresolved_unseen_before or ruled.unresolved_unseen_after:
        rows.append(
            (
                "unseen at midnight",
                str(recorded.unresolved_unseen_before + recorded.unresolved_unseen_after),
                str(ruled.unresolved_unseen_before + ruled.unresolved_unseen_after),
            )
        )
    rows += [row(f"{each} wait, min", f"{each}_wait_min") for each in _MINUTES]
    if recorded.target_min is not None:
        rows.append(row(f"within {recorded.target_min:g} min", "within_target"))
        rows.append(("share within promise", _share(recorded), _share(ruled)))
    return rows


def _figure(value: float | int | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.2f}"


def _share(summary: WaitSummary) -> str:
    share = summary.share_within_target
    # Rounded down, as everywhere: 100 % is said only when every promise was kept.
    return "-" if share is None else f"{(Decimal(str(share)) * 100).quantize(Decimal('0.1'), ROUND_DOWN)} %"


def _unknown(day: RecordedDay) -> list[str]:
    usual = f"the usual {day.usual_service / MINUTE:.1f} minutes"
    unfinished = f"{_many(day.unfinished, 'service')} without an end that day: as recorded they keep their counter,"
    left = f"{_many(day.left, 'visitor')} left unseen: under the rule at the same time, unless called before,"
    sentences = (
        (True, _NOT_RECORDED),
        (day.unfinished, f"{unfinished} under the rule they take {usual}."),
        (day.left, f"{left} and then served for {usual}."),
        (day.after_midnight, f"{_many(day.after_midnight, 'visit')} left out: the wait went on past midnight."),
        (day.aside, f"{_many(day.aside, 'row')} of the whole log set aside: some may be of this day."),
    )
    return [sentence for applies, sentence in sentences if applies]


def _many(number: int, what: str) -> str:
    return f"{number:,} {what if number == 1 else what + 's'}"
