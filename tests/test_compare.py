"""A comparison is paired, honest about its uncertainty, and blind to the order of its input."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from results.compare import Verdict, compare
from results.estimates import holm, mean_interval, mean_intervals, share_of
from results.pairing import UnpairedError
from scenarios.district import District
from sim.outcome import FLOW, METRICS, Outcome
from tests import fabricated


@pytest.fixture(scope="module")
def place() -> District:
    return fabricated.district(24)


@pytest.fixture(scope="module")
def runs(place: District) -> list[Outcome]:
    return fabricated.study(place, futures=5)


def _of(runs: list[Outcome], *policies: str) -> list[Outcome]:
    return [run for run in runs if run.policy in policies]


def _with_shares(place: District, policy: str, shares: list[float]) -> list[Outcome]:
    """One run per future with exactly this share of needs met, everywhere."""
    made = []
    for future, share in enumerate(shares):
        run = fabricated.outcome(place, policy, future=future, months=12)
        monthly = np.zeros_like(run.monthly)
        monthly[:, :, FLOW["needs"]] = 100_000
        monthly[:, :, FLOW["solved"]] = round(share * 100_000)
        made.append(replace(run, monthly=monthly))
    return made


def test_a_policy_compared_with_itself_is_exactly_zero(runs: list[Outcome]) -> None:
    """A policy compared with itself differs by exactly zero in every metric, place and future."""
    same = _of(runs, "equal-split")
    comparison = compare([*same, *(replace(run, policy="copy") for run in same)], against="equal-split")
    for contrast in comparison.contrasts["copy"].values():
        assert contrast.verdict is Verdict.IDENTICAL
        assert (contrast.difference.mean, contrast.difference.low, contrast.difference.high) == (0.0, 0.0, 0.0)
    assert not comparison.places["copy"].difference.any()
    assert comparison.regret["copy"].worst == 0.0


def test_the_order_of_outcomes_changes_nothing(runs: list[Outcome]) -> None:
    """Permuting the outcomes changes nothing."""
    mixed = list(runs)
    random.Random(3).shuffle(mixed)
    one, other = compare(runs, against="equal-split"), compare(mixed, against="equal-split")
    assert one.contrasts == other.contrasts
    assert one.ranked == other.ranked


def test_swapping_the_policies_turns_the_sign(runs: list[Outcome]) -> None:
    """Difference, interval and sign turn round when policy and baseline swap."""
    two = _of(runs, "equal-split", "per-head")
    there = compare(two, against="equal-split").contrasts["per-head"]
    back = compare(two, against="per-head").contrasts["equal-split"]
    for name in METRICS:
        assert there[name].difference.mean == pytest.approx(-back[name].difference.mean, abs=1e-12)
        assert there[name].difference.low == pytest.approx(-back[name].difference.high, abs=1e-12)


def test_interval_is_students_t_over_futures() -> None:
    """The interval equals scipy's Student t interval over the futures."""
    values = np.array([0.021, 0.013, 0.019, 0.008, 0.025])
    low, high = stats.t.interval(0.95, 4, loc=values.mean(), scale=stats.sem(values))
    estimate = mean_interval(values, 0.95)
    assert (estimate.low, estimate.high) == pytest.approx((low, high), abs=1e-14)
    columns = mean_intervals(values[:, None], 0.95)
    assert [float(column[0]) for column in columns] == pytest.approx([values.mean(), low, high], abs=1e-14)


def test_replications_are_averaged_within_their_future(runs: list[Outcome]) -> None:
    """Replications of a future count once: the interval rests on the means of the futures."""
    contrast = compare(_of(runs, "equal-split", "per-head"), against="equal-split").contrasts["per-head"][
        "needs_met_share"
    ]
    assert contrast.difference.n == 5
    assert contrast.futures_better.total == 5
    assert contrast.runs_better.total == 10
    low, high = stats.t.interval(0.95, 4, loc=np.mean(contrast.by_future), scale=stats.sem(contrast.by_future))
    assert (contrast.difference.low, contrast.difference.high) == pytest.approx((low, high))


def test_intervals_cover_the_truth_as_often_as_they_say() -> None:
    """A 95 % interval holds the true mean in 95 % of many samples, within sampling error."""
    samples = np.random.default_rng(5).normal(0.3, 2.0, (8, 4000))
    _, low, high = mean_intervals(samples, 0.95)
    assert abs(float(((low <= 0.3) & (high >= 0.3)).mean()) - 0.95) < 4 * (0.95 * 0.05 / 4000) ** 0.5


@pytest.mark.parametrize(("shares", "expected"), [
    ([0.62, 0.621, 0.619, 0.62], Verdict.BETTER),
    ([0.58, 0.581, 0.579, 0.58], Verdict.WORSE),
    ([0.601, 0.602, 0.6, 0.601], Verdict.SAME),
    ([0.63, 0.58, 0.62, 0.59], Verdict.UNCLEAR),
    ([0.6, 0.6, 0.6, 0.6], Verdict.IDENTICAL),
])  # fmt: skip
def test_verdict_follows_interval_and_margin(place: District, shares: list[float], expected: Verdict) -> None:
    """The verdict is read from the interval and the margin of half a percentage point."""
    runs = [*_with_shares(place, "base", [0.6] * 4), *_with_shares(place, "other", shares)]
    contrast = compare(runs, against="base").contrasts["other"]["needs_met_share"]
    assert contrast.verdict is expected
    assert (contrast.futures_needed is not None) == (expected is Verdict.UNCLEAR)


def test_metric_without_a_better_way_differs_or_not(runs: list[Outcome]) -> None:
    """Where neither way is better a verdict never says better or worse."""
    comparison = compare(runs, against="equal-split")
    neither = [name for name, metric in METRICS.items() if metric.better == "neither"]
    found = {comparison.contrasts[p][name].verdict for p in comparison.contrasts for name in neither}
    assert found & {Verdict.DIFFERS, Verdict.IDENTICAL}
    assert not found & {Verdict.BETTER, Verdict.WORSE}


def test_more_policies_ask_for_more_evidence(place: District) -> None:
    """A difference that stands alone may not stand among several policies (Holm)."""
    base = _with_shares(place, "base", [0.6] * 4)
    close = _with_shares(place, "close", [0.6060, 0.6075, 0.6090, 0.6105])
    noise = [run for k in range(12) for run in _with_shares(place, f"noise{k}", [0.59, 0.61, 0.58, 0.62])]
    alone = compare([*base, *close], against="base").contrasts["close"]["needs_met_share"]
    among = compare([*base, *close, *noise], against="base").contrasts["close"]["needs_met_share"]
    assert alone.chance < among.chance
    assert holm([0.01, 0.04, 0.03]) == (0.03, 0.06, 0.06)


def test_one_future_gives_no_interval(place: District) -> None:
    """With a single future nothing is claimed."""
    runs = [*_with_shares(place, "base", [0.6]), *_with_shares(place, "other", [0.7])]
    contrast = compare(runs, against="base").contrasts["other"]["needs_met_share"]
    assert contrast.verdict is Verdict.UNCLEAR
    assert contrast.difference.low == float("-inf")


def test_groups_and_places_add_up(runs: list[Outcome], place: District) -> None:
    """Everything in one group is the district; a community without needs is left out, not zero."""
    everyone = ["all"] * len(place.communities)
    comparison = compare(runs, against="equal-split", groups={"all": everyone, "street": place.communities.street_code})
    whole = comparison.groups["all"]["per-head"][0].difference.mean
    assert whole == pytest.approx(comparison.contrasts["per-head"]["needs_met_share"].difference.mean, abs=1e-12)
    assert sum(g.communities for g in comparison.groups["street"]["per-head"]) == len(place.communities)
    emptied = []
    for run in _of(runs, "equal-split", "per-head"):
        monthly = run.monthly.copy()
        monthly[:, 0, :] = 0
        emptied.append(replace(run, monthly=monthly))
    assert np.isnan(compare(emptied, against="equal-split").places["per-head"].difference[0])


def test_unpaired_runs_are_refused_by_name(runs: list[Outcome], place: District) -> None:
    """A missing run, another district, other months, a missing baseline and a repeated run are refused by name."""
    with pytest.raises(UnpairedError, match=r"per-head.*future 4, replication 1"):
        compare([r for r in runs if not (r.policy == "per-head" and (r.future, r.replication) == (4, 1))],
                against="equal-split")  # fmt: skip
    with pytest.raises(UnpairedError, match="缺少"):
        compare([r for r in runs if not (r.policy == "equal-split" and r.future == 0)], against="equal-split")
    with pytest.raises(UnpairedError, match="different months"):
        compare([replace(r, monthly=r.monthly[:24]) if r.policy == "per-head" else r for r in runs],
                against="equal-split")  # fmt: skip
    with pytest.raises(UnpairedError, match="different communities"):
        compare([replace(r, codes=r.codes[::-1]) if r.policy == "per-head" else r for r in runs],
                against="equal-split")  # fmt: skip
    with pytest.raises(UnpairedError, match="no runs"):
        compare(runs, against="nobody")
    with pytest.raises(UnpairedError, match="two runs"):
        compare([*runs, runs[0]], against="equal-split")


def test_pairing_is_seen_in_the_correlation(runs: list[Outcome]) -> None:
    """Shared luck shows as a correlation near one, and equal needs are confirmed."""
    comparison = compare(runs, against="equal-split")
    correlation = comparison.contrasts["per-head"]["needs_met_share"].correlation
    assert correlation is not None
    assert correlation > 0.8
    assert comparison.same_needs


def test_wilson_share_on_a_known_case() -> None:
    """Nine of ten has the Wilson interval 0.596 to 0.982 (Wilson 1927)."""
    share = share_of([True] * 9 + [False], 0.95)
    assert (round(share.low, 3), round(share.high, 3)) == (0.596, 0.982)
