"""What README and docs point to is there: pictures, pages, headings, and the files that the tables name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import fields

from reception.config import Config

PROJECT = Path(__file__).parents[2]
PAGES = [PROJECT / "README.md", PROJECT / "CHANGELOG.md", *sorted((PROJECT / "docs").glob("*.md"))]


def cells(page: str, column: int) -> list[str]:
    """A column of all tables of a page, without their heads."""
    lines = (PROJECT / "docs" / page).read_text(encoding="utf-8").splitlines()
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines if line.startswith("|") and not line.startswith("|--")]
    return [row[column] for row in rows if len(row) > column]


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    for target in targets:
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = page.parent / file if file else page
        assert there.exists(), target
        if anchor:
            assert anchor in anchors(there), target


def test_every_picture_is_shown() -> None:
    words = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    unused = [each.name for each in (PROJECT / "docs" / "images").glob("*.png") if f"images/{each.name}" not in words]
    assert not unused


def test_the_table_of_settings_names_all_that_there_are_and_no_other() -> None:
    keys = [row for row in cells("../README.md", 0) if re.match(r" (`\[|`[a-z_]+`[, ])", row)]
    named = {name for row in keys for name in _settings(row)}
    nested = {field.name: field.type for field in fields(Config) if hasattr(field.type, "__struct_fields__")}
    there = {field.name for field in fields(Config)} - set(nested)
    there |= {f"[{part}] {field.name}" for part, kind in nested.items() for field in fields(kind)}
    there -= {f"[letter_printer] {name}" for name in ("paper", "dots_per_line")}  # letters are on A4
    assert sorted(named) == sorted(there)


def _settings(row: str) -> list[str]:
    """The settings that a row of the README's table names: "[kiosk] full_screen"."""
    part, *names = re.findall(r"`([^`]+)`", row)
    return [f"{part} {name}" for name in names] if part.startswith("[") else [part, *names]


def test_the_tests_that_keep_promises_exist() -> None:
    kept = list(zip(cells("promises.md", 0), cells("promises.md", 1), strict=True))
    assert len(kept) == len(set(kept)), "no row stands twice"
    named = {name for cell in cells("promises.md", 2) for name in re.findall(r"`([^`]+\.py)`", cell)}
    assert named
    assert [name for name in sorted(named) if not (PROJECT / name).exists()] == []


def test_the_rooms_of_the_house_exist() -> None:
    missing = []
    for cell in cells("architecture.md", 0):
        folder = ""
        for name in re.findall(r"`([^`]+)`", cell):
            if "/" in name:
                folder = name.rpartition("/")[0]
            path = name if "/" in name or not folder else f"{folder}/{name}"
            if not any(list((PROJECT / top).glob(path.rstrip("/"))) for top in (".", "reception")):
                missing.append(path)
    assert missing == []
