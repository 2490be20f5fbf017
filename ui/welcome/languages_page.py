"""The section *Languages*: what the office says itself in visitors' languages; which a translator has checked."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.domain.languages import VISITOR_LANGUAGES
from reception.domain.office import ServiceWords
from reception.services.office_settings import (
    SERVICE_ABOUT_LENGTH,
    SERVICE_NAME_LENGTH,
    WHO_COMES_LENGTH,
    OfficeSettings,
)
from ui.welcome.checks import length_fault
from ui.welcome.controls import write_as
from ui.welcome.page import Field, Page
from ui.welcome.reading import as_typed, quoted
from ui.welcome.rows import Row, part, remark
from ui.welcome.said_field import SaidField
from ui.widgets import Drop, LineEdit, LinesEdit, Paragraph, Tick

_OTHERS = VISITOR_LANGUAGES[1:]
_NAMES = {each.tag: each.name for each in _OTHERS}
_NOTHING = ServiceWords("")


class ServiceFields(QWidget):
    """One service in the language that is chosen; `said` holds what was typed in every language."""

    def __init__(self, page: LanguagesPage, service_id: str, name: str) -> None:
        super().__init__(page.widget())
        self._page = page
        self.service_id = service_id
        self.said: dict[str, ServiceWords] = {}
        self.heading: Paragraph = part(name, top=8)
        self.name, self.about = LineEdit(), LineEdit()
        named, about = Row("Name", self.name), Row("What it is about", self.about)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.heading, named, about):
            column.addWidget(widget)
        self.fields = (
            Field(self.name, self._name_fault, named.sentence),
            Field(self.about, self._about_fault, about.sentence),
        )
        for edit in (self.name, self.about):
            edit.textEdited.connect(self._was_typed)
            page.attend(edit)

    def call(self, name: str) -> None:
        """The service is called so."""
        self.heading.set_text(name)
        self.show_language(self._page.language.value())

    def show_language(self, tag: str) -> None:
        words = self.said.get(tag, _NOTHING)
        for edit, text, what in ((self.name, words.name, "Name of"), (self.about, words.about, "What is said of")):
            write_as(edit, tag)
            edit.setText(text)
            edit.setCursorPosition(0)
            edit.setAccessibleName(f"{what} {quoted(self.heading.text())} in {_NAMES[tag]}")

    def words(self) -> dict[str, ServiceWords]:
        """What was typed, without languages in which nothing was."""
        return {tag: words for tag, words in self.said.items() if words.name or words.about}

    def _was_typed(self) -> None:
        tag = self._page.language.value()
        self.said[tag] = ServiceWords(as_typed(self.name.text()), as_typed(self.about.text()))
        self._page.was_edited()

    def _name_fault(self) -> str:
        for tag, words in self.words().items():
            if not words.name:
                return f"There is no name in {_NAMES[tag]}. Enter it, or empty what it is about."
        return next(filter(None, (length_fault(each.name, SERVICE_NAME_LENGTH) for each in self.said.values())), "")

    def _about_fault(self) -> str:
        return next(filter(None, (length_fault(each.about, SERVICE_ABOUT_LENGTH) for each in self.said.values())), "")


class LanguagesPage(Page):
    title = "Languages"
    note = "what visitors read in their own"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services: list[ServiceFields] = []
        self.place, self.who_comes = LineEdit(), LinesEdit("Who comes", 3)
        self._said = {
            "place_said": SaidField("Where visitors wait", self.place, SERVICE_ABOUT_LENGTH, self.was_edited),
            "who_comes_said": SaidField("Who comes", self.who_comes, WHO_COMES_LENGTH, self.was_edited),
        }
        self.language = Drop("The words in", [(each.tag, f"{each.name}: {each.own_name}") for each in _OTHERS])
        self.ticks = {each.tag: Tick(f"{each.name} has been checked by a translator") for each in _OTHERS}
        self._of_services = QVBoxLayout()
        self._of_services.setSpacing(0)
        self.column.addWidget(part("Checked by a translator", top=0))
        self.column.addWidget(
            remark(
                "The program's words in these languages are drafts. Tick a language when a translator has checked it. "
                "Staff are told of those without a tick; visitors are not."
            )
        )
        for tick in self.ticks.values():
            self.column.addWidget(tick)
            tick.clicked.connect(self.was_edited)
        self.column.addWidget(part("Your own words in other languages"))
        self.column.addWidget(remark("What has no words in a language is shown in it by its English ones."))
        self.column.addWidget(Row("The words in", self.language))
        for each in self._said.values():
            self.column.addWidget(each.row)
        self.column.addLayout(self._of_services)
        self.column.addStretch(1)
        self.language.currentIndexChanged.connect(self._show_language)
        for control in (*self.ticks.values(), self.language, *self._edits()):
            self.attend(control)

    def offer(self, services: Sequence[tuple[str, str]]) -> None:
        """(id, name) of the services that there are now. What was typed for one that is put back is there again."""
        known = {each.service_id: each for each in self.services}
        wanted = [known.get(service_id) or ServiceFields(self, service_id, name) for service_id, name in services]
        gone = [each for each in self.services if each not in wanted]
        for each in gone:
            each.hide()
        self.services = [*wanted, *gone]
        for at, ((_, name), fields) in enumerate(zip(services, wanted, strict=True)):
            self._of_services.removeWidget(fields)
            self._of_services.insertWidget(at, fields)
            fields.show()
            fields.call(name)
        self.rechain()

    def fill(self, settings: OfficeSettings) -> None:
        for tag, tick in self.ticks.items():
            tick.setChecked(tag in settings.checked_languages)
        self.offer([(service.id, service.name) for service in settings.services])
        said = {service.id: service.said for service in settings.services}
        for fields in self.services:
            fields.said = dict(said.get(fields.service_id, {}))
        self._said["place_said"].fill(settings.place, settings.place_said)
        self._said["who_comes_said"].fill(settings.who_comes, settings.who_comes_said)
        self._show_language()

    def into(self, settings: OfficeSettings) -> OfficeSettings:
        said = {each.service_id: each.words() for each in self.services}
        return replace(
            settings,
            services=tuple(replace(each, said=said.get(each.id, each.said)) for each in settings.services),
            checked_languages=frozenset(tag for tag, tick in self.ticks.items() if tick.isChecked()),
            place_said=self._said["place_said"].now(settings.place),
            who_comes_said=self._said["who_comes_said"].now(settings.who_comes),
        )

    def typed(self) -> object:
        ticked = tuple(tick.isChecked() for tick in self.ticks.values())
        return (
            ticked,
            [each.said for each in self._said.values()],
            {each.service_id: each.words() for each in self.services if each.words()},
        )

    def shown(self) -> list[ServiceFields]:
        return [each for each in self.services if not each.isHidden()]

    def fields(self) -> Sequence[Field]:
        return [
            *(each.field for each in self._said.values()),
            *(field for each in self.shown() for field in each.fields),
        ]

    def stops(self) -> Sequence[QWidget]:
        edits = (edit for each in self.shown() for edit in (each.name, each.about))
        return (*self.ticks.values(), self.language, *self._edits(), *edits)

    def control_of(self, field: str) -> QWidget | None:
        if field == "checked_languages":
            return self.start()
        if field in self._said:
            return self._said[field].control
        setting, _, rest = field.partition("/")
        service_id, _, what = rest.partition("/")
        if setting != "services" or what != "said":
            return None
        return next((each.name for each in self.shown() if each.service_id == service_id), self.language)

    def _edits(self) -> list[QWidget]:
        return [each.control for each in self._said.values()]

    def _show_language(self) -> None:
        tag = self.language.value()
        for said in self._said.values():
            said.show_language(tag, _NAMES[tag])
        for each in self.services:
            each.show_language(self.language.value())
