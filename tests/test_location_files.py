"""Files of published instances: every layout is read as its authors mean it, and mistakes are told with their lines."""

import numpy as np
import pytest

from optimize.location import Asked, solve
from optimize.location.distance_table import read_demand, read_distances
from optimize.location.models import read_places
from optimize.location.or_library import read_graph, read_jobs, read_points, read_set_cover, read_warehouses
from optimize.plan import Limits
from scenarios.problems import ScenarioError

EXACT = Limits(time_limit_s=20, gap=0.0)
TABLE = "distance,name,DestinationName,demand\n1.5,A,x,3\n2,A,y,4\n0.5,B,x,3\n7,B,y,4\n"


@pytest.fixture
def written(tmp_path):
    """Writes a file and gives its path."""

    def write(text, name="instance.txt"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return write


def refused(read, *files):
    with pytest.raises(ScenarioError) as error:
        read(*files)
    return error.value.problems


def test_a_graph_is_read_as_shortest_ways(written):
    """Undirected edges, the last of a repeated one counts, and ways go over other nodes."""
    given = read_graph(written(" 4 5 2\r\n 1 2 10\r\n 2 3 4\r\n 2 1 3\r\n 1 3 100\r\n 3 4 0\r\n"))
    assert given.distance.tolist() == [[0, 3, 7, 7], [3, 0, 4, 4], [7, 4, 0, 0], [7, 4, 0, 0]]
    assert (given.facilities, given.demand.tolist()) == (2, [1, 1, 1, 1])


def test_a_graph_in_parts_has_ways_without_end(written):
    """Nodes that no edge joins are out of reach of each other."""
    assert np.isinf(read_graph(written("3 1 1\n1 2 5\n")).distance[0, 2])


def test_warehouses_write_numbers_in_their_own_way(written):
    """`7500.` and `0.` are numbers; a customer's costs may run over several lines."""
    given = read_warehouses(written("2 1\n 5000 7500.\n 4000 0.\n 146\n 6739.72500\n 10355.05000\n"))
    assert (given.capacity.tolist(), given.fixed_cost.tolist()) == ([5000, 4000], [7500, 0])
    assert (given.demand.tolist(), given.cost.tolist()) == ([146], [[6739.725, 10355.05]])


def test_jobs_and_set_covers(written):
    """Costs come before loads and capacities; columns of a row are counted from 1."""
    jobs = read_jobs(written("2 3\n1 2 3 4 5 6\n7 8 9 10 11 12\n20 21\n"))
    assert (jobs.cost[1].tolist(), jobs.load[0].tolist(), jobs.capacity.tolist()) == ([4, 5, 6], [7, 8, 9], [20, 21])
    cover = read_set_cover(written("2 3\n5 6 7\n2\n1 3\n1\n2\n"))
    assert [row.tolist() for row in cover.covered_by] == [[0, 2], [1]]
    assert read_jobs(written("1\n1 1\n3\n2\n2\n")).cost.tolist() == [[3]]


def test_coordinates_are_straight_ways(written):
    """Lines x y, or x y demand after a count; the demand may stand in a file of its own."""
    plain = written("0 0\n3 4\n6 8\n")
    assert read_points(plain).distance[0].tolist() == [0, 5, 10]
    counted = read_points(written("2\n0 0 7\n3 4 8\n", "counted.txt"))
    assert (counted.demand.tolist(), counted.distance[0, 1]) == ([7, 8], 5)
    asked = Asked(path=plain, demand=written("1\n2\n3\n", "demand.txt"))
    assert read_places(asked).demand.tolist() == [1, 2, 3]


def test_a_table_of_distances(written):
    """A row per pair in any order becomes a matrix; demand is the table's own, or that of the demand table by name."""
    places = read_distances(written(TABLE, "d.csv"))
    assert (places.customers, places.sites) == (("x", "y"), ("A", "B"))
    assert (places.distance.tolist(), places.demand.tolist()) == ([[1.5, 0.5], [2, 7]], [3, 4])
    other = read_demand(
        written('"","NAME","AREA","POP2000"\n"1","y",0.5,40\n"2","x",0.6,30\n"3","z",1,1\n', "w.csv"), places
    )
    assert other.demand.tolist() == [30, 40]
    assert any("w.csv" in notice.en for notice in other.notices)


def test_a_missing_pair_is_out_of_reach_and_said(written):
    """A pair without a row is no way at all."""
    places = read_distances(written(TABLE.replace("7,B,y,4\n", ""), "d.csv"))
    assert np.isinf(places.distance[1, 1])
    assert "1 pairs" in places.notices[0].en


@pytest.mark.parametrize(("text", "expected"), [
    ("", "1: n: found the end of the file after 0 numbers; expected 1 numbers"),
    ("2 x 1\n", "1: m: found 'x'; expected a whole number from 1 to 100000"),
    ("2.5 1 1\n1 2 3\n", "1: n: found '2.5'; expected a whole number from 1 to 2000"),
    ("2 1 1\n1 2 3\n1 2 3\n", "1: found 6 numbers after them; expected 1 lines i j length, 3 numbers"),
    ("2 1 3\n1 2 3\n", "1: p: found '3'; expected at most 2"),
    ("2 1 1\n1 5 3\n", "2: edge 1: found '5'; expected a whole number from 1 to 2"),
    ("2 1 1\n1 2 -3\n", "2: length of edge 1: found '-3'; expected a number >= 0"),
    ("2 1 1\n1 2 nan\n", "2: length of edge 1: found 'nan'; expected a number >= 0"),
    ("2 1 1\n1 2 1e400\n", "2: length of edge 1: found '1e400'; expected a number >= 0"),
    ("9999999999999 1 1\n1 2 3\n", "1: n: found '9999999999999'; expected a whole number from 1 to 2000"),
])  # fmt: skip
def test_mistakes_of_a_graph(written, text, expected):
    """A graph with a mistake names line, field, what was found and what was expected, in both languages."""
    problem = refused(read_graph, written(text))[0]
    assert expected in problem.render("en")
    assert "to mend: " in problem.render("en")
    assert "修改办法：" in problem.render("zh")


def test_all_mistakes_of_a_file_are_told_at_once(written):
    """Wrong numbers on three lines are three problems; a placeholder is one of them."""
    text = "2 1\ncapacity 7500.\n5000 -1\n146\n1 full\n"
    assert [(problem.line, problem.field) for problem in refused(read_warehouses, written(text))] == [
        (2, "capacity of site 1"), (3, "fixed cost of site 2"), (5, "cost of customer 1 from site 2")]  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), [
    ("a,b\n1,2\n", [1, 1, 1]),
    ("distance,name,DestinationName\n", [1]),
    ("distance,name,DestinationName\nx,A,x\n-1,A,y\n1,A,y\n", [2, 3, 4]),
    ("distance,name,DestinationName\n1,,x\n1,B\n", [2, 3]),
    ("distance,name,DestinationName,demand\n1,A,x,3\n1,B,x,4\n", [3]),
])  # fmt: skip
def test_mistakes_of_a_table(written, text, lines):
    """Columns, numbers, repeated pairs and contradicting demands are told with their lines."""
    assert [problem.line for problem in refused(read_distances, written(text, "d.csv"))] == lines


@pytest.mark.parametrize(("text", "found"), [
    ("NAME,POP2000\nx,1\n", "no 'y'"),
    ("NAME,a,b\nx,1,2\ny,1,2\n", "no column of demand"),
    ("NAME,demand\nx,1\nx,2\ny,1\n", "'x'"),
    ("NAME,demand\nx,1\ny,many\n", "'many'"),
    ("who,demand\nx,1\n", "no such column"),
])  # fmt: skip
def test_mistakes_of_a_demand_table(written, text, found):
    """Missing names, unclear columns, repeats and wrong numbers are told."""
    places = read_distances(written(TABLE, "d.csv"))
    problems = refused(read_demand, written(text, "w.csv"), places)
    assert found in problems[0].render("en")


def test_a_file_of_another_model_is_told(written):
    """A file of another model's layout is refused, never solved by chance."""
    cover = written("2 3\n5 6 7\n2\n1 3\n1\n2\n")
    for model in ("p-median", "capacitated-facility-location", "generalised-assignment"):
        with pytest.raises(ScenarioError):
            solve(model, Asked(path=cover), EXACT)
