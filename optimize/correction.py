"""What experience corrects in the planner's expectations: two factors and a share a community, 1 and 0 where nothing is known."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Correction:
    """Factors on the planner's coefficients, in the order of the district's communities.

    ``hours`` multiplies the hours for service at hand (staff, extra posts and contracts alike), ``reach`` the needs that
    are ever voiced. ``prevented`` is the share of needs that money of earlier years still prevents; none if left out.
    Raises ``ValueError`` for factors of unequal number, or not above 0, and for shares outside 0 to 1.
    """

    hours: tuple[float, ...]
    reach: tuple[float, ...]
    prevented: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if len(self.hours) != len(self.reach):
            raise ValueError(f"{len(self.hours)} factors on hours, {len(self.reach)} on reach")
        if len(self.prevented) not in (0, len(self.hours)):
            raise ValueError(f"{len(self.hours)} factors on hours, {len(self.prevented)} shares prevented")
        if not all(0.0 <= share <= 1.0 for share in self.prevented):
            raise ValueError("shares prevented must lie in 0 to 1")
        if not all(math.isfinite(factor) and factor > 0 for factor in (*self.hours, *self.reach)):
            raise ValueError("factors must be finite and above 0")

    @classmethod
    def neutral(cls, communities: int) -> Correction:
        """The correction that changes nothing.

        >>> Correction.neutral(2)
        Correction(hours=(1.0, 1.0), reach=(1.0, 1.0), prevented=(0.0, 0.0))
        """
        return cls((1.0,) * communities, (1.0,) * communities, (0.0,) * communities)

    @property
    def still_prevented(self) -> tuple[float, ...]:
        """The shares prevented, one a community."""
        return self.prevented or (0.0,) * len(self.hours)
