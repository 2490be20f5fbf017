"""What a kiosk tells: the number, what became of an appointment, that the office is closed, that somebody is coming."""

from __future__ import annotations

from reception.domain.kiosk import Finding, NoTickets
from reception.domain.languages import VISITOR_LANGUAGES
from ui.kiosk.entered import At, Paper
from ui.kiosk.scene import Scene
from ui.kiosk.screens import Choice, Screen, Sheet, Step
from ui.visitor_words import words_of

EVACUATED = "evacuated"
CHECK_IN, NOT_MINE, TAKE_TICKET, TRY_AGAIN, ASK, FINISH, MORE_TIME, START_AGAIN = (
    "check_in_now",
    "not_mine",
    "take_ticket",
    "try_again",
    "help",
    "finish",
    "more_time",
    "start_again",
)


def last(scene: Scene) -> Screen:
    """Number, where to wait, about how long, and thanks."""
    words, entered, view = scene.words, scene.entered, scene.view
    service = scene.service()
    about = words.wait("kiosk.wait.about", entered.wait) if entered.wait is not None else ""
    start = scene.name_of(service)[0] if service is not None else words("kiosk.last.checked_in")
    paper = {Paper.NONE: "no_printer", Paper.PRINTING: "take_ticket", Paper.FAILED: "not_printed"}[entered.paper]
    icon = "ticket" if entered.paper is Paper.PRINTING else "printer"
    steps = [Step(icon, words(f"kiosk.last.{paper}"), words(f"kiosk.last.{paper}_line"))]
    if entered.is_check_in and entered.found is not None and entered.found.starts_at is not None:
        at = scene.time(entered.found.starts_at)
        steps.append(Step("calendar", words("kiosk.last.appointment", time=at), words.own(entered.found.room)))
    if entered.is_claim:
        steps.append(Step("calendar", words("kiosk.last.claimed"), words("kiosk.last.claimed_line")))
    unstaffed = "_unstaffed" if view.unstaffed else ""
    where = words(f"kiosk.last.where_line{unstaffed}", number=entered.number)
    if view.unstaffed and view.who_comes:
        where = who_comes(scene)
    place = view.place_said.get(words.tag) or words.own(view.place) or words("kiosk.last.where")
    steps.append(Step("chair", place, where))
    ring = view.help_telephone or view.telephone
    leaving = words("kiosk.last.leaving_line")
    if view.unstaffed and ring:
        leaving = words("kiosk.last.leaving_line_unstaffed", telephone=ring)
    steps.append(Step("clock", words("kiosk.last.leaving"), leaving))
    return Screen(
        At.LAST,
        sheet=Sheet(words("kiosk.last.your_number"), entered.number, start, about),
        steps=tuple(steps),
        closing=words("kiosk.last.thanks"),
        counts_down=True,
        back=not entered.is_check_in,
        also=Choice(MORE_TIME, words("kiosk.last.more_time"), icon="more-time"),
        main=Choice(FINISH, words("kiosk.finish"), main=True),
        main_first=True,
    )


def found(scene: Scene) -> Screen:
    """What looking for an appointment came to, each with what can be done now."""
    words, appointment = scene.words, scene.entered.found
    assert appointment is not None
    at = appointment.starts_at
    time = scene.time(at) if at is not None else ""
    # Of an appointment of another day or office a kiosk hears the day alone.
    today = scene.today()
    day = scene.words.day(appointment.day, today) if appointment.day is not None else ""
    yes = Choice(CHECK_IN, words("kiosk.found.check_in"), main=True)
    ticket = Choice(TAKE_TICKET, words("kiosk.take_ticket"), icon="ticket")
    again = Choice(TRY_AGAIN, words("kiosk.try_again"), icon="repeat", main=True)
    ask = Choice(ASK, words("kiosk.ask_for_help"), icon="bell", main=True)
    title, line, main = "", "", ask
    choices: tuple[Choice, ...] = (ticket,)
    also: Choice | None = Choice(FINISH, words("kiosk.finish"))
    match appointment.finding:
        case Finding.READY:
            title, line = words("kiosk.found.ready_title"), words("kiosk.found.ready_line", time=time)
            choices, main, also = (Choice(NOT_MINE, words("kiosk.found.not_mine")),), yes, None
        case Finding.EARLY:
            title, line = words("kiosk.found.early_title"), words("kiosk.found.early_line", time=time)
            choices, main, also = (), yes, None
        case Finding.LATE:
            title, line = words("kiosk.found.late_title"), words("kiosk.found.late_line", time=time)
            choices, main, also = (), Choice(CHECK_IN, words("kiosk.found.late_check_in"), main=True), None
        case Finding.OTHER_DAY:
            kind = "past_day" if appointment.day is not None and appointment.day < today else "other_day"
            title = words(f"kiosk.found.{kind}_title")
            line = words(f"kiosk.found.{kind}_line", day=day)
        case Finding.OTHER_OFFICE:
            title = words("kiosk.found.other_office_title")
            line = words("kiosk.found.other_office_line", office=appointment.office, day=day)
        case Finding.ALREADY_CHECKED_IN:
            title, choices = words("kiosk.found.already_title"), ()
            main, also = Choice(FINISH, words("kiosk.finish"), main=True), None
            line = words("kiosk.found.already_line_without_number")
            if appointment.number:
                line = words("kiosk.found.already_line", number=appointment.number)
        case Finding.CANCELLED:
            title, line = words("kiosk.found.cancelled_title"), words("kiosk.found.cancelled_line")
        case Finding.NOT_FOUND:
            title, line = words("kiosk.found.not_found_title"), words("kiosk.found.not_found_line")
            main = again
        case Finding.TOO_MANY_TRIES:
            title = words("kiosk.found.too_many_title")
            line = words("kiosk.found.too_many_line", count=max(1, appointment.again_in_seconds))
            main = again
        case Finding.BY_TELEPHONE:
            title, line = words("kiosk.found.telephone_title"), words("kiosk.found.telephone_line", time=time)
        case Finding.AT_HOME:
            title, line = words("kiosk.found.home_title"), words("kiosk.found.home_line", time=time)
    if scene.view.no_tickets is not None:
        choices = tuple(each for each in choices if each is not ticket)
    # Where asking for help is the main action it stands there, and not below as well.
    return Screen(At.FOUND, title, line, choices=choices, help=main is not ask, also=also, main=main)


def closed(scene: Scene) -> Screen:
    """Why there are no tickets, and when there will be."""
    words, view = scene.words, scene.view
    if view.no_tickets is NoTickets.EVACUATED:
        return Screen(
            EVACUATED,
            words("kiosk.closed.evacuated_title"),
            words("kiosk.closed.evacuated_line"),
            back=False,
            help=False,
            others=tuple(
                (each.tag, words_of(each.tag)("kiosk.closed.evacuated_title"))
                for each in VISITOR_LANGUAGES
                if each.tag != words.tag and each.tag not in scene.unreadable
            ),
            is_alarm=True,
        )
    opens = words("kiosk.closed.opens_unknown")
    if view.next_open is not None and scene.is_today(view.next_open):
        opens = words("kiosk.closed.opens_today", time=scene.time(view.next_open))
    elif view.next_open is not None:
        opens = words("kiosk.closed.opens", day=scene.day(view.next_open), time=scene.time(view.next_open))
    ring = view.help_telephone or view.telephone
    ringing = (words("kiosk.closed.ring", telephone=ring),) if ring else ()
    if view.no_tickets is NoTickets.DAY_IS_FULL:
        lines = (opens, *ringing, words("kiosk.closed.full_appointments"))
        return Screen("full", words("kiosk.closed.full_title"), words("kiosk.closed.full_line"), lines)
    return Screen("closed", words("kiosk.closed.title"), opens, (*ringing, words("kiosk.closed.appointments")))


def who_comes(scene: Scene) -> str:
    """Who comes to visitors of an area office, in their language where the office has said it in that."""
    words, view = scene.words, scene.view
    return view.who_comes_said.get(words.tag) or words.own(view.who_comes)


def ask_help(scene: Scene) -> Screen:
    """The same question for everybody; what the second choice is for shows on no later screen."""
    words, view = scene.words, scene.view
    if view.unstaffed:
        ring = view.help_telephone or view.telephone
        steps = (
            (Step("phone", words("kiosk.help.ring", telephone=ring), words("kiosk.help.ring_line")),) if ring else ()
        )
        return Screen(At.HELP, words("kiosk.help.unstaffed_title"), who_comes(scene), steps=steps, help=False)
    choices = (
        Choice("screen", words("kiosk.help.screen"), icon="hand"),
        Choice("private", words("kiosk.help.private"), icon="speech"),
    )
    return Screen(At.HELP, words("kiosk.help.title"), words("kiosk.help.line"), choices=choices, help=False)


def coming(scene: Scene) -> Screen:
    words, view = scene.words, scene.view
    ring = view.help_telephone or (view.telephone if view.unstaffed else "")
    late = words("kiosk.help.coming_late_ring", telephone=ring) if ring else words("kiosk.help.coming_late_desk")
    return Screen(At.COMING, words("kiosk.help.coming_title"), words("kiosk.help.coming_line"), (late,), help=False)


def thanked(scene: Scene) -> Screen:
    words = scene.words
    return Screen(
        At.THANKED,
        words("kiosk.feedback.thanks_title"),
        words("kiosk.feedback.thanks_line"),
        back=False,
        counts_down=True,
        main=Choice(FINISH, words("kiosk.finish"), main=True),
    )


def trouble(scene: Scene) -> Screen:
    words = scene.words
    return Screen(At.TROUBLE, words("kiosk.trouble.title"), words("kiosk.trouble.line"))


def not_now(scene: Scene) -> Screen:
    """Nobody could be told that help is wanted."""
    words, view = scene.words, scene.view
    ring = view.help_telephone or view.telephone
    steps = (Step("phone", words("kiosk.help.ring", telephone=ring)),) if ring else ()
    title, line = words("kiosk.trouble.not_now_title"), words("kiosk.trouble.not_now_line")
    return Screen(At.NOT_NOW, title, line, steps=steps, help=False)


def moment(scene: Scene) -> Screen:
    return Screen(At.MOMENT, scene.words("kiosk.one_moment"), back=False)


def idle(scene: Scene) -> Screen:
    words = scene.words
    return Screen(
        At.IDLE,
        words("kiosk.idle.title"),
        counts_down=True,
        back=False,
        also=Choice(START_AGAIN, words("kiosk.start_again")),
        main=Choice(MORE_TIME, words("kiosk.idle.more_time"), main=True),
    )
