"""Classes of party members and care money: who is in which class, what a cell costs, and who pays for it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from optimize import make_plan
from scenarios import formulas
from scenarios.arrangements import CLASSES_OF_MEMBERS, MEMBER_CLASSES, PAYERS, CareCell
from scenarios.building.builder import small_district
from scenarios.district import District
from scenarios.funding import base_flows, sum_flows, year_money, year_outlay
from sim.population import FRAILTY_CLASSES, SEGMENTS, people
from sim.run import advance, outcome, resume, simulate, start

COUNT = 6
SHARES = (3, 2, 2, 7)  # age bands, hardship, floating, classes


@cache
def large() -> District:
    """Three towns and three villages of 20,000, with many members, in hardship and floating."""
    place = small_district(COUNT, seed=5, residents=20_000 * COUNT)
    size = place.communities.population
    here = place.communities.replaced(
        kind=["urban", "village"] * 3, members=size // 3, hardship=size // 3, floating=size // 4
    )
    return place.with_changes(communities=here)


def counted(place: District) -> np.ndarray:
    """Residents drawn; axes (community, age band, hardship, floating, class)."""
    drawn, shape = people(place), (len(place.communities), *SHARES)
    community = np.repeat(np.arange(shape[0]), np.diff(drawn.first))
    cell = (community * SEGMENTS + drawn.risk // FRAILTY_CLASSES) * SHARES[-1] + drawn.member
    return np.bincount(cell, minlength=int(np.prod(shape))).reshape(shape)


# --- classes --------------------------------------------------------------------------------------------------------
def test_classes_are_drawn_as_the_formulas_expect_them() -> None:
    """In every segment of every community the class counts are within sampling error of the expected shares."""
    place = large()
    found, shares = counted(place), formulas.class_shares(place)
    size = found.sum(axis=-1, keepdims=True)
    spread = np.sqrt(size * shares * (1 - shares))
    assert (np.abs(found - size * shares) <= 4.5 * spread + 1e-9).all()
    assert found[..., 1:].sum(axis=(1, 2, 3, 4)).tolist() == place.communities.members.tolist()
    assert shares.sum(axis=-1) == pytest.approx(1.0)


def test_care_groups_are_as_large_as_expected() -> None:
    """Residents in hardship by class, drawn and expected; their sum is the number in hardship."""
    place = large()
    found, expected = counted(place)[:, :, 1].sum(axis=(1, 2)), formulas.residents_in_care(place)
    assert (np.abs(found - expected) <= 4.5 * np.sqrt(expected)).all()
    assert expected.sum(axis=1) == pytest.approx(place.communities.hardship)
    assert (expected > 0).all()  # every class has its residents in hardship, in towns and in villages


@pytest.mark.parametrize(("name", "ages", "status"),
                         [("serving cadre", {1}, None), ("retired", {2}, None), ("farmer or resident", {1, 2}, None),
                          ("non-public enterprise", {1}, None), ("floating", {1, 2}, "floating"),
                          ("in hardship", {1, 2}, "hardship")])  # fmt: skip
def test_a_class_is_open_to_those_it_names_alone(name: str, ages: set[int], status: str | None) -> None:
    """Nobody is of a class that is closed to age or status, and somebody is wherever it is open; in hardship or not."""
    found = counted(large())[..., MEMBER_CLASSES.index(name)].sum(axis=0)
    for age, hardship, floating in np.ndindex(found.shape):
        open_to = age in ages and {"floating": floating, "hardship": hardship, None: True}[status]
        assert (found[age, hardship, floating] > 0) == open_to


def test_classes_of_the_country_s_members_are_those_of_the_statistics() -> None:
    """Of those over 60, 74 % are retired (20.644 of 27.872 m); of the younger 41 % farm, study or follow other occupations
    (26.075 - 7.228 + 2.771 + 7.764 of 71.313 m), where 40 % live in villages and nobody floats or is in hardship.
    """
    adult, elder = np.tensordot([0.6, 0.4], formulas.class_chances()[:, 1:, 0, 0], axes=1)
    assert elder[1] == pytest.approx(20.644 / 27.872, abs=0.005)
    assert adult[:4] == pytest.approx([0.30, 0.0, 29.382 / 71.313, 0.29], abs=0.01)


def test_chances_of_a_member_sum_to_one_and_children_have_none() -> None:
    """Every member of 15 and over is of exactly one class, whatever the age, the status and the place."""
    chances = formulas.class_chances()
    assert chances[:, 1:].sum(axis=-1) == pytest.approx(1.0)
    assert not chances[:, 0].any()
    assert len(CLASSES_OF_MEMBERS) == len(MEMBER_CLASSES) - 1
    assert formulas.EVERYONE_ELSE == len(MEMBER_CLASSES) == formulas.CARE_GROUPS - 1


def test_care_money_prevents_what_its_class_would_bring() -> None:
    """Money for one class alone prevents its share of needs; the classes' shares add up to all that hardship brings."""
    place = large()
    cells = [CareCell(member_class=row, kind="living", yuan=100_000.0) for row in range(7)]
    each = [formulas.care_share(place.with_changes(care=(cell,))) for cell in cells]
    assert np.sum(each, axis=0) == pytest.approx(formulas.care_share(place.with_changes(care=tuple(cells))))
    assert all((share > 0).all() for share in each)


# --- what it costs --------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def poor() -> District:
    """Six communities of 600 adults, of whom 150 are in hardship, 120 are members, and nobody is floating."""
    place = small_district(COUNT, seed=3, residents=600 * COUNT)
    zero = [0] * COUNT
    return place.with_changes(communities=place.communities.replaced(
        kind=["urban", "village"] * 3, population=[600] * COUNT, children=zero, elders=zero, floating=zero,
        hardship=[150] * COUNT, members=[120] * COUNT))  # fmt: skip


def test_a_cell_costs_heads_times_money(poor: District) -> None:
    """30 members in hardship are expected: half count as such, so 15 x 294 yuan; half the reach is half the cost."""
    cell = CareCell(member_class=6, kind="spirit", yuan=294.0)
    assert formulas.care_cost_fen(poor, cell).tolist() == [15 * 29_400] * COUNT
    assert formulas.care_cost_fen(poor, replace(cell, reach=0.5)).tolist() == [15 * 14_700] * COUNT
    others = CareCell(member_class=0, kind="living", yuan=100.0)
    assert formulas.care_cost_fen(poor, others).tolist() == [120 * 10_000] * COUNT
    cadres = CareCell(member_class=1, kind="ability", yuan=1000.0)  # 15 others of 47 % in towns and 5 % in villages
    assert formulas.care_cost_fen(poor, cadres).tolist() == [705_000, 75_000] * 3


@pytest.mark.parametrize("payer", PAYERS)
def test_care_money_is_paid_by_whom_the_cell_names(poor: District, payer: str) -> None:
    """It is programme money of its payer; where each place pays for itself, streets pay for residents' committees."""
    place = poor.with_changes(care=(CareCell(member_class=6, kind="living", yuan=294.0, payer=payer),))  # type: ignore[arg-type]
    each = 15 * 29_400
    paid = {
        name: sum_flows(base_flows(place), payer=name, programme="programme", role="support").tolist()
        for name in PAYERS
    }
    expected = {name: [each * (name == payer)] * COUNT for name in PAYERS}
    if payer == "village":
        expected |= {"street": [each, 0] * 3, "village": [0, each] * 3}
    assert paid == expected


def test_care_money_is_outlay_and_nobody_s_service_money(poor: District) -> None:
    """The outlay rises by what the cells cost, and the service money of no community changes."""
    cells = (
        CareCell(member_class=6, kind="living", yuan=294.0, payer="society"),
        CareCell(member_class=0, kind="spirit", yuan=100.0),
    )
    lump = np.full(COUNT, 10**7)
    before, after = (year_outlay(place, year_money(place, lump), posts=0, posting_months=0, capital_fen=0, running_fen=0)
                     for place in (poor, poor.with_changes(care=cells)))  # fmt: skip
    assert after.programmes_fen - before.programmes_fen == COUNT * (15 * 29_400 + 120 * 10_000)
    assert after.total_fen - before.total_fen == after.programmes_fen - before.programmes_fen
    assert after.service_fen == before.service_fen


def test_the_ledger_of_a_run_shows_care_money_to_the_fen(poor: District) -> None:
    """Over whole years the months add up to the yearly cost, in each community, and the outlay counts it once."""
    cared = poor.with_changes(care=(CareCell(member_class=6, kind="spirit", yuan=293.99, reach=0.37, payer="village"),))
    plan = make_plan(poor, method="equal_split")
    with_it, without = (simulate(place, plan, seed=2, months=24) for place in (cared, poor))
    cost = formulas.care_cost_fen(cared, cared.care[0])
    assert (with_it.flow("fen_programme").sum(axis=0) - without.flow("fen_programme").sum(axis=0)).tolist() == (
        2 * cost
    ).tolist()
    assert (with_it.outlay_fen - without.outlay_fen == cost.sum()).all()
    assert np.array_equal(with_it.flow("fen_in"), without.flow("fen_in"))


def test_care_money_that_reaches_nobody_costs_nothing(poor: District) -> None:
    """Without residents in the cell, without reach or without money there is no flow."""
    cells = (CareCell(member_class=2, kind="living", yuan=294.0), CareCell(member_class=0, kind="living", yuan=294.0, reach=0.0),
             CareCell(member_class=0, kind="living", yuan=0.0))  # fmt: skip
    assert len(base_flows(poor.with_changes(care=cells))) == len(base_flows(poor))


# --- wishes ---------------------------------------------------------------------------------------------------------
def wishing(place: District, wishes: float) -> District:
    """The district with so many wishes a month to claim in every community."""
    return place.with_changes(levers=place.levers.replaced(wishes=np.full(len(place.communities), wishes)))


@pytest.mark.parametrize("wishes", [0.0, 0.5, 3.0, 200.0])
def test_members_hours_are_spent_once(poor: District, wishes: float) -> None:
    """Hours for wishes and hours for other service are together all that members offer; neither is below nothing."""
    place = wishing(poor, wishes)
    claimed = formulas.wishes_claimed(place)
    on_wishes = 12 * claimed * place.rates.hours_per_wish
    assert on_wishes + formulas.member_hours(place) == pytest.approx(formulas.member_hours(poor))
    assert (formulas.member_hours(place) >= 0).all()
    assert (claimed <= wishes).all()


def test_members_claim_no_more_wishes_than_they_have_hours_for(poor: District) -> None:
    """120 members of 3 hours a year have 30 hours a month, for ten wishes of 3 hours; with a short party fund for fewer."""
    rates = poor.rates.with_values(member_hours=3.0, hours_per_wish=3.0, needs_per_resident=0.5)
    fund = poor.communities.replaced(party_fund_yuan=[rates.party_fund_norm, rates.party_fund_norm / 2] * 3)
    place = wishing(poor.with_changes(rates=rates, communities=fund), 200.0)
    assert formulas.wishes_claimed(place).tolist() == pytest.approx([10.0, 5.0] * 3)
    assert formulas.member_hours(place) == pytest.approx(0.0)


def test_members_claim_no_more_wishes_than_residents_in_hardship_have(poor: District) -> None:
    """With hours without end members claim the 8 needs a month of 150 residents in hardship of 0.64 needs a year."""
    rates = poor.rates.with_values(member_hours=12.0, hours_per_wish=1.0, hardship_need_ratio=2.0)
    size = poor.communities.replaced(party_fund_yuan=[rates.party_fund_norm] * COUNT, workload=[1.0] * COUNT)
    place = wishing(poor.with_changes(rates=rates.with_values(needs_per_resident=0.32), communities=size), 200.0)
    assert formulas.wishes_claimed(place) == pytest.approx(8.0, rel=0.03)  # a little less: one need a month at most
    assert formulas.needs_in_hardship(place) == pytest.approx(12 * formulas.wishes_claimed(place))


def test_a_run_claims_no_more_wishes_than_members_have_hours_for(poor: District) -> None:
    """Where more is posted than members can do, a run meets what their hours allow, and service hours fall by these."""
    rates = poor.rates.with_values(needs_per_resident=0.5, direct_share=0.1)
    plan, short = make_plan(poor, method="equal_split"), poor.with_changes(rates=rates)
    before = advance(start(short, seed=2), plan, 6)
    posted, none = (outcome(advance(resume(before, place, policy="changed"), plan, 12))
                    for place in (wishing(short, 200.0), short))  # fmt: skip
    most = formulas.wishes_claimed(wishing(short, 200.0))
    assert (posted.flow("wishes") <= np.ceil(most)).all()
    assert posted.flow("wishes").sum() > 0
    spared = formulas.member_hours(short) - formulas.member_hours(wishing(short, 200.0))
    assert (spared > 0).all()
    lost = (
        none.flow("minutes")[0]
        + none.flow("minutes_contact")[0]
        - posted.flow("minutes")[0]
        - posted.flow("minutes_contact")[0]
    )
    assert lost == pytest.approx(spared * 60 / 12, abs=2)


# --- meetings -------------------------------------------------------------------------------------------------------
def test_meetings_of_the_street_take_hours_of_every_post(poor: District) -> None:
    """Twelve meetings of 3.5 hours are 42 of a post's 1,750 hours, 2.4 %; those of other tiers take none."""
    rates = poor.rates.with_values(meeting_hours=3.5, hours_per_post=1750.0)
    place = poor.with_changes(rates=rates)
    plain = formulas.hours_per_post(place)
    met = {tier: formulas.hours_per_post(place.with_changes(meetings=replace(place.meetings, **{tier: 12})))
           for tier in ("street", "district", "city")}  # fmt: skip
    assert met["street"] == pytest.approx(plain * (1 - 0.024))
    assert np.array_equal(met["district"], plain)
    assert np.array_equal(met["city"], plain)
