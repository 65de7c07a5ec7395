"""A plan against what was really done in its first year, and the district as it stands after that year.

Money balances: what a community was granted and what else it had is what it spent and what it holds, to the fen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from jiceng.actuals_files import ITEMS, MONEY, Actuals
from optimize.plan import YEARLY, Plan
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.funding import FEN_PER_YUAN, year_money
from scenarios.problems import Problem, ScenarioError
from scenarios.tables import Integers
from scenarios.text import Text
from sim.run import open_model, reached, start

COMPARED = (*MONEY, "posts")


@dataclass(frozen=True, eq=False)
class Line:
    """One item of all communities: planned and actual, in fen or posts. ``told``: the table of actuals tells it."""

    item: str
    planned: Integers
    actual: Integers
    told: bool

    @property
    def says(self) -> Text:
        """What the item is called."""
        return ITEMS[self.item]

    @property
    def difference(self) -> Integers:
        """Actual less planned, by community."""
        return np.asarray(self.actual - self.planned)


@dataclass(frozen=True, kw_only=True, eq=False)
class Account:
    """A year's plan beside the actuals: money and posts line by line; postings and projects not made, or made unplanned."""

    year: int
    communities: tuple[str, ...]
    lines: tuple[Line, ...]
    postings_missing: tuple[str, ...]
    postings_unplanned: tuple[str, ...]
    projects_missing: tuple[str, ...]
    projects_unplanned: tuple[str, ...]

    def line(self, item: str) -> Line:
        """The line of an item."""
        return next(line for line in self.lines if line.item == item)


def account_of(district: District, plan: Plan, actuals: Actuals, file: str) -> Account:
    """The plan's first year beside the actuals. Raises ``ScenarioError`` where a community's money does not balance."""
    planned = _planned(district, plan)
    actual = {item: actuals.money.get(item) for item in MONEY} | {"posts": actuals.posts}
    lines = {item: Line(item, planned[item], planned[item] if actual[item] is None else np.asarray(actual[item]), actual[item] is not None)
             for item in COMPARED}  # fmt: skip
    if not lines["spent"].told:  # all was spent that is not held
        had = lines["granted"].actual + lines["own"].actual
        lines["spent"] = replace(lines["spent"], actual=np.asarray(had - lines["held"].actual))
    lines["held"] = _held(lines, file, plan)
    made = [f"{p.slot} {p.community}" for p in actuals.postings or ()]
    sent = [f"{p.slot} {p.community}" for p in plan.postings if p.start_month < MONTHS]
    built = [p.site_id for p in actuals.projects or ()]
    due = [p.site_id for p in plan.projects if p.start_month < MONTHS]
    return Account(
        year=plan.years[0], communities=plan.communities, lines=tuple(lines.values()),
        postings_missing=_without(sent, made, actuals.postings), postings_unplanned=_without(made, sent, made),
        projects_missing=_without(due, built, actuals.projects), projects_unplanned=_without(built, due, built),
    )  # fmt: skip


def _planned(district: District, plan: Plan) -> dict[str, Integers]:
    """The plan's first year by item: all service money is to be spent, and nothing held."""
    granted = plan.lump_fen[:, 0]
    service = np.asarray(year_money(district, granted).service_fen)
    return {"granted": granted, "own": service - granted, "spent": service, "held": np.zeros_like(granted),
            "contracts": plan.contract_fen[:, 0], "prevention": plan.prevention_fen[:, 0], "posts": plan.posts[:, 0]}  # fmt: skip


def _held(lines: dict[str, Line], file: str, plan: Plan) -> Line:
    """What is left of the year's money; stated and reckoned must agree, and nobody can have spent more than there was."""
    left = lines["granted"].actual + lines["own"].actual - lines["spent"].actual
    stated = lines["held"]
    wrong = left != stated.actual if stated.told else left < 0
    problems = [Problem(file, None, f"held {plan.communities[row]}", _balance(lines, row), Text("拨付加自筹等于支出加结余", "granted and own money equal to spent and held money"),
                        Text("核对该社区的各项金额", "check the amounts of this community")) for row in np.flatnonzero(wrong).tolist()]  # fmt: skip
    if problems:
        raise ScenarioError(problems)
    return replace(stated, actual=left)


def _balance(lines: dict[str, Line], row: int) -> Text:
    granted, own, spent, held = (float(lines[item].actual[row]) / 1e6 for item in ("granted", "own", "spent", "held"))
    return Text(f"拨付 {granted:g}、自筹 {own:g}、支出 {spent:g}、结余 {held:g} 万元",
                f"granted {granted:g}, own {own:g}, spent {spent:g}, held {held:g} 万元")  # fmt: skip


def _without(these: list[str], others: list[str], told: object) -> tuple[str, ...]:
    return () if told is None else tuple(name for name in these if name not in others)


def done(plan: Plan, actuals: Actuals) -> Plan:
    """The plan of a year as it was really carried out; what the actuals do not tell was done as planned."""
    changes = {field: np.repeat(values[:, None], len(plan.years), axis=1)
               for field, values in (("lump_fen", actuals.money.get("granted")), ("contract_fen", actuals.money.get("contracts")),
                                     ("prevention_fen", actuals.money.get("prevention")), ("posts", actuals.posts))
               if values is not None}  # fmt: skip
    assert set(changes) <= set(YEARLY)
    planned = tuple(posting for posting in plan.postings if posting.start_month < MONTHS)
    begun = tuple(project for project in plan.projects if project.start_month < MONTHS)
    return plan.with_changes(**changes, postings=planned if actuals.postings is None else actuals.postings,
                             projects=begun if actuals.projects is None else actuals.projects)  # fmt: skip


def district_after(district: District, plan: Plan, actuals: Actuals) -> District:
    """The district a year on, as a planner finds it after the actuals.

    Last year's grants are what was granted; officials in post and projects begun are no longer to be had, and those in
    post count against the places; open venues are floor space; the plan years shift. All of it is what
    :func:`sim.run.reached` makes of a run's state, with the actuals in place of a simulated year.
    """
    carried = done(plan, actuals)
    begun = open_model(start(district, seed=0), carried).state()
    told = {project.site_id for project in actuals.projects or ()}
    ends = begun.month + MONTHS
    venues = tuple(
        replace(venue, opens=min(venue.opens, ends)) if venue.site in told else venue for venue in begun.venues
    )
    year = (np.zeros((len(plan.communities), 0), dtype=np.int64),) * MONTHS  # what fades has faded for a year
    later = reached(begun.with_changes(month=ends, venues=venues, record=year))
    granted = carried.lump_fen[:, 0] / FEN_PER_YUAN
    return later.with_changes(communities=later.communities.replaced(last_service_fund_yuan=granted))
