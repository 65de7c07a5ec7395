"""Words that explanations share: amounts, places, and lists that never grow long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from optimize.locks import Lock
from scenarios.district import District
from scenarios.funding import FEN_PER_WAN
from scenarios.goals import Goal
from scenarios.text import Text

NAMED = 5  # places named in a list; the rest are counted

GOAL_WORDS: dict[Goal, Text] = {
    "floors": Text("场所面积缺口占比", "share of the lacking floor space"),
    "worst_tenth": Text("最差十分之一社区未办结的比例", "needs unmet in the worst tenth"),
    "needs_met": Text("社会总成本", "social cost"),
    "steadiness": Text("补助逐年变动", "change of grants from year to year"),
    "max_min": Text("最差社区未办结的比例", "needs unmet in the worst community"),
    "rural_gap": Text("城乡办结率差距", "gap between villages and town"),
    "gini": Text("办结率基尼系数", "Gini coefficient of needs met"),
    "outlay": Text("方案支出", "what the plan spends"),
}
IN_SHARES: tuple[Goal, ...] = ("floors", "worst_tenth", "max_min", "rural_gap", "gini")


def wan_words(fen: float) -> str:
    """Fen as 万元 with at most two decimals.

    >>> wan_words(43_600_000), wan_words(12_345), wan_words(1_234_560_000)
    ('43.6', '0.01', '1,234.56')
    """
    return plain(fen / FEN_PER_WAN, 2)


def plain(value: float, decimals: int = 1) -> str:
    """A number with at most so many decimals, and never a negative zero.

    >>> plain(2.0), plain(-0.01), plain(1234.56, 0)
    ('2', '0', '1,235')
    """
    text = f"{value:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def goal_amount(goal: Goal, value: float) -> Text:
    """A goal's measure: percentages for shares, 万元 for money.

    >>> goal_amount("worst_tenth", 0.4831).zh, goal_amount("needs_met", 58491.06).en
    ('48.3%', '58,491 万元')
    """
    if goal == "gini":
        return Text(plain(value, 3), plain(value, 3))
    if goal in IN_SHARES:
        return Text(f"{plain(100 * value)}%", f"{plain(100 * value)} %")
    return Text(
        f"{plain(value, 1 if abs(value) < 1000 else 0)}万元", f"{plain(value, 1 if abs(value) < 1000 else 0)} 万元"
    )


def goal_change(goal: Goal, value: float) -> Text:
    """A difference of a goal's measure: percentage points for shares."""
    if goal == "gini":
        return Text(plain(value, 3), plain(value, 3))
    if goal in IN_SHARES:
        digits = 1 if abs(value) >= 0.001 else 3
        return Text(f"{plain(100 * value, digits)}个百分点", f"{plain(100 * value, digits)} points")
    return goal_amount(goal, value)


def place(district: District, code: str) -> str:
    """A community as planners call it, with its code, for names come more than once."""
    here = district.communities
    return f"{here.name[here.code.index(code)]}（{code}）" if code in here.code else code


def names_of(district: District, codes: Sequence[str]) -> Text:
    """Communities in a list: by name, with the code only where a name comes more than once."""
    name = dict(zip(district.communities.code, district.communities.name, strict=True))
    shared = {one for one, count in Counter(district.communities.name).items() if count > 1}
    return listed([place(district, code) if name[code] in shared else name[code] for code in codes])


def listed(names: Sequence[str]) -> Text:
    """The first few names of a list.

    >>> listed(["甲", "乙"]).zh, listed([str(n) for n in range(7)]).en
    ('甲、乙', '0, 1, 2, 3, 4 and others')
    """
    first, more = names[:NAMED], len(names) > NAMED
    return Text("、".join(first) + "等" * more, ", ".join(first) + " and others" * more)


def counted(number: int, thing: str) -> str:
    """A number of things in English.

    >>> counted(1, "post"), counted(2, "post")
    ('1 post', '2 posts')
    """
    return f"{number} {thing}" if number == 1 else f"{number:,} {thing}s"


def communities_in_english(number: int) -> str:
    """How many communities.

    >>> communities_in_english(1), communities_in_english(1200)
    ('1 community', '1,200 communities')
    """
    return "1 community" if number == 1 else f"{number:,} communities"


def lock_words(district: District, lock: Lock) -> Text:
    """A settled decision."""
    where = place(district, lock.where)
    year = "" if lock.year is None else f"{district.first_year + lock.year}年"
    since = "" if lock.year is None else f" in {district.first_year + lock.year}"
    match lock.kind:
        case "grant":
            amount = wan_words(lock.amount)
            return Text(f"{year or '每年'}给{where}补助{amount}万元", f"{amount} 万元 a year for {where}{since}")
        case "posting" if lock.amount:
            return Text(f"{year}向{where}选派第一书记", f"an official posted to {where}{since}")
        case "posting":
            return Text(f"{year}不向{where}选派第一书记", f"no official posted to {where}{since}")
        case "project" if lock.amount:
            return Text(f"{year}建设项目{lock.where}", f"project {lock.where} built{since}")
        case "project":
            return Text(f"{year}不建项目{lock.where}", f"project {lock.where} not built{since}")
        case "posts":
            return Text(f"给{where}增设{lock.amount}个岗位", f"{counted(lock.amount, 'extra post')} in {where}")
        case "windows":
            return Text(f"{where}共设{lock.amount}个窗口", f"{counted(lock.amount, 'window')} in all in {where}")
        case "wardens":
            return Text(f"给{where}增配{lock.amount}名网格员", f"{counted(lock.amount, 'extra warden')} in {where}")
