"""The blocks that mechanisms are built of, counted by hand on six places."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios.arrangements import CareCell
from scenarios.building.builder import small_district
from scenarios.district import District
from scenarios.levers import LEFT_OVER, NEUTRAL, joined
from scenarios.mechanisms.acting import (
    everyone,
    largest,
    middle,
    spread,
    urban,
    villages,
    weakest,
    whole,
    with_care,
    with_levers,
    with_meetings,
    with_posts,
    with_support,
    with_units,
)
from scenarios.tables import Table

#         row 0    1    2     3     4    5
# kind        com  com  com   vil   vil  vil
CODES = ("c6", "c2", "c3", "v4", "v5", "v1")
PEOPLE = (900, 2000, 900, 300, 700, 500)
QUALITY = (0.4, -0.2, 1.1, -0.2, -0.9, 0.0)
VILLAGES = np.array([False, False, False, True, True, True])
ALL = np.ones(6, dtype=bool)


@pytest.fixture(scope="module")
def six() -> District:
    """Three communities and three villages with residents and quality written out above."""
    place = small_district(6, seed=1)
    here = place.communities.replaced(code=CODES, population=PEOPLE, quality=QUALITY,
                                      kind=["community"] * 3 + ["village"] * 3)  # fmt: skip
    return place.with_changes(communities=here, units=place.units.take([]), sites=place.sites.take([]))


def rows(chosen: np.ndarray) -> list[int]:
    """Row numbers of the places chosen."""
    return np.flatnonzero(chosen).tolist()


def test_villages_and_urban_places(six: District) -> None:
    """Villages and urban communities part the district, and everyone is both."""
    assert rows(villages(six)) == [3, 4, 5]
    assert rows(urban(six)) == [0, 1, 2]
    assert rows(everyone(six)) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(("share", "among", "expected"), [
    (1 / 6, ALL, [1]),  # 2000
    (0.5, ALL, [0, 1, 2]),  # 2000, and twice 900
    (0.3, ALL, [1, 2]),  # 1.8 places are two; of the two of 900 c3 comes before c6
    (1 / 3, VILLAGES, [4]),  # 700
    (0.4, VILLAGES, [4, 5]),  # 1.2 places are two: 700 and 500
    (0.0, ALL, []),
    (1.0, VILLAGES, [3, 4, 5]),
    (0.5, ~ALL, []),
])  # fmt: skip
def test_largest_have_the_most_residents(share: float, among: np.ndarray, expected: list[int], six: District) -> None:
    """The largest places are those with the most residents, the first code where they tie, rounded up."""
    assert rows(largest(six, share, among)) == expected


@pytest.mark.parametrize(("share", "among", "expected"), [
    (1 / 6, None, [4]),  # -0.9
    (0.3, None, [1, 4]),  # -0.9, and of the two of -0.2 c2 comes before v4
    (0.5, None, [1, 3, 4]),
    (1 / 3, VILLAGES, [4]),
    (0.5, VILLAGES, [3, 4]),  # 1.5 places are two: -0.9 and -0.2
    (0.01, VILLAGES, [4]),  # at least one
    (1.0, None, [0, 1, 2, 3, 4, 5]),
    (0.0, None, []),
])  # fmt: skip
def test_weakest_have_the_lowest_quality(
    share: float, among: np.ndarray | None, expected: list[int], six: District
) -> None:
    """The weakest places are those with the lowest quality in the table, the first code where they tie, rounded up."""
    assert rows(weakest(six, share, among)) == expected


@pytest.mark.parametrize(("share", "expected"), [
    (1 / 3, [3, 5]),  # in order: v5 -0.9, c2 -0.2, v4 -0.2, v1 0.0, c6 0.4, c3 1.1
    (0.5, [1, 3, 5]),  # one below, two above
    (0.6, [0, 1, 3, 5]),  # 3.6 places are four
    (1.0, [0, 1, 2, 3, 4, 5]),
    (0.0, []),
])  # fmt: skip
def test_middle_of_the_field_has_as_many_below_as_above(share: float, expected: list[int], six: District) -> None:
    """The middle of the field leaves as many places below as above in quality, one fewer below where that is odd."""
    assert rows(middle(six, share)) == expected


def test_amounts_stay_where_they_belong(six: District) -> None:
    """An amount is the same in every place, or one a place, and nothing elsewhere."""
    assert spread(six, 2.5).tolist() == [2.5] * 6
    assert spread(six, 2.5, VILLAGES).tolist() == [0, 0, 0, 2.5, 2.5, 2.5]
    assert spread(six, np.arange(6.0), VILLAGES).tolist() == [0, 0, 0, 3, 4, 5]


@pytest.mark.parametrize(("name", "now", "more", "expected"), [
    ("hours_dispute", 0.9, 0.8, 0.72),  # a ratio: a fifth less of nine tenths
    ("voicing", 1.1, 1.2, 1.32),
    ("recruitment", 1.0, 1.5, 1.5),
    ("platform", 0.2, 0.25, 0.4),  # a share: a quarter of the eight tenths left
    ("local_items", 0.5, 0.5, 0.75),
    ("attention", 0.0, 0.3, 0.3),
    ("admin_relief", 0.1, -0.1, 0.01),  # 1 - 0.9 x 1.1
    ("turnover_cut", -0.5, 0.2, -0.2),  # 1 - 1.5 x 0.8
    ("quality_floor", -0.5, -1.0, -0.5),  # a standard: the higher one holds
    ("quality_floor", -4.0, -1.0, -1.0),
    ("open_hours", 56.0, 60.0, 60.0),
    ("organisers", 2.0, 3.0, 5.0),  # amounts
    ("effort", 0.1, -0.3, -0.2),
    ("training_days", 4.0, 6.0, 10.0),
    ("member_hours", 0.0, 1.5, 1.5),
    ("room_hours", 100.0, 20.0, 120.0),
])  # fmt: skip
def test_two_mechanisms_on_one_lever(name: str, now: float, more: float, expected: float) -> None:
    """Ratios multiply, shares are of what is left over, the highest standard holds, and amounts add up, in either order."""
    for one, other in ((now, more), (more, now)):
        assert joined(name, np.array([one]), np.array([other]))[0] == pytest.approx(expected)


def test_neutral_joins_to_nothing() -> None:
    """A lever at neutral leaves any other contribution as it is."""
    for name, neutral in NEUTRAL.items():
        value = {0.0: 0.25, 1.0: 1.25}.get(neutral, neutral + 1.0)
        assert joined(name, np.array([neutral]), np.array([value]))[0] == pytest.approx(value)


def test_which_levers_are_shares() -> None:
    """Shares of something that can run out are taken of what others leave; effort in sd and shares above one add up."""
    assert {"platform", "delegated", "local_items", "agency", "attention", "liaison", "answering", "ties",
            "admin_relief", "turnover_cut", "contact_shift"} <= set(LEFT_OVER)  # fmt: skip
    assert not {"effort", "campaign", "training_cascade", "organisers", "wishes"} & set(LEFT_OVER)


def test_levers_move_where_they_are_moved(six: District) -> None:
    """A lever joins with what is there in the places named and stays elsewhere, held within its bounds."""
    once = with_levers(six, VILLAGES, platform=0.5, organisers=np.arange(6.0))
    twice = with_levers(once, platform=0.5)
    assert once.levers.platform.tolist() == [0, 0, 0, 0.5, 0.5, 0.5]
    assert once.levers.organisers.tolist() == [0, 0, 0, 3, 4, 5]
    assert twice.levers.platform.tolist() == [0.5, 0.5, 0.5, 0.75, 0.75, 0.75]
    assert with_levers(twice, platform=0.9).levers.platform.tolist() == [0.8] * 6  # at most four fifths
    assert with_levers(six, hours_care=0.3).levers.hours_care.tolist() == [0.5] * 6


@pytest.fixture(scope="module")
def three_units() -> District:
    """Three units, of which the last gives nothing."""
    place = small_district(6, seed=1)
    units = place.units.take([0, 1, 2])
    units = units.replaced(kind=["enterprise", "school", "enterprise"], cooperation=[0.5, 0.4, 0.0],
                           hours_month=[100.0, 1500.0, 10.0], room_hours_month=[20.0, 0.0, 40.0],
                           wants_hours_month=[8.0, 4.0, 2.0])  # fmt: skip
    return place.with_changes(units=units)


def test_units_of_a_kind(three_units: District) -> None:
    """Units of the kinds named come nearer to full cooperation and scale what they give; others stay, and none starts from 0."""
    units = with_units(
        three_units, kinds=("enterprise",), cooperation=0.2, hours_ratio=1.5, rooms_ratio=0.5, wants_ratio=2.0
    ).units
    assert units.cooperation.tolist() == pytest.approx([0.6, 0.4, 0.0])  # 0.5 + 0.2 x 0.5
    assert units.hours_month.tolist() == [150.0, 1500.0, 15.0]
    assert units.room_hours_month.tolist() == [10.0, 0.0, 20.0]
    assert units.wants_hours_month.tolist() == [16.0, 4.0, 4.0]


def test_units_of_every_kind(three_units: District) -> None:
    """Without a kind all units are meant, each held to 2,000 hours, and cooperation may fall."""
    units = with_units(three_units, cooperation=-0.2, hours_ratio=2.0).units
    assert units.cooperation.tolist() == pytest.approx([0.4, 0.28, 0.0])  # 0.5 - 0.2 x 0.5; 0.4 - 0.2 x 0.6
    assert units.hours_month.tolist() == [200.0, 2000.0, 20.0]
    assert units.room_hours_month.tolist() == [20.0, 0.0, 40.0]


@pytest.mark.parametrize(("amounts", "expected"), [
    ([0.4, 0.4, 0.4, 0.8], [1, 0, 0, 1]),  # 2 in all: 0.8 first, then the first of the three that tie
    ([2.5, 2.5], [3, 2]),
    ([1.0, 2.0, 3.0], [1, 2, 3]),
    ([0.2, 0.2], [0, 0]),
    ([7.9, 0.05, 0.05], [8, 0, 0]),
])  # fmt: skip
def test_whole_numbers_keep_the_total(amounts: list[float], expected: list[int]) -> None:
    """Whole numbers sum to the rounded total; the largest remainders are rounded up."""
    assert whole(np.array(amounts)).tolist() == expected


def test_care_cells_without_money_or_people_are_left_out(six: District) -> None:
    """Cells are kept in one order whatever the order in which they come; cells of nothing leave the fund as it was."""
    visit, aid, other = (CareCell(member_class=0, kind="spirit", yuan=50.0), CareCell(member_class=6, kind="living", yuan=300.0),
                         CareCell(member_class=0, kind="spirit", yuan=50.0, payer="society"))  # fmt: skip
    nothing = (
        CareCell(member_class=1, kind="living", yuan=0.0),
        CareCell(member_class=1, kind="living", yuan=9.0, reach=0.0),
    )
    forth = with_care(with_care(six, visit, *nothing), aid, other)
    assert forth.care == with_care(with_care(six, other, aid), visit).care
    assert set(forth.care) == {visit, aid, other}
    assert with_care(six, *nothing).care == ()


def test_supports_by_hand(six: District) -> None:
    """Money is given in fen to the places named, by the payer named; a support of nothing is left out."""
    given = with_support(six, "b", payer="city", where=VILLAGES, yuan=0.29, hours=np.arange(6.0), cost_yuan=1000.0,
                         half_life_months=12.0).supports[0]  # fmt: skip
    assert given.fen == (0, 0, 0, 29, 29, 29)
    assert given.hours == (0, 0, 0, 3, 4, 5)
    assert given.cost_fen == (0, 0, 0, 100_000, 100_000, 100_000)
    assert (given.programme, given.payer, given.half_life_months) == ("b", "city", 12.0)
    assert with_support(six, "c", yuan=5.0, where=~ALL).supports == ()
    assert with_support(six, "c", yuan=5.0).supports[0].payer == "district"


def test_supports_stand_in_one_order(six: District) -> None:
    """Supports are sorted by programme, then by payer, whatever the order in which they come."""

    def add(place: District, programme: str, payer: str) -> District:
        return with_support(place, programme, payer=payer, yuan=1.0)  # type: ignore[arg-type]

    chosen = [("b", "district"), ("a", "society"), ("b", "city")]
    forth, back = six, six
    for one in chosen:
        forth = add(forth, *one)
    for one in chosen[::-1]:
        back = add(back, *one)
    assert forth.supports == back.supports
    assert [(found.programme, found.payer) for found in forth.supports] == [
        ("a", "society"),
        ("b", "city"),
        ("b", "district"),
    ]


def test_posts_add_up_and_meetings_hold_the_highest(six: District) -> None:
    """Posts add to those that are there, at most 200; of meetings a year with a tier the highest number holds."""
    here = with_posts(with_posts(six, np.arange(6)), np.full(6, 2)).communities
    assert (here.posts - six.communities.posts).tolist() == [2, 3, 4, 5, 6, 7]
    assert with_posts(six, np.full(6, 10_000)).communities.posts.tolist() == [200] * 6
    now = with_meetings(with_meetings(six, street=12, city=1), street=4, district_level=6).meetings
    assert (now.street, now.district, now.city) == (12, 6, 1)


def test_blocks_leave_their_input_alone(six: District) -> None:
    """No block writes into the tables it is given."""
    for table in (six.communities, six.levers, six.units):
        assert isinstance(table, Table)
        assert not any(
            getattr(table, item.name).flags.writeable for item in table.columns() if item.kind in ("real", "integer")
        )
