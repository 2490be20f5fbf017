"""Questions of which only the newest is wanted: one is under way at a time, and what was passed by is not asked, also
where it waited for its turn behind somebody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from reception.services.queries import Query
from ui.link import Link
from ui.refused import Refused


class _Question(Struct, frozen=True):
    query: Query
    answered: Callable[[Any], None]
    refused: Callable[[Refused], None]


class Newest:
    """See the module."""

    def __init__(self, link: Link, lane: str = "") -> None:
        """`lane`: that of :meth:`ui.link.Link.ask_beside`."""
        self._link, self._lane = link, lane
        self._withdraw: Callable[[], None] = _nothing
        self._under_way: _Question | None = None
        self._next: _Question | None = None
        self._is_wanted = False

    @property
    def is_under_way(self) -> bool:
        return self._under_way is not None

    def ask(self, query: Query, answered: Callable[[Any], None], refused: Callable[[Refused], None]) -> None:
        """In place of whatever was asked before."""
        self._next = _Question(query, answered, refused)
        if self._under_way is None:
            self._send()
        else:
            self._withdraw()

    def let_go(self) -> None:
        """No answer is wanted any more."""
        self._next, self._is_wanted = None, False
        self._withdraw()

    def _send(self) -> None:
        question, self._next = self._next, None
        if question is None:
            return
        self._under_way, self._is_wanted = question, True
        self._withdraw = self._link.ask_beside(
            question.query,
            lambda found: self._came(lambda: question.answered(found)),
            lambda no: self._came(lambda: question.refused(no)),
            self._lane,
        )

    def _came(self, tell: Callable[[], None]) -> None:
        self._under_way = None
        if self._next is not None:
            self._send()
        elif self._is_wanted:
            tell()


def _nothing() -> None:
    """There is none to withdraw."""
