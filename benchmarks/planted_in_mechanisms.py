"""Bugs to plant in ten mechanisms, picked at random: an effect left out, halved, turned round, or in the wrong places."""

from __future__ import annotations

from benchmarks.planted import PlantedBug

MECHANISMS = ("tests/test_mechanisms_move.py", "tests/test_mechanisms.py")


def bug(name: str, module: str, right: str, wrong: str) -> PlantedBug:
    """A bug in a module of mechanisms."""
    return PlantedBug(name, f"scenarios/mechanisms/{module}.py", right, wrong, MECHANISMS)


MECHANISM_BUGS: tuple[PlantedBug, ...] = (
    bug("windows are paid for but not opened", "venues_points",
        "more = here.replaced(windows=np.minimum(here.windows + round(windows), 20))",
        "more = here.replaced(windows=np.minimum(here.windows, 20))"),
    bug("a priority that nobody drives", "control",
        "driven = with_levers(district, campaign=push,", "driven = with_levers(district, campaign=0.0 * push,"),
    bug("grids are not divided", "grids",
        "grids=grids_by_norm(district, households)))", "grids=np.minimum(here.grids, grids_by_norm(district, households))))"),
    bug("tasks that are not admitted are done all the same", "grids_powers",
        "moved = with_levers(district, admin_relief=relief)", "moved = with_levers(district, admin_relief=-relief)"),
    bug("merged offices cost nothing", "grids_powers",
        "shared_in_street(district, cost / district.years))", "shared_in_street(district, 0.0 * cost))"),
    bug("units see no list", "partners",
        "return with_levers(district, liaison=listed, answering=answered) if listed else district",
        "return with_levers(district, answering=answered) if listed else district"),
    bug("strong villages are merged into weak ones", "partners_rural",
        "effort=nearer * behind_the_best(district)", "effort=-nearer * behind_the_best(district)"),
    bug("appraisal moves nobody", "control",
        "return with_levers(district, effort=weight * effort,", "return with_levers(district, effort=0.2 * weight * effort,"),
    bug("kindergartens open in every place", "structure",
        "np.minimum(here.service_m2 + m2 * chosen, MOST_M2)", "np.minimum(here.service_m2 + m2, MOST_M2)"),
    bug("nobody is acted for", "grids",
        "return with_levers(district, agency=share) if share else district",
        "return with_levers(district, agency=0.1 * share) if share else district"),
)  # fmt: skip
