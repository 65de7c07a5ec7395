"""From an answer to a plan in whole fen, posts and square metres that keeps every rule exactly."""

from __future__ import annotations

import numpy as np

from optimize.allocation import Allocation
from optimize.answer import Answer
from optimize.coefficients import yields_of
from optimize.money import grant_bounds_fen, pools_fen
from optimize.plan import Plan, Posting, Project, Status
from optimize.rounding_choices import chosen
from scenarios import formulas
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.funding import FEN_PER_WAN, FEN_PER_YUAN, year_money
from scenarios.tables import Integers


def rounded_plan(district: District, allocation: Allocation, answer: Answer, *, status: Status) -> Plan:
    """The plan of an answer; the promise is not filled in."""
    lump = _grants(district, allocation, answer)
    contract, prevention = _uses(district, allocation, answer, lump)
    first = allocation.first
    counts = [round(answer[count]) for count in first.posts] or [0] * len(district.communities)
    return Plan(
        method="optimal",
        communities=district.communities.code,
        years=district.plan_years,
        status=status,
        lump_fen=lump,
        contract_fen=contract,
        prevention_fen=prevention,
        posts=np.repeat(np.array(counts, dtype=np.int64)[:, None], district.years, axis=1),
        postings=_postings(district, allocation, answer),
        projects=_projects(district, allocation, answer),
        **chosen(district, first.choices, answer),
    )


def _grants(district: District, allocation: Allocation, answer: Answer) -> Integers:
    if not allocation.money.grant:
        fixed = district.service_fund.entitlement_fen or (0,) * len(district.communities)
        return np.repeat(np.array(fixed, dtype=np.int64)[:, None], district.years, axis=1)
    floor, most = grant_bounds_fen(district)
    wan = np.array([[answer.amount(grant) for grant in row] for row in allocation.money.grant])
    fen = np.clip(np.floor(wan * FEN_PER_WAN + 1e-3).astype(np.int64), floor[:, None], most[:, None])
    for year, pool in enumerate(pools_fen(district, fen)):
        over = int(fen[:, year].sum()) - pool
        for row in np.argsort(-(fen[:, year] - floor), kind="stable"):  # a few fen at most
            taken = min(max(over, 0), int(fen[row, year] - floor[row]))
            fen[row, year] -= taken
            over -= taken
    return fen


def _uses(district: District, allocation: Allocation, answer: Answer, lump: Integers) -> tuple[Integers, Integers]:
    """Contract and prevention money; prevention that would miss its threshold or prevents nothing is dropped."""
    yields = yields_of(district)
    threshold = np.ceil(yields.curve.threshold_yuan * FEN_PER_YUAN * yields.residents)
    contract, prevention = np.zeros_like(lump), np.zeros_like(lump)
    for year in range(district.years):
        service = year_money(district, lump[:, year]).service_fen
        uses = [row[year] for row in allocation.uses]
        wanted = np.array([answer.amount(use.prevention) for use in uses])
        asked = np.minimum(np.floor(wanted * FEN_PER_WAN + 1e-3).astype(np.int64), service)
        prevention[:, year] = np.where(asked > threshold, asked, 0)
        bought = np.floor(np.array([answer.amount(use.contract) for use in uses]) * FEN_PER_WAN + 1e-3).astype(np.int64)
        ceiling = np.minimum(yields.contract_limit_fen.astype(np.int64), service - prevention[:, year])
        contract[:, year] = np.clip(bought, 0, ceiling)
    return contract, prevention


def _postings(district: District, allocation: Allocation, answer: Answer) -> tuple[Posting, ...]:
    """Who goes where: the choices made, each given an official of its fit by augmenting paths (a transport problem)."""
    chosen = [choice for choice in allocation.first.postings if answer[choice.sent] > 0.5]
    fit = formulas.posting_fit(district)
    taken: dict[int, int] = {}  # slot -> choice

    def place(number: int, seen: set[int]) -> bool:
        choice = chosen[number]
        for slot in np.flatnonzero(fit[:, choice.row] == choice.fit).tolist():
            if slot in seen:
                continue
            seen.add(slot)
            if slot not in taken or place(taken[slot], seen):
                taken[slot] = number
                return True
        return False

    for number in range(len(chosen)):
        if not place(number, set()):
            raise RuntimeError("the postings chosen cannot be manned: a defect of the program")
    sent = sorted((chosen[number].start_year, chosen[number].row, slot) for slot, number in taken.items())
    return tuple(
        Posting(district.slots.id[slot], district.communities.code[row], year * MONTHS, district.postings.term_months)
        for year, row, slot in sent
    )


def _projects(district: District, allocation: Allocation, answer: Answer) -> tuple[Project, ...]:
    """Projects with their space in whole square metres; a project that serves nobody is not built."""
    projects = []
    for start in allocation.first.venues.starts:
        if answer[start.built] < 0.5:
            continue
        given = {row: float(np.floor(answer[part] + 1e-6)) for row, part in start.given.items()}
        serves = tuple((district.communities.code[row], m2) for row, m2 in sorted(given.items()) if m2 > 0)
        if serves:
            projects.append(Project(district.sites.id[start.site], start.year * MONTHS, serves))
    return tuple(projects)
