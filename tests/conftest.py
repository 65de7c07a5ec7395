"""Small districts and plans that many tests share."""

from __future__ import annotations

import pytest

from optimize import Plan, make_plan
from scenarios.builder import small_district
from scenarios.district import District, ServiceFund


@pytest.fixture(scope="session")
def village_street() -> District:
    """Six small communities, 20 万元 of service fund each."""
    district = small_district(6, seed=3, residents=3600)
    return district.with_changes(service_fund=ServiceFund(entitlement_fen=(20_000_000,) * 6))


@pytest.fixture(scope="session")
def simple_plan(village_street: District) -> Plan:
    """The small district's plan by the rule of equal split."""
    return make_plan(village_street, method="equal_split")
