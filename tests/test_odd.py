from __future__ import annotations

import re
from pathlib import Path

from scenarios.parameters import PARAMETERS


def test_the_model_description_names_every_parameter_and_no_other():
    """Every parameter of the table is explained in docs/odd.md, and every one named there exists."""
    text = (Path(__file__).parent.parent / "docs" / "odd.md").read_text(encoding="utf-8")
    processes = text.split("## 3. Process overview")[1]
    named = set(re.findall(r"`([a-z_0-9]+)`", processes))
    assert named == set(PARAMETERS)
