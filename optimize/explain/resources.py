"""What there could be more or less of: one unit up or down of each resource that is open to a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from optimize.explain.brief import Brief
from optimize.explain.words import wan_words
from scenarios.funding import FEN_PER_WAN
from scenarios.text import Text

UNLIMITED_FEN = 10**12
MORE, LESS = Text("多", "more"), Text("少", "less")
RAISED, LOWERED = Text("提高", "higher"), Text("降低", "lower")


@dataclass(frozen=True, eq=False)
class Resource:
    """One thing a plan uses. ``amount``: how much there is, in units; ``moved``: the brief with so many units more.

    ``coarse``: how many units to try when one is worth less than can be proven. ``rule`` is the name of its rows.
    ``relaxes`` is False where more must also be used, so that more can be worse. ``more`` and ``less`` are how a step is
    told: of a floor, more room for the plan is a lower floor.
    """

    key: str
    name: Text
    unit: Text
    amount: int
    moved: Callable[[Brief, int], Brief]
    coarse: int
    rule: str = ""
    relaxes: bool = True
    in_rows: float = 1.0  # what a unit is in the rows of ``rule``
    more: Text = MORE
    less: Text = LESS

    def units(self, count: int) -> Text:
        """A number of units in words."""
        return Text(f"{count:,}{self.unit.zh}", f"{count:,} {self.unit.en}")


def resources(brief: Brief) -> list[Resource]:
    """The resources that are open, money first."""
    return [*_money(brief), *_hands(brief), *_places(brief)]


def _money(brief: Brief) -> list[Resource]:
    fund, choices = brief.district.service_fund, brief.district.choices
    found: list[Resource] = []
    wan, caps = Text("万元", "万元"), Text("万元", "万元")

    def pool(some: Brief, units: int) -> Brief:
        return some.with_fund(pool_fen=some.district.service_fund.pool_fen + units * FEN_PER_WAN)

    def cap(some: Brief, units: int) -> Brief:
        return some.with_fund(cap_fen=some.district.service_fund.cap_fen + units * FEN_PER_WAN)

    def floors(some: Brief, units: int) -> Brief:
        less = units * FEN_PER_WAN
        return some.with_fund(floor_fen=tuple(max(0, fen - less) for fen in some.district.service_fund.floor_fen))

    def entitled(some: Brief, units: int) -> Brief:
        count = len(some.district.communities)
        each, rest = divmod(abs(units) * FEN_PER_WAN, count)
        sign = 1 if units >= 0 else -1
        given = some.district.service_fund.entitlement_fen
        return some.with_fund(
            entitlement_fen=tuple(fen + sign * (each + (row < rest)) for row, fen in enumerate(given))
        )

    if fund.mode in ("free", "voluntary"):
        name = Text("资金池", "the pool") if fund.mode == "free" else Text("配套资金池", "the pool for matches")
        found.append(
            Resource("pool", name, wan, fund.pool_fen // FEN_PER_WAN, pool, 100, "pool" * (fund.mode == "free"))
        )
    if fund.mode == "free" and fund.cap_fen < UNLIMITED_FEN:
        found.append(Resource("cap", Text("每个社区的封顶额", "every community's cap"), caps, fund.cap_fen // FEN_PER_WAN, cap, 10,
                              more=RAISED, less=LOWERED))  # fmt: skip
    if fund.mode == "free" and any(fund.floor_fen):
        lowest = max(fund.floor_fen) // FEN_PER_WAN
        found.append(Resource("floors", Text("每个社区的保底额", "every community's floor"), caps, lowest, floors, max(1, lowest),
                              more=LOWERED, less=RAISED))  # fmt: skip
    if fund.mode in ("granted", "mandated") and any(fund.entitlement_fen):
        least = min(fund.entitlement_fen) * len(fund.entitlement_fen) // FEN_PER_WAN
        found.append(
            Resource(
                "entitlements",
                Text("各社区应得经费（平均分摊）", "entitlements, shared out equally"),
                wan,
                least,
                entitled,
                100,
            )
        )
    if choices.care_fen:

        def care(some: Brief, units: int) -> Brief:
            return some.with_choices(care_fen=some.district.choices.care_fen + units * 10 * FEN_PER_WAN)

        tens = Text("个10万元", "x 10 万元")
        found.append(Resource("care fund", Text("关爱资金", "the care fund"), tens, choices.care_fen // (10 * FEN_PER_WAN), care, 10,
                              "care fund", in_rows=10.0))  # fmt: skip
    return found


def _hands(brief: Brief) -> list[Resource]:
    district, choices = brief.district, brief.district.choices
    found: list[Resource] = []

    def posts(some: Brief, units: int) -> Brief:
        return some.with_district(extra_posts=some.district.extra_posts + units)

    def officials(some: Brief, units: int) -> Brief:
        rule = some.district.postings
        return some.with_district(postings=replace(rule, posts=rule.posts + units))

    def windows(some: Brief, units: int) -> Brief:
        return some.with_choices(windows=some.district.choices.windows + units)

    def wardens(some: Brief, units: int) -> Brief:
        return some.with_choices(wardens=some.district.choices.wardens + units)

    if district.extra_posts:
        found.append(
            Resource(
                "posts", Text("新增岗位", "extra posts"), Text("个", "posts"), district.extra_posts, posts, 10, "posts"
            )
        )
    if district.postings.posts and len(district.slots):
        found.append(Resource("officials", Text("第一书记在任名额", "officials in post"), Text("名", "officials"),
                              district.postings.posts, officials, 10, "officials"))  # fmt: skip
    if choices.windows:
        found.append(
            Resource(
                "windows",
                Text("新增窗口", "added windows"),
                Text("个", "windows"),
                choices.windows,
                windows,
                10,
                relaxes=False,
            )
        )
    if choices.wardens:
        found.append(
            Resource(
                "wardens",
                Text("增配网格员", "extra wardens"),
                Text("名", "wardens"),
                choices.wardens,
                wardens,
                10,
                "wardens",
            )
        )
    return found


def _places(brief: Brief) -> list[Resource]:
    venues, sites = brief.district.venues, brief.district.sites
    if venues.capital_fen <= 0 or not len(sites):
        return []

    def capital(some: Brief, units: int) -> Brief:
        rule = some.district.venues
        return some.with_district(venues=replace(rule, capital_fen=rule.capital_fen + units * 100 * FEN_PER_WAN))

    hundreds = Text("个100万元", "x 100 万元")
    name = Text(
        f"每年场所投资（现{wan_words(venues.capital_fen)}万元）",
        f"capital a year (now {wan_words(venues.capital_fen)} 万元)",
    )
    return [
        Resource(
            "capital", name, hundreds, venues.capital_fen // (100 * FEN_PER_WAN), capital, 5, "capital", in_rows=100.0
        )
    ]


def larger_site(brief: Brief, project: str) -> Resource:
    """A hundred square metres more or less of one project, at the same cost."""

    def moved(some: Brief, units: int) -> Brief:
        sites = some.district.sites
        m2 = np.array(
            [size + 100.0 * units * (name == project) for name, size in zip(sites.id, sites.m2.tolist(), strict=True)]
        )
        return some.with_district(sites=sites.replaced(m2=m2))

    sites = brief.district.sites
    amount = int(sites.m2[sites.id.index(project)] // 100)
    return Resource(
        "site",
        Text(f"项目{project}的面积", f"floor space of project {project}"),
        Text("个100平方米", "x 100 m2"),
        amount,
        moved,
        3,
    )
