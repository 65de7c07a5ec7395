"""Parts of the decomposition by hand: weak duality, the master's mix and prices, and rounding to whole fen."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from optimize.allocation import assemble
from optimize.coefficients import yields_of
from optimize.region.county import CountyProgram, county_program
from optimize.region.county_plan import needed_own_fen
from optimize.region.linear_program import LinearProgram, without_idle_rows
from optimize.region.master import best_mix
from optimize.region.prices import Pools, Prices, Use
from optimize.region.pricing import answer
from optimize.region.relaxation import Relaxation
from optimize.region.shares import whole_shares
from optimize.rows import Rows
from scenarios.building.builder import small_district
from scenarios.district import District
from scenarios.region import County, Given, Region, Share, broken_rules
from scenarios.text import Text

WAN = 1_000_000
TWO = Given(small_district(2, seed=1))
GENTLE, DEAR = Prices(0.3, 2.0, 0.1), Prices(3.0, 20.0, 1.0)


@pytest.fixture(scope="module")
def region() -> Region:
    """One county of eight small communities."""
    district = small_district(8, seed=4, residents=5600)
    only = County(code="990004", name=Text("示例县", "County"), size=8, population=5600, source=Given(district),
                  own_limit_fen=40 * WAN, cost_of_funds=1.1)  # fmt: skip
    return Region(code="990", name=Text("示例市", "City"), first_year=2027, years=1, counties=(only,), pool_fen=30 * WAN,
                  officials=2, capital_fen=60 * WAN, cap_fen=60 * WAN)  # fmt: skip


@pytest.fixture(scope="module")
def program(region: Region) -> CountyProgram:
    """Its program."""
    return county_program(region, region.counties[0])


def diet() -> LinearProgram:
    """Minimise 2a + 3b with a + b >= 4, a + 3b >= 6 and a at most 3: (3, 1) costs 9, with multipliers 1.5 and 0.5."""
    return LinearProgram(
        cost=np.array([2.0, 3.0]),
        low=np.zeros(2),
        high=np.array([np.inf, np.inf]),
        start=np.array([0, 2, 4, 6]),
        column=np.array([0, 1, 0, 1, 0, 1]),
        value=np.array([1.0, 1.0, 1.0, 3.0, 1.0, 1.0]),
        row_low=np.array([4.0, 6.0, -np.inf]),
        row_high=np.array([np.inf, np.inf, 100.0]),
    )


def test_diet_by_hand() -> None:
    """The optimum of a program solved on paper, and its multipliers prove it."""
    found = Relaxation(diet()).minimise(diet().cost)
    assert found.value == pytest.approx(9.0)
    assert found.point == pytest.approx([3.0, 1.0])
    assert diet().proven(diet().cost, np.array([1.5, 0.5, 0.0])) == pytest.approx(9.0)


@given(st.lists(st.floats(-5, 5), min_size=3, max_size=3))
def test_any_multipliers_prove_a_bound(duals: list[float]) -> None:
    """Weak duality: no multipliers, whatever their signs, prove more than the optimum."""
    assert diet().proven(diet().cost, np.array(duals)) <= 9.0 + 1e-9


def test_implied_bounds_hold_every_point(program: CountyProgram) -> None:
    """Bounds that rows imply are finite and lie above every optimal point."""
    assert np.isfinite(program.linear.finite_high).all()
    for prices in (Prices(), GENTLE, DEAR):
        point = Relaxation(program.linear).minimise(program.priced(prices)).point
        assert (point <= program.linear.finite_high + 1e-7).all()


def test_bound_of_a_county_is_its_relaxed_value(program: CountyProgram) -> None:
    """The multipliers of an optimal vertex prove its value, without trust in the solver."""
    for prices in (Prices(), GENTLE, DEAR):
        cost = program.priced(prices)
        found = Relaxation(program.linear).minimise(cost)
        assert program.linear.proven(cost, found.duals) == pytest.approx(found.value, rel=1e-9)


def test_hot_and_cold_searches_agree(program: CountyProgram) -> None:
    """A search from another goal's vertex, taken out and put back, ends at the same value as one from scratch."""
    first = answer(program, None, [Prices(), DEAR])
    again = answer(program, first.basis, [GENTLE])
    cold = answer(program, None, [GENTLE])
    assert again.answers[0].bound == pytest.approx(cold.answers[0].bound, rel=1e-9)


def test_idle_rows_change_nothing() -> None:
    """Rows that a free column satisfies can go; rows that bind, or whose column will cost something, stay."""
    base = diet()
    with_idle = replace(
        base,
        cost=np.array([2.0, 3.0, 0.0]),
        low=np.zeros(3),
        high=np.array([np.inf, np.inf, np.inf]),
        start=np.array([0, 2, 4, 6, 9]),
        column=np.append(base.column, [0, 1, 2]),
        value=np.append(base.value, [-1.0, -1.0, 1.0]),
        row_low=np.append(base.row_low, 0.0),
        row_high=np.append(base.row_high, np.inf),
    )
    assert len(without_idle_rows(with_idle, ()).row_low) == 3
    assert len(without_idle_rows(with_idle, (2,)).row_low) == 4
    assert len(without_idle_rows(replace(with_idle, cost=np.array([2.0, 3.0, 1.0])), ()).row_low) == 4
    found = Relaxation(without_idle_rows(with_idle, ())).minimise(with_idle.cost)
    assert found.value == pytest.approx(9.0)


def test_program_stands_for_the_district_at_its_share(region: Region, program: CountyProgram) -> None:
    """With the share held, the arrays have the relaxed value of the program that the district's own planner builds."""
    share = Share(own_fen=20 * WAN, grant_fen=20 * WAN, officials=1, capital_fen=30 * WAN)
    held = {program.own: 20.0, program.grant: 20.0, program.officials: 1.0, program.capital: 30.0}
    low, high = program.linear.low.copy(), program.linear.high.copy()
    for column, value in held.items():
        low[column] = high[column] = value
    cost = program.linear.cost
    arrays = Relaxation(replace(program.linear, low=low, high=high)).minimise(cost).value + program.constant
    district = region.district(region.counties[0], share)
    own = relaxed_value(district)
    assert arrays - 0.1 * 20.0 == pytest.approx(own, rel=1e-6)


def relaxed_value(district: District) -> float:
    """The relaxation of the program that PuLP builds, by scipy."""
    made = assemble(district, yields_of(district), goals=("needs_met",))
    columns = {v.name: position for position, v in enumerate(made.program.variables)}
    rows = Rows(columns, made.program.problem.constraints())
    goal = made.goals["needs_met"]
    cost = np.zeros(len(columns))
    for variable, coefficient in goal.items():
        cost[columns[variable.name]] = coefficient
    matrix = csr_array((rows.value, rows.column, rows.start), shape=(len(rows.low), len(columns)))
    above, below = np.isfinite(rows.high), np.isfinite(rows.low)
    bounds = [(v.lowBound, v.upBound) for v in made.program.variables]
    found = linprog(cost, A_ub=vstack([matrix[above], -matrix[below]]),
                    b_ub=np.concatenate([rows.high[above], -rows.low[below]]), bounds=bounds)  # fmt: skip
    return float(found.fun) + float(goal.constant)


def test_mix_by_hand() -> None:
    """Two counties, three units of grant: the first saves 3 a unit and takes two, the second saves 2 with what is left."""
    first = [Use(10.0, 0.0, 0.0, 0.0, 0.0), Use(4.0, 2.0, 2.0, 0.0, 0.0)]
    second = [Use(10.0, 0.0, 0.0, 0.0, 0.0), Use(6.0, 2.0, 2.0, 0.0, 0.0)]
    mix = best_mix([first, second], Pools(grant=3.0, officials=0.0, capital=0.0))
    assert mix.value == pytest.approx(12.0)
    assert mix.prices.grant == pytest.approx(2.0)
    assert [use.grant for use in mix.uses] == pytest.approx([2.0, 1.0])
    assert mix.fits


def test_mix_says_when_nothing_fits() -> None:
    """Where every known use overdraws a pool, the mix says so instead of showing a plan."""
    mix = best_mix([[Use(1.0, 0.0, 5.0, 0.0, 0.0)]], Pools(grant=3.0, officials=0.0, capital=0.0))
    assert not mix.fits


USES = st.builds(Use, cost=st.just(0.0), own=st.floats(0, 40), grant=st.floats(0, 40), officials=st.floats(0, 3),
                 capital=st.floats(0, 60))  # fmt: skip


@settings(max_examples=200)
@given(uses=st.lists(USES, min_size=1, max_size=6), ratio=st.sampled_from([0.0, 0.1, 1 / 3, 0.5, 1.0, 2.0]))
def test_whole_shares_keep_the_rules(uses: list[Use], ratio: float) -> None:
    """However a search's point lies within the rules, shares in whole fen keep them exactly."""
    fitting = [replace(use, grant=min(use.grant, ratio * use.own)) for use in uses]
    total = [sum(getattr(use, name) for use in fitting) for name in ("grant", "officials", "capital")]
    counties = tuple(
        County(code=str(row), name=Text("县", "county"), size=2, population=2400, source=TWO, own_limit_fen=40 * WAN)
        for row in range(len(fitting))
    )
    region = Region(code="1", name=Text("市", "city"), first_year=2027, years=1, counties=counties, ratio=ratio,
                    pool_fen=int(total[0] * WAN) + 1, officials=int(total[1] + 1e-9), capital_fen=int(total[2] * WAN) + 1)  # fmt: skip
    shares = whole_shares(region, fitting)
    assert broken_rules(region, shares) == []
    for share in shares:
        own = needed_own_fen(region, share.grant_fen)
        assert own <= share.own_fen
        assert share.grant_fen <= Fraction(ratio) * own
