from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.building.apportion import apportion
from scenarios.building.draws import Draws

CODES = [f"{n:05d}" for n in range(4000)]


@given(
    total=st.integers(0, 10**7),
    weights=st.lists(st.floats(0.0, 1e6), min_size=1, max_size=40),
)
def test_shares_sum_to_the_total(total: int, weights: list[float]) -> None:
    """Apportioned shares are whole, never negative, and sum to the total exactly."""
    share = apportion(total, weights)
    assert share.sum() == total
    assert (share >= 0).all()


@given(st.data())
def test_shares_keep_their_bounds(data: st.DataObject) -> None:
    """Shares stay within low and high, and still sum to any total that fits between them."""
    rows = data.draw(st.lists(st.tuples(st.floats(0.01, 1e4), st.integers(0, 50), st.integers(0, 50)), min_size=1))
    weights, low, extra = (np.array(column) for column in zip(*rows, strict=True))
    high = low + extra
    total = data.draw(st.integers(int(low.sum()), int(high.sum())))
    share = apportion(total, weights, low, high)
    assert share.sum() == total
    assert ((share >= low) & (share <= high)).all()


@given(st.lists(st.integers(1, 1000), min_size=2, max_size=20), st.integers(1, 10**5))
def test_shares_are_within_one_of_exact(weights: list[int], total: int) -> None:
    """Without bounds a share differs from its exact part by less than one (quota rule of largest remainder)."""
    exact = total * np.array(weights) / sum(weights)
    assert (np.abs(apportion(total, weights) - exact) < 1 + 1e-6).all()


def test_total_outside_the_bounds_is_refused() -> None:
    """A total that no shares within the bounds can reach is an error, not a wrong sum."""
    with pytest.raises(ValueError, match="expected one between 4 and 6"):
        apportion(7, [1, 1], low=2, high=3)


def test_draws_do_not_depend_on_company() -> None:
    """A unit's draw is the same whatever other units are drawn, and in whatever order."""
    draws = Draws(5)
    alone = draws.normal("size", CODES[7:8])
    assert draws.normal("size", CODES)[7] == alone[0] == draws.normal("size", CODES[::-1])[-8]


@pytest.mark.parametrize("change", [(6, "size"), (5, "posts")])
def test_draws_of_other_seeds_and_purposes_are_unrelated(change: tuple[int, str]) -> None:
    """Another seed or another purpose gives uncorrelated draws."""
    seed, purpose = change
    one, other = Draws(5).uniform("size", CODES), Draws(seed).uniform(purpose, CODES)
    assert abs(np.corrcoef(one, other)[0, 1]) < 4 / len(CODES) ** 0.5


def test_draws_have_the_stated_distribution() -> None:
    """Uniform draws have mean 1/2 and variance 1/12; normal ones mean 0 and variance near 1."""
    uniform, normal = Draws(1).uniform("a", CODES), Draws(1).normal("b", CODES, bound=9.0)
    assert uniform.mean() == pytest.approx(0.5, abs=0.02)
    assert uniform.var() == pytest.approx(1 / 12, abs=0.004)
    assert normal.mean() == pytest.approx(0.0, abs=0.07)
    assert normal.var() == pytest.approx(1.0, abs=0.1)


def test_draws_are_those_of_yesterday() -> None:
    """The hash is pinned: a change of it would redraw every district."""
    assert Draws(20261122).one("size", "371002001001") == 0.24625174466913113
