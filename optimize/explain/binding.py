"""Which rules a plan is up against: exact, in fen and whole numbers, from the plan itself. Grouped, the largest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimize.coefficients import contract_limit_fen
from optimize.explain.words import communities_in_english, counted, names_of, wan_words
from optimize.money import pools_fen, yearly_pool_fen
from optimize.outlay import project_cost_fen
from optimize.plan import Plan
from optimize.promise import added_space_m2
from optimize.standing import planned_care, windows_before
from scenarios import formulas
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.funding import FEN_PER_WAN, FEN_PER_YUAN, own_limit_fen, sum_flows, year_money
from scenarios.tables import Integers
from scenarios.text import Text

NONE_LEFT = FEN_PER_YUAN  # fen a community: what rounding to whole fen can leave of an amount that is used up
UNLIMITED_FEN = 10**12
CARE_STEP = FEN_PER_WAN // 10  # what rounding to fen a head can leave of the care fund


@dataclass(frozen=True)
class Binding:
    """A rule that the plan is up against: its name, the share of it that is used, whom it binds, and a sentence.

    ``binds`` is False for a rule that still leaves room: told because a planner would ask. ``communities`` are codes of
    those it binds one by one.
    """

    rule: str
    binds: bool
    used: float
    says: Text
    communities: tuple[str, ...] = ()


def binding_rules(district: District, plan: Plan) -> tuple[Binding, ...]:
    """Every rule of resources and money: those that bind first, the widest reach first among them."""
    found = [*_pool(district, plan), *_grants(district, plan), *_match(district, plan), *_contracts(district, plan),
             *_posts(district, plan), *_officials(district, plan), *_capital(district, plan), *_choices(district, plan)]  # fmt: skip
    return tuple(
        sorted(found, key=lambda one: (not one.binds, -(len(one.communities) or len(plan.communities)), -one.used))
    )


def _codes(district: District, rows: Integers) -> tuple[str, ...]:
    return tuple(district.communities.code[row] for row in rows.tolist())


def _used_up(name: Text, used_fen: int, most_fen: int, slack_fen: int, rule: str) -> Binding:
    """A yearly amount of money, used up or not."""
    left, binds = most_fen - used_fen, most_fen - used_fen <= slack_fen
    rest = (Text("全部用完", "is used up") if binds else
            Text(f"还剩{wan_words(left)}万元未用", f"leaves {wan_words(left)} 万元 unused"))  # fmt: skip
    says = Text(f"{name.zh}{wan_words(most_fen)}万元，{rest.zh}", f"{name.en} of {wan_words(most_fen)} 万元 {rest.en}")
    return Binding(rule, binds, used_fen / max(most_fen, 1), says)


def _pool(district: District, plan: Plan) -> Iterator[Binding]:
    fund = district.service_fund
    if fund.mode == "free":
        slack, whole = NONE_LEFT * len(plan.communities), yearly_pool_fen(district) * len(plan.years)
        granted = int(plan.lump_fen.sum())
        last = list(pools_fen(district, plan.lump_fen))[-1] - int(plan.lump_fen[:, -1].sum())
        left = last if fund.carry_over else whole - granted
        kept = Text(f"（已扣除{fund.reserve_share:.0%}机动）", f" (a reserve of {fund.reserve_share:.0%} kept back)")
        reserve = kept if fund.reserve_share else Text("", "")
        name = Text(
            f"资金池{len(plan.years)}年合计{reserve.zh}", f"the pool{reserve.en}, {len(plan.years)} years together,"
        )
        yield _used_up(name, whole - left, whole, slack * len(plan.years), "pool")


def _grants(district: District, plan: Plan) -> Iterator[Binding]:
    """Caps and floors that communities stand at in every plan year."""
    fund = district.service_fund
    if fund.mode != "free":
        return
    count = len(plan.communities)
    floors = np.array(fund.floor_fen or (0,) * count, dtype=np.int64)
    capped = np.flatnonzero((plan.lump_fen >= fund.cap_fen - NONE_LEFT).all(axis=1))
    least = np.flatnonzero((plan.lump_fen <= floors[:, None] + NONE_LEFT).all(axis=1) & (floors > 0))
    if fund.cap_fen < UNLIMITED_FEN:
        yield _each(district, "cap", capped, Text(f"补助达到封顶额{wan_words(fund.cap_fen)}万元", f"at the cap of {wan_words(fund.cap_fen)} 万元"),
                    Text(f"没有社区达到封顶额{wan_words(fund.cap_fen)}万元", f"no community is at the cap of {wan_words(fund.cap_fen)} 万元"))  # fmt: skip
    if floors.any():
        yield _each(district, "floors", least, Text("补助就是保底额，没有更多", "granted the floor and no more"),
                    Text("没有社区只拿保底", "no community is left at its floor"))  # fmt: skip


def _each(district: District, rule: str, rows: Integers, at: Text, nobody: Text) -> Binding:
    """A limit that communities stand at one by one."""
    codes = _codes(district, rows)
    share = len(codes) / max(len(district.communities), 1)
    if not codes:
        return Binding(rule, False, 0.0, nobody)
    names, number = names_of(district, codes), len(codes)
    says = Text(f"{number}个社区{at.zh}：{names.zh}", f"{communities_in_english(number)} {at.en}: {names.en}")
    return Binding(rule, True, share, says, codes)


def _match(district: District, plan: Plan) -> Iterator[Binding]:
    """The pool of a voluntary match, its cap, and payers at the limit of their revenue."""
    fund = district.service_fund
    if fund.mode != "voluntary":
        return
    money = year_money(district, plan.lump_fen[:, 0])
    match, own = sum_flows(money.flows, role="match"), sum_flows(money.flows, role="own")
    slack = NONE_LEFT * len(plan.communities)
    yield _used_up(
        Text("配套资金池每年", "the pool for matches, a year,"), int(match.sum()), fund.pool_fen, slack, "match pool"
    )
    if fund.cap_fen < UNLIMITED_FEN:
        rows = np.flatnonzero(match >= fund.cap_fen - NONE_LEFT)
        limit = wan_words(fund.cap_fen)
        yield _each(district, "match cap", rows, Text(f"配套达到封顶额{limit}万元", f"at the cap of {limit} 万元 of match"),
                    Text("没有社区的配套达到封顶额", "no match is at its cap"))  # fmt: skip
    spent = np.flatnonzero(own >= np.maximum(own_limit_fen(district) - NONE_LEFT, 1))
    yield _each(district, "own limit", spent, Text("自筹已到收入允许的上限", "at the limit of own money"),
                Text("没有街镇村的自筹到上限", "no payer is at the limit of own money"))  # fmt: skip


def _contracts(district: District, plan: Plan) -> Iterator[Binding]:
    """Communities that may buy no more hours in every plan year."""
    limit = contract_limit_fen(district).astype(np.int64)[:, None]
    rows = np.flatnonzero(((plan.contract_fen >= limit - NONE_LEFT) & (limit > 0)).all(axis=1))
    yield _each(district, "contracts", rows, Text("购买服务已到工时上限", "at the limit of hours bought by contract"),
                Text("没有社区的购买服务到工时上限", "no community is at the limit of hours bought by contract"))  # fmt: skip


def _counted_out(rule: str, name: Text, thing: Text, used: int, most: int) -> Binding:
    """Things that can be counted, all in use or not."""
    zh = "全部用完" if used >= most else f"用了{used}{thing.zh}，还剩{most - used}{thing.zh}未用"
    en = "all in use" if used >= most else f"{used} in use, {most - used} left"
    return Binding(rule, used >= most, used / max(most, 1),
                   Text(f"{name.zh}{most}{thing.zh}，{zh}", f"{counted(most, thing.en)} {name.en}: {en}"))  # fmt: skip


def _posts(district: District, plan: Plan) -> Iterator[Binding]:
    if district.extra_posts:
        used = int(plan.posts.sum(axis=0).max())
        yield _counted_out("posts", Text("新增岗位", "to add"), Text("个", "post"), used, district.extra_posts)


def _officials(district: District, plan: Plan) -> Iterator[Binding]:
    rule = district.postings
    if rule.posts <= 0 or not len(district.slots):
        return
    months = range(0, district.years * MONTHS, MONTHS)
    in_post = max(
        (sum(p.start_month <= month < p.start_month + p.months for p in plan.postings) for month in months), default=0
    )
    yield _counted_out(
        "officials", Text("第一书记在任名额", "in post at a time"), Text("名", "official"), in_post, rule.posts
    )
    eligible = formulas.eligible_for_posting(district)
    reached = {posting.community for posting in plan.postings}
    sent, may = len(reached), len(eligible)
    yield Binding("eligible", sent >= may, sent / max(may, 1), Text(
        f"可选派第一书记的薄弱社区{may}个，派了{sent}个", f"{communities_in_english(may)} weak enough for an official; {sent} have one"))  # fmt: skip


def _capital(district: District, plan: Plan) -> Iterator[Binding]:
    """Capital of each year: used up when what is left pays for no project that would still give space to anyone."""
    capital = district.venues.capital_fen
    if capital <= 0 or not len(district.sites):
        return
    row = {site: position for position, site in enumerate(district.sites.id)}
    cost = [sum(project_cost_fen(district, row[p.site_id]) for p in plan.projects if p.start_month // MONTHS == year)
            for year in range(district.years)]  # fmt: skip
    cheapest = [_cheapest_useful(district, plan, year) for year in range(district.years)]
    left = [capital - spent for spent in cost]
    useful = [year for year, price in enumerate(cheapest) if price is not None]
    binds = bool(useful) and all(left[year] < (cheapest[year] or 0) for year in useful)
    rest = "、".join(f"{plan.years[year]}年{wan_words(left[year])}" for year in range(district.years))
    rest_en = ", ".join(f"{wan_words(left[year])} in {plan.years[year]}" for year in range(district.years))
    why = (Text("不够再开工任何一个有用的项目", "too little for any other useful project") if binds else
           Text("还可再开工项目", "enough for another project") if useful else Text("已没有来得及建成的有用项目", "no useful project could open in time"))  # fmt: skip
    yield Binding("capital", binds, sum(cost) / (capital * district.years), Text(
        f"场所投资每年{wan_words(capital)}万元，剩余（万元）：{rest}，{why.zh}",
        f"capital of {wan_words(capital)} 万元 a year, left (万元): {rest_en}; {why.en}"))  # fmt: skip
    plots = {district.sites.site[row[project.site_id]] for project in plan.projects}
    whole = len(set(district.sites.site))
    yield Binding("sites", len(plots) == whole, len(plots) / whole, Text(
        f"候选地块{whole}处，用了{len(plots)}处，每处至多一个项目", f"{len(plots)} of {whole} sites used, at most one project each"))  # fmt: skip


def _cheapest_useful(district: District, plan: Plan, year: int) -> int | None:
    """Cost in fen of the cheapest project that could start in a year, open within the plan, and serve a lack of space."""
    lacking = np.floor(formulas.space_lacking_m2(district)) - added_space_m2(district, plan, district.years - 1)
    reach, sites = formulas.sites_in_reach(district), district.sites
    built = {sites.site[sites.id.index(project.site_id)] for project in plan.projects}
    costs = [project_cost_fen(district, site) for site in range(len(sites))
             if sites.site[site] not in built and sites.mode[site] in district.venues.modes
             and year * MONTHS + int(sites.lead_months[site]) < district.years * MONTHS
             and (lacking[reach[:, site]] >= 1.0).any()]  # fmt: skip
    return min(costs, default=None)


def _choices(district: District, plan: Plan) -> Iterator[Binding]:
    """Windows, wardens and care money, where they are open."""
    rule = district.choices
    if rule.windows and len(plan.windows):
        added = int((plan.windows - windows_before(district)).sum())
        yield _counted_out("windows", Text("新增窗口", "to add"), Text("个", "window"), added, rule.windows)
    if rule.wardens and len(plan.wardens):
        yield _counted_out(
            "wardens", Text("增配网格员", "to hire"), Text("名", "warden"), int(plan.wardens.sum()), rule.wardens
        )
    if rule.care_fen and plan.care_yuan:
        spent = sum(int(formulas.care_cost_fen(district, cell).sum()) for cell in planned_care(plan))
        yield _used_up(Text("关爱资金每年", "the care fund, a year,"), spent, rule.care_fen, CARE_STEP, "care fund")
