"""How visitors said that we did."""

from __future__ import annotations

NO_SERVICE = "(none)"
"""The group of what was said of no service."""
