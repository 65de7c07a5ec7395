"""Generalised assignment: every job to one agent, as cheaply as the agents' capacities allow.

Source: P. C. Chu, J. E. Beasley, A genetic algorithm for the generalised assignment problem, Computers & Operations
Research 24 (1997) 17-23.
"""

from __future__ import annotations

import math

from optimize.location.instances import Jobs
from optimize.location.located import Located, Served, nothing_found, search, settled
from optimize.plan import Limits
from optimize.program import Program, linear


def assign(instance: Jobs, limits: Limits) -> Located:
    """The least cost of giving every job to an agent; the agents that got any are the facilities."""
    program = Program()
    given = [[program.variable(0, 1, whole=True) for _ in instance.jobs] for _ in instance.agents]
    for job in range(len(instance.jobs)):
        program.equal([(row[job], 1.0) for row in given], 1.0)
    for row, loads, capacity in zip(given, instance.load.tolist(), instance.capacity.tolist(), strict=True):
        for variable, load in zip(row, loads, strict=True):
            if load > capacity:
                program.at_most([(variable, 1.0)], 0.0)
        program.at_most(zip(row, loads, strict=True), capacity)
    cost = instance.cost.tolist()
    goal = linear(pair for row, costs in zip(given, cost, strict=True) for pair in zip(row, costs, strict=True))
    found = search(program, goal, limits, integral=True)
    if found.answer.point is None:
        return nothing_found(found)
    by = [next(agent for agent, row in enumerate(given) if found.answer[row[job]] > 0.5)
          for job in range(len(instance.jobs))]  # fmt: skip
    serves = [
        Served(customer=name, facility=instance.agents[agent]) for name, agent in zip(instance.jobs, by, strict=True)
    ]
    used = [name for agent, name in enumerate(instance.agents) if agent in set(by)]
    return settled(found, math.fsum(cost[agent][job] for job, agent in enumerate(by)), used, serves)
