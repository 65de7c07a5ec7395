"""Rules of venues and of the care fund that can stand in a plan's way."""

from __future__ import annotations

from dataclasses import replace

from optimize.allocation import Allocation
from optimize.explain.brief import Brief, fits
from optimize.explain.giving import Slacks, by_slack
from optimize.explain.rule import Rule
from optimize.explain.words import wan_words
from optimize.outlay import project_cost_fen
from optimize.plan import Limits
from scenarios.district import VENUE_MODES, VenueMode
from scenarios.funding import FEN_PER_WAN
from scenarios.text import Text

HUNDRED_YUAN = 10_000  # fen
MODE_WORDS: dict[VenueMode, Text] = {
    "build": Text("新建", "building"),
    "refit": Text("改造", "refitting"),
    "developer": Text("开发商配建", "developers' premises"),
    "shared": Text("共享", "sharing"),
    "co-built": Text("共建", "co-building"),
}


def place_rules(brief: Brief) -> list[Rule]:
    """The rules in force, those first that a planner would look at last."""
    district = brief.district
    if district.venues.capital_fen <= 0 or not len(district.sites):
        return []
    closed = set(district.sites.mode) - set(district.venues.modes)
    return ([_modes(brief)] if closed else []) + [_capital(brief)]


def _capital(brief: Brief) -> Rule:
    capital = brief.district.venues.capital_fen

    def given(some: Brief, fen: int) -> Brief:
        rule = some.district.venues
        return some.with_district(venues=replace(rule, capital_fen=rule.capital_fen + fen))

    def lifted(some: Brief) -> Brief:
        return given(some, sum(project_cost_fen(some.district, site) for site in range(len(some.district.sites))))

    def soft(some: Brief, allocation: Allocation) -> Slacks:
        slack = allocation.program.variable()
        for year in range(some.district.years):
            cost = [(start.built, project_cost_fen(some.district, start.site) / FEN_PER_WAN)
                    for start in allocation.first.venues.starts if start.year == year]  # fmt: skip
            allocation.program.at_most([*cost, (slack, -1.0)], some.district.venues.capital_fen / FEN_PER_WAN)
        return [(slack, 1.0)]

    return Rule(
        key="capital",
        name=Text(f"场所投资每年{wan_words(capital)}万元", f"capital of {wan_words(capital)} 万元 a year"),
        lifted=lifted, given=given, least=by_slack(lifted, soft, given, unit=1.0 / FEN_PER_WAN, step=HUNDRED_YUAN),
        says=lambda fen: Text(
            f"场所投资增加{wan_words(fen)}万元，增至每年{wan_words(capital + fen)}万元",
            f"add {wan_words(fen)} 万元 of capital, {wan_words(capital + fen)} 万元 a year"),
    )  # fmt: skip


def _modes(brief: Brief) -> Rule:
    open_modes = brief.district.venues.modes

    def asked(some: Brief) -> tuple[VenueMode, ...]:
        """Modes of the projects that locks want built and that are not open."""
        sites = dict(zip(some.district.sites.id, some.district.sites.mode, strict=True))
        wanted = {sites.get(lock.where) for lock in some.locks if lock.kind == "project" and lock.amount}
        return tuple(mode for mode in VENUE_MODES if mode in wanted and mode not in some.district.venues.modes)

    def opened(some: Brief, modes: tuple[VenueMode, ...]) -> Brief:
        rule = some.district.venues
        return some.with_district(venues=replace(rule, modes=(*rule.modes, *modes)))

    def given(some: Brief, _: int) -> Brief:
        return opened(some, asked(some))

    def lifted(some: Brief) -> Brief:
        return opened(some, tuple(mode for mode in VENUE_MODES if mode not in some.district.venues.modes))

    def least(some: Brief, limits: Limits) -> int | None:
        return 1 if asked(some) and fits(given(some, 1), limits) else None

    def says(_: int) -> Text:
        more = [MODE_WORDS[mode] for mode in asked(brief)]
        return Text(f"也允许{'、'.join(mode.zh for mode in more)}", f"allow {', '.join(mode.en for mode in more)} too")

    named = [MODE_WORDS[mode] for mode in open_modes]
    return Rule(
        key="modes",
        name=Text(f"场所只限{'、'.join(mode.zh for mode in named)}", f"venues by {', '.join(mode.en for mode in named)} only"),
        lifted=lifted, given=given, least=least, says=says,
    )  # fmt: skip
