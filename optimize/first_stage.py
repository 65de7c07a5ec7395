"""What is decided first and is hard to undo: posts, postings, venues, and the choices that stand for all plan years."""

from __future__ import annotations

from dataclasses import dataclass

from optimize.choices import Choices, add_choices
from optimize.coefficients import Yields
from optimize.postings import Choice, add_postings
from optimize.program import Program, Variable
from optimize.venues import Venues, add_venues
from scenarios.district import District


@dataclass(frozen=True, eq=False)
class FirstStage:
    """Variables of what is decided once, whatever the future brings."""

    posts: list[Variable]
    postings: list[Choice]
    venues: Venues
    choices: Choices


def decide_first(program: Program, district: District, yields: Yields) -> FirstStage:
    """Variables and rules of what is decided once."""
    return FirstStage(
        posts=add_posts(program, district),
        postings=add_postings(program, district),
        venues=add_venues(program, district),
        choices=add_choices(program, district, yields),
    )


def add_posts(program: Program, district: District) -> list[Variable]:
    """Extra posts of each community, the same in every year: a post is a person, hired at the start and kept."""
    most = district.extra_posts
    posts = [program.variable(0, most, whole=True) for _ in range(len(district.communities))] if most else []
    program.at_most([(count, 1.0) for count in posts], most, rule="posts")
    return posts
