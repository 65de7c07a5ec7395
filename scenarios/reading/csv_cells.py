"""The cells of one column: from text to values, with every mistake. Which texts are legal in a table is decided here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from scenarios.problems import did_you_mean, one_of, visible
from scenarios.reading.csv_report import Fault, Report
from scenarios.reading.csv_text import is_damaged
from scenarios.reading.number_grammar import number_hint, parse_integer, parse_real
from scenarios.tables import Column
from scenarios.text import Text

LONGEST_TEXT = 200
BLANKS = " \t\r\n\u00a0\u3000"  # trimmed from both ends of a cell: spaces, no-break and full-width ones too
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # how a text begins that a spreadsheet may run as a formula
ESCAPED = re.compile(r"''*[=+\-@\t\r\n＝＋－＠]")
LONG_NUMBER = re.compile(r"[0-9](\.[0-9]+)?[eE]\+[0-9]+|[0-9]{5,}\.0+")
TOTALS = frozenset({"合计", "总计", "小计", "共计", "总数", "合計", "總計", "total", "sum", "subtotal", "grandtotal"})

EMPTY: Fault = (
    Text("每行都填写的文字", "a text in every row"),
    Text(
        "填写该格；若是合并单元格，先取消合并再逐行填写", "fill it in; merged cells? undo the merge and fill each row"
    ),
)
TOO_LONG: Fault = (
    Text(f"不超过{LONGEST_TEXT}个字的文字", f"a text not longer than {LONGEST_TEXT} characters"),
    Text("缩短文字；检查引号是否配对", "shorten it; check that quotes are closed"),
)
DAMAGED: Fault = (
    Text("完好的文字（此处为乱码或替换符）", "readable text; this is damaged (replacement or mojibake characters)"),
    Text("从原始文件重新导出为UTF-8", "export it again from its source as UTF-8"),
)
MANGLED: Fault = (
    Text("完整的编号（疑为被表格软件改写的长数字）", "the full id; this looks like a long number changed by Excel"),
    Text("该列设为文本格式，从原始数据重新填写", "format the column as text and fill it in again from the source"),
)


def escape_formula(text: str) -> str:
    """The text as written to a CSV file: an apostrophe before what a spreadsheet might run; read back it is dropped.

    >>> escape_formula("=1+1"), escape_formula("'=1+1"), escape_formula("东城")
    ("'=1+1", "''=1+1", '东城')
    """
    return "'" + text if FORMULA.match(text) else text


def unescape_formula(text: str) -> str:
    """The inverse of `escape_formula`; a text without the apostrophe stays as it is.

    >>> unescape_formula("'=1+1"), unescape_formula("=1+1"), unescape_formula("'东城'")
    ('=1+1', '=1+1', "'东城'")
    """
    return text[1:] if ESCAPED.match(text) else text


def read_numbers(column: Column, cells: Sequence[str], lines: Sequence[int], report: Report) -> list[float]:
    """The numbers of a column; 0 stands in for a cell that was reported, and a flood of them ends the reading."""
    parse: Callable[[str], float | None] = parse_integer if column.kind == "integer" else parse_real
    expected = _expected_number(column)
    values: list[float] = []
    for cell, line in zip(cells, lines, strict=True):
        if report.is_full(column.name):
            break
        number = parse(cell)
        if number is None:
            report.add(line, column.name, cell, expected, number_hint(cell))
        elif not column.low <= number <= column.high:
            unit = f" ({column.unit})" if column.unit else ""
            mend = Text(f"核对数值和单位（{column.says.zh}）", f"check the number and its unit{unit}")
            report.add(line, column.name, cell, expected, mend)
            number = None
        values.append(0 if number is None else number)
    return values


def _expected_number(column: Column) -> Text:
    zh, en = ("整数", "a whole number") if column.kind == "integer" else ("数", "a number")
    if column.low <= -1e12:
        return Text(zh, en)
    if column.high >= 1e12:
        return Text(f"不小于{column.low:.10g}的{zh}", f"{en} >= {column.low:.10g}")
    return Text(f"{column.low:.10g}至{column.high:.10g}的{zh}", f"{en} from {column.low:.10g} to {column.high:.10g}")


def read_texts(column: Column, cells: Sequence[str], lines: Sequence[int], report: Report) -> list[str]:
    r"""The texts of an id or text column: formula escapes dropped, line breaks inside a cell as ``\n``."""
    texts = [unescape_formula(cell.replace("\r\n", "\n").replace("\r", "\n")) for cell in cells]
    for text, line in zip(texts, lines, strict=True):
        if report.is_full(column.name):
            break
        fault = text_fault(text) or (id_fault(text) if column.kind == "id" else _choice_fault(text, column.choices))
        if fault is not None:
            report.add(line, column.name, text, *fault)
    return texts


def text_fault(text: str) -> Fault | None:
    """Why a text may not stand in a table: empty, too long, damaged, invisible signs."""
    if not text:
        return EMPTY
    if len(text) > LONGEST_TEXT:
        return TOO_LONG
    if text.isascii() and text.isprintable():
        return None
    if is_damaged(text):
        return DAMAGED
    if sign := hidden_sign(text):
        code = f"U+{ord(sign):04X}"
        expected = Text(
            f"只含可见字符的文字（此处含不可见字符{code}）", f"visible text; this has the invisible character {code}"
        )
        return expected, Text(f"删去字符{code}", f"delete {code}")
    return None


def hidden_sign(text: str) -> str | None:
    """The first control, bidi, invisible or private character; line breaks pass, and joiners inside emoji."""
    for place, sign in enumerate(text):
        if sign in " \n\u00a0\u3000" or unicodedata.category(sign)[0] not in "CZ":
            continue
        joins_emoji = sign == "\u200d" and place > 0 and unicodedata.category(text[place - 1]) in ("So", "Sk", "Mn")
        if not joins_emoji:
            return sign
    return None


def id_fault(text: str) -> Fault | None:
    """Why a text may not be an id: changed by a spreadsheet, or look-alike signs."""
    if LONG_NUMBER.fullmatch(text):
        return MANGLED
    if (plain := unicodedata.normalize("NFKC", text)) != text:
        expected = Text("半角编号", "an id without full-width or look-alike signs")
        return expected, Text(f"改为{visible(plain)}", f"write {visible(plain)}")
    return None


def _choice_fault(text: str, choices: tuple[str, ...]) -> Fault | None:
    if not choices or text in choices:
        return None
    return one_of(choices), did_you_mean(text, choices, Text("从所列各项中选一项", "take one of the list"))


def find_repeats(column: Column, texts: Sequence[str], lines: Sequence[int], report: Report) -> None:
    """Report values that repeat in a unique column, and two spellings of one text in any text column."""
    first: dict[str, int] = {}
    for row, text in enumerate(texts):
        earlier = first.setdefault(unicodedata.normalize("NFKC", text), row)
        if earlier == row or not text or (texts[earlier] == text and not column.unique):
            continue
        one, two = lines[earlier], lines[row]
        if texts[earlier] == text:
            expected = Text(
                f"不重复的值（第{one}、{two}行相同）",
                f"each value once; lines {one} and {two} are the same after trimming",
            )
            mend = Text("删去或改正其中一行", "remove or correct one of the rows")
        else:
            expected = Text(
                f"同一种写法（第{one}、{two}行看似相同）",
                f"one spelling; the values on lines {one} and {two} look the same",
            )
            mend = Text("统一全角、半角写法", "write both in the same way")
        report.add(two, column.name, text, expected, mend)


def is_total(texts: Sequence[str]) -> bool:
    """Whether one of a row's texts marks it as a row of totals.

    >>> is_total(["合 计：", ""]), is_total(["371002001", "总装社区"])
    (True, False)
    """
    return any("".join(unicodedata.normalize("NFKC", text).split()).rstrip(":").casefold() in TOTALS for text in texts)
