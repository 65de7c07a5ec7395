"""The sections that show what plans decide beside money: posts, officials and venues."""

from __future__ import annotations

import numpy as np

from optimize.plan import Plan
from results.charts import safe
from results.charts_map import map_figure
from results.numbers import MISSING, number
from results.page_tables import Cell, figures, table, words
from results.phrases import quoted
from results.report import PageReport, Policy
from results.sections import Section, chart, policy_cell
from results.sections_places import YUAN_PER_WAN, street_of
from scenarios.categories import CATEGORIES
from scenarios.tables import Reals
from scenarios.text import Text

MODES = {"build": Text("新建", "build"), "refit": Text("改造", "refit")}


def posts_section(report: PageReport) -> Section | None:
    """Extra posts and posted officials; None if no plan has any."""
    rows = [row for policy in report.policies if policy.id in report.plans for row in _posting_rows(report, policy)]
    extra = {p.id: int(report.plans[p.id].posts.sum(axis=0).max()) for p in report.policies
             if p.id in report.plans and report.plans[p.id].posts.size}  # fmt: skip
    if not rows and not any(extra.values()):
        return None
    heads = [(Text("方案", "Policy"), False), (Text("名额", "Slot"), False), (Text("派出层级", "Sent by"), False), (Text("专长", "Best at"), False),
             (Text("派往社区", "Posted to"), False), (Text("街镇", "Street or town"), False), (Text("起始月", "From"), False),
             (Text("月数", "Months"), True)]  # fmt: skip
    said = [(quoted(report.policy(p).name), n) for p, n in extra.items() if n]
    posts = Text(
        "、".join(f"{n.zh}增设 {c} 个岗位" for n, c in said), ", ".join(f"{n.en} adds {c} posts" for n, c in said)
    )
    sent = (
        Text(f"共派出 {len(rows)} 人次", f"{len(rows)} officials are posted")
        if rows
        else Text("没有派驻", "no official is posted")
    )
    finding = Text(
        f"{sent.zh}{'；' if posts.zh else ''}{posts.zh}。",
        f"{sent.en[0].upper()}{sent.en[1:]}{'; ' if posts.en else ''}{posts.en}.",
    )
    return Section(
        id="posts", name=Text("岗位与派驻", "Posts and officials"), finding=finding,
        tables=(table("postings", Text("派驻安排（名额不对应真实个人）", "Postings (slots, not real persons)"), heads, rows),) if rows else (),
        how=Text("由规划决定；同一社区同时至多一人，不派回原籍街镇。", "Decided by the plan: at most one official a community, never to the home street."),
        source=Text("各方案的规划。", "The plans."),
    )  # fmt: skip


def _posting_rows(report: PageReport, policy: Policy) -> list[list[Cell]]:
    plan, slots, place = report.plans[policy.id], report.district.slots, report.district.communities
    skills = {category.id: category.name for category in CATEGORIES}
    senders = {"province": Text("省", "province"), "city": Text("市", "city"), "county": Text("区县", "county")}
    rows = []
    for posting in plan.postings:
        known = slots.id.index(posting.slot) if posting.slot in slots.id else None
        where = place.code.index(posting.community)
        rows.append(
            [
                policy_cell(report, policy),
                words(posting.slot),
                words(senders[slots.sender[known]] if known is not None else MISSING),
                words(skills[slots.skill[known]] if known is not None else MISSING),
                words(place.name[where]),
                words(street_of(report, where)),
                words(_month(plan, posting.start_month)),
                figures(float(posting.months)),
            ]
        )
    return rows  # fmt: skip


def _month(plan: Plan, month: int) -> str:
    return f"{plan.years[0] + month // 12}-{month % 12 + 1:02d}"


def venues_section(report: PageReport) -> Section | None:
    """Venue projects and the space they open; None if no plan builds."""
    builders = [
        p
        for p in (report.shown, *report.ranked, report.baseline)
        if p.id in report.plans and report.plans[p.id].projects
    ]
    if not builders:
        return None
    policy, place = builders[0], report.district.communities
    gained = _space(report, policy)
    per_hundred = np.round(gained / np.maximum(place.households, 1) * 100, 3)
    reached, m2, name = int((gained > 0).sum()), float(gained.sum()), quoted(policy.name)
    finding = Text(f"{name.zh}安排 {len(report.plans[policy.id].projects)} 个场所项目，为 {reached} 个社区增加 {number(m2)} 平方米服务空间。",
                   f"{name.en} starts {len(report.plans[policy.id].projects)} venue projects and gives {reached} communities "
                   f"{number(m2)} m² of service space.")  # fmt: skip
    title = Text("新增服务空间（平方米/百户）", "Added service space (m² per 100 households)")
    drawn = chart(
        "venues",
        lambda view: map_figure(
            view,
            report.district,
            per_hundred,
            [
                f"{safe(place.name[c])} · {safe(street_of(report, c))}<br>+{number(gained[c])} m²"
                for c in range(len(place))
            ],
            title,
            diverging=False,
        ),
        Text(
            "排列与上图相同；颜色越深，每百户新增空间越多。",
            "Laid out as above; the darker, the more space per 100 households.",
        ),
        finding,
    )
    heads = [
        (Text("方案", "Policy"), False),
        (Text("项目", "Project"), False),
        (Text("方式", "Mode"), False),
        (Text("所在社区", "Community"), False),
        (Text("面积（平方米）", "m²"), True),
        (Text("投资（万元）", "Cost (10,000 yuan)"), True),
        (Text("开工", "Start"), False),
        (Text("启用", "Opens"), False),
        (Text("覆盖社区数", "Communities served"), True),
    ]
    rows = [row for p in dict.fromkeys(builders) for row in _project_rows(report, p)]
    return Section(
        id="venues", name=Text("场所项目", "Venues"), finding=finding, charts=(drawn,),
        tables=(table("venues", Text("场所项目", "Venue projects"), heads, rows),),
        how=Text("由规划从候选项目中选定；同一地块至多一项；空间在可达社区之间分配，建设期满后启用。",
                 "Chosen by the plan from the candidates, at most one a site; space is shared among communities in reach and opens after its lead time."),
        source=Text("候选项目表与各方案的规划。", "The table of candidate projects and the plans."),
    )  # fmt: skip


def _space(report: PageReport, policy: Policy) -> Reals:
    """Square metres that the plan's projects give each community."""
    rows = {code: row for row, code in enumerate(report.district.communities.code)}
    gained = np.zeros(len(rows))
    for project in report.plans[policy.id].projects:
        for code, m2 in project.serves:
            gained[rows[code]] += m2
    return gained


def _project_rows(report: PageReport, policy: Policy) -> list[list[Cell]]:
    plan, sites, place = report.plans[policy.id], report.district.sites, report.district.communities
    names = dict(zip(place.code, place.name, strict=True))
    rows = []
    for project in plan.projects:
        s = sites.id.index(project.site_id)
        opens = project.start_month + int(sites.lead_months[s])
        rows.append(
            [
                policy_cell(report, policy),
                words(project.site_id),
                words(MODES[sites.mode[s]]),
                words(names.get(sites.community_code[s], sites.community_code[s])),
                figures(float(sites.m2[s])),
                figures(float(sites.cost_yuan[s]) / YUAN_PER_WAN, 1),
                words(_month(plan, project.start_month)),
                words(_month(plan, opens)),
                figures(float(len(project.serves))),
            ]
        )
    return rows  # fmt: skip
