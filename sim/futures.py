"""Futures: joint samples of the parameters nobody knows, shared by every policy."""

from __future__ import annotations

from dataclasses import dataclass

from scipy.stats import qmc

from scenarios.district import District
from scenarios.parameters import PARAMETERS


@dataclass(frozen=True)
class Future:
    """One set of values for the uncertain parameters; index 0 with no values is the nominal future."""

    index: int = 0
    values: tuple[tuple[str, float], ...] = ()

    def applied(self, district: District) -> District:
        """The district with this future's values; a parameter that a scenario has set itself keeps its value."""
        rates = district.rates
        moved = {name: value for name, value in self.values if getattr(rates, name) == PARAMETERS[name].default}
        return district.with_changes(rates=rates.with_values(**moved)) if moved else district


NOMINAL = Future()


def sample_futures(count: int, seed: int) -> tuple[Future, ...]:
    """``count`` futures by Latin hypercube, indexed from 1: the middle half of each range around the default.

    Ranges are evidence limits, not beliefs about next year; half of the way from the default to each limit is used, so
    that futures are plausible together.
    """
    names = [name for name, about in PARAMETERS.items() if about.uncertain]
    unit = qmc.LatinHypercube(d=len(names), rng=seed).random(count)
    return tuple(
        Future(row + 1, tuple((name, _between(name, float(u))) for name, u in zip(names, at, strict=True)))
        for row, at in enumerate(unit)
    )


def _between(name: str, unit: float) -> float:
    """The value at a place 0..1 of the sampled range; 0.5 is the default."""
    about = PARAMETERS[name]
    side = about.high if unit >= 0.5 else about.low
    return about.default + abs(unit - 0.5) * (side - about.default)
