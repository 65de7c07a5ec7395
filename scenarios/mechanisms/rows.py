"""The 96 practices that the study reports describe, each with what it acts through. Needs are never among it.

Residents' needs are the same under every policy: information and promises change what is voiced, admission of tasks
changes administrative load, and care money prevents.
"""

from __future__ import annotations

from scenarios.mechanisms.rows_about import Row
from scenarios.mechanisms.rows_control import CONTROL_ROWS
from scenarios.mechanisms.rows_grids import GRID_ROWS
from scenarios.mechanisms.rows_money import MONEY_ROWS
from scenarios.mechanisms.rows_partners import PARTNER_ROWS
from scenarios.mechanisms.rows_posts import POST_ROWS
from scenarios.mechanisms.rows_venues import VENUE_ROWS

__all__ = ["BY_NUMBER", "ROWS", "Row"]

ROWS: tuple[Row, ...] = (*MONEY_ROWS, *POST_ROWS, *VENUE_ROWS, *GRID_ROWS, *PARTNER_ROWS, *CONTROL_ROWS)
BY_NUMBER: dict[int, Row] = {row.number: row for row in ROWS}
