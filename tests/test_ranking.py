"""The ranking: which districts are set side by side, what is counted, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jiceng.ranking.arms import alone, district_with, everything, in_order, on_top
from jiceng.ranking.document import page
from jiceng.ranking.study import Gain, Ranking, ranked
from results.estimates import Estimate
from scenarios.loader import load_scenario
from scenarios.mechanisms import CATALOGUE, conflicts
from scenarios.sampling import sampled

BASE = ("work_fund_floor", "party_fund_floor", "service_fund")
ALL = everything(BASE)


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_two_sides_differ_by_the_mechanism_alone(name: str) -> None:
    """Both sides of an arm are without conflict and differ by one mechanism, on the base and on top of all."""
    arms = [alone(name, BASE), *([on_top(name, ALL)] if name in ALL else [])]
    for arm in arms:
        assert set(arm.with_) - set(arm.without) == {name}
        assert set(arm.without) < set(arm.with_)
        assert conflicts(arm.with_) == []
        assert set(CATALOGUE[name].acts_with) <= set(arm.without)


def test_everything_is_as_much_as_can_be_on_together() -> None:
    """Nothing in it excludes another, and whatever is not in it excludes or replaces something that is."""
    chosen = ALL
    assert set(BASE) < set(chosen)
    assert conflicts(chosen) == []
    assert chosen == in_order(chosen)
    for name in set(CATALOGUE) - set(chosen):
        assert conflicts([*chosen, name]) or set(CATALOGUE[name].replaces) & set(chosen)


def test_everything_together_is_a_district() -> None:
    """All compatible mechanisms at their defaults make a district whose tables are in bounds."""
    place = district_with(sampled(load_scenario("equal-split").model_copy(update={"mechanisms": {}}).district_value(), 20),
                          ALL, {})  # fmt: skip
    for column in place.levers.columns():
        values = getattr(place.levers, column.name)
        assert column.low <= values.min()
        assert values.max() <= column.high


@pytest.fixture(scope="module")
def small() -> Ranking:
    """Three mechanisms on twelve communities of Huancui in three futures."""
    scenario = load_scenario("equal-split")
    short = scenario.model_copy(
        update={"simulation": scenario.simulation.model_copy(update={"months": 12, "warm_up": 3})}
    )
    return ranked(
        short, futures=3, names=("service_fund", "deputy_secretaries", "space_mix"), shrink=lambda p: sampled(p, 12)
    )


def test_posts_bring_needs_met_and_cost_their_wages(small: Ranking) -> None:
    """Two posts a community cost 16 万元 each a year in twelve communities, and more needs are met."""
    gain = small.alone["deputy_secretaries"]
    assert gain.cost_wan == pytest.approx(2 * 12 * 8.0)
    assert gain.needs_met.low > 0
    assert gain.per_wan is not None
    assert gain.per_wan.mean == pytest.approx(gain.met_a_year.mean / gain.cost_wan)
    assert small.alone["space_mix"].is_free
    assert small.alone["space_mix"].per_wan is None


def gain(name: str, mean: float, half: float, cost: float) -> Gain:
    """A gain of so many points."""
    estimate = Estimate(mean, mean - half, mean + half, half, 10)
    return Gain(name, estimate, estimate, estimate.scaled(100.0), cost)


def test_the_page_ranks_within_evidence_and_says_what_is_robust() -> None:
    """Above zero alone and on top is robust; a mechanism by assumption is named apart; each grade has its own order."""
    singles = {
        "first_secretaries": gain("first_secretaries", 0.5, 0.1, 400.0),
        "deputy_secretaries": gain("deputy_secretaries", 1.0, 0.1, 4000.0),
        "work_fund_floor": gain("work_fund_floor", 0.8, 0.1, 10.0),
        "needs_based_grants": gain("needs_based_grants", -0.4, 0.1, 0.0),
    }
    tops = {name: replace(one, needs_met=one.needs_met.scaled(0.5)) for name, one in singles.items()}
    text = page(Ranking(BASE, tuple(CATALOGUE), singles, tops), place="X", communities=9, futures=10, minutes=3.0)
    assert "**Robust in direction** (3 of 4)" in text
    assert "keeps 50% of" in text
    assert "**Fewer needs met** (1), alone or on top, beyond doubt: `needs_based_grants` (-0.40)" in text
    claims = text[text.index("## What the study reports claim") :]
    assert claims.index("`work_fund_floor`") < claims.index("`deputy_secretaries`")
    assert (
        text.index("## Field studies")
        < text.index("| `first_secretaries`")
        < text.index("## What the study reports claim")
    )
