"""Compiled loops over residents: the only file that knows numba. Whole numbers in, whole numbers out.

``live_everywhere`` is the month of a district. It calls ``live`` on the slice of each community (views, so that loops
vectorise), which adds to that community's row of FLOWS; the loops of the rules may be called alone. Loops over many
residents go without branches, and draws are made for lists at once: a wrongly foreseen branch costs more than the rule.
"""

from __future__ import annotations

from collections import namedtuple

import numba
import numpy as np

from scenarios.formulas import EVERYONE_ELSE
from sim.kernels_cache import cache_folder
from sim.outcome import FLOWS, SCALE, WAIT_BINS
from sim.population import FRAILTY_CLASSES

CACHE_FOLDER = cache_folder(__file__, FLOWS, SCALE, WAIT_BINS, FRAILTY_CLASSES, EVERYONE_ELSE)
numba.config.CACHE_DIR = str(CACHE_FOLDER)
_compiled = numba.njit(cache=True, nogil=True)
_inlined = numba.njit(inline="always")

_MULTIPLY_0, _MULTIPLY_1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_WEYL_0, _WEYL_1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW, _SHIFT, _ROUNDS = np.uint64(0xFFFFFFFF), np.uint64(32), 10
_word = np.uint32

FREE, UNVOICED, QUEUED, AT_STREET, AT_DISTRICT, AT_CITY = range(6)  # a resident's one matter
MINUTES, FEN, ROOMS, WISHES = 0, 1, 2, 4  # columns of what a community has left: rooms of both uses stand from ROOMS on
PRIORITY, TAKES_FEN, TAKES_ROOM, USE, DEADLINE = range(5)  # columns of the table of categories
_COLUMN = namedtuple("_Column", FLOWS)(*range(len(FLOWS)))  # of the flows of a month
_GRID_NEEDS, _GRID_MET, _GRID_ESCALATED = 0, 1, 2
_FULL, _ROUND, _FIXED = np.uint64(SCALE), np.uint64(SCALE // 2), np.uint64(16)
_SEVENTEEN_BITS = np.uint64(2 * SCALE - 1)
_MOST, _PLACE_IN_LIST = np.uint32(0xFFFFFFFF), np.uint64((1 << 17) - 1)
_OUTSIDE, _LONG_LIST, _MOST_IN_A_BYTE = EVERYONE_ELSE, 512, 255


@_inlined
def _philox(c0, c1, c2, c3, k0, k1):
    """:func:`sim.chance.philox`, but only the lower 32 bits of each word count: the form that compilers vectorise."""
    for _ in range(_ROUNDS):
        p0, p1 = _MULTIPLY_0 * (c0 & _LOW), _MULTIPLY_1 * (c2 & _LOW)
        c0, c1, c2, c3 = (p1 >> _SHIFT) ^ c1 ^ k0, p1, (p0 >> _SHIFT) ^ c3 ^ k1, p0
        k0, k1 = k0 + _WEYL_0, k1 + _WEYL_1
    return c0, c1, c2, c3


@_compiled
def month_words(place, event, run, k0, k1, needing, asking):
    """The two draws of each resident of a place that are due every month, as in :func:`sim.chance.month_words`.

    The arrays to fill are uint32 of even length, at least the number of residents; pairs are written as one number.
    """
    needing_pairs, asking_pairs = needing.view(np.uint64), asking.view(np.uint64)
    for pair in range(needing_pairs.size):
        w0, w1, w2, w3 = _philox(np.uint64(pair), place, event, run, k0, k1)
        needing_pairs[pair], asking_pairs[pair] = (w0 & _LOW) | (w2 << _SHIFT), (w1 & _LOW) | (w3 << _SHIFT)


@_compiled
def draw(place, event, luck, who, words):
    """The four words of each resident of a list for an event, as in :func:`sim.chance.draws`: uint32 (4, room for all)."""
    run, k0, k1 = luck[3], luck[4], luck[5]
    for j in range(who.size):
        w0, w1, w2, w3 = _philox(np.uint64(who[j]), place, event, run, k0, k1)
        words[0, j], words[1, j], words[2, j], words[3, j] = _word(w0), _word(w1), _word(w2), _word(w3)


@_compiled
def indices(marks, found):
    """Positions of marks other than 0: a part of ``found``."""
    count = 0
    for i in range(marks.size):
        found[count] = i
        count += marks[i] != 0
    return found[:count]


@_compiled
def among(status, waiting, least, most, found):
    """Those of ``waiting`` whose matter is in a stage from ``least`` to ``most``, in their order: a part of ``found``."""
    count = 0
    for i in waiting:
        found[count] = i
        count += (status[i] >= least) & (status[i] <= most)
    return found[:count]


@_inlined
def within(first, i):
    """The grid of a resident, from where grids begin: cheaper than a column of it, as a community has few."""
    grid = 0
    for later in range(1, first.size - 1):
        grid += np.int64(i) >= first[later]
    return grid


@_compiled
def in_need(words, risk, chances, found):
    """Residents whose draw lies below the hazard of their risk class, in order: a part of ``found``."""
    count = 0
    for i in range(risk.size):
        found[count] = i
        count += np.uint64(words[i]) < chances[risk[i]]
    return found[:count]


@_compiled
def arise(words, needing, kind, people, chances, kinds, prevented, matters, first_grid, grids, row):
    """Needs of the month, of the residents of ``needing``: prevented, blocked by an open matter, or opened.

    ``words``: the first draw of each resident of the community; ``kind``: one for the category, of each in need.
    ``chances``: by risk class. ``kinds``: cumulative thresholds by segment and category. ``prevented``: share of the
    hazard that prevention removes by care group, of SCALE.
    """
    risk, care = people
    status, category, waited = matters
    row[_COLUMN.needs] += needing.size
    for j, i in enumerate(needing):
        bar = chances[risk[i]]
        grids[within(first_grid, i), _GRID_NEEDS] += 1
        if np.uint64(words[i]) >= bar - ((bar * prevented[care[i]]) >> np.uint64(16)):
            row[_COLUMN.prevented] += 1
            grids[within(first_grid, i), _GRID_MET] += 1
        elif status[i] != FREE:
            row[_COLUMN.blocked] += 1
        else:
            row[_COLUMN.opened] += 1
            k, segment = 0, risk[i] // FRAILTY_CLASSES
            for earlier in range(kinds.shape[1] - 1):
                k += np.uint64(kind[j]) >= kinds[segment, earlier]
            category[i], status[i], waited[i] = k, UNVOICED, 0


@_compiled
def voice(words, silent, voicing, lapse, routed, minutes, matters, row):
    """Unvoiced matters are voiced (and routed or queued), lapse, or stay.

    ``words``: four draws of each of ``silent``, of which to say, to forget and where to go. ``routed``: thresholds by
    category, cumulative from the city down to the street. ``minutes``: what a matter of each category takes.
    """
    status, category, _ = matters
    says, forgets, goes = words[0], words[1], words[2]
    fates = np.zeros((AT_CITY + 1, minutes.size), dtype=np.int64)
    for j, i in enumerate(silent):
        k, where = category[i], np.uint64(goes[j])
        routes = where < routed[k, 2]
        stage = QUEUED + routes + (routes & (where < routed[k, 1])) + (routes & (where < routed[k, 0]))
        kept = UNVOICED - (np.uint64(forgets[j]) < lapse)
        heard = np.uint64(says[j]) < voicing[k]
        fate = np.uint8(stage if heard else kept)
        status[i] = fate
        fates[fate, k] += 1
    for k in range(minutes.size):
        voiced = fates[QUEUED:, k].sum()
        row[_COLUMN.voiced] += voiced
        row[_COLUMN.minutes_asked] += voiced * minutes[k]
        row[_COLUMN.routed] += fates[AT_STREET:, k].sum()
        row[_COLUMN.lapsed] += fates[FREE, k]


@_compiled
def come_back(words, away, returned, categories, matters):
    """Matters with a higher tier come back to the queue. ``returned``: by tier above, in time or overdue; the fourth draw."""
    status, category, waited = matters
    for j, i in enumerate(away):
        overdue = 1 if waited[i] > categories[category[i], DEADLINE] else 0
        if np.uint64(words[3, j]) < returned[status[i] - np.uint8(AT_STREET), overdue]:
            status[i] = QUEUED


@_compiled
def in_order(keys):
    """Keys, all different and below 2^63, from the least up; short lists fast, by counting those below each."""
    if keys.size > _LONG_LIST:
        return np.sort(keys)
    ordered = np.empty_like(keys)
    for a in range(keys.size):
        key, below = np.int64(keys[a]), np.int64(0)
        for b in range(keys.size):
            below += np.int64(keys[b]) < key
        ordered[below] = keys[a]
    return ordered


@_compiled
def serve(words, waiting, care, solves, categories, minutes, budget, matters, satisfaction, first_grid, grids, case,
          change, waits, row):  # fmt: skip
    """Serve the queue, urgent and oldest first, ties by a keyed draw, while hours, cash and rooms last.

    ``words``: draws of each of ``waiting``: for ties, and to be solved. ``categories``: int64 (category, 5) of priority,
    fen, room-minutes, use of rooms and deadline; ``minutes`` by category. ``budget``: minutes, fen, room-minutes by use and
    wishes left, changed in place; minutes and rooms may be overdrawn by the last matter, cash may not. A resident in
    hardship whose wish is claimed is served by members, at no cost to the community. ``case``: least case satisfaction
    and loss per month late. ``change``: rise and fall of satisfaction.
    """
    status, category, waited = matters
    keys, queued = np.empty(waiting.size, dtype=np.uint64), 0
    for j, i in enumerate(waiting):  # the order of service in one number, with the place in the list in its last bits
        urgent, oldest = np.uint64(categories[category[i], PRIORITY]), np.uint64(255 - waited[i])
        tie = np.uint64(words[0, j])
        keys[queued] = (urgent << np.uint64(57)) | (oldest << np.uint64(49)) | (tie << np.uint64(17)) | np.uint64(j)
        queued += status[i] == QUEUED
    for key in in_order(keys[:queued]):
        j = key & _PLACE_IN_LIST
        i = waiting[j]
        k = category[i]
        if budget[WISHES] > 0 and care[i] != _OUTSIDE:
            budget[WISHES] -= 1
            row[_COLUMN.wishes] += 1
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
            row[_COLUMN.minutes_used] += minutes[k]
            row[_COLUMN.fen_matters] += categories[k, TAKES_FEN]
            row[_COLUMN.room_minutes_used] += categories[k, TAKES_ROOM]
        row[_COLUMN.served] += 1
        row[_COLUMN.wait_months] += waited[i]
        waits[min(np.int64(waited[i]), WAIT_BINS - 1)] += 1
        late = max(np.int64(waited[i]) - categories[k, DEADLINE], 0)
        solved, content = np.uint64(words[1, j]) < solves, np.int64(satisfaction[i])
        row[_COLUMN.solved] += solved
        row[_COLUMN.unsolved] += not solved
        row[_COLUMN.in_time] += solved & (late == 0)
        grids[within(first_grid, i), _GRID_MET] += solved
        row[_COLUMN.case_satisfaction] += max(case[0], SCALE - late * case[1]) if solved else case[0]
        rise, fall = (change[0] * (SCALE - content)) >> 16, (change[1] * content) >> 16
        satisfaction[i] = content + (rise if solved else -fall)
        status[i] = FREE


@_compiled
def age(words, voiced, silent, escalates, categories, minutes, matters, satisfaction, change, first_grid, grids, row):
    """Voiced matters past their deadline escalate and leave or grow a month older; whoever waits is less satisfied.

    ``words``: draws of each of ``voiced`` (some of them served by now), the third to escalate. ``silent``: those whose
    matter is unvoiced. ``change``: rise on service (its size is also the fall on escalation), fall per month unmet.
    """
    status, category, waited = matters
    stages = np.zeros((AT_CITY + 1, minutes.size), dtype=np.int64)
    for j, i in enumerate(voiced):
        now, k, content, months = status[i], category[i], np.int64(satisfaction[i]), np.int64(waited[i])
        content -= ((change[1] * content) >> 16) & -np.int64(now != FREE)
        past = months > categories[k, DEADLINE]
        if (now != FREE) & past & (np.uint64(words[2, j]) < escalates):
            row[_COLUMN.escalated] += 1
            grids[within(first_grid, i), _GRID_ESCALATED] += 1
            content -= (change[0] * content) >> 16
            status[i] = now = np.uint8(FREE)
        satisfaction[i] = content
        waited[i] = months + ((now != FREE) & (months < 255))
        stages[now, k] += 1
    for k in range(minutes.size):
        row[_COLUMN.queued] += stages[QUEUED, k]
        row[_COLUMN.minutes_waiting] += stages[QUEUED, k] * minutes[k]
        row[_COLUMN.routing] += stages[AT_STREET:, k].sum()
    row[_COLUMN.unvoiced] += silent.size
    for i in silent:
        satisfaction[i] -= (change[1] * satisfaction[i]) >> 16


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
    gain, decays, keeps = np.uint64(_word(gain)), np.uint64(_word(decays)), np.uint64(_word(keeps))
    for i in range(adult.size):
        now, here = np.uint64(_word(engagement[i])), np.uint64(adult[i])
        is_asked = np.uint64(np.uint64(words[i]) < asked) & here
        rises = is_asked * ((gain * (_FULL - now) + _ROUND) >> _FIXED)
        tires = ((decays * now) >> _FIXED) & _SEVENTEEN_BITS
        stays = (_FULL - ((keeps * np.uint64(_word(satisfaction[i]))) >> _FIXED)) & _SEVENTEEN_BITS
        now = (now + rises - ((tires * stays + _ROUND) >> _FIXED)) * here
        engagement[i] = np.int32(now)
        total += np.int64(now)
        count += np.int64(is_asked)
    return total, count


@_compiled
def live(place, luck, people, matters, feelings, adult, scratch, month, limits, budget, first_grid, grids, engaged,
         waits, row):  # fmt: skip
    """One community's month, on its slice of the columns.

    ``luck``: the events' words (needs, matters, service), the run's, the two of the key, and of categories. Tuples:
    ``people`` (risk class, care group), ``matters`` (status, category, waited), ``feelings`` (satisfaction, engagement),
    ``scratch`` (see :func:`live_everywhere`). ``month``: chances of needs, shares prevented, thresholds of
    voicing, routing, return and solving, minutes by category, thresholds of being asked by grid, and the decay of
    engagement. ``limits``: as in ``sim.limits``. ``first_grid``: where the community's grids begin in the slice.
    ``engaged``: engagement summed by grid, filled.
    """
    chances, prevented, voicing, routed, returned, solves, minutes, asked, decays = month
    kinds, lapse, escalates, categories, case, change, cheers, invited, gain, keeps = limits
    satisfaction, engagement = feelings
    care, status = people[1], matters[0]
    needing, asking, found, words, lists = scratch
    month_words(place, luck[0], luck[3], luck[4], luck[5], needing, asking)
    called = in_need(needing, people[0], chances, found)
    draw(place, luck[6], luck, called, words)
    arise(needing, called, words[0], people, chances, kinds, prevented, matters, first_grid, grids, row)
    waiting = indices(status, found)
    away = among(status, waiting, AT_STREET, AT_CITY, lists[0])
    draw(place, luck[1], luck, away, words)
    come_back(words, away, returned, categories, matters)
    silent = among(status, waiting, UNVOICED, UNVOICED, lists[0])
    draw(place, luck[1], luck, silent, words)
    voice(words, silent, voicing, lapse, routed, minutes, matters, row)
    voiced = among(status, waiting, QUEUED, AT_CITY, lists[1])
    draw(place, luck[2], luck, voiced, words)
    serve(words, voiced, care, solves, categories, minutes, budget, matters, satisfaction, first_grid, grids, case, change,
          waits, row)  # fmt: skip
    silent = among(status, silent, UNVOICED, UNVOICED, lists[0])
    age(words, voiced, silent, escalates, categories, minutes, matters, satisfaction, change, first_grid, grids, row)
    row[_COLUMN.satisfaction] = settle(satisfaction, change, cheers, care)
    for g in range(first_grid.size - 1):
        here, bar = slice(first_grid[g], first_grid[g + 1]), asked[g]
        if invited.any():
            invite(asking[here], bar, invited, care[here])
            bar = np.uint64(1)
        total, count = take_part(asking[here], bar, gain, decays, keeps, adult[here], satisfaction[here],
                                 engagement[here])  # fmt: skip
        engaged[g] = total
        row[_COLUMN.engagement] += total
        row[_COLUMN.asked] += count


@_compiled
def live_everywhere(places, first, first_grid, grid_of, luck, people, matters, feelings, adult, scratch, month, limits,
                    budget, grids, engaged, waits, rows):  # fmt: skip
    """The month of every community, in one call: :func:`live` on slice after slice.

    ``first``: where each community begins among residents; ``grid_of``: the same among grids; ``first_grid``: where each
    grid begins among residents. ``month`` and what follows have a row for each community, of ``asked`` for each grid.
    """
    risk, care = people
    status, category, waited = matters
    satisfaction, engagement = feelings
    needing, asking, found = scratch[0], scratch[1], scratch[2].view(np.uint64)  # unsigned, as no place is negative
    words, lists = np.empty((4, found.size), dtype=np.uint32), np.empty((2, found.size), dtype=np.uint64)
    chances, prevented, voicing, routed, returned, solves, minutes, asked, decays = month
    for c in range(places.size):
        here, its = slice(first[c], first[c + 1]), slice(grid_of[c], grid_of[c + 1])
        even = (first[c + 1] - first[c] + 1) // 2 * 2
        live(places[c], luck, (risk[here], care[here]), (status[here], category[here], waited[here]),
             (satisfaction[here], engagement[here]), adult[here], (needing[:even], asking[:even], found, words, lists),
             (chances[c], prevented[c], voicing[c], routed[c], returned[c], solves[c], minutes[c], asked[its], decays[c]),
             limits, budget[c], first_grid[grid_of[c] : grid_of[c + 1] + 1] - first[c], grids[its], engaged[its], waits[c],
             rows[c])  # fmt: skip


@_compiled
def count_waiting(status, first):
    """Residents with an open matter, by community."""
    counts = np.zeros(first.size - 1, dtype=np.int64)
    for row in range(counts.size):
        for begin in range(first[row], first[row + 1], _MOST_IN_A_BYTE):
            some = np.uint8(0)
            for mark in status[begin : min(begin + _MOST_IN_A_BYTE, first[row + 1])]:
                some = np.uint8(some + (mark != FREE))
            counts[row] += some
    return counts
