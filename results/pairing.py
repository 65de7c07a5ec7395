"""Pairing: a comparison is fair only if every policy met the same futures with the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.tables import Integers, Reals
from scenarios.text import Text
from sim.outcome import Outcome

RunKey = tuple[int, int, int]  # seed, future, replication


class UnpairedError(ValueError):
    """The runs cannot be compared; ``says`` names what is missing or differs, in both languages."""

    def __init__(self, says: Text) -> None:
        super().__init__(f"{says.zh}\n{says.en}")
        self.says = says


@dataclass(frozen=True, eq=False)
class Pairs:
    """Outcomes by policy, all in the order of ``keys``; ``cluster`` numbers the future of each run.

    A future of another seed is another future, so clusters are pairs of seed and future.
    """

    keys: tuple[RunKey, ...]
    cluster: Integers
    outcomes: dict[str, tuple[Outcome, ...]]

    @property
    def futures(self) -> int:
        """How many independent futures there are."""
        return int(self.cluster.max()) + 1

    def by_future(self, runs: Reals) -> Reals:
        """Mean over the replications of each future; ``runs`` has the run on axis 0, nan is left out."""
        known = ~np.isnan(runs)
        total = np.zeros((self.futures, *runs.shape[1:]))
        count = np.zeros_like(total)
        np.add.at(total, self.cluster, np.where(known, runs, 0.0))
        np.add.at(count, self.cluster, known)
        return np.asarray(np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0))


def run_key(outcome: Outcome) -> RunKey:
    """What identifies the luck of a run."""
    return outcome.seed, outcome.future, outcome.replication


def pair(outcomes: Sequence[Outcome], *, against: str) -> Pairs:
    """Line the runs up; raises :class:`UnpairedError` if any policy lacks a run or describes another district."""
    runs = _by_policy(outcomes)
    if against not in runs:
        raise UnpairedError(
            Text(
                f"对照方案“{against}”没有运行结果；已有：{'、'.join(sorted(runs)) or '无'}",
                f"the baseline '{against}' has no runs; found: {', '.join(sorted(runs)) or 'none'}",
            )
        )
    problems = [problem for policy in sorted(runs) for problem in _differences(runs, policy, against)]
    if problems:
        raise UnpairedError(Text("；".join(p.zh for p in problems), "; ".join(p.en for p in problems)))
    keys = tuple(sorted(runs[against]))
    places = sorted({key[:2] for key in keys})
    cluster = np.array([places.index(key[:2]) for key in keys], dtype=np.int64)
    order = [against, *sorted(set(runs) - {against})]
    return Pairs(keys, cluster, {policy: tuple(runs[policy][key] for key in keys) for policy in order})


def _by_policy(outcomes: Sequence[Outcome]) -> dict[str, dict[RunKey, Outcome]]:
    runs: dict[str, dict[RunKey, Outcome]] = {}
    for outcome in outcomes:
        of_policy = runs.setdefault(outcome.policy, {})
        if run_key(outcome) in of_policy:
            where = "seed {}, future {}, replication {}".format(*run_key(outcome))
            raise UnpairedError(Text(f"方案“{outcome.policy}”的运行重复：{where}",
                                     f"policy '{outcome.policy}' has two runs for {where}"))  # fmt: skip
        of_policy[run_key(outcome)] = outcome
    return runs


def _differences(runs: dict[str, dict[RunKey, Outcome]], policy: str, against: str) -> list[Text]:
    """What keeps a policy from being paired with the baseline."""
    found: list[Text] = []
    for lacking, other in ((policy, against), (against, policy)):
        gap = sorted(set(runs[other]) - set(runs[lacking]))
        if gap:
            listed = ", ".join("(seed {}, future {}, replication {})".format(*key) for key in gap[:3])
            more = f" +{len(gap) - 3}" if len(gap) > 3 else ""
            found.append(
                Text(
                    f"方案“{lacking}”缺少“{other}”已有的 {len(gap)} 次运行：{listed}{more}",
                    f"policy '{lacking}' lacks {len(gap)} runs that '{other}' has: {listed}{more}",
                )
            )
    mine, theirs = next(iter(runs[policy].values())), next(iter(runs[against].values()))
    for run in [*runs[policy].values(), mine]:
        if run.codes != theirs.codes:
            found.append(Text(f"方案“{policy}”与“{against}”的社区名单不同",
                              f"policies '{policy}' and '{against}' describe different communities"))  # fmt: skip
            break
        if (run.first_month, len(run.monthly)) != (theirs.first_month, len(theirs.monthly)):
            found.append(Text(f"方案“{policy}”与“{against}”的月份不同：{len(run.monthly)} 个月与 {len(theirs.monthly)} 个月",
                              f"policies '{policy}' and '{against}' cover different months: "
                              f"{len(run.monthly)} and {len(theirs.monthly)}"))  # fmt: skip
            break
    return found
