"""Lists the turns that went badly or nearly so, with personal data masked. Called by `faqbot fallbacks`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.services.privacy.mask import mask
from bot.store import review_rows
from bot.store.database import Database
from bot.store.review_rows import ReviewRow

CLARIFIED, REJECTED, THUMBED_DOWN, THIN_MARGIN = "clarified", "rejected", "thumbed_down", "thin_margin"

#: An answer that was ahead of the second topic by less. `config.yml` answers from 0.1 on, so these are the
#: answers nearest to a question back: the place where one more phrase changes most.
THIN = 0.25

# The words of the turn report.
_ANSWER, _CLARIFY, _FALLBACK = "answer", "clarify", "fallback"
_DOWN = "down"


@dataclass(frozen=True)
class Doubtful:
    """One turn to look at. `reasons` says why; the `next_` fields are what the person did then, None for nothing."""

    time: datetime
    reasons: tuple[str, ...]
    language: str | None
    channel: str
    page: str | None
    text: str | None
    choice: str | None
    intent: str | None
    confidence: float | None
    margin: float | None
    ranking: tuple[tuple[str, float], ...]
    topic: str | None
    comment: str | None
    next_text: str | None
    next_choice: str | None

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready form; time in UTC."""
        ranking = [{"intent": intent, "confidence": confidence} for intent, confidence in self.ranking]
        return {
            **self.__dict__,
            "time": self.time.isoformat(timespec="seconds"),
            "reasons": list(self.reasons),
            "ranking": ranking,
        }


def doubtful_turns(database: Database, since: datetime) -> list[Doubtful]:
    """Turns since a moment that were clarified, rejected, thumbed down or answered narrowly; oldest first."""
    with database.reading() as connection:
        rows = review_rows.doubtful(connection, since, (_CLARIFY, _FALLBACK), _DOWN, _ANSWER, THIN)
    return [_masked(row) for row in rows]


def _masked(row: ReviewRow) -> Doubtful:
    return Doubtful(
        time=row.created_at,
        reasons=tuple(_reasons(row)),
        language=row.language,
        channel=row.channel,
        page=_mask(row.page),
        text=_mask(row.text),
        choice=row.choice,
        intent=row.intent,
        confidence=row.confidence,
        margin=row.margin,
        ranking=tuple((each["intent"], each["confidence"]) for each in row.ranking or []),
        topic=row.topic,
        comment=_mask(row.rating_comment) if row.rating == _DOWN else None,
        next_text=_mask(row.next_text),
        next_choice=row.next_choice,
    )


def _reasons(row: ReviewRow) -> list[str]:
    is_narrow = row.decision == _ANSWER and row.choice is None and row.margin is not None and row.margin < THIN
    found = {
        CLARIFIED: row.decision == _CLARIFY,
        REJECTED: row.decision == _FALLBACK,
        THUMBED_DOWN: row.rating == _DOWN,
        THIN_MARGIN: is_narrow,
    }
    return [reason for reason, holds in found.items() if holds]


def _mask(text: str | None) -> str | None:
    return None if text is None else mask(text)
