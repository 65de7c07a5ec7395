"""The ranking as a page of documentation, in plain words first; mechanisms are ranked within their evidence grade."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jiceng.ranking.study import Gain, Ranking
from results.estimates import Estimate
from scenarios.mechanisms import CATALOGUE
from scenarios.mechanisms.catalogue import Evidence

GRADES: dict[Evidence, str] = {
    "experiment": "Experiments elsewhere (实验)",
    "field study": "Field studies elsewhere (实地研究)",
    "source claim": "What the study reports claim (材料所述)",
    "assumption": "Our assumptions (假设)",
}
INERT = 0.05  # points of needs met: less than this, either way, is nothing
HEAD = (
    "| mechanism 机制 | rows | needs met, alone | on top of all | worst tenth, alone | cost, 万元 a year "
    "| more needs met per 万元, alone | on top |\n|---|---|---|---|---|---|---|---|"
)


def page(ranking: Ranking, *, place: str, communities: int, futures: int, minutes: float) -> str:
    """The page in Markdown."""
    return "\n".join([
        "# What each mechanism brings and costs",
        "",
        f"Measured by `make ranking` on {place}, {communities} communities, {futures} futures, 36 months after a warm-up year, "
        f"the same luck on both sides of every comparison ({minutes:.0f} minutes). People are synthetic. Needs met and the "
        "worst tenth are in points, with 95 % Student intervals over futures; cost is what the consolidated outlay rises by, "
        "whoever pays. Money and posts are given by a rule of thumb (in proportion to needs), without a search, so what a "
        "planner would do differently is not in these figures. *Alone* adds a mechanism, at the dose of its source, to the base "
        f"({', '.join(ranking.base)}) and what it acts with; *on top* adds it to all {len(ranking.everything) - 1} others.",
        "",
        "Nothing here is at equal outlay: a mechanism that costs money is set beside what it costs. Where a strength is our "
        "assumption, the place in a ranking says what we assumed, and is no finding; hence one table for each grade.",
        "",
        "## Read in plain words",
        "",
        *_reading(ranking),
        "",
        *[line for grade, title in GRADES.items() for line in _table(ranking, grade, title)],
    ])  # fmt: skip


def _reading(ranking: Ranking) -> list[str]:
    """What is robust, what depends on the rest, what costs more than it brings, and what rests on assumptions."""
    both = [name for name in ranking.alone if name in ranking.on_top]
    sure = [name for name in both if _above(ranking.alone[name]) and _above(ranking.on_top[name])]
    backed = [name for name in sure if CATALOGUE[name].evidence != "assumption"]
    assumed = [name for name in sure if CATALOGUE[name].evidence == "assumption"]
    worse = [name for name in both if ranking.alone[name].needs_met.high < 0 or ranking.on_top[name].needs_met.high < 0]
    inert = [name for name in both if _still(ranking.alone[name]) and _still(ranking.on_top[name])]
    shares = sorted(ranking.on_top[name].needs_met.mean / ranking.alone[name].needs_met.mean for name in sure)
    middle = f"{shares[len(shares) // 2]:.0%}" if shares else "none"
    return [
        f"- **Robust in direction** ({len(sure)} of {len(both)}): needs met rise beyond doubt, alone and on top of everything. Of "
        f"these {len(backed)} have a source for working at all: {_named(backed, ranking)}. The sizes are the model's.",
        f"- **Robust in the model, by assumption** ({len(assumed)}): {_named(assumed, ranking)}. They come out well because we "
        "assumed that they work, and as well as we assumed.",
        f"- **They eat into each other**: on top of everything the middle one of the robust keeps {middle} of what it brings alone, "
        "because hours, rooms and cash that one has freed the next cannot free again.",
        f"- **Fewer needs met** ({len(worse)}), alone or on top, beyond doubt: {_named(worse, ranking)}. They take hours, or move "
        "voices ahead of hands; what they are for (contact, space, control) is not needs met.",
        f"- **Next to nothing here** ({len(inert)}), less than {INERT} points either way: {_named(inert, ranking)}. Their scale in "
        "the sources is small, or what they relieve is not short in this district.",
    ]


def _named(names: Iterable[str], ranking: Ranking) -> str:
    """Names with what they bring alone, the largest first."""
    order = sorted(names, key=lambda name: -ranking.alone[name].needs_met.mean)
    return ", ".join(f"`{name}` ({ranking.alone[name].needs_met.mean:+.2f})" for name in order) or "none"


def _above(gain: Gain) -> bool:
    return gain.needs_met.low > 0


def _still(gain: Gain) -> bool:
    return gain.needs_met.low > -INERT and gain.needs_met.high < INERT


def _table(ranking: Ranking, grade: Evidence, title: str) -> list[str]:
    """One grade: first by needs met per 万元 alone, then what costs nothing, by needs met."""
    names = [name for name in ranking.alone if CATALOGUE[name].evidence == grade]
    if not names:
        return [f"## {title}", "", "No mechanism of the sources has this grade.", ""]
    return [f"## {title}", "", HEAD, *(_row(ranking, name) for name in sorted(names, key=_rank(ranking))), ""]


def _rank(ranking: Ranking) -> Callable[[str], tuple[int, float]]:
    def rank(name: str) -> tuple[int, float]:
        gain = ranking.alone[name]
        return (0, -gain.needs_met.mean) if gain.per_wan is None else (1, -gain.per_wan.mean)

    return rank


def _row(ranking: Ranking, name: str) -> str:
    entry, alone, top = CATALOGUE[name], ranking.alone[name], ranking.on_top.get(name)
    cells = [
        f"`{name}` {entry.name.zh}", ", ".join(map(str, entry.rows)), _points(alone.needs_met),
        _points(top.needs_met) if top else "excludes others", _points(alone.worst_tenth), f"{alone.cost_wan:,.0f}",
        _per_wan(alone), _per_wan(top) if top else "",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _points(estimate: Estimate) -> str:
    return f"{estimate.mean:+.2f} ({estimate.low:+.2f} to {estimate.high:+.2f})"


def _per_wan(gain: Gain) -> str:
    per = gain.per_wan
    return "costs nothing" if per is None else f"{per.mean:+.1f} ({per.low:+.1f} to {per.high:+.1f})"
