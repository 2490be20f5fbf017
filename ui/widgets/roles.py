"""What a screen reader takes the house's own widgets for: Qt knows of a painted widget only that it is one."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_Role = QAccessible.Role
_WORDS = ("ElidingLabel", "Chip", "NeedsLabel", "NeedLines", "HeldRow", "CounterHead", "_Board", "_Words")
_FIGURES = ("GreatFigure", "Legend")
_GROUPS = (
    "Sheet",
    "WithTable",
    "FiguresSheet",
    "HalfHoursSheet",
    "ControlGrid",
    "Segments",
    "PinPad",
    "FormRow",
    "HeaderBar",
    "Keypad",
)
_SUPERVISORS = ("TableSheet", "GreatFigures", "AttentionLine", "Tabs", "Header")
_WINDOWS = ("OpeningWindow", "WelcomeWindow", "KioskWindow", "DisplayWindow")
_ROLES: dict[str, _Role] = {
    **dict.fromkeys((*_WORDS, *_FIGURES), _Role.StaticText),
    **dict.fromkeys((*_GROUPS, *_SUPERVISORS), _Role.Grouping),
    **dict.fromkeys(_WINDOWS, _Role.Window),
    "Field": _Role.EditableText,
    "Plot": _Role.Chart,
    "MessageLine": _Role.StatusBar,
    # Of a scroll bar that has just gone Qt's own face still gives out a child: whatever lies in memory after the last
    # one (QAccessibleAbstractScrollArea::child of Qt 6.11), and the program dies of a screen reader's question.
    **dict.fromkeys(("QScrollArea", "QAbstractScrollArea"), _Role.Client),
    "EvacuationBanner": _Role.AlertMessage,
}
"""By the name of the class; those that are made from it have its role as well."""


def _made(name: str, about: QObject) -> QAccessibleInterface | None:
    role = _ROLES.get(name)
    if role is None or not isinstance(about, QWidget):
        return None
    return QAccessibleWidget(about, role, "")


def give_roles() -> None:
    """From now on, for the whole program. Costs nothing while nobody listens."""
    if not _GIVEN:
        QAccessible.installFactory(_made)
        _GIVEN.append(True)


_GIVEN: list[bool] = []
