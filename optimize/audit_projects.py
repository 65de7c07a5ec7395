"""Exact rules of venue projects: known, allowed mode, one per site, capital of the year, and space within reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from optimize.outlay import project_cost_fen
from optimize.plan import Plan, Project
from optimize.violation import Violation, wan
from scenarios import formulas
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.text import Text


def project_violations(district: District, plan: Plan) -> Iterator[Violation]:
    """Every rule of venue projects that the plan breaks."""
    row = {site: position for position, site in enumerate(district.sites.id)}
    known = [project for project in plan.projects if project.site_id in row]
    for project in plan.projects:
        if project.site_id not in row:
            yield Violation("unknown", project.site_id, Text("项目不存在", "there is no such project"))
    for project in known:
        yield from _one(district, project, row[project.site_id])
    for site, count in Counter(district.sites.site[row[project.site_id]] for project in known).items():
        if count > 1:
            yield Violation("one per site", site, Text("同一地块上的项目超过一个", "more than one project on a site"))
    for year in range(district.years):
        started = [p for p in known if year * MONTHS <= p.start_month < (year + 1) * MONTHS]
        cost = sum(project_cost_fen(district, row[project.site_id]) for project in started)
        if cost > district.venues.capital_fen:
            yield Violation("capital", str(plan.years[year]), Text(
                f"当年投资{wan(cost)}万元，超过{wan(district.venues.capital_fen)}万元",
                f"projects of {wan(cost)} 万元 started; the capital is {wan(district.venues.capital_fen)} 万元"))  # fmt: skip
    yield from _lacking(district, known)


def _one(district: District, project: Project, site: int) -> Iterator[Violation]:
    code = {name: position for position, name in enumerate(district.communities.code)}
    reach = formulas.sites_in_reach(district)[:, site]
    if district.sites.mode[site] not in district.venues.modes:
        yield Violation("mode", project.site_id, Text("建设方式不在允许范围", "the mode is not allowed"))
    if not 0 <= project.start_month < district.years * MONTHS:
        yield Violation("start", project.site_id, Text("开工时间不在规划期内", "starts outside the plan years"))
    for name, m2 in project.serves:
        if name not in code:
            yield Violation(
                "unknown", f"{project.site_id} {name}", Text("服务的社区不存在", "serves an unknown community")
            )
        elif not reach[code[name]]:
            yield Violation("reach", f"{project.site_id} {name}", Text("超出步行可达距离", "beyond walking distance"))
        if not m2 >= 0:
            yield Violation(
                "sign", f"{project.site_id} {name}", Text("面积不能为负数", "floor space must not be negative")
            )
    shared = sum((Fraction(m2) for _, m2 in project.serves if m2 >= 0), Fraction(0))
    if shared > Fraction(float(district.sites.m2[site])):
        yield Violation("space", project.site_id, Text(
            f"分配{float(shared):.1f}平方米，超过项目面积{district.sites.m2[site]:.1f}平方米",
            f"shares out {float(shared):.1f} m2 of {district.sites.m2[site]:.1f} m2"))  # fmt: skip


def _lacking(district: District, projects: list[Project]) -> Iterator[Violation]:
    """Nobody is given more space than it lacks."""
    given: dict[str, Fraction] = {}
    for project in projects:
        for name, m2 in project.serves:
            given[name] = given.get(name, Fraction(0)) + Fraction(m2)
    lacks = dict(zip(district.communities.code, formulas.space_lacking_m2(district).tolist(), strict=True))
    for name, total in given.items():
        if name in lacks and total > Fraction(lacks[name]):
            yield Violation("lacking", name, Text(
                f"分得{float(total):.1f}平方米，只缺{lacks[name]:.1f}平方米", f"given {float(total):.1f} m2; lacks {lacks[name]:.1f} m2"))  # fmt: skip
