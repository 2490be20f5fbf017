"""The lists of packages are whole: they are installed as they stand, without looking for anything more."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PROJECT = Path(__file__).parents[2]
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\$", re.MULTILINE)


def _pinned(file: str) -> dict[str, Version]:
    """What the list installs here, by name."""
    lines = _PIN.finditer((PROJECT / file).read_text(encoding="utf-8"))
    return {
        canonicalize_name(line["name"]): Version(line["version"])
        for line in lines
        if not line["marker"] or Requirement(f"{line['name']} ; {line['marker']}").marker.evaluate()  # type: ignore[union-attr]
    }


def _unmet(wanted: list[str], pinned: dict[str, Version]) -> set[str]:
    """Of these requirements and all that they require in turn, what the list does not give."""
    unmet: set[str] = set()
    todo = [(Requirement(each), "") for each in wanted]
    looked_at: set[tuple[str, str]] = set()
    while todo:
        requirement, extra = todo.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        version = pinned.get(name)
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            unmet.add(str(requirement))
            continue
        for further in ("", *requirement.extras):
            if (name, further) not in looked_at:
                looked_at.add((name, further))
                todo += [(Requirement(each), further) for each in metadata.requires(name) or ()]
    return unmet


@pytest.mark.parametrize(("file", "extras"), [("requirements.txt", ()), ("requirements-dev.txt", ("dev",))])
def test_every_package_that_another_one_needs_is_in_the_list(file: str, extras: tuple[str, ...]) -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + [each for extra in extras for each in project["optional-dependencies"][extra]]
    pinned = _pinned(file)
    assert len(pinned) > 20
    assert not _unmet(wanted, pinned)


def test_a_gap_in_the_list_would_be_found() -> None:
    pinned = _pinned("requirements.txt")
    del pinned["shiboken6"]
    assert any(each.startswith("shiboken6") for each in _unmet(["PySide6-Essentials"], pinned))
