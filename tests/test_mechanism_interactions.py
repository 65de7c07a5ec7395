"""Mechanisms that should help or hinder each other do: the effect of both less the effects of each alone, by its sign."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from optimize import Plan, make_plan
from scenarios.district import District
from scenarios.funding import FEN_PER_YUAN, sum_flows, year_money
from scenarios.mechanisms import CATALOGUE, apply_mechanisms
from scenarios.mechanisms.acting import Places, everyone, weakest
from scenarios.mechanisms.catalogue import Value
from scenarios.mechanisms.money_flows import shells
from sim.outcome import METRICS, Outcome
from sim.run import advance, outcome, resume, start
from sim.state import State
from tests.mechanism_world import MONTHS, SERVICE_FUND, WARM_UP, of_places, world

Settings = tuple[tuple[str, Value], ...]
Arm = tuple[tuple[str, Settings], ...]  # mechanisms that are on together, each with its settings
Given = tuple[tuple[str, float], ...]  # parameters other than the world's own

SEED = 6
NOTHING: Arm = ()
PURSE: Arm = ((SERVICE_FUND, ()),)  # money for matters, without which cash binds and nothing else does


def on(mechanism: str, **settings: Value) -> Arm:
    """One mechanism at some settings, the others at their defaults."""
    return ((mechanism, tuple(settings.items())),)


@cache
def made(arm: Arm, given: Given) -> tuple[District, Plan]:
    """The world with money for matters and the mechanisms of the arm, and its plan by the rule of thumb."""
    district = apply_mechanisms(world(given), {name: dict(settings) for name, settings in (*PURSE, *arm)})
    return district, make_plan(district, method="needs_formula")


@cache
def warm(given: Given, replication: int) -> State:
    """The world after a year without any of the pair: people, history and luck that all arms share."""
    district, plan = made(NOTHING, given)
    return advance(start(district, seed=SEED, replication=replication), plan, WARM_UP)


@cache
def run(arm: Arm, given: Given, replication: int) -> Outcome:
    """Two more years, with the mechanisms of the arm."""
    district, plan = made(arm, given)
    return outcome(advance(resume(warm(given, replication), district, policy="arm"), plan, MONTHS))


def level(metric: str, arm: Arm, given: Given, replications: int, places: Places | None = None) -> np.ndarray:
    """A metric by replication, of all communities or of some."""
    where = everyone(world(given)) if places is None else places
    runs = (run(arm, given, replication) for replication in range(replications))
    return np.array([METRICS[metric].district(of_places(found, where)) for found in runs])


def interaction(metric: str, one: Arm, other: Arm, *, given: Given = (), replications: int = 8,
                places: Places | None = None) -> np.ndarray:  # fmt: skip
    """What both do together beyond what each does alone, by replication: I = y(both) - y(one) - y(other) + y(neither)."""
    neither, first, second, both = (
        level(metric, arm, given, replications, places) for arm in (NOTHING, one, other, (*one, *other))
    )
    return np.asarray(both - first - second + neither)


def standard_errors(values: np.ndarray) -> float:
    """How many of its standard errors the mean is from 0."""
    return float(values.mean() / (values.std(ddof=1) / np.sqrt(len(values))))


# --- Posted officials and units that claim work -----------------------------------------------------------------------
POSTING = on("first_secretaries", posts=6.0, eligible_share=0.5)
EXCHANGE = (*on("committee_members"), *on("joint_building"))
OVERLOADED: Given = (("needs_per_resident", 0.6),)


def test_partners_hours_settle_more_where_an_official_is_posted() -> None:
    """Help: with too few hands, needs met = hours x chance that a served matter is solved; units add hours, a posted
    official raises the chance, so each makes the other worth more.
    """
    posted = weakest(world(OVERLOADED), 0.5)
    both = interaction("needs_met_share", POSTING, EXCHANGE, given=OVERLOADED, places=posted)
    assert standard_errors(both) > 3, both


def test_an_official_brings_quality_and_units_bring_hours() -> None:
    """Neither does the other's work: quality is the official's alone, whether or not units give hours."""
    posted = weakest(world(OVERLOADED), 0.5)
    assert (interaction("quality", POSTING, EXCHANGE, given=OVERLOADED, places=posted) == 0).all()
    without, posting, exchange = (level("quality", arm, OVERLOADED, 8, posted) for arm in (NOTHING, POSTING, EXCHANGE))
    assert (posting > without).all()
    assert (exchange == without).all()


# --- Venues and windows -----------------------------------------------------------------------------------------------
VENUES = on("venue_programme", capital=12_000_000.0)
WINDOWS = on("service_windows", windows=14.0)
ENOUGH_STAFF: Given = (("direct_share", 0.45), ("turnover", 0.0))


def test_venues_and_windows_compete_for_the_same_hands() -> None:
    """Hinder: rooms let activities and care be served, windows bring home what waited with other tiers; both are work for
    the community's own staff, and where that just covers the work the gains do not add up.
    """
    together = interaction("solved_in_time", VENUES, WINDOWS, replications=10)
    assert standard_errors(together) < -3, together


def test_venues_and_windows_stop_competing_where_there_are_hands_enough() -> None:
    """It is hands they compete for: with far more staff each alone gains more, and less of it is lost when both are there."""
    short, enough = (
        interaction("solved_in_time", VENUES, WINDOWS, given=given, replications=10) for given in ((), ENOUGH_STAFF)
    )
    assert enough.mean() > short.mean() + 2 * np.hypot(short.std(ddof=1), enough.std(ddof=1)) / np.sqrt(10)
    for arm in (VENUES, WINDOWS):
        gains = [
            (level("solved_in_time", arm, given, 10) - level("solved_in_time", NOTHING, given, 10)).mean()
            for given in ((), ENOUGH_STAFF)
        ]
        assert gains[1] > gains[0]


# --- Matched money and villages without income ------------------------------------------------------------------------
MATCH: dict[str, Value] = {"mode": "voluntary", "payer": "own", "granter": "city", "ratio": 1.0, "service_fund": 0.0,
                           "pool": 5_000_000.0}  # fmt: skip


def village_money(role: str, *, match: bool, income: bool) -> int:
    """Fen a year of one role in villages whose collective income is nothing unless they are helped to earn."""
    place = world((("stick_rate", 1.0),))
    shell, here = shells(place), place.communities
    poor = place.with_changes(
        communities=here.replaced(collective_income_yuan=np.where(shell, 0.0, here.collective_income_yuan))
    )
    chosen = ({"matched_funding": MATCH} if match else {}) | ({"shell_villages": {}} if income else {})
    helped = apply_mechanisms(poor, chosen)
    entitled = np.array(helped.service_fund.entitlement_fen or (0,) * len(here), dtype=np.int64)
    return int(sum_flows(year_money(helped, entitled).flows, role=role)[shell].sum())


def test_a_village_without_income_draws_no_voluntary_match() -> None:
    """Help: a match doubles own money, and an empty-shell village has none; the offer alone and income alone draw nothing,
    both together draw as much as the village then pays itself.
    """
    assert village_money("match", match=True, income=False) == 0
    assert village_money("match", match=False, income=True) == 0
    drawn = village_money("match", match=True, income=True)
    assert drawn == village_money("own", match=True, income=True) > 0


def test_a_match_makes_villages_pay_more_of_what_they_earn() -> None:
    """Help, by hand: income x effort is paid without a match, and with one up to (1 + response) times as much."""
    place = world((("stick_rate", 1.0),))
    rates, shell = place.rates, shells(place)
    effort = min(rates.own_effort, rates.own_limit)
    villages = int(shell.sum())
    earned = CATALOGUE["shell_villages"].defaults["increase"] * rates.revenue_scale * FEN_PER_YUAN * villages  # type: ignore[operator]
    plain, matched = (village_money("own", match=match, income=True) for match in (False, True))
    most = min(effort * (1.0 + rates.match_response), rates.own_limit)
    assert plain == pytest.approx(effort * earned, abs=villages)
    assert matched == pytest.approx(most * earned, abs=villages)
    assert matched > plain


# --- Inspections and staff --------------------------------------------------------------------------------------------
INSPECTIONS = on("inspection_rounds", inspections=12.0)
STAFF = on("graduate_placements", share=1.0, posts=3.0, effort=0.0)
HOURS_ALONE: Given = (
    ("inspection_effect", 0.0),
    ("inspection_hours", 0.02),
)  # what inspections do to quality is left out


@pytest.mark.parametrize("metric", ["needs_met_share", "solved_in_time"])
def test_inspections_cost_more_where_staff_is_short(metric: str) -> None:
    """Staff helps bear inspections: they take a share of everyone's hours, but only where every hour is asked for does an
    hour less leave a matter unserved.
    """
    given = HOURS_ALONE
    lost = level(metric, INSPECTIONS, given, 5) - level(metric, NOTHING, given, 5)
    assert (lost < 0).all(), lost
    both = interaction(metric, INSPECTIONS, STAFF, given=given, replications=5)
    assert (both > 0).all(), both
    assert (both + lost < 0).all()  # more staff spares part of the loss, it does not turn it into a gain


def test_inspections_take_more_hours_where_there_is_more_staff() -> None:
    """The loss in hours itself grows with staff, being a share of it: it is the worth of an hour that falls."""
    assert (interaction("service_hours", INSPECTIONS, STAFF, given=HOURS_ALONE, replications=5) < 0).all()


# --- Small grids and the hours of their wardens -----------------------------------------------------------------------
SMALL_GRIDS = on("grid_division", households=60.0)
FEW, MANY = (("warden_hours", 20.0),), (("warden_hours", 240.0),)  # a year


def gained_by_small_grids(metric: str, given: Given, replications: int = 5) -> np.ndarray:
    """What dividing communities into grids of 60 households changes."""
    return np.asarray(level(metric, SMALL_GRIDS, given, replications) - level(metric, NOTHING, given, replications))


@pytest.mark.parametrize("metric", ["contact_hours", "voiced_share"])
def test_small_grids_matter_less_where_wardens_have_few_hours(metric: str) -> None:
    """Help: a smaller grid brings one more warden and makes an hour of contact tell more, so it helps even with few hours,
    and the more hours wardens have the more it helps.
    """
    few, many = (gained_by_small_grids(metric, given) for given in (FEW, MANY))
    assert (few > 0).all(), few
    assert (many > few).all(), (few, many)


def test_small_grids_cost_the_same_whatever_the_hours_of_their_wardens() -> None:
    """Each grid's warden is paid by the year: with few hours small grids buy less for the same money."""
    added = {
        float(given[0][1]): run(SMALL_GRIDS, given, 0).outlay_fen - run(NOTHING, given, 0).outlay_fen
        for given in (FEW, MANY)
    }
    place = made(SMALL_GRIDS, FEW)[0]
    grids = place.communities.grids.sum() - world(FEW).communities.grids.sum()
    assert grids > 0
    assert (added[20.0] == added[240.0]).all()
    assert added[20.0].tolist() == pytest.approx([grids * place.rates.grid_cost * FEN_PER_YUAN] * 2)
