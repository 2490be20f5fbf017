"""The table of actions, brought from stage to stage."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.desk.actions import DeskActions
from ui.desk.key_table import Act, Stage

NOBODY = "No visitor is at this counter."


def test_an_action_tells_once_what_a_stage_makes_of_it_and_nothing_when_it_stays_the_same(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = DeskActions(window)
    actions.set_stage(Stage.FREE, frozenset({Act.MAIN}), panel_open=False, reasons={Act.HOLD: NOBODY})
    told: list[str] = []
    for act in (Act.HOLD, Act.MAIN):
        actions[act].changed.connect(lambda act=act: told.append(act))
    possible = frozenset({Act.MAIN, Act.HOLD})
    actions.set_stage(Stage.CALLED, possible, panel_open=False)
    assert told == [Act.HOLD]
    hold = actions[Act.HOLD]
    assert (hold.isEnabled(), hold.toolTip(), hold.statusTip()) == (True, "Hold", "Set the visit aside")
    assert hold.shortcuts() == [QKeySequence("F9"), QKeySequence("Ctrl+H")]
    actions.set_stage(Stage.CALLED, possible, panel_open=False)
    assert told == [Act.HOLD]
