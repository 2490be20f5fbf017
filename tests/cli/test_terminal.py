"""Progress as a person sees it, and Ctrl-C while long work goes on."""

from __future__ import annotations

import signal
import threading

import pytest

from reception.cli.terminal import Progress, cancellable, complain, giving_up, progress
from reception.errors import Code, Refusal


def test_on_a_terminal_one_line_changes_and_goes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress("Importing", "rows", wanted=False) as shown:
        shown(995, 1_000)
        shown(996, 1_000)
        shown(1_000, 1_000)
        said = capsys.readouterr().err
    assert said == "\rImporting: 995 of 1,000 rows\rImporting: 1,000 of 1,000 rows"
    assert capsys.readouterr().err == f"\r{' ' * 30}\r"


def test_a_shorter_line_leaves_nothing_of_a_longer_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    shown = Progress("Copying", "pages", wanted=False)
    shown(100, 100)
    shown(1, 100)
    assert capsys.readouterr().err == "\rCopying: 100 of 100 pages\rCopying: 1 of 100 pages  "


def test_without_a_terminal_nothing_is_said_unless_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Importing", "rows", wanted=False) as shown:
        shown(1, 2)
    with progress("Importing", "rows", wanted=True) as shown:
        shown(0, 0)
        for done in range(21):
            shown(done, 20)
    assert len(capsys.readouterr().err.splitlines()) == 11


def test_ctrl_c_asks_first_and_then_stops() -> None:
    before = signal.getsignal(signal.SIGINT)
    with cancellable() as cancelled:
        assert not cancelled()
        signal.raise_signal(signal.SIGINT)
        assert cancelled()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_in_another_thread_nothing_is_changed() -> None:
    seen: list[bool] = []

    def work() -> None:
        with cancellable() as cancelled:
            seen.append(cancelled())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [False]


def test_giving_up_says_what_it_means() -> None:
    told: list[tuple[int, int]] = []

    class Shown(Progress):
        def __call__(self, done: int, total: int) -> None:
            told.append((done, total))

    asked = threading.Event()
    tell = giving_up(asked.is_set, "Nothing was changed.", Shown("x", "y", wanted=True))
    tell(1, 2)
    asked.set()
    with pytest.raises(Refusal) as refused:
        tell(2, 2)
    assert told == [(1, 2)]
    assert refused.value.code is Code.CANCELLED
    assert refused.value.remedy == "Nothing was changed."


def test_what_is_complained_of_is_one_line_without_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    complain("one\ntwo\x1b[31m\u202ethree\u200b")
    assert capsys.readouterr().err == "one two?[31m?three?\n"
