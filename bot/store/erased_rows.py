"""Marks of erased conversations: a random id and a moment, nothing of the person. For the privacy service."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.tables import erased_conversation


def add(connection: Connection, conversations: Iterable[str], at: datetime) -> None:
    """Mark conversations of a contact that is erased in this same transaction."""
    marks = [{"id": conversation, "erased_at": at} for conversation in conversations]
    if marks:
        connection.execute(sa.insert(erased_conversation), marks)


def ids(connection: Connection) -> list[str]:
    """The conversations that are marked."""
    return list(connection.execute(sa.select(erased_conversation.c.id)).scalars())


def forget(connection: Connection, before: datetime) -> None:
    """Remove the marks that are older than a moment."""
    connection.execute(sa.delete(erased_conversation).where(erased_conversation.c.erased_at < before))
