"""From a scenario's choices to the district they make: tables read, mechanisms applied in catalogue order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from scenarios.building.builder import rebuild
from scenarios.district import District
from scenarios.district_files import read_district
from scenarios.mechanisms import CATALOGUE
from scenarios.mechanisms.catalogue import SettingConflict, Value
from scenarios.problems import Problem, ScenarioError, found_value
from scenarios.scenario_files import DATA, district_folder
from scenarios.text import Text


def base_district(name: str, project: Path, version: int | None, notices: list[Text] | None = None) -> District:
    """The district before any mechanism: as its tables stand, or with its synthetic part drawn anew.

    Doubts that do not stop the reading go to ``notices``.
    """
    folder = district_folder(name, project)
    if version is None:
        return read_district(folder, notices=notices)
    if folder != DATA / name:
        raise ScenarioError([_not_synthetic(name)])
    return rebuild(name, version)


def _not_synthetic(name: str) -> Problem:
    return Problem(
        name,
        None,
        "version",
        Text("项目自己的数据", "a district with tables of its own"),
        Text("自带的区（只有它含可重新生成的合成数据）", "a shipped district, whose synthetic part can be drawn anew"),
        Text("不指定版本", "leave the version out"),
    )


def assembled(
    district: District, mechanisms: Mapping[str, Mapping[str, Value]], origins: Mapping[str, str]
) -> District:
    """The district with the mechanisms, in the catalogue's order whatever the file's.

    Raises ScenarioError, with every conflict, when settings of one mechanism exclude each other.
    """
    problems: list[Problem] = []
    for entry in CATALOGUE.values():
        if entry.id not in mechanisms:
            continue
        settings = {**entry.defaults, **mechanisms[entry.id]}
        try:
            district = entry.apply(district, **settings)
        except SettingConflict as conflict:
            problems.append(_conflict(entry.id, settings, conflict, origins))
    if problems:
        raise ScenarioError(problems)
    return district


def _conflict(
    mechanism: str, settings: Mapping[str, Value], conflict: SettingConflict, origins: Mapping[str, str]
) -> Problem:
    field = f"mechanisms.{mechanism}.{conflict.field}"
    file, _, line = origins.get(field, origins.get(f"mechanisms.{mechanism}", ":1")).rpartition(":")
    return Problem(
        file,
        int(line),
        field,
        found_value(settings.get(conflict.field)),
        conflict.says,
        Text(f"修改 {conflict.field}", f"change {conflict.field}"),
    )
