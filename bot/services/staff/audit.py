"""The record of what administrators change, written in the transaction of the change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.foundation.ids import uuid7
from bot.store import staff_change_rows
from bot.store.database import Connection
from bot.store.staff_change_rows import StaffChangeRow

#: Who it is when nobody is signed in: whoever runs the machine.
OPERATOR = "operator"

ADDED, CHANGED, DISABLED, ENABLED, LINKED, HOURS = "added", "changed", "disabled", "enabled", "linked", "hours"


def note_change(
    connection: Connection,
    by: str,
    what: str,
    now: datetime,
    staff_id: str | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write one line; `by` is the id of a member of staff, or how the operator is called on the machine."""
    staff_change_rows.add(connection, StaffChangeRow(uuid7(), now, by[:64], what, staff_id, detail))
