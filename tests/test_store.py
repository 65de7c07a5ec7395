"""A stored run is whole, unchanged, or refused by the name of the file at fault."""

from __future__ import annotations

import hashlib
import json
import os
import random
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from results import store
from results.certificate import birth_certificate, inputs_digest
from results.store import StorageError, outcome_tables, plan_tables, read_run, write_run
from sim.outcome import FLOWS
from tests import fabricated


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    place = fabricated.district(12)
    plans = {policy: fabricated.plan(place, policy) for policy in ("equal-split", "first-secretaries")}
    return {**outcome_tables(fabricated.study(place, futures=2, replications=1)), **plan_tables(plans)}


TEXTS = {"resolved/equal-split.yaml": "name: 平均分配\n", "page.html": "<!doctype html>"}


def _digests(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(folder.rglob("*")) if p.is_file()}  # fmt: skip


def test_what_is_written_is_read_back(tmp_path: Path, tables: dict[str, pd.DataFrame]) -> None:
    """A run read back equals the run written."""
    manifest = write_run(tmp_path / "一", tables=tables, texts=TEXTS, manifest={"seed": 1})
    run = read_run(tmp_path / "一")
    assert run.manifest == manifest
    assert run.texts == TEXTS
    for name, table in tables.items():
        pd.testing.assert_frame_equal(run.tables[name], table, check_dtype=False)
    assert [p.name for p in tmp_path.iterdir()] == ["一"]


def test_equal_runs_are_equal_bytes(tmp_path: Path, tables: dict[str, pd.DataFrame]) -> None:
    """Equal inputs give equal bytes, in whatever order the runs were made."""
    place = fabricated.district(12)
    runs = fabricated.study(place, futures=2, replications=1)
    random.Random(2).shuffle(runs)
    write_run(tmp_path / "a", tables=outcome_tables(runs), texts={}, manifest={})
    again = {name: table.copy() for name, table in tables.items() if not name.startswith("plan")}
    write_run(tmp_path / "b", tables=again, texts={}, manifest={})
    assert _digests(tmp_path / "a") == _digests(tmp_path / "b")


def test_every_flipped_bit_and_cut_is_found(tmp_path: Path, tables: dict[str, pd.DataFrame]) -> None:
    """A flipped bit or a cut anywhere in a run is found and its file named."""
    folder = tmp_path / "run"
    write_run(folder, tables=tables, texts=TEXTS, manifest={"seed": 1})
    dice = random.Random(11)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        whole = path.read_bytes()
        for trial in range(6):
            damaged = bytearray(whole)
            damaged[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
            path.write_bytes(bytes(damaged) if trial % 3 else whole[: dice.randrange(len(whole))])
            with pytest.raises(StorageError, match=path.name):
                read_run(folder)
        path.unlink()
        with pytest.raises(StorageError, match=path.name):
            read_run(folder)
        path.write_bytes(whole)
    read_run(folder)


def test_a_failed_write_leaves_the_old_run(tmp_path: Path, tables: dict[str, pd.DataFrame],
                                           monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """Whichever step of writing fails, the old run stays and no half run is left."""
    folder = tmp_path / "run"
    few = {name: tables[name] for name in ("metrics", "plan_goals")}
    write_run(folder, tables=few, texts={}, manifest={"take": 1})
    before = _digests(folder)
    calls = {"left": 0}

    def failing(path: Path) -> None:
        calls["left"] -= 1
        if calls["left"] < 0:
            raise OSError(28, "No space left on device", str(path))

    for step in range(6):
        calls["left"] = step
        monkeypatch.setattr(store, "_flush", failing)
        with pytest.raises(StorageError, match="No space left"):
            write_run(folder, tables=few, texts=TEXTS, manifest={"take": 2})
        monkeypatch.undo()
        assert _digests(folder) == before
        assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_a_replacement_cut_between_its_renames_is_recovered(tmp_path: Path, tables: dict[str, pd.DataFrame]) -> None:
    """A run killed between the two renames of a replacement is put back when opened."""
    folder = tmp_path / "run"
    write_run(folder, tables={"metrics": tables["metrics"]}, texts={}, manifest={"take": 1})
    folder.rename(tmp_path / ".run.previous")
    assert read_run(folder).manifest["take"] == 1


def test_a_run_replaces_a_run_and_nothing_else(tmp_path: Path, tables: dict[str, pd.DataFrame]) -> None:
    """An earlier run is replaced; a folder that is no run is refused and stays."""
    few = {"metrics": tables["metrics"]}
    write_run(tmp_path / "run", tables=few, texts={"old.txt": "old"}, manifest={"take": 1})
    write_run(tmp_path / "run", tables=few, texts={}, manifest={"take": 2})
    assert read_run(tmp_path / "run").manifest["take"] == 2
    assert not (tmp_path / "run" / "old.txt").exists()
    foreign = tmp_path / "thesis"
    foreign.mkdir()
    (foreign / "chapter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StorageError, match="不是运行结果"):
        write_run(foreign, tables=few, texts={}, manifest={})
    assert (foreign / "chapter.txt").read_text(encoding="utf-8") == "mine"


def test_a_second_writer_is_told_who_writes(tmp_path: Path, tables: dict[str, pd.DataFrame]) -> None:
    """A living writer's lock refuses a second one by process number; a dead writer's lock is taken over."""
    few = {"metrics": tables["metrics"]}
    lock = tmp_path / ".run.lock"
    lock.write_text(f"{socket.gethostname()} {os.getpid()}", encoding="utf-8")
    with pytest.raises(StorageError, match=str(os.getpid())):
        write_run(tmp_path / "run", tables=few, texts={}, manifest={})
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    lock.write_text(f"{socket.gethostname()} {int(dead.stdout)}", encoding="utf-8")
    write_run(tmp_path / "run", tables=few, texts={}, manifest={})
    assert not lock.exists()


@pytest.mark.parametrize("name", ["../escape.txt", "/etc/escape.txt", "manifest.json", ""])
def test_no_text_leaves_the_folder(tmp_path: Path, name: str) -> None:
    """A text cannot be written outside its run, nor over the manifest."""
    with pytest.raises(ValueError, match="inside a run"):
        write_run(tmp_path / "run", tables={}, texts={name: ""}, manifest={})
    assert not (tmp_path / "run").exists()


def test_tables_add_up_to_the_outcome(tables: dict[str, pd.DataFrame]) -> None:
    """Years sum to months, communities to the district, and every flow has its column."""
    years, months = tables["community_years"], tables["district_months"]
    assert set(FLOWS) <= set(years.columns)
    for flow in ("needs", "fen_in", "solved"):
        assert years[flow].sum() == months[flow].sum()
    last = months[months["month"] == 12].groupby(["policy", "future", "year"])["satisfaction"].sum()
    assert years.groupby(["policy", "future", "year"])["satisfaction"].sum().tolist() == last.tolist()


def test_the_certificate_says_what_made_the_run() -> None:
    """The certificate names inputs by hash, versions, machine, seed, status, bound and gap."""
    place = fabricated.district(12)
    made = birth_certificate(inputs={"a.yaml": b"x"}, plans={"p": fabricated.plan(place, "equal-split")}, seed=5, futures=2,
                             replications=1, started=datetime.now(UTC), runs_planned=4, runs_done=3)  # fmt: skip
    json.dumps(made, allow_nan=False)
    assert made["inputs"]["a.yaml"] == hashlib.sha256(b"x").hexdigest()
    assert made["plans"]["p"]["goals"][0]["bound"] == 0.653
    assert made["runs"]["complete"] is False
    assert made["program"]["packages"]["highspy"]
    assert inputs_digest({"a": b"x", "b": b"y"}) != inputs_digest({"a": b"y", "b": b"x"})
