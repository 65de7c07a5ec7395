"""The laws of optima on fifty small random programs, solved to the gap 0, where plans can be compared thing by thing."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from optimize.program import Expression, Program, Variable, linear
from tests.random_programs import NEAR, Menu, menu, proven, solved

SEEDS = pytest.mark.parametrize("seed", range(50))
ALSO_OF_DISTRICTS = pytest.mark.parametrize(
    "seed", [pytest.param(seed, marks=[] if seed % 4 == 0 else pytest.mark.slow) for seed in range(50)]
)
"""For laws that fifty districts keep as well: every fourth seed, the rest when there is time."""


def same(one: Menu, other: Menu, *, times: float = 1.0, plus: float = 0.0) -> None:
    """The other's optimum is the one's times a number plus another, and takes the same things."""
    (value, taken), (other_value, other_taken) = solved(one), solved(other)
    assert other_value == pytest.approx(times * value + plus, rel=NEAR)
    assert other_taken == pytest.approx(taken, abs=1e-6)


@ALSO_OF_DISTRICTS
def test_more_money_more_options_fewer_limits(seed: int):
    """Relations 1 to 3: a larger budget or one more thing never worsens the goal, a budget more never betters it."""
    some = menu(seed)
    value = solved(some)[0]
    assert solved(some.changed(budget=some.budget * 1.1))[0] <= value + NEAR
    assert solved(some.take(np.arange(len(some.site) - 1)))[0] >= value - NEAR
    tight = some.cost.mean(axis=0, keepdims=True)
    assert (
        solved(some.changed(cost=np.vstack([some.cost, tight]), budget=np.append(some.budget, 0.2 * tight.sum())))[0]
        >= value - NEAR
    )


@SEEDS
def test_money_and_costs_times_a_number(seed: int):
    """Relation 4: budgets and costs times k leave the choice and the goal as they are."""
    some, times = menu(seed), (0.01, 3.0, 10_000.0)[seed % 3]
    same(some, some.changed(cost=some.cost * times, budget=some.budget * times))


@SEEDS
def test_benefits_times_a_number(seed: int):
    """Relation 5: benefits times k leave the choice as it is, and the goal is k times as large."""
    some, times = menu(seed), (0.01, 3.0, 1000.0)[seed % 3]
    same(some, some.changed(benefit=some.benefit * times), times=times)


@SEEDS
def test_a_constant_for_each_of_a_fixed_number(seed: int):
    """Relation 6: the same more for each of a fixed number of things, or for the whole, leaves the choice as it is."""
    some = menu(seed)
    count = max(1, round(float(solved(some)[1].sum())) - 1)
    fixed = some.changed(exactly=count)
    same(fixed, fixed.changed(benefit=fixed.benefit + 5.0), plus=-5.0 * count)
    same(some, some.changed(constant=1000.0), plus=1000.0)


@ALSO_OF_DISTRICTS
def test_the_order_of_things_does_not_matter(seed: int):
    """Relation 7: things in another order: the same choice in that order."""
    some, order = menu(seed), np.random.default_rng(seed).permutation(len(menu(seed).site))
    (value, taken), (other_value, other_taken) = solved(some), solved(some.take(order))
    assert other_value == pytest.approx(value, rel=NEAR)
    assert other_taken == pytest.approx(taken[order], abs=1e-6)


@ALSO_OF_DISTRICTS
def test_a_copy_beyond_the_budget(seed: int):
    """Relation 8: a copy of a whole thing on a site of its own that costs more than a budget changes nothing."""
    some = menu(seed)
    row = int(np.flatnonzero(some.whole)[0])
    more = some.take(np.append(np.arange(len(some.site)), row))
    more.cost[0, -1], more.site[-1] = some.budget[0] * 1.01, some.site.max() + 1
    (value, taken), (other_value, other_taken) = solved(some), solved(more)
    assert other_value == pytest.approx(value, rel=NEAR)
    assert other_taken == pytest.approx(np.append(taken, 0.0), abs=1e-6)


@SEEDS
def test_a_thing_cut_in_two(seed: int):
    """Relation 9: things that may be taken in part, as two halves of half the cost and benefit: the same total."""
    some = menu(seed, whole=0.3)
    parts = np.flatnonzero((some.whole == 0) & (np.bincount(some.site)[some.site] == 1))
    halves = some.take(np.append(np.arange(len(some.site)), parts))
    halves.site[len(some.site) :] = some.site.max() + 1 + np.arange(len(parts))
    for half in (parts, np.arange(len(some.site), len(halves.site))):
        halves.benefit[half] /= 2
        halves.cost[:, half] /= 2
    (value, taken), (cut, cut_taken) = solved(some), solved(halves)
    assert cut == pytest.approx(value, rel=NEAR)
    assert (cut_taken[parts] + cut_taken[len(some.site) :]) / 2 == pytest.approx(taken[parts], abs=1e-6)


@ALSO_OF_DISTRICTS
def test_a_thing_held_at_its_best_amount(seed: int):
    """Relation 10: any thing fixed at what the best choice takes of it leaves the optimum; at the opposite it never gains."""
    some = menu(seed)
    value, taken = solved(some)
    for row in np.random.default_rng(seed).choice(len(taken), 2, replace=False).tolist():
        at = float(taken[row])
        assert solved(some.changed(held={row: at}))[0] == pytest.approx(value, rel=1e-6)
        assert solved(some.changed(held={row: 0.0 if at > 0.5 else at}))[0] >= value - NEAR


def by_rule_of_thumb(some: Menu) -> float:
    """Whole things by benefit per cost as long as every budget lasts."""
    left, seen, value = some.budget.copy(), set(), 0.0
    for row in np.argsort(-some.benefit / some.cost.sum(axis=0)):
        if some.site[row] not in seen and (some.cost[:, row] <= left).all():
            seen.add(int(some.site[row]))
            left -= some.cost[:, row]
            value -= some.benefit[row]
    return value


@ALSO_OF_DISTRICTS
def test_relaxation_below_optimum_below_rule_of_thumb(seed: int):
    """Relation 11: parts do at least as well as whole things, and those at least as well as the best ratio first."""
    some = menu(seed, whole=1.0)
    relaxed, value = (solved(one)[0] for one in (some.changed(whole=some.whole * 0), some))
    assert relaxed <= value + NEAR
    assert value <= by_rule_of_thumb(some) + NEAR


@SEEDS
def test_shadow_prices_foretell_small_steps(seed: int):
    """Relation 12: where things may be taken in part, a little more budget is worth its shadow price per unit.

    The price is another library's; the value on both sides of the step shows that it is no kink.
    """
    some = menu(seed, whole=0.0)
    sites = (some.site[None] == np.unique(some.site)[:, None]).astype(float)
    rows, limits = np.vstack([some.cost, sites]), np.append(some.budget, np.ones(len(sites)))
    prices = linprog(-some.benefit, A_ub=rows, b_ub=limits, bounds=(0, 1)).ineqlin.marginals
    value = solved(some)[0]
    for row in range(len(some.budget)):
        step = np.zeros(len(some.budget))
        step[row] = 1e-4 * some.budget[row]
        more, less = (solved(some.changed(budget=some.budget + sign * step))[0] for sign in (1, -1))
        assert more - value == pytest.approx(prices[row] * step[row], abs=1e-7)
        assert value - less == pytest.approx(prices[row] * step[row], abs=1e-7)
    assert prices[: len(some.budget)].min() < 0


@SEEDS
def test_two_menus_with_budgets_of_their_own(seed: int):
    """Relation 13: two menus that share nothing, as one: the sum of the optima, and both choices."""
    one, two = menu(seed), menu(seed + 50)
    apart = np.zeros((len(one.budget), len(two.site))), np.zeros((len(two.budget), len(one.site)))
    both = Menu(
        benefit=np.append(one.benefit, two.benefit),
        cost=np.block([[one.cost, apart[0]], [apart[1], two.cost]]),
        budget=np.append(one.budget, two.budget),
        site=np.append(one.site, two.site + one.site.max() + 1),
        whole=np.append(one.whole, two.whole),
    )
    (value, taken), (first, first_taken), (second, second_taken) = solved(both), solved(one), solved(two)
    assert value == pytest.approx(first + second, rel=NEAR)
    assert taken == pytest.approx(np.append(first_taken, second_taken), abs=1e-6)


def venues_before_need(needs: np.ndarray, capacity: np.ndarray, cost: np.ndarray,
                       held: np.ndarray | None = None) -> tuple[Program, Expression, list[Variable]]:  # fmt: skip
    """Which venues to build before it is known which of the equally likely needs (future, place) will come.

    Venues (capacity by place) come first; what is then lacking is bought at 3 a unit in that future. Axes (venue, place).
    """
    program = Program()
    built = [program.variable(0, 1, whole=True) for _ in cost]
    terms = list(zip(built, cost.tolist(), strict=True))
    for need in needs.tolist():
        for place, amount in enumerate(need):
            lacking = program.variable()
            program.at_least([(lacking, 1.0), *zip(built, capacity[:, place].tolist(), strict=True)], amount)
            terms.append((lacking, 3.0 / len(needs)))
    for venue, amount in zip(built, () if held is None else held.tolist(), strict=held is not None):
        program.equal([(venue, 1.0)], amount)
    return program, linear(terms), built


def test_knowing_the_future_and_planning_for_it_never_cost():
    """Relation 14: EVPI >= 0 and VSS >= 0 over three futures: waiting to see <= planning for all <= planning for the mean.

    EVPI, the value of perfect information, and VSS, the value of the stochastic solution: Birge & Louveaux 2011, 4.1-4.2.
    """
    strict = np.zeros(2)
    for seed in range(50):
        draw = np.random.default_rng([14, seed])
        needs, capacity = draw.uniform(0, 40, (3, 4)), draw.uniform(0, 12, (6, 4)) * (draw.random((6, 4)) < 0.6)
        cost = capacity.sum(axis=1) * draw.uniform(1.0, 3.0, 6)
        together = proven(*venues_before_need(needs, capacity, cost)[:2]).value
        seen = np.mean([proven(*venues_before_need(needs[[one]], capacity, cost)[:2]).value for one in range(3)])
        program, goal, built = venues_before_need(needs.mean(axis=0, keepdims=True), capacity, cost)
        answer = proven(program, goal)
        for_the_mean = np.array([answer[venue] for venue in built])
        planned = proven(*venues_before_need(needs, capacity, cost, held=for_the_mean)[:2]).value
        assert seen <= together + 1e-6, seed
        assert together <= planned + 1e-6, seed
        assert answer.value <= together + 1e-6, seed  # Jensen: the mean future is no dearer than the mean over futures
        strict += (seen < together - 1e-3, together < planned - 1e-3)
    assert strict.min() >= 10


@ALSO_OF_DISTRICTS
def test_copies_of_one_future_are_one_future(seed: int):
    """Relation 14: with three times the same future there is nothing to know: waiting, planning and the mean agree."""
    draw = np.random.default_rng([15, seed])
    need, capacity = draw.uniform(0, 40, (1, 4)), draw.uniform(0, 12, (6, 4))
    cost = capacity.sum(axis=1) * draw.uniform(1.0, 3.0, 6)
    once, thrice = (proven(*venues_before_need(np.repeat(need, n, axis=0), capacity, cost)[:2]).value for n in (1, 3))
    assert thrice == pytest.approx(once, rel=1e-6)
