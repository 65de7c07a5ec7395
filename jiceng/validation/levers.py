"""One lever at a time: needs met over a dose of money, posts, postings, floor space, contact and partners' hours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from jiceng.validation.money import FUND_DOSES, fund_doses
from jiceng.validation.pattern import BLUE, POINTS, Line, Pattern, Plot, Reading
from jiceng.validation.worlds import (
    POST_DOSES,
    World,
    needs_met,
    peak,
    post_doses,
    with_baseline,
    with_posts,
    with_rates,
)
from results.validation import Target
from scenarios.district import District
from scenarios.text import Text
from sim.outcome import METRICS

_MARGIN = 100 * METRICS["needs_met_share"].margin


@dataclass(frozen=True, kw_only=True)
class Lever:
    """What is turned: its name and unit, the doses, how a dose changes the district, and where it stands today."""

    id: str
    name: Text
    unit: Text
    doses: tuple[float, ...]
    turned: Callable[[District, float], District]
    now: float
    judged: bool = True


def _postings(district: District, officials: float) -> District:
    rule = replace(district.postings, posts=round(officials), eligible_share=0.25)
    return district.with_changes(postings=rule)


def _space(district: District, dose: float) -> District:
    here = district.communities
    return district.with_changes(communities=here.replaced(service_m2=here.service_m2 * dose))


def _contact(district: District, share: float) -> District:
    return with_rates(district, contact_share=share / 100)


def _partners(district: District, dose: float) -> District:
    return district.with_changes(units=district.units.replaced(hours_month=district.units.hours_month * dose))


_TIMES = Text("现状的倍数", "times today's")
LEVERS = (
    Lever(id="money", name=Text("服务群众经费", "Service fund"), unit=_TIMES, doses=FUND_DOSES, turned=lambda d, dose: d, now=1.0),
    Lever(id="posts", name=Text("岗位", "Posts"), unit=_TIMES, doses=POST_DOSES, turned=with_posts, now=1.0),
    Lever(id="postings", name=Text("第一书记", "Posted officials"), unit=Text("人", "officials"), doses=(0.0, 10.0, 20.0, 30.0, 40.0),
          turned=_postings, now=0.0),
    Lever(id="space", name=Text("活动场所面积", "Floor space"), unit=_TIMES, doses=(0.25, 0.5, 1.0, 1.5, 2.0), turned=_space, now=1.0),
    Lever(id="contact", name=Text("联系居民占工时", "Contact, of hours"), unit=Text("%", "%"), doses=(0.0, 10.0, 20.0, 30.0, 40.0), turned=_contact,
          now=20.0, judged=False),
    Lever(id="partners", name=Text("共建单位工时", "Partners' hours"), unit=_TIMES, doses=(0.0, 1.0, 2.0, 4.0, 8.0), turned=_partners, now=1.0),
)  # fmt: skip


def levers(world: World) -> Reading:
    """Needs met at every dose of every lever; from the lowest to the highest, or the best dose of a trade-off."""
    lines = {lever.id: _curve(world, lever) for lever in LEVERS}
    best = {lever.id: peak(lever.doses, lines[lever.id]) for lever in LEVERS if not lever.judged}
    return Reading({lever.id: best.get(lever.id, lines[lever.id][-1] - lines[lever.id][0]) for lever in LEVERS}, lines)


def _curve(world: World, lever: Lever) -> list[float]:
    """Needs met over three years at each dose, percent; runs that other patterns need too are made once."""
    known = {"money": fund_doses, "posts": post_doses}.get(lever.id)
    runs = known(world) if known else with_baseline(
        world, [None if dose == lever.now else lever.turned(world.district, dose) for dose in lever.doses])  # fmt: skip
    return [needs_met(run) for run in runs]


PATTERNS = (
    Pattern(
        id="levers", name=Text("各项手段的剂量曲线", "Dose curves of the levers"),
        claim=Text("规划能动的每一项手段都应当推得动结果，从最低一档到最高一档至少改变需求办结率半个百分点；联系居民占多少工时是取舍，只报告哪一档最好。",
                   "Every lever of the plan moves the outcome: half a point of needs met at least from the lowest dose to the highest. Contact is a "
                   "trade-off: only its best dose is reported."),
        source=Text("建模约定：推不动结果的手段是缺陷", "a convention of this model: a lever that moves nothing is a defect"),
        done=Text("每次只动一项，其余不变，各运行三年；第一书记派往最薄弱的四分之一社区。费用不折算，各曲线之间不能按钱比较。",
                  "One lever at a time, three years each; officials go to the weakest quarter. Costs differ, so the curves do not compare yuan by "
                  "yuan."),
        held=Text("每一项手段都有作用，各自的递减从曲线上看得出来。", "Every lever works, and the curves show where each flattens."),
        missed=Text("至少有一项手段推不动全区的结果：它在模型中几乎没有作用，或只在少数地方有作用，规划给它的分量要另行核对。",
                    "At least one lever hardly moves the district: it is weak in the model, or works in a few places only; check what weight a plan "
                    "gives it."),
        targets=tuple(
            Target(id=lever.id, name=Text(f"{lever.name.zh}：从最低一档到最高一档", f"{lever.name.en}: lowest to highest dose"), unit=POINTS, low=_MARGIN)
            if lever.judged else
            Target(id=lever.id, name=Text(f"{lever.name.zh}：需求办结率最高的一档", f"{lever.name.en}: the dose with most needs met"), unit=lever.unit)
            for lever in LEVERS),
        experiment=levers,
        plots=tuple(Plot(title=lever.name, x_title=lever.unit, y_title=Text("需求办结率（%）", "needs met (%)"), now=lever.now,
                         lines=(Line(Text("需求办结率", "needs met"), lever.id, BLUE, lever.doses),)) for lever in LEVERS),
    ),
)  # fmt: skip
"""One pattern with a panel for every lever."""
