"""One budget over programmes with falling returns: our layer beside the optimiser that Atomica uses.

Each of C communities has six programmes, each a concave curve of five segments. Ours is an exact linear program built
by ``optimize.program``; the peer is adaptive stochastic descent (C. C. Kerr and others, PLoS ONE 13 (2018) e0192944),
``sciris.asd``, which Atomica calls with the spending rescaled to the budget. Install the group ``bench`` to measure it.
"""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from optimize.plan import Limits
from optimize.program import Program, linear
from optimize.solver import Search
from scenarios.tables import Reals

SIZES = (10, 100)
PROGRAMMES, SEGMENTS = 6, 5
SEED = 1


@dataclass(frozen=True, eq=False)
class Problem:
    """``length`` and ``slope``: (curves, segments), slopes falling along a curve; ``budget`` is a third of all lengths."""

    length: Reals
    slope: Reals

    @property
    def budget(self) -> float:
        """What may be spent in all."""
        return float(self.length.sum()) / 3

    def returns(self, spent: Reals) -> float:
        """The sum of all curves at the amounts spent."""
        before = np.cumsum(self.length, axis=1) - self.length
        return float((np.clip(spent[:, None] - before, 0.0, self.length) * self.slope).sum())


@dataclass(frozen=True)
class Result:
    """What was reached, and in how many seconds."""

    value: float
    seconds: float


def problem(communities: int) -> Problem:
    """A random problem, the same every time."""
    rng = np.random.default_rng(SEED)
    curves = communities * PROGRAMMES
    slope = -np.sort(-rng.uniform(0.05, 1.0, (curves, SEGMENTS)), axis=1)
    return Problem(rng.uniform(5.0, 50.0, (curves, SEGMENTS)), slope)


def ours(given: Problem) -> Result:
    """The exact optimum, model building and hand-over included."""
    began = perf_counter()
    program = Program()
    parts = [program.variable(0.0, length) for length in given.length.ravel().tolist()]
    program.at_most([(part, 1.0) for part in parts], given.budget)
    goal = linear((part, -slope) for part, slope in zip(parts, given.slope.ravel().tolist(), strict=True))
    answer = Search(program).minimise(goal, Limits(time_limit_s=60.0, gap=0.0))
    spent = np.array([answer[part] for part in parts]).reshape(given.length.shape).sum(axis=1)
    return Result(given.returns(spent), perf_counter() - began)


def peer() -> Callable[[Problem], Result] | None:
    """The peer, if it is installed."""
    if importlib.util.find_spec("sciris") is None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sciris import asd

    def descend(given: Problem) -> Result:
        def shortfall(amounts: Reals) -> float:
            return -given.returns(rescaled(amounts))

        def rescaled(amounts: Reals) -> Reals:
            return np.asarray(amounts) * (given.budget / max(float(np.sum(amounts)), 1e-9))

        began = perf_counter()
        equal = np.full(len(given.length), given.budget / len(given.length))
        found = asd(shortfall, equal, xmin=np.zeros(len(equal)), maxiters=100_000, maxtime=60, randseed=SEED, verbose=0)
        return Result(given.returns(rescaled(found.x)), perf_counter() - began)

    return descend


def report() -> None:
    """Print value and time of both for each size."""
    other = peer()
    for communities in SIZES:
        given = problem(communities)
        mine = ours(given)
        name = f"one budget, {communities} communities x {PROGRAMMES} concave programmes"
        print(f"{name:58s} {mine.seconds:8.3f} s       value {mine.value:.4f}")
        if other is None:
            print(f"{'  the same by sciris asd (Atomica)':58s} not measured: install the dependency group bench")
            continue
        theirs = other(given)
        behind = 1 - theirs.value / mine.value
        print(f"{'  the same by sciris asd (Atomica)':58s} {theirs.seconds:8.3f} s {theirs.seconds / mine.seconds:8.0f} x"
              f" value {behind:.5%} below")  # fmt: skip


if __name__ == "__main__":
    report()
