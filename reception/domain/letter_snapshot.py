"""All that a letter says, and the letter as it is looked at, saved and printed."""

from __future__ import annotations

from reception.clock import Instant
from reception.domain.booked import DelayReason, Kind, LetterKind
from reception.domain.booking import Slot
from reception.domain.discreet import Discreet
from reception.domain.person import Need
from reception.domain.visitor import HomeVisit


class LetterSnapshot(Discreet, frozen=True):
    """All that a letter says. It is personal throughout, and is neither logged nor named after anybody.

    `offered` of an apology are starts of slots. `code` is the reference, for the QR code; empty where there is nothing
    to check in for.
    """

    personal = frozenset({"recipient", "address", "about", "visitor", "home", "telephone"})

    kind: LetterKind
    large_print: bool
    language: str
    council: str
    office: str
    office_address: str
    timezone: str
    written_at: Instant
    reference: str
    recipient: str
    """Who it is written to: the visitor, or an interpreter."""
    address: tuple[str, ...]
    service: str
    """Empty in a neutral letter, and so is `service_said`."""
    kind_of_appointment: Kind
    starts: Instant
    ends: Instant
    officer: str
    officer_title: str
    room: str
    contact_name: str
    contact_telephone: str
    contact_email: str
    interpreter: str = ""
    interpreting: str = ""
    """The language that is interpreted, by its English name."""
    was: Instant | None = None
    """The time before, of a new time."""
    about: str = ""
    visitor: str = ""
    """Of an interpreter order: nobody's name; the ticket or reference stands for them."""
    home: HomeVisit = HomeVisit()
    telephone: str = ""
    """Where a telephone appointment rings."""
    expected_minutes: int = 0
    offered: tuple[Slot, ...] = ()
    step_free: bool = False
    needs: frozenset[Need] = frozenset()
    by_council: bool = False
    code: str = ""
    target_minutes: int = 0
    """Within how many minutes of its time the office promises to begin; 0: it promises nothing."""
    delay_reason: DelayReason | None = None
    """Of an apology: why, as the visitor was told; None where that was typed or is not known."""
    service_said: str = ""
    """The service's name in the letter's language, where the office has given it."""
    is_checked: bool = False
    """The council has had the words of this language checked."""


class LetterOut(Discreet, frozen=True):
    """A letter ready to look at, to save or to print.

    One in another language has the same in English beside it, as a document of its own, for the file.
    """

    personal = frozenset({"pdf", "file_copy"})

    appointment_id: str
    kind: LetterKind
    pdf: bytes
    pages: int
    file_name: str
    """Without anything personal: the reference and the kind."""
    language: str = "en"
    file_copy: bytes = b""
    """In English; empty where the letter is."""
    file_copy_pages: int = 0
    note: str = ""
    """What staff should know of the letter's language, in a line: that no translator has checked it, or why it is not
    the visitor's own."""


class PageImage(Discreet, frozen=True):
    """A page to look at: `width` times `height` pixels of red, green, blue, rows one after another, unpadded."""

    personal = frozenset({"pixels"})

    width: int
    height: int
    pixels: bytes
    """Three bytes a pixel."""
