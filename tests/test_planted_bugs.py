from __future__ import annotations

from dataclasses import replace

from benchmarks.mutants import ROOT, misfits
from benchmarks.planted_bugs import BUGS


def test_every_planted_bug_still_fits_the_sources():
    """Each text to be replaced occurs exactly once, each test file exists, each name is used once."""
    assert misfits(BUGS) == []
    assert all((ROOT / name).is_file() for bug in BUGS for name in bug.tests)
    assert len({bug.name for bug in BUGS}) == len(BUGS) >= 20


def test_a_bug_that_fits_no_longer_is_named():
    """A replacement whose text is gone, or occurs twice, is a mistake and not a caught bug."""
    gone, often = replace(BUGS[0], right="no such text"), replace(BUGS[0], right="budget")
    found = misfits((gone, often))
    assert len(found) == 2
    assert "found 0 times" in found[0]
