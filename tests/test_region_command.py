"""The verb for regions: one JSON object with every county, files for a spreadsheet, exit codes."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from jiceng.cli_region import optimize_region
from jiceng.exit_codes import ExitCode
from jiceng.study import workers_pool
from optimize import audit
from optimize.region import plan_region, sites_wanted
from optimize.region.workers import run_all
from scenarios.region_files import load_region
from tests.region_folder import SETTINGS, write_region


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A region of two small counties."""
    return write_region(tmp_path / "toy")


def test_answer_and_files_agree(toy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON object, the table of shares and the counties' folders tell the same plan."""
    out = tmp_path / "out"
    code = optimize_region(str(toy), out=out, workers=1, as_json=True, lang="en")
    told = json.loads(capsys.readouterr().out)
    assert (code, told["exit_code"], told["status"]) == (0, 0, "optimal")
    assert told["bound"] <= told["value"] <= told["bound"] * 1.005
    assert told["gap"] <= 0.005
    assert json.loads((out / "region.json").read_text(encoding="utf-8"))["value"] == told["value"]
    table = pd.read_csv(out / "counties.csv", encoding="utf-8-sig", dtype={"code": str})
    assert table["code"].tolist() == ["990101", "990102"] == [row["code"] for row in told["counties"]]
    assert table["grant_yuan"].sum() <= 300_000
    assert (table["grant_yuan"] <= table["own_yuan"]).all()
    for row in told["counties"]:
        granted = pd.read_csv(out / row["code"] / "allocation.csv", encoding="utf-8-sig")["granted_yuan"].sum()
        assert granted <= row["own_yuan"] + row["grant_yuan"] + 1e-6


def test_people_read_a_table(toy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In either language: every county by name, the gap, and what one more yuan of grants is worth."""
    optimize_region(str(toy), out=tmp_path / "out", workers=1)
    shown = capsys.readouterr().out
    assert all(word in shown for word in ("示例一县", "示例二县", "差距", "多一元补助"))


def test_mistakes_end_with_their_code(toy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A region that is none is refused; one whose floors cannot be paid has no plan; nothing is written."""
    assert optimize_region("nowhere", out=tmp_path / "a", workers=1, as_json=True) == ExitCode.INPUT_REFUSED
    dear = SETTINGS.replace("cap_yuan", "floor_yuan: 399999\n  cap_yuan")
    (toy / "region.yaml").write_text(dear, encoding="utf-8")
    assert optimize_region(str(toy), out=tmp_path / "a", workers=1, as_json=True) == ExitCode.NO_PLAN
    assert not (tmp_path / "a").exists()
    assert "保底" in capsys.readouterr().err


def test_a_gap_that_is_not_met_is_not_done(toy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plan above the gap asked for is feasible, never optimal, and the command says incomplete."""
    code = optimize_region(str(toy), out=tmp_path / "out", gap=1e-12, workers=1, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert (code, told["status"]) == (ExitCode.INCOMPLETE, "feasible")


def test_shipped_city_plans_for_one_year(tmp_path: Path) -> None:
    """Three counties of the shipped city, over any executor: proven, audited, progress told."""
    whole = load_region("tonghua")
    region = whole.with_changes(
        years=1, counties=whole.counties[:2], pool_fen=10**9, officials=10, capital_fen=3 * 10**8
    )
    told: list[tuple[str, int, int]] = []
    with ThreadPoolExecutor(2) as executor:
        plan = plan_region(region, executor=executor, progress=lambda *step: told.append(step))
    assert plan.gap <= 0.005
    for county, result in zip(region.counties, plan.counties, strict=True):
        assert audit(region.district(county, result.share), result.plan) == []
    assert {step[0] for step in told} == {"prices", "plan"}
    assert told[-1] == ("plan", 2, 2)
    wanted = sites_wanted(region, plan)
    assert sum(wanted.values()) > plan.sites_built


def test_tasks_come_back_in_order() -> None:
    """Results are in the order of the tasks, although the largest is begun first; a task's error is not lost."""
    with ThreadPoolExecutor(2) as executor:
        assert run_all(pow, [(2, n) for n in range(6)], [3, 1, 2, 9, 5, 4], executor) == [1, 2, 4, 8, 16, 32]
        with pytest.raises(ZeroDivisionError):
            run_all(pow, [(0, -1)], [1], executor)


@pytest.mark.slow
def test_tonghua_is_proven() -> None:
    """The city of 1,173 communities over three years: gap at most half a percent, every county plan audited."""
    region = load_region("tonghua")
    with workers_pool(os.cpu_count() or 1) as executor:
        plan = plan_region(region, executor=executor)
    assert plan.status == "optimal"
    assert plan.gap <= 0.005
    for county, result in zip(region.counties, plan.counties, strict=True):
        assert audit(region.district(county, result.share), result.plan) == []
