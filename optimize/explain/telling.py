"""What an explanation says, sentence by sentence, in both languages; the same words on the terminal and on the page."""

from __future__ import annotations

from collections.abc import Sequence

from optimize.explain.alternatives import Alternative, Alternatives
from optimize.explain.places import Shift, shift_words
from optimize.explain.words import communities_in_english, listed, plain
from optimize.explain.worth import Gain, Step, Worth
from scenarios.district import District
from scenarios.text import Text

LEAST_PRICE = 0.005  # 万元 a unit: less is told as nothing
DECISIONS = {
    "posting": Text("派驻", "officials"), "project": Text("场所项目", "projects"), "posts": Text("新增岗位", "extra posts"),
    "windows": Text("新增窗口", "windows"), "wardens": Text("增配网格员", "wardens"),
}  # fmt: skip


def worth_words(district: District, worth: Worth) -> Text:
    """What a resource is worth, up and down, and where it goes."""
    if worth.up is None:
        left, whole = worth.resource.units(worth.unused), worth.resource.units(worth.resource.amount)
        return Text(f"{worth.resource.name.zh}：{whole.zh}里还有{left.zh}没有用，不缺",
                    f"{worth.resource.name.en}: {left.en} of {whole.en} are not used; there is no lack")  # fmt: skip
    parts = [_step_words(worth, worth.up, more=True)]
    if worth.down is not None:
        parts.append(_step_words(worth, worth.down, more=False))
    goes = where_words(district, worth.up.where)
    moved = Text(f"。去向：{goes.zh}", f". Where it goes: {goes.en}") if goes.zh else Text("", "")
    price = _price_words(worth)
    return Text(f"{worth.resource.name.zh}：{'；'.join(p.zh for p in parts)}{price.zh}{moved.zh}",
                f"{worth.resource.name.en}: {'; '.join(p.en for p in parts)}{price.en}{moved.en}")  # fmt: skip


def gain_words(worth: Worth) -> Text:
    """What a step more is worth, alone: short enough for a heading."""
    if worth.up is None:
        return Text(f"{worth.resource.name.zh}没有用完", f"{worth.resource.name.en}: not all used")
    said = _step_words(worth, worth.up, more=True)
    return Text(f"{worth.resource.name.zh}：{said.zh}", f"{worth.resource.name.en}: {said.en}")


def _price_words(worth: Worth) -> Text:
    """The shadow price, where there is one: local, with every yes-or-no decision as it is."""
    if not worth.shadow_price or worth.shadow_price < LEAST_PRICE:
        return Text("", "")
    price, unit = plain(worth.shadow_price, 2), worth.resource.unit
    return Text(f"（其他决定不变时，眼下每{unit.zh.removeprefix('个')}约值{price}万元）",
                f" (with all other decisions kept, each {unit.en} is now worth {price} 万元)")  # fmt: skip


def _step_words(worth: Worth, step: Step, *, more: bool) -> Text:
    units = worth.resource.units(abs(step.units))
    way = worth.resource.more if more else worth.resource.less
    head = Text(f"{way.zh}{units.zh}", f"{units.en} {way.en}")
    if not step.fits:
        return Text(f"{head.zh}就没有可行方案", f"{head.en} leaves no plan that fits")
    effects = [_effect(gain) for gain in step.gains]
    told = [effect for effect in effects if effect is not None]
    if not told:
        return Text(f"{head.zh}，差别小到证明不出来", f"{head.en} makes a difference smaller than can be proven")
    met = plain(abs(step.needs_met), 0)
    needs = Text(
        f"每年{'多' if step.needs_met >= 0 else '少'}办结约{met}件",
        f"about {met} needs a year {'more' if step.needs_met >= 0 else 'fewer'} met",
    )
    said = [needs, *told] if met != "0" and step.gains[-1].proven else told
    return Text(f"{head.zh}，{'，'.join(one.zh for one in said)}", f"{head.en}: {', '.join(one.en for one in said)}")


def _effect(gain: Gain) -> Text | None:
    """One goal's gain or loss with the range proven; None where nothing is proven."""
    if not gain.proven:
        return None
    better, size = gain.gain > 0, abs(gain.gain)
    low, high = sorted((abs(gain.low), abs(gain.high)))
    if gain.goal == "needs_met":
        return Text(f"社会总成本{'少' if better else '多'}{plain(size)}万元（可证明在{plain(low)}至{plain(high)}之间）",
                    f"social cost {plain(size)} 万元 {'lower' if better else 'higher'} (proven: {plain(low)} to {plain(high)})")  # fmt: skip
    names = {"worst_tenth": Text("最差十分之一社区的办结率", "needs met in the worst tenth"),
             "floors": Text("场所面积缺口", "lacking floor space"), "max_min": Text("最差社区的办结率", "needs met in the worst community"),
             "rural_gap": Text("城乡差距", "gap of town and country")}  # fmt: skip
    if gain.goal in names:
        name, points = names[gain.goal], plain(100 * size, 3 if size < 0.001 else 2)
        if points == "0":
            return None
        shrinks = gain.goal in ("floors", "rural_gap")
        up = better != shrinks
        return Text(
            f"{name.zh}{'高' if up else '低'}{points}个百分点",
            f"{name.en} {points} points {'higher' if up else 'lower'}",
        )
    return Text(
        f"{gain.goal}{'好' if better else '差'}{plain(size)}",
        f"{gain.goal} {plain(size)} {'better' if better else 'worse'}",
    )


def where_words(district: District, where: Sequence[Shift], count: int = 5) -> Text:
    """The largest changes of a kind that planners decide; of needs met where nothing is decided there."""
    chosen = [shift for shift in where if shift.kind != "met"] or list(where)
    said = [shift_words(district, shift) for shift in chosen[:count]]
    return Text("、".join(one.zh for one in said), ", ".join(one.en for one in said))


def others_words(district: District, others: Alternatives) -> list[Text]:
    """How many plans are almost as good, how each differs, and what is the same in all."""
    near = plain(100 * others.near)
    if not others.others:
        return [
            Text("限定时间内没有找到差别明显的其他方案", "no plan that clearly differs was found in the time allowed")
        ]
    head = Text(f"另有{len(others.others)}个几乎同样好的方案（社会总成本相差不超过{near}%，前面的目标守在原来的容许范围内）",
                f"{len(others.others)} other plans are almost as good (social cost within {near} %, earlier goals within what their ranking allows)")  # fmt: skip
    return [head, *[_other_words(district, others, other, number) for number, other in enumerate(others.others, start=1)],
            *_sure_words(district, others)]  # fmt: skip


def _other_words(district: District, others: Alternatives, other: Alternative, number: int) -> Text:
    zh, en = [], []
    if other.moved_wan >= 0.5:
        zh.append(f"每年{plain(other.moved_wan, 0)}万元补助换了社区")
        en.append(f"{plain(other.moved_wan, 0)} 万元 a year go elsewhere")
    for names, verb in ((other.dropped, Text("去掉", "without")), (other.added, Text("换上", "with"))):
        if names:
            said = decision_words(district, names)
            zh.append(f"{verb.zh}{said.zh}")
            en.append(f"{verb.en} {said.en}")
    if "needs_met" in other.goals:
        more = other.goals["needs_met"] - others.best_goals["needs_met"]
        zh.append(f"社会总成本每年{'多' if more >= 0 else '少'}{plain(abs(more), 0)}万元")
        en.append(f"social cost {plain(abs(more), 0)} 万元 a year {'higher' if more >= 0 else 'lower'}")
    return Text(f"方案{number}：{'，'.join(zh)}", f"plan {number}: {', '.join(en)}")


def _sure_words(district: District, others: Alternatives) -> list[Text]:
    said = []
    if others.sure:
        sure = decision_words(district, others.sure)
        said.append(
            Text(f"这些方案都有、可以先定下来的：{sure.zh}", f"in all of them, safe to decide first: {sure.en}")
        )
    elif others.open:
        said.append(Text("没有哪一项选派、岗位或项目是所有方案都有的：换着安排，结果几乎一样",
                         "no posting, post or project is in all of them: they can be exchanged at almost no loss"))  # fmt: skip
    if any(other.moved_wan >= 0.5 for other in others.others):
        same, whole = len(others.same_grants), len(district.communities)
        said.append(Text(f"{whole}个社区中有{same}个的补助在各方案里基本一样（相差不到5%）",
                         f"grants of {communities_in_english(same)} of {whole} are much the same in all (within 5 %)"))  # fmt: skip
    return said


def decision_words(district: District, names: Sequence[str]) -> Text:
    """Decisions by kind: how many, and the first few."""
    here, zh, en = dict(zip(district.communities.code, district.communities.name, strict=True)), [], []
    for kind, words in DECISIONS.items():
        wheres = [name.split(" ", 1)[1] for name in names if name.startswith(f"{kind} ")]
        if wheres:
            said = listed(list(dict.fromkeys(here.get(where, where) for where in wheres)))
            zh.append(f"{words.zh}{len(wheres)}项（{said.zh}）")
            en.append(f"{len(wheres)} {words.en} ({said.en})")
    return Text("、".join(zh), ", ".join(en))
