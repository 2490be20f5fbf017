"""A "no" as it reaches a window."""

from __future__ import annotations

from msgspec import Struct

from reception.errors import Code, Refusal


class Refused(Struct, frozen=True):
    """A "no" as it reaches a window. `code` is None for a bug, which is in the log; `field` is what a form shows."""

    code: Code | None
    reason: str
    remedy: str = ""
    field: str = ""

    @classmethod
    def of(cls, error: Refusal) -> Refused:
        return cls(error.code, error.reason, error.remedy, error.field)


UNANSWERED = Refused(Code.DATABASE_UNREACHABLE, "The database can't be reached.", "Check the network.")
BUG = Refused(
    None, "Something went wrong inside the program.", "Nothing was changed. Try once more; the log has the details."
)
