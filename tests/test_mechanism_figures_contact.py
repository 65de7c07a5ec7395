"""The arithmetic of grids, response, partners and pairs: the figures of the study reports, recomputed from the entries."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios.building.builder import small_district
from scenarios.district import District
from scenarios.formulas import mean_support_hours, wishes_claimed
from scenarios.formulas.care import needs_in_hardship
from scenarios.mechanisms import CATALOGUE, apply_mechanisms
from scenarios.mechanisms.acting import villages
from scenarios.mechanisms.catalogue import Value
from scenarios.mechanisms.grids import MOST_GRIDS, grids_by_norm
from scenarios.mechanisms.partners_rural import behind_the_best, walking_loss

COMMUNITIES, VILLAGES, STREETS = 8, 4, 2


@pytest.fixture(scope="module")
def district() -> District:
    """Eight communities, the latter half of them villages, in one street and one town."""
    return small_district(COMMUNITIES, residents=COMMUNITIES * 800)


def default(name: str, setting: str) -> float:
    """The default of one setting of an entry."""
    return float(CATALOGUE[name].setting(setting).default)


def cost(district: District, name: str, **settings: Value) -> float:
    """What an entry says it costs a year at its defaults but for the settings given, 元."""
    entry = CATALOGUE[name]
    assert entry.costs is not None
    return entry.costs(district, **{**entry.defaults, **settings})


def given(district: District, name: str, part: str, **settings: Value) -> np.ndarray:
    """Cash or cost in 元, or hours, that an entry's one support brings to each community."""
    (support,) = apply_mechanisms(district, {name: settings}).supports
    return np.array(getattr(support, part)) / (1 if part == "hours" else 100)


def test_district_is_as_it_says(district: District) -> None:
    """Half of the communities are villages, and each street or town has some."""
    assert int(villages(district).sum()) == VILLAGES
    assert set(district.street_index.tolist()) == set(range(STREETS))


def test_row_54_grids(district: District) -> None:
    """2995 grids for 384 communities are 7.80 each, 1338 of 10439 residents or 572 households of 2.34."""
    each = 2995 / 384
    assert each == pytest.approx(7.80, abs=0.005)
    assert 10_439 / each == pytest.approx(1338, abs=1)
    assert 10_439 / each / 2.34 == pytest.approx(572, abs=1)
    here = district.communities.replaced(population=[10_439] * COMMUNITIES, households=[4461] * COMMUNITIES)
    assert set(grids_by_norm(district.with_changes(communities=here), 572)) == {8}


@pytest.mark.parametrize("norm", [1.0, 100.0, 300.0, 2000.0])
def test_row_54_no_grid_is_larger_than_the_norm(district: District, norm: float) -> None:
    """Grids are the fewest with at most the norm of households each, within one and the most there may be."""
    here, grids = district.communities, grids_by_norm(district, norm)
    free = (grids > 1) & (grids < np.minimum(MOST_GRIDS, here.population))
    assert (grids * norm >= here.households)[free].all()
    assert ((grids - 1) * norm < here.households)[free].all()
    added = int((grids - here.grids).sum())
    assert cost(district, "grid_division", households=norm) == added * district.rates.grid_cost


def test_row_55_officials(district: District) -> None:
    """One official with 48 hours costs 48 x 70 = 3360 元 a community."""
    assert set(given(district, "officials_in_grids", "hours")) == {48.0}
    assert cost(district, "officials_in_grids") == COMMUNITIES * 3360.0


def test_row_56_teams(district: District) -> None:
    """12 visits of 3 people for 3 hours are 108 hours and 7560 元 a community."""
    assert set(given(district, "service_teams", "hours")) == {108.0}
    assert cost(district, "service_teams") == COMMUNITIES * 7560.0


def test_row_60_money_follows_tasks(district: District) -> None:
    """What an admitted task costs is no more than the funds attached: 5 x 20 hours x 70 元 = 7000 元 a community."""
    tasks = default("task_admission", "tasks") * default("task_admission", "hours") * district.rates.contract_wage
    assert tasks == 7000.0
    assert (tasks <= given(district, "task_admission", "cost_fen")).all()


def test_row_61_offices(district: District) -> None:
    """6 + 2 = 8 offices at 2 万元 each, once in every street and town, spread over the plan years."""
    assert default("merged_offices", "cost") == (6 + 2) * 20_000
    assert cost(district, "merged_offices") * district.years == pytest.approx(STREETS * 160_000)
    assert given(district, "merged_offices", "cost_fen").sum() * district.years == pytest.approx(
        STREETS * 160_000, abs=1
    )


def test_row_62_powers(district: District) -> None:
    """Five powers at a fifth of a post each take one post in every street and town."""
    assert default("delegated_powers", "powers") == 5
    assert cost(district, "delegated_powers") == pytest.approx(STREETS * district.rates.post_cost)


def test_row_63_meetings(district: District) -> None:
    """1 + 4 + 12 = 17 meetings a year, of which those of city and district take 15 people a day: 5 x 15 x 7 x 70 元."""
    meetings = apply_mechanisms(district, {"linkage_meetings": {}}).meetings
    assert (meetings.city, meetings.district, meetings.street) == (1, 4, 12)
    assert meetings.city + meetings.district + meetings.street == 17
    assert cost(district, "linkage_meetings") == pytest.approx(5 * 15 * 7 * 70)
    supports = apply_mechanisms(district, {"linkage_meetings": {}}).supports
    paid = {support.payer: sum(support.cost_fen) / 100 for support in supports}
    assert paid == {"city": pytest.approx(7350, abs=0.1), "district": pytest.approx(4 * 7350, abs=0.1)}


def test_row_64_hotline(district: District) -> None:
    """Each line is a post, whose cost is shared by the number of residents."""
    paid = given(district, "floating_hotline", "cost_fen")
    assert paid.sum() == pytest.approx(2 * district.rates.post_cost, abs=0.1)
    assert paid / district.communities.population == pytest.approx(
        paid.sum() / district.communities.population.sum(), rel=1e-4
    )


@pytest.mark.parametrize("claimed", [0.1, 0.8, 1.0])
def test_row_65_wishes(district: District, claimed: float) -> None:
    """No more is claimed than is posted, than people in hardship need or than members have time for; all of it is paid."""
    place, here = apply_mechanisms(district, {"micro_wishes": {"claimed": claimed}}), district.communities
    wishes = place.levers.wishes * 12
    able = here.members * district.rates.member_hours / district.rates.hours_per_wish  # branches being active
    asked = here.hardship * default("micro_wishes", "posted") * claimed
    assert wishes == pytest.approx(np.minimum(np.minimum(asked, able), needs_in_hardship(district)))
    assert cost(district, "micro_wishes", claimed=claimed) == pytest.approx(wishes.sum() * 200)
    funded = here.replaced(party_fund_yuan=[district.rates.party_fund_norm] * COMMUNITIES)
    assert wishes_claimed(place.with_changes(communities=funded)) * 12 == pytest.approx(wishes)


def test_row_66_members_in_service(district: District) -> None:
    """A third of members are serving cadres in towns, one in thirty in villages; each gives 3 hours."""
    hours = apply_mechanisms(district, {"members_report_in": {}}).levers.member_hours
    rural = villages(district)
    assert hours[~rural] / 3 == pytest.approx(np.full(COMMUNITIES - VILLAGES, 0.34), abs=0.03)
    assert hours[rural] / 3 == pytest.approx(np.full(VILLAGES, 0.03), abs=0.01)


def test_row_67_volunteers(district: District) -> None:
    """331 of 1490 volunteers are members, 22.2 %; 1490 are 6.8 for each of 218 communities."""
    assert default("registered_volunteers", "member_share") == pytest.approx(331 / 1490, abs=5e-4)
    assert default("registered_volunteers", "volunteers") == pytest.approx(1490 / 218, abs=0.05)
    leaders = apply_mechanisms(district, {"registered_volunteers": {}}).levers.organisers
    assert leaders * 218 == pytest.approx(331, rel=0.01)


def test_row_68_items(district: District) -> None:
    """Five items one after another are the same as five at once: each makes up its share of what is missing."""
    assert default("joint_building", "items") == 5
    joint, missing = apply_mechanisms(district, {"joint_building": {}}).units, 1.0 - district.units.cooperation
    assert 1.0 - joint.cooperation == pytest.approx(missing * 0.96**5)


def test_row_72_places(district: District) -> None:
    """A place in a class of 25 costs 400 x 70 / 25 = 1120 元 a year."""
    children = district.communities.children.sum() * default("after_school_class", "places")
    assert cost(district, "after_school_class") / children == pytest.approx(1120.0)


def test_row_73_slots() -> None:
    """Seven slots, from Monday to Sunday."""
    assert default("weekly_calendar", "slots") == 7


def test_row_76_district_pairs(district: District) -> None:
    """21 projects in six fields are 3.5 each; 32 pairs with 12 activities have 384 of 12 hours a year."""
    assert 21 / 6 == 3.5
    assert default("district_pairs", "pairs") * 12 == 384
    hours = given(district, "district_pairs", "hours")
    assert hours.sum() == VILLAGES * 12 * default("district_pairs", "hours")
    assert (given(district, "district_pairs", "hours", pairs=2) > 0).sum() == 2


def test_row_77_province_pairs(district: District) -> None:
    """9598 sponsors for 11054 bodies are 1.15 each; 30.5 亿元 are 49.1 万元 a project and 27.6 万元 a body, over five years."""
    assert 801 + 8797 == 9598
    assert pytest.approx(1.15, abs=0.005) == 11_054 / 9598
    assert pytest.approx(49.1, abs=0.05) == 305_000 / 6210
    assert pytest.approx(27.6, abs=0.05) == 305_000 / 11_054
    assert default("province_pairs", "money") * 5 == pytest.approx(276_000)
    assert given(district, "province_pairs", "fen", share=1.0).sum() * 5 == pytest.approx(VILLAGES * 276_000)


def test_row_77_figures_were_repaired() -> None:
    """Both damaged figures had 10 where the text prints 2023."""
    for setting in ("share", "money"):
        figure = CATALOGUE["province_pairs"].setting(setting).figure
        assert figure is not None
        repaired = figure.raw.replace("2023", "10").replace("共建工程", "共建项目")
        assert repaired.replace("6210个", "") + ("6210个" if "6210个" in repaired else "") == figure.repaired


@pytest.mark.parametrize("name", ["district_pairs", "province_pairs", "one_to_one_pairs", "village_teams"])
def test_hours_that_dwindle_are_paid_as_they_are_given(district: District, name: str) -> None:
    """Over the plan years hours of outside people cost their mean, at 70 元, not what they were at first."""
    place = apply_mechanisms(district, {name: {}})
    paid = sum(np.array(support.cost_fen) for support in place.supports) / 100
    assert paid == pytest.approx(mean_support_hours(place) * 70, abs=0.01)
    assert (paid <= given(district, name, "hours") * 70).all()


def test_row_78_one_to_one(district: District) -> None:
    """17.6 + 3.9 + 1.3 = 22.8 万 pairs are 20.6 for each of 11054 bodies, and reach no more people than there are."""
    assert pytest.approx(22.8) == 17.6 + 3.9 + 1.3
    assert default("one_to_one_pairs", "pairs") == pytest.approx(228_000 / 11_054, abs=0.05)
    for pairs in (5.0, 200.0):
        (cell,) = apply_mechanisms(district, {"one_to_one_pairs": {"pairs": pairs}}).care
        assert 0 < cell.reach <= 1


def test_row_79_no_village_passes_the_best(district: District) -> None:
    """Run with a strong one, a village comes nearer to the best of its town and never passes it."""
    behind = behind_the_best(district)
    place = apply_mechanisms(district, {"strong_with_weak": {"share": 0.5, "nearer": 0.8}})
    assert (place.levers.effort <= behind + 1e-12).all()
    assert ((place.levers.effort > 0) <= villages(district)).all()
    assert (behind[villages(district)] == 0).sum() >= 1


def test_row_79_further_to_walk(district: District) -> None:
    """500 m further cost a quarter of what 2 km do, and nothing further than that costs more."""
    assert walking_loss(district, 500.0) == pytest.approx(district.rates.access_loss / 4)
    assert walking_loss(district, 5000.0) == district.rates.access_loss
