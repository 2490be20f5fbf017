"""What the sentences of one letter are filled in with, and the facts of its table, from its snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from reception.clock import MINUTE, Instant, local_date
from reception.documents.breaking import unbroken
from reception.documents.direction import isolated
from reception.documents.letter_words import Labels, LetterWords
from reception.documents.said import first_said
from reception.documents.wording import Wording
from reception.domain.booked import Kind, LetterKind
from reception.domain.languages import code_of
from reception.domain.letter_snapshot import LetterSnapshot
from reception.domain.person import Need

_ORDER = LetterKind.INTERPRETER_ORDER


class Fact(Struct, frozen=True):
    """A row of a letter's table; each of `lines` is a line of its own. `strong` ones are printed in bold.

    What is `needed` to come or to be there stands on the first page.
    """

    label: str
    lines: tuple[str, ...]
    strong: bool = False
    needed: bool = True
    english: bool = False
    """In the council's own words, whatever the language of the letter."""


class LetterValues:
    """One letter's snapshot in words."""

    def __init__(self, snapshot: LetterSnapshot, wording: Wording, *, right_to_left: bool) -> None:
        self._snapshot = snapshot
        self._saying = wording.saying
        self._words: LetterWords = wording.letter
        self._labels: Labels = wording.letter.labels
        self._zone = ZoneInfo(snapshot.timezone)
        self._right_to_left = right_to_left
        self.reference = wording.letter.reference
        self.is_neutral = not snapshot.service and snapshot.kind is not _ORDER
        self.placeholders = self._placeholders()
        self.conditions = self._conditions()

    @property
    def written(self) -> str:
        """The date of the letter: "10 November 2026"."""
        day = local_date(self._snapshot.written_at, self._zone)
        return unbroken(self._saying.date_of(day, self._words.date))

    @property
    def greeting(self) -> str:
        if not self._snapshot.recipient.strip():
            return self._words.greeting_unnamed
        return self._words.greeting.format(name=self._own(self._snapshot.recipient))

    def facts(self) -> list[Fact]:
        """The rows of the table, without those that have nothing to say."""
        snapshot, labels = self._snapshot, self._labels
        rows = [Fact(labels.when, self._when(), strong=True)]
        if snapshot.kind is _ORDER:
            rows.insert(0, Fact(labels.language, (self.placeholders["interpreting"],), strong=True))
        if snapshot.kind in (LetterKind.CANCELLATION, LetterKind.MISSED):
            return _filled([*rows, Fact(labels.about, self._about(), needed=False)])
        if snapshot.kind is not LetterKind.DELAY_APOLOGY:
            rows.append(Fact(labels.where, self._where(), english=snapshot.kind_of_appointment is Kind.OFFICE))
        rows.append(Fact(labels.with_, self._with(), english=True))
        if snapshot.kind is LetterKind.NEW_TIME and snapshot.was is not None:
            rows.append(Fact(labels.was, (self._moment(snapshot.was),), needed=False))
        if snapshot.kind is not _ORDER and not self.placeholders["purpose"]:
            rows.append(Fact(labels.about, self._about(), needed=False))
        if snapshot.kind in (LetterKind.CONFIRMATION, LetterKind.NEW_TIME, LetterKind.HOME_VISIT):
            rows.append(Fact(labels.interpreter, self._interpreter(), needed=False))
            rows.append(Fact(labels.arranged, self._arranged(), needed=False))
        return _filled(rows)

    def _placeholders(self) -> dict[str, str]:
        snapshot = self._snapshot
        contact = {
            "contact_name": self._own(snapshot.contact_name or snapshot.office),
            "contact_telephone": unbroken(snapshot.contact_telephone, everywhere=True),
            "contact_email": snapshot.contact_email.strip(),
            "council": self._own(snapshot.council),
        }
        home, named = snapshot.home, not self.is_neutral
        return {
            **contact,
            "name": self._own(snapshot.recipient),
            "reference": unbroken(snapshot.reference, everywhere=True),
            "day": self._day(snapshot.starts),
            "time": self._time(snapshot.starts),
            "until": self._time(snapshot.ends),
            "minutes": str((snapshot.ends - snapshot.starts) // MINUTE),
            "length": self._length((snapshot.ends - snapshot.starts) // MINUTE),
            "place": ", ".join(self._own(part) for part in (snapshot.room, snapshot.office) if part.strip()),
            "room": self._own(snapshot.room),
            "office": self._own(snapshot.office),
            "service": self._own(snapshot.service_said or snapshot.service),
            "about": self._own(snapshot.about) if named else "",
            "officer": self._own(snapshot.officer) or self._labels.officer,
            "contact": first_said(self._words.contact, contact, frozenset()),
            "telephone": unbroken(snapshot.telephone, everywhere=True),
            "interpreter": self._own(snapshot.interpreter),
            "interpreting": self._own(self._interpreting()),
            "have_ready": self._own(_open_ended(home.have_ready)) if named else "",
            "purpose": self._typed(home.purpose) if named else "",
            "what_next": self._typed(home.what_next) if named else "",
            "password": self._own(home.password),
            "target_minutes": _figure(snapshot.target_minutes),
            "target_length": self._length(snapshot.target_minutes),
            "expected_minutes": _figure(snapshot.expected_minutes),
            "expected_length": self._length(snapshot.expected_minutes),
            "delay_reason": self._words.delay_reasons.get(snapshot.delay_reason, "") if snapshot.delay_reason else "",
            "offered": "\n".join(self._moment(slot.place.starts) for slot in snapshot.offered),
            "old_day": self._day(snapshot.was) if snapshot.was is not None else "",
            "old_time": self._time(snapshot.was) if snapshot.was is not None else "",
        }

    def _conditions(self) -> frozenset[str]:
        snapshot = self._snapshot
        holding = {
            "office": snapshot.kind_of_appointment is Kind.OFFICE,
            "telephone": snapshot.kind_of_appointment is Kind.TELEPHONE,
            "home visit": snapshot.kind_of_appointment is Kind.HOME_VISIT,
            "neutral": self.is_neutral,
            "named": not self.is_neutral,
            "interpreter": bool(snapshot.interpreter or snapshot.interpreting),
            "step-free": snapshot.step_free or Need.STEP_FREE in snapshot.needs,
            "offered": bool(snapshot.offered),
            "arranged": snapshot.by_council,
        }
        return frozenset(name for name, holds in holding.items() if holds)

    def _day(self, instant: Instant) -> str:
        """The day, with its year where it is not the year of the letter."""
        day = local_date(instant, self._zone)
        return unbroken(self._saying.day_of(day, seen_from=local_date(self._snapshot.written_at, self._zone)))

    def _day_of_year(self, instant: Instant) -> str:
        day = local_date(instant, self._zone)
        return unbroken(self._saying.day_of_year(day))

    def _time(self, instant: Instant) -> str:
        return unbroken(self._saying.time_of(instant, self._zone), everywhere=True)

    def _moment(self, instant: Instant) -> str:
        """ "Tuesday 24 November 2026, 10.30am"."""
        return self._words.day_and_time.format(day=self._day_of_year(instant), time=self._time(instant))

    def _when(self) -> tuple[str, ...]:
        starts, ends = self._snapshot.starts, self._snapshot.ends
        times = self._words.from_to.format(time=self._time(starts), until=self._time(ends))
        return (self._day_of_year(starts), times if ends > starts else self._time(starts))

    def _where(self) -> tuple[str, ...]:
        snapshot, labels = self._snapshot, self._labels
        is_order = snapshot.kind is _ORDER
        match snapshot.kind_of_appointment:
            case Kind.TELEPHONE if is_order:
                return (labels.interpreter_telephone,)
            case Kind.TELEPHONE if snapshot.telephone.strip():
                return (labels.place_telephone.format(telephone=self.placeholders["telephone"]),)
            case Kind.TELEPHONE:
                return (labels.place_telephone_unknown,)
            case Kind.HOME_VISIT:
                return (labels.interpreter_home if is_order else labels.place_home,)
        return (snapshot.room, *_joined((snapshot.office, *snapshot.office_address.splitlines())))

    def _with(self) -> tuple[str, ...]:
        """The officer; in a neutral letter without a title, which might say what it is about."""
        snapshot = self._snapshot
        title = "" if self.is_neutral or snapshot.kind is _ORDER else snapshot.officer_title
        return _joined((snapshot.officer, title)) if snapshot.officer else ()

    def _about(self) -> tuple[str, ...]:
        if self.is_neutral:
            return ()
        about = "" if self._snapshot.kind in (LetterKind.CANCELLATION, LetterKind.MISSED) else self._snapshot.about
        said, english = self._snapshot.service_said, self._snapshot.service
        service = f"{said} ({english})" if said and said != english else english
        return (service, about)

    def _interpreter(self) -> tuple[str, ...]:
        """Name and language; on two lines where they run in two directions."""
        both = (self._snapshot.interpreter, self._interpreting())
        return both if self._right_to_left else _joined(both)

    def _interpreting(self) -> str:
        """The language that is interpreted, in words of the letter's language."""
        name = self._snapshot.interpreting
        return self._words.sign_languages.get(code_of(name)) or (self._saying.customs.language(name) if name else "")

    def _length(self, minutes: int) -> str:
        return self._saying.customs.minutes(minutes) if minutes > 0 else ""

    def _arranged(self) -> tuple[str, ...]:
        if self._snapshot.kind_of_appointment is not Kind.OFFICE:
            return ()
        needs = self._snapshot.needs | ({Need.STEP_FREE} if self._snapshot.step_free else frozenset())
        return tuple(self._words.needs[need] for need in Need if need in needs and need in self._words.needs)

    def _own(self, text: str) -> str:
        """A value that may be of another script, kept from turning round what stands beside it."""
        return isolated(text, right_to_left=self._right_to_left)

    def _typed(self, text: str) -> str:
        """Paragraphs that were typed."""
        return "\n".join(self._own(line) for line in text.splitlines() if line.strip())


def _figure(number: int) -> str:
    return str(number) if number > 0 else ""


def _open_ended(text: str) -> str:
    """Typed words that a sentence goes on after: without the full stop that they may end with."""
    return " ".join(text.split()).rstrip(".;, ")


def _joined(parts: Sequence[str]) -> tuple[str, ...]:
    """On one line, as long as the table lets it be."""
    return (", ".join(part.strip() for part in parts if part.strip()),)


def _filled(rows: list[Fact]) -> list[Fact]:
    kept = [replace(row, lines=tuple(line.strip() for line in row.lines if line.strip())) for row in rows]
    return [row for row in kept if row.lines]
