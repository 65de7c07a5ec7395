"""Figures of rows 81 to 96, counted by hand on what each entry does and costs at its defaults."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios.arrangements import CARE_KINDS
from scenarios.building.builder import small_district
from scenarios.district import District
from scenarios.formulas.care import residents_in_care
from scenarios.formulas.hours import hours_per_post
from scenarios.formulas.quality import base_quality
from scenarios.funding import FEN_PER_YUAN
from scenarios.mechanisms import CATALOGUE, apply_mechanisms

COUNT = 20
QUALITY = [-1.0, -0.9, -0.8, -0.7, -0.6, *[0.0] * 9, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]  # of twenty communities


@pytest.fixture(scope="module")
def place() -> District:
    """Twenty communities of 1,000 residents and 80 members, five of them below the usual floor of quality."""
    made = small_district(COUNT, residents=1000 * COUNT)
    here = made.communities.replaced(
        population=[1000] * COUNT, members=[80] * COUNT, quality=QUALITY, households=[360] * COUNT
    )
    return made.with_changes(communities=here)


def costs(name: str, district: District, **settings: float) -> float:
    """What an entry costs a year at its defaults, in 元."""
    entry = CATALOGUE[name]
    assert entry.costs
    return entry.costs(district, **{**entry.defaults, **settings})


def paid_yuan(district: District, programme: str) -> np.ndarray:
    """What a programme costs by community, in 元 a year."""
    (support,) = (one for one in district.supports if one.programme == programme)
    return np.array(support.cost_fen) / FEN_PER_YUAN


def test_row_81_screening(place: District) -> None:
    """A tenth of 20 communities are 2 a year; 2 x 50,000 元, of which each expects 5,000."""
    changed = apply_mechanisms(place, {"yearly_rectification": {}})
    assert costs("yearly_rectification", place) == 2 * 50_000
    assert set(paid_yuan(changed, "rectification")) == {5_000}
    assert (changed.rectification.share, changed.rectification.effort) == (0.1, 0.5)


def test_row_82_inspections_are_brought_to_a_number(place: District) -> None:
    """Four a year change nothing and cost nothing where there are 4; eight are 4 more of 2 days x 7 hours x 70 元 each."""
    base = base_quality(place)
    for inspections, cost in ((4.0, 0.0), (8.0, 4 * 980.0 * COUNT), (2.0, 0.0)):
        changed = apply_mechanisms(place, {"inspection_rounds": {"inspections": inspections}})
        assert changed.rates.inspections == inspections
        assert costs("inspection_rounds", place, inspections=inspections) == pytest.approx(cost)
        assert (base_quality(changed) < base).all() == (inspections != 4)
    rare = place.with_changes(rates=place.rates.with_values(inspections=1.0))
    assert (base_quality(apply_mechanisms(rare, {"inspection_rounds": {}})) > base_quality(rare)).all()


def test_row_83_called_to_account(place: District) -> None:
    """A fifth of 20 are the 4 weakest; of 100 matters that they would hear of, 3 are talked down."""
    levers = apply_mechanisms(place, {"accountability_interviews": {}}).levers
    assert np.flatnonzero(levers.effort).tolist() == [0, 1, 2, 3]
    assert levers.voicing[:4].tolist() == pytest.approx([0.97] * 4)


@pytest.mark.parametrize(
    ("name", "days"),
    [("accountability_interviews", 1.0), ("appraisal_weight", 0.2 * 5), ("three_level_contest", 1.5)],
)
def test_papers_take_the_days_they_say(name: str, days: float, place: District) -> None:
    """A day of records is a 250th of a worker's hours, whatever share of them reaches residents."""
    before, after = hours_per_post(place), hours_per_post(apply_mechanisms(place, {name: {}}))
    at = CATALOGUE[name].where(place)
    lost = days / 250 / place.rates.direct_share
    assert (after / before)[at] == pytest.approx(1 - lost)


def test_row_84_secretary_projects(place: District) -> None:
    """One field is driven: 20 communities x 5,000 元, and matters of that field alone take 5 % fewer hours."""
    changed = apply_mechanisms(place, {"secretary_projects": {"field": "safety"}})
    assert costs("secretary_projects", place) == 20 * 5_000
    assert set(changed.levers.hours_safety) == {0.95}
    assert set(changed.levers.hours_environment) == {1.0}


def test_row_86_learning_days(place: District) -> None:
    """Twelve months with an eighth of a day each are a day and a half."""
    assert set(apply_mechanisms(place, {"pledges_and_learning": {}}).levers.training_days) == {1.5}


@pytest.mark.parametrize(("levels", "organisers"), [(5, 3.0), (4, 2.0), (3, 1.0)])
def test_row_87_five_levels(levels: int, organisers: float, place: District) -> None:
    """Of five levels three lie below the community: with all of them, 360 households have 3 organisers, one a level."""
    changed = apply_mechanisms(place, {"five_level_structure": {"levels": levels}})
    assert CATALOGUE["five_level_structure"].setting("levels").default == 2 + 3
    assert changed.levers.organisers == pytest.approx(np.full(COUNT, organisers))


def test_row_88_eighteen_cells(place: District) -> None:
    """6 classes x 3 kinds are 18 cells, whose money is one budget: 500 元 x members in hardship, half of it for living."""
    cells = apply_mechanisms(place, {"targeted_support": {}}).care
    people = residents_in_care(place)[:, 1:].sum(axis=0)
    spent = {kind: sum(people[cell.member_class - 1] * cell.yuan for cell in cells if cell.kind == kind)
             for kind in CARE_KINDS}  # fmt: skip
    budget = 500 * people.sum()
    assert len({(cell.member_class, cell.kind) for cell in cells}) == 6 * 3 == len(cells)
    assert list(spent.values()) == pytest.approx([budget / 2, budget / 4, budget / 4])
    assert costs("targeted_support", place) == pytest.approx(budget)


def test_row_88_share_of_a_class(place: District) -> None:
    """The class in hardship gets its share of the budget, the other five the same a head."""
    cells = apply_mechanisms(place, {"targeted_support": {"hardship": 0.8, "living": 1.0, "spirit": 0.0}}).care
    people = residents_in_care(place)[:, 1:].sum(axis=0)
    each = np.array([cell.yuan for cell in sorted(cells, key=lambda cell: cell.member_class)])
    assert each[:5] == pytest.approx(np.full(5, 0.2 * 500 * people.sum() / people[:5].sum()))
    assert each[5] * people[5] == pytest.approx(0.8 * 500 * people.sum())


def test_row_89_three_visits(place: District) -> None:
    """Three visits of 50 元 to half of those in hardship are 75 元 each, and 3 points of all hours."""
    changed = apply_mechanisms(place, {"three_must_visits": {}})
    assert costs("three_must_visits", place) == pytest.approx(75 * place.communities.hardship.sum(), rel=0.01)
    assert changed.levers.contact_shift == pytest.approx(np.full(COUNT, 0.03))
    assert len(changed.care) == 7


def test_row_90_eight_standards(place: District) -> None:
    """4 + 4 standards; 5 centres and 67 points are 576 checks; here 5 communities are lifted by .5 to .1 sd, 8 x 6,250 元 a sd."""
    changed = apply_mechanisms(place, {"service_standards": {}})
    assert (4 + 4) * (5 + 67) == 576
    assert costs("service_standards", place) == pytest.approx((0.5 + 0.4 + 0.3 + 0.2 + 0.1) * 8 * 6_250)
    assert np.flatnonzero(paid_yuan(changed, "service_standards")).tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("tiers", [4, 2, 1])
def test_row_91_four_tiers(tiers: int, place: District) -> None:
    """Each of four tiers brings a quarter of the hours and of the 3,000 元; higher tiers pay."""
    changed = apply_mechanisms(place, {"member_service_centres": {"tiers": tiers}})
    assert CATALOGUE["member_service_centres"].setting("tiers").default == 4
    assert costs("member_service_centres", place, tiers=tiers) == COUNT * 750 * tiers
    assert changed.levers.member_hours == pytest.approx(np.full(COUNT, 0.125 * tiers))
    assert changed.supports[0].payer == "province"


def test_row_92_kindergartens(place: District) -> None:
    """A kindergarten is 200 m2 at 1,500 / 30 + 120 元 and 150 hours at 70 元, 44,500 元; only villages have one, in whole numbers."""
    villages = int(place.is_village.sum())
    many = int(np.ceil(0.2 * villages))
    changed = apply_mechanisms(place, {"bilingual_kindergartens": {}})
    added = changed.communities.service_m2 - place.communities.service_m2
    assert costs("bilingual_kindergartens", place) == pytest.approx(many * 44_500)
    assert (added[place.is_village].sum(), added[~place.is_village].sum()) == (many * 200, 0)


def test_row_93_contest(place: District) -> None:
    """Of 20 communities the 6 in the middle contend and one in three wins: 2 prizes of 20,000 元."""
    changed = apply_mechanisms(place, {"three_level_contest": {}})
    assert np.flatnonzero(changed.levers.effort).tolist() == [7, 8, 9, 10, 11, 12]
    assert costs("three_level_contest", place) == pytest.approx(2 * 20_000)


def test_row_94_reception(place: District) -> None:
    """A day a month clears 15 % of what is overdue for 12 x 15,000 元, two days what two draws clear."""
    once, twice = (apply_mechanisms(place, {"leaders_reception": {"days": days}}).levers.attention for days in (12, 24))
    assert costs("leaders_reception", place) == 12 * 15_000
    assert once == pytest.approx(np.full(COUNT, 0.15))
    assert twice == pytest.approx(np.full(COUNT, 1 - 0.85**2))


def test_row_95_members(place: District) -> None:
    """A fifth of 20 x 80 members are 320, with 50 元 of upkeep and 6 hours each: 1.2 hours a member."""
    changed = apply_mechanisms(place, {"members_posts_and_zones": {}})
    assert costs("members_posts_and_zones", place) == pytest.approx(320 * 50)
    assert changed.levers.member_hours == pytest.approx(np.full(COUNT, 320 * 6 / 1600))


def test_row_96_promises(place: District) -> None:
    """With promises on 80 % of items, voicing rises by 8 % and quality by .08 sd, at eight tenths of a day."""
    levers = apply_mechanisms(place, {"service_promises": {}}).levers
    assert levers.voicing == pytest.approx(np.full(COUNT, 1.08))
    assert levers.effort == pytest.approx(np.full(COUNT, 0.08))
    assert levers.admin_relief == pytest.approx(np.full(COUNT, -0.8 / 250 / (1 - 0.27)))
