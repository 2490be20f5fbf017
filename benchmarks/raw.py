"""The same issue, call and booking without this program: the statements that it sends, with nothing around them.

What is read is read, what is written is written, under the same lock, with the journal and the command's id. The
choice of the next visit is the shortest that can be written: the earliest deadline.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import uuid4

MINUTE = 60_000
TARGET = 15 * MINUTE


class Cursor(Protocol):
    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...


Execute = Callable[[str, Sequence[object]], Cursor]

RESULT = "SELECT result FROM command WHERE id = ?"
EVACUATED = "SELECT started_at FROM evacuation WHERE office_id = ? AND ended_at IS NULL"
NUMBER = "UPDATE series SET last = last + 1 WHERE office_id = ? AND local_day = ? AND letter = ? RETURNING last"
FIRST_NUMBER = "INSERT INTO series (office_id, local_day, letter, last) VALUES (?, ?, ?, 1)"
VISIT = """INSERT INTO visit (id, office_id, number, code, local_day, local_hour, arrived_at, booked_for, running,
    party_size, seen_target, resolved_target, first_service_id, state, service_id, leg, since, order_target,
    stepped_out, named_officer_id, see_first, overtaken, counter_id, officer_id, held_at, own_request, "end",
    ended_at, due, owner_id, done_at, voided, reinstated, exempt, outcome, promise_wait, total_wait, resolved_time,
    version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
    ?, ?, ?, ?, ?, ?, ?)"""
LEG = """INSERT INTO leg (visit_id, number, office_id, service_id, since, called_at, calls, started_at, ended_at,
    waited, stepped_out, held, counter_id, officer_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
VISITOR = "INSERT INTO visitor (visit_id, name, spoken, written, needs, note) VALUES (?, ?, ?, ?, ?, ?)"
COMMAND = """INSERT INTO command (id, office_id, kind, at, station, number, can_undo, undone, result)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
FACT = """INSERT INTO journal (sequence, at, office_id, visit_id, command_id, kind, data, station, counter_id,
    officer_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
HEAD = "UPDATE journal_head SET sequence = ?, last_at = ? WHERE id = 1"
COUNTERS = """SELECT id, officer_id, station, opened_at FROM counter WHERE office_id = ? AND officer_id IS NOT NULL
    ORDER BY position"""
AT_COUNTER = "SELECT id FROM visit WHERE counter_id = ? AND state IN ('called', 'serving')"
WAITING = """SELECT id, number, service_id, leg, booked_for, arrived_at, since, order_target, running, stepped_out,
    overtaken, see_first, named_officer_id FROM visit
    WHERE office_id = ? AND state = 'waiting' AND state <> 'ended' ORDER BY arrived_at, running"""
CALL_TO_START = """SELECT started_at - called_at FROM leg WHERE office_id = ? AND started_at IS NOT NULL
    ORDER BY started_at DESC LIMIT 50"""
FACTS = """SELECT at, command_id, kind, data, counter_id, officer_id FROM journal WHERE visit_id = ?
    ORDER BY sequence"""
CHANGE_VISIT = """UPDATE visit SET party_size = ?, state = ?, service_id = ?, leg = ?, since = ?, order_target = ?,
    stepped_out = ?, named_officer_id = ?, see_first = ?, counter_id = ?, officer_id = ?, held_at = ?, own_request = ?,
    "end" = ?, ended_at = ?, due = ?, owner_id = ?, done_at = ?, voided = ?, reinstated = ?, exempt = ?, outcome = ?,
    promise_wait = ?, total_wait = ?, resolved_time = ?, version = ? WHERE id = ? AND version = ?"""
CHANGE_LEG = """UPDATE leg SET service_id = ?, since = ?, called_at = ?, calls = ?, started_at = ?, ended_at = ?,
    waited = ?, stepped_out = ?, held = ?, counter_id = ?, officer_id = ? WHERE visit_id = ? AND number = ?"""
RUN_OUT = """SELECT occupation.resource, occupation.starts FROM occupation
    JOIN hold ON hold.id = occupation.hold_id WHERE hold.office_id = ? AND hold.runs_out_at <= ?"""
TAKEN = """SELECT resource, starts, ends FROM occupation WHERE office_id = ? AND ends > ? AND starts < ?
    ORDER BY ends"""
ABSENT = """SELECT officer_id, starts, ends FROM absence WHERE office_id = ? AND ends > ? AND starts < ?
    ORDER BY starts"""
APPOINTMENT = """INSERT INTO appointment (id, office_id, reference, kind, standing, service_id, starts, ends, local_day,
    local_hour, set_up, officer_id, room_id, interpreter_id, interpreter_status, language, features, seats,
    named_officer, by_council, party_size, wants_earlier_since, visit_id, from_visit_id, checked_in_at, moved,
    came_late, told_at, told_until, tried_at, told_in_time, was_offered, series_id, booked_at, voided, version)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
    ?)"""
PERSON = """INSERT INTO appointment_person (appointment_id, name, sought_name, spoken, written, needs, note, born,
    telephone, sought_telephone, email, address, safe, about, purpose, password, have_ready, what_next)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
HOLDS = "SELECT id FROM hold WHERE office_id = ? AND runs_out_at <= ?"
NUMBERS = """SELECT resource.id, resource.number FROM resource LEFT JOIN interpreter ON interpreter.id = resource.id
    WHERE resource.id IN (?, ?, ?) AND (interpreter.is_line IS NULL OR NOT interpreter.is_line)"""
REACHES_TO = "SELECT ends FROM occupation WHERE resource = ? AND starts < ? ORDER BY starts DESC LIMIT 1"
OCCUPY = "INSERT INTO occupation (resource, starts, ends, office_id, appointment_id) VALUES (?, ?, ?, ?, ?)"
FACT_OF_APPOINTMENT = """INSERT INTO journal (sequence, at, office_id, appointment_id, command_id, kind, data, station,
    counter_id, officer_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
CLEAR = "UPDATE visit SET state = 'ended', \"end\" = 'left', outcome = 'left_before' WHERE id = ?"


class Raw:
    """One counter at an office that is set up. `execute` runs one statement; `begin` takes the journal's lock and
    returns its sequence and the time in milliseconds."""

    def __init__(
        self,
        execute: Execute,
        begin: Callable[[], tuple[int, int]],
        commit: Callable[[], None],
        office_id: str,
        service_id: str,
        counter_id: str,
        officer_id: str,
    ) -> None:
        self._execute, self._begin, self._commit = execute, begin, commit
        self.office_id, self.service_id, self.counter_id, self.officer_id = (
            office_id,
            service_id,
            counter_id,
            officer_id,
        )

    def issue(self) -> str:
        execute = self._execute
        command_id = uuid4().hex
        sequence, now = self._begin()
        if execute(RESULT, (command_id,)).fetchone() or execute(EVACUATED, (self.office_id,)).fetchone():
            raise AssertionError("neither done before nor evacuated")
        at = datetime.fromtimestamp(now / 1000, UTC)
        day = at.date().isoformat()
        row = execute(NUMBER, (self.office_id, day, "H")).fetchone()
        if row is None:
            execute(FIRST_NUMBER, (self.office_id, day, "H"))
            row = (1,)
        running = row[0]
        number, code = f"H{running:03d}", f"RC-{command_id[:10].upper()}"
        ticket = (command_id, self.office_id, number, code, day, at.hour, now, None, running, 1, TARGET, None)
        present = (self.service_id, "waiting", self.service_id, 1, now, TARGET, 0, None, False, 0, None, None, None)
        came_to = (False, None, None, None, None, None, False, False, False, "open", None, 0, None, 1)
        execute(VISIT, (*ticket, *present, *came_to))
        execute(
            LEG,
            (command_id, 1, self.office_id, self.service_id, now, None, 0, None, None, None, 0, 0, None, None),
        )
        execute(VISITOR, (command_id, "", "", "", "", ""))
        data = {
            "office_id": self.office_id,
            "service_id": self.service_id,
            "number": number,
            "code": code,
            "local_day": day,
            "local_hour": at.hour,
            "party_size": 1,
            "seen_target": TARGET,
            "resolved_target": None,
            "order_target": TARGET,
        }
        self._keep(command_id, sequence, now, command_id, number, "TakeTicket", "TicketTaken", data)
        return command_id

    def call(self) -> str | None:
        """The visit that was called; None when nobody waits."""
        execute = self._execute
        command_id = uuid4().hex
        sequence, now = self._begin()
        if execute(RESULT, (command_id,)).fetchone():
            raise AssertionError("not done before")
        held = {row[0]: row[1] for row in execute(COUNTERS, (self.office_id,)).fetchall()}
        if held[self.counter_id] != self.officer_id or execute(EVACUATED, (self.office_id,)).fetchone():
            raise AssertionError("signed in, and not evacuated")
        if execute(AT_COUNTER, (self.counter_id,)).fetchone():
            raise AssertionError("nobody at the counter")
        sorted(row[0] for row in execute(CALL_TO_START, (self.office_id,)).fetchall())
        waiting = execute(WAITING, (self.office_id,)).fetchall()
        if not waiting:
            self._commit()
            return None
        chosen = min(waiting, key=lambda row: (row[6] + row[7] + row[9], row[5], row[8]))
        visit_id, number, service_id, leg, since, target = (
            chosen[0],
            chosen[1],
            chosen[2],
            chosen[3],
            chosen[6],
            chosen[7],
        )
        version = len([json.loads(row[3]) for row in execute(FACTS, (visit_id,)).fetchall()])
        at_counter = (self.counter_id, self.officer_id, None, False)
        present = (1, "called", service_id, leg, since, target, 0, None, False, *at_counter)
        came_to = (None, None, None, None, None, False, False, False, "open", None, now - since, None)
        execute(CHANGE_VISIT, (*present, *came_to, version + 1, visit_id, version))
        execute(CHANGE_LEG, (service_id, since, now, 1, None, None, None, 0, 0, None, None, visit_id, leg))
        data = {"counter_id": self.counter_id, "officer_id": self.officer_id, "why": "can_be_kept"}
        self._keep(command_id, sequence, now, visit_id, number, "CallNext", "VisitCalled", data)
        return str(visit_id)

    def book(self, starts: int, ends: int, room_id: str, interpreter_id: str) -> str:
        """An appointment with this officer, a room and an interpreter, where all of them are free."""
        execute = self._execute
        command_id = uuid4().hex
        sequence, now = self._begin()
        office = (self.office_id, now)
        if execute(RESULT, (command_id,)).fetchone() or execute(RUN_OUT, office).fetchall():
            raise AssertionError("neither done before nor held")
        span = (self.office_id, starts, ends)
        if execute(TAKEN, span).fetchall() or execute(ABSENT, span).fetchall():
            raise AssertionError("nobody is taken or absent")
        at = datetime.fromtimestamp(starts / 1000, UTC)
        reference = f"AP-{command_id[:8].upper()}"
        what = (command_id, self.office_id, reference, "office", "booked", self.service_id, starts, ends)
        held = (at.date().isoformat(), at.hour, 0, self.officer_id, room_id, interpreter_id, "requested", "bfi", "", 1)
        rest = (False, False, 1, None, None, None, None, 0, False, None, None, None, False, False, "", now, False, 1)
        execute(APPOINTMENT, (*what, *held, *rest))
        execute(PERSON, (command_id, "Ada Byron", "adabyron", *[""] * 4, None, *[""] * 10))
        execute(HOLDS, office).fetchall()
        numbers = [row[1] for row in execute(NUMBERS, (self.officer_id, room_id, interpreter_id)).fetchall()]
        for number in numbers:
            reaches_to = execute(REACHES_TO, (number, ends)).fetchone()
            if reaches_to and reaches_to[0] > starts:
                raise AssertionError("nobody is taken")
        for number in numbers:
            execute(OCCUPY, (number, starts, ends, self.office_id, command_id))
        data = {
            "office_id": self.office_id,
            "reference": reference,
            "kind": "office",
            "service_id": self.service_id,
            "place": {
                "starts": starts,
                "ends": ends,
                "officer_id": self.officer_id,
                "room_id": room_id,
                "interpreter_id": interpreter_id,
            },
            "local_day": at.date().isoformat(),
            "language": "bfi",
        }
        result = json.dumps({"command_id": command_id, "appointment_id": command_id, "reference": reference, "at": now})
        kept = (command_id, self.office_id, "BookAppointment", now, "Desk 1", reference, True, False, result)
        execute(COMMAND, kept)
        who = ("Desk 1", self.counter_id, self.officer_id)
        fact = (sequence + 1, now, self.office_id, command_id, command_id, "AppointmentBooked", json.dumps(data), *who)
        execute(FACT_OF_APPOINTMENT, fact)
        execute(HEAD, (sequence + 1, now))
        self._commit()
        return command_id

    def clear(self, visit_id: str) -> None:
        """Make the counter free again; not part of what is compared."""
        self._begin()
        self._execute(CLEAR, (visit_id,))
        self._commit()

    def _keep(
        self,
        command_id: str,
        sequence: int,
        now: int,
        visit_id: str,
        number: str,
        kind: str,
        fact: str,
        data: Mapping[str, object],
    ) -> None:
        result = json.dumps({"command_id": command_id, "visit_id": visit_id, "number": number, "at": now})
        self._execute(COMMAND, (command_id, self.office_id, kind, now, "Desk 1", number, True, False, result))
        who = ("Desk 1", self.counter_id, self.officer_id)
        self._execute(FACT, (sequence + 1, now, self.office_id, visit_id, command_id, fact, json.dumps(data), *who))
        self._execute(HEAD, (sequence + 1, now))
        self._commit()
