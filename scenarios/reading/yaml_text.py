"""The text of a YAML file before it is parsed: a regular file, small, UTF-8, with no tab and no hidden character."""

from __future__ import annotations

import stat
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from scenarios.problems import Problem, is_hidden, system_reason
from scenarios.text import Text

LIMIT_BYTES = 256 * 1024
_STAND_IN = (
    0xF0000  # hidden characters pass the parser as stand-ins from here on, so that it does not stop at the first
)


@dataclass(frozen=True)
class YamlText:
    """Text that the parser can take, and what was hidden in it: the characters by line and by stand-in."""

    text: str
    hidden: dict[int, list[str]] = field(default_factory=dict)
    tabs: tuple[int, ...] = ()
    stand_ins: tuple[str, ...] = ()

    def restore(self, value: str) -> str:
        """A parsed value with the original characters back in place of their stand-ins."""
        return "".join(self.stand_ins[ord(c) - _STAND_IN] if ord(c) >= _STAND_IN else c for c in value)


def read_text(path: Path, file: str, limit: int = LIMIT_BYTES) -> str | Problem:
    """The decoded text of a file, or why it cannot be read. Never reads more than ``limit`` bytes, nor from a device."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return _problem(file, Text("不是普通文件", "not a regular file"), Text("改为文件路径", "name a file"))
        if about.st_size > limit:
            return _too_large(file, limit)
        with path.open("rb") as stream:
            raw = stream.read(limit + 1)
    except OSError as error:
        reason = system_reason(error)
        found = Text(f"无法读取（{reason.zh}）", f"no readable file ({reason.en})")
        return _problem(file, found, Text("检查文件名和权限", "check its name and permissions"))
    return _too_large(file, limit) if len(raw) > limit else _decoded(raw, file)


def _decoded(raw: bytes, file: str) -> str | Problem:
    mend = Text("用“UTF-8”编码另存", "save as UTF-8")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in raw[:4]:
        return _problem(file, Text("UTF-16 编码", "UTF-16, not UTF-8"), mend, 1)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return _problem(file, Text("非 UTF-8 编码的字节", "bytes that are not UTF-8"), mend, line)
    return _problem(file, Text("非 UTF-8 编码（像是 GBK）", "not UTF-8 (looks like GBK)"), mend, line)


def prepare(text: str) -> YamlText:
    """The text with tabs as spaces and hidden characters replaced by stand-ins, and where they were."""
    hidden: defaultdict[int, list[str]] = defaultdict(list)
    tabs: list[int] = []
    stand_ins: dict[str, int] = {}
    lines = text.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if "\t" in line:
            tabs.append(number)
            line = line.replace("\t", "  ")
        for character in filter(is_hidden, line):
            hidden[number].append(character)
            stand_ins.setdefault(character, len(stand_ins))
        lines[number - 1] = line
    replacing = {ord(c): chr(_STAND_IN + index) for c, index in stand_ins.items()}
    return YamlText("\n".join(lines).translate(replacing), dict(hidden), tuple(tabs), tuple(stand_ins))


def character_name(character: str) -> Text:
    r"""What a hidden character is, by its code point, never the character itself.

    >>> character_name("\x1b").en, character_name("\u200b").en
    ('control character U+001B', 'invisible character U+200B')
    """
    code = f"U+{ord(character):04X}"
    if character < " " or "\x7f" <= character < "\xa0":
        return Text(f"控制字符 {code}", f"control character {code}")
    return Text(f"不可见字符 {code}", f"invisible character {code}")


def _problem(file: str, found: Text, mend: Text, line: int | None = None) -> Problem:
    return Problem(file, line, "", found, Text("UTF-8 编码的 YAML 文件", "a YAML file in UTF-8"), mend)


def _too_large(file: str, limit: int) -> Problem:
    size = limit // 1024
    return Problem(
        file,
        None,
        "",
        Text(f"文件超过 {size} KB 上限", f"a file larger than the limit of {size} KB"),
        Text(f"不超过 {size} KB 的方案文件", f"a scenario file of at most {size} KB"),
        Text("只保留方案设置，数据放进表格", "keep the settings only; data belong in tables"),
    )
