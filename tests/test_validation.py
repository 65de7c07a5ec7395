from __future__ import annotations

import math
from dataclasses import fields, replace
from functools import lru_cache
from html import unescape

import numpy as np
import pytest

from jiceng.validation import PATTERNS, equifinality, levers, readings, report
from jiceng.validation.__main__ import timings
from jiceng.validation.calibrated import CALIBRATED
from jiceng.validation.pattern import Pattern, Reading, reported
from jiceng.validation.routing import months_above
from jiceng.validation.worlds import POST_DOSES, World, with_baseline, with_posts
from results.estimates import Estimate
from results.validation import Finding, PatternReport, Standing, Target, standing
from results.validation_page import validation_html
from results.validation_text import validation_markdown
from results.validation_words import result_words, value_words
from scenarios.building.builder import small_district
from scenarios.district import ServiceFund
from scenarios.parameters import Rates
from scenarios.text import Text

BAND = Target(id="t", name=Text("甲", "A"), unit=Text("%", "%"), low=80.0, high=98.0)


def estimate(low: float, high: float) -> Estimate:
    return Estimate((low + high) / 2, low, high, 1.0, 6)


@lru_cache(maxsize=2)
def tiny(seed: int) -> World:
    place = small_district(6, seed=seed, residents=900)
    return World(place.with_changes(service_fund=ServiceFund(entitlement_fen=(5_000_000,) * 6)), seed)


@pytest.fixture(scope="module")
def two_worlds():
    return [readings(tiny(1))] * 2


@pytest.fixture(scope="module")
def found(two_worlds):
    return report(two_worlds, tiny(1), (1, 2))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (80.0, 98.0, Standing.HELD),
        (85.0, 85.0, Standing.HELD),
        (79.9, 90.0, Standing.UNDECIDED),
        (90.0, 98.1, Standing.UNDECIDED),
        (70.0, 79.9, Standing.MISSED),
        (98.1, 99.0, Standing.MISSED),
        (-math.inf, math.inf, Standing.UNDECIDED),
    ],
)
def test_a_value_is_in_its_band_only_with_its_whole_interval(low: float, high: float, expected: Standing):
    """Held, missed or undecided by where both ends of the interval lie; edges belong to the band."""
    value = Estimate(90.0, low, high, 1.0, 6) if math.isinf(low) else estimate(low, high)
    assert standing(BAND, value) is expected


def test_a_target_without_a_band_is_reported_and_a_missing_value_is_missed():
    """No band, no judgement; a value that does not exist reproduces nothing."""
    question = Target(id="q", name=BAND.name, unit=BAND.unit)
    assert standing(question, estimate(1, 2)) is Standing.REPORTED
    assert standing(BAND, Estimate(math.nan, math.nan, math.nan, 0.0, 0)) is Standing.MISSED


def test_a_one_sided_band_has_one_edge():
    """At least and at most are open on the other side."""
    at_most = Target(id="m", name=BAND.name, unit=BAND.unit, high=0.0)
    assert [standing(at_most, estimate(*ends)) for ends in ((-9, -1), (-1, 1), (1, 2))] == [
        Standing.HELD, Standing.UNDECIDED, Standing.MISSED]  # fmt: skip


def test_a_pattern_stands_as_its_worst_target():
    """One missed target and the pattern is missed, whatever the others."""

    def pattern(*ends: tuple[float, float]) -> Standing:
        findings = tuple(Finding(BAND, estimate(*pair)) for pair in ends)
        text = Text("", "")
        return PatternReport(
            id="p", name=text, claim=text, source=text, done=text, meaning=text, findings=findings
        ).standing

    assert pattern((85, 90), (85, 90)) is Standing.HELD
    assert pattern((85, 90), (75, 90)) is Standing.UNDECIDED
    assert pattern((75, 90), (1, 2), (85, 90)) is Standing.MISSED
    assert pattern() is Standing.REPORTED


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.id)
def test_every_experiment_reads_off_each_of_its_targets(pattern, two_worlds):
    """An experiment gives a finite value for every target, and every line that its plots draw."""
    reading = two_worlds[0][pattern.id]
    assert set(reading.values) >= {target.id for target in pattern.targets}
    assert all(math.isfinite(value) for value in reading.values.values())
    for line in (line for plot in pattern.plots for line in plot.lines):
        points = reading.lines[line.key]
        assert len(points) == len(line.x or reading.lines[line.x_key])
        assert all(math.isfinite(point) for point in points)


def test_readings_of_several_worlds_become_a_student_interval():
    """1, 2 and 3 have mean 2 and half width 4.303 x 1 / sqrt(3); the meaning follows how the pattern stands."""
    text = Text("", "")
    pattern = Pattern(id="p", name=text, claim=text, source=text, done=text, held=Text("成", "held"), missed=Text("败", "missed"),
                      targets=(Target(id="t", name=text, unit=text, low=-1.0),), experiment=lambda _: Reading({"t": 0.0}))  # fmt: skip
    seen = reported(pattern, [Reading({"t": value}) for value in (1.0, 2.0, 3.0)], 0.95)
    value = seen.findings[0].value
    assert (value.mean, value.n) == (2.0, 3)
    assert value.half_width == pytest.approx(4.303 / 3**0.5, rel=1e-3)
    assert seen.standing is Standing.HELD
    assert seen.meaning.en == "held"
    assert reported(pattern, [Reading({"t": -5.0})] * 3, 0.95).meaning.en == "missed"


def test_patterns_are_told_apart_and_say_everything_twice():
    """Ids are unique; every text is there in Chinese and in English."""
    ids = [pattern.id for pattern in PATTERNS]
    assert len(set(ids)) == len(ids) == 19
    for pattern in PATTERNS:
        assert len({target.id for target in pattern.targets}) == len(pattern.targets)
        texts = [
            pattern.name,
            pattern.claim,
            pattern.source,
            pattern.done,
            pattern.held,
            *(t.name for t in pattern.targets),
        ]
        if any(target.judged for target in pattern.targets):
            texts.append(pattern.missed)
        assert all(text.zh and text.en for text in texts)


def test_a_dose_of_one_is_today():
    """Levers at today's dose leave the district as it is."""
    place = tiny(1).district
    assert (with_posts(place, 1.0).communities.posts == place.communities.posts).all()
    assert 1.0 in POST_DOSES
    assert all(lever.now in lever.doses for lever in levers.LEVERS)


def test_the_page_holds_every_entry_in_both_languages_and_no_broken_number(found):
    """Every pattern and target stands on the page in Chinese and English; nothing is nan or None."""
    html = validation_html(found)
    text = unescape(html[: html.index('<script type="application/json"')])
    for pattern in found.patterns:
        assert f'id="{pattern.id}"' in text
        for finding in pattern.findings:
            assert finding.target.name.zh in text
            assert finding.target.name.en in text
            assert value_words(finding)[0].zh in text
    assert "http" not in text.replace("http-equiv", "")
    assert not {"nan", "NaN", "None", "inf", "Infinity"} & set(text.replace(">", " ").replace("<", " ").split())
    assert "NaN" not in html[html.index('<script type="application/json"') : html.index("</script>")]


def test_the_document_has_the_figures_of_the_page(found):
    """Markdown and page show the same model values, bands and results."""
    written = validation_markdown(found)
    for pattern in found.patterns:
        assert f"## {pattern.name.en}" in written
        for finding in pattern.findings:
            value, ends = value_words(finding)
            assert f"| {value.en} | {ends.en} |" in written


def test_calibrated_parameters_are_named_and_their_targets_marked(found):
    """Every calibrated parameter exists; the page says which targets were calibrated, and how many."""
    assert set(CALIBRATED) <= {item.name for item in fields(Rates)}
    assert found.preset == sum(t.judged and t.calibrated for pattern in PATTERNS for t in pattern.targets) > 0
    assert "calibrated beforehand" in validation_markdown(found)
    word = result_words(Finding(replace(BAND, calibrated=True), estimate(85, 90)))
    assert word.en == "in the band (calibrated)"


def test_a_trade_moves_the_parameters_it_names_and_nothing_else():
    """Parameter sets that trade off differ from the defaults in rates and reporting habit only."""
    place = tiny(1).district
    for trade in equifinality.TRADES:
        other = trade.other(place)
        assert other.rates != place.rates
        assert (
            other.communities.replaced(reporting_habit=place.communities.reporting_habit)
            .to_frame()
            .equals(place.communities.to_frame())
        )
        assert other.with_changes(rates=place.rates, communities=place.communities) == place


def test_months_above_are_stock_over_flow():
    """Little's law by hand: 3 months' stocks of 4, 2 and 0 over 3 routed matters are 2 months each; none routed is 0."""

    class Counts:
        def flow(self, name: str):
            return np.array({"routed": [[2], [1], [0]], "routing": [[4], [2], [0]]}[name])

    assert months_above(Counts()) == 2.0
    assert months_above(Counts(), 2, 3) == 0.0


def test_arms_that_change_nothing_are_the_baseline(two_worlds):
    """A known run stands in for an arm as things stand: same numbers as running it again."""
    place = tiny(1)
    (again,) = place.outcomes([place.district])
    assert (again.monthly == with_baseline(place, [None])[0].monthly).all()


def test_the_command_says_what_each_pattern_took(found):
    """A line for every pattern and one for the whole."""
    lines = timings(found, 12.0).splitlines()
    assert len(lines) == len(PATTERNS) + 1
    assert lines[-1].split() == ["12.0", "s", "2", "versions"]
