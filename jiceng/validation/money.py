"""What money does: goods and not participation, nothing when small, nothing after it stops, and who draws a match."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from jiceng.validation.pattern import BLUE, NONE, PERCENT, POINTS, TEAL, VERMILION, Line, Pattern, Plot, Reading
from jiceng.validation.worlds import World, baseline, needs_met, percent, simple_plan, with_baseline, with_rates
from optimize import Plan
from results.validation import Target
from scenarios.district import District, ServiceFund
from scenarios.funding import FEN_PER_YUAN, revenue_yuan
from scenarios.loader import load_scenario
from scenarios.tables import Reals
from scenarios.text import Text
from sim.outcome import METRICS, Outcome, met

FUND_DOSES = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)  # times the service fund of today
PREVENTION_DOSES = (0.0, 40.0, 50.0, 60.0, 70.0, 85.0, 100.0, 150.0)  # yuan per resident and year
NEAR_M = 600.0
_ENGAGEMENT_MARGIN = 100 * METRICS["engagement"].margin


def with_fund(district: District, dose: float) -> District:
    """The service fund of every community multiplied."""
    fund = district.service_fund
    return district.with_changes(
        service_fund=replace(fund, entitlement_fen=tuple(round(fen * dose) for fen in fund.entitlement_fen))
    )


@lru_cache(maxsize=1)
def fund_doses(world: World) -> tuple[Outcome, ...]:
    """Three years with the service fund multiplied by each of :data:`FUND_DOSES`."""
    return with_baseline(world, [None if dose == 1.0 else with_fund(world.district, dose) for dose in FUND_DOSES])


def with_prevention(district: District, yuan: Reals) -> tuple[District, Plan]:
    """The district and its plan with so much earmarked for prevention on top, yuan per resident of each community and year."""
    plan = simple_plan(district)
    extra = np.rint(yuan * district.communities.population * FEN_PER_YUAN).astype(np.int64)[:, None]
    return district, plan.with_changes(lump_fen=plan.lump_fen + extra, prevention_fen=0 * plan.prevention_fen + extra)


def without_prevention(district: District) -> District:
    """The district for a warm-up in which nothing is prevented, so that no earlier money is still at work afterwards."""
    return with_rates(district, prevention_ceiling=0.0)


def goods_not_participation(world: World) -> Reading:
    """Twice the service fund: what it does to needs met and to engagement."""
    runs = fund_doses(world)
    served, engaged = [needs_met(run) for run in runs], [100 * METRICS["engagement"].district(run) for run in runs]
    now, twice = FUND_DOSES.index(1.0), FUND_DOSES.index(2.0)
    return Reading({"needs_met": served[twice] - served[now], "engagement": engaged[twice] - engaged[now]},
                   {"served": [value - served[now] for value in served], "engaged": [value - engaged[now] for value in engaged]})  # fmt: skip


def threshold(world: World) -> Reading:
    """Needs prevented over a dose of prevention money, in a second year of paying it."""
    count = len(world.district.communities)
    arms = [with_prevention(world.district, np.full(count, dose)) for dose in PREVENTION_DOSES]
    runs = world.outcomes(arms, months=24, base=without_prevention(world.district))
    share = [_prevented(run, 12, 24) for run in runs]
    at = dict(zip(PREVENTION_DOSES, share, strict=True))
    first, last = (at[60.0] - at[50.0]) / 10, (at[100.0] - at[85.0]) / 15
    return Reading({"below": at[40.0], "first": first, "slope": last / first if first else 0.0,
                    "beyond": at[150.0] - at[100.0]}, {"prevented": share})  # fmt: skip


def _prevented(outcome: Outcome, first: int, last: int) -> float:
    """Needs prevented in some months, percent of all."""
    return percent(outcome.flow("prevented")[first:last].sum(), outcome.flow("needs")[first:last].sum())


def after_it_stops(world: World) -> Reading:
    """100 yuan a resident for one year, then nothing; and the same in every other community only."""
    here = world.district.communities
    _, plan = funded = with_prevention(world.district, np.full(len(here), 100.0))
    plan = plan.with_changes(prevention_fen=plan.prevention_fen * np.array([1, 0, 0])[None, : len(plan.years)])
    every_other = np.arange(len(here)) % 2 == 0
    _, half = with_prevention(world.district, 100.0 * every_other)
    without = with_prevention(world.district, np.zeros(len(here)))
    stopped, some, none = world.outcomes(
        [(funded[0], plan), (world.district, half), without], base=without_prevention(world.district)
    )
    beside = ~every_other & _close_to(world.district, every_other)
    gains = [percent(met(run)[beside].sum(), run.total("needs")[beside].sum()) for run in (some, none)]
    course = [_prevented(stopped, month, month + 3) for month in range(0, 36, 3)]
    return Reading({"left": percent(_prevented(stopped, 21, 24), _prevented(stopped, 9, 12)), "spill": gains[0] - gains[1]},
                   {"course": course})  # fmt: skip


def _close_to(district: District, funded: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> np.ndarray[
    tuple[int, ...], np.dtype[np.bool_]
]:  # fmt: skip
    """Communities with a funded one within 600 m."""
    here = district.communities
    near = np.hypot(here.x_m[:, None] - here.x_m[None], here.y_m[:, None] - here.y_m[None]) <= NEAR_M
    return np.asarray((near & funded[None]).any(axis=1))


@lru_cache(maxsize=1)
def _voluntary_fund() -> ServiceFund:
    """The fund's rule in the shipped scenario of a voluntary match."""
    return load_scenario("matched-voluntary").district_value().service_fund


def match_follows_revenue(world: World) -> Reading:
    """A voluntary 1:1 match: who draws it, and what it does to needs met, by own revenue a head."""
    count = len(world.district.communities)
    fund = _voluntary_fund()
    matched = world.district.with_changes(
        service_fund=replace(fund, entitlement_fen=(fund.entitlement_fen[0],) * count)  # the same base grant for all
    )
    (run,), equal = world.outcomes([matched]), baseline(world)
    people = matched.communities.population
    revenue, match = revenue_yuan(matched) / people, run.total("fen_match") / FEN_PER_YUAN / run.years / people
    village = matched.is_village
    quarter = _quarters(revenue)
    shares = [_met_by(quarter, outcome) for outcome in (run, equal)]
    change = [a - b for a, b in zip(*shares, strict=True)]
    return Reading({"all": _correlation(revenue, match), "villages": _correlation(revenue[village], match[village]),
                    "richest_less_poorest": change[-1] - change[0]},
                   {"match": [float(np.average(match[quarter == q], weights=people[quarter == q])) for q in range(4)],
                    "change": change})  # fmt: skip


def _quarters(values: Reals) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """The quarter of each value by rank, 0 for the lowest."""
    rank = np.argsort(np.argsort(values, kind="stable"), kind="stable")
    return np.asarray(rank * 4 // len(values))


def _met_by(group: np.ndarray[tuple[int, ...], np.dtype[np.int64]], outcome: Outcome) -> list[float]:
    """Needs met in each quarter, percent."""
    needs = outcome.total("needs")
    return [percent(met(outcome)[group == q].sum(), needs[group == q].sum()) for q in range(4)]


def _correlation(a: Reals, b: Reals) -> float:
    """Pearson's correlation; 0 where one of them does not vary."""
    if len(a) < 2 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


_THEODOS = Text("Theodos、Galster、Hermans 2025：华盛顿特区社区发展资金五年内不到14.5万美元无效，超过后收益递减",
                "Theodos, Galster & Hermans 2025: community grants in Washington DC, no effect below 145,000 dollars over five years, "
                "diminishing returns above")  # fmt: skip
_QUARTER = Text("自有收入由低到高的四分之一", "quarter by own revenue, low to high")

PATTERNS = (
    Pattern(
        id="goods", name=Text("钱办事，不带来参与", "Money buys goods, not participation"),
        claim=Text("只加钱，需求办结率上升，居民参与度不变。", "Money alone raises needs met and leaves participation as it is."),
        source=Text("Casey、Glennerster、Miguel 2012（QJE）：社区补助改善公共品，集体行动与规范不变；Bijker等 2019：报酬不增加志愿参与",
                    "Casey, Glennerster & Miguel 2012 (QJE): grants raised goods, collective action and norms did not move; Bijker et al. "
                    "2019: pay does not raise volunteering"),
        done=Text("服务群众经费由每社区20万元加倍到40万元，运行三年，与不加倍的同一世界相减。",
                  "The service fund of 200,000 yuan a community is doubled, three years, less the same world without it."),
        held=Text("想要居民参与，要靠有人上门邀请，不能指望经费。", "Participation comes from being asked, not from the fund."),
        missed=Text("模型里钱的作用与文献不一致：要么办不了事，要么被当成了参与的来源。",
                    "Money in the model does not do what the literature says: it buys too little, or it buys participation."),
        targets=(
            Target(id="needs_met", name=Text("经费加倍，需求办结率变化", "Needs met, fund doubled"), unit=POINTS, low=0.5),
            Target(id="engagement", name=Text("经费加倍，居民参与度变化", "Engagement, fund doubled"), unit=POINTS, low=-_ENGAGEMENT_MARGIN,
                   high=_ENGAGEMENT_MARGIN, digits=2),
        ),
        experiment=goods_not_participation,
        plots=(Plot(title=Text("与现状之差", "Difference from today"), x_title=Text("服务群众经费（现状的倍数）", "service fund (times today's)"),
                    y_title=POINTS, now=1.0,
                    lines=(Line(Text("需求办结率", "needs met"), "served", BLUE, FUND_DOSES),
                           Line(Text("居民参与度", "engagement"), "engaged", VERMILION, FUND_DOSES))),),
    ),
    Pattern(
        id="threshold", name=Text("小钱无效，多则递减", "Small money does nothing"),
        claim=Text("预防投入低于门槛时没有效果；过了门槛先快后慢，直到封顶。",
                   "Prevention money below a threshold does nothing; above it the first yuan buys most, up to a ceiling."),
        source=_THEODOS,
        done=Text("每位居民每年0至150元专用于预防（另给，不挤占其他），运行两年，看第二年预防掉的需求。曲线形状是模型的设定，这里检验它经过"
                  "按月拨付、到账延迟、逐月见效和邻里外溢后是否还在。",
                  "0 to 150 yuan a resident and year for prevention on top of the fund, two years, needs prevented in the second. The shape "
                  "is an assumption of the model; the check is whether it survives late monthly payment, gradual effect and spillover."),
        held=Text("撒胡椒面没有用：宁可少几个社区、每个够数。", "Spreading it thin is waste: better fewer places with enough each."),
        missed=Text("按月拨付改变了预防曲线的形状，规划与模拟对预防的判断会不一致。",
                    "Monthly payment bends the prevention curve, so plan and simulation disagree about prevention."),
        targets=(
            Target(id="below", name=Text("每人40元时预防的需求", "Prevented at 40 yuan a head"), unit=PERCENT, low=0, high=0.1, digits=2),
            Target(id="first", name=Text("从50元到60元，每元多预防", "From 50 to 60 yuan, per yuan"), unit=POINTS, low=0, digits=2),
            Target(id="slope", name=Text("从85元到100元每元的效果，为上一项的倍数", "Per yuan from 85 to 100, as a multiple of that"), unit=NONE,
                   low=0, high=1, digits=2),
            Target(id="beyond", name=Text("从100元到150元，多预防", "From 100 to 150 yuan"), unit=POINTS, low=-0.5, high=0.5),
        ),
        experiment=threshold,
        plots=(Plot(title=Text("预防掉的需求", "Needs prevented"), x_title=Text("每位居民每年预防投入（元）", "prevention, yuan a resident-year"),
                    y_title=Text("占全部需求（%）", "% of all needs"),
                    lines=(Line(Text("预防率", "prevented"), "prevented", BLUE, PREVENTION_DOSES),)),),
    ),
    Pattern(
        id="after", name=Text("停钱之后与周边外溢", "After the money stops, and next door"),
        claim=Text("区域投入的效果慢慢消退（半衰期三至五年），并惠及600米以内的邻里。",
                   "The effect of place-based money fades slowly, with a half-life of 3 to 5 years, and reaches neighbours within 600 m."),
        source=Text("Theodos等 2024（Cityscape 26(3)）：周边约600米受益，缓慢消退；Park、Wang、Wu 2002与Meng 2013：扶贫效果消退",
                    "Theodos et al. 2024 (Cityscape 26(3)): benefits within some 600 m, eroding slowly; Park, Wang & Wu 2002 and Meng 2013: "
                    "fading of area programmes"),
        done=Text("预热期不做预防。第一年每人100元预防，之后停止；另一次只给一半社区，看600米内未得到的邻近社区。消退和外溢都是模型的设定"
                  "（半衰期36个月；外溢为邻近社区平均预防效果的五分之一，大小是假设），这里检验它们合在一起的结果是否落在文献的范围内。",
                  "No prevention in the warm-up. 100 yuan a head in the first year, then none; and once for every other community, looking at "
                  "the others within 600 m of a funded one. Fading and spillover are assumptions of the model (half-life of 36 months; a fifth of "
                  "the neighbours' mean, an assumed size); the check is whether what comes out lies where the literature has it."),
        held=Text("停止投入后效果慢慢消退，邻近社区也受益：比较“集中投一年”与“分年投入”、“连片”与“分散”时，模型把这两点都算进去了。"
                  "外溢的大小是假设，成片投入的好处要留余量。",
                  "Effects outlast the money and reach next door, so the model can compare a one-year push with spreading over years, and clustered "
                  "with scattered places. The size of the spillover is assumed: leave room when judging clusters."),
        missed=Text("消退的快慢或外溢的大小与文献不符，不宜用来比较“集中投一年”与“分年投入”、“连片”与“分散”。",
                    "Fading or spillover is not what the literature has; do not compare a one-year push with spreading over years, or clusters with "
                    "scattered places, by it."),
        targets=(
            Target(id="left", name=Text("停钱一年后，预防效果还剩（与停钱前同季比）", "Prevention left a year after (same season)"), unit=PERCENT, low=70, high=95, digits=0,
                   said=Text("79%—87%", "79-87 %")),
            Target(id="spill", name=Text("600米内未投入社区的办结率变化", "Needs met, unfunded within 600 m"), unit=POINTS, low=0.1, digits=2),
        ),
        experiment=after_it_stops,
        plots=(Plot(title=Text("预防掉的需求", "Needs prevented"), x_title=Text("月", "month"), y_title=Text("占全部需求（%）", "% of all needs"),
                    now=12.0, lines=(Line(Text("第一年投入", "money in year 1"), "course", BLUE, tuple(float(m) + 2 for m in range(0, 36, 3))),)),),
    ),
    Pattern(
        id="match", name=Text("配套跟着谁走", "Who draws a voluntary match"),
        claim=Text("谁有钱出，谁得配套？这是向模型提的问题，不作达标判断：村级“一事一议”奖补的文献没有发现收入梯度，"
                   "而自有收入有约束时会有。",
                   "Does a match follow who can pay? A question put to the model, not a test: village matching in the literature showed no "
                   "income gradient, matching with binding own revenue does."),
        source=Text("Zhou等 2017（辽宁125个村）：奖补使三年多1.3个项目，收入与规模不显著", "Zhou et al. 2017 (125 villages in Liaoning): +1.3 projects in "
                    "three years, income and size insignificant"),
        done=Text("随附方案“自愿出资1比1配套”与平均拨付各运行三年；看每人配套额与每人自有收入的相关，以及按自有收入四等分的办结率变化（两者支出不等，只看贫富之间的差）。",
                  "The shipped voluntary 1:1 match beside equal split, three years each: correlation of match with own revenue, both a head, and "
                  "the change of needs met by quarter of own revenue (outlays differ, so only rich less poor tells)."),
        held=Text("在模型的假设下（出资是自有收入的固定份额、再受上限约束），配套明显向有钱的地方集中。文献中的村没有这种梯度，"
                  "所以它是假设带来的结论，用于本地前应先用本地的出资记录核对。模型不数村里的项目，“三年多1.3个项目”无从对照。",
                  "Under the model's assumption (own money is a share of own revenue) the match goes where revenue is. Villages in the "
                  "literature showed no such gradient: it follows from an assumption, so check it with local records of own money first. Villages' projects are not counted here, so +1.3 "
                  "projects cannot be compared."),
        missed=NONE,
        targets=(
            Target(id="all", name=Text("配套额与自有收入的相关（全部社区）", "Correlation, all communities"), unit=NONE, digits=2),
            Target(id="villages", name=Text("同上，只看村", "Correlation, villages alone"), unit=NONE, digits=2,
                   said=Text("无梯度（Zhou等）", "no gradient (Zhou et al.)")),
            Target(id="richest_less_poorest", name=Text("办结率变化：最富减最穷的四分之一", "Change of needs met, richest less poorest quarter"),
                   unit=POINTS),
        ),
        experiment=match_follows_revenue,
        plots=(Plot(title=Text("每人每年配套额", "Match drawn"), x_title=_QUARTER, y_title=Text("元/人·年", "yuan a head-year"),
                    lines=(Line(Text("配套额", "match"), "match", BLUE, (1.0, 2.0, 3.0, 4.0)),)),
               Plot(title=Text("办结率变化（与平均拨付比）", "Change of needs met (beside equal split)"), x_title=_QUARTER, y_title=POINTS,
                    lines=(Line(Text("变化", "change"), "change", TEAL, (1.0, 2.0, 3.0, 4.0)),))),
    ),
)  # fmt: skip
"""In the order of the page."""
