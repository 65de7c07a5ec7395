"""Where scenarios and districts lie: shipped ones by name, a planner's own inside the project folder, nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from scenarios.district_files import district_names
from scenarios.problems import Refusal, did_you_mean, one_of
from scenarios.text import Text

LIBRARY = Path(__file__).parent / "library"
DATA = Path(__file__).parent / "data"
NAME = re.compile(r"[^\W_][\w.-]{0,79}")  # a letter or digit of any script, then letters, digits, . _ -
QUOTES = "“”‘’「」『』"  # YAML reads them as part of a text
_FOLDER = re.compile(r"[^\W_][\w.-]{0,79}(/[^\W_][\w.-]{0,79}){0,5}")


def shipped_scenarios() -> tuple[str, ...]:
    """Names of the scenarios in the library, sorted."""
    return tuple(sorted(path.stem for path in LIBRARY.glob("*.yaml")))


def project_folder(scenario: Path) -> Path:
    """The project that a scenario file belongs to: its folder, or the one above a folder called ``scenarios``."""
    folder = scenario.absolute().parent
    return folder.parent if folder.name == "scenarios" else folder


def scenario_path(name: str, folder: Path) -> Path:
    """The file of a scenario named from a file in ``folder``: beside it, or in the library. Raises Refusal."""
    stem = name.removesuffix(".yaml")
    if (bare := stem.strip(QUOTES)) != stem and NAME.fullmatch(bare):
        raise Refusal(
            Text("不带中文引号的方案名", "a name without Chinese quotes"), Text(f"写 {bare}", f"write {bare}")
        )
    if NAME.fullmatch(stem) is None or ".." in stem:
        raise _outside(Text("同文件夹中的方案名，或自带方案", "a scenario beside this file, or a shipped one"))
    for place in (folder, LIBRARY):
        path = place / f"{stem}.yaml"
        if path.is_file() and path.resolve().parent == place.resolve():
            return path
    known = sorted({*shipped_scenarios(), *(path.stem for path in folder.glob("*.yaml"))})
    listed = one_of(known)
    raise Refusal(
        Text(f"已有方案（未找到此名），{listed.zh}", f"a scenario that exists (not found), {listed.en}"),
        did_you_mean(stem, known, Text("改为已有的方案名", "name one of these")),
    )


def district_folder(name: str, project: Path) -> Path:
    """The folder of a district: inside the project, or shipped under that name. Raises Refusal."""
    if _FOLDER.fullmatch(name) is None or ".." in name:
        raise _outside(
            Text("自带的区名，或项目文件夹内的子文件夹", "a shipped district, or a folder inside the project")
        )
    own = project / name
    if own.is_dir():
        if project.resolve() not in own.resolve().parents:
            raise _outside(Text("项目文件夹内的子文件夹", "a folder inside the project folder"))
        return own
    if name in district_names():
        return DATA / name
    listed = one_of(district_names())
    raise Refusal(
        Text(f"已有的区（未找到此名），{listed.zh}", f"a district that exists (not found), {listed.en}"),
        did_you_mean(name, district_names(), Text("写区名，或把文件夹放进项目", "name one, or put its folder here")),
    )


def _outside(expected: Text) -> Refusal:
    return Refusal(
        Text(f"{expected.zh}（不得在方案文件夹之外）", f"{expected.en}, never outside the scenario folder"),
        Text("只写名称，不写路径、网址、~ 或 $", "write a plain name: no .., no absolute path, no URL, no ~ or $"),
    )
