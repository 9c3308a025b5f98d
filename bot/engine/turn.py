"""One turn: a person's message or choice in, a reply and the turn report out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.foundation.choices import ChoiceId, InvalidChoice, read_choice
from bot.foundation.languages import language_or_none

MAX_ID_LENGTH = 128


class InvalidTurn(ValueError):
    """The request cannot be a turn; `code` is stable. A retry does not help."""

    def __init__(self, code: str, problem: str) -> None:
        super().__init__(problem)
        self.code = code


@dataclass(frozen=True)
class Turn:
    """`id` is the caller's: the same id twice is answered once. Exactly one of `text` and `choice` is set.

    `language_hint` is what the door knows (attribute, page, profile) before anything was typed.
    """

    conversation: str
    id: str
    text: str | None = None
    choice: ChoiceId | None = None
    language_hint: str | None = None


@dataclass(frozen=True)
class TurnResult:
    """`reply` as `Reply.as_dict()`; `report` is kept with the message by the gateway."""

    reply: dict[str, Any]
    report: dict[str, Any]
    repeated: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {"reply": self.reply, "report": self.report, "repeated": self.repeated}


def read_turn(body: Any) -> Turn:
    """A turn from a JSON body. Raises InvalidTurn."""
    if not isinstance(body, dict):
        raise InvalidTurn("not_an_object", "the body should be a JSON object")
    unknown = set(body) - {"conversation", "turn", "text", "choice", "language"}
    if unknown:
        raise InvalidTurn("unknown_field", "the body has a field that a turn does not have")
    text, raw_choice = body.get("text"), body.get("choice")
    if (text is None) == (raw_choice is None):
        raise InvalidTurn("text_or_choice", "give either text or choice, never both")
    if text is not None and not isinstance(text, str):
        raise InvalidTurn("invalid_text", "text should be a string")
    try:
        choice = None if raw_choice is None else read_choice(raw_choice)
    except InvalidChoice as error:
        raise InvalidTurn("invalid_choice", str(error)) from None
    return Turn(
        conversation=_id(body, "conversation"),
        id=_id(body, "turn"),
        text=text,
        choice=choice,
        language_hint=language_or_none(body.get("language")),
    )


def _id(body: dict[str, Any], key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str) or not 1 <= len(value) <= MAX_ID_LENGTH or not value.isprintable():
        raise InvalidTurn(f"invalid_{key}", f"{key} should be 1 to {MAX_ID_LENGTH} printable characters")
    return value
