"""What people call the things of an office: by name, whatever its capitals. What is not there is refused with the
choices."""

from __future__ import annotations

from collections.abc import Iterable

from reception.cli.terminal import one_line
from reception.domain.languages import code_of, name_of
from reception.domain.office import Office
from reception.errors import Code, Refusal


def service_id(office: Office, name: str) -> str:
    return _chosen(office, "service", name, ((each.name, each.id) for each in office.services))


def officer_id(office: Office, name: str | None) -> str:
    """Of an officer who takes appointments; empty when none is named."""
    return _chosen(office, "officer", name, ((each.name, each.id) for each in office.staff if each.takes_appointments))


def staff_id(office: Office, name: str) -> str:
    """Of anybody on the staff."""
    return _chosen(office, "member of staff", name, ((each.name, each.id) for each in office.staff))


def room_id(office: Office, name: str | None) -> str:
    return _chosen(office, "room", name, ((each.name, each.id) for each in office.rooms))


def interpreter_id(office: Office, name: str | None) -> str:
    return _chosen(office, "interpreter", name, ((each.name, each.id) for each in office.interpreters))


def language(office: Office, text: str | None) -> str:
    """The code of a language that an interpreter here works in; empty when none is wanted."""
    if not text:
        return ""
    offered = sorted({code for each in office.interpreters for code in each.languages})
    code = code_of(text)
    if code not in offered:
        raise Refusal(
            Code.UNKNOWN_THING,
            f"No interpreter of {office.name} works in “{one_line(text)}”.",
            f"Name one of: {', '.join(f'{each} ({name_of(each)})' for each in offered)}."
            if offered
            else "Enter its interpreters in the settings first.",
        )
    return code


def _chosen(office: Office, what: str, name: str | None, offered: Iterable[tuple[str, str]]) -> str:
    if not name:
        return ""
    known = list(offered)
    alike = [own for called, own in known if called.casefold() == name.casefold()]
    found = [own for called, own in known if called == name] or alike
    if len(found) == 1:
        return found[0]
    if found:
        raise Refusal(
            Code.UNKNOWN_THING,
            f"{office.name} has {len(found)} of the name “{one_line(name)}”.",
            f"Give each {what} a name of its own in the settings.",
        )
    raise Refusal(
        Code.UNKNOWN_THING,
        f"{office.name} has no {what} “{one_line(name)}”.",
        f"Name one of: {', '.join(called for called, _ in known)}." if known else f"It has no {what} yet at all.",
    )
