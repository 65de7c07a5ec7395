"""Prevention that builds up, fades and spills over, care for those in hardship, and the yearly screening."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from optimize import Plan
from scenarios.arrangements import CARE_KINDS, CareCell, Rectification
from scenarios.building.builder import small_district
from scenarios.district import District
from scenarios.formulas import CARE_GROUPS, EVERYONE_ELSE, care_doses, neighbour_weights, prevention_curve
from sim import rules
from sim.outcome import SCALE
from sim.residents import Resident
from sim.run import advance, open_model, outcome, simulate, start


# --- prevention -----------------------------------------------------------------------------------------------------
def test_prevention_builds_up_as_slowly_as_it_fades():
    """Half the way to what the money yields in a half-life of 12 months, three quarters in two; then down in the same time."""
    place = small_district(1, residents=1000)
    place = place.with_changes(rates=place.rates.with_values(prevention_fade=12.0))
    people = int(place.communities.population[0])
    monthly = np.array([80 * 100 * people // 12])  # 80 yuan a head and year
    level = float(prevention_curve(place.rates).share(np.array([80.0]))[0]) * SCALE
    now, path = np.zeros(1, dtype=np.int64), []
    for month in range(48):
        now = rules.shield(place, now, monthly if month < 24 else 0 * monthly)
        path.append(float(now[0]) / level)
    assert [path[11], path[23], path[35], path[47]] == pytest.approx([0.5, 0.75, 0.375, 0.1875], abs=0.003)


def test_a_yuan_of_prevention_is_worth_the_same_whenever_it_is_spent(lined):
    """Paid in the first or the second of many years, the same sum prevents the same share of needs in the long run."""
    lasting = lined.with_changes(rates=lined.rates.with_values(prevention_fade=6.0))
    sums = []
    for paid in range(2):
        now, total = np.zeros(6, dtype=np.int64), np.zeros(6)
        for month in range(120):
            now = rules.shield(lasting, now, np.full(6, 90 * 600 * 100 // 12 * (month // 12 == paid)))
            total += now
        sums.append(total)
    assert sums[0] == pytest.approx(sums[1], rel=0.005)


def apart(district: District, metres: list[float]) -> District:
    """The district with its communities on a line."""
    here = district.communities
    return district.with_changes(communities=here.replaced(x_m=metres, y_m=[0.0] * len(here)))


def prevented_now(district: District, plan: Plan, months: int) -> np.ndarray:
    """Share of needs prevented in a month, by community and care group."""
    model = open_model(start(district, seed=3), plan)
    for _ in range(months):
        model.step()
    return model.now.prevented.astype(float) / SCALE


@pytest.fixture(scope="module")
def lined(village_street: District) -> District:
    """Six communities on a line: 0, 500 and 900 m are neighbours in turn, the rest live far from all."""
    place = apart(village_street, [0.0, 500.0, 900.0, 9000.0, 12_000.0, 15_000.0])
    rates = {"spillover_radius": 600.0, "spillover": 0.5, "payment_delay": 0.0, "prevention_fade": 0.01}  # fmt: skip
    return place.with_changes(rates=place.rates.with_values(**rates))


def preventing(plan: Plan, years: int) -> Plan:
    """90 yuan a head for the first two of six communities of 600, in the first years of the plan."""
    money = plan.prevention_fen * 0
    money[:2, :years] = 90 * 600 * 100
    return plan.with_changes(prevention_fen=money, contract_fen=plan.contract_fen * 0)


def test_neighbours_share_in_prevention_and_others_do_not(lined, simple_plan):
    """Own prevention, and half the mean over neighbours within 600 m: the middle one has two, the far ones have none."""
    weights = neighbour_weights(lined)
    assert weights[:3, :3].tolist() == [[0, 0.5, 0], [0.25, 0, 0.25], [0, 0.5, 0]]
    assert not weights[3:].any()
    assert not weights[:, 3:].any()
    found = prevented_now(lined, preventing(simple_plan, 1), 12)
    own = [float(prevention_curve(lined.rates).share(np.array([90 * 600 / people]))[0])
           for people in lined.communities.population[:2]]  # fmt: skip
    expected = [own[0] + own[1] / 2, own[1] + own[0] / 4, own[1] / 2, 0, 0, 0]
    assert found[:, EVERYONE_ELSE] == pytest.approx(expected, abs=2e-4)
    assert (found == found[:, :1]).all()  # alike for all residents of a place


def test_prevention_outlives_its_money(lined, simple_plan):
    """A half-life of a year: half of what had built up by December is left the December after, here and next door."""
    lasting = lined.with_changes(rates=lined.rates.with_values(prevention_fade=12.0))
    at_once, paid, after = (prevented_now(place, preventing(simple_plan, 1), months)[:, EVERYONE_ELSE]
                            for place, months in ((lined, 12), (lasting, 12), (lasting, 24)))  # fmt: skip
    assert paid[:3] / at_once[:3] == pytest.approx(0.5, abs=0.01)
    assert after[:3] / at_once[:3] == pytest.approx(0.25, abs=0.01)
    assert not after[3:].any()


def test_care_money_prevents_needs_of_the_group_it_reaches_alone(village_street, simple_plan, monkeypatch):
    """Counted resident by resident: of members' class 0 in hardship about the dose is prevented, of others nothing."""
    here = village_street.communities
    place = village_street.with_changes(
        communities=here.replaced(hardship=here.population // 2), care=(CareCell(member_class=0, kind="living", yuan=900.0),),
        rates=village_street.rates.with_values(care_ceiling=0.6, care_yuan=400.0, needs_per_resident=0.5),
    )  # fmt: skip
    fates: Counter[tuple[int, str]] = Counter()
    usual = Resident.arise

    def watched(resident: Resident, here_):
        flows = usual(resident, here_)
        fates.update((resident.care, flow) for flow in flows)
        return flows

    monkeypatch.setattr(Resident, "arise", watched)
    plan = simple_plan.with_changes(prevention_fen=simple_plan.prevention_fen * 0)
    found = outcome(advance(start(place, seed=3), plan, 6, "agents"))
    reached, needs = fates[0, "prevented"], fates[0, "needs"]
    dose = 0.6 * float(care_doses(place, "living")[0])
    assert reached == found.total("prevented").sum()
    assert reached / needs == pytest.approx(dose, abs=4 * np.sqrt(dose * (1 - dose) / needs))
    assert {group for group, fate in fates if fate == "needs"} > {0, EVERYONE_ELSE}


@pytest.mark.parametrize("kind", CARE_KINDS)
def test_care_money_reaches_its_member_class_and_kind_alone(village_street, kind):
    """294 yuan a head go 1 - exp(-294 / 400) far in one group of eight; two payments to the same group add up."""
    cells = (CareCell(member_class=2, kind=kind, yuan=200.0), CareCell(member_class=2, kind=kind, yuan=94.0))
    place = village_street.with_changes(care=cells)
    for other in CARE_KINDS:
        expected = np.zeros(CARE_GROUPS)
        expected[2] = (1 - np.exp(-294 / 400)) * (other == kind)
        assert care_doses(place, other) == pytest.approx(expected)


# --- screening ------------------------------------------------------------------------------------------------------
def test_rectification_lifts_the_flagged_in_the_year_after_and_nobody_else(village_street, simple_plan):
    """No effort in the first year; then quality rises where screening flagged in December and only there, till the next."""
    put_right = village_street.with_changes(rectification=Rectification(share=0.3, effort=1.0))
    left = village_street.with_changes(rectification=Rectification(share=0.3, effort=0.0))
    runs = [simulate(place, simple_plan, seed=4, months=24) for place in (put_right, left)]
    lifted = runs[0].flow("quality") - runs[1].flow("quality")
    flagged = runs[0].flow("screened")[11].astype(bool)
    assert flagged.sum() == 2
    assert not lifted[:12].any()
    assert not lifted[:, ~flagged].any()
    assert (np.diff(lifted[11:, flagged], axis=0) > 0).all()
    drift = village_street.rates.quality_drift
    assert lifted[12, flagged] / SCALE == pytest.approx(drift, abs=1e-3)
    assert not np.delete(runs[0].flow("screened"), [11, 23], axis=0).any()


def test_a_community_is_put_right_for_one_year_and_again_only_when_flagged_again(village_street, simple_plan):
    """In the third year the effect goes on rising where the second December flagged, and fades where it did not."""
    runs = [simulate(village_street.with_changes(rectification=Rectification(share=0.3, effort=effort)), simple_plan, seed=5,
                     months=36) for effort in (1.0, 0.0)]  # fmt: skip
    lifted = runs[0].flow("quality") - runs[1].flow("quality")
    first, second = (runs[0].flow("screened")[month].astype(bool) for month in (11, 23))
    assert (first & ~second).any()
    assert (np.diff(lifted[23:, first & ~second], axis=0) < 0).all()
    assert (np.diff(lifted[23:, second], axis=0) > 0).all()
    assert not lifted[:, ~(first | second)].any()


def test_screening_flags_the_lowest_share_of_needs_met_over_the_year(village_street, simple_plan):
    """The flagged are those with the fewest needs met of all needs in the calendar year."""
    place = village_street.with_changes(rectification=Rectification(share=0.5, effort=0.0),
                                        rates=village_street.rates.with_values(direct_share=0.15))  # fmt: skip
    found = simulate(place, simple_plan, seed=4, months=24)
    for year in range(2):
        months = slice(12 * year, 12 * year + 12)
        met = (found.flow("solved") + found.flow("prevented"))[months].sum(axis=0) / found.flow("needs")[months].sum(
            axis=0
        )
        flagged = found.flow("screened")[12 * year + 11].astype(bool)
        assert flagged.sum() == 3
        assert met[flagged].max() <= met[~flagged].min()
