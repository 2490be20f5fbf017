"""A field for the office's own words in the language that is chosen, out of several."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from ui.welcome.checks import length_fault
from ui.welcome.controls import write_as
from ui.welcome.page import Field
from ui.welcome.reading import as_typed
from ui.welcome.rows import Row
from ui.widgets import LineEdit, LinesEdit


class SaidField:
    """`name` is what it holds, as it is read and heard; `typed` is called when a person has changed it."""

    def __init__(self, name: str, edit: LineEdit | LinesEdit, longest: int, typed: Callable[[], None]) -> None:
        self.said: dict[str, str] = {}
        """What was typed, by language."""
        self._name = name
        self._edit = edit
        self._longest = longest
        self._typed = typed
        self._tag = ""
        self._filled: tuple[str, dict[str, str]] = ("", {})
        self.row = Row(name, edit)
        self.field = Field(self.control, self._fault, self.row.sentence)
        (edit.edited if isinstance(edit, LinesEdit) else edit.textEdited).connect(self._was_typed)

    @property
    def control(self) -> QWidget:
        """What has the focus."""
        return self._edit.edit if isinstance(self._edit, LinesEdit) else self._edit

    def fill(self, english: str, said: Mapping[str, str]) -> None:
        """As it stands in the settings."""
        self.said = dict(said)
        self._filled = (english, dict(said))

    def now(self, english: str) -> dict[str, str]:
        """What is to be kept: words that nobody has seen to say what is no longer so, once the English are others."""
        before, filled = self._filled
        return self.said if english == before or self.said != filled else {}

    def show_language(self, tag: str, language: str) -> None:
        self._tag = tag
        write_as(self.control, tag)
        text = self.said.get(tag, "")
        if isinstance(self._edit, LinesEdit):
            self._edit.set_text(text)
        else:
            self._edit.setText(text)
            self._edit.setCursorPosition(0)
        self.control.setAccessibleName(f"{self._name}, in {language}")

    def _was_typed(self) -> None:
        text = self._edit.text() if isinstance(self._edit, LinesEdit) else as_typed(self._edit.text())
        self.said = {**self.said, self._tag: text}
        if not text:
            del self.said[self._tag]
        self._typed()

    def _fault(self) -> str:
        return next(filter(None, (length_fault(each, self._longest) for each in self.said.values())), "")
