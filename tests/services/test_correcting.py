"""Details corrected at two desks at once: neither loses what the other has said. On both engines."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reception.domain.desk_view import VisitCard
from reception.domain.person import Need, Person
from reception.errors import Code, Refusal
from reception.services import commands as c
from tests.services.bookkeeping import books
from tests.support import At

ANN = Person("Ann", "pl", "en", frozenset({Need.PRIVATE, Need.HELP}), "has the plans")


def save(at: At, shown: VisitCard, size: int = 0, **typed: object) -> c.Result:
    """What a form says that was filled in from an older card."""
    return at.on(
        c.ChangeDetails,
        shown.visit_id,
        person=replace(shown.person, **typed),  # type: ignore[arg-type]
        shown=shown.person,
        party_size=size or shown.party_size,
        shown_party_size=shown.party_size,
    )


def test_each_desk_changes_what_it_has_typed(priya: At, ewan: At) -> None:
    visit = priya.take(person=ANN)
    shown = priya.card(visit)
    save(ewan, shown, 3, needs=frozenset({Need.STEP_FREE, Need.PRIVATE}), written="pl")
    save(priya, shown, name="Anne", needs=ANN.needs | {Need.CHILDREN}, note="")
    card = priya.card(visit)
    needs = frozenset({Need.STEP_FREE, Need.PRIVATE, Need.CHILDREN})
    assert (card.person, card.party_size) == (Person("Anne", "pl", "pl", needs), 3)
    books(priya.door)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": "Anne"}, "name"),
        ({"spoken": "pa"}, "spoken language"),
        ({"written": ""}, "written language"),
        ({"note": "see file"}, "note"),
        ({"size": 4}, "size of the party"),
    ],
)
def test_what_both_have_changed_is_refused(priya: At, ewan: At, typed: dict[str, object], field: str) -> None:
    visit = priya.take(person=ANN)
    shown = priya.card(visit)
    save(ewan, shown, 2, name="Anna", spoken="lt", written="lt", note="lost the plans")
    held, before = priya.card(visit), priya.door.changes(0)[0]
    with pytest.raises(Refusal, match=f"Another desk has changed the {field} of H001") as refused:
        save(priya, shown, **typed)  # type: ignore[arg-type]
    assert refused.value.code is Code.ALREADY_TAKEN
    assert (priya.card(visit), priya.door.changes(0)[0]) == (held, before)
    save(priya, held, **typed)  # type: ignore[arg-type]  # typed again by whoever has seen it
    if "size" not in typed:
        assert priya.card(visit).person == replace(held.person, **typed)  # type: ignore[arg-type]


def test_both_have_typed_the_same(priya: At, ewan: At) -> None:
    visit = priya.take(person=ANN)
    shown = priya.card(visit)
    for at in (ewan, priya):
        save(at, shown, 2, name="Anne", needs=frozenset({Need.BSL}))
    card = priya.card(visit)
    assert (card.person, card.party_size) == (replace(ANN, name="Anne", needs=frozenset({Need.BSL})), 2)


def test_several_fields_are_named_together(priya: At, ewan: At) -> None:
    visit = priya.take(person=ANN)
    shown = priya.card(visit)
    save(ewan, shown, name="Anna", note="lost")
    with pytest.raises(Refusal, match="changed the name and the note of H001"):
        save(priya, shown, name="Anne", note="found")
