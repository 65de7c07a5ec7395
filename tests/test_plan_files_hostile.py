"""Workbooks that are damaged, oversized or made to harm: refused at once, in words, with nothing run."""

from __future__ import annotations

import random
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest

from jiceng.plan_files.files import read_plan, write_plan_files
from jiceng.plan_files.workbook_writing import plan_workbook
from scenarios.problems import ScenarioError
from scenarios.reading.workbook_writing import EDITABLE


@pytest.fixture
def workbook(simple_plan, village_street, tmp_path) -> Path:
    """An exported plan."""
    write_plan_files(simple_plan, village_street, tmp_path)
    return tmp_path / "plan.xlsx"


def told(path: Path, district) -> str:
    with pytest.raises(ScenarioError) as error:
        read_plan(path, district)
    return error.value.render("en")


def rewritten(path: Path, name: str, change) -> None:
    """The workbook with one of its parts changed."""
    with zipfile.ZipFile(path) as parts:
        kept = {entry: parts.read(entry) for entry in parts.namelist()}
    kept[name] = change(kept[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for entry, data in kept.items():
            parts.writestr(entry, data)


SHEET = "xl/worksheets/sheet2.xml"


def test_a_workbook_cut_short_is_refused(workbook, village_street):
    """A file that lost its end is damaged, not empty."""
    workbook.write_bytes(workbook.read_bytes()[:-900])
    assert "found a damaged or incomplete workbook; expected a readable .xlsx workbook" in told(
        workbook, village_street
    )


@pytest.mark.parametrize(
    ("data", "found"),
    [(b"", "an empty file"), (b"\xd0\xcf\x11\xe0" + b"0" * 600, "an old .xls, or a workbook with a password"), (b"a,b\n1,2\n", "not a workbook")],
)  # fmt: skip
def test_what_is_no_workbook_is_refused(data, found, workbook, village_street):
    """An empty file, an old .xls or one with a password, and text with the wrong suffix are named as what they are."""
    workbook.write_bytes(data)
    assert f"plan.xlsx: found {found}; expected a readable .xlsx workbook" in told(workbook, village_street)


def test_a_missing_file_is_refused(village_street, tmp_path):
    """A file that is not there is told, in either form."""
    assert "no readable file" in told(tmp_path / "none.xlsx", village_street)
    assert "no readable file" in told(tmp_path / "none.yaml", village_street)


def test_entities_are_refused(workbook, village_street):
    """A document type with entities, the seed of an XML bomb, is refused before anything is expanded."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    rewritten(workbook, SHEET, lambda data: data.replace(b"<worksheet", bomb + b"<worksheet", 1))
    assert "XML entities" in told(workbook, village_street)


def test_what_unpacks_to_too_much_is_refused(workbook, village_street):
    """A small file that unpacks to hundreds of megabytes is refused by its directory, without unpacking it."""
    with zipfile.ZipFile(workbook, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/zeros.bin", b"0" * 30_000_000)
    assert "a workbook larger than the limit" in told(workbook, village_street)


def test_damage_anywhere_is_told_and_never_a_crash(workbook, village_street):
    """Whatever bytes of a workbook or of one of its parts are changed, it is read or refused in words."""
    draw, whole = random.Random(20261122), workbook.read_bytes()
    with zipfile.ZipFile(workbook) as parts:
        names = parts.namelist()
    for _ in range(40):
        workbook.write_bytes(whole)
        if draw.random() < 0.5:
            rewritten(workbook, draw.choice(names), lambda data: changed(data, draw))
        else:
            workbook.write_bytes(changed(whole, draw))
        with suppress(ScenarioError):
            read_plan(workbook, village_street)


def changed(data: bytes, draw: random.Random) -> bytes:
    """The bytes with a few of them drawn anew."""
    found = bytearray(data)
    for _ in range(4):
        found[draw.randrange(len(found))] = draw.choice(b'<>"&019AZaz=;/ -')
    return bytes(found)


def test_a_cell_far_out_is_refused(workbook, village_street):
    """One cell in the last row of a sheet does not make a million rows."""
    rewritten(workbook, SHEET, lambda data: data.replace(b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'))  # fmt: skip
    assert "at most 20000 rows, 200 columns and 400000 cells; one stands at A1048576" in told(workbook, village_street)


def test_a_huge_merged_range_is_refused(workbook, village_street):
    """A range over the whole sheet is refused before its cells are made."""
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    rewritten(workbook, SHEET, lambda data: data.replace(b"</sheetData>", merged, 1))
    assert "no large merged ranges" in told(workbook, village_street)


def test_the_workbook_is_laid_out_for_planners(simple_plan, village_street, tmp_path):
    """Headings stay in sight, what may be edited is coloured and checked as it is typed, and lists offer what fits."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan_workbook(simple_plan, village_street))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "说明 About",
        "资金 Money",
        "岗位 Posts",
        "选派 Postings",
        "项目 Projects",
        "核对 Checks",
        "名录 Lists",
    ]
    money = book["资金 Money"]
    assert money.freeze_panes == "D2"
    assert money["D1"].value == "拨付（万元/年）\nGranted (万元 a year)"
    assert money["D2"].value == 20
    colour = "FF" + EDITABLE["bg_color"].removeprefix("#")
    assert (money["D2"].fill.start_color.rgb, money["A2"].fill.start_color.rgb) == (colour, "00000000")
    offered = {str(rule.sqref): rule.formula1 for rule in book["选派 Postings"].data_validations.dataValidation}
    assert offered["A2:A201"] == f"'名录 Lists'!$A$2:$A${len(village_street.slots) + 1}"
    checks = {row[0].value: [cell.value for cell in row[2:5]] for row in book["核对 Checks"].iter_rows(min_row=2)}
    assert checks["拨付合计 Granted in all"] == [120, 120, 120]
