"""A region: counties that share a pool of grants, a pool of officials to post, and capital for venues. A frozen value.

A county pays own money up to its limit, each yuan at its cost of public funds (a yuan raised costs society more than a
yuan, and more where revenue is scarce). The granter matches it: a county's grant is at most ``ratio`` times its own
money, and the grants sum to at most the pool. What a county raises and is granted is the pool of the free service fund of
its district. A share is the same in every plan year. Money is whole fen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import Any, Protocol

from scenarios.district import District, PostingRule, ServiceFund, VenueRule
from scenarios.text import Text


class DistrictSource(Protocol):
    """Where a county's district comes from; made when it is needed, so that a region is small to send to a worker."""

    def make(self) -> District:
        """The district, without any rule of money, postings or venues."""


@dataclass(frozen=True, eq=False)
class Given:
    """A district that is there already."""

    district: District

    def make(self) -> District:
        """The district itself."""
        return self.district


@dataclass(frozen=True, kw_only=True, eq=False)
class County:
    """A member of a region: its district, the most own money it can raise in a year, and what a yuan of it costs."""

    code: str
    name: Text
    size: int  # communities and villages
    population: int
    source: DistrictSource
    own_limit_fen: int
    cost_of_funds: float = 1.0  # yuan that a yuan of own money costs society, at least 1

    def __post_init__(self) -> None:
        if self.own_limit_fen < 0 or self.cost_of_funds < 1.0:
            raise ValueError(f"{self.code}: own money must not be negative, and a yuan costs at least a yuan")


@dataclass(frozen=True)
class Share:
    """What a county gets in a year: own money raised, grant, places for posted officials, and capital for venues."""

    own_fen: int = 0
    grant_fen: int = 0
    officials: int = 0
    capital_fen: int = 0


@dataclass(frozen=True, kw_only=True, eq=False)
class Region:
    """Counties and what they share; limits are those of a year.

    ``floor_fen`` and ``cap_fen`` bound the grant of each community, as in a free service fund of a district.
    """

    code: str
    name: Text
    first_year: int
    years: int
    counties: tuple[County, ...]
    pool_fen: int
    ratio: float = 1.0  # granted yuan per yuan of own money
    granter_cost: float = 1.0  # yuan that a granted yuan costs society
    officials: int = 0
    postings: PostingRule = PostingRule()
    capital_fen: int = 0
    venues: VenueRule = VenueRule()
    floor_fen: int = 0
    cap_fen: int = 10**12

    def __post_init__(self) -> None:
        codes = [county.code for county in self.counties]
        if not codes or len(set(codes)) < len(codes):
            raise ValueError("a region needs counties, each with a code of its own")

    def with_changes(self, **changes: Any) -> Region:
        """A copy with some fields replaced."""
        return replace(self, **changes)

    @property
    def population(self) -> int:
        """Residents of all counties."""
        return sum(county.population for county in self.counties)

    @property
    def size(self) -> int:
        """Communities and villages of all counties."""
        return sum(county.size for county in self.counties)

    def most_grant_fen(self, own_fen: int) -> int:
        """The largest grant that matches a county's own money, to the fen."""
        return min(self.pool_fen, floor(Fraction(self.ratio) * own_fen))

    def most(self, county: County) -> Share:
        """A county's share if it raised all it can and the others left everything to it."""
        grant = self.most_grant_fen(county.own_limit_fen)
        return Share(county.own_limit_fen, grant, self.officials, self.capital_fen)

    def district(self, county: County, share: Share) -> District:
        """The county's district under its share: a free fund of own money and grant, its officials and its capital."""
        return self.under(share, county.source.make())

    def under(self, share: Share, district: District) -> District:
        """A district of the region under another share."""
        fund = ServiceFund(
            mode="free",
            pool_fen=share.own_fen + share.grant_fen,
            floor_fen=(self.floor_fen,) * len(district.communities),
            cap_fen=self.cap_fen,
        )
        return district.with_changes(
            first_year=self.first_year,
            years=self.years,
            service_fund=fund,
            postings=replace(self.postings, posts=min(share.officials, len(district.slots))),
            venues=replace(self.venues, capital_fen=share.capital_fen),
        )


def broken_rules(region: Region, shares: tuple[Share, ...]) -> list[Text]:
    """Every rule of the region that shares break, exactly; one share for each county in their order."""
    found = []
    for county, share in zip(region.counties, shares, strict=True):
        if min(share.own_fen, share.grant_fen, share.officials, share.capital_fen) < 0:
            found.append(_broken(county, Text("份额不能为负数", "a share must not be negative")))
        if share.own_fen > county.own_limit_fen:
            found.append(_broken(county, Text("自筹资金超过上限", "own money above its limit")))
        if share.grant_fen > Fraction(region.ratio) * share.own_fen:
            found.append(_broken(county, Text("补助超过自筹额乘配套比例", "a grant above own money times the ratio")))
    totals = (
        (sum(s.grant_fen for s in shares), region.pool_fen, Text("补助合计超过资金池", "the grants exceed the pool")),
        (sum(s.officials for s in shares), region.officials, Text("选派合计超过名额", "more officials than there are")),
        (sum(s.capital_fen for s in shares), region.capital_fen, Text("投资合计超过上限", "the capital is exceeded")),
    )
    return found + [says for used, limit, says in totals if used > limit]


def _broken(county: County, says: Text) -> Text:
    return Text(f"{county.name.zh}：{says.zh}", f"{county.name.en}: {says.en}")
