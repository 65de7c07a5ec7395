"""The sections that follow the money: before and after, and who pays."""

from __future__ import annotations

from results.charts_bars import Part, bars_figure
from results.numbers import level
from results.page_tables import Cell, figures, table
from results.report import PageReport
from results.sections import Section, chart, data_source, policy_cell
from results.sentences import ledger_finding, payers_finding
from scenarios.district import TIERS
from scenarios.text import Text
from sim.outcome import METRICS

PAYERS = {
    "city": (Text("市级", "city"), "#2f4b6e", "#ffffff"),
    "district": (Text("区级", "district"), "#6d8fb8", "#ffffff"),
    "street": (Text("街镇自筹", "streets and towns"), "#bccde0", "#1f2933"),
    "village": (Text("村自筹", "villages"), "#d9c489", "#1f2933"),
    "province": (Text("省级", "province"), "#1d2f45", "#ffffff"),
    "society": (Text("社会", "donors and firms"), "#8fae9b", "#1f2933"),
}


def ledgers_section(report: PageReport) -> Section:
    """Two ledgers: what is spent before, and what escalated matters cost after."""
    policies = (*report.ranked, report.baseline)
    digests = [report.digests[p.id] for p in policies]
    parts = (
        Part(
            label=Text("事前：服务、岗位与建设", "before: service, posts, building"),
            colour="#93a5ae",
            ink="#1f2933",
            values=tuple(round(d.outlay, 2) for d in digests),
        ),
        Part(
            label=Text("事后：上交后的处置", "after: remedy of escalated matters"),
            colour="#d1602d",
            ink="#ffffff",
            values=tuple(round(d.remedy, 2) for d in digests),
        ),
    )
    title = Text(
        "万元/年（合并支出口径：自筹＋上级－挤出）", "10,000 yuan a year (consolidated: own + granted − displaced)"
    )
    finding = ledger_finding(report)
    drawn = chart(
        "ledgers",
        lambda view: bars_figure(view, [p.name for p in policies], parts, title),
        Text(
            "灰色为事前支出，橙红为事后处置；右端为两者之和。",
            "Grey: spent before; vermilion: remedy after; at the right their sum.",
        ),
        finding,
    )
    heads = [
        (Text("方案", "Policy"), False),
        (Text("合并支出", "Outlay"), True),
        (Text("其中办件", "of it: matters"), True),
        (Text("其中购买服务", "of it: contracts"), True),
        (Text("其中预防", "of it: prevention"), True),
        (Text("事后处置", "Remedy"), True),
        (Text("合计", "Sum"), True),
    ]
    rows = [
        [
            policy_cell(report, p),
            figures(d.outlay),
            figures(d.matters),
            figures(d.contracts),
            figures(d.prevention),
            Cell(Text(*[level(report.comparison.level(p.id, "remedy_cost"), METRICS["remedy_cost"])] * 2), d.remedy),
            figures(d.outlay + d.remedy),
        ]
        for p, d in zip(policies, digests, strict=True)
    ]
    return Section(
        id="ledgers", name=Text("两本账", "Two ledgers"), finding=finding, charts=(drawn,),
        tables=(table("ledgers", Text("事前与事后支出（万元/年）", "Before and after (10,000 yuan a year)"), heads, rows),),
        how=Text("合并支出含服务群众经费、工作与党建经费、岗位、派驻、网格、折旧后的建设投资和运行费；处置费是上交事项的费用，另账记录。",
                 "Outlay holds service, work and party funds, posts, postings, grids, capital spread over its life and running costs; remedy "
                 "is kept in a ledger of its own."),
        source=data_source(report),
    )  # fmt: skip


def payers_section(report: PageReport) -> Section:
    """Service money by who pays it; the four tiers always, others where they pay."""
    policies = (*report.ranked, report.baseline)
    paying = {payer: look for payer, look in PAYERS.items()
              if payer in TIERS or any(report.digests[p.id].payers[payer] for p in policies)}  # fmt: skip
    parts = tuple(
        Part(
            label=label,
            colour=colour,
            ink=ink,
            values=tuple(round(report.digests[p.id].payers[tier], 2) for p in policies),
        )
        for tier, (label, colour, ink) in paying.items()
    )
    finding = payers_finding(report)
    title = Text("服务群众经费，按出资方（万元/年）", "Service money by payer (10,000 yuan a year)")
    drawn = chart(
        "payers",
        lambda view: bars_figure(view, [p.name for p in policies], parts, title),
        Text(
            "由深到浅：市级、区级、街镇自筹；黄色为村自筹。省级和社会出资只在有时列出。",
            "From dark to light: city, district, streets and towns; ochre: villages. Province and donors only where they pay.",
        ),
        finding,
    )
    heads = [
        (Text("方案", "Policy"), False),
        *((label, True) for label, _, _ in paying.values()),
        (Text("合计", "Sum"), True),
        (Text("其中配套", "of it: match"), True),
        (Text("未用配套额度", "Match left"), True),
        (Text("被挤出的自筹", "Own money displaced"), True),
    ]
    rows = [
        [
            policy_cell(report, p),
            *(figures(report.digests[p.id].payers[tier]) for tier in paying),
            figures(sum(report.digests[p.id].payers.values())),
            *(_money(report, p.id, name) for name in ("matched_money", "match_left", "displaced_money")),
        ]
        for p in policies
    ]
    return Section(
        id="payers", name=Text("谁出钱", "Who pays"), finding=finding, charts=(drawn,),
        tables=(table("payers", Text("服务群众经费来源（万元/年）", "Sources of service money (10,000 yuan a year)"), heads, rows),),
        how=Text("每一分钱都记有出资方和用途；补助会挤出一部分自筹，配套会引出一部分自筹。",
                 "Every fen has a payer and a use; grants displace some own money and matches draw some."),
        source=data_source(report),
    )  # fmt: skip


def _money(report: PageReport, policy: str, name: str) -> Cell:
    shown = report.comparison.level(policy, name)
    return Cell(Text(*[level(shown, METRICS[name])] * 2), round(shown.mean, 4))
