"""The figures of rows 5 to 16 and 19 to 28, recomputed from what each entry does and costs at its defaults."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scenarios.building.builder import small_district
from scenarios.district import District
from scenarios.district_files import read_district, shipped
from scenarios.formulas.care import residents_in_care
from scenarios.formulas.hours import hours_per_post
from scenarios.formulas.quality import training_gain
from scenarios.formulas.voicing import return_chance
from scenarios.funding import FEN_PER_YUAN
from scenarios.mechanisms import CATALOGUE, apply_mechanisms
from scenarios.mechanisms.money_flows import SHELLS, shells
from scenarios.mechanisms.money_people import contenders, stationed
from scenarios.mechanisms.posts_training import ITEMS, workers

COUNT = 20


@pytest.fixture(scope="module")
def place() -> District:
    """Twenty communities of 1,000 residents, ten of them villages, the first ones the weakest; in two streets."""
    made = small_district(COUNT, residents=1000 * COUNT)
    here = made.communities.replaced(population=[1000] * COUNT, quality=np.linspace(-1.0, 0.9, COUNT),
                                     kind=["urban", "village"] * (COUNT // 2), members=[80] * COUNT)  # fmt: skip
    return made.with_changes(communities=here)


@pytest.fixture(scope="module")
def huancui() -> District:
    return read_district(shipped("huancui"))


def default(name: str, setting: str) -> Any:
    return CATALOGUE[name].defaults[setting]


def cost(name: str, district: District, **settings: float) -> float:
    entry = CATALOGUE[name]
    assert entry.costs is not None
    return entry.costs(district, **{**entry.defaults, **settings})


def applied(name: str, district: District, **settings: float) -> District:
    entry = CATALOGUE[name]
    return entry.apply(district, **{**entry.defaults, **settings})


def given(district: District, part: str) -> np.ndarray:
    """What the only support of a district brings or costs: hours, or 元, by community."""
    (support,) = district.supports
    values = np.array(getattr(support, part), dtype=float)
    return values if part == "hours" else values / FEN_PER_YUAN


def test_row_5_no_delay_is_left(place: District) -> None:
    """As a budget line money comes when it is due; half a line leaves half the delay."""
    late = place.with_changes(rates=place.rates.with_values(payment_delay=4.0))
    assert applied("budget_line", late).rates.payment_delay == 0
    assert applied("budget_line", late, in_time=0.5).rates.payment_delay == 2


def test_row_6_pooled_and_earmarked(place: District) -> None:
    """Pooled and earmarked are the total: 3 + 3 = 6 万元 a community, of which 3 reach it; 60 万元 for twenty."""
    pooled = given(applied("pooled_money", place), "fen")
    assert set(pooled + default("pooled_money", "earmarked") * (1 - default("pooled_money", "pooled"))) == {60_000}
    assert cost("pooled_money", place) == pooled.sum() == 20 * 30_000


def test_row_7_hours_freed(place: District) -> None:
    """Hours freed are staff x share: 5 x 0.5 x 1750 = 4375 an average street, the same a resident of urban communities;
    streets of no revenue lose none to 5 x 8 万元 of pay.
    """
    poor = place.with_changes(streets=place.streets.replaced(own_revenue_yuan=[0.0] * len(place.streets)))
    streets = len(set(np.array(poor.communities.street_code)[~poor.is_village]))
    changed = applied("street_upkeep", poor)
    assert given(changed, "hours").sum() == pytest.approx(5 * 0.5 * 1750 * streets)
    assert not given(changed, "hours")[poor.is_village].any()
    each = (given(changed, "hours") / poor.communities.population)[~poor.is_village]
    assert each == pytest.approx(np.full(len(each), each[0]))
    assert cost("street_upkeep", poor) == pytest.approx(5 * 80_000 * streets)


def test_row_7_own_revenue_falls(place: District) -> None:
    """Streets lose 15 % of own revenue, and what they would have spent of it on service leaves the outlay."""
    rich = place.with_changes(streets=place.streets.replaced(own_revenue_yuan=[1e6] * len(place.streets)))
    streets = len(set(np.array(rich.communities.street_code)[~rich.is_village]))
    assert set(applied("street_upkeep", rich).streets.own_revenue_yuan) == {850_000.0}
    spared = 0.15 * 1e6 * rich.rates.own_effort * streets
    assert cost("street_upkeep", rich) == pytest.approx(5 * 80_000 * streets - spared, abs=1)


def test_row_8_transfers(place: District) -> None:
    """15 亿元 for 7.5 万 villages are 2 万元 each; urban communities get nothing."""
    money = given(applied("village_transfers", place), "fen")
    assert set(money[place.is_village]) == {1_500_000_000 / 75_000} == {20_000}
    assert cost("village_transfers", place) == money.sum() == 10 * 20_000


def test_row_9_care_fund(huancui: District) -> None:
    """50 万元 for 1,700 people are 294 元 each; the default reaches as many in Huancui."""
    people = residents_in_care(huancui).sum(axis=0)
    reached = people[1:].sum() * default("care_fund", "members") + people[0] * default("care_fund", "others")
    assert round(500_000 / 1700) == default("care_fund", "per_head") == 294
    assert reached == pytest.approx(1700, rel=0.01)
    assert cost("care_fund", huancui) == pytest.approx(500_000, rel=0.01)


def test_row_10_hardship_card(huancui: District) -> None:
    """20 万元 for 40 people in twelve months are 417 元 a month, and that is what the list costs."""
    assert cost("hardship_card", huancui) == pytest.approx(200_000, abs=1)
    assert round(default("hardship_card", "per_head") / 12) == round(200_000 / 40 / 12) == 417


def test_row_11_branch_money(huancui: District) -> None:
    """84 branches x (3000 + 12 x 50) = 302,400 元 a year, 151 元 for each of their 2,000 members."""
    assert default("building_branch_money", "allowance") == 12 * 50
    assert cost("building_branch_money", huancui) == pytest.approx(84 * (3000 + 600)) == 302_400
    changed = applied("building_branch_money", huancui)
    members = (changed.levers.member_hours / default("building_branch_money", "hours")) @ huancui.communities.members
    assert members == pytest.approx(2000)
    assert round(302_400 / members) == 151


def test_row_12_two_accounts(place: District) -> None:
    """10 亿元 for 1,450 万 residents are 69 元 a head and four years of 2.5 亿元; half of a year's is added."""
    assert round(1_000_000_000 / 14_500_000) == default("prevent_or_pay", "petition_cost") == 69
    assert 1_000_000_000 / 250_000_000 == default("prevent_or_pay", "years") == 4
    assert cost("prevent_or_pay", place) == pytest.approx(0.5 * 69 / 4 * 20_000)
    assert given(applied("prevent_or_pay", place), "fen").sum() == pytest.approx(0.5 * 69 / 4 * 20_000, abs=1)


def test_row_13_what_villages_can_match(place: District) -> None:
    """The weaker half of ten villages earn 5 万元 more each, spend half of it, and cost 2 万元 of help each."""
    changed = applied("shell_villages", place)
    more = changed.communities.collective_income_yuan - place.communities.collective_income_yuan
    assert shells(place).sum() == SHELLS * 10
    assert more[shells(place)].tolist() == pytest.approx([50_000] * 5)
    assert cost("shell_villages", place) == pytest.approx(5 * (20_000 + place.rates.own_effort * 50_000), abs=1)


def test_row_14_premiums(place: District) -> None:
    """Ten villages x 4 cadres x 3,000 元 = 12 万元."""
    assert cost("cadre_insurance", place) == given(applied("cadre_insurance", place), "cost_fen").sum() == 120_000


def test_row_15_days_times_rate(place: District) -> None:
    """60 days x 80 元 = 4,800 元 of subsidy, and 60 x 7 hours at 70 元, in three of ten villages; 0.7 of the hours serve."""
    assert stationed(place).sum() == 3
    assert cost("stationed_cadres", place) == 3 * (4_800 + 60 * 7 * 70)
    assert given(applied("stationed_cadres", place), "hours").sum() == pytest.approx(3 * 60 * 7 * 0.7)


def test_row_16_prizes(place: District) -> None:
    """Ten projects and ten pairs x 1 万元 = 20 万元; eight of twenty communities, those in the middle, contend."""
    assert default("innovation_awards", "prizes") == 10 + 10
    assert cost("innovation_awards", place) == 200_000
    assert np.flatnonzero(contenders(place)).tolist() == list(range(6, 14))


def test_row_19_meetings(place: District) -> None:
    """Four meetings of 15 people, a working day each: 4 x 15 x 7 x 70 元; of what is overdue 0.7^4 is left after a year."""
    changed = applied("leaders_settle", place)
    left, usual = (1 - return_chance(district, 2)[:, 1] for district in (changed, place))
    assert cost("leaders_settle", place) == 4 * 15 * 7 * 70
    assert (left[:, 0] == usual[:, 0]).all()  # what is not overdue waits as before
    assert (left[:, 1] / usual[:, 1]) ** 12 == pytest.approx(np.full(COUNT, 0.7**4))


def test_row_20_one_leader_each(place: District) -> None:
    """As many leaders as communities taken on: three of twenty, the weakest; 12 days x 7 hours x 70 元 each."""
    changed = applied("contact_points", place)
    assert np.flatnonzero(changed.levers.campaign).tolist() == [0, 1, 2]
    assert cost("contact_points", place) == pytest.approx(3 * 12 * 7 * 70)


def test_row_21_members_of_committees(place: District) -> None:
    """34 members in 5 streets are 6.8 a street, one for a unit; those seated make up two fifths of what is missing."""
    assert default("committee_members", "per_street") == 34 / 5
    seated = min(6.8 * len(place.streets), len(place.units))
    before, after = (1 - district.units.cooperation for district in (place, applied("committee_members", place)))
    share = seated / len(place.units)
    assert after == pytest.approx(before * (1 - 0.4 * share))
    assert cost("committee_members", place) == pytest.approx(seated * 6 * 7 * 70)


def test_row_22_headcount_stays(place: District) -> None:
    """One post in twenty for 40 days are 2 days of learning a worker; nobody is added, and half a turn of each is lost."""
    changed = applied("cross_posting", place)
    assert set(changed.levers.training_days) == {2.0}
    assert (changed.communities.posts == place.communities.posts).all()
    lost = 1 - hours_per_post(changed) / hours_per_post(place) / (1 - 2 / 250)
    settled = 1 - place.rates.turnover * place.rates.newcomer_loss
    assert lost * settled == pytest.approx(0.5 * 0.05 * place.rates.newcomer_loss)


def test_row_23_days_times_fee(place: District) -> None:
    """Six days x 300 元 x 1.8 workers for 1,000 residents, in twenty communities."""
    assert workers(place) == pytest.approx(np.full(COUNT, 1.8))
    assert cost("worker_training", place) == pytest.approx(6 * 300 * 1.8 * 20)


def test_row_24_multiplier(place: District) -> None:
    """Two peers who take up 0.15 each multiply the gain of training by 1.3; a day of telling is 1 of 250."""
    trained = applied("worker_training", place)
    told = apply_mechanisms(place, {"worker_training": {}, "cascade_training": {}})
    assert training_gain(told) == pytest.approx(1.3 * training_gain(trained))
    per_post = (hours_per_post(trained) - hours_per_post(told)) * place.rates.direct_share / hours_per_post(trained)
    assert per_post == pytest.approx(np.full(COUNT, 1 / 250))


def test_row_25_items(place: District) -> None:
    """28 + 26 = 54 items, an hour each at 70 元 for twenty secretaries, spread over the plan years."""
    assert ITEMS == 54
    assert cost("hundred_days", place) == pytest.approx(20 * 54 * 70 / place.years)


def test_row_26_teams(place: District) -> None:
    """11 万 / 2 万 = 5.5 a team with 4.3 亿元 / 2 万 = 2.15 万元; 13 万 / 1.6 万 = 8.1 households; three of ten villages."""
    assert default("village_teams", "team") == 110_000 / 20_000
    assert default("village_teams", "cash") == 430_000_000 / 20_000
    assert round(130_000 / 16_000, 1) == 8.1
    changed = applied("village_teams", place)
    assert given(changed, "hours").sum() == pytest.approx(3 * 5.5 * 20 * 7)
    mean = np.mean(0.5 ** (np.arange(36) / 24))  # hours halve every two of three years
    assert cost("village_teams", place) == pytest.approx(3 * (21_500 + mean * 5.5 * 20 * 7 * 70))


def test_row_27_placements(place: District) -> None:
    """8352 + 8705 = 17,057, or 0.23 for each of 7.5 万 villages; a post each in three of ten at 8 万元."""
    assert round((8352 + 8705) / 75_000, 2) == default("graduate_placements", "share")
    added = applied("graduate_placements", place).communities.posts - place.communities.posts
    assert added.sum() == 3
    assert cost("graduate_placements", place) == 3 * place.rates.post_cost


def test_row_28_slots(place: District) -> None:
    """355 of 7.5 万 villages are half a percent a year, 50 of 218 communities a quarter; the default lies between."""
    assert 355 / 75_000 < default("career_ladder", "slots") < 50 / 218
    changed = applied("career_ladder", place)
    assert np.flatnonzero(changed.levers.turnover_cut < 0).tolist() == [16, 17, 18, 19]
    assert cost("career_ladder", place) == pytest.approx(0.02 * 20 * place.rates.posting_cost)
