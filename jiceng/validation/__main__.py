"""``python -m jiceng.validation``: run every experiment, then write the page and the Markdown."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import perf_counter

from jiceng.study import workers_pool
from jiceng.validation import validate
from results.page import write_whole
from results.validation import ValidationReport
from results.validation_page import write_validation_page
from results.validation_text import validation_markdown
from results.validation_words import headline

PAGE = Path("runs") / "validation" / "page.html"
DOCUMENT = Path("docs") / "validation.md"


def main() -> None:
    """Validate and say where the page is. A target outside its band is a finding, not a failure of the command."""
    begun = perf_counter()
    with workers_pool(os.cpu_count() or 1) as executor:
        report = validate(executor=executor, progress=lambda _, done, total: print(f"{done}/{total}", file=sys.stderr))
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    write_validation_page(report, PAGE)
    if DOCUMENT.parent.is_dir():
        write_whole(validation_markdown(report), DOCUMENT)
    print(timings(report, perf_counter() - begun))
    print(f"{headline(report).zh}\n{headline(report).en}\n{PAGE.resolve()}")


def timings(report: ValidationReport, elapsed: float) -> str:
    """Seconds of each pattern in one version, dearest first, and of the whole command."""
    rows = sorted(report.patterns, key=lambda pattern: -pattern.seconds)
    each = "\n".join(f"{pattern.seconds:6.1f} s  {pattern.id}" for pattern in rows)
    return f"{each}\n{elapsed:6.1f} s  {len(report.seeds)} versions"


if __name__ == "__main__":
    main()
