"""Laws of reading and writing tables: exact round trips, inert texts, and no input that breaks the reader."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.problems import ScenarioError
from scenarios.reading.csv_cells import BLANKS, escape_formula, hidden_sign, is_total, text_fault, unescape_formula
from scenarios.reading.csv_reading import parse_table, read_table
from scenarios.reading.csv_writing import real_text, table_bytes, write_table
from scenarios.reading.number_grammar import number_hint, parse_integer, parse_real
from scenarios.tables import Integers, Names, Reals, Table, column

PATH = Path("places.csv")
PAYLOADS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", "=HYPERLINK(1)", "'=1", "''@x", "-")


@dataclass(frozen=True, kw_only=True, eq=False)
class Places(Table):
    """A table with one column of each kind."""

    code: Names = column("id", "代码", "code", unique=True)
    name: Names = column("text", "名称", "name")
    people: Integers = column("integer", "人口", "people", low=-(2**53), high=2**53)
    share: Reals = column("real", "占比", "share", low=-math.inf, high=math.inf)


def places(names: list[str], people: list[int] | None = None, share: list[float] | None = None) -> Places:
    """A table with the given names and codes 1, 2, ..."""
    codes = tuple(str(row + 1) for row in range(len(names)))
    zeros = [0] * len(names)
    return Places(code=codes, name=tuple(names), people=np.array(people or zeros), share=np.array(share or zeros))


def read(data: bytes) -> Places:
    return parse_table(data, PATH, Places, notices=[], may_be_empty=True).table


def is_name(text: str) -> bool:
    return text.strip(BLANKS) == text and text_fault(text) is None and "\r" not in text and not is_total([text])


NAMES = st.one_of(st.text(min_size=1, max_size=12).filter(is_name), st.sampled_from(PAYLOADS),
                  st.text("东城西-=+@', \"\n;中村１1", min_size=1, max_size=8).filter(is_name))  # fmt: skip
ROWS = st.lists(st.tuples(NAMES, st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False)),
                max_size=6, unique_by=lambda row: row[0].casefold())  # fmt: skip


@settings(max_examples=200, deadline=None, derandomize=True)
@given(ROWS)
def test_what_is_written_is_read_back_exactly(rows: list[tuple[str, int, float]]) -> None:
    """Writing and reading gives the same texts and the same bits, or the writer refuses; nothing in between."""
    table = places([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])
    data = table_bytes(table)
    try:
        again = read(data)
    except ScenarioError as error:
        refused = {problem.field for problem in error.problems}
        assert refused == {"name"}  # two names may look alike
        return
    assert again.to_frame().equals(table.to_frame())
    assert table_bytes(again) == data


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_reals_survive_writing(value: float) -> None:
    """A real is written without an exponent and reads back to the same bits."""
    text = real_text(value)
    assert "e" not in text.lower()
    assert repr(parse_real(text)) == repr(float(value))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=20))
def test_numbers_are_ascii_or_nothing(text: str) -> None:
    """What the grammar takes is ASCII and finite, and whatever it refuses gets a hint."""
    for number in (parse_real(text), parse_integer(text)):
        assert number is None or (text.isascii() and math.isfinite(number) and not set(text) - set("-.0123456789"))
    assert number_hint(text).zh
    assert number_hint(text).en


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_formula_reaches_a_spreadsheet(payload: str, tmp_path: Path) -> None:
    """A text that a spreadsheet might run is written behind an apostrophe and read back unchanged."""
    path = tmp_path / "places.csv"
    write_table(places([payload, "东城"]), path)
    with path.open(encoding="utf-8", newline="") as file:
        written = [row["name"] for row in csv.DictReader(file)]
    assert written == [f"'{payload}", "东城"]
    assert read_table(path, Places, notices=[]).name == (payload, "东城")


@given(st.text(max_size=10))
def test_escaping_is_undone(text: str) -> None:
    """Escape, then unescape: the same text, with any number of apostrophes before it."""
    assert unescape_formula(escape_formula(text)) == text


@given(st.text(max_size=10))
def test_plain_texts_have_no_hidden_sign(text: str) -> None:
    """A text has a hidden sign unless every character prints, is a space or breaks the line (or joins emoji)."""
    shown = all(sign.isprintable() or sign in " \n\u00a0\u3000" for sign in text)
    assert (hidden_sign(text) is None) == shown or "\u200d" in text


@pytest.mark.parametrize("name", [" 东城", "东城\u3000", "a\rb", "", "东\u202e城", "长" * 201])
def test_the_writer_refuses_what_cannot_be_read_back(name: str, tmp_path: Path) -> None:
    """A table whose texts would change on the way is not written, and the file that was there stays."""
    path = tmp_path / "places.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"places.csv:2: (name|row): "):
        write_table(places([name]), path)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_the_writer_refuses_numbers_that_are_not_finite(value: float, tmp_path: Path) -> None:
    """A table with a number that is no number is not written."""
    with pytest.raises(ScenarioError, match=r"places.csv:2: share: "):
        write_table(places(["东城"], share=[value]), tmp_path / "places.csv")


GOOD = table_bytes(places(["东城", "西城, 北区", '"甲"'], [10, 20, -3], [0.5, 1e-9, 3e12]))


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.data())
def test_no_mutation_breaks_the_reader(data: st.DataObject) -> None:
    """Any bytes give a table or a ScenarioError whose messages print in both languages."""
    mutated = bytearray(
        data.draw(st.sampled_from([GOOD, GOOD.decode().encode("gb18030"), GOOD.decode().encode("utf-16")]))
    )
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(mutated)))
        cut = data.draw(st.integers(0, 6))
        junk = data.draw(
            st.one_of(st.binary(max_size=6), st.sampled_from([b"\r", b'"', b",,", "合计".encode(), b"\xef\xbb\xbf"]))
        )
        mutated[place : place + cut] = junk
    try:
        table = read(bytes(mutated))
    except ScenarioError as error:
        shown = error.render("zh") + error.render("en")
        assert shown.replace("\n", "").isprintable()
    else:
        assert read(table_bytes(table)).to_frame().equals(table.to_frame())


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    """Bytes at random are refused in words."""
    with pytest.raises(ScenarioError):
        read(data)
