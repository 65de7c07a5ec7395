"""Settings in a planner's words: the catalogue's sentence for a dotted key, and amounts in either language."""

from __future__ import annotations

from scenarios.mechanisms import CATALOGUE
from scenarios.text import Text

_PLACES = {"community": "社区", "head": "人", "household": "户", "year": "年", "months": "月"}
_CHOICES = {
    "mandated": "强制", "voluntary": "自愿", "city": "市级", "district": "区级", "own": "街镇村自筹", "community": "按社区",
    "head": "按人口", "household": "按户数", "both": "新建和改造", "build": "新建", "refit": "改造",
}  # fmt: skip


def setting_label(key: str) -> Text:
    """What a dotted key of a scenario file sets; the key itself where the catalogue has no sentence.

    >>> setting_label("mechanisms.area_floor.floor").zh.split("：")[0]
    '场所面积底线'
    >>> setting_label("plan.method").en
    'plan.method'
    """
    parts = key.split(".")
    if parts[0] != "mechanisms" or len(parts) < 3 or parts[1] not in CATALOGUE:
        return Text(key, key)
    entry = CATALOGUE[parts[1]]
    setting = entry.setting(parts[2])
    return Text(f"{entry.name.zh}：{setting.says.zh}", f"{entry.name.en}: {setting.says.en}")


def setting_value(value: str) -> Text:
    """An amount or choice as written in a file, with its Chinese form.

    >>> setting_value("20 万元/community/year").zh, setting_value("voluntary").zh
    ('20 万元/社区/年', '自愿')
    """
    if value in _CHOICES:
        return Text(_CHOICES[value], value)
    amount, *scales = value.split("/")
    number, _, unit = amount.partition(" ")
    zh = f"{number} {_PLACES.get(unit, unit)}".strip()
    return Text("/".join([zh, *(_PLACES.get(scale, scale) for scale in scales)]), value)
