"""Synthetic resident units, candidate sites and official slots."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scenarios.building.assumptions import by_kind
from scenarios.building.draws import Draws
from scenarios.building.recipe import Recipe
from scenarios.district import Communities, Sites, Slots, Units
from scenarios.parameters import Rates
from scenarios.tables import Table

UNIT_KINDS = (("school", 0.2), ("hospital", 0.15), ("bank", 0.15), ("enterprise", 0.35), ("agency", 0.15))
MODE_CHOICES = (("both", 0.7), ("build", 0.18), ("refit", 0.12))
ROOMS_BY_KIND = {"school": 2.0, "hospital": 0.5, "bank": 0.3, "enterprise": 0.8, "agency": 1.2}
HOURS_BY_KIND = {"school": 1.3, "hospital": 1.1, "bank": 0.6, "enterprise": 1.0, "agency": 1.2}


def _choose(draws: Draws, purpose: str, code: str, options: tuple[tuple[str, float], ...]) -> str:
    return draws.choice(purpose, code, [name for name, _ in options], [weight for _, weight in options])


def _near(draws: Draws, purpose: str, code: str, x: float, y: float, radius: float) -> tuple[float, float]:
    """A point within ``radius`` of a place, in whole metres."""
    angle = 2 * np.pi * draws.one(f"{purpose} angle", code)
    far = radius * draws.one(f"{purpose} distance", code) ** 0.5
    return float(np.rint(x + far * np.cos(angle))), float(np.rint(y + far * np.sin(angle)))


def resident_units(recipe: Recipe, draws: Draws, here: Communities) -> Units:
    """Schools, firms and offices around each community, with what they can share."""
    typical, village = recipe.assumptions, recipe.village
    mean = by_kind(typical.resident_units, village)
    rows: list[tuple[object, ...]] = []
    for row, code in enumerate(here.code):
        count = int(2 * mean[row] * draws.one("unit count", code) + 0.5)
        for number in range(1, count + 1):
            rows.append(_one_unit(recipe, draws, here, row, f"{code}-{number}"))
    return Units.from_frame(_frame(rows, Units))


def _one_unit(recipe: Recipe, draws: Draws, here: Communities, row: int, key: str) -> tuple[object, ...]:
    typical, village = recipe.assumptions, bool(recipe.village[row])
    spacing = typical.village_spacing_m if village else typical.urban_spacing_m
    kind = _choose(draws, "unit kind", key, UNIT_KINDS)
    x, y = _near(draws, "unit", key, here.x_m[row], here.y_m[row], spacing)
    radius = typical.unit_radius_m[village] * float(draws.spread("unit radius", [key], 0.3)[0])
    hours = typical.unit_hours * HOURS_BY_KIND[kind] * float(draws.spread("hours", [key], typical.unit_hours_spread)[0])
    level = 0.3 + 0.4 * draws.one("cooperation", key)
    wants = typical.unit_wants * float(draws.spread("wants", [key], typical.unit_hours_spread)[0])
    rooms = typical.unit_room_hours * ROOMS_BY_KIND[kind]
    rooms *= float(draws.spread("rooms", [key], typical.unit_hours_spread)[0])
    offer = round(hours, 1), round(level, 4), round(wants, 1), round(rooms, 1)
    return (f"U{key}", kind, here.code[row], x, y, round(radius / 50) * 50.0, *offer)


def candidate_sites(recipe: Recipe, draws: Draws, here: Communities) -> Sites:
    """One or two sites for each community that lacks floor space; a site may allow building, refitting or both."""
    typical = recipe.assumptions
    least = by_kind(typical.site_least_m2, recipe.village)
    wanted = np.maximum(here.households / 100 * Rates().space_norm, least)
    rows: list[tuple[object, ...]] = []
    for row, code in enumerate(here.code):
        lack = float(wanted[row] - here.service_m2[row])
        if lack < typical.site_lack_m2:
            continue
        for number in range(1, 2 + (draws.one("second site", code) < typical.second_site)):
            rows.extend(_projects(recipe, draws, here, row, f"{code}-{number}", lack))
    return Sites.from_frame(_frame(rows, Sites))


def _projects(
    recipe: Recipe, draws: Draws, here: Communities, row: int, key: str, lack: float
) -> list[tuple[object, ...]]:
    """The alternative projects of one site; a venue is larger than its community's lack, for neighbours use it too."""
    typical = recipe.assumptions
    x, y = _near(draws, "site", key, here.x_m[row], here.y_m[row], typical.urban_spacing_m)
    offered = _choose(draws, "site modes", key, MODE_CHOICES)
    rows: list[tuple[object, ...]] = []
    for mode, price, wanted, (soonest, latest) in (
        ("build", typical.build_yuan_per_m2, 220 + 1.4 * lack, (12, 18)),
        ("refit", typical.refit_yuan_per_m2, 200 + 0.7 * lack, (4, 8)),
    ):
        if offered not in (mode, "both"):
            continue
        size = wanted * float(draws.spread(f"{mode} size", [key], 0.25)[0])
        m2 = float(np.clip(round(size / 10) * 10, 200, 1200))
        cost = round(m2 * price * float(draws.spread(f"{mode} price", [key], 0.1)[0]) / 1000) * 1000.0
        lead = soonest + int((latest - soonest + 1) * draws.one(f"{mode} lead", key))
        rows.append((f"P{key}-{mode}", f"P{key}", here.code[row], mode, m2, cost, lead, x, y))
    return rows


def official_slots(recipe: Recipe, draws: Draws) -> Slots:
    """Officials of province, city and county who can be posted: skills and home streets, no names."""
    typical, streets = recipe.assumptions, tuple(recipe.streets)
    count = max(1, round(typical.slots_per_unit * len(recipe.units)))
    codes = [f"S{number:02d}" for number in range(1, count + 1)]
    return Slots(
        id=tuple(codes),
        sender=tuple(_choose(draws, "sender", code, typical.senders) for code in codes),
        skill=tuple(_choose(draws, "skill", code, typical.skills) for code in codes),
        home_street_code=tuple(streets[int(draws.one("home", code) * len(streets))] for code in codes),
    )


def _frame(rows: list[tuple[object, ...]], table: type[Table]) -> pd.DataFrame:
    """Rows under the names of a table's columns."""
    return pd.DataFrame(rows, columns=[column.name for column in table.columns()])
