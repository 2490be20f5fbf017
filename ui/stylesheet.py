"""The style sheet: what Qt's own widgets look like, written from the tokens of a look.

What a style sheet cannot say (a focus ring outside a border, a key beside a label, a row of the queue) is painted
by `ui.widgets` and `ui.delegates` from the same tokens.
"""

from __future__ import annotations

from typing import Literal, Protocol

from PySide6.QtGui import QColor, QFont


class Tokens(Protocol):
    """What the sheet needs of a look."""

    def colour(self, token: str) -> QColor: ...
    def px(self, n: float) -> int: ...
    def row_height(self, floor: int) -> int: ...
    def font(self, size: Literal["base", "lead", "title", "figure", "number"] = ..., weight: int = ...) -> QFont: ...
    def measure(self, table: Literal["space", "size", "radius", "stroke", "bar"], name: str) -> int: ...


_SHEET = """
* {{ outline: 0; }}
QToolTip {{ background: {surface_raised}; color: {text}; border: 1px solid {line_strong}; padding: 4px 8px; }}
QMainWindow, QDialog {{ background: {surface}; }}

Sheet, WithTable, FiguresSheet, HalfHoursSheet, TableSheet {{
  background: {surface_raised}; border: {hairline}px solid {line}; border-radius: {radius}px;
}}
GridFrame {{ background: {surface_raised}; border: {hairline}px solid {line}; border-radius: {radius}px; }}
MessageLine {{ background: {surface_raised}; border: 0; border-top: {hairline}px solid {line}; }}
HeaderBar {{ background: {surface}; border: 0; }}

QLineEdit, QPlainTextEdit, QTextEdit, QMenu, QToolTip {{ font-family: {families}; font-size: {text_size}px; }}
QLineEdit, QPlainTextEdit, QTextEdit {{
  background: {surface_raised}; color: {text};
  border: {control}px solid {line_strong}; border-radius: {radius}px;
  selection-background-color: {accent}; selection-color: {on_accent};
}}
QLineEdit, QPlainTextEdit, QTextEdit {{ placeholder-text-color: {text_muted}; }}
QPlainTextEdit, QTextEdit {{ padding: 6px 8px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ border: {focus_row}px solid {focus}; padding: 5px 7px; }}
LineEdit, PinEdit {{ margin: {ring}px; padding: 0 11px; min-height: {field}px; }}
LineEdit[lean="true"] {{ min-height: {field_lean}px; }}
LineEdit[fault="true"], PinEdit[fault="true"] {{ border: 2px solid {late}; padding: 0 10px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {{
  background: {disabled}; color: {on_disabled}; border-color: {line};
}}
QLineEdit:read-only {{ background: {surface}; }}

QAbstractItemView {{
  background: {surface_raised}; color: {text}; border: 0; outline: 0;
  selection-background-color: {surface_selected}; selection-color: {text};
}}
DropList {{ border: {control}px solid {line_strong}; }}
QTableView {{ gridline-color: {line}; }}
QHeaderView {{ background: {surface_raised}; border: 0; }}
QHeaderView::section {{
  background: {surface_raised}; color: {text_muted}; border: 0; border-bottom: 1px solid {line}; padding: 0 8px;
}}
QTableCornerButton::section {{ background: {surface_raised}; border: 0; }}

QScrollArea {{ background: transparent; border: 0; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollBar {{ background: {surface_raised}; border: 0; margin: 0; }}
QScrollBar:vertical {{ width: {scroll}px; }}
QScrollBar:horizontal {{ height: {scroll}px; }}
QScrollBar::handle {{ background: {line_strong}; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QMenu {{ background: {surface_raised}; color: {text}; border: 1px solid {line_strong}; padding: 4px 0; }}
QMenu::item {{ padding: {menu}px 24px {menu}px 16px; }}
QMenu::item:selected {{ background: {surface_selected}; color: {text}; }}
QMenu::item:disabled {{ color: {on_disabled}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 0; }}

QProgressBar {{
  background: {track}; color: {text}; border: 0; border-radius: 0; text-align: left;
  min-height: 8px; max-height: 8px;
}}
QProgressBar::chunk {{ background: {accent}; }}
QSplitter::handle {{ background: {surface}; }}
"""


def stylesheet_of(look: Tokens) -> str:
    """The style sheet of one look."""
    names = (
        "surface",
        "surface-raised",
        "surface-selected",
        "line",
        "line-strong",
        "text",
        "text-muted",
        "accent",
        "on-accent",
        "late",
        "focus",
        "track",
        "disabled",
        "on-disabled",
    )
    colours = {name.replace("-", "_"): look.colour(name).name() for name in names}
    control = look.measure("stroke", "control")
    gap, ring = look.measure("stroke", "focus_gap"), look.measure("stroke", "focus_ring")
    font = look.font()  # said by the sheet: a widget that a sheet touches takes no font from the window it stands in
    return _SHEET.format(
        **colours,
        families=", ".join(f'"{family}"' for family in font.families()),
        text_size=font.pixelSize(),
        hairline=look.measure("stroke", "hairline"),
        control=control,
        radius=look.measure("radius", "control"),
        ring=gap + ring,
        field=look.row_height(look.measure("size", "button")) - 2 * control,
        field_lean=look.row_height(look.measure("size", "button_lean")) - 2 * control,
        focus_row=look.measure("stroke", "focus_row"),
        scroll=14,
        menu=look.px(6),
    )
