"""Today, as a supervisor is shown it: figures and what needs somebody's attention, from what storage has read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from reception.clock import Millis
from reception.domain.about_now import OfficerState
from reception.domain.grouping import AppointmentGrouping, Grouping
from reception.domain.opening import openings_of
from reception.domain.outlook import AtRisk, outlook
from reception.domain.queueing import Kind, may_serve_at
from reception.domain.today_view import Attention, AttentionKind, DelayNow, Mark, ServiceNow, TodayView
from reception.services.figure_ports import AppointmentFigures, DelayFigures
from reception.services.reports import appointment_report, delay_report, resolved_report, wait_report
from reception.services.supervisor_ports import TodayRead, ToldToday, WalkInToday


def today_view(read: TodayRead, *, names_who_told: bool) -> TodayView:
    """The whole view. Partners' services are in no total. `names_who_told`: of each delay it says by whom."""
    partners = {service.id for service in read.services if service.partner}
    own = [each for each in read.walk_ins if each.service_id not in partners]
    booked = [each for each in read.appointments if each.service_id not in partners]
    waits = {
        each.entry.visit_id: read.waited[each.entry.visit_id]
        for each in read.scene.waiting
        if each.entry.service_id not in partners
    }
    all_at_risk = outlook(read.scene)
    at_risk = [each for each in all_at_risk if each.service_id not in partners]
    to_be_told = [each for each in at_risk if each.is_to_be_told]
    told = sum(each.is_told for each in to_be_told)
    openings = openings_of(read.office, read.day)
    (resolved,) = resolved_report((each.resolved for each in own if each.resolved is not None), Grouping.TOTAL)
    (appointments,) = appointment_report(booked, AppointmentGrouping.TOTAL)
    (delays,) = delay_report(_delays(own, booked), Grouping.TOTAL)
    (total,) = wait_report((each.figures for each in own), Grouping.TOTAL)
    return TodayView(
        now=read.now,
        sequence=read.sequence,
        office=read.office,
        opens_at=openings[0].starts if openings else None,
        closes_at=openings[-1].ends if openings else None,
        waits=total,
        resolved=resolved,
        appointments=appointments,
        delays=delays,
        waiting=len(waits),
        longest=max(waits.values(), default=None),
        will_miss=sum(not each.is_lost for each in at_risk),
        over=sum(each.is_lost for each in at_risk),
        told=told,
        untold=len(to_be_told) - told,
        services=_services(read, all_at_risk),
        marks=tuple(_mark(each, partners) for each in read.walk_ins),
        counters=read.counters,
        rooms=read.rooms,
        attention=tuple(_Attention(read).lines(at_risk)),
        delayed=tuple(_delayed(read, to_be_told, names_who_told)),
    )


def _delays(walk_ins: Iterable[WalkInToday], booked: Iterable[AppointmentFigures]) -> Iterator[DelayFigures]:
    yield from (each.delay for each in walk_ins if each.delay is not None)
    for each in booked:
        if each.is_lost:
            day = date.fromisoformat(each.day)
            yield DelayFigures(day, each.hour, each.service, each.told, each.told_in_time, each.offered, took=each.took)


def _delayed(read: TodayRead, to_be_told: Sequence[AtRisk], names_who_told: bool) -> Iterator[DelayNow]:
    """Of partners' visitors nothing, as in the counts beside it."""
    names = {service.id: service.name for service in read.services if not service.partner}
    told = {each.visit_id or each.appointment_id: each for each in read.told if each.service_id in names}
    open_ = {each.visit_id or each.appointment_id: each for each in to_be_told if not each.is_told}
    for key, each in open_.items():
        last = told.pop(key, None)
        if last is None:
            yield DelayNow(read.numbers.get(key, ""), names.get(each.service_id, ""), each.promised_at, True)
        else:
            yield _telling(last, names, last.officer if names_who_told else "", is_to_be_told=True)
    for walk_in in read.walk_ins:
        is_untold = walk_in.delay is not None and not walk_in.delay.told
        is_there = walk_in.visit_id in open_ or walk_in.visit_id in told
        if is_untold and not is_there and walk_in.service_id in names:
            yield DelayNow(walk_in.number, names[walk_in.service_id], walk_in.promised_at, is_to_be_told=False)
    for last in reversed(told.values()):
        yield _telling(last, names, last.officer if names_who_told else "", is_to_be_told=False)


def _telling(last: ToldToday, names: Mapping[str, str], officer: str, *, is_to_be_told: bool) -> DelayNow:
    told = last.told
    return DelayNow(
        last.number,
        names[last.service_id],
        told.promised_at,
        is_to_be_told,
        told_at=told.at,
        officer=officer,
        until=told.expected_at,
        answer=told.answer,
    )


def _mark(walk_in: WalkInToday, partners: Collection[str]) -> Mark:
    figures = walk_in.figures
    is_partner = walk_in.service_id in partners
    return Mark(
        walk_in.arrived_at,
        walk_in.wait,
        figures.target,
        figures.column,
        walk_in.service_id,
        is_partner,
        walk_in.stands_still,
    )


def _services(read: TodayRead, at_risk: Sequence[AtRisk]) -> tuple[ServiceNow, ...]:
    over = Counter(each.service_id for each in at_risk if each.is_lost)
    came = defaultdict(list)
    for each in read.walk_ins:
        came[each.service_id].append(each.figures)
    waits: dict[str, list[Millis]] = defaultdict(list)
    for waiting in read.scene.waiting:
        waits[waiting.entry.service_id].append(read.waited[waiting.entry.visit_id])
    found = []
    for service in sorted(read.services, key=lambda each: bool(each.partner)):
        (summary,) = wait_report(came[service.id], Grouping.TOTAL)
        now = waits[service.id]
        summary = replace(summary, group=service.name)
        found.append(
            ServiceNow(
                service.id, service.name, service.partner, len(now), max(now, default=None), over[service.id], summary
            )
        )
    return tuple(found)


class _Attention:
    """What somebody may have to do something about."""

    def __init__(self, read: TodayRead) -> None:
        self._read = read
        self._names = {service.id: service.name for service in read.services}
        self._waiting = Counter(each.entry.service_id for each in read.scene.waiting)
        self._at_work = [each for each in read.scene.counters if not each.only_named]

    def lines(self, at_risk: Sequence[AtRisk]) -> Iterator[Attention]:
        """Most urgent first. `at_risk`: whose promise ends first at first."""
        first: dict[str, AtRisk] = {}
        for each in at_risk:
            if not each.is_lost:
                first.setdefault(each.service_id, each)
        shown = [self._at_risk(AttentionKind.OVER, each) for each in at_risk if each.is_lost]
        shown += [self._at_risk(AttentionKind.WILL_MISS, each) for each in first.values()]
        yield from shown
        yield from self._nobody_serves({line.service for line in shown if not line.officers})
        for missing in self._read.no_interpreter:
            yield Attention(
                AttentionKind.INTERPRETER,
                self._names.get(missing.service_id, ""),
                missing.number,
                at=missing.starts,
                language=missing.language,
            )

    def _at_risk(self, kind: AttentionKind, each: AtRisk) -> Attention:
        return Attention(
            kind,
            self._names.get(each.service_id, ""),
            self._read.numbers.get(each.visit_id or each.appointment_id, ""),
            waiting=self._waiting[each.service_id],
            officers=self._officers(each.service_id, each.named_officer_id),
            at=each.promised_at,
            expected_at=each.expected_at,
            told_at=each.told_at,
            told_holds=each.told_at is None or each.is_told,
            could_serve=self._could_serve(each.service_id, each.named_officer_id),
        )

    def _nobody_serves(self, said: Collection[str]) -> Iterator[Attention]:
        """Whoever has come to an appointment is seen by its officer, who sits at no counter.

        `said`: services of which a line above says so already.
        """
        promised: dict[str, list[Millis]] = {}
        for each in self._read.scene.waiting:
            entry = each.entry
            if entry.kind is Kind.APPOINTMENT and entry.named_officer_id:
                continue
            if not self._officers(entry.service_id, ""):
                ends = promised.setdefault(entry.service_id, [])
                if each.promised_at is not None:
                    ends.append(each.promised_at)
        for service_id, ends in sorted(promised.items(), key=lambda each: (min(each[1], default=1 << 62), each[0])):
            name = self._names.get(service_id, "")
            if name in said:
                continue
            yield Attention(
                AttentionKind.NOBODY_SERVES,
                name,
                waiting=self._waiting[service_id],
                at=min(ends, default=None),
                could_serve=self._could_serve(service_id, ""),
            )

    def _officers(self, service_id: str, named_officer_id: str) -> int:
        return sum(may_serve_at(each.officer, each.counter, service_id, named_officer_id) for each in self._at_work)

    def _could_serve(self, service_id: str, named_officer_id: str) -> tuple[str, ...]:
        to_be_had = {each.id for each in self._read.officers if each.state is OfficerState.IN}
        return tuple(
            officer.name
            for officer in self._read.office.staff
            if officer.id in to_be_had
            and (not officer.skills or service_id in officer.skills)
            and named_officer_id in ("", officer.id)
        )
