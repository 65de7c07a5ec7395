"""The formulas of partners, participation, quality, prevention and care: laws first, then by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import formulas
from scenarios.arrangements import CARE_KINDS, CareCell
from scenarios.levers import Levers
from tests.moved import COUNT, ONES, PLAIN, with_levers, with_people, with_rates

quick = settings(max_examples=40, deadline=None)


# Partners

matrices = st.integers(1, 5).flatmap(
    lambda rows: st.integers(1, 6).flatmap(
        lambda many: st.tuples(
            st.lists(st.lists(st.booleans(), min_size=many, max_size=many), min_size=rows, max_size=rows),
            st.lists(st.floats(0.0, 1e4), min_size=many, max_size=many),
            st.lists(st.floats(0.0, 1e4), min_size=rows, max_size=rows),
        )
    )
)


@given(case=matrices)
@settings(max_examples=150, deadline=None)
def test_claims_keep_within_offers_lists_and_reach(case: tuple[list[list[bool]], list[float], list[float]]) -> None:
    """Nobody gives more than it offers or gets more than it listed; claims are not negative, and zero lists give zero."""
    pairs, offers, listed = formulas.pairs_of(np.array(case[0])), np.array(case[1]), np.array(case[2])
    given_ = formulas.claims(offers, listed, pairs)
    assert len(given_) == np.sum(case[0])
    assert (given_ >= 0).all()
    assert (pairs.by_unit(given_) <= offers * (1 + 1e-9) + 1e-9).all()
    assert (pairs.by_community(given_) <= listed * (1 + 1e-9) + 1e-9).all()
    assert not formulas.claims(offers, 0 * listed, pairs).any()


@given(case=matrices, able=st.floats(0.0, 1e4), gave=st.integers(0, 5))
@settings(max_examples=150, deadline=None)
def test_answers_keep_within_wishes_and_ability(
    case: tuple[list[list[bool]], list[float], list[float]], able: float, gave: int
) -> None:
    """No unit gets back more than it wishes, no community gives more than it can; nothing goes to those who gave nothing."""
    pairs, wishes = formulas.pairs_of(np.array(case[0])), np.array(case[1])
    given_ = np.array(case[2])[pairs.community] * ((pairs.community + pairs.unit) % (gave + 1) == 0)
    ables = np.full(len(case[2]), able)
    back = formulas.answers(given_, wishes, ables, pairs)
    assert (back >= 0).all()
    assert (pairs.by_unit(back) <= wishes * (1 + 1e-9) + 1e-9).all()
    assert (pairs.by_community(back) <= ables * (1 + 1e-9) + 1e-9).all()
    assert not back[given_ == 0].any()


def test_exchange_by_hand() -> None:
    """A unit of 12 hours between lists of 6 and 3 fills both; at lists of 20 and 10 it divides two to one."""
    pairs = formulas.pairs_of(np.ones((2, 1), dtype=bool))
    assert formulas.claims(np.array([12.0]), np.array([6.0, 3.0]), pairs).tolist() == [6.0, 3.0]
    divided = formulas.claims(np.array([12.0]), np.array([20.0, 10.0]), pairs)
    assert divided.tolist() == [8.0, 4.0]
    assert formulas.answers(divided, np.array([3.0]), np.array([5.0, 0.5]), pairs).tolist() == [2.0, 0.5]


def test_pairs_are_those_in_reach() -> None:
    """A unit shares with its own community at any distance, with others within its radius, and with nobody else."""
    units, here = PLAIN.units, PLAIN.communities
    reach, pairs = formulas.units_in_reach(PLAIN), formulas.pairs_of(formulas.units_in_reach(PLAIN))
    for community, unit in np.ndindex(reach.shape):
        apart = np.hypot(here.x_m[community] - units.x_m[unit], here.y_m[community] - units.y_m[unit])
        own = here.code[community] == units.community_code[unit]
        assert reach[community, unit] == (own or apart <= units.radius_m[unit])
    assert np.column_stack([pairs.community, pairs.unit]).tolist() == np.argwhere(reach).tolist()


def test_expected_exchange_gives_all_that_is_offered_and_answers_within_reason() -> None:
    """In the plan lists are long enough for every offer; what goes back keeps to the volunteers' hours."""
    given_, back = formulas.expected_exchange(PLAIN)
    assert given_.sum() == pytest.approx(12 * (PLAIN.units.hours_month * PLAIN.units.cooperation).sum())
    assert (back <= formulas.answering_share(PLAIN) * formulas.volunteer_hours(PLAIN) + 1e-9).all()
    assert back.sum() <= 12 * PLAIN.units.wants_hours_month.sum()
    assert not formulas.expected_exchange(with_rates(partner_listing=0.0))[0].any()


def test_shared_rooms_are_shared_once() -> None:
    """What units share sums to what they offer at their cooperation, and falls with it."""
    units = PLAIN.units
    assert formulas.shared_room_hours(PLAIN).sum() == pytest.approx(
        12 * (units.room_hours_month * units.cooperation).sum()
    )
    left = PLAIN.with_changes(units=units.replaced(cooperation=np.zeros(len(units))))
    assert not formulas.shared_room_hours(left).any()
    assert formulas.shared_room_hours(with_levers(left, room_hours=40.0)).tolist() == [40.0] * COUNT


# Participation


@quick
@given(parts=st.lists(st.floats(0.0, 500.0), min_size=3, max_size=3), organisers=st.floats(0.0, 20.0))
def test_organised_is_concave_and_never_above_engaged(parts: list[float], organisers: float) -> None:
    """More engaged residents never help less, each one no more than the one before, and none more than fully."""
    place, at = with_levers(organisers=organisers), np.sort(parts)
    low, middle, high = (formulas.organised(place, np.full(COUNT, value)) for value in at)
    assert (low <= at[0] + 1e-9).all()
    assert (low <= middle + 1e-9).all()
    assert (middle <= high + 1e-9).all()
    span = at[2] - at[0]
    weight = (at[1] - at[0]) / span if span > 1e-6 else 0.0
    assert (middle >= low + weight * (high - low) - 1e-6).all()


def test_organised_by_hand() -> None:
    """Ten organisers of 15 volunteers keep 150 busy; of 50 more, the unorganised share counts."""
    place = with_rates(
        with_people(members=[100] * COUNT), branch_members=20.0, span=15.0, unorganised=0.4
    ).with_changes(levers=Levers.neutral(COUNT).replaced(organisers=np.full(COUNT, 5.0)))
    assert formulas.organised(place, np.full(COUNT, 150.0)) == pytest.approx(150.0)
    assert formulas.organised(place, np.full(COUNT, 200.0)) == pytest.approx(170.0)


@quick
@given(low=st.lists(st.floats(0.0, 3.0), min_size=3, max_size=3), more=st.lists(st.floats(0.0, 1e3), min_size=3, max_size=3),
       peers=st.floats(0.0, 0.9))  # fmt: skip
def test_asking_is_a_chance_that_rises_with_each_of_its_causes(
    low: list[float], more: list[float], peers: float
) -> None:
    """Contact, neighbours who take part and recruitment each raise the chance, at most to 1; without recruitment none."""
    rates = PLAIN.rates.with_values(peer_asking=peers)
    base = float(formulas.asking_chance(rates, *(np.array(value) for value in low)))
    assert 0 <= base <= 1
    for part in range(3):
        raised = list(low)
        raised[part] += more[part]
        assert base <= float(formulas.asking_chance(rates, *(np.array(value) for value in raised))) <= 1
    assert float(formulas.asking_chance(rates, np.array(low[0]), np.array(low[1]), np.array(0.0))) == 0


def test_asking_is_at_its_rate_where_all_is_usual() -> None:
    """At usual contact, participation and recruitment the chance is ``asking``, whoever asks."""
    for peers in (0.0, 0.5, 0.9):
        rates = PLAIN.rates.with_values(peer_asking=peers)
        assert formulas.asking_chance(rates, ONES, ONES, ONES) == pytest.approx(rates.asking)


# Quality


def test_training_gains_less_and_less() -> None:
    """The gain of training rises with days, ever more slowly, to its ceiling; peers multiply it."""
    gains = np.array([formulas.training_gain(with_levers(training_days=days))[0] for days in (0, 5, 10, 15, 40)])
    steps = np.diff(gains)
    assert gains[0] == 0
    assert (steps > 0).all()
    assert steps[0] > steps[1] > steps[2]
    assert gains[-1] < PLAIN.rates.training_effect
    passed_on = with_levers(training_days=10.0, training_cascade=0.5)
    assert formulas.training_gain(passed_on) == pytest.approx(1.5 * gains[2])


def test_a_campaign_halves() -> None:
    """A campaign's effect halves every ``campaign_fade`` months; its mean over the plan lies between start and end."""
    place, fade = with_levers(campaign=0.6), PLAIN.rates.campaign_fade
    at = [formulas.campaign_quality(place, months)[0] for months in (0.0, fade, 2 * fade)]
    assert at == pytest.approx([0.6, 0.3, 0.15])
    mean = formulas.mean_campaign_quality(place)[0]
    assert formulas.campaign_quality(place, 12.0 * place.years)[0] < mean < 0.6


@pytest.mark.parametrize("floor", [-1.0, 0.0, 1.0])
def test_a_standard_lifts_the_weak_and_leaves_the_strong(floor: float) -> None:
    """Nobody is below the floor, and whoever was above it stays where it was; training and effort come on top."""
    own = formulas.base_quality(PLAIN)
    assert formulas.base_quality(with_levers(quality_floor=floor)) == pytest.approx(np.maximum(own, floor))
    above = formulas.base_quality(with_levers(quality_floor=floor, effort=0.2))
    assert above == pytest.approx(np.maximum(own, floor) + 0.2)


def test_neutral_quality_is_the_community_s_own() -> None:
    """At the best number of inspections and without levers the level is that of the table; more inspections lower it."""
    assert formulas.base_quality(PLAIN) == pytest.approx(PLAIN.communities.quality)
    assert (formulas.base_quality(with_rates(inspections=12.0)) < PLAIN.communities.quality).all()


# Prevention and care


def test_prevention_needs_a_threshold_and_saturates() -> None:
    """Nothing up to the threshold, the ceiling from twice of it, concave between."""
    rates = PLAIN.rates
    curve, at = formulas.prevention_curve(rates), rates.prevention_threshold
    assert curve.share(np.array([0.0, at])).tolist() == [0.0, 0.0]
    assert curve.share(np.array([2 * at, 9 * at])) == pytest.approx(rates.prevention_ceiling)
    assert list(curve.slopes) == sorted(curve.slopes, reverse=True)


def test_what_fades_halves_in_its_half_life() -> None:
    """The monthly loss, compounded over the half-life, leaves half."""
    for months in (6.0, 36.0):
        assert (1 - formulas.fading_share(months)) ** months == pytest.approx(0.5)


def test_money_of_a_year_prevents_in_it_and_after_it_never_before() -> None:
    """Without memory each year stands alone. Else a year's money counts in later years too, and over many years in full."""
    alone = formulas.prevention_weights(PLAIN.rates.with_values(prevention_fade=0.01), 3)
    assert alone == pytest.approx(np.eye(3))
    weights = formulas.prevention_weights(PLAIN.rates.with_values(prevention_fade=12.0), 30)
    assert not np.triu(weights, 1).any()
    assert weights[:, 0].sum() == pytest.approx(1.0, abs=1e-6)
    assert weights[2, 0] / weights[1, 0] == pytest.approx(0.5)


def test_prevention_spills_over_to_neighbours_within_the_radius() -> None:
    """A row of the weights sums to ``spillover``, or to 0 without a neighbour; nothing comes from itself or from beyond."""
    place = with_people(x_m=[0.0, 500.0, 600.0, 5000.0, 5000.0, 9000.0], y_m=[0.0] * COUNT)
    weights, rates = formulas.neighbour_weights(place), place.rates
    apart = np.abs(place.communities.x_m[:, None] - place.communities.x_m[None])
    assert weights.sum(axis=1) == pytest.approx([rates.spillover] * 5 + [0.0])
    assert not weights[apart > rates.spillover_radius].any()
    assert not np.diag(weights).any()
    assert weights[0, 1] == weights[0, 2] == rates.spillover / 2


@quick
@given(yuan=st.floats(0.0, 100_000.0), group=st.integers(0, 6), kind=st.sampled_from(CARE_KINDS))
def test_care_is_bounded(yuan: float, group: int, kind: str) -> None:
    """Doses lie within 0 and 1, what care prevents below its ceiling; those outside the groups get nothing."""
    place = PLAIN.with_changes(care=(CareCell(member_class=group, kind=kind, yuan=yuan),))
    doses, prevented = formulas.care_doses(place, kind), formulas.care_prevented(place)
    assert ((doses >= 0) & (doses <= 1)).all()
    assert ((prevented >= 0) & (prevented <= place.rates.care_ceiling)).all()
    assert doses[formulas.EVERYONE_ELSE] == 0


def test_care_prevents_its_share_of_a_community_s_needs() -> None:
    """Where all are in hardship and no members, money of the class none prevents up to the ceiling; of others nothing."""
    people, none = PLAIN.communities.population, np.zeros(COUNT, dtype=np.int64)
    poor = with_people(hardship=people, members=none)
    plenty = {group: CareCell(member_class=group, kind="living", yuan=100_000.0) for group in (0, 1)}
    ceiling = poor.rates.care_ceiling
    assert formulas.care_share(poor.with_changes(care=(plenty[0],))) == pytest.approx(ceiling * ONES)
    assert not formulas.care_share(poor.with_changes(care=(plenty[1],))).any()
    everyone = tuple(CareCell(member_class=group, kind="living", yuan=100_000.0) for group in range(7))
    here = PLAIN.communities
    hard = here.hardship * PLAIN.rates.hardship_need_ratio
    share = hard / (hard + here.population - here.hardship)
    assert formulas.care_share(PLAIN.with_changes(care=everyone)) == pytest.approx(ceiling * share)
    assert not formulas.care_share(PLAIN).any()
