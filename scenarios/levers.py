"""The levers: what a mechanism may change in a community besides its tables, each neutral unless moved.

One row per community, in the order of the communities. A mechanism moves levers; the formulas read them; neither the
simulation nor the optimiser knows of mechanisms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from scenarios.tables import Reals, Table, column


def lever(zh: str, en: str, *, neutral: float, low: float, high: float, unit: str) -> Reals:
    """A column with the value at which it does nothing."""
    found: Reals = column("real", zh, en, unit=unit, low=low, high=high, neutral=neutral)
    return found


@dataclass(frozen=True, kw_only=True, eq=False)
class Levers(Table):
    """What holds in each community beyond its tables; made neutral by :meth:`neutral`."""

    # Staff
    admin_relief: Reals = lever("行政事务减负比例", "share of administrative hours freed for residents",
                                neutral=0, low=-0.2, high=0.5, unit="share")  # fmt: skip
    turnover_cut: Reals = lever("减少人员流动的比例", "share of staff turnover avoided",
                                neutral=0, low=-1, high=1, unit="share")  # fmt: skip
    training_days: Reals = lever("每人每年培训天数", "days of training per worker",
                                 neutral=0, low=0, high=40, unit="days a year")  # fmt: skip
    training_cascade: Reals = lever("培训带动倍数", "added share of the training effect passed on to peers",
                                    neutral=0, low=0, high=2, unit="share")  # fmt: skip
    contact_shift: Reals = lever("联系居民工时占比增量", "added share of hours spent on contact",
                                 neutral=0, low=-0.2, high=0.4, unit="share")  # fmt: skip
    agency: Reals = lever("全程代办比例", "share of matters in which the community acts for the resident",
                          neutral=0, low=0, high=1, unit="share")  # fmt: skip
    hours_window: Reals = lever("窗口办事耗时倍数", "multiplier on hours per matter of counter service",
                                neutral=1, low=0.5, high=2, unit="ratio")  # fmt: skip
    hours_environment: Reals = lever("环境设施耗时倍数", "multiplier on hours per matter of environment and upkeep",
                                     neutral=1, low=0.5, high=2, unit="ratio")  # fmt: skip
    hours_dispute: Reals = lever("矛盾调解耗时倍数", "multiplier on hours per dispute",
                                 neutral=1, low=0.5, high=2, unit="ratio")  # fmt: skip
    hours_care: Reals = lever("照护帮扶耗时倍数", "multiplier on hours per matter of care and help",
                              neutral=1, low=0.5, high=2, unit="ratio")  # fmt: skip
    hours_activity: Reals = lever("文体活动耗时倍数", "multiplier on hours per activity",
                                  neutral=1, low=0.5, high=2, unit="ratio")  # fmt: skip
    hours_safety: Reals = lever("安全隐患耗时倍数", "multiplier on hours per safety hazard",
                                neutral=1, low=0.5, high=2, unit="ratio")  # fmt: skip
    # Quality
    effort: Reals = lever("持续激励带来的质量提升", "quality added by lasting incentives",
                          neutral=0, low=-1, high=1, unit="sd")  # fmt: skip
    campaign: Reals = lever("专项行动带来的质量提升", "quality added by a campaign at its start; it fades",
                            neutral=0, low=-1, high=2, unit="sd")  # fmt: skip
    quality_floor: Reals = lever("服务质量底线", "least quality that a standard secures",
                                 neutral=-4, low=-4, high=1, unit="sd")  # fmt: skip
    # Voicing
    voicing: Reals = lever("诉求表达倍数", "multiplier on voicing through information, hotlines and promises",
                           neutral=1, low=0.5, high=2, unit="ratio")  # fmt: skip
    open_hours: Reals = lever("每周开放时数", "opening hours of the service point",
                              neutral=40, low=20, high=168, unit="hours a week")  # fmt: skip
    # Routing
    local_items: Reals = lever("上转事项就地办理比例", "share of routed matters now settled in the community",
                               neutral=0, low=0, high=1, unit="share")  # fmt: skip
    delegated: Reals = lever("区级以上事项下放街道比例", "share of matters of district and city now decided by the street",
                             neutral=0, low=0, high=1, unit="share")  # fmt: skip
    platform: Reals = lever("平台缩短流转时间比例", "share of the routing delay that an information platform saves",
                            neutral=0, low=0, high=0.8, unit="share")  # fmt: skip
    attention: Reals = lever("领导接访包案的额外办结率", "added monthly chance that leaders clear an overdue routed matter",
                             neutral=0, low=0, high=1, unit="per month")  # fmt: skip
    wardens: Reals = lever("新增专职网格员", "full-time wardens beyond one a grid",
                           neutral=0, low=0, high=100, unit="people")  # fmt: skip
    # Participation
    organisers: Reals = lever("新增志愿组织者", "organisers of volunteers beyond those of party branches",
                              neutral=0, low=0, high=100, unit="people")  # fmt: skip
    recruitment: Reals = lever("动员力度倍数", "multiplier on being asked to take part",
                               neutral=1, low=0, high=2, unit="ratio")  # fmt: skip
    ties: Reals = lever("邻里纽带减缓参与衰减", "share of the decay of engagement that local ties avoid",
                        neutral=0, low=0, high=0.5, unit="share")  # fmt: skip
    member_hours: Reals = lever("党员人均新增服务工时", "added hours of service per party member",
                                neutral=0, low=0, high=20, unit="hours a year")  # fmt: skip
    wishes: Reals = lever("每月认领的微心愿", "wishes of residents in hardship claimed by members",
                          neutral=0, low=0, high=200, unit="wishes a month")  # fmt: skip
    # Partners and rooms
    liaison: Reals = lever("需求清单公开比例增量", "added share of waiting work that units may claim",
                           neutral=0, low=0, high=1, unit="share")  # fmt: skip
    answering: Reals = lever("回馈驻区单位的工时比例增量", "added share of volunteer hours given back to units",
                             neutral=0, low=0, high=0.8, unit="share")  # fmt: skip
    care_rooms: Reals = lever("居民用房中照护用房占比", "share of residents' rooms kept for care; 0: the usual share",
                              neutral=0, low=0, high=0.9, unit="share")  # fmt: skip
    room_hours: Reals = lever("共享场地新增时数", "room-hours in premises that others share",
                              neutral=0, low=0, high=100_000, unit="hours a year")  # fmt: skip

    @classmethod
    def neutral(cls, count: int) -> Self:
        """Levers that change nothing in ``count`` communities."""
        return cls(**{item.name: np.full(count, item.neutral) for item in cls.columns()})

    def replaced(self, **changes: Any) -> Self:
        """A copy with some levers moved, held within their bounds: what several mechanisms do together stays possible."""
        known = {item.name: item for item in self.columns()}
        within = {name: np.clip(values, known[name].low, known[name].high) for name, values in changes.items()}
        return super().replaced(**within)

    def moved(self, name: str) -> bool:
        """Whether a lever is off neutral anywhere."""
        return bool((getattr(self, name) != NEUTRAL[name]).any())


NEUTRAL: dict[str, float] = {item.name: float(item.neutral or 0.0) for item in Levers.columns()}

HIGHEST = ("quality_floor", "open_hours")  # standards: the highest one holds
LEFT_OVER = tuple(item.name for item in Levers.columns() if item.unit in ("share", "per month") and item.high <= 1.0)


def joined(name: str, now: Reals, more: Reals) -> Reals:
    """A lever moved further: what several mechanisms do to it together, in whatever order.

    Ratios multiply, of standards the highest holds, a share is taken of what the other shares leave, amounts add up.

    >>> half = np.array([0.5])
    >>> [float(joined(name, half, half)[0]) for name in ("platform", "recruitment", "member_hours", "quality_floor")]
    [0.75, 0.25, 1.0, 0.5]
    """
    if name in HIGHEST:
        return np.maximum(now, more)
    if NEUTRAL[name] == 1.0:
        return now * more
    if name in LEFT_OVER:
        return 1.0 - (1.0 - now) * (1.0 - more)
    return now + more
