"""Exact posting rules: known, eligible, not at home, one per community and official, terms, and places at any time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from optimize.plan import Plan, Posting
from optimize.violation import Violation
from scenarios import formulas
from scenarios.district import District
from scenarios.formulas import MONTHS
from scenarios.text import Text


def posting_violations(district: District, plan: Plan) -> Iterator[Violation]:
    """Every posting rule that the plan breaks."""
    known = [p for p in plan.postings if p.slot in district.slots.id and p.community in district.communities.code]
    for posting in plan.postings:
        if posting not in known:
            yield Violation("unknown", f"{posting.slot} {posting.community}", Text(
                "选派名额或社区不存在", "there is no such official or community"))  # fmt: skip
    home = dict(zip(district.slots.id, district.slots.home_street_code, strict=True))
    street = dict(zip(district.communities.code, district.communities.street_code, strict=True))
    eligible = {district.communities.code[row] for row in formulas.eligible_for_posting(district)}
    for posting in known:
        yield from _one(district, posting, at_home=home[posting.slot] == street[posting.community],
                        eligible=posting.community in eligible)  # fmt: skip
    yield from _together(district, known)


def _one(district: District, posting: Posting, *, at_home: bool, eligible: bool) -> Iterator[Violation]:
    where, term = f"{posting.slot} {posting.community}", district.postings.term_months
    if not eligible:
        yield Violation(
            "eligible", where, Text("社区不在可选派范围", "the community is not among the weakest that qualify")
        )
    if at_home:
        yield Violation("home", where, Text("不得派回原籍街镇", "an official may not be posted to its home street"))
    if posting.months != term:
        yield Violation("term", where, Text(f"任期{posting.months}个月，应为{term}个月", f"a term of {posting.months} months; expected {term}"))  # fmt: skip
    if posting.start_month % MONTHS or not 0 <= posting.start_month < district.years * MONTHS:
        yield Violation("start", where, Text("应从规划年度的一月开始", "must start in January of a plan year"))


def _together(district: District, postings: list[Posting]) -> Iterator[Violation]:
    for rule, used, says in (
        ("one community", Counter(p.community for p in postings), Text("规划期内同一社区选派超过一次", "a community is sent more than one official")),
        ("one posting", Counter(p.slot for p in postings), Text("同一名额使用超过一次", "an official is sent more than once")),
    ):  # fmt: skip
        for name, count in used.items():
            if count > 1:
                yield Violation(rule, name, says)
    for month in sorted({p.start_month for p in postings}):  # the number in post only rises when one starts
        in_post = sum(p.start_month <= month < p.start_month + p.months for p in postings)
        if in_post > district.postings.posts:
            yield Violation("places", f"{month}", Text(
                f"第{month + 1}个月在任{in_post}人，超过{district.postings.posts}个名额",
                f"{in_post} in post in plan month {month}; at most {district.postings.posts}"))  # fmt: skip
