"""The ids of commands that a single key sends.

An id is minted when its question is shown, not when the key is pressed: a key pressed twice, or once more after a
reply was lost, is one command. What was answered, or is no longer on show, gets a new id.
"""

from __future__ import annotations

from collections.abc import Hashable

from reception.services.commands import new_id


class MintedIds:
    """One id for each question that is on show."""

    def __init__(self) -> None:
        self._ids: dict[Hashable, str] = {}
        self._answered: set[str] = set()
        self._on_show: Hashable = None

    def id_for(self, question: Hashable) -> str:
        """The id of a question: the same as long as it is on show."""
        return self._ids.setdefault(question, new_id())

    def answered(self, command_id: str) -> None:
        """The command was done. Its id lives on until a view shows what came of it."""
        self._answered.add(command_id)

    def shown(self, on_show: Hashable) -> None:
        """A new view is on show. `on_show` is what its questions are about: when that differs, all are new."""
        if on_show != self._on_show:
            self._ids.clear()
        self._on_show = on_show
        self._ids = {question: known for question, known in self._ids.items() if known not in self._answered}
        self._answered.clear()
