"""Compiled loops over residents: the only file that knows numba. Whole numbers in, whole numbers out.

Each function works on one community's slice (views, so that loops vectorise) and adds to that community's row of
FLOWS. Compiled code is cached in a folder named after the sources: numba itself does not notice an edit in a function
that another file's kernel calls, and a changed rule would leave the old code running.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import numba
import numpy as np

from sim import chance
from sim.outcome import FLOW, FLOWS, SCALE, WAIT_BINS


def _cache_folder() -> Path:
    """A writable folder for compiled code, keyed by the sources, the constants compiled in, and the compiler."""
    sources = b"".join(Path(file).read_bytes() for file in (__file__, chance.__file__))
    around = repr((FLOWS, SCALE, WAIT_BINS, numba.__version__, np.__version__)).encode()
    key = hashlib.sha256(sources + around).hexdigest()[:16]
    for base in (Path.home() / ".cache", Path(tempfile.gettempdir())):
        folder = base / "jiceng" / key
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        return folder
    raise OSError("no writable folder for compiled code in the home or temporary folder")


CACHE_FOLDER = _cache_folder()
numba.config.CACHE_DIR = str(CACHE_FOLDER)
_compiled = numba.njit(cache=True, nogil=True)
_philox = numba.njit(cache=True, nogil=True, inline="always")(chance.philox)

_MULTIPLY_0, _MULTIPLY_1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_WEYL_0, _WEYL_1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW, _SHIFT, _ROUNDS = np.uint64(0xFFFFFFFF), np.uint64(32), 10
_word = np.uint32

FREE, UNVOICED, ROUTING, QUEUED = 0, 1, 2, 3  # a resident's one matter
_NEEDS, _PREVENTED, _BLOCKED, _OPENED = FLOW["needs"], FLOW["prevented"], FLOW["blocked"], FLOW["opened"]
_VOICED, _ROUTED, _LAPSED, _ASKED = FLOW["voiced"], FLOW["routed"], FLOW["lapsed"], FLOW["minutes_asked"]
_SERVED, _SOLVED, _UNSOLVED, _IN_TIME = FLOW["served"], FLOW["solved"], FLOW["unsolved"], FLOW["in_time"]
_WAITED, _CASE, _ESCALATED = FLOW["wait_months"], FLOW["case_satisfaction"], FLOW["escalated"]
_USED, _ROOM, _FEN = FLOW["minutes_used"], FLOW["room_minutes_used"], FLOW["fen_matters"]
_S_UNVOICED, _S_ROUTING, _S_QUEUED, _SATISFACTION = (
    FLOW["unvoiced"],
    FLOW["routing"],
    FLOW["queued"],
    FLOW["satisfaction"],
)
_GRID_NEEDS, _GRID_MET, _GRID_ESCALATED = 0, 1, 2
_HALF = SCALE // 2


@_compiled
def first_words(place, event, run, k0, k1, words):
    """The first word of chance.philox for residents 0, 1, 2, ... of a place: ``words``, uint32, is filled.

    The same numbers as :func:`sim.chance.philox`, in 32-bit arithmetic so that the loop vectorises (7 times faster).
    """
    keys = np.empty((_ROUNDS, 2), dtype=np.uint32)
    for r in range(_ROUNDS):
        keys[r, 0], keys[r, 1] = _word(k0), _word(k1)
        k0, k1 = (k0 + _WEYL_0) & _LOW, (k1 + _WEYL_1) & _LOW
    for i in range(words.size):
        c0, c1, c2, c3 = _word(i), _word(place), _word(event), _word(run)
        for r in range(_ROUNDS):
            p0, p1 = _MULTIPLY_0 * np.uint64(c0), _MULTIPLY_1 * np.uint64(c2)
            c0, c1 = _word(_word(_word(p1 >> _SHIFT) ^ c1) ^ keys[r, 0]), _word(p1)
            c2, c3 = _word(_word(_word(p0 >> _SHIFT) ^ c3) ^ keys[r, 1]), _word(p0)
        words[i] = c0


@_compiled
def arise(place, event, run, k0, k1, risk, thresholds, prevented, categories, status, category, waited, grid, grids,
          words, row):  # fmt: skip
    """Needs of the month: each resident's draw against its hazard; then prevented, blocked or opened.

    ``thresholds``: by risk class. ``prevented``: share of the hazard that prevention removes, of SCALE.
    ``categories``: cumulative thresholds. ``words``: uint32 scratch of the slice's length.
    """
    first_words(place, event, run, k0, k1, words)
    for i in range(status.size):
        bar = thresholds[risk[i]]
        if np.uint64(words[i]) < bar:
            row[_NEEDS] += 1
            grids[grid[i], _GRID_NEEDS] += 1
            if np.uint64(words[i]) >= bar - ((bar * prevented) >> np.uint64(16)):
                row[_PREVENTED] += 1
                grids[grid[i], _GRID_MET] += 1
            elif status[i] != FREE:
                row[_BLOCKED] += 1
            else:
                row[_OPENED] += 1
                which = _philox(np.uint64(i), place, event, run, k0, k1)[1]
                k = 0
                while which >= categories[k]:
                    k += 1
                category[i] = k
                status[i] = UNVOICED
                waited[i] = 0


@_compiled
def voice(place, event, run, k0, k1, voicing, lapse, routed, returned, minutes, status, category, row):
    """Open matters are voiced (and routed or queued) or lapse; routed ones come back. Thresholds by category."""
    for i in range(status.size):
        if status[i] == UNVOICED:
            says, forgets, goes, _ = _philox(np.uint64(i), place, event, run, k0, k1)
            k = category[i]
            if says < voicing[k]:
                row[_VOICED] += 1
                row[_ASKED] += minutes[k]
                if goes < routed[k]:
                    row[_ROUTED] += 1
                    status[i] = ROUTING
                else:
                    status[i] = QUEUED
            elif forgets < lapse:
                row[_LAPSED] += 1
                status[i] = FREE
        elif status[i] == ROUTING and _philox(np.uint64(i), place, event, run, k0, k1)[3] < returned:
            status[i] = QUEUED


@_compiled
def serve(place, event, run, k0, k1, solves, categories, budget, status, category, waited, satisfaction, grid, grids,
          case, change, waits, row):  # fmt: skip
    """Serve the queue, urgent and oldest first, ties by a keyed draw, while hours, cash and rooms last.

    ``categories``: int64 (category, 5) of priority, minutes, fen, room-minutes and deadline. ``budget``: minutes, fen
    and room-minutes left, changed in place; minutes may be overdrawn by the last matter, cash and rooms may not.
    ``case``: least case satisfaction and loss per month late. ``change``: rise and fall of satisfaction (of SCALE).
    """
    waiting = np.flatnonzero(status == QUEUED)
    keys = np.empty(waiting.size, dtype=np.uint64)
    for j in range(waiting.size):
        i = waiting[j]
        tie = _philox(np.uint64(i), place, event, run, k0, k1)[0]
        urgent = np.uint64(categories[category[i], 0])
        keys[j] = (urgent << np.uint64(48)) | (np.uint64(255 - waited[i]) << np.uint64(40)) | tie
    for j in np.argsort(keys, kind="mergesort"):
        if budget[0] <= 0:
            break
        i = waiting[j]
        k = category[i]
        if budget[1] < categories[k, 2] or budget[2] < categories[k, 3]:
            continue
        budget[0] -= categories[k, 1]
        budget[1] -= categories[k, 2]
        budget[2] -= categories[k, 3]
        row[_SERVED] += 1
        row[_USED] += categories[k, 1]
        row[_FEN] += categories[k, 2]
        row[_ROOM] += categories[k, 3]
        row[_WAITED] += waited[i]
        waits[min(np.int64(waited[i]), WAIT_BINS - 1)] += 1
        late = max(np.int64(waited[i]) - categories[k, 4], 0)
        if _philox(np.uint64(i), place, event, run, k0, k1)[1] < solves:
            row[_SOLVED] += 1
            grids[grid[i], _GRID_MET] += 1
            if late == 0:
                row[_IN_TIME] += 1
            row[_CASE] += max(case[0], SCALE - late * case[1])
            satisfaction[i] += (change[0] * (SCALE - satisfaction[i])) >> 16
        else:
            row[_UNSOLVED] += 1
            row[_CASE] += case[0]
            satisfaction[i] -= (change[1] * satisfaction[i]) >> 16
        status[i] = FREE


@_compiled
def age(place, event, run, k0, k1, escalates, categories, status, category, waited, satisfaction, change, grid, grids,
        row):  # fmt: skip
    """Matters past their deadline escalate and leave; the rest grow a month older; satisfaction falls and drifts.

    ``change``: rise on service (its size is also the fall on escalation), fall per month unmet, drift, usual level.
    """
    for i in range(status.size):
        if status[i] == FREE:
            continue
        satisfaction[i] -= (change[1] * satisfaction[i]) >> 16
        if status[i] == UNVOICED:
            row[_S_UNVOICED] += 1
            continue
        past = waited[i] > categories[category[i], 4]
        if past and _philox(np.uint64(i), place, event, run, k0, k1)[2] < escalates:
            row[_ESCALATED] += 1
            grids[grid[i], _GRID_ESCALATED] += 1
            satisfaction[i] -= (change[0] * satisfaction[i]) >> 16
            status[i] = FREE
        else:
            waited[i] = min(waited[i] + 1, 255)
            if status[i] == ROUTING:
                row[_S_ROUTING] += 1
            else:
                row[_S_QUEUED] += 1
    drift, level = change[2], change[3]
    total = np.int64(0)
    for i in range(satisfaction.size):
        satisfaction[i] += (drift * (level - satisfaction[i])) >> 16
        total += satisfaction[i]
    row[_SATISFACTION] = total


@_compiled
def participate(asked, decays, keeps, adult, satisfaction, engagement):
    """Engagement of a grid's residents: being asked raises it, time lowers it, less so for the satisfied.

    All of SCALE. Returns the sum of engagement over residents of 15 and over.
    """
    total = np.int64(0)
    for i in range(adult.size):
        now = engagement[i]
        fades = (((decays * now) >> 16) * (SCALE - ((keeps * satisfaction[i]) >> 16)) + _HALF) >> 16
        now = (now + ((asked * (SCALE - now) + _HALF) >> 16) - fades) * adult[i]
        engagement[i] = now
        total += now
    return total
