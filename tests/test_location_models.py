"""Location models: answers worked out by hand, answers by trying everything, and laws between models."""

import itertools
import math

import numpy as np
import pytest

from optimize.location.capacitated_location import locate_with_capacity
from optimize.location.generalised_assignment import assign
from optimize.location.instances import Jobs, Places, SetCover, Warehouses, numbered, within
from optimize.location.maximal_covering import cover_most
from optimize.location.p_center import locate_centers
from optimize.location.p_median import locate_medians
from optimize.location.set_covering import cover_all
from optimize.plan import Limits, Status

EXACT = Limits(time_limit_s=20, gap=0.0)
SHORT = Limits(time_limit_s=0.0, gap=0.0)


def places(distance, demand=None) -> Places:
    table = np.array(distance, dtype=float)
    weights = np.ones(len(table)) if demand is None else np.array(demand, dtype=float)
    return Places(
        customers=numbered(len(table)), sites=numbered(table.shape[1], "site "), distance=table, demand=weights
    )


def on_a_line(*positions, demand=None) -> Places:
    """Places on a road: each a customer and a site."""
    at = np.array(positions, dtype=float)
    return places(np.abs(at[:, None] - at), demand)


def random_places(seed, *, whole=True, size=14) -> Places:
    rng = np.random.default_rng(seed)
    at = rng.integers(0, 100, (size, 2)).astype(float)
    distance = np.hypot(*(at[:, None] - at).transpose(2, 0, 1))
    return places(np.rint(distance) if whole else distance * 1e6, rng.integers(0, 9, size))


def random_warehouses(seed, *, roomy=False) -> Warehouses:
    rng = np.random.default_rng(seed)
    demand = rng.integers(1, 20, 8).astype(float)
    capacity = np.full(4, demand.sum()) if roomy else rng.integers(20, 40, 4).astype(float)
    return Warehouses(customers=numbered(8), sites=numbered(4), capacity=capacity, demand=demand,
                      fixed_cost=rng.integers(50, 120, 4) + 0.125, cost=rng.integers(1, 60, (8, 4)) + 0.25)  # fmt: skip


def choices(count, facilities):
    return [list(chosen) for chosen in itertools.combinations(range(count), facilities)]


def test_set_covering_by_hand():
    """Five places on a road, two apart or less in reach: two sites cover all, and one cannot."""
    found = cover_all(within(on_a_line(0, 1, 2, 3, 4), 2.0), EXACT)
    assert (found.status, found.objective, found.bound) == (Status.OPTIMAL, 1.0, 1.0)
    assert found.facilities == ("site 3",)
    assert cover_all(within(on_a_line(0, 1, 2, 3, 4), 1.0), EXACT).objective == 2.0


def test_set_covering_takes_the_cheaper_sites():
    """Two cheap sites are taken for one dear one, and each customer gets a site that covers it."""
    cover = SetCover(customers=numbered(2), sites=("both", "first", "second"), cost=np.array([5.0, 1.5, 2.0]),
                     covered_by=(np.array([0, 1]), np.array([0, 2])))  # fmt: skip
    found = cover_all(cover, EXACT)
    assert (found.objective, found.facilities) == (3.5, ("first", "second"))
    assert [served.facility for served in found.serves] == ["first", "second"]


def test_a_customer_out_of_reach_is_named():
    """Where nobody can be covered the answer says who, without a search."""
    found = cover_all(within(places([[1.0], [9.0]]), 2.0), EXACT)
    assert found.status is Status.INFEASIBLE
    assert found.because is not None
    assert "2" in found.because.en


def test_maximal_covering_by_hand():
    """One site within 1 of places at 0, 1, 2 and 10: the middle one, 6 of 13 people; those at 10 would be 7."""
    three = on_a_line(0, 1, 2, 10, demand=[2, 2, 2, 7])
    assert (cover_most(three, 1, 1.0, EXACT).objective, cover_most(three, 1, 1.0, EXACT).facilities) == (
        7.0,
        ("site 4",),
    )
    both = cover_most(three, 2, 1.0, EXACT)
    assert (both.objective, both.bound, both.gap, len(both.serves)) == (13.0, 13.0, 0.0, 4)


def test_p_median_by_hand():
    """Of five places on a road the middle one is the median; a heavy end draws it there."""
    found = locate_medians(on_a_line(0, 1, 2, 3, 4), 1, EXACT)
    assert (found.objective, found.facilities) == (6.0, ("site 3",))
    assert locate_medians(on_a_line(0, 1, 2, 3, 4, demand=[9, 1, 1, 1, 1]), 1, EXACT).facilities == ("site 1",)
    assert locate_medians(on_a_line(0, 1, 2, 3, 4), 5, EXACT).objective == 0.0


def test_p_center_by_hand():
    """Of places at 0, 1, 2, 3, 10 one centre leaves 7 to the farthest, two leave 2 and three leave 1."""
    line = on_a_line(0, 1, 2, 3, 10)
    found = [locate_centers(line, count, EXACT) for count in (1, 2, 3, 4)]
    assert [one.objective for one in found] == [7.0, 2.0, 1.0, 1.0]
    assert all((one.status, one.gap) == (Status.OPTIMAL, 0.0) for one in found)


def test_capacitated_location_by_hand():
    """Two sites of 10 for 15 units: both must open, and the customer between them is split."""
    house = Warehouses(customers=numbered(3), sites=numbered(2), capacity=np.array([10.0, 10.0]),
                       fixed_cost=np.array([100.0, 80.0]), demand=np.array([5.0, 5.0, 5.0]),
                       cost=np.array([[1.0, 50.0], [50.0, 1.0], [10.0, 10.5]]))  # fmt: skip
    found = locate_with_capacity(house, EXACT)
    assert (found.status, found.objective, found.facilities) == (Status.OPTIMAL, 192.0, ("1", "2"))
    tight = Warehouses(customers=house.customers, sites=house.sites, capacity=np.array([8.0, 7.0]),
                       fixed_cost=house.fixed_cost, demand=house.demand, cost=house.cost)  # fmt: skip
    split = locate_with_capacity(tight, EXACT)
    assert split.objective == pytest.approx(182 + 10 * 0.6 + 10.5 * 0.4, rel=1e-12)
    assert sorted(served.share for served in split.serves if served.customer == "3") == pytest.approx([0.4, 0.6])


def test_capacities_below_demand_are_infeasible():
    """No set of sites serves more than their capacities."""
    full = Warehouses(customers=numbered(1), sites=numbered(1), capacity=np.array([1.0]), fixed_cost=np.zeros(1),
                      demand=np.array([2.0]), cost=np.ones((1, 1)))  # fmt: skip
    assert locate_with_capacity(full, EXACT).status is Status.INFEASIBLE


def test_assignment_by_hand():
    """The cheap agent bears one job alone, so the dearer one gets the job that costs it least more."""
    jobs = Jobs(agents=("a", "b"), jobs=numbered(2), cost=np.array([[1.0, 1.0], [5.0, 3.0]]), load=np.full((2, 2), 2.0),
                capacity=np.array([3.0, 9.0]))  # fmt: skip
    found = assign(jobs, EXACT)
    assert (found.objective, [served.facility for served in found.serves]) == (4.0, ["a", "b"])
    assert assign(Jobs(agents=("a",), jobs=("1",), cost=np.ones((1, 1)), load=np.full((1, 1), 2.0),
                       capacity=np.ones(1)), EXACT).status is Status.INFEASIBLE  # fmt: skip


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_trying_every_choice_agrees(seed, whole):
    """p-median, p-center and maximal covering equal the best of all choices, with decimals and large numbers too."""
    given = random_places(seed, whole=whole)
    radius = float(np.quantile(given.distance, 0.2))
    for facilities in (1, 3, 12):
        nearest = [given.distance[:, chosen].min(axis=1) for chosen in choices(14, facilities)]
        median = min(math.fsum(way * given.demand) for way in nearest)
        assert locate_medians(given, facilities, EXACT).objective == pytest.approx(median, rel=1e-12)
        assert locate_centers(given, facilities, EXACT).objective == min(way.max() for way in nearest)
        covered = max(given.demand[way <= radius].sum() for way in nearest)
        assert cover_most(given, facilities, radius, EXACT).objective == covered


@pytest.mark.parametrize("seed", range(4))
def test_trying_every_assignment_agrees(seed):
    """Generalised assignment equals the best of all 3^7 assignments."""
    rng = np.random.default_rng(seed)
    cost, load = rng.integers(10, 50, (3, 7)), rng.integers(5, 25, (3, 7))
    capacity = load.sum(axis=1) * 0.4
    jobs = Jobs(
        agents=numbered(3), jobs=numbered(7), cost=cost.astype(float), load=load.astype(float), capacity=capacity
    )
    costs = []
    for by in itertools.product(range(3), repeat=7):
        loads = np.bincount(by, weights=load[by, range(7)], minlength=3)
        costs += [cost[by, range(7)].sum()] if (loads <= capacity).all() else []
    found = assign(jobs, EXACT)
    assert found.objective == min(costs) if costs else found.status is Status.INFEASIBLE


@pytest.mark.parametrize("seed", range(4))
def test_more_never_hurts(seed):
    """More facilities never cost more nor cover less; a longer reach never covers less nor needs more sites."""
    given = random_places(seed)
    medians = [locate_medians(given, count, EXACT).objective for count in range(1, 8)]
    centers = [locate_centers(given, count, EXACT).objective for count in range(1, 8)]
    covered = [cover_most(given, count, 20.0, EXACT).objective for count in range(1, 8)]
    reached = [cover_most(given, 3, radius, EXACT).objective for radius in (0, 10, 20, 40, 200)]
    needed = [cover_all(within(given, radius), EXACT).objective for radius in (0, 10, 20, 40, 200)]
    assert medians == sorted(medians, reverse=True)
    assert centers == sorted(centers, reverse=True)
    assert covered == sorted(covered)
    assert reached == sorted(reached)
    assert needed == sorted(needed, reverse=True)


@pytest.mark.parametrize("seed", range(4))
def test_models_bound_each_other(seed):
    """The center's radius covers all with p sites; the median's mean way is at most the center's longest."""
    given = random_places(seed)
    for count in (2, 4):
        center = locate_centers(given, count, EXACT).objective
        assert cover_all(within(given, center), EXACT).objective <= count
        assert cover_most(given, count, center, EXACT).objective == given.demand.sum()
        assert locate_medians(given, count, EXACT).objective <= center * given.demand.sum()


@pytest.mark.parametrize("seed", range(4))
def test_capacities_only_cost(seed):
    """With capacities it is never cheaper than without; whole demand is served within every capacity."""
    tight, roomy = (locate_with_capacity(random_warehouses(seed, roomy=roomy), EXACT) for roomy in (False, True))
    assert (tight.status, roomy.status) == (Status.OPTIMAL, Status.OPTIMAL)
    assert tight.objective >= roomy.objective - 1e-9
    given = random_warehouses(seed)
    load = dict.fromkeys(given.sites, 0.0)
    share = dict.fromkeys(given.customers, 0.0)
    for served in tight.serves:
        load[served.facility] += served.share * given.demand[int(served.customer) - 1]
        share[served.customer] += served.share
    assert set(load) - set(tight.facilities) == {site for site, amount in load.items() if amount == 0}
    assert all(amount <= limit + 1e-6 for amount, limit in zip(load.values(), given.capacity, strict=True))
    assert list(share.values()) == pytest.approx([1.0] * 8)


@pytest.mark.parametrize("factor", [0.001, 1e6])
def test_the_unit_of_distance_changes_no_choice(factor):
    """Distances times a factor: the same sites, and the objective times that factor."""
    given = random_places(3)
    other = places(given.distance * factor, given.demand)
    for solve in (locate_medians, locate_centers):
        one, two = solve(given, 3, EXACT), solve(other, 3, EXACT)
        assert two.objective == pytest.approx(one.objective * factor, rel=1e-9)
        assert (two.status, two.gap) == (Status.OPTIMAL, 0.0)


def test_places_that_are_not_connected():
    """Two islands need a facility each: one is infeasible, two are found; a customer without any site is named."""
    islands = places([[0, 1, math.inf], [1, 0, math.inf], [math.inf, math.inf, 0]])
    for solve in (locate_medians, locate_centers):
        assert solve(islands, 1, EXACT).status is Status.INFEASIBLE
        assert (solve(islands, 2, EXACT).status, solve(islands, 2, EXACT).objective) == (Status.OPTIMAL, 1.0)
        assert solve(places([[math.inf], [1.0]]), 1, EXACT).because is not None


def test_no_time_is_never_called_optimal_unproven():
    """Without time there is nothing, or a choice whose bound says how good it is."""
    given = random_places(1, whole=False, size=40)
    for found in (locate_centers(given, 4, SHORT), cover_most(given, 4, 1e7, SHORT), locate_medians(given, 4, SHORT)):
        assert found.status is not Status.OPTIMAL or found.gap == 0.0
        assert found.status in (Status.OPTIMAL, Status.FEASIBLE, Status.NONE)
