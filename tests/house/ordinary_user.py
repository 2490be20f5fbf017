"""Run something as an ordinary user, for the tests that are about permissions: root is not bound by them."""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import select
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

NOBODY = 65534
"""User and group of "nobody" on Linux."""


class FailedAsOrdinaryUserError(AssertionError):
    """What was run there raised; the message is its traceback."""


class OrdinaryUser:
    """A user without rights. When the tests are not run by root that is simply who runs them.

    ``user(function, *args)`` forks, gives up root's rights for good and calls ``function`` there; what it returns
    comes back pickled. ``function`` may be given as ``"module:name"``. Whatever it imports late should be
    named in ``preload``: the interpreter may lie in a folder that an ordinary user can't read.

    ``user.script(code, *args)`` runs Python text in an interpreter of its own; the test is skipped where an
    ordinary user can't reach the interpreter.

    ``user.folder`` is a folder of that user's own. ``user.give(path)`` makes a file or a whole folder theirs.
    """

    def __init__(self) -> None:
        self.by_root = hasattr(os, "geteuid") and os.geteuid() == 0
        # Not pytest's tmp_path: that one lies in a folder that only its owner enters.
        self.folder = Path(tempfile.mkdtemp(prefix="reception-user-")).resolve()
        self.give(self.folder)

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def give(self, path: Path) -> None:
        """Make `path`, with all that is in it, the ordinary user's; they must be able to get there, too."""
        if not self.by_root:
            return
        for each in [path, *path.rglob("*")]:
            os.chown(each, NOBODY, NOBODY, follow_symlinks=False)

    def __call__(
        self, function: Callable[..., Any] | str, *args: object, preload: tuple[str, ...] = (), timeout: float = 60
    ) -> Any:
        if isinstance(function, str):
            module, _, name = function.partition(":")
            function = getattr(importlib.import_module(module), name)
        for module in preload:
            importlib.import_module(module)
        if not self.by_root:
            return function(*args)

        reader, writer = os.pipe()
        with warnings.catch_warnings():
            # Python warns of forking beside threads; the child only calls one function and ends.
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            os.close(reader)
            self._answer(writer, function, args)
        os.close(writer)
        try:
            reply = _read_all(reader, timeout)
        finally:
            os.close(reader)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)  # it has answered, or never will
            os.waitpid(child, 0)
        if not reply:
            raise FailedAsOrdinaryUserError("it ended without an answer, or took too long")
        ok, value = pickle.loads(reply)
        if not ok:
            raise FailedAsOrdinaryUserError(value)
        return value

    def _answer(self, writer: int, function: Callable[..., Any], args: tuple[object, ...]) -> None:
        """In the child: become nobody, call, tell, end. Never returns."""
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.chdir(self.folder)
            os.environ["HOME"] = str(self.folder)
            reply = pickle.dumps((True, function(*args)))
        except BaseException:  # noqa: BLE001  also SystemExit: whatever happened is told to the parent
            reply = pickle.dumps((False, traceback.format_exc()))
        try:
            with os.fdopen(writer, "wb") as pipe:
                pipe.write(reply)
        finally:
            os._exit(0)

    def script(self, code: str, *args: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """Run Python text as ``python -c`` does, in a fresh interpreter that knows the project; see the class."""
        who: dict[str, Any] = {}
        if self.by_root:
            if blocked := _not_reachable_by_others(
                Path(sys.executable), Path(sys.base_prefix), Path(sys.prefix), _project()
            ):
                pytest.skip(f"an ordinary user can't enter {blocked}, where Python or the project lies")
            who = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        return subprocess.run(
            [sys.executable, "-c", code, *args],
            cwd=self.folder,
            env={**os.environ, "HOME": str(self.folder), "PYTHONPATH": str(_project())},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            **who,
        )


def _project() -> Path:
    return Path(__file__).resolve().parents[2]


def _not_reachable_by_others(*paths: Path) -> Path | None:
    """The first folder on the way to one of the paths that is closed to other users, if any."""
    for path in paths:
        for real in (path, path.resolve()):
            for folder in [real, *real.parents]:
                if folder.is_dir() and not folder.stat().st_mode & stat.S_IXOTH:
                    return folder
    return None


def _read_all(reader: int, timeout: float) -> bytes:
    """What comes through the pipe until it closes; nothing when that takes longer than `timeout` seconds."""
    end = time.monotonic() + timeout
    parts = []
    while True:
        ready, _, _ = select.select([reader], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            return b""
        part = os.read(reader, 1 << 16)
        if not part:
            return b"".join(parts)
        parts.append(part)
