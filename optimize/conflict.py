"""Why nothing fits, in words: rules that contradict each other on sight, else the smallest total breach of the rest."""

from __future__ import annotations

import math

from optimize.allocation import assemble
from optimize.coefficients import Yields
from optimize.plan import Limits, Status
from optimize.program import linear
from optimize.solver import Search
from optimize.violation import wan
from scenarios.district import District
from scenarios.text import Text


def contradictions(district: District) -> list[Text]:
    """Rules of a free fund that no plan can keep together."""
    fund = district.service_fund
    if fund.mode != "free":
        return []
    found, floors = [], sum(fund.floor_fen)
    if floors > fund.pool_fen:
        found.append(Text(
            f"各社区保底合计{wan(floors)}万元，超过资金池{wan(fund.pool_fen)}万元，差{wan(floors - fund.pool_fen)}万元：请扩大资金池或降低保底",
            f"floors of {wan(floors)} 万元 exceed the pool of {wan(fund.pool_fen)} 万元 by {wan(floors - fund.pool_fen)} 万元: "
            "enlarge the pool or lower the floors"))  # fmt: skip
    for code, floor in zip(district.communities.code, fund.floor_fen, strict=False):
        if floor > fund.cap_fen:
            found.append(Text(
                f"{code}的保底{wan(floor)}万元高于上限{wan(fund.cap_fen)}万元：请提高上限或降低保底",
                f"the floor of {code}, {wan(floor)} 万元, is above the cap of {wan(fund.cap_fen)} 万元: raise the cap or lower the floor"))  # fmt: skip
    return found


def smallest_breach(district: District, yields: Yields, *, outlay_fen: int | None, limits: Limits) -> list[Text]:
    """The rules that must give way, and by how much at least, so that a plan exists."""
    allocation = assemble(district, yields, outlay_fen=outlay_fen, elastic=True)
    slacks = allocation.program.excess
    everything = linear([(slack, 1.0) for group in slacks.values() for slack in group])
    answer = Search(allocation.program).minimise(everything, limits)
    unexplained = [Text("没有找到可行方案", "no plan fits, and no single rule explains it")]
    if answer.status not in (Status.OPTIMAL, Status.FEASIBLE):
        return unexplained
    breach = {rule: max(answer[slack] for slack in group) for rule, group in slacks.items()}
    # Rounded up to 100 yuan, so that giving way by the amount stated is enough.
    words = [_words(rule, math.ceil(amount * 100) / 100, outlay_fen) for rule, amount in breach.items() if amount > 0]
    return words or unexplained


def _words(rule: str, amount: float, outlay_fen: int | None) -> Text:
    target = "" if outlay_fen is None else wan(outlay_fen)
    if rule == "outlay above":
        return Text(
            f"合并支出至少比目标{target}万元高{amount:.2f}万元：请提高目标，或减少岗位、选派、投资",
            f"the outlay is at least {amount:.2f} 万元 above the target of {target} 万元: raise the target, or cut grants, posts or capital")  # fmt: skip
    if rule == "outlay below":
        return Text(
            f"合并支出最多只能到目标{target}万元以下{amount:.2f}万元：请扩大资金池、提高上限，或降低目标",
            f"the outlay stays at least {amount:.2f} 万元 below the target of {target} 万元: enlarge the pool, raise the caps, or lower the target")  # fmt: skip
    return Text(f"资金池至少差{amount:.2f}万元", f"the pool is short by at least {amount:.2f} 万元")
