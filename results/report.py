"""What a page reports: the question, the policies, their plans and digests, the comparison, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from optimize.plan import Plan
from results.certificate import manifest_line
from results.compare import Comparison, Contrast
from results.digest import Digest, digest
from results.numbers import money, number
from scenarios.district import District
from scenarios.text import Text
from sim.outcome import Outcome

BASELINE_COLOUR = "#8d969f"
COLOURS = ("#3b6fb6", "#d1602d", "#2a9d8f", "#c89b2c", "#7a5ea8", "#4f5b66")
EQUAL_OUTLAY = 0.01  # outlays within this share of the baseline's count as equal


class Described(Protocol):
    """What the page needs of a scenario."""

    @property
    def id(self) -> str:
        """File stem."""

    @property
    def name(self) -> Text:
        """Name in both languages."""

    @property
    def source(self) -> Text:
        """The document it rests on, in both languages; empty if none is named."""

    def resolved(self) -> dict[str, Any]:
        """Every setting, defaults and parents filled in."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Policy:
    """One compared policy: its name, colour, source document if it names one, and every setting by dotted key."""

    id: str
    name: Text
    colour: str
    source: Text | None
    settings: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, eq=False)
class PageReport:
    """Everything the page shows. ``policies`` has the baseline first, then the order of the scenarios."""

    title: Text
    question: Text
    district: District
    policies: tuple[Policy, ...]
    plans: Mapping[str, Plan]
    digests: Mapping[str, Digest]
    comparison: Comparison
    months: int
    first_month: int
    manifest: Mapping[str, Any]
    line: str

    def policy(self, policy_id: str) -> Policy:
        """The policy of an id."""
        return next(policy for policy in self.policies if policy.id == policy_id)

    @property
    def baseline(self) -> Policy:
        """The policy that the others are compared with."""
        return self.policy(self.comparison.against)

    @property
    def ranked(self) -> tuple[Policy, ...]:
        """The other policies, best first on the primary metric."""
        return tuple(self.policy(contrast.policy) for contrast in self.comparison.ranked)

    @property
    def best(self) -> Contrast | None:
        """The best policy's contrast on the primary metric; None if there is only the baseline."""
        return self.comparison.ranked[0] if self.comparison.ranked else None

    @property
    def shown(self) -> Policy:
        """The policy whose allocation and effects on places are drawn: the best one."""
        return self.policy(self.best.policy) if self.best else self.baseline

    def outlay_excess(self, policy_id: str) -> float:
        """Outlay above the baseline's, as a share of it."""
        base = self.digests[self.comparison.against].outlay
        return self.digests[policy_id].outlay / base - 1 if base else 0.0

    @property
    def equal_outlay(self) -> bool:
        """Whether every policy costs as much as the baseline."""
        return all(abs(self.outlay_excess(policy.id)) <= EQUAL_OUTLAY for policy in self.policies)


def page_report(district: District, scenarios: Sequence[Described], plans: Mapping[str, Plan],
                outcomes: Sequence[Outcome], comparison: Comparison, manifest: Mapping[str, Any], *,
                name: str = "", title: Text | None = None, question: Text | None = None) -> PageReport:  # fmt: skip
    """Gather a page's contents.

    ``scenarios`` are those compared, in the order colours are given out; ``district`` is the baseline's; ``comparison``
    is made with ``groups=groupings(district)``. ``name`` is the run's, for the foot of the page.
    """
    against = comparison.against
    ordered = sorted(scenarios, key=lambda scenario: scenario.id != against)  # stable: the baseline first
    runs = {scenario.id: [o for o in outcomes if o.policy == scenario.id] for scenario in ordered}
    digests = {policy: digest(of_policy) for policy, of_policy in runs.items()}
    first = runs[against][0]
    return PageReport(
        title=title or _title(district),
        question=question or _question(digests, against),
        district=district,
        policies=tuple(_policy(scenario, place) for place, scenario in enumerate(ordered)),
        plans={scenario.id: plans[scenario.id] for scenario in ordered if scenario.id in plans},
        digests=digests,
        comparison=comparison,
        months=len(first.monthly),
        first_month=first.first_month,
        manifest=manifest,
        line=manifest_line(name, manifest),
    )


def flat(value: Any, prefix: str = "") -> dict[str, str]:
    """Nested settings as dotted keys.

    >>> flat({"plan": {"years": 3}, "goals": ["floors"]})
    {'plan.years': '3', 'goals': 'floors'}
    """
    if isinstance(value, Mapping):
        parts = (flat(item, f"{prefix}.{key}" if prefix else str(key)) for key, item in value.items())
        return {key: text for part in parts for key, text in part.items()}
    if isinstance(value, list | tuple):
        return {prefix: "、".join(str(item) for item in value)}
    return {} if value is None else {prefix: str(value)}


def _policy(scenario: Described, place: int) -> Policy:
    colour = BASELINE_COLOUR if place == 0 else COLOURS[(place - 1) % len(COLOURS)]
    return Policy(id=scenario.id, name=Text(*scenario.name), colour=colour,
                  source=scenario.source if any(scenario.source) else None,
                  settings=flat(scenario.resolved()))  # fmt: skip


def _title(district: District) -> Text:
    first, last = district.plan_years[0], district.plan_years[-1]
    span = f"{first}–{last}" if last > first else str(first)
    return Text(f"{district.name.zh} {span} 年社区资源配置方案比较",
                f"{district.name.en}, {span}: ways to allocate community resources compared")  # fmt: skip


def _question(digests: Mapping[str, Digest], against: str) -> Text:
    outlays = [item.outlay for item in digests.values()]
    base = digests[against].outlay
    if base and max(abs(outlay / base - 1) for outlay in outlays) <= EQUAL_OUTLAY:
        spent = money(base)
        return Text(
            f"同样每年花 {spent.zh}，钱和人怎么分，居民的需求办得最多、最差的社区不掉队？",
            f"For the same {spent.en} a year, which allocation meets most needs and leaves no community behind?",
        )
    low, high = number(min(outlays)), number(max(outlays))
    return Text(f"每年合并支出 {low} 至 {high} 万元不等，哪种配置办成的需求最多、最差的社区不掉队？",
                f"With {number(min(outlays) / 100, 1)} to {number(max(outlays) / 100, 1)} million yuan a year, which "
                "allocation meets most needs and leaves no community behind?")  # fmt: skip
