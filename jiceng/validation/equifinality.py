"""What public counts cannot tell apart: parameter sets that trade off, give the same counts, and disagree elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from jiceng.validation.money import FUND_DOSES, fund_doses, with_fund
from jiceng.validation.pattern import BLUE, GREY, OCHRE, PERCENT, POINTS, VERMILION, Line, Pattern, Plot, Reading
from jiceng.validation.quality import TRAINING_DOSES, training_doses
from jiceng.validation.worlds import World, baseline, needs_met, percent, solved_of_served, with_levers, with_rates
from results.validation import Target
from scenarios.district import District
from scenarios.text import Text
from sim.outcome import METRICS, Outcome

SAME = 2.0  # percent: public counts this close would not be told apart by a year's records
_TRAINED = 8.0  # days a year


@dataclass(frozen=True, kw_only=True)
class Trade:
    """Parameters moved together: what they are, the other set, and a lever whose worth may differ under it.

    The second and third figures were found once, on one version, so that requests (or matters served, or solved) come out
    equal; they are the same in every version.
    """

    id: str
    name: Text
    short: Text
    other: Callable[[District], District]
    lever: Text
    pulled: Callable[[District], District]
    worth: Callable[[World], float]  # of the lever, with parameters at their defaults


def more_needs(district: District, needs: float, habit: float) -> District:
    """Needs multiplied, and the habit of voicing them."""
    here = district.communities
    rare = district.with_changes(communities=here.replaced(reporting_habit=here.reporting_habit * habit))
    return with_rates(rare, needs_per_resident=district.rates.needs_per_resident * needs)


def more_hours(district: District) -> District:
    """Matters that take a tenth more hours, and staff who have that many more for them."""
    rates = district.rates
    return with_rates(
        district, matter_hours_scale=1.1 * rates.matter_hours_scale, direct_share=1.155 * rates.direct_share
    )


def more_solved(district: District) -> District:
    """Matters that are solved more easily at mean quality, while more of them cannot be solved at all."""
    rates = district.rates
    return with_rates(district, solve_base=rates.solve_base + 0.02, unsolvable=rates.unsolvable + 0.03)


def _fund_worth(world: World) -> float:
    runs = fund_doses(world)
    return needs_met(runs[FUND_DOSES.index(2.0)]) - needs_met(runs[FUND_DOSES.index(1.0)])


def _training_worth(world: World) -> float:
    runs = training_doses(world)
    return needs_met(runs[TRAINING_DOSES.index(_TRAINED)]) - needs_met(runs[0])


_FUND = Text("经费加倍", "doubling the service fund")
TRADES = (
    Trade(id="needs", short=Text("需求", "Needs"), name=Text("需求多一成、反映习惯低22%", "A tenth more needs, voiced 22 % less readily"),
          other=lambda district: more_needs(district, 1.1, 0.78), lever=_FUND, pulled=lambda d: with_fund(d, 2.0), worth=_fund_worth),
    Trade(id="hours", short=Text("工时", "Hours"), name=Text("每件耗时多一成、直接服务工时多15.5%", "A tenth more hours a matter, 15.5 % more direct hours"),
          other=more_hours, lever=_FUND, pulled=lambda d: with_fund(d, 2.0), worth=_fund_worth),
    Trade(id="solving", short=Text("成功率", "Solving"), name=Text("成功率高2个百分点、无法解决的多3个百分点", "Solving chance 2 points up, 3 points more unsolvable"),
          other=more_solved, lever=Text("每人培训8天", "eight days of training"),
          pulled=lambda d: with_levers(d, training_days=_TRAINED), worth=_training_worth),
)  # fmt: skip
NEEDS_SCALES = ((0.9, 1.40), (1.0, 1.0), (1.1, 0.78))  # of needs, and of the habit that keeps requests as they are


def _public(run: Outcome) -> tuple[float, float, float, float]:
    """Requests per resident, matters served, solved of served, case satisfaction: what records and reports show."""
    return (percent(run.total("voiced").sum(), run.population.sum()), float(run.total("served").sum()), solved_of_served(run),
            100 * METRICS["case_satisfaction"].district(run))  # fmt: skip


def _changes(run: Outcome, usual: Outcome) -> list[float]:
    """Change of each public count, percent of what it is."""
    return [percent(a - b, b) for a, b in zip(_public(run), _public(usual), strict=True)]


@lru_cache(maxsize=1)
def _with_more_needs(world: World) -> tuple[Outcome, Outcome]:
    """The first trade without and with its lever; its warm-up is its own, since it is another district all along."""
    return _pair(world, TRADES[0])


def _pair(world: World, trade: Trade) -> tuple[Outcome, Outcome]:
    other = trade.other(world.district)
    plain, pulled = world.outcomes([other, trade.pulled(other)], base=other)
    return plain, pulled


def same_counts(world: World) -> Reading:
    """For each trade the largest change of a public count, that of needs met, and what a lever is worth under both sets."""
    usual, values = baseline(world), {}
    for trade in TRADES:
        plain, pulled = _with_more_needs(world) if trade is TRADES[0] else _pair(world, trade)
        values[f"{trade.id}_public"] = max(map(abs, _changes(plain, usual)))
        values[f"{trade.id}_met"] = needs_met(plain) - needs_met(usual)
        values[f"{trade.id}_worth"], values[f"{trade.id}_usual"] = (
            needs_met(pulled) - needs_met(plain),
            trade.worth(world),
        )
    return Reading(values, _over_needs(world))


def _over_needs(world: World) -> dict[str, list[float]]:
    """Public counts and needs met over the true number of needs, percent of what they are at the default."""
    fewer = more_needs(world.district, *NEEDS_SCALES[0])
    runs = (*world.outcomes([fewer], base=fewer), baseline(world), _with_more_needs(world)[0])
    changes = [_changes(run, runs[1]) for run in runs]
    known = needs_met(runs[1])
    return {"requests": [change[0] for change in changes], "served": [change[1] for change in changes],
            "solved": [change[2] for change in changes], "met": [percent(needs_met(run) - known, known) for run in runs]}  # fmt: skip


_X = tuple(100 * needs for needs, _ in NEEDS_SCALES)
PATTERNS = (
    Pattern(
        id="equifinality", name=Text("哪些参数数据分不开", "What the data cannot tell apart"),
        claim=Text("公开的统计数字（每千人诉求量、每社区办理量、解决率、办件满意度）相同，参数可以不同：真实需求有多少、办一件要多少工时、"
                   "质量值多少，单凭这些数字分不出来。",
                   "The same public counts (requests per 1,000, matters served, solved share, case satisfaction) come from different parameters: how "
                   "many needs there are, how long a matter takes and what quality is worth cannot be read off them."),
        source=Text("建模约定：变化不超过2%视为分不开。哪些参数事先校准过，见页首", "a convention of this model: within 2 % counts as not told apart; which parameters were calibrated is said at "
                    "the top"),
        done=Text("三组参数各自此消彼长（配比在一个版本上找好，各版本相同），预热与三年运行都用新参数，与默认参数的同一世界相比。",
                  "Three sets of parameters, each trading one for another (the proportion found on one version, the same in all), through warm-up "
                  "and three years, beside the same world at the defaults."),
        held=Text("每千人诉求量、办理量和满意度对上了，不等于需求办结率对上了。要定准，须另有数据：入户调查的真实需求量、办件工时记录、培训前后的对照。"
                  "在此之前，需求办结率的水平只能当作假设；方案之间的比较，要在各组参数下结论一致才算数，涉及质量的手段（培训、选派、检查）尤其如此。",
                  "A match of requests, matters and satisfaction does not pin needs met. Other data would: a household survey of needs, time sheets, "
                  "a before-and-after of training. Until then the level of needs met is an assumption, and a comparison of policies counts only where it comes out "
                  "the same under every set; mind this most for what works through quality (training, postings, inspection)."),
        missed=Text("至少有一组参数在公开数字上看得出差别，可以据此校准，不必当作分不开。",
                    "At least one set shows in the public counts, so these can calibrate it."),
        targets=tuple(target for trade in TRADES for target in (
            Target(id=f"{trade.id}_public", name=Text(f"{trade.name.zh}：四项公开数字最大变化", f"{trade.name.en}: largest change of four public counts"),
                   unit=PERCENT, high=SAME),
            Target(id=f"{trade.id}_met", name=Text(f"{trade.short.zh}：需求办结率的变化", f"{trade.short.en}: change of needs met"), unit=POINTS),
            Target(id=f"{trade.id}_worth", name=Text(f"{trade.short.zh}：{trade.lever.zh}的作用，这组参数下", f"{trade.short.en}: what {trade.lever.en} is worth under this set"),
                   unit=POINTS, digits=2),
            Target(id=f"{trade.id}_usual", name=Text(f"{trade.short.zh}：{trade.lever.zh}的作用，默认参数下", f"{trade.short.en}: the same at the defaults"), unit=POINTS,
                   digits=2),
        )),
        experiment=same_counts,
        plots=(Plot(title=Text("真实需求不同，公开数字相同", "Different needs, the same public counts"),
                    x_title=Text("真实需求（现设定的%；反映习惯随之调整）", "true needs (% of the default; voicing offsets)"),
                    y_title=Text("与默认之差（%）", "difference from the default (%)"), now=100.0,
                    lines=(Line(Text("诉求量", "requests"), "requests", BLUE, _X), Line(Text("办理量", "served"), "served", OCHRE, _X),
                           Line(Text("解决率", "solved"), "solved", GREY, _X), Line(Text("需求办结率", "needs met"), "met", VERMILION, _X))),),
    ),
)  # fmt: skip
"""One table of three trades."""
