"""The wheel holds everything that runs need, and works away from the checkout."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("scenarios", "optimize", "sim", "results", "jiceng")
DATA_SUFFIXES = {".yaml", ".csv", ".html", ".css", ".js", ".json", ".j2", ".svg"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built once without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The command of an environment that has the wheel, and the dependencies of this one but not its checkout."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    paths = {"base": str(folder), "platbase": str(folder), "installed_base": str(folder)}
    site = Path(sysconfig.get_path("purelib", scheme="venv", vars=paths))
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    # A folder named in a .pth file gives its packages, but its own .pth files, such as an editable checkout, are not read.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return scripts / "jiceng"


def run(command, *words, folder):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST"))}
    return subprocess.run([str(command), *words], cwd=folder, env=clean, capture_output=True, text=True, encoding="utf-8",
                          check=False)  # fmt: skip


def test_the_wheel_holds_every_file_of_the_rooms(wheel):
    """No module, template, table or scenario is left out; nothing else is packed."""
    tracked = subprocess.run(["git", "ls-files", *ROOMS], cwd=ROOT, capture_output=True, text=True, check=True)
    expected = {line for line in tracked.stdout.splitlines() if Path(line).suffix in {".py", *DATA_SUFFIXES}}
    packed = set(zipfile.ZipFile(wheel).namelist())
    assert expected - packed == set()
    assert {name.split("/")[0] for name in packed} <= {*ROOMS, f"{wheel.name.rsplit('-', 3)[0]}.dist-info"}
    assert any(name.startswith("results/") for name in packed)


def test_the_wheel_asks_never_to_be_published(wheel):
    """It is an application: its classifier keeps it off the public index."""
    archive = zipfile.ZipFile(wheel)
    (name,) = (name for name in archive.namelist() if name.endswith("METADATA"))
    assert "Private :: Do Not Upload" in archive.read(name).decode()


def test_the_installed_command_reads_shipped_scenarios(installed, tmp_path):
    """Shipped scenarios and their district are found by name, from the wheel and not from the checkout."""
    done = run(installed, "show", "equal-split", "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert str(ROOT) + os.sep not in done.stdout
    assert run(installed, "validate", "equal-split", folder=tmp_path).returncode == 0


def test_the_installed_command_runs_a_shipped_scenario(installed, tmp_path):
    """A run away from the checkout plans, simulates, and writes its page."""
    done = run(installed, "run", "matched-mandated", "--against", "equal-split", "--futures", "1", "--replications", "1",
               "--months", "12", "--json", "--out", "out", folder=tmp_path)  # fmt: skip
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (tmp_path / answer["page"]).read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html")
    assert answer["manifest"]
