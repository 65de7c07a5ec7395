"""A scenario laid over its parent: mappings merge key by key, everything else is replaced; each value knows its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from scenarios.reading.strict_yaml import Document, Where, dotted
from scenarios.settings import OFF, is_off

OWN = ("schema", "name", "extends", "source", "expect")  # keys that a file does not inherit


class Place(NamedTuple):
    """A line of a file."""

    file: str
    line: int


@dataclass(frozen=True)
class Tree:
    """Values and the place of each."""

    value: dict[str, Any] = field(default_factory=dict)
    places: dict[Where, Place] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> Tree:
        """The tree of one file."""
        return cls(document.value, {where: Place(document.file, line) for where, line in document.lines.items()})

    def origins(self) -> dict[str, str]:
        """For each dotted key, ``file:line``."""
        return {dotted(where): f"{place.file}:{place.line}" for where, place in self.places.items()}


def combined(parent: Tree, child: Tree) -> Tree:
    """The child over its parent. A mechanism that the child sets to null or off is off."""
    places = {where: place for where, place in parent.places.items() if where[0] not in OWN}
    inherited = {key: value for key, value in parent.value.items() if key not in OWN}
    value = _laid(inherited, child.value, (), places)
    return Tree(value, places | child.places)


def _laid(below: dict[str, Any], above: dict[str, Any], where: Where, places: dict[Where, Place]) -> dict[str, Any]:
    """``above`` over ``below``; forgets the places of what is replaced."""
    result = dict(below)
    for key, value in above.items():
        path = (*where, key)
        under = below.get(key)
        if isinstance(under, dict) and isinstance(value, dict):
            result[key] = _laid(under, value, path, places)
            continue
        _forget(path, places)
        takes_away = value is None and (isinstance(under, dict) or is_off(under)) and where == ("mechanisms",)
        result[key] = OFF if takes_away else value
    return result


def _forget(path: Where, places: dict[Where, Place]) -> None:
    for where in [where for where in places if where[: len(path)] == path]:
        del places[where]
