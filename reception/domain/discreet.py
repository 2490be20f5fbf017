"""Values that hold what is personal and do not say it."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct


class Discreet(Struct, frozen=True):
    """A value whose repr, and with it every log and traceback, leaves out its personal fields."""

    personal: ClassVar[frozenset[str]] = frozenset()
    """The names of those fields."""

    def __repr__(self) -> str:
        told = (f"{name}={getattr(self, name)!r}" for name in self.__struct_fields__ if name not in self.personal)
        return f"{type(self).__name__}({', '.join(told)})"
