"""The sentences of a study of matched funding, in both languages; every number stands in one of its tables."""

from __future__ import annotations

from math import isfinite

from results.compare import Verdict
from results.estimates import Estimate
from results.matching import MANDATED, ArmReport, CountyReport, FlipReport, MatchingReport, Pairing, RegionReport
from results.numbers import number
from scenarios.text import Text

KINDS = {"total": Text("总支出相等", "at equal outlay of all payers"),
         "granter": Text("上级支出相等", "at equal outlay of the granter")}  # fmt: skip
POINT = 100.0


def points(estimate: Estimate) -> str:
    """A difference of shares in percentage points with its interval.

    >>> points(Estimate(0.019, 0.012, 0.026, 0.01, 10))
    '+1.9 (+1.2 to +2.6)'
    """
    mean, low, high = (number(v * POINT, 1, signed=True) for v in (estimate.mean, estimate.low, estimate.high))
    return f"{mean} ({low} to {high})"


def points_text(estimate: Estimate) -> Text:
    """The same in both languages."""
    english = points(estimate)
    return Text(english.replace(" (", "（").replace(")", "）").replace(" to ", " 至 "), english)


def points_said(estimate: Estimate) -> Text:
    """The same with its unit, for a sentence."""
    mean, low, high = (number(v * POINT, 1, signed=True) for v in (estimate.mean, estimate.low, estimate.high))
    return Text(f"{mean} 个百分点（{low} 至 {high}）", f"{mean} points ({low} to {high})")


def headline(report: MatchingReport) -> Text:
    """The answer in one sentence."""
    match, needs = report.arm("base_match").needs_met, report.arm("needs").needs_met
    assert match is not None
    assert needs is not None
    first = {
        Verdict.BETTER: Text("自愿1比1好于强制配套", "a voluntary 1:1 match does better than the mandated one"),
        Verdict.WORSE: Text("自愿1比1差于强制配套", "a voluntary 1:1 match does worse than the mandated one"),
    }.get(
        match.verdict,
        Text("自愿1比1与强制配套分不出高下", "a voluntary 1:1 match cannot be told from the mandated one"),
    )
    ours, best = points_said(match.difference), points_said(needs.difference)
    return Text(f"同样的钱，{first.zh}：办结率 {ours.zh}；按需规划 {best.zh}",
                f"For the same money {first.en}: needs met {ours.en}; a needs-based plan {best.en}")  # fmt: skip


def who_gains(arm: ArmReport) -> Text:
    """Quarters by own revenue whose whole interval is on one side, and communities that gain and lose."""
    ordered = sorted(arm.quarters, key=lambda group: group.group)
    up = [f"q{place + 1}" for place, group in enumerate(ordered) if group.difference.low > 0]
    down = [f"q{place + 1}" for place, group in enumerate(ordered) if group.difference.high < 0]
    return Text(
        f"{arm.name.zh}：受益的是{'、'.join(map(_quarter_zh, up)) or '（无）'}，受损的是{'、'.join(map(_quarter_zh, down)) or '（无）'}；"
        f"社区受益 {arm.gains} 个、受损 {arm.losses} 个",
        f"{arm.name.en}: gain: {', '.join(map(_quarter_en, up)) or 'no quarter'}; lose: {', '.join(map(_quarter_en, down)) or 'no quarter'}; "
        f"{arm.gains} communities gain and {arm.losses} lose",
    )  # fmt: skip


def _quarter_zh(name: str) -> str:
    return {"q1": "最穷四分之一", "q2": "较穷四分之一", "q3": "较富四分之一", "q4": "最富四分之一"}[name]


def _quarter_en(name: str) -> str:
    return {"q1": "the poorest quarter", "q2": "the second", "q3": "the third", "q4": "the richest quarter"}[name]


def cannot_match(report: MatchingReport) -> Text:
    """Who could not pay the local half, and what stays on the table."""
    alone = report.arm("match_alone").ledger
    half = number(report.half_wan)
    return Text(
        f"{report.communities} 个社区中，{report.short_of_half} 个所在的街镇或村拿不出应出的一半（{half} 万元），其中 {report.without_money} 个没有自有收入；"
        f"只靠自愿1比1，{alone.nothing} 个社区一分配套也拿不到，桌上剩下 {number(alone.left)} 万元/年",
        f"of {report.communities} communities {report.short_of_half} have payers that cannot raise the local half of {half} 万元, "
        f"{report.without_money} of them no own revenue at all; under a voluntary 1:1 alone {alone.nothing} draw nothing and "
        f"{number(alone.left)} 万元 a year stay on the table",
    )  # fmt: skip


def why_the_poorest(report: MatchingReport) -> Text:
    """What each rule puts behind a resident of the poorest and the richest quarter: equal sums favour small villages."""
    even, needs, alone = (report.arm(name).ledger.per_head for name in (MANDATED, "needs", "match_raised"))
    poor, rich, then, left = (number(value) for value in (even[0], even[-1], needs[0], alone[0]))
    return Text(
        f"最穷四分之一多是小村：每个社区同额时，人均服务经费 {poor} 元（最富四分之一 {rich} 元）；按需规划下 {then} 元；只配套、比例提到花完时只有 {left} 元",
        f"the poorest quarter are mostly small villages: with the same sum for every community they have {poor} yuan a head (the richest quarter "
        f"{rich}), under the needs-based plan {then}, under a match alone with its ratio raised only {left}",
    )  # fmt: skip


def own_money(report: MatchingReport) -> Text:
    """What a match draws of own money, and what grants displace."""
    match, even = report.arm("match_alone").ledger, report.arm(MANDATED).ledger
    drawn, gone = number(sum(match.drawn.values())), number(sum(even.displaced.values()))
    village = number(match.drawn["village"])
    return Text(
        f"只靠自愿1比1，自筹比无补助时多 {drawn} 万元/年（其中村 {village} 万元）；强制配套是平均拨付，反而顶掉自筹 {gone} 万元/年",
        f"a voluntary 1:1 alone draws {drawn} 万元 a year of own money beyond what payers spend anyway ({village} from villages); "
        f"the mandated fund, granted to all alike, displaces {gone}",
    )  # fmt: skip


def in_region(region: RegionReport) -> Text:
    """Which counties cannot pay their half, and what the other rules bring."""
    short = region.cannot
    who = Text(
        "、".join(_short(county).zh for county in short) or "没有",
        ", ".join(_short(county).en for county in short) or "none",
    )
    offered, needs = region.needs_met["voluntary"], region.needs_met["needs"]
    return Text(
        f"{region.name.zh}：出不起应出一半的县区：{who.zh}；全市办结率与强制1比1相比，自愿1比1 {points_said(offered).zh}、"
        f"按需规划 {points_said(needs).zh}",
        f"{region.name.en}: counties that cannot raise their half: {who.en}; needs met against the mandated 1:1: voluntary "
        f"{points_said(offered).en}, needs-based plan {points_said(needs).en}",
    )  # fmt: skip


def _short(county: CountyReport) -> Text:
    lacking = number(county.short)
    return Text(f"{county.name.zh}（缺 {lacking} 万元）", f"{county.name.en} (short of {lacking} 万元)")


def flips(flip: FlipReport, pairing: Pairing) -> Text:
    """Where the first arm beats the second, as far as the map goes: below which cost of local money at which inequality."""
    first, second, kind = flip.names[pairing.first], flip.names[pairing.second], KINDS[pairing.kind]
    head = Text(f"{kind.zh}时，{first.zh}对{second.zh}", f"{first.en} against {second.en}, {kind.en}")
    ends = [pairing.break_even(place) for place in range(len(flip.spreads))]
    low, high = flip.costs[0], flip.costs[-1]
    wins = [[pairing.at(place, cost) > 0 for cost in (low, high)] for place in range(len(ends))]
    if not any(any(one) for one in wins):
        nearest = max(range(len(ends)), key=lambda place: pairing.at(place, low))
        less = number(-pairing.at(nearest, low))
        return Text(f"{head.zh}：图中无处占优，最接近处社会成本仍高 {less} 万元/年",
                    f"{head.en}: nowhere better on the map; at the nearest point society still pays {less} 万元 a year more")  # fmt: skip
    if all(all(one) for one in wins):
        return Text(f"{head.zh}：图中处处占优", f"{head.en}: everywhere on the map")
    today = flip.spreads.index(1.0)
    gini, now = flip.ginis[today], ends[today]
    paying = [end for end in ends if end > low]
    span = f"{min(paying):.2f}"
    top = f"{max(paying):.2f}" if isfinite(max(paying)) else "∞"
    zh = f"{head.zh}：差距为今天的（基尼 {gini:.2f}）时，地方1元的社会成本低于 {now:.2f} 元才占优；各种差距下分界在 {span} 至 {top} 元"
    en = (f"{head.en}: at today's inequality (Gini {gini:.2f}) better only where a local yuan costs society less than {now:.2f} yuan; "
          f"over the map that limit runs from {span} to {top}")  # fmt: skip
    crossing = pairing_crossing(flip, pairing)
    if crossing is not None:
        zh, en = f"{zh}，基尼低于 {crossing:.2f} 时从不占优", f"{en}, and below a Gini of {crossing:.2f} it never is"
    return Text(zh, en)


def pairing_crossing(flip: FlipReport, pairing: Pairing) -> float | None:
    """The Gini from which on the first arm saves at a cost of 1, interpolated; None without a change from loss to gain."""
    saved = pairing.saved
    for place in range(1, len(saved)):
        if saved[place - 1] <= 0 < saved[place]:
            part = -saved[place - 1] / (saved[place] - saved[place - 1])
            return flip.ginis[place - 1] + part * (flip.ginis[place] - flip.ginis[place - 1])
    return None


def checked(flip: FlipReport) -> Text:
    """How the simulated cells stand to the map, and whether the map's boundary can be relied on."""
    agree = sum(check.agrees is True for check in flip.checks)
    against = sum(check.agrees is False for check in flip.checks)
    open_ = len(flip.checks) - agree - against
    caveat = established(flip)
    return Text(f"抽查 {len(flip.checks)} 格：{agree} 格模拟与图同号，{against} 格相反，{open_} 格区间含零；{caveat.zh}",
                f"cells simulated: {len(flip.checks)}; with the sign of the map {agree}, with the other {against}, with an interval that holds "
                f"zero {open_}; {caveat.en}")  # fmt: skip


def established(flip: FlipReport) -> Text:
    """Whether the simulated cells bear the map's boundary out."""
    widest = number(max((check.simulated.half_width for check in flip.checks), default=0.0))
    first, second = (flip.names[name] for name in flip.checked[:2])
    firm = all(check.agrees for check in flip.checks)
    zh = (
        "分界可信"
        if firm
        else f"图上的差别小于模拟区间（半宽至多 {widest} 万元/年），{first.zh}胜过{second.zh}的分界因此未获证实"
    )
    en = "the boundary stands" if firm else (
        f"the map's differences are smaller than the simulation's intervals (half width up to {widest} 万元 a year), so the boundary "
        f"beyond which {first.en} beats {second.en} is not established")  # fmt: skip
    return Text(zh, en)
