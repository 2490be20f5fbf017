"""The delay duty: a visitor is told why, how long, and offered another time; the answer is one key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from reception.clock import Instant, local_date
from reception.domain.booked import DelayAnswer, DelayReason
from reception.domain.booking import Slot
from reception.domain.desk_view import DeskView
from reception.domain.duties import Duty, DutyKind
from reception.services.appointment_commands import AnnounceDelay, TellOfDelay
from ui import appointment_words as words
from ui import counter_words, moments
from ui.isolated import isolated
from ui.panels.fields import FieldRow, as_typed
from ui.panels.fitting import flowing
from ui.panels.panel import Panel
from ui.panels.sender import SentBy
from ui.refused import Refused
from ui.widgets import RING, ChoiceGrid, ElidingLabel, KeyButton, LineEdit, Offer, Paragraph
from ui.widgets.drop import Drop

LONGEST = 480


class _Delay(Panel):
    """What telling one visitor and announcing to a room have in common: why, and how long."""

    wants_room = True

    def __init__(self, title: str, note: str) -> None:
        super().__init__(title, note)
        self.reason = flowing(ChoiceGrid(3, "Why", big=False))
        self.reason.set_offers(
            [Offer(reason.value, str(at), said) for at, (reason, said) in enumerate(words.REASONS.items(), start=1)]
        )
        for at, reason in enumerate(words.REASONS, start=1):
            self.deed(words.REASONS[reason], str(at), self._choosing(reason))
        self.typed = LineEdit(placeholder="Or in a few words of your own")
        self.typed.setAccessibleName("Why, in your own words")
        self.minutes = Drop("Minutes", [(str(count), moments.plural(count, "minute")) for count in _MINUTES])

    def _choosing(self, reason: DelayReason) -> Callable[[], None]:
        return lambda: self.reason.set_value(reason.value)

    def chosen_reason(self) -> DelayReason:
        """What was typed comes before what was chosen."""
        if as_typed(self.typed.text()):
            return DelayReason.OTHER
        return DelayReason(self.reason.value() or DelayReason.RUNNING_OVER)

    def expected_minutes(self) -> int:
        return int(self.minutes.value() or 0)

    def is_worth_keeping(self) -> bool:
        return bool(self.typed.text())


_MINUTES = (*range(1, 10), *range(10, 60, 5), *range(60, LONGEST + 1, 15))


def nearest_minutes(span: int) -> int:
    """The offered number of minutes that is not less than a span in milliseconds."""
    wanted = words.late_minutes(span)
    return next((count for count in _MINUTES if count >= wanted), LONGEST)


class TellPanel(_Delay):
    """One visitor: W will wait, A takes another time, L leaves; on the telephone also N, not reached."""

    ends_at_counter = True

    wants_slots = Signal()
    """Answered with :meth:`show_slots`."""
    another_time = Signal()
    """The visitor takes another time: it is to be chosen now."""

    def __init__(self, duty: Duty, view: DeskView, by: SentBy, now: Instant) -> None:
        """`now`: when it is asked, which is later than the view where nothing has happened since."""
        rings = duty.kind is DutyKind.TELEPHONE
        title, note = ("Ring", f"{duty.number}, {duty.service}") if rings else (f"Tell {duty.number}", duty.service)
        super().__init__(title, note)
        self._duty, self._view, self._by = duty, view, by
        self._slots: tuple[Slot, ...] = ()
        who = isolated(words.capital(duty.name)) or "The name is not known"
        self.add_words(f"{who}, {whereabouts(duty, view)}.").set_style("base", 600)
        self.add_words(promise_words(duty, view, now))
        if rings:
            number = Paragraph(duty.telephone or "No telephone number is known", "figure", 600)
            number.setContentsMargins(RING, 0, RING, 0)
            self.content.addWidget(number)
            if duty.leave_no_message:
                self.add_words("Leave no message.")
        self.minutes.set_value(str(nearest_minutes(duty.expected_at - now)))
        self.content.addWidget(FieldRow("Why", self.reason, label_above=True))
        self.content.addWidget(FieldRow("Or", self.typed))
        self.content.addWidget(FieldRow("Likely in", self.minutes))
        self.times = ElidingLabel("Looking for free times…", lines=4)
        self.content.addWidget(FieldRow("Or offer", self.times))
        self.end_content()
        self._add_answers(rings=rings)
        self.reason.set_value(DelayReason.RUNNING_OVER.value)

    def _add_answers(self, *, rings: bool) -> None:
        """The keys of the answers stand at the foot, always in sight."""
        grid = self.add_deeds()
        answers = [
            ("Another time", "A", self._answering(DelayAnswer.ANOTHER_TIME)),
            ("Leaves" if not rings else "Not coming", "L", self._answering(DelayAnswer.LEAVES)),
        ]
        if rings:
            answers.append(("Not reached", "N", self._answering(DelayAnswer.NOT_REACHED)))
        for answer in answers:
            grid.add(KeyButton(self.deed(*answer)))
        words_of_main = "Told, will come then" if rings else "Told, will wait"
        self.start_with(self.set_main(words_of_main, self._answering(DelayAnswer.WILL_WAIT), "W, or Enter"))
        self.deed(words_of_main, "W", self._answering(DelayAnswer.WILL_WAIT))

    @property
    def duty(self) -> Duty:
        return self._duty

    def show_slots(self, slots: tuple[Slot, ...]) -> None:
        """These are the nearest times to offer."""
        self._slots = slots
        zone, now = self._view.office.zone, self._view.now
        said = [words.when_words(slot.place.starts, zone, now) for slot in slots]
        self.times.set_text(words.capital("; ".join(said)) or "No free time in the next weeks")

    def show_unknown(self, no: Refused) -> None:
        """What is free can't be told."""
        self.times.set_text(no.reason)

    def offered(self) -> tuple[int, ...]:
        return tuple(slot.place.starts for slot in self._slots)

    def _answering(self, answer: DelayAnswer) -> Callable[[], None]:
        return lambda: self._answer(answer)

    def _answer(self, answer: DelayAnswer) -> None:
        duty, reason = self._duty, self.chosen_reason()
        self.sent.emit(
            TellOfDelay(
                id=self.ids.id_for(answer),
                **self._by,
                visit_id=duty.visit_id,
                appointment_id="" if duty.visit_id else duty.appointment_id,
                reason=reason,
                words=as_typed(self.typed.text()) if reason is DelayReason.OTHER else "",
                expected_minutes=self.expected_minutes(),
                offered=self.offered(),
                answer=answer,
                by_telephone=duty.kind is DutyKind.TELEPHONE,
            )
        )


def whereabouts(duty: Duty, view: DeskView) -> str:
    """Where the visitor is, as far as this desk knows: "waiting since 10.34am", "on hold at Counter 2"."""
    if not duty.visit_id:
        return "not here yet"
    row = next((each for each in view.queue if each.visit_id == duty.visit_id), None)
    if row is not None:
        return f"waiting since {moments.said_time(row.arrived_at, view.office.zone)}"
    aside = next((each for each in view.asides if each.visit_id == duty.visit_id), None)
    if aside is None:
        return "here"
    said = counter_words.aside_words(aside, local_date(view.now, view.office.zone))
    return said[:1].lower() + said[1:]


def promise_words(duty: Duty, view: DeskView, now: Instant) -> str:
    """What was promised and how it stands: "Promised by 10.43am, now 6 min over; likely in about 3 min."."""
    zone = view.office.zone
    promised = f"Promised by {moments.said_time(duty.promised_at, zone)}"
    minutes = nearest_minutes(duty.expected_at - now)
    if duty.promised_at < now:
        said = f"{promised}, now {moments.time_left(duty.promised_at, now)}; likely in about {minutes} min."
    elif duty.kind is DutyKind.TELEPHONE:
        said = f"{promised}, likely {nearest_minutes(duty.expected_at - duty.promised_at)} min late."
    else:
        said = f"{promised}; likely in about {minutes} min."
    if duty.last_told_at is not None:
        return f"{said} Told at {moments.said_time(duty.last_told_at, zone)}, and that time has passed."
    return said


class AnnouncePanel(_Delay):
    """Said to the whole room. It is kept as announced, and nobody counts as told by it."""

    def __init__(self, view: DeskView, by: SentBy) -> None:
        super().__init__("Announce a delay", "to the whole room")
        self._by = by
        self.add_words("Say it to the room, then press Enter. Nobody counts as told by it: each is still to be told.")
        services = [("", "All services"), *((each.id, each.name) for each in view.office.services)]
        self.service = Drop("Service", services)
        self.content.addWidget(FieldRow("Why", self.reason, label_above=True))
        self.content.addWidget(FieldRow("Service", self.service))
        self.content.addWidget(FieldRow("Likely", self.minutes))
        self.end_content()
        self.reason.set_value(DelayReason.RUNNING_OVER.value)
        self.minutes.set_value("15")
        self.start_with(self.set_main("Announced", self._announce))

    def _announce(self) -> None:
        self.sent.emit(
            AnnounceDelay(
                id=self.ids.id_for("announce"),
                **self._by,
                reason=self.chosen_reason(),
                service_id=self.service.value(),
                minutes=self.expected_minutes(),
            )
        )
