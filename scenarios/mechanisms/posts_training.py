"""What staff learn: exchange between posts, training, passing it on, and an assessment of three months."""

from __future__ import annotations

import numpy as np

from scenarios.district import District
from scenarios.mechanisms.acting import Places, everyone, weakest, with_levers, with_support
from scenarios.mechanisms.catalogue import Mechanism, Setting
from scenarios.mechanisms.rows import BY_NUMBER as ROW
from scenarios.mechanisms.time_taken import paperwork
from scenarios.tables import Reals
from scenarios.text import Text

SETTLING = 0.5  # A: who changes places within the service loses half of what a newcomer loses
ITEMS = 28 + 26  # 能不能 and 是不是: study report 002


def moving(district: District, share: float) -> float:
    """The turnover cut, below nothing, that posts changing hands within the service amount to."""
    return -SETTLING * share / max(district.rates.turnover, 1e-9)


def workers(district: District) -> Reals:
    """Workers of each community by the norm of staffing."""
    return np.asarray(district.communities.population * district.rates.staff_norm / 10_000)


def exchange_staff(district: District, *, exchanged: float, days: float) -> District:
    """Staff swap places, learn there, and take time to settle; headcount stays."""
    return with_levers(district, training_days=exchanged * days, turnover_cut=moving(district, exchanged))


def train(district: District, *, days: float, fee: float, rotated: float) -> District:
    """Workers are trained and some of them change places; without training days nobody moves either."""
    if days == 0:
        return district
    taught = with_levers(district, training_days=days, turnover_cut=moving(district, rotated))
    return with_support(taught, "worker_training", cost_yuan=days * fee * workers(district))


def training_fees(district: District, *, days: float, fee: float, rotated: float) -> float:
    """The fee of a day for every day of every worker."""
    return days * fee * float(workers(district).sum())


def pass_on(district: District, *, peers: float, passed: float, days: float) -> District:
    """The trained teach peers part of what they learnt; days of telling come from residents."""
    if peers == 0:
        return district
    return with_levers(district, training_cascade=peers * passed, admin_relief=paperwork(district, days))


def assessed(district: District, share: float) -> Places:
    """Communities whose secretary is assessed: the weakest first, none if the share is 0."""
    return weakest(district, share) if share > 0 else ~everyone(district)


def cost_of_assessment(district: District, hours: float) -> float:
    """Assessors' time for one secretary, the one round spread over the plan years, 元 a year."""
    return ITEMS * hours * district.rates.contract_wage / district.years


def improve(district: District, *, share: float, quality: float, hours: float, days: float) -> District:
    """Secretaries mend what the list shows: quality rises at once and fades; days of assessment come from residents."""
    places = assessed(district, share)
    lost = paperwork(district, days / district.years)
    mended = with_levers(district, places, campaign=quality, admin_relief=lost)
    return with_support(mended, "hundred_days", where=places, cost_yuan=cost_of_assessment(district, hours))


def assessors(district: District, *, share: float, quality: float, hours: float, days: float) -> float:
    """Assessors' time for every secretary assessed."""
    return float(assessed(district, share).sum()) * cost_of_assessment(district, hours)


CROSS_POSTING = Mechanism(
    id="cross_posting", rows=(22,), name=ROW[22].name, says=ROW[22].says,
    resource=Text("在编人员互换", "staff who change places"), serves=Text("社区和单位", "communities and units"),
    acts_as=Text("相互学习带来的质量；轮换损失工时", "quality through learning; hours lost in changing places"),
    settings=(
        Setting(name="exchanged", default=0.05, unit="share", low=0.0, high=0.3, neutral=0.0,
                source="A: one post in twenty; study reports 001 and 002 give no figure",
                says=Text("每年交流任职的人员比例", "Share of staff exchanged in a year")),
        Setting(name="days", default=40.0, unit="days/year", low=0.0, high=125.0, source="A: two months of learning by doing",
                says=Text("交流期间相当于培训的天数", "Days of an exchange that are worth training")),
    ),
    apply=exchange_staff, adds=("levers.training_days", "levers.turnover_cut"), metric="quality", direction="higher",
    margin=0.03, evidence="assumption", channels=("capacity", "quality"),
    identity="swaps leave the headcount as it is",
)  # fmt: skip

WORKER_TRAINING = Mechanism(
    id="worker_training", rows=(23,), name=ROW[23].name, says=ROW[23].says,
    resource=Text("培训经费和培训日", "fees and days of training"), serves=Text("社区工作者", "community workers"),
    acts_as=Text("质量逐步提高；培训日占用工时", "quality step by step; days taken from service"),
    settings=(
        Setting(name="days", default=6.0, unit="days/year", low=0.0, high=20.0, neutral=0.0,
                source="A: study report 003 gives no figure",
                says=Text("每人每年培训天数", "Days of training a year for each worker")),
        Setting(name="fee", default=300.0, unit="元", low=0.0, high=2_000.0, source="A: teachers, board and travel",
                says=Text("每人每天培训费", "Fee of a day for one worker")),
        Setting(name="rotated", default=0.05, unit="share", low=0.0, high=0.3, source="A: one post in twenty",
                says=Text("每年轮岗的人员比例", "Share of staff who change places in a year")),
    ),
    apply=train, adds=("levers.training_days", "levers.turnover_cut", "supports"), metric="quality",
    direction="higher", margin=0.06, evidence="assumption", channels=("cost", "capacity", "quality"),
    costs=training_fees, identity="days x fee x workers",
)  # fmt: skip

CASCADE_TRAINING = Mechanism(
    id="cascade_training", rows=(24,), name=ROW[24].name, says=ROW[24].says,
    resource=Text("受训人员", "the trained"), serves=Text("同事", "colleagues"),
    acts_as=Text("培训效果的带动", "a multiplier on training"),
    settings=(
        Setting(name="peers", default=2.0, low=0.0, high=8.0, neutral=0.0, source="A: branching factor; study report 003 gives none",
                says=Text("每名受训人员带动的同事数", "Colleagues whom each trained worker teaches")),
        Setting(name="passed", default=0.15, unit="share", low=0.0, high=0.5, source="A: a seventh survives the telling",
                says=Text("每名同事学到的比例", "Share of the effect that a colleague takes up")),
        Setting(name="days", default=1.0, unit="days/year", low=0.0, high=10.0, source="A: two half-days a year",
                says=Text("每人每年述学传学占用天数", "Days a year that it takes each worker")),
    ),
    apply=pass_on, adds=("levers.training_cascade", "levers.admin_relief"), acts_with=("worker_training",),
    metric="quality", direction="higher", margin=0.02, evidence="assumption", channels=("capacity", "quality"),
    identity="multiplier = 1 + peers x passed = 1.3",
)  # fmt: skip

HUNDRED_DAYS = Mechanism(
    id="hundred_days", rows=(25,), name=ROW[25].name, says=ROW[25].says,
    resource=Text("评估人员时间", "time of assessors"), serves=Text("社区书记", "secretaries"),
    acts_as=Text("质量先升后退；迎评占用工时", "quality that rises and fades; hours taken by the assessment"),
    settings=(
        Setting(name="share", default=1.0, unit="share", low=0.0, high=1.0, neutral=0.0,
                source="study report 002: all secretaries, over three months",
                says=Text("参加评估的社区比例，薄弱者优先", "Share of communities assessed, weakest first")),
        Setting(name="quality", default=0.25, low=0.0, high=1.0,
                source="A: sd at the start; campaign gains shrink afterwards (Li et al. 2025; Dong et al. 2024, sign)",
                says=Text("服务质量的起始提升（标准差）", "Quality gained at the start, in sd")),
        Setting(name="hours", default=1.0, unit="hours", low=0.0, high=10.0,
                source="A: for each of the 54 items of study report 002, 28个“能不能” and 26个“是不是”",
                says=Text("每个清单条目的评估工时", "Assessors' hours for each item of the list")),
        Setting(name="days", default=2.0, unit="days", low=0.0, high=20.0, source="A: papers and meetings of each worker",
                says=Text("每人迎评占用天数", "Days that the assessment takes each worker")),
    ),
    apply=improve, adds=("levers.campaign", "levers.admin_relief", "supports"), metric="quality",
    direction="higher", margin=0.03, evidence="assumption", channels=("cost", "capacity", "quality"),
    costs=assessors, identity="28 + 26 = 54 items",
)  # fmt: skip

TRAINING = (CROSS_POSTING, WORKER_TRAINING, CASCADE_TRAINING, HUNDRED_DAYS)
