"""Needs: how often residents of each kind have one, and of which category."""

from __future__ import annotations

import numpy as np

from scenarios.district import Communities, District
from scenarios.parameters import Rates
from scenarios.tables import Reals

MONTHS = 12
REFERENCE_MIX = {"child": 0.1795, "elder": 0.187, "hardship": 0.04, "floating": 0.266}  # census 2020; hardship assumed
FITTING_STEPS = 20  # enough for shares exact to rounding


def segment_ratios(rates: Rates) -> Reals:
    """Needs of a segment relative to a registered adult without hardship; axes (age band 3, hardship 2, floating 2)."""
    age = np.array([rates.child_need_ratio, 1.0, rates.elder_need_ratio])
    hardship = np.array([1.0, rates.hardship_need_ratio])
    floating = np.array([1.0, rates.floating_need_ratio])
    return np.asarray(age[:, None, None] * hardship[None, :, None] * floating[None, None, :])


def segment_shares(communities: Communities) -> Reals:
    """Expected residents per community and segment; axes (community, age band 3, hardship 2, floating 2).

    Hardship and floating status are independent of age within a community, as the population is drawn.
    """
    people = communities.population.astype(float)
    ages = np.stack([communities.children, people - communities.children - communities.elders, communities.elders], 1)
    hard = np.stack([people - communities.hardship, communities.hardship], 1) / people[:, None]
    float_ = np.stack([people - communities.floating, communities.floating], 1) / people[:, None]
    return np.asarray(ages[:, :, None, None] * hard[:, None, :, None] * float_[:, None, None, :])


def season(rates: Rates, month_of_year: int) -> float:
    """Multiplier on needs in a calendar month (0 = January); mean 1 over the year."""
    return 1.0 + rates.season_amplitude * float(np.sin(2 * np.pi * (month_of_year + 1) / MONTHS))


def need_chance(rates: Rates, ratio: Reals, month_of_year: int) -> Reals:
    """Monthly chance that a resident with the given need ratio has a need: ``1 - exp(-rate)``."""
    return np.asarray(-np.expm1(-rates.needs_per_resident * ratio * season(rates, month_of_year) / MONTHS))


def yearly_needs(district: District) -> Reals:
    """Expected needs a year per community, all categories, before prevention and blocking."""
    ratios = segment_ratios(district.rates)[None] * district.communities.workload[:, None, None, None]
    chance = sum(need_chance(district.rates, ratios, month) for month in range(MONTHS))
    return np.asarray((segment_shares(district.communities) * chance).sum(axis=(1, 2, 3)))


def segment_categories(district: District) -> Reals:
    """Share of a segment's needs by category; axes (segment, category), segments as in :func:`segment_ratios` flattened.

    A row is proportional to the categories' ratios times one factor a category, the same for all segments, such that
    residents of the country's mix bring the stated shares (proportional fitting, Deming & Stephan 1940).
    """
    categories = district.categories
    age = np.array([[c.child, 1.0, c.elder] for c in categories])
    hardship = np.array([[1.0, c.hardship] for c in categories])
    floating = np.array([[1.0, c.floating] for c in categories])
    ratio = age[:, :, None, None] * hardship[:, None, :, None] * floating[:, None, None, :]
    raw, weight = ratio.reshape(len(categories), -1).T, reference_weights()
    stated = np.array([c.share for c in categories])
    factor = stated
    for _ in range(FITTING_STEPS):
        factor = factor * stated / np.maximum(weight @ _rows_to_one(raw * factor), 1e-300)
    return _rows_to_one(raw * factor)


def reference_weights() -> Reals:
    """Share of all needs that each segment brings in a population of the country's mix, flattened, at nominal ratios."""
    mix = REFERENCE_MIX
    ages = np.array([mix["child"], 1.0 - mix["child"] - mix["elder"], mix["elder"]])
    people = ages[:, None, None] * _two(mix["hardship"])[None, :, None] * _two(mix["floating"])[None, None]
    weight = (people * segment_ratios(Rates())).reshape(-1)
    return np.asarray(weight / weight.sum())


def _two(share: float) -> Reals:
    return np.array([1.0 - share, share])


def _rows_to_one(values: Reals) -> Reals:
    return np.asarray(values / values.sum(axis=1, keepdims=True))


def category_shares(district: District) -> Reals:
    """Expected share of each community's needs by category; axes (community, category), rows sum to 1."""
    weights = segment_shares(district.communities) * segment_ratios(district.rates)[None]
    flat = weights.reshape(len(weights), -1)
    return np.asarray(flat @ segment_categories(district) / flat.sum(axis=1, keepdims=True))
