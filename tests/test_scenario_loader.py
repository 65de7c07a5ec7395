"""A scenario is what its file and its parents say, and every mistake in them is reported at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from scenarios.loader import dump_yaml, load_scenario
from scenarios.mechanisms import CATALOGUE
from scenarios.parameters import PARAMETERS
from scenarios.problems import Problem, ScenarioError, render, same
from scenarios.scenario_files import shipped_scenarios
from scenarios.schema import Scenario
from scenarios.show import diff, json_schema
from scenarios.text import Text

HEAD = "schema: 1\nname: {zh: 甲, en: A}\ndistrict: huancui\n"
CHILD = "schema: 1\nname: B\nextends: base\n"
METRICS = {"needs_met_share": "share", "service_fund_granted": "万元/year", "wait_mean": "months"}
Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def problems(path: Path | str, **options: object) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path, **options)  # type: ignore[arg-type]
    return caught.value.problems


def said(path: Path | str, **options: object) -> str:
    return render(problems(path, **options), "en")


# --- laws -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", shipped_scenarios())
def test_resolved_yaml_reads_back_as_the_same_scenario(name: str, write: Write):
    """Writing out everything in force and reading it changes nothing."""
    scenario = load_scenario(name)
    again = load_scenario(write("again.yaml", dump_yaml(scenario.resolved())))
    assert again.resolved() == scenario.resolved()
    assert diff(scenario, again) == []


def test_five_mistakes_are_reported_at_once(write: Write):
    """Each mistake has its own line, field, expectation and remedy, in both languages."""
    path = write("five.yaml", HEAD + (
        "plan: {yeers: 3}\n"
        "simulation:\n"
        "  replications: 0\n"
        "mechanisms:\n"
        "  first_secretary: {posts: 40}\n"
        "  service_fund: {amount: 20}\n"
        "parameters: {revenue_scale: 9}\n"
    ))  # fmt: skip
    found = {(problem.line, problem.field): problem for problem in problems(path)}
    assert list(found) == [
        (4, "plan.yeers"), (6, "simulation.replications"), (8, "mechanisms.first_secretary"),
        (9, "mechanisms.service_fund.amount"), (10, "parameters.revenue_scale"),
    ]  # fmt: skip
    assert [problem.mend.en for problem in found.values()] == [
        "did you mean 'years'?", "at least 1", "did you mean 'first_secretaries'?",
        "write it like 20 万元/community/year", "choose a value in the range; nominal is 1",
    ]  # fmt: skip
    assert render(found.values(), "zh").splitlines() == [
        f"{path}:4: plan.yeers: 读到未知的键 'yeers'；应为以下之一：method, years, first_year, time_limit_s, gap, reserve, carry_over, add_windows, windows_each, add_wardens, "
        "divide_rooms, pair_units, care_fund, move_contact；"
        "修改办法：是不是想写 'years'？",
        f"{path}:6: simulation.replications: 读到“0”；应为1 到 1000 的整数；修改办法：至少 1",
        f"{path}:8: mechanisms.first_secretary: 读到未知机制 'first_secretary'；应为以下之一："
        f"{', '.join(list(CATALOGUE)[:20])}, …；修改办法：是不是想写 'first_secretaries'？",
        f"{path}:9: mechanisms.service_fund.amount: 读到“20”；应为0 元/community/year 到 100 万元/community/year 的数量；"
        "修改办法：例如写 20 万元/community/year",
        f"{path}:10: parameters.revenue_scale: 读到“9”；应为0.8 到 1.2 的数（ratio）；修改办法：改到范围以内，标称值为 1",
    ]  # fmt: skip


def test_mistakes_of_parent_and_child_are_reported_together(write: Write):
    """Each message names the file that holds the mistake."""
    base = write("base.yaml", HEAD + "plan: {years: 0}\n")
    child = write("child.yaml", CHILD + "simulation: {months: x}\n")
    assert [(item.file, item.line) for item in problems(child)] == [(str(child), 4), (str(base), 4)]


# --- extends --------------------------------------------------------------------------------------------------------
@pytest.fixture
def family(write: Write) -> Scenario:
    write("base.yaml", HEAD + (
        "mechanisms:\n"
        "  service_fund: {amount: 20 万元/社区/年, granter: city}\n"
        "  first_secretaries: {posts: 40}\n"
        "  work_fund_floor: {}\n"
        "plan: {years: 2, gap: 0.01}\n"
        "source: 文件\n"
        "expect: [{metric: wait_mean, at_most: 3}]\n"
    ))  # fmt: skip
    return load_scenario(write("child.yaml", CHILD + (
        "mechanisms:\n"
        "  service_fund: {amount: 10 万元/社区/年}\n"
        "  first_secretaries: off\n"
        "  work_fund_floor:\n"
        "plan: {years: 3}\n"
    )))  # fmt: skip


def test_the_child_wins_key_by_key(family: Scenario):
    """Mappings merge; off and null take a mechanism away; name, source and expectations are the child's own."""
    assert family.id == "child"
    assert family.name == Text("B", "B")
    assert list(family.mechanisms) == ["service_fund"]
    assert family.mechanisms["service_fund"] == {"amount": 100_000.0, "granter": "city", "scale": "community"}
    assert (family.plan.years, family.plan.gap) == (3, 0.01)
    assert (family.source, family.expect) == (Text("", ""), ())
    assert family.district == "huancui"


def test_every_value_knows_the_file_that_set_it(family: Scenario, tmp_path: Path):
    """Origins lead to the line of the child or of the parent."""
    origins = {key: Path(place).relative_to(tmp_path).as_posix() for key, place in family.origins.items()}
    assert origins["plan.years"] == "child.yaml:8"
    assert origins["plan.gap"] == "base.yaml:8"
    assert origins["mechanisms.service_fund.granter"] == "base.yaml:5"
    assert origins["district"] == "base.yaml:3"
    assert "expect" not in origins


def test_differences_come_with_both_origins(family: Scenario, tmp_path: Path):
    """Only what is in force is compared; a default says so, and what is absent has no origin."""
    found = {item.key: item for item in diff(load_scenario(tmp_path / "base.yaml"), family)}
    assert (found["plan.years"].value_a, found["plan.years"].value_b) == (2, 3)
    assert found["plan.years"].origin_b.endswith("child.yaml:8")
    posts = found["mechanisms.first_secretaries.posts"]
    assert (posts.value_a, posts.value_b, posts.origin_b) == (40, None, "")
    assert found["mechanisms.first_secretaries.term"].origin_a == "default"
    assert not {"name.zh", "source", "expect"} & found.keys()


def test_a_shipped_scenario_is_a_parent_unless_one_lies_beside(write: Write):
    """The file in the same folder comes first."""
    child = write("child.yaml", "schema: 1\nname: B\nextends: equal-split\n")
    assert load_scenario(child).mechanisms == load_scenario("equal-split").mechanisms
    write("equal-split.yaml", HEAD)
    assert load_scenario(child).mechanisms == {}


@pytest.mark.parametrize(
    ("written", "source"),
    [("文件", Text("文件", "文件")), ("{zh: 文件, en: a document}", Text("文件", "a document"))],
)
def test_a_source_is_one_text_or_two(written: str, source: Text, write: Write):
    """What a policy rests on is told in each reader's language, and reads back from the resolved scenario."""
    scenario = load_scenario(write("a.yaml", HEAD + f"source: {written}\n"))
    assert scenario.source == source
    assert load_scenario(write("again.yaml", dump_yaml(scenario.resolved()))).source == source


@pytest.mark.parametrize("name", shipped_scenarios())
def test_shipped_scenarios_name_their_source_in_both_languages(name: str):
    """A page in Chinese shows Chinese."""
    source = load_scenario(name).source
    assert "调研报告" in source.zh
    assert "study report" in source.en


def test_cycles_end_in_a_message(write: Write):
    """A chain of parents that comes back to itself is shown."""
    write("base.yaml", "schema: 1\nname: A\nextends: child\ndistrict: huancui\n")
    assert "cycle child.yaml -> base.yaml -> child.yaml" in said(write("child.yaml", CHILD))


def test_long_chains_are_refused(write: Write):
    """Nobody follows twelve parents."""
    for number in range(14):
        write(f"s{number}.yaml", f"schema: 1\nname: A\ndistrict: huancui\nextends: s{number + 1}\n")
    assert "at most 10 parents" in said(write("s14.yaml", HEAD).with_name("s0.yaml"))


def test_a_link_out_of_the_folder_is_no_parent(write: Write, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory):
    """Neither a parent nor a district may lie outside, not even through a link."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "base.yaml").symlink_to(outside / "secret.yaml")
    assert "not found" in said(write("child.yaml", CHILD))
    (tmp_path / "town").symlink_to(outside)
    assert "outside the scenario folder" in said(write("a.yaml", HEAD.replace("huancui", "town")))


def test_a_district_lies_in_the_project_above_scenarios(tmp_path: Path):
    """The project folder is the one above ``scenarios``."""
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "data" / "town").mkdir(parents=True)
    path = tmp_path / "scenarios" / "a.yaml"
    path.write_text(HEAD.replace("huancui", "data/town"), encoding="utf-8")
    assert load_scenario(path).folder == tmp_path


# --- single messages ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("goals: [floors, fairness]", "a.yaml:4: goals[1]: found 'fairness'; expected one of floors, worst_tenth"),
        ("goals: [floors, floors]", "goals: found a list; expected each goal at most once"),
        ("goals: []", "goals: found a list"),
        (
            "goals: floors",
            "goals: found 'floors'; expected a list of one item at least; to mend: write a list in square brackets",
        ),
        ("plan: {method: optimum}", "did you mean 'optimal'?"),
        ("plan: 3", "plan: found '3'; expected a mapping"),
        ("plan: {gap: 0.9}", "expected a number, 0 to 0.5"),
        ("simulation: {seed: １２}", "full-width digits; write 12"),
        ("mechanisms: [a]", "expected a mapping of mechanisms"),
        ("mechanisms: {first_secretaries: 40}", "write first_secretaries: {} for the default settings"),
        ("mechanisms: {first_secretaries: }", "mechanisms.first_secretaries: found nothing"),
        ("mechanisms: {first_secretary: off}", "did you mean 'first_secretaries'?"),
        ("mechanisms: {first_secretaries: {post: 4}}", "unknown setting 'post'"),
        ("mechanisms: {first_secretaries: {posts: 4.5}}", "expected a whole number from"),
        ("mechanisms: {first_secretaries: {posts: 40 元}}", "drop the unit"),
        ("mechanisms: {first_secretaries: {posts: true}}", "found true/false (true)"),
        ("mechanisms: {first_secretaries: {posts: -1}}", "at least 0"),
        ("mechanisms: {first_secretaries: {term: 24 元}}", "write it like 24 月"),
        ("mechanisms: {service_fund: {amount: 20 m2}}", "write it like 20 万元/community/year"),
        ("mechanisms: {service_fund: {granter: citty}}", "did you mean 'city'?"),
        ("mechanisms: {matched_funding: {}, needs_based_grants: {}}", "both set service_fund"),
        ("parameters: {revenue_scal: 1}", "unknown parameter 'revenue_scal'"),
        ("parameters: {revenue_scale: '1'}", "expected a number from 0.8 to 1.2"),
        ("parameters: 3", "expected a mapping of parameters"),
        ("expect: [{metric: wait_meen, at_most: 3}]", "did you mean 'wait_mean'?"),
        ("expect: [{metric: wait_mean}]", "expect[0]: found a mapping; expected exactly one of equals"),
        ("expect: [{metric: wait_mean, equals: 1, at_most: 3}]", "expected exactly one of equals"),
        ("expect: [{metric: wait_mean, versus: base}]", "versus and direction together"),
        ("expect: [{metric: wait_mean, versus: basis, direction: lower}]", "expect[0].versus: found 'basis'"),
        (
            "expect: [{metric: wait_mean, at_most: 3 元}]",
            "expect[0].at_most: found '3 元'; expected an amount in months",
        ),
        ("expect: [{metric: wait_mean, at_most: 三}]", "expect[0].at_most: found '三'"),
        ("expect: [{metric: wait_mean, equals: 3, abs_tol: -1}]", "must be >= 0"),
        ("expect: [{metric: wait_mean, equals: true}]", "found true/false"),
        ("expect: [{metric: service_fund_granted, equals: 4360 万元}]", "write it like 20 万元/year"),
        ("name2: x", "unknown key 'name2'; expected one of schema, name"),
        ("extends: equal-splt", "did you mean 'equal-split'?"),
        ("extends: [a]", "extends: found a list; expected text"),
        ("extends: “equal-split”", "to mend: write equal-split"),
        ("goals: []", "write one at least, or drop the key"),
        ("plan: {first_year: 2027年}", "write plain digits, such as 2027"),
        ("mechanisms: {matched_funding: {ratio: '1:1'}}", "write a ratio as one number, such as 1 for 1:1"),
        ("expect: [{metric: wait_mean, at_most: 3, abs_tol: 1}]", "abs_tol only beside equals"),
        ("expect: [{metric: wait_mean, at_most: 3, confidence: 0.9}]", "confidence only beside versus"),
        ("expect: [{metric: wait_mean, at_least: 3, at_most: 1}]", "expected an amount of at least at_least"),
        ("expect: [{metric: wait_mean, versus: a, direction: lower}]", "expected another scenario"),
        ("simulation：{}", "line 4: write ': ' (with a space) instead of the full-width '：'"),
        ("source: 3", "source: found '3'"),
    ],
)
def test_one_slip_gives_one_message(text: str, says: str, write: Write):
    """The message names the slip, and no other message follows from it."""
    path = write("a.yaml", HEAD + text + "\n")
    assert says in said(path, metric_names=METRICS)
    assert len(problems(path, metric_names=METRICS)) == 1


def test_one_wrong_expectation_hides_no_other(write: Write):
    """Metrics, units and rivals are checked in each expectation, whatever else is wrong in the file."""
    lines = ["{metric: wait_meen, at_most: 3}", "{metric: wait_mean, at_most: 3 元}", "{metric: wait_mean}",
             "{metric: wait_mean, versus: basis, direction: lower}"]  # fmt: skip
    path = write("a.yaml", HEAD + "plan: {years: 三}\nexpect:\n" + "".join(f"  - {line}\n" for line in lines))
    assert [problem.line for problem in problems(path, metric_names=METRICS)] == [4, 6, 7, 8, 9]


def test_a_parent_that_is_not_found_may_have_the_district(write: Write):
    """Only the wrong parent is reported, not what it would have brought."""
    path = write("a.yaml", "schema: 1\nname: A\nextends: equal_splitt\n")
    assert [problem.field for problem in problems(path)] == ["extends"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("{zh: 甲}", "name.en: found nothing: the key is missing"),
        ("{zh: 甲, en: A, fr: B}", "unknown key 'fr'"),
        ("3", "name: found '3'"),
        ("[甲, A]", "name: found a list"),
        ("''", "a name of one line"),
        ('"a\\nb"', "a name of one line"),
    ],
)
def test_a_name_is_one_line_in_two_languages(name: str, says: str, write: Write):
    """Names go into tables and charts."""
    assert says in said(write("a.yaml", f"schema: 1\nname: {name}\ndistrict: huancui\n"))


def test_a_wrong_name_of_a_shipped_scenario_is_mended():
    """A bare name is looked up in the library."""
    assert "did you mean 'equal-split'?" in said("equal-splitt")


def test_a_flood_is_cut_short():
    """No report is endless."""
    flood = [Problem("a.yaml", line, "x", "", same("y"), same("z")) for line in range(1, 201)]
    assert len(render(flood, "en").splitlines()) == 51
    assert render(flood, "en").endswith("(and 150 more problems)")
    assert render(flood, "zh").endswith("（另有 150 处问题未列出）")


def test_amounts_of_expectations_are_in_the_units_of_their_metric(write: Write):
    """Per plan year an amount needs no ``/year``; percentage points are shares."""
    scenario = load_scenario(write("a.yaml", HEAD + (
        "expect:\n"
        "  - {metric: service_fund_granted, per: plan year, equals: 4360 万元, abs_tol: 1 元}\n"
        "  - {metric: needs_met_share, versus: equal-split, direction: higher, margin: 0.5 百分点}\n"
    )), metric_names=METRICS)  # fmt: skip
    money, share = scenario.expect
    assert money.in_unit(money.equals, "万元/year") == 4360
    assert money.in_unit(money.abs_tol, "万元/year") == 0.0001
    assert share.in_unit(share.margin, "share") == 0.005
    assert share.in_unit(share.equals, "share") == 0.0


# --- JSON Schema ----------------------------------------------------------------------------------------------------
def test_the_json_schema_knows_every_mechanism_setting_and_parameter():
    """Editors complete from the same tables that the loader checks by."""
    schema = json.loads(json.dumps(json_schema()))
    mechanisms = schema["properties"]["mechanisms"]["properties"]
    assert mechanisms.keys() == CATALOGUE.keys()
    for name, entry in CATALOGUE.items():
        assert mechanisms[name]["anyOf"][0]["properties"].keys() == entry.defaults.keys()
    assert schema["properties"]["parameters"]["properties"].keys() == PARAMETERS.keys()
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_mechanism_can_be_switched_on_by_its_defaults(name: str, write: Write):
    """``name: {}`` means the dose the source names, and what is written out is accepted."""
    scenario = load_scenario(write("a.yaml", HEAD + f"mechanisms: {{{name}: {{}}}}\n"))
    assert scenario.mechanisms == {name: CATALOGUE[name].defaults}
    again = load_scenario(write("b.yaml", dump_yaml(scenario.resolved())))
    assert again.mechanisms == scenario.mechanisms
