"""The questions of a kiosk: each says what it asks, in the visitor's words."""

from __future__ import annotations

from reception.domain.kiosk import Face
from reception.domain.languages import VISITOR_LANGUAGES
from reception.domain.person import Need
from ui.kiosk.entered import At
from ui.kiosk.fields import CODE_LENGTH, DATE_LENGTH, DATE_PARTS, NAME_MOST, PIN_MOST
from ui.kiosk.interpreters import languages_to_choose
from ui.kiosk.scene import Scene
from ui.kiosk.screens import Choice, Entry, Keys, Screen
from ui.visitor_words import VisitorWords

GO_ON, OTHER, SKIP = "go_on", "other", "skip"
_NEEDS = (
    (Need.LARGE_PRINT, "large-print"),
    (Need.PRIVATE, "lock"),
    (Need.BSL, "hand"),
    (Need.INTERPRETER, "speech"),
    (Need.HEARING_LOOP, "hearing"),
    (Need.STEP_FREE, "step-free"),
    (Need.CHILDREN, "child"),
    (Need.HELP, "people"),
)
_FACES = tuple((face, f"face-{face.value.replace('_', '-')}") for face in Face)


def language(scene: Scene) -> Screen:
    """Each language by its own name, in its own script."""
    choices = tuple(
        Choice(
            each.tag,
            each.own_name,
            ticked=True if scene.is_on_the_way and each.tag == scene.words.tag else None,
            half=number > 0,
            tall=True,
            language=each.tag,
        )
        for number, each in enumerate(VISITOR_LANGUAGES)
        if each.tag not in scene.unreadable
    )
    words = scene.words
    return Screen(
        At.LANGUAGE,
        words("kiosk.welcome.title"),
        words("kiosk.welcome.line"),
        choices=choices,
        back=scene.is_on_the_way,
        grand=True,
    )


def purpose(scene: Scene) -> Screen:
    words = scene.words
    choices = [
        Choice("ticket", words("kiosk.purpose.ticket"), words("kiosk.purpose.ticket_line"), icon="ticket"),
        Choice("check_in", words("kiosk.purpose.check_in"), words("kiosk.purpose.check_in_line"), icon="calendar"),
        Choice("feedback", words("kiosk.purpose.feedback"), words("kiosk.purpose.feedback_line"), icon="face-good"),
    ]
    return Screen(At.PURPOSE, words("kiosk.purpose.title"), words("kiosk.purpose.line"), choices=tuple(choices))


def service(scene: Scene) -> Screen:
    words = scene.words
    choices, waits = [], False
    for each in scene.view.services:
        name, about = scene.name_of(each)
        wait = words("kiosk.service.full") if each.full else scene.brief_wait(each.wait)
        waits = waits or bool(scene.brief_wait(each.wait))
        choices.append(Choice(each.id, name, about, aside=wait, enabled=not each.full))
    line = words("kiosk.service.line" if waits else "kiosk.service.line_without_waits")
    if scene.entered.is_claim:
        line = words("kiosk.check_in.line_cut_off")
    return Screen(At.SERVICE, words("kiosk.service.title"), line, choices=tuple(choices))


def needs(scene: Scene) -> Screen:
    words, entered = scene.words, scene.entered
    choices = tuple(
        Choice(
            need.value,
            words(f"kiosk.needs.{need.value}"),
            icon=icon,
            ticked=need in entered.needs,
            half=True,
            enabled=not entered.has_ticket,
        )
        for need, icon in _NEEDS
    )
    chosen = len(entered.needs)
    label = words("kiosk.needs.chosen", count=chosen) if chosen else words("kiosk.needs.none")
    if entered.has_ticket:
        label = words("kiosk.next")
    line = words("kiosk.needs.taken" if entered.has_ticket else "kiosk.needs.line")
    return Screen(
        At.NEEDS,
        words("kiosk.needs.title"),
        line,
        choices=choices,
        back=not entered.has_ticket,
        main=Choice(GO_ON, label, main=True),
    )


def interpreter(scene: Scene) -> Screen:
    words = scene.words
    label, line = words("kiosk.interpreter.other_language"), words("kiosk.interpreter.other_language_line")
    return Screen(
        At.INTERPRETER,
        words("kiosk.interpreter.title"),
        words("kiosk.interpreter.line"),
        choices=(*languages_to_choose(words), Choice(OTHER, label, line, half=True)),
    )


def check_in(scene: Scene) -> Screen:
    words = scene.words
    choices = (
        Choice("scan", words("kiosk.check_in.scan"), words("kiosk.check_in.scan_line"), icon="qr"),
        Choice("reference", words("kiosk.check_in.reference"), words("kiosk.check_in.reference_line"), icon="book"),
        Choice("name", words("kiosk.check_in.name"), words("kiosk.check_in.name_line"), icon="person"),
    )
    line = words("kiosk.check_in.line_cut_off" if scene.cut_off else "kiosk.check_in.line")
    return Screen(At.CHECK_IN, words("kiosk.check_in.title"), line, choices=choices)


def _other_ways(words: VisitorWords) -> tuple[Choice, ...]:
    return (
        Choice("reference", words("kiosk.check_in.reference"), words("kiosk.check_in.reference_line"), icon="book"),
        Choice("name", words("kiosk.check_in.name"), words("kiosk.check_in.name_line"), icon="person"),
    )


def scan(scene: Scene) -> Screen:
    words = scene.words
    return Screen(At.SCAN, words("kiosk.scan.title"), words("kiosk.scan.line"), choices=_other_ways(words))


def foreign(scene: Scene) -> Screen:
    words = scene.words
    return Screen(
        At.FOREIGN, words("kiosk.scan.foreign_title"), words("kiosk.scan.foreign_line"), choices=_other_ways(words)
    )


def ticket_scanned(scene: Scene) -> Screen:
    words = scene.words
    return Screen(
        At.TICKET,
        words("kiosk.scan.ticket_title"),
        words("kiosk.scan.ticket_line"),
        choices=(Choice("help", words("kiosk.ask_for_help"), icon="bell"),),
        help=False,
        main=Choice("finish", words("kiosk.finish"), main=True),
    )


def reference(scene: Scene) -> Screen:
    words = scene.words
    entry = Entry(Keys.REFERENCE, words("kiosk.keyboard.typed"), CODE_LENGTH, before="AP-")
    return _typed(scene, At.REFERENCE, "kiosk.reference", words("kiosk.reference.line"), entry)


def name(scene: Scene) -> Screen:
    words = scene.words
    others = words.tag.startswith("zh")
    line = words("kiosk.name.line_other_letters" if others else "kiosk.name.line")
    return _typed(scene, At.NAME, "kiosk.name", line, Entry(Keys.NAME, words("kiosk.keyboard.typed"), NAME_MOST))


def born(scene: Scene) -> Screen:
    words = scene.words
    names = (words("kiosk.born.day"), words("kiosk.born.month"), words("kiosk.born.year"))
    parts = tuple(zip(names, DATE_PARTS, strict=True))
    entry = Entry(Keys.DATE, words("kiosk.keyboard.typed"), DATE_LENGTH, parts=parts)
    return _typed(scene, At.BORN, "kiosk.born", words("kiosk.born.line"), entry)


def _typed(scene: Scene, at: At, key: str, line: str, entry: Entry) -> Screen:
    words, fault = scene.words, scene.entered.fault
    return Screen(
        at,
        words(f"{key}.title"),
        fault or line,
        entry=entry,
        main=Choice(GO_ON, words("kiosk.next"), main=True),
        is_fault=bool(fault),
    )


def feedback(scene: Scene) -> Screen:
    words = scene.words
    choices = tuple(Choice(face.value, words(f"kiosk.feedback.{face.value}"), icon=icon) for face, icon in _FACES)
    return Screen(At.FEEDBACK, words("kiosk.feedback.title"), words("kiosk.feedback.line"), choices=choices)


def about(scene: Scene) -> Screen:
    words = scene.words
    choices = tuple(Choice(each.id, scene.name_of(each)[0], half=True) for each in scene.view.services)
    return Screen(
        At.ABOUT,
        words("kiosk.feedback.about_title"),
        words("kiosk.feedback.about_line"),
        choices=choices,
        back=False,
        main=Choice(SKIP, words("kiosk.feedback.rather_not"), main=True),
    )


def pin(scene: Scene) -> Screen:
    """For staff, in English."""
    entry = Entry(Keys.PIN, "PIN", PIN_MOST)
    return Screen(
        At.PIN,
        "For staff: leave the kiosk",
        scene.entered.fault or "Type the kiosk’s PIN.",
        entry=entry,
        help=False,
        main=Choice(GO_ON, "Leave", main=True),
        staff=True,
    )
