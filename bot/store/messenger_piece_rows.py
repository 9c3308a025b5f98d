"""Rows of what was sent to people of Messenger: Meta's id of each piece of an event. For the Messenger services."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import Connection
from bot.store.messenger_tables import messenger_piece as piece


@dataclass(frozen=True)
class PieceRow:
    """Piece `part` (from 1) of event `seq` of the outbox has the id `mid` at Meta."""

    contact_id: str
    seq: int
    part: int
    mid: str


def add(connection: Connection, row: PieceRow) -> None:
    """Keep the id of a piece; the first one stays."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    connection.execute(insert(piece).values(**row.__dict__).on_conflict_do_nothing())


def of_mid(connection: Connection, contact_id: str, mid: str) -> PieceRow | None:
    """The piece that Meta knows by this id."""
    query = sa.select(piece).where(piece.c.contact_id == contact_id, piece.c.mid == mid).limit(1)
    row = connection.execute(query).first()
    return PieceRow(**row._mapping) if row else None
