"""Where the district stands before any policy: the load of its baseline, and public cross-sections of work done."""

from __future__ import annotations

import numpy as np

from jiceng.validation.pattern import NONE, PERCENT, Pattern, Reading
from jiceng.validation.worlds import World, baseline, engaged_at_end, percent
from results.validation import Target
from scenarios.formulas import starting_engagement
from scenarios.text import Text
from sim.outcome import METRICS, community_values, worst_tenth

_HALF_ORDER = 10**0.5  # within an order of magnitude: half of one each way
_MATTERS, _PER_WORKER = 434.0, 42.0
_COUNT = Text("件", "matters")


def load(world: World) -> Reading:
    """Hours asked over available, escalation and case satisfaction, three years as things stand."""
    run = baseline(world)
    asked, escalated = community_values(run, "utilisation"), community_values(run, "escalated_share")
    return Reading({
        "median": float(np.nanmedian(asked)), "worst": worst_tenth(asked, better="lower"),
        "escalated": 100 * METRICS["escalated_share"].district(run),
        "escalated_worst": 100 * worst_tenth(escalated, better="lower"),
        "satisfied": 100 * METRICS["case_satisfaction"].district(run),
        "engaged": engaged_at_end(run) / 100 / starting_engagement(world.district.rates),
    })  # fmt: skip


def volume(world: World) -> Reading:
    """Requests a head, and matters served a community and a worker, in a year."""
    run = baseline(world)
    served = run.total("served").sum() / run.years
    posts = run.flow("posts").mean(axis=0).sum()
    return Reading({
        "requests": 1000 * run.total("voiced").sum() / run.years / run.population.sum(),
        "matters": float(served / len(run.population)), "per_worker": float(served / posts),
        "satisfied": 100 * METRICS["case_satisfaction"].district(run),
        "voiced": percent(run.total("voiced").sum(), run.total("needs").sum()),
    })  # fmt: skip


PATTERNS = (
    Pattern(
        id="load", name=Text("基准状态的松紧", "How tight the baseline is"),
        claim=Text("谁也不排队的基准教不了什么：中位社区的工时紧张度0.85至0.95，最差的十分之一大于1；上交率百分之几，"
                   "在最差的十分之一看得见；办件满意度约0.9，居民参与度不起不落。",
                   "A baseline where nothing queues teaches nothing: hours asked over available .85 to .95 in the median community and above 1 "
                   "in the worst tenth; escalation a few percent and visible there; case satisfaction about .9; engagement near its start."),
        source=Text("建模约定，不是公开数据；五项中多数事先校准过", "a convention of this model, no public figure; most of these were calibrated beforehand"),
        done=Text("平均拨付，运行三年，什么也不改。", "Equal split, three years, nothing changed."),
        held=Text("基准既不闲置也不崩溃，方案的差别显得出来。", "The baseline is neither idle nor broken, so policies can differ."),
        missed=Text("基准过松或过紧的一面会压低或抬高某些方案的效果，读比较结果时要记住是哪一项。",
                    "Where the baseline is too slack or too tight, effects are damped or blown up; mind which item it is."),
        targets=(
            Target(id="median", name=Text("工时紧张度，中位社区", "Hours asked over available, median"), unit=NONE, low=0.85, high=0.95, digits=3, calibrated=True),
            Target(id="worst", name=Text("工时紧张度，最高的十分之一", "Hours asked over available, highest tenth"), unit=NONE, low=1, digits=3),
            Target(id="escalated", name=Text("上交率", "Escalated"), unit=PERCENT, low=1, high=6, calibrated=True),
            Target(id="escalated_worst", name=Text("上交率，最高的十分之一", "Escalated, highest tenth"), unit=PERCENT, low=6),
            Target(id="satisfied", name=Text("办件满意度", "Case satisfaction"), unit=PERCENT, low=87, high=93, calibrated=True),
            Target(id="engaged", name=Text("第三年居民参与度，为期初的倍数", "Engagement in the third year, times the start"), unit=NONE, low=0.9, high=1.1,
                   digits=2, calibrated=True),
        ),
        experiment=load,
    ),
    Pattern(
        id="volume", name=Text("工作量的量级", "How much work there is"),
        claim=Text("每千名居民每年约200件诉求；每个社区每年办理约434件，每名工作者约42件。",
                   "About 200 requests per 1,000 residents a year; about 434 matters a community and 42 a worker."),
        source=Text("北京12345：每千人每年204至206件；通化2014年：83个社区、858名工作者办理3.6万余件，满意率95%（人民网）",
                    "Beijing hotline: 204-206 requests per 1,000 a year; Tonghua 2014: 36,000 matters by 858 workers in 83 communities, 95 % "
                    "satisfied (people.com.cn)"),
        done=Text("同上一组运行。“量级相符”指不超出公开数字的约三分之一到三倍。", "The same runs. Within an order of magnitude: from a third to three times."),
        held=Text("工作量与公开数字同一量级。每名工作者的件数高于通化，可能因为通化有大量小事没有登记。",
                  "Work is of the order that public figures show. Matters a worker exceed Tonghua's, where many small ones were plausibly "
                  "never logged."),
        missed=Text("工作量与公开数字不在同一水平，用于本地前先用本地的登记数校准。",
                    "The volume of work is not that of public figures; calibrate with local records first."),
        targets=(
            Target(id="requests", name=Text("每千名居民每年反映", "Requests per 1,000 residents a year"), unit=_COUNT, low=160, high=240, digits=0,
                   said=Text("204至206", "204-206"), calibrated=True),
            Target(id="matters", name=Text("每社区每年办理", "Served a community and year"), unit=_COUNT, low=_MATTERS / _HALF_ORDER,
                   high=_MATTERS * _HALF_ORDER, digits=0, said=Text("434（通化）", "434 (Tonghua)")),
            Target(id="per_worker", name=Text("每名工作者每年办理", "Served a worker and year"), unit=_COUNT, low=_PER_WORKER / _HALF_ORDER,
                   high=_PER_WORKER * _HALF_ORDER, digits=0, said=Text("42（通化）", "42 (Tonghua)")),
            Target(id="satisfied", name=Text("办件满意度", "Case satisfaction"), unit=PERCENT, low=90, high=100, said=Text("95%（通化，自评）", "95 % (Tonghua)"),
                   calibrated=True),
            Target(id="voiced", name=Text("需求被反映出来的比例", "Needs that are voiced"), unit=PERCENT),
        ),
        experiment=volume,
    ),
)  # fmt: skip
"""In the order of the page."""
