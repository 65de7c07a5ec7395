"""Codes and names of a district as people write them in a plan file: a code, or a code and its name, never a guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jiceng.plan_files.cells import words
from jiceng.plan_files.rows import class_name
from jiceng.plan_files.tables import Entry, EntryRow
from scenarios.arrangements import MEMBER_CLASSES
from scenarios.district import District
from scenarios.problems import Refusal, did_you_mean, visible
from scenarios.text import Text


@dataclass(frozen=True, eq=False)
class Names:
    """The communities, officials, projects and units of a district, for looking up what a file names."""

    codes: dict[str, str]  # code -> name
    written: dict[str, str]  # every way to write a community -> code
    slots: tuple[str, ...]
    sites: tuple[str, ...]
    units: tuple[str, ...]

    @classmethod
    def of(cls, district: District) -> Names:
        """The names of a district."""
        codes = dict(zip(district.communities.code, district.communities.name, strict=True))
        often = Counter(codes.values())
        only = {name: code for code, name in codes.items() if often[name] == 1}
        both = {f"{code} {name}".strip(): code for code, name in codes.items()}
        return cls(codes, only | both | {code: code for code in codes}, district.slots.id, district.sites.id,
                   district.units.id)  # fmt: skip

    def community(self, entry: Entry) -> str:
        """The code of a community written as code, as code and name, or as a name that only one community has."""
        text = words(entry)
        if text in self.written:
            return self.written[text]
        code = text.split(" ", 1)[0]
        if code in self.codes:
            name = visible(self.codes[code])
            raise Refusal(Text(f"{code} 的名称“{name}”", f"the name of {code}, '{name}'"),
                          Text(f"核对代码和名称是否错行；应写 {code} {name}", f"check for shifted rows; write {code} {name}"))  # fmt: skip
        raise Refusal(Text("本区的社区代码", "the code of a community of this district"),
                      did_you_mean(text, self.written, Text("从下拉列表或导出的文件中选", "take one from the exported file")))  # fmt: skip

    def community_of(self, row: EntryRow) -> str:
        """The code of the row's community: from one cell, or from a code and a name side by side."""
        if "code" not in row.cells:
            return self.community(row.entry("community"))
        code = self.community(row.entry("code"))
        name = row.entry("name")
        if not name.is_empty and str(name.value).strip() != self.codes[code].strip():
            right = visible(self.codes[code])
            raise Refusal(Text(f"{code} 的名称", f"the name of {code}"),
                          Text(f"核对是否错行或只排了一列；应写 {right}", f"check for shifted rows or a column sorted alone; write {right}"))  # fmt: skip
        return code

    def slot(self, entry: Entry) -> str:
        """The id of an official."""
        return _known(entry, self.slots, Text("本区选派名额的编号", "the id of an official of this district"))

    def site(self, entry: Entry) -> str:
        """The id of a project."""
        return _known(entry, self.sites, Text("本区项目的编号", "the id of a project of this district"))

    def unit(self, entry: Entry) -> str:
        """The id of a unit."""
        return _known(entry, self.units, Text("本区单位的编号", "the id of a unit of this district"))


def member_class(entry: Entry) -> int:
    """The row of a member class."""
    names = [class_name(row) for row in range(len(MEMBER_CLASSES))]
    return names.index(_known(entry, names, Text("人员类别", "a member class")))


def _known(entry: Entry, known: Sequence[str], expected: Text) -> str:
    text = words(entry)
    if text not in known:
        raise Refusal(expected, did_you_mean(text, known, Text("从导出的文件中选", "take one from the exported file")))
    return text
