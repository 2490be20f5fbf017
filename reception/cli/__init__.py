"""The command line: what may be asked, in which words it answers, and with which exit code.

`ui.__main__` calls `main` and hands in the commands that open windows. Modules are loaded when their command is run.
"""

from reception.cli.parser import ExtraCommand, build_parser
from reception.cli.running import main

__all__ = ["ExtraCommand", "build_parser", "main"]
