"""Readers of the OR-Library's layouts: p-median graphs, set covers, warehouses, assignments; and plain coordinates.

Source: J. E. Beasley, OR-Library: distributing test problems by electronic mail, Journal of the Operational Research
Society 41 (1990) 1069-1072. Each raises ScenarioError with every mistake of the file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial.distance import cdist

from optimize.location.instances import Jobs, Places, SetCover, Warehouses, numbered
from optimize.location.number_file import NumberFile
from scenarios.tables import Integers, Reals
from scenarios.text import Text

MOST_NODES = 2_000  # all distances between them are kept


def read_graph(path: Path) -> Places:
    """``n m p``, then m lines ``i j length``, undirected; of a repeated edge the last one counts. Shortest ways."""
    file = NumberFile(path)
    nodes, edges, facilities = file.size("n", MOST_NODES), file.size("m"), file.size("p")
    file.expect(3 * edges, Text(f"{edges}行 i j 长度", f"{edges} lines i j length"))
    if facilities > nodes:
        file.report.add(1, "p", str(facilities), Text(f"至多{nodes}", f"at most {nodes}"),
                        Text("设施数不能多于节点数", "no more facilities than nodes"))  # fmt: skip
    lengths: dict[tuple[int, int], float] = {}
    for edge in range(1, edges + 1):
        ends = file.reals(2, f"edge {edge}", low=1, high=nodes, whole=True)
        length = file.reals(1, f"length of edge {edge}")
        lengths[int(ends.min()) - 1, int(ends.max()) - 1] = float(length[0])
    file.finish()
    names = numbered(nodes)
    return Places(customers=names, sites=names, distance=_shortest_ways(lengths, nodes), demand=np.ones(nodes),
                  facilities=facilities)  # fmt: skip


def _shortest_ways(lengths: dict[tuple[int, int], float], nodes: int) -> Reals:
    ends = np.array(list(lengths), dtype=np.int64).reshape(-1, 2)
    graph = csr_array((np.array(list(lengths.values())), (ends[:, 0], ends[:, 1])), shape=(nodes, nodes))
    return np.asarray(dijkstra(graph, directed=False), dtype=float)


def read_set_cover(path: Path) -> SetCover:
    """``m n``, n column costs, then for each row the number of columns that cover it, and those columns."""
    file = NumberFile(path)
    rows, columns = file.size("m"), file.size("n")
    cost = file.reals(columns, lambda place: f"cost of column {place + 1}")
    covered_by: list[Integers] = []
    for row in range(1, rows + 1):
        count = int(file.reals(1, f"number of columns of row {row}", high=columns, whole=True)[0])
        listed = file.reals(count, f"columns of row {row}", low=1, high=columns, whole=True)
        covered_by.append(np.unique(listed.astype(np.int64)) - 1)
    file.finish()
    return SetCover(customers=numbered(rows), sites=numbered(columns), cost=cost, covered_by=tuple(covered_by))


def read_warehouses(path: Path) -> Warehouses:
    """``m n``, m lines ``capacity fixed-cost``, then each customer's demand and m costs of supplying all of it."""
    file = NumberFile(path)
    sites, customers = file.size("m"), file.size("n")
    file.expect(
        2 * sites + customers * (sites + 1),
        Text(f"{sites}个仓库和{customers}个需求点的数据", f"data of {sites} sites and {customers} customers"),
    )
    pairs = file.reals(2 * sites, lambda place: f"{('capacity', 'fixed cost')[place % 2]} of site {place // 2 + 1}")
    width = sites + 1
    numbers = file.reals(customers * width, lambda place: _supply(place // width + 1, place % width))
    file.finish()
    table, sizes = numbers.reshape(customers, width), pairs.reshape(sites, 2)
    return Warehouses(customers=numbered(customers), sites=numbered(sites), capacity=sizes[:, 0],
                      fixed_cost=sizes[:, 1], demand=table[:, 0], cost=table[:, 1:])  # fmt: skip


def _supply(customer: int, site: int) -> str:
    return f"cost of customer {customer} from site {site}" if site else f"demand of customer {customer}"


def read_jobs(path: Path) -> Jobs:
    """``m n``, m x n costs, m x n loads, m capacities; a leading line with the number of problems may say 1."""
    file = NumberFile(path)
    lines = file.words_by_line
    if lines and len(lines[0]) == 1:
        file.size("number of problems", high=1)
    agents, jobs = file.size("m"), file.size("n")
    cost = file.reals(
        agents * jobs, lambda place: f"cost of agent {place // jobs + 1}, job {place % jobs + 1}", low=-1e15
    )
    load = file.reals(agents * jobs, lambda place: f"load of agent {place // jobs + 1}, job {place % jobs + 1}")
    capacity = file.reals(agents, lambda place: f"capacity of agent {place + 1}")
    file.finish()
    return Jobs(agents=numbered(agents), jobs=numbered(jobs), cost=cost.reshape(agents, jobs),
                load=load.reshape(agents, jobs), capacity=capacity)  # fmt: skip


def read_points(path: Path) -> Places:
    """A line ``x y`` or ``x y demand`` for each place, with an optional first line that counts them; straight ways."""
    file = NumberFile(path)
    lines = file.words_by_line
    width = len(lines[-1]) if lines else 2
    count = file.size("n", MOST_NODES) if lines and len(lines[0]) == 1 else min(len(lines), MOST_NODES)
    if width not in (2, 3):
        raise file.report.refuse(file.last_line, "x y", " ".join(lines[-1]), Text("每行两个或三个数", "two or three numbers a line"),
                                 Text("每行写 x y 或 x y 需求", "write x y, or x y demand, on each line"))  # fmt: skip
    kinds = ("x", "y", "demand")
    where = file.reals(count * width, lambda place: f"{kinds[place % width]} of place {place // width + 1}", low=-1e15)
    file.finish()
    table, names = where.reshape(count, width), numbered(count)
    return Places(customers=names, sites=names, distance=np.asarray(cdist(table[:, :2], table[:, :2])),
                  demand=table[:, 2] if width == 3 else np.ones(count))  # fmt: skip


def read_weights(path: Path, places: Places) -> Reals:
    """A demand file of plain numbers: one for each place, in the places' order."""
    file = NumberFile(path)
    count = len(places.customers)
    weights = file.reals(count, lambda place: f"demand of place {places.customers[place]}")
    file.finish()
    return weights


def layout(path: Path) -> str:
    """What a file holds by its look: ``table`` (commas), ``points`` (x y a line), ``graph`` (i j length), ``numbers``."""
    if path.suffix.lower() == ".csv":
        return "table"
    lines = NumberFile(path).words_by_line
    if lines and any("," in word for word in lines[0]):
        return "table"
    first, widths = len(lines[0]) if lines else 0, {len(line) for line in lines[1:]}
    if first == 1 and widths in ({2}, {3}):
        return "points"
    if first == 2 and widths == {2} and len(lines) > 2:
        return "points"
    return "graph" if first == 3 else "numbers"
