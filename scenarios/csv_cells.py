"""The cells of one column: from text to values, with every mistake. Which texts are legal in a table is decided here."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Sequence

from scenarios.csv_text import is_damaged
from scenarios.number_grammar import number_hint, parse_integer, parse_real
from scenarios.problems import visible
from scenarios.tables import Column
from scenarios.text import Text

LONGEST_TEXT = 200
BLANKS = " \t\r\n\u00a0\u3000"  # trimmed from both ends of a cell: spaces, no-break and full-width ones too
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # how a text begins that a spreadsheet may run as a formula
ESCAPED = re.compile(r"''*[=+\-@\t\r\n＝＋－＠]")
LONG_NUMBER = re.compile(r"[0-9](\.[0-9]+)?[eE]\+[0-9]+")
TOTALS = frozenset({"合计", "总计", "小计", "共计", "总数", "合計", "總計", "total", "sum", "subtotal", "grandtotal"})
MEND_EMPTY = Text(
    "填写该格；合并单元格请先取消合并并逐行填写", "fill it in; merged cells? undo the merge and fill each row"
)

Fault = tuple[Text, Text]  # what was expected, how to mend it
Complain = Callable[[int, str, str, Fault], None]  # row, column, found text, fault


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


def suggestion(word: str, known: Sequence[str]) -> Text | None:
    """The known word nearest to a word, as a question, or None."""
    near = difflib.get_close_matches(word[:LONGEST_TEXT], known, n=1, cutoff=0.6)
    return Text(f"是否应为“{near[0]}”？", f"did you mean '{visible(near[0])}'?") if near else None


def read_numbers(column: Column, cells: Sequence[str], complain: Complain) -> list[float]:
    """The numbers of a column; 0 stands in for a cell that was complained of."""
    parse: Callable[[str], float | None] = parse_integer if column.kind == "integer" else parse_real
    expected = _expected_number(column)
    values = []
    for row, cell in enumerate(cells):
        number = parse(cell)
        if number is None:
            complain(row, column.name, cell, (expected, number_hint(cell)))
        elif not column.low <= number <= column.high:
            unit = f" ({column.unit})" if column.unit else ""
            mend = Text(f"核对数值和单位{unit}", f"check the number and its unit{unit}")
            complain(row, column.name, cell, (expected, mend))
            number = None
        values.append(number or 0)
    return values


def _expected_number(column: Column) -> Text:
    zh, en = ("整数", "a whole number") if column.kind == "integer" else ("数", "a number")
    if column.high >= 1e12:
        return Text(f"不小于{column.low:g}的{zh}", f"{en} >= {column.low:g}")
    return Text(f"{column.low:.10g}至{column.high:.10g}的{zh}", f"{en} from {column.low:.10g} to {column.high:.10g}")


def read_texts(column: Column, cells: Sequence[str], complain: Complain) -> list[str]:
    """The texts of an id or text column, formula escapes dropped."""
    texts = [unescape_formula(cell) for cell in cells]
    for row, text in enumerate(texts):
        fault = text_fault(text) or (id_fault(text) if column.kind == "id" else _choice_fault(text, column.choices))
        if fault is not None:
            complain(row, column.name, text, fault)
    return texts


def text_fault(text: str) -> Fault | None:
    """Why a text may not stand in a table: empty, too long, damaged, invisible signs."""
    if not text:
        return Text("非空文字", "a text, found it empty"), MEND_EMPTY
    if len(text) > LONGEST_TEXT:
        return (Text(f"不超过{LONGEST_TEXT}个字", f"at most {LONGEST_TEXT} characters, found it longer than {LONGEST_TEXT}"),
                Text("缩短文字；检查引号是否配对", "shorten it; check that quotes are closed"))  # fmt: skip
    if text.isascii() and text.isprintable():
        return None
    if is_damaged(text):
        return (Text("完好的文字（此处为乱码或替换符）", "readable text (damaged text, mojibake)"),
                Text("从原始文件重新导出为UTF-8", "export it again from its source as UTF-8"))  # fmt: skip
    if sign := _hidden_sign(text):
        code = f"U+{ord(sign):04X}"
        return (Text(f"只含可见字符（含不可见字符{code}）", f"visible characters only (invisible character {code})"),
                Text(f"删去字符{code}", f"delete {code}"))  # fmt: skip
    return None


def _hidden_sign(text: str) -> str | None:
    """The first control, bidi, invisible or private character; line breaks pass, and joiners inside emoji."""
    for place, sign in enumerate(text):
        if sign in BLANKS and sign != "\t":
            continue
        if sign == "\u200d" and place and unicodedata.category(text[place - 1]) in ("So", "Sk", "Mn"):
            continue
        if unicodedata.category(sign)[0] in "CZ":
            return sign
    return None


def id_fault(text: str) -> Fault | None:
    """Why a text may not be an id: changed by a spreadsheet, or look-alike signs."""
    if LONG_NUMBER.fullmatch(text):
        return (Text("完整的编号（疑为被表格软件改写的长数字）", "the full id (looks like a long number changed by Excel)"),
                Text("将该列设为文本格式，从原始数据重新填写", "format the column as text and fill it in again from the source"))  # fmt: skip
    if (plain := unicodedata.normalize("NFKC", text)) != text:
        return (Text("半角编号", "an id without full-width or look-alike signs"),
                Text(f"改为{visible(plain)}", f"write {visible(plain)}"))  # fmt: skip
    return None


def _choice_fault(text: str, choices: tuple[str, ...]) -> Fault | None:
    if not choices or text in choices:
        return None
    listed = ", ".join(choices)
    pick = Text("从所列各项中选一项", "take one of the list")
    return Text(f"以下之一：{listed}", f"one of {listed}"), suggestion(text, choices) or pick


def find_repeats(column: Column, texts: Sequence[str], lines: Sequence[int], complain: Complain) -> None:
    """Complain of values that repeat in a unique column, and of two spellings of one text in any text column."""
    first: dict[str, int] = {}
    for row, text in enumerate(texts):
        earlier = first.setdefault(unicodedata.normalize("NFKC", text), row)
        if earlier == row or (texts[earlier] == text and not column.unique):
            continue
        where = f"{lines[earlier]}、{lines[row]}", f"on lines {lines[earlier]} and {lines[row]}"
        if texts[earlier] == text:
            fault = (Text(f"不重复的值（第{where[0]}行相同，已去首尾空格）", f"each value once; the same {where[1]} (after trimming)"),
                     Text("删去或改正其中一行", "remove or correct one of the rows"))  # fmt: skip
        else:
            fault = (Text(f"不同写法的文字不得看似相同（第{where[0]}行）", f"one spelling; the texts {where[1]} look the same"),
                     Text("统一全角、半角写法", "write both in the same way"))  # fmt: skip
        complain(row, column.name, text, fault)


def is_total(texts: Sequence[str]) -> bool:
    """Whether one of a row's texts marks it as a row of totals.

    >>> is_total(["合 计：", ""]), is_total(["371002001", "总装社区"])
    (True, False)
    """
    return any("".join(unicodedata.normalize("NFKC", text).split()).rstrip(":").casefold() in TOTALS for text in texts)
