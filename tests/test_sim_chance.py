from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim import chance, kernels


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ((0,) * 4, (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_the_published_words(counter, key, words):
    """Known answers of Philox4x32-10 (Random123 test vectors)."""
    found = chance.philox(*(np.uint64(part) for part in (*counter, *key)))
    assert tuple(int(word) for word in found) == words


def test_thresholds_keep_proportions_at_a_hundred_thousand():
    """A draw lies below its threshold as often as asked: exact binomial band at n = 100,000, false alarm 4e-6."""
    who = np.arange(100_000, dtype=np.uint64)
    for number, asked in enumerate((0.01, 0.1, 0.3, 0.5, 0.9)):
        word = chance.draws(who, np.full_like(who, 7), chance.event_word(3, chance.NEED), np.uint64(number), 11)[0]
        found = int((word < chance.threshold(asked)).sum())
        low, high = stats.binom.ppf([2e-6, 1 - 2e-6], len(who), asked)
        assert low <= found <= high


def test_streams_are_independent():
    """Draws of other words, kinds, months, places and runs are uncorrelated: |r| < 0.02 at n = 100,000."""
    who = np.arange(100_000, dtype=np.uint64)

    def stream(place: int, month: int, kind: int, run: int) -> tuple[np.ndarray, ...]:
        return chance.draws(who, np.full_like(who, place), chance.event_word(month, kind), np.uint64(run), 5)

    columns = [*stream(1, 1, 1, 1), stream(2, 1, 1, 1)[0], stream(1, 2, 1, 1)[0], stream(1, 1, 2, 1)[0],
               stream(1, 1, 1, 2)[0]]  # fmt: skip
    correlation = np.corrcoef(np.stack(columns).astype(float))
    assert np.abs(correlation - np.eye(len(columns))).max() < 0.02


def test_certain_and_impossible_are_exact():
    """Chance 1 always happens and chance 0 never does, whatever the draw."""
    extremes = np.array([0, 2**32 - 1], dtype=np.uint64)
    assert (extremes < chance.threshold(1.0)).all()
    assert not (extremes < chance.threshold(0.0)).any()


def test_the_fast_loop_draws_the_same_words():
    """The vectorised monthly draws of all residents equal the one definition of chance, word for word."""
    needing, asking = np.zeros((2, 1000), dtype=np.uint32)
    key = chance.seed_key(2**62 + 12345)
    place, event, run = chance.place_key("371002001001"), chance.event_word(24324, chance.NEED), chance.run_word(3, 1)
    kernels.month_words(place, event, run, *key, needing, asking)
    expected = [chance.month_words(number, place, event, run, key) for number in range(1000)]
    assert list(zip(needing.tolist(), asking.tolist(), strict=True)) == expected


def test_monthly_draws_are_four_words_for_every_two_residents():
    """Residents 2 p and 2 p + 1 share the block of p: its first two words, and its last two. No word is used twice."""
    key, place, event, run = (
        chance.seed_key(7),
        chance.place_key("371002001001"),
        chance.event_word(9, chance.NEED),
        np.uint64(2),
    )
    for pair in range(20):
        block = tuple(int(word) for word in chance.philox(np.uint64(pair), place, event, run, *key))
        drawn = [chance.month_words(2 * pair + odd, place, event, run, key) for odd in (0, 1)]
        assert drawn == [block[:2], block[2:]]


def test_needs_and_invitations_of_neighbours_are_independent():
    """The draws that share a block are uncorrelated: |r| < 0.02 at n = 50,000 pairs."""
    needing, asking = np.zeros((2, 100_000), dtype=np.uint32)
    kernels.month_words(chance.place_key("371002001001"), chance.event_word(3, chance.NEED), np.uint64(0),
                        *chance.seed_key(5), needing, asking)  # fmt: skip
    columns = np.stack([needing[::2], needing[1::2], asking[::2], asking[1::2]]).astype(float)
    assert np.abs(np.corrcoef(columns) - np.eye(4)).max() < 0.02
