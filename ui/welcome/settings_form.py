"""The settings of an office: one form for its first set-up and for every change after it.

The form keeps what is typed until it is saved or given up; the door decides. Changing an office asks for an
administrator and a PIN, as the last question before it is saved.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from reception.clock import Clock, SystemClock
from reception.errors import Code
from reception.services.office_settings import OfficeSettings
from ui import moments
from ui.link import Link
from ui.refused import Refused
from ui.welcome.confirm_page import ConfirmPage
from ui.welcome.defaults import new_office
from ui.welcome.frame import Frame, action
from ui.welcome.leaving import LeaveQuestion
from ui.welcome.loading import Loading
from ui.welcome.page import Field, Remark
from ui.welcome.saving import Saving
from ui.welcome.sections import Sections
from ui.welcome.taking_back import TakingBack

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_PIN_CODES = frozenset({Code.WRONG_PIN, Code.PIN_LOCKED, Code.NOT_ALLOWED})
_FIRST_WORDS = "Enter what is known; everything can be changed later."


class SettingsForm(QWidget):
    """All settings of an office. An empty `office_id` sets up a new one."""

    saved = Signal(str)
    """The id of the office."""
    cancelled = Signal()
    ready = Signal()
    """What is kept of the office is shown, or why it can't be: keys have their meaning."""

    def __init__(
        self,
        link: Link,
        office_id: str = "",
        *,
        station: str = "",
        clock: Clock | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._saving = Saving(link, office_id, station, self)
        self._loading = Loading(link, office_id, self)
        self._taking_back = TakingBack(self)
        self._said_fault: Field | None = None
        self._said_more = 0
        self._before_sending: QWidget | None = None
        self._is_given_up = False
        self.sections = Sections(clock or SystemClock(), self)
        self.confirm = ConfirmPage()
        self._build()
        self._connect()
        self._enable(on=False)
        if self._saving.is_new:
            self.sections.fix_letters(frozenset())
            self.sections.fill(new_office())
            self._enable(on=True)
            self.message.say(_FIRST_WORDS)
        else:
            self.load()

    def _build(self) -> None:
        self.save_action = action(self, "Save", "Ctrl+S", self.save)
        self.leave_action = action(self, "Leave", "Esc", self.leave)
        # the button shows the key; the form listens for it, so that a list that is open may close first
        self.leave_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.again_action = action(self, "Try again", "", self.load)
        self.read_action = action(self, "Read again", "", self.load)
        heading = "New office" if self._saving.is_new else "Settings"
        self.frame = Frame(
            heading, self.sections.pages, self.confirm, self.save_action, self.leave_action, self._taking_back.action
        )
        self.message = self.frame.message
        self._taking_back.speak_in(self.message)
        self._question = LeaveQuestion(self.message, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.frame)

    def _connect(self) -> None:
        """Every signal between the parts, in one place."""
        self.sections.remarked.connect(self._remark)
        self.sections.checked.connect(lambda: self.frame.contents.set_faults(self.sections.said_faults()))
        self.sections.edited.connect(self._edited)
        self._loading.came.connect(self._loaded)
        self._loading.letters_came.connect(self.sections.fix_letters)
        self._loading.refused.connect(self._not_loaded)
        self.confirm.confirmed.connect(self._send)
        self._saving.saved.connect(self._saved)
        self._saving.saved_before.connect(self._saved_before)
        self._saving.refused.connect(self._refused)
        self._question.left.connect(self._give_up)
        self.frame.moved.connect(self._question.withdraw)

    # -- reading -----------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Ask for the settings of the office."""
        self.message.say("The settings are being read.")
        self._loading.start()

    def _loaded(self, settings: OfficeSettings) -> None:
        self.sections.fill(settings)
        self._offer_administrators(settings)
        self._enable(on=True)
        self.message.say("Changes hold from today on.", "An administrator saves them with a PIN.")
        if self.isVisible():
            self.start()
        self.ready.emit()

    def _not_loaded(self, no: Refused) -> None:
        self.message.say(no.reason, no.remedy, "late", (self.again_action,))
        self.ready.emit()

    def _offer_administrators(self, settings: OfficeSettings) -> None:
        self.confirm.offer([entry.officer for entry in settings.staff])

    def _enable(self, *, on: bool) -> None:
        self.frame.stack.setEnabled(on)
        self.save_action.setEnabled(on)

    def _focus(self, control: QWidget) -> None:
        control.setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self) -> None:
        """Put the focus where the form begins."""
        self._focus(self.sections.pages[0].start())

    # -- what the sections say -----------------------------------------------------------------------------------

    def _remark(self, remark: Remark) -> None:
        self._question.withdraw()
        self._taking_back.remark(remark)

    def _edited(self) -> None:
        self._question.withdraw()
        self._is_given_up = False
        self._say_what_is_left()

    # -- saving --------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save, once nothing is wrong; else go to the first mistake."""
        if self.sections.kept() is None or self._saving.is_under_way:
            return
        self._question.withdraw()
        if self.frame.is_confirming():
            self._send()
        elif not self._is_right():
            return
        elif self._saving.is_new:
            self._send()
        else:
            self.frame.show_confirm()
            self.message.say("Enter an administrator's PIN to save.")

    def _is_right(self) -> bool:
        faults = self.sections.faults()
        if not faults:
            return True
        at, fault = faults[0]
        self._show(at, fault.control)
        self._say_fault(fault, len(faults) - 1)
        return False

    def _say_fault(self, fault: Field, more: int) -> None:
        self._said_fault, self._said_more = fault, more
        rest = f"{moments.plural(more, 'more thing')} to mend after that." if more else "Nothing else is wrong."
        self.message.say(fault.said or fault.fault(), f"Not saved yet. {rest}", "late")

    def _say_what_is_left(self) -> None:
        """The line counts what is still wrong: it goes, or goes on, with what was mended."""
        fault = self._said_fault
        if fault is None:
            return
        if not fault.fault():
            self._said_fault = None
            self.message.clear()
        elif (more := self.sections.count_faults() - 1) != self._said_more:
            self._say_fault(fault, more)

    def _send(self) -> None:
        is_new = self._saving.is_new
        if not is_new and not self.confirm.pin.pin():
            self.confirm.say("The PIN is missing. Enter it to save.")
            self._focus(self.confirm.pin)
            return
        self._before_sending = QApplication.focusWidget()
        self._focus(self)
        self._enable(on=False)
        self.message.say("Saving.")
        self._saving.send(
            self.sections.answers(),
            self.sections.typed(),
            None if is_new else self.sections.kept(),
            "" if is_new else self.confirm.administrator.value(),
            "" if is_new else self.confirm.take_pin(),
        )

    def _end_sending(self) -> None:
        """The fields are open again, and the focus is where it was."""
        self._enable(on=True)
        before, self._before_sending = self._before_sending, None
        if before is not None and QApplication.focusWidget() in (self, None):
            self._focus(before)

    def _saved(self) -> None:
        self._end_sending()
        self.forget_pins()
        self.sections.is_kept_now()
        self.message.say("Saved.", state="done")
        self.saved.emit(self._saving.office_id)

    def _saved_before(self, settings: OfficeSettings) -> None:
        self._end_sending()
        self.sections.keep(settings)
        self._offer_administrators(settings)
        self.message.say("An earlier try was saved.", "Save once more to add what you changed since.", "due-soon")

    def _refused(self, no: Refused) -> None:
        self._end_sending()
        if no.code is Code.ALREADY_TAKEN:
            self.frame.go(0)
            self.message.say(no.reason, no.remedy, "late", (self.read_action,))
            return
        self.message.say(no.reason, no.remedy, "late")
        if no.code in _PIN_CODES and not self._saving.is_new:
            self.confirm.say(f"{no.reason} {no.remedy}".strip())
            self._focus(self.confirm.pin)
            return
        if (named := self.sections.place_of(no.field)) is not None:
            self._show(*named)

    def _show(self, at: int, control: QWidget) -> None:
        """Open a section at one of its controls."""
        self.frame.show_place(at)
        self.sections.pages[at].reveal(control)
        self._focus(control)

    # -- leaving -------------------------------------------------------------------------------------------------

    def is_changed(self) -> bool:
        """Whether anything stands in the form that is not saved."""
        return self.sections.is_changed()

    def may_leave(self) -> bool:
        """Whether the form may go now. When it may not, it asks; `cancelled` follows if the answer is to leave."""
        if self._is_given_up:
            return True
        if self._saving.is_under_way:
            return False
        if not self.is_changed():
            return True
        self._question.ask()
        return False

    def leave(self) -> None:
        """Back out: at once when nothing was typed, else after a question."""
        if self.may_leave():
            self._give_up()

    def _give_up(self) -> None:
        self._is_given_up = True
        self._question.withdraw()
        self.forget_pins()
        self.cancelled.emit()

    def forget_pins(self) -> None:
        """No PIN stays in any field."""
        self.sections.forget_pins()
        self.confirm.pin.clear()

    # -- keys --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        plain = not modifiers & ~Qt.KeyboardModifier.KeypadModifier
        if event.isAutoRepeat() or not plain or key not in _ENTER | {Qt.Key.Key_Escape}:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self._escape()
        else:
            self._enter()

    def _escape(self) -> None:
        if self._question.is_asked():
            self._question.stay()
        elif self.frame.is_confirming():
            self.frame.go(0)
            self.message.say("Not saved yet.")
        else:
            self.leave()

    def _enter(self) -> None:
        focused = QApplication.focusWidget()
        closures = self.sections.closures
        if focused is closures.day and closures.day.text().strip():
            closures.take_day()
        elif isinstance(focused, QPushButton):
            focused.click()
        else:
            self.save()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._start_if_lost)

    def _start_if_lost(self) -> None:
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            if self.sections.kept() is not None:
                self.start()
            else:
                self._focus(self)
