"""The six kinds of matter that residents bring, and what each takes to settle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scenarios.text import Text

RoomUse = Literal["activity", "care"]
ROOM_USES: tuple[RoomUse, ...] = ("activity", "care")


@dataclass(frozen=True, kw_only=True)
class Category:
    """A kind of matter. All figures are assumptions (prototype section 5) unless a source says otherwise.

    Units: ``hours`` per matter; ``yuan`` per matter; ``deadline`` and waits in whole months; ``routed`` is the share
    that needs a higher tier; ``voicing`` the base monthly chance that an open matter is voiced; ``priority`` 0 is
    served before 1; ``room`` is the use of floor space it needs, if any. ``child`` to ``floating`` are how much more often
    a resident of that kind brings this matter, among all it brings, than a registered adult without hardship does.
    """

    id: str
    name: Text
    share: float
    hours: float
    yuan: float
    deadline: int
    routed: float
    voicing: float
    priority: int = 1
    room: RoomUse | None = None
    child: float = 1.0
    elder: float = 1.0
    hardship: float = 1.0
    floating: float = 1.0


CATEGORIES: tuple[Category, ...] = (
    Category(id="window", name=Text("窗口办事", "counter service"),
             share=0.25, hours=1.5, yuan=20, deadline=1, routed=0.05, voicing=0.55,
             child=0.3, elder=0.8, hardship=1.2, floating=1.6),
    Category(id="environment", name=Text("环境设施", "environment and upkeep"),
             share=0.25, hours=7.0, yuan=500, deadline=1, routed=0.25, voicing=0.30,
             child=0.4, elder=1.0, hardship=0.8, floating=0.8),
    Category(id="dispute", name=Text("矛盾调解", "disputes"),
             share=0.10, hours=18.0, yuan=100, deadline=2, routed=0.15, voicing=0.30,
             child=0.2, elder=0.8, hardship=1.1, floating=1.2),
    Category(id="care", name=Text("照护帮扶", "care and help"),
             share=0.15, hours=9.0, yuan=400, deadline=2, routed=0.15, voicing=0.22, priority=0, room="care",
             child=2.5, elder=2.2, hardship=2.0, floating=0.7),
    Category(id="activity", name=Text("文体活动", "activities"),
             share=0.15, hours=4.0, yuan=100, deadline=2, routed=0.02, voicing=0.30, room="activity",
             child=2.0, elder=1.5, hardship=0.7, floating=0.9),
    Category(id="safety", name=Text("安全隐患", "safety hazards"),
             share=0.10, hours=9.0, yuan=300, deadline=1, routed=0.60, voicing=0.35, priority=0,
             child=0.6, elder=1.1, hardship=1.0, floating=1.1),
)  # fmt: skip
"""In the order used by every array with a category axis; the shares sum to 1 and hold for the country's mix of residents."""
