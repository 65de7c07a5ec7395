"""What a study of matched funding found: arms at equal outlay, who pays and who cannot, counties, and where it flips."""

from __future__ import annotations

from dataclasses import dataclass

from results.compare import Contrast, GroupEffects
from results.estimates import Estimate
from scenarios.text import Text

MANDATED = "mandated"  # the rule of the source, which every other arm is set beside


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Service money of a plan year under an arm, 万元, and who could not match.

    ``drawn`` and ``displaced``: own money above and below what payers spend without any grant, by tier. ``left``: match
    offered and not drawn. ``correlation``: of grant and match with own revenue, both per resident. ``per_head``: service money
    of all payers in yuan a resident, by quarter of communities by own revenue a head, the poorest first.
    """

    outlay: float
    base: float  # granted outright, by whichever tier
    matched: float
    own: dict[str, float]
    drawn: dict[str, float]
    displaced: dict[str, float]
    left: float
    at_limit: int  # communities whose payer spends all it can
    nothing: int  # communities that draw no match at all
    below_half: int  # communities that draw less than the granter's half of a 1:1 fund
    correlation: float
    per_head: tuple[float, ...]

    @property
    def granted(self) -> float:
        """Grants and matches together."""
        return self.base + self.matched


@dataclass(frozen=True, kw_only=True)
class ArmReport:
    """An arm: what it costs, and what it does beside the mandated match in the same futures.

    ``promised`` is the share of needs met that its plan promises; ``gains`` and ``losses`` count communities whose whole
    interval is on one side of zero.
    """

    id: str
    name: Text
    says: Text
    equal_outlay: bool
    ledger: Ledger
    promised: float
    needs_met: Contrast | None  # None for the arm that the others are set beside
    worst_tenth: Contrast | None
    level: Estimate
    worst_level: Estimate
    quarters: tuple[GroupEffects, ...]
    gains: int
    losses: int


@dataclass(frozen=True, kw_only=True)
class CountyArm:
    """A county under an arm: 万元 a year raised and received, its promise, and its simulated difference from mandated."""

    own: float
    grant: float
    drawn: float  # own money above the county's effort without grants; negative where it is displaced
    promised: float
    difference: Estimate  # needs met, share, of the sampled communities


@dataclass(frozen=True, kw_only=True)
class CountyReport:
    """A county: its size, what it could raise (万元 a year), what its half of the fund takes, and every arm."""

    code: str
    name: Text
    communities: int
    sampled: int
    residents: int
    limit: float
    half: float
    arms: dict[str, CountyArm]

    @property
    def short(self) -> float:
        """万元 of its half that it cannot raise."""
        return max(0.0, self.half - self.limit)


@dataclass(frozen=True, kw_only=True)
class RegionReport:
    """All counties of a region under a city's match; ``outlay`` is 万元 a year of city and counties, equal in every arm."""

    name: Text
    outlay: float
    pool: float
    counties: tuple[CountyReport, ...]
    arms: dict[str, Text]
    left: dict[str, float]  # match offered and not drawn, 万元 a year
    correlation: dict[str, float]  # of grants with own money, both per resident
    promised: dict[str, float]
    needs_met: dict[str, Estimate]  # share of all needs, less the mandated arm; simulated on the sample
    worst_tenth: dict[str, Estimate]  # of the sampled communities, less the mandated arm
    futures: int

    @property
    def cannot(self) -> tuple[CountyReport, ...]:
        """Counties that cannot raise their half."""
        return tuple(county for county in self.counties if county.short > 0)


@dataclass(frozen=True, kw_only=True)
class Pairing:
    """One arm against another at one kind of equal outlay, over the spreads of own revenue.

    ``saved[k]`` is the social cost of the second less that of the first, 万元 a year, at spread k and a cost of local money
    of 1; ``own[k]`` is how much more own money the first takes. At cost y it saves ``saved - (y - 1) own``.
    """

    first: str
    second: str
    kind: str  # "total" or "granter": whose outlay is equal
    saved: tuple[float, ...]
    own: tuple[float, ...]

    def at(self, place: int, cost: float) -> float:
        """万元 a year that the first saves at a spread and a cost of local money."""
        return self.saved[place] - (cost - 1.0) * self.own[place]

    def break_even(self, place: int) -> float:
        """Cost of local money at which both are equal at a spread; infinite where the first takes no more own money.

        >>> Pairing(first="a", second="b", kind="total", saved=(50.0,), own=(100.0,)).break_even(0)
        1.5
        """
        return 1.0 + self.saved[place] / self.own[place] if self.own[place] > 0 else float("inf")


@dataclass(frozen=True, kw_only=True)
class SpotCheck:
    """A cell of the map simulated: what the first arm saves, promised and simulated, 万元 a year."""

    spread: float
    cost: float
    promised: float
    simulated: Estimate

    @property
    def agrees(self) -> bool | None:
        """Whether the simulation has the sign of the map; None where its interval holds zero."""
        if self.simulated.low <= 0 <= self.simulated.high:
            return None
        return (self.simulated.mean > 0) == (self.promised > 0)


@dataclass(frozen=True, kw_only=True)
class FlipReport:
    """The map: spreads of own revenue (1 is today's), their Gini, costs of local money, pairings, and cells simulated."""

    spreads: tuple[float, ...]
    ginis: tuple[float, ...]
    costs: tuple[float, ...]
    names: dict[str, Text]
    pairings: tuple[Pairing, ...]
    checked: tuple[str, str, str]  # the pairing that the cells belong to
    checks: tuple[SpotCheck, ...]

    def pairing(self, first: str, second: str, kind: str) -> Pairing:
        """The pairing of two arms; raises ``KeyError`` when there is none."""
        for one in self.pairings:
            if (one.first, one.second, one.kind) == (first, second, kind):
                return one
        raise KeyError((first, second, kind))


@dataclass(frozen=True, kw_only=True)
class MatchingReport:
    """The whole study of one district and one region."""

    place: Text
    communities: int
    short_of_half: int  # communities whose payer could not raise the local half of a 1:1 fund
    without_money: int  # of these, with no own revenue at all
    half_wan: float
    futures: int
    months: int
    arms: tuple[ArmReport, ...]
    region: RegionReport
    flip: FlipReport
    seconds: float

    def arm(self, name: str) -> ArmReport:
        """The arm of an id; raises ``KeyError`` when there is none."""
        for one in self.arms:
            if one.id == name:
                return one
        raise KeyError(name)
