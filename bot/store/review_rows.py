"""Turns that deserve a look, each with what the person did next. Read by the fallbacks service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.message_rows import BOT, PRIVATE, VISITOR
from bot.store.tables import contact, message, turn


@dataclass(frozen=True)
class ReviewRow:
    """A visitor's message as it was understood; `next_text` and `next_choice` are of the visitor's next message."""

    message_id: str
    created_at: datetime
    channel: str
    language: str | None
    page: str | None
    text: str | None
    choice: str | None
    intent: str | None
    confidence: float | None
    margin: float | None
    ranking: list[dict[str, Any]] | None
    decision: str | None
    topic: str | None
    rating: str | None
    rating_comment: str | None
    next_text: str | None
    next_choice: str | None


def doubtful(
    connection: Connection,
    since: datetime,
    decisions: tuple[str, ...],
    rating: str,
    answered: str,
    thin_margin: float,
) -> list[ReviewRow]:
    """Turns since a moment, oldest first: with one of the decisions, so rated, or typed and narrowly answered."""
    reply, following = message.alias("reply"), message.alias("following")
    later = message.alias("later")
    next_seq = (
        sa.select(sa.func.min(later.c.seq))
        .where(
            later.c.conversation_id == message.c.conversation_id,
            later.c.seq > message.c.seq,
            later.c.role == VISITOR,
            later.c.state != PRIVATE,
        )
        .correlate(message)
        .scalar_subquery()
    )
    is_narrow = sa.and_(turn.c.decision == answered, turn.c.margin < thin_margin, message.c.choice.is_(None))
    query = (
        sa.select(
            turn.c.message_id,
            message.c.created_at,
            contact.c.channel,
            turn.c.language,
            message.c.page,
            message.c.text,
            message.c.choice,
            turn.c.intent,
            turn.c.confidence,
            turn.c.margin,
            turn.c.ranking,
            turn.c.decision,
            turn.c.topic,
            reply.c.rating,
            reply.c.rating_comment,
            following.c.text.label("next_text"),
            following.c.choice.label("next_choice"),
        )
        .join(message, message.c.id == turn.c.message_id)
        .join(contact, contact.c.id == message.c.contact_id)
        .outerjoin(reply, sa.and_(reply.c.in_reply_to == turn.c.message_id, reply.c.role == BOT))
        .outerjoin(
            following,
            sa.and_(following.c.conversation_id == message.c.conversation_id, following.c.seq == next_seq),
        )
        .where(turn.c.created_at >= since)
        .where(sa.or_(turn.c.decision.in_(decisions), reply.c.rating == rating, is_narrow))
        .order_by(turn.c.created_at, turn.c.message_id)
    )
    return [ReviewRow(**row._mapping) for row in connection.execute(query)]
