"""Districts on disk: read whole or refused whole, written and read back equal, shipped ones sound and quick."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from scenarios.arrangements import CareCell, Meetings, Rectification, Support
from scenarios.categories import CATEGORIES
from scenarios.district import District, Fact, Floors, PostingRule, ServiceFund, VenueRule
from scenarios.district_files import district_names, read_district, shipped, write_district
from scenarios.problems import ScenarioError
from scenarios.tables import Table
from scenarios.text import Text

TABLES = ("communities", "streets", "units", "sites", "slots")
SETTINGS = """\
code: "371002"
name: {zh: 环翠区, en: Huancui}
version: 1
synthetic: true
first_year: 2027
years: 3
"""
Change = Callable[[str], str]


@pytest.fixture(scope="module")
def district() -> District:
    return read_district(shipped("huancui"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped district to spoil, with short settings."""
    copy = Path(shutil.copytree(shipped("huancui"), tmp_path / "district"))
    (copy / "district.yaml").write_text(SETTINGS, encoding="utf-8")
    return copy


def spoil(folder: Path, file: str, change: Change) -> str:
    """Change a file of the district and return what the reader then says."""
    path = folder / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_district(folder)
    return str(caught.value)


def cell(line: int, column: str, value: str) -> Change:
    """A change of one cell of a table."""

    def change(text: str) -> str:
        rows = [row.split(",") for row in text.splitlines()]
        rows[line - 1][rows[0].index(column)] = value
        return "\n".join(",".join(row) for row in rows) + "\n"

    return change


def assert_equal(one: District, other: District) -> None:
    for item in fields(District):
        left, right = getattr(one, item.name), getattr(other, item.name)
        if isinstance(left, Table):
            assert left.to_frame().equals(right.to_frame()), item.name
        else:
            assert left == right, item.name


@pytest.mark.parametrize("name", district_names())
def test_shipped_districts_read_without_a_word(name: str) -> None:
    """Every shipped district is read without notices, in a fraction of a second."""
    notices: list[Text] = []
    began = time.perf_counter()
    district = read_district(shipped(name), notices=notices)
    assert time.perf_counter() - began < 0.5
    assert notices == []
    assert len(district.communities) > 0
    assert district.facts


def test_a_district_survives_writing(district: District, tmp_path: Path) -> None:
    """Write, read: every table, fact, rule and parameter is the same."""
    write_district(district, tmp_path)
    assert_equal(read_district(tmp_path), district)


def test_rules_and_parameters_survive_writing(district: District, tmp_path: Path) -> None:
    """A district with rules in force is written whole, its rules included."""
    amounts = tuple(1000 * row for row in range(len(district.communities)))
    changed = district.with_changes(
        service_fund=ServiceFund(mode="mandated", granter="city", payer="district", ratio=1.0, entitlement_fen=amounts),
        extra_posts=30,
        postings=PostingRule(posts=40, term_months=24),
        venues=VenueRule(capital_fen=5 * 10**9, modes=("refit",)),
        floors=Floors(venue_m2=350.0, activity_share=0.6),
        rates=district.rates.with_values(stick_rate=0.7),
        facts=(Fact("share", 1e-9, "share", "=a source, quoted"),),
        name=Text("'是'", "yes: 1"),
    )
    write_district(changed, tmp_path)
    assert_equal(read_district(tmp_path), changed)


def test_the_shipped_tables_are_written_as_they_are_kept(district: District, tmp_path: Path) -> None:
    """Writing the shipped district gives the bytes of its tables."""
    write_district(district, tmp_path)
    for name in TABLES:
        assert (tmp_path / f"{name}.csv").read_bytes() == (shipped("huancui") / f"{name}.csv").read_bytes()


def test_tables_without_rows_survive_writing(district: District, tmp_path: Path) -> None:
    """A district may have no units, sites or slots."""
    bare = district.with_changes(
        **{name: getattr(district, name).take([]) for name in ("units", "sites", "slots")}, facts=()
    )
    write_district(bare, tmp_path)
    assert_equal(read_district(tmp_path), bare)


def test_gbk_tables_read_like_utf8(district: District, folder: Path) -> None:
    """A planner's spreadsheet may save GBK: the district is the same, with one notice a file."""
    for name in ("communities", "streets"):
        path = folder / f"{name}.csv"
        path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    notices: list[Text] = []
    read = read_district(folder, notices=notices)
    for name in TABLES:
        assert getattr(read, name).to_frame().equals(getattr(district, name).to_frame())
    assert [notice.en for notice in notices] == [
        f"{name}.csv: read as GBK (gb18030)" for name in ("communities", "streets")
    ]


@pytest.mark.parametrize(
    ("file", "change", "says"),
    [
        ("communities.csv", cell(3, "street_code", "371002999"), "communities.csv:3: street_code: found '371002999'; expected a code that stands in streets.csv"),
        ("communities.csv", cell(3, "children", "90000"), "communities.csv:3: children + elders: found '9"),
        ("communities.csv", cell(3, "hardship", "90000"), "communities.csv:3: hardship: found '90000'; expected at most the population"),
        ("communities.csv", cell(3, "floating", "90000"), "communities.csv:3: floating: "),
        ("communities.csv", cell(3, "members", "90000"), "communities.csv:3: members: "),
        ("communities.csv", cell(3, "households", "49999"), "communities.csv:3: households: "),
        ("communities.csv", cell(3, "collective_income_yuan", "5"), "communities.csv:3: collective_income_yuan: found '5'; expected 0"),
        ("communities.csv", cell(3, "code", "371002001001"), "lines 2 and 3 are the same"),
        ("communities.csv", cell(3, "name", "东北村居委会"), "a name once in a street; lines 2 and 3"),
        ("communities.csv", cell(3, "kind", "urbn"), "did you mean 'urban'"),
        ("communities.csv", cell(3, "activity_share", "60"), "a number from 0 to 1"),
        ("units.csv", cell(2, "community_code", "1"), "units.csv:2: community_code: "),
        ("sites.csv", cell(2, "community_code", "1"), "sites.csv:2: community_code: "),
        ("sites.csv", cell(3, "community_code", "371002001001"), "the rows of one site belong to one community"),
        ("slots.csv", cell(2, "home_street_code", "1"), "slots.csv:2: home_street_code: "),
        ("slots.csv", lambda text: text.replace("skill", "技能", 1), "rename it to skill"),
        ("slots.csv", lambda text: text.replace("skill", "what", 1), "rename it to skill"),
        ("slots.csv", lambda text: "PK\x03\x04" + text, "found a spreadsheet's workbook, not CSV"),
        ("slots.csv", cell(2, "skill", "windows"), "did you mean 'window'"),
        ("facts.csv", lambda text: text.replace("446193", "44万"), "facts.csv:2: value: found '44万'"),
    ],
)  # fmt: skip
def test_each_kind_of_mistake_is_named(folder: Path, file: str, change: Change, says: str) -> None:
    """A wrong reference, count or choice is refused with file, line and field."""
    assert says in spoil(folder, file, change)


def test_a_grid_has_at_least_one_resident(folder: Path) -> None:
    """More grids than residents are refused: somebody lives in every grid."""
    assert "communities.csv:3: grids: found" in spoil(folder, "communities.csv", cell(3, "population", "4"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("years: 3", "years: three", "district.yaml:6: years: found 'three'; expected a whole number"),
        ("years: 3", "years: 30", "expected a number <= 10"),
        ("years: 3", "yaers: 3", "did you mean 'years'"),
        ("years: 3\n", "", "years: found no such key; expected a value"),
        ('"371002"', "371002", "code: found '371002'; expected a text (put a code in quotes)"),
        ("synthetic: true", "synthetic: maybe", "expected true or false"),
        ("years: 3", "years: 3\nrates: {stick_rte: 0.7}", "did you mean 'stick_rate'"),
        ("years: 3", "years: 3\nrates: {stick_rate: 7}", "district.yaml:7: rates.stick_rate: found '7'; expected a number from 0.4 to 1"),
        ("years: 3", "years: 3\nservice_fund: {mode: gift}", "service_fund.mode: found 'gift'; expected one of"),
        ("years: 3", "years: 3\nservice_fund: {mode: mandated}", "district.yaml:7: service_fund.payer: found no such key"),
        ("years: 3", "years: 3\nservice_fund: {ratio: -1.0}", "service_fund.ratio: found '-1.0'; expected a number >= 0"),
        ("years: 3", "years: 3\nservice_fund: {entitlement_fen: [1, -2]}", "service_fund.entitlement_fen[1]: found '-2'"),
        ("years: 3", "years: 3\nservice_fund: {entitlement_fen: [1, 2]}", "found 2 numbers; expected one for each of the 218"),
        ("years: 3", "years: 3\npostings: {posts: -3}", "postings.posts: found '-3'"),
        ("years: 3", "years: 3\npostings: {eligible_share: 7.0}", "expected a number <= 1"),
        ("years: 3", "years: 3\nvenues: {modes: [biuld]}", "did you mean 'build'"),
        ("years: 3", "years: 3\nvenues: {capital_fen: -100}", "venues.capital_fen: found '-100'"),
        ("years: 3", "years: 3\nservice_fund: {modes: free}", "did you mean 'mode'"),
        ("years: 3", "years: 3\nservice_fund: {mode: grated}", "did you mean 'granted'"),
        ('"371002"', "371002", "put it in quotes: '371002'"),
        ("years: 3", "years: 3\nyears: 4", "duplicate key 'years', lines 6 and 7"),
    ],
)  # fmt: skip
def test_each_slip_in_the_settings_is_named(folder: Path, old: str, new: str, says: str) -> None:
    """A slip in district.yaml is refused with its line and the nearest right word."""
    assert says in spoil(folder, "district.yaml", lambda text: text.replace(old, new))


def test_settings_and_parameters_are_checked_together(folder: Path) -> None:
    """A wrong key does not hide a parameter outside its range."""
    wrong = "yaers: 3\nrates: {stick_rate: 7, own_limit: much}"
    said = spoil(folder, "district.yaml", lambda text: text.replace("years: 3", wrong))
    for place in ("6: yaers: ", "7: rates.stick_rate: ", "7: rates.own_limit: "):
        assert f"district.yaml:{place}" in said


def test_mistakes_of_all_files_come_at_once(folder: Path) -> None:
    """One reading names the mistakes of every file, and checks across the tables that could be read."""
    (folder / "streets.csv").unlink()
    for file, change in (("units.csv", cell(2, "community_code", "1")), ("slots.csv", cell(2, "skill", "x"))):
        path = folder / file
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    said = spoil(folder, "district.yaml", lambda text: text.replace("years: 3", "years: x"))
    for place in ("district.yaml:6: years", "streets.csv: found no readable file", "units.csv:2", "slots.csv:2"):
        assert place in said


def test_doubts_are_notices(district: District, folder: Path) -> None:
    """An odd household size or a street without communities is worth a word, not a refusal."""
    path = folder / "communities.csv"
    path.write_text(cell(2, "households", "10")(path.read_text(encoding="utf-8")), encoding="utf-8")
    with (folder / "streets.csv").open("a", encoding="utf-8") as file:
        file.write("371002999,新街道,1.0\n")
    notices: list[Text] = []
    read_district(folder, notices=notices)
    assert ["residents per household" in notices[0].en, "no community belongs to" in notices[1].en] == [True, True]
    assert all(notice.zh for notice in notices)


def test_a_missing_folder_is_one_problem(tmp_path: Path) -> None:
    """A wrong path gives one message, not one a file."""
    with pytest.raises(ScenarioError, match="no such folder") as caught:
        read_district(tmp_path / "nowhere")
    assert len(caught.value.problems) == 1


def test_unknown_names_are_refused() -> None:
    """A name that is not shipped gets the nearest one; paths do not pass for names."""
    with pytest.raises(ScenarioError, match="did you mean 'huancui'"):
        shipped("huancu")
    with pytest.raises(ScenarioError, match="expected one of"):
        shipped("../data")


def test_own_categories_cannot_be_written(district: District, tmp_path: Path) -> None:
    """What the files have no place for is refused before anything is written."""
    changed = district.with_changes(categories=(replace(CATEGORIES[0], share=0.5), *CATEGORIES[1:]))
    with pytest.raises(ValueError, match="own categories"):
        write_district(changed, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_what_mechanisms_set_cannot_be_written(district: District, tmp_path: Path) -> None:
    """Levers and arrangements have no place in the files either: they are refused, and never lost without a word."""
    count = len(district.communities)
    moved = district.levers.replaced(open_hours=np.full(count, 48.0))
    for changes, name in (
        ({"levers": moved}, "levers"),
        ({"supports": (Support(programme="teams"),)}, "supports"),
        ({"meetings": Meetings(city=4)}, "meetings"),
        ({"care": (CareCell(member_class=0, kind="living", yuan=1.0),)}, "care"),
        ({"rectification": Rectification(effort=0.2)}, "rectification"),
    ):
        with pytest.raises(ValueError, match=f"with {name} of mechanisms"):
            write_district(district.with_changes(**changes), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_refused_table_leaves_the_old_files(district: District, tmp_path: Path) -> None:
    """A table that cannot be read back is not written over the old one."""
    write_district(district, tmp_path)
    before = (tmp_path / "units.csv").read_bytes()
    share = np.full(len(district.units), np.nan)
    with pytest.raises(ScenarioError, match=r"units.csv: cooperation: found more than 100 problems"):
        write_district(district.with_changes(units=district.units.replaced(cooperation=share)), tmp_path)
    assert (tmp_path / "units.csv").read_bytes() == before
