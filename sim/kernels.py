"""Compiled loops over residents: the only file that knows numba. Whole numbers in, whole numbers out.

``live_everywhere`` is the month of a district. It calls ``live`` on the slice of each community (views, so that loops
vectorise), which adds to that community's row of FLOWS; the loops of the rules may be called alone. Compiled code is cached in a folder named after the sources: numba itself does not notice an edit in a function
that another file's kernel calls, and a changed rule would leave the old code running.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import numba
import numpy as np

from scenarios.formulas import EVERYONE_ELSE
from sim import chance
from sim.outcome import FLOW, FLOWS, SCALE, WAIT_BINS
from sim.population import FRAILTY_CLASSES


def _cache_folder() -> Path:
    """A writable folder for compiled code, keyed by the sources, the constants compiled in, and the compiler."""
    sources = b"".join(Path(file).read_bytes() for file in (__file__, chance.__file__))
    around = repr((FLOWS, SCALE, WAIT_BINS, FRAILTY_CLASSES, EVERYONE_ELSE, numba.__version__, np.__version__)).encode()
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
_inlined = numba.njit(inline="always")
_philox = numba.njit(cache=True, nogil=True, inline="always")(chance.philox)

_MULTIPLY_0, _MULTIPLY_1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_WEYL_0, _WEYL_1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW, _SHIFT, _ROUNDS = np.uint64(0xFFFFFFFF), np.uint64(32), 10
_word = np.uint32

FREE, UNVOICED, QUEUED, AT_STREET, AT_DISTRICT, AT_CITY = range(6)  # a resident's one matter
MINUTES, FEN, ROOMS, WISHES = 0, 1, 2, 4  # columns of what a community has left: rooms of both uses stand from ROOMS on
PRIORITY, TAKES_FEN, TAKES_ROOM, USE, DEADLINE = range(5)  # columns of the table of categories
_NEEDS, _PREVENTED, _BLOCKED, _OPENED = FLOW["needs"], FLOW["prevented"], FLOW["blocked"], FLOW["opened"]
_VOICED, _ROUTED, _LAPSED, _REQUESTED = FLOW["voiced"], FLOW["routed"], FLOW["lapsed"], FLOW["minutes_asked"]
_SERVED, _SOLVED, _UNSOLVED, _IN_TIME = FLOW["served"], FLOW["solved"], FLOW["unsolved"], FLOW["in_time"]
_WAITED, _CASE, _ESCALATED, _WISHES = FLOW["wait_months"], FLOW["case_satisfaction"], FLOW["escalated"], FLOW["wishes"]
_USED, _ROOM, _FEN, _LEFT = (
    FLOW["minutes_used"],
    FLOW["room_minutes_used"],
    FLOW["fen_matters"],
    FLOW["minutes_waiting"],
)
_S_UNVOICED, _S_ROUTING, _S_QUEUED = FLOW["unvoiced"], FLOW["routing"], FLOW["queued"]
_SATISFACTION, _ENGAGEMENT, _ASKED = FLOW["satisfaction"], FLOW["engagement"], FLOW["asked"]
_GRID_NEEDS, _GRID_MET, _GRID_ESCALATED = 0, 1, 2
_FULL, _ROUND, _FIXED = np.uint64(SCALE), np.uint64(SCALE // 2), np.uint64(16)
_SEVENTEEN_BITS = np.uint64(2 * SCALE - 1)
_MOST, _PLACE_IN_LIST = np.uint32(0xFFFFFFFF), np.uint64((1 << 17) - 1)
_OUTSIDE = EVERYONE_ELSE


@_compiled
def month_words(place, event, run, k0, k1, needing, asking):
    """The two draws of each resident of a place that are due every month, as in :func:`sim.chance.month_words`.

    The same numbers, in 32-bit arithmetic so that the loop vectorises (7 times faster). The arrays to fill are uint32 of
    even length, at least the number of residents.
    """
    keys = np.empty((_ROUNDS, 2), dtype=np.uint32)
    for r in range(_ROUNDS):
        keys[r, 0], keys[r, 1] = _word(k0), _word(k1)
        k0, k1 = (k0 + _WEYL_0) & _LOW, (k1 + _WEYL_1) & _LOW
    for pair in range(needing.size // 2):
        c0, c1, c2, c3 = _word(pair), _word(place), _word(event), _word(run)
        for r in range(_ROUNDS):
            p0, p1 = _MULTIPLY_0 * np.uint64(c0), _MULTIPLY_1 * np.uint64(c2)
            c0, c1 = _word(_word(_word(p1 >> _SHIFT) ^ c1) ^ keys[r, 0]), _word(p1)
            c2, c3 = _word(_word(_word(p0 >> _SHIFT) ^ c3) ^ keys[r, 1]), _word(p0)
        needing[2 * pair], asking[2 * pair] = c0, c1
        needing[2 * pair + 1], asking[2 * pair + 1] = c2, c3


@_compiled
def indices(marks, found):
    """Positions of marks other than 0, into ``found``; returns how many. Without a branch, so that it runs fast."""
    count = 0
    for i in range(marks.size):
        found[count] = i
        count += marks[i] != 0
    return count


@_compiled
def arise(place, luck, words, people, chances, kinds, prevented, matters, grids, row):
    """Needs of the month: each resident's draw against its hazard; then prevented, blocked or opened.

    ``chances``: by risk class. ``kinds``: cumulative thresholds by segment and category. ``prevented``: share of the
    hazard that prevention removes by care group, of SCALE. ``words``: the first draw of each resident.
    """
    risk, care, grid = people
    status, category, waited = matters
    for i in range(status.size):
        bar = chances[risk[i]]
        word = np.uint64(words[i])
        if word < bar:
            row[_NEEDS] += 1
            grids[grid[i], _GRID_NEEDS] += 1
            if word >= bar - ((bar * prevented[care[i]]) >> np.uint64(16)):
                row[_PREVENTED] += 1
                grids[grid[i], _GRID_MET] += 1
            elif status[i] != FREE:
                row[_BLOCKED] += 1
            else:
                row[_OPENED] += 1
                which = _philox(np.uint64(i), place, luck[6], luck[3], luck[4], luck[5])[0]
                k, segment = 0, risk[i] // FRAILTY_CLASSES
                while which >= kinds[segment, k]:
                    k += 1
                category[i] = k
                status[i] = UNVOICED
                waited[i] = 0


@_compiled
def voice(place, luck, waiting, voicing, lapse, routed, returned, categories, minutes, matters, row):
    """Open matters are voiced (and routed or queued) or lapse; routed ones come back.

    ``routed``: thresholds by category, cumulative from the city down to the street. ``returned``: by tier above, in time
    or overdue. ``minutes``: what a matter of each category takes.
    """
    status, category, waited = matters
    for i in waiting:
        if status[i] == QUEUED:
            continue
        says, forgets, goes, returns = _philox(np.uint64(i), place, luck[1], luck[3], luck[4], luck[5])
        k = category[i]
        if status[i] == UNVOICED:
            if says < voicing[k]:
                row[_VOICED] += 1
                row[_REQUESTED] += minutes[k]
                if goes < routed[k, 2]:
                    row[_ROUTED] += 1
                    status[i] = AT_CITY if goes < routed[k, 0] else AT_DISTRICT if goes < routed[k, 1] else AT_STREET
                else:
                    status[i] = QUEUED
            elif forgets < lapse:
                row[_LAPSED] += 1
                status[i] = FREE
        else:
            overdue = 1 if waited[i] > categories[k, DEADLINE] else 0
            if returns < returned[status[i] - AT_STREET, overdue]:
                status[i] = QUEUED


@_compiled
def serve(place, luck, waiting, care, solves, categories, minutes, budget, matters, satisfaction, grid, grids, case,
          change, waits, row):  # fmt: skip
    """Serve the queue, urgent and oldest first, ties by a keyed draw, while hours, cash and rooms last.

    ``categories``: int64 (category, 5) of priority, fen, room-minutes, use of rooms and deadline; ``minutes`` by category. ``budget``:
    minutes, fen, room-minutes by use and wishes left, changed in place; minutes and rooms may be overdrawn by the last
    matter, cash may not. A resident in hardship whose wish is claimed is served by members, at no cost to the
    community. ``case``: least case satisfaction and loss per month late. ``change``: rise and fall of satisfaction.
    """
    status, category, waited = matters
    keys, solving = np.empty(waiting.size, dtype=np.uint64), np.empty(waiting.size, dtype=np.uint64)
    queued = 0
    for j in range(waiting.size):  # the order of service in one number, with the place in the list in its last bits
        i = waiting[j]
        if status[i] == QUEUED:
            tie, solving[j], _, _ = _philox(np.uint64(i), place, luck[2], luck[3], luck[4], luck[5])
            urgent, oldest = np.uint64(categories[category[i], PRIORITY]), np.uint64(255 - waited[i])
            keys[queued] = (urgent << np.uint64(57)) | (oldest << np.uint64(49)) | (tie << np.uint64(17)) | np.uint64(j)
            queued += 1
    for key in np.sort(keys[:queued]):
        j = np.int64(key & _PLACE_IN_LIST)
        i = waiting[j]
        k = category[i]
        if budget[WISHES] > 0 and care[i] != _OUTSIDE:
            budget[WISHES] -= 1
            row[_WISHES] += 1
        elif budget[MINUTES] <= 0:
            if budget[WISHES] <= 0:
                break
            continue
        else:
            room = ROOMS + categories[k, USE]
            if budget[FEN] < categories[k, TAKES_FEN] or (categories[k, TAKES_ROOM] > 0 and budget[room] <= 0):
                continue
            budget[MINUTES] -= minutes[k]
            budget[FEN] -= categories[k, TAKES_FEN]
            budget[room] -= categories[k, TAKES_ROOM]
            row[_USED] += minutes[k]
            row[_FEN] += categories[k, TAKES_FEN]
            row[_ROOM] += categories[k, TAKES_ROOM]
        row[_SERVED] += 1
        row[_WAITED] += waited[i]
        waits[min(np.int64(waited[i]), WAIT_BINS - 1)] += 1
        late = max(np.int64(waited[i]) - categories[k, DEADLINE], 0)
        if solving[j] < solves:
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
def age(place, luck, waiting, escalates, categories, minutes, matters, satisfaction, change, grid, grids, row):
    """Matters past their deadline escalate and leave; the rest grow a month older, and those who wait are less satisfied.

    ``change``: rise on service (its size is also the fall on escalation), fall per month unmet, drift, usual level.
    """
    status, category, waited = matters
    for i in waiting:
        if status[i] == FREE:
            continue
        satisfaction[i] -= (change[1] * satisfaction[i]) >> 16
        if status[i] == UNVOICED:
            row[_S_UNVOICED] += 1
            continue
        past = waited[i] > categories[category[i], DEADLINE]
        if past and _philox(np.uint64(i), place, luck[2], luck[3], luck[4], luck[5])[2] < escalates:
            row[_ESCALATED] += 1
            grids[grid[i], _GRID_ESCALATED] += 1
            satisfaction[i] -= (change[0] * satisfaction[i]) >> 16
            status[i] = FREE
        else:
            waited[i] = min(waited[i] + 1, 255)
            if status[i] == QUEUED:
                row[_S_QUEUED] += 1
                row[_LEFT] += minutes[category[i]]
            else:
                row[_S_ROUTING] += 1


@_compiled
def settle(satisfaction, change, cheers, care):
    """Satisfaction drifts to its usual level; visits of the care fund cheer those they reach. Returns the sum."""
    drift, level = change[2], change[3]
    total = np.int64(0)
    for i in range(satisfaction.size):
        satisfaction[i] += (drift * (level - satisfaction[i])) >> 16
        total += satisfaction[i]
    if cheers.any():
        for i in range(satisfaction.size):
            cheered = (cheers[care[i]] * (SCALE - satisfaction[i])) >> 16
            satisfaction[i] += cheered
            total += cheered
    return total


@_compiled
def invite(words, asked, invited, care):
    """Draws rewritten to 0 for those who are asked, counting what care money adds to their chance, and to most for others."""
    for i in range(words.size):
        words[i] = 0 if np.uint64(words[i]) < asked + invited[care[i]] else _MOST


@_compiled
def take_part(words, asked, gain, decays, keeps, adult, satisfaction, engagement):
    """Engagement of a grid's residents: being asked raises it, time lowers it, less so for the satisfied.

    ``words``: a draw each; ``asked``: the threshold below which a resident is asked. The rest is of SCALE. Returns the
    sum of engagement and the number asked, among residents of 15 and over. Factors are kept below 2^32, for the products
    of such numbers vectorise.
    """
    total, count = np.int64(0), np.int64(0)
    gain, decays, keeps = _narrow(gain), _narrow(decays), _narrow(keeps)
    for i in range(adult.size):
        now, here = _narrow(engagement[i]), np.uint64(adult[i])
        is_asked = np.uint64(np.uint64(words[i]) < asked) & here
        rises = is_asked * ((gain * (_FULL - now) + _ROUND) >> _FIXED)
        tires = ((decays * now) >> _FIXED) & _SEVENTEEN_BITS
        stays = (_FULL - ((keeps * _narrow(satisfaction[i])) >> _FIXED)) & _SEVENTEEN_BITS
        now = (now + rises - ((tires * stays + _ROUND) >> _FIXED)) * here
        engagement[i] = np.int32(now)
        total += np.int64(now)
        count += np.int64(is_asked)
    return total, count


@_inlined
def _narrow(number):
    """A whole number of 0 to SCALE, in a form the compiler knows to be below 2^32."""
    return np.uint64(np.uint32(number))


@_compiled
def live(place, luck, people, matters, feelings, adult, scratch, month, limits, budget, first_grid, grids, engaged,
         waits, row):  # fmt: skip
    """One community's month, on its slice of the columns.

    ``luck``: the events' words (needs, matters, service), the run's, the two of the key, and of categories. Tuples:
    ``people`` (risk class, care group, grid), ``matters`` (status, category, waited), ``feelings`` (satisfaction,
    engagement), ``scratch`` (two uint32 and an int64 array). ``month``: chances of needs, shares prevented, thresholds of
    voicing, routing, return and solving, minutes by category, thresholds of being asked by grid, and the decay of
    engagement. ``limits``: as in ``sim.limits``. ``first_grid``: where the community's grids begin in the slice.
    ``engaged``: engagement summed by grid, filled.
    """
    chances, prevented, voicing, routed, returned, solves, minutes, asked, decays = month
    kinds, lapse, escalates, categories, case, change, cheers, invited, gain, keeps = limits
    satisfaction, engagement = feelings
    _, care, grid = people
    needing, asking, found = scratch
    month_words(place, luck[0], luck[3], luck[4], luck[5], needing, asking)
    arise(place, luck, needing, people, chances, kinds, prevented, matters, grids, row)
    waiting = found[: indices(matters[0], found)]
    voice(place, luck, waiting, voicing, lapse, routed, returned, categories, minutes, matters, row)
    serve(place, luck, waiting, care, solves, categories, minutes, budget, matters, satisfaction, grid, grids, case,
          change, waits, row)  # fmt: skip
    age(place, luck, waiting, escalates, categories, minutes, matters, satisfaction, change, grid, grids, row)
    row[_SATISFACTION] = settle(satisfaction, change, cheers, care)
    anyone_invited = invited.any()
    for g in range(first_grid.size - 1):
        here, bar = slice(first_grid[g], first_grid[g + 1]), asked[g]
        if anyone_invited:
            invite(asking[here], bar, invited, care[here])
            bar = np.uint64(1)
        total, count = take_part(asking[here], bar, gain, decays, keeps, adult[here], satisfaction[here],
                                 engagement[here])  # fmt: skip
        engaged[g] = total
        row[_ENGAGEMENT] += total
        row[_ASKED] += count


@_compiled
def live_everywhere(places, first, first_grid, grid_of, luck, people, matters, feelings, adult, scratch, month, limits,
                    budget, grids, engaged, waits, rows):  # fmt: skip
    """The month of every community, in one call: :func:`live` on slice after slice.

    ``first``: where each community begins among residents; ``grid_of``: the same among grids; ``first_grid``: where each
    grid begins among residents. ``month`` and what follows have a row for each community, of ``asked`` for each grid.
    """
    risk, care, grid = people
    status, category, waited = matters
    satisfaction, engagement = feelings
    needing, asking, found = scratch
    chances, prevented, voicing, routed, returned, solves, minutes, asked, decays = month
    for c in range(places.size):
        here, its = slice(first[c], first[c + 1]), slice(grid_of[c], grid_of[c + 1])
        even = (first[c + 1] - first[c] + 1) // 2 * 2
        live(places[c], luck, (risk[here], care[here], grid[here]), (status[here], category[here], waited[here]),
             (satisfaction[here], engagement[here]), adult[here], (needing[:even], asking[:even], found),
             (chances[c], prevented[c], voicing[c], routed[c], returned[c], solves[c], minutes[c], asked[its], decays[c]),
             limits, budget[c], first_grid[grid_of[c] : grid_of[c + 1] + 1] - first[c], grids, engaged[its], waits[c],
             rows[c])  # fmt: skip


@_compiled
def count_waiting(status, first):
    """Residents with an open matter, by community."""
    counts = np.zeros(first.size - 1, dtype=np.int64)
    for row in range(counts.size):
        counts[row] = np.count_nonzero(status[first[row] : first[row + 1]])
    return counts
