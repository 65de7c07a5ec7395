"""A plan's workbook into tables of cells with their places. Sheets and columns are found by name, in any order."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from jiceng.plan_files.layout import IN_WORKBOOK, MONEY, STAFF, Column, PlanTable
from jiceng.plan_files.tables import Entry, EntryRow, Findings, Place, Tables
from jiceng.plan_files.workbook_checks import CHECKS
from jiceng.plan_files.workbook_writing import ABOUT, LISTS
from scenarios.problems import did_you_mean, one_of, same
from scenarios.reading.workbook_reading import WorkbookCell, WorkbookSheet, read_workbook
from scenarios.text import Text

REQUIRED = (MONEY, STAFF)
DISTRICT_KEY = "辖区 District"
OTHERS = (ABOUT, CHECKS, LISTS)


def read_tables(path: Path, findings: Findings) -> Tables:
    """The tables of a workbook; its mistakes are added to the findings."""
    sheets = read_workbook(path)
    reading = _Reading(path.name, sheets, findings)
    reading.check_sheets()
    rows = {table.key: reading.rows(table) for table in IN_WORKBOOK}
    if reading.is_torn:  # every row of a table without a column would be told otherwise
        findings.raise_if_any()
    heads = {table.key: Place(f"{path.name}:{table.sheet}", None) for table in IN_WORKBOOK if table.sheet in sheets}
    return Tables(form="workbook", file=path.name, district=reading.district(), rows=rows, heads=heads)


class _Reading:
    """One workbook being turned into tables."""

    def __init__(self, file: str, sheets: dict[str, WorkbookSheet], findings: Findings) -> None:
        self.file, self.sheets, self.findings = file, sheets, findings
        self.is_torn = False  # whether a sheet or column that must be there is missing

    def place(self, sheet: WorkbookSheet, at: str = "") -> Place:
        return Place(f"{self.file}:{sheet.name}!{at}" if at else f"{self.file}:{sheet.name}", None)

    def check_sheets(self) -> None:
        known = [table.sheet for table in IN_WORKBOOK]
        for name, sheet in self.sheets.items():
            if name not in (*known, *OTHERS) and any(cell.value is not None for row in sheet.rows for cell in row):
                self.findings.add(self.place(sheet), "", Text(f"工作表“{name}”", f"sheet '{name}'"), one_of(known),
                                  did_you_mean(name, known, Text("改回原名，或删去该工作表", "give it its name back, or remove it")))  # fmt: skip
        for table in REQUIRED:
            if table.sheet not in self.sheets:
                self.is_torn = True
                self.findings.add(Place(self.file, None), table.sheet, Text("没有这张工作表", "no such sheet"), same(table.sheet),
                                  Text("用 jiceng optimize 导出后再改，不要删表", "edit an exported plan and keep its sheets"))  # fmt: skip

    def district(self) -> Entry | None:
        """The district that the file says it is for."""
        sheet = self.sheets.get(ABOUT)
        for row in sheet.rows if sheet else ():
            if len(row) > 1 and row[0].value == DISTRICT_KEY and sheet is not None:
                return Entry(row[1].value, "district", self.place(sheet, row[1].at))
        return None

    def rows(self, table: PlanTable) -> list[EntryRow]:
        sheet = self.sheets.get(table.sheet)
        if sheet is None:
            return []
        self.check_merged(sheet)
        columns = self.columns(table, sheet)
        found = []
        for row in sheet.rows[1:]:
            entries = {c.key: self.entry(row[at], c, sheet) for at, c in columns.items() if at < len(row)}
            if any(not entry.is_empty or entry.told for entry in entries.values()):
                found.append(EntryRow(entries, self.place(sheet, row[0].at), ""))
        return found

    def check_merged(self, sheet: WorkbookSheet) -> None:
        for area in sheet.merged:
            self.findings.add(self.place(sheet, area), "", Text(f"合并单元格 {area}", f"merged cells {area}"), Text("每格各有其值", "a value in each cell"),
                              Text("取消合并，逐格填写", "undo the merge and fill in every cell"))  # fmt: skip

    def entry(self, cell: WorkbookCell, column: Column, sheet: WorkbookSheet) -> Entry:
        """A cell; a formula without value or an error value is told here."""
        place = self.place(sheet, cell.at)
        if cell.kind == "value" or column.kind == "note":
            return Entry(cell.value, column.key, place)
        if cell.kind == "formula":
            found = Text("没有结果的公式", "a formula without a stored value")
            mend = Text(
                "用表格软件打开并保存一次，或直接写数值",
                "open it in a spreadsheet and save it, or write the value itself",
            )
        else:
            found, mend = (
                same(str(cell.value)),
                Text("改正公式，或直接写数值", "mend the formula, or write the value itself"),
            )
        self.findings.add(place, column.key, found, Text("一个值", "a value"), mend)
        return Entry(None, column.key, place, told=True)

    def columns(self, table: PlanTable, sheet: WorkbookSheet) -> dict[int, Column]:
        """The columns of a table by their position; what is unknown, double, missing or in another unit is told."""
        head = sheet.rows[0] if sheet.rows else ()
        found: dict[int, Column] = {}
        known = {heading_key(column.heading): column for column in table.columns}
        for at, cell in enumerate(head):
            text = "" if cell.value is None else str(cell.value)
            if not text.strip():
                continue
            column = known.get(heading_key(text))
            if column is None:
                self.unknown(text, table, self.place(sheet, cell.at))
            elif column in found.values():
                self.findings.add(self.place(sheet, cell.at), column.key, text, Text("每列只出现一次", "each column once"), Text("删去一列", "remove one of them"))  # fmt: skip
            else:
                found[at] = column
        told = {problem.field for problem in self.findings.problems}
        for column in table.columns:
            if column in found.values() or column.blank:
                continue
            self.is_torn = True
            if column.key not in told:
                self.findings.add(self.place(sheet), column.key, "", Text(f"一列“{_flat(column.heading)}”", f"a column '{_flat(column.heading)}'"),
                                  Text("补上该列", "add the column"))  # fmt: skip
        return found

    def unknown(self, text: str, table: PlanTable, place: Place) -> None:
        """A heading that is not the table's: one in another unit, or another column altogether."""
        plain = _without_unit(text)
        for column in table.columns:
            if _without_unit(column.heading) == plain or heading_key(text) in (
                _without_unit(column.says.zh),
                _without_unit(column.says.en),
            ):
                self.findings.add(place, column.key, _flat(text), same(_flat(column.heading)),
                                  Text("金额和数量按原来的单位填写，表头保持原样", "keep the unit and the heading as exported"))  # fmt: skip
                return
        headings = [_flat(column.heading) for column in table.columns]
        self.findings.add(place, "", _flat(text), one_of(headings),
                          did_you_mean(_flat(text), headings, Text("删去该列，说明写进“备注 Notes”列", "remove it; remarks go into the column 备注 Notes")))  # fmt: skip


def heading_key(text: str) -> str:
    """A heading without blanks and widths, for finding its column.

    >>> heading_key("拨付（万元/年） Granted")
    '拨付(万元/年)granted'
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _without_unit(text: str) -> str:
    return re.sub(r"\([^)]*\)", "", heading_key(text))


def _flat(text: str) -> str:
    return " ".join(text.split())
