"""Makes the database roles of stations, one a kind, and brings what they may do up to date with `grants`.

A role's name begins with the database's, so that two databases of one server share no password.
"""

from __future__ import annotations

import secrets
from hashlib import sha256

from msgspec import Struct
from psycopg import Connection as Driver
from sqlalchemy.engine import Connection, Engine

from reception.domain.discreet import Discreet
from reception.domain.stations import StationKind
from reception.errors import Code, Refusal
from reception.storage.engine import transaction
from reception.storage.grants import EVERY, GRANTS, Grant
from reception.storage.kiosk_functions import FUNCTIONS, PACE, definition

LONGEST_NAME = 63
"""Of what PostgreSQL calls by a name, in bytes."""
_RIGHTS_NEEDED = Refusal(
    Code.NOT_ALLOWED,
    "This user may not make roles in the database.",
    "Use the user that the database belongs to, with the right CREATEROLE; docs/deployment.md says how.",
)
_STANDING = """
    SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls
        OR EXISTS (SELECT 1 FROM pg_auth_members m WHERE m.member = r.oid) AS is_mighty
    FROM pg_roles r WHERE rolname = %s
"""
_PLACE = """
    SELECT current_database(), n.nspname, pg_get_userbyid(c.relowner)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = 'journal'::regclass
"""


class RolePassword(Discreet, frozen=True):
    """A password that was just made; it is kept nowhere else."""

    personal = frozenset({"password"})

    kind: StationKind
    role: str
    password: str


class RolesMade(Struct, frozen=True):
    """The role of each kind, and the passwords of those that had none before."""

    names: dict[StationKind, str]
    passwords: tuple[RolePassword, ...]


def role_name(database: str, kind: StationKind) -> str:
    """The role of a kind of station in a database; a name that is too long for that is shortened, and stays its own."""
    ending = f"_{kind.value}"
    if len(database.encode()) + len(ending) <= LONGEST_NAME:
        return database + ending
    mark = sha256(database.encode()).hexdigest()[:8]
    room = LONGEST_NAME - len(ending) - len(mark) - 1
    return f"{database.encode()[:room].decode(errors='ignore')}_{mark}{ending}"


def make_roles(engine: Engine, *, new_passwords: bool = False) -> RolesMade:
    """Make the roles that are missing, and have all of them do what `grants` says and nothing else.

    All happens or nothing does; done twice it is done once. `new_passwords`: also for roles that are there. Refuses
    NOT_ALLOWED where this user may not make roles, and NOT_POSSIBLE_NOW on SQLite, which has none.
    """
    if engine.dialect.name != "postgresql":
        raise Refusal(
            Code.NOT_POSSIBLE_NOW,
            "A SQLite file has no roles: whoever may open the file may read all of it.",
            "Use PostgreSQL where a kiosk or a display stands.",
        )
    try:
        with transaction(engine, writes=True) as connection:
            names = names_of(connection)
            made = tuple(_make(connection, kind, name, new_passwords) for kind, name in names.items())
            _grant(connection, names)
    except Refusal as refusal:
        if refusal.code is Code.DATABASE_READ_ONLY:
            raise _RIGHTS_NEEDED from refusal
        raise
    return RolesMade(names, tuple(each for each in made if each is not None))


def names_of(connection: Connection) -> dict[StationKind, str]:
    """What the roles of this database are called, whether they are there or not."""
    database = str(connection.exec_driver_sql("SELECT current_database()").scalar_one())
    return {kind: role_name(database, kind) for kind in StationKind}


def bring_up_to_date(engine: Engine) -> None:
    """What the roles of a database may do, after its schema has changed; a database without any is given none."""
    if engine.dialect.name != "postgresql":
        return
    with transaction(engine) as connection:
        names = list(names_of(connection).values())
        there = connection.exec_driver_sql("SELECT 1 FROM pg_roles WHERE rolname = ANY(%s)", (names,)).first()
    if there is not None:
        make_roles(engine)


def _make(connection: Connection, kind: StationKind, name: str, anew: bool) -> RolePassword | None:
    quoted = _quoted(connection, name)
    there = connection.exec_driver_sql(_STANDING, (name,)).first()
    if there is None:
        connection.exec_driver_sql(f"CREATE ROLE {quoted} LOGIN NOINHERIT")
    elif there.is_mighty:
        raise Refusal(
            Code.ROLE_TOO_WIDE,
            f"The database role {name} is there already, and may do more than its grants say.",
            "Remove that role, or take its rights and memberships from it; then try again.",
        )
    elif not anew:
        return None
    password = secrets.token_urlsafe(24)
    driver = connection.connection.driver_connection
    assert isinstance(driver, Driver)
    # The server is told what it checks a password by, never the password: statements may stand in its log.
    hidden = driver.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    connection.exec_driver_sql(f"ALTER ROLE {quoted} PASSWORD '{hidden}'")
    return RolePassword(kind, name, password)


def _grant(connection: Connection, names: dict[StationKind, str]) -> None:
    """Take everything from the roles, and from everybody what would be theirs too; then give what is theirs."""
    database, place, owner = (_quoted(connection, each) for each in connection.exec_driver_sql(_PLACE).one())
    roles = {kind: _quoted(connection, name) for kind, name in names.items()}
    everybody = ", ".join(roles.values())
    statements = [
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC, {everybody}",
        f"REVOKE CREATE ON SCHEMA {place} FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {place} FROM PUBLIC, {everybody}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {place} FROM PUBLIC, {everybody}",
        f"REVOKE ALL ON SCHEMA {place} FROM {everybody}",
        f"GRANT CONNECT ON DATABASE {database} TO {everybody}",
        f"GRANT USAGE ON SCHEMA {place} TO {everybody}",
    ]
    statements += [
        f"CREATE SEQUENCE IF NOT EXISTS {place}.{PACE}",
        f"ALTER SEQUENCE {place}.{PACE} OWNER TO {owner}",
        f"REVOKE ALL ON SEQUENCE {place}.{PACE} FROM PUBLIC, {everybody}",
    ]
    for function in FUNCTIONS:
        statements += [
            definition(function, place),
            f"ALTER FUNCTION {place}.{function.call} OWNER TO {owner}",
            f"REVOKE ALL ON FUNCTION {place}.{function.call} FROM PUBLIC, {everybody}",
        ]
        if function.kind is not None:
            statements.append(f"GRANT EXECUTE ON FUNCTION {place}.{function.call} TO {roles[function.kind]}")
    statements.append(f"REVOKE ALL ON FUNCTION {place}.journal_is_append_only() FROM PUBLIC, {everybody}")
    for kind, role in roles.items():
        for table, grant in GRANTS[kind].items():
            if rights := _rights(connection, grant):
                statements.append(f"GRANT {rights} ON {place}.{_quoted(connection, table)} TO {role}")
    for kind in (StationKind.DESK, StationKind.SUPERVISOR):
        statements.append(f"GRANT USAGE ON SEQUENCE {place}.resource_number_seq TO {roles[kind]}")
    for statement in statements:
        connection.exec_driver_sql(statement)


def _rights(connection: Connection, grant: Grant) -> str:
    rights = [_on_columns(connection, "SELECT", grant.select), _on_columns(connection, "UPDATE", grant.update)]
    rights += ["INSERT"] * grant.insert + ["DELETE"] * grant.delete
    return ", ".join(filter(None, rights))


def _on_columns(connection: Connection, right: str, columns: tuple[str, ...]) -> str:
    if columns in ((), EVERY):
        return right if columns else ""
    return f"{right} ({', '.join(_quoted(connection, each) for each in columns)})"


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(name)
