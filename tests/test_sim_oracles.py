"""The compiled rules against exact queueing and probability results, on communities made by hand.

The month queue is Q' = max(Q + arrivals - c, 0), Lindley's recursion in steps of a month; its stationary mean and share
of empty months for Poisson arrivals are known from the distribution itself, not from any simulation.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy import stats

from scenarios.formulas import CARE_GROUPS, EVERYONE_ELSE
from scenarios.parameters import PARAMETERS
from sim import chance, kernels
from sim.outcome import SCALE
from tests.place_by_hand import MINUTES, Place, means

MANY = 100_000
NEVER, ALWAYS = 0.0, 1.0
SURE = 1e-6  # each tail of a band on a proportion
OPEN = [kernels.QUEUED, kernels.AT_STREET, kernels.AT_DISTRICT, kernels.AT_CITY]  # voiced: these have a deadline


def queue_path(arrivals: np.ndarray, capacity: int, size: int = 256, run: int = 0) -> np.ndarray:
    """Matters left at the end of each month when ``arrivals`` come and there is time for ``capacity`` of them."""
    place, left, debt = Place(size, run=run), np.zeros(len(arrivals), dtype=np.int64), 0
    for month, coming in enumerate(arrivals):
        place.status[np.flatnonzero(place.status == kernels.FREE)[:coming]] = kernels.QUEUED
        budget = means(capacity * MINUTES - debt)
        place.serve(month, budget)
        debt, left[month] = max(-int(budget[0]), 0), np.count_nonzero(place.status)
    return left


def assert_exact_mean(samples: np.ndarray, exact: float) -> None:
    """The mean of independent samples is the exact value: |t| < 4.5."""
    spread = samples.std(ddof=1) / np.sqrt(len(samples))
    assert abs(samples.mean() - exact) < 4.5 * spread, f"{samples.mean():.4f} +- {spread:.4f}; exact {exact}"


def assert_proportion(found: int, share: float, trials: int = MANY) -> None:
    """A count lies in the binomial band that a right rate leaves once in half a million tests."""
    low, high = stats.binom.ppf([SURE, 1 - SURE], trials, share)
    assert low <= found <= high, f"{found} of {trials}; expected {share}: {low:.0f} to {high:.0f}"


@pytest.mark.parametrize(
    ("rate", "capacity", "mean", "empty"),
    [(8, 10, 0.878622, 0.718698), (9, 10, 3.101238, 0.446500), (19, 20, 7.328885, 0.318480)],
)
def test_a_month_queue_has_the_exact_mean_and_share_of_empty_months(rate, capacity, mean, empty):
    """Poisson arrivals at a desk of fixed capacity: stationary mean and P(0) are those of Lindley's recursion."""
    arrivals = np.random.default_rng(rate).poisson(rate, (20, 2300))
    paths = np.stack([queue_path(one, capacity, run=run)[300:] for run, one in enumerate(arrivals)])
    assert_exact_mean(paths.mean(axis=1), mean)
    assert_exact_mean((paths == 0).mean(axis=1), empty)


def test_the_queue_is_lindleys_month_by_month():
    """Q' = max(Q + arrivals - c, 0), exactly, whatever comes: also with nothing to do and with far too much."""
    for rate, capacity in ((0, 3), (3, 0), (5, 5), (12, 10), (2, 200)):
        arrivals, expected = np.random.default_rng(1).poisson(rate, 50), [0]
        for coming in arrivals:
            expected.append(max(expected[-1] + int(coming) - capacity, 0))
        assert queue_path(arrivals, capacity, size=400).tolist() == expected[1:]


def test_overload_grows_by_what_cannot_be_served():
    """12 a month for 10: after 250 months 500 wait, with the spread of the arrivals alone."""
    arrivals = np.random.default_rng(3).poisson(12, (20, 250))
    left = np.array([queue_path(one, 10, size=1000, run=run)[-1] for run, one in enumerate(arrivals)])
    assert_exact_mean(left, 500.0)
    assert left.std(ddof=1) == pytest.approx(54.8, rel=0.5)


def test_more_capacity_never_lengthens_a_queue_and_more_demand_never_shortens_it():
    """Under the same luck the order of two queues never turns, in any month."""
    arrivals = np.random.default_rng(4).poisson(9, 300)
    base = queue_path(arrivals, 10)
    assert (queue_path(arrivals, 11) <= base).all()
    assert (queue_path(arrivals + (np.arange(300) % 7 == 0), 10) >= base).all()


def test_thinned_poisson_is_poisson():
    """Poisson(200) needs of which 30 % are not prevented are Poisson(60): mean, and variance equal to the mean."""
    place, left, before = Place(MANY), [], 0
    for month in range(300):
        place.arise(month, 0.002, prevented=0.7)
        left.append(place.count("opened") - before)
        before, place.status[:] = place.count("opened"), kernels.FREE
    assert_exact_mean(np.array(left), 60.0)
    low, high = stats.chi2.ppf([SURE, 1 - SURE], len(left) - 1) / (len(left) - 1)
    assert low < np.var(left, ddof=1) / 60.0 < high


def test_thinned_binomial_is_binomial():
    """1,000 residents, 30 % in need, half of them voice it: Bin(1000, 0.15), mean 150 and variance 127.5."""
    place, voiced, before = Place(1000), [], 0
    for month in range(400):
        place.arise(month, 0.3)
        place.voice(month, 0.5, NEVER, NEVER, NEVER)
        voiced.append(place.count("voiced") - before)
        before, place.status[:] = place.count("voiced"), kernels.FREE
    assert_exact_mean(np.array(voiced), 150.0)
    low, high = stats.chi2.ppf([SURE, 1 - SURE], len(voiced) - 1) / (len(voiced) - 1)
    assert low < np.var(voiced, ddof=1) / 127.5 < high


@pytest.mark.parametrize("share", [0.03, 0.15, 0.5, 0.9])
def test_needs_and_prevention_happen_as_often_as_asked(share):
    """Hazard and prevented share at n = 100,000; what is not prevented opens."""
    place = Place(MANY)
    place.arise(1, share)
    assert_proportion(place.count("opened"), share)
    everyone = Place(MANY)
    everyone.arise(2, ALWAYS, prevented=share)
    assert_proportion(everyone.count("prevented"), share)
    assert everyone.count("prevented") + everyone.count("opened") == MANY


@pytest.mark.parametrize("share", [0.03, 0.15, 0.5, 0.9])
def test_every_chance_of_a_matter_happens_as_often_as_asked(share):
    """Voicing, lapse, routing, return, solving and escalation at n = 100,000; lapse only where voicing failed."""
    place = Place(MANY)
    place.status[:] = kernels.UNVOICED
    place.voice(1, 0.4, share, share, NEVER)
    assert_proportion(place.count("voiced"), 0.4)
    assert_proportion(place.count("lapsed"), 0.6 * share)
    assert_proportion(place.count("routed"), 0.4 * share)
    place.status[:] = kernels.AT_STREET
    place.voice(2, NEVER, NEVER, NEVER, share)
    assert_proportion(np.count_nonzero(place.status == kernels.QUEUED), share)
    place.status[:], place.waited[:] = kernels.QUEUED, 3
    place.age(3, share)
    assert_proportion(place.count("escalated"), share)
    place.status[:] = kernels.QUEUED
    place.serve(4, means(MANY * MINUTES), share)
    assert place.count("served") == MANY
    assert_proportion(place.count("solved"), share)


def test_limits_are_exact():
    """Chance 0 never, chance 1 always, no time serves nobody, ample time serves everyone: no statistics."""
    place = Place(5000)
    place.arise(1, NEVER)
    assert place.count("needs") == 0
    place.arise(2, ALWAYS, prevented=1.0)
    assert place.count("prevented") == place.count("needs") == 5000
    place.arise(3, ALWAYS)
    assert place.count("opened") == np.count_nonzero(place.status == kernels.UNVOICED) == 5000
    place.arise(4, ALWAYS)
    assert place.count("blocked") == 5000
    place.voice(4, NEVER, NEVER, NEVER, NEVER)
    assert place.count("voiced") == place.count("lapsed") == 0
    place.voice(4, ALWAYS, ALWAYS, ALWAYS, NEVER)
    assert place.count("voiced") == place.count("routed") == 5000
    place.voice(5, NEVER, NEVER, NEVER, ALWAYS)
    place.serve(5, means(0))
    assert place.count("served") == 0
    assert np.count_nonzero(place.status == kernels.QUEUED) == 5000
    place.serve(6, means(10**12, 10**12, 10**12))
    assert place.count("served") == place.count("solved") == 5000
    assert not place.status.any()


def test_matters_go_to_the_tier_and_come_back_when_it_is_asked():
    """Of 40 % routed an eighth goes to the city and three eighths to the district; each tier, in time or late, returns by
    its own chance.
    """
    place = Place(MANY)
    place.status[:] = kernels.UNVOICED
    place.voice(1, ALWAYS, NEVER, 0.4, NEVER, tiers=(0.125, 0.5))
    for stage, share in (
        (kernels.AT_CITY, 0.05),
        (kernels.AT_DISTRICT, 0.15),
        (kernels.AT_STREET, 0.2),
        (kernels.QUEUED, 0.6),
    ):
        assert_proportion(np.count_nonzero(place.status == stage), share)
    late = np.arange(MANY) % 2 == 1
    for tier, stage in enumerate(OPEN[1:]):
        for overdue in (0, 1):
            chances = np.zeros((3, 2))
            chances[tier, overdue] = 0.3
            place.status[:], place.waited[:] = stage, np.where(late, 3, 2)
            place.voice(2 + tier, NEVER, NEVER, NEVER, chances)
            back = place.status == kernels.QUEUED
            assert_proportion(np.count_nonzero(back), 0.3, MANY // 2)
            assert (late[back] == overdue).all()


MIXED = np.array([[1, 2000, 0, 0, 1], [1, 50000, 0, 0, 1], [1, 10000, 0, 0, 2], [0, 40000, 300, 1, 2],
                  [1, 10000, 480, 0, 2], [0, 30000, 0, 0, 1]])  # fmt: skip
LENGTHS = (90, 420, 1080, 540, 240, 540)


def _queue(seed: int, table: np.ndarray = MIXED, size: int = 300) -> tuple[Place, np.ndarray]:
    """A queue of mixed matters and ages, and a budget that does not reach for all."""
    rng, place = np.random.default_rng(seed), Place(size, table, LENGTHS)
    place.status[:] = rng.integers(0, 4, size)
    place.category[:], place.waited[:] = rng.integers(0, len(table), size), rng.integers(0, 6, size)
    full = means(40_000, 1_500_000, 10_000, 8_000)
    return place, (full * rng.choice([0.05, 0.3, 1.0, 5.0], 5)).astype(np.int64)


def _rooms(place: Place, who: np.ndarray) -> np.ndarray:
    """Room-minutes that the matters of some residents take, by use."""
    taken = place.table[place.category[who]]
    return np.where(taken[:, 3][:, None] == np.arange(2), taken[:, 2][:, None], 0)


@pytest.mark.parametrize("seed", range(20))
def test_nobody_is_served_before_an_older_or_more_urgent_matter_that_needs_no_more(seed):
    """Urgent first, then oldest: who was served came before everyone left out whom the same cash and rooms would do."""
    place, budget = _queue(seed)
    queued = np.flatnonzero(place.status == kernels.QUEUED)
    urgency, fen = (place.table[place.category[queued], column] for column in (0, 1))
    room, turn = _rooms(place, queued), urgency * 1000 - place.waited[queued].astype(np.int64)
    place.serve(1, budget)
    done = place.status[queued] == kernels.FREE
    easier = (fen[~done][:, None] <= fen[done]) & ((room[~done] > 0)[:, None] <= (room[done] > 0)).all(axis=2)
    assert not (easier & (turn[~done][:, None] < turn[done])).any()
    assert place.count("served") == done.sum()


@pytest.mark.parametrize("seed", range(20))
def test_cash_is_never_overdrawn_and_time_and_rooms_by_the_last_matter_at_most(seed):
    """What is used is what the served matters take; only the last may run over hours or rooms; nothing idles needlessly."""
    place, budget = _queue(seed + 100)
    queued, before = np.flatnonzero(place.status == kernels.QUEUED), budget.copy()
    place.serve(1, budget)
    done, left = (queued[(place.status[queued] == kernels.FREE) == served] for served in (True, False))
    used = [place.minutes[place.category[done]].sum(), place.table[place.category[done], 1].sum(),
            *_rooms(place, done).sum(axis=0), 0]  # fmt: skip
    assert (before - budget).tolist() == used
    assert [place.count(name) for name in ("minutes_used", "fen_matters", "room_minutes_used")] == [
        *used[:2],
        sum(used[2:]),
    ]
    assert budget[1] >= 0
    assert budget[0] > -place.minutes.max()
    assert (budget[2:4] > -place.table[:, 2].max()).all()
    housed = ((_rooms(place, left) == 0) | (budget[2:4] > 0)).all(axis=1)
    affordable = (place.table[place.category[left], 1] <= budget[1]) & housed
    assert budget[0] <= 0 or not affordable.any()


@pytest.mark.parametrize(("left", "served"), [(-30, 0), (0, 0), (1, 1), (480, 1), (481, 2), (960, 2)])
def test_a_room_that_is_not_used_up_takes_one_more_matter(left, served):
    """Matters of 480 room-minutes: one is begun while a minute is left, none when nothing is, nor on what is owed."""
    place = Place(5, np.array([[1, 0, 480, 0, 2]]), (60,))
    place.status[:] = kernels.QUEUED
    budget = means(100 * MINUTES, rooms=left)
    place.serve(1, budget)
    assert place.count("served") == served
    assert budget[2] == left - 480 * served


@pytest.mark.parametrize("minutes", [0, 100 * MINUTES])
def test_a_claimed_wish_costs_the_community_nothing(minutes):
    """Members take up so many wishes of residents in hardship, in the order of the queue, beside what hours can do."""
    place = Place(400, minutes=(MINUTES,))
    place.status[:], place.care[::2] = kernels.QUEUED, 3
    place.waited[:100] = 2
    budget = means(minutes, wishes=30)
    place.serve(1, budget)
    served, hours = place.status == kernels.FREE, minutes // MINUTES
    assert place.count("wishes") == 30
    assert place.count("served") == place.count("solved") == served.sum() == 30 + hours
    assert budget.tolist() == [0, 0, 0, 0, 0]
    assert place.count("minutes_used") == minutes
    assert served[:100:2].sum() == 50 if minutes else served[:100:2].sum() == 30  # the oldest in hardship come first
    assert minutes or not served[1::2].any()


def test_a_community_without_residents_in_hardship_has_no_wishes_to_claim():
    """Wishes that nobody may have claimed for are left over, and serve nobody."""
    place, budget = Place(50), means(0, wishes=20)
    place.status[:] = kernels.QUEUED
    place.serve(1, budget)
    assert place.count("served") == place.count("wishes") == 0
    assert budget[kernels.WISHES] == 20


def test_equals_are_served_by_luck():
    """Of equal matters each place in the list is as likely to be served: mean position over 200 months, |t| < 4.5."""
    position = []
    for month in range(200):
        place = Place(101)
        place.status[:] = kernels.QUEUED
        place.serve(month, means(20 * MINUTES))
        position.append(np.flatnonzero(place.status == kernels.FREE).mean())
    assert_exact_mean(np.array(position), 50.0)


def test_matters_escalate_only_past_their_deadline():
    """When escalation is certain, those past their deadline leave and nobody else; unvoiced matters never do."""
    table = np.array([[1, 0, 0, 0, deadline] for deadline in range(4)])
    place = Place(6 * 4 * 10, table, (60,) * 4)
    cases = np.array(list(product(range(6), range(4), range(10)))).T
    place.status[:], place.category[:], place.waited[:] = cases
    place.age(1, ALWAYS)
    status, deadline, waited = cases
    gone = np.isin(status, OPEN) & (waited > deadline)
    assert np.array_equal(place.status, np.where(gone, kernels.FREE, status))
    assert place.count("escalated") == gone.sum()
    voiced = np.isin(status, OPEN) & ~gone
    assert np.array_equal(place.waited, waited + voiced)
    assert place.count("routing") + place.count("queued") == voiced.sum()
    assert (
        place.count("minutes_waiting") == 60 * place.count("queued") == 60 * (voiced & (status == kernels.QUEUED)).sum()
    )


def test_satisfaction_left_alone_goes_to_its_usual_level():
    """Nothing happens: from above and from below the distance shrinks by the drift each month."""
    place, level = Place(2), round(0.7 * SCALE)
    place.satisfaction[:] = SCALE, 0
    for month in range(60):
        place.age(month, NEVER, (0, 0, round(0.05 * SCALE), level))
    assert place.satisfaction / SCALE == pytest.approx(0.7 + np.array([0.3, -0.7]) * 0.95**60, abs=1e-3)


def _bounds(*names: str) -> product:
    """All corners of the ranges of some parameters, of SCALE."""
    return product(*((round(PARAMETERS[n].low * SCALE), round(PARAMETERS[n].high * SCALE)) for n in names))


@pytest.mark.parametrize("whole", [False, True])
def test_satisfaction_stays_between_nothing_and_all(whole):
    """At every corner of the parameters (and at 0 and 1) satisfaction stays in [0, SCALE] through served and unmet."""
    names = ("satisfaction_up", "satisfaction_down", "satisfaction_drift", "satisfaction_level")
    for change in product((0, SCALE), repeat=4) if whole else _bounds(*names):
        place = Place(600)
        place.satisfaction[:] = np.repeat([0, SCALE // 2, SCALE], 200)
        for month in range(40):
            place.status[place.status == kernels.FREE] = kernels.QUEUED
            place.serve(month, means(150 * MINUTES), 0.5, change[:2])
            place.age(month, 0.5, change)
            assert place.satisfaction.min() >= 0
            assert place.satisfaction.max() <= SCALE


def test_visits_cheer_the_care_group_that_they_reach_and_nobody_else():
    """A tenth of what is missing to the full, for one group only, on top of the drift of everyone."""
    place = Place(8)
    place.care[:] = np.arange(8)
    place.age(1, NEVER, cheers=np.where(np.arange(8) == 2, SCALE // 10, 0))
    half = SCALE // 2
    assert place.satisfaction.tolist() == [half, half, half + ((SCALE // 10 * half) >> 16), *[half] * 5]


@pytest.mark.parametrize("asked", [0.0, 0.01, 1.0])
def test_engagement_stays_between_nothing_and_all(asked):
    """However much people are asked and however fast they tire, engagement stays in [0, SCALE], and 0 for children."""
    ends = (0, SCALE)
    for gain, decays, keeps in (*product(ends, ends, ends), (9830, 9830, 52429)):
        engagement = np.repeat(np.array([0, SCALE // 3, SCALE], dtype=np.int32), 40)
        adult, content = np.tile([1, 1, 1, 0], 30).astype(np.uint8), np.tile([0, SCALE], 60).astype(np.int32)
        dice = np.random.default_rng(1)
        for _ in range(30):
            words = dice.integers(0, 2**32, 120).astype(np.uint32)
            total, count = kernels.take_part(words, np.uint64(chance.threshold(asked)), gain, decays, keeps, adult, content,
                                             engagement)  # fmt: skip
            assert engagement.min() >= 0
            assert engagement.max() <= SCALE
            assert total == engagement.sum(dtype=np.int64)
            assert count == ((words < asked * 2**32) & (adult == 1)).sum()
        assert not engagement[adult == 0].any()


def test_being_asked_brings_its_gain_once():
    """From nothing, one month asked by everyone brings the gain; from a half, of the half that is missing; no decay."""
    engagement, half = np.array([0, SCALE // 2, SCALE], dtype=np.int32), SCALE // 2
    everyone = np.ones(3, dtype=np.uint8), np.zeros(3, dtype=np.int32)
    kernels.take_part(np.zeros(3, dtype=np.uint32), np.uint64(1), SCALE // 8, 0, 0, *everyone, engagement)
    assert engagement.tolist() == [SCALE // 8, half + half // 8, SCALE]


def test_invitations_add_to_the_chance_of_the_care_group_that_they_reach():
    """Asked with a tenth, and one group with two tenths more: draws are rewritten to asked or not, each group by its own."""
    words = np.random.default_rng(2).integers(0, 2**32, MANY).astype(np.uint32)
    drawn, care = words.copy(), np.where(np.arange(MANY) % 2, 1, EVERYONE_ELSE).astype(np.uint8)
    invited = np.zeros(CARE_GROUPS, dtype=np.uint64)
    invited[1] = chance.threshold(0.2)
    kernels.invite(words, np.uint64(chance.threshold(0.1)), invited, care)
    asked = words < 1
    assert set(np.unique(words).tolist()) == {0, 2**32 - 1}
    assert np.array_equal(asked, drawn < np.where(care == 1, 0.3, 0.1) * 2**32)
