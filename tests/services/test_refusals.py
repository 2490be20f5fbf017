"""A refusal is a plain sentence that says what is wrong, changes nothing, and names no visitor."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from datetime import date
from types import ModuleType

import pytest

from reception.clock import HOUR, MINUTE, SetClock
from reception.domain import lifecycle, taking_back
from reception.domain.person import Need, Person
from reception.domain.visit_states import End
from reception.errors import Code, Refusal
from reception.services import (
    absences,
    appointment_details,
    appointment_recording,
    arriving,
    being_due,
    booking,
    calling,
    day,
    finishing,
    interpreting,
    moving,
    moving_appointments,
    pins,
    placing,
    printing,
    putting_back,
    reach,
    recording,
    rooms,
    setting_up,
    telling,
    undoing,
    walk_in,
)
from reception.services import commands as c
from reception.services import queries as q
from tests.services.bookkeeping import books
from tests.support import COUNCIL_TAX, COUNTER_1, COUNTER_2, EWAN, GRACE, HOUSING, OFFICE, PIN, PLANNING, PRIYA, At

MODULES = (
    lifecycle,
    taking_back,
    absences,
    appointment_details,
    appointment_recording,
    arriving,
    being_due,
    booking,
    calling,
    day,
    finishing,
    interpreting,
    moving,
    moving_appointments,
    pins,
    placing,
    printing,
    putting_back,
    reach,
    recording,
    rooms,
    setting_up,
    telling,
    undoing,
    walk_in,
)
NAME, NOTE, REASON = "Wilhelmina Quackenbush", "owes rent since Candlemas", "fled a violent partner"
SECRETS = (NAME, "Wilhelmina", "Quackenbush", NOTE, "Candlemas", REASON, "violent", PIN)
WORDS_BEGIN = {"Refusal": 1, "_bad": 1, "_refuse_first": 3}
"""What refuses, and at which argument its words begin."""
MONDAY = date(2026, 3, 2)


def sentences(module: ModuleType) -> list[tuple[int, list[ast.expr]]]:
    """The words of every refusal in the source: (line, [reason, remedy])."""
    return [
        (node.lineno, node.args[WORDS_BEGIN[node.func.id] :][:2])
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WORDS_BEGIN
    ]


def ends_of(expression: ast.expr) -> list[str]:
    """How the words that are written out end; those of a variable are judged where it is written."""
    match expression:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=[*_, last]):
            return ends_of(last)
        case ast.IfExp(body=body, orelse=other):
            return [*ends_of(body), *ends_of(other)]
        case _:
            return []


def is_handed_on(reason: ast.expr) -> bool:
    """By a function whose callers are looked at, or at the end of a sentence that leads to another refusal's."""
    match reason:
        case ast.JoinedStr(values=[*_, ast.FormattedValue(value=ast.Attribute(attr="reason"))]):
            return True
        case _:
            return isinstance(reason, ast.Name | ast.Attribute)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rsplit(".", 1)[1])
def test_every_refusal_in_the_source_is_a_sentence(module: ModuleType) -> None:
    for line, (reason, *remedies) in sentences(module):
        if is_handed_on(reason):
            continue
        written = ends_of(reason)
        assert written, f"{module.__name__}, line {line}: a reason that nobody can read"
        assert all(text.endswith(".") for text in written), f"{module.__name__}, line {line}: {written}"
        for text in [text for remedy in remedies for text in ends_of(remedy)]:
            assert text == "" or text.endswith("."), f"{module.__name__}, line {line}: {text}"


def test_there_are_refusals_to_look_at() -> None:
    assert sum(len(sentences(module)) for module in MODULES) > 50


def test_every_refusal_at_the_desk_names_no_visitor_and_changes_nothing(priya: At, ewan: At, clock: SetClock) -> None:
    """All that can be refused is tried on visits full of secrets."""
    person = Person(NAME, "pl", "pl", frozenset({Need.PRIVATE}), NOTE)

    def take(service: str = HOUSING) -> c.Result:
        return priya.take(service, person=person, see_first_reason=REASON)

    def serve(at: At, visit: c.Result) -> c.Result:
        at.on(c.CallVisit, visit, reason=REASON)
        at.on(c.StartService, visit)
        return visit

    codes: set[Code] = set()

    def no(do: Callable[[], object]) -> None:
        before = priya.door.changes(0)[0]
        with pytest.raises(Refusal) as caught:
            do()
        refusal = caught.value
        assert refusal.reason.endswith(".")
        assert refusal.reason[0].isupper()
        assert refusal.remedy == "" or refusal.remedy.endswith(".")
        assert not [secret for secret in SECRETS if secret in f"{refusal} {refusal!r} {refusal.args}"]
        if refusal.code not in (Code.WRONG_PIN, Code.PIN_LOCKED):  # a wrong PIN is counted
            assert priya.door.changes(0)[0] == before
        codes.add(refusal.code)

    sign_in = {"office_id": OFFICE, "station": "Desk 3"}
    no(lambda: priya.door.do(c.SignIn(**sign_in, counter_id=COUNTER_2, officer_id=GRACE, pin=PIN)))
    stranger = At(priya.door, "counter-3", GRACE, "Desk 3")
    no(priya.next)
    no(stranger.next)
    no(lambda: priya.on(c.Leave, "0" * 32))
    no(lambda: priya.take(person=Person(NAME * 200)))
    no(lambda: priya.take(person=person, party_size=0))
    no(lambda: priya.take("gone", person=person))
    no(lambda: priya.take(COUNCIL_TAX, named_officer_id=GRACE, person=person))

    waiting, served, held, ended = take(), take(), take(), take()
    old = take()
    clock.advance(10 * MINUTE)
    serve(priya, served)
    priya.on(c.Hold, held)
    priya.on(c.Leave, ended)
    young = take()
    void = take()
    priya.undo(void)
    no(priya.next)
    no(lambda: priya.undo(void))
    no(lambda: priya.undo(old))
    for visit in (waiting, served, held, ended, void):
        for command, more in (
            (c.CallAgain, {}),
            (c.StartService, {}),
            (c.WithdrawCall, {}),
            (c.NoShow, {}),
            (c.Reinstate, {}),
            (c.EndHold, {}),
            (c.Hold, {"own_request": True}),
            (c.SeeFirst, {}),
            (c.Transfer, {"service_id": HOUSING}),
            (c.Finish, {}),
            (c.Finish, {"end": End.TO_FOLLOW}),
            (c.Finish, {"end": End.SIGNPOSTED}),
            (c.CompleteFollowUp, {}),
        ):
            allowed = {served: (), held: (c.EndHold,)}.get(visit, ())
            if (visit is served and command is c.Finish and not more) or command in allowed:
                continue
            if visit is waiting and command is c.Hold:
                continue
            no(lambda: priya.on(command, visit, **more))  # noqa: B023
    no(lambda: ewan.on(c.Finish, served))
    no(lambda: ewan.on(c.CallVisit, served, reason=REASON))
    no(lambda: ewan.on(c.CallVisit, waiting, reason=""))
    no(lambda: ewan.on(c.Transfer, waiting, service_id=COUNCIL_TAX, named_officer_id=GRACE))
    no(lambda: priya.on(c.LinkVisits, waiting, other_id=waiting.visit_id))
    no(lambda: ewan.door.do(c.FinishAndCallNext(**ewan.who, visit_id=served.visit_id)))
    ewan.on(c.CallVisit, young, reason=REASON)
    no(lambda: ewan.on(c.NoShow, young))
    ewan.on(c.CallAgain, young)
    gone = ewan.on(c.NoShow, young)
    take_back = take()
    ewan.on(c.CallVisit, take_back, reason=REASON)
    no(lambda: ewan.undo(gone))
    no(lambda: priya.undo(take_back))

    no(lambda: priya.door.do(c.SignIn(**sign_in, counter_id=COUNTER_2, officer_id=GRACE, pin=PIN)))
    no(lambda: priya.door.do(c.SignIn(**sign_in, counter_id="counter-3", officer_id=PRIYA, pin=PIN)))
    no(lambda: priya.door.do(c.SignIn(**sign_in, counter_id="gone", officer_id=GRACE, pin=PIN)))
    no(lambda: priya.door.do(c.SignIn(**sign_in, counter_id=COUNTER_1, officer_id="gone", pin=PIN)))
    for _ in range(6):
        no(lambda: priya.door.do(c.SignIn(**sign_in, counter_id=COUNTER_2, officer_id=GRACE, pin="9753")))
    no(lambda: priya.door.do(c.SignOff(**priya.who)))
    ewan.door.do(c.SignOff(**ewan.who))
    no(lambda: priya.door.do(c.SignOff(**priya.who, at_hand=c.AtHand.HOLD)))
    priya.on(c.Finish, served)
    priya.door.do(c.Evacuate(**priya.who))
    no(take)
    no(priya.next)
    priya.door.do(c.EndEvacuation(**priya.who, resume=True))
    clock.advance(24 * HOUR)
    no(lambda: priya.on(c.CallVisit, waiting, reason=REASON))
    no(lambda: priya.on(c.Reinstate, young))
    no(lambda: priya.door.do(c.Leave(office_id="elsewhere", visit_id=waiting.visit_id)))
    assert codes == {
        Code.ALREADY_TAKEN,
        Code.BAD_INPUT,
        Code.COUNTER_BUSY,
        Code.COUNTER_TAKEN,
        Code.EVACUATED,
        Code.LAST_COUNTER,
        Code.NOBODY_WAITING,
        Code.NOT_POSSIBLE_NOW,
        Code.NOT_SIGNED_IN,
        Code.NOTHING_TO_UNDO,
        Code.NO_OFFICE,
        Code.OTHER_DAY,
        Code.PIN_LOCKED,
        Code.REASON_NEEDED,
        Code.TOO_SOON,
        Code.UNDO_OVERTAKEN,
        Code.UNDO_TOO_LATE,
        Code.UNKNOWN_THING,
        Code.UNKNOWN_VISIT,
        Code.VOIDED,
        Code.WRONG_PIN,
    }
    books(priya.door)


def test_no_fact_holds_what_is_personal(priya: At) -> None:
    """The journal is for ever: names, notes and reasons are kept apart from it."""
    visit = priya.take(person=Person(NAME, "pl", "pl", frozenset(), NOTE), see_first_reason=REASON)
    priya.on(c.CallVisit, visit, reason=REASON)
    priya.on(c.StartService, visit)
    priya.correct(visit, Person(NAME), 2)
    priya.on(c.Transfer, visit, service_id=PLANNING)
    priya.on(c.CallVisit, visit, reason=REASON)
    priya.on(c.StartService, visit)
    priya.on(c.Finish, visit, end=End.TO_FOLLOW, due=MONDAY, owner_id=EWAN, note=NOTE)
    assert not [secret for secret in SECRETS if secret in repr(books(priya.door))]


def test_no_command_shows_what_is_personal_when_it_is_logged() -> None:
    who = {"office_id": OFFICE, "id": "not drawn by lot, which may hit upon a PIN"}
    commands = (
        c.TakeTicket(**who, service_id=HOUSING, person=Person(NAME, note=NOTE), see_first_reason=REASON),
        c.CallVisit(**who, visit_id="v", reason=REASON),
        c.SeeFirst(**who, visit_id="v", reason=REASON),
        c.ChangeDetails(
            **who, visit_id="v", person=Person(NAME), shown=Person(NAME, note=NOTE), party_size=1, shown_party_size=1
        ),
        c.Finish(**who, visit_id="v", note=NOTE),
        c.SignIn(**who, pin=PIN),
    )
    assert not [secret for secret in SECRETS if secret in repr(commands)]
    assert NAME not in repr(q.Search(OFFICE, NAME))
