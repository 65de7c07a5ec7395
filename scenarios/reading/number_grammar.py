"""One grammar for numbers in tables: ASCII digits, an optional minus, an optional decimal part. Nothing else.

Python's own ``int`` and ``float`` also take full-width digits, ``1_0``, ``nan`` and ``1e400``; spreadsheets add units,
separators and error texts. Each of them is refused here, with a hint that names what to write instead.
"""

from __future__ import annotations

import re
import unicodedata

from scenarios.text import Text

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
WHOLE = re.compile(r"-?[0-9]+(\.0+)?")
LONGEST = 400  # signs: enough for the smallest real written out, few enough for int()

HINTS: tuple[tuple[re.Pattern[str], Text], ...] = (
    (re.compile(r"^$"), Text("填写数值，没有则填0；合并单元格请先取消合并", "fill in the number, 0 if there is none; undo merged cells")),
    (re.compile(r"^([-—–/.]+|n/?a|null|none|nan|无|暂无)$", re.I), Text("填写数值，没有则填0", "fill in the number, 0 if there is none")),
    (re.compile(r"^#+[A-Z/0!?]*$"), Text("在表格软件里加宽该列或改正公式后重新保存", "widen the column or repair the formula, then save again")),
    (re.compile(r"^[+-]?[0-9.]+[eE][+-]?[0-9]+$"), Text("不用科学计数法，把数字写全", "write the number out, without an exponent")),
    (re.compile(r"[%％‰]$"), Text("写成小数，例如30%写作0.3", "write a share, such as 0.3 for 30%")),
    (re.compile(r"[0-9]+\s*([/年-]\s*[0-9]+\s*[/月-]|\.[0-9]+\.)\s*[0-9]+"), Text("这里填数字，不是日期；请查单元格格式", "write a number, not a date; check the cell's format")),
    (re.compile(r"[万亿仟千佰百拾十壹贰叁肆伍陆柒捌玖]"), Text("用阿拉伯数字写全，例如1.2万写作12000", "write the number out in digits, such as 12000 for 1.2万")),
    (re.compile(r"[元人户个]$"), Text("只写数字，单位不写进单元格", "write the number alone, without its unit")),
    (re.compile(r"^-?[0-9]{1,3}([,，\s'][0-9]{3})+(\.[0-9]+)?$"), Text("去掉千分位分隔符，例如写作1234", "remove the thousands separators, such as 1234")),
    (re.compile(r"^-?[0-9]+[,，][0-9]+$"), Text("小数点用“.”，例如写作3.5", "use a point for decimals, such as 3.5")),
    (re.compile(r"^[(（].*[)）]$"), Text("负数前加减号，例如写作-100", "write a minus sign, such as -100")),
    (re.compile(r"^-?[0-9]+\.[0-9]+$"), Text("改为整数，或核对是否填错了列", "round it, or check which column it belongs to")),
)  # fmt: skip
PLAIN = Text("只用半角数字和小数点", "use plain digits and a decimal point alone")


def parse_real(text: str) -> float | None:
    """The number that the text is, or None where it does not follow the grammar.

    >>> parse_real("-12.50"), parse_real("1e3"), parse_real("１２"), parse_real("nan")
    (-12.5, None, None, None)
    """
    return float(text) if len(text) <= LONGEST and NUMBER.fullmatch(text) else None


def parse_integer(text: str) -> int | None:
    """The whole number that the text is, or None; ``12.0`` is the whole number 12, as spreadsheets write it.

    >>> parse_integer("007"), parse_integer("12.0"), parse_integer("12.5"), parse_integer("1_0")
    (7, 12, None, None)
    """
    return int(text.partition(".")[0]) if len(text) <= LONGEST and WHOLE.fullmatch(text) else None


def number_hint(text: str) -> Text:
    """How to mend a text that is not a number, or not a whole one.

    >>> number_hint("12.5").en, number_hint("30%").en
    ('round it, or check which column it belongs to', 'write a share, such as 0.3 for 30%')
    """
    for pattern, hint in HINTS:
        if pattern.search(text):
            return hint
    folded = unicodedata.normalize("NFKC", text).replace("\u2212", "-")
    if folded != text and NUMBER.fullmatch(folded) and len(folded) <= LONGEST:
        return Text(f"改用半角数字：{folded[:40]}", f"use ASCII digits: {folded[:40]}")
    return PLAIN
