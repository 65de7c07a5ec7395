"""The long verbs: what a run, a plan and a test of expectations answer, and how their ends become exit codes."""

import json
import pickle
from types import SimpleNamespace
from typing import get_args
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest

from jiceng import failure, pipeline, run_answers
from jiceng.cli_screen import progress_shown
from jiceng.exit_codes import ExitCode
from jiceng.expectations import ExpectationResult
from jiceng.junit import junit_xml
from jiceng.plan_file import write_plan
from jiceng.plan_text import GOALS, STATUSES
from jiceng.progress import LINE_SECONDS, QUIET_SECONDS, Pace
from optimize.plan import GoalResult, Plan, PlanError, Posting, Project, Status
from results.lock import LockedError
from results.store import StorageError
from scenarios.funding_scale import FundScaleError
from scenarios.goals import Goal
from scenarios.problems import Problem, ScenarioError, same
from scenarios.text import Text

TEXT = Text("服务经费：得到 4,361，预期 4,360", "service fund: found 4,361; expected 4,360")


def a_plan(status=Status.OPTIMAL, gap=0.001):
    money = np.array([[100, 200], [300, 450]])
    goal = GoalResult("needs_met", status, 10.0, 10.01, gap, 1.5)
    return Plan(method="optimal", communities=("371002001001", "371002001002"), years=(2027, 2028), status=status,
                goals=(goal,), lump_fen=money, contract_fen=money // 2, prevention_fen=money // 4,
                posts=np.array([[0, 1], [2, 0]]), postings=(Posting("s1", "371002001001", 0, 24),),
                projects=(Project("p1", 3, (("371002001002", 120.5),)),))  # fmt: skip


def a_run(folder, **changes):
    fields = {"folder": folder, "manifest": {"seed": 7}, "page": folder / "page.html", "comparison": None,
              "timings": {"plan": 1.5, "simulate": 2.5}, "incomplete": ()}  # fmt: skip
    return SimpleNamespace(**{**fields, **changes})


def result(passed, metric="service_fund_granted"):
    return ExpectationResult(scenario="matched", metric=metric, found=4361.0, expected=same("4,360 万元/year"), tolerance=0.0,
                             passed=passed, file="matched.yaml", line=12, seconds=0.25, message=TEXT)  # fmt: skip


def test_a_run_ends_by_naming_its_page(jiceng, monkeypatch, tmp_path):
    """The last line of a run is the page to open; sizes and baseline go to the pipeline as given."""
    seen = {}
    monkeypatch.setattr(pipeline, "run", lambda scenarios, **given: seen.update(given, ids=[s.id for s in scenarios]) or a_run(tmp_path))  # fmt: skip
    code, out, _ = jiceng("run", "equal-split", "venues", "--against", "equal-split", "--out", str(tmp_path),
                          "--futures", "3", "--seed", "9")  # fmt: skip
    assert code == ExitCode.DONE
    assert out.splitlines()[-1].endswith(str(tmp_path / "page.html"))
    assert seen["ids"] == ["equal-split", "venues"]
    assert (seen["against"], seen["futures"], seen["seed"], seen["months"]) == ("equal-split", 3, 9, None)


def test_a_run_in_json_has_its_manifest(jiceng, monkeypatch, tmp_path):
    """Programs get the folder, the page, the manifest and the seconds of each stage."""
    monkeypatch.setattr(pipeline, "run", lambda *_, **__: a_run(tmp_path))
    answer = json.loads(jiceng("run", "equal-split", "--json")[1])
    assert answer["folder"] == str(tmp_path)
    assert answer["manifest"] == {"seed": 7}
    assert answer["seconds"] == {"plan": 1.5, "simulate": 2.5}


def test_an_incomplete_run_leaves_5(jiceng, monkeypatch, tmp_path):
    """A failed task is told and never shown as done."""
    monkeypatch.setattr(
        pipeline,
        "simulate",
        lambda *_, **__: a_run(tmp_path, page=None, incomplete=(Text("情景 3 丢失", "future 3: lost"),)),
    )
    code, _, err = jiceng("simulate", "equal-split", "--lang", "en")
    assert code == ExitCode.INCOMPLETE
    assert "Incomplete: future 3: lost" in err


def test_compare_takes_the_first_as_baseline(jiceng, monkeypatch, tmp_path):
    """Compare is a run against the first scenario named."""
    seen = {}
    monkeypatch.setattr(pipeline, "run", lambda *_, **given: seen.update(given) or a_run(tmp_path))
    assert jiceng("compare", "venues", "equal-split")[0] == ExitCode.DONE
    assert seen["against"] == "venues"


@pytest.mark.parametrize(("status", "code"), [(Status.OPTIMAL, 0), (Status.RULE, 0), (Status.FEASIBLE, 5)])
def test_a_limit_is_never_shown_as_done(jiceng, monkeypatch, tmp_path, status, code):
    """A plan stopped by a limit is written, and leaves 5 with its status and gap in words."""
    report = SimpleNamespace(
        scenario=SimpleNamespace(id="x"), plan=a_plan(status, 0.12), outlay_fen=10**9, district=None
    )
    monkeypatch.setattr(pipeline, "make_plan_for", lambda *_, **__: report)
    monkeypatch.setattr(run_answers, "write_plan_files", lambda *_: None)  # of a real district: see test_plan_files
    left, out, err = jiceng("optimize", "equal-split", "--out", str(tmp_path), "--lang", "en")
    assert left == code
    assert STATUSES[status].en in out + err
    assert "12.00%" in out + err
    assert (tmp_path / "allocation.csv").exists()


def test_every_status_and_goal_has_words():
    """No way for a search to end, and no goal, is without a name in both languages."""
    assert set(STATUSES) == set(Status)
    assert set(GOALS) == {*get_args(Goal), "weighted"}


def test_two_scenarios_of_one_name_are_refused(jiceng, tmp_path):
    """Two files of the same name could not be told apart in the results: 3, and the name is said."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.yaml").write_text("schema: 1\nname: x\nextends: equal-split\n", encoding="utf-8")
    code, _, err = jiceng("run", str(tmp_path / "a/x.yaml"), str(tmp_path / "b/x.yaml"), "--lang", "en")
    assert code == ExitCode.INPUT_REFUSED
    assert "found 'x'; expected scenarios of different names" in err


def test_plan_tables_hold_every_fen(tmp_path):
    """Money written in yuan adds up to the plan's fen; codes keep their digits; Excel can read the file."""
    write_plan(a_plan(), tmp_path)
    table = pd.read_csv(tmp_path / "allocation.csv", dtype={"community": str}, encoding="utf-8-sig")
    assert round(table["granted_yuan"].sum() * 100) == 1050
    assert table["extra_posts"].tolist() == [0, 1, 2, 0]
    assert table["community"].tolist() == ["371002001001"] * 2 + ["371002001002"] * 2
    assert (tmp_path / "allocation.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["proven"] is True
    assert pd.read_csv(tmp_path / "projects.csv")["m2"].tolist() == [120.5]
    assert pd.read_csv(tmp_path / "postings.csv")["months"].tolist() == [24]


def test_a_failed_expectation_leaves_1_and_says_found_and_expected(jiceng, monkeypatch, tmp_path):
    """The message names file, line, found and expected; JUnit XML has one case each."""
    monkeypatch.setattr(pipeline, "test_scenarios", lambda *_, **__: (result(True, "gini"), result(False)))
    junit = tmp_path / "reports" / "junit.xml"
    code, _, err = jiceng("test", "scenarios", "--junit", str(junit), "--lang", "en")
    assert code == ExitCode.EXPECTATION_FAILED
    assert "matched.yaml:12: service fund: found 4,361; expected 4,360" in err
    suites = ET.parse(junit).getroot()
    assert suites.attrib["tests"] == "2"
    assert [case.find("failure") is not None for case in suites.iter("testcase")] == [False, True]


def test_met_expectations_leave_0(jiceng, monkeypatch):
    """All met: 0, and the count is told."""
    monkeypatch.setattr(pipeline, "test_scenarios", lambda *_, **__: (result(True),))
    code, out, _ = jiceng("test", "scenarios", "--json")
    assert (code, json.loads(out)["passed"]) == (ExitCode.DONE, 1)


def test_junit_escapes_what_xml_cannot_hold():
    """Control characters and markup in names stay visible text, and the report stays well-formed."""
    odd = ExpectationResult(**{**result(False).__dict__, "scenario": "a<b>\x00&\u202e"})
    suite = ET.fromstring(junit_xml([odd], "zh")).find("testsuite")
    assert suite is not None
    assert suite.attrib["name"] == r"a<b>\x00&\u202e"


ENDS = [
    (ScenarioError([Problem("a.yaml", 2, "plan", "x", same("y"), same("z"))]), ExitCode.INPUT_REFUSED),
    (PlanError(Status.INFEASIBLE, [same("floors exceed the pool")]), ExitCode.NO_PLAN),
    (PlanError(Status.UNBOUNDED, []), ExitCode.NO_PLAN),
    (PlanError(Status.NONE, []), ExitCode.INCOMPLETE),
    (FundScaleError(Text("支出过高", "too dear")), ExitCode.NO_PLAN),
    (LockedError(None, "host 7"), ExitCode.STORAGE),
    (StorageError(None, same("damaged")), ExitCode.STORAGE),
    (OSError(28, "No space left on device", "runs/x"), ExitCode.STORAGE),
    (ValueError("a defect"), ExitCode.OUR_BUG),
]


@pytest.mark.parametrize(("error", "code"), ENDS)
def test_every_end_has_its_exit_code(error, code):
    """Each way a command can fail has one code and words in both languages."""
    answer = failure.explain(error)
    assert answer.code == code
    assert all(text.zh and text.en for text in answer.says)


@pytest.mark.parametrize("error", [ENDS[0][0], ENDS[1][0], ENDS[4][0]])
def test_errors_survive_the_way_back_from_a_worker(error):
    """What a worker process raises reaches the user with all its words."""
    assert vars(pickle.loads(pickle.dumps(error))) == vars(error)


def test_progress_is_quiet_at_first_and_then_sparing():
    """Nothing for two seconds, then a line every few seconds at most."""
    now = [0.0]
    pace = Pace(lambda: now[0])
    due = []
    for tenth in range(200):
        now[0] = tenth / 10
        due += [now[0]] if pace.due() else []
    assert due[0] == QUIET_SECONDS
    assert np.diff(due).min() >= LINE_SECONDS


def test_progress_never_reaches_stdout(capsys):
    """A program that reads stdout sees no progress."""
    with progress_shown("zh") as progress:
        for done in range(50):
            progress("simulate", done, 50)
    assert capsys.readouterr().out == ""
