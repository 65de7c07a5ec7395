"""Which rule keeps a single decision from being made at all, and whether a plan makes it anyway. Exact, without a search."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimize.explain.rules_of_places import MODE_WORDS
from optimize.explain.words import place, wan_words
from optimize.locks import Lock
from optimize.money import grant_bounds_fen, yearly_pool_fen
from optimize.outlay import project_cost_fen
from optimize.plan import Plan
from optimize.standing import windows_before
from scenarios import formulas
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.text import Text


def ruled_out(district: District, lock: Lock) -> list[Text]:
    """The rules that forbid a decision, whatever else is decided; empty if none does."""
    if lock.kind == "project":
        return list(_project(district, lock)) if lock.amount else []
    if lock.where not in district.communities.code:
        return [Text(f"辖区里没有社区{lock.where}", f"there is no community {lock.where} in the district")]
    row = district.communities.code.index(lock.where)
    reasons = {"grant": _grant, "posting": _posting, "posts": _posts, "windows": _windows, "wardens": _wardens}
    return list(reasons[lock.kind](district, lock, row))


def already(district: District, plan: Plan, lock: Lock) -> bool:
    """Whether the plan decides just that."""
    if lock.kind == "project":
        start = [p.start_month for p in plan.projects if p.site_id == lock.where]
        return _made(start, lock)
    if lock.where not in plan.communities:
        return False
    row = plan.communities.index(lock.where)
    if lock.kind == "posting":
        return _made([p.start_month for p in plan.postings if p.community == lock.where], lock)
    if lock.kind == "grant":
        granted = plan.lump_fen[row] if lock.year is None else plan.lump_fen[row, lock.year : lock.year + 1]
        return bool((granted == lock.amount).all())
    if lock.kind == "posts":
        return bool((plan.posts[row] == lock.amount).all())
    counts = plan.windows if lock.kind == "windows" else plan.wardens
    return bool(counts.size) and int(counts[row]) == lock.amount


def _made(starts: list[int], lock: Lock) -> bool:
    counted = [start for start in starts if lock.year is None or start // MONTHS == lock.year]
    return len(counted) == lock.amount


def _grant(district: District, lock: Lock, row: int) -> Iterator[Text]:
    fund = district.service_fund
    if fund.mode != "free":
        yield Text(
            "本方案各社区的经费按规则定额拨付，不由规划选择",
            "under this rule grants are fixed and not chosen by the plan",
        )
        return
    low, high = (int(bound[row]) for bound in grant_bounds_fen(district))
    where, wanted = place(district, lock.where), wan_words(lock.amount)
    if lock.amount > fund.cap_fen:
        yield Text(f"{where}补助{wanted}万元，超过封顶额{wan_words(fund.cap_fen)}万元",
                   f"{wanted} 万元 for {where} is above the cap of {wan_words(fund.cap_fen)} 万元")  # fmt: skip
    elif lock.amount > high:
        yield Text(f"资金池{wan_words(yearly_pool_fen(district))}万元，留足其他社区的保底后，{where}至多{wan_words(high)}万元",
                   f"with the floors of all others kept, the pool of {wan_words(yearly_pool_fen(district))} 万元 leaves {where} at most "
                   f"{wan_words(high)} 万元")  # fmt: skip
    if lock.amount < low:
        yield Text(f"{where}补助{wanted}万元，低于保底额{wan_words(low)}万元",
                   f"{wanted} 万元 for {where} is below its floor of {wan_words(low)} 万元")  # fmt: skip


def _posting(district: District, lock: Lock, row: int) -> Iterator[Text]:
    if not lock.amount:
        return
    where = place(district, lock.where)
    if district.postings.posts <= 0 or not len(district.slots):
        yield Text("本方案没有选派第一书记", "no officials are posted under this rule")
        return
    eligible = formulas.eligible_for_posting(district)
    if row not in eligible:
        here = district.communities
        rank = sorted(range(len(here)), key=lambda one: (here.quality[one], here.code[one])).index(row) + 1
        yield Text(f"第一书记只派往服务质量最薄弱的{len(eligible)}个社区，{where}排在倒数第{rank}位，不在范围内",
                   f"officials go to the {len(eligible)} weakest communities only; {where} is number {rank} from the bottom")  # fmt: skip
    elif not (formulas.posting_fit(district)[:, row] > 0).any():
        yield Text(
            f"干部不得派回原籍街镇，可派的人都来自{where}所在街镇",
            f"officials may not go home, and all of them come from the street of {where}",
        )


def _project(district: District, lock: Lock) -> Iterator[Text]:
    sites, name = district.sites, lock.where
    if name not in sites.id:
        yield Text(f"候选项目中没有{name}", f"there is no project {name} among the candidates")
        return
    site = sites.id.index(name)
    if district.venues.capital_fen <= 0:
        yield Text("本方案没有场所投资", "there is no capital for venues under this rule")
        return
    mode, cost = sites.mode[site], project_cost_fen(district, site)
    if mode not in district.venues.modes:
        allowed = [MODE_WORDS[one] for one in district.venues.modes]
        yield Text(f"{name}的方式是{MODE_WORDS[mode].zh}，本方案只限{'、'.join(one.zh for one in allowed)}",  # type: ignore[index]
                   f"{name} is by {MODE_WORDS[mode].en}; the rule allows {', '.join(one.en for one in allowed)} only")  # type: ignore[index]  # fmt: skip
    if cost > district.venues.capital_fen:
        yield Text(f"{name}投资{wan_words(cost)}万元，超过一年的投资额{wan_words(district.venues.capital_fen)}万元",
                   f"{name} costs {wan_words(cost)} 万元, more than a year's capital of {wan_words(district.venues.capital_fen)} 万元")  # fmt: skip
    start = 0 if lock.year is None else lock.year
    if start * MONTHS + int(sites.lead_months[site]) >= district.years * MONTHS:
        yield Text(f"{name}建设期{int(sites.lead_months[site])}个月，规划期内来不及启用",
                   f"{name} takes {int(sites.lead_months[site])} months to open, beyond the plan")  # fmt: skip
    lacking = np.floor(formulas.space_lacking_m2(district))
    if not (lacking[formulas.sites_in_reach(district)[:, site]] > 0).any():
        yield Text(f"走得到{name}的社区都不缺面积", f"no community within walking distance of {name} lacks floor space")


def _posts(district: District, lock: Lock, row: int) -> Iterator[Text]:
    if lock.amount > district.extra_posts:
        yield Text(f"新增岗位共{district.extra_posts}个，不够{lock.amount}个",
                   f"there are {district.extra_posts} extra posts in all, fewer than {lock.amount}")  # fmt: skip


def _wardens(district: District, lock: Lock, row: int) -> Iterator[Text]:
    if lock.amount > district.choices.wardens:
        yield Text(f"增配网格员共{district.choices.wardens}名，不够{lock.amount}名",
                   f"there are {district.choices.wardens} extra wardens in all, fewer than {lock.amount}")  # fmt: skip


def _windows(district: District, lock: Lock, row: int) -> Iterator[Text]:
    rule, before = district.choices, int(windows_before(district)[row])
    most = before + min(rule.windows, rule.windows_each) if rule.windows else before
    if not before <= lock.amount <= most:
        where = place(district, lock.where)
        yield Text(
            f"{where}现有{before}个窗口，按规则可在{before}到{most}个之间",
            f"{where} has {before} windows and may have {before} to {most}",
        )
