"""Rows of tags: what a talk was about, by a few fixed words. Used by the talks service."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.desk_tables import talk_tag


def put(connection: Connection, handoff_id: str, contact_id: str, tag: str, staff: str, at: datetime) -> None:
    """Give a talk, whose contact the caller holds, a tag; nothing happens when it has it."""
    if tag not in of(connection, handoff_id):
        values = {"handoff_id": handoff_id, "contact_id": contact_id, "tag": tag, "staff": staff, "at": at}
        connection.execute(sa.insert(talk_tag).values(**values))


def drop(connection: Connection, handoff_id: str, tag: str) -> None:
    """Take a tag away."""
    connection.execute(sa.delete(talk_tag).where(talk_tag.c.handoff_id == handoff_id, talk_tag.c.tag == tag))


def of(connection: Connection, handoff_id: str) -> list[str]:
    """The tags of a talk, by name."""
    query = sa.select(talk_tag.c.tag).where(talk_tag.c.handoff_id == handoff_id).order_by(talk_tag.c.tag)
    return list(connection.execute(query).scalars())


def of_many(connection: Connection, handoffs: Iterable[str]) -> dict[str, list[str]]:
    """The tags of several talks; a talk without any is left out."""
    query = sa.select(talk_tag.c.handoff_id, talk_tag.c.tag).where(talk_tag.c.handoff_id.in_(list(handoffs)))
    found: dict[str, list[str]] = {}
    for handoff_id, tag in connection.execute(query.order_by(talk_tag.c.tag)):
        found.setdefault(handoff_id, []).append(tag)
    return found


def counts(connection: Connection, since: datetime) -> dict[str, int]:
    """How many talks got each tag since a moment; a tag that no talk got is left out."""
    query = sa.select(talk_tag.c.tag, sa.func.count()).where(talk_tag.c.at >= since).group_by(talk_tag.c.tag)
    return {tag: int(count) for tag, count in connection.execute(query)}
