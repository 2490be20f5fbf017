"""Runs the benchmarks, some or all, and prints their figures."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import benchmarks
from benchmarks.measure import Options, Row


@dataclass(frozen=True)
class Benchmark:
    name: str
    about: str
    run: Callable[[Options], list[Row]]


def found() -> dict[str, Benchmark]:
    """Every module of this package that is a benchmark, by name."""
    modules = (
        importlib.import_module(f"benchmarks.{info.name}")
        for info in pkgutil.iter_modules(benchmarks.__path__)
        if info.name != "__main__"
    )
    all_of_them = (
        Benchmark(module.NAME, (module.__doc__ or "").partition("\n")[0], module.run)
        for module in modules
        if hasattr(module, "NAME") and hasattr(module, "run")
    )
    return {each.name: each for each in sorted(all_of_them, key=lambda each: each.name)}


def main(arguments: list[str] | None = None) -> int:
    known = found()
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which ones: {', '.join(known)} (default: all)")
    parser.add_argument("--list", action="store_true", help="only say what there is")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--scale", type=float, default=1.0, help="how much is done; 0.1 for a quick look (default: 1)")
    parser.add_argument("--folder", type=Path, help="where files on disk are made (default: the temporary folder)")
    parser.add_argument("--log", type=Path, help="a walk-in log, for what is judged by one: arrived, served, finished")
    chosen = parser.parse_args(arguments)
    if chosen.list:
        for each in known.values():
            print(f"{each.name:20} {each.about}")
        return 0
    if unknown := [name for name in chosen.names if name not in known]:
        parser.error(f"there is no benchmark {unknown[0]}; there are: {', '.join(known)}")
    options = Options(chosen.scale, chosen.folder or Options().folder, chosen.log)
    results = {}
    for name in chosen.names or known:
        print(f"{name}: {known[name].about}", file=sys.stderr)
        results[name] = known[name].run(options)
        if chosen.format == "table":
            _print_table(name, results[name])
    if chosen.format == "json":
        print(json.dumps({name: [asdict(row) for row in rows] for name, rows in results.items()}, indent=2))
    return 0


def _print_table(name: str, rows: list[Row]) -> None:
    width = max(len(row.what) for row in rows)
    print(f"\n| {name:{width}} | figure |       | aim    |      |")
    print(f"|{'-' * (width + 2)}|-------:|-------|--------|------|")
    for row in rows:
        met = {None: "", True: "met", False: "not"}[row.met]
        print(f"| {row.what:{width}} | {_figure(row.value):>6} | {row.unit:5} | {row.aim:6} | {met:4} |")
    print(flush=True)


def _figure(value: float) -> str:
    if value == int(value) or abs(value) >= 1000:
        return f"{value:.0f}"
    return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"


if __name__ == "__main__":
    sys.exit(main())
