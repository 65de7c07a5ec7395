"""The command line: one JSON object, exit codes that say what happened, and mistakes told in the user's words."""

import json
import re
from pathlib import Path

import pytest

from jiceng import cli
from jiceng.exit_codes import ExitCode
from scenarios.building.builder import small_district
from scenarios.district_files import write_district

QUICK = ["validate equal-split", "show venues", "diff equal-split venues", "mechanisms", "schema", "doctor"]
BROKEN = (
    "schema: 1\nname: {zh: 坏, en: bad}\nextends: equal-split\nmechanisms: {matched_fundin: {}}\nplan: {yeras: 3}\n"
)


@pytest.fixture
def broken(tmp_path):
    """A scenario file with two mistakes."""
    path = tmp_path / "broken.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    return path


@pytest.mark.parametrize("words", QUICK)
def test_json_is_one_object_on_stdout(jiceng, words):
    """With --json a program reads exactly one object on stdout, which names the verb and the exit code."""
    code, out, _ = jiceng(*words.split(), "--json")
    answer = json.loads(out)
    assert (answer["verb"], answer["exit_code"], code) == (words.split()[0], 0, 0)
    assert out.count("\n") == 1


@pytest.mark.parametrize("words", QUICK)
def test_people_read_chinese_unless_they_ask_for_english(jiceng, words):
    """The language follows --lang alone; the text goes to stdout."""
    _, chinese, _ = jiceng(*words.split())
    _, english, _ = jiceng(*words.split(), "--lang", "en")
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert words == "schema" or chinese.splitlines()[0] != english.splitlines()[0]


def test_mistakes_of_a_file_are_told_all_at_once(jiceng, broken):
    """A refused file leaves 3 and names every mistake with its line, without a traceback."""
    code, out, err = jiceng("validate", str(broken), "--lang", "en")
    assert (code, out) == (ExitCode.INPUT_REFUSED, "")
    assert f"{broken}:4:" in err
    assert f"{broken}:5:" in err
    assert "did you mean 'years'" in err
    assert "Traceback" not in err


def test_mistakes_of_several_files_are_told_together(jiceng, broken):
    """The second file is read even when the first is refused, and JSON lists the problems of both."""
    code, out, _ = jiceng("validate", str(broken), "nowhere", "--json")
    problems = json.loads(out)["error"]["problems"]
    assert code == ExitCode.INPUT_REFUSED
    assert {problem["file"] for problem in problems} == {str(broken), "nowhere"}
    assert all(problem["mend"]["zh"] and problem["expected"]["en"] for problem in problems)


@pytest.fixture
def project(tmp_path):
    """Two scenarios of a project, each about a small district of its own."""
    for name in ("east", "west"):
        write_district(small_district(residents=800), tmp_path / name)
        text = f"schema: 1\nname: {{zh: 甲, en: A}}\ndistrict: {name}\n"
        (tmp_path / f"of-{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_tables_of_several_districts_are_told_together(jiceng, project):
    """The tables of the second scenario are read even when those of the first are refused."""
    for name in ("east", "west"):
        (project / name / "slots.csv").unlink()
    code, _, err = jiceng("validate", *(str(project / f"of-{name}.yaml") for name in ("east", "west")), "--lang", "zh")
    assert code == ExitCode.INPUT_REFUSED
    assert err.count("slots.csv: 读到无法读取（没有该文件或文件夹）") == 2


def test_doubts_about_tables_are_told(jiceng, project):
    """A table read in spite of its encoding passes, with a word about it."""
    table = project / "east" / "communities.csv"
    table.write_bytes(table.read_text(encoding="utf-8").encode("gb18030"))
    code, out, err = jiceng("validate", str(project / "of-east.yaml"), "--json", "--lang", "zh")
    assert code == ExitCode.DONE
    assert json.loads(out)["notices"][0]["en"] == "communities.csv: read as GBK (gb18030)"
    assert "请留意：communities.csv：按GBK" in err


@pytest.mark.parametrize("words", ["bogus", "validate", "run equal-split --futures 0", "compare equal-split"])
def test_a_wrong_command_line_leaves_2(jiceng, words):
    """Usage mistakes leave 2, say where to read on, and are an object for programs too."""
    code, out, err = jiceng(*words.split(), "--lang", "en") if words != "bogus" else jiceng(words)
    assert (code, out) == (ExitCode.USAGE, "")
    assert "--help" in err
    code, out, _ = jiceng(*words.split(), "--json")
    assert (code, json.loads(out)["error"]["kind"]) == (ExitCode.USAGE, "usage")


def test_no_words_show_the_help(jiceng):
    """The bare command says what there is."""
    code, out, _ = jiceng()
    assert code == ExitCode.DONE
    assert all(verb in out for verb in ("validate", "optimize", "simulate", "run", "compare", "test", "doctor"))


def test_show_says_where_each_value_comes_from(jiceng):
    """Inherited values name the parent's file and line, values that no file sets say so."""
    _, out, _ = jiceng("show", "first-secretaries", "--lang", "en")
    lines = {line.split()[0]: line for line in out.splitlines() if line.strip()}
    assert "first-secretaries.yaml:5" in lines["mechanisms.first_secretaries.posts"]
    assert "equal-split.yaml:" in lines["mechanisms.service_fund.amount"]
    assert lines["plan.years"].split()[-1] == "default"


def test_a_scenario_differs_from_itself_in_nothing(jiceng):
    """Diff lists nothing for one scenario named twice, and exactly the child's settings for parent and child."""
    assert json.loads(jiceng("diff", "venues", "venues", "--json")[1])["differences"] == []
    keys = [
        row["key"] for row in json.loads(jiceng("diff", "equal-split", "first-secretaries", "--json")[1])["differences"]
    ]
    assert keys == [f"mechanisms.first_secretaries.{name}" for name in ("posts", "term", "eligible_share")]


def test_the_schema_is_a_schema(jiceng):
    """What editors get without --json is the JSON Schema itself."""
    assert json.loads(jiceng("schema")[1])["type"] == "object"


def test_the_environment_changes_no_answer(jiceng, monkeypatch):
    """Neither locale nor terminal settings change what a program reads."""
    before = jiceng("show", "equal-split", "--json")[1]
    for name, value in {"LANG": "de_DE.ISO-8859-1", "COLUMNS": "20", "NO_COLOR": "1", "TZ": "Asia/Shanghai"}.items():
        monkeypatch.setenv(name, value)
    assert jiceng("show", "equal-split", "--json")[1] == before


def test_files_of_the_user_are_never_markup(jiceng, tmp_path):
    """Brackets and control characters in a name are shown, not obeyed."""
    path = tmp_path / "odd.yaml"
    path.write_text('schema: 1\nname: "[red]x[/red]"\nextends: equal-split\n', encoding="utf-8")
    code, out, _ = jiceng("validate", str(path))
    assert code == ExitCode.DONE
    assert "[red]x[/red]" in out


def test_doctor_finds_a_package_of_the_wrong_version(jiceng, monkeypatch):
    """A package other than locked is named, with the command that mends it, and the exit code is 1."""
    monkeypatch.setattr(
        "jiceng.doctor._requirements", lambda: ["rich==1.0", "nosuchpackage==2", "numpy==1 ; python_version < '3'"]
    )
    code, out, _ = jiceng("doctor", "--json")
    check = next(row for row in json.loads(out)["checks"] if row["name"]["en"] == "packages as locked")
    assert code == ExitCode.EXPECTATION_FAILED
    assert check["found"].startswith("rich ")
    assert "nosuchpackage -" in check["found"]
    assert "numpy" not in check["found"]


def test_doctor_finds_a_folder_it_cannot_write(jiceng, monkeypatch):
    """Where nothing can be written, doctor says so instead of failing."""

    def refuse(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("jiceng.doctor.tempfile.TemporaryFile", refuse)
    code, out, _ = jiceng("doctor", "--json")
    assert code == ExitCode.EXPECTATION_FAILED
    assert sum(not row["well"] for row in json.loads(out)["checks"] if row["needed"]) == 2


def test_verbs_are_documented_in_both_languages():
    """Every verb and option says in Chinese and English what it does."""
    for command in cli.app.registered_commands:
        assert re.search(r"[\u4e00-\u9fff].*[A-Za-z]", command.callback.__doc__), command.callback.__name__


def test_our_own_failure_is_saved_not_shown(jiceng, monkeypatch, tmp_path):
    """A defect leaves 70, keeps the traceback in a file, and tells the user that the files are not to blame."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("jiceng.answers.load_scenario", lambda *_, **__: 1 / 0)
    code, out, err = jiceng("validate", "equal-split", "--json", "--lang", "en")
    saved = Path(json.loads(out)["error"]["file"])
    assert code == ExitCode.OUR_BUG
    assert "ZeroDivisionError" in saved.read_text(encoding="utf-8")
    assert "not to blame" in err
    assert "Traceback" not in err


def test_a_stop_leaves_130(jiceng, monkeypatch):
    """Ctrl-C leaves 130 without a traceback."""

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("jiceng.answers.load_scenario", stop)
    code, _, err = jiceng("validate", "equal-split")
    assert code == ExitCode.INTERRUPTED
    assert "Traceback" not in err
