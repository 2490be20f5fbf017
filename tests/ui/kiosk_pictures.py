"""Every screen of the kiosk as a picture: `python -m tests.ui.kiosk_pictures FOLDER [en,ur] [portrait,wide] [name]`.

Without a door: each screen is made from values, so that every one of them can be looked at.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QWidget

from reception.clock import HOUR, MINUTE, from_datetime, local_date
from reception.domain.kiosk import Finding, KioskAppointment, KioskService, KioskView, NoTickets
from reception.domain.office import ServiceWords
from reception.domain.person import Need
from reception.domain.said_wait import ExpectedWait
from reception.services.sample_words import place_said, who_comes_said
from ui.kiosk import asks, tells
from ui.kiosk.dressing import FAMILIES, Dress
from ui.kiosk.entered import At, Entered, Paper
from ui.kiosk.page import Page
from ui.kiosk.scene import Scene
from ui.kiosk.screens import Screen, Surround
from ui.theme import Look, add_fonts
from ui.theme_file import load_theme
from ui.visitor_words import read_words, words_of

NOW = from_datetime(datetime(2026, 11, 24, 10, 42, tzinfo=UTC))
LONDON = ZoneInfo("Europe/London")
SIZES = {"portrait": (1080, 1920), "wide": (1280, 800)}
_SERVICES = (
    ("Council Tax", "Bills, discounts, moving home", (9, 14)),
    ("Housing", "Homelessness, repairs, the register", (12, 20)),
    ("Benefits", "Housing Benefit, help with Council Tax", (8, 13)),
    ("Planning", "Applications, building control", (5, 9)),
    ("Parking", "Permits and penalty notices", (6, 11)),
    ("Citizens Advice", "Money, work, legal rights", (20, 30)),
    ("Something else", "Or if you are not sure", (5, 10)),
)


def view_of_a_morning() -> KioskView:
    """The office of the pictures, at 10.42 on a Tuesday."""
    services = tuple(
        KioskService(f"service-{number}", name, about, _said(name), ExpectedWait(*wait))
        for number, (name, about, wait) in enumerate(_SERVICES)
    )
    return KioskView(
        now=NOW,
        sequence=1,
        settings_version=1,
        office_id="office",
        office="Civic Offices, Borehamwood",
        council="Hertsmere Borough Council",
        timezone="Europe/London",
        place="Ground floor, by the screen",
        place_said=place_said(),
        telephone="020 8207 2277",
        services=services,
        no_tickets=None,
        next_open=None,
        closes_at=NOW + 6 * HOUR,
        unstaffed=False,
        who_comes="",
        help_telephone="",
        kiosk_pin_hash="hash",
        free_telephone=True,
    )


def _said(service: str) -> dict[str, ServiceWords]:
    """In the sample office's words; "Something else" in Urdu alone, as where an office has said no more of it."""
    if service == "Something else":
        return {"ur": ServiceWords("کچھ اور", "یا اگر آپ کو یقین نہیں")}
    by_tag = tomllib.loads((files("resources") / "sample" / "words.toml").read_text())["services"].get(service, {})
    return {tag: ServiceWords(**words) for tag, words in by_tag.items() if tag != "en"}


def scenes(tag: str) -> Iterator[tuple[str, Scene, Screen]]:
    """Every screen in a language: its name, what it is made from, and itself."""
    view, words = view_of_a_morning(), words_of(tag)

    def scene(entered: Entered | None = None, view: KioskView = view, *, cut_off: bool = False) -> Scene:
        entered = entered or Entered()
        entered.tag = tag
        return Scene(words, view, entered, NOW, cut_off)

    def with_values(**values: object) -> Entered:
        entered = Entered()
        for name, value in values.items():
            setattr(entered, name, value)
        return entered

    for maker in (asks.language, asks.purpose, asks.service):
        yield maker.__name__, scene(), maker(scene())
    needs = with_values(needs={Need.LARGE_PRINT, Need.INTERPRETER})
    yield "needs", scene(needs), asks.needs(scene(needs))
    for maker in (asks.interpreter, asks.check_in, asks.scan, asks.foreign, asks.reference, asks.name, asks.born):
        yield maker.__name__, scene(), maker(scene())
    for name, maker, fault in (
        ("reference", asks.reference, "reference.short"),
        ("name", asks.name, "name.empty"),
        ("born", asks.born, "born.wrong"),
    ):
        entered = with_values(fault=words(f"kiosk.{fault}"))
        yield f"{name}-wrong", scene(entered), maker(scene(entered))
    yield "ticket", scene(), asks.ticket_scanned(scene())
    for finding in Finding:
        at = NOW + (24 * HOUR if finding is Finding.OTHER_DAY else 8 * MINUTE)
        found = KioskAppointment(finding, "id", at, local_date(at, LONDON), "Bushey", "H010", "", 40)
        entered = with_values(found=found)
        yield f"found-{finding.value}", scene(entered), tells.found(scene(entered))
    for paper in Paper:
        entered = with_values(number="H010", wait=ExpectedWait(12, 20), service_id="service-1", paper=paper)
        yield f"last-{paper.value}", scene(entered), tells.last(scene(entered))
    claim = with_values(number="K1-03", service_id="service-0", is_claim=True, paper=Paper.PRINTING)
    yield "last-claim", scene(claim, cut_off=True), tells.last(scene(claim, cut_off=True))
    ready = KioskAppointment(Finding.READY, "id", NOW, local_date(NOW, LONDON), "", "H010", "Interview room 2", 0)
    here = with_values(
        number="H010", wait=ExpectedWait(1, 5), found=ready, is_check_in=True, needs={Need.BSL}, paper=Paper.PRINTING
    )
    yield "last-check-in", scene(here), tells.last(scene(here))
    yield "needs-taken", scene(here), asks.needs(scene(here))
    for why in NoTickets:
        shut = scene(view=replace(view, no_tickets=why, next_open=NOW + 22 * HOUR))
        yield f"shut-{why.value}", shut, tells.closed(shut)
    area = replace(
        view,
        unstaffed=True,
        who_comes="Somebody from the Citizens Advice Bureau comes to you in the order in which you came.",
        who_comes_said=who_comes_said(),
        help_telephone="01923 1234",
    )
    yield "help", scene(), tells.ask_help(scene())
    yield "help-unstaffed", scene(view=area), tells.ask_help(scene(view=area))
    for maker in (tells.coming, asks.feedback, asks.about, tells.thanked, tells.trouble, tells.not_now, tells.moment):
        yield maker.__name__, scene(), maker(scene())
    yield "idle", scene(), tells.idle(scene())
    yield "pin", scene(), asks.pin(scene())


def page_of(
    scene: Scene,
    screen: Screen,
    size: tuple[int, int],
    parent: QWidget,
    percent: int = 100,
    theme: str = "light",
    page: int = 0,
) -> Page:
    """The screen as it stands on the glass."""
    words = read_words("en") if screen.staff else scene.words
    dress = Dress(
        Look(load_theme(theme), percent),
        *size,
        is_right_to_left=words.is_right_to_left,
        family=FAMILIES.get(words.tag, ""),
    )
    standing = [("", words("kiosk.privacy")), ("", words("kiosk.free_telephone"))]
    if scene.cut_off:
        standing.insert(0, ("not-arrived", words("kiosk.cut_off", time=scene.time(NOW))))
    on = {"language"} if screen.name == At.LANGUAGE else set()
    on |= {"larger_text"} if percent > 100 else set()
    on |= {"high_contrast"} if theme == "high-contrast" else set()
    if scene.view.no_tickets is NoTickets.EVACUATED:
        standing = []
    clock = replace(scene, words=words).time(NOW)
    surround = Surround(scene.view.office, clock, tuple(standing), frozenset(on), scene.cut_off)
    made = Page(screen, surround, dress, words, parent, lambda: True, page)
    if made.countdown is not None:
        made.countdown.show_left(
            words("kiosk.idle.line" if screen.name == At.IDLE else "kiosk.last.closes", count=20), 0.66
        )
    if made.field is not None:
        made.field.set_text({"reference": "7K2", "born": "0311", "pin": "24"}.get(screen.name, "Ada By"))
    return made


def draw(folder: Path, tags: list[str], shapes: list[str], only: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    wears = [(100, "light"), (200, "light"), (100, "high-contrast")]
    for shape in shapes:
        parent = QWidget()
        parent.resize(*SIZES[shape])
        for tag in tags:
            for name, scene, screen in scenes(tag):
                if only and not name.startswith(only):
                    continue
                for percent, theme in wears:
                    number = 0
                    while True:
                        page = page_of(scene, screen, SIZES[shape], parent, percent, theme, number)
                        looks = f"-{percent}" if percent > 100 else "-contrast" if theme != "light" else ""
                        file = f"{shape}-{tag}-{name}{looks}{f'-page{number + 1}' if number else ''}.png"
                        page.grab().save(str(folder / file))
                        page.setParent(None)
                        page.deleteLater()
                        number += 1
                        if number >= page.pages:
                            break


if __name__ == "__main__":
    application = QApplication([])
    add_fonts()
    wanted = sys.argv[2].split(",") if len(sys.argv) > 2 else ["en", "pl", "ur", "zh-Hant"]
    draw(
        Path(sys.argv[1]),
        wanted,
        sys.argv[3].split(",") if len(sys.argv) > 3 else list(SIZES),
        sys.argv[4] if len(sys.argv) > 4 else "",
    )
