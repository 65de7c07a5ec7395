"""Plans to YAML and workbook and back: exact, byte for byte repeatable, and inert whatever a place is called."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jiceng.plan_files.files import read_plan, write_plan_files
from jiceng.plan_files.workbook_writing import plan_workbook
from jiceng.plan_files.yaml_writing import yaml_text
from optimize.correction import Correction
from optimize.plan import STANDING, YEARLY, Plan, Posting, Project, Status
from scenarios.building.builder import small_district
from scenarios.choices import Choices
from scenarios.district import District, ServiceFund

OPEN = Choices(windows=9, wardens=9, rooms=True, pairs=True, care_fen=10**8, contact=True)
DISTRICT = small_district(4, seed=3, residents=2400).with_changes(
    service_fund=ServiceFund(entitlement_fen=(20_000_000,) * 4), choices=OPEN
)
CODES, SLOTS, SITES, UNITS = DISTRICT.communities.code, DISTRICT.slots.id, DISTRICT.sites.id, DISTRICT.units.id
COUNT, YEARS = len(CODES), DISTRICT.plan_years
FEN = st.integers(0, 10**15)
SHARES = st.integers(0, 999_983).map(lambda whole: whole / 999_983)  # of many digits
QUIET = settings(
    max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)


def arrays(values, *, years=True):
    shape = COUNT * len(YEARS) if years else COUNT
    return st.lists(values, min_size=shape, max_size=shape).map(
        lambda found: np.array(found).reshape((COUNT, len(YEARS)) if years else (COUNT,)))  # fmt: skip


def maybe(found, nothing):
    return st.one_of(st.just(nothing), found)


PLACES = st.sampled_from(CODES)
POSTING = st.builds(Posting, st.sampled_from(SLOTS), PLACES, st.integers(0, 35), st.integers(1, 120))
SERVES = st.lists(
    st.tuples(PLACES, st.integers(0, 70_000).map(lambda whole: whole / 7)), max_size=3, unique_by=lambda part: part[0]
)
PROJECT = st.builds(Project, st.sampled_from(SITES), st.integers(0, 35), SERVES.map(tuple))
PAIR = st.tuples(st.sampled_from(UNITS), PLACES, SHARES)
FACTORS = st.lists(st.integers(1, 100).map(lambda whole: whole / 7), min_size=COUNT, max_size=COUNT).map(tuple)
CORRECTION = st.builds(Correction, FACTORS, FACTORS, st.lists(SHARES, min_size=COUNT, max_size=COUNT).map(tuple))
PLANS = st.builds(
    Plan,
    method=st.sampled_from(["optimal", "equal_split"]), communities=st.just(CODES), years=st.just(YEARS), status=st.just(Status.OPTIMAL),
    lump_fen=arrays(FEN), contract_fen=arrays(FEN), prevention_fen=arrays(FEN), posts=arrays(st.integers(0, 10_000)),
    postings=st.lists(POSTING, max_size=4, unique_by=lambda p: (p.slot, p.community)).map(tuple),
    projects=st.lists(PROJECT, max_size=4, unique_by=lambda p: p.site_id).map(tuple),
    windows=maybe(arrays(st.integers(0, 20), years=False), np.zeros(0, dtype=np.int64)),
    wardens=maybe(arrays(st.integers(0, 20), years=False), np.zeros(0, dtype=np.int64)),
    contact=maybe(arrays(st.sampled_from([-0.1, 0.0, 0.1]), years=False), np.zeros(0)),
    care_rooms=maybe(arrays(SHARES), np.zeros(0)),
    care_yuan=maybe(st.lists(st.integers(0, 10**6).map(lambda whole: whole / 7), min_size=7, max_size=7).map(tuple), ()),
    pairs=st.lists(PAIR, max_size=4, unique_by=lambda p: p[:2]).map(tuple),
    correction=maybe(CORRECTION, None),
)  # fmt: skip


def back(plan: Plan, name: str, district: District = DISTRICT) -> Plan:
    """The plan after a round through a file."""
    with tempfile.TemporaryDirectory() as folder:
        write_plan_files(plan, district, Path(folder))
        return read_plan(Path(folder) / name, district).plan


def assert_same_decisions(plan: Plan, found: Plan, *, digits: float) -> None:
    for name in (*YEARLY, *STANDING):
        one, other = getattr(plan, name), getattr(found, name)
        assert one.shape == other.shape, name
        if one.dtype.kind == "f":
            np.testing.assert_allclose(other, one, rtol=digits, atol=0)
        else:
            assert (one == other).all(), name
    assert found.postings == plan.postings
    assert [(p.site_id, p.start_month) for p in found.projects] == [(p.site_id, p.start_month) for p in plan.projects]
    for one, other in zip(plan.projects, found.projects, strict=True):
        assert [code for code, _ in one.serves] == [code for code, _ in other.serves]
        np.testing.assert_allclose([m2 for _, m2 in other.serves], [m2 for _, m2 in one.serves], rtol=digits)
    np.testing.assert_allclose(found.care_yuan, plan.care_yuan, rtol=digits)
    assert [pair[:2] for pair in found.pairs] == [pair[:2] for pair in plan.pairs]
    np.testing.assert_allclose([pair[2] for pair in found.pairs], [pair[2] for pair in plan.pairs], rtol=digits)


@QUIET
@given(plan=PLANS)
def test_yaml_gives_every_decision_back(plan):
    """Plan to YAML to plan: money to the fen, every other value to the bit, whatever the plan decides."""
    found = back(plan, "plan.yaml")
    assert_same_decisions(plan, found, digits=0)
    assert found.correction == plan.correction


@QUIET
@given(plan=PLANS)
def test_a_workbook_gives_every_decision_back(plan):
    """Plan to workbook to plan: money to the fen, counts exactly, shares to the fifteen digits that a cell holds."""
    found = back(plan, "plan.xlsx")
    assert_same_decisions(plan, found, digits=1e-14)
    assert (found.correction is None) == (plan.correction is None)


def test_what_a_file_holds_is_never_proven(simple_plan, village_street):
    """A plan read from a file was found by nobody's search, whatever the file says of itself."""
    for name in ("plan.yaml", "plan.xlsx"):
        found = back(simple_plan, name, village_street)
        assert (found.method, found.status, found.proven, found.goals) == ("given", Status.GIVEN, False, ())


def test_the_same_plan_gives_the_same_bytes(simple_plan, village_street):
    """Files of equal plans are equal, so that version control shows changes of the plan alone."""
    assert plan_workbook(simple_plan, village_street) == plan_workbook(simple_plan, village_street)
    assert yaml_text(simple_plan, village_street) == yaml_text(simple_plan, village_street)


def test_one_changed_amount_changes_one_line(simple_plan, village_street):
    """A community's year is one line of YAML, with its name, and amounts in 万元."""
    money = simple_plan.lump_fen.copy()
    money[0, 1] += 1_000_000
    before, after = (yaml_text(plan, village_street).splitlines() for plan in (simple_plan, simple_plan.with_changes(lump_fen=money)))  # fmt: skip
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert len(changed) == 1
    assert changed[0][1].startswith("  - {community: 990001001001 示例0社区, year: 2028, granted: 21 万元, contracts: ")


NAMES = ("=1+1", "=cmd|' /C calc'!A0", "+SUM(A1)", "-2+3", "@SUM(1)", "＝1+1", '=HYPERLINK("http://x","y")', "a: b", "#x", "{a, b}",
         "- x", "null", "是'否\"", "\\u202e", "no", "1e3", "[x]", "%x", "&a", "*a", "!t", "'=1", "東坡 社区", "Café")  # fmt: skip


@pytest.mark.parametrize("first", range(0, len(NAMES), 6))
def test_a_name_stays_a_name(first, simple_plan, village_street):
    """Whatever communities are called, their names are text in every cell and come back, and nothing is a formula."""
    names = NAMES[first : first + 6]
    district = village_street.with_changes(communities=village_street.communities.replaced(name=names))
    codes = district.communities.code
    postings = tuple(Posting(district.slots.id[0], code, 0, 24) for code in codes)
    plan = simple_plan.with_changes(postings=postings)
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(plan, district)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    written = [book["资金 Money"].cell(2 + 3 * row, 2) for row in range(6)]
    assert [(cell.value, cell.data_type) for cell in written] == [(name, "s") for name in names]
    for file in ("plan.yaml", "plan.xlsx"):
        assert back(plan, file, district).postings == plan.postings
