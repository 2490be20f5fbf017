"""At this counter: the visitor who is here, the few things to do, and the main key, always in the same places."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from reception.clock import Instant
from reception.domain.desk_view import DeskView
from reception.domain.visit_states import State
from ui import counter_words, moments, needed
from ui.desk.actions import DeskActions
from ui.desk.counter_head import CounterHead
from ui.desk.key_table import CALLED_ROW, PROVIDED_ROW, SERVING_ROW, Act, Stage, key_of
from ui.desk.situation import Situation
from ui.desk.visit_words import resolved_words, visitor_words, waited_words
from ui.panels.fitting import flowing
from ui.theme import look_of
from ui.widgets import RING, FormRow, KeyButton, KeyGrid, Sheet
from ui.widgets.sheet import PADDING


class CounterSheet(Sheet):
    """Shows the present visit of a :class:`DeskView`.

    Where there is little height the form scrolls; the keys below it stay where they are.
    """

    form_changed = Signal()
    """The rows need another height."""
    entered = Signal()
    """Enter was pressed on the main key, which has the focus."""

    def __init__(self, actions: DeskActions, parent: QWidget | None = None) -> None:
        super().__init__("At this counter", gives_way=True, parent=parent)
        self.details_button = self.add_button(KeyButton(actions[Act.DETAILS], "lean"))
        self.left_button = self.add_button(KeyButton(actions[Act.LEFT], "lean"))
        self.head = CounterHead()
        self.visitor = FormRow("Visitor")
        self.needs = FormRow("Needs")
        self.waited = FormRow("Waited", last=True)
        self.called_grid = _grid(actions, CALLED_ROW)
        self.serving_grid = _grid(actions, SERVING_ROW)
        self.provided_grid = _grid(actions, PROVIDED_ROW)
        self.main = KeyButton(actions[Act.MAIN], "main")
        self._view: DeskView | None = None
        self._form = QWidget()
        self._form_height = 0
        self._seen_height = 0
        self._fitted_for: tuple[int, int, int, bool, int] | None = None
        self._area = QScrollArea()
        self._build()

    def _build(self) -> None:
        rows = QVBoxLayout(self._form)
        rows.setContentsMargins(PADDING, 0, PADDING, 0)
        rows.setSpacing(0)
        for row in (self.head, self.visitor, self.needs, self.waited):
            rows.addWidget(row)
        rows.addStretch(1)
        self._area.setWidget(self._form)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setMinimumHeight(1)
        self._form.installEventFilter(self)
        self.main.installEventFilter(self)
        self.body.addWidget(self._area, 1)
        keys = self.padded(rings=True)
        keys.addSpacing(PADDING - RING)
        keys.addWidget(self.serving_grid)
        keys.addWidget(self.called_grid)
        self.called_grid.hide()
        keys.addWidget(self.provided_grid)
        keys.addSpacing(PADDING - 2 * RING)
        keys.addWidget(self.main)
        keys.addSpacing(PADDING - 2 * RING)

    def set_room(self, height: int) -> None:
        """How much can be seen at once: where that is little, what a visit may be given is left to its keys."""
        self._seen_height = height
        self._fit_keys()

    def _fit_keys(self) -> None:
        told = (
            self._seen_height,
            self.width(),
            self.head.sizeHint().height(),
            self.called_grid.isHidden(),
            look_of(self).text_percent,
        )
        if told == self._fitted_for:
            return
        self._fitted_for = told
        grid = self.provided_grid
        grid.show()
        grid.setVisible(self.least_height(self.width()) <= self._seen_height)

    def whole_height(self, width: int) -> int:
        """The height at which nothing needs to scroll."""
        layout = self.layout()
        keys = layout.minimumHeightForWidth(width) if layout is not None else 0
        border = self.height() - self.contentsRect().height()
        return keys + border - self._area.minimumHeight() + self._form.sizeHint().height()

    def least_height(self, width: int) -> int:
        """The height at which the great number and all keys can still be seen."""
        return self.whole_height(width) - self._form.sizeHint().height() + self.head.sizeHint().height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The form scrolls, so nobody asks it for its height: it has to tell when that has changed. And Enter is no key
        of a button that is in no dialog."""
        if watched is self.main and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat() and not _held(event):
                self.entered.emit()
                return True
            return False
        if watched is self._form and event.type() == QEvent.Type.LayoutRequest:
            height = self._form.sizeHint().height()
            if height != self._form_height:
                self._form_height = height
                self.form_changed.emit()
        return super().eventFilter(watched, event)

    def show_view(self, view: DeskView, situation: Situation) -> None:
        """Show another snapshot."""
        self._view = view
        called = situation.stage is Stage.CALLED
        self.called_grid.setVisible(called)
        self.serving_grid.setVisible(not called)
        self.left_button.setVisible(situation.stage is Stage.SERVING)
        self.details_button.setVisible(situation.stage in (Stage.CALLED, Stage.SERVING))
        self._show_note()
        present = view.present
        self.visitor.set_text(visitor_words(present) if present else "")
        self.needs.set_needs(needed.card_needs(present) if present else ())
        self.tick(view.now, situation)
        if self._seen_height:
            self._fit_keys()

    def tick(self, now: Instant, situation: Situation) -> None:
        """Bring what passes up to `now`."""
        view = self._view
        if view is None:
            return
        self.main.set_detail(situation.main.detail)
        present = view.present
        if present is None:
            self.head.show_ready(*_ready_words(view))
            self.waited.set_text("")
            return
        self.head.show_visit(
            present.number, present.service, counter_words.started_words(present, view.office.zone, now)
        )
        words = (waited_words(present, now, view.now), resolved_words(present, now))
        self.waited.set_text("; ".join(part for part in words if part))

    def _show_note(self) -> None:
        """The counter's name, where it can stand whole; the header and the strip below say it too."""
        self.set_note(self._view.counter_name if self._view is not None else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._seen_height:
            self._fit_keys()


def _held(event: QKeyEvent) -> bool:
    """With Ctrl or another key it is another key."""
    return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)


def _grid(actions: DeskActions, acts: tuple[Act, ...]) -> KeyGrid:
    grid = flowing(KeyGrid(3))
    for act in acts:
        grid.add(KeyButton(actions[act], "lean"))
    return grid


def _ready_words(view: DeskView) -> tuple[str, str]:
    """What stands beside *Ready*."""
    if view.evacuated_at is not None:
        return "Nobody is called", "The building is being evacuated"
    here = view.counter_name
    held = [aside for aside in view.asides if here and aside.state is State.ON_HOLD and aside.counter == here]
    if held:
        return (
            f"{moments.joined(aside.number for aside in held)} on hold here",
            f"To go on: {key_of(Act.ASIDES)}, then Enter twice",
        )
    mine = sum(row.mine for row in view.queue)
    if view.queue and not mine:
        return "Nobody waits for you", f"{moments.plural(len(view.queue), 'visit')} for others"
    if view.queue:
        return f"{moments.plural(mine, 'visit')} to call", ""
    return "Nobody is waiting", ""
