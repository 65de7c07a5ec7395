"""Mistakes in plan files edited by hand: each told at its line or cell, in both languages, with how to mend it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from jiceng.plan_files.files import read_plan, write_plan_files
from scenarios.problems import ScenarioError

FIRST = "990001001001 示例0社区"
IN_YAML = [
    ("granted: 20 万元", "granted: 20", "11: allocation[0].granted",
     "读到“20”；应为带单位的金额；修改办法：写 20 万元", "found '20'; expected an amount with its unit; to mend: write 20 万元"),
    ("granted: 20 万元", "granted: 20 m2", "11: allocation[0].granted",
     "读到“20 m2”；应为单位为 元/year 的数量；修改办法：例如写 20 万元/year",
     "found '20 m2'; expected an amount in 元/year; to mend: write it like 20 万元/year"),
    ("granted: 20 万元", "granted: ２０ 万元", "11: allocation[0].granted",
     "读到“２０ 万元”；应为数字，可带单位；修改办法：含全角数字，请写 20 万元",
     "found '２０ 万元'; expected a number, with a unit if it has one; to mend: full-width digits; write 20 万元"),
    ("granted: 20 万元", "granted: 20.0000001 万元", "11: allocation[0].granted",
     "读到“20.0000001 万元”；应为精确到分的金额；修改办法：写 20 万元", "found '20.0000001 万元'; expected an amount in whole fen; to mend: write 20 万元"),
    ("granted: 20 万元", "granted: -1 万元", "11: allocation[0].granted",
     "读到“-1 万元”；应为0 到 1000000000 万元；修改办法：至少 0 万元", "found '-1 万元'; expected 0 to 1000000000 万元; to mend: at least 0 万元"),
    ("posts: 0", "posts: 1.5", "11: allocation[0].posts",
     "读到“1.5”；应为0 到 10000 的整数；修改办法：写 2", "found '1.5'; expected a whole number, 0 to 10000; to mend: write 2"),
    ("posts: 0", "posts: '1'", "11: allocation[0].posts",
     "读到“1”；应为0 到 10000 的整数；修改办法：这是文本：改为数字 1，不加引号，单元格不设文本格式",
     "found '1'; expected a whole number, 0 to 10000; to mend: it is text; write the number 1, without quotes or a text format"),
    ("year: 2027", "year: 2026", "11: allocation[0].year",
     "读到“2026”；应为2027 到 2029 的整数；修改办法：至少 2027", "found '2026'; expected a whole number, 2027 to 2029; to mend: at least 2027"),
    (FIRST, "990001001002 示例0社区", "11: allocation[0].community",
     f"读到“990001001002 示例0社区”；应为本区的社区代码；修改办法：是不是想写 '{FIRST}'？",
     f"found '990001001002 示例0社区'; expected the code of a community of this district; to mend: did you mean '{FIRST}'?"),
    (FIRST, "990001001001 示例1社区", "11: allocation[0].community",
     f"读到“990001001001 示例1社区”；应为990001001001 的名称“示例0社区”；修改办法：核对代码和名称是否错行；应写 {FIRST}",
     f"found '990001001001 示例1社区'; expected the name of 990001001001, '示例0社区'; to mend: check for shifted rows; write {FIRST}"),
    (FIRST, "990001001001", "11: allocation[0].community",
     "读到“990001001001”；应为文字；修改办法：加引号，或把单元格设为文本：'990001001001'",
     "found '990001001001'; expected text; to mend: put it in quotes, or make the cell text: '990001001001'"),
    ("schema: 1", "schema: 2", "4: schema", "读到“2”；应为1；修改办法：写 schema: 1", "found '2'; expected 1; to mend: write schema: 1"),
    ('district: "990001"', 'district: "990002"', "6: plan.district",
     "读到“990002”；应为方案所用辖区 990001；修改办法：换用该辖区的方案文件，或换一个情景",
     "found '990002'; expected the district of the scenario, 990001; to mend: choose the plan of this district, or another scenario"),
    ("postings: []", "postings: {}", "29: postings", "读到一组键值；应为一个列表；修改办法：每行以“- ”开头",
     "found a mapping; expected a list; to mend: begin each row with '- '"),
    ("postings: []", "posting: []", "29: posting",
     "读到未知的键 'posting'；应为以下之一：schema, plan, allocation, postings, projects, standing, care, pairs；修改办法：是不是想写 'postings'？",
     "found unknown key 'posting'; expected one of schema, plan, allocation, postings, projects, standing, care, pairs; to mend: did you mean 'postings'?"),
]  # fmt: skip
MONEY = "资金 Money"
IN_CELLS = [
    ("D2", "12.5", "granted", "读到“12.5”；应为万元数，只写数字；修改办法：这是文本：改为数字 12.5，不加引号，单元格不设文本格式",
     "found '12.5'; expected a number of 万元; to mend: it is text; write the number 12.5, without quotes or a text format"),
    ("D2", "１２", "granted", "读到“１２”；应为万元数，只写数字；修改办法：含全角数字，请写 12",
     "found '１２'; expected a number of 万元; to mend: full-width digits; write 12"),
    ("D2", "120000元", "granted", "读到“120000元”；应为万元数，只写数字；修改办法：表头已写明单位，只写 12",
     "found '120000元'; expected a number of 万元; to mend: the heading has the unit; write 12"),
    ("E3", "=1+1", "contracts", "读到没有结果的公式；应为一个值；修改办法：用表格软件打开并保存一次，或直接写数值",
     "found a formula without a stored value; expected a value; to mend: open it in a spreadsheet and save it, or write the value itself"),
    ("E3", "#DIV/0!", "contracts", "读到#DIV/0!；应为一个值；修改办法：改正公式，或直接写数值",
     "found #DIV/0!; expected a value; to mend: mend the formula, or write the value itself"),
    ("F4", None, "prevention", "读到空值；应为万元数，只写数字；修改办法：填写数值，没有则填 0",
     "found nothing; expected a number of 万元; to mend: fill in the number, 0 if there is none"),
    ("F4", datetime(2027, 1, 1), "prevention", "读到日期（2027-01-01）；应为万元数，只写数字；修改办法：改为数字，不是日期",
     "found a date (2027-01-01); expected a number of 万元; to mend: write a number, not a date"),
    ("A2", 990001001001, "code", "读到“990001001001”；应为文字；修改办法：加引号，或把单元格设为文本：'990001001001'",
     "found '990001001001'; expected text; to mend: put it in quotes, or make the cell text: '990001001001'"),
    ("B2", "别处", "name", "读到“别处”；应为990001001001 的名称；修改办法：核对是否错行或只排了一列；应写 示例0社区",
     "found '别处'; expected the name of 990001001001; to mend: check for shifted rows or a column sorted alone; write 示例0社区"),
    ("D1", "拨付（元/年）\nGranted (yuan a year)", "granted",
     "读到“拨付（元/年） Granted (yuan a year)”；应为拨付（万元/年） Granted (万元 a year)；修改办法：金额和数量按原来的单位填写，表头保持原样",
     "found '拨付（元/年） Granted (yuan a year)'; expected 拨付（万元/年） Granted (万元 a year); to mend: keep the unit and the heading as exported"),
]  # fmt: skip


@pytest.fixture(scope="module")
def exported(tmp_path_factory, village_street, simple_plan) -> Path:
    """The folder of an exported plan."""
    folder = tmp_path_factory.mktemp("plan")
    write_plan_files(simple_plan, village_street, folder)
    return folder


def refused(path: Path, district) -> tuple[str, str]:
    """What is told of a file, in both languages."""
    with pytest.raises(ScenarioError) as error:
        read_plan(path, district)
    return error.value.render("zh"), error.value.render("en")


@pytest.mark.parametrize(("was", "becomes", "at", "zh", "en"), IN_YAML)
def test_a_mistake_in_yaml_is_told_at_its_line(was, becomes, at, zh, en, exported, village_street, tmp_path):
    """One slip of the keyboard gives one message: the line, the field, what was found, expected, and how to mend it."""
    text = (exported / "plan.yaml").read_text(encoding="utf-8")
    path = tmp_path / "plan.yaml"
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")
    assert refused(path, village_street) == (f"plan.yaml:{at}: {zh}", f"plan.yaml:{at}: {en}")


@pytest.mark.parametrize(("cell", "value", "field", "zh", "en"), IN_CELLS)
def test_a_mistake_in_a_workbook_is_told_at_its_cell(cell, value, field, zh, en, exported, village_street, tmp_path):
    """One wrong cell gives one message, with the file, the sheet and the cell."""
    path = edited(exported, tmp_path, lambda book: book[MONEY].__setitem__(cell, value))
    at = f"plan.xlsx:{MONEY}!{cell}: {field}"
    assert refused(path, village_street) == (f"{at}: {zh}", f"{at}: {en}")


def edited(exported: Path, folder: Path, change) -> Path:
    """The exported workbook after a change."""
    book = openpyxl.load_workbook(exported / "plan.xlsx")
    change(book)
    book.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


def test_a_missing_row_is_never_a_zero(exported, village_street, tmp_path):
    """A row that was deleted is told, in either form, and not taken for a decision."""
    rows = (exported / "plan.yaml").read_text(encoding="utf-8").splitlines()
    (tmp_path / "plan.yaml").write_text("\n".join(rows[:11] + rows[12:]) + "\n", encoding="utf-8")
    says = "found no row for 990001001001 2028; expected a row for every community and year; to mend: add the row, with 0 for what is not given"
    assert refused(tmp_path / "plan.yaml", village_street)[1] == f"plan.yaml:10: allocation: {says}"
    path = edited(exported, tmp_path, lambda book: book[MONEY].delete_rows(3))
    assert refused(path, village_street)[1] == f"plan.xlsx:{MONEY}: money: {says}"


def test_a_row_stands_once(exported, village_street, tmp_path):
    """The same community and year twice is told with both places."""
    path = edited(
        exported, tmp_path, lambda book: book[MONEY].append([book[MONEY].cell(2, at).value for at in range(1, 9)])
    )
    assert refused(path, village_street) == (
        f"plan.xlsx:{MONEY}!A20: 读到“990001001001 2027”；应为每个社区每年一行（已见于 plan.xlsx:{MONEY}!A2）；修改办法：删去或改正其中一行",
        f"plan.xlsx:{MONEY}!A20: found '990001001001 2027'; expected one row each; it stands at plan.xlsx:{MONEY}!A2 already; to mend: remove or correct one of the rows",
    )


def test_merged_cells_are_told(exported, village_street, tmp_path):
    """Merging hides values: the range is named, and the cells that are empty now."""
    path = edited(exported, tmp_path, lambda book: book[MONEY].merge_cells("D2:D4"))
    zh, en = refused(path, village_street)
    assert (
        zh.splitlines()[0]
        == f"plan.xlsx:{MONEY}!D2:D4: 读到合并单元格 D2:D4；应为每格各有其值；修改办法：取消合并，逐格填写"
    )
    assert [line.partition(": ")[0].rpartition("!")[2] for line in en.splitlines()] == ["D2:D4", "D3", "D4"]


def test_every_mistake_is_told_at_once_in_the_order_of_the_file(exported, village_street, tmp_path):
    """Mistakes on several sheets are told together, sheet by sheet, row by row."""

    def change(book):
        book[MONEY]["E9"], book[MONEY]["D3"], book["岗位 Posts"]["D2"], book["选派 Postings"]["A2"] = (
            "x",
            -1,
            "two",
            "S99",
        )

    zh, en = refused(edited(exported, tmp_path, change), village_street)
    places = [line.partition(": ")[0].partition(":")[2] for line in en.splitlines()]
    assert places[:4] == [f"{MONEY}!D3", f"{MONEY}!E9", "岗位 Posts!D2", "选派 Postings!A2"]
    assert len(zh.splitlines()) == len(en.splitlines())


def test_sheets_and_columns_may_move(exported, village_street, simple_plan, tmp_path):
    """Columns and sheets are found by their names: their order is the planner's own affair, and so are notes."""

    def change(book):
        book[MONEY].move_range("D1:D19", cols=7)
        book[MONEY]["H2"] = "=1+1"
        book.move_sheet("岗位 Posts", -2)

    found = read_plan(edited(exported, tmp_path, change), village_street).plan
    assert (found.lump_fen == simple_plan.lump_fen).all()


def test_amounts_between_two_fen_are_rounded_and_said(exported, village_street, tmp_path):
    """A third of an amount, reckoned in a workbook, is taken to the nearest fen, with a notice."""
    given = read_plan(edited(exported, tmp_path, lambda book: book[MONEY].__setitem__("E2", 10 / 3)), village_street)
    assert given.plan.contract_fen[0, 0] == 3_333_333
    assert [notice.en for notice in given.notices] == ["1 amounts were rounded to the fen"]


def test_other_kinds_of_files_are_refused(village_street, tmp_path):
    """A plan file is YAML or a workbook; anything else is told what to do."""
    (tmp_path / "plan.csv").write_text("a,b", encoding="utf-8")
    assert refused(tmp_path / "plan.csv", village_street)[1] == (
        "plan.csv: found '.csv'; expected a .yaml or .xlsx file; to mend: save it as .xlsx, or use the exported plan.yaml"
    )
