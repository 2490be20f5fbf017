"""Another system's log, read without guessing."""

from __future__ import annotations

import csv
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reception.clock import HOUR, MINUTE, SECOND, from_datetime, local_datetime
from reception.errors import Code, Refusal
from reception.statistics.visit_log import (
    LogColumns,
    LoggedVisit,
    Reason,
    SetAside,
    VisitLog,
    open_visit_log,
    write_set_aside,
)
from tests.house.ordinary_user import OrdinaryUser

DUBLIN = ZoneInfo("Europe/Dublin")
PLAIN = LogColumns("arrived", "started", "finished")
FULL = LogColumns("arrived", "started", "finished", left="left", service="service")
REAL_LOG = Path(__file__).parents[2].parent / "shared" / "data" / "walk_ins_2015_2018.csv"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def a_log(*lines: str, header: str = "arrived,started,finished", encoding: str = "utf-8") -> Path:
        path = tmp_path / "log.csv"
        path.write_bytes(("\n".join([header, *lines]) + "\n").encode(encoding))
        return path

    return a_log


def at(text: str, zone: ZoneInfo = DUBLIN) -> int:
    return from_datetime(datetime.fromisoformat(text).replace(tzinfo=zone))


def only(log: VisitLog) -> LoggedVisit | SetAside:
    (value,) = log
    return value


def visits(log: VisitLog) -> list[LoggedVisit]:
    return [value for value in log if isinstance(value, LoggedVisit)]


# -- a row that is believed ------------------------------------------------------------------------------------


def test_a_row_becomes_instants(write: Write) -> None:
    log = open_visit_log(write("2024-07-01 10:00:00,2024-07-01 10:04:21,2024-07-01 10:25:01"), PLAIN, DUBLIN)
    visit = only(log)
    assert isinstance(visit, LoggedVisit)
    assert visit.row_number == 2
    assert visit.arrived == at("2024-07-01 10:00") == from_datetime(datetime.fromisoformat("2024-07-01T09:00Z"))
    assert visit.started == visit.arrived + 4 * MINUTE + 21 * SECOND
    assert visit.finished == at("2024-07-01 10:25:01")
    assert visit.left is None
    assert visit.service is None
    assert len(visit.key) == 32
    assert set(visit.key) <= set("0123456789abcdef")


def test_a_visit_never_finished_was_seen_and_its_end_is_unknown(write: Write) -> None:
    visit = only(open_visit_log(write("2024-07-01 10:00,2024-07-01 10:04,"), PLAIN, DUBLIN))
    assert isinstance(visit, LoggedVisit)
    assert (visit.started, visit.finished) == (at("2024-07-01 10:04"), None)


def test_a_visitor_who_left_unseen(write: Write) -> None:
    log = write("2024-07-01 10:00,,,2024-07-01 10:12, Housing ", header="arrived,started,finished,left,service")
    visit = only(open_visit_log(log, FULL, DUBLIN))
    assert isinstance(visit, LoggedVisit)
    assert (visit.started, visit.finished, visit.left) == (None, None, at("2024-07-01 10:12"))
    assert visit.service == "Housing"


def test_other_columns_in_any_order_are_passed_over(write: Write) -> None:
    path = write("x,2024-07-01 10:30,2024-07-01 10:04,2024-07-01 10:00", header="note, finished ,started,arrived")
    visit = only(open_visit_log(path, PLAIN, DUBLIN))
    assert isinstance(visit, LoggedVisit)
    assert visit.finished == at("2024-07-01 10:30")


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2024-07-01 10:00", "2024-07-01T09:00:00.000Z"),
        ("2024-07-01T10:00:05", "2024-07-01T09:00:05.000Z"),
        ("2024-01-01 10:00:05.250", "2024-01-01T10:00:05.250Z"),
        ("2024-01-01 10:00:05.2509999", "2024-01-01T10:00:05.250Z"),
        ("2024-07-01T10:00:05Z", "2024-07-01T10:00:05.000Z"),
        ("2024-07-01 10:00:05 +02:00", "2024-07-01T08:00:05.000Z"),
        ("2024-07-01 10:00:05-0530", "2024-07-01T15:30:05.000Z"),
        ("2024-07-01 10:00:05+00", "2024-07-01T10:00:05.000Z"),
        ("  2024-07-01 10:00  ", "2024-07-01T09:00:00.000Z"),
        ("1900-07-01 10:00", "1900-07-01T10:25:21.000Z"),  # Dublin Mean Time
        ("2024-10-27 01:30+01:00", "2024-10-27T00:30:00.000Z"),
        ("2024-10-27 01:30+00:00", "2024-10-27T01:30:00.000Z"),
    ],
)
def test_times_that_are_read(write: Write, text: str, utc: str) -> None:
    visit = only(open_visit_log(write(f'"{text}","{text}",'), PLAIN, DUBLIN))
    assert isinstance(visit, LoggedVisit)
    assert visit.arrived == from_datetime(datetime.fromisoformat(utc))


def test_a_wait_across_the_clock_change_is_as_long_as_it_was(write: Write) -> None:
    log = open_visit_log(
        write("2024-03-31 00:50,2024-03-31 02:10,", "2024-10-27 00:50,2024-10-27 02:10,"),
        PLAIN,
        DUBLIN,
        longest_wait=3 * HOUR,
    )
    spring, autumn = visits(log)
    assert spring.started is not None
    assert autumn.started is not None
    assert spring.started - spring.arrived == 20 * MINUTE
    assert autumn.started - autumn.arrived == 140 * MINUTE


# -- a row that is set aside -----------------------------------------------------------------------------------

TEN = "2024-07-01 10:00"
SET_ASIDE = [
    (",2024-07-01 10:04,2024-07-01 10:09,,", Reason.MISSING_ARRIVAL),
    (",,,,", Reason.MISSING_ARRIVAL),
    (" ,nonsense,,,", Reason.MISSING_ARRIVAL),
    (f"{TEN},,,,", Reason.MISSING_START),
    (f"{TEN},,2024-07-01 10:09,,", Reason.FINISHED_WITHOUT_START),
    (f"{TEN},,2024-07-01 10:09,2024-07-01 10:09,", Reason.FINISHED_WITHOUT_START),
    (f"{TEN},2024-07-01 10:04,,2024-07-01 10:09,", Reason.STARTED_AND_LEFT),
    (f"{TEN},2024-07-01 09:59:59,,,", Reason.NEGATIVE_WAIT),
    (f"{TEN},,,2024-07-01 09:59:59,", Reason.NEGATIVE_WAIT),
    (f"{TEN},2024-07-01 10:04,2024-07-01 10:03:59,,", Reason.NEGATIVE_SERVICE),
    (f"{TEN},2024-07-01 11:30:00.001,,,", Reason.WAIT_TOO_LONG),
    (f"{TEN},,,2024-07-01 11:30:00.001,", Reason.WAIT_TOO_LONG),
    (f"{TEN},2024-07-02 10:00,2024-07-01 10:00,,", Reason.WAIT_TOO_LONG),
    (f"{TEN},2024-07-01 10:04,2024-07-01 10:09", Reason.WRONG_NUMBER_OF_CELLS),
    (f"{TEN},2024-07-01 10:04,2024-07-01 10:09,,,", Reason.WRONG_NUMBER_OF_CELLS),
    ("2024-03-31 01:30,2024-03-31 02:10,,,", Reason.NONEXISTENT_TIME),
    ("2024-10-27 01:30,2024-10-27 02:10,,,", Reason.AMBIGUOUS_TIME),
    ("2024-10-27 00:50,2024-10-27 01:00,,,", Reason.AMBIGUOUS_TIME),
    ("2024-10-27 00:50,2024-10-27 00:55,2024-10-27 01:59:59.999,,", Reason.AMBIGUOUS_TIME),
]


@pytest.mark.parametrize(("line", "reason"), SET_ASIDE)
def test_rows_that_are_set_aside(write: Write, line: str, reason: Reason) -> None:
    path = write(line, header="arrived,started,finished,left,service")
    assert only(open_visit_log(path, FULL, DUBLIN)) == SetAside(2, reason, tuple(line.split(",")))


@pytest.mark.parametrize(
    "text",
    [
        "2024-07-01",
        "10:00",
        "01/07/2024 10:00",
        "2024-7-1 10:00",
        "2024-07-01 9:00",
        "2024-07-01 24:00",
        "2024-07-01 10:60",
        "2024-07-01 10:00:60",
        "2024-02-30 10:00",
        "0000-00-00 00:00:00",
        "20240701T1000",
        "2024-W27-1 10:00",
        "2024-07-01 10:00 BST",
        "2024-07-01 10:00+25:00",
        "٢٠٢٤-٠٧-٠١ ١٠:٠٠",
        "NULL",
        "-",
        "1719828000",
        "=NOW()",
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_times_that_are_not_read(write: Write, text: str, place: int) -> None:
    cells = [TEN, TEN, TEN]
    cells[place] = text
    assert only(open_visit_log(write(",".join(cells)), PLAIN, DUBLIN)) == SetAside(
        2, Reason.UNREADABLE_TIME, tuple(cells)
    )


def test_a_log_of_mixed_formats_sets_the_other_one_aside(write: Write) -> None:
    path = write(f"{TEN},{TEN},", "01/07/2024 10:00,01/07/2024 10:05,", "07/13/2024 10:00,07/13/2024 10:05,")
    unnamed = [type(value) for value in open_visit_log(path, PLAIN, DUBLIN)]
    assert unnamed == [LoggedVisit, SetAside, SetAside]
    named = [type(value) for value in open_visit_log(path, PLAIN, DUBLIN, date_format="%d/%m/%Y %H:%M")]
    assert named == [SetAside, LoggedVisit, SetAside]


@pytest.mark.parametrize(
    ("date_format", "text"),
    [
        ("%d/%m/%Y %H:%M", "01/07/2024 10:00"),
        ("%d.%m.%y %H.%M", "01.07.24 10.00"),
        ("%m/%d/%Y %I:%M:%S %p", "07/01/2024 10:00:00 AM"),
        ("%Y-%m-%dT%H:%M:%S%z", "2024-07-01T10:00:00+0100"),
    ],
)
def test_a_format_that_is_named(write: Write, date_format: str, text: str) -> None:
    visit = only(open_visit_log(write(f"{text},{text},"), PLAIN, DUBLIN, date_format=date_format))
    assert isinstance(visit, LoggedVisit)
    assert visit.arrived == at(TEN)


def test_the_clock_change_counts_in_a_named_format_too(write: Write) -> None:
    path = write("31/03/2024 01:30,31/03/2024 02:30,", "27/10/2024 01:30,27/10/2024 02:30,")
    reasons = [
        value.reason
        for value in open_visit_log(path, PLAIN, DUBLIN, date_format="%d/%m/%Y %H:%M")
        if isinstance(value, SetAside)
    ]
    assert reasons == [Reason.NONEXISTENT_TIME, Reason.AMBIGUOUS_TIME]


def test_the_longest_wait_is_inclusive_and_is_on_waits_alone(write: Write) -> None:
    path = write(
        f"{TEN},2024-07-01 11:30,2024-07-01 19:00",
        f"{TEN},2024-07-01 10:20,",
        f"{TEN},2024-07-01 10:20:00.001,",
    )
    assert len(visits(open_visit_log(path, PLAIN, DUBLIN))) == 3
    kept = visits(open_visit_log(path, PLAIN, DUBLIN, longest_wait=20 * MINUTE))
    assert [visit.row_number for visit in kept] == [3]


def test_row_numbers_are_those_of_a_spreadsheet(write: Write) -> None:
    path = write("", f'{TEN},"{TEN}",', "", f"{TEN},,")
    log = open_visit_log(path, PLAIN, DUBLIN)
    assert log.rows == 2
    assert [value.row_number for value in log] == [3, 5]


def test_a_cell_may_hold_several_lines(write: Write) -> None:
    path = write(f'{TEN},{TEN},,"one\ntwo"', f"{TEN},,,three", header="arrived,started,finished,note")
    log = open_visit_log(path, PLAIN, DUBLIN)
    assert log.rows == 2
    seen, aside = log
    assert isinstance(seen, LoggedVisit)
    assert aside == SetAside(3, Reason.MISSING_START, (TEN, "", "", "three"))


# -- which row is which ----------------------------------------------------------------------------------------


def test_the_same_file_has_the_same_keys_and_duplicates_have_their_own(write: Write) -> None:
    lines = [f"{TEN},{TEN},", f"{TEN},2024-07-01 10:01,", f"{TEN},{TEN},"]
    path = write(*lines)
    first = [visit.key for visit in visits(open_visit_log(path, PLAIN, DUBLIN))]
    assert first == [visit.key for visit in visits(open_visit_log(path, PLAIN, DUBLIN))]
    assert len(set(first)) == 3


def test_rows_added_at_the_end_are_the_only_new_ones(write: Write) -> None:
    lines = [f"{TEN},{TEN},", f"{TEN},2024-07-01 10:01,"]
    before = [visit.key for visit in visits(open_visit_log(write(*lines), PLAIN, DUBLIN))]
    after = [
        visit.key
        for visit in visits(
            open_visit_log(write(*lines, lines[0], "2024-07-02 10:00,2024-07-02 10:00,"), PLAIN, DUBLIN)
        )
    ]
    assert after[:2] == before
    assert len(set(after)) == 4


def test_cells_that_are_not_named_and_spaces_around_do_not_make_another_row(write: Write) -> None:
    bare = visits(open_visit_log(write(f"{TEN},{TEN},"), PLAIN, DUBLIN))
    spaced = visits(
        open_visit_log(write(f"note,{TEN} , {TEN}, ", header="note,arrived,started,finished"), PLAIN, DUBLIN)
    )
    assert bare[0].key == spaced[0].key


def test_another_service_is_another_row_and_another_place_is_another_row(write: Write) -> None:
    header = "arrived,started,finished,left,service"
    lines = [f"{TEN},{TEN},,,A", f"{TEN},{TEN},,,B", f"{TEN},{TEN},{TEN},,A", f"{TEN},,,{TEN},A"]
    assert len({visit.key for visit in visits(open_visit_log(write(*lines, header=header), FULL, DUBLIN))}) == 4


def test_the_key_is_the_same_on_every_machine_and_day(write: Write) -> None:
    """A fixed point: a new way of making keys would import every log a second time."""
    visit = visits(open_visit_log(write("2024-07-01 10:00,2024-07-01 10:05,2024-07-01 10:20"), PLAIN, DUBLIN))[0]
    assert visit.key == "a79338b38d2859abc379a035af1cd33f"


def around(day: str) -> st.SearchStrategy[datetime]:
    midnight = datetime.fromisoformat(day)
    return st.datetimes(midnight - timedelta(days=1), midnight + timedelta(days=2))


moments = around("2024-03-31") | around("2024-10-27")
cells = st.one_of(st.just(""), st.just("?"), moments.map(lambda moment: moment.isoformat(" ", "milliseconds")))


@settings(deadline=None, max_examples=60)
@given(
    rows=st.lists(st.tuples(cells, cells, cells, cells), max_size=12),
    extra=st.lists(st.tuples(cells, cells, cells, cells), max_size=4),
)
def test_whatever_the_rows_none_is_lost_and_none_is_absurd(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, ...]],
    extra: list[tuple[str, ...]],
) -> None:
    columns = LogColumns("a", "s", "f", left="l")

    def read(some: list[tuple[str, ...]]) -> list[LoggedVisit | SetAside]:
        path = tmp_path_factory.mktemp("logs") / "log.csv"
        path.write_text("\n".join(["a,s,f,l", *(",".join(row) for row in some)]), encoding="utf-8")
        log = open_visit_log(path, columns, DUBLIN)
        values = list(log)
        assert log.rows == len(values) == len(some)
        return values

    values = read(rows)
    for row, value in zip(rows, values, strict=True):
        if isinstance(value, SetAside):
            assert value.cells == row
            continue
        end = value.left if value.started is None else value.started
        assert end is not None
        assert (value.started is None) != (value.left is None)
        assert 0 <= end - value.arrived <= 90 * MINUTE
        assert value.finished is None or (value.started is not None and value.finished >= value.started)
        # What was read is what is written: the instant shown in the zone is the cell again.
        for text, instant in zip(row, (value.arrived, value.started, value.finished, value.left), strict=True):
            if instant is not None:
                shown = local_datetime(instant, DUBLIN).replace(tzinfo=None)
                assert shown.isoformat(" ", "milliseconds") == text
    keys = [value.key for value in values if isinstance(value, LoggedVisit)]
    assert len(set(keys)) == len(keys)
    longer = [value.key for value in read(rows + extra) if isinstance(value, LoggedVisit)]
    assert longer[: len(keys)] == keys
    assert len(set(longer)) == len(longer)


# -- files and wishes that are refused -------------------------------------------------------------------------


def refused(path: Path, columns: LogColumns = PLAIN, **wishes: object) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        open_visit_log(path, columns, DUBLIN, **wishes)  # type: ignore[arg-type]
    assert refusal.value.reason.endswith(".")
    assert refusal.value.remedy.endswith(".")
    return refusal.value


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    refusal = refused(tmp_path / "none.csv")
    assert refusal.code is Code.UNREADABLE_FILE
    assert refusal.reason == "none.csv can't be read: it is not there."


def test_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path).code is Code.UNREADABLE_FILE


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such permissions")
def test_a_file_that_may_not_be_read(as_ordinary_user: OrdinaryUser) -> None:
    path = as_ordinary_user.folder / "log.csv"
    path.write_text(f"arrived,started,finished\n{TEN},{TEN},\n", encoding="utf-8")
    as_ordinary_user.give(path)
    path.chmod(0)
    assert as_ordinary_user(lambda: refused(path).reason) == "log.csv can't be read: it is not allowed."


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such permissions")
def test_a_folder_that_may_not_be_written(as_ordinary_user: OrdinaryUser, write: Write) -> None:
    log = open_visit_log(write(), PLAIN, DUBLIN)
    folder = as_ordinary_user.folder / "closed"
    folder.mkdir(mode=0o500)
    as_ordinary_user.give(folder)

    def attempt() -> str:
        with pytest.raises(Refusal) as refusal:
            write_set_aside(folder / "aside.csv", log, [])
        return refusal.value.reason

    assert as_ordinary_user(attempt) == "The rows set aside can't be written to aside.csv: it is not allowed."


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b"\r\n"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    refusal = refused(path)
    assert refusal.code is Code.UNREADABLE_FILE
    assert "is empty" in refusal.reason


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04\x14\x00workbook",
        "arrived,started,finished\n".encode("utf-16"),
        "arrived,started,finished\n".encode("utf-16-le"),
        b"arrived,started,finished\n" + b"2024-07-01 10:00,Caf\xe9,\n",
        b"SQLite format 3\x00",
    ],
)
def test_a_file_that_is_not_text(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    refusal = refused(path)
    assert refusal.code is Code.UNREADABLE_FILE
    assert "not text" in refusal.reason


def test_bad_text_far_down_is_refused_before_a_visit_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"arrived,started,finished\n" + f"{TEN},{TEN},\n".encode() * 20_000 + b"\xff\n")
    assert "not text" in refused(path).reason


def test_a_quotation_mark_that_is_never_closed(write: Write) -> None:
    refusal = refused(write(f"{TEN},{TEN},", f'"{TEN},{TEN},', f"{TEN},{TEN},"))
    assert refusal.code is Code.UNREADABLE_FILE
    assert "quotation mark" in refusal.reason


def test_a_column_that_is_not_there_is_told_with_those_that_are(write: Write) -> None:
    refusal = refused(write(header="arrived,served,finished"))
    assert refusal.code is Code.BAD_INPUT
    assert "no column started" in refusal.reason
    assert "arrived, served, finished" in refusal.remedy


@pytest.mark.parametrize(
    "missing",
    [
        LogColumns("arrived", "started", "finished", left="gone"),
        LogColumns("arrived", "started", "finished", service="kind"),
    ],
)
def test_a_column_that_may_be_missing_may_not_when_it_is_named(write: Write, missing: LogColumns) -> None:
    assert refused(write(), missing).code is Code.BAD_INPUT


def test_column_names_are_taken_to_the_letter(write: Write) -> None:
    assert "no column started" in refused(write(header="Arrived,Started,Finished,arrived")).reason


def test_semicolons_are_seen_for_what_they_are(write: Write) -> None:
    assert "arrived;started;finished" in refused(write(header="arrived;started;finished")).remedy


def test_a_column_that_is_there_twice(write: Write) -> None:
    assert "more than one column started" in refused(write(header="arrived,started,started,finished")).reason


def test_one_column_can_not_be_two_things(write: Write) -> None:
    assert "named for two things" in refused(write(), LogColumns("arrived", "started", "started")).reason


def test_a_log_without_column_names_is_not_quoted_in_the_message(write: Write) -> None:
    refusal = refused(write(header=f"Jane Example,{TEN},{TEN}"))
    assert refusal.code is Code.UNREADABLE_FILE
    assert "Jane" not in str(refusal)


def test_a_great_many_columns_are_not_all_told(write: Write) -> None:
    refusal = refused(write(header=",".join(f"c{number}" for number in range(50))))
    assert refusal.remedy.endswith("c29 and 20 more.")


@pytest.mark.parametrize("limit", [0, -5])
def test_a_longest_wait_of_nothing_is_refused(write: Write, limit: int) -> None:
    assert refused(write(), longest_wait=limit).code is Code.BAD_INPUT


@pytest.mark.parametrize(
    "date_format",
    [
        "",
        "%d/%m/%Y",
        "%H:%M",
        "%m %H:%M",
        "%m/%Y %H:%M",
        "%d/%m/%Y %I:%M",
        "%Y %Y",
        "%",
        "%Q",
        "dd/mm/yyyy",
        "%d/%m/%Y %H:%M %Z",
    ],
)
def test_a_format_that_leaves_something_to_guess_is_refused(write: Write, date_format: str) -> None:
    refusal = refused(write(), date_format=date_format)
    assert refusal.code is Code.BAD_INPUT
    assert "%d/%m/%Y" in refusal.remedy


def test_column_names_and_nothing_below_is_a_log_without_visits(write: Write) -> None:
    log = open_visit_log(write(), PLAIN, DUBLIN)
    assert log.rows == 0
    assert list(log) == []


def test_reading_may_be_given_up_half_way(write: Write) -> None:
    log = open_visit_log(write(*[f"{TEN},{TEN},"] * 100), PLAIN, DUBLIN)
    reading: Iterator[LoggedVisit | SetAside] = iter(log)
    next(reading)
    del reading  # an open file left behind would be a warning, and a warning fails the test
    assert len(list(log)) == 100


# -- the file of what was set aside ----------------------------------------------------------------------------


def test_the_rows_set_aside_are_written_with_their_cells_as_they_are(write: Write, tmp_path: Path) -> None:
    lines = [f"{TEN},,,=1+1", f'{TEN},,,"-2\r3"', '"a, ""b""",,,Zoë', f"{TEN}"]
    log = open_visit_log(write(*lines, header="arrived,started,finished,note"), PLAIN, DUBLIN)
    target = tmp_path / "aside.csv"
    assert write_set_aside(target, log, [value for value in log if isinstance(value, SetAside)]) == 4
    with target.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["set_aside_row", "set_aside_reason", "arrived", "started", "finished", "note"],
            ["2", "missing_start", TEN, "", "", "=1+1"],
            ["3", "missing_start", TEN, "", "", "-2\r3"],
            ["4", "unreadable_time", 'a, "b"', "", "", "Zoë"],
            ["5", "wrong_number_of_cells", TEN],
        ]


def test_the_file_is_marked_as_utf_8_when_the_log_was(write: Write, tmp_path: Path) -> None:
    log = open_visit_log(write(f"{TEN},,", encoding="utf-8-sig"), PLAIN, DUBLIN)
    write_set_aside(tmp_path / "aside.csv", log, [value for value in log if isinstance(value, SetAside)])
    assert (tmp_path / "aside.csv").read_bytes().startswith(b"\xef\xbb\xbfset_aside_row,")


def test_mended_rows_can_be_imported_from_it(write: Write, tmp_path: Path) -> None:
    log = open_visit_log(write(f"{TEN},?,"), PLAIN, DUBLIN)
    target = tmp_path / "aside.csv"
    write_set_aside(target, log, [value for value in log if isinstance(value, SetAside)])
    target.write_text(target.read_text(encoding="utf-8").replace("?", TEN), encoding="utf-8")
    assert isinstance(only(open_visit_log(target, PLAIN, DUBLIN)), LoggedVisit)


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such permissions")
def test_only_its_owner_may_read_it(write: Write, tmp_path: Path) -> None:
    log = open_visit_log(write(), PLAIN, DUBLIN)
    write_set_aside(tmp_path / "aside.csv", log, [])
    assert stat.S_IMODE((tmp_path / "aside.csv").stat().st_mode) == 0o600


def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(write: Write, tmp_path: Path) -> None:
    log = open_visit_log(write(), PLAIN, DUBLIN)
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "aside.csv"
    target.write_text("old", encoding="utf-8")

    def rows() -> Iterator[SetAside]:
        yield SetAside(2, Reason.MISSING_START, ("x",))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_set_aside(target, log, rows())
    assert [path.name for path in folder.iterdir()] == ["aside.csv"]
    assert target.read_text(encoding="utf-8") == "old"


def test_a_place_that_can_not_be_written_is_refused(write: Write, tmp_path: Path) -> None:
    log = open_visit_log(write(), PLAIN, DUBLIN)
    with pytest.raises(Refusal) as refusal:
        write_set_aside(tmp_path / "no such folder" / "aside.csv", log, [])
    assert refusal.value.code is Code.BAD_INPUT
    with pytest.raises(Refusal):
        write_set_aside(tmp_path, log, [])
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full to stand for a full disk")
def test_a_full_disk_is_told(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = open_visit_log(write(), PLAIN, DUBLIN)
    left_over = tmp_path / "temporary"
    left_over.touch()
    full = os.open("/dev/full", os.O_WRONLY)
    monkeypatch.setattr("tempfile.mkstemp", lambda **_: (full, str(left_over)))
    with pytest.raises(Refusal) as refusal:
        write_set_aside(tmp_path / "aside.csv", log, [])
    assert "the disk is full" in refusal.value.reason
    assert not left_over.exists()
    assert not (tmp_path / "aside.csv").exists()


# -- a real log ------------------------------------------------------------------------------------------------


@pytest.mark.skipif(
    not REAL_LOG.exists(), reason="the recorded walk-in log is not beside this project in ../shared/data"
)
def test_the_recorded_walk_ins() -> None:
    log = open_visit_log(REAL_LOG, LogColumns("arrived", "served", "finished"), DUBLIN)
    values = list(log)
    assert log.rows == len(values) == 23_865
    assert Counter(value.reason for value in values if isinstance(value, SetAside)) == {Reason.WAIT_TOO_LONG: 2_454}
    seen = [value for value in values if isinstance(value, LoggedVisit)]
    assert len({visit.key for visit in seen}) == len(seen) == 21_411
    # Read again by hand: no time of this log falls in a clock change, so plain local times give the same waits.
    with REAL_LOG.open(encoding="utf-8", newline="") as file:
        waits = [
            (datetime.fromisoformat(row["served"]) - datetime.fromisoformat(row["arrived"])).total_seconds()
            for row in csv.DictReader(file)
        ]
    assert [visit.started - visit.arrived for visit in seen if visit.started is not None] == [
        int(wait * 1000) for wait in waits if 0 <= wait <= 5400
    ]
    long_services = sum(
        visit.finished - visit.started > 90 * MINUTE
        for visit in seen
        if visit.started is not None and visit.finished is not None
    )
    assert long_services == 1_011
