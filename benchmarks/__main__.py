"""How fast, and against what: this program beside plain Mesa in the same run. Run ``make bench``.

The peer is workload W: one Mesa agent per resident, who opens a request with an own propensity and is served oldest
first. It does far less in a month than our model, so the ratio is a lower bound. Read ratios, not seconds.
"""

from __future__ import annotations

import resource
from dataclasses import dataclass
from time import perf_counter, process_time

import mesa

from benchmarks import concave_budget
from jiceng.planning import plan_for
from optimize import Plan
from scenarios.loader import load_scenario
from sim.population import people
from sim.run import advance, start
from sim.state import State

PEER_RESIDENTS, PEER_MONTHS, SERVED_SHARE = 10_000, 12, 0.04
ROUNDS = 5


class Resident(mesa.Agent):
    """A resident of workload W."""

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        self.propensity = model.rng.beta(2, 38)
        self.age, self.satisfaction = 0, 0.6

    def step(self) -> None:
        """Open a request by chance, or wait one month more."""
        if self.age:
            self.age += 1
            self.satisfaction -= 0.05 * self.satisfaction
        elif self.model.rng.random() < self.propensity:
            self.age = 1
        self.satisfaction += 0.01 * (0.6 - self.satisfaction)


class Peer(mesa.Model):
    """Workload W on one community."""

    def __init__(self) -> None:
        super().__init__(rng=1)
        self.residents = Resident.create_agents(self, PEER_RESIDENTS)

    def step(self) -> None:
        """All residents, then the oldest requests up to capacity."""
        self.residents.do("step")
        waiting = sorted((one for one in self.residents if one.age), key=lambda one: -one.age)
        for one in waiting[: int(SERVED_SHARE * PEER_RESIDENTS)]:
            one.age, one.satisfaction = 0, one.satisfaction + 0.1 * (1 - one.satisfaction)


@dataclass(frozen=True)
class Timing:
    """Seconds of one thing, and agent-steps where it has any."""

    what: str
    seconds: float
    steps: int = 0

    @property
    def nanoseconds(self) -> float:
        """Per agent-step."""
        return self.seconds / self.steps * 1e9


def main() -> None:
    """Time the plan, then our months and the peer's in turns, and print medians and their ratio."""
    began = perf_counter()
    report = plan_for(load_scenario("equal-split"))
    rows = [Timing("plan equal-split, Huancui, 3 years", perf_counter() - began)]
    begun = advance(start(report.district, seed=1, population=people(report.district)), report.plan, 12)
    rounds = [(_ours(begun, report.plan), _peer()) for _ in range(ROUNDS)]
    rows += [sorted(timings, key=lambda timing: timing.seconds)[ROUNDS // 2] for timings in zip(*rounds, strict=True)]
    for row in rows:
        each = f"{row.nanoseconds:10.1f} ns per resident-month" if row.steps else ""
        print(f"{row.what:58s} {row.seconds:8.2f} s {each}")
    ratios = sorted(peer.nanoseconds / ours.nanoseconds for ours, peer in rounds)
    spread = f"({ratios[0]:.0f} to {ratios[-1]:.0f} in {ROUNDS} rounds)"
    print(f"{'plain Mesa over ours, per resident-month':58s} {ratios[ROUNDS // 2]:8.0f} x {spread}")
    print(f"{'peak memory of this process':58s} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
    concave_budget.report()


def _ours(begun: State, plan: Plan) -> Timing:
    """36 months of every resident; the warm-up before has also compiled the loops."""
    began = process_time()
    advance(begun, plan, 36)
    return Timing("36 months, every resident of Huancui, one core", process_time() - began, 36 * len(begun.population))


def _peer() -> Timing:
    model = Peer()
    began = process_time()
    for _ in range(PEER_MONTHS):
        model.step()
    return Timing(f"plain Mesa, workload W, {PEER_RESIDENTS:,} residents", process_time() - began,
                  PEER_RESIDENTS * PEER_MONTHS)  # fmt: skip


if __name__ == "__main__":
    main()
