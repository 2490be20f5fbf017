"""How near foretold arrivals come on days that were not seen, beside three simple rules. Needs --log."""

from __future__ import annotations
