"""What is held of a visitor who books, as a form: for a new booking and for correcting one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from reception.domain.booked import SafeContact
from reception.domain.person import Person
from reception.domain.visitor import HomeVisit, Visitor
from ui.book.fold import Fold
from ui.book.words import safe_words
from ui.moments import plural
from ui.panels.fields import (
    FieldRow,
    TickGrid,
    as_typed,
    need_offers,
    needs_of,
    party_choices,
    spoken_choices,
    written_choices,
)
from ui.refused import Refused
from ui.theme import look_of
from ui.typed import day_typed
from ui.widgets import RING, LineEdit, Paragraph
from ui.widgets.drop import Drop
from ui.widgets.painting import draw_ring

NO_DAY = "This is not a day. Write it as 9 3 1971."
_ADDRESS_LINES = 4


class LinesEdit(QWidget):
    """Several lines to type in, with the free pixels that all controls have. Tab goes on; Enter begins a line."""

    def __init__(self, label: str, lines: int = _ADDRESS_LINES, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName(label)
        self.edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(RING, RING, RING, RING)
        layout.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self.setAccessibleName(label)
        self._wear()

    def text(self) -> str:
        """What was typed, without empty lines."""
        return "\n".join(line for each in self.edit.toPlainText().splitlines() if (line := as_typed(each)))

    def set_text(self, text: str) -> None:
        self.edit.setPlainText(text)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(200), self._lines * look.line() + 18 + 2 * RING)

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(120), self.sizeHint().height())

    def _wear(self) -> None:
        self.edit.setFont(look_of(self).font())
        self.edit.setFixedHeight(self.sizeHint().height() - 2 * RING)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.ParentChange):
            self._wear()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.edit.hasFocus():
            draw_ring(QPainter(self), self.rect().adjusted(RING, RING, -RING, -RING), look_of(self))


class VisitorForm(QWidget):
    """Name and telephone first; the rest unfolds. Every field may stay blank."""

    needs_changed = Signal()
    """What the slot must meet may have changed: needs, party."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._note = ""
        """Of the person: kept as it is, since it is not shown here."""
        self.name = LineEdit()
        self.telephone = LineEdit()
        self.about = LineEdit(placeholder="What it is about, for staff and the letter")
        self.email = LineEdit()
        self.born = LineEdit(placeholder="9 3 1971")
        self.address = LinesEdit("Address")
        self.safe = TickGrid("Safe contact", [(each.value, safe_words(each), "") for each in SafeContact], 1)
        self.needs = TickGrid("Needs", need_offers())
        self.spoken = Drop("Spoken language", spoken_choices())
        self.written = Drop("Written language", written_choices())
        self.party = Drop("People in the party", party_choices())
        self._asked = {"name": self.name, "telephone": self.telephone, "born": self.born}
        """The fields that may be refused, as a refusal names them."""
        self._why_not = {field: Paragraph(token="late-text") for field in self._asked}
        for field, words in self._why_not.items():
            words.setContentsMargins(RING, 2, RING, 4)
            words.hide()
            self._asked[field].textChanged.connect(self._forgetting(field))
        self.reach = Fold("Address, e-mail, date of birth")
        self.wants = Fold("Needs, languages, people")
        self.home = HomeFields()
        self.home.show_kind(at_home=False)
        for fold, rows in (
            (
                self.reach,
                (
                    FieldRow("Address", self.address, label_above=True),
                    FieldRow("E-mail", self.email),
                    FieldRow("Born", self.born),
                    FieldRow("Safe contact", self.safe, label_above=True),
                ),
            ),
            (
                self.wants,
                (
                    FieldRow("Needs", self.needs, label_above=True),
                    FieldRow("Speaks", self.spoken),
                    FieldRow("Reads", self.written),
                    FieldRow("People", self.party),
                ),
            ),
        ):
            for row in rows:
                fold.add(row)
                if row.field() is self.born:
                    fold.add(self._why_not["born"])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (
            FieldRow("Name", self.name),
            self._why_not["name"],
            FieldRow("Telephone", self.telephone),
            self._why_not["telephone"],
            FieldRow("About", self.about),
            self.home,
            self.wants,
            self.reach,
        ):
            layout.addWidget(widget)
        for need in need_offers():
            self.needs.tick(need[0]).toggled.connect(self._needs_changed)
        self.party.currentIndexChanged.connect(self._needs_changed)
        self.born.editingFinished.connect(self._look_at_day)
        self.born.textChanged.connect(lambda _: self.born.set_fault(""))

    def _needs_changed(self) -> None:
        count = len(self.needs.values())
        self.wants.set_note(plural(count, "need") if count else "")
        self.needs_changed.emit()

    def _forgetting(self, field: str) -> Callable[[str], None]:
        """What was refused is being typed again."""

        def forget(_text: str) -> None:
            self._asked[field].set_fault("")
            self._why_not[field].hide()

        return forget

    def show_refused(self, no: Refused) -> None:
        """Say it under the field that it is about, if it is about one, and go there."""
        edit = self._asked.get(no.field)
        if edit is None:
            return
        edit.set_fault(no.reason)
        self._why_not[no.field].set_text(no.reason)
        self._why_not[no.field].show()
        if no.field == "born":
            self.reach.set_open(True)
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        edit.selectAll()

    def _look_at_day(self) -> None:
        self.born.set_fault(NO_DAY if self.born.text().strip() and self.birthday() is None else "")

    def birthday(self) -> date | None:
        return day_typed(self.born.text(), self._today, past=True)

    def wrong_field(self) -> LineEdit | None:
        """A field that can't be read, its fault shown and in sight."""
        self._look_at_day()
        if self.born.fault():
            self.reach.set_open(True)
            return self.born
        return None

    def person(self) -> Person:
        return Person(
            name=as_typed(self.name.text()),
            spoken=self.spoken.value(),
            written=self.written.value(),
            needs=needs_of(self.needs.values()),
            note=self._note,
        )

    def visitor(self) -> Visitor:
        """What the form says."""
        return Visitor(
            person=self.person(),
            born=self.birthday(),
            telephone=as_typed(self.telephone.text()),
            email=as_typed(self.email.text()),
            address=self.address.text(),
            safe=frozenset(SafeContact(each) for each in self.safe.values()),
        )

    def about_words(self) -> str:
        return as_typed(self.about.text())

    def party_size(self) -> int:
        return int(self.party.value())

    def set_visitor(self, visitor: Visitor, about: str, party_size: int) -> None:
        """Fill the form in."""
        person = visitor.person
        self.name.setText(person.name)
        self.telephone.setText(visitor.telephone)
        self.about.setText(about)
        self.email.setText(visitor.email)
        born = visitor.born
        self.born.setText(f"{born.day} {born.month} {born.year}" if born is not None else "")
        self.address.set_text(visitor.address)
        self.safe.set_values(each.value for each in visitor.safe)
        self.needs.set_values(each.value for each in person.needs)
        self.spoken.set_value(person.spoken)
        self.written.set_value(person.written)
        self.party.set_value(str(party_size))
        self._note = person.note

    def is_filled_in(self) -> bool:
        """Whether anything was said of the visitor."""
        return bool(
            self.visitor() != Visitor()
            or self.about_words()
            or self.party_size() != 1
            or self.born.text().strip()
            or self.home.is_filled_in()
        )


class HomeFields(QWidget):
    """What the letter says is to be ready, and what else the notice of a home visit says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.purpose = LineEdit(placeholder="Why we visit, as the notice says it")
        self.password = LineEdit(placeholder="The officer says it at the door")
        self.have_ready = LineEdit(placeholder="What to have at hand; it is in the letter")
        self.what_next = LineEdit(placeholder="What happens after the visit")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        of_visits = FieldRow("Purpose", self.purpose), FieldRow("Password", self.password)
        what_next = FieldRow("What next", self.what_next)
        self._of_visits = (*of_visits, what_next)
        for row in (*of_visits, FieldRow("Needed", self.have_ready), what_next):
            layout.addWidget(row)

    def show_kind(self, *, at_home: bool) -> None:
        """At an office and on the telephone there is only what to have ready."""
        for row in self._of_visits:
            row.setVisible(at_home)

    def home(self) -> HomeVisit:
        return HomeVisit(
            *(as_typed(each.text()) for each in (self.purpose, self.password, self.have_ready, self.what_next))
        )

    def set_home(self, home: HomeVisit) -> None:
        self.purpose.setText(home.purpose)
        self.password.setText(home.password)
        self.have_ready.setText(home.have_ready)
        self.what_next.setText(home.what_next)

    def is_filled_in(self) -> bool:
        return self.home() != HomeVisit()
