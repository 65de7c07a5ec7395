"""One community's months in words, from the counts of a run: what happened there, and what stood in the way."""

from __future__ import annotations

from scenarios.funding import FEN_PER_WAN
from scenarios.text import Text
from sim.outcome import FLOWS, SCALE, Outcome

MONTHS = 12
TIGHT = 0.97  # a resource used to this share stood in the way; what was overdrawn last month is part of it


def months_told(outcome: Outcome, code: str) -> tuple[Text, ...]:
    """A sentence a month for the community with this code. Raises ``KeyError`` for a code the run does not know."""
    if code not in outcome.codes:
        raise KeyError(code)
    row = outcome.codes.index(code)
    people, first = int(outcome.population[row]), outcome.first_month
    return tuple(_month(dict(zip(FLOWS, line[row].tolist(), strict=True)), first + number, people)
                 for number, line in enumerate(outcome.monthly))  # fmt: skip


def _month(now: dict[str, int], month: int, people: int) -> Text:
    """One month: needs, voice, service, what waits, money, and the limits met."""
    year, of_year = divmod(month, MONTHS)
    wan = {
        name: now[name] / FEN_PER_WAN
        for name in ("fen_in", "fen_matters", "fen_contracts", "fen_prevention", "fen_held")
    }
    hours, used = now["minutes"] / 60, now["minutes_used"] / 60
    zh = (
        f"{year}年{of_year + 1}月：产生需求 {now['needs']} 件，预防 {now['prevented']} 件，因已有事项在等而搁置 {now['blocked']} 件；"
        f"新反映 {now['voiced']} 件，未说出而消退 {now['lapsed']} 件，办理 {now['served']} 件，解决 {now['solved']} 件"
        f"（按时 {now['in_time']} 件），上交 {now['escalated']} 件；月末未说出 {now['unvoiced']} 件、上转 {now['routing']} 件、"
        f"排队 {now['queued']} 件。可用工时 {hours:,.0f} 小时，用去 {used:,.0f} 小时；到账 {wan['fen_in']:.2f} 万元，"
        f"办事 {wan['fen_matters']:.2f}、购买服务 {wan['fen_contracts']:.2f}、预防 {wan['fen_prevention']:.2f}，结余 {wan['fen_held']:.2f}。"
        f"居民满意度 {now['satisfaction'] / SCALE / people:.1%}，感知响应度 {now['responsiveness'] / SCALE:.0%}。"
    )
    en = (
        f"{year}-{of_year + 1:02d}: {now['needs']} needs, {now['prevented']} prevented, {now['blocked']} blocked by a matter that "
        f"waits; {now['voiced']} voiced, {now['lapsed']} lapsed unvoiced, {now['served']} served, {now['solved']} solved "
        f"({now['in_time']} in time), {now['escalated']} escalated; at the end {now['unvoiced']} unvoiced, {now['routing']} with a "
        f"higher tier, {now['queued']} queued. {hours:,.0f} hours for service, {used:,.0f} used; {wan['fen_in']:.2f} 万元 came in, "
        f"{wan['fen_matters']:.2f} for matters, {wan['fen_contracts']:.2f} contracts, {wan['fen_prevention']:.2f} prevention, "
        f"{wan['fen_held']:.2f} held. Satisfaction {now['satisfaction'] / SCALE / people:.1%}, responsiveness felt "
        f"{now['responsiveness'] / SCALE:.0%}."
    )
    limits = _limits(now)
    return Text(zh + limits.zh, en + limits.en)


def _limits(now: dict[str, int]) -> Text:
    """What the queue that is left waited for: hours, rooms, or nothing but cash."""
    if not now["queued"]:
        return Text("", "")
    if now["minutes_used"] >= TIGHT * now["minutes"]:
        return Text("工时用尽。", " Hours ran out.")
    if now["room_minutes_used"] >= TIGHT * now["room_minutes"]:
        return Text("活动场地用尽。", " Rooms ran out.")
    return Text("余下事项缺资金或场地。", " What is left lacks cash or rooms.")
