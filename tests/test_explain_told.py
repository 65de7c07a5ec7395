"""Explanations as a planner meets them: words, the command line's decisions, the answer and its page."""

from __future__ import annotations

import json

import pytest

from jiceng.explaining import as_data, explanation_says
from jiceng.wishes import wishes
from optimize import Limits, make_plan
from optimize.explain.explanation import explained
from optimize.locks import Lock
from optimize.pursuit import Pursuit
from results.page_tables import csv_text
from results.sections_explain import explanation_html, explanation_sections
from scenarios.building.builder import small_district
from scenarios.district import PostingRule, ServiceFund
from scenarios.funding import FEN_PER_WAN as WAN
from scenarios.problems import ScenarioError
from scenarios.text import Text

QUICK = Limits(time_limit_s=2, gap=0.005)
RANKED = ("worst_tenth", "needs_met")


@pytest.fixture(scope="module")
def district():
    """Four communities with a free fund and officials."""
    fund = ServiceFund(mode="free", pool_fen=30 * WAN, floor_fen=(WAN,) * 4, cap_fen=20 * WAN)
    return small_district(4, seed=4, residents=4000).with_changes(
        service_fund=fund, years=1, postings=PostingRule(posts=1, eligible_share=0.5, term_months=12))  # fmt: skip


@pytest.fixture(scope="module")
def told(district):
    """The whole explanation of its plan."""
    plan = make_plan(district, goals=RANKED, limits=QUICK)
    why = tuple(
        Lock(kind="grant", where=district.communities.code[row], amount=fen)
        for row, fen in ((0, 15 * WAN), (1, 90 * WAN))
    )
    return explained(district, plan, Pursuit(RANKED), why=why, limits=QUICK)


def test_every_part_is_told_in_both_languages(told):
    """Limits, shortages, marginal values, answers and other plans are each told, without numbers that are none."""
    says = [part for part in explanation_says(told) if isinstance(part, Text)]
    headings = [part.zh[0] for part in says if not part.zh.startswith("  ")]
    assert [one for one in headings if one in "一二三四五"] == ["一", "二", "三", "四", "五"]
    for part in says:
        assert part.zh
        assert part.en
        for wrong in ("nan", "None", "inf", "-0"):
            assert wrong not in part.zh.split("（")[0].replace("之", ""), part.zh


def test_the_answer_is_plain_json(told):
    """Everything told is in the JSON too, with the figures behind it."""
    data = json.loads(json.dumps(as_data(told), ensure_ascii=False))
    assert {one["rule"] for one in data["binding"]} >= {"pool", "cap", "floors", "contracts", "officials"}
    assert {one["resource"] for one in data["worth"]} == {"pool", "cap", "floors", "officials"}
    assert [one["verdict"] for one in data["why"]] == ["priced", "forbidden"]
    assert data["unmet"]["unmet"] == pytest.approx(
        sum(data["unmet"][name] for name in ("unvoiced", "unserved", "unsolved"))
    )


def test_the_page_holds_every_section(told, district):
    """The page has a section for each part, and its tables export."""
    sections = explanation_sections(told)
    assert [section.id for section in sections] == ["binding", "short", "worth", "why", "others"]
    assert all(csv_text(table) for section in sections for table in section.tables)
    html = explanation_html(told, Text("示例", "Example"))
    assert "规划解释：示例" in html
    assert all(section.finding.zh.split("（")[0][:10] in html for section in sections)


def test_decisions_are_read(district):
    """Each form names one decision; a community's own name will do."""
    code, name = district.communities.code[0], district.communities.name[0]
    asked = [f"posting:{code}", f"posting:{code}=0", f"grant:{name}=30 万元", f"grant:{code}@{district.first_year}=250000元",
             f"posts:{code}=2", f"windows:{code}=8", f"wardens:{code}=1", f"project:{district.sites.id[0]}"]  # fmt: skip
    read = wishes(district, asked)
    assert [lock.kind for lock in read] == [
        "posting",
        "posting",
        "grant",
        "grant",
        "posts",
        "windows",
        "wardens",
        "project",
    ]
    assert [lock.amount for lock in read] == [1, 0, 30 * WAN, 25 * WAN, 2, 8, 1, 1]
    assert read[2].where == code
    assert read[3].year == 0


@pytest.mark.parametrize("wrong", ["", "posting", "posting:nowhere", "grant:990001001001", "grant:990001001001=30", "posts:990001001001",
                                   "posts:990001001001=-1", "posting:990001001001=2", "project:990001001001", "grant:990001001001@1999=3万元"])  # fmt: skip
def test_what_cannot_be_read_is_refused(district, wrong):
    """A decision in another form is refused with the forms that can be read, in both languages."""
    with pytest.raises(ScenarioError) as caught:
        wishes(district, [wrong, f"posting:{district.communities.code[0]}"])
    (problem,) = caught.value.problems
    assert "posting:CODE" in problem.expected.en
    assert problem.line == 1


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_verb_explains_a_shipped_scenario(jiceng, tmp_path):
    """The command explains a plan of the shipped district and writes page and JSON."""
    code, out, _ = jiceng("explain", "needs-based", "--why", "posting:371002001001", "--out", str(tmp_path), "--json")
    data = json.loads(out)
    assert code == 0
    assert data["scenario"] == "needs-based"
    assert data["why"][0]["verdict"] == "forbidden"
    assert (tmp_path / "index.html").stat().st_size > 100_000


def test_the_verb_refuses_what_it_cannot_read(jiceng):
    """A decision that cannot be read ends with exit code 3 before anything is planned."""
    code, _, err = jiceng("explain", "needs-based", "--why", "nonsense")
    assert code == 3
    assert "--why" in err
