"""The calling rules and their guards in words, for settings and for what a day would come to with another one."""

from __future__ import annotations

CALLING_RULES: tuple[tuple[str, str, str], ...] = (
    (
        "keep_promises",
        "Keep the promises that can be kept",
        "Whoever can still be seen in time goes first, earliest deadline first; nobody is overtaken for ever.",
    ),
    (
        "earliest_deadline",
        "Earliest deadline",
        "Whoever's promise ends first goes first, whether it can still be kept or not.",
    ),
    ("first_come", "First come, first served", "Whoever came first goes first."),
    ("appointments_first", "Appointments first", "An appointment that is due goes before every walk-in."),
    ("staff_priority", "Staff priority", "The service with the higher priority number goes first."),
)
"""(key, name, sentence), the usual one first."""

USUAL_GUARDS = ("1", "1.25", "1.5", "1.75", "2", "2.5", "3", "4", "5")
GUARDS = (
    ("walk_in_guard", "Walk-ins go first after", "times the target, whoever else waits."),
    ("appointment_guard", "Appointments go first after", "times the target, whoever else waits."),
)
"""(key, label, words after the figure)."""
OVERTAKEN = ("Overtaken at most", "times before going first.")
