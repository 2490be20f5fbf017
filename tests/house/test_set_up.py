"""script/_setup, on machines that are only pretended: a PATH of a few commands, most of them made up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
SCRIPTS = [path for path in (PROJECT / "script").iterdir() if not path.name.startswith(".")]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the set-up of system packages is for Linux")


PRETEND_TO_INSTALL = """
install_with() {
    local packages
    packages=$(echo "$root"/.venv/lib/python3.*/site-packages)
    mkdir -p "$packages/PySide6" && : >"$packages/PySide6/QtWidgets.py"
}
"""


class Machine:
    """A folder of commands that is the whole PATH, and a project folder to set up in."""

    def __init__(self, folder: Path) -> None:
        self.commands = folder / "bin"
        self.project = folder / "a project"
        self.commands.mkdir()
        (self.project / "script").mkdir(parents=True)
        shutil.copy(PROJECT / "script" / "_setup", self.project / "script")
        for name in ("requirements.txt", "requirements-dev.txt"):
            (self.project / name).write_text("# nothing\n")
        for name in (
            "basename",
            "bash",
            "cat",
            "cksum",
            "cut",
            "dirname",
            "env",
            "grep",
            "mktemp",
            "mkdir",
            "mv",
            "rm",
        ):
            self.borrow(name)
        for name in ("flock", "sha256sum", "stat", "tail", "uname"):
            self.borrow(name)
        self.command("id", "echo 1000")
        self.command("ldconfig", "exit 1")

    def borrow(self, name: str) -> None:
        real = shutil.which(name)
        assert real is not None
        (self.commands / name).symlink_to(real)

    def command(self, name: str, text: str) -> None:
        path = self.commands / name
        path.write_text(f"#!{shutil.which('bash')}\n{text}\n")
        path.chmod(0o755)

    def python(self) -> None:
        """A Python that will do; the same one as here, found by its name."""
        self.command("python3", f'exec "{Path(sys.executable).resolve()}" "$@"')

    def debian(self, *installed: str) -> None:
        """apt and dpkg, with every package on offer and those `installed`."""
        self.command(
            "dpkg-query",
            f'for name; do case " {" ".join(installed)} " in *" $name "*) echo "installed $name" ;; esac; done',
        )
        self.command(
            "apt-cache",
            'shift; for name; do case $name in *t64) ;; *) printf "%s:\\n  Candidate: 1\\n" "$name" ;; esac; done',
        )
        self.command("apt-get", 'echo "apt-get $*" >>"$0.calls"')

    def apt_calls(self) -> list[str]:
        calls = self.commands / "apt-get.calls"
        return calls.read_text().splitlines() if calls.exists() else []

    def bash(self, text: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                self.commands / "bash",
                "-c",
                f'root=$1; . "$root/script/_setup"; log=$(mktemp); {text}',
                "bash",
                self.project,
            ],
            env={"PATH": str(self.commands), "TMPDIR": str(self.project)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_without_rights_one_command_is_printed(machine: Machine) -> None:
    machine.debian("libgl1")

    done = machine.bash("ensure_packages run; echo not reached")

    assert done.returncode == 1
    assert done.stdout == ""
    commands = [line.strip() for line in done.stderr.splitlines() if "apt-get" in line]
    assert len(commands) == 1
    assert commands[0].startswith("sudo apt-get update && sudo apt-get install --no-install-recommends ")
    names = commands[0].split()
    assert {"libegl1", "libxcb-cursor0", "libglib2.0-0", "fonts-noto-core"} <= set(names)
    assert "libgl1" not in names, "what is installed is not asked for"
    assert not [name for name in names if "|" in name or name.endswith("t64")], "a name that apt does not know"
    assert machine.apt_calls() == []


def test_the_newer_name_is_taken_where_apt_knows_it(machine: Machine) -> None:
    machine.debian()
    machine.command("apt-cache", 'shift; for name; do printf "%s:\\n  Candidate: 1\\n" "$name"; done')

    done = machine.bash("ensure_packages run")

    assert " libglib2.0-0t64 " in done.stderr
    assert " libglib2.0-0 " not in done.stderr


def test_what_is_only_wished_for_stops_nobody(machine: Machine) -> None:
    everything = machine.bash("system_packages run").stdout.splitlines()
    names = [line.split()[1].split("|")[-1] for line in everything if line.startswith("must ")]
    machine.debian(*names)

    done = machine.bash("ensure_packages run; echo reached")

    assert done.stdout == "reached\n"
    assert "Going on without:" in done.stderr
    assert "fonts-noto-core" in done.stderr


def test_the_tests_need_their_fonts(machine: Machine) -> None:
    machine.debian()

    run = machine.bash("missing_packages run").stdout
    test = machine.bash("missing_packages test").stdout

    assert "xvfb" not in run
    assert "must xvfb" in test
    assert "must fonts-noto-core" in test


def test_root_installs_without_asking(machine: Machine) -> None:
    machine.debian()
    machine.command("id", "echo 0")

    done = machine.bash("ensure_packages run")

    assert done.returncode == 0, done.stderr
    assert len(machine.apt_calls()) == 1
    assert " install --no-install-recommends " in machine.apt_calls()[0]
    assert "sudo" not in done.stderr


def test_sudo_is_used_where_it_works(machine: Machine) -> None:
    machine.debian()
    machine.command("sudo", '[ "$1" = -n ] && shift; echo "sudo $*" >>"$0.calls"; exec "$@"')
    machine.command("true", "exit 0")

    done = machine.bash("ensure_packages run")

    assert done.returncode == 0, done.stderr
    assert len(machine.apt_calls()) == 1


def test_a_failing_apt_is_explained(machine: Machine) -> None:
    machine.debian()
    machine.command("id", "echo 0")
    machine.command("apt-get", 'echo "E: Temporary failure resolving a name"; exit 100')

    done = machine.bash("ensure_packages run; echo not reached")

    assert done.returncode == 1
    assert done.stdout == ""
    assert "could not be reached" in done.stderr


def test_without_apt_the_libraries_are_named(machine: Machine) -> None:
    machine.command("ldconfig", r'printf "\tlibGL.so.1 (libc6,x86-64) => /lib/libGL.so.1\n"')

    done = machine.bash("ensure_packages run; echo reached")

    assert done.stdout == "reached\n", "they may be there in a way that only Qt can see"
    assert "libEGL.so.1" in done.stderr
    assert "libGL.so.1" not in done.stderr
    assert "apt-get" not in done.stderr


def test_without_python_and_apt_it_says_so(machine: Machine) -> None:
    done = machine.bash("set_up run")

    assert done.returncode == 1
    assert "No Python from 3.11 to 3.14 was found." in done.stderr


def test_a_python_that_is_too_old_is_passed_over(machine: Machine) -> None:
    machine.command("python3.14", "exit 127")  # a shim for a version that is not installed
    machine.command("python3", "exit 1")  # 3.9, say

    assert machine.bash("find_python; echo $?").stdout == "2\n"
    machine.python()
    assert machine.bash('find_python; echo "$? $base_python"').stdout.startswith("0 /")


def test_a_python_without_pip_asks_for_the_package_that_has_it(machine: Machine) -> None:
    everything = machine.bash("system_packages run").stdout.splitlines()
    machine.debian(*[line.split()[1].split("|")[-1] for line in everything])

    done = machine.bash(
        # A Python as Debian has it: under /usr/bin, and without ensurepip.
        """
        find_python() { base_python=/usr/bin/python3 installer=''; return 1; }
        minor_of() { echo 12; }
        set_up run
        """
    )

    assert done.returncode == 1
    assert done.stderr.rstrip().endswith(" install --no-install-recommends python3.12-venv")


def test_a_whole_environment_is_made_once_and_then_only_looked_at(machine: Machine) -> None:
    everything = machine.bash("system_packages run").stdout.splitlines()
    machine.debian(*[line.split()[1].split("|")[-1] for line in everything])
    machine.python()
    first = machine.bash(
        PRETEND_TO_INSTALL + 'set_up run; "$python" -c "import PySide6.QtWidgets, sys; print(sys.prefix)"'
    )
    assert first.returncode == 0, first.stderr
    assert first.stdout.strip() == str(machine.project / ".venv")
    assert "Making .venv" in first.stderr

    again = machine.bash("set_up run; echo ready")
    assert (again.stdout, again.stderr) == ("ready\n", "")

    # Cut short in the middle: made anew.
    (machine.project / ".venv" / ".reception-unfinished").touch()
    anew = machine.bash(PRETEND_TO_INSTALL + "set_up run")
    assert "making it anew" in anew.stderr
    assert anew.returncode == 0

    # Other requirements: installed into the same environment.
    (machine.project / "requirements.txt").write_text("# something else\n")
    more = machine.bash(PRETEND_TO_INSTALL + "set_up run")
    assert "Installing the Python packages" in more.stderr
    assert "Making" not in more.stderr

    # The folder was moved: put right, and silent again.
    command = machine.project / ".venv" / "bin" / "tool"
    command.write_text(f"#!{machine.project}/.venv/bin/python\n")
    machine.project = machine.project.rename(machine.project.with_name("moved"))
    moved = machine.bash(PRETEND_TO_INSTALL + "set_up run")
    assert "was moved" in moved.stderr
    assert "Making" not in moved.stderr
    assert (machine.project / ".venv" / "bin" / "tool").read_text() == f"#!{machine.project}/.venv/bin/python\n"
    assert machine.bash("set_up run").stderr == ""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_whole_and_may_be_run(script: Path) -> None:
    bash = shutil.which("bash")
    assert bash is not None
    done = subprocess.run([bash, "-n", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert os.access(script, os.X_OK) == (script.name != "_setup")


def test_ci_runs_script_test() -> None:
    run = PROJECT / ".ci" / "run"
    assert os.access(run, os.X_OK)
    assert "script/test" in run.read_text()
