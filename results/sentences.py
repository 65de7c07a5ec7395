"""Findings in words, generated from the numbers with their uncertainty, in both languages."""

from __future__ import annotations

from math import isfinite

import numpy as np

from results.compare import PlaceEffects, Verdict
from results.numbers import amount, money, number
from results.phrases import VERDICTS, joined, quoted, range_words
from results.report import PageReport
from results.sentences_verdict import price
from scenarios.text import Text
from sim.outcome import METRICS


def metric_finding(report: PageReport, name: str) -> Text:
    """One metric: which policies are better, which worse, and for how many nobody can tell."""
    found = [report.comparison.contrasts[policy.id][name] for policy in report.ranked]
    counts = {verdict: [c for c in found if c.verdict is verdict] for verdict in Verdict}
    zh, en = [], []
    for verdict in (Verdict.BETTER, Verdict.WORSE, Verdict.DIFFERS):
        if counts[verdict]:
            named = [quoted(report.policy(c.policy).name) for c in counts[verdict]]
            zh.append("、".join(n.zh for n in named) + VERDICTS[verdict].zh)
            en.append(", ".join(n.en for n in named) + f" {'is' if len(named) == 1 else 'are'} {VERDICTS[verdict].en}"
                      .replace("is differs", "differs").replace("are differs", "differ"))  # fmt: skip
    if counts[Verdict.UNCLEAR]:
        zh.append(f"{len(counts[Verdict.UNCLEAR])} 个方案分不出高下")
        en.append(f"{len(counts[Verdict.UNCLEAR])} cannot be told from it")
    same = len(counts[Verdict.SAME]) + len(counts[Verdict.IDENTICAL])
    if same:
        zh.append(f"{same} 个没有实际差别")
        en.append(f"{same} show no difference that matters")
    label, base = METRICS[name].label, quoted(report.baseline.name)
    return Text(f"{label.zh}：与{base.zh}相比，{'，'.join(zh) or '没有其他方案'}。",
                f"{label.en}: beside {base.en}, {'; '.join(en) or 'there is no other policy'}.")  # fmt: skip


def places_finding(report: PageReport, effects: PlaceEffects) -> Text:
    """How many communities gain and lose for sure, and where the surest losers lose most."""
    known = ~np.isnan(effects.difference)
    alike = int((known & (effects.low == 0) & (effects.high == 0)).sum())
    unsure = int(known.sum()) - effects.gains - effects.losses - alike
    name, base = quoted(report.shown.name), quoted(report.baseline.name)
    counts = [(effects.gains, "更高", "higher"), (effects.losses, "更低", "lower"), (unsure, "分不清", "not to be told"),
              (alike, "完全相同", "identical")]  # fmt: skip
    zh = "，".join(f"{n} 个{word}" for n, word, _ in counts if n)
    en = ", ".join(f"{word} in {n}" for n, _, word in counts if n)
    first = Text(
        f"{name.zh}与{base.zh}相比，各社区的办结率：{zh}", f"{name.en} beside {base.en}, needs met by community: {en}"
    )
    if not effects.losses:
        return joined(first, Text("。", "."))
    worst = int(np.argmin(np.where(effects.high < 0, effects.difference, np.inf)))
    where = report.district.communities.name[worst]
    mean, low, high = (number(100 * float(v[worst]), 1) for v in (effects.difference, effects.low, effects.high))
    return joined(first, Text(f"；下降最多的是{where}（{mean} 个百分点，区间 {low} 至 {high}）。",
                              f"; the largest fall is in {where} ({mean} percentage points, {low} to {high})."))  # fmt: skip


def quarters_finding(report: PageReport) -> Text:
    """The policy with the widest gap between rich and poor communities, and the best policy's gap."""
    groups = report.comparison.groups["own_revenue"]
    ends = {p.id: {g.group: g.level.mean for g in groups[p.id]} for p in report.policies}
    gaps = {policy: 100 * (of["q4"] - of["q1"]) for policy, of in ends.items() if {"q1", "q4"} <= of.keys()}
    if not gaps:
        return Text("社区太少，不能按自有收入分组。", "There are too few communities to group by own revenue.")
    widest = max(gaps, key=lambda policy: abs(gaps[policy]))
    name, of = quoted(report.policy(widest).name), ends[widest]
    low, high = number(100 * of["q1"], 1), number(100 * of["q4"], 1)
    first = Text(f"自有收入差距影响最大的是{name.zh}：最低四分之一社区办结 {low}%，最高四分之一 {high}%",
                 f"Own revenue matters most under {name.en}: the poorest quarter of communities has {low}% of its needs met, "
                 f"the richest {high}%")  # fmt: skip
    if report.shown.id == widest:
        return joined(first, Text("。", "."))
    mine = quoted(report.shown.name)
    return joined(first, Text(f"；{mine.zh}下最高减最低为 {number(gaps[report.shown.id], 1, signed=True)} 个百分点。",
                              f"; under {mine.en} richest minus poorest is {number(gaps[report.shown.id], 1, signed=True)} "
                              "percentage points."))  # fmt: skip


def course_finding(report: PageReport) -> Text:
    """How the best policy's lead over the baseline moves from the first to the last year."""
    mine, base = report.digests[report.shown.id].course[2], report.digests[report.baseline.id].course[2]
    lead = 100 * (mine - base)
    span = min(12, len(lead))
    first, last = float(lead[:span].mean()), float(lead[-span:].mean())
    name = quoted(report.shown.name)
    if len(lead) < 24:
        return Text(f"{name.zh}的各月办结率平均比对照高 {number(first, 1, signed=True)} 个百分点（各次运行的中位数）。",
                    f"{name.en} stands {number(first, 1, signed=True)} percentage points from the baseline in an average "
                    "month (median of the runs).")  # fmt: skip
    move = Text("基本不变", "hardly changes") if abs(last - first) < 0.3 else (
        Text("扩大", "grows") if abs(last) > abs(first) else Text("缩小", "shrinks"))  # fmt: skip
    return Text(f"{name.zh}与对照的差距{move.zh}：第一年 {number(first, 1, signed=True)}，最后一年 "
                f"{number(last, 1, signed=True)} 个百分点（各次运行的中位数，不确定性见色带）。",
                f"The lead of {name.en} {move.en}: {number(first, 1, signed=True)} percentage points in the first year, "
                f"{number(last, 1, signed=True)} in the last (median of the runs; bands show the spread).")  # fmt: skip


def ledger_finding(report: PageReport) -> Text:
    """What is spent before and after: the best policy's remedy cost beside the baseline's."""
    if report.best is None:
        return Text("", "")
    contrast = report.comparison.contrasts[report.best.policy]["remedy_cost"]
    name = quoted(report.shown.name)
    saved, wide = (
        amount(contrast.difference.mean, METRICS["remedy_cost"]),
        range_words(contrast, report.comparison.confidence),
    )
    if contrast.verdict is Verdict.DIFFERS:
        less = contrast.difference.mean < 0
        return Text(f"{name.zh}每年事后处置{'少' if less else '多'}花 {_no_year(saved.zh)}{wide.zh}；{price(report).zh}。",
                    f"{name.en} spends {_no_year(saved.en)} {'less' if less else 'more'} a year on remedy {wide.en}; "
                    f"{price(report).en}.")  # fmt: skip
    told = Text("没有实际差别", "do not differ by an amount that matters") if contrast.verdict in (
        Verdict.SAME, Verdict.IDENTICAL) else Text("还分不出多少", "cannot be told apart")  # fmt: skip
    return Text(
        f"{name.zh}与对照的事后处置费用{told.zh}{wide.zh}；{price(report).zh}。",
        f"Remedy costs of {name.en} and the baseline {told.en} {wide.en}; {price(report).en}.",
    )


def _no_year(text: str) -> str:
    return text.removesuffix("/年").removesuffix(" a year")


def payers_finding(report: PageReport) -> Text:
    """Which policy draws most own money, and what grants displace under the best one."""
    comparison = report.comparison
    own = {p.id: comparison.level(p.id, "own_money").mean for p in report.policies}
    most = max(own, key=lambda policy: own[policy])
    name, mine = quoted(report.policy(most).name), quoted(report.shown.name)
    gone = comparison.level(report.shown.id, "displaced_money")
    return Text(f"自筹最多的是{name.zh}，每年 {money(own[most]).zh}；{mine.zh}下补助挤出自筹 {money(gone.mean).zh}。",
                f"{name.en} draws most own money, {money(own[most]).en} a year; under {mine.en} grants displace "
                f"{money(gone.mean).en} of own money.")  # fmt: skip


def gap_finding(report: PageReport) -> Text:
    """How far the simulation lands from the plan's promise, and under which policy farthest."""
    gaps = {p.id: report.comparison.level(p.id, "plan_gap") for p in report.policies}
    mine, widest = gaps[report.shown.id], max(gaps, key=lambda policy: abs(gaps[policy].mean))
    name, other = quoted(report.shown.name), quoted(report.policy(widest).name)
    size, above = number(abs(100 * mine.mean), 1), mine.mean >= 0
    ends = Text("", "")
    if isfinite(mine.half_width):
        low, high = number(100 * mine.low, 1, signed=True), number(100 * mine.high, 1, signed=True)
        zero = mine.low <= 0 <= mine.high
        ends = Text(f"（区间 {low}% 至 {high}%{'，高低未定' if zero else ''}）",
                    f" ({low}% to {high}%{', which may be either way' if zero else ''})")  # fmt: skip
    first = Text(
        f"{name.zh}模拟办结数比规划承诺{'高' if above else '低'} {size}%{ends.zh}",
        f"{name.en} lands {size}% {'above' if above else 'below'} its promise{ends.en}",
    )
    if abs(gaps[widest].mean - mine.mean) < 0.0005:
        return joined(first, Text("。", "."))
    last = number(100 * gaps[widest].mean, 1, signed=True)
    return joined(first, Text(f"；偏差最大的是{other.zh}（{last}%）。",
                              f"; the widest gap is that of {other.en} ({last}%)."))  # fmt: skip


def robust_finding(report: PageReport) -> Text:
    """In how many futures the best policy wins, and what it leaves undone in the worst of them."""
    best = report.best
    if best is None:
        return Text("", "")
    name, hits = quoted(report.policy(best.policy).name), best.futures_better
    regret = report.comparison.regret[best.policy]
    worst = number(100 * regret.worst, 1)
    margin = amount(METRICS[best.metric].margin, METRICS[best.metric])
    first = Text(f"{name.zh}在 {hits.count}/{hits.total} 个情景中至少好 {margin.zh}"
                 f"（比例的区间 {hits.low:.0%} 至 {hits.high:.0%}）",
                 f"{name.en} is better by at least {margin.en} in {hits.count} of {hits.total} futures "
                 f"(interval of the share {hits.low:.0%} to {hits.high:.0%})")  # fmt: skip
    if worst == "0.0":
        return joined(first, Text("；在每个情景里都不逊于其他方案。", "; no policy beats it in any future."))
    return joined(first, Text(f"；即使在最不利的情景里，也只比当时最好的方案少办结 {worst} 个百分点。",
                              f"; even in the worst future it stays within {worst} percentage points of the best policy "
                              "there."))  # fmt: skip
