"""The formulas of needs, voicing, routing, rooms and hours: laws first, then by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import formulas
from scenarios.arrangements import Meetings, Support
from scenarios.categories import CATEGORIES, ROOM_USES
from scenarios.formulas.needs import reference_weights
from scenarios.parameters import PARAMETERS, Rates
from tests.moved import COUNT, ONES, PLAIN, with_levers, with_people, with_rates

shares = st.floats(0.0, 1.0)
quick = settings(max_examples=40, deadline=None)


# Needs


def test_segments_bring_the_stated_shares_in_the_country_s_mix() -> None:
    """Shares of a segment sum to 1; weighted by needs in the reference mix they are the categories' own."""
    table = formulas.segment_categories(PLAIN)
    assert table.shape == (12, len(CATEGORIES))
    assert table.sum(axis=1) == pytest.approx(np.ones(12))
    assert reference_weights() @ table == pytest.approx(np.array([c.share for c in CATEGORIES]), abs=1e-12)


def test_reference_weights_by_hand() -> None:
    """Of the country's needs each age band brings its share of people times its need ratio, the same within it."""
    rates, mix = Rates(), formulas.REFERENCE_MIX
    bands = np.array([mix["child"] * rates.child_need_ratio, 1 - mix["child"] - mix["elder"],
                      mix["elder"] * rates.elder_need_ratio])  # fmt: skip
    weights = reference_weights().reshape(3, 2, 2)
    assert weights.sum(axis=(1, 2)) == pytest.approx(bands / bands.sum())
    hard = mix["hardship"] * rates.hardship_need_ratio
    assert weights[:, 1].sum() == pytest.approx(hard / (hard + 1 - mix["hardship"]))
    floating = mix["floating"] * rates.floating_need_ratio
    assert weights[:, :, 1].sum() == pytest.approx(floating / (floating + 1 - mix["floating"]))


def test_a_segment_keeps_the_ratios_of_its_categories() -> None:
    """Odds of two categories differ between segments by exactly the ratios that the categories state."""
    table = formulas.segment_categories(PLAIN)
    child_of_floating_hardship, adult = table[3], table[4]
    stated = np.array([c.child * c.hardship * c.floating for c in CATEGORIES])
    ratio = child_of_floating_hardship / adult
    assert ratio / ratio[0] == pytest.approx(stated / stated[0])


def test_shares_of_a_community_sum_to_one_and_follow_its_people() -> None:
    """Where everyone is a child more needs are of care and activities, where everyone floats more are of the counter."""
    people, none = PLAIN.communities.population, np.zeros(COUNT, dtype=np.int64)
    adults = with_people(children=none, elders=none, floating=none, hardship=none)
    changed = {
        "children": with_people(children=people, elders=none, floating=none, hardship=none),
        "elders": with_people(children=none, elders=people, floating=none, hardship=none),
        "floating": with_people(children=none, elders=none, floating=people, hardship=none),
        "hardship": with_people(children=none, elders=none, floating=none, hardship=people),
    }
    found = {name: formulas.category_shares(place) for name, place in {**changed, "adults": adults}.items()}
    assert all(value.sum(axis=1) == pytest.approx(ONES) for value in found.values())
    rises = {name: {c.id for k, c in enumerate(CATEGORIES) if (found[name][:, k] > found["adults"][:, k]).all()}
             for name in changed}  # fmt: skip
    assert rises["children"] >= {"care", "activity"}
    assert rises["elders"] >= {"care", "activity"}
    assert "window" in rises["floating"]
    assert "care" in rises["hardship"]
    assert not {"window", "dispute"} & rises["children"]


def test_segments_of_a_community_hold_its_residents() -> None:
    """Expected residents by segment sum to the population, its age bands, and those in hardship."""
    held, here = formulas.segment_shares(PLAIN.communities), PLAIN.communities
    assert held.sum(axis=(1, 2, 3)) == pytest.approx(here.population)
    assert held[:, 0].sum(axis=(1, 2)) == pytest.approx(here.children)
    assert held[:, :, 1].sum(axis=(1, 2)) == pytest.approx(here.hardship)
    assert held[:, :, :, 1].sum(axis=(1, 2)) == pytest.approx(here.floating)


# Voicing and routing


@pytest.mark.parametrize("households", [200, 300, 500])
def test_contact_counts_most_in_small_grids(households: int) -> None:
    """At the reference in a grid of the norm's size contact changes nothing; the same hour tells more in a smaller grid."""
    place = with_rates(with_people(households=[households] * COUNT, grids=[1] * COUNT), grid_norm=300.0)
    factor = formulas.contact_factor(place, np.full(COUNT, place.rates.contact_reference))
    assert (np.sign(factor - 1.0) == np.sign(300 - households)).all()
    twice = place.with_changes(
        communities=place.communities.replaced(households=[2 * households] * COUNT, grids=[2] * COUNT)
    )
    assert np.array_equal(formulas.contact_factor(twice, np.full(COUNT, place.rates.contact_reference)), factor)


@quick
@given(hours=st.floats(0.0, 1e4), grids=st.integers(1, 50))
def test_contact_is_bounded(hours: float, grids: int) -> None:
    """No contact halves voicing at most, and no amount of it adds more than half."""
    factor = formulas.contact_factor(with_people(grids=[grids] * COUNT), np.full(COUNT, hours))
    assert (factor >= 0.5).all()
    assert (factor <= 1.5).all()


def test_access_by_hand() -> None:
    """Two kilometres cost ``access_loss``; full agency spares the walk; doubled hours raise voicing by their elasticity."""
    rates = PLAIN.rates
    far = np.full(COUNT, 2000.0)
    assert formulas.access_factor(PLAIN, 0 * far) == pytest.approx(ONES)
    assert formulas.access_factor(PLAIN, far) == pytest.approx((1 - rates.access_loss) * ONES)
    assert formulas.access_factor(PLAIN, 5 * far) == pytest.approx((1 - rates.access_loss) * ONES)
    assert formulas.access_factor(with_levers(agency=1.0), far) == pytest.approx(ONES)
    assert formulas.access_factor(with_levers(open_hours=80.0), 0 * far) == pytest.approx(
        2**rates.opening_voicing * ONES
    )


@quick
@given(to_district=shares, to_city=shares, delegated=shares)
def test_tiers_share_all_that_is_routed(to_district: float, to_city: float, delegated: float) -> None:
    """Shares of the tiers are never negative and sum to 1 under any delegation, which takes from the higher tiers."""
    place = with_rates(to_district=to_district, to_city=to_city)
    plain, moved = formulas.tier_shares(place), formulas.tier_shares(with_levers(place, delegated=delegated))
    assert moved.sum(axis=1) == pytest.approx(ONES)
    assert (moved >= -1e-12).all()
    assert moved[:, 1:] == pytest.approx(plain[:, 1:] * (1 - delegated))


def test_tiers_and_their_delays_by_hand() -> None:
    """Of routed matters 30 % go to the district and 5 % to the city, half of both if delegated; means of 1, 2 and 4 months."""
    place = with_rates(to_district=0.30, to_city=0.05, street_delay=1.0, district_delay=2.0, city_delay=4.0)
    assert formulas.TIERS_ABOVE == ("street", "district", "city")
    assert formulas.tier_shares(place)[0] == pytest.approx([0.65, 0.30, 0.05])
    assert formulas.tier_shares(with_levers(place, delegated=0.5))[0] == pytest.approx([0.825, 0.15, 0.025])
    assert formulas.return_chance(place, 0)[0] == pytest.approx(np.array([[1.0, 0.5, 0.25]] * 2).T)


@quick
@given(delay=st.floats(1.0, 12.0), platform=st.floats(0.0, 0.8), attention=shares, clears=st.floats(0.0, 0.9),
       month=st.integers(0, 11))  # fmt: skip
def test_chance_of_coming_back(delay: float, platform: float, attention: float, clears: float, month: int) -> None:
    """A chance, never lowered by a platform, meetings or attention; attention helps what is overdue alone."""
    place = with_rates(street_delay=delay, district_delay=delay, city_delay=delay, meeting_clears=clears)
    plain = formulas.return_chance(place, month)
    helped = {
        "platform": formulas.return_chance(with_levers(place, platform=platform), month),
        "meetings": formulas.return_chance(
            place.with_changes(meetings=Meetings(street=12, district=12, city=12)), month
        ),
        "attention": formulas.return_chance(with_levers(place, attention=attention), month),
    }
    assert plain == pytest.approx(1 / delay)
    for chance in helped.values():
        assert ((chance >= plain - 1e-12) & (chance <= 1)).all()
    assert np.array_equal(helped["attention"][:, :, 0], plain[:, :, 0])
    assert helped["attention"][:, :, 1] == pytest.approx(1 - (1 - plain[:, :, 1]) * (1 - attention))
    assert helped["meetings"] == pytest.approx(1 - (1 - plain) * (1 - clears))
    assert helped["platform"] == pytest.approx(1 / max(delay * (1 - platform), 1))


@pytest.mark.parametrize("number", range(13))
def test_meetings_are_all_held_and_evenly(number: int) -> None:
    """Exactly so many meetings fall into a year, no two gaps differing by more than a month."""
    held = [month for month in range(24) if formulas.meets(number, month % 12)]
    assert len(held) == 2 * number
    assert np.ptp(np.diff(held)) <= 1 if number else not held


def test_routed_by_hand() -> None:
    """Eight windows settle two windows' share more on the spot; half of the items kept local halve the rest."""
    place = with_people(windows=[8] * COUNT)
    left = 1 - 2 * place.rates.window_local_gain
    routed = np.array([c.routed for c in CATEGORIES])
    assert formulas.routed_share(place)[0] == pytest.approx(left * routed)
    assert formulas.routed_share(with_levers(place, local_items=0.5))[0] == pytest.approx(left * routed / 2)


# Space


@quick
@given(care=st.floats(0.05, 0.8), extra=st.floats(0.0, 5000.0))
def test_room_hours_are_split_whole(care: float, extra: float) -> None:
    """Uses share all room-hours; a square metre more gives its hours to both."""
    place = with_rates(care_space=care)
    assert formulas.use_shares(place).sum(axis=1) == pytest.approx(1.0)
    gain = formulas.room_hours(place, np.full(COUNT, extra)) - formulas.room_hours(place, np.zeros(COUNT))
    assert gain.sum(axis=1) == pytest.approx(0.6 * extra * formulas.room_hours_per_m2(place.rates) * ONES, abs=1e-6)
    kept = dict(zip(ROOM_USES, gain.T, strict=True))
    assert kept["care"] == pytest.approx(care * gain.sum(axis=1), abs=1e-6)


def test_running_cost_of_shared_premises_is_shared() -> None:
    """A shared project costs the community its part of what a built one of the same size costs."""
    sites = PLAIN.sites.take([0, 0]).replaced(mode=["build", "shared"], id=["a", "b"])
    place, rates = PLAIN.with_changes(sites=sites), PLAIN.rates
    built = sites.m2[0] * rates.venue_running_cost
    assert [formulas.running_yuan(place, row) for row in (0, 1)] == pytest.approx([built, built * rates.shared_running])


def test_only_matters_with_a_use_take_rooms() -> None:
    """Activities and care take their room-hours, other matters none."""
    taken = dict(zip((c.id for c in CATEGORIES), formulas.room_hours_per_matter(PLAIN), strict=True))
    rates = PLAIN.rates
    assert taken.pop("activity") == rates.room_hours_per_activity
    assert taken.pop("care") == rates.room_hours_per_care
    assert set(taken.values()) == {0.0}


# Hours by hand

STAFF = {"hours_per_post": 1750.0, "direct_share": 0.3, "inspections": 5.0, "inspection_hours": 0.01, "turnover": 0.2,
         "newcomer_loss": 0.5, "opening_hours_cost": 0.1, "work_fund_norm": 20_000.0}  # fmt: skip
USUAL = 1750 * 0.3 * 0.95 * 0.9  # inspections take 5 %, a fifth of posts half a year's work


@pytest.mark.parametrize(
    ("levers", "hours"),
    [
        ({}, USUAL),
        ({"turnover_cut": 1.0}, USUAL / 0.9),
        ({"turnover_cut": 0.5}, USUAL / 0.9 * 0.95),
        ({"turnover_cut": -1.0}, USUAL / 0.9 * 0.8),
        ({"admin_relief": 0.1}, USUAL / 0.3 * 0.37),
        ({"admin_relief": -0.1}, USUAL / 0.3 * 0.23),
        ({"open_hours": 80.0}, USUAL * 0.9),
        ({"open_hours": 20.0}, USUAL * 1.05),
        ({"training_days": 10.0}, USUAL * 0.96),
    ],
)
def test_hours_of_a_post_by_hand(levers: dict[str, float], hours: float) -> None:
    """1750 hours, less inspections, newcomers, opening and training, and what relief from paperwork adds."""
    place = with_rates(with_levers(**levers), **STAFF)
    assert formulas.hours_per_post(place) == pytest.approx(hours)


def test_a_short_work_fund_takes_hours() -> None:
    """At half its norm the fund leaves half of its reach undone; above the norm more money does nothing."""
    place = with_rates(with_people(work_fund_yuan=[50_000.0] * 3 + [300_000.0] * 3), work_fund_norm=100_000.0)
    lost = place.rates.work_fund_reach / 2
    assert formulas.operations_factor(place) == pytest.approx([1 - lost] * 3 + [1.0] * 3)


def test_support_halves_and_its_mean_is_that_of_its_months() -> None:
    """Imposed help of a half-life of 18 months gives a quarter after three years; its plan mean is that of the months' paces."""
    support = Support(programme="teams", hours=(80.0,) * COUNT, half_life_months=18)
    place = PLAIN.with_changes(supports=(support,))
    assert formulas.support_hours(place, 36.0) == pytest.approx(20.0)
    months = 12 * place.years
    mean = 80 * np.mean(0.5 ** (np.arange(months) / 18))
    assert formulas.mean_support_hours(place) == pytest.approx(mean)


def test_fixed_hours_add_up() -> None:
    """Wardens, members, volunteers less answers, and teams: nobody twice, and partners apart."""
    place = PLAIN.with_changes(supports=(Support(programme="teams", hours=(7.0,) * COUNT),))
    back = formulas.expected_exchange(place)[1]
    parts = formulas.warden_hours(place) + formulas.member_hours(place) + formulas.volunteer_hours(place)
    assert formulas.fixed_hours(place) == pytest.approx(parts - back + 7.0)
    assert (formulas.volunteer_hours(place) >= back).all()


def test_agency_makes_matters_longer() -> None:
    """Half of the matters carried by the community take half of the agency's load more."""
    ratio = formulas.matter_hours(with_levers(agency=0.5)) / formulas.matter_hours(PLAIN)
    assert ratio == pytest.approx(1 + PLAIN.rates.agency_load / 2)


# Ranges


@pytest.mark.parametrize("name", PARAMETERS)
def test_formulas_hold_to_the_ends_of_a_parameter(name: str) -> None:
    """At both ends of every parameter's range hours, chances and shares are finite and within their bounds."""
    for value in (PARAMETERS[name].low, PARAMETERS[name].high):
        place = with_rates(**{name: value})
        hours = (formulas.hours_per_post(place), formulas.fixed_hours(place), formulas.room_hours(place, ONES),
                 formulas.matter_hours(place), formulas.yearly_needs(place))  # fmt: skip
        chances = (formulas.voice_chance(place, ONES, ONES, ONES), formulas.return_chance(place, 0),
                   formulas.tier_shares(place), formulas.category_shares(place), formulas.routed_share(place),
                   formulas.solve_chance(place.rates, formulas.base_quality(place)),
                   formulas.asking_chance(place.rates, ONES, ONES, ONES), formulas.neighbour_weights(place))  # fmt: skip
        assert all(np.isfinite(part).all() and (part >= 0).all() for part in hours)
        assert all(((part >= 0) & (part <= 1 + 1e-9)).all() for part in chances)


def test_every_parameter_states_a_range_around_its_default() -> None:
    """Ranges hold the default; every parameter has a unit, a source and a sentence in both languages."""
    for about in PARAMETERS.values():
        assert about.low <= about.default <= about.high, about.name
        assert about.low < about.high, about.name
        assert all((about.unit, about.source, about.says.zh, about.says.en)), about.name
    assert Rates() == Rates().with_values()
