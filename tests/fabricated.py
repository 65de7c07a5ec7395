"""Made-up districts, plans and outcomes for tests of what comes after the simulation: plausible, quick, not simulated."""

from __future__ import annotations

import numpy as np

from optimize.plan import GoalResult, Plan, Posting, Project, Status
from scenarios.district import Communities, District, Sites, Slots, Streets, Units
from scenarios.text import Text
from sim.outcome import FLOW, FLOWS, GRID_FLOWS, SCALE, WAIT_BINS, Outcome

STREETS = ("环翠楼街道", "鲸园街道", "竹岛街道", "怡园街道", "孙家疃街道", "嵩山街道", "张村镇", "羊亭镇", "温泉镇")
POLICIES = {
    "equal-split": (Text("平均分配", "Equal split"), 0.0, 0.0),
    "needs-formula": (Text("按需分配", "By need"), 0.019, 0.3),
    "per-head": (Text("按人头分配", "Per head"), 0.007, -0.1),
    "mandated-match": (Text("1:1 指定配套", "Mandated 1:1 match"), 0.002, 0.0),
    "voluntary-match": (Text("1:1 自愿配套", "Voluntary 1:1 match"), -0.046, -2.0),
    "first-secretaries": (Text("首任书记下派", "First secretaries"), 0.012, 0.8),
}
"""Scenario id: name, mean gain in needs met share, and how much more the poor places gain."""


def district(count: int = 218, names: tuple[str, ...] = ()) -> District:
    """A made-up district; ``names`` replace the first names of communities."""
    rng = np.random.default_rng(7)
    street = np.sort(rng.integers(0, len(STREETS), count))
    people = rng.integers(800, 6000, count)
    village = rng.random(count) < np.where(street > 5, 0.7, 0.1)
    centre = np.stack([3000 * (np.arange(9) % 3), -3000 * (np.arange(9) // 3)], axis=1)
    place = centre[street] + rng.normal(0, 500, (count, 2))
    called = [*names, *(f"{'村' if v else '社区'}{i:03d}" for i, v in enumerate(village))][:count]
    communities = Communities(
        code=tuple(f"3710020{s:02d}{200 + i if v else i:03d}" for i, (s, v) in enumerate(zip(street, village, strict=True))),
        name=called, kind=tuple("village" if v else "urban" for v in village),
        street_code=tuple(f"3710020{s:02d}" for s in street), population=people, households=people // 3,
        children=people // 8, elders=people // 4, hardship=people // 50, floating=people // 10, members=people // 20,
        grids=people // 900 + 1, posts=people // 700 + 2, windows=np.full(count, 2), service_m2=rng.uniform(100, 900, count),
        activity_share=np.full(count, 0.5), venue_distance_m=rng.uniform(100, 3000, count),
        reporting_habit=np.ones(count), workload=rng.uniform(0.8, 1.3, count), quality=rng.normal(0, 0.5, count),
        collective_income_yuan=np.where(village, rng.lognormal(12.5, 1, count), 0.0),
        work_fund_yuan=np.full(count, 50_000.0), party_fund_yuan=np.full(count, 10_000.0),
        last_service_fund_yuan=np.full(count, 150_000.0), x_m=place[:, 0], y_m=place[:, 1])  # fmt: skip
    streets = Streets(code=tuple(f"3710020{s:02d}" for s in range(9)), name=STREETS,
                      own_revenue_yuan=rng.lognormal(17, 0.8, 9))  # fmt: skip
    code = communities.code
    sites = Sites(id=("p1", "p2", "p3"), site=("a", "b", "c"), community_code=(code[0], code[count // 2], code[-1]),
                  mode=("build", "refit", "refit"), m2=np.array([800.0, 300, 450]), cost_yuan=np.array([4e6, 9e5, 1.2e6]),
                  lead_months=np.array([18, 6, 8]), x_m=place[[0, count // 2, -1], 0], y_m=place[[0, count // 2, -1], 1])  # fmt: skip
    units = Units(**{column.name: () for column in Units.columns()})
    slots = Slots(id=("s1", "s2"), sender=("city", "county"), skill=("care", "dispute"),
                  home_street_code=(streets.code[0], streets.code[1]))  # fmt: skip
    return District(code="371002", name=Text("环翠区", "Huancui"), version=1, synthetic=True, first_year=2027, years=3,
                    communities=communities, streets=streets, units=units, sites=sites, slots=slots)  # fmt: skip


def plan(place: District, policy: str) -> Plan:
    """A made-up plan."""
    _, _, slope = POLICIES[policy]
    count, code = len(place.communities), place.communities.code
    poor = _poverty(place)
    lump = np.repeat(np.rint(200_000_00 * (1 + 0.25 * slope * poor))[:, None], 3, axis=1).clip(0).astype(np.int64)
    needs = np.repeat(place.communities.population[:, None] * 1.3, 3, axis=1)
    posted = tuple(Posting(s, code[-1 - i], 3, 24) for i, s in enumerate(place.slots.id)) if "secret" in policy else ()
    built = (Project("p1", 2, ((code[0], 500.0), (code[1], 300.0))), Project("p3", 14, ((code[-1], 450.0),)))
    return Plan(method="optimal", communities=code, years=place.plan_years, status=Status.OPTIMAL,
                goals=(GoalResult("needs_met", Status.OPTIMAL, 0.65, 0.653, 0.004, 2.1),), lump_fen=lump,
                contract_fen=lump // 3, prevention_fen=lump // 6, posts=np.zeros((count, 3), dtype=np.int64),
                postings=posted, projects=built if slope > 0 else (), promised_met=needs * 0.645, promised_needs=needs)  # fmt: skip


def outcome(place: District, policy: str, *, future: int = 0, replication: int = 0, months: int = 36,
            gain: float | None = None, seed: int = 1) -> Outcome:  # fmt: skip
    """A made-up run; needs and luck depend on seed, future and replication only."""
    _, mean_gain, slope = POLICIES.get(policy, (Text("", ""), 0.0, 0.0))
    mean_gain = mean_gain if gain is None else gain
    luck = np.random.default_rng([seed, future, replication])
    people = place.communities.population
    season = 1 + 0.1 * np.sin(np.arange(months) * np.pi / 6)[:, None]
    needs = luck.poisson(people * 0.108 * season)
    drift = np.random.default_rng([seed, future]).normal(0, 0.02) + np.random.default_rng([seed, future, 99]).normal(
        0, 0.004) * (len(policy) - 10)  # fmt: skip
    share = 0.64 + drift + mean_gain * (1 + slope * _poverty(place)) + luck.normal(0, 0.02, needs.shape)
    monthly = np.zeros((months, len(people), len(FLOWS)), dtype=np.int64)
    for name, value in _flows(place, needs, np.clip(share, 0.01, 0.99), policy).items():
        monthly[:, :, FLOW[name]] = np.rint(value)
    years, served = months // 12, monthly[:, :, FLOW["served"]].reshape(months // 12, 12, -1).sum(axis=1)
    waits = (served[:, :, None] * np.array([0.5, 0.3, 0.1, 0.06, 0.04] + [0.0] * (WAIT_BINS - 5))).astype(np.int64)
    grid_community = np.repeat(np.arange(len(people)), place.communities.grids)
    return Outcome(policy=policy, seed=seed, replication=replication, future=future, first_month=2027 * 12,
                   codes=place.communities.code, population=people, adults=people - place.communities.children,
                   grid_community=grid_community, monthly=monthly, waits=waits,
                   grids=np.ones((years, len(grid_community), len(GRID_FLOWS)), dtype=np.int64),
                   match_left_fen=np.full(years, 994_000_000 if policy == "voluntary-match" else 0),
                   outlay_fen=np.full(years, 43_600_000_00 + len(policy) * 100_000),
                   promised_met=np.repeat(people[:, None] * 1.3 * 0.645, years, axis=1))  # fmt: skip


def _poverty(place: District) -> np.ndarray:
    """From 1 in the poorest to -1 in the richest community, by rank of collective income."""
    return 1 - 2 * np.argsort(np.argsort(place.communities.collective_income_yuan)) / max(len(place.communities) - 1, 1)


def _flows(place: District, needs: np.ndarray, share: np.ndarray, policy: str) -> dict[str, np.ndarray]:
    people, money = (
        place.communities.population,
        np.broadcast_to(
            200_000_00 / 12 * (1 + 0.25 * POLICIES.get(policy, (Text("", ""), 0.0, 0.0))[2] * _poverty(place)),
            needs.shape,
        ).clip(0),
    )
    own = money * (0.5 if "match" in policy else 0.25)
    voiced, solved = np.rint(needs * 0.8), np.rint(needs * (share - 0.02))
    return {
        "needs": needs, "prevented": np.rint(needs * 0.02), "opened": needs * 0.98, "voiced": voiced,
        "served": solved * 1.08, "solved": solved, "unsolved": solved * 0.08, "in_time": solved * 0.9,
        "escalated": voiced * (0.7 - share).clip(0.01), "wait_months": solved * 0.8,
        "case_satisfaction": solved * 1.08 * 0.9 * SCALE, "satisfaction": people * SCALE * (0.5 + 0.3 * share),
        "engagement": place.communities.population * SCALE * 0.1, "minutes": people * 9.0, "minutes_asked": people * 8.1,
        "fen_in": money, "fen_matters": money * 0.5, "fen_contracts": money * 0.3, "fen_prevention": money * 0.2,
        "fen_remedy": voiced * (0.7 - share).clip(0.01) * 100_000, "fen_district": money - own, "fen_own": own,
        "fen_street": own * 0.6, "fen_village": own * 0.4, "fen_match": own if "match" in policy else own * 0,
        "fen_displaced": money * 0.04,
    }  # fmt: skip


def study(place: District, futures: int = 10, replications: int = 2) -> list[Outcome]:
    """Every policy in every future and replication."""
    return [outcome(place, policy, future=future, replication=replication)
            for policy in POLICIES for future in range(futures) for replication in range(replications)]  # fmt: skip
