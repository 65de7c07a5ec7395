"""What experience corrects in the planner's expectations: two factors a community, 1.0 where nothing is known better."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Correction:
    """Factors on the planner's coefficients, in the order of the district's communities.

    ``hours`` multiplies the hours for service at hand (staff, extra posts and contracts alike), ``reach`` the needs that
    are ever voiced. Raises ``ValueError`` for factors of unequal number, or not above 0.
    """

    hours: tuple[float, ...]
    reach: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.hours) != len(self.reach):
            raise ValueError(f"{len(self.hours)} factors on hours, {len(self.reach)} on reach")
        if not all(math.isfinite(factor) and factor > 0 for factor in (*self.hours, *self.reach)):
            raise ValueError("factors must be finite and above 0")

    @classmethod
    def neutral(cls, communities: int) -> Correction:
        """The correction that changes nothing.

        >>> Correction.neutral(2)
        Correction(hours=(1.0, 1.0), reach=(1.0, 1.0))
        """
        return cls((1.0,) * communities, (1.0,) * communities)
