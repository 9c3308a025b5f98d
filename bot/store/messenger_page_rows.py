"""Rows of Messenger's pages: whether Meta still takes our word at each. For the Messenger services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import Connection
from bot.store.messenger_tables import messenger_page as page


@dataclass(frozen=True)
class MessengerPageRow:
    """`state` is a short word (`ok`, or what hinders), known since `state_at`."""

    page_id: str
    state: str
    state_at: datetime


def mark_state(connection: Connection, page_id: str, state: str, at: datetime) -> None:
    """Note a page's state; the same state again keeps the moment when it began."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    new = insert(page).values(page_id=page_id, state=state, state_at=at)
    changed = new.on_conflict_do_update(
        index_elements=["page_id"],
        set_={"state": new.excluded.state, "state_at": new.excluded.state_at},
        where=page.c.state != new.excluded.state,
    )
    connection.execute(changed)


def all_pages(connection: Connection) -> list[MessengerPageRow]:
    """Every page of which a state is known."""
    return [MessengerPageRow(**row._mapping) for row in connection.execute(sa.select(page).order_by(page.c.page_id))]
