"""The arithmetic of the study reports, recomputed from districts that the mechanisms resolved."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios.building.builder import small_district
from scenarios.district import District
from scenarios.formulas import room_hours, room_hours_per_m2, space_lacking_m2
from scenarios.funding import FEN_PER_WAN, base_flows, sum_flows, year_money
from scenarios.funding_scale import expected_lump_fen
from scenarios.levers import Levers
from scenarios.mechanisms import apply_mechanisms

PROVINCE, CITY = 1389, 398  # communities of the work fund and of the service fund in report 000
RESIDENTS = 10_439


@pytest.fixture(scope="module")
def city() -> District:
    """398 communities of 10,439 residents without any fund yet."""
    return _of_size(CITY)


@pytest.fixture(scope="module")
def province() -> District:
    """1,389 communities of 10,439 residents without any fund yet."""
    return _of_size(PROVINCE)


def _of_size(count: int) -> District:
    place = small_district(2, residents=2 * RESIDENTS)
    here = place.communities.take([0] * count)
    here = here.replaced(population=[RESIDENTS] * count, work_fund_yuan=[0] * count, party_fund_yuan=[0] * count,
                         code=[f"990101{row:06d}" for row in range(count)])  # fmt: skip
    return place.with_changes(communities=here, levers=Levers.neutral(count))


def wan(fen: np.ndarray | int) -> float:
    """Fen in 万元."""
    return float(np.sum(fen)) / FEN_PER_WAN


def test_row_1_work_fund(province: District) -> None:
    """25000 万元 at 18 万元 each pay for 1388.9 communities and are 17.2 元 a head."""
    place = apply_mechanisms(province, {"work_fund_floor": {"floor": 180_000}})
    total = wan(sum_flows(base_flows(place), programme="work"))
    assert total == PROVINCE * 18
    assert 25_000 / (total / PROVINCE) == pytest.approx(1388.9, abs=0.05)
    assert total * 10_000 / place.communities.population.sum() == pytest.approx(17.2, abs=0.05)


def test_row_2_three_funds_of_a_community(city: District) -> None:
    """10 + 3 + 20 = 33 万元 a community, 13134 万元 for 398."""
    place = apply_mechanisms(city, {"work_fund_floor": {}, "party_fund_floor": {}, "service_fund": {}})
    money = year_money(place, expected_lump_fen(place))
    per_community = sum_flows((*base_flows(place), *money.flows), role="grant")
    assert set(per_community) == {33 * FEN_PER_WAN}
    assert wan(per_community) == 13_134


def test_row_3_service_fund(city: District) -> None:
    """7960 万元 at 20 万元 each is 398 communities and 19.2 元 a head."""
    place = apply_mechanisms(city, {"service_fund": {}})
    total = wan(expected_lump_fen(place))
    assert total == 7960
    assert total * 10_000 / place.communities.population.sum() == pytest.approx(19.2, abs=0.05)


def test_row_4_matched_funding(city: District) -> None:
    """City and district pay 3980 万元 each, 10 + 10 万元 a community."""
    place = apply_mechanisms(city, {"matched_funding": {}})
    flows = year_money(place, expected_lump_fen(place)).flows
    by_city, by_district = (sum_flows(flows, payer=tier) for tier in ("city", "district"))
    assert set(by_city) == set(by_district) == {10 * FEN_PER_WAN}
    assert wan(by_city) == wan(by_district) == 3980


def test_rows_1_to_4_needs_based_grants(city: District) -> None:
    """A pool of 20 万元 for each community is expected to be given out to within a fen each, above the floor."""
    place = apply_mechanisms(city, {"needs_based_grants": {"pool": 200_000.0 * CITY}})
    lump = expected_lump_fen(place)
    assert wan(place.service_fund.pool_fen) == 7960
    assert 0 <= place.service_fund.pool_fen - lump.sum() <= CITY
    assert (lump >= np.array(place.service_fund.floor_fen)).all()


def test_row_17_first_secretaries(province: District) -> None:
    """300 officials for 1389 communities are 21.6 % of them."""
    place = apply_mechanisms(province, {"first_secretaries": {"posts": 300, "eligible_share": 0.216}})
    assert place.postings.posts / len(place.communities) == pytest.approx(0.216, abs=5e-4)
    assert place.postings.term_months >= 24


def test_row_18_deputies(province: District) -> None:
    """2800 deputies for 1389 communities are 2.0 each."""
    place = apply_mechanisms(province, {"deputy_secretaries": {}})
    assert place.extra_posts / len(place.communities) == 2.0
    assert place.extra_posts == pytest.approx(2800, rel=0.01)


def test_row_38_venues(province: District) -> None:
    """20 亿元 in two years pay for 1100 venues of 182 万元, 79 % of communities."""
    place = apply_mechanisms(province, {"venue_programme": {"capital": 1e9}})
    venues = 2 * wan(place.venues.capital_fen) / 182
    assert venues == pytest.approx(1100, rel=0.005)
    assert venues / len(place.communities) == pytest.approx(0.79, abs=0.005)


def test_row_39_area_floor(city: District) -> None:
    """With what it lacks made up, every community has 350 m2 or more, so 85.6 % have."""
    place = apply_mechanisms(city, {"area_floor": {}})
    after = place.communities.service_m2 + space_lacking_m2(place)
    assert (after >= 350).mean() >= 0.856
    assert (after >= 350).all()


def test_row_41_space_mix(city: District) -> None:
    """Office and service space add up to the whole, and at least 60 % serves residents."""
    place = apply_mechanisms(city, {"space_mix": {}})
    nothing = np.zeros(CITY)
    service = room_hours(place, nothing, nothing).sum(axis=1) / room_hours_per_m2(place.rates)
    office = place.communities.service_m2 - service
    assert (office >= 0).all()
    assert (service >= 0.6 * place.communities.service_m2 - 1e-9).all()
