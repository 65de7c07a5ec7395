"""Laws of regions on three small counties: bounds, shares, monotony, independence, and the whole program as judge."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_diag, csr_array, vstack

from optimize import Limits, PlanError, audit, make_plan
from optimize.plan import Status
from optimize.region import RegionLimits, RegionPlan, plan_region
from optimize.region.county import CountyProgram, county_program
from optimize.region.decomposition import decompose, pools_of
from scenarios.building.builder import small_district
from scenarios.region import County, Given, Region, Share, broken_rules
from scenarios.text import Text

WAN = 1_000_000
CLOSE = Limits(time_limit_s=20, gap=1e-4)
LIMITS = RegionLimits(county_gaps=(1e-4,))


def county(seed: int, *, own_wan: int, cost: float) -> County:
    """Ten small communities, a different district for each seed."""
    return County(
        code=f"99000{seed}",
        name=Text(f"示例{seed}县", f"County {seed}"),
        size=10,
        population=7000,
        source=Given(small_district(10, seed=seed, residents=7000)),
        own_limit_fen=own_wan * WAN,
        cost_of_funds=cost,
    )


@pytest.fixture(scope="module")
def region() -> Region:
    """Three counties with unequal revenue; grants, officials and capital are all short."""
    return Region(
        code="990",
        name=Text("示例市", "Example City"),
        first_year=2027,
        years=1,
        counties=(county(1, own_wan=60, cost=1.05), county(2, own_wan=30, cost=1.2), county(3, own_wan=10, cost=1.4)),
        pool_fen=50 * WAN,
        officials=3,
        capital_fen=60 * WAN,
        floor_fen=WAN // 2,
        cap_fen=60 * WAN,
    )


@pytest.fixture(scope="module")
def plan(region: Region) -> RegionPlan:
    """The region's plan."""
    return plan_region(region, limits=LIMITS)


def test_bound_is_below_the_value(plan: RegionPlan) -> None:
    """No plan costs less than the bound, and the plan is within the gap it states."""
    assert plan.bound <= plan.relaxed <= plan.value + 1e-6
    assert plan.value - plan.bound == pytest.approx(plan.gap * plan.value)
    assert (plan.status is Status.OPTIMAL) == (plan.gap <= LIMITS.gap)


def test_dual_function_bounds_at_any_prices(region: Region, plan: RegionPlan) -> None:
    """The bound of a search that is stopped at once is lower, and still a bound."""
    stopped = decompose(region, gap=0.0, most_rounds=0, executor=None)
    assert stopped.bound <= plan.bound + 1e-6
    assert stopped.bound <= plan.value


def test_value_is_near_the_whole_program(region: Region, plan: RegionPlan) -> None:
    """One program over all counties at once, solved by another front end, lies between bound and value."""
    whole = solved_whole(region, whole_numbers=True)
    assert plan.bound <= whole + 1e-4
    assert whole <= plan.value + 1e-4
    assert plan.value <= whole * (1 + plan.gap) + 1e-4


def test_relaxed_value_is_the_whole_relaxation(region: Region) -> None:
    """Dantzig-Wolfe ends at the value of the one big linear program."""
    found = decompose(region, gap=1e-7, most_rounds=60, executor=None)
    assert found.mix.value == pytest.approx(solved_whole(region, whole_numbers=False), rel=1e-6)
    assert found.bound == pytest.approx(found.mix.value, rel=1e-6)


def test_shares_keep_every_rule_to_the_fen(region: Region, plan: RegionPlan) -> None:
    """Own money within limits, grants within the match and the pool, officials and capital within what there is."""
    shares = tuple(each.share for each in plan.counties)
    assert broken_rules(region, shares) == []
    for member, share in zip(region.counties, shares, strict=True):
        assert 0 <= share.own_fen <= member.own_limit_fen
        assert share.grant_fen <= Fraction(region.ratio) * share.own_fen
    assert sum(share.grant_fen for share in shares) <= region.pool_fen


def test_every_county_plan_passes_the_audit(region: Region, plan: RegionPlan) -> None:
    """Each county's plan keeps every rule of its district under its share, exactly."""
    for member, result in zip(region.counties, plan.counties, strict=True):
        assert audit(region.district(member, result.share), result.plan) == []
        assert len(result.plan.postings) <= result.share.officials


def test_region_of_one_county_is_its_own_plan(region: Region) -> None:
    """A county alone, whose money costs what it is, plans as its district does with all that it can raise and draw."""
    only = county(2, own_wan=30, cost=1.0)
    alone = region.with_changes(counties=(only,))
    found = plan_region(alone, limits=LIMITS)
    own = make_plan(alone.district(only, alone.most(only)), goals=("needs_met",), limits=CLOSE)
    assert found.value == pytest.approx(own.goals[0].value, rel=LIMITS.gap)
    assert found.bound <= own.goals[0].value + 1e-6


def test_independent_counties_add_up(region: Region) -> None:
    """Where nothing is shared, the plan of two counties is the two plans of one county each."""
    apart = region.with_changes(pool_fen=0, officials=0, capital_fen=0)
    pair = plan_region(apart.with_changes(counties=region.counties[:2]), limits=LIMITS)
    each = [plan_region(apart.with_changes(counties=(member,)), limits=LIMITS) for member in region.counties[:2]]
    assert pair.value == pytest.approx(sum(single.value for single in each), rel=1e-4)
    assert pair.bound == pytest.approx(sum(single.bound for single in each), rel=3e-4)
    assert all(result.share.grant_fen == 0 and not result.plan.projects for result in pair.counties)


@pytest.mark.parametrize("pool", ["pool_fen", "officials", "capital_fen"])
def test_more_of_a_pool_is_never_worse(region: Region, pool: str) -> None:
    """The relaxed value falls or stays when one pool grows."""
    less = decompose(region, gap=1e-6, most_rounds=60, executor=None)
    grown = region.with_changes(**{pool: round(getattr(region, pool) * 1.5)})
    more = decompose(grown, gap=1e-6, most_rounds=60, executor=None)
    assert more.bound <= less.mix.value * (1 + 1e-6)
    assert more.mix.value <= less.mix.value * (1 + 2e-6)


def test_prices_say_what_a_pool_is_worth(region: Region) -> None:
    """A pool's price is the slope of the relaxed value: one more 万元 saves at most its price, one less costs at least it."""
    found = decompose(region, gap=1e-7, most_rounds=60, executor=None)
    changed = {step: decompose(region.with_changes(pool_fen=region.pool_fen + step * WAN), gap=1e-7, most_rounds=60,
                               executor=None).mix.value for step in (-1, 1)}  # fmt: skip
    assert found.mix.prices.grant > 0
    assert found.mix.value - changed[1] <= found.mix.prices.grant + 0.01
    assert changed[-1] - found.mix.value >= found.mix.prices.grant - 0.01


def test_workers_do_not_change_the_plan(region: Region, plan: RegionPlan) -> None:
    """The same shares, plans, value and bound in this process and in two workers."""
    with ProcessPoolExecutor(2) as executor:
        other = plan_region(region, limits=LIMITS, executor=executor)
    assert (other.value, other.bound, other.prices, other.rounds) == (plan.value, plan.bound, plan.prices, plan.rounds)
    for one, two in zip(plan.counties, other.counties, strict=True):
        assert one.share == two.share
        assert np.array_equal(one.plan.lump_fen, two.plan.lump_fen)
        assert (one.plan.postings, one.plan.projects) == (two.plan.postings, two.plan.projects)


def test_floors_that_nobody_can_pay_are_refused(region: Region) -> None:
    """Floors above the cap, above a county's means or above the pool are said to be infeasible, county by county."""
    for changes, words in (
        ({"floor_fen": 2 * WAN, "cap_fen": WAN}, ["上限"]),
        ({"floor_fen": 5 * WAN, "pool_fen": 70 * WAN}, ["示例3县"]),
        ({"floor_fen": 2 * WAN, "pool_fen": 5 * WAN}, ["示例3县", "资金池"]),
    ):
        with pytest.raises(PlanError) as refused:
            plan_region(region.with_changes(**changes))
        assert refused.value.status is Status.INFEASIBLE
        assert len(refused.value.problems) == len(words)
        assert all(word in says.zh for word, says in zip(words, refused.value.problems, strict=True))


def test_floors_that_take_everything_are_kept(region: Region) -> None:
    """Where the poorest county's floors take all that it can raise and draw, it gets exactly that."""
    tight = region.with_changes(floor_fen=2 * WAN, pool_fen=10 * WAN)
    found = plan_region(tight, limits=LIMITS)
    assert found.counties[2].share.grant_fen == found.counties[2].share.own_fen == 10 * WAN
    assert (found.counties[2].plan.lump_fen == 2 * WAN).all()


def test_three_years_are_planned_too(region: Region) -> None:
    """Shares stand for every plan year, in each of which the limits hold."""
    small = region.with_changes(years=2, counties=region.counties[:2])
    found = plan_region(small, limits=RegionLimits(county_gaps=(0.004,), helpings=0))
    assert found.years == (2027, 2028)
    assert found.bound <= found.value
    for result in found.counties:
        assert result.plan.lump_fen.sum(axis=0).max() <= result.share.own_fen + result.share.grant_fen


def test_what_is_left_over_goes_to_another_county(region: Region) -> None:
    """Capital that splits into halves too small for any project builds one when it is offered again."""
    lumpy = region.with_changes(capital_fen=40 * WAN, counties=region.counties[:2])
    split = plan_region(lumpy, limits=RegionLimits(gap=1e-5, county_gaps=(1e-4,), helpings=0))
    whole = plan_region(lumpy, limits=RegionLimits(gap=1e-5, county_gaps=(1e-4,), helpings=3))
    assert whole.value <= split.value
    assert whole.sites_built >= split.sites_built
    assert broken_rules(lumpy, tuple(result.share for result in whole.counties)) == []


def test_negative_limits_are_refused() -> None:
    """A county cannot raise less than nothing, nor money that costs less than it is."""
    good = county(1, own_wan=1, cost=1.0)
    for wrong in ({"own_limit_fen": -1}, {"cost_of_funds": 0.9}):
        with pytest.raises(ValueError, match="990001"):
            replace(good, **wrong)


def test_broken_rules_are_found(region: Region) -> None:
    """Every kind of breach is named."""
    most = region.most(region.counties[0])
    one = Share(own_fen=most.own_fen + 1, grant_fen=10**9, officials=9, capital_fen=10**9)
    rest = tuple(Share() for _ in region.counties[1:])
    assert len(broken_rules(region, (one, *rest))) == 5
    assert len(broken_rules(region, (Share(officials=-1), *rest))) == 1


def solved_whole(region: Region, *, whole_numbers: bool) -> float:
    """The value of one program with the counties' blocks and the rows of the pools."""
    programs = [county_program(region.with_changes(counties=(member,)), member) for member in region.counties]
    blocks = block_diag([matrix(program) for program in programs], format="csr")
    pools = vstack([csr_array(row) for row in draws(programs)])
    rows = LinearConstraint(
        vstack([blocks, pools]),
        np.concatenate([*(p.linear.row_low for p in programs), np.full(3, -np.inf)]),
        np.concatenate([*(p.linear.row_high for p in programs), pools_of(region).as_array()]),
    )
    cost, low, high = (np.concatenate([getattr(p.linear, name) for p in programs]) for name in ("cost", "low", "high"))
    kinds = np.concatenate([np.isin(np.arange(len(p.linear.cost)), p.whole) for p in programs]) & whole_numbers
    found = milp(cost, constraints=rows, bounds=Bounds(low, high), integrality=kinds.astype(int),
                 options={"mip_rel_gap": 1e-5})  # fmt: skip
    assert found.success
    return float(found.fun) + sum(program.constant for program in programs)


def matrix(program: CountyProgram) -> csr_array:
    """The rows of a county."""
    linear = program.linear
    return csr_array((linear.value, linear.column, linear.start), shape=(len(linear.row_low), len(linear.cost)))


def draws(programs: list[CountyProgram]) -> Iterator[np.ndarray]:
    """A row for each pool: what all counties draw from it."""
    for name in ("grant", "officials", "capital"):
        parts = [np.zeros(len(program.linear.cost)) for program in programs]
        for part, program in zip(parts, programs, strict=True):
            part[getattr(program, name)] = 1.0
        yield np.concatenate(parts)[None]
