"""A viewport made here is in all like Qt's own."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollArea, QTableView

from ui.widgets.viewport import give_viewport


@pytest.mark.parametrize(
    ("kind", "ground"),
    [(QTableView, QPalette.ColorRole.Base), (QScrollArea, QPalette.ColorRole.NoRole)],
)
def test_it_is_like_qts(qapp: QApplication, kind: type[QAbstractScrollArea], ground: QPalette.ColorRole) -> None:
    theirs, ours = kind(), kind()
    own = ours.viewport()
    give_viewport(ours, ground)
    assert ours.viewport() is not own
    of_theirs, of_ours = (
        (
            viewport.objectName(),
            viewport.backgroundRole(),
            viewport.autoFillBackground(),
            viewport.focusPolicy(),
            viewport.focusProxy() is area,
            viewport.hasMouseTracking(),
            viewport.acceptDrops(),
            viewport.sizePolicy(),
            viewport.cursor().shape(),
        )
        for area in (theirs, ours)
        for viewport in (area.viewport(),)
    )
    assert of_ours == of_theirs
