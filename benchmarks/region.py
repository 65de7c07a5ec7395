"""How long a region takes, how much memory, how far from the bound, and how tight its capital is.

Run ``python -m benchmarks.region tonghua`` or ``jilin``. The limits are those of two quiet cores.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jiceng.study import workers_pool
from optimize.region import RegionPlan, plan_region, sites_wanted
from scenarios.region import Region
from scenarios.region_files import load_region

MB = 2**20
EVERY_S = 0.2
CORES = 2


@dataclass(frozen=True)
class Target:
    """What a region may take, and how far its plan may be from the bound."""

    seconds: float
    gap: float
    peak_mb: float
    unfit: float  # least share of the wanted sites that does not fit the capital


TARGETS = {"tonghua": Target(120, 0.005, 4096, 0.0), "jilin": Target(300, 0.01, 4096, 0.1)}


@dataclass
class Peak:
    """The largest memory of this process and its workers together, in MB."""

    mb: float = 0.0


def main() -> int:
    """Plan the region once, print what it took, and return 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.region", description=__doc__)
    parser.add_argument("region", choices=sorted(TARGETS))
    parser.add_argument("--years", type=int, help="plan years (default: the region's)")
    parser.add_argument("--workers", type=int, default=CORES)
    chosen = parser.parse_args()
    began = time.perf_counter()
    with workers_pool(chosen.workers) as executor:
        with watched() as peak:
            region = load_region(chosen.region)
            region = region if chosen.years is None else region.with_changes(years=chosen.years)
            plan = plan_region(region, executor=executor)
            seconds, cpu = time.perf_counter() - began, cpu_seconds()
        wanted = sum(sites_wanted(region, plan, executor=executor).values())
    return told(region, plan, TARGETS[chosen.region], seconds=seconds, cpu=cpu, peak=peak.mb, wanted=wanted)


def told(region: Region, plan: RegionPlan, target: Target, *, seconds: float, cpu: float, peak: float,
         wanted: int) -> int:  # fmt: skip
    """Print the measurements against their targets."""
    unfit = 1.0 - plan.sites_built / max(wanted, 1)
    checks = (
        ("seconds", seconds, target.seconds, seconds <= target.seconds),
        ("gap", plan.gap, target.gap, plan.gap <= target.gap),
        ("peak MB", peak, target.peak_mb, peak <= target.peak_mb),
        ("wanted sites that do not fit", unfit, target.unfit, unfit >= target.unfit),
    )
    print(f"{plan.name.en}: {region.size} communities, {region.population} residents, {len(plan.counties)} counties, "
          f"{len(plan.years)} year(s)")  # fmt: skip
    print(f"value {plan.value:.1f}, bound {plan.bound:.1f}, relaxed {plan.relaxed:.1f} 万元 a year; {plan.rounds} rounds; "
          f"prices {plan.prices}; seconds {plan.seconds}")  # fmt: skip
    print(f"sites built {plan.sites_built} of {wanted} wanted; {cpu:.0f} CPU seconds, imports included; "
          f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # fmt: skip
    for name, found, limit, met in checks:
        print(f"{name:30} {found:12.4f}   target {limit:g}   {'met' if met else 'MISSED'}")
    return int(not all(met for *_, met in checks))


def cpu_seconds() -> float:
    """Processor time of this process and its children so far (Linux); 0 elsewhere."""
    return sum(ticks_of(pid) for pid in process_ids()) / os.sysconf("SC_CLK_TCK")


def ticks_of(pid: str) -> int:
    """Processor time of a process, in clock ticks; none if it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])
    except (OSError, IndexError):
        return 0


def process_ids() -> list[str]:
    """Ids of this process and its direct children (Linux); none elsewhere."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    return [str(os.getpid()), *children.read_text(encoding="ascii").split()] if children.exists() else []


@contextmanager
def watched() -> Iterator[Peak]:
    """Measure the memory of this process and its children until the block ends."""
    peak, done = Peak(), threading.Event()

    def watch() -> None:
        while not done.wait(EVERY_S):
            peak.mb = max(peak.mb, resident_mb())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


def resident_mb() -> float:
    """Memory held by this process and its direct children (Linux); 0 elsewhere."""
    return sum(pages_of(pid) for pid in process_ids()) * os.sysconf("SC_PAGE_SIZE") / MB


def pages_of(pid: str) -> int:
    """Resident pages of a process; none if it has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0


if __name__ == "__main__":
    sys.exit(main())
