"""Readers of spopt's tables: distances between sites and customers, and the customers' demand.

The distance table has a row for each pair: ``name`` (the site), ``DestinationName`` (the customer) and ``distance``;
``demand`` of the customer is optional. The demand table has ``NAME`` and one column of weights.
Source: R. Gaboardi and others, spopt: spatial optimization in PySAL, its test data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from optimize.location.instances import Places
from optimize.location.number_file import MOST_NUMBERS, parse_number
from scenarios.problems import did_you_mean, one_of
from scenarios.reading.csv_records import Record, read_records
from scenarios.reading.csv_report import Report
from scenarios.reading.csv_text import decode, read_bytes
from scenarios.reading.number_grammar import number_hint
from scenarios.tables import Reals
from scenarios.text import Text

SITE, CUSTOMER, DISTANCE, DEMAND, NAME = "name", "DestinationName", "distance", "demand", "NAME"
WEIGHTS = ("demand", "weight", "population", "pop", "pop2000")  # names that the weight goes by, the first that is there
A_NUMBER = Text("不小于0的数", "a number >= 0")


def read_distances(path: Path) -> Places:
    """Customers in the order of their names, sites in the order of the file; raises ScenarioError."""
    report, notices = Report(path), list[Text]()
    header, rows = _records(path, report, notices)
    at = _columns(header, (DISTANCE, SITE, CUSTOMER), report)
    places = {**at, DEMAND: header.cells.index(DEMAND)} if DEMAND in header.cells else at
    pairs: dict[tuple[str, str], float] = {}
    demand: dict[str, float] = {}
    for row in rows:
        if (pair := _pair(row, at, pairs, report)) is None:
            continue
        pairs[pair] = _number(row, at[DISTANCE], DISTANCE, report)
        if DEMAND in places:
            _note_demand(row, places[DEMAND], pair[0], demand, report)
    report.raise_if_any()
    customers, sites = sorted({c for c, _ in pairs}), list(dict.fromkeys(s for _, s in pairs))
    distance = _matrix(pairs, customers, sites, report)
    if missing := int(np.isinf(distance).sum()):
        notices.append(
            Text(
                f"{path.name}：{missing}对没有距离，视为到不了",
                f"{path.name}: {missing} pairs without a distance count as out of reach",
            )
        )
    weights = np.array([demand.get(name, 1.0) for name in customers])
    return Places(
        customers=tuple(customers), sites=tuple(sites), distance=distance, demand=weights, notices=tuple(notices)
    )


def read_demand(path: Path, places: Places) -> Places:
    """The places with the weights of a demand table, found by name; raises ScenarioError."""
    report, notices = Report(path), list(places.notices)
    header, rows = _records(path, report, notices)
    at = _columns(header, (_name_column(header),), report)
    column = _weight_column(header, list(at.values()), report)
    name_at = next(iter(at.values()))
    weights: dict[str, float] = {}
    for row in rows:
        if len(row.cells) != len(header.cells):
            _wrong_width(row, len(header.cells), report)
        elif row.cells[name_at] in weights:
            _twice(row, header.cells[name_at], row.cells[name_at], report)
        else:
            weights[row.cells[name_at]] = _number(row, column, header.cells[column], report)
    _check_names(places, weights, header.cells[name_at], report)
    report.raise_if_any()
    if left := len(weights) - len(places.customers):
        notices.append(
            Text(
                f"{path.name}：{left}个名称不在距离表中，未用",
                f"{path.name}: {left} names are not in the distance table and are not used",
            )
        )
    return replace(places, demand=np.array([weights[name] for name in places.customers]), notices=tuple(notices))


def _records(path: Path, report: Report, notices: list[Text]) -> tuple[Record, list[Record]]:
    """The header and the rows; a file without rows is refused."""
    records = list(read_records(decode(read_bytes(path), path, notices), report, notices))
    if len(records) < 2:
        raise report.refuse(1, "rows", Text("没有数据行", "no data rows"), Text("表头和至少一行数据", "a header and at least one row"),
                            Text("在表头下填写数据", "write the rows below the header"))  # fmt: skip
    return records[0], records[1:]


def _columns(header: Record, names: Sequence[str], report: Report) -> dict[str, int]:
    """Where the columns stand; all that are missing are reported."""
    for name in names:
        if header.cells.count(name) != 1:
            found = (
                Text("无此列", "no such column")
                if name not in header.cells
                else Text("该列出现两次", "the column twice")
            )
            otherwise = Text(f"补上{name}列", f"add the column {name}")
            mend = did_you_mean(name, [c for c in header.cells if c], otherwise)
            report.add(header.line, name, found, Text(f"有且仅有一列“{name}”", f"one column '{name}'"), mend)
    report.raise_if_any()
    return {name: header.cells.index(name) for name in names}


def _pair(
    row: Record, at: dict[str, int], pairs: dict[tuple[str, str], float], report: Report
) -> tuple[str, str] | None:
    """Customer and site of a row, or None where the row was refused."""
    if len(row.cells) <= max(at.values()):
        _wrong_width(row, max(at.values()) + 1, report)
        return None
    pair = row.cells[at[CUSTOMER]], row.cells[at[SITE]]
    for name, column in zip(pair, (CUSTOMER, SITE), strict=True):
        if not name:
            report.add(row.line, column, "", Text("名称", "a name"), Text("填写名称", "fill it in"))
    if pair in pairs:
        _twice(row, f"{CUSTOMER}, {SITE}", ", ".join(pair), report)
        return None
    return pair if all(pair) else None


def _number(row: Record, place: int, field: str, report: Report) -> float:
    cell = row.cells[place] if place < len(row.cells) else ""
    value = parse_number(cell)
    if value is None or value < 0:
        report.add(row.line, field, cell, A_NUMBER, number_hint(cell))
        return 0.0
    return value


def _note_demand(row: Record, place: int, customer: str, demand: dict[str, float], report: Report) -> None:
    value = _number(row, place, DEMAND, report)
    if demand.setdefault(customer, value) != value:
        expected = Text(
            f"与前面相同的需求 {demand[customer]:.10g}", f"the same demand as before, {demand[customer]:.10g}"
        )
        report.add(
            row.line,
            DEMAND,
            row.cells[place],
            expected,
            Text("同一需求点只能有一个需求", "give a customer one demand alone"),
        )


def _matrix(pairs: dict[tuple[str, str], float], customers: list[str], sites: list[str], report: Report) -> Reals:
    if len(customers) * len(sites) > MOST_NUMBERS:
        raise report.refuse(None, "", Text(f"{len(customers)} x {len(sites)} 对", f"{len(customers)} x {len(sites)} pairs"),
                            Text(f"至多{MOST_NUMBERS}对", f"at most {MOST_NUMBERS} pairs"), Text("拆分文件", "split the file"))  # fmt: skip
    distance = np.full((len(customers), len(sites)), np.inf)
    row, column = {name: at for at, name in enumerate(customers)}, {name: at for at, name in enumerate(sites)}
    for (customer, site), length in pairs.items():
        distance[row[customer], column[site]] = length
    return distance


def _name_column(header: Record) -> str:
    return next(
        (c for c in header.cells if c in (NAME, CUSTOMER)), next((c for c in header.cells if c.upper() == NAME), NAME)
    )


def _weight_column(header: Record, taken: list[int], report: Report) -> int:
    """The column of weights: one that is named so, or the only one besides the name."""
    low = [cell.lower() for cell in header.cells]
    others = [place for place, cell in enumerate(low) if place not in taken and cell]
    named = [low.index(name) for name in WEIGHTS if name in low]
    if named or len(others) == 1:
        return (named or others)[0]
    raise report.refuse(header.line, DEMAND, Text("没有需求列", "no column of demand"), one_of(WEIGHTS),
                        Text("把需求所在的列改名为demand", "rename the column that holds the demand to demand"))  # fmt: skip


def _wrong_width(row: Record, width: int, report: Report) -> None:
    report.add(row.line, "row", Text(f"{len(row.cells)}个字段", f"{len(row.cells)} fields"), Text(f"{width}个字段", f"{width} fields"),
               Text("补齐或删去字段；含逗号的文字加引号", "add or remove fields; put quotes around a text with a comma"))  # fmt: skip


def _twice(row: Record, field: str, found: str, report: Report) -> None:
    report.add(
        row.line, field, found, Text("不重复的值", "each value once"), Text("删去其中一行", "remove one of the rows")
    )


def _check_names(places: Places, weights: dict[str, float], field: str, report: Report) -> None:
    for name in places.customers:
        if name not in weights:
            report.add(None, field, Text(f"没有“{name}”", f"no '{name}'"), Text("距离表中每个需求点一行", "a row for each customer of the distance table"),
                       did_you_mean(name, weights, Text("补上该行", "add its row")))  # fmt: skip
