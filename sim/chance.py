"""Keyed randomness: every draw is a pure function of what it is for, never of the order of calls.

Philox4x32-10 (Salmon et al. 2011, SC11) maps a counter and a key to four 32-bit words. The key is the root seed; the
counter says who (number within a place, place), when and why (month and kind of event) and in which run (future and
replication). So a change in one community leaves the luck of all others alone, whatever the threads or processes.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

_MULTIPLY_0, _MULTIPLY_1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_WEYL_0, _WEYL_1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW, _SHIFT = np.uint64(0xFFFFFFFF), np.uint64(32)
CERTAIN = 1 << 32  # a threshold that every 32-bit draw lies below

# Kinds of event: draws of different kinds never share a counter.
NEED, MATTER, SERVICE, STAFF, AGE, HARDSHIP, FLOATING, MEMBER, FRAILTY, VOLUNTEER, KIND = range(1, 12)


def philox(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> Any:
    """Four words (uint64 holding 32 bits) for a counter and a key, as uint64 scalars or arrays.

    This is the definition of chance. Compiled loops draw the same words in 32-bit arithmetic, which vectorises; a test holds
    them together word for word.

    >>> zero = np.uint64(0)
    >>> [hex(int(word)) for word in philox(zero, zero, zero, zero, zero, zero)]
    ['0x6627e8d5', '0xe169c58d', '0xbc57ac4c', '0x9b00dbd8']
    """
    for _ in range(10):
        p0 = _MULTIPLY_0 * c0
        p1 = _MULTIPLY_1 * c2
        c0, c1, c2, c3 = (p1 >> _SHIFT) ^ c1 ^ k0, p1 & _LOW, (p0 >> _SHIFT) ^ c3 ^ k1, p0 & _LOW
        k0 = (k0 + _WEYL_0) & _LOW
        k1 = (k1 + _WEYL_1) & _LOW
    return c0, c1, c2, c3


def seed_key(seed: int) -> tuple[np.uint64, np.uint64]:
    """The key words of a root seed, 0 to 2^63 - 1."""
    return np.uint64(seed & 0xFFFFFFFF), np.uint64(seed >> 32)


def place_key(code: str) -> np.uint64:
    """The counter word of a place, from its code alone."""
    return np.uint64(int.from_bytes(hashlib.blake2b(code.encode(), digest_size=4).digest(), "big"))


def run_word(future: int, replication: int) -> np.uint64:
    """The counter word of a run; luck is independent between futures and between replications."""
    return np.uint64((future << 16) | replication)


def event_word(month: int, kind: int) -> np.uint64:
    """The counter word of a kind of event in a month (months counted from year 0)."""
    return np.uint64((month << 8) | kind)


def draws(who: Words, where: Words, event: np.uint64, run: np.uint64, seed: int) -> tuple[Words, Words, Words, Words]:
    """Four draws, each 0 to 2^32 - 1, for every entity given by its number and place."""
    k0, k1 = seed_key(seed)
    zeros = np.zeros_like(who)
    words = philox(who, where, zeros + event, zeros + run, zeros + k0, zeros + k1)
    return words[0], words[1], words[2], words[3]


def month_words(
    number: int, place: np.uint64, event: np.uint64, run: np.uint64, key: tuple[np.uint64, ...]
) -> tuple[int, int]:
    """The two draws of a resident that are due every month: for a need, and for being asked to take part.

    Neighbours in number share a block of four words, the even one the first two: half the work.
    """
    words = philox(np.uint64(number // 2), place, event, run, *key)
    first = number % 2 * 2
    return int(words[first]), int(words[first + 1])


def threshold(chance: Any) -> NDArray[np.uint64]:
    """The whole number that a draw lies below with the given chance: 0 never, 2^32 always.

    >>> [int(threshold(p)) for p in (0.0, 0.5, 1.0)]
    [0, 2147483648, 4294967296]
    """
    return np.asarray(np.floor(np.clip(np.asarray(chance, dtype=float), 0.0, 1.0) * CERTAIN), dtype=np.uint64)


def uniform(word: Words) -> NDArray[np.float64]:
    """A draw as a number strictly between 0 and 1."""
    return np.asarray((word.astype(np.float64) + 0.5) / CERTAIN)
