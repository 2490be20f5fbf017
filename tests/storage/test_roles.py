"""Each database role tries everything: what it may do is written down here once more, by hand."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors, sql
from sqlalchemy.engine import make_url

from reception.clock import MINUTE, SECOND
from reception.domain.kiosk_finding import wait_after
from reception.domain.stations import StationKind
from reception.errors import Code, Refusal
from reception.services.supervisor_queries import Today
from reception.storage.engine import open_engine
from reception.storage.roles import make_roles, role_name
from reception.storage.schema import metadata
from tests.conftest import RoleUrls
from tests.house.postgres import Server
from tests.storage.roles import drop_roles, with_roles
from tests.support import OFFICE, At, door_on

pytestmark = pytest.mark.postgresql

TABLES = {
    **{name: [c.name for c in table.c] for name, table in metadata.tables.items()},
    "alembic_version": ["version_num"],
}


def words(text: str) -> list[str]:
    return text.split()


PERSONAL = {"visitor", "visit_reason", "appointment_person", "appointment_reason", "question_person"}

STAFF = "id office_id role position retired takes_appointments"
INTERPRETER = "id office_id languages modes is_line notice_hours position retired"
WAITS = (
    "id office_id local_day local_hour arrived_at booked_for seen_target first_service_id state service_id leg since "
    "order_target stepped_out named_officer_id see_first overtaken counter_id held_at own_request voided "
    "outcome promise_wait room_id ready"
)
OFFICE_COLUMNS = (
    "id name council timezone place telephone division rule walk_in_guard appointment_guard overtakes "
    "no_show_after_calls undo_minutes grace_minutes hold_minutes notice_days unstaffed who_comes help_telephone "
    "checked_languages place_said who_comes_said"
)
READ_BY_ALL = words(
    "alembic_version journal_head opening closure standard service service_words counter counter_service room notice "
    "evacuation staff_skill"
)
LEG = (
    "visit_id number office_id service_id since called_at calls started_at ended_at waited stepped_out held counter_id"
)
SELECTED = {
    "kiosk": {
        **dict.fromkeys([*READ_BY_ALL, "office", "station", "series", "print_job", "help_call"], "*"),
        "staff": STAFF,
        "interpreter": INTERPRETER,
        "leg": LEG,
        "visit": f"{WAITS} number running",
    },
    "display": {
        **dict.fromkeys([*READ_BY_ALL, "call", "announcement"], "*"),
        "staff": STAFF,
        "interpreter": INTERPRETER,
        "leg": LEG,
        "office": OFFICE_COLUMNS,
        "visit": WAITS,
    },
    "desk": dict.fromkeys(TABLES, "*"),
    "supervisor": {**dict.fromkeys(set(TABLES) - PERSONAL, "*"), "visitor": "visit_id spoken needs"},
}
SET_UP = words(
    "office opening closure standard service service_words staff staff_skill counter counter_service room interpreter "
    "pattern notice resource station journal command"
)
INSERTED = {
    "kiosk": words("journal command series visit leg visitor print_job help_call feedback question question_person"),
    "display": [],
    "desk": sorted(set(TABLES) - {"alembic_version", "journal_head", "look_up", "imported_row"}),
    "supervisor": SET_UP,
}
APPENDED = {"journal", "feedback", "visit_reason", "appointment_reason", "imported_appointment", "resource"}
UPDATED = {
    "kiosk": {
        "journal_head": "sequence last_at",
        "series": "last",
        "print_job": "state changed_at",
        "help_call": "discreet",
    },
    "display": {},
    "desk": {
        **dict.fromkeys(set(INSERTED["desk"]) - APPENDED, "*"),
        "journal_head": "sequence last_at settings_version",
        "command": "undone",
    },
    "supervisor": {
        **dict.fromkeys(set(SET_UP) - APPENDED, "*"),
        "journal_head": "sequence last_at settings_version",
        "command": "undone",
    },
}
COME_AND_GO = ["closure", "counter_service", "notice", "opening", "pattern", "service_words", "staff_skill", "standard"]
DELETED = {
    "kiosk": [],
    "display": [],
    "desk": [*COME_AND_GO, "absence", "hold", "leg", "occupation", "question_person"],
    "supervisor": COME_AND_GO,
}
CALLED = {
    "kiosk": {
        "kiosk_by_code",
        "kiosk_by_name",
        "kiosk_appointment",
        "kiosk_check_in",
        "kiosk_copy_person",
        "kiosk_result",
        "kiosk_ticket",
        "kiosk_add_number",
    },
    "display": set(),
    "desk": set(),
    "supervisor": set(),
}
NEVER = (
    "CREATE TABLE of_its_own (x integer)",
    "CREATE TEMPORARY TABLE of_its_own (x integer)",
    "CREATE VIEW of_its_own AS SELECT 1",
    "CREATE SCHEMA of_its_own",
    "CREATE FUNCTION of_its_own() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "CREATE ROLE of_its_own",
    "CREATE DATABASE of_its_own",
    "CREATE INDEX ON visit (number)",
    "CREATE POLICY of_its_own ON visit",
    "ALTER TABLE journal DISABLE TRIGGER ALL",
    "ALTER TABLE visitor ADD COLUMN x text",
    "DROP TABLE look_up",
    "DROP FUNCTION kiosk_by_code(text, text, text)",
    "CREATE OR REPLACE FUNCTION kiosk_result(p_command text) RETURNS text LANGUAGE sql AS 'SELECT name FROM visitor'",
    "ALTER TABLE visitor OWNER TO CURRENT_USER",
    "CREATE TRIGGER of_its_own BEFORE INSERT ON visitor EXECUTE FUNCTION journal_is_append_only()",
    "SET session_replication_role = replica",
    "SELECT rolpassword FROM pg_authid",
    "SELECT pg_read_file('postgresql.conf')",
    "COPY (SELECT 1) TO PROGRAM 'cat'",
    "COPY feedback FROM PROGRAM 'cat'",
)


@pytest.fixture(scope="module")
def roles(postgres_server: Server) -> Iterator[RoleUrls]:
    url = postgres_server.create_database()
    made = with_roles(url)
    door = door_on(url)
    At(door).set_up().sign_in().take()
    door.close()
    yield RoleUrls(url, **made)
    drop_roles(url)
    postgres_server.drop_database(url)


@pytest.fixture(scope="module", params=[kind.value for kind in StationKind])
def role(request: pytest.FixtureRequest, roles: RoleUrls) -> Iterator[tuple[str, psycopg.Connection]]:
    with connected(getattr(roles, request.param)) as connection:
        yield request.param, connection


def connected(url: str) -> psycopg.Connection:
    """By the driver alone, each statement a transaction."""
    own = make_url(url)
    return psycopg.connect(f"host={own.query['host']} user={own.username} dbname={own.database}", autocommit=True)


def may(connection: psycopg.Connection, statement: str, *names: str) -> bool:
    """Whether the statement is allowed; what else is wrong with it does not matter."""
    whole = sql.SQL(statement).format(*map(sql.Identifier, names))
    try:
        if statement.endswith("TO STDOUT"):
            with connection.cursor().copy(whole) as copied:
                for _ in copied:
                    pass
        else:
            connection.execute(whole)
    except errors.InsufficientPrivilege:
        return False
    except psycopg.Error:
        return True
    return True


def columns(table: str, named: str) -> set[str]:
    return set(TABLES[table]) if named == "*" else set(named.split())


def test_what_it_reads(role: tuple[str, psycopg.Connection]) -> None:
    kind, connection = role
    for table, names in TABLES.items():
        seen = {name for name in names if may(connection, "SELECT {} FROM {} LIMIT 0", name, table)}
        assert seen == columns(table, SELECTED[kind].get(table, "")), table
        whole = seen == set(names)
        assert may(connection, "SELECT * FROM {}", table) is whole, table
        assert may(connection, "SELECT count(*) FROM {}", table) is bool(seen), table
        assert may(connection, "COPY {} TO STDOUT", table) is whole, table


def test_what_it_writes(role: tuple[str, psycopg.Connection]) -> None:
    kind, connection = role
    for table, names in TABLES.items():
        changed = {name for name in names if may(connection, "UPDATE {} SET {} = NULL WHERE false", table, name)}
        assert changed == columns(table, UPDATED[kind].get(table, "")), table
        added = {name for name in names if may(connection, "INSERT INTO {} ({}) SELECT NULL WHERE false", table, name)}
        assert added == (set(names) if table in INSERTED[kind] else set()), table
        deletes = may(connection, "DELETE FROM {} WHERE false", table)
        assert deletes is (table in DELETED[kind]), table
        assert not may(connection, "TRUNCATE {} CASCADE", table), table


def test_what_it_calls(role: tuple[str, psycopg.Connection], roles: RoleUrls) -> None:
    kind, connection = role
    with connected(roles.owner) as owner:
        functions = owner.execute(
            "SELECT proname, pronargs, prosecdef, proconfig FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
            "AND prorettype <> 'trigger'::regtype"
        ).fetchall()
    assert {name for name, *_ in functions} >= CALLED["kiosk"]
    for name, arguments, runs_as_owner, settings in functions:
        nothing = sql.SQL(", ").join([sql.NULL] * arguments).as_string(None)
        assert may(connection, f"SELECT {{}}({nothing})", name) is (name in CALLED[kind]), name
        assert runs_as_owner
        assert settings == ["search_path=pg_catalog, public, pg_temp"]


@pytest.mark.parametrize("statement", NEVER)
def test_what_it_never_does(role: tuple[str, psycopg.Connection], statement: str) -> None:
    kind, connection = role
    assert not may(connection, statement), kind


def test_it_is_nobody_else(role: tuple[str, psycopg.Connection], roles: RoleUrls) -> None:
    kind, connection = role
    for other in ("postgres", *(make_url(getattr(roles, each.value)).username for each in StationKind)):
        if other != make_url(getattr(roles, kind)).username:
            assert not may(connection, "SET ROLE {}", str(other)), other
            assert not may(connection, "SET SESSION AUTHORIZATION {}", str(other)), other
    with connected(roles.owner) as owner:
        owner.execute(sql.SQL("CREATE DATABASE beside"))
        try:
            owner.execute("REVOKE ALL ON DATABASE beside FROM PUBLIC")
            beside = make_url(getattr(roles, kind)).set(database="beside")
            with pytest.raises(psycopg.OperationalError, match="permission denied"):
                connected(beside.render_as_string(hide_password=False))
        finally:
            owner.execute("DROP DATABASE beside")


def test_tries_are_counted_also_when_they_are_taken_back(role_urls: RoleUrls) -> None:
    """A kiosk that is not ours could name other stations and roll back; what it may try in all stays the same."""
    door = door_on(role_urls.owner)
    At(door).set_up()
    door.close()
    answers = []
    with connected(role_urls.kiosk) as kiosk:
        for number in range(60):
            try:
                with kiosk.transaction():
                    ((found,),) = kiosk.execute("SELECT kiosk_by_code(%s, %s, 'AP-00000000')", [OFFICE, f"K{number}"])
                    answers.append(found)
                    raise psycopg.Rollback
            except psycopg.Rollback:
                pass
        assert all("tries" in each for each in answers[:50])
        assert all(0 < each["again_in"] <= 12_000 for each in answers[51:])


@pytest.mark.parametrize("tries", [0, 1, 4, 5, 6, 9, 10, 11, 40])
@pytest.mark.parametrize("ago", [SECOND, 20 * SECOND, 4 * MINUTE, 11 * MINUTE])
def test_the_database_slows_as_the_rule_says(roles: RoleUrls, tries: int, ago: int) -> None:
    with connected(roles.owner) as owner, owner.transaction(force_rollback=True):
        ((now,),) = owner.execute("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)")
        times = [now - ago - number for number in range(tries)]
        for at in times:
            owner.execute("INSERT INTO look_up (office_id, station, tried_at) VALUES (%s, 'K', %s)", [OFFICE, at])
        ((found,),) = owner.execute("SELECT kiosk_again_in('K')")
        assert wait_after(times, now) - SECOND <= found <= wait_after(times, now)


def test_roles_are_made_once_and_what_was_added_to_them_is_taken_away(role_urls: RoleUrls) -> None:
    engine = open_engine(role_urls.owner)
    try:
        assert make_roles(engine).passwords == (), "a password is given out once"
        with connected(role_urls.owner) as owner, connected(role_urls.kiosk) as kiosk:
            name = make_url(role_urls.kiosk).username
            owner.execute(sql.SQL("GRANT SELECT, DELETE ON visitor TO {0}").format(sql.Identifier(str(name))))
            owner.execute(sql.SQL("GRANT SELECT (name) ON staff TO PUBLIC"))
            assert may(kiosk, "SELECT name FROM visitor, staff")
            with pytest.raises(Refusal) as refused:
                door_on(role_urls.kiosk, kind=StationKind.KIOSK)
            assert refused.value.code is Code.ROLE_TOO_WIDE
            make_roles(engine)
            assert not may(kiosk, "SELECT name FROM visitor")
            assert not may(kiosk, "SELECT name FROM staff")
            anew = make_roles(engine, new_passwords=True).passwords
            assert {each.kind for each in anew} == set(StationKind)
            assert all(each.password not in repr(each) and len(each.password) >= 32 for each in anew)
            owner.execute(sql.SQL("ALTER ROLE {0} CREATEROLE").format(sql.Identifier(str(name))))
            with pytest.raises(Refusal) as refused:
                make_roles(engine)
            assert refused.value.code is Code.ROLE_TOO_WIDE
    finally:
        engine.dispose()
    door_on(role_urls.display, kind=StationKind.DISPLAY).close()


@pytest.mark.parametrize("kind", ["kiosk", "display"])
@pytest.mark.parametrize("given", ["owner", "desk", "supervisor", "display", "kiosk"])
def test_a_station_among_the_public_starts_only_as_its_own_role(roles: RoleUrls, kind: str, given: str) -> None:
    if given == kind:
        door = door_on(getattr(roles, given), kind=StationKind(kind))
        with pytest.raises(Refusal) as unread:
            door.ask(Today(OFFICE))
        assert unread.value.code is Code.DATABASE_READ_ONLY, (
            "who is told of a delay, and by whom, is none of the public's"
        )
        door.close()
        return
    with pytest.raises(Refusal) as refused:
        door_on(getattr(roles, given), kind=StationKind(kind))
    assert refused.value.code is Code.ROLE_TOO_WIDE
    assert "reception database roles" in refused.value.remedy


def test_whoever_may_make_no_roles_is_told_so(roles: RoleUrls) -> None:
    engine = open_engine(roles.desk)
    try:
        with pytest.raises(Refusal) as refused:
            make_roles(engine, new_passwords=True)
    finally:
        engine.dispose()
    assert refused.value.code is Code.NOT_ALLOWED


@pytest.mark.parametrize(
    ("database", "name"),
    [
        ("reception", "reception_kiosk"),
        ("Größe 1", "Größe 1_kiosk"),
        ("x" * 57, "x" * 57 + "_kiosk"),
    ],
)
def test_a_role_is_called_after_its_database(database: str, name: str) -> None:
    assert role_name(database, StationKind.KIOSK) == name


def test_a_long_name_is_shortened_and_stays_its_own() -> None:
    names = {role_name("ü" * 31 + last, kind) for last in "ab" for kind in StationKind}
    assert len(names) == 8
    assert all(len(name.encode()) <= 63 for name in names)
