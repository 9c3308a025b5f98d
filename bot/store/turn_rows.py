"""Rows of turns: how a message was understood. Written by the conversations service, read by the reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.tables import turn


@dataclass(frozen=True)
class TurnRow:
    """`ranking` as in the turn report; `milliseconds` holds waiting, brain and total,
    and of the brain understanding and rules."""

    message_id: str
    conversation_id: str
    language: str | None
    intent: str | None
    confidence: float | None
    margin: float | None
    ranking: list[Any] | None
    decision: str | None
    topic: str | None
    release: str | None
    milliseconds: dict[str, Any]
    created_at: datetime


_ADD = sa.insert(turn)


def add(connection: Connection, row: TurnRow) -> None:
    """Insert a turn."""
    connection.execute(_ADD, row.__dict__)


def latest(connection: Connection, conversation_id: str, count: int) -> list[TurnRow]:
    """The last turns of a conversation, the newest first."""
    query = (
        sa.select(turn)
        .where(turn.c.conversation_id == conversation_id)
        .order_by(turn.c.created_at.desc(), turn.c.message_id.desc())
        .limit(count)
    )
    return [TurnRow(**row._mapping) for row in connection.execute(query)]
