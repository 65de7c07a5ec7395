"""Postings by a rule of thumb: the weakest eligible communities first, each with the best fitting official left."""

from __future__ import annotations

from optimize.plan import Posting
from scenarios import formulas
from scenarios.district import District
from scenarios.formulas import MONTHS


def post_weakest_first(district: District) -> tuple[Posting, ...]:
    """Postings from the first month of each plan year on, as places fall vacant."""
    rule, here = district.postings, district.communities
    if rule.posts == 0 or not len(district.slots):
        return ()
    fit = formulas.posting_fit(district)
    waiting = sorted(formulas.eligible_for_posting(district), key=lambda row: (here.quality[row], here.code[row]))
    free, made = list(range(len(district.slots))), list[Posting]()
    for start in range(0, district.years * MONTHS, MONTHS):
        vacant = rule.posts - sum(p.start_month + p.months > start for p in made)
        for row in list(waiting):
            if vacant <= 0 or not free:
                break
            slot = max(free, key=lambda candidate: (fit[candidate, row], -candidate))
            if fit[slot, row] <= 0:
                continue
            made.append(Posting(district.slots.id[slot], here.code[row], start, rule.term_months))
            free.remove(slot)
            waiting.remove(row)
            vacant -= 1
    return tuple(made)
