"""Corrections of the planner's expectations: neutral ones change nothing, others move the promise the right way."""

from dataclasses import fields, replace

import numpy as np
import pytest

from optimize import Correction, Limits, Plan, audit, evaluate, goal_values, make_plan
from optimize.coefficients import yields_of
from scenarios.building.builder import small_district
from scenarios.district import ServiceFund
from scenarios.funding import FEN_PER_WAN

COUNT, BLUNT = 6, Limits(gap=0.02)


@pytest.fixture(scope="module")
def district():
    """Six communities whose grants and posts are to be chosen."""
    pool = 90 * FEN_PER_WAN
    fund = ServiceFund(mode="free", pool_fen=pool, floor_fen=(FEN_PER_WAN,) * COUNT, cap_fen=pool)
    place = small_district(COUNT, seed=4, residents=6000).with_changes(service_fund=fund, extra_posts=2)
    return place.with_changes(
        rates=place.rates.with_values(spillover=0.0, prevention_fade=0.01)
    )  # which a search leaves out


@pytest.fixture(scope="module")
def plan(district):
    return make_plan(district)


def factors(*, hours=1.0, reach=1.0):
    """The same factors for every community."""
    return Correction((hours,) * COUNT, (reach,) * COUNT)


def met(district, plan, correction):
    return evaluate(district, plan.with_changes(correction=correction)).met


def test_a_neutral_correction_changes_nothing(district, plan):
    """Factors of 1 give the same plan and the same promise, bit for bit."""
    neutral = make_plan(district, correction=Correction.neutral(COUNT))
    timeless = [replace(goal, seconds=0.0) for goal in neutral.goals]
    assert timeless == [replace(goal, seconds=0.0) for goal in plan.goals]
    for field in fields(Plan):
        if field.name not in ("goals", "correction"):
            assert np.array_equal(getattr(neutral, field.name), getattr(plan, field.name)), field.name


def test_more_hours_never_lower_a_promise_and_fewer_never_raise_it(district, plan):
    """The promise of a plan rises with the factor on hours, and strictly where hours bind."""
    fewer, as_is, more = (met(district, plan, factors(hours=hours)) for hours in (0.7, 1.0, 1.3))
    assert (fewer <= as_is).all()
    assert (as_is <= more).all()
    assert fewer.sum() < as_is.sum()


def test_what_earlier_money_prevents_is_promised_without_a_fen(district, plan):
    """A tenth of needs prevented from before is added to what is prevented, in that community alone, and leaves less to serve."""
    here = np.arange(COUNT) == 2
    before, after = (evaluate(district, plan.with_changes(correction=correction))
                     for correction in (factors(), replace(factors(), prevented=tuple((0.1 * here).tolist()))))  # fmt: skip
    added = (after.prevented - before.prevented) / before.needs
    assert added == pytest.approx(np.repeat(0.1 * here[:, None], district.years, axis=1))
    assert (after.reached[here] < before.reached[here]).all()
    assert np.array_equal(after.reached[~here], before.reached[~here])
    assert audit(district, make_plan(district, correction=replace(factors(), prevented=(0.1,) * COUNT))) == []


@pytest.mark.parametrize("prevented", [(-0.1,) * COUNT, (1.1,) * COUNT, (0.1,)])
def test_shares_prevented_are_checked(prevented):
    """Shares outside 0 to 1, or for another number of communities, are refused."""
    with pytest.raises(ValueError, match="prevented"):
        replace(factors(), prevented=prevented)


def test_less_reach_lowers_a_promise_where_hours_do_not_bind(district, plan):
    """With hours to spare everything voiced is served, so the promise falls with the factor on reach."""
    spare = [met(district, plan, factors(hours=10.0, reach=reach)) for reach in (0.8, 0.9, 1.0)]
    assert (np.diff(spare, axis=0) > -1e-9).all()
    assert spare[0].sum() < spare[1].sum() < spare[2].sum()


def test_factors_on_both_scale_service_where_only_hours_bind(district, plan):
    """Hours and demand in the same proportion give service in that proportion, where cash and rooms are no limit."""
    none = np.zeros_like(plan.contract_fen)
    rich = plan.with_changes(prevention_fen=none, lump_fen=plan.lump_fen + 10**9)
    roomy = district.with_changes(
        communities=district.communities.replaced(service_m2=district.communities.service_m2 + 10_000)
    )
    once, smaller = (evaluate(roomy, rich.with_changes(correction=factors(hours=f, reach=f))) for f in (1.0, 0.9))
    assert smaller.served == pytest.approx(0.9 * once.served, rel=1e-12)


def test_a_correction_works_on_its_own_community_alone(district):
    """A factor of one community changes no coefficient of another."""
    one = Correction((0.5,) + (1.0,) * (COUNT - 1), (0.8,) + (1.0,) * (COUNT - 1))
    before, after = yields_of(district), yields_of(district, one)
    for name in ("base_hours", "hours_per_post", "hours_per_fen"):
        assert getattr(after, name)[0] == 0.5 * getattr(before, name)[0]
        assert np.array_equal(getattr(after, name)[1:], getattr(before, name)[1:])
    assert after.plain.matters[0] == pytest.approx(0.8 * before.plain.matters[0], rel=1e-12)
    assert np.array_equal(after.reached.fen[1:], before.reached.fen[1:])
    assert np.array_equal(after.needs, before.needs)


@pytest.mark.parametrize("method", ["optimal", "equal_split"])
def test_a_plan_keeps_its_correction_and_the_audit_expects_it(district, method):
    """The promise is checked under the correction it was made with, and under no other."""
    plan = make_plan(district, method=method, correction=factors(hours=0.8, reach=0.95))
    assert plan.correction == factors(hours=0.8, reach=0.95)
    assert audit(district, plan) == []
    assert {v.rule for v in audit(district, plan.with_changes(correction=factors(hours=0.5)))} == {"promise"}
    assert {v.rule for v in audit(district, plan.with_changes(correction=Correction((1.0,), (1.0,))))} == {"shape"}


def test_the_search_expects_what_the_promise_does(district):
    """Under a correction too, the goal values of the search are those recomputed from the decisions."""
    plan = make_plan(district, goals=("needs_met",), limits=BLUNT, correction=factors(hours=0.8, reach=0.95))
    assert plan.goals[-1].value == pytest.approx(goal_values(district, plan)["needs_met"], rel=1e-3)


@pytest.mark.parametrize(
    ("hours", "reach"), [((0.0,), (1.0,)), ((1.0,), (-1.0,)), ((float("nan"),), (1.0,)), ((1.0,), ())]
)
def test_a_correction_that_means_nothing_is_refused(hours, reach):
    """Factors are finite, above 0, and one of each a community."""
    with pytest.raises(ValueError, match="factors"):
        Correction(hours, reach)
