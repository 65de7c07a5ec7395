"""Levers and arrangements in plans: neutral ones change nothing, moved ones are planned exactly as they are promised."""

from dataclasses import fields, replace

import numpy as np
import pytest

from optimize import Limits, Plan, Status, audit, evaluate, goal_values, make_plan, plan_outlay
from optimize.coefficients import yields_of
from optimize.outlay import standing_outlay_fen
from optimize.promise import _common_share
from scenarios import formulas
from scenarios.arrangements import CareCell, Meetings, Support
from scenarios.building.builder import small_district
from scenarios.district import ServiceFund
from scenarios.funding import FEN_PER_WAN as WAN
from scenarios.levers import NEUTRAL, Levers

COUNT, SHARP = 6, Limits(gap=1e-6)
GRANTED = ServiceFund(entitlement_fen=(11 * WAN,) * COUNT)
FUNDS = {
    "granted": GRANTED,
    "mandated": replace(GRANTED, mode="mandated", payer="district", granter="city", ratio=1.0),
    "voluntary": replace(GRANTED, mode="voluntary", ratio=1.0, pool_fen=20 * WAN),
    "free": ServiceFund(mode="free", pool_fen=66 * WAN, floor_fen=(WAN,) * COUNT, cap_fen=60 * WAN),
}
CASH = (0, 3 * WAN, 0, WAN, 0, 0)
SUPPORTS = (
    Support(programme="pairs", fen=CASH, hours=(200.0, 0, 100, 0, 50, 0), half_life_months=12.0),
    Support(programme="teams", payer="city", hours=(30.0,) * COUNT, cost_fen=(WAN, 0, 0, 0, WAN, 0)),
)
CARE = (CareCell(member_class=0, kind="living", yuan=300.0), CareCell(member_class=2, kind="living", yuan=500.0))


@pytest.fixture(scope="module")
def base():
    return small_district(COUNT, seed=4, residents=6000).with_changes(service_fund=GRANTED)


@pytest.fixture(scope="module")
def plan(base):
    """Hours, cash and rooms all bind somewhere."""
    return make_plan(base, goals=("needs_met",), limits=SHARP)


def levers(**values):
    """Levers that are neutral but for these."""
    return Levers.neutral(COUNT).replaced(**{name: np.full(COUNT, value) for name, value in values.items()})


def moved(base):
    """The district with every lever off neutral and unequal, and every arrangement made."""
    rng = np.random.default_rng(5)
    values = {item.name: NEUTRAL[item.name] + (item.high - NEUTRAL[item.name]) * rng.uniform(0.05, 0.3, COUNT)
              for item in Levers.columns()}  # fmt: skip
    values["room_hours"] = rng.uniform(50, 300, COUNT)
    values["care_rooms"] = rng.uniform(0.35, 0.45, COUNT)  # a use without rooms is for the promise alone to see
    alone = base.rates.with_values(spillover=0.0, prevention_fade=0.01)  # which a search leaves out
    return base.with_changes(levers=Levers(**values), supports=SUPPORTS, care=CARE, rates=alone,
                             meetings=Meetings(street=4, district=2, city=1))  # fmt: skip


def met(district, plan):
    return evaluate(district, plan).met


@pytest.mark.parametrize("mode", ["granted", "free"])
def test_what_is_neutral_leaves_a_plan_as_it_is(base, mode):
    """Neutral levers, support of nothing and care of nothing give the same plan, bit for bit."""
    bare = base.with_changes(service_fund=FUNDS[mode])
    idle = bare.with_changes(
        levers=Levers(**{name: np.full(COUNT, value) for name, value in NEUTRAL.items()}),
        supports=(Support(programme="none", fen=(0,) * COUNT, hours=(0.0,) * COUNT),),
        care=(CareCell(member_class=1, kind="living", yuan=0.0), CareCell(member_class=1, kind="spirit", yuan=90.0)),
    )
    one, two = make_plan(bare), make_plan(idle)
    assert [goal.value for goal in one.goals] == [goal.value for goal in two.goals]
    for field in fields(Plan):
        if field.name != "goals":
            assert np.array_equal(getattr(one, field.name), getattr(two, field.name)), field.name


@pytest.mark.parametrize("mode", FUNDS)
def test_a_plan_with_everything_moved_keeps_every_rule_and_its_word(base, mode):
    """With all levers and arrangements moved the plan passes the audit, and the search expects what the promise does."""
    district = moved(base).with_changes(service_fund=FUNDS[mode])
    for goal in ("worst_tenth", "needs_met"):
        plan = make_plan(district, goals=(goal,), limits=SHARP)
        assert plan.status is Status.OPTIMAL
        assert audit(district, plan) == []
        assert goal_values(district, plan)[goal] == pytest.approx(plan.goals[0].value, rel=1e-6, abs=1e-5)
        for rule in ("equal_split", "needs_formula"):
            thumb = make_plan(district, method=rule)
            assert plan.goals[0].value <= goal_values(district, thumb)[goal] * (1 + 1e-6)


def test_what_fades_is_expected_at_its_mean_over_the_plan_years(base):
    """A campaign that fades is planned as it is promised although one year stands for all; it adds to the solving."""
    fading = base.with_changes(
        levers=levers(campaign=1.0),
        rates=base.rates.with_values(campaign_fade=6.0, spillover=0.0, prevention_fade=0.01),
    )
    plan = make_plan(fading, goals=("needs_met",), limits=SHARP)
    gained = yields_of(fading).quality - yields_of(base).quality
    assert gained == pytest.approx(np.mean([0.5 ** (month / 6.0) for month in range(36)]))
    assert plan.goals[0].value == pytest.approx(goal_values(fading, plan)["needs_met"], rel=1e-6)


def test_more_rooms_never_lower_a_promise(base, plan):
    """Room-hours only help, each use by its own, and strictly where rooms are short."""
    promises = [met(base.with_changes(levers=levers(room_hours=hours)), plan) for hours in (0.0, 400.0, 4000.0)]
    assert (np.diff(promises, axis=0) >= -1e-9).all()
    assert promises[0].sum() < promises[-1].sum()
    for share in (0.05, 0.8):  # rooms kept for one use are missing for the other
        kept = base.with_changes(rates=base.rates.with_values(care_space=share))
        short = [(d.rooms > yields_of(kept).rooms_base[:, use]).any() for use, d in enumerate(yields_of(kept).roomy)]
        assert short == ([False, True] if share == 0.05 else [True, False])


def test_prevention_spills_over_to_neighbours_alone(base, plan):
    """Prevention money of one community raises the promise of those within the radius, by the stated share, of no others."""
    rich = base.with_changes(service_fund=ServiceFund(entitlement_fen=(60 * WAN,) * COUNT))
    without = plan.with_changes(
        lump_fen=np.full_like(plan.lump_fen, 60 * WAN), prevention_fen=np.zeros_like(plan.prevention_fen)
    )
    money = np.zeros_like(plan.prevention_fen)
    money[0] = round(base.communities.population[0] * 2 * base.rates.prevention_threshold * 100)
    before, after = evaluate(rich, without), evaluate(rich, without.with_changes(prevention_fen=money))
    weights = formulas.neighbour_weights(rich)[:, 0]
    near, far = weights > 0, (weights == 0) & (np.arange(COUNT) > 0)
    assert near.any()
    assert far.any()
    assert (after.met[near] > before.met[near]).all()
    assert np.array_equal(after.met[far], before.met[far])
    expected = weights * base.rates.prevention_ceiling * formulas.prevention_weights(base.rates, base.years)[0, 0]
    assert (after.prevented / after.needs)[near, 0] == pytest.approx(expected[near])


def test_what_builds_up_is_searched_for_at_its_mean_over_the_plan_years(base):
    """The search counts each year what the same money every year prevents on average, the promise what builds up till
    then: less in the first year than in the last, and the same in all.
    """
    rates = base.rates.with_values(spillover=0.0, prevention_fade=12.0)
    district = base.with_changes(service_fund=FUNDS["free"], rates=rates)
    plan = make_plan(district, goals=("needs_met",), limits=SHARP)
    prevented = evaluate(district, plan).prevented.sum(axis=0)
    yields = yields_of(district)
    each = yields.mean_curve.share(plan.prevention_fen[:, 0] / 100 / yields.residents) * yields.needs
    assert prevented[0] < prevented[1] < prevented[2]
    assert prevented.mean() == pytest.approx(each.sum())
    assert goal_values(district, plan)["needs_met"] == pytest.approx(plan.goals[0].value, rel=0.05)


@pytest.mark.parametrize("goal", ["worst_tenth", "needs_met"])
def test_the_promise_is_never_below_what_the_search_expects(base, goal):
    """What spills over is not searched for but promised: it comes on top, more of it the more spills over."""
    reached = []
    for spillover in (0.0, 0.2, 0.5):
        district = base.with_changes(
            service_fund=FUNDS["free"],
            rates=base.rates.with_values(spillover=spillover, spillover_radius=2000.0, prevention_fade=0.01),
        )
        plan = make_plan(district, goals=(goal,), limits=SHARP)
        assert audit(district, plan) == []
        reached.append(goal_values(district, plan)[goal])
        assert reached[-1] <= plan.goals[0].value * (1 + 1e-6)
    assert reached[0] > reached[1] > reached[2]


def test_cash_of_supports_raises_the_promise_of_those_who_get_it(base, plan):
    """Outside cash is service money: it serves more where cash binds, nothing elsewhere, and is part of the outlay."""
    none = np.zeros_like(plan.contract_fen)
    poor = plan.with_changes(lump_fen=np.full_like(none, WAN), contract_fen=none, prevention_fen=none)
    bare = base.with_changes(rates=base.rates.with_values(own_effort=0.0))
    helped = bare.with_changes(supports=(Support(programme="pairs", fen=CASH),))
    gain = met(helped, poor) - met(bare, poor)
    assert (gain[np.array(CASH) > 0] > 0).all()
    assert (gain[np.array(CASH) == 0] == 0).all()
    more = plan_outlay(helped, poor)[0].total_fen - plan_outlay(bare, poor)[0].total_fen
    assert more == sum(CASH)
    assert standing_outlay_fen(helped) == standing_outlay_fen(bare)


def test_programme_costs_are_paid_by_every_plan(base):
    """What programmes cost beside cash is in the standing outlay, so that no goal can avoid it."""
    costly = base.with_changes(supports=SUPPORTS)
    assert standing_outlay_fen(costly) - standing_outlay_fen(base) == 2 * WAN


def test_care_money_prevents_a_share_of_what_hardship_brings(base, plan):
    """Care money prevents what the formula says, at most its ceiling of the needs in hardship, in the search and promise."""
    everyone = tuple(CareCell(member_class=row, kind="living", yuan=100_000.0) for row in range(7))
    cared = base.with_changes(care=everyone, rates=base.rates.with_values(spillover=0.0, prevention_fade=0.01))
    here, ratio = base.communities, base.rates.hardship_need_ratio
    hard = here.hardship * ratio / (here.hardship * ratio + here.population - here.hardship)
    share = formulas.care_share(cared)
    assert share == pytest.approx(base.rates.care_ceiling * hard)
    some = formulas.care_share(base.with_changes(care=CARE))
    assert ((some > 0) & (some < share)).all()
    assert (met(cared, plan) > met(cared.with_changes(care=()), plan)).all()
    found = make_plan(cared, goals=("needs_met",), limits=SHARP)
    assert found.goals[0].value == pytest.approx(goal_values(cared, found)["needs_met"], rel=1e-6)


def test_wishes_spare_hours_up_to_what_hardship_brings(base):
    """Claimed wishes add hours in proportion, less those that members then lack elsewhere (and contact a little with them),
    and no more once members have no hours left or every matter of a resident in hardship is claimed.
    """
    spared = [yields_of(base.with_changes(levers=levers(wishes=wishes))).base_hours - yields_of(base).base_hours
              for wishes in (0.1, 0.2, 100.0, 200.0)]  # fmt: skip
    assert (spared[0] > 0).all()
    assert spared[1] == pytest.approx(2 * spared[0], rel=1e-3)
    assert (spared[2] > spared[1]).all()
    assert np.array_equal(spared[2], spared[3])
    assert (spared[2] < yields_of(base).reached.hours).all()


def test_wishes_that_take_members_longer_than_matters_take_staff_are_no_gain(base):
    """Hours for service fall where a wish takes more of members' hours than its matter would take the community."""
    dear = base.with_changes(rates=base.rates.with_values(hours_per_wish=12.0))
    wished = dear.with_changes(levers=levers(wishes=0.1))
    assert (yields_of(wished).base_hours < yields_of(dear).base_hours).all()


def test_the_common_share_is_the_largest_that_fits():
    """With caps on any number of uses, the share meets the limit exactly, by bisection."""
    rng = np.random.default_rng(2)
    for uses in (0, 1, 2, 3):
        plain, limit = rng.uniform(0.1, 3, 40), rng.uniform(0, 6, 40)
        roomy, caps = rng.uniform(0, 3, (uses, 40)), rng.uniform(0, 1.2, (uses, 40))
        low, high = np.zeros(40), np.full(40, 100.0)
        for _ in range(60):
            middle = (low + high) / 2
            fits = middle * plain + (roomy * np.minimum(middle, caps)).sum(axis=0) <= limit
            low, high = np.where(fits, middle, low), np.where(fits, high, middle)
        assert _common_share(limit, plain, list(roomy), list(caps)) == pytest.approx(low)
