"""What a desk's window needs to know of its station."""

from __future__ import annotations

from msgspec import Struct

from reception.config import Config, PrinterKind


class Station(Struct, frozen=True):
    """The station's own settings, as far as the window shows or uses them."""

    name: str
    office: str = ""
    """The office's name; empty when the database holds only one."""
    counter: str = ""
    """The counter that is proposed when signing in."""
    sign_in_note: str = ""
    """A line to read when signing in."""
    theme: str = "light"
    text_percent: int = 100
    prints: bool = True
    """There is a printer here."""


def station_of(config: Config) -> Station:
    return Station(
        name=config.station,
        office=config.office,
        counter=config.counter,
        sign_in_note=config.sign_in_note,
        theme=config.theme.value,
        text_percent=config.text_percent,
        prints=config.printer.kind is not PrinterKind.NONE,
    )
