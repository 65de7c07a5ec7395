"""A plan to files and back: the two doors. The suffix says which form a file has."""

from __future__ import annotations

from pathlib import Path

from jiceng.plan_files import workbook_reading, yaml_reading
from jiceng.plan_files.building import GivenPlan, plan_of
from jiceng.plan_files.layout import ALLOCATION, MONEY, STAFF, STANDING, STANDING_TEXT
from jiceng.plan_files.tables import Findings, Place
from jiceng.plan_files.workbook_writing import plan_workbook
from jiceng.plan_files.yaml_writing import yaml_text
from optimize.plan import Plan
from scenarios.district import District
from scenarios.problems import ScenarioError
from scenarios.reading.csv_writing import write_whole
from scenarios.text import Text

YAML_FILE, WORKBOOK_FILE = "plan.yaml", "plan.xlsx"


def write_plan_files(plan: Plan, district: District, folder: Path) -> tuple[Path, ...]:
    """Write the plan's decisions as YAML and as a workbook, each whole or not at all; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    text = folder / YAML_FILE
    write_whole(text, yaml_text(plan, district).encode("utf-8"))
    book = folder / WORKBOOK_FILE
    write_whole(book, plan_workbook(plan, district))
    return text, book


def read_plan(path: Path, district: District) -> GivenPlan:
    """The plan in a YAML file or workbook, for the district of a scenario; not yet audited.

    Raises ``ScenarioError`` with every mistake, each at its line or cell.
    """
    findings = Findings()
    if path.suffix.lower() in (".yaml", ".yml"):
        return plan_of(yaml_reading.read_tables(path, findings), (ALLOCATION, STANDING_TEXT), district, findings)
    if path.suffix.lower() == ".xlsx":
        return plan_of(workbook_reading.read_tables(path, findings), (MONEY, STAFF, STANDING), district, findings)
    findings.add(Place(path.name, None), "", path.suffix, Text(".yaml 或 .xlsx 文件", "a .yaml or .xlsx file"),
                 Text("另存为 .xlsx，或用导出的 plan.yaml", "save it as .xlsx, or use the exported plan.yaml"))  # fmt: skip
    raise ScenarioError(findings.problems)
