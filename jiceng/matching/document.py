"""The study as a page of documentation: the answer in plain words first, then the tables behind it."""

from __future__ import annotations

from collections.abc import Iterator

from results.groupings import QUARTERS
from results.matching import MANDATED, ArmReport, CountyReport, FlipReport, MatchingReport, RegionReport
from results.matching_words import (
    cannot_match,
    checked,
    flips,
    headline,
    in_region,
    own_money,
    points,
    who_gains,
    why_the_poorest,
)
from results.numbers import number


def page(report: MatchingReport) -> str:
    """The page in Markdown."""
    return "\n".join([
        "# 1:1 matched funding answered",
        "",
        f"Measured by `make matching` on {report.place.en}, {report.communities} communities, and the counties of {report.region.name.en} "
        f"({report.futures} futures, {report.months} months after a warm-up year, the same luck for every arm; {report.seconds / 60:.0f} minutes). "
        f"Every arm costs society {number(report.arm(MANDATED).ledger.outlay)} 万元 a year, to a yuan a community, unless said otherwise. "
        "Differences are from the mandated match, paired within futures, in percentage points with 95 % Student intervals over futures. "
        "People, incomes and own revenue are synthetic: the answer tells how the rules work, and judges no real place.",
        "",
        "## The answer",
        "",
        *(f"- {says}" for says in _answers(report)),
        "",
        *_arms(report), *_quarters(report), *_money(report), *_region(report.region), *_flip(report.flip),
    ])  # fmt: skip


def _answers(report: MatchingReport) -> Iterator[str]:
    """The sentences, in English and in Chinese."""
    flip = report.flip
    said = [headline(report), *(who_gains(report.arm(name)) for name in ("base_match", "match_raised", "base_tiered", "needs")),
            why_the_poorest(report), cannot_match(report), own_money(report), in_region(report.region),
            *(flips(flip, one) for one in flip.pairings), checked(flip)]  # fmt: skip
    for text in said:
        yield f"{text.en[0].upper()}{text.en[1:]}. {text.zh}。"


def _table(*head: str) -> list[str]:
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _arms(report: MatchingReport) -> list[str]:
    lines = [
        "## The arms",
        "",
        *_table("arm 方案", "outlay, 万元", "promised", "needs met", "verdict", "worst tenth", "gain", "lose"),
    ]
    return [*lines, *(_arm(arm) for arm in report.arms), "",
            "*Mandated* and *equal split* hand every community the same, so they are one and the same to residents; only the payer differs. "
            "*Gain* and *lose* count communities whose whole interval is on one side of zero.", ""]  # fmt: skip


def _arm(arm: ArmReport) -> str:
    head = [f"{arm.name.en} {arm.name.zh}", number(arm.ledger.outlay), f"{arm.promised:.1%}"]
    if arm.needs_met is None or arm.worst_tenth is None:
        return _row(*head, f"{arm.level.mean:.1%}", "baseline", f"{arm.worst_level.mean:.1%}", "", "")
    met, worst = arm.needs_met, arm.worst_tenth
    return _row(
        *head, points(met.difference), str(met.verdict), points(worst.difference), str(arm.gains), str(arm.losses)
    )


def _quarters(report: MatchingReport) -> list[str]:
    lines = ["## Who gains and who loses, by quarter of own revenue a head", "",
             *_table("arm", *(f"{label.en} {label.zh}" for label in QUARTERS.values()))]  # fmt: skip
    rows = [_row(arm.name.en, *(points(group.difference) for group in sorted(arm.quarters, key=lambda g: g.group)))
            for arm in report.arms if arm.needs_met is not None]  # fmt: skip
    heads = [_row(arm.name.en, *(number(value) for value in arm.ledger.per_head)) for arm in report.arms]
    return [*lines, *rows, "", "Service money of all payers, yuan a resident, in the same quarters:", "",
            *_table("arm", *(f"{label.en} {label.zh}" for label in QUARTERS.values())), *heads, ""]  # fmt: skip


def _money(report: MatchingReport) -> list[str]:
    head = ("arm, 万元 a year", "granted", "matched", "own: streets, towns", "own: villages", "drawn: streets, towns", "drawn: villages",
            "displaced: streets, towns", "displaced: villages", "left on the table", "no match", "match below half", "at limit", "r")  # fmt: skip
    rows = []
    for arm in report.arms:
        one = arm.ledger
        money = [
            one.base,
            one.matched,
            *(part[tier] for part in (one.own, one.drawn, one.displaced) for tier in ("street", "village")),
            one.left,
        ]
        rows.append(_row(arm.name.en, *(number(value) for value in money), str(one.nothing), str(one.below_half), str(one.at_limit),
                         number(one.correlation, 2)))  # fmt: skip
    return ["## Who pays, who cannot match, what is left", "", *_table(*head), *rows, "",
            "*Drawn* and *displaced* are own money above and below what payers spend without any grant. *No match*, *below half* and *at limit* "
            f"count communities: that draw nothing, that draw less than {number(report.half_wan)} 万元, whose payer spends all it can. *r* is the "
            "correlation of grant with own revenue, both per resident. First plan year, at today's revenue.", ""]  # fmt: skip


def _region(region: RegionReport) -> list[str]:
    sampled, whole = (
        sum(county.sampled for county in region.counties),
        sum(county.communities for county in region.counties),
    )
    rows = [_row(f"{name.en} {name.zh}", f"{region.promised[key]:.2%}", points(region.needs_met[key]), points(region.worst_tenth[key]),
                 number(region.left[key]), number(region.correlation[key], 2)) for key, name in region.arms.items()]  # fmt: skip
    return [
        f"## Between the counties of {region.name.en}", "",
        f"The city matches its counties 1:1 from a pool of {number(region.pool)} 万元. City and counties spend {number(region.outlay)} 万元 in every arm: "
        "what a match does not draw is granted to all communities alike. *Mandated*: a county must pay at least its half of the same fund a "
        "community, and what it cannot pay draws no match; *voluntary*: it spends what it would anyway, raised by the match as payers in a district "
        f"raise theirs. Within counties the planner shares the money, alike in all arms. All {number(whole)} communities are planned; {sampled} of them "
        f"are simulated in {region.futures} futures, weighted to their counties' needs. Intervals are over futures and leave the choice of the "
        "sample out: where the promise of all communities and the simulation of the sample differ in sign, the arms cannot be told apart.", "",
        *_table("arm", "promised, all", "needs met, sample", "worst tenth, sample", "left on the table, 万元", "r"), *rows, "",
        *_table("county", "communities (sampled)", "limit a head, yuan", "its half, 万元", "short, 万元",
                *(f"{name.en}: own + grant; needs met" for name in region.arms.values())),
        *(_county(county) for county in region.counties), "",
    ]  # fmt: skip


def _county(county: CountyReport) -> str:
    arms = [f"{number(arm.own)} + {number(arm.grant)}; {points(arm.difference)}" for arm in county.arms.values()]
    return _row(f"{county.name.en} {county.name.zh}" if county.name.en != county.name.zh else county.name.zh,
                f"{county.communities} ({county.sampled})", number(county.limit * 1e4 / county.residents, 1), number(county.half),
                number(county.short), *arms)  # fmt: skip


def _flip(flip: FlipReport) -> list[str]:
    rows = []
    for one in flip.pairings:
        cells = [
            f"{number(saved, signed=True)} ({_end(one.break_even(place), flip.costs[0])})"
            for place, saved in enumerate(one.saved)
        ]
        rows.append(_row(f"{flip.names[one.first].en} − {flip.names[one.second].en}, {one.kind}", *cells))
    cells = [_row(f"{flip.ginis[flip.spreads.index(check.spread)]:.2f}", f"{check.cost:g}", number(check.promised, signed=True),
                  f"{number(check.simulated.mean, signed=True)} ({number(check.simulated.low, signed=True)} to "
                  f"{number(check.simulated.high, signed=True)})") for check in flip.checks]  # fmt: skip
    first, second, kind = flip.checked
    return [
        "## Where it flips", "",
        "What the first arm saves society against the second at a local cost of 1, 万元 a year, and in brackets the cost of a local yuan at which "
        "both are equal. Columns: the Gini coefficient of own revenue a head when its distance from the mean is multiplied by "
        f"{', '.join(f'{spread:g}' for spread in flip.spreads)} (1 is today). *total*: equal outlay of all payers; *granter*: equal grants. Social "
        "cost: unmet needs at 1 万元 each (an assumption), remedy, outlay, and the extra cost of own money. Promises of plans, not simulated.", "",
        *_table("pairing", *(f"Gini {gini:.2f}" for gini in flip.ginis)), *rows, "",
        f"Cells of *{flip.names[first].en} − {flip.names[second].en}, {kind}* simulated:", "",
        *_table("Gini", "cost of a local yuan", "map", "simulated"), *cells, "",
    ]  # fmt: skip


def _end(value: float, least: float) -> str:
    return "never" if value <= least else "always" if value > 100 else f"{value:.2f}"
