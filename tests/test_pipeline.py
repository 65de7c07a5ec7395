from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from jiceng import pipeline
from jiceng.planning import USUAL, plan_for
from jiceng.study import Failure, Policy, Study, run_study, workers_pool
from optimize import make_plan
from scenarios.building.alike import identical_district
from scenarios.building.builder import small_district, small_recipe
from scenarios.district import ServiceFund
from scenarios.district_files import write_district
from scenarios.loader import load_scenario
from sim.futures import NOMINAL, sample_futures

SIZE = "simulation: {months: 12, warm_up: 3, futures: 2, replications: 2, seed: 7}\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A planner's project: a small district of their own and three scenario files."""
    folder = tmp_path_factory.mktemp("project")
    write_district(small_district(6, seed=5, residents=3600), folder / "data" / "small")
    (folder / "project.yaml").write_text("schema: 1\n", encoding="utf-8")
    files = folder / "scenarios"
    files.mkdir()
    own = "schema: 1\nname: {zh: 基准, en: base}\ndistrict: data/small\n" + SIZE
    (files / "base.yaml").write_text(
        own + "mechanisms:\n  service_fund: {amount: 20 万元/community/年}\n", encoding="utf-8"
    )
    child = "schema: 1\nname: {zh: 方案, en: other}\nextends: base\nmechanisms:\n"
    (files / "mandated.yaml").write_text(child + "  matched_funding: {mode: mandated}\n", encoding="utf-8")
    (files / "posts.yaml").write_text(child + "  deputy_secretaries: {per_community: 1}\n", encoding="utf-8")
    return folder


def loaded(project: Path, *names: str):
    return [load_scenario(str(project / "scenarios" / f"{name}.yaml")) for name in names]


def table_hashes(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.glob("*.parquet"))}


def test_a_run_again_and_with_other_workers_gives_identical_tables(project, tmp_path):
    """The same scenarios give the same bytes in every table, whatever the number of worker processes."""
    scenarios = loaded(project, "base", "posts")
    for name, workers in (("one", 1), ("two", 2), ("again", 2)):
        pipeline.run(scenarios, against="base", out=tmp_path / name, workers=workers)
    first = table_hashes(tmp_path / "one")
    assert len(first) >= 8
    assert first == table_hashes(tmp_path / "two") == table_hashes(tmp_path / "again")


def test_the_manifest_is_a_birth_certificate(project, tmp_path):
    """Status, gap, input hashes, versions and output hashes are in the manifest, and the page is named."""
    report = pipeline.run(loaded(project, "base", "mandated"), against="base", out=tmp_path / "run", workers=1)
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["status"] == "optimal"
    assert 0 <= manifest["gap"] <= 0.005
    assert {"scenarios/base.yaml", "data/small/communities.csv"} <= set(manifest["inputs"])
    assert manifest["outputs"]
    assert report.page == tmp_path / "run" / "page.html"
    assert report.page.is_file()
    assert set(report.timings) == {"plan", "simulate", "compare", "page", "store"}


def test_mandated_match_and_equal_split_differ_in_who_pays_and_in_nothing_else(project, tmp_path):
    """City and district each pay half of the same fund: every other metric differs by exactly zero."""
    report = pipeline.run(loaded(project, "base", "mandated"), against="base", out=tmp_path / "run", workers=1)
    contrasts = report.comparison.contrasts["mandated"]
    ledgers = {"service_paid_by_city", "service_paid_by_district"}
    assert {name for name, c in contrasts.items() if c.difference.mean != 0 or c.difference.sd != 0} == ledgers
    assert contrasts["service_paid_by_city"].difference.mean == -contrasts["service_paid_by_district"].difference.mean


def test_policies_are_compared_at_equal_consolidated_outlay(project):
    """A policy that pays for posts gets so much less fund that the outlay is the baseline's, to a yuan a community."""
    base, posts = loaded(project, "base", "posts")
    target = plan_for(base).outlay_fen
    report = plan_for(posts, target_fen=target)
    assert abs(report.outlay_fen - target) <= 100 * 6
    assert report.plan.lump_fen.sum() < plan_for(base).plan.lump_fen.sum()
    assert report.plan.posts.sum() > 0


def test_identical_communities_show_no_difference_between_splits():
    """Negative control: where all communities are alike, every way to split the money gives the same outcome."""
    alike = identical_district(small_recipe(4, residents=1600))
    pool = 4 * 20_000_000
    fund = ServiceFund(mode="free", pool_fen=pool, floor_fen=(0,) * 4, cap_fen=pool)
    district = alike.with_changes(service_fund=fund)
    plans = {name: make_plan(district, method=name) for name in ("equal_split", "per_head", "needs_formula")}
    lumps = [plan.lump_fen for plan in plans.values()]
    assert all(np.array_equal(lump, lumps[0]) for lump in lumps)
    policies = tuple(Policy(name, district, plan) for name, plan in plans.items())
    study = Study(base=alike, policies=policies, futures=(NOMINAL,), replications=2, seed=1, months=12, warm_up=0)
    by_replication = {}
    for found in run_study(study).outcomes:
        by_replication.setdefault(found.replication, []).append(found.monthly)
    assert all(np.array_equal(one, runs[0]) for runs in by_replication.values() for one in runs)


def test_a_failed_task_is_a_row(project):
    """A task that breaks is reported with its future and reason; the others are finished."""
    district = small_district(4, seed=2, residents=800)
    fund = ServiceFund(entitlement_fen=(10_000_000,) * 4)
    good = district.with_changes(service_fund=fund)
    plan = make_plan(good, method="equal_split")
    broken = plan.with_changes(communities=("x",) * 4)
    study = Study(base=district, policies=(Policy("broken", good, broken),), futures=sample_futures(2, 1),
                  replications=1, seed=1, months=1, warm_up=0)  # fmt: skip
    report = run_study(study)
    assert report.outcomes == ()
    assert [type(failure) for failure in report.failures] == [Failure, Failure]
    assert "disagree on communities" in report.failures[0].reason


def test_yearly_replanning_plans_from_the_state_reached():
    """With re-planning every January decides anew, in the same luck, and the plan gap keeps the first promise."""
    district = small_district(6, seed=5, residents=3600)
    pool = 6 * 20_000_000
    fund = ServiceFund(mode="free", pool_fen=pool, floor_fen=(0,) * 6, cap_fen=pool)
    own = district.with_changes(service_fund=fund)
    plan = make_plan(own)
    policies = tuple(Policy(name, own, plan, replan=replan, asked={**USUAL, "goals": ("worst_tenth", "needs_met")})
                     for name, replan in (("once", False), ("yearly", True)))  # fmt: skip
    study = Study(base=district, policies=policies, futures=(NOMINAL,), replications=1, seed=1, months=30, warm_up=0)
    once, yearly = run_study(study).outcomes
    assert np.array_equal(once.monthly[:12], yearly.monthly[:12])
    assert not np.array_equal(once.monthly[12:], yearly.monthly[12:])
    assert np.array_equal(once.flow("needs"), yearly.flow("needs"))
    assert np.array_equal(once.promised_met, yearly.promised_met)


def test_a_pool_and_one_process_agree(project):
    """Outcomes come in the order of the tasks, bit-equal, from a pool or from this process."""
    district = small_district(4, seed=2, residents=800)
    good = district.with_changes(service_fund=ServiceFund(entitlement_fen=(10_000_000,) * 4))
    study = Study(base=district, policies=(Policy("a", good, make_plan(good, method="equal_split")),),
                  futures=sample_futures(3, 1), replications=1, seed=1, months=3, warm_up=1)  # fmt: skip
    with workers_pool(2) as pool:
        spread = run_study(study, executor=pool).outcomes
    alone = run_study(study).outcomes
    assert [o.future for o in spread] == [1, 2, 3]
    assert all(np.array_equal(a.monthly, b.monthly) for a, b in zip(spread, alone, strict=True))
