"""A log as a CSV file: its rows, and what is refused of it before any row is believed."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from reception.errors import Code, Refusal
from reception.statistics.set_aside_file import why_not


def log_records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Every row that isn't blank, the column names too, with its number; blank rows are numbered as well."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            try:
                for row_number, cells in enumerate(reader, start=1):
                    if cells:
                        yield row_number, cells
            except csv.Error as error:
                raise Refusal(
                    Code.UNREADABLE_FILE,
                    f"{path.name} isn't CSV at line {reader.line_num}: a quotation mark is out of place.",
                    "Mend that line, or save the log as CSV again.",
                ) from error
    except UnicodeDecodeError as error:
        raise _not_text(path) from error
    except OSError as error:
        raise _not_readable(path, error) from error


def log_encoding(path: Path) -> str:
    """`utf-8-sig` or `utf-8`; refuses a file that can't be read, and one that isn't text."""
    try:
        with path.open("rb") as file:
            beginning = file.read(4096)
    except OSError as error:
        raise _not_readable(path, error) from error
    # A zero byte is valid UTF-8, but no log has one: it is a workbook, a database, or another encoding.
    if b"\0" in beginning:
        raise _not_text(path)
    return "utf-8-sig" if beginning.startswith(codecs.BOM_UTF8) else "utf-8"


_CLOCK_TIME = re.compile(r"[0-9]:[0-9]{2}")


def check_columns(path: Path, header: tuple[str, ...], wanted: Sequence[str]) -> None:
    """Refuses a log that is empty, has no column names, or not just one column for each name that is wanted."""
    if not header:
        raise Refusal(Code.UNREADABLE_FILE, f"{path.name} is empty.", "Export the log again, with column names.")
    # A log without column names would have its first visit listed as such, with the name if there is one.
    if any(_CLOCK_TIME.search(cell) for cell in header):
        raise Refusal(
            Code.UNREADABLE_FILE,
            f"The first row of {path.name} holds times, not the names of the columns.",
            "Put the names of the columns above the first visit.",
        )
    for name in wanted:
        there = header.count(name)
        if there != 1:
            raise Refusal(
                Code.BAD_INPUT,
                f"{path.name} has {'no' if there == 0 else 'more than one'} column {name}.",
                f"The columns, as the commas of its first row part them, are: {_listed(header)}.",
            )
        if wanted.count(name) > 1:
            raise Refusal(
                Code.BAD_INPUT,
                f"The column {name} is named for two things.",
                "Name a column of its own for each; leave out what the log doesn't have.",
            )


def _listed(header: tuple[str, ...], most: int = 30) -> str:
    names = [name for name in header if name]
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def check_format(date_format: str) -> None:
    """Refuses a format, written as for `strptime`, that doesn't give a whole date and time."""
    moment = datetime(2017, 11, 23, 17, 45, tzinfo=UTC)
    try:
        read = datetime.strptime(moment.strftime(date_format), date_format).replace(tzinfo=UTC)
    except (ValueError, re.error):
        read = None
    # %Z takes the names of zones that this computer knows and then forgets which one it was.
    if read != moment or "%Z" in date_format.replace("%%", ""):
        raise Refusal(
            Code.BAD_INPUT,
            f"The date format {date_format} doesn't tell the whole date and the time of day.",
            "Write it like %d/%m/%Y %H:%M:%S; an offset from UTC is %z.",
        )


def _not_text(path: Path) -> Refusal:
    return Refusal(
        Code.UNREADABLE_FILE,
        f"{path.name} is not text in UTF-8.",
        "Save the log as CSV in UTF-8; a workbook can't be read as it is.",
    )


def _not_readable(path: Path, error: OSError) -> Refusal:
    return Refusal(
        Code.UNREADABLE_FILE,
        f"{path.name} can't be read: {why_not(error)}.",
        "Check its name and folder, and that you may read it.",
    )
