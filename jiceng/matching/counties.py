"""The same question between counties: the city matches its counties, and each arm spends the same in all.

Money is shared within every county by the planner, alike in every arm, so that arms differ only in what each county raises
and is granted. All communities are planned; a sample of each county's is simulated.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from jiceng.matching.ledger import correlated
from jiceng.matching.shares import RULES, Given, Payers, least_total, to_funds
from jiceng.progress import Progress, silent
from jiceng.study import Policy, Study, futures_for, run_study
from optimize import Limits, Plan, make_plan
from optimize.region.decomposition import decompose
from results.estimates import Estimate, mean_interval
from results.matching import MANDATED, CountyArm, CountyReport, RegionReport
from scenarios import formulas
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN
from scenarios.region import Region, Share
from scenarios.sampling import sampled
from scenarios.tables import Integers, Reals
from scenarios.text import Text
from sim.outcome import Outcome, met, worst_tenth

NAMES = {
    MANDATED: Text("强制1比1", "Mandated 1:1"),
    "equal": Text("不配套，按社区平均", "No match, equal per community"),
    "voluntary": Text("自愿1比1", "Voluntary 1:1"),
    "tiered": Text("分档配套（2、1、0.5）", "Tiered match (2, 1, 0.5)"),
    "formula": Text("按需公式", "Needs formula"),
    "needs": Text("按需规划", "Needs-based plan"),
}
PRICE_GAP, MOST_ROUNDS, LEAST_SAMPLE, CONFIDENCE = 0.002, 4, 8, 0.95
SECONDS, GAP = 60.0, 0.002  # of a county's search
FREE = 1000.0  # granted yuan per own yuan at which a match is no match


@dataclass(frozen=True, eq=False)
class Place:
    """A region without posted officials and venues, its counties' districts, and its counties as payers."""

    region: Region
    districts: tuple[District, ...]
    payers: Payers
    total: int  # fen a year that city and counties spend in every arm


def place_of(region: Region) -> Place:
    """What the arms need of a region; only money is compared."""
    bare = region.with_changes(officials=0, capital_fen=0)
    districts = tuple(county.source.make() for county in bare.counties)
    payers = Payers(
        size=np.array([county.size for county in bare.counties]),
        people=np.array([county.population for county in bare.counties]),
        needs=np.array([formulas.yearly_needs(district).sum() for district in districts]),
        limit=np.array([county.own_limit_fen for county in bare.counties]), rates=districts[0].rates,
    )  # fmt: skip
    return Place(bare, districts, payers, least_total(payers, bare))


def planned_shares(place: Place, executor: Executor | None = None) -> Given:
    """Grants by which every county has what the region's planner gives it of the total, whoever pays."""
    region, total = place.region, place.total
    free = region.with_changes(
        counties=tuple(replace(county, own_limit_fen=int(total / FREE), cost_of_funds=1.0) for county in region.counties),
        ratio=FREE, pool_fen=total, years=1,
    )  # fmt: skip
    found = decompose(free, gap=PRICE_GAP, most_rounds=MOST_ROUNDS, executor=executor)
    funds = np.array([use.own + use.grant for use in found.mix.uses])
    return to_funds(place.payers, funds / funds.sum() * total, total)


def region_report(region: Region, *, sample: int, futures: int, seed: int, executor: Executor | None = None,
                  progress: Progress = silent) -> RegionReport:  # fmt: skip
    """Every arm for every county: money, promises of all communities, and simulated differences on a sample."""
    place = place_of(region)
    given = {name: rule(place.payers, place.region, place.total) for name, rule in RULES.items()}
    given["needs"] = planned_shares(place, executor)
    funds = {name: own + lump + match for name, (own, lump, match) in given.items()}
    counts = [max(LEAST_SAMPLE, round(sample * int(size) / int(place.payers.size.sum()))) for size in place.payers.size]
    tasks = [(place.region, district, [int(funds[name][row]) for name in given], count, futures, seed)
             for row, (district, count) in enumerate(zip(place.districts, counts, strict=True))]  # fmt: skip
    jobs = [executor.submit(county_runs, *task) for task in tasks] if executor else []
    found = [job.result() for job in jobs] if executor else [county_runs(*task) for task in tasks]
    progress("simulate", len(tasks), len(tasks))
    return _told(place, given, found, counts, futures)


@dataclass(frozen=True, eq=False)
class CountyRuns:
    """A county under every arm: share of needs met that its plan promises, and simulated by sampled community.

    ``met``: share of needs met in the sample, axes (arm, future). ``places``: the same by community, (arm, future, community).
    """

    promised: Reals
    met: Reals
    places: Reals


def county_runs(
    region: Region, district: District, funds: Sequence[int], count: int, futures: int, seed: int
) -> CountyRuns:
    """A county's promise in full and its sample in every future, with each of the funds. Raises ``RuntimeError``."""
    promised, policies = [], []
    for number, fen in enumerate(funds):
        whole = region.under(Share(0, fen), district)
        promised.append(_met_share(_shared_out(whole)))
        part = sampled(whole, count)
        policies.append(Policy(str(number), part, _shared_out(part)))
    base = sampled(district.with_changes(first_year=region.first_year, years=region.years), count)
    study = Study(base=base, policies=tuple(policies), futures=futures_for(futures, seed), replications=1, seed=seed)
    ran = run_study(study)
    if ran.failures:
        raise RuntimeError(ran.failures[0].reason)
    places = np.array([[_by_place(one) for one in ran.outcomes[number :: len(funds)]] for number in range(len(funds))])
    shares = np.array([[met(one).sum() / one.total("needs").sum() for one in ran.outcomes[number :: len(funds)]]
                       for number in range(len(funds))])  # fmt: skip
    return CountyRuns(np.array(promised), shares, places)


def _shared_out(district: District) -> Plan:
    """How a county shares its fund among its communities, alike in every arm: by the planner, for needs met."""
    return make_plan(district, goals=("needs_met",), limits=Limits(time_limit_s=SECONDS, gap=GAP))


def _met_share(plan: Plan) -> float:
    return float(plan.promised_met.sum() / plan.promised_needs.sum())


def _by_place(one: Outcome) -> Reals:
    return np.asarray(met(one) / np.maximum(one.total("needs"), 1))


def _told(
    place: Place, given: dict[str, Given], runs: list[CountyRuns], counts: list[int], futures: int
) -> RegionReport:
    names = list(given)
    weight = place.payers.needs / place.payers.needs.sum()
    shares = np.einsum("c,caf->af", weight, np.array([one.met for one in runs]))
    everyone = np.concatenate([one.places for one in runs], axis=2)
    worst = np.array([[worst_tenth(values) for values in arm] for arm in everyone])
    base = names.index(MANDATED)
    people = place.payers.people
    return RegionReport(
        name=place.region.name, outlay=place.total / FEN_PER_WAN, pool=place.region.pool_fen / FEN_PER_WAN,
        counties=tuple(_county(place, row, given, one, counts[row]) for row, one in enumerate(runs)),
        arms={name: NAMES[name] for name in names},
        left={name: _left(place, match) if match.any() else 0.0 for name, (_, _, match) in given.items()},
        correlation={name: correlated((lump + match) / people, place.payers.limit / people)
                     for name, (_, lump, match) in given.items()},
        promised={name: float(weight @ np.array([one.promised[number] for one in runs])) for number, name in enumerate(names)},
        needs_met={name: _less(shares, number, base) for number, name in enumerate(names)},
        worst_tenth={name: _less(worst, number, base) for number, name in enumerate(names)},
        futures=futures,
    )  # fmt: skip


def _left(place: Place, match: Integers) -> float:
    return max(0.0, (place.region.pool_fen - int(match.sum())) / FEN_PER_WAN)


def _less(values: Reals, number: int, base: int) -> Estimate:
    return mean_interval(values[number] - values[base], CONFIDENCE)


def _county(place: Place, row: int, given: dict[str, Given], runs: CountyRuns, count: int) -> CountyReport:
    county, payers = place.region.counties[row], place.payers
    base = list(given).index(MANDATED)
    arms = {
        name: CountyArm(
            own=int(own[row]) / FEN_PER_WAN, grant=int(lump[row] + match[row]) / FEN_PER_WAN,
            drawn=int(own[row] - payers.effort[row]) / FEN_PER_WAN, promised=float(runs.promised[number]),
            difference=_less(runs.met, number, base),
        )
        for number, (name, (own, lump, match)) in enumerate(given.items())
    }  # fmt: skip
    return CountyReport(
        code=county.code, name=county.name, communities=county.size, sampled=count, residents=county.population,
        limit=int(payers.limit[row]) / FEN_PER_WAN,
        half=place.region.pool_fen * county.size / int(payers.size.sum()) / FEN_PER_WAN, arms=arms,
    )  # fmt: skip
