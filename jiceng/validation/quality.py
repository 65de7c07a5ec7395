"""What moves quality: training packages, inspections and campaigns."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from jiceng.validation.pattern import BLUE, NONE, PERCENT, POINTS, TEAL, VERMILION, Line, Pattern, Plot, Reading
from jiceng.validation.worlds import (
    RUN,
    World,
    baseline,
    needs_met,
    peak,
    percent,
    solved_of_served,
    with_baseline,
    with_levers,
    with_rates,
)
from results.validation import Target
from scenarios.text import Text
from sim.outcome import Outcome

TRAINING_DOSES = (0.0, 4.0, 8.0, 16.0, 32.0)  # days per worker and year
INSPECTION_DOSES = (0.0, 2.0, 4.0, 8.0, 12.0)  # a year
CAMPAIGN_SD = 0.5
_QUARTERS = tuple(float(month + 3) for month in range(0, RUN, 3))


@lru_cache(maxsize=1)
def training_doses(world: World) -> tuple[Outcome, ...]:
    """Three years with so many days of training per worker and year."""
    return with_baseline(world, [with_levers(world.district, training_days=days) if days else None for days in TRAINING_DOSES])  # fmt: skip


def training(world: World) -> Reading:
    """The solving chance, hours and needs met over days of training."""
    runs = training_doses(world)
    chance, met = [solved_of_served(run) for run in runs], [needs_met(run) for run in runs]
    hours = [
        percent(run.total("minutes").sum() - runs[0].total("minutes").sum(), runs[0].total("minutes").sum())
        for run in runs
    ]
    eight, sixteen = TRAINING_DOSES.index(8.0), TRAINING_DOSES.index(16.0)
    first, second = chance[eight] - chance[0], chance[sixteen] - chance[eight]
    return Reading(
        {"gain": first, "concave": second / first if first else 0.0, "hours": hours[eight], "met": met[eight] - met[0],
         "best": peak(TRAINING_DOSES, met)},
        {"chance": [value - chance[0] for value in chance], "met": [value - met[0] for value in met], "hours": hours},
    )  # fmt: skip


def inspection(world: World) -> Reading:
    """The solving chance and needs met over inspections a year."""
    usual = world.district.rates.inspections
    runs = with_baseline(world, [None if dose == usual else with_rates(world.district, inspections=dose) for dose in INSPECTION_DOSES])  # fmt: skip
    met, chance = [needs_met(run) for run in runs], [solved_of_served(run) for run in runs]
    four = INSPECTION_DOSES.index(4.0)
    return Reading(
        {"best": peak(INSPECTION_DOSES, met), "best_chance": peak(INSPECTION_DOSES, chance),
         "rise": met[four] - met[0], "fall": met[-1] - met[four]},
        {"met": [value - met[0] for value in met], "chance": [value - chance[0] for value in chance]},
    )  # fmt: skip


def campaign(world: World) -> Reading:
    """A campaign and a lasting incentive of the same strength, less the same world without either."""
    moved = [with_levers(world.district, campaign=CAMPAIGN_SD), with_levers(world.district, effort=CAMPAIGN_SD)]
    usual, gains = baseline(world), []
    for run in world.outcomes(moved):
        gains.append([solved_of_served(run, m, m + 3) - solved_of_served(usual, m, m + 3) for m in range(0, RUN, 3)])
    (early, late), (_, lasting) = ((float(np.mean(gain[1:4])), float(np.mean(gain[8:]))) for gain in gains)
    return Reading({"early": early, "left": percent(late, early), "lasting": percent(lasting, float(np.mean(gains[1][1:4])))},
                   {"campaign": gains[0], "lasting": gains[1]})  # fmt: skip


_GAIN = Text("与不做之差", "Difference from none")
_CHANCE, _MET = Text("办理成功率", "solving chance"), Text("需求办结率", "needs met")

PATTERNS = (
    Pattern(
        id="training", name=Text("培训：头几天最管用", "Training: the first days bring most"),
        claim=Text("培训提高办理成功率，越往后越少；培训本身占用工时，天数太多得不偿失。",
                   "Training lifts the solving chance, each further day by less; it takes hours, so too much of it costs more than it brings."),
        source=Text("建模约定，没有找到按剂量的实证", "a convention of this model; no evidence by dose was found"),
        done=Text("每人每年培训0至32天，各运行三年。", "0 to 32 days of training per worker and year, three years each."),
        held=Text("按包安排培训，每年几天到一周即可；再多，占掉的工时就抵掉了质量。", "Train in packages of a few days to a week a year; beyond that the hours it takes eat the gain."),
        missed=Text("培训的作用与设定的形状不符，比较培训方案时只看方向。", "Training does not act as it was meant to; read comparisons of it for their sign only."),
        targets=(
            Target(id="gain", name=Text("培训8天，办理成功率提高", "Solving chance, eight days"), unit=POINTS, low=0.5, digits=2),
            Target(id="concave", name=Text("再加8天的提高，为头8天的倍数", "Eight days more, as a multiple of that"), unit=NONE, low=0, high=1, digits=2),
            Target(id="hours", name=Text("培训8天，服务工时变化", "Hours of service, eight days"), unit=PERCENT, low=-8 / 250 * 100, high=0, digits=2),
            Target(id="met", name=Text("培训8天，需求办结率变化", "Needs met, eight days"), unit=POINTS, digits=2),
            Target(id="best", name=Text("需求办结率最高的天数", "Days with most needs met"), unit=Text("天", "days")),
        ),
        experiment=training,
        plots=(Plot(title=_GAIN, x_title=Text("每人每年培训（天）", "training (days per worker and year)"), y_title=Text("个百分点；%", "points; %"), now=0.0,
                    lines=(Line(_CHANCE, "chance", BLUE, TRAINING_DOSES), Line(_MET, "met", TEAL, TRAINING_DOSES),
                           Line(Text("服务工时（%）", "hours (%)"), "hours", VERMILION, TRAINING_DOSES))),),
    ),
    Pattern(
        id="inspection", name=Text("检查过犹不及", "Too much inspection undoes it"),
        claim=Text("适度检查改善服务，检查过多反而把好处抵掉：最好的次数在中间。",
                   "Some inspection improves service, too much undoes it: the best number lies inside."),
        source=Text("Zheng、Ye、Bai 2023（Sustainability 15(11):8438）：方向；最佳每年4次（2至12次）为先验", "Zheng, Ye & Bai 2023 (Sustainability 15(11):8438): the shape; a best of 4 a year "
                    "(2 to 12) is a prior"),
        done=Text("每年检查0、2、4、8、12次，各运行三年；最好的次数取过最高一档及其两侧的抛物线顶点。检查既影响质量，也占用工时。", "0, 2, 4, 8 and 12 inspections a year, three years each; the best number is the top of the parabola through the highest and its neighbours. Inspections act on "
                  "quality and take hours."),
        held=Text("检查有最佳次数。因为还要占用工时，对全部需求最有利的次数不多于对质量最有利的次数。",
                  "There is a best number. Since inspections take hours too, the number best for all needs is not above the one best for quality."),
        missed=Text("模型中检查的倒U形不清楚，不宜用来定检查次数。", "The inverted U is not clear here; do not set the number of inspections by it."),
        targets=(
            Target(id="best", name=Text("需求办结率最高的检查次数", "Inspections with most needs met"), unit=Text("次", "a year"), low=2, high=8,
                   said=Text("4（2至12）", "4 (2 to 12)")),
            Target(id="rise", name=Text("从0次到4次，需求办结率变化", "Needs met, from 0 to 4"), unit=POINTS, low=0, digits=2),
            Target(id="fall", name=Text("从4次到12次，需求办结率变化", "Needs met, from 4 to 12"), unit=POINTS, high=0, digits=2),
            Target(id="best_chance", name=Text("办理成功率最高的检查次数", "Inspections with the highest solving chance"), unit=Text("次", "a year")),
        ),
        experiment=inspection,
        plots=(Plot(title=_GAIN, x_title=Text("每年检查（次）", "inspections a year"), y_title=POINTS, now=4.0,
                    lines=(Line(_MET, "met", TEAL, INSPECTION_DOSES), Line(_CHANCE, "chance", BLUE, INSPECTION_DOSES))),),
    ),
    Pattern(
        id="campaign", name=Text("专项行动一阵风", "Campaigns fade"),
        claim=Text("专项行动开始时见效，过后消退；同样强度的持续激励不退。", "A campaign works at first and fades; a lasting incentive of the same strength stays."),
        source=Text("方向：Li等 2025（Utilities Policy 97:102063），Dong等 2024（J. Clean. Prod.）；幅度与范围为自定",
                    "Sign: Li et al. 2025 (Utilities Policy 97:102063), Dong et al. 2024 (J. Clean. Prod.); sizes and bands are our own"),
        done=Text("各社区质量一次提高半个标准差（随后消退），或持续提高半个标准差，运行三年，与不做的同一世界相减。",
                  "Quality half a standard deviation up once, which fades, or for good, three years, less the same world with neither."),
        held=Text("用专项行动解一时之急可以，指望长期效果要靠日常激励、培训和人。", "Use a campaign for an emergency; lasting effects need incentives, training and people."),
        missed=Text("专项行动在模型中退得不够或没有见效，不宜用来比较短期与长期做法。", "Campaigns fade too little here or do nothing; do not compare short and lasting measures by it."),
        targets=(
            Target(id="early", name=Text("第4—12月办理成功率提高", "Solving chance, months 4-12"), unit=POINTS, low=0.5, digits=2),
            Target(id="left", name=Text("第25—36月还剩（与第4—12月比）", "Left in months 25-36, of that"), unit=PERCENT, low=0, high=50, digits=0),
            Target(id="lasting", name=Text("持续激励，第25—36月为第4—12月的", "A lasting incentive, months 25-36 over 4-12"), unit=PERCENT, low=75, digits=0),
        ),
        experiment=campaign,
        plots=(Plot(title=Text("办理成功率，与不做之差", "Solving chance, less neither"), x_title=Text("第几个月", "month"), y_title=POINTS,
                    lines=(Line(Text("专项行动", "campaign"), "campaign", VERMILION, _QUARTERS), Line(Text("持续激励", "lasting"), "lasting", TEAL, _QUARTERS))),),
    ),
)  # fmt: skip
"""In the order of the page."""
