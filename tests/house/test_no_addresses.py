"""The project names no package registry and no folder of anybody's machine."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]

# Put together from parts, so that this file does not name them either.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("pypi", "python", "org"),
        ("npmjs", "(?:org|com)"),
        ("yarnpkg", "com"),
        ("crates", "io"),
        ("rubygems", "org"),
        ("golang", "org"),
        ("anaconda", "(?:org|com)"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("(?:archive|ports|security)", "ubuntu", "com"),
    )
]
REGISTRY = re.compile(
    r"(?<![\w-])(?:[\w-]+\.)*(?:" + "|".join(name.replace(".", r"\.") for name in REGISTRIES) + r")\b"
)
FOLDERS = ["roo" + "t", "wor" + "k", "hom" + r"e/[\w.-]+", "User" + r"s/\w+"]
HOME = re.compile(r"(?<![\w.$}/-])/(?:" + "|".join(FOLDERS) + ")/")


def _listing() -> Iterator[Path]:
    """What git knows or would take in; without git, everything but what tools leave behind."""
    if shutil.which("git") and (PROJECT / ".git").exists():
        listed = subprocess.run(
            ["git", "-c", f"safe.directory={PROJECT}", "ls-files", "-z", "-co", "--exclude-standard"],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )
        if listed.returncode == 0:
            yield from (PROJECT / name for name in listed.stdout.split("\0") if name)
            return
    for path in PROJECT.rglob("*"):
        parts = path.relative_to(PROJECT).parts
        if not any((part.startswith(".") and part != ".ci") or part in ("__pycache__", "build") for part in parts):
            yield path


def _text(path: Path) -> str | None:
    if not path.is_file():
        return None
    content = path.read_bytes()
    return None if b"\0" in content[:8192] else content.decode("utf-8", errors="replace")


@pytest.mark.parametrize(("what", "pattern"), [("a package registry", REGISTRY), ("somebody's folder", HOME)])
def test_no_file_names(what: str, pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(PROJECT)}:{number}: {hit[0]}"
        for path in _listing()
        if (text := _text(path)) is not None
        for number, line in enumerate(text.splitlines(), 1)
        if (hit := pattern.search(line))
    ]
    assert not found, f"these name {what}: " + ", ".join(found[:20])


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (REGISTRY, "see https://files.python" + "hosted.org/x"),
        (REGISTRY, "index = py" + "pi.org"),
        (HOME, 'open("/hom' + 'e/ann/x")'),
        (HOME, "in /roo" + "t/x"),
    ],
)
def test_the_patterns_find(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)


@pytest.mark.parametrize("line", ["script/work/x", "$root/.venv", "see docs/root/", "/usr/bin/python3"])
def test_the_patterns_leave_alone(line: str) -> None:
    assert not REGISTRY.search(line)
    assert not HOME.search(line)
