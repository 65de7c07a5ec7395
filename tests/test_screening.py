"""The screening of mechanisms: elementary effects of functions whose answer is known, and a tiny district."""

from __future__ import annotations

import numpy as np
import pytest
from SALib.analyze.morris import analyze

from benchmarks.screening_document import NEEDS, WORST, Screening, page
from benchmarks.screening_effects import (
    LEVELS,
    design,
    elementary_effects,
    luck,
    luck_level,
    summarised,
)
from benchmarks.screening_picture import draw
from jiceng.ranking.arms import everything
from jiceng.screening import Screen, look
from scenarios.mechanisms import CATALOGUE, conflicts

NAMES = ("a", "b", "c", "d")
SEED = 3


@pytest.fixture(scope="module")
def points():
    """Forty trajectories of four factors."""
    return design(NAMES, 40, SEED)


def test_each_trajectory_changes_every_factor_once(points):
    """A trajectory is a walk of as many steps as there are factors, one factor a step, from off to on or back."""
    walks = points.reshape(40, len(NAMES) + 1, len(NAMES))
    moves = np.abs(np.diff(walks, axis=1))
    assert set(np.unique(points)) == {0.0, 1.0}  # off or on, exactly
    assert (moves.sum(axis=1) == 1).all()
    assert (np.count_nonzero(moves, axis=2) == 1).all()


def test_a_linear_model_gives_its_coefficients(points):
    """Effects of a linear function are its coefficients, the same everywhere: no spread, and 0 for what is not in it."""
    coefficients = np.array([3.0, -2.0, 0.5, 0.0])
    found = summarised(NAMES, elementary_effects(NAMES, points, points @ coefficients + 7.0), SEED)
    assert [found[name].mean for name in NAMES] == pytest.approx(coefficients.tolist(), abs=1e-12)
    assert [found[name].size.value for name in NAMES] == pytest.approx(np.abs(coefficients).tolist(), abs=1e-12)
    assert [found[name].spread.value for name in NAMES] == pytest.approx([0.0] * 4, abs=1e-12)
    assert found["a"].size.low == pytest.approx(found["a"].size.high)


def test_what_is_not_in_the_model_is_inert_exactly(points):
    """A factor that changes nothing has mu* = 0, not nearly 0."""
    found = summarised(NAMES, elementary_effects(NAMES, points, points[:, 0] * points[:, 1]), SEED)
    assert found["d"].size.value == found["d"].spread.value == found["d"].size.high == 0.0
    assert found["d"].ratio == 0.0


def test_factors_that_interact_have_spread(points):
    """Of a product, the effect of one factor is the other: mu* is its mean, sigma its standard deviation."""
    effects = elementary_effects(NAMES, points, points[:, 0] * points[:, 1] + points[:, 2])
    found = summarised(NAMES, effects, SEED)
    assert found["a"].size.value == pytest.approx(0.5, abs=0.15)
    assert found["a"].spread.value == pytest.approx(0.5, abs=0.05)
    assert found["c"].spread.value == pytest.approx(0.0, abs=1e-12)
    assert found["a"].size.low < found["a"].size.value < found["a"].size.high
    assert set(effects[:, 0]) == {0.0, 1.0}


def test_effects_together_are_what_the_library_tells(points):
    """Mean, mu* and sigma of the single effects are those that the library finds over all trajectories."""
    values = np.sin(3.0 * points[:, 0]) + points[:, 1] * points[:, 2]
    problem = {"num_vars": 4, "names": list(NAMES), "bounds": [[0.0, 1.0]] * 4}
    theirs = analyze(problem, points, values, num_levels=LEVELS, num_resamples=2, seed=0)
    ours = summarised(NAMES, elementary_effects(NAMES, points, values), SEED)
    assert [ours[name].mean for name in NAMES] == pytest.approx(list(theirs["mu"]))
    assert [ours[name].size.value for name in NAMES] == pytest.approx(list(theirs["mu_star"]))
    assert [ours[name].spread.value for name in NAMES] == pytest.approx(list(theirs["sigma"]))


def test_the_level_of_luck_is_that_of_pure_noise():
    """Nineteen in twenty factors that do nothing but draw luck are below its level."""
    rng = np.random.default_rng(1)
    first, second = rng.normal(0.0, 0.3, (2, 8, 2000))
    deviation = luck(first, second)
    assert deviation == pytest.approx(0.3, rel=0.05)
    below = np.abs(first).mean(axis=0) < luck_level(deviation, 8)
    assert below.mean() == pytest.approx(0.95, abs=0.02)
    assert luck(np.zeros((1, 2)), np.zeros((1, 2))) == 0.0


# --- Mechanisms -------------------------------------------------------------------------------------------------------
def test_the_screened_set_is_compatible_and_leaves_out_only_other_rules_of_the_fund():
    """One set can be on together; of the rules of the service fund the grant is kept, the two that replace it are not."""
    names = everything(("service_fund",))
    assert set(CATALOGUE) - set(names) == {"matched_funding", "needs_based_grants"}
    assert conflicts(names) == []


# --- A tiny district --------------------------------------------------------------------------------------------------
TINY = ("service_fund", "area_floor", "worker_training")


@pytest.fixture(scope="module")
def tiny():
    """Six communities of Huancui for half a year, three mechanisms, one of which cannot act without another."""
    screen = Screen("equal-split", TINY, communities=6, months=6, warm_up=0)
    points = design(TINY, 3, SEED)
    return screen, points, look(screen, points)


def test_what_cannot_act_is_inert_to_the_last_digit(tiny):
    """An area floor without capital to build changes not one need: the same residents and luck, so mu* is 0 exactly."""
    _, points, seen = tiny
    found = summarised(TINY, elementary_effects(TINY, points, seen[:, 0]), SEED)
    assert found["area_floor"].size.value == 0.0
    assert found["service_fund"].mean > 1.0  # points of needs met: cash is short
    assert found["worker_training"].size.value > 0.0


def test_runs_are_the_same_whoever_does_them_and_in_whatever_order(tiny):
    """A point's value depends on what is on and on luck alone."""
    screen, points, seen = tiny
    assert look(screen, points[::-1][:4]).tolist() == seen[::-1][:4].tolist()
    assert look(screen, points[:1], replication=1).tolist() != seen[:1].tolist()


# --- The page ---------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def known():
    """A screening of a function: one mechanism matters, one hangs on it, one is as large as luck, one is in nothing."""
    names = ("service_fund", "area_floor", "worker_training", "micro_wishes")
    points = design(names, 8, SEED)
    values = (4.0 + 3.0 * points[:, 1]) * points[:, 0] + 0.001 * np.sin(9.0 * points[:, 2])
    found = summarised(names, elementary_effects(names, points, values), SEED)
    return Screening({NEEDS: found, WORST: found}, {NEEDS: 0.01, WORST: 0.01}, 8, ("matched_funding",), "a test")


def test_the_page_tells_what_matters_interacts_and_is_inert(known):
    """The reading of each mechanism is that of the function it stands in."""
    assert known.matters("service_fund")
    assert not known.interacts("service_fund")  # it hangs on the floor a little, but is large by itself
    assert known.matters("area_floor")
    assert known.interacts("area_floor")
    assert known.is_inert("worker_training")
    assert known.is_inert("micro_wishes")
    assert not known.is_inert("area_floor")
    text = page(known)
    assert "| matters, interacts |" in text
    assert "**Inert here** (2;" in text
    assert "points of needs met and the worst tenth): `micro_wishes`, `worker_training`." in text


def test_the_picture_is_the_same_for_the_same_figures(known, tmp_path):
    """Nothing of the day or the machine is in the picture, so that it changes only when figures do."""
    for name in ("one", "two"):
        draw(known, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert "service_fund" in (tmp_path / "one").read_text(encoding="utf-8")
