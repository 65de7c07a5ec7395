"""Is the plan worth it? The plan against every rule of thumb at the same money, and against the voluntary match left to itself,
on twenty synthetic versions of Huancui.

Run ``make rules``; the table goes to docs/plan-against-rules.md.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

from jiceng.rivals import Duel, plan_against_rules
from jiceng.study import workers_pool
from results.compare import Contrast
from scenarios.loader import load_scenario

VERSIONS = (20261122, *range(1, 20))
LEFT_TO_ITSELF = "matched-voluntary"
METRICS = ("needs_met_share", "worst_tenth", "gini")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "plan-against-rules.md"


def main() -> None:
    """Measure, print, and write the page."""
    futures, replications = 10, 1
    with workers_pool(os.cpu_count() or 1) as executor:
        duels = plan_against_rules(
            load_scenario("needs-based"), versions=VERSIONS, metrics=METRICS, futures=futures,
            replications=replications, beside=(load_scenario(LEFT_TO_ITSELF),), executor=executor,
            progress=lambda stage, done, total: print(f"{stage} {done}/{total}", file=sys.stderr),
        )  # fmt: skip
    text = page(duels, futures, replications)
    PAGE.write_text(text, encoding="utf-8")
    print(text)


def page(duels: tuple[Duel, ...], futures: int, replications: int) -> str:
    """The figures as Markdown."""
    lines = [
        "# The plan against rules of thumb",
        "",
        "The scenario `needs-based` planned by search and by each rule of thumb at the same consolidated outlay, simulated on "
        f"{len(VERSIONS)} synthetic versions of Huancui (seeds {', '.join(map(str, VERSIONS))}): every resident, 36 months, "
        f"{futures} futures x {replications} replication, the same luck for all. Differences are plan less rule, mean and "
        "95 % Student interval over futures; the verdict asks whether the whole interval is beyond the margin that "
        "matters. The rules spend by their own simple order: matters, contract hours, prevention where it reaches its threshold. "
        f"`{LEFT_TO_ITSELF}` is the voluntary match left to itself: payers choose, and the money is spent by the same simple "
        "order. All districts are synthetic below the district totals.",
        "",
        "| version | rule | needs met (points) | verdict | worst tenth (points) | verdict | Gini (x 100) |",
        "|---|---|---|---|---|---|---|",
    ]
    for duel in duels:
        met, worst, gini = (duel.contrasts[name] for name in METRICS)
        lines.append(f"| {duel.version} | {duel.rule} | {_points(met)} | {met.verdict} | {_points(worst)} | {worst.verdict} "
                     f"| {_points(gini)} |")  # fmt: skip
    lines.append("")
    for rule in dict.fromkeys(duel.rule for duel in duels):
        for name in METRICS[:2]:
            tally = Counter(str(duel.contrasts[name].verdict) for duel in duels if duel.rule == rule)
            lines.append(f"- against `{rule}`, `{name}`: "
                         + ", ".join(f"{verdict} {count}" for verdict, count in sorted(tally.items())) + ".")  # fmt: skip
    return "\n".join(lines) + "\n"


def _points(contrast: Contrast) -> str:
    """A difference of shares in percentage points with its interval."""
    part = contrast.difference
    return f"{100 * part.mean:+.2f} ({100 * part.low:+.2f} to {100 * part.high:+.2f})"


if __name__ == "__main__":
    main()
