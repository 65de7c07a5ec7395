"""What people do: a posted official works through quality, and a partner that gains nothing cools and leaves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from jiceng.validation.pattern import BLUE, GREY, OCHRE, PERCENT, POINTS, TEAL, VERMILION, Line, Pattern, Plot, Reading
from jiceng.validation.worlds import LONG, World, long_baseline, percent, simple_plan, with_rates
from results.validation import Target
from scenarios.tables import Integers
from scenarios.text import Text
from sim.outcome import Outcome

TERM = 24  # months in post
PARTNER_GAINS = (0.0, 0.05, 0.1)  # what a unit gains from an exchange; the default of .35 is run anyway
QUARTERS = tuple(float(month + 3) for month in range(0, LONG, 3))


def posting(world: World) -> Reading:
    """Officials in the weakest fifth for two years, less the same world without them, over five years."""
    rule = replace(world.district.postings, posts=len(world.district.slots), term_months=TERM, eligible_share=0.2)
    sent = world.district.with_changes(postings=rule)
    plan = simple_plan(sent)
    posted = np.isin(world.district.communities.code, [post.community for post in plan.postings])
    (run,), without = world.outcomes([(sent, plan)], months=LONG), long_baseline(world)
    early, peak, later = (_solved_gain(run, without, posted, *months) for months in ((0, 3), (9, TERM), (36, LONG)))
    before = _solving(without, posted, 9, TERM)
    hours = [outcome.flow("minutes")[:, posted].sum() for outcome in (run, without)]
    elsewhere = [percent(o.total("solved")[~posted].sum(), o.total("needs")[~posted].sum()) for o in (run, without)]
    return Reading(
        {"peak": percent(peak, before), "ramp": percent(early, peak), "fade": percent(later, peak),
         "hours": percent(hours[0] - hours[1], hours[1]), "elsewhere": elsewhere[0] - elsewhere[1]},
        {"posted": [_solved_gain(run, without, posted, int(q) - 3, int(q)) for q in QUARTERS],
         "hours": [percent(*_more_minutes(run, without, posted, int(q) - 3, int(q))) for q in QUARTERS]},
    )  # fmt: skip


def _solving(outcome: Outcome, rows: NDArray[np.bool_], first: int, last: int) -> float:
    """Solved of served matters in some months and communities, percent."""
    return percent(outcome.flow("solved")[first:last, rows].sum(), outcome.flow("served")[first:last, rows].sum())


def _solved_gain(run: Outcome, without: Outcome, rows: NDArray[np.bool_], first: int, last: int) -> float:
    return _solving(run, rows, first, last) - _solving(without, rows, first, last)


def _more_minutes(run: Outcome, without: Outcome, rows: NDArray[np.bool_], first: int, last: int) -> tuple[int, int]:
    some, none = (int(outcome.flow("minutes")[first:last, rows].sum()) for outcome in (run, without))
    return some - none, none


def partners(world: World) -> Reading:
    """Five years at several gains from an exchange, and where communities never answer: ties that are left."""
    arms = [with_rates(world.district, partner_gain=gain) for gain in PARTNER_GAINS]
    runs = *world.outcomes([*arms, with_rates(world.district, partner_return=0.0)], months=LONG), long_baseline(world)
    ties = [run.flow("partners").sum(axis=1) for run in runs]
    begin = int(ties[-1][0])
    nothing, little, some, unanswered, default = (_left(tie, begin) for tie in ties)
    return Reading(
        {"nothing": nothing[-1], "little": little[-1], "some": some[-1], "unanswered": unanswered[-1], "default": default[-1],
         "loss": nothing[-1] - default[-1]},
        {"nothing": nothing, "little": little, "some": some, "unanswered": unanswered, "default": default},
    )  # fmt: skip


def _left(ties: Integers, begin: int) -> list[float]:
    """Ties at the end of each quarter, percent of those at the start."""
    return [percent(value, begin) for value in ties[2::3].tolist()]


_MONTH = Text("第几个月", "month")

PATTERNS = (
    Pattern(
        id="posting", name=Text("第一书记：靠质量，渐起渐退", "A posting: quality, ramp and fade"),
        claim=Text("选派干部通过服务质量起作用：约九个月见效，离任后约两年减半；不靠多出来的工时。",
                   "A posted official works through quality: near full effect after some nine months, half of it left two years after "
                   "leaving; not through hours."),
        source=Text("方向：Huang、Wang、Shang 2018（西部论坛28(6)）；先验：九个月后+8%（0至15%），离任后半衰期两年（一至四年）",
                    "Sign: Huang, Wang & Shang 2018; prior: +8 % after nine months (0 to 15), half-life of two years after leaving (1 to 4)"),
        done=Text("向最薄弱的五分之一社区选派，任期24个月，运行60个月，与不选派的同一世界相减。",
                  "Officials to the weakest fifth for 24 months, sixty months, less the same world without them."),
        held=Text("选派要看质量短板和接续：人一走效果就退，临时加派代替不了岗位。",
                  "Post to mend quality and plan the succession: the effect fades when they leave, and it is no substitute for posts."),
        missed=Text("选派的大小、快慢或途径与先验不符，比较选派方案时只看方向。",
                    "Size, pace or channel is not what the prior says; read comparisons of postings for their sign only."),
        targets=(
            Target(id="peak", name=Text("第10—24月办理成功率提高（相对）", "Solving chance in months 10-24, relative"), unit=PERCENT, low=0, high=15,
                   said=Text("8%（0至15%）", "8 % (0 to 15)")),
            Target(id="ramp", name=Text("前三个月的效果占其后", "Effect of months 1-3, of that"), unit=PERCENT, low=0, high=75, digits=0),
            Target(id="fade", name=Text("离任一至三年后的效果占在任时", "Effect 1-3 years after leaving, of that"), unit=PERCENT, low=25, high=71, digits=0,
                   said=Text("半衰期一至四年", "half-life 1-4 years")),
            Target(id="hours", name=Text("受派社区工时的变化", "Hours in posted communities"), unit=PERCENT, low=-0.5, high=0.5, digits=2),
            Target(id="elsewhere", name=Text("其他社区解决的需求变化", "Needs solved elsewhere"), unit=POINTS, low=-0.1, high=0.1, digits=2),
        ),
        experiment=posting,
        plots=(Plot(title=Text("受派社区，与不选派之差", "Posted communities, less without"), x_title=_MONTH, y_title=Text("个百分点；%", "points; %"),
                    now=float(TERM), lines=(Line(Text("办理成功率", "solving chance"), "posted", BLUE, QUARTERS),
                                            Line(Text("工时（%）", "hours (%)"), "hours", VERMILION, QUARTERS))),),
    ),
    Pattern(
        id="partners", name=Text("得不到回报的共建单位会退出", "A partner that gains nothing leaves"),
        claim=Text("驻区单位从共建中一无所得，合作逐渐冷却，最后退出。", "A unit that gets nothing out of an exchange cools and leaves."),
        source=Text("研究报告所述双向认领的设想；Amin等 2018（JASSS 21(1):3）：单向付出每轮衰减5%至10%",
                    "The two-way claiming of the study reports; Amin et al. 2018 (JASSS 21(1):3): one-way contributions decay by 5-10 % a round"),
        done=Text("单位从社区待办清单认领，社区由志愿者回馈。愿望全部得到满足时单位的所得设为0、0.05、0.1和默认的0.35，另设一组社区从不回馈；"
                  "各运行60个月，数仍在合作的“单位—社区”联系。",
                  "Units claim from communities' lists of waiting work, volunteers give back. What a unit gains when all it wished for is met is set to 0, "
                  "0.05, 0.1 and the default of 0.35, and once no community ever answers; sixty months each, ties between units and communities that "
                  "are still alive."),
        held=Text("共建要有来有往：社区从不回馈，单位会成批退出；所得在0.05到0.1之间是去与留的分界。", "Exchange must go both ways: where communities never answer, units leave in droves; "
                  "between gains of 0.05 and 0.1 leaving turns to staying."),
        missed=Text("模型中单位的去留与所得关系不够清楚，不宜用来评价共建方案。", "Staying hardly depends on gaining here; do not judge exchange schemes by it."),
        targets=(
            Target(id="nothing", name=Text("一无所得，五年后仍在合作", "Gaining nothing: ties alive after five years"), unit=PERCENT, high=25),
            Target(id="unanswered", name=Text("社区从不回馈，五年后仍在合作", "Never answered: ties alive after five years"), unit=PERCENT, high=25),
            Target(id="little", name=Text("所得0.05，五年后仍在合作", "Gain of 0.05: ties alive after five years"), unit=PERCENT),
            Target(id="some", name=Text("所得0.1，五年后仍在合作", "Gain of 0.1: ties alive after five years"), unit=PERCENT),
            Target(id="default", name=Text("默认所得，五年后仍在合作", "At the default: ties alive after five years"), unit=PERCENT, low=50),
            Target(id="loss", name=Text("一无所得与默认之差", "Gaining nothing less the default"), unit=POINTS, high=-10),
        ),
        experiment=partners,
        plots=(Plot(title=Text("仍在合作的联系", "Ties still alive"), x_title=_MONTH, y_title=Text("占期初（%）", "% of the start"),
                    lines=(Line(Text("所得 0", "gain 0"), "nothing", VERMILION, QUARTERS), Line(Text("0.05", "0.05"), "little", OCHRE, QUARTERS),
                           Line(Text("0.1", "0.1"), "some", BLUE, QUARTERS), Line(Text("0.35（默认）", "0.35, default"), "default", TEAL, QUARTERS),
                           Line(Text("从不回馈", "never answered"), "unanswered", GREY, QUARTERS))),),
    ),
)  # fmt: skip
"""In the order of the page."""
