"""A receptionist with a screen reader's hands: finds what is on the screen by role and name, and presses it.

Run by the system's own Python, which has pyatspi, inside a session bus of its own: it starts the program named on its
command line, takes one walk-in through it, and writes what it heard to a file, a JSON list a line. It knows no Qt.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pyatspi
from gi.repository import GLib

PATIENCE_S = 30.0
_BUTTON, _FIELD, _COMBO, _RADIO, _TABLE = "push button", "password text", "combo box", "radio button", "table"
_SHOWING = pyatspi.STATE_SHOWING


def shown(root):
    """Everything on the screen, as a screen reader meets it."""
    for child in root:
        if child is not None and child.getState().contains(_SHOWING):
            yield child
            yield from shown(child)


def called(thing):
    """What a thing is called: by the label that belongs to it, where it has one."""
    for relation in thing.getRelationSet():
        if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY:
            return relation.getTarget(0).name
    return thing.name


def listen():
    """Let what the program tells arrive; not long, for not everything is told."""
    GLib.timeout_add(50, lambda: False)
    GLib.MainContext.default().iteration(True)


class Reader:
    def __init__(self):
        self.window = None
        self.announced = []
        """What the program said by itself."""
        pyatspi.Registry.registerEventListener(
            lambda event: self.announced.append(event.any_data), "object:announcement"
        )

    def until(self, look, what):
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            found = look()
            if found:
                return found
            listen()
        sys.exit(f"never there: {what}; there are {sorted(self.names())}")

    def open(self):
        def window():
            for application in pyatspi.Registry.getDesktop(0):
                for frame in application or ():
                    if frame is not None and frame.name.startswith("Reception, "):
                        return frame
            return None

        self.window = self.until(window, "the window")

    def names(self):
        return {f"{each.getRoleName()} {called(each)}" for each in shown(self.window or ())}

    def has(self, role, name):
        """By role and name, when it is there and may be used."""
        for each in shown(self.window):
            if each.getRoleName() == role and called(each) == name:
                return each if each.getState().contains(pyatspi.STATE_ENABLED) else None
        return None

    def find(self, role, name):
        return self.until(lambda: self.has(role, name), f"{role} {name}")

    def press(self, role, name):
        action = self.find(role, name).queryAction()
        names = [action.getName(at) for at in range(action.nActions)]
        action.doAction(next(at for at, each in enumerate(names) if each in ("Press", "Toggle", "Check")))

    def press_until(self, role, name, look, what):
        """As a person does: what comes too soon after the press before counts for none, and is pressed again."""
        self.press(role, name)
        pressed = time.monotonic()

        def done():
            nonlocal pressed
            if time.monotonic() > pressed + 1 and self.has(role, name):
                self.press(role, name)
                pressed = time.monotonic()
            return look()

        return self.until(done, what)

    def type_into(self, role, name, text):
        field = self.find(role, name)
        field.queryComponent().grabFocus()
        self.until(lambda: field.getState().contains(pyatspi.STATE_FOCUSED), f"focus on {name}")
        pyatspi.Registry.generateKeyboardEvent(0, text, pyatspi.KEY_STRING)
        return field

    def rows(self, name):
        """What a table says of each of its rows."""
        table = self.find(_TABLE, name).queryTable()
        return [table.getAccessibleAt(row, 0).name for row in range(table.nRows)]

    def said(self):
        """The line that says what has happened."""
        line = self.has("status bar", "Message")
        return line.description if line is not None else ""


def serve_one(reader, tell):
    queue = "Queue, in the order they will be called"
    officer = reader.type_into(_COMBO, "Who you are", "Priya")
    reader.until(lambda: officer.name == "Priya Nair", "the officer")
    reader.find(_FIELD, "PIN").queryEditableText().setTextContents("2468")
    reader.press(_BUTTON, "Sign in")

    reader.press(_BUTTON, "New walk-in")
    reader.press(_RADIO, "Housing")
    service = reader.find(_RADIO, "Housing")
    reader.until(lambda: service.getState().contains(pyatspi.STATE_CHECKED), "the service is chosen")
    reader.press(_BUTTON, "Give ticket")
    tell("waits", reader.until(lambda: reader.rows(queue), "a row of the queue"))

    reader.press(_BUTTON, "Call next")
    reader.find(_BUTTON, "Start")
    tell("called", reader.said())
    tell("waits", reader.rows(queue))
    reader.press_until(_BUTTON, "Start", lambda: reader.has(_BUTTON, "Finish"), "Finish")
    tell("started", reader.said())
    done = reader.press_until(_BUTTON, "Finish", lambda: "finished" in reader.said() and reader.said(), "the end")
    tell("finished", done)
    tell("announced", reader.announced)


def main(heard, *command):
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    program = subprocess.Popen(command, env=environment, stdout=sys.stderr)
    reader = Reader()
    try:
        with Path(heard).open("w", encoding="utf-8") as file:
            reader.open()
            serve_one(reader, lambda *told: print(json.dumps(told), file=file))
    finally:
        program.terminate()
        program.wait(10)


if __name__ == "__main__":
    main(*sys.argv[1:])
