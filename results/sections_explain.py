"""Sections that explain a plan, and a small page of their own for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from optimize.explain.explanation import Explanation
from optimize.explain.shortfalls import SHORT_WORDS, unmet_words
from optimize.explain.telling import gain_words, others_words, worth_words
from optimize.explain.worth import Step, Worth
from results.page import WORDS, Card, filled_template, write_whole
from results.page_tables import Cell, PageTable, figures, table, words
from results.report import Policy
from results.sections import SYNTHETIC, Section
from scenarios.text import Text

SOURCE = Text("本方案的规划和辖区数据。", "The plan and the tables of its district.")
_WORDS = {
    "verdict": Text("概览", "At a glance"),
    "provenance_says": Text("对哪个规划作的解释", "Which plan is explained"),
    "sources": Text("方案的出处", "Source of the scenario"),
    "certificate": Text("规划", "The plan"),
}  # fmt: skip
GREY = "#6b7785"


@dataclass(frozen=True)
class _Heading:
    """What the page's template asks of a report."""

    title: Text
    question: Text
    line: Text
    policies: tuple[Policy, ...]


def explanation_sections(told: Explanation) -> list[Section]:
    """What limits the plan, what is short, what more would bring, why not, and what else could be done."""
    parts = (_binding(told), _short(told), _worth(told), _why(told), _others(told))
    return [section for section in parts if section is not None]


def _said(file: str, caption: Text, head: Text, sentences: Sequence[Text]) -> PageTable:
    return table(file, caption, [(head, False)], [[words(one)] for one in sentences])


def _binding(told: Explanation) -> Section:
    heads = [
        (Text("规则", "Rule"), False),
        (Text("用了（%）", "Used (%)"), True),
        (Text("涉及社区", "Communities"), True),
    ]
    rows = [
        [words(one.says), figures(100 * one.used, 1), figures(float(len(one.communities)))] for one in told.bindings
    ]
    tight = [one for one in told.bindings if one.binds]
    finding = tight[0].says if tight else Text("没有一条规则用到极限", "no rule is used to its limit")
    return Section(
        id="binding", name=Text("卡住方案的规则", "What binds"), finding=finding,
        tables=(table("binding", Text("规则用到什么程度，用尽的在前", "How far rules are used, those used up first"), heads, rows),),
        how=Text("按规划的金额（分）和个数逐条核算，不取求解器的数。", "Counted from the plan in fen and whole numbers, rule by rule; nothing is read from the solver."),
        source=SOURCE,
    )  # fmt: skip


def _short(told: Explanation) -> Section:
    heads = [
        (Text("缺什么", "What is short"), False),
        (Text("社区数", "Communities"), True),
        (Text("每年反映了未办理（件）", "Voiced, not served a year"), True),
    ]
    rows = [
        [words(group.says), figures(float(len(group.communities))), figures(group.unserved)] for group in told.short
    ]
    heads_all = [
        (Text("社区", "Community"), False),
        *[(Text(f"{year}年", f"{year}"), False) for year in told.plan.years],
    ]
    brief = {kind: Text(said.zh.split("：")[0], said.en.split(":")[0]) for kind, said in SHORT_WORDS.items()}
    names = dict(zip(told.district.communities.code, told.district.communities.name, strict=True))
    lines = [[words(names[code]), *[words(brief[kind]) for kind in line]]
             for code, line in zip(told.plan.communities, told.unmet.short, strict=True)]  # fmt: skip
    return Section(
        id="short", name=Text("缺什么", "What is short"), finding=unmet_words(told.unmet),
        tables=(table("short", Text("按缺什么分组，未办理多的在前", "By what is short, most unserved first"), heads, rows),
                table("short-by-community", Text("各社区各年缺什么", "What is short, by community and year"), heads_all, lines)),
        how=Text("对每个社区每一年，假定只有一样（工时、经费、用房）充裕，看能多办多少；多得最多的那样就是所缺。",
                 "For every community and year: how much more would be served if hours, money or rooms alone were plentiful; that which helps most is what is short."),
        source=SOURCE,
    )  # fmt: skip


def _worth(told: Explanation) -> Section | None:
    if not told.worths:
        return None
    heads = [(Text("资源", "Resource"), False), (Text("变动", "Change"), False), (Text("多办结（件/年）", "Needs met a year"), True),
             (Text("社会总成本少（万元/年）", "Social cost saved (10,000 yuan a year)"), True), (Text("可证明的范围", "Proven range"), False)]  # fmt: skip
    rows = [_step_row(one, step) for one in told.worths for step in (one.up, one.down) if step is not None]
    best = max(told.worths, key=lambda one: one.up.gains[-1].low if one.up is not None and one.up.gains else 0.0)
    return Section(
        id="worth", name=Text("多一点值多少", "What more would bring"), finding=gain_words(best),
        tables=(table("worth", Text("多一个与少一个的价值", "What more and less are worth"), heads, rows),
                _said("where", Text("用在哪里", "Where it goes"), Text("说明", "In words"), [worth_words(told.district, one) for one in told.worths])),
        how=Text("一次只改一样，前面的目标守在原处，重新求解。求解有误差，差额连同可证明的范围一起给出；单位太小证明不出时换更大的单位。",
                 "One thing is changed at a time, earlier goals are held, all is solved again. Searches stop within a gap, so differences come with the range proven; where a unit is too small to prove, more units are tried."),
        source=SOURCE,
    )  # fmt: skip


def _step_row(worth: Worth, step: Step) -> list[Cell]:
    units = worth.resource.units(step.units)
    if not step.gains:
        nothing = Text("没有可行方案", "no plan fits")
        return [words(worth.resource.name), words(units), figures(float("nan")), figures(float("nan")), words(nothing)]
    gain = step.gains[-1]
    low, high = f"{gain.low + 0.0:,.1f}", f"{gain.high + 0.0:,.1f}"
    return [words(worth.resource.name), words(units), figures(step.needs_met, signed=True, toned=True),
            figures(gain.gain + 0.0, 1, signed=True, toned=True), words(Text(f"{low} 至 {high}", f"{low} to {high}"))]  # fmt: skip


def _why(told: Explanation) -> Section | None:
    if not told.why:
        return None
    return Section(
        id="why", name=Text("为什么不", "Why not"), finding=told.why[0].says,
        tables=(_said("why", Text("各项设想", "Decisions asked about"), Text("回答", "Answer"), [one.says for one in told.why]),),
        how=Text("把设想定死，其余重新规划，与原规划相比。", "The decision is forced, all else is planned again, and the two are compared."), source=SOURCE,
    )  # fmt: skip


def _others(told: Explanation) -> Section | None:
    if told.others is None:
        return None
    said = others_words(told.district, told.others)
    return Section(
        id="others", name=Text("其他好方案", "Other good plans"), finding=said[0],
        tables=(_said("others", Text("差在哪里，哪些不变", "How they differ, and what stays"), Text("说明", "In words"), said),),
        how=Text("各目标守在容许范围内，再让决定和资金与已有方案尽量不同。", "Goals are held within their tolerances, then decisions and money are pushed as far from earlier plans as can be."),
        source=SOURCE,
    )  # fmt: skip


def write_explanation_page(told: Explanation, name: Text, path: Path) -> None:
    """Write the page whole or not at all."""
    write_whole(explanation_html(told, name), path)


def explanation_html(told: Explanation, name: Text) -> str:
    """The page as text."""
    place, years = told.district.name, f"{told.plan.years[0]}–{told.plan.years[-1]}"
    line = Text(
        f"{place.zh}，{years}年，{len(told.plan.communities)} 个社区",
        f"{place.en}, {years}, {len(told.plan.communities)} communities",
    )
    heading = _Heading(Text(f"规划解释：{name.zh}", f"The plan explained: {name.en}"),
                       Text("规划卡在哪里，多一点值多少，为什么不那样做？", "What limits the plan, what would more bring, and why not otherwise?"), line, ())  # fmt: skip
    sections = explanation_sections(told)
    said = unmet_words(told.unmet)
    return filled_template(
        (), sections, line.en, report=heading, headline=said, byline=line, cards=_cards(told), outlay=_status(told),
        ranking=_overview(told), warnings=[], facts=(), details=_details(told),
        synthetic=SYNTHETIC if told.district.synthetic else None, words=WORDS | _WORDS,
    )  # fmt: skip


def _overview(told: Explanation) -> PageTable:
    """What is short in a line each, for the first screen."""
    heads = [
        (Text("缺什么", "What is short"), False),
        (Text("社区数", "Communities"), True),
        (Text("每年未办理（件）", "Not served a year"), True),
    ]
    rows = [[words(Text(SHORT_WORDS[group.short].zh.split("：")[0], SHORT_WORDS[group.short].en.split(":")[0])),
             figures(float(len(group.communities))), figures(group.unserved)] for group in told.short]  # fmt: skip
    return table("overview", Text("各社区缺什么", "What communities are short of"), heads, rows)


def _cards(told: Explanation) -> list[Card]:
    tight = sum(one.binds for one in told.bindings)
    cards = [
        Card(
            Text("用尽或到顶的规则", "Rules used up"),
            Text(f"{tight} 项", f"{tight}"),
            Text(f"共 {len(told.bindings)} 项", f"of {len(told.bindings)}"),
            GREY,
        )
    ]
    for group in told.short[:2]:
        said = SHORT_WORDS[group.short]
        cards.append(Card(Text(said.zh.split("：")[0], said.en.split(":")[0]),
                          Text(f"{len(group.communities)} 个社区", f"{len(group.communities)} communities"),
                          Text(f"每年 {group.unserved:,.0f} 件未办理", f"{group.unserved:,.0f} matters a year not served"), GREY))  # fmt: skip
    return cards


def _status(told: Explanation) -> Text:
    """How the plan was found."""
    if told.plan.proven:
        return Text(
            f"规划已证明最优，各目标差距不超过 {told.plan.gap:.2%}。",
            f"The plan is proven optimal, each goal within {told.plan.gap:.2%}.",
        )
    return Text("规划没有证明是最优的。", "The plan is not proven optimal.")


def _details(told: Explanation) -> list[tuple[Text, str]]:
    return [(Text("方法", "Method"), told.plan.method), (Text("状态", "Status"), str(told.plan.status)),
            (Text("年份", "Years"), ", ".join(map(str, told.plan.years)))]  # fmt: skip
