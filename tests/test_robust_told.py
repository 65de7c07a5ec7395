"""What the verbs robust and frontier answer: figures, words in both languages, and pages."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from jiceng import frontier_answers, robust_answers
from jiceng.exit_codes import ExitCode
from jiceng.robust_changes import first_changes
from optimize import Limits, Plan, Status
from optimize.frontier import make_frontier
from optimize.plan import Posting
from optimize.robust import Difference, RobustPlan, make_robust_plan
from optimize.robust_measures import Measure
from results.charts import VIEWS
from results.charts_frontier import budget_figure, fairness_figure, marginal_figure, worst_figure
from results.frontier_page import FrontierReport, frontier_html
from scenarios.text import Text
from sim.futures import sample_futures
from tests.random_districts import light_case

SHARP = Limits(time_limit_s=30, gap=1e-4)


@pytest.fixture(scope="module")
def made() -> RobustPlan:
    place = light_case(2).district
    return make_robust_plan(place, [future.applied(place) for future in sample_futures(2, 1)], limits=SHARP)


def test_a_difference_within_the_gaps_is_not_claimed() -> None:
    """Only a difference whose proven interval lies above nothing is claimed."""
    assert Difference(3.0, 1.0, 5.0).proven
    assert not Difference(3.0, 0.0, 5.0).proven
    assert "nothing is claimed" in robust_answers._claim(Difference(3.0, 0.0, 5.0)).en


def test_what_is_said_of_a_robust_plan_holds_its_figures(made: RobustPlan) -> None:
    """The words name VSS and EVPI in both languages, with a row for every future."""
    said = robust_answers._says(made, sample_futures(2, 1), None)
    texts = [one for one in said if isinstance(one, Text)]
    for language in ("zh", "en"):
        whole = " ".join(text.in_language(language) for text in texts)
        assert "VSS" in whole
        assert "EVPI" in whole
    assert len(said[1].rows) == 2  # type: ignore[union-attr]


def test_changes_of_first_decisions_are_listed_both_ways(simple_plan: Plan) -> None:
    """A plan has no changes against itself; a posting moved is one taken and one made; a post more is a change."""
    codes = simple_plan.communities
    one = simple_plan.with_changes(postings=(Posting("S1", codes[0], 0, 24),))
    other = simple_plan.with_changes(
        postings=(Posting("S1", codes[1], 0, 24),), posts=np.eye(*one.posts.shape, dtype=int)
    )
    assert first_changes(one, one) == []
    found = {
        (change["kind"], change["where"]): (change["nominal"], change["robust"]) for change in first_changes(one, other)
    }
    assert found == {
        ("posts", codes[0]): (0, 1),
        ("postings", f"{codes[0]} +0"): (1, 0),
        ("postings", f"{codes[1]} +0"): (0, 1),
    }


def test_a_frontier_is_drawn_and_told_in_both_languages() -> None:
    """Every figure is drawn for every view, the page holds the headline, and the JSON has every point."""
    found = make_frontier(light_case(10).district.with_changes(years=1), points=3, limits=SHARP)
    for view in VIEWS:
        for draw in (budget_figure, fairness_figure, marginal_figure, worst_figure):
            assert draw(view, found).data
    report = FrontierReport(name=Text("甲", "A"), communities=6, frontier=found, gap=SHARP.gap, seconds=1.0)
    page = frontier_html(report)
    assert "甲：前沿" in page
    assert "A: frontier" in page
    data = frontier_answers._data(found)
    assert len(data["budget"]) + len(data["fairness"]) + len(data["dropped"]) >= 3
    assert frontier_answers._status(found) is Status.OPTIMAL
    assert frontier_answers._status(replace(found, missing=(found.budget[0].asked,))) is Status.FEASIBLE


@pytest.mark.slow
def test_the_verb_writes_a_plan_and_its_figures(tmp_path: Path) -> None:
    """The answer on a shipped scenario has the order WS <= RP <= EEV, and the plan is written."""
    asked = robust_answers.Asked(futures=2, measure=Measure(), workers=2)
    answer = robust_answers.robust("needs-based", asked, tmp_path / "plan")
    data = json.loads(answer.as_json("robust"))
    assert answer.code is ExitCode.DONE
    assert data["ws"] <= data["value"] <= data["eev"]
    assert (tmp_path / "plan").is_dir()
