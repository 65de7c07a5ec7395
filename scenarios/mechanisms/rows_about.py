"""What is said about one practice of the study reports: what it acts through, and to whose gain and cost."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.text import Text


@dataclass(frozen=True, kw_only=True)
class Row:
    """One practice that the study reports describe, and how it acts in the model.

    ``report`` numbers the reports, comma-separated. ``primitives`` are dotted names of what it changes in a district
    (``levers.training_days``, ``supports.cost_fen``, ``communities.grids``), ``parameters`` the names of the parameters
    on which its effect rests. ``says`` is one sentence: how it acts, who gains, what it costs whom.
    """

    number: int
    name: Text
    report: str
    primitives: tuple[str, ...]
    parameters: tuple[str, ...]
    says: Text

    def moves(self, thing: str) -> bool:
        """Whether something named by a mechanism, a rule or one column of it, is among the row's primitives.

        >>> row = Row(number=4, name=Text("配套", "match"), report="000", primitives=("service_fund.ratio",),
        ...           parameters=(), says=Text("。", "."))
        >>> row.moves("service_fund"), row.moves("service_fund.ratio"), row.moves("service_fund.cap_fen")
        (True, True, False)
        """
        return any(f"{name}.".startswith(f"{thing}.") for name in self.primitives)
