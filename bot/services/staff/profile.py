"""What an account is besides its name and password: checked, changed, closed. In the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.foundation.languages import LANGUAGES
from bot.services.staff.audit import CHANGED, DISABLED, note_change
from bot.services.staff.records import StaffRefused
from bot.services.staff.roles import ROLES, TALK, may
from bot.store import presence_rows, staff_rows
from bot.store.database import Connection
from bot.store.staff_rows import StaffRow

LONGEST_SHOWN_NAME = 60


def check_profile(role: str, languages: Iterable[str], shown_name: str) -> tuple[str, list[str]]:
    """The shown name and the languages as they are stored. Raises StaffRefused."""
    shown, wanted = " ".join(shown_name.split()), set(languages)
    spoken = [language for language in LANGUAGES if language in wanted]
    if role not in ROLES:
        raise StaffRefused("role", f"a role is one of {', '.join(ROLES)}")
    if not spoken:
        raise StaffRefused("languages", f"languages are some of {', '.join(LANGUAGES)}")
    if not shown or len(shown) > LONGEST_SHOWN_NAME or not shown.isprintable():
        raise StaffRefused("shown_name", f"a name to be shown has 1 to {LONGEST_SHOWN_NAME} letters")
    return shown, spoken


def profile_of(row: StaffRow) -> dict[str, Any]:
    """What the record says of an account."""
    return {"shown_name": row.shown_name, "role": row.role, "languages": list(row.languages)}


def change_profile(
    connection: Connection, row: StaffRow, role: str, languages: list[str], shown_name: str, by: str, now: datetime
) -> None:
    """Role, languages and shown name, at once also for the hand-off; without a change nothing is recorded."""
    after = {"shown_name": shown_name, "role": role, "languages": languages}
    before = profile_of(row)
    if after == before:
        return
    staff_rows.change(connection, row.id, **after)
    presence = presence_rows.find(connection, row.id)
    if presence:
        known = {**presence.__dict__, "name": shown_name, "languages": languages}
        known["is_present"] = presence.is_present and may(role, TALK)
        presence_rows.put(connection, type(presence)(**known))
    note_change(connection, by, CHANGED, now, row.id, {"before": before, "after": after})


def close_account(connection: Connection, row: StaffRow, by: str, now: datetime) -> None:
    """Nobody signs in with it any more, who is signed in is out, and nobody is promised to visitors."""
    staff_rows.change(connection, row.id, is_active=False)
    staff_rows.drop_sessions_of(connection, row.id)
    staff_rows.drop_links_of(connection, row.id)
    presence = presence_rows.find(connection, row.id)
    if presence:
        presence_rows.put(connection, type(presence)(**{**presence.__dict__, "is_present": False}))
    if row.is_active:
        note_change(connection, by, DISABLED, now, row.id)
