"""The yes-or-no decisions of a plan as values of a program's whole columns: where a search for a changed plan begins."""

from __future__ import annotations

from collections.abc import Iterator

from optimize.allocation import Allocation
from optimize.money import Case
from optimize.plan import Plan
from optimize.program import Variable
from optimize.standing import windows_before
from scenarios import formulas
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.funding import own_effort_fen

Decided = dict[Variable, float]


def decided(district: District, allocation: Allocation, plan: Plan) -> Decided:
    """Every whole column that the plan settles, with its value."""
    return dict([*_counts(allocation, plan), *_postings(district, allocation, plan), *_projects(district, allocation, plan),
                 *_windows(district, allocation, plan), *_cases(district, allocation, plan)])  # fmt: skip


def _counts(allocation: Allocation, plan: Plan) -> Iterator[tuple[Variable, float]]:
    first = allocation.first
    for row, count in enumerate(first.posts):
        yield count, float(plan.posts[row, 0])
    for row, count in enumerate(first.choices.wardens):
        yield count, float(plan.wardens[row]) if plan.wardens.size else 0.0


def _postings(district: District, allocation: Allocation, plan: Plan) -> Iterator[tuple[Variable, float]]:
    fit, row = formulas.posting_fit(district), {code: at for at, code in enumerate(plan.communities)}
    slot = {name: at for at, name in enumerate(district.slots.id)}
    made = {(row[p.community], float(fit[slot[p.slot], row[p.community]]), p.start_month // MONTHS) for p in plan.postings
            if p.slot in slot and p.community in row}  # fmt: skip
    for choice in allocation.first.postings:
        yield choice.sent, float((choice.row, choice.fit, choice.start_year) in made)


def _projects(district: District, allocation: Allocation, plan: Plan) -> Iterator[tuple[Variable, float]]:
    built = {(project.site_id, project.start_month // MONTHS) for project in plan.projects}
    for start in allocation.first.venues.starts:
        yield start.built, float((district.sites.id[start.site], start.year) in built)


def _windows(district: District, allocation: Allocation, plan: Plan) -> Iterator[tuple[Variable, float]]:
    before = windows_before(district)
    for row, options in enumerate(allocation.first.choices.windows):
        added = int(plan.windows[row] - before[row]) if plan.windows.size else 0
        for count, option in enumerate(options, start=1):
            yield option, float(count == added)


def _cases(district: District, allocation: Allocation, plan: Plan) -> Iterator[tuple[Variable, float]]:
    """Whether own money is kept, and whether there is prevention, by community and year."""
    own, stick = own_effort_fen(district), district.rates.stick_rate
    for row, years in enumerate(allocation.money.cases):
        for year, cases in enumerate(years):
            if len(cases) < 2:
                continue
            kept = (1.0 - stick) * float(plan.lump_fen[row, year]) <= float(own[row])
            prevents = bool(plan.prevention_fen[row, year] > 0)
            best = min(range(len(cases)), key=lambda at: _unlike(cases[at], prevents, kept))
            for at, case in enumerate(cases):
                for pick in case.active:
                    yield pick, float(at == best)


def _unlike(case: Case, prevents: bool, kept: bool) -> tuple[bool, bool]:
    """How a case differs from what the plan does: prevention first, then whether own money is kept."""
    rates = [rate for v, rate in case.service.items() if v not in case.active]
    keeps = bool(rates) and rates[0] < 1.0
    return case.prevents != prevents, bool(rates) and keeps != kept
