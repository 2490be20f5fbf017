"""The short form of `script/soak`: stations at work while the server throws some of them out."""

from __future__ import annotations

import pytest

from benchmarks.measure import percentile
from benchmarks.soak import soak


@pytest.mark.postgresql
def test_stations_that_lose_their_connections_lose_no_change_and_do_none_twice(postgres_url: str) -> None:
    soaked = soak(
        postgres_url, stations=10, processes_=2, seconds=2.5, commands_a_second=30, fault_every_s=0.8, share=5
    )
    assert soaked.faults() == []
    assert soaked.stations == 10
    assert soaked.commands["finish"] > 0
    # A station that is ready a moment later reads on from there; whether it missed any of that, the faults say.
    assert soaked.facts > 8 * sum(soaked.commands.values())
    assert percentile(soaked.late, 0.5) < 1_000, "what is told at once does not wait for a heartbeat"
