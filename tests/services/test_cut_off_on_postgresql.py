"""A real server that is stopped, or loses a reply to a COMMIT; and a kiosk under its role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from reception.config import Config
from reception.domain.desk_view import DeskView
from reception.domain.questions import QuestionKind
from reception.domain.stations import Contact, Reach, StationKind
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.station.door import StationDoor
from reception.station.opening import open_station_door
from tests.conftest import RoleUrls
from tests.services.bookkeeping import books
from tests.storage.processes import engine_of
from tests.storage.proxy import Lose, Proxy
from tests.support import HOUSING, OFFICE, At, PlainPins, door_on

pytestmark = pytest.mark.postgresql


@pytest.fixture
def office(role_urls: RoleUrls) -> Iterator[At]:
    door = door_on(role_urls.owner)
    yield At(door).set_up().sign_in()
    books(door)
    door.close()


Opens = Callable[[str, str, StationKind], StationDoor]


@pytest.fixture
def opens(tmp_path: Path) -> Iterator[Opens]:
    """Opens stations that look after nothing by themselves."""
    doors: list[StationDoor] = []

    def station(url: str, name: str, kind: StationKind) -> StationDoor:
        config = Config(database=url, station=name)
        door = open_station_door(config, kind, pins=PlainPins(), folder=tmp_path, watch=False)
        assert isinstance(door, StationDoor)
        doors.append(door)
        door.follow()
        return door

    yield station
    for door in doors:
        door.close()


def take(door: StationDoor, **more: object) -> c.TakeTicket:
    kind = c.ClaimCheckIn if more else c.TakeTicket
    return kind(office_id=OFFICE, station=door.config.station, service_id=HOUSING, print_ticket=True, **more)


class TestAKioskUnderItsRole:
    def test_takes_tickets_and_claims_while_the_server_is_gone_and_joins(
        self, role_urls: RoleUrls, office: At, opens: Opens
    ) -> None:
        with Proxy(role_urls.kiosk) as proxy:
            kiosk = opens(proxy.url, "Kiosk 1", StationKind.KIOSK)
            proxy.stop()
            first = kiosk.do(take(kiosk))
            assert first.cut_off
            claim = take(kiosk, name="Zofia Kowalska", born=date(1980, 4, 3))
            second = kiosk.do(claim)
            assert kiosk.do(claim).number == second.number, "repeated it is one"
            for query in (q.KioskByCode(OFFICE, "Kiosk 1", "AP-22222222"), q.Stations(OFFICE)):
                with pytest.raises(Refusal) as no:
                    kiosk.ask(query)
                assert no.value.code is Code.CUT_OFF
            assert not kiosk.look_again()
            proxy.start()
            assert kiosk.look_again(), kiosk.not_joined
        assert [row.number for row in office.view().queue] == [first.number, second.number]
        assert [each.kind for each in office.view().questions] == [QuestionKind.CLAIM]

    def test_a_lost_reply_to_a_commit_gives_a_second_number(
        self, role_urls: RoleUrls, office: At, opens: Opens
    ) -> None:
        with Proxy(role_urls.kiosk) as proxy:
            kiosk = opens(proxy.url, "Kiosk 1", StationKind.KIOSK)
            proxy.lose = Lose.THE_REPLY
            taken = kiosk.do(take(kiosk))
            assert taken.cut_off
            proxy.lose = Lose.NOTHING
            assert kiosk.look_again(), kiosk.not_joined
            assert kiosk.look_again()
        (row,) = office.view().queue
        assert (row.number, row.also) == (taken.number, "H001")
        assert len(books(office.door)) == 1

    def test_its_file_is_for_nobody_else(self, role_urls: RoleUrls, office: At, opens: Opens, tmp_path: Path) -> None:
        kiosk = opens(role_urls.kiosk, "Kiosk 1", StationKind.KIOSK)
        (file,) = tmp_path.glob("*.db")
        assert file.name.startswith("kiosk-1-")
        assert file.stat().st_mode & 0o777 == 0o600
        assert kiosk.own.copy is not None


def test_a_desk_hears_of_the_loss_and_of_the_return_only_when_all_has_joined(
    role_urls: RoleUrls, office: At, opens: Opens
) -> None:
    with Proxy(role_urls.desk) as proxy:
        desk = opens(proxy.url, "Desk 9", StationKind.DESK)
        told: list[Contact] = []
        feed = desk.feed(lambda _beat: None, told.append)
        try:
            proxy.lose = Lose.THE_COMMAND
            taken = desk.do(take(desk))
            assert taken.cut_off
            assert told[-1].reach is Reach.LOST
            proxy.lose = Lose.NOTHING
            assert desk.look_again(), desk.not_joined
            assert told[-1].reach is Reach.LIVE
            assert [row.number for row in office.view().queue] == [taken.number]
        finally:
            feed.close()
            assert feed.wait(10)


def test_a_station_starts_without_the_server_if_it_has_been_connected_before(
    role_urls: RoleUrls, office: At, opens: Opens
) -> None:
    with Proxy(role_urls.desk) as proxy:
        with pytest.raises(Refusal) as no:
            opens(str(make_url(proxy.url).set(database="nowhere")), "Desk 9", StationKind.DESK)
        assert no.value.code is Code.DATABASE_UNREACHABLE
        opens(proxy.url, "Desk 9", StationKind.DESK).close()
        proxy.stop()
        again = opens(proxy.url, "Desk 9", StationKind.DESK)
        assert again.is_cut_off
        view = again.ask(q.Desk(OFFICE, "counter-1", "Desk 9"))
        assert [row.officer for row in view.counters] == ["Priya Nair", "", ""]
        proxy.start()


REFUSED = "refused the user name or password. Check them in the settings."
NEWER = "was made by a newer version of Reception. Install that version here too, then start again."
ENDED = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{role}'"
OTHER_VERSION = "UPDATE alembic_version SET version_num = '{0}'"
NEWS_OF_IT = "UPDATE journal_head SET settings_version = settings_version + 1"


@pytest.mark.parametrize(
    ("why", "stops", "mends"),
    [
        (REFUSED, ('ALTER ROLE "{role}" NOLOGIN',), ('ALTER ROLE "{role}" LOGIN',)),
        (NEWER, (OTHER_VERSION.format("9999"), NEWS_OF_IT), (OTHER_VERSION.format("0005"), NEWS_OF_IT)),
    ],
    ids=["refused", "newer"],
)
def test_a_server_that_is_back_and_does_not_take_what_is_kept_says_why(
    why: str,
    stops: tuple[str, ...],
    mends: tuple[str, ...],
    role_urls: RoleUrls,
    office: At,
    opens: Opens,
    caplog: pytest.LogCaptureFixture,
) -> None:
    role = make_url(role_urls.desk).username

    def tell(*statements: str) -> None:
        with engine_of(office.door).begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement.format(role=role))
            connection.exec_driver_sql(ENDED.format(role=role))

    with Proxy(role_urls.desk) as proxy:
        desk = opens(proxy.url, "Desk 1", StationKind.DESK)
        proxy.stop()
        taken = desk.do(take(desk))
        tell(*stops)
        assert not desk.look_again()
        assert held_back(desk) == ""
        proxy.start()
        assert [desk.look_again() for _ in range(3)] == [False] * 3
        assert held_back(desk).endswith(why)
        assert caplog.text.count(why) == 1, "said once, however often it is tried"
        tell(*mends)
        if why is NEWER:
            desk = opens(proxy.url, "Desk 1", StationKind.DESK)
        assert desk.look_again()
        assert held_back(desk) == ""
    assert [row.number for row in office.view().queue] == [taken.number]


def held_back(desk: StationDoor) -> str:
    view: DeskView = desk.ask(q.Desk(OFFICE, "counter-1", "Desk 1"))
    return view.held_back
