"""A plan's YAML into tables of cells with their lines. Unknown keys and wrong shapes are told, never passed over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jiceng.plan_files.layout import IN_YAML, SCHEMA, PlanTable
from jiceng.plan_files.tables import Entry, EntryRow, Findings, Place, Tables
from scenarios.problems import did_you_mean, found_value, one_of, same
from scenarios.reading.strict_yaml import Document, Where, dotted, read_yaml
from scenarios.text import Text

MOST_BYTES = 4 * 1024 * 1024
MOST_VALUES = 200_000
HEAD = ("district", "years", "method", "status")
TOP = ("schema", "plan", *(table.key for table in IN_YAML))


def read_tables(path: Path, findings: Findings) -> Tables:
    """The tables of a YAML plan; its mistakes are added to the findings."""
    document = read_yaml(path, path.name, limit_bytes=MOST_BYTES, most_values=MOST_VALUES)
    findings.problems += document.problems
    reading = _Reading(document, findings)
    if not document.whole:
        findings.raise_if_any()
    reading.check_top()
    rows = {table.key: reading.rows(table) for table in IN_YAML}
    heads = {table.key: reading.place((table.key,)) for table in IN_YAML if table.key in document.value}
    return Tables(form="yaml", file=document.file, district=reading.head("district"), rows=rows, heads=heads)


class _Reading:
    """One document being turned into tables."""

    def __init__(self, document: Document, findings: Findings) -> None:
        self.document, self.findings = document, findings

    def place(self, where: Where) -> Place:
        """The line of a value, or of the nearest key above it."""
        lines = self.document.lines
        line = next((lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in lines), None)
        return Place(self.document.file, line)

    def entry(self, value: Any, where: Where) -> Entry:
        return Entry(value, dotted(where), self.place(where), told=where in self.document.broken)

    def head(self, key: str) -> Entry | None:
        """What the file says of itself."""
        head = self.document.value.get("plan")
        if isinstance(head, dict) and key in head:
            return self.entry(head[key], ("plan", key))
        return None

    def check_top(self) -> None:
        content = self.document.value
        self.unknown(content, TOP, ())
        head = content.get("plan", {})
        if isinstance(head, dict):
            self.unknown(head, HEAD, ("plan",))
        if content.get("schema") != SCHEMA and ("schema",) not in self.document.broken:
            self.findings.add(self.place(("schema",)), "schema", found_value(content.get("schema")), same(str(SCHEMA)),
                              Text(f"写 schema: {SCHEMA}", f"write schema: {SCHEMA}"))  # fmt: skip
        if "allocation" not in content:
            self.findings.add(Place(self.document.file, None), "allocation", "", Text("每个社区每年一行的列表", "a list with a row for every community and year"),
                              Text("用 jiceng optimize 导出后再改", "export a plan with jiceng optimize and edit that"))  # fmt: skip

    def unknown(self, content: dict[str, Any], known: tuple[str, ...], where: Where) -> None:
        for key in content:
            if key not in known:
                at = (*where, key)
                self.findings.add(self.place(at), dotted(at), Text(f"未知的键 '{key}'", f"unknown key '{key}'"), one_of(known),
                                  did_you_mean(key, known, Text("删去该项", "drop it")))  # fmt: skip

    def rows(self, table: PlanTable) -> list[EntryRow]:
        items = self.document.value.get(table.key)
        if items is None:
            return []
        if not isinstance(items, list):
            self.findings.add(self.place((table.key,)), table.key, found_value(items), Text("一个列表", "a list"),
                              Text("每行以“- ”开头", "begin each row with '- '"))  # fmt: skip
            return []
        return [row for at, item in enumerate(items) if (row := self.row(table, item, (table.key, at))) is not None]

    def row(self, table: PlanTable, item: Any, where: Where) -> EntryRow | None:
        if not isinstance(item, dict):
            self.findings.add(self.place(where), dotted(where), found_value(item), Text("一组键值", "a mapping"),
                              Text("写成 {键: 值, …}", "write {key: value, …}"))  # fmt: skip
            return None
        self.unknown(item, table.keys, where)
        entries = {key: self.entry(value, (*where, key)) for key, value in item.items()}
        return EntryRow(entries, self.place(where), dotted(where))
