"""Who gets and who loses between two answers: grants, posts, officials, projects, and needs met by community."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from optimize.explain.staged import Reached
from optimize.explain.words import plain, wan_words
from optimize.outlay import project_cost_fen
from optimize.postings import is_active
from scenarios import formulas
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN
from scenarios.tables import Reals
from scenarios.text import Text

ShiftKind = Literal["grant", "posts", "posting", "project", "wardens", "windows", "met"]
SMALL_WAN = 0.01  # 万元 a year: a grant that moves by less has not moved
SMALL_MET = 0.5  # needs a year


@dataclass(frozen=True)
class Shift:
    """One thing that changes: a community (or project), what, and by how much.

    万元 a year for grants, needs a year for ``met``, else a number.
    """

    kind: ShiftKind
    where: str
    amount: float


def shifts(before: Reached, after: Reached) -> list[Shift]:
    """All that differs between two answers of the same district."""
    codes = before.brief.district.communities.code
    found = [*_by_community("grant", codes, grants_wan(after) - grants_wan(before), SMALL_WAN)]
    for kind, counts in (("posts", _posts), ("posting", _postings), ("wardens", _wardens), ("windows", _windows)):
        found += _by_community(kind, codes, counts(after) - counts(before), 0.5)  # type: ignore[arg-type]
    old, new = projects(before), projects(after)
    found += [Shift("project", name, 1.0) for name in sorted(new - old)]
    found += [Shift("project", name, -1.0) for name in sorted(old - new)]
    return found + _by_community("met", codes, after.met_by_community - before.met_by_community, SMALL_MET)


def largest_shifts(found: Sequence[Shift], count: int) -> tuple[Shift, ...]:
    """The largest few of each kind."""
    kept: list[Shift] = []
    for kind in dict.fromkeys(shift.kind for shift in found):
        of_kind = sorted((s for s in found if s.kind == kind), key=lambda s: -abs(s.amount))
        kept += of_kind[:count]
    return tuple(kept)


def grants_wan(reached: Reached) -> Reals:
    """Grant of each community, mean over the plan years, 万元 a year; nothing where grants are not chosen."""
    grants = reached.allocation.money.grant
    if not grants:
        return np.zeros(len(reached.brief.district.communities))
    return np.array([np.mean([reached.answer.amount(grant) for grant in row]) for row in grants])


def projects(reached: Reached) -> set[str]:
    """Projects that are built."""
    sites = reached.brief.district.sites
    return {
        sites.id[start.site] for start in reached.allocation.first.venues.starts if reached.answer[start.built] > 0.5
    }


def unused(reached: Reached, resource: str, amount: int) -> int:
    """How many posts, officials' places or wardens are left in every plan year; 0 for anything else."""
    district, first = reached.brief.district, reached.allocation.first
    if resource == "officials":
        in_post = [sum(round(reached.answer[choice.sent]) for choice in first.postings
                       if is_active(district, choice.start_year, year)) for year in range(district.years)]  # fmt: skip
        return amount - max(in_post, default=0)
    counts = {"posts": _posts, "wardens": _wardens}.get(resource)
    return 0 if counts is None else amount - round(float(counts(reached).sum()))


def _posts(reached: Reached) -> Reals:
    count = len(reached.brief.district.communities)
    return np.array([round(reached.answer[v]) for v in reached.allocation.first.posts] or [0] * count, dtype=float)


def _postings(reached: Reached) -> Reals:
    sent = np.zeros(len(reached.brief.district.communities))
    for choice in reached.allocation.first.postings:
        sent[choice.row] += round(reached.answer[choice.sent])
    return sent


def _wardens(reached: Reached) -> Reals:
    hired = reached.allocation.first.choices.wardens
    return np.array(
        [round(reached.answer[v]) for v in hired] or [0] * len(reached.brief.district.communities), dtype=float
    )


def _windows(reached: Reached) -> Reals:
    options = reached.allocation.first.choices.windows
    added = [sum(count * round(reached.answer[v]) for count, v in enumerate(row, start=1)) for row in options]
    return np.array(added or [0] * len(reached.brief.district.communities), dtype=float)


def _by_community(kind: ShiftKind, codes: Sequence[str], change: Reals, least: float) -> list[Shift]:
    return [Shift(kind, codes[row], float(change[row])) for row in np.flatnonzero(np.abs(change) > least).tolist()]


def fullest_project(reached: Reached) -> str:
    """The project, built and all given away, around which most floor space is still lacking; empty if there is none."""
    district, starts = reached.brief.district, reached.allocation.first.venues.starts
    lacking = np.floor(formulas.space_lacking_m2(district))
    for start in starts:
        for row, part in start.given.items():
            lacking[row] -= reached.answer[part]
    best, most = "", 1.0
    for start in starts:
        if reached.answer[start.built] > 0.5:
            given = sum(reached.answer[part] for part in start.given.values())
            left = float(sum(max(lacking[row], 0.0) for row in start.given))
            if given >= float(np.floor(district.sites.m2[start.site])) - 1.0 and left > most:
                best, most = district.sites.id[start.site], left
    return best


def shift_words(district: District, shift: Shift) -> Text:
    """A change in words."""
    here = district.communities
    where = here.name[here.code.index(shift.where)] if shift.where in here.code else shift.where
    more = shift.amount > 0
    size = abs(shift.amount)
    match shift.kind:
        case "grant":
            zh, en = f"{wan_words(size * FEN_PER_WAN)}万元", f"{wan_words(size * FEN_PER_WAN)} 万元"
            return Text(f"{where}{'多' if more else '少'}得{zh}", f"{where} {'+' if more else '-'}{en}")
        case "met":
            return Text(
                f"{where}{'多' if more else '少'}办结{plain(size, 0)}件",
                f"{where} {plain(size, 0)} needs {'more' if more else 'fewer'} met",
            )
        case "project":
            site = district.sites.id.index(shift.where)
            cost = wan_words(project_cost_fen(district, site))
            return Text(
                f"{'新上' if more else '不建'}项目{where}（{cost}万元）",
                f"project {where} ({cost} 万元) {'built' if more else 'left out'}",
            )
        case "posting":
            return Text(f"{'派往' if more else '不派'}{where}", f"{where} {'gets' if more else 'loses'} an official")
        case _:
            thing = {
                "posts": Text("个岗位", "posts"),
                "wardens": Text("名网格员", "wardens"),
                "windows": Text("个窗口", "windows"),
            }[shift.kind]
            return Text(
                f"{where}{'增' if more else '减'}{plain(size, 0)}{thing.zh}",
                f"{where} {'+' if more else '-'}{plain(size, 0)} {thing.en}",
            )
