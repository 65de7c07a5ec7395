"""The location models by name: what each reads, which options it needs, and how it is solved."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from optimize.location.capacitated_location import locate_with_capacity
from optimize.location.distance_table import read_demand, read_distances
from optimize.location.generalised_assignment import assign
from optimize.location.instances import Instance, Places, within
from optimize.location.located import Located
from optimize.location.maximal_covering import cover_most
from optimize.location.or_library import (
    layout,
    read_graph,
    read_jobs,
    read_points,
    read_set_cover,
    read_warehouses,
    read_weights,
)
from optimize.location.p_center import locate_centers
from optimize.location.p_median import locate_medians
from optimize.location.set_covering import cover_all
from optimize.plan import Limits
from scenarios.problems import Problem, ScenarioError
from scenarios.text import Text

Read = TypeVar("Read")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A file, and the options given with it."""

    path: Path
    facilities: int | None = None
    radius: float | None = None
    demand: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Model:
    """A model by name. ``uses``: the options that mean something to it; ``objective``: what its number is."""

    name: str
    says: Text
    objective: Text
    uses: frozenset[str]
    solve: Callable[[Asked, Limits], Solved]


@dataclass(frozen=True, kw_only=True)
class Solved:
    """What was read, and what was decided about it."""

    instance: Instance
    located: Located


def solve(name: str, asked: Asked, limits: Limits) -> Solved:
    """The model of that name on a file; ``KeyError`` for a name that is none, ScenarioError for a refused file. The seconds are those of
    reading and solving together.
    """
    model, began = MODELS[name], time.perf_counter()
    solved = model.solve(asked, limits)
    solved = replace(solved, located=replace(solved.located, seconds=time.perf_counter() - began))
    given = {option: value for option, value in vars(asked).items() if option != "path" and value is not None}
    unused = [f"--{option}" for option in given if option not in model.uses]
    if not unused:
        return solved
    listed = ", ".join(unused)
    notice = Text(f"{name} 不用选项 {listed}", f"{name} does not use {listed}")
    return replace(solved, instance=replace(solved.instance, notices=(*solved.instance.notices, notice)))


def read_places(asked: Asked) -> Places:
    """Customers, sites and distances, whichever layout the file has, with the weights of a demand file."""
    kind = layout(asked.path)
    if kind == "table":
        places = read_distances(asked.path)
        return places if asked.demand is None else read_demand(asked.demand, places)
    places = read_points(asked.path) if kind == "points" else read_graph(asked.path)
    return places if asked.demand is None else replace(places, demand=read_weights(asked.demand, places))


def _lscp(asked: Asked, limits: Limits) -> Solved:
    if layout(asked.path) == "numbers":
        instance = read_set_cover(asked.path)
        if asked.radius is not None:
            notice = Text(
                "文件已写明各候选点覆盖谁，--radius 未用", "the file says who is covered by whom; --radius is not used"
            )
            instance = replace(instance, notices=(*instance.notices, notice))
    else:
        radius, places = _needed(asked.radius, "radius", asked), read_places(asked)
        instance = within(places, radius)
    return Solved(instance=instance, located=cover_all(instance, limits))


def _mclp(asked: Asked, limits: Limits) -> Solved:
    places = _with_options(asked, radius=True)
    located = cover_most(places, places.facilities, _needed(asked.radius, "radius", asked), limits)
    return Solved(instance=places, located=located)


def _p_median(asked: Asked, limits: Limits) -> Solved:
    places = _with_options(asked)
    return Solved(instance=places, located=locate_medians(places, places.facilities, limits))


def _p_center(asked: Asked, limits: Limits) -> Solved:
    places = _with_options(asked)
    return Solved(instance=places, located=locate_centers(places, places.facilities, limits))


def _capacitated(asked: Asked, limits: Limits) -> Solved:
    warehouses = read_warehouses(asked.path)
    return Solved(instance=warehouses, located=locate_with_capacity(warehouses, limits))


def _assignment(asked: Asked, limits: Limits) -> Solved:
    jobs = read_jobs(asked.path)
    return Solved(instance=jobs, located=assign(jobs, limits))


def _with_options(asked: Asked, *, radius: bool = False) -> Places:
    """The places with the number of facilities asked for; everything that is missing is told at once."""
    places = read_places(asked)
    count, most = asked.facilities or places.facilities, len(places.sites)
    problems = []
    if radius and asked.radius is None:
        problems.append(_missing("radius", asked))
    if not count:
        problems.append(_missing("facilities", asked))
    elif count > most:
        problems.append(Problem(str(asked.path), None, "--facilities", str(count), Text(f"1至{most}的整数（候选点共{most}个）", f"a whole number from 1 to {most}, the number of sites"),
                                Text(f"至多写 {most}", f"at most {most}")))  # fmt: skip
    if problems:
        raise ScenarioError(problems)
    return replace(places, facilities=count)


EXAMPLES = {
    "radius": (Text("覆盖半径，与文件中的距离同一单位", "how far a facility reaches, in the unit of the file's distances"), "--radius 5000"),
    "facilities": (Text("设施个数", "how many facilities to open"), "--facilities 4"),
}  # fmt: skip


def _missing(option: str, asked: Asked) -> Problem:
    expected, example = EXAMPLES[option]
    return Problem(
        str(asked.path),
        None,
        f"--{option}",
        "",
        expected,
        Text(f"加上选项，例如 {example}", f"add the option, such as {example}"),
    )


def _needed(value: Read | None, option: str, asked: Asked) -> Read:
    if value is None:
        raise ScenarioError([_missing(option, asked)])
    return value


COST = Text("总成本", "total cost")
LISTED = (
    Model(name="lscp", says=Text("集合覆盖选址", "location set covering"), objective=COST,
          uses=frozenset({"radius"}), solve=_lscp),
    Model(name="mclp", says=Text("最大覆盖选址", "maximal covering"), objective=Text("覆盖的需求", "demand covered"),
          uses=frozenset({"radius", "facilities", "demand"}), solve=_mclp),
    Model(name="p-median", says=Text("p-中位选址", "p-median"),
          objective=Text("需求乘距离之和", "sum of demand x distance"),
          uses=frozenset({"facilities", "demand"}), solve=_p_median),
    Model(name="p-center", says=Text("p-中心选址", "p-center"), objective=Text("最远距离", "longest distance"),
          uses=frozenset({"facilities"}), solve=_p_center),
    Model(name="capacitated-facility-location", says=Text("有容量限制的设施选址", "capacitated facility location"),
          objective=COST, uses=frozenset(), solve=_capacitated),
    Model(name="generalised-assignment", says=Text("广义指派", "generalised assignment"), objective=COST,
          uses=frozenset(), solve=_assignment),
)  # fmt: skip
MODELS = {model.name: model for model in LISTED}
