"""An abstract map: metres in a local plane. Streets lie in rings around the centre, units around their street.

No open source gives points of communities, and maps of real boundaries need approval; the layout only keeps distances
plausible: some hundreds of metres apart in town, one to three kilometres in the countryside.
"""

from __future__ import annotations

import numpy as np

from scenarios.building.draws import Draws
from scenarios.building.recipe import Recipe
from scenarios.tables import Reals

GOLDEN_ANGLE = np.pi * (3.0 - 5.0**0.5)
GAP_M = 500.0


def locations(recipe: Recipe, draws: Draws) -> tuple[Reals, Reals]:
    """Easting and northing of each unit, in whole metres."""
    offsets = _around_street(recipe, draws)
    centres = _street_centres(recipe, draws, offsets)
    place = np.rint(offsets + centres)
    return place[:, 0], place[:, 1]


def _around_street(recipe: Recipe, draws: Draws) -> Reals:
    """Offsets from the street's centre: a sunflower of committees, villages around them; axes (unit, 2)."""
    typical, village = recipe.assumptions, recipe.village
    offsets = np.zeros((len(recipe.units), 2))
    for code, rows in recipe.rows_by_street().items():
        turn = 2 * np.pi * draws.one("street turn", code)
        core = [row for row in rows if not village[row]]
        edge = [row for row in rows if village[row]]
        core_square = typical.urban_spacing_m**2 * len(core)
        core_far = typical.urban_spacing_m**2 * (np.arange(len(core)) + 0.5)
        edge_far = core_square + typical.village_spacing_m**2 * (np.arange(len(edge)) + 0.8)
        angle = turn + GOLDEN_ANGLE * np.arange(len(rows))
        distance = np.sqrt(np.concatenate([core_far, edge_far]))
        offsets[core + edge] = np.stack([distance * np.cos(angle), distance * np.sin(angle)], axis=1)
    spacing = np.where(village, typical.village_spacing_m, typical.urban_spacing_m)
    jitter = np.stack([draws.uniform(axis, recipe.codes, -0.3, 0.3) for axis in ("east", "north")], axis=1)
    return np.asarray(offsets + jitter * spacing[:, None])


def _street_centres(recipe: Recipe, draws: Draws, offsets: Reals) -> Reals:
    """Centre of each unit's street: mostly urban streets in an inner ring, rural towns around it; axes (unit, 2)."""
    groups, village = recipe.rows_by_street(), recipe.village
    radius = {code: float(np.hypot(*offsets[rows].T).max()) for code, rows in groups.items()}
    inner = [code for code, rows in groups.items() if village[rows].mean() <= 0.5]
    outer = [code for code in groups if code not in inner]
    turn = 2 * np.pi * draws.one("district turn", recipe.code)
    centres, reach = np.zeros((len(recipe.units), 2)), 0.0
    for ring in (inner, outer):
        if not ring:
            continue
        far = _ring_radius([radius[code] for code in ring], reach)
        for position, code in enumerate(ring):
            angle = turn + 2 * np.pi * position / len(ring)
            centres[groups[code]] = far * np.cos(angle), far * np.sin(angle)
        reach = far + max(radius[code] for code in ring)
    return centres


def _ring_radius(radii: list[float], reach: float) -> float:
    """Radius of a ring on which circles of the given radii neither meet each other nor what lies within ``reach``."""
    if len(radii) == 1 and reach == 0.0:
        return 0.0
    side_by_side = (max(radii) + GAP_M / 2) / np.sin(np.pi / max(len(radii), 2))
    clear_of_inner = reach + max(radii) + GAP_M if reach else 0.0
    return float(max(side_by_side, clear_of_inner))
