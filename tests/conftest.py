"""Small districts and plans that many tests share."""

from __future__ import annotations

import signal

import pytest

from jiceng import cli
from optimize import Plan, make_plan
from scenarios.building.builder import small_district
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


@pytest.fixture
def jiceng(capsys, monkeypatch):
    """Runs one command line in this process: gives exit code, stdout and stderr."""
    monkeypatch.setattr(signal, "signal", lambda *_: None)

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            cli.main([*words])
        shown = capsys.readouterr()
        return int(str(left.value.code)), shown.out, shown.err

    return run
