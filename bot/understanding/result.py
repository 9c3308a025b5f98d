"""What the understanding says about one message; the same structure in the engine, the verbs and the reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ANSWER = "answer"
CLARIFY = "clarify"
FALLBACK = "fallback"

#: So many candidates are kept in a ranking.
RANKING_LENGTH = 5


@dataclass(frozen=True)
class Ranked:
    """One candidate: full intent name and its probability from 0 to 1."""

    intent: str
    confidence: float

    def as_dict(self) -> dict[str, Any]:
        return {"intent": self.intent, "confidence": round(self.confidence, 4)}


@dataclass(frozen=True)
class Understanding:
    """One message understood.

    `language` is None without evidence or prior. `decision` is ANSWER, CLARIFY or FALLBACK; `intent`
    is always the best full name, whatever the decision. `also` is a second topic that the message asks
    for, `wanted_language` the language that a person asks to switch to, `notes` keys of texts.
    """

    text: str
    language: str | None
    intent: str
    confidence: float
    ranking: tuple[Ranked, ...]
    decision: str
    also: str | None = None
    wanted_language: str | None = None
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The object that `faqbot parse` prints."""
        return {
            "text": self.text,
            "language": self.language,
            "intent": self.intent,
            "confidence": round(self.confidence, 4),
            "ranking": [ranked.as_dict() for ranked in self.ranking],
            "decision": self.decision,
        }
