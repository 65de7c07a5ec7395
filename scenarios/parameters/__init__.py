"""Every number the model assumes, in one table: value, range, unit, source, sentence.

The default of each field is the nominal value; ``low`` and ``high`` bound what a scenario may set, and futures sample
between them for the parameters marked ``uncertain``. A source that begins with ``A:`` is an assumption.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from scenarios.parameters.about import Parameter
from scenarios.parameters.institutions import InstitutionRates
from scenarios.parameters.money import MoneyRates
from scenarios.parameters.people import PeopleRates
from scenarios.parameters.service import ServiceRates


@dataclass(frozen=True, kw_only=True)
class Rates(MoneyRates, InstitutionRates, ServiceRates, PeopleRates):
    """The parameters of needs, service, people, quality and money, in their natural units."""

    def with_values(self, **values: float) -> Rates:
        """A copy with some parameters changed; the values are not checked here (the loader does)."""
        return replace(self, **values)


__all__ = ["PARAMETERS", "Parameter", "Rates"]

PARAMETERS: dict[str, Parameter] = {
    item.name: Parameter(name=item.name, default=item.default, **item.metadata)  # type: ignore[arg-type]
    for item in fields(Rates)
}
