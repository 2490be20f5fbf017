"""The look that widgets under test wear, unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ui.theme import Look, apply_look, load_theme


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """Light at 100 %, worn by the application."""
    worn = Look(load_theme("light"))
    apply_look(qapp, worn)
    yield worn
    apply_look(qapp, worn)
