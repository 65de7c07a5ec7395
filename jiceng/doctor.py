"""Whether this machine can run everything: each check says what it found and what to do about it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata, resources
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from jiceng.answer import Answer, Grid
from jiceng.exit_codes import ExitCode
from scenarios.text import Text

PACKAGE = "jiceng"
LOCK = "requirements.lock"
PYTHON = (3, 11)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
FONT_FILES = ("msyh.ttc", "msyh.ttf", "simsun.ttc", "simhei.ttf", "PingFang.ttc", "STHeiti Light.ttc")
FONT_FOLDERS = (r"C:\Windows\Fonts", "/System/Library/Fonts", "/Library/Fonts")


@dataclass(frozen=True)
class Check:
    """One thing looked at. ``needed`` says whether anything fails without it; ``mend`` what to do if it is not well."""

    name: Text
    well: bool
    found: str
    mend: Text
    needed: bool = True


def doctor() -> Answer:
    """Every check; fails when something that is needed is not well."""
    checks = [check() for check in CHECKS]
    broken = [check for check in checks if check.needed and not check.well]
    header = (Text("检查", "check"), Text("结果", "result"), Text("情况", "found"), Text("怎么办", "what to do"))
    rows = tuple((check.name, _mark(check), check.found, Text("", "") if check.well else check.mend)
                 for check in checks)  # fmt: skip
    total = Text(f"{len(broken)} 项必须处理。", f"{len(broken)} must be mended.") if broken else Text(
        "可以正常使用。", "Everything needed is well.")  # fmt: skip
    code = ExitCode.EXPECTATION_FAILED if broken else ExitCode.DONE
    data = {"well": not broken, "checks": [asdict(check) for check in checks]}
    return Answer(data=data, says=(Grid(header=header, rows=rows), total), code=code)


def python_check() -> Check:
    """Python is recent enough."""
    found = ".".join(map(str, sys.version_info[:3]))
    mend = Text("安装 Python 3.11 或更高版本", "install Python 3.11 or later")
    return Check(Text("Python版本", "Python"), sys.version_info >= PYTHON, found, mend)


def packages_check() -> Check:
    """The installed packages are those of the lock file, or fit the package's own bounds where there is none."""
    wrong = list(_wrong_packages(_requirements()))
    found = "; ".join(wrong) or "-"
    mend = Text(f"在项目文件夹中运行 pip install --require-hashes -r {LOCK}",
                f"in the project's folder run: pip install --require-hashes -r {LOCK}")  # fmt: skip
    return Check(Text("依赖包与锁定文件一致", "packages as locked"), not wrong, found, mend)


def font_check() -> Check:
    """Some font with Chinese characters, for pages opened on this machine."""
    found = _chinese_font()
    mend = Text("安装中文字体，如 Noto Sans CJK（Debian：apt-get install fonts-noto-cjk）",
                "install a Chinese font such as Noto Sans CJK (Debian: apt-get install fonts-noto-cjk)")  # fmt: skip
    return Check(Text("中文字体", "Chinese font"), found is not None, found or "-", mend, needed=False)


def folder_check() -> Check:
    """Results can be written below the current folder."""
    name = Text("当前文件夹可写", "current folder can be written")
    mend = Text("换到有写入权限的文件夹，或用 --out 指定位置", "go to a folder you may write, or give one with --out")
    try:
        with tempfile.TemporaryFile(dir=Path.cwd()):
            return Check(name, True, str(Path.cwd()), mend)
    except OSError as error:
        return Check(name, False, f"{Path.cwd()}: {error.strerror}", mend)


def chromium_check() -> Check:
    """A browser for the tests of the page; not needed to use the program."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    mend = Text("可选：只有测试页面时需要", "optional: only the tests of the page need it")
    return Check(Text("Chromium浏览器", "Chromium"), found is not None, found or "-", mend, needed=False)


def solver_check() -> Check:
    """The solver finds the answer of a model with one row: the least x with x >= 1 is 1."""
    name = Text("求解器HiGHS", "solver HiGHS")
    mend = Text("重新安装 highspy 和 pulp", "install highspy and pulp again")
    try:
        found = _solved_row()
    except (ImportError, OSError, RuntimeError, AttributeError) as error:
        return Check(name, False, f"{type(error).__name__}: {error}", mend)
    return Check(name, found == "optimal 1", found, mend)


def cache_check() -> Check:
    """Compiled code can be kept, so that only the first run has to wait for the compiler."""
    name = Text("编译缓存文件夹", "folder for compiled code")
    mend = Text("给主文件夹下的 .cache 写入权限", "make .cache in the home folder writable")
    try:
        from sim.kernels import CACHE_FOLDER

        with tempfile.TemporaryFile(dir=CACHE_FOLDER):
            return Check(name, True, str(CACHE_FOLDER), mend)
    except (ImportError, OSError) as error:
        return Check(name, False, f"{type(error).__name__}: {error}", mend)


CHECKS: tuple[Callable[[], Check], ...] = (
    python_check,
    packages_check,
    solver_check,
    cache_check,
    folder_check,
    font_check,
    chromium_check,
)


def _mark(check: Check) -> Text:
    if check.well:
        return Text("正常", "well")
    return Text("必须处理", "to mend") if check.needed else Text("可选", "optional")


def _requirements() -> list[str]:
    """Lines ``name==version ; marker`` of the lock file in the package or the checkout, else the package's own bounds."""
    packaged = resources.files(PACKAGE) / LOCK
    beside = Path(__file__).parent.parent / LOCK
    if packaged.is_file():
        text = packaged.read_text(encoding="utf-8")
    elif beside.is_file():
        text = beside.read_text(encoding="utf-8")
    else:
        return list(metadata.requires(PACKAGE) or [])
    lines = (line.rstrip("\\").strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith(("#", "--"))]


def _wrong_packages(requirements: list[str]) -> Iterator[str]:
    """What is missing or has another version, one phrase a package."""
    for line in requirements:
        try:
            wanted = Requirement(line)
        except InvalidRequirement:
            continue
        if wanted.marker is not None and not wanted.marker.evaluate():
            continue
        try:
            version = metadata.version(wanted.name)
        except metadata.PackageNotFoundError:
            yield f"{wanted.name} -"
            continue
        if not wanted.specifier.contains(version, prereleases=True):
            yield f"{wanted.name} {version} ({wanted.specifier})"


def _solved_row() -> str:
    """Status and value of the one-row model; imported here, so that the other checks run without the solver."""
    from optimize.plan import Limits
    from optimize.program import Program, linear
    from optimize.solver import Search

    program = Program()
    x = program.variable(0.0, 2.0)
    program.at_least([(x, 1.0)], 1.0)
    answer = Search(program).minimise(linear([(x, 1.0)]), Limits())
    return f"{answer.status} {answer.value:g}"


def _chinese_font() -> str | None:
    """The name or file of a font with Chinese characters, if one is found."""
    files = (Path(folder) / name for folder in FONT_FOLDERS for name in FONT_FILES)
    for file in files:
        if file.is_file():
            return str(file)
    lister = shutil.which("fc-list")
    if lister is None:
        return None
    listed = subprocess.run([lister, ":lang=zh", "family"], capture_output=True, text=True, check=False, timeout=20)
    names = sorted(listed.stdout.splitlines())
    return names[0] if names else None
