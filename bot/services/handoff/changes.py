"""The one way to change the state of a hand-off: only what may follow, with time and person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.services.handoff.states import check_change
from bot.store import handoff_rows
from bot.store.database import Connection
from bot.store.handoff_rows import HandoffRow


def change_state(
    connection: Connection,
    row: HandoffRow,
    state: str,
    now: datetime,
    by: str,
    note: str | None = None,
    **values: Any,
) -> None:
    """Bring a hand-off, whose contact the caller holds, into another state. Raises NotPossible."""
    check_change(row.state, state)
    handoff_rows.change(connection, row, state, now, by, note, **values)
