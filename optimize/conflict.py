"""Why nothing fits, in words: the fewest rules that clash, and how far each alone would have to give way.

Floors that exceed the pool or the cap are seen at once; all else is found by searching with rules left out, see
:mod:`optimize.explain.clash`.
"""

from __future__ import annotations

from functools import partial

from optimize.explain.brief import Brief, fits
from optimize.explain.clash import Clash, clash_words, clashes
from optimize.explain.rule import Rule
from optimize.explain.rules_asked import asked_rules
from optimize.explain.rules_of_hands import hand_rules
from optimize.explain.rules_of_money import HUNDRED_YUAN, money_rules
from optimize.explain.rules_of_places import place_rules
from optimize.explain.words import communities_in_english, names_of
from optimize.money import yearly_pool_fen
from optimize.plan import Limits
from optimize.pursuit import Pursuit
from optimize.violation import wan
from scenarios.district import District
from scenarios.text import Text

SHARP = 1e-6  # gap at which an amount is settled
UNEXPLAINED = Text("没有找到可行方案", "no plan fits, and no single rule explains it")


def rules_of(brief: Brief) -> list[Rule]:
    """Every rule and settled decision that could give way, those first that a planner would look at last."""
    return [*place_rules(brief), *hand_rules(brief), *money_rules(brief), *asked_rules(brief)]


def conflicts_of(brief: Brief, limits: Limits) -> list[Clash]:
    """Why no plan fits a brief; empty if one does."""
    sharp = Limits(time_limit_s=limits.time_limit_s, gap=SHARP)
    return clashes(brief, rules_of, partial(fits, limits=sharp), lambda rule, some: rule.least(some, sharp))


def on_sight(district: District) -> list[Clash]:
    """Clashes of the rules of a free fund that need no search."""
    brief = Brief(district, Pursuit())
    return clashes(brief, _floor_rules, lambda some: _floors_fit(some.district), _on_paper)


def contradictions(district: District) -> list[Text]:
    """Rules of a free fund that no plan can keep together, and what would end that."""
    return told(on_sight(district))


def smallest_breach(district: District, pursuit: Pursuit, limits: Limits) -> list[Text]:
    """The rules that clash and the smallest changes after which a plan exists, in words."""
    return told(conflicts_of(Brief(district, pursuit), limits)) or [UNEXPLAINED]


def told(found: list[Clash]) -> list[Text]:
    """Clashes in words, one a line."""
    return [clash_words(clash, _head(clash), first=not number) for number, clash in enumerate(found)]


def _floor_rules(brief: Brief) -> list[Rule]:
    return [rule for rule in money_rules(brief) if rule.key != "outlay"]


def _floors_fit(district: District) -> bool:
    fund = district.service_fund
    if fund.mode != "free":
        return True
    return sum(fund.floor_fen) <= yearly_pool_fen(district) and max(fund.floor_fen, default=0) <= fund.cap_fen


def _on_paper(rule: Rule, brief: Brief) -> int | None:
    """The fewest units of a rule at which floors fit, in the steps in which money gives way; without any search."""
    step = 1 if rule.key == "reserve" else HUNDRED_YUAN
    low, high = 0, 1
    while not _floors_fit(rule.given(brief, high * step).district):
        low, high = high, 2 * high
        if high * step > 10**15:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _floors_fit(rule.given(brief, middle * step).district) else (middle, high)
    return high * step


def _head(clash: Clash) -> Text | None:
    """What clashes, with its amounts, where floors alone are the matter."""
    district, keys = clash.brief.district, {rule.key for rule in clash.rules}
    fund = district.service_fund
    floors, pool = sum(fund.floor_fen), yearly_pool_fen(district)
    if (keys == {"pool", "floors"} and floors > pool) or keys == {"pool", "floors", "reserve"}:
        kept = Text("扣除机动部分后的", "left by the reserve") if "reserve" in keys else Text("", "")
        over = wan(floors - pool)
        return Text(
            f"各社区保底合计{wan(floors)}万元，超过{kept.zh}资金池{wan(pool)}万元，差{over}万元",
            f"floors of {wan(floors)} 万元 exceed the pool of {wan(pool)} 万元 {kept.en + ' ' if kept.en else ''}by {over} 万元")  # fmt: skip
    if keys == {"cap", "floors"}:
        above = [code for code, floor in zip(district.communities.code, fund.floor_fen, strict=True)
                 if floor > fund.cap_fen]  # fmt: skip
        names, most, number = names_of(district, above), wan(max(fund.floor_fen)), len(above)
        return Text(f"{number}个社区（{names.zh}）的保底（最高{most}万元）高于上限{wan(fund.cap_fen)}万元",
                    f"the floors of {communities_in_english(number)} ({names.en}; up to {most} 万元) are above the cap of {wan(fund.cap_fen)} 万元")  # fmt: skip
    return None
