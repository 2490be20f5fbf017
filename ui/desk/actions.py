"""The actions of the key table, as Qt keeps them: buttons and shortcuts are made from these."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QSignalBlocker, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.desk.key_table import TABLE, Act, Entry, Keys, Stage
from ui.widgets.settling import laid_out_once


class DeskActions(QObject):
    """The QActions of the table. Those without a place in a stage are invisible in it, and their keys are free."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._actions: dict[Act, QAction] = {}
        for entry in TABLE:
            action = QAction(entry.words, self)
            action.setAutoRepeat(False)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setStatusTip(entry.about)
            self._actions[entry.act] = action
            owner.addAction(action)
        self._shown: dict[Act, tuple[Keys, bool, str]] = {}
        self.set_stage(Stage.SIGNED_OUT, frozenset(), panel_open=False)

    def __getitem__(self, act: Act) -> QAction:
        return self._actions[act]

    def set_stage(
        self,
        stage: Stage,
        possible: frozenset[Act],
        *,
        panel_open: bool,
        reasons: Mapping[Act, str] | None = None,
    ) -> None:
        """Show the actions of a stage; enable those that are possible and not covered by a panel.

        `reasons` tell why one that is shown can't be used.
        """
        reasons = reasons or {}
        with laid_out_once(self._owner):
            for entry in TABLE:
                enabled = entry.act in possible and (entry.through_panels or not panel_open)
                shown = (entry.keys.get(stage, ()), enabled, reasons.get(entry.act, ""))
                if shown != self._shown.get(entry.act):
                    self._shown[entry.act] = shown
                    _show(self._actions[entry.act], entry, *shown)

    def with_key(self, sequence: QKeySequence) -> Act | None:
        """The action that a key means in this stage, enabled or not."""
        for act, action in self._actions.items():
            if action.isVisible() and sequence in action.shortcuts():
                return act
        return None


def _show(action: QAction, entry: Entry, keys: Keys, enabled: bool, reason: str) -> None:
    """Bring an action up to date, and tell of it once, not at each step. What can be done has no reason why not."""
    reason = "" if enabled else reason
    with QSignalBlocker(action):
        shortcuts = [QKeySequence(key) for key in keys]
        if action.shortcuts() != shortcuts:
            action.setShortcuts(shortcuts)
        action.setVisible(bool(keys))
        action.setEnabled(enabled)
        action.setToolTip(reason)
        action.setStatusTip(reason or entry.about)
    action.changed.emit()
