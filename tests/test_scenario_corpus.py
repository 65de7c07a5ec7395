"""Every bad scenario file is refused with words that help, and every good one is read."""

from __future__ import annotations

import csv
import os
import re
import time
import tracemalloc
from pathlib import Path

import pytest

from scenarios.loader import load_scenario
from scenarios.problems import ScenarioError
from scenarios.text import Text

CORPUS = Path(__file__).parent / "corpus_yaml"
with (CORPUS / "manifest.csv").open(encoding="utf-8", newline="") as _stream:
    CASES = {row["id"]: row for row in csv.DictReader(_stream)}
GOOD = (CORPUS / "yaml001" / "scenario.yaml").read_text(encoding="utf-8")
MADE = {
    "yaml023": GOOD.encode("gbk"),
    "yaml036": ("x: " + "[" * 20_000 + "]" * 20_000 + "\n" + GOOD).encode(),
    "yaml038": (GOOD + "x: '" + "长" * 700_000 + "'\n").encode(),
    "yaml039": (GOOD + "x: [" + "1," * 100_000 + "]\n").encode(),
}
FORMS = {
    "en": re.compile(r"\S*scenario\.yaml(:\d+)?:( \S.*?:)? found .+; expected .+; to mend: .+"),
    "zh": re.compile(r"\S*scenario\.yaml(:\d+)?:( \S.*?:)? 读到.+；应为.+；修改办法：.+"),
}
MENDED: dict[str, tuple[str, str]] = {
    "yaml003": ("notes: &n 说明\nnotes2: *n\n", ""),
    "yaml013": ("\t", "  "),
    "yaml014": ('"基准情景', '"基准情景"'),
    "yaml017": (", amount: 9 万元/community/年", ""),
    "yaml044": ("12:30", "12"),
    "yaml047": (".nan", "0.5"),
    "yaml053": ("-12", "12"),
    "yaml054": ("−12 万元", "0 万元"),
    "yaml056": ("１２", "12"),
    "yaml060": ("亿", "万元"),
    "yaml062": ("年 '", "年'"),
    "yaml064": ("true", "1"),
    "yaml066": ("[20]", "20"),
    "yaml068": ("replications: 0", "replications: 1"),
    "yaml070": ("-1", "0"),
    "yaml072": ("42.0", "42"),
    "yaml074": ("12%", "0.12"),
    "yaml077": ("replication:", "replications:"),
    "yaml078": ("name:", "district: huancui\nname:"),
    "yaml080": ("\u200b", ""),
    "yaml081": ("999", "1"),
    "yaml082": ("'１'", "1"),
    "yaml086": ("/etc/passwd", "huancui"),
    "yaml098": ("no_such", "huancui"),
    "yaml107": ("../../../x.yaml", "equal-split"),
}


def case_path(case: str, folder: Path) -> Path:
    if case not in MADE:
        return CORPUS / case / "scenario.yaml"
    path = folder / "scenario.yaml"
    path.write_bytes(MADE[case])
    return path


def refusal(path: Path) -> ScenarioError:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    return caught.value


def test_every_case_is_in_the_manifest():
    """No case is forgotten, and none is without a file."""
    assert {path.name for path in CORPUS.iterdir() if path.is_dir()} | MADE.keys() == CASES.keys()


@pytest.mark.parametrize("case", [case for case, row in CASES.items() if row["exit"] == "0"])
def test_good_files_are_read(case: str):
    """A byte-order mark and Windows line ends change nothing."""
    assert (
        load_scenario(CORPUS / case / "scenario.yaml").resolved()
        == load_scenario(CORPUS / "yaml001" / "scenario.yaml").resolved()
    )


@pytest.mark.parametrize("case", [case for case, row in CASES.items() if row["exit"] == "3"])
def test_bad_files_are_refused_with_help(case: str, tmp_path: Path):
    """A refusal says where, what was found, what was expected and how to mend it, soon, and in printable characters."""
    path = case_path(case, tmp_path)
    began = time.monotonic()
    error = refusal(path)
    assert time.monotonic() - began < 5
    message = error.render("en")
    for part in CASES[case]["says"].split("|"):
        assert part in message
    for language, form in FORMS.items():
        for line in error.render(language).splitlines():  # type: ignore[arg-type]
            assert form.fullmatch(line) or "(and " in line or "另有" in line, line
            assert len(line) < 1200
            assert line.isprintable()
    assert "root:" not in message


@pytest.mark.parametrize("case", ["yaml031", "yaml032", "yaml038"])
def test_no_file_exhausts_the_machine(case: str, tmp_path: Path):
    """Reading a hostile file takes little memory."""
    path = case_path(case, tmp_path)
    tracemalloc.start()
    try:
        refusal(path)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("case", MENDED)
def test_what_the_message_says_mends_the_file(case: str, tmp_path: Path):
    """A file mended as told is read."""
    text = (CORPUS / case / "scenario.yaml").read_text(encoding="utf-8")
    old, new = MENDED[case]
    assert old in text
    mended = tmp_path / "mended.yaml"
    mended.write_text(text.replace(old, new), encoding="utf-8")
    assert load_scenario(mended).id == "mended"


def test_gbk_saved_as_utf8_reads_the_same(tmp_path: Path):
    """Saving as UTF-8, as told, mends a GBK file."""
    path = tmp_path / "scenario.yaml"
    path.write_bytes(MADE["yaml023"].decode("gbk").encode())
    assert load_scenario(path).name == Text("基准情景", "基准情景")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_refused(encoding: str, tmp_path: Path):
    """Only UTF-8 is read; nothing is decoded by guess."""
    path = tmp_path / "scenario.yaml"
    path.write_bytes(GOOD.encode(encoding))
    assert "UTF-16, not UTF-8" in str(refusal(path))


def test_a_pipe_and_a_missing_file_are_refused(tmp_path: Path):
    """What is no regular file is never opened."""
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    assert "not a regular file" in str(refusal(pipe))
    assert "no readable file" in str(refusal(tmp_path / "none.yaml"))
    assert "not a regular file" in str(refusal(tmp_path))
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    assert "no readable file" in str(refusal(loop))
