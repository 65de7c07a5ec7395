"""Do the tests bite? Plants one bug after the other in a copy of the sources; the fast tests must turn red each time.

Run ``make mutants``, or ``python -m benchmarks.mutants WORD ...`` for the bugs whose name or file holds one of the words.
Exit code 1 when a bug survives, or when the tests are red without any; 2 when a bug no longer fits the sources.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.planted_bugs import BUGS, PlantedBug

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("scenarios", "optimize", "sim", "results", "jiceng", "tests", "pyproject.toml")
GREEN, RED = 0, 1  # of pytest; anything else means that no test has judged
SECONDS = 600


def misfits(bugs: tuple[PlantedBug, ...], root: Path = ROOT) -> list[str]:
    """The bugs whose text is not in its file exactly once, so that they would plant nothing or too much."""
    found = ((bug, _source(root / bug.file).count(bug.right)) for bug in bugs)
    return [
        f"{bug.file}: {bug.name}: found {count} times; expected once: {bug.right!r}"
        for bug, count in found
        if count != 1
    ]


def _source(file: Path) -> str:
    """The text of a source file; nothing when it is gone."""
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def main(words: list[str]) -> int:
    """Plant, test, print a line for each bug; gives the exit code."""
    bugs = tuple(bug for bug in BUGS if not words or any(word in bug.name or word in bug.file for word in words))
    if misfit := misfits(bugs):
        print(*misfit, sep="\n", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        tree = _copied(Path(folder) / "tree")
        tests = tuple(dict.fromkeys(name for bug in bugs for name in bug.tests))
        code, noticed = _tested(tree, tests)
        if code != GREEN:
            print(f"the tests are red without any bug: {noticed}", file=sys.stderr)
            return 1
        survivors = [bug.name for bug in bugs if not _caught(tree, bug)]
    print(
        f"{len(bugs) - len(survivors)} of {len(bugs)} planted bugs caught"
        + "".join(f"\nsurvived: {s}" for s in survivors)
    )
    return 1 if survivors else 0


def _copied(tree: Path) -> Path:
    """The sources and tests, in a folder of their own."""
    tree.mkdir()
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, tree / name)
    return tree


def _caught(tree: Path, bug: PlantedBug) -> bool:
    """Whether a test fails with the bug in; prints the line of the table and takes the bug out again."""
    file, began = tree / bug.file, perf_counter()
    sound = file.with_suffix(".sound")
    shutil.copy2(file, sound)
    file.write_text(file.read_text(encoding="utf-8").replace(bug.right, bug.wrong), encoding="utf-8")
    try:
        code, noticed = _tested(tree, bug.tests)
    finally:
        sound.replace(file)  # with its old time, so that code compiled from it is used again
    said = noticed if code == RED else "SURVIVED" if code == GREEN else f"BROKEN (pytest ended with {code})"
    print(f"{bug.name:55} {said} ({perf_counter() - began:.0f} s)", flush=True)
    return code == RED


def _tested(tree: Path, tests: tuple[str, ...]) -> tuple[int, str]:
    """Exit code of pytest in the copy, stopped at the first failure, and the test that failed."""
    own = {"HOME": str(tree.parent), "PYTHONDONTWRITEBYTECODE": "1"}  # compiled code must not outlive the copy
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", "not page and not slow", *tests],
        cwd=tree, env={**os.environ, **own}, capture_output=True, text=True, check=False, timeout=SECONDS,
    )  # fmt: skip
    failed = re.search(r"^(?:FAILED|ERROR) \S*?(\w+\.py::\S+|\S+)", done.stdout, flags=re.MULTILINE)
    return done.returncode, failed.group(1) if failed else done.stdout[-300:].strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
