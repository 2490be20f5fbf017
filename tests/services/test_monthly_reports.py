"""Monthly reports from a real database: whom they are of, where they go, and that nobody is named in them."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from reception.clock import Instant, SetClock, from_datetime
from reception.domain.office import Office, Officer, Role
from reception.domain.past_view import PastView
from reception.domain.report_names import ReportFormat
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.services.monthly_reports import file_name, write_due_reports, write_report
from reception.services.office_settings import StaffEntry
from reception.services.supervisor_queries import MonthlyReport
from tests.past_views import past_view
from tests.support import COUNCIL_TAX, HOUSING, PIN, PRIYA, At, Person, door_on
from tests.ui.fake_door import OFFICE as CIVIC

ROOT = Path(__file__).parents[2]
PLANTED = "Qwxyzilda"
OCTOBER = date(2026, 10, 1)
BUSHEY = replace(CIVIC, id="bushey", name="Bushey")


class Asked:
    """A door that answers every month with the same view."""

    def __init__(self, now: str = "2026-11-02T08:00", view: PastView | None = None) -> None:
        self.at = from_datetime(datetime.fromisoformat(now).replace(tzinfo=UTC))
        self.view = view or past_view(6)
        self.queries: list[MonthlyReport] = []

    def ask(self, query: MonthlyReport, /) -> Any:
        self.queries.append(query)
        return self.view

    def now(self) -> Instant:
        return self.at


# -- nobody is named -------------------------------------------------------------------------------------------


def _october(at: At, clock: SetClock) -> None:
    """Visits of people with names, notes and reasons, served by officers with names."""
    for number in range(24):
        service = HOUSING if number % 3 else COUNCIL_TAX
        person = Person(f"{PLANTED} Example {number}", note=f"{PLANTED} note")
        visit = at.take(service, person=person, see_first_reason=f"{PLANTED} faint" if number == 3 else "")
        clock.at += timedelta(minutes=number) // timedelta(milliseconds=1)
        if number % 6 == 5:
            at.on(c.Leave, visit)
            continue
        at.on(c.CallVisit, visit, reason=f"{PLANTED} said so")
        at.on(c.StartService, visit)
        at.on(c.Finish, visit)


def _everything_in(file: Path) -> str:
    """All text of a file: its name, its bytes, and what is packed in it."""
    data = file.read_bytes()
    found = [file.name, data.decode("latin-1"), data.decode("utf-16-be", "replace")]
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            found += [name + parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
    if file.suffix == ".pdf":
        with pikepdf.open(io.BytesIO(data)) as pdf:
            found += [str(pdf.docinfo), str(pdf.open_metadata())]
            found += [str(each.get("/Alt", "")) for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        document = pypdfium2.PdfDocument(data)
        found += [page.get_textpage().get_text_range() for page in document]
        document.close()
    return "\n".join(found)


def test_nobody_is_named_in_any_report(database_url: str, tmp_path: Path) -> None:
    clock = SetClock(from_datetime(datetime(2026, 10, 14, 8, 0, tzinfo=UTC)))
    at = At(door_on(database_url, clock))
    staff = (StaffEntry(Officer(PRIYA, f"{PLANTED} Nair", Role.ADMINISTRATOR, email=f"{PLANTED}@example.org"), PIN),)
    at.set_up(staff=staff).sign_in()
    _october(at, clock)
    folder = tmp_path / "reports"
    folder.mkdir()
    clock.at = from_datetime(datetime(2026, 11, 2, 7, 0, tzinfo=UTC))
    assert len(write_due_reports(at.door, at.door.ask(q.Offices()), folder)) == 2 * len(ReportFormat)
    at.door.close()
    files = sorted(folder.iterdir())
    assert len(files) == 8
    for file in files:
        text = _everything_in(file)
        assert "Housing" in text
        assert PLANTED.casefold() not in text.casefold(), file.name
    text = _everything_in(folder / "reception-2026-10-civic-offices.pdf")
    assert "24" in text
    assert "Council Tax" in text


# -- which months ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "view", "said"),
    [
        (MonthlyReport((), date(2026, 12, 1)), past_view(6), "December 2026 has not begun."),
        (MonthlyReport((), OCTOBER), replace(past_view(0), first_visit=None), "there has been no visit yet"),
        (
            MonthlyReport((), OCTOBER),
            replace(past_view(0), first_visit=date(2026, 11, 1)),
            "there was no visit before 1 November 2026",
        ),
        (MonthlyReport(("gone",), OCTOBER), past_view(6), "There is no such office."),
        (MonthlyReport((), date(2026, 11, 1), is_public=True), past_view(6), "November 2026 is not over."),
    ],
    ids=["to come", "never a visit", "before the first", "no such office", "published too soon"],
)
def test_a_month_without_a_report_is_refused(query: MonthlyReport, view: PastView, said: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=said):
        write_report(Asked(view=view), query, [CIVIC, BUSHEY], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_present_month_may_be_reported(tmp_path: Path) -> None:
    write_report(Asked("2026-10-01T09:00"), MonthlyReport((), OCTOBER), [CIVIC], tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text().startswith("section,group,figure")


# -- where it goes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("out", "formats", "said"),
    [
        ("none/a.pdf", (), "There is no folder"),
        ("a.docx", (), "does not say which format"),
        ("a", (), "does not say which format"),
        ("none", tuple(ReportFormat), "There is no folder"),
    ],
)
def test_a_place_that_is_none_is_refused(
    out: str, formats: tuple[ReportFormat, ...], said: str, tmp_path: Path
) -> None:
    with pytest.raises(Refusal, match=said):
        write_report(Asked(), MonthlyReport((), OCTOBER), [CIVIC], tmp_path / out, formats)


def test_a_named_format_goes_before_the_ending(tmp_path: Path) -> None:
    write_report(Asked(), MonthlyReport((), OCTOBER), [CIVIC], tmp_path / "a.txt", (ReportFormat.JSON,))
    assert (tmp_path / "a.txt").read_text().startswith("{")


def _called(*names: str) -> list[Office]:
    return [replace(CIVIC, id=f"office-{number}", name=name) for number, name in enumerate(names)]


@pytest.mark.parametrize(
    ("names", "which", "name"),
    [
        (["Civic Offices"], (), "reception-2026-10-civic-offices.pdf"),
        (["Civic Offices", "Café / Bar"], ("office-1",), "reception-2026-10-cafe-bar.pdf"),
        (["Civic Offices", "Bushey"], (), "reception-2026-10-all-offices.pdf"),
        (["All offices", "Bushey"], ("office-0",), "reception-2026-10-all-offices-2.pdf"),
        (["市民中心", "民政"], ("office-1",), "reception-2026-10-office-2.pdf"),
        (["../../etc", "B"], ("office-0",), "reception-2026-10-etc.pdf"),
        (["B", "x" * 300], ("office-1",), f"reception-2026-10-{'x' * 60}.pdf"),
    ],
)
def test_how_files_are_called(names: list[str], which: tuple[str, ...], name: str) -> None:
    assert file_name(MonthlyReport(which, OCTOBER), _called(*names), ReportFormat.PDF) == name


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files is set as Unix sets it")
def test_a_disk_that_fills_leaves_the_old_report_whole(tmp_path: Path) -> None:
    """A limit on the size of files, set in a process of its own, stops the write half-way as a full disk does."""
    names = [f"reception-2026-10-civic-offices.{each}" for each in ReportFormat]
    for name in names:
        (tmp_path / name).write_bytes(b"the old report")
    program = f"""
import resource
from pathlib import Path
from reception.errors import Code, Refusal
from reception.services.supervisor_queries import MonthlyReport
from tests.services.test_monthly_reports import Asked, CIVIC, OCTOBER, write_report
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    write_report(Asked(), MonthlyReport((), OCTOBER), [CIVIC], Path({str(tmp_path)!r}))
except Refusal as refusal:
    assert refusal.code is Code.BAD_INPUT
    print(refusal)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert "reception-2026-10-civic-offices.pdf can't be written" in done.stdout
    assert "What was there before is as it was." in done.stdout
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(names)
    assert {(tmp_path / name).read_bytes() for name in names} == {b"the old report"}


# -- by themselves ---------------------------------------------------------------------------------------------


def test_last_months_reports_are_written_once(tmp_path: Path) -> None:
    """Of each office for the council and to be published, of all together for the council alone: from that and all but
    one office would follow what is hidden of the last. What is there is left alone."""
    offices = [CIVIC, BUSHEY]
    whose: list[tuple[tuple[str, ...], bool]] = [
        ((CIVIC.id,), False),
        ((CIVIC.id,), True),
        ((BUSHEY.id,), False),
        ((BUSHEY.id,), True),
        ((), False),
    ]
    names = {
        file_name(MonthlyReport(ids, OCTOBER, public), offices, each) for ids, public in whose for each in ReportFormat
    }
    assert len(names) == 20
    missing = ["reception-2026-10-bushey-public.csv", "reception-2026-10-all-offices.json"]
    for name in names - set(missing):
        (tmp_path / name).write_text("there already")
    door = Asked()
    assert write_due_reports(door, offices, tmp_path) == tuple(tmp_path / name for name in missing)
    assert door.queries == [MonthlyReport((BUSHEY.id,), OCTOBER, is_public=True), MonthlyReport((), OCTOBER)]
    assert write_due_reports(door, offices, tmp_path) == ()
    assert len(door.queries) == 2
    assert {each.name for each in tmp_path.iterdir()} == names
    assert (tmp_path / "reception-2026-10-civic-offices.pdf").read_text() == "there already"


def test_a_month_is_over_where_it_is_over_everywhere(tmp_path: Path) -> None:
    """A month that has ended in Auckland goes on in London: of both together the one before is the last."""
    offices = [replace(CIVIC, timezone="Pacific/Auckland"), replace(BUSHEY, timezone="Europe/London")]
    door = Asked("2026-10-31T20:00", past_view(0))
    write_due_reports(door, offices, tmp_path)
    september = date(2026, 9, 1)
    assert {(each.office_ids, each.first) for each in door.queries} == {
        ((CIVIC.id,), OCTOBER),
        ((BUSHEY.id,), september),
        ((), september),
    }
    write_report(door, MonthlyReport((), date(2026, 11, 1)), offices, tmp_path / "begun.json")
    assert '"made_on": "2026-10-31"' in (tmp_path / "begun.json").read_text()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda folder: Asked(view=replace(past_view(0), first_visit=None)), None),
        (lambda folder: folder.rmdir() or Asked(), Code.BAD_INPUT),
    ],
    ids=["no visit yet", "no folder"],
)
def test_what_is_not_written_by_itself(make: Callable[[Path], Asked], code: Code | None, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    door = make(folder)
    if code is None:
        assert write_due_reports(door, [CIVIC], folder) == ()
        return
    with pytest.raises(Refusal) as refused:
        write_due_reports(door, [CIVIC], folder)
    assert refused.value.code is code
