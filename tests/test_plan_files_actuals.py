"""Actuals beside a plan: money balances to the fen, nothing differs where all was done as planned, and planning goes on."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from jiceng.actuals import account_of, district_after, done
from jiceng.actuals_files import ITEMS, Actuals, read_actuals
from jiceng.plan_files.files import write_plan_files
from optimize import audit, make_plan
from optimize.plan import Plan, Posting, Project
from scenarios.district import District, PostingRule
from scenarios.funding import year_money
from scenarios.loader import load_scenario
from scenarios.problems import ScenarioError
from scenarios.reading.csv_writing import real_text

HEAD = ["year", "community", "name", "item", "amount", "unit"]


def rows_of(district: District, plan: Plan, *, language: int = 0) -> list[list[str]]:
    """A table of actuals in which everything was done as planned."""
    granted = plan.lump_fen[:, 0]
    service = np.asarray(year_money(district, granted).service_fen)
    money = {"granted": granted, "own": service - granted, "spent": service, "held": service * 0,
             "contracts": plan.contract_fen[:, 0], "prevention": plan.prevention_fen[:, 0]}  # fmt: skip
    rows = []
    for row, (code, name) in enumerate(zip(district.communities.code, district.communities.name, strict=True)):
        for item, fen in money.items():
            rows.append(["2027", code, name, ITEMS[item][language], real_text(int(fen[row]) / 1e6), "万元"])
        rows.append(["2027", code, name, ITEMS["posts"][language], str(plan.posts[row, 0]), "个"])
    return rows


def written(folder: Path, rows: list[list[str]]) -> Path:
    path = folder / "actuals.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return path


@pytest.fixture(scope="module")
def street(village_street) -> District:
    """The small district with a place for an official."""
    return village_street.with_changes(postings=PostingRule(posts=2, eligible_share=1.0))


@pytest.mark.parametrize("language", [0, 1])
def test_what_was_done_as_planned_differs_in_nothing(language, street, simple_plan, tmp_path):
    """Actuals equal to the plan give a zero in every community and item, in either language."""
    actuals = read_actuals(written(tmp_path, rows_of(street, simple_plan, language=language)), street, 2027)
    account = account_of(street, simple_plan, actuals, "actuals.csv")
    assert all(not line.difference.any() for line in account.lines)
    assert all(line.told for line in account.lines)


def test_money_in_is_money_spent_and_held(street, simple_plan, tmp_path):
    """Whatever was granted and spent, what a community had is what it spent and what it holds, to the fen."""
    rows = [row for row in rows_of(street, simple_plan) if row[3] != "结余"]
    for row in rows:
        if row[3] == "支出":
            row[4] = real_text(round(float(row[4]) * 0.9, 2))
    account = account_of(street, simple_plan, read_actuals(written(tmp_path, rows), street, 2027), "actuals.csv")
    had = account.line("granted").actual + account.line("own").actual
    assert (had == account.line("spent").actual + account.line("held").actual).all()
    assert (account.line("held").actual > 0).all()


def test_money_that_does_not_balance_is_refused(street, simple_plan, tmp_path):
    """More spent than there was is told with the community and the four amounts."""
    rows = rows_of(street, simple_plan)
    rows[2][4] = "99"
    actuals = read_actuals(written(tmp_path, rows), street, 2027)
    with pytest.raises(ScenarioError) as error:
        account_of(street, simple_plan, actuals, "actuals.csv")
    granted, own = (float(rows[at][4]) for at in (0, 1))
    assert error.value.render("en") == (
        f"actuals.csv: held {street.communities.code[0]}: found granted {granted:g}, own {own:g}, spent 99, held 0 万元; "
        "expected granted and own money equal to spent and held money; to mend: check the amounts of this community"
    )


def test_a_workbook_of_actuals_reads_the_same(street, simple_plan, tmp_path):
    """The first sheet of a workbook is read as the CSV file with the same rows."""
    rows = rows_of(street, simple_plan)
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    for row in rows:
        book.active.append([int(row[0]), row[1], row[2], row[3], float(row[4]), row[5]])
    book.save(tmp_path / "actuals.xlsx")
    one, other = (read_actuals(path, street, 2027) for path in (written(tmp_path, rows), tmp_path / "actuals.xlsx"))
    assert {item: fen.tolist() for item, fen in one.money.items()} == {
        item: fen.tolist() for item, fen in other.money.items()
    }


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        (0, "2028", "year: found '2028'; expected 2027; to mend: tell of the first plan year alone"),
        (1, "990001001002", "community: found '990001001002'; expected the code of a community of this district; to mend: did you mean '990001001005'?"),
        (2, "别处", "name: found '别处'; expected one of 示例0社区; to mend: check for shifted rows"),
        (5, "个", "unit: found '个'; expected one of 万元, 元; to mend: 'granted' is in 万元"),
        (4, "20.00000001", "amount: found '20.00000001'; expected an amount in whole fen; to mend: round it to the fen"),
    ],
)  # fmt: skip
def test_mistakes_in_actuals_are_told_at_their_line(column, value, says, street, simple_plan, tmp_path):
    """A wrong year, place, name, unit or amount is told with its line."""
    rows = rows_of(street, simple_plan)
    rows[0][column] = value
    with pytest.raises(ScenarioError) as error:
        read_actuals(written(tmp_path, rows), street, 2027)
    assert f"actuals.csv:2: {says}" in error.value.render("en")


def test_an_item_is_told_of_every_community_or_of_none(street, simple_plan, tmp_path):
    """A community left out of an item is told; an item left out altogether was done as planned."""
    rows = rows_of(street, simple_plan)
    with pytest.raises(ScenarioError, match="no row for 990001001001; expected a row 'granted' for every community"):
        read_actuals(written(tmp_path, rows[1:]), street, 2027)
    actuals = read_actuals(written(tmp_path, [row for row in rows if row[3] == "拨付"]), street, 2027)
    assert (done(simple_plan, actuals).posts == simple_plan.posts).all()


def actuals_with(street: District, **changes) -> Actuals:
    known = {"year": 2027, "money": {}, "posts": None, "postings": None, "projects": None}
    return Actuals(**{**known, **changes})


def test_planning_goes_on_from_what_was_done(street, simple_plan):
    """After a year: its grants are last year's, the years shift, officials in post and sites built are no longer to be had."""
    code, site = street.communities.code[1], street.sites.id[0]
    granted = np.arange(1, 7, dtype=np.int64) * 1_234_567
    slot = next(
        s
        for s, home in zip(street.slots.id, street.slots.home_street_code, strict=True)
        if home != street.communities.street_code[1]
    )
    actuals = actuals_with(
        street,
        money={"granted": granted},
        postings=(Posting(slot, code, 0, 24),),
        projects=(Project(site, 0, ((code, 40.0),)),),
    )
    later = district_after(street, simple_plan, actuals)
    assert (later.first_year, later.years) == (street.first_year + 1, street.years - 1)
    np.testing.assert_allclose(later.communities.last_service_fund_yuan, granted / 100)
    assert slot not in later.slots.id
    assert later.postings.posts == street.postings.posts - 1
    at = street.sites.site[street.sites.id.index(site)]
    assert at not in later.sites.site
    grown = later.communities.service_m2 - street.communities.service_m2
    np.testing.assert_allclose(grown, [0, 40, 0, 0, 0, 0])
    plan = make_plan(later, method="equal_split")
    assert plan.years == later.plan_years
    assert audit(later, plan) == []


def test_a_year_in_which_nothing_began_moves_only_the_calendar(street, simple_plan):
    """Without postings or projects, the district a year on is the same but for its years and last year's grants."""
    later = district_after(street, simple_plan, actuals_with(street))
    assert later.sites.id == street.sites.id
    assert later.slots.id == street.slots.id
    np.testing.assert_allclose(later.communities.service_m2, street.communities.service_m2)
    np.testing.assert_allclose(later.communities.last_service_fund_yuan, simple_plan.lump_fen[:, 0] / 100)


def test_the_verb_tells_plan_and_actuals_and_plans_on(jiceng, tmp_path):
    """``jiceng actuals`` names the community that was granted less, and with ``--out`` writes the plan of the years left."""
    district = load_scenario("equal-split").district_value()
    plan = make_plan(district, method="equal_split")
    write_plan_files(plan, district, tmp_path)
    rows = [row for row in rows_of(district, plan) if row[3] == "拨付"]
    rows[3][4] = real_text(float(rows[3][4]) - 1.5)
    words = ["actuals", "equal-split", "--plan", str(tmp_path / "plan.yaml"), "--actuals", str(written(tmp_path, rows))]
    code, out, _ = jiceng(*words, "--out", str(tmp_path / "next"), "--lang", "en")
    assert code == 0
    assert "1 communities were granted other than planned, −1.50 万元 in all" in out
    assert district.communities.name[3] in out
    assert "Not told by the actuals, taken as planned: own, contracts, prevention, posts." in out
    assert "  years: [2028, 2029]" in (tmp_path / "next" / "plan.yaml").read_text(encoding="utf-8").splitlines()
