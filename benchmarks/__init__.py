"""Measurements. `script/bench --help` tells what there is.

A module is a benchmark when it has a `NAME`, a first line of a docstring that says what it measures, and
`run(options) -> list[Row]` (see `benchmarks.measure`). Figures that are compared are taken in one run, by turns, and
shown as ratios: those travel, absolute times do not.
"""
