"""`reception doctor`: what works here, a line each, and what to do about the rest.

Each check looks at one thing and changes nothing. A check that fails in an unforeseen way says so, and the others go
on.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator

from reception.cli import doctor_computer, doctor_database, doctor_paper
from reception.cli.findings import Finding, Here, Level
from reception.cli.settings import settings_of
from reception.cli.terminal import one_line, say
from reception.config import default_config_path
from reception.errors import Refusal

Check = Callable[[Here], Iterator[Finding]]


def doctor(args: argparse.Namespace) -> int:
    """Print every finding; 1 when one of them is a failure."""
    findings = examine(_here(args))
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        say(f"{finding.level.value:<10} {finding.what:<{width}}  {one_line(finding.words)}")
    return 1 if any(finding.level is Level.FAILED for finding in findings) else 0


def _here(args: argparse.Namespace) -> Here:
    settings, trouble = None, ""
    try:
        settings = settings_of(args)
    except Refusal as refusal:
        trouble = str(refusal)
    return Here(settings, args.config or default_config_path(), trouble, os.environ, sys.platform)


def examine(here: Here) -> list[Finding]:
    """Every finding of every check, in their order."""
    findings: list[Finding] = []
    for name, check in CHECKS.items():
        try:
            findings += check(here)
        except Exception as error:  # noqa: BLE001  one check that breaks is itself a finding
            findings.append(Finding(name, Level.ATTENTION, f"could not be looked at: {type(error).__name__}"))
    return findings


CHECKS: dict[str, Check] = {
    "program": doctor_computer.program,
    "windows": doctor_computer.windows,
    "settings": doctor_computer.settings,
    "database": doctor_database.database,
    "station": doctor_database.namesakes,
    "fonts": doctor_paper.fonts,
    "wording": doctor_paper.wording,
    "screens": doctor_paper.screen_words,
    "printer": doctor_paper.printer,
    "letter printer": doctor_paper.letter_printer,
    "screen": doctor_computer.screen,
    "log": doctor_computer.log,
}
