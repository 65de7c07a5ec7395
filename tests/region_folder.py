"""The files of a small invented region, for tests that read one."""

from __future__ import annotations

from pathlib import Path

SETTINGS = """code: "9901"
name: {zh: 示例市, en: Example City}
version: 5
first_year: 2027
years: 1
grants:
  pool_yuan: 300000
  cap_yuan: 400000
officials:
  posts: 2
capital:
  yuan: 300000
"""


def write_region(to: Path) -> Path:
    """The files of a small invented region."""
    to.mkdir()
    units = ["code,name,kind,street_name"]
    for county in (990101, 990102):
        units += [f"{county}001{n:03d},示例{n}社区,urban,示例街道" for n in range(1, 5)]
        units += [f"{county}100{n:03d},示例{n}村,village,示例镇" for n in range(201, 205)]
    facts = ["county_code,key,value,unit,source", "9901,population,22000,people,invented"]
    figures = (("population", 12000), ("households", 5000), ("population_0_14", 1500), ("population_60_plus", 2600))
    facts += [f"990101,{key},{value},people,invented" for key, value in figures]
    (to / "unit_list.csv").write_text("\n".join(units) + "\n", encoding="utf-8")
    counties = "code,name,city\n990101,示例一县,示例市\n990102,示例二县,示例市\n"
    (to / "county_list.csv").write_text(counties, encoding="utf-8")
    (to / "county_facts.csv").write_text("\n".join(facts) + "\n", encoding="utf-8")
    (to / "region.yaml").write_text(SETTINGS, encoding="utf-8")
    return to
