"""From the bytes of a CSV file to its text: size, encoding, damaged or mixed text. UTF-8 first, then GBK."""

from __future__ import annotations

import stat
import unicodedata
from collections import Counter
from pathlib import Path

from scenarios.problems import ScenarioError, same, system_reason
from scenarios.reading.csv_report import Report
from scenarios.text import Text

LARGEST_BYTES = 32_000_000
MOST_LINES = 200_000
COMMON_SHARE = 0.6  # of the Chinese characters of a GBK file, at least this share is in everyday use (GB 2312)
SAVE_AS_UTF8 = Text("在表格软件中另存为“CSV UTF-8（逗号分隔）”", "save it as 'CSV UTF-8 (comma delimited)'")
A_FILE = Text("CSV文件", "a CSV file")
UTF8_CSV = Text("UTF-8编码的CSV", "a CSV file in UTF-8")
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how .xlsx and .xls begin
READ_AS_GBK = Text("按GBK（gb18030）编码读取", "read as GBK (gb18030)")


def read_bytes(path: Path, expected: Text = A_FILE) -> bytes:
    """The bytes of a file; a ScenarioError if it is missing, not a regular file, unreadable or too large."""
    report = Report(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise report.refuse(
                None, "", Text("不是普通文件", "not a regular file"), expected, Text("改为文件路径", "name a file")
            )
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = system_reason(error)
        found = Text(f"无法读取（{reason.zh}）", f"no readable file ({reason.en})")
        mend = Text("补上该文件，或检查文件名和读取权限", "supply the file, or check its name and permissions")
        raise report.refuse(None, "", found, expected, mend) from None
    if len(data) > LARGEST_BYTES or max(data.count(b"\n"), data.count(b"\r")) > MOST_LINES:
        limit = Text(f"至多{LARGEST_BYTES // 10**6}MB、{MOST_LINES}行",
                     f"at most {LARGEST_BYTES // 10**6} MB and {MOST_LINES} lines")  # fmt: skip
        found = Text("过大的文件", "a file larger than the limit")
        raise report.refuse(None, "", found, limit, Text("删去空行或拆分文件", "remove blank lines, or split it"))
    return data


def decode(data: bytes, path: Path, notices: list[Text]) -> str:
    """The text of a file: strict UTF-8 (with or without BOM), else strict GB 18030 with a notice.

    A ScenarioError, with the line where one is known, for UTF-16, byte 0x00, mixed or unclear encodings.
    """
    _refuse_zero_bytes(data, path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    text = _decode_gbk(data, path)
    notices.append(Text(f"{path.name}：{READ_AS_GBK.zh}", f"{path.name}: {READ_AS_GBK.en}"))
    return text


def _refuse_zero_bytes(data: bytes, path: Path) -> None:
    """Workbooks, UTF-16 files and stray zero bytes."""
    report = Report(path)
    if data.startswith(WORKBOOKS):
        raise report.refuse(
            None, "", Text("表格软件的工作簿，不是CSV", "a spreadsheet's workbook, not CSV"), UTF8_CSV, SAVE_AS_UTF8
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data.count(0) > len(data) // 5:
        raise report.refuse(1, "encoding", same("UTF-16"), UTF8_CSV, SAVE_AS_UTF8)
    if 0 in data:
        for number, line in enumerate(data.splitlines(), 1):
            if 0 in line:
                report.add(number, "encoding", Text("零字节0x00", "byte 0x00"), Text("不含零字节的文字", "text without it"),
                           Text("删去该字符后重新保存", "delete it and save again"))  # fmt: skip
    report.raise_if_any()


def _decode_gbk(data: bytes, path: Path) -> str:
    """Strict GB 18030, unless its lines are of two encodings or its characters look like another one."""
    utf8, other = _line_encodings(data)
    if utf8 and other:
        line = max(utf8[0], other[0])  # the first line that is not like the lines before it
        found = Text("UTF-8与GBK混用", "mixed encodings, UTF-8 and GBK")
        raise Report(path).refuse(
            line, "encoding", found, Text("整个文件同一种编码", "one encoding in the file"), SAVE_AS_UTF8
        )
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _unclear(path, len(data[: error.start + 1].splitlines())) from None
    if line_of_rare := _rare_line(text):
        raise _unclear(path, line_of_rare)
    return text


def _unclear(path: Path, line: int) -> ScenarioError:
    found = Text("编码不明（可能是BIG5）", "an unclear encoding, BIG5 for instance")
    return Report(path).refuse(line, "encoding", found, Text("UTF-8或GBK编码", "UTF-8 or GBK"), SAVE_AS_UTF8)


def _line_encodings(data: bytes) -> tuple[list[int], list[int]]:
    """Numbers of the lines that are surely UTF-8 Chinese, and of those that are not UTF-8.

    A short GBK line can pass as UTF-8 by chance, but then as two-byte letters below U+0800, never as Chinese.
    """
    utf8, other = [], []
    for number, line in enumerate(data.splitlines(), 1):
        if line.isascii():
            continue
        try:
            letters = [character for character in line.decode("utf-8") if not character.isascii()]
        except UnicodeDecodeError:
            other.append(number)
        else:
            if min(letters) >= "\u0800":
                utf8.append(number)
    return utf8, other


def _rare_line(text: str) -> int | None:
    """The first line with a rare character, if the characters are mostly rare: BIG5 read as GBK looks like this.

    Four-byte characters are left out: they are rare by right, and no other encoding looks like them.
    """
    counts = {letter: count for letter, count in Counter(text).items() if _is_letter_of_two_bytes(letter)}
    rare = [letter for letter in counts if not _is_common(letter)]
    if sum(counts[letter] for letter in rare) <= (1 - COMMON_SHARE) * sum(counts.values()):
        return None
    return len(text[: min(map(text.index, rare)) + 1].encode().splitlines())


def _is_letter_of_two_bytes(character: str) -> bool:
    if character.isascii() or unicodedata.category(character)[0] not in "LC":
        return False
    return len(character.encode("gb18030")) == 2


def _is_common(character: str) -> bool:
    """Whether a character is one of the 6,763 of GB 2312."""
    if not "\u4e00" <= character <= "\u9fff":
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def is_damaged(text: str) -> bool:
    """Whether a cell's text went through a wrong encoding once (U+FFFD, UTF-8 read as GBK or as Latin-1 and saved).

    >>> is_damaged("涓滃煄"), is_damaged("ä¸œåŸŽ"), is_damaged("锟斤拷"), is_damaged("东城")
    (True, True, True, False)
    """
    if text.isascii():
        return False
    if "\ufffd" in text or "锟斤" in text or "斤拷" in text:
        return True
    return any(_reads_as_utf8(text, codec) for codec in ("gb18030", "cp1252", "latin-1"))


def _reads_as_utf8(text: str, codec: str) -> bool:
    try:
        letters = [character for character in text.encode(codec).decode("utf-8") if not character.isascii()]
    except UnicodeError:
        return False
    return min(letters) >= "\u0800"
