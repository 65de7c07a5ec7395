"""YAML read strictly: plain data only, every value with its line, every mistake reported, nothing guessed or executed.

Anchors, aliases, merge keys, tags, directives and second documents are refused; so are duplicate keys, tabs, hidden
characters, deep nesting, numbers that are not finite and numbers with leading zeros. Scalars follow YAML 1.2: ``no`` and
``12:30`` are text. Parsing stops early on a file that is too deep or too long, so no file can exhaust the machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from scenarios.problems import Problem, is_hidden, visible
from scenarios.reading.yaml_scalars import ScalarRefusal, plain_value
from scenarios.reading.yaml_text import LIMIT_BYTES, YamlText, character_name, prepare, read_text
from scenarios.text import Text

Where = tuple[str | int, ...]
DEEPEST, LONGEST = 20, 5000  # levels of nesting and values in one file
_FULL_WIDTH_KEY = re.compile(r"\s*(?:- +)?[\w.-]+\s*(：)")  # a key with the colon of Chinese typing
_PLAIN = Text("普通的键和值", "plain keys and values")


@dataclass
class Document:
    """What was read: plain values, the line of each, and what was wrong.

    ``broken`` are places whose value was refused already; ``whole`` is False when reading stopped before the end, as it
    does after ``most_values`` keys and values.
    """

    file: str
    value: dict[str, Any] = field(default_factory=dict)
    lines: dict[Where, int] = field(default_factory=dict)
    broken: set[Where] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True
    most_values: int = LONGEST


class _StopError(Exception):
    """Reading cannot go on; the problem is recorded."""


def dotted(where: Where) -> str:
    """The path of a field as people write it.

    >>> dotted(("expect", 0, "metric"))
    'expect[0].metric'
    """
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)
    return text.removeprefix(".")


def read_yaml(path: Path, file: str | None = None, *, limit_bytes: int = LIMIT_BYTES,
              most_values: int = LONGEST) -> Document:  # fmt: skip
    """The document in a file. Problems are in the result, not raised; ``file`` is the name that messages show."""
    document = Document(file or str(path), most_values=most_values)
    text = read_text(path, document.file, limit_bytes)
    if isinstance(text, Problem):
        document.problems.append(text)
        document.whole = False
        return document
    return parse_yaml(text, document)


def parse_yaml(text: str, document: Document) -> Document:
    """Fill the document from text."""
    _Reading(document, prepare(text)).run()
    return document


class _Reading:
    """One pass over the parser's events. Recursion is bounded by DEEPEST."""

    def __init__(self, document: Document, text: YamlText) -> None:
        self.document = document
        self.text = text
        self.events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text.text)
        self.at: Where = ()
        self.line = 1
        self.values = 0
        self.seen: set[tuple[str, int]] = set()
        self.named: set[int] = set()  # lines whose hidden characters were reported with a field

    def run(self) -> None:
        for line in self.text.tabs:
            self.problem(Text("制表符（Tab）", "a tab"), _PLAIN, Text("改用空格", "use spaces"), line)
        try:
            self.top()
        except _StopError:
            self.stopped()
        except (YAMLError, ValueError) as error:  # UnicodeError is a ValueError
            self.stopped()
            if not self.text.tabs:
                self.syntax(error)
        self.nameless()
        self.document.problems.sort(key=lambda problem: problem.line or 0)

    def stopped(self) -> None:
        self.document.whole = False
        self.document.broken.add(self.at)

    def problem(self, found: Text, expected: Text, mend: Text, line: int, where: Where = ()) -> None:
        self.document.problems.append(Problem(self.document.file, line, dotted(where), found, expected, mend))

    def refuse(self, found: Text, expected: Text, mend: Text, line: int, where: Where) -> None:
        self.problem(found, expected, mend, line, where)
        self.document.broken.add(where)

    def once(self, kind: str, found: Text, mend: Text, line: int, where: Where) -> None:
        """Refuse a forbidden construct, once a line."""
        self.document.broken.add(where)
        if (kind, line) not in self.seen:
            self.seen.add((kind, line))
            self.problem(found, _PLAIN, mend, line, where)

    def top(self) -> None:
        """The one document of the stream."""
        started = False
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                line = event.start_mark.line + 1
                if started:
                    self.problem(Text("多个 YAML 文档", "more than one YAML document"), Text("一个文档", "one document"),
                                 Text("删去 --- 及其后内容，或另存为一个文件", "keep one; put the other in its own file"),
                                 line)  # fmt: skip
                    raise _StopError
                started = True
                if event.version or event.tags:
                    self.once(
                        "directive",
                        Text("YAML 指令（%）", "a YAML directive (%)"),
                        Text("删去该行", "drop the line"),
                        1,
                        (),
                    )
            elif isinstance(event, MappingStartEvent):
                self.mark_extras(event, ())
                self.mapping((), self.document.value)
            elif started and isinstance(event, ScalarEvent | SequenceStartEvent | AliasEvent) and self.document.whole:
                self.not_a_mapping(event)
        if not started:
            self.empty()

    def empty(self) -> None:
        self.refuse(Text("空文件", "a file that is empty"), Text("含 schema 的键值", "a mapping with schema, name, district"),
                    Text("从 schema: 1 写起", "begin with schema: 1"), 1, ())  # fmt: skip
        self.document.whole = False

    def not_a_mapping(self, event: Any) -> None:
        if isinstance(event, ScalarEvent) and not event.value:
            return self.empty()
        found = (
            Text("一个列表", "a list") if isinstance(event, SequenceStartEvent) else Text("一个值", "a single value")
        )
        self.refuse(found, Text("顶层的键值（键: 值）", "the top level must be a mapping (key: value)"),
                    Text("从 schema: 1 写起", "begin with schema: 1"), event.start_mark.line + 1, ())  # fmt: skip
        raise _StopError

    def node(self, event: Any, where: Where, place: Callable[[Any], None]) -> None:
        """One value, put in its place before it is filled, so that what was read survives a stop."""
        self.at = where
        self.line = event.start_mark.line + 1
        self.count(where)
        self.mark_extras(event, where)
        if isinstance(event, MappingStartEvent):
            values: dict[str, Any] = {}
            place(values)
            self.mapping(where, values)
        elif isinstance(event, SequenceStartEvent):
            items: list[Any] = []
            place(items)
            self.sequence(where, items)
        elif isinstance(event, ScalarEvent):
            place(self.scalar(event, where))
        else:
            place(None)

    def count(self, where: Where) -> None:
        self.values += 1
        if len(where) > DEEPEST:
            self.problem(Text("嵌套过深", f"values nested deeper than {DEEPEST} levels"),
                        Text(f"至多 {DEEPEST} 层", f"at most {DEEPEST} levels"),
                        Text("检查括号", "check the brackets"), self.line, where[:1])  # fmt: skip
            raise _StopError
        most = self.document.most_values
        if self.values > most:
            self.problem(Text(f"超过 {most} 个值", f"more than {most} values"),
                        Text(f"至多 {most} 个值", f"at most {most} values in a file"),
                        Text("数据放进表格", "data belong in tables"), self.line, where[:1])  # fmt: skip
            raise _StopError

    def mark_extras(self, event: Any, where: Where) -> None:
        """Refuse aliases, anchors and tags."""
        line = event.start_mark.line + 1
        name = visible(str(event.anchor or ""), 20)
        if isinstance(event, AliasEvent):
            self.once("alias", Text(f"别名 *{name}", f"alias *{name}: anchors and aliases are not allowed"),
                      Text("把值写出来", "write the value out"), line, where)  # fmt: skip
        elif event.anchor:
            self.once("anchor", Text(f"锚点 &{name}", f"anchor &{name}: anchors and aliases are not allowed"),
                      Text("删去锚点，把值写出来", "drop the anchor and write the value out"), line, where)  # fmt: skip
        tag = getattr(event, "tag", None)
        if tag is not None and not isinstance(event, AliasEvent):
            shown = visible(str(tag), 40)
            self.once("tag", Text(f"类型标记 {shown}", f"tag {shown}: tags are not allowed"),
                      Text("删去以 ! 开头的标记", "drop the word that begins with !"), line, where)  # fmt: skip

    def mapping(self, where: Where, values: dict[str, Any]) -> None:
        first_line: dict[str, int] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                return
            line = event.start_mark.line + 1
            key = self.key(event, where)
            self.at = path = (*where, key)
            place: Callable[[Any], None] = partial(values.__setitem__, key)
            if key in first_line:
                name = visible(key, 40)
                self.refuse(
                    Text(f"重复的键 '{name}'（第 {first_line[key]} 行和第 {line} 行）",
                         f"duplicate key '{name}', lines {first_line[key]} and {line}"),
                    Text("每个键只出现一次", "each key once"), Text("删去其中一行", "drop one of them"), line, path)  # fmt: skip
                place = _nowhere
            elif key == "<<":
                self.once("merge", Text("合并键 <<", "merge key <<: merge keys are not allowed"),
                          Text("把值写出来，或用 extends", "write the values out, or use extends"), line, path)  # fmt: skip
                place = _nowhere
            else:
                first_line[key] = self.document.lines[path] = line
            self.node(next(self.events), path, place)

    def key(self, event: Any, where: Where) -> str:
        """The text of a key; anything but a scalar is refused, and then read past."""
        if isinstance(event, ScalarEvent):
            self.count(where)
            self.mark_extras(event, where)
            return self.checked(event, (*where, self.text.restore(event.value)))
        self.refuse(Text("不是文字的键", "a key that is not text"), Text("文字键", "a text key"),
                    Text("检查括号和问号", "check the brackets and question marks"), event.start_mark.line + 1, where)  # fmt: skip
        raise _StopError

    def sequence(self, where: Where, items: list[Any]) -> None:
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                return
            path = (*where, len(items))
            self.document.lines[path] = event.start_mark.line + 1
            self.node(event, path, items.append)

    def checked(self, event: ScalarEvent, where: Where) -> str:
        """The text of a scalar, with its hidden characters reported."""
        text = self.text.restore(event.value)
        hidden = [c for c in text if is_hidden(c) and c != "\n"]
        if hidden:
            self.named.update(range(event.start_mark.line + 1, event.end_mark.line + 2))
            self.refuse(character_name(hidden[0]), Text("可见字符", "visible characters"),
                        Text("删去该字符，重新键入", "delete it and type the text again"), event.start_mark.line + 1, where)  # fmt: skip
        return text

    def scalar(self, event: ScalarEvent, where: Where) -> Any:
        text = self.checked(event, where)
        if where in self.document.broken or not event.implicit[0]:
            return text
        try:
            return plain_value(text)
        except ScalarRefusal as refusal:
            self.refuse(refusal.found, refusal.expected, refusal.mend, event.start_mark.line + 1, where)
            return text

    def nameless(self) -> None:
        """Report hidden characters outside of keys and values, in comments say."""
        for line, characters in self.text.hidden.items():
            if line not in self.named:
                self.problem(character_name(characters[0]), Text("可见字符", "visible characters"),
                             Text("删去该字符", "delete it"), line)  # fmt: skip

    def syntax(self, error: Exception) -> None:
        line, said = self.line, visible(str(error), 80)
        if isinstance(error, MarkedYAMLError):
            in_scalar = error.context_mark is not None and "scalar" in (error.context or "")
            mark = error.context_mark if in_scalar else error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else line
            said = visible(f"{error.context + ': ' if error.context else ''}{error.problem or ''}", 100)
        self.problem(Text(f"YAML 语法错误（{said}）", f"text that is not YAML ({said})"),
                     Text("“键: 值”形式的 YAML", "YAML of the form key: value"), self.slip(line), line)  # fmt: skip

    def slip(self, line: int) -> Text:
        """How to mend a line that is not YAML: a full-width sign where a plain one belongs is the usual slip."""
        for number in (line, line - 1):
            shown = self.text.text.splitlines()[number - 1 : number]
            if match := _FULL_WIDTH_KEY.match(shown[0] if shown and number else ""):
                sign = match[1]
                plain = f"{unicodedata.normalize('NFKC', sign)} "
                return Text(f"第 {number} 行的全角“{sign}”改为半角“{plain}”（后加空格）",
                            f"line {number}: write '{plain}' (with a space) instead of the full-width '{sign}'")  # fmt: skip
        return Text("检查该行及上一行的引号、括号、冒号和缩进",
                    "check quotes, brackets, colons and indentation here and on the line above")  # fmt: skip


def _nowhere(value: Any) -> None:
    """Drop a value that has no place."""
