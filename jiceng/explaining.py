"""Explains the plan of a scenario: the plan is made as ever, then what limits it, what more would bring, and what else could be."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from jiceng.answer import Answer, Grid, both
from jiceng.answers import load_all
from jiceng.failure import of_status
from jiceng.pipeline import make_plan_for
from jiceng.planning import asked_of
from jiceng.progress import Progress
from jiceng.wishes import wishes
from optimize.explain.explanation import Explanation, explained
from optimize.explain.shortfalls import unmet_words
from optimize.explain.telling import others_words, where_words, worth_words
from optimize.explain.worth import Step, Worth
from optimize.pursuit import Pursuit
from results.sections_explain import write_explanation_page
from scenarios.text import Text

ABOUT, PAGE = "explanation.json", "index.html"
WORTH_TOLD = Text(
    "边际价值：每次只改一样，前面的目标守在原来的容许范围内，重新求解；多一个和少一个不一样，分别列出",
    "What more would bring: one thing changed at a time, earlier goals held, all solved again; more and less differ",
)


def explain(reference: str, asked: list[str], out: Path | None, *, version: int | None, progress: Progress) -> Answer:
    """The explanation of one scenario's plan; written to a folder as a page and JSON if one is given.

    Raises ``ScenarioError`` for decisions that cannot be read, ``PlanError`` if there is no plan to explain.
    """
    scenario = load_all([reference])[0]
    why = wishes(scenario.district_value(version), asked)
    report = make_plan_for(scenario, version=version, progress=progress)
    pursuit = Pursuit(**asked_of(scenario))
    told = explained(report.district, report.plan, pursuit, why=why, tell=progress)
    data = {"scenario": scenario.id, **as_data(told)}
    says = list(explanation_says(told))
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / ABOUT).write_text(Answer(data=data).as_json("explain") + "\n", encoding="utf-8")
        write_explanation_page(told, scenario.name, out / PAGE)
        says.append(Text(f"已写入 {out}", f"Written to {out}"))
        data["folder"] = str(out)
    return Answer(data=data, says=tuple(says), code=of_status(report.plan.status))


NUMERALS = "一二三四五"


def explanation_says(told: Explanation) -> tuple[Text | Grid, ...]:
    """The explanation as a person reads it: what limits the plan, what is short, what more would bring, why not, what else."""
    parts: list[tuple[Text, list[Text]]] = [
        (Text("哪些规则卡住了方案", "What the plan is up against"), _rules(told)),
        (Text("需求没满足在哪里，缺什么", "Where needs go unmet, and what is short"),
         [unmet_words(told.unmet), *[group.says for group in told.short]]),
        (WORTH_TOLD, [worth_words(told.district, one) for one in told.worths]),
        (Text("为什么不这样做", "Why not?"), [_why_words(told, number) for number in range(len(told.why))]),
        (Text("几乎同样好的其他方案", "Other plans almost as good"),
         [] if told.others is None else others_words(told.district, told.others)),
    ]  # fmt: skip
    says: list[Text] = []
    for number, (head, sentences) in enumerate(part for part in parts if part[1]):
        says.append(Text(f"{NUMERALS[number]}、{head.zh}", f"{number + 1}. {head.en}"))
        says += [Text(f"  · {one.zh}", f"  - {one.en}") for one in sentences]
    return tuple(says)


def _rules(told: Explanation) -> list[Text]:
    """Rules that bind, then those with room left."""
    tight = [one.says for one in told.bindings if one.binds]
    loose = [Text(f"（有余量）{one.says.zh}", f"(room left) {one.says.en}") for one in told.bindings if not one.binds]
    return tight + loose


def _why_words(told: Explanation, number: int) -> Text:
    answer = told.why[number]
    moved = where_words(told.district, answer.where)
    if not moved.zh:
        return answer.says
    return Text(f"{answer.says.zh}；受影响的有：{moved.zh}", f"{answer.says.en}; affected: {moved.en}")


def as_data(told: Explanation) -> dict[str, Any]:
    """The explanation as JSON shows it: every sentence with the figures behind it."""
    years = list(told.plan.years)
    return {
        "years": years,
        "binding": [{**asdict(one), "says": both(one.says)} for one in told.bindings],
        "unmet": {name: float(getattr(told.unmet, name).sum(axis=0).mean()) for name in ("unmet", "unvoiced", "unserved", "unsolved")},
        "short": [{**asdict(group), "says": both(group.says)} for group in told.short],
        "short_by_community": {code: list(line) for code, line in zip(told.plan.communities, told.unmet.short, strict=True)},
        "worth": [_worth_data(told, one) for one in told.worths],
        "why": [{"asked": both(one.asked), "verdict": one.verdict, "says": both(one.says), "needs_met": one.needs_met,
                 "gains": [asdict(gain) for gain in one.gains], "where": [asdict(shift) for shift in one.where]}
                for one in told.why],
        "others": None if told.others is None else {
            "near": told.others.near, "best": told.others.best_goals, "sure": list(told.others.sure),
            "same_grants": list(told.others.same_grants), "says": [both(one) for one in others_words(told.district, told.others)],
            "plans": [{"goals": one.goals, "moved_wan": one.moved_wan, "added": list(one.added), "dropped": list(one.dropped)}
                      for one in told.others.others]},
    }  # fmt: skip


def _worth_data(told: Explanation, worth: Worth) -> dict[str, Any]:
    def step(one: Step | None) -> dict[str, Any] | None:
        return None if one is None else {**asdict(one), "proven": any(gain.proven for gain in one.gains)}

    return {"resource": worth.resource.key, "name": both(worth.resource.name), "unit": both(worth.resource.unit),
            "amount": worth.resource.amount, "unused": worth.unused, "shadow_price": worth.shadow_price, "up": step(worth.up), "down": step(worth.down),
            "says": both(worth_words(told.district, worth))}  # fmt: skip
