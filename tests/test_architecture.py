"""The building plan, kept true: imports point left, one home per library, small documented files, plain names."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("scenarios", "optimize", "sim", "results", "jiceng")  # each may import itself and what stands before it
LONGEST_FILE = 400
HOMES = {
    "pulp": ["optimize/*"],
    "highspy": ["optimize/solver.py", "optimize/region/relaxation.py"],
    "numba": ["sim/kernels.py"],
    "mesa": ["sim/model.py", "sim/agents.py", "sim/residents.py"],
    "plotly": ["results/charts*.py", "results/page*.py"],
    "typer": ["jiceng/cli*.py"],
    "rich": ["jiceng/cli*.py"],
    "ruamel": ["scenarios/*"],
    "pydantic": ["scenarios/*"],
    "pydantic_core": ["scenarios/*"],
    "pyarrow": ["results/*"],
    "jinja2": ["results/*"],
    "xlsxwriter": ["scenarios/reading/workbook_writing.py"],
    "openpyxl": ["scenarios/reading/workbook_reading.py"],
    "defusedxml": ["scenarios/reading/workbook_reading.py"],
}
CATCH_ALL_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "stuff"}
# Words about how the code came to be, written so that this file does not hold them itself.
FOREIGN_WORDS = ["chat" + "gpt", "clau" + "de", "anthro" + "pic", "large language " + "model", "as an " + "ai",
                 "this " + "session", "/wo" + "rk/", "shar" + "ed/", "the lea" + "d said"]  # fmt: skip

SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
PYTHON = [*SOURCES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "benchmarks").rglob("*.py"))]
WRITTEN = [
    path
    for path in sorted(ROOT.rglob("*"))
    if path.suffix in {".py", ".md", ".yaml", ".yml", ".toml", ".html", ".css", ".js"} or path.name == "Makefile"
    if path.is_file() and not {".venv", "runs", ".git", "dist"} & {*path.relative_to(ROOT).parts}
]


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of every module that a file imports, wherever in the file it does."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module


def test_imports_point_left():
    """A room knows only the rooms that stand before it."""
    wrong = [
        f"{short(path)}:{line}: {name}"
        for path in SOURCES
        for line, name in imported(path)
        if name.partition(".")[0] in {*ROOMS, "tests", "benchmarks"} - set(rooms_known_to(path))
    ]
    assert wrong == []


def rooms_known_to(path: Path) -> tuple[str, ...]:
    return ROOMS[: ROOMS.index(path.relative_to(ROOT).parts[0]) + 1]


def test_every_library_has_one_home():
    """The next major version of a library changes one place."""
    wrong = [
        f"{short(path)}:{line}: {name}"
        for path in SOURCES
        for line, name in imported(path)
        if not any(fnmatch(short(path), home) for home in HOMES.get(name.partition(".")[0], ["*"]))
    ]
    assert wrong == []


def test_imports_are_absolute():
    """A module goes by one name everywhere."""
    nodes = [(path, node) for path in SOURCES for node in ast.walk(tree_of(path)) if isinstance(node, ast.ImportFrom)]
    assert [f"{short(path)}:{node.lineno}" for path, node in nodes if node.level] == []


def test_a_file_holds_one_idea():
    """No file is longer than 400 lines, and none has a name for whatever was left over."""
    lengths = {short(path): len(path.read_text(encoding="utf-8").splitlines()) for path in PYTHON}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}
    assert [short(path) for path in PYTHON if path.stem in CATCH_ALL_NAMES] == []


def test_what_is_public_says_what_it_is():
    """Every module, and every public class and function in it, has a docstring."""
    missing = [
        f"{short(path)}:{getattr(node, 'lineno', 1)}"
        for path in SOURCES
        for node in documented(tree_of(path))
        if not ast.get_docstring(node)
    ]
    assert missing == []


def documented(module: ast.Module) -> Iterator[ast.Module | ast.ClassDef | ast.FunctionDef]:
    yield module
    yield from public(module)


def public(node: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    """Public classes and functions of a module, and public methods of public classes."""
    for child in node.body:
        if isinstance(child, ast.ClassDef | ast.FunctionDef) and not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from public(child)


def test_the_project_speaks_of_itself_alone():
    """No word of how the text came to be, and no path of the machine it was written on."""
    patterns = [re.compile(rf"(?<!\w){re.escape(word)}") for word in FOREIGN_WORDS]
    texts = {short(path): path.read_text(encoding="utf-8").lower() for path in WRITTEN}
    assert [(path, found[0]) for path, text in texts.items() for p in patterns if (found := p.search(text))] == []


def test_top_level_names_are_ours():
    """No other installed distribution provides a package of the same name as one of our rooms."""
    owners = metadata.packages_distributions()
    assert {room: owner for room in ROOMS if (owner := set(owners.get(room, ["jiceng"]))) != {"jiceng"}} == {}


def test_tests_are_no_package():
    """Other people's wheels install a package called tests; ours must never meet it."""
    assert not (ROOT / "tests" / "__init__.py").exists()


def test_git_keeps_the_results_package():
    """A package that git ignores would be left out of the wheel without a word."""
    ignored = [line.strip("/ ") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()]
    assert not set(ROOMS) & set(ignored)
