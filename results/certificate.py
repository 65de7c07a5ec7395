"""The birth certificate of a run: what went in, what computed it, and how it ended. One flat, sorted manifest."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib import metadata
from math import isfinite
from pathlib import Path
from typing import Any

from optimize.plan import Plan

PACKAGES = ("jiceng", "highspy", "pulp", "mesa", "numba", "numpy", "pandas", "plotly", "pyarrow", "scipy")


def birth_certificate(*, inputs: Mapping[str, bytes], plans: Mapping[str, Plan], seed: int, futures: int,
                      replications: int, started: datetime, runs_planned: int, runs_done: int,
                      command: Sequence[str] = (), more: Mapping[str, Any] | None = None) -> dict[str, Any]:  # fmt: skip
    """The manifest of a run, to be completed with the outputs' hashes by :func:`results.store.write_run`.

    ``inputs`` maps the name of every file read to its bytes; ``more`` adds fields such as solver options.
    """
    return {
        **(more or {}),
        "inputs": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(inputs.items())},
        "inputs_sha256": inputs_digest(inputs),
        "program": _program(),
        "machine": _machine(),
        "seed": seed,
        "futures": futures,
        "replications": replications,
        "runs": {"planned": runs_planned, "done": runs_done, "complete": runs_done >= runs_planned},
        "plans": {policy: _plan_status(plan) for policy, plan in sorted(plans.items())},
        "command": list(command),
        "started": started.astimezone(UTC).isoformat(timespec="seconds"),
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def inputs_digest(inputs: Mapping[str, bytes]) -> str:
    """One hash over the names and contents of all inputs."""
    total = hashlib.sha256()
    for name, content in sorted(inputs.items()):
        total.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return total.hexdigest()


def manifest_line(name: str, manifest: Mapping[str, Any]) -> str:
    """Run, date and data hash in one line, for the foot of every page.

    >>> manifest_line("match", {"inputs_sha256": "9c41d0aa77", "ended": "2026-11-22T08:00:00+00:00"})
    'match · 2026-11-22 · 9c41d0aa'
    """
    parts = (name, str(manifest.get("ended", ""))[:10], str(manifest.get("inputs_sha256", ""))[:8])
    return " · ".join(part for part in parts if part)


def _plan_status(plan: Plan) -> dict[str, Any]:
    goals = [{"goal": g.goal, "status": str(g.status), "value": finite(g.value), "bound": finite(g.bound),
              "gap": finite(g.gap), "seconds": round(g.seconds, 3)} for g in plan.goals]  # fmt: skip
    return {"method": plan.method, "status": str(plan.status), "gap": finite(plan.gap), "goals": goals}


def finite(value: float) -> float | None:
    """A number for a manifest; what was never bounded is null there."""
    return value if isfinite(value) else None


def _program() -> dict[str, Any]:
    versions = {name: _version(name) for name in PACKAGES}
    commit, dirty = _git("rev-parse", "HEAD"), _git("status", "--porcelain", "--untracked-files=no")
    return {"python": platform.python_version(), "packages": versions, "commit": commit,
            "dirty": None if commit is None else bool(dirty)}  # fmt: skip


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _git(*arguments: str) -> str | None:
    """What git says about the source, or None where this is no checkout."""
    root = Path(__file__).parent.parent
    if not (root / ".git").exists():
        return None
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _machine() -> dict[str, Any]:
    return {"system": platform.platform(), "processor": _processor(), "cores": os.cpu_count()}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor()
    )
