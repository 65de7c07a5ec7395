"""One community made by hand, on which the compiled loops of a month act one at a time."""

from __future__ import annotations

import numpy as np

from scenarios.formulas import CARE_GROUPS, EVERYONE_ELSE
from sim import chance, kernels
from sim.outcome import FLOW, FLOWS, GRID_FLOWS, SCALE, WAIT_BINS

MINUTES = 60  # of a matter in these queues
ALIKE = np.array([[1, 0, 0, 0, 2]])  # one category: priority, fen, room-minutes, use of rooms, deadline


def means(minutes: int, fen: int = 0, rooms: int = 0, care_rooms: int = 0, wishes: int = 0) -> np.ndarray:
    """What a community has for service."""
    return np.array([minutes, fen, rooms, care_rooms, wishes], dtype=np.int64)


class Place:
    """One community made by hand: the columns of its residents, and the kernels that act on them in a month."""

    def __init__(
        self, size: int, table: np.ndarray = ALIKE, minutes: tuple[int, ...] = (MINUTES,), run: int = 0
    ) -> None:
        self.status, self.category, self.waited = (np.zeros(size, dtype=np.uint8) for _ in range(3))
        self.satisfaction = np.full(size, SCALE // 2, dtype=np.int32)
        self.first_grid = np.array([0, size])
        self.care = np.full(size, EVERYONE_ELSE, dtype=np.uint8)
        self.table, self.minutes, self.run = (
            table,
            np.array(minutes),
            (chance.run_word(0, run), *chance.seed_key(20261122)),
        )
        self.grids, self.waits = np.zeros((1, len(GRID_FLOWS)), dtype=np.int64), np.zeros(WAIT_BINS, dtype=np.int64)
        self.row, self.code = np.zeros(len(FLOWS), dtype=np.int64), chance.place_key("990101001001")

    @property
    def matters(self) -> tuple[np.ndarray, ...]:
        """Status, category and months waited."""
        return self.status, self.category, self.waited

    @property
    def waiting(self) -> np.ndarray:
        """Whoever has an open matter."""
        return np.flatnonzero(self.status).astype(np.uint64)

    @property
    def stages(self) -> np.ndarray:
        """Stages of the open matters."""
        return self.status[self.status > kernels.FREE]

    def drawn(self, event: np.uint64, month: int, who: np.ndarray) -> np.ndarray:
        """Four draws of each of some residents for an event of a month."""
        words = np.zeros((4, len(who)), dtype=np.uint32)
        kernels.draw(self.code, event, self.luck(month), who, words)
        return words

    def luck(self, month: int) -> np.ndarray:
        """The counter and key words of a month: needs, matters, service, the run, two of the seed, and categories."""
        events = [chance.event_word(month, kind) for kind in (chance.NEED, chance.MATTER, chance.SERVICE)]
        return np.array([*events, *self.run, chance.event_word(month, chance.KIND)], dtype=np.uint64)

    def arise(self, month: int, hazard: float, prevented: float = 0.0) -> None:
        """Needs of the month; prevention by care group, or the same for all."""
        luck, size = self.luck(month), len(self.status)
        needing, asking = np.zeros((2, size + size % 2), dtype=np.uint32)
        kernels.month_words(self.code, luck[0], luck[3], luck[4], luck[5], needing, asking)
        shares = np.broadcast_to(np.asarray(prevented) * SCALE, CARE_GROUPS).astype(np.uint64)
        risk, chances = np.zeros(size, dtype=np.uint8), chance.threshold(np.array([hazard]))
        called = kernels.in_need(needing, risk, chances, np.zeros(size + 1, dtype=np.uint64))
        kernels.arise(needing, called, self.drawn(luck[6], month, called)[0], (risk, self.care), chances,
                      np.array([[chance.CERTAIN]], dtype=np.uint64), shares, self.matters, self.first_grid, self.grids,
                      self.row)  # fmt: skip

    def voice(self, month: int, voicing: float, lapse: float, routed: float, returned: float | np.ndarray,
              tiers: tuple[float, float] = (0.0, 0.0)) -> None:  # fmt: skip
        """Voicing, lapse, routing (of which a share to the city, and to city or district) and return (by tier, overdue)."""
        event = self.luck(month)[1]
        away, silent = self.waiting[self.stages >= kernels.AT_STREET], self.waiting[self.stages == kernels.UNVOICED]
        kernels.come_back(self.drawn(event, month, away), away, chance.threshold(np.broadcast_to(returned, (3, 2))),
                          self.table, self.matters)  # fmt: skip
        kernels.voice(self.drawn(event, month, silent), silent, chance.threshold(np.array([voicing])),
                      np.uint64(chance.threshold(lapse)), chance.threshold(routed * np.array([[*tiers, 1.0]])),
                      self.minutes, self.matters, self.row)  # fmt: skip

    def serve(self, month: int, budget: np.ndarray, solves: float = 1.0, change: tuple[int, int] = (0, 0)) -> None:
        """Service within a budget, which is changed in place."""
        voiced = self.waiting[self.stages >= kernels.QUEUED]
        kernels.serve(self.drawn(self.luck(month)[2], month, voiced), voiced, self.care,
                      np.uint64(chance.threshold(solves)), self.table, self.minutes, budget, self.matters,
                      self.satisfaction, self.first_grid, self.grids, np.array([SCALE // 4, SCALE // 50]),
                      np.array([*change, 0, 0]), self.waits, self.row)  # fmt: skip

    def age(self, month: int, escalates: float, change: tuple[int, int, int, int] = (0, 0, 0, 0),
            cheers: np.ndarray | int = 0) -> None:  # fmt: skip
        """Escalation, a month more of waiting, satisfaction; a rise of it by care group."""
        voiced, silent = self.waiting[self.stages >= kernels.QUEUED], self.waiting[self.stages == kernels.UNVOICED]
        kernels.age(self.drawn(self.luck(month)[2], month, voiced), voiced, silent, np.uint64(chance.threshold(escalates)),
                    self.table, self.minutes, self.matters, self.satisfaction, np.array(change), self.first_grid,
                    self.grids, self.row)  # fmt: skip
        total = kernels.settle(self.satisfaction, np.array(change), np.broadcast_to(cheers, CARE_GROUPS).astype(np.int64),
                               self.care)  # fmt: skip
        assert total == self.satisfaction.sum(dtype=np.int64)

    def count(self, name: str) -> int:
        """A flow of all months so far (a stock: of the last)."""
        return int(self.row[FLOW[name]])
