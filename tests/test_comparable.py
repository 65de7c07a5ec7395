"""Scenarios stand beside each other only where people, time and luck can be the same; anything else is said at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jiceng import pipeline
from jiceng.expectation_runs import QUICK
from jiceng.expectations import check_scenarios
from jiceng.pipeline import with_baseline
from jiceng.study import workers_pool
from scenarios.building.builder import small_district
from scenarios.district_files import write_district
from scenarios.funding_scale import FundScaleError
from scenarios.loader import load_scenario
from scenarios.problems import ScenarioError

HEAD = "schema: 1\nname: {zh: 甲, en: A}\ndistrict: small\nmechanisms: {service_fund: {}}\n"
SIZE = "plan: {years: 1}\nsimulation: {months: 12, warm_up: 0, futures: 2, replications: 1}\n"
Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a scenario file of a project that has a small district of its own."""
    write_district(small_district(residents=800), tmp_path / "small")

    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def refusal(action: Callable[[], object]) -> str:
    with pytest.raises(ScenarioError) as caught:
        action()
    return str(caught.value)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (HEAD.replace("small", "huancui"), "b.yaml:3: district: found 'huancui'; expected small"),
        (HEAD + "plan: {years: 1}\n", "b.yaml:5: plan.years: found '1'; expected 3"),
        (HEAD + "plan: {first_year: 2028}\n", "b.yaml:5: plan.first_year: found '2028'; expected 2027"),
    ],
)
def test_another_district_or_other_years_are_refused(other: str, says: str, write: Write):
    """What cannot share residents and months is refused before anything is planned, with file and line."""
    both = [load_scenario(write("a.yaml", HEAD)), load_scenario(write("b.yaml", other))]
    assert says in refusal(lambda: with_baseline(both, None))


def test_a_baseline_may_be_named_by_its_file(write: Write):
    """The file of one of the scenarios is that scenario, not a second one of the same name."""
    first, second = write("a.yaml", HEAD), write("b.yaml", HEAD)
    both = [load_scenario(first), load_scenario(second)]
    baseline, others = with_baseline(both, str(second))
    assert baseline is both[1]
    assert others == (both[0],)


def test_one_file_twice_is_refused(write: Write):
    """Two scenarios of one name could not be told apart in the results."""
    one = load_scenario(write("a.yaml", HEAD))
    assert "different names" in refusal(lambda: with_baseline([one, one], None))


def test_a_parent_in_another_district_is_no_baseline(write: Write):
    """A single scenario stands alone when its parent is about another place."""
    child = load_scenario(write("b.yaml", "schema: 1\nname: B\nextends: equal-split\ndistrict: small\n"))
    assert with_baseline([child], None) == (child, ())


def test_equal_is_not_higher(write: Write):
    """A difference of nothing meets no direction; ``versus: a.yaml`` means ``a``, and progress need not be asked for."""
    write("a.yaml", HEAD + SIZE)
    expect = "expect: [{metric: needs_met_share, versus: a.yaml, direction: higher}]\n"
    child = write("b.yaml", HEAD + SIZE + expect)
    with workers_pool(1) as executor:
        (result,) = check_scenarios([str(child)], executor=executor, scale=QUICK, progress=None)
    assert (result.found, result.passed) == (0.0, False)
    assert result.expected.zh == "比 a 高，至少差 0 share（置信度 95%）"


def test_a_rival_elsewhere_is_refused_before_anything_runs(write: Write):
    """An expectation against a scenario of another district names both districts."""
    expect = "expect: [{metric: needs_met_share, versus: equal-split, direction: higher}]\n"
    path = write("b.yaml", HEAD + expect)
    assert "district: found 'small'; expected huancui" in refusal(lambda: pipeline.test_scenarios([str(path)]))


def test_two_files_of_one_name_keep_their_own_plans(write: Write):
    """Each file is tested on its own plan, whatever another file of that name says."""
    one = "expect: [{metric: service_fund_granted, per: plan year, equals: %s 万元}]\n"
    half = HEAD.replace("{}", "{amount: 10 万元/社区/年}")
    paths = write("x.yaml", HEAD + SIZE + one % 80), write("scenarios/x.yaml", half + SIZE + one % 40)
    files = [str(path) for path in paths]
    assert [result.passed for result in pipeline.test_scenarios(files, workers=1)] == [True, True]


def test_an_outlay_out_of_reach_names_the_scenario(write: Write, tmp_path: Path):
    """Of several scenarios, the one that cannot be had for the baseline's money is named, in both languages."""
    base = load_scenario(write("a.yaml", HEAD + SIZE))
    dear = HEAD.replace("{service_fund: {}}", "{service_fund: {}, deputy_secretaries: {per_community: 4}}")
    others = [load_scenario(write("b.yaml", HEAD + SIZE)), load_scenario(write("dear.yaml", dear + SIZE))]
    with pytest.raises(FundScaleError) as caught:
        pipeline.run([base, *others], against="a", out=tmp_path / "run", workers=1)
    assert caught.value.says.zh.startswith("方案 dear：一分补助不发")
    assert caught.value.says.en.startswith("scenario dear: without any grant")


def test_a_folder_without_scenarios_is_not_a_passed_test(tmp_path: Path):
    """A wrong path in CI does not look like success."""
    assert "a folder without scenario files" in refusal(lambda: pipeline.test_scenarios([str(tmp_path)]))
