"""YAML is read as plain data with a line for every value, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.reading.strict_yaml import Document, dotted, parse_yaml


def read(text: str) -> Document:
    return parse_yaml(text, Document("a.yaml"))


def said(text: str) -> str:
    return "\n".join(problem.render("en") for problem in read(text).problems)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("12:30", "12:30"),
        ("2026-02-30", "2026-02-30"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("=", "="),
        ("true", True),
        ("null", None),
        ("", None),
        ("~", None),
        ("-7", -7),
        ("1e3", 1000.0),
        ("1.5", 1.5),
        ("'12'", "12"),
        ('"true"', "true"),
        ("'0108'", "0108"),
        ("1:1 配套", "1:1 配套"),
    ],
)
def test_words_and_numbers_follow_yaml_1_2(written: str, value: Any):
    """No word becomes a truth value or a number that its writer did not mean."""
    document = read(f"a: {written}\n")
    assert document.problems == []
    assert document.value == {"a": value}
    assert type(document.value["a"]) is type(value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 0108", "a.yaml:1: a: found a number with leading zeros, 0108"),
        ("a: 00.5", "leading zeros"),
        ("a: .NaN", "not a finite number"),
        ("a: 1e999", "not a finite number"),
        ("a: !!python/object/apply:os.system ['true']", "tags are not allowed"),
        ("a: !!str 3", "tags are not allowed"),
        ("%YAML 1.1\n---\na: no", "a YAML directive"),
        ("a: 1\nb:\n  a: 1\n  a: 2", "a.yaml:4: b.a: found duplicate key 'a', lines 3 and 4"),
        ("[a, b]: 1", "a key that is not text"),
        ("a: 1 # \u202e", "a.yaml:1: found invisible character U+202E"),
        ("a\u200b: 1", "invisible character U+200B"),
        ('a: "\\ud800"', "invisible character U+D800"),
        ("a: \ue000", "invisible character U+E000"),
        ("a: \x07b", "control character U+0007"),
        ("a:\tb", "use spaces"),
        ("a: [1, 2", "not YAML"),
        ("a: b: c", "not YAML"),
        ("just text", "found a single value"),
        ("a: *b", "aliases are not allowed"),
        ("a: 1\n...\nb: 2", "more than one YAML document"),
    ],
)
def test_what_is_not_plain_data_is_refused(text: str, says: str):
    """Nothing is guessed, executed or read twice."""
    assert says in said(text)
    assert said(text).replace("\n", "").isprintable()


def test_every_value_knows_its_line():
    """Line numbers lead to the key."""
    document = read("a: 1\nb:\n  - x: 1\n    y: [2,\n      3]\n")
    assert {dotted(where): line for where, line in document.lines.items()} == {
        "a": 1, "b": 2, "b[0]": 3, "b[0].x": 3, "b[0].y": 4, "b[0].y[0]": 4, "b[0].y[1]": 5,
    }  # fmt: skip


def test_every_slip_of_one_file_is_reported():
    """Reading goes on after a slip."""
    text = "a: 1\na: 2\nb: .nan\nc: &x 1\nd: *x\ne: 007\nf: \u200b\n\tg: 1\n"
    lines = {problem.line for problem in read(text).problems}
    assert {2, 3, 4, 5, 6, 7, 8} <= lines


@pytest.mark.parametrize(
    "text", ["[" * 300, "{a: " * 300, "- " * 300, "a:\n" + "".join(" " * i + "- \n" for i in range(60))]
)
def test_depth_is_limited(text: str):
    """Deep nesting ends in a message, not in a stack overflow."""
    assert said(f"x: {text}" if text[0] != "-" else text)


def test_what_was_read_before_a_stop_is_kept():
    """A file that breaks off still shows what stood before."""
    document = read("a: 1\nb: {c: 2}\nd: 'x\n")
    assert document.value == {"a": 1, "b": {"c": 2}}
    assert not document.whole


@given(st.text(st.sampled_from("ab1:-[]{}&*!|>'\"%@`#,?~<.\\=\n\t\r  \u202e\x00\x85\ue000中"), max_size=40))
def test_no_text_breaks_the_reader(text: str):
    """Whatever is written, the reader ends with values or with printable messages."""
    document = read(text)
    assert document.problems or document.whole
    assert all(problem.render(language).isprintable() for problem in document.problems for language in ("zh", "en"))
