"""How solving, satisfaction and voiced demand answer to working hours: patterns 1 to 3, and Beijing 2019-2024."""

from __future__ import annotations

import numpy as np

from jiceng.validation.pattern import BLUE, OCHRE, PERCENT, POINTS, TEAL, VERMILION, Line, Pattern, Plot, Reading
from jiceng.validation.worlds import POST_DOSES, World, last_year, post_doses, satisfied, solved, with_posts, with_rates
from results.validation import Mark, Target
from scenarios.text import Text
from sim.outcome import Outcome

BEIJING = ((53.0, 65.0, "2019"), (89.0, 92.0, "2021"), (96.7, 97.0, "2024"))  # solved %, satisfied %, date
BEIJING_SOURCE = Text(
    "北京“接诉即办”公开通报：2019年初解决率53%、满意率65%，2021年底89%、92%，2024年96.7%、97%（自评口径，满意率应视为上限）",
    "Beijing's public reports on its hotline: solved 53 %, satisfied 65 % at the start of 2019, 89 and 92 % at the end of 2021, "
    "96.7 and 97 % in 2024 (self-reported, so an upper bound)",
)
LOW, HIGH = 0.5, 1.5  # posts before and after response improves


def _courses(world: World) -> tuple[list[float], list[float]]:
    """Solved and satisfied at every dose of posts, percent."""
    floor = world.district.rates.case_unsolved
    runs = post_doses(world)
    return [solved(run) for run in runs], [satisfied(run, floor) for run in runs]


def saturation(world: World) -> Reading:
    """Solving over a dose of posts: how much it rises up to today's posts, after one and a half times them, and where it ends."""
    done, content = _courses(world)
    at = dict(zip(POST_DOSES, done, strict=True))
    return Reading({"rise": at[1.0] - at[POST_DOSES[0]], "late_rise": at[3.0] - at[1.5], "top": at[3.0]},
                   {"solved": done, "satisfied": content})  # fmt: skip


def gap_closes(world: World) -> Reading:
    """Satisfaction less solving where posts are few and where they are many."""
    done, content = _courses(world)
    gap = [b - a for a, b in zip(done, content, strict=True)]
    return Reading({"gap_few": gap[0], "gap_many": gap[-1], "gap_change": gap[-1] - gap[0]}, {"gap": gap})


def beijing(world: World) -> Reading:
    """For each date the dose of posts whose solving comes nearest, and the distance of both rates from the reports.

    Doses between two that were run are interpolated; beyond the best one nothing is gained, so it stands for all above.
    """
    done, content = _courses(world)
    rising = slice(0, int(np.argmax(done)) + 1)
    errors: dict[str, float] = {}
    for reported_solved, reported_content, date in BEIJING:
        nearest = float(np.clip(reported_solved, done[0], max(done)))
        errors[f"solved_{date}"] = nearest - reported_solved
        errors[f"satisfied_{date}"] = float(np.interp(nearest, done[rising], content[rising])) - reported_content
    rmse = float(np.sqrt(np.mean(np.square(list(errors.values())))))
    return Reading({"rmse": rmse, **errors}, {"solved": done, "satisfied": content})


def induced_demand(world: World) -> Reading:
    """A district run for two years on half its posts gets one and a half times them: what that does to voiced demand."""
    few, many = with_posts(world.district, LOW), with_posts(world.district, HIGH)
    runs = world.outcomes([few, many], base=few, warm_up=24)
    deaf = [with_rates(place, induced_demand=0.0) for place in (few, many)]
    silent = world.outcomes(deaf, base=deaf[0], warm_up=24)
    yearly = _rises(*runs)
    return Reading({"first_year": yearly[0], "third_year": yearly[2], "through_response": yearly[2] - _rises(*silent)[2],
                    "responsiveness": 100 * _better_response(*runs)},
                   {"heard": yearly, "unheard": _rises(*silent)})  # fmt: skip


def _rises(few: Outcome, many: Outcome) -> list[float]:
    """Rise of voiced matters in each year, percent."""
    low, high = (run.flow("voiced").sum(axis=1).reshape(-1, 12).sum(axis=1) for run in (few, many))
    return [float(rise) for rise in 100.0 * (high / np.maximum(low, 1) - 1.0)]


def _better_response(few: Outcome, many: Outcome) -> float:
    """Rise of the share of voiced matters solved in time, in the last year."""
    shares = [last_year(run, "in_time").sum() / max(int(last_year(run, "voiced").sum()), 1) for run in (few, many)]
    return float(shares[1] - shares[0])


_POSTS = Text("岗位数（现状的倍数）", "posts (times today's)")
_RATE = Text("占已了结事项的比例（%）", "% of finished matters")
_SOLVED, _CONTENT = Text("解决率", "solved"), Text("满意率", "satisfied")

PATTERNS = (
    Pattern(
        id="saturation", name=Text("解决率先升后平", "Solving rises, then saturates"),
        claim=Text("人手增加时解决率很快上升，随后在100%以下趋平：总有一部分事项基层解决不了。",
                   "With more hands solving rises fast and then levels off below 100 %: some matters cannot be solved here."),
        source=BEIJING_SOURCE,
        done=Text("全部社区的岗位同乘0.1至3倍，各运行三年，看最后一年已了结事项（办理或上交）中解决的比例。",
                  "Posts of all communities times 0.1 to 3, three years each; matters solved of those finished (served or escalated) "
                  "in the last year."),
        held=Text("增加人手的收益有顶：过了顶，再加人只会闲置，要靠提高质量或减少做不成的事。",
                  "More hands have a ceiling: beyond it they idle, and only quality or fewer unsolvable matters help."),
        missed=Text("曲线形状与公开数据不完全一致，据此判断“再加多少人就够”时要留余量。",
                    "The curve is not quite that of public reports; leave room when judging how many hands are enough."),
        targets=(
            Target(id="rise", name=Text("岗位从0.1倍到现状，解决率上升", "Rise from 0.1 times to today's posts"), unit=POINTS, low=10),
            Target(id="late_rise", name=Text("岗位从1.5倍到3倍，解决率再上升", "Further rise from 1.5 to 3 times"), unit=POINTS, low=-1, high=2),
            Target(id="top", name=Text("岗位3倍时的解决率", "Solved at 3 times the posts"), unit=PERCENT, low=80, high=98,
                   said=Text("96.7%（北京2024）", "96.7 % (Beijing 2024)"), calibrated=True),
        ),
        experiment=saturation,
        plots=(Plot(title=Text("解决率与满意率", "Solved and satisfied"), x_title=_POSTS, y_title=_RATE, now=1.0,
                    lines=(Line(_SOLVED, "solved", BLUE, POST_DOSES), Line(_CONTENT, "satisfied", TEAL, POST_DOSES))),),
    ),
    Pattern(
        id="satisfaction-gap", name=Text("满意高于解决，差距收窄", "Satisfaction above solving"),
        claim=Text("办件满意率高于解决率（认真办理本身也得分），解决得越多，二者差距越小。",
                   "Satisfaction with cases runs above solving, since being served counts too; the gap closes as more is solved."),
        source=Text("北京：差距2019年12个百分点，2021年3个，2024年0.3个", "Beijing: a gap of 12 points in 2019, 3 in 2021, 0.3 in 2024"),
        done=Text("同上一组运行；满意率与解决率用同一批已了结事项，上交的按未解决计。",
                  "The same runs; both rates over the same finished matters, an escalated one counted as unsolved."),
        held=Text("满意率会高估解决率，人手越紧高估越多；两项要一起看。", "Satisfaction flatters, and most where hands are short: read both rates together."),
        missed=Text("模型中的满意率不能当作解决率的替身。", "Satisfaction in the model cannot stand in for solving."),
        targets=(
            Target(id="gap_few", name=Text("岗位0.1倍时满意率减解决率", "Satisfied less solved at 0.1 times the posts"), unit=POINTS, low=0,
                   said=Text("12（北京2019）", "12 (Beijing 2019)")),
            Target(id="gap_many", name=Text("岗位3倍时满意率减解决率", "Satisfied less solved at 3 times the posts"), unit=POINTS, low=0,
                   said=Text("0.3（北京2024）", "0.3 (Beijing 2024)")),
            Target(id="gap_change", name=Text("差距的变化", "Change of the gap"), unit=POINTS, high=0,
                   said=Text("−11.7（北京）", "−11.7 (Beijing)")),
        ),
        experiment=gap_closes,
        plots=(Plot(title=Text("满意率减解决率", "Satisfied less solved"), x_title=_POSTS, y_title=Text("个百分点", "percentage points"), now=1.0,
                    lines=(Line(Text("差距", "gap"), "gap", VERMILION, POST_DOSES),)),),
    ),
    Pattern(
        id="beijing", name=Text("北京2019—2024", "Beijing 2019-2024"),
        claim=Text("低、中、高三种响应水平下，解决率与满意率应同时接近北京三个年份的公开数字。",
                   "At a low, a middle and a high level of response, solving and satisfaction come near Beijing's figures of three dates."),
        source=BEIJING_SOURCE,
        done=Text("在同一组岗位倍数中（两档之间按直线内插），为每个年份取解决率最接近的一点（每个年份只有这一个自由选择，其余参数不动），再比较六个数字。平均质量下的成功率事先参照过2024年的水平。",
                  "Over the same doses of posts, joined by straight lines, the point whose solving is nearest stands for each date: one free choice a date, no "
                  "other parameter moved; then six numbers are compared. The chance at mean quality was set with the level of 2024 in view."),
        held=Text("模型的响应水平可以与公开的热线数字对照。", "Levels of response can be read against public hotline figures."),
        missed=Text("六个数字的总误差超出5个百分点。默认参数下人手再多，办理一次就解决的概率也有上限（由平均质量决定），而北京的公开数字是多次办理后的"
                    "自评结果。只比较方案之间的差别，不要拿模型的解决率水平与北京的数字相比。",
                    "The six numbers are off by more than 5 points. However many the hands, the chance that a served matter is solved has a "
                    "ceiling set by mean quality, while Beijing's figures are self-reported after repeated handling. Compare policies with "
                    "each other, not the model's level of solving with Beijing's."),
        targets=(
            Target(id="rmse", name=Text("六个数字的均方根误差", "Root mean square error of six numbers"), unit=POINTS, high=5,
                   said=Text("不超过5", "at most 5"), calibrated=True),
            *(Target(id=f"{rate}_{date}", name=Text(f"{date}年{word.zh}的误差", f"Error of {word.en}, {date}"), unit=POINTS,
                     said=Text(f"{value:g}%", f"{value:g} %"))
              for done, content, date in BEIJING
              for rate, word, value in (("solved", _SOLVED, done), ("satisfied", _CONTENT, content))),
        ),
        experiment=beijing,
        plots=(Plot(title=Text("满意率随解决率变化", "Satisfied against solved"), x_title=Text("解决率（%）", "solved (%)"),
                    y_title=Text("满意率（%）", "satisfied (%)"),
                    lines=(Line(Text("模型（各档岗位）", "model, doses of posts"), "satisfied", BLUE, x_key="solved"),),
                    marks=tuple(Mark(x=x, y=y, label=Text(f"北京{date}", f"Beijing {date}")) for x, y, date in BEIJING)),),
    ),
    Pattern(
        id="induced-demand", name=Text("响应改善，诉求反增", "Better response, more voiced"),
        claim=Text("响应改善后，居民反映的诉求增加。", "When response improves, residents voice more."),
        source=Text("北京：2020年来电比2019年增加55.24%（bjnews.com.cn，2021年）；先验：第一年+40%，0至55%",
                    "Beijing: contacts +55.24 % in 2020 on 2019 (bjnews 2021); prior +40 % in the first year, 0 to 55 %"),
        done=Text("先以0.5倍岗位运行两年，此后一组不变、一组增至1.5倍，比较反映量；再关掉诱发诉求各跑一遍，分出单因入户联系增加的部分。",
                  "Two years on half the posts; then posts stay or rise to 1.5 times, and voiced matters are compared. The same "
                  "without induced demand tells what more contact alone does."),
        held=Text("办得好，来的也多：不能用反映量或办结率单独评价社区，本系统一律按全部需求衡量。",
                  "Serve well and more comes in: neither volume nor solving rate alone judges a place; here all needs are the measure."),
        missed=Text("方向或幅度与公开数据不符：模型低估或高估了改善后新增的工作量。",
                    "Sign or size differs from the reports: the model misjudges the extra work that better response brings."),
        targets=(
            Target(id="first_year", name=Text("第一年反映量的增幅", "Rise of voiced matters, first year"), unit=PERCENT, low=0, high=55,
                   said=Text("55%（北京2020）", "55 % (Beijing 2020)")),
            Target(id="third_year", name=Text("第三年反映量的增幅", "Rise of voiced matters, third year"), unit=PERCENT, low=0),
            Target(id="through_response", name=Text("其中因响应改善（第三年）", "Of it through better response, third year"), unit=POINTS, low=0),
            Target(id="responsiveness", name=Text("按时解决率的提高", "Rise of the share solved in time"), unit=POINTS),
        ),
        experiment=induced_demand,
        plots=(Plot(title=Text("反映量的增幅", "Rise of voiced matters"), x_title=Text("增加岗位后第几年", "year after posts rise"),
                    y_title=Text("增幅（%）", "rise (%)"),
                    lines=(Line(Text("默认", "default"), "heard", BLUE, (1.0, 2.0, 3.0)),
                           Line(Text("关掉诱发诉求", "no induced demand"), "unheard", OCHRE, (1.0, 2.0, 3.0)))),),
    ),
)  # fmt: skip
"""In the order of the page."""
