"""Why not something else? It is forced, everything is planned again around it, and the cost is told; or the rule that forbids it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from optimize.conflict import conflicts_of, told
from optimize.explain.brief import Brief
from optimize.explain.places import Shift, largest_shifts, shifts
from optimize.explain.ruled_out import already, ruled_out
from optimize.explain.staged import FINE, Reached, money_moves, reach, settled
from optimize.explain.words import goal_amount, goal_change, lock_words, plain
from optimize.explain.worth import Gain, gain_of
from optimize.locks import Lock
from optimize.plan import Limits, Plan
from optimize.pursuit import assembled
from scenarios.text import Text

Verdict = Literal["already", "forbidden", "priced"]
GIVE = 0.02  # of the price: what moving less money elsewhere may cost when it is told who loses
TOLD = 5


@dataclass(frozen=True)
class WhyNot:
    """The answer about one decision: made anyway, forbidden (by which rules), or its price by goal and who pays it.

    ``gains``: what the last goal gains when the decision is forced, below nought for a loss. ``worse``: earlier goals that
    cannot be held where they were, and by how much they give. ``needs_met``: needs met more a year.
    """

    asked: Text
    verdict: Verdict
    reasons: tuple[Text, ...] = ()
    gains: tuple[Gain, ...] = ()
    worse: tuple[Gain, ...] = ()
    needs_met: float = 0.0
    where: tuple[Shift, ...] = ()

    @property
    def says(self) -> Text:
        """The answer in one sentence."""
        if self.verdict == "already":
            return Text(f"{self.asked.zh}：方案本来就这样安排", f"{self.asked.en}: the plan does so")
        if self.verdict == "forbidden":
            zh, en = "；".join(r.zh for r in self.reasons), "; ".join(r.en for r in self.reasons)
            return Text(f"{self.asked.zh}：做不到。{zh}", f"{self.asked.en}: cannot be. {en}")
        return _priced(self)


def why_not(base: Reached, plan: Plan, lock: Lock, limits: Limits = FINE) -> WhyNot:
    """What forcing a decision would cost, against the answer ``base`` to the same brief."""
    asked = lock_words(base.brief.district, lock)
    if already(base.brief.district, plan, lock):
        return WhyNot(asked, "already")
    reasons = ruled_out(base.brief.district, lock)
    if reasons:
        return WhyNot(asked, "forbidden", tuple(reasons))
    forced = base.brief.with_locks((*base.brief.locks, lock))
    found = _planned_around(base, forced, limits, quick=True) or _planned_around(base, forced, limits, quick=False)
    if found is None:
        return WhyNot(asked, "forbidden", tuple(told(conflicts_of(forced, limits))))
    last = base.last
    gain = gain_of(str(last), base.found[last], found.found[last], -1, relaxes=True)
    worse = [Gain(str(stage), base.held[stage] - held, base.held[stage] - held, base.held[stage] - held)
             for stage, held in found.held.items() if stage != last and held > base.held[stage] + 1e-9]  # fmt: skip
    return WhyNot(asked, "priced", (), (gain,), tuple(worse), found.needs_met - base.needs_met,
                  largest_shifts([s for s in shifts(base, found) if s.where != lock.where], TOLD))  # fmt: skip


def _planned_around(base: Reached, forced: Brief, limits: Limits, *, quick: bool) -> Reached | None:
    """The best around the decision, with as little money moved besides as its price allows."""
    allocation = assembled(forced.district, forced.pursuit)
    moves = money_moves(allocation, base)
    found = reach(forced, limits, near=base, allocation=allocation, quick=quick)
    if found is None:
        return None
    give = GIVE * abs(found.found[found.last].value - base.found[base.last].value)
    answer = settled(found, moves, give)
    return Reached(forced, allocation, found.search, answer, found.found, found.held)


def _priced(answer: WhyNot) -> Text:
    gain = answer.gains[-1]
    goal = gain.goal
    zh, en = [], []
    for one in answer.worse:
        by = goal_change(one.goal, -one.gain)  # type: ignore[arg-type]
        zh.append(f"前面的目标守不住，要让{by.zh}")
        en.append(f"an earlier goal cannot be held and gives {by.en}")
    size = goal_amount("needs_met" if goal == "weighted" else goal, -gain.gain)  # type: ignore[arg-type]
    if not gain.proven:
        zh.append("代价小到证明不出来")
        en.append("its price is smaller than can be proven")
    else:
        zh.append(f"社会总成本每年多{size.zh}" if goal == "needs_met" else f"目标变差{size.zh}")
        en.append(
            f"social cost rises by {size.en} a year" if goal == "needs_met" else f"the goal is worse by {size.en}"
        )
    met = plain(abs(answer.needs_met), 0)
    if met != "0" and gain.proven:
        zh.append(f"每年{'多' if answer.needs_met > 0 else '少'}办结约{met}件")
        en.append(f"about {met} needs a year {'more' if answer.needs_met > 0 else 'fewer'} are met")
    return Text(f"{answer.asked.zh}：可以做，{'，'.join(zh)}", f"{answer.asked.en}: can be done; {'; '.join(en)}")
