"""Bugs to plant, one at a time: exact replacements in our own sources, and the fast tests that must notice."""

from __future__ import annotations

from dataclasses import dataclass

RULES = ("tests/test_sim_oracles.py",)
MODEL = ("tests/test_sim_relations.py", "tests/test_sim_run.py")
MONEY = ("tests/test_funding_by_hand.py", "tests/test_sim_relations.py")
LEVERS = ("tests/test_levers_move.py",)
EXCHANGE = ("tests/test_sim_exchange.py", "tests/test_sim_prevention.py")
ENGINES = ("tests/test_engines_agree.py",)
AUDIT = ("tests/test_optimize_audit.py",)
COMPARISON = ("tests/test_compare.py",)


@dataclass(frozen=True)
class PlantedBug:
    """One mistake: the text ``right`` of a file, found there exactly once, becomes ``wrong``."""

    name: str
    file: str
    right: str
    wrong: str
    tests: tuple[str, ...] = MODEL


BUGS: tuple[PlantedBug, ...] = (
    # service
    PlantedBug("every matter takes 3 % longer", "sim/kernels.py",
               "budget[MINUTES] -= minutes[k]", "budget[MINUTES] -= minutes[k] * 103 // 100", RULES),
    PlantedBug("one desk short: the last hour is never begun", "sim/kernels.py",
               "elif budget[MINUTES] <= 0:", "elif budget[MINUTES] <= 60:", RULES),
    PlantedBug("ties go to the first in the list", "sim/kernels.py",
               "(tie << np.uint64(17))", "(np.uint64(i) << np.uint64(17))", RULES),
    PlantedBug("youngest matter first", "sim/kernels.py",
               "np.uint64(255 - waited[i])", "np.uint64(waited[i])", RULES),
    PlantedBug("urgent matters wait their turn", "sim/kernels.py",
               "(urgent << np.uint64(57))", "((urgent & np.uint64(0)) << np.uint64(57))", RULES),
    PlantedBug("cash is overdrawn", "sim/kernels.py",
               "if budget[FEN] < categories[k, TAKES_FEN] or (categories[k, TAKES_ROOM]", "if (categories[k, TAKES_ROOM]", RULES),
    PlantedBug("rooms without an hour left are used on", "sim/kernels.py",
               "(categories[k, TAKES_ROOM] > 0 and budget[room] <= 0)",
               "(categories[k, TAKES_ROOM] > 0 and budget[room] <= -60)", RULES),
    PlantedBug("rooms overdrawn are forgotten", "sim/model.py",
               "self.room_debt = np.maximum(-self.now.budget[:, kernels.ROOMS : kernels.WISHES], 0)",
               "self.room_debt = np.maximum(-self.now.budget[:, kernels.ROOMS : kernels.WISHES], 0) * 0",
               ("tests/test_sim_relations.py",)),
    PlantedBug("rooms of one use serve the other", "sim/kernels.py",
               "room = ROOMS + categories[k, USE]", "room = ROOMS + (budget[ROOMS] < budget[ROOMS + 1])", RULES),
    PlantedBug("wishes cost hours as well", "sim/kernels.py",
               "            budget[WISHES] -= 1\n", "            budget[WISHES] -= 1\n            budget[MINUTES] -= minutes[k]\n",
               RULES),
    PlantedBug("anyone's wish may be claimed", "sim/kernels.py",
               "if budget[WISHES] > 0 and care[i] != _OUTSIDE:", "if budget[WISHES] > 0:", RULES),
    # matters
    PlantedBug("prevention counts twice", "sim/kernels.py",
               "((bar * prevented[care[i]]) >> np.uint64(16))", "((bar * prevented[care[i]]) >> np.uint64(15))", RULES),
    PlantedBug("care money reaches everyone", "sim/kernels.py", "prevented[care[i]]", "prevented.max()", ENGINES),
    PlantedBug("voiced matters lapse as well", "sim/kernels.py",
               "stage if heard else kept", "stage if heard and kept == UNVOICED else kept", RULES),
    PlantedBug("an escalated matter stays in the queue", "sim/kernels.py",
               "status[i] = now = np.uint8(FREE)", "now = np.uint8(FREE)", RULES),
    PlantedBug("matters escalate a month early", "sim/kernels.py",
               "past = months > categories[k, DEADLINE]", "past = months >= categories[k, DEADLINE]", RULES),
    PlantedBug("months with a higher tier are no waiting", "sim/kernels.py",
               "((now != FREE) & (months < 255))", "((now == QUEUED) & (months < 255))"),
    PlantedBug("city matters come back as fast as the street's", "scenarios/formulas/voicing.py",
               "rates.street_delay, rates.district_delay, rates.city_delay",
               "rates.street_delay, rates.district_delay, rates.street_delay", LEVERS),
    PlantedBug("leaders take up matters that are in time", "scenarios/formulas/voicing.py",
               "np.stack([chance, overdue], axis=2)", "np.stack([overdue, overdue], axis=2)", LEVERS),
    PlantedBug("meetings are held every month", "scenarios/formulas/voicing.py",
               "return meetings_a_year * (month_of_year + 1) // MONTHS > meetings_a_year * month_of_year // MONTHS",
               "return meetings_a_year > 0", LEVERS),
    # residents
    PlantedBug("satisfaction drifts the wrong way", "sim/kernels.py",
               "(drift * (level - satisfaction[i])) >> 16", "(drift * (satisfaction[i] - level)) >> 16", RULES),
    PlantedBug("visits cheer everyone", "sim/kernels.py", "(cheers[care[i]] *", "(cheers.max() *", RULES),
    PlantedBug("people are asked twice", "sim/kernels.py",
               "rises = is_asked * ((gain", "rises = 2 * is_asked * ((gain", RULES),
    PlantedBug("engagement has no upper end", "sim/kernels.py", "(gain * (_FULL - now) + _ROUND)", "(gain * _FULL + _ROUND)", RULES),
    PlantedBug("skills invite everyone", "sim/kernels.py", "asked + invited[care[i]]", "asked + invited.max()", RULES),
    PlantedBug("needs depend on the policy", "sim/month.py",
               "chance.run_word(start.future.index, start.replication)",
               "chance.run_word(start.future.index, start.replication) ^ chance.place_key(start.policy)"),
    # hours and quality
    PlantedBug("hours overdrawn are forgotten", "sim/model.py",
               "self.debt = np.maximum(-self.now.budget[:, kernels.MINUTES], 0)",
               "self.debt = np.maximum(-self.now.budget[:, kernels.MINUTES], 0) * 0"),
    PlantedBug("a posting adds hours too", "sim/month.py",
               "posts = district.communities.posts + model.current_year.posts",
               'posts = district.communities.posts + model.current_year.posts + row[:, FLOW["postings"]]'),
    PlantedBug("staff are as often sick in every month", "sim/month.py",
               "chance.event_word(model.month, chance.STAFF)", "chance.event_word(0, chance.STAFF)"),
    PlantedBug("newcomers cost nothing", "scenarios/formulas/hours.py",
               "settled = 1.0 - rates.turnover * (1.0 - levers.turnover_cut) * rates.newcomer_loss", "settled = 1.0"),
    PlantedBug("contact takes no hours from service", "sim/rules.py", "service=total - contact", "service=total"),
    PlantedBug("the trace of a posting never fades", "scenarios/formulas/quality.py",
               "ramp * 0.5 ** (np.maximum(months_since_end, 0.0) / rates.posting_fade)", "ramp"),
    PlantedBug("a campaign never fades", "scenarios/formulas/quality.py",
               "0.5 ** (months_since_start / district.rates.campaign_fade)", "1.0", LEVERS),
    PlantedBug("everyone is put right after a screening", "sim/rules.py",
               "district.rectification.effort * flagged", "district.rectification.effort * flagged.max()", EXCHANGE),
    PlantedBug("once flagged, always put right", "sim/model.py",
               "self.flagged = rules.screened([*self.record[-(MONTHS - 1) :], row], self.district.rectification.share)",
               "self.flagged = np.maximum(self.flagged, rules.screened([*self.record[-(MONTHS - 1) :], row], self.district.rectification.share))",
               EXCHANGE),
    PlantedBug("imposed pairs never cool", "scenarios/formulas/hours.py",
               "left = 0.5 ** (months_since_start / support.half_life_months) if support.half_life_months else 1.0",
               "left = 1.0", LEVERS),
    PlantedBug("venues open on the day they are begun", "sim/run.py",
               "opens=begins + int(sites.lead_months[at])", "opens=begins"),
    # partners
    PlantedBug("a partner without a gain never leaves", "sim/rules.py",
               "return np.where((now > 0) & (later >= rates.partner_leave * SCALE), later, 0)", "return later", EXCHANGE),
    PlantedBug("a partner that left comes back", "sim/rules.py",
               "(now > 0) & (later >= rates.partner_leave * SCALE)", "later >= rates.partner_leave * SCALE", EXCHANGE),
    PlantedBug("partners give without a list", "sim/exchange.py",
               "np.floor(backlog * reach.listing)", "np.floor(backlog + 1e6 * reach.listing)", EXCHANGE),
    PlantedBug("volunteers give back more than was asked for", "scenarios/formulas/partners.py",
               "scale = np.minimum(1.0, able / np.maximum(pairs.by_community(asked), 1e-9))",
               "scale = able / np.maximum(pairs.by_community(asked), 1e-9)", EXCHANGE),
    PlantedBug("hours given back serve residents as well", "sim/month.py",
               "given=volunteers - traded.returned + contract.astype", "given=volunteers + contract.astype", EXCHANGE),
    # prevention
    PlantedBug("prevention never fades", "sim/rules.py",
               "return toward(now, level, formulas.fading_share(rates.prevention_fade))",
               "return toward(now, np.maximum(level, now), formulas.fading_share(rates.prevention_fade))", EXCHANGE),
    PlantedBug("prevention is there at once", "sim/rules.py",
               "return toward(now, level, formulas.fading_share(rates.prevention_fade))",
               "return np.maximum(level, toward(now, level, formulas.fading_share(rates.prevention_fade)))", EXCHANGE),
    PlantedBug("the plan takes prevention to be there at once", "scenarios/formulas/prevention.py",
               "return np.asarray(lag.reshape(years, MONTHS, years, MONTHS).sum(axis=(1, 3)) / MONTHS)",
               "return np.eye(years)", ("tests/test_formulas_exchange.py",)),
    PlantedBug("spillover counts the place itself", "scenarios/formulas/prevention.py",
               "    np.fill_diagonal(near, False)\n", "", EXCHANGE),
    # money
    PlantedBug("money arrives twice in January", "sim/agents.py",
               "due = rules.tranche(flow.fen[self.rows] + first, month) - rules.tranche(first, month)",
               "due = (rules.tranche(flow.fen[self.rows] + first, month) - rules.tranche(first, month)) * (1 + (month == 0))",
               MONEY),
    PlantedBug("money arrives on time whatever the delay", "sim/model.py",
               "if len(self.transit):", "if len(self.transit) > 99:", MONEY),
    PlantedBug("towns pay nothing to their villages", "sim/model.py",
               "np.flatnonzero(district.street_index == row)",
               "np.flatnonzero((district.street_index == row) & ~district.is_village)", LEVERS),
    PlantedBug("a mandated match is split 60 to 40", "scenarios/funding.py",
               "np.floor(lump_fen / (1.0 + fund.ratio))", "np.floor(lump_fen * 0.6)", MONEY),
    PlantedBug("a match may exceed its pool", "scenarios/funding.py",
               "match = asked if total <= fund.pool_fen else asked * fund.pool_fen // total", "match = asked", MONEY),
    PlantedBug("grants displace what should stick", "scenarios/funding.py",
               "np.ceil((1.0 - district.rates.stick_rate) * lump_fen)", "np.ceil(district.rates.stick_rate * lump_fen)", MONEY),
    PlantedBug("contract hours cost half", "scenarios/formulas/hours.py",
               "return rates.contract_wage * FEN_PER_YUAN", "return rates.contract_wage * FEN_PER_YUAN / 2", MONEY),
    # audit and comparison
    PlantedBug("the audit ignores the pool", "optimize/audit_money.py",
               "if sum(grants) > fund.pool_fen:", "if sum(grants) > 2 * fund.pool_fen:", AUDIT),
    PlantedBug("the audit counts posts in one year only", "optimize/audit.py",
               "if total > district.extra_posts:", "if column == 0 and total > district.extra_posts:", AUDIT),
    PlantedBug("intervals are normal, not Student's", "results/estimates.py",
               "stats.t.ppf((1 + confidence) / 2, n - 1)", "stats.norm.ppf((1 + confidence) / 2)", COMPARISON),
)  # fmt: skip
