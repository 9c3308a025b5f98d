"""Why somebody asks for a person, read from how the last turns were understood. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.foundation.names import CRISIS as CRISIS_INTENT
from bot.foundation.names import DENY, OUT_OF_SCOPE, theme_of
from bot.services.handoff.states import ASKED, CRISIS, FAILURES, THUMB_DOWN, TOPIC
from bot.store.turn_rows import TurnRow

#: So many turns are looked at.
LOOKED_AT = 3

_THUMB_DOWN = "feedback:down"
_FAILED_DECISION = "fallback"
_FAILURES_IN_A_ROW = 2


def reason_of(turns: Sequence[TurnRow], is_last_rated_down: bool, offers_person: Callable[[str], bool]) -> str:
    """The reason, from the newest turns of the conversation (newest first)."""
    last = turns[0] if turns else None
    if last is None:
        return ASKED
    if last.intent == CRISIS_INTENT:
        return CRISIS
    if is_last_rated_down or last.intent == _THUMB_DOWN:
        return THUMB_DOWN
    if len(turns) >= _FAILURES_IN_A_ROW and all(_has_failed(turn) for turn in turns[:_FAILURES_IN_A_ROW]):
        return FAILURES
    return TOPIC if last.topic and offers_person(last.topic) else ASKED


def theme_asked(turns: Sequence[TurnRow]) -> str | None:
    """The theme of the newest turn that answered a topic."""
    return next((theme_of(turn.topic) for turn in turns if turn.topic), None)


def _has_failed(turn: TurnRow) -> bool:
    return turn.decision == _FAILED_DECISION or turn.intent in (OUT_OF_SCOPE, DENY)
