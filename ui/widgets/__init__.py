"""The building blocks of every window. Each is tested without one.

Every control (button, field, choice) keeps :data:`RING` pixels free inside its rectangle for its focus ring: a
layout that wants sixteen pixels to a control's border leaves eleven, and twelve between two borders are a spacing
of two. :class:`Sheet` and :class:`KeyGrid` reckon with it themselves.
"""

from ui.widgets.choices import ChoiceGrid, Offer, Segmented
from ui.widgets.drop import Drop
from ui.widgets.fields import LineEdit, PinEdit
from ui.widgets.header_bar import HeaderBar
from ui.widgets.key_button import KeyButton, KeyGrid, Kind, key_words
from ui.widgets.labels import Chip, ElidingLabel, NeedsLabel, Paragraph
from ui.widgets.lines_edit import LinesEdit
from ui.widgets.message_line import MessageLine, Mood
from ui.widgets.painting import RING
from ui.widgets.pin_pad import PinPad
from ui.widgets.queue_view import QueueView
from ui.widgets.sheet import FormRow, Sheet
from ui.widgets.strip_view import ASIDE_COLUMNS, COUNTER_COLUMNS, TODAY_COLUMNS, StripView
from ui.widgets.tick import Tick

__all__ = [
    "ASIDE_COLUMNS",
    "COUNTER_COLUMNS",
    "RING",
    "TODAY_COLUMNS",
    "Chip",
    "ChoiceGrid",
    "Drop",
    "ElidingLabel",
    "FormRow",
    "HeaderBar",
    "KeyButton",
    "KeyGrid",
    "Kind",
    "LineEdit",
    "LinesEdit",
    "MessageLine",
    "Mood",
    "NeedsLabel",
    "Offer",
    "Paragraph",
    "PinEdit",
    "PinPad",
    "QueueView",
    "Segmented",
    "Sheet",
    "StripView",
    "Tick",
    "key_words",
]
