"""What the guides tell people to type works as written, and says the same in both languages."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GUIDES = ("README.md", "README.zh-CN.md", "examples/planner-ci/README.md")
HEAVY_VERBS = {"optimize", "simulate", "run", "compare", "test"}
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def blocks(guide: str, language: str) -> list[str]:
    """Fenced blocks of one language, without their fences."""
    text = (ROOT / guide).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)


def commands(guide: str) -> list[str]:
    return [line.removeprefix("$ ") for block in blocks(guide, "console") for line in block.splitlines()]


def all_commands() -> list[tuple[str, str]]:
    """Every command once, with the guide it stands in; the translation repeats the first guide's."""
    return [(guide, command) for guide in GUIDES if guide != "README.zh-CN.md" for command in commands(guide)]


def is_heavy(command: str) -> bool:
    return command.split()[0] == "jiceng" and command.split()[1] in HEAVY_VERBS


QUICK = [pair for pair in all_commands() if pair[1].startswith("jiceng") and not is_heavy(pair[1])]
HEAVY = [pair for pair in all_commands() if is_heavy(pair[1])]
MAKE = [command for _, command in all_commands() if command.startswith("make")]


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """For each guide, a folder in which its commands are typed: its yaml blocks as files, or the example itself."""
    folders = {}
    for guide in GUIDES:
        folder = tmp_path_factory.mktemp("guide")
        for block in blocks(guide, "yaml"):
            write(folder / block.splitlines()[0].removeprefix("# "), block)
        for file in (ROOT / guide).parent.glob("scenarios/*.yaml"):
            write(folder / "scenarios" / file.name, file.read_text(encoding="utf-8"))
        folders[guide] = folder
    return folders


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def typed(command: str, folder: Path) -> subprocess.CompletedProcess:
    words = [sys.executable, "-c", "from jiceng.cli import main; main()", *shlex.split(command)[1:]]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(("guide", "command"), QUICK)
def test_quick_commands_work_as_written(places, guide, command):
    """Each command of the guides, typed in the order shown, leaves 0 and prints something."""
    done = typed(command, places[guide])
    assert (done.returncode, bool(done.stdout)) == (0, True), done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("guide", "command"), HEAVY)
def test_long_commands_work_as_written(places, guide, command):
    """Commands that plan or simulate leave 0, or 5 where a time limit ended the search on a slow machine."""
    done = typed(command, places[guide])
    assert done.returncode in ((0, 5) if "optimize" in command else (0,)), done.stderr


@pytest.mark.slow
def test_the_python_example_works_as_written(places):
    """The script of the guide, saved under its name and run, prints a plan, a page and an interval."""
    (script,) = blocks("README.md", "python")
    file = places["README.md"] / script.splitlines()[0].removeprefix("# ")
    write(file, script)
    done = subprocess.run([sys.executable, file.name], cwd=file.parent, capture_output=True, text=True, check=False,
                          encoding="utf-8", env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "page.html" in done.stdout


def test_make_targets_of_the_guide_exist():
    """Every make command of the guides has its target."""
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    prose = re.findall(r"`make ([a-z-]+)`", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert {*prose, *(command.split()[1] for command in MAKE)} <= {*targets}


def test_both_readmes_say_to_type_the_same():
    """Commands and files are the same in both languages, in the same order."""
    first, second = "README.md", "README.zh-CN.md"
    assert commands(first) == commands(second)
    assert blocks(first, "yaml") == blocks(second, "yaml")
    assert blocks(first, "python") == blocks(second, "python")
    assert len(re.findall("^## ", (ROOT / first).read_text("utf-8"), re.MULTILINE)) == len(
        re.findall("^## ", (ROOT / second).read_text("utf-8"), re.MULTILINE)
    )


@pytest.mark.parametrize("guide", [*GUIDES, "docs/README.md", "docs/windows.md", "docs/guide.zh.md"])
def test_links_lead_somewhere(guide):
    """No link of a guide points at a file that is not there."""
    path = ROOT / guide
    links = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if not link.startswith("https:")]
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_windows_runs_the_same_demo():
    """The demo that Windows users type is the one of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    scenarios = re.search(r"^DEMO := (.*)$", makefile, flags=re.MULTILINE)
    assert scenarios is not None
    assert f"run {scenarios[1]} --against equal-split" in (ROOT / "docs/windows.md").read_text(encoding="utf-8")
