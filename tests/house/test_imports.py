"""What the import contracts of pyproject.toml can't say: they forbid by name, this allows by name."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[2]
DOMAIN = PROJECT / "reception" / "domain"
FROZEN_VALUES = ("msgspec", "msgspec.structs")
ALLOWED_OF_OURS = ("reception.clock", "reception.config", "reception.domain", "reception.errors")


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.module == "reception":
                yield from (f"reception.{alias.name}" for alias in node.names)
            else:
                yield node.module or "."


def test_the_domain_imports_only_the_standard_library_frozen_values_and_the_floors_below() -> None:
    strangers = {
        f"{file.name}: {name}"
        for file in DOMAIN.rglob("*.py")
        for name in _imports(file)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not any(name == ours or name.startswith(f"{ours}.") for ours in ALLOWED_OF_OURS)
        and name not in FROZEN_VALUES
        and (file.name, name.partition(".")[0]) != ("workdays.py", "holidays")
    }
    assert not strangers
