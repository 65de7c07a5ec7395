"""Who takes part: those who are asked."""

from __future__ import annotations

from jiceng.validation.money import FUND_DOSES, fund_doses
from jiceng.validation.pattern import BLUE, NONE, PERCENT, POINTS, VERMILION, Line, Pattern, Plot, Reading
from jiceng.validation.worlds import World, baseline, engaged_at_end, needs_met, percent, with_baseline, with_levers
from results.validation import Target
from scenarios.text import Text

ASKING_DOSES = (0.0, 1.0, 1.8, 3.0)  # times as many people asked; 1.8 is the prior for a neighbour's asking


def asking(world: World) -> Reading:
    """Engagement in the third year over how many are asked, beside what doubling the fund does to it."""
    runs = with_baseline(world, [None if dose == 1.0 else with_levers(world.district, recruitment=dose) for dose in ASKING_DOSES])  # fmt: skip
    engaged = dict(zip(ASKING_DOSES, map(engaged_at_end, runs), strict=True))
    met = [needs_met(run) for run in runs]
    usual = engaged[1.0]
    funded = engaged_at_end(fund_doses(world)[FUND_DOSES.index(2.0)]) - engaged_at_end(baseline(world))
    return Reading(
        {"asked": engaged[1.8] - usual, "beyond_fund": engaged[1.8] - usual - funded, "ratio": percent(engaged[1.8], usual) / 100,
         "nobody": percent(engaged[0.0], usual), "met": met[2] - met[1]},
        {"engaged": list(engaged.values()), "met": [value - met[1] for value in met]},
    )  # fmt: skip


_X = Text("动员力度（现状的倍数）", "people asked (times today's)")

PATTERNS = (
    Pattern(
        id="asking", name=Text("参与是请出来的", "Participation comes from being asked"),
        claim=Text("请的人多，参与度就高；不请，参与度逐年消退。比经费加倍管用。",
                   "Ask more people and more take part; ask nobody and participation wears off. It does more than doubling the fund."),
        source=Text("Bijker、van Leeuwen、Koster 2019（TI 19-003）：熟人邀请提高参与，付酬降低参与；邻里邀请的先验为1.8倍（1.2至3）；Amin等 2018："
                    "无人再请时每轮消退5%至10%",
                    "Bijker, van Leeuwen & Koster 2019 (TI 19-003): being asked by a friend raises uptake, pay lowers it; prior for a neighbour's asking x1.8 "
                    "(1.2 to 3); Amin et al. 2018: contributions decay by 5-10 % a round"),
        done=Text("动员力度设为0、1、1.8、3倍，各运行三年，看第三年十五岁以上居民的平均参与度。",
                  "Nobody, as many as today, 1.8 and 3 times as many are asked, three years each; mean engagement of residents of 15 and over in the "
                  "third year."),
        held=Text("想要居民参与，就安排人上门去请，并让参与的邻居去请邻居；参与度上升还会带来服务工时。",
                  "To get participation, send people to ask, and let neighbours who take part ask theirs; it brings hours of service too."),
        missed=Text("动员在模型中的作用大小与文献不符，比较动员方案时只看方向。", "Asking does not act as strongly as the literature says; read comparisons for their sign only."),
        targets=(
            Target(id="asked", name=Text("动员1.8倍，参与度变化", "Engagement, asked 1.8 times"), unit=POINTS, low=0.2, digits=2),
            Target(id="beyond_fund", name=Text("比经费加倍多出", "Beyond what doubling the fund does"), unit=POINTS, low=0, digits=2),
            Target(id="ratio", name=Text("动员1.8倍，参与度为现状的倍数", "Engagement at 1.8, times today's"), unit=NONE, low=1.2, high=3, digits=2,
                   said=Text("1.8倍（1.2至3）", "1.8 (1.2 to 3)")),
            Target(id="nobody", name=Text("不动员，第三年参与度还剩", "Nobody asked: left in the third year"), unit=PERCENT, high=50, digits=0),
            Target(id="met", name=Text("动员1.8倍，需求办结率变化", "Needs met, asked 1.8 times"), unit=POINTS, digits=2),
        ),
        experiment=asking,
        plots=(Plot(title=Text("第三年参与度", "Engagement in the third year"), x_title=_X, y_title=PERCENT, now=1.0,
                    lines=(Line(Text("参与度", "engagement"), "engaged", VERMILION, ASKING_DOSES),)),
               Plot(title=Text("需求办结率，与现状之差", "Needs met, less today's"), x_title=_X, y_title=POINTS, now=1.0,
                    lines=(Line(Text("需求办结率", "needs met"), "met", BLUE, ASKING_DOSES),))),
    ),
)  # fmt: skip
"""One pattern."""
