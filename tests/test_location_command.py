"""``jiceng optimize --model``: one object with the proof, exit codes that say how it ended, and clear refusals."""

import json

import pytest

from jiceng import cli_location
from jiceng.exit_codes import ExitCode
from optimize.location import MODELS

PATH = "3 2 1\n1 2 4\n2 3 6\n"  # a road of three places
COVER = "2 2\n3 4\n1\n1\n2\n1 2\n"


@pytest.fixture
def road(tmp_path):
    """The path of a graph file."""
    path = tmp_path / "road.txt"
    path.write_text(PATH, encoding="utf-8")
    return str(path)


def solved(jiceng, *words):
    code, out, _ = jiceng("optimize", *words, "--json")
    return code, json.loads(out)


def test_the_command_knows_every_model():
    """The names that the command offers are those of the models."""
    assert tuple(MODELS) == cli_location.MODEL_NAMES


def test_the_answer_holds_decision_and_proof(jiceng, road):
    """Model, status, objective, bound, gap, seconds, sites and who is served from where."""
    code, answer = solved(jiceng, "--model", "p-median", road)
    assert (code, answer["exit_code"], answer["verb"]) == (ExitCode.DONE, 0, "optimize")
    assert (answer["model"], answer["status"], answer["objective"], answer["bound"]) == ("p-median", "optimal", 10, 10)
    assert (answer["gap"], answer["facilities"]) == (0, ["2"])
    assert answer["seconds"] >= 0
    assert answer["assignment"][0] == {"customer": "1", "facility": "2", "share": 1}


def test_options_ask_another_question(jiceng, road):
    """--facilities overrides the file's own number; --radius turns a graph into a covering question."""
    assert solved(jiceng, "--model", "p-median", road, "--facilities", "2")[1]["objective"] == 4
    assert solved(jiceng, "--model", "p-center", road)[1]["objective"] == 6
    assert solved(jiceng, "--model", "mclp", road, "--radius", "4")[1]["objective"] == 2
    assert solved(jiceng, "--model", "lscp", road, "--radius", "4")[1]["objective"] == 2


def test_people_read_the_same_figures(jiceng, road):
    """Status, value, sites and assignment in words, in both languages."""
    _, out, _ = jiceng("optimize", "--model", "p-median", road, "--lang", "en")
    assert "p-median: proven optimal" in out
    assert "sum of demand x distance 10" in out
    assert "1 chosen: 2" in out
    _, out, _ = jiceng("optimize", "--model", "p-median", road)
    assert "已证明最优" in out


def test_what_no_sites_can_do_leaves_4(jiceng, tmp_path):
    """Infeasible is an answer with a reason, and without numbers."""
    path = tmp_path / "parts.txt"
    path.write_text("3 1 1\n1 2 5\n", encoding="utf-8")
    code, answer = solved(jiceng, "--model", "p-median", str(path))
    assert (code, answer["status"], answer["objective"]) == (ExitCode.NO_PLAN, "infeasible", None)


def test_a_limit_leaves_5(jiceng, tmp_path):
    """A search stopped by its limit is never 'optimal', with or without a decision."""
    path = tmp_path / "jobs.txt"
    cost = " ".join(str(10 + 7 * k % 41) for k in range(300))
    load = " ".join(str(5 + 11 * k % 21) for k in range(300))
    path.write_text(f"5 60\n{cost}\n{load}\n" + "148 " * 5, encoding="utf-8")
    code, answer = solved(jiceng, "--model", "generalised-assignment", str(path), "--time-limit", "0")
    assert (code, answer["status"]) == (ExitCode.INCOMPLETE, "none")


def test_an_option_that_means_nothing_is_noticed(jiceng, road):
    """An option that a model does not use is no mistake, but is said."""
    code, answer = solved(jiceng, "--model", "p-median", road, "--radius", "3")
    assert (code, answer["objective"]) == (ExitCode.DONE, 10)
    assert "--radius" in answer["notices"][0]["en"]


@pytest.mark.parametrize(("words", "field"), [
    (["--model", "mclp"], "--radius"),
    (["--model", "mclp", "--radius", "3", "--facilities", "9"], "--facilities"),
    (["--model", "lscp"], "--radius"),
])  # fmt: skip
def test_what_is_missing_leaves_3(jiceng, road, words, field):
    """An option that the question needs, or that does not fit the file, is told like any mistake of input."""
    code, answer = solved(jiceng, *words, road)
    assert code == ExitCode.INPUT_REFUSED
    assert field in {problem["field"] for problem in answer["error"]["problems"]}


@pytest.mark.parametrize("words", [
    ["--model", "p-medium", "x"], ["x", "--facilities", "3"], ["--model", "lscp", "x", "--out", "y"],
    ["--model", "p-median", "x", "--facilities", "0"], ["--model", "lscp", "x", "--radius", "-1"],
    ["--model", "lscp", "x", "--radius", "nan"], ["--model", "p-median", "x", "--time-limit", "inf"],
])  # fmt: skip
def test_a_wrong_command_leaves_2(jiceng, words):
    """Unknown models, and options of the verb's other use, are usage mistakes."""
    code, answer = solved(jiceng, *words)
    assert (code, answer["error"]["kind"]) == (ExitCode.USAGE, "usage")
