"""The verdict in words: which policy, by how much, how sure, at what price, and what could change it."""

from __future__ import annotations

from math import isfinite

from results.compare import Contrast, Verdict
from results.estimates import Estimate
from results.numbers import amount, interval, money, number, unit_of
from results.phrases import joined, quoted
from results.report import EQUAL_OUTLAY, PageReport
from scenarios.text import Text
from sim.outcome import METRICS


def headline(report: PageReport) -> Text:
    """The first sentence of the page: which policy, by how much, or that nobody can tell."""
    best = report.best
    if best is None:
        return Text("只有一个方案，没有可比较的对象", "There is one policy only, so there is nothing to compare")
    name, base = quoted(report.policy(best.policy).name), quoted(report.baseline.name)
    by = amount(best.difference.mean, METRICS[best.metric])
    if best.verdict is Verdict.BETTER:
        return joined(Text(f"{name.zh}比{base.zh}多办结 {by.zh}的需求",
                           f"{name.en} meets {by.en} more of all needs than {base.en}"), _but(report, best),
                      _last(report))  # fmt: skip
    if best.verdict is Verdict.IDENTICAL:
        return Text(f"没有方案胜过{base.zh}：{name.zh}办结的需求与它完全相同",
                    f"No policy beats {base.en}: {name.en} meets exactly the same needs")  # fmt: skip
    if best.verdict is Verdict.SAME:
        return Text(f"没有方案比{base.zh}多办结有实际意义的需求；最接近的{name.zh}相差 {by.zh}",
                    f"No policy meets more needs than {base.en} by an amount that matters; the nearest, {name.en}, "
                    f"differs by {by.en}")  # fmt: skip
    if best.verdict is Verdict.WORSE:
        return Text(
            f"没有方案胜过{base.zh}：最接近的{name.zh}也少办结 {by.zh}的需求",
            f"No policy beats {base.en}: even the nearest, {name.en}, meets {by.en} fewer needs",
        )
    return _unclear(best, name, base)


def _unclear(best: Contrast, name: Text, base: Text) -> Text:
    by = amount(best.difference.mean, METRICS[best.metric])
    margin = amount(METRICS[best.metric].margin, METRICS[best.metric])
    if best.difference.low > 0:
        return joined(
            Text(f"{name.zh}办结的需求多于{base.zh}，约多 {by.zh}，但是否达到 {margin.zh}还不能断定",
                 f"{name.en} meets more needs than {base.en}, by about {by.en}, but whether by {margin.en} "
                 "cannot be told yet"), more_futures(best))  # fmt: skip
    return joined(Text(f"{name.zh}与{base.zh}还分不出高下：相差 {by.zh}",
                       f"Cannot tell {name.en} from {base.en} yet: they differ by {by.en}"),
                  more_futures(best))  # fmt: skip


def more_futures(contrast: Contrast) -> Text:
    """How many futures would settle it."""
    if contrast.futures_needed is None:
        return Text("", "")
    if contrast.futures_needed > 5000:
        return Text("，增加情景也难以分清", "; more futures would hardly settle it")
    return Text(f"，约需 {contrast.futures_needed:,} 个情景才能分清",
                f"; about {contrast.futures_needed:,} futures would settle it")  # fmt: skip


def _but(report: PageReport, best: Contrast) -> Text:
    """What the best policy does to the worst tenth."""
    worst = report.comparison.contrasts[best.policy]["worst_tenth"]
    by = amount(worst.difference.mean, METRICS["worst_tenth"])
    if worst.verdict is Verdict.BETTER:
        return Text(f"，最差十分之一社区也高 {by.zh}", f"and {by.en} more in the worst tenth of communities")
    if worst.verdict is Verdict.WORSE:
        return Text(f"，但最差十分之一社区反而低 {by.zh}", f"but {by.en} fewer in the worst tenth of communities")
    if worst.verdict is Verdict.UNCLEAR:
        return Text("，最差十分之一社区是否受益还分不清", "; whether the worst tenth gains cannot be told")
    return Text("，最差十分之一社区没有实际变化", "; the worst tenth is unchanged")


def _last(report: PageReport) -> Text:
    """The policy that does worst, if it is clearly worse than the baseline."""
    last = report.comparison.ranked[-1]
    if last.verdict is not Verdict.WORSE:
        return Text("", "")
    name = quoted(report.policy(last.policy).name)
    return Text(f"；{name.zh}办结得最少", f"; {name.en} meets fewest")


def byline(report: PageReport) -> Text:
    """Below the headline: the interval, in how many futures, and at what price."""
    best = report.best
    if best is None:
        return Text("", "")
    ends = interval(best.difference, unit_of(METRICS[best.metric]), signed=True)
    confidence = f"{report.comparison.confidence:.0%}"
    if isfinite(best.difference.half_width):
        ends = Text(f"{confidence} 区间 {ends.zh} 个百分点", f"{confidence} interval {ends.en} percentage points")
    sure, cost = how_sure(best), price(report)
    return Text(f"{ends.zh}；{sure.zh}；{cost.zh}。", f"{ends.en}; {sure.en}; {cost.en}.")


def price(report: PageReport) -> Text:
    """What the best policy costs beside the baseline."""
    if report.best is None:
        return Text("", "")
    base, mine = report.digests[report.baseline.id].outlay, report.digests[report.best.policy].outlay
    if abs(report.outlay_excess(report.best.policy)) <= EQUAL_OUTLAY:
        return Text(f"两者每年合并支出相同（{money(mine).zh}，相差不到 1%）",
                    f"both cost the same a year ({money(mine).en}, within 1%)")  # fmt: skip
    more = mine > base
    return Text(f"每年合并支出{'多' if more else '少'} {money(abs(mine - base)).zh}，两者不是同等花费下的比较",
                f"it costs {money(abs(mine - base)).en} a year {'more' if more else 'less'}: this is not a comparison at "
                "equal outlay")  # fmt: skip


def how_sure(best: Contrast) -> Text:
    """In how many futures the best policy is better by the margin."""
    hits, margin = best.futures_better, amount(METRICS[best.metric].margin, METRICS[best.metric])
    return Text(f"所考察的 {hits.total} 个情景中，有 {hits.count} 个至少好 {margin.zh}",
                f"better by at least {margin.en} in {hits.count} of the {hits.total} futures examined")  # fmt: skip


def outlay_note(report: PageReport) -> Text:
    """Whether the comparison is at equal consolidated outlay."""
    if report.equal_outlay:
        return Text(
            "各方案每年的合并支出相同（相差不到 1%），是同等花费下的比较。",
            "All policies cost the same consolidated outlay a year (within 1%): a comparison at equal outlay.",
        )
    apart = [report.policy(p.id) for p in report.policies if abs(report.outlay_excess(p.id)) > EQUAL_OUTLAY]
    zh = "、".join(f"{quoted(p.name).zh}{number(100 * report.outlay_excess(p.id), 1, signed=True)}%" for p in apart)
    en = ", ".join(f"{quoted(p.name).en} {number(100 * report.outlay_excess(p.id), 1, signed=True)}%" for p in apart)
    return Text(f"各方案的合并支出并不相同（与对照相比：{zh}），读差异时要连同花费一起看。",
                f"Outlays differ (beside the baseline: {en}); read the differences together with the money.")  # fmt: skip


def runner_up(report: PageReport) -> tuple[Text, Estimate] | None:
    """The second-best policy's name and the best one's paired lead over it; None with fewer than two others."""
    if len(report.ranked) < 2:
        return None
    first, second = report.ranked[:2]
    return second.name, report.comparison.between(first.id, second.id)
