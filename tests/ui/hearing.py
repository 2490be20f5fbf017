"""Ears and a Tab key: what a screen reader is told of a window, and where the keyboard comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QRadioButton, QTableView, QWidget

from tests.ui.settings_hands import name_of
from ui.kiosk.button import KioskButton
from ui.theme import look_of
from ui.widgets import Chip, ElidingLabel, KeyButton, NeedsLabel
from ui.widgets.roles import give_roles

_Role, _Text = QAccessible.Role, QAccessible.Text
CONTROLS = {
    _Role.Button,
    _Role.ButtonMenu,
    _Role.CheckBox,
    _Role.RadioButton,
    _Role.ComboBox,
    _Role.EditableText,
    _Role.Table,
    _Role.List,
    _Role.Cell,
    _Role.ListItem,
    _Role.Chart,
}
_PAINTED = (ElidingLabel, NeedsLabel, Chip)
_MOST_TABS = 250
_RING = 40
"""So many pixels of the focus colour, at least, are more than there were without the focus."""


def shown(thing: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Everything under a thing that can be seen, as a screen reader walks."""
    for at in range(thing.childCount()):
        child = thing.child(at)
        if child is not None and not child.state().invisible:
            yield child
            yield from shown(child)


def heard(window: QWidget) -> list[QAccessibleInterface]:
    give_roles()
    return list(shown(QAccessible.queryAccessibleInterface(window)))


def called(thing: QAccessibleInterface) -> str:
    """What a control is called: by its label where it has one."""
    for label, _ in thing.relations(QAccessible.RelationFlag.Label):
        return str(label.text(_Text.Name))
    return str(thing.text(_Text.Name))


def faults(window: QWidget) -> list[str]:
    """What a screen reader would say wrongly, or could not say."""
    found = []
    names: list[tuple[QAccessible.Role, str, object]] = []
    for thing in heard(window):
        role, state, name, said = thing.role(), thing.state(), called(thing), thing.text(_Text.Description)
        widget = thing.object()
        where = f"{role.name} {name!r} ({type(widget).__name__})"
        if isinstance(widget, _PAINTED) and role is not _Role.StaticText:
            found.append(f"{where}: words that are not said to be words")
        if not (state.focusable or isinstance(widget, QAbstractButton)):
            continue
        if role not in CONTROLS:
            found.append(f"{where}: no role of a control")
        if not re.search(r"\w", name) and not (isinstance(widget, KioskButton) and len(name) == 1):
            found.append(f"{where}: no name")
        if re.search(r"&\w", name):
            found.append(f"{where}: a raw mnemonic")
        if ".." in said:
            found.append(f"{where}: {said!r} stutters")
        if isinstance(widget, QWidget):
            found += [f"{where}: {fault}" for fault in _states(widget, thing, said)]
            deed = widget.action() if isinstance(widget, KeyButton) else widget
            names.append((role, f"{name}. {said}", deed))
    twins = [each for each in names if sum(each[:2] == other[:2] and each[2] is not other[2] for other in names)]
    return found + [f"two alike: {role.name} {name!r}" for role, name, _ in twins]


def _states(widget: QWidget, thing: QAccessibleInterface, said: str) -> Iterator[str]:
    state = thing.state()
    if bool(state.disabled) == widget.isEnabled():
        yield "enabled otherwise than it says"
    if isinstance(widget, QAbstractButton) and widget.isCheckable():
        if not state.checkable or bool(state.checked) != widget.isChecked():
            yield "chosen otherwise than it says"
        group = widget.group()
        one_of = widget.autoExclusive() or (isinstance(group, QButtonGroup) and group.exclusive())
        if one_of != (thing.role() is _Role.RadioButton):
            yield "one of several, or not, otherwise than it says"
    if bool(state.focused) != widget.hasFocus() and thing.role() not in (_Role.Table, _Role.List):
        yield "focused otherwise than it says"
    fault = getattr(widget, "fault", None)
    if callable(fault) and (why := fault()) and why not in said:
        yield f"refused, and does not say why: {why}"
    if thing.role() is _Role.ComboBox and not thing.relations(QAccessible.RelationFlag.Label):
        yield "no label beside it"


# -- keyboard --------------------------------------------------------------------------------------------------------


def _press_tab(window: QWidget, *, back: bool = False) -> QWidget | None:
    shift = Qt.KeyboardModifier.ShiftModifier if back else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab, shift)
    return QApplication.focusWidget()


def _stops(window: QWidget, *, back: bool = False) -> list[QWidget]:
    """Where Tab stops, once round."""
    stops: list[QWidget] = []
    for _ in range(_MOST_TABS):
        stop = _press_tab(window, back=back)
        assert stop is not None, f"after {stops[-1:]} the focus is nowhere"
        assert stop.isVisible() and stop.isEnabled(), f"the focus is on {stop}, which nobody sees"
        if stop in stops:
            break
        stops.append(stop)
    return stops


def unreached(window: QWidget) -> list[str]:
    """What neither Tab, nor an arrow among its fellows, nor a key that is written on it comes to."""
    found = []
    window.setUpdatesEnabled(False)  # nobody looks meanwhile
    there, back = _stops(window), _stops(window, back=True)
    window.setUpdatesEnabled(True)
    if set(there) != set(back):
        found += [f"one way only: {name_of(each)}" for each in set(there) ^ set(back)]
    for thing in heard(window):
        widget = thing.object()
        if not isinstance(widget, QWidget) or widget in there or not widget.isEnabled():
            continue
        if not (thing.state().focusable or isinstance(widget, QAbstractButton)):
            continue
        if widget.focusPolicy() is Qt.FocusPolicy.NoFocus and re.search(r"Key \S", widget.accessibleDescription()):
            continue
        if not _among_fellows(widget, there):
            found.append(f"never: {thing.role().name} {called(thing)!r} ({type(widget).__name__})")
    return found


def _among_fellows(widget: QWidget, stops: Sequence[QWidget]) -> bool:
    """Of radio buttons and the keys of a pad one has the Tab stop, and arrows go among them."""
    fellows = [each for each in stops if each.parentWidget() is widget.parentWidget() and type(each) is type(widget)]
    return bool(fellows) and (isinstance(widget, QRadioButton) or type(widget).__name__ == "_PadKey")


def ringless(window: QWidget, known: set[type], colour: QColor | None = None) -> list[str]:
    """Of each kind of control that is not `known` yet, whether the focus is to be seen on it, in its colour."""
    found = []
    for stop in _stops(window):
        if type(stop) in known:
            continue
        known.add(type(stop))
        if not _shows_focus(stop, (colour or look_of(stop).colour("focus")).rgb()):
            found.append(f"no ring: {type(stop).__name__} {name_of(stop)!r}")
    return found


def _shows_focus(widget: QWidget, colour: int) -> bool:
    """A picture of the control with the focus, and one without; then it has the focus again."""
    window = widget.window()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    with_focus = _pixels(widget, colour)
    other = _press_tab(window)
    assert other is not widget
    without = _pixels(widget, colour)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return with_focus >= without + _RING


def _pixels(widget: QWidget, colour: int) -> int:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_ARGB32)
    step = 1 if image.width() * image.height() < 60_000 else 2
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width())
    return int(np.count_nonzero(pixels[::step, ::step] == colour))


# -- tables ----------------------------------------------------------------------------------------------------------

_SHORT = {"min", "minutes", "appt", "back", "left", "over", "so", "far", "bsl"}
"""Words that are said otherwise than they are painted."""


def unsaid(view: QTableView) -> list[str]:
    """What stands in a row and is not in what the row is called."""
    found = []
    table, model = QAccessible.queryAccessibleInterface(view), view.model()
    children = [table.child(at) for at in range(table.childCount())]
    cells = [each.text(_Text.Name) for each in children if each.role() is _Role.Cell]
    assert len(cells) == model.rowCount() * model.columnCount()
    for row in range(model.rowCount()):
        name = cells[row * model.columnCount()]
        shown_words = [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        missing = set(_words(" ".join(shown_words))) - set(_words(name)) - _SHORT
        found += [f"{name!r} leaves out {', '.join(sorted(missing))}"] if missing else []
    return found


def _words(text: str) -> list[str]:
    """Whole hours without their minutes, and without the count of services that are named when it is said."""
    short = re.sub(r"\+\d+|\.00\b", " ", text.casefold())
    return re.findall(r"[^\W_]+", re.sub(r"(\d)([ap]m)\b", r"\1 \2", short))
