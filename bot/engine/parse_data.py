"""The parse data of a message as Rasa's policies and actions read it, from an understanding or from a choice."""

from __future__ import annotations

from typing import Any

from bot.foundation.choices import ChoiceId
from bot.foundation.names import (
    BROWSE_THEME,
    CLARIFY,
    DENY,
    FALLBACK,
    FEEDBACK,
    HELP_TOPIC,
    LANGUAGE_SLOT,
    LIST_ACTIVITIES,
    OUT_OF_SCOPE,
    REFINE_ACTIVITIES,
    REQUEST_HUMAN,
    RESTART,
    SWITCH_LANGUAGE,
    UTTER_PREFIX,
    theme_of,
)
from bot.understanding.result import ANSWER, Ranked, Understanding
from bot.understanding.result import CLARIFY as CLARIFY_DECISION
from bot.understanding.result import FALLBACK as FALLBACK_DECISION

#: Our own field of the parse data: the whole understanding, for the NLG and the turn report.
FIELD = "understanding"

_INTENT_OF_CHOICE = {
    "human": REQUEST_HUMAN,
    "none": DENY,
    "help": HELP_TOPIC,
    "restart": RESTART,
    "theme": BROWSE_THEME,
    "language": SWITCH_LANGUAGE,
    "activities": LIST_ACTIVITIES,
    "activity": REFINE_ACTIVITIES,
    "feedback": FEEDBACK,
    # The gateway answers these itself; without a gateway the way to a person is all that can be said.
    "handoff": REQUEST_HUMAN,
    "callback": REQUEST_HUMAN,
    "score": FEEDBACK,
}


def fields_of_understanding(found: Understanding, fall_back_language: str | None = None) -> dict[str, Any]:
    """Parse data for a typed message. The intent follows the decision; the ranking keeps the best names."""
    language = found.wanted_language or found.language or fall_back_language
    name = found.intent if found.decision == ANSWER else _intent_when_unsure(found)
    return _fields(
        name,
        found.confidence,
        language,
        ranking=found.ranking,
        report={
            **found.as_dict(),
            "also": found.also,
            "wanted_language": found.wanted_language,
            "notes": list(found.notes),
        },
    )


def fields_of_choice(choice: ChoiceId, language: str | None) -> dict[str, Any]:
    """Parse data for a button: certain, and in the conversation's language unless the button changes it."""
    name = choice.value if choice.kind == "topic" else _INTENT_OF_CHOICE[choice.kind]
    wanted = choice.value if choice.kind == "language" else None
    return _fields(
        name,
        1.0,
        wanted or language,
        ranking=(Ranked(name, 1.0),),
        report={
            "language": wanted or language,
            "intent": name,
            "confidence": 1.0,
            "ranking": [{"intent": name, "confidence": 1.0}],
            "decision": ANSWER,
            "wanted_language": wanted,
            "choice": str(choice),
            "notes": [],
        },
    )


def fields_of_intent(name: str, report: dict[str, Any]) -> dict[str, Any]:
    """Parse data that say what was meant where the understanding, whose `report` it is, could not know."""
    ranking = [{"intent": name, "confidence": 1.0}]
    known = {**report, "intent": name, "confidence": 1.0, "ranking": ranking, "decision": ANSWER}
    return _fields(name, 1.0, report.get("language"), ranking=(Ranked(name, 1.0),), report=known)


def fields_when_unsure(names: list[str], report: dict[str, Any]) -> dict[str, Any]:
    """Parse data that ask back with these names, of a message that nobody is sure of; its own `report` is kept."""
    confidence = {one["intent"]: one["confidence"] for one in report["ranking"]}
    ranking = [{"intent": name, "confidence": confidence.get(name, 0.0)} for name in names]
    known = {**report, "ranking": ranking, "decision": CLARIFY_DECISION, "also": None, "wanted_language": None}
    ranked = tuple(Ranked(**one) for one in ranking)
    return _fields(CLARIFY, report["confidence"], report.get("language"), ranking=ranked, report=known)


def _intent_when_unsure(found: Understanding) -> str:
    if found.decision == FALLBACK_DECISION:
        return OUT_OF_SCOPE if found.intent == OUT_OF_SCOPE else FALLBACK
    return CLARIFY


def _fields(
    name: str,
    confidence: float,
    language: str | None,
    ranking: tuple[Ranked, ...],
    report: dict[str, Any],
) -> dict[str, Any]:
    retrieval = theme_of(name)
    fields: dict[str, Any] = {
        "intent": {"name": retrieval, "confidence": confidence},
        "intent_ranking": [{"name": theme_of(r.intent), "confidence": r.confidence} for r in ranking],
        "entities": [],
        FIELD: report,
    }
    if language:
        fields["entities"] = [{"entity": LANGUAGE_SLOT, "value": language}]
    if "/" in name:
        fields["response_selector"] = {
            "all_retrieval_intents": [retrieval],
            retrieval: {
                "response": {
                    "responses": [],
                    "confidence": confidence,
                    "intent_response_key": name,
                    "utter_action": f"{UTTER_PREFIX}{name}",
                },
                "ranking": [
                    {"intent_response_key": r.intent, "confidence": r.confidence}
                    for r in ranking
                    if theme_of(r.intent) == retrieval
                ],
            },
        }
    return fields
