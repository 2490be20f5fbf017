"""Ranges that hold eight counts in ten, by the negative binomial distribution.

A count with the mean m varies by m + v m squared: with v = 0 as chance alone has it, Poisson's distribution. How much
more it varies is found from counts that were foretold before.
"""

from __future__ import annotations

from math import erf, exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

HELD = 0.8
TAIL = (1 - HELD) / 2
DEVIATIONS = 1.2815515655446004
"""So many standard deviations to either side hold eight in ten of a normal distribution."""
LEAST, MOST = 1e-4, 4.0
"""Between these v is looked for."""
STEPS = 9
EXACT_UP_TO = 40.0
"""Means above it are taken for a gamma distribution of the same mean and variance, which is as good as the same."""
FARTHEST = 7.0
"""So many standard deviations above its mean no count is looked for."""


def ranges(means: Floats, v: Floats) -> tuple[Whole, Whole]:
    """For each mean, with its own v, the least and the greatest count of its range, both in it."""
    low = np.empty(len(means), np.int64)
    high = np.empty(len(means), np.int64)
    small = means <= EXACT_UP_TO
    if small.any():
        low[small], high[small] = _exact(means[small], v[small])
    if not small.all():
        low[~small], high[~small] = _by_gamma(means[~small], v[~small])
    return low, high


def _exact(means: Floats, v: Floats) -> tuple[Whole, Whole]:
    """The plain range begins at the last count with at most a tenth below it and ends at the first with at most a tenth
    above it. Of it and those one shorter at either end, or both, it is the one that comes nearest to eight in ten."""
    below = _below(means, np.maximum(v, LEAST))
    rows = np.arange(len(means))
    first = (below <= TAIL).sum(axis=1) - 1
    last = np.minimum((below[:, 1:] < 1 - TAIL).sum(axis=1), below.shape[1] - 2)
    low, high, best = first, last, np.full(len(means), np.inf)
    for start, end in ((first, last), (first + 1, last), (first, last - 1), (first + 1, last - 1)):
        off = np.where(start <= end, np.abs(below[rows, end + 1] - below[rows, start] - HELD), np.inf)
        nearer = off < best
        low, high, best = np.where(nearer, start, low), np.where(nearer, end, high), np.minimum(off, best)
    return low, high


def _below(means: Floats, v: Floats) -> Floats:
    """At [i, k] how likely fewer than k are where i are expected."""
    most = int(np.max(means + FARTHEST * np.sqrt(means + v * means**2))) + 4
    counts = np.arange(1, most)
    with np.errstate(divide="ignore"):
        steps = np.log((counts - 1 + 1 / v[:, None]) / counts) + np.log(means * v / (1 + means * v))[:, None]
    logs = np.empty((len(means), most))
    logs[:, 0] = -np.log1p(means * v) / v
    logs[:, 1:] = logs[:, :1] + np.cumsum(steps, axis=1)
    below = np.zeros((len(means), most + 1))
    np.cumsum(np.exp(logs), axis=1, out=below[:, 1:])
    return below


def _by_gamma(means: Floats, v: Floats) -> tuple[Whole, Whole]:
    """Wilson and Hilferty (1931): the cube root of a gamma variable is nearly normal."""
    ninth = (1 / means + v) / 9
    low, high = (means * np.maximum(0, 1 - ninth + side * np.sqrt(ninth)) ** 3 for side in (-DEVIATIONS, DEVIATIONS))
    return np.floor(low).astype(np.int64) + 1, np.ceil(high).astype(np.int64) - 1


def variation(means: Floats, counts: Floats, uncertain: Floats, usual: float, as_if: float) -> float:
    """The v with which eight in ten of the counts lie in their ranges, as if there were so many more with the `usual`
    v. `uncertain`: what it is multiplied with for each."""
    by_chance = 1 / max(1.0, float(means.mean())) if len(means) else 0.0
    low, high = log(LEAST), log(MOST)
    for _ in range(STEPS):
        v = exp((low + high) / 2)
        held = as_if * erf(DEVIATIONS * sqrt((by_chance + v) / (by_chance + usual)) / sqrt(2))
        if len(means):
            least, greatest = ranges(means, v * uncertain)
            held += int(((least <= counts) & (counts <= greatest)).sum())
        if held < HELD * (len(means) + as_if):
            low = log(v)
        else:
            high = log(v)
    return exp((low + high) / 2)
