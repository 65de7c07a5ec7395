"""Text in the two languages that planners and analysts read."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Text(NamedTuple):
    """One sentence or label in Chinese and English.

    >>> Text("社区", "community").in_language("en")
    'community'
    """

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """The text in one language."""
        return self.zh if language == "zh" else self.en
