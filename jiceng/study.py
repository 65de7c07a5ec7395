"""Policies x futures x replications over an Executor: every task is independent, a failed one is a row.

A task is one future and replication: the district lives through a warm-up year under last year's money, and from that
one state every policy goes its own way. So policies share people, history and luck.
"""

from __future__ import annotations

import signal
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from multiprocessing import active_children
from typing import Generic, TypeVar

import numpy as np

from jiceng.planning import USUAL, Asked
from jiceng.progress import Progress, silent
from jiceng.replanning import advance_with_replanning
from optimize import Limits, Plan, make_plan
from scenarios.district import District, ServiceFund
from scenarios.formulas import MONTHS
from scenarios.funding import FEN_PER_YUAN
from sim.futures import NOMINAL, Future, sample_futures
from sim.outcome import Outcome
from sim.population import Population, people
from sim.run import advance, outcome, resume, start
from sim.state import State

Seen = TypeVar("Seen")


@dataclass(frozen=True, eq=False)
class Policy:
    """What a run compares: an id, the district under its rules, and its plan; ``replan`` gives it anew every January."""

    id: str
    district: District
    plan: Plan
    replan: bool = False
    asked: Asked = field(default_factory=lambda: USUAL)  # of the plans made anew
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, kw_only=True, eq=False)
class Study:
    """All policies on one district, and the futures and replications each meets. ``base`` has no mechanisms."""

    base: District
    policies: tuple[Policy, ...]
    futures: tuple[Future, ...]
    replications: int
    seed: int
    months: int = 36
    warm_up: int = 12

    @property
    def tasks(self) -> tuple[tuple[Future, int], ...]:
        """Every future with every replication."""
        return tuple((future, replication) for future in self.futures for replication in range(self.replications))


@dataclass(frozen=True)
class Failure:
    """A task that did not finish: which one, and why."""

    future: int
    replication: int
    reason: str


@dataclass(frozen=True, eq=False)
class StudyReport(Generic[Seen]):
    """What came out: outcomes, or what was seen of them, in the order of the tasks whatever the order they ended in, and
    what failed.
    """

    outcomes: tuple[Seen, ...]
    failures: tuple[Failure, ...]


def futures_for(count: int, seed: int) -> tuple[Future, ...]:
    """The futures of a study: the nominal one alone when only one is asked for, else a sample."""
    return (NOMINAL,) if count == 1 else sample_futures(count, seed)


def slim(found: Outcome) -> Outcome:
    """The same counts in half the memory where they fit in 32 bits, as they nearly always do."""
    fits = found.monthly.size and max(found.monthly.max(), -found.monthly.min()) < 2**31
    return replace(found, monthly=found.monthly.astype(np.int32)) if fits else found


def run_study(study: Study, *, executor: Executor | None = None, progress: Progress = silent) -> StudyReport[Outcome]:
    """Run every task, in this process or over an executor. Never raises for a task that fails."""
    return look_at_study(study, slim, executor=executor, progress=progress)


def look_at_study(study: Study, look: Callable[[Outcome], Seen], *, executor: Executor | None = None,
                  progress: Progress = silent) -> StudyReport[Seen]:  # fmt: skip
    """Run every task and keep what ``look`` sees of each outcome: for studies of more runs than can be held.

    ``look`` is a function of a module, so that worker processes find it. Never raises for a task that fails.
    """
    done: dict[tuple[int, int], tuple[Seen, ...]] = {}
    failures: list[Failure] = []
    for task, result in _results(study, look, executor):
        key = (task[0].index, task[1])
        if isinstance(result, Failure):
            failures.append(result)
        else:
            done[key] = result
        progress("simulate", len(done) + len(failures), len(study.tasks))
    ordered = [out for future, replication in study.tasks for out in done.get((future.index, replication), ())]
    return StudyReport(tuple(ordered), tuple(failures))


@contextmanager
def workers_pool(workers: int) -> Iterator[Executor]:
    """A pool of worker processes on this machine; when the command is stopped, so are they, at once."""
    pool = ProcessPoolExecutor(workers, initializer=_leave_stopping_to_the_parent)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in active_children():
            worker.terminate()
        raise
    pool.shutdown()


def _leave_stopping_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _results(
    study: Study, look: Callable[[Outcome], Seen], executor: Executor | None
) -> Iterator[tuple[tuple[Future, int], tuple[Seen, ...] | Failure]]:
    if executor is None:
        for task in study.tasks:
            yield task, run_task(study, look, *task)
        return
    waiting = {executor.submit(run_task, study, look, task[0], task[1]): task for task in study.tasks}
    for job in as_completed(waiting):
        task = waiting[job]
        error = job.exception()  # only a lost worker gets here: run_task catches its own
        yield (
            task,
            job.result() if error is None else Failure(task[0].index, task[1], f"{type(error).__name__}: {error}"),
        )


def run_task(
    study: Study, look: Callable[[Outcome], Seen], future: Future, replication: int
) -> tuple[Seen, ...] | Failure:
    """Every policy in one future and replication."""
    try:
        warm = _warmed_up(study, future, replication)
        return tuple(look(_run_policy(study, policy, warm)) for policy in study.policies)
    except Exception:
        # A model error becomes a row, so that one bad run never ends a study; the caller exits with "incomplete".
        return Failure(future.index, replication, traceback.format_exc(limit=-3))


def _run_policy(study: Study, policy: Policy, warm: State) -> Outcome:
    state = resume(warm, policy.district, policy=policy.id)
    if policy.replan:
        return outcome(
            advance_with_replanning(state, policy.plan, study.months, asked=policy.asked, limits=policy.limits)
        )
    return outcome(advance(state, policy.plan, study.months))


def _warmed_up(study: Study, future: Future, replication: int) -> State:
    """The district on the eve of the plan, after a year of last year's money."""
    last_year = status_quo(study.base)
    begins = study.base.first_year * MONTHS - study.warm_up
    state = start(last_year, seed=study.seed, replication=replication, future=future, month=begins,
                  population=residents(study.base))  # fmt: skip
    return advance(state, _status_quo_plan(_Cached.of(last_year)), study.warm_up) if study.warm_up else state


def status_quo(base: District) -> District:
    """The district under last year's money, planned for the year before the plan."""
    fen = tuple(round(yuan * FEN_PER_YUAN) for yuan in base.communities.last_service_fund_yuan.tolist())
    fund = ServiceFund(mode="granted", granter="district", entitlement_fen=fen)
    return base.with_changes(service_fund=fund, first_year=base.first_year - 1, years=1)


@dataclass(frozen=True)
class _Cached:
    """A district that equals another with the same tables and rates, for caching pure functions of it."""

    fingerprint: str
    district: District = field(compare=False)

    @classmethod
    def of(cls, district: District) -> _Cached:
        columns = district.communities.to_frame().to_csv()
        key = repr(
            (district.code, district.version, district.rates, district.service_fund, district.first_year, columns)
        )
        return cls(sha256(key.encode()).hexdigest(), district)


@lru_cache(maxsize=2)
def _status_quo_plan(source: _Cached) -> Plan:
    return make_plan(source.district, method="last_year")


@lru_cache(maxsize=1)
def _residents(source: _Cached) -> Population:
    return people(source.district)


def residents(district: District) -> Population:
    """The residents of a district, kept while tasks of the same district follow each other."""
    return _residents(_Cached.of(district))
