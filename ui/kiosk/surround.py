"""What stands round every screen: the office, the time, and what always holds."""

from __future__ import annotations

from reception.domain.kiosk import NoTickets
from ui.kiosk.entered import At
from ui.kiosk.scene import Scene
from ui.kiosk.screens import LANGUAGE, Surround
from ui.kiosk.watched_office import WatchedOffice


def surround_of(scene: Scene, office: WatchedOffice, at: At, aids: frozenset[str], *, is_alone: bool) -> Surround:
    """`is_alone`: the screen says the one thing that counts now, and nothing stands beside it."""
    is_alone = is_alone or at is At.PIN or scene.view.no_tickets is NoTickets.EVACUATED
    return Surround(
        scene.view.office,
        scene.time(scene.now),
        () if is_alone else tuple(_standing(scene, office)),
        aids | {LANGUAGE} if at is At.LANGUAGE else aids,
        office.cut_off,
    )


def _standing(scene: Scene, office: WatchedOffice) -> list[tuple[str, str]]:
    words, standing = scene.words, []
    if office.cut_off_since is not None:
        standing.append(("not-arrived", words("kiosk.cut_off", time=scene.time(office.cut_off_since))))
    elif office.is_slow:
        standing.append(("clock", words("kiosk.slow")))
    # Without a picture: with one it would look like something to touch.
    standing.append(("", words("kiosk.privacy")))
    if scene.view.free_telephone:
        standing.append(("", words("kiosk.free_telephone")))
    return standing
