"""Bad and good tables, each with the reaction that the manifest lists."""

from __future__ import annotations

import csv
import re
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from scenarios.problems import ScenarioError
from scenarios.reading.csv_reading import read_table
from scenarios.tables import Integers, Names, Reals, Table, column
from scenarios.text import Text

CORPUS = Path(__file__).parent / "corpus_csv"
with (CORPUS / "manifest.csv").open(encoding="utf-8", newline="") as manifest:
    CASES = list(csv.DictReader(manifest))
ENGLISH = re.compile(r".+\.csv(:\d+)?:( [^:]+:)? found .+; expected .+; to mend: .+", re.DOTALL)
CHINESE = re.compile(r".+\.csv(:\d+)?:( [^:]+:)? 读到.+；应为.+；修改办法：.+", re.DOTALL)


@dataclass(frozen=True, kw_only=True, eq=False)
class Sample(Table):
    """A table with one column of each kind."""

    code: Names = column("id", "代码", "code", unique=True)
    name: Names = column("text", "名称", "name")
    population: Integers = column("integer", "常住人口", "residents", unit="people", high=1_000_000)
    budget_yuan: Reals = column("real", "预算", "budget", unit="yuan", low=-1e6, high=1e9)


def read(case: str) -> tuple[Sample, list[Text]]:
    notices: list[Text] = []
    return read_table(CORPUS / f"{case}.csv", Sample, notices=notices), notices


def refusal(case: str) -> ScenarioError:
    with pytest.raises(ScenarioError) as caught:
        read(case)
    return caught.value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_each_case_meets_its_reaction(case: dict[str, str]) -> None:
    """A table is accepted or refused as listed, quickly, with the line and the words that help."""
    began = time.perf_counter()
    if case["reaction"] == "accepted":
        _, notices = read(case["case"])
        assert bool(notices) == bool(case["notice"])
        assert case["notice"] in "\n".join(notice.en for notice in notices)
    else:
        error = refusal(case["case"])
        fitting = [problem for problem in error.problems if case["says"] in problem.render("en")]
        assert str(fitting[0].line) == case["line"]
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("case", [c["case"] for c in CASES if c["reaction"] == "refused"])
def test_messages_have_one_form_in_both_languages(case: str) -> None:
    """Every problem reads ``file:line: field: found X; expected Y; to mend: Z``, printable, in Chinese and English."""
    for problem in refusal(case).problems:
        english, chinese = problem.render("en"), problem.render("zh")
        assert ENGLISH.fullmatch(english)
        assert CHINESE.fullmatch(chinese)
        assert english.isprintable()
        assert chinese.isprintable()


def test_every_file_of_the_corpus_is_listed() -> None:
    """No case is forgotten: files and manifest list the same names."""
    files = {path.stem for path in CORPUS.glob("*.csv")} - {"manifest"}
    assert files == {case["case"] for case in CASES}


def test_gbk_reads_like_utf8() -> None:
    """The encoding changes nothing but a notice."""
    plain, marked, chinese = read("utf8")[0], read("utf8_bom_crlf")[0], read("gbk")[0]
    assert plain.to_frame().equals(chinese.to_frame())
    assert plain.to_frame().equals(marked.to_frame())


@pytest.mark.parametrize(
    ("case", "row"),
    [
        ("cr_only", ("2", "西城", 10, 2.0)),
        ("quoted_comma_and_line_break", ("1", "东城,\n北区", 10, 2.0)),
        ("gb18030_four_bytes", ("1", "㐂𠮷村", 10, 2.0)),
        ("number_trailing_nbsp", ("2", "西城", 10, 2.0)),
        ("code_18_digits", ("110101199003078888", "东城", 10, 2.0)),
        ("name_escaped_formula", ("1", "=1+1", 10, 2.0)),
        ("columns_in_another_order", ("1", "东城", 10, 2.0)),
    ],
)
def test_accepted_tables_hold_the_right_values(case: str, row: tuple[object, ...]) -> None:
    """What is accepted is read exactly: codes stay text, line breaks and rare characters stay."""
    assert tuple(read(case)[0].to_frame().iloc[-1]) == row


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    """One reading names every mistake, in the order of the lines."""
    path = tmp_path / "communities.csv"
    path.write_text("code,name,population,budget_yuan\n1,东城,三,x\n1,,10,1e9\n2,西城,10\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_table(path, Sample, notices=[])
    found = [(problem.line, problem.field) for problem in caught.value.problems]
    assert found == [(2, "population"), (2, "budget_yuan"), (3, "code"), (3, "name"), (3, "budget_yuan"), (4, "row")]


def test_a_flood_of_mistakes_is_cut(tmp_path: Path) -> None:
    """A wrong column of a long file gives a hundred problems and a word, not a hundred thousand, within seconds."""
    path = tmp_path / "long.csv"
    rows = "".join(f"{row},社区{row},x,万\n" for row in range(100_000))
    path.write_text("code,name,population,budget_yuan\n" + rows, encoding="utf-8")
    began = time.process_time()
    with pytest.raises(ScenarioError) as caught:
        read_table(path, Sample, notices=[])
    assert time.process_time() - began < 30  # a quadratic reading would take hours
    assert len(caught.value.problems) == 202
    assert "more than 100 problems" in caught.value.problems[0].render("en")


def test_a_huge_cell_is_named_and_clipped(tmp_path: Path) -> None:
    """A cell of a megabyte is refused by line and column, and the message repeats little of it."""
    path = tmp_path / "huge.csv"
    path.write_text(f"code,name,population,budget_yuan\n1,{'长' * 350_000},10,2\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"huge.csv:2: name: found .*not longer than 200") as caught:
        read_table(path, Sample, notices=[])
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize("make", ["missing", "folder", "too long"])
def test_what_is_not_a_table_file_is_refused(tmp_path: Path, make: str) -> None:
    """A missing file, a folder, or a file of endless lines is a problem, not a crash."""
    path = tmp_path / "communities.csv"
    if make == "folder":
        path.mkdir()
    elif make == "too long":
        path.write_bytes(b"\n" * 200_001)
    with pytest.raises(ScenarioError, match=r"communities.csv: found (no readable file|not a regular|a file larger)"):
        read_table(path, Sample, notices=[])
