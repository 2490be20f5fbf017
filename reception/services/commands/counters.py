"""Who is at which counter, the end of the day, and evacuation."""

from __future__ import annotations

from enum import StrEnum

from reception.services.commands.command import Command


class SignIn(Command, frozen=True, kw_only=True):
    """A member of staff takes a counter with a PIN. Five wrong PINs lock that person out for a while.

    `take_over`: also when somebody else, who is serving nobody, has not signed off there.
    """

    personal = frozenset({"pin"})

    pin: str
    take_over: bool = False


class SignInSupervisor(Command, frozen=True, kw_only=True):
    """A supervisor opens the supervisor's window with a PIN; no counter is taken. Wrong PINs count as in
    :class:`SignIn`. Refuses NOT_ALLOWED for anybody else on the staff.
    """

    personal = frozenset({"pin"})

    pin: str


class AtHand(StrEnum):
    """What becomes of the visit at a counter that signs off."""

    FINISH = "finish"
    HAND_OVER = "hand_over"
    """Back to the queue, for anyone."""
    HOLD = "hold"


class SignOff(Command, frozen=True, kw_only=True):
    """Leave the counter. A called visit returns to its place; one being served needs `at_hand`.

    The last counter of the office to sign off closes the day (`close_day=True`) or only steps away (`False`);
    `None` is refused with LAST_COUNTER when the day is not over for someone, and True with NOT_POSSIBLE_NOW when
    another has signed in meanwhile.
    """

    at_hand: AtHand | None = None
    close_day: bool | None = None


class CloseDay(Command, frozen=True, kw_only=True):
    """End every open visit of a day that is over as unresolved, and mark its appointments at the office that nobody
    came to as not attended."""


class Evacuate(Command, frozen=True, kw_only=True):
    """Freeze calls. The list of everyone inside is printed from the station's own memory, not from here."""


class EndEvacuation(Command, frozen=True, kw_only=True):
    """Go on (`resume`), or close the day for everyone inside; refused where another desk has done the other of them."""

    resume: bool
