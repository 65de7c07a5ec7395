"""Bugs to plant, one at a time: exact replacements in our own sources, and the fast tests that must notice."""

from __future__ import annotations

from dataclasses import dataclass

RULES = ("tests/test_sim_oracles.py",)
MODEL = ("tests/test_sim_relations.py", "tests/test_sim_run.py")
MONEY = ("tests/test_funding_by_hand.py", "tests/test_sim_relations.py")
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
    PlantedBug("every matter takes 3 % longer", "sim/kernels.py",
               "budget[0] -= categories[k, 1]", "budget[0] -= categories[k, 1] * 103 // 100", RULES),
    PlantedBug("one desk short: the last hour is never begun", "sim/kernels.py",
               "if budget[0] <= 0:", "if budget[0] <= 60:", RULES),
    PlantedBug("ties go to the first in the list", "sim/kernels.py",
               "<< np.uint64(40)) | tie", "<< np.uint64(40)) | np.uint64(i)", RULES),
    PlantedBug("youngest matter first", "sim/kernels.py",
               "(np.uint64(255 - waited[i])", "(np.uint64(waited[i])", RULES),
    PlantedBug("urgent matters wait their turn", "sim/kernels.py",
               "(urgent << np.uint64(48))", "(urgent << np.uint64(0))", RULES),
    PlantedBug("cash is overdrawn", "sim/kernels.py",
               "if budget[1] < categories[k, 2] or budget[2] < categories[k, 3]:", "if budget[2] < categories[k, 3]:", RULES),
    PlantedBug("prevention counts twice", "sim/kernels.py",
               "((bar * prevented) >> np.uint64(16))", "((bar * prevented) >> np.uint64(15))", RULES),
    PlantedBug("voiced matters lapse as well", "sim/kernels.py",
               "elif forgets < lapse:", "if forgets < lapse:", RULES),
    PlantedBug("an escalated matter stays in the queue", "sim/kernels.py",
               "            satisfaction[i] -= (change[0] * satisfaction[i]) >> 16\n            status[i] = FREE\n",
               "            satisfaction[i] -= (change[0] * satisfaction[i]) >> 16\n", RULES),
    PlantedBug("matters escalate a month early", "sim/kernels.py",
               "past = waited[i] > categories[category[i], 4]", "past = waited[i] >= categories[category[i], 4]", RULES),
    PlantedBug("months with a higher tier are no waiting", "sim/kernels.py",
               "waited[i] = min(waited[i] + 1, 255)", "waited[i] = min(waited[i] + (status[i] == QUEUED), 255)"),
    PlantedBug("satisfaction drifts the wrong way", "sim/kernels.py",
               "(drift * (level - satisfaction[i])) >> 16", "(drift * (satisfaction[i] - level)) >> 16", RULES),
    PlantedBug("engagement has no upper end", "sim/model.py",
               "np.minimum(rates.asking * contact, 1.0)", "rates.asking * contact"),
    PlantedBug("needs depend on the policy", "sim/model.py",
               "(chance.run_word(state.future.index, state.replication),",
               "(chance.run_word(state.future.index, state.replication) ^ chance.place_key(state.policy),"),
    PlantedBug("hours overdrawn are forgotten", "sim/model.py",
               "self.debt = np.maximum(-self.now.budget[:, 0], 0)", "self.debt = np.maximum(-self.now.budget[:, 0], 0) * 0"),
    PlantedBug("a posting adds hours too", "sim/model.py",
               "posts = district.communities.posts + self.current_year.posts",
               'posts = district.communities.posts + self.current_year.posts + now.row[:, FLOW["postings"]]'),
    PlantedBug("staff are as often sick in every month", "sim/model.py",
               "chance.event_word(self.month, chance.STAFF)", "chance.event_word(0, chance.STAFF)"),
    PlantedBug("a partner without a gain never leaves", "sim/rules.py",
               "return later if later >= rates.partner_leave * SCALE else 0", "return later"),
    PlantedBug("venues open on the day they are begun", "sim/run.py",
               "opens=begins + int(sites.lead_months[at])", "opens=begins"),
    PlantedBug("the trace of a posting never fades", "scenarios/formulas.py",
               "ramp * 0.5 ** (np.maximum(months_since_end, 0.0) / rates.posting_fade)", "ramp"),
    PlantedBug("money arrives twice in January", "sim/agents.py",
               "due = rules.tranche(fen + ordered, month) - rules.tranche(ordered, month)",
               "due = (rules.tranche(fen + ordered, month) - rules.tranche(ordered, month)) * (2 if month == 0 else 1)", MONEY),
    PlantedBug("money arrives on time whatever the delay", "sim/model.py",
               "if len(self.transit):", "if len(self.transit) > 99:", MONEY),
    PlantedBug("a mandated match is split 60 to 40", "scenarios/funding.py",
               "np.floor(lump_fen / (1.0 + fund.ratio))", "np.floor(lump_fen * 0.6)", MONEY),
    PlantedBug("a match may exceed its pool", "scenarios/funding.py",
               "match = asked if total <= fund.pool_fen else asked * fund.pool_fen // total", "match = asked", MONEY),
    PlantedBug("grants displace what should stick", "scenarios/funding.py",
               "np.ceil((1.0 - district.rates.stick_rate) * lump_fen)", "np.ceil(district.rates.stick_rate * lump_fen)", MONEY),
    PlantedBug("contract hours cost half", "scenarios/formulas.py",
               "return rates.contract_wage * FEN_PER_YUAN", "return rates.contract_wage * FEN_PER_YUAN / 2", MONEY),
    PlantedBug("the audit ignores the pool", "optimize/audit_money.py",
               "if sum(grants) > fund.pool_fen:", "if sum(grants) > 2 * fund.pool_fen:", AUDIT),
    PlantedBug("the audit counts posts in one year only", "optimize/audit.py",
               "if total > district.extra_posts:", "if column == 0 and total > district.extra_posts:", AUDIT),
    PlantedBug("intervals are normal, not Student's", "results/estimates.py",
               "stats.t.ppf((1 + confidence) / 2, n - 1)", "stats.norm.ppf((1 + confidence) / 2)", COMPARISON),
)  # fmt: skip
