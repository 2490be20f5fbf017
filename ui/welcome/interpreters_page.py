"""The section *Interpreters*: people and telephone lines, what they interpret and how. An office may have none."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from reception.domain.booked import Mode
from reception.domain.office import Hours, Interpreter
from reception.services.commands import new_id
from reception.services.office_settings import NOTICE_HOURS, OfficeSettings
from ui.welcome.arranged import Flow
from ui.welcome.checks import fault_of, missing, own_name_fault
from ui.welcome.details import Details
from ui.welcome.languages_picker import LanguagesPicker
from ui.welcome.page import Field
from ui.welcome.reading import as_typed, read_number
from ui.welcome.rows import Row, Sentence, remark
from ui.welcome.suggesting import PickEdit
from ui.welcome.table import TableLine, TablePage
from ui.welcome.week import WeekPicker
from ui.welcome.words import MODES
from ui.widgets import Drop, LineEdit, Tick

_KINDS = (("person", "A person"), ("line", "A telephone line"))
_USUAL_NOTICE = ("0", "24", "48", "72", "120")
_NARROW = 144


class InterpreterLine(TableLine):
    """One interpreter, or one line. What the languages open holds all the rest."""

    def __init__(self, page: InterpretersPage, interpreter: Interpreter) -> None:
        super().__init__(page, interpreter.id, interpreter.name)
        self._page = page
        self.kind = Drop("Kind", _KINDS)
        self.kind.set_value("line" if interpreter.is_line else "person")
        self.languages = LanguagesPicker(interpreter.languages, self.sentence, self)
        self.modes: dict[Mode, Tick] = {}
        self.telephone = LineEdit(interpreter.telephone)
        self.code = LineEdit(interpreter.code)
        self.email = LineEdit(interpreter.email)
        self.notice = PickEdit(lambda: _USUAL_NOTICE, str(interpreter.notice_hours))
        self.week = WeekPicker(interpreter.hours, has_breaks=False, parent=self)
        self.details = Details(self)
        self._build_details(interpreter.modes)
        self.add_cell(self.name, "Name", 160, 1)
        self.add_cell(self.kind, "Kind", 156)
        self.add_cell(self.languages.opener, "Languages, and more", 216, 1)
        self.add_cell(self.remove, "", 32)
        self.hide_tools(self.up, self.down)
        self._faults = (
            Field(self.name, self._name_fault, self.sentence),
            *self.languages.fields(),
            Field(self.modes[Mode.VIDEO], self._modes_fault, self._modes_sentence),
            Field(self.telephone, self._telephone_fault, self._telephone.sentence),
            Field(self.notice, lambda: fault_of(self._read_notice), self._notice.sentence),
        )
        self._connect()
        self._show_kind()

    def _build_details(self, modes: frozenset[Mode]) -> None:
        ways = Flow()
        for mode, words in MODES:
            tick = Tick(words)
            tick.setChecked(mode in modes)
            self.modes[mode] = tick
            ways.add(tick)
        works = Row("Interprets", ways, width=0)
        self._modes_sentence: Sentence = works.sentence
        self._telephone = Row("Telephone", self.telephone)
        self._code = Row("Code of the line", self.code, "Asked for when the number answers.", width=_NARROW)
        self._notice = Row("Ordered or cancelled", self.notice, suffix="hours before", width=_NARROW)
        self.details.add(
            self.languages.area,
            works,
            self._telephone,
            self._code,
            Row("E-mail", self.email, "Orders are sent there."),
            self._notice,
            Row("Working hours", self.week.opener),
            self.week.area,
        )

    def _connect(self) -> None:
        page = self._page
        for field in (self.telephone, self.code, self.email, self.notice):
            field.textEdited.connect(page.was_edited)
        for tick in self.modes.values():
            tick.clicked.connect(page.was_edited)
        self.kind.activated.connect(self._kind_chosen)
        self.languages.edited.connect(page.was_edited)
        self.languages.grew.connect(lambda: page.take_in(self))
        self.languages.opener.toggled.connect(lambda on: self.details.open(on=on))
        self.week.edited.connect(page.was_edited)
        self.week.remarked.connect(page.remarked)
        self.week.opened.connect(lambda: page.take_in(self))

    # -- what a line is asked ------------------------------------------------------------------------------------

    def controls(self) -> Sequence[QWidget]:
        return (
            self.name,
            self.kind,
            self.languages.opener,
            self.remove,
            *self.languages.controls(),
            *self.modes.values(),
            self.telephone,
            self.code,
            self.email,
            self.notice,
            *self.week.controls(),
        )

    def faults(self) -> Sequence[Field]:
        return (*self._faults, *self.week.fields())

    def typed(self) -> object:
        fields = (self.name, self.telephone, self.code, self.email, self.notice)
        texts = tuple(field.text() for field in fields)
        return (texts, self.kind.value(), self.languages.typed(), self._chosen(), self.week.typed())

    def name_controls(self) -> None:
        super().name_controls()
        of = self.called()
        self.kind.set_name(f"Kind of {of}")
        self.languages.set_owner(of)
        self.week.set_owner(of)
        for mode, words in MODES:
            self.modes[mode].setAccessibleName(f"{of} interprets {words.lower()}")
        for field, words in (
            (self.telephone, "Telephone of"),
            (self.code, "Code of the line"),
            (self.email, "E-mail of"),
            (self.notice, "Hours of notice for"),
        ):
            field.setAccessibleName(f"{words} {of}")

    def control_of(self, what: str) -> QWidget:
        if what.startswith("hours/"):
            return self.week.control_of(what)
        controls: dict[str, QWidget] = {
            "languages": self.languages.opener,
            "modes": self._a_mode(),
            "telephone": self.telephone,
            "notice_hours": self.notice,
        }
        return controls.get(what) or super().control_of(what)

    def reveal(self, control: QWidget) -> None:
        if self.details.isAncestorOf(control):
            self.languages.opener.setChecked(True)
        if self.week.area.isAncestorOf(control):
            self.week.opener.setChecked(True)

    def interpreter(self) -> Interpreter:
        """What was typed; only when nothing is wrong."""
        return Interpreter(
            self.record_id,
            as_typed(self.name.text()),
            self.languages.codes(),
            self._chosen(),
            self.is_line(),
            self.week.hours(),
            self._read_notice(),
            as_typed(self.telephone.text()),
            as_typed(self.code.text()) if self.is_line() else "",
            as_typed(self.email.text()),
        )

    def is_line(self) -> bool:
        return self.kind.value() == "line"

    # -- parts of it ---------------------------------------------------------------------------------------------

    def _chosen(self) -> frozenset[Mode]:
        ticked = frozenset(mode for mode, tick in self.modes.items() if tick.isChecked())
        return ticked - {Mode.IN_PERSON} if self.is_line() else ticked

    def _a_mode(self) -> QWidget:
        return self.modes[Mode.TELEPHONE if self.is_line() else Mode.IN_PERSON]

    def _read_notice(self) -> int:
        return read_number(self.notice.text(), NOTICE_HOURS)

    def _kind_chosen(self) -> None:
        if self.is_line() and not self._chosen() - {Mode.IN_PERSON}:
            self.modes[Mode.TELEPHONE].setChecked(True)
        self._show_kind()
        self._page.was_edited()

    def _show_kind(self) -> None:
        """Nobody comes from a line, and nobody else has a code."""
        self.modes[Mode.IN_PERSON].setEnabled(not self.is_line())
        self._code.setVisible(self.is_line())

    def _name_fault(self) -> str:
        return own_name_fault("interpreter", self.name.text(), [line.name.text() for line in self._page.lines])

    def _modes_fault(self) -> str:
        return "" if self._chosen() else "No way of interpreting is chosen. Tick at least one."

    def _telephone_fault(self) -> str:
        if not self.is_line():
            return ""
        return missing(self.telephone.text(), "The line has no telephone number. Enter the number to ring.")


class InterpretersPage(TablePage[InterpreterLine]):
    title = "Interpreters"
    note = "who interprets, in which languages"
    kind = "interpreter"
    setting = "interpreters"
    keys = "Up and Down go from line to line. Alt with Delete removes one."

    def __init__(self, parent: QWidget | None = None) -> None:
        self._hours: tuple[Hours, ...] = ()
        super().__init__(parent)
        self.column.addWidget(
            remark("People are booked and never in two places at once. A telephone line serves any number of visitors.")
        )
        self.build()
        self.column.addStretch(1)

    def new_line(self) -> InterpreterLine:
        return InterpreterLine(self, Interpreter(new_id(), "", frozenset()))

    def lines_of(self, settings: OfficeSettings) -> list[InterpreterLine]:
        return [InterpreterLine(self, each) for each in settings.interpreters]

    def none_fault(self) -> str:
        return ""

    def fill(self, settings: OfficeSettings) -> None:
        self._hours = settings.hours
        super().fill(settings)

    def offer_hours(self, hours: Sequence[Hours]) -> None:
        """When the office is open, as its section says."""
        self._hours = tuple(hours)
        self.changed()

    def changed(self) -> None:
        for line in self.lines:
            line.week.offer_office(self._hours)

    def left(self, control: QWidget) -> None:
        line = self.line_of(control)
        if line is not None:
            line.week.tidy(control)
        super().left(control)

    def into(self, settings: OfficeSettings) -> OfficeSettings:
        return replace(settings, interpreters=tuple(line.interpreter() for line in self.lines))
