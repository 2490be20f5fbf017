"""How much memory a process took at most."""

from __future__ import annotations

import re
from pathlib import Path


def most_memory_mb() -> float:
    """Of this process, in MB, on Linux. What its parent took before it began is in `getrusage`, and not in this."""
    return int(re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[0]) / 1024
