"""The queue's model: what it says, how it is patched, and how little a tick touches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from reception.clock import MINUTE, SECOND
from reception.domain.desk_view import DeskView, QueueRow
from reception.domain.person import Need
from reception.domain.visit_states import Why
from tests.ui.sample_day import NOW, at, desk_view, mixed_queue, queue, row
from ui.models.promise import Standing
from ui.models.queue import QueueModel, Role
from ui.models.queue_lines import HEADS, Column


class Ear:
    """Hears what a model tells its views."""

    def __init__(self, model: QAbstractItemModel) -> None:
        self.cells: set[tuple[int, int]] = set()
        self.inserted = self.removed = self.moved = self.reset = 0
        model.dataChanged.connect(self._changed)
        model.rowsInserted.connect(lambda *_: self._count("inserted"))
        model.rowsRemoved.connect(lambda *_: self._count("removed"))
        model.rowsMoved.connect(lambda *_: self._count("moved"))
        model.modelReset.connect(lambda: self._count("reset"))
        model.layoutChanged.connect(lambda *_: self._count("reset"))

    def _changed(self, first: QModelIndex, last: QModelIndex, *_: object) -> None:
        self.cells |= {
            (at, column)
            for at in range(first.row(), last.row() + 1)
            for column in range(first.column(), last.column() + 1)
        }

    def _count(self, what: str) -> None:
        setattr(self, what, getattr(self, what) + 1)

    @property
    def steps(self) -> int:
        return self.inserted + self.removed + self.moved + self.reset


def words(model: QueueModel) -> list[list[str]]:
    return [[str(model.index(at, column).data() or "") for column in Column] for at in range(model.rowCount())]


def keys(model: QueueModel) -> list[str]:
    return [model.index(at, 0).data(Role.VISIT_ID) or "" for at in range(model.rowCount())]


def expected_keys(view: DeskView) -> list[str]:
    found = [visit.visit_id for visit in view.queue]
    if view.first_past_promise is not None:
        found.insert(view.first_past_promise, "")
    return found


@pytest.fixture
def model(qapp: object) -> QueueModel:
    made = QueueModel()
    made.show(desk_view())
    return made


def test_it_says_what_the_picture_says(model: QueueModel) -> None:
    assert words(model) == [
        ["C020", "Council Tax", "10.28", "Large print", "", "1 min left"],
        ["H009", "Housing", "10.40 appt", "Step-free", "", "3 min left"],
        ["K004", "Parking", "10.33", "", "", "6 min left"],
        ["B006", "Benefits", "10.35", "Private, Polish", "", "8 min left"],
        ["P003", "Planning", "10.37", "BSL", "", "10 min left"],
        ["C021", "Council Tax", "10.40", "Children", "", "13 min left"],
        ["Can no longer be called and seated within 15 minutes: after those who still can, or on reaching 22 min"]
        + [""] * 5,
        ["H008", "Housing", "10.25", "", "", "2 min over"],
    ]
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert heads == list(HEADS)


def test_one_row_asks_for_attention(model: QueueModel) -> None:
    faces = [model.index(at, 0).data(Role.FACE) for at in range(model.rowCount())]
    assert [face.attention for face in faces if face is not None] == [True] + [False] * 6
    assert [face.standing for face in faces if face is not None] == [Standing.DUE_SOON] + [Standing.IN_TIME] * 5 + [
        Standing.LATE
    ]


def test_the_caption_cannot_be_chosen(model: QueueModel) -> None:
    at_caption = model.caption_row()
    assert model.is_caption(at_caption)
    assert model.index(at_caption, 0).flags() == Qt.ItemFlag.NoItemFlags
    assert model.visit_at(at_caption) is None
    visit = model.index(0, 0).flags()
    assert Qt.ItemFlag.ItemIsSelectable in visit
    assert Qt.ItemFlag.ItemIsEditable not in visit


def test_no_name_is_in_the_queue(qapp: object) -> None:
    model = QueueModel()
    planted = tuple(replace(visit, person=replace(visit.person, name="Zanzibar")) for visit in mixed_queue())
    model.show(desk_view(planted))
    said = {
        str(model.index(at, column).data(role))
        for at in range(model.rowCount())
        for column in Column
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
    }
    assert not [text for text in said if "Zanzibar" in text]


def test_a_screen_reader_hears_a_whole_row_and_each_cell(model: QueueModel) -> None:
    def heard(column: Column) -> object:
        return model.index(3, column).data(Qt.ItemDataRole.AccessibleTextRole)

    assert heard(Column.TICKET) == "B006, Benefits, came 10.35am, Private, Speaks Polish, 8 minutes left of 15"
    assert heard(Column.NEEDS) == "Private, Speaks Polish"
    assert heard(Column.PROMISE) == "Promise of 15 minutes, in time"
    assert heard(Column.TIME_LEFT) == "8 minutes left"
    assert "Can no longer be called and seated within 15 minutes" in model.index(6, 0).data(
        Qt.ItemDataRole.AccessibleTextRole
    )


def test_it_keeps_qts_rules(qtmodeltester: ModelTester, qapp: object) -> None:
    model = QueueModel()
    qtmodeltester.check(model, force_py=False)
    model.show(desk_view())
    qtmodeltester.check(model, force_py=False)
    model.show(desk_view(mixed_queue()))
    model.tick(NOW + MINUTE)
    qtmodeltester.check(model, force_py=False)
    model.show(desk_view(()))
    qtmodeltester.check(model, force_py=False)


def many(count: int = 500) -> tuple[QueueRow, ...]:
    """A queue of people who came over the last half hour."""
    rows = [row("HCBPKE"[n % 6] + f"{n:03}", NOW - n * 30 * MINUTE // count - 137, Need.PRIVATE) for n in range(count)]
    return tuple(sorted(rows, key=lambda visit: visit.deadline))


def test_a_tick_touches_only_cells_that_look_different(qapp: object) -> None:
    model = QueueModel()
    model.show(desk_view(many(), first_past_promise=None))

    def faces() -> list[object]:
        return [model.index(at, 0).data(Role.FACE) for at in range(500)]

    for second in range(1, 121):
        before = faces()
        ear = Ear(model)
        model.tick(NOW + second * SECOND)
        after = faces()
        rows = {at for at in range(500) if before[at] != after[at]}
        assert {at for at, _ in ear.cells} == rows
        for place in rows:
            touched = {column for where, column in ear.cells if where == place}
            old, new = before[place], after[place]
            if old.attention != new.attention:  # type: ignore[attr-defined]
                assert touched == set(Column)
            elif old.words == new.words and old.standing == new.standing:  # type: ignore[attr-defined]
                assert touched == {Column.PROMISE}
            else:
                assert touched <= {Column.PROMISE, Column.TIME_LEFT}
        assert ear.steps == 0
        # a 15-minute bar of 93 pixels moves once in ten seconds, its minutes once in sixty
        assert len(rows) < 500 // 4


def test_a_tick_in_which_nothing_looks_different_touches_nothing(model: QueueModel) -> None:
    model.tick(NOW + 5 * SECOND)
    ear = Ear(model)
    model.tick(NOW + 5 * SECOND + 200)
    assert not ear.cells


def test_a_tick_moves_the_attention_on(qapp: object) -> None:
    model = QueueModel()
    model.show(desk_view(mixed_queue()))
    ear = Ear(model)
    model.tick(NOW + MINUTE + 1)
    attention = {
        model.index(at, 0).data(Role.VISIT_ID)
        for at in range(model.rowCount())
        if (face := model.index(at, 0).data(Role.FACE)) is not None and face.attention
    }
    assert attention == {"c022"}
    for visit_id in ("c020", "c022"):
        assert {column for at, column in ear.cells if at == model.row_of(visit_id)} == set(Column)


def test_the_clock_may_go_back(model: QueueModel) -> None:
    before = words(model)
    model.tick(NOW + 10 * MINUTE)
    model.tick(NOW)
    assert words(model) == before


def test_the_same_view_again_touches_nothing(model: QueueModel) -> None:
    ear = Ear(model)
    model.show(desk_view())
    assert not ear.cells
    assert ear.steps == 0


def test_the_same_view_in_another_zone_tells_every_row(model: QueueModel) -> None:
    view = desk_view(mixed_queue())
    model.show(view)
    before = words(model)
    changed = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    model.show(replace(view, office=replace(view.office, timezone="Asia/Tokyo")))
    assert words(model) != before
    assert changed == list(range(model.rowCount()))


def test_one_more_is_one_insertion(model: QueueModel) -> None:
    ear = Ear(model)
    model.show(desk_view((*queue()[:3], row("E001", at(10, 34)), *queue()[3:])))
    assert (ear.inserted, ear.steps) == (1, 1)
    assert not ear.cells


def test_the_first_is_called_and_goes(model: QueueModel) -> None:
    ear = Ear(model)
    model.show(desk_view(queue()[1:]))
    assert (ear.removed, ear.steps) == (1, 1)
    assert keys(model) == expected_keys(desk_view(queue()[1:]))


def test_one_marked_to_be_seen_first_is_one_move(model: QueueModel) -> None:
    rows = list(queue())
    marked = replace(rows.pop(4), see_first=True, why=Why.SEE_FIRST)
    view = desk_view((marked, *rows))
    ear = Ear(model)
    model.show(view)
    assert (ear.moved, ear.steps) == (1, 1)
    assert keys(model) == expected_keys(view)
    assert {at for at, _ in ear.cells} == {0}


def test_the_caption_moves_with_the_order(model: QueueModel) -> None:
    rows = queue()
    late = replace(rows[0], why=Why.PAST_PROMISE)
    view = desk_view((*rows[1:6], late, rows[6]))
    model.show(view)
    assert keys(model) == expected_keys(view)
    model.show(desk_view(rows[:3]))
    assert model.caption_row() == -1


NUMBERS = [f"{letter}{number:03}" for letter in "HCBPKE" for number in range(1, 4)]


@st.composite
def views(draw: st.DrawFn) -> DeskView:
    """Any queue of some of eighteen visits, in any order, of any age, with or without a caption."""
    numbers = draw(st.lists(st.sampled_from(NUMBERS), unique=True, max_size=len(NUMBERS)))
    rows = tuple(
        row(number, NOW - draw(st.integers(0, 40)) * MINUTE, target=draw(st.sampled_from([None, 15 * MINUTE])))
        for number in numbers
    )
    past = draw(st.none() | st.integers(0, len(rows) - 1)) if rows else None
    return desk_view(rows, first_past_promise=past)


@given(first=views(), second=views(), chosen=st.integers(0, 20))
def test_patching_gives_the_new_list_and_keeps_the_choice(
    qapp: object, first: DeskView, second: DeskView, chosen: int
) -> None:
    model = QueueModel()
    model.show(first)
    selection = QItemSelectionModel(model)
    visits = [visit.visit_id for visit in first.queue]
    visit_id = visits[chosen % len(visits)] if visits else ""
    if visit_id:
        selection.select(
            model.index(model.row_of(visit_id), 0),
            QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
        )
    places = {key: QPersistentModelIndex(model.index(at, 0)) for at, key in enumerate(keys(model))}

    model.show(second)

    fresh = QueueModel()
    fresh.show(second)
    assert keys(model) == expected_keys(second)
    assert words(model) == words(fresh)
    for key, place in places.items():
        if key in keys(model):
            assert place.row() == model.row_of(key)
        else:
            assert not place.isValid()
    rows = selection.selectedRows()
    still_there = visit_id in {visit.visit_id for visit in second.queue}
    assert [index.data(Role.VISIT_ID) for index in rows] == ([visit_id] if visit_id and still_there else [])


@given(first=views(), second=views())
def test_no_more_steps_than_needed(qapp: object, first: DeskView, second: DeskView) -> None:
    model = QueueModel()
    model.show(first)
    ear = Ear(model)
    model.show(second)
    old, new = expected_keys(first), expected_keys(second)
    stayed = [key for key in old if key in new]
    assert ear.reset == 0
    assert ear.moved <= max(0, len(stayed) - 1)
    if [key for key in new if key in stayed] == stayed:
        assert ear.moved == 0
