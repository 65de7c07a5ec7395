"""Laws of the choices a district may open: judged by what the plan promises, one more choice never makes it worse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scenarios.choices import Choices
from scenarios.funding import FEN_PER_WAN as WAN
from tests.random_districts import Case, best, light_case, reached, slack

OPENED = {
    "wardens": Choices(wardens=1),
    "care": Choices(care_fen=10 * WAN),
    "contact": Choices(contact=True),
    "pairs": Choices(pairs=True),
    "rooms": Choices(rooms=True),
}
CLOSED = Choices()


def losses(choices: Choices) -> list[tuple[int, float]]:
    """Seeds at which the plan with the choice promises less than the plan without it, and by what share of the goal."""
    found = []
    for seed in range(0, 50, 15):  # communities that choose money alone
        without = replace(light_case(seed), goal="needs_met")
        opened = without.changed(choices=choices)
        before, after = (reached(case, best(case)) for case in (without, opened))
        if after > before * (1 + 2 * Case.gap) + slack(before):
            found.append((seed, after / before - 1))
    return found


SLOW = [pytest.param(name, marks=pytest.mark.slow) for name in ("care", "contact")]


@pytest.mark.parametrize("name", ["wardens", "pairs", "rooms", *SLOW])
def test_one_more_choice_never_worsens_the_promise(name: str):
    """Relation 2: with one more thing left to the plan, the needs met as promised, at their price, are no fewer."""
    assert losses(OPENED[name]) == []
