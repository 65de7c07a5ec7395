"""Laws that the table of the study reports' practices keeps: what each acts through exists, costs, and is used."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from scenarios.arrangements import CARE_KINDS, Meetings, Rectification, Support
from scenarios.district import (
    Communities,
    District,
    Floors,
    PostingRule,
    ServiceFund,
    Sites,
    Slots,
    Streets,
    Units,
    VenueRule,
)
from scenarios.levers import Levers
from scenarios.mechanisms import CATALOGUE
from scenarios.mechanisms.catalogue import Mechanism
from scenarios.mechanisms.rows import ROWS, Row
from scenarios.parameters import PARAMETERS

PARTS: dict[str, type] = {
    "levers": Levers, "communities": Communities, "streets": Streets, "units": Units, "sites": Sites, "slots": Slots,
    "service_fund": ServiceFund, "postings": PostingRule, "venues": VenueRule, "floors": Floors, "supports": Support,
    "meetings": Meetings, "rectification": Rectification,
}  # fmt: skip
EXISTING = {
    "extra_posts",
    *(f"{head}.{item.name}" for head, part in PARTS.items() for item in fields(part)),
    *(f"care.{kind}" for kind in CARE_KINDS),
    "care.payer",
    *(f"rates.{name}" for name in PARAMETERS),
}
ARRANGED = {
    *(f"{head}.{item.name}" for head in ("meetings", "rectification") for item in fields(PARTS[head])),
    *(f"care.{kind}" for kind in CARE_KINDS),
    "care.payer",
    *(f"supports.{name}" for name in ("payer", "fen", "hours", "cost_fen", "half_life_months")),
}
OWED = {"supports.cost_fen", "supports.payer", "care.payer"}  # what others pay; alone it moves nothing
COSTLY = {  # primitives that take money or time from someone, by outlay, by hours or by what must be given back
    *OWED, "supports.fen", "service_fund.entitlement_fen", "service_fund.ratio", "communities.work_fund_yuan",
    "communities.party_fund_yuan", "communities.posts", "communities.grids", "extra_posts", "postings.posts",
    "venues.capital_fen", "rates.inspections", "levers.admin_relief", "levers.training_days", "levers.open_hours",
    "levers.agency", "levers.contact_shift", "levers.answering", "levers.wishes", "meetings.street",
    *(f"care.{kind}" for kind in CARE_KINDS),
}  # fmt: skip
RULES_ALONE = {5, 39, 41}  # money that comes in time, a floor and a mix of space cost nothing of their own
NEEDS = {
    *(f"communities.{name}" for name in ("kind", "population", "households", "children", "elders", "hardship",
                                         "floating", "members", "workload")),
    *(f"rates.{name}" for name in PARAMETERS if "need" in name or name in ("season_amplitude", "frailty_cv")),
}  # fmt: skip
BY_NUMBER = {row.number: row for row in ROWS}
every_row = pytest.mark.parametrize("row", ROWS, ids=[str(row.number) for row in ROWS])


def test_all_rows_once_in_order() -> None:
    """Rows 1 to 96 are there exactly once, in order."""
    assert [row.number for row in ROWS] == list(range(1, 97))


def test_names_and_sentences_differ() -> None:
    """No two rows share a name or a sentence in either language."""
    for texts in ([row.name for row in ROWS], [row.says for row in ROWS]):
        for language in (0, 1):
            assert len({text[language] for text in texts}) == len(ROWS)


@every_row
def test_said_in_both_languages(row: Row) -> None:
    """Each row has a name and one sentence in Chinese and in English, and names the reports that describe it."""
    assert re.search("[\u4e00-\u9fff]", row.name.zh)
    assert not re.search("[\u4e00-\u9fff]", row.name.en + row.says.en)
    assert row.name.en.strip()
    assert re.fullmatch("[^。]*[\u4e00-\u9fff][^。]*。", row.says.zh)
    assert re.fullmatch(r"[A-Z][^.]*\.", row.says.en)
    assert re.fullmatch("00[0-4](, 00[0-4])*", row.report)


@every_row
def test_acts_through_what_exists(row: Row) -> None:
    """Every primitive and parameter of a row exists, is named once, and at least one primitive moves something."""
    assert set(row.primitives) <= EXISTING
    assert set(row.parameters) <= set(PARAMETERS)
    assert len(set(row.primitives)) == len(row.primitives)
    assert len(set(row.parameters)) == len(row.parameters)
    assert set(row.primitives) - OWED
    assert row.parameters


@every_row
def test_needs_are_left_alone(row: Row) -> None:
    """No practice changes what residents need, so all needs are the same under every policy."""
    assert not set(row.primitives) & NEEDS


def test_nothing_is_free() -> None:
    """Every practice takes money or time from someone, but for the few that only set a rule."""
    assert {row.number for row in ROWS if not set(row.primitives) & COSTLY} == RULES_ALONE


def test_outside_hours_are_paid() -> None:
    """Hours from outside come with a cost to those who send them; care money costs of itself."""
    given, paid = "supports.hours", {"supports.cost_fen", "supports.fen"}
    assert [row.number for row in ROWS if given in row.primitives and not paid & set(row.primitives)] == []


def test_no_primitive_is_idle() -> None:
    """Every lever and every arrangement is used by at least one practice."""
    used = {name for row in ROWS for name in row.primitives}
    assert {f"levers.{item.name}" for item in fields(Levers)} - used == {
        "levers.wardens",
        "levers.care_rooms",
    }  # plans move them
    assert ARRANGED - used == set()


def test_heads_are_parts_of_a_district() -> None:
    """What comes before the dot is a field of a district, so that a mechanism can set it."""
    heads = {name.partition(".")[0] for row in ROWS for name in row.primitives}
    assert heads <= {item.name for item in fields(District)}


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=list(CATALOGUE))
def test_catalogue_sets_what_its_rows_say(entry: Mechanism) -> None:
    """The rows of a catalogue entry are there, and what it sets is among the primitives of at least one of them."""
    assert set(entry.rows) <= set(BY_NUMBER)
    rows = [BY_NUMBER[number] for number in entry.rows]
    assert [thing for thing in entry.sets if not any(row.moves(thing) for row in rows)] == []
