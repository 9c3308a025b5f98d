"""What the composer is told about the conversation; built by the engine from Rasa's tracker."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DialogueView:
    """One moment of a conversation.

    `offered` are full intent names to offer, best first; `also` a second topic that the same message
    asked for; `last_topic` the topic answered before; `failed_turns` the failures in a row before this
    turn; `theme` and `vote` come from a button; `notes` are keys of texts to say first.
    """

    language: str
    offered: tuple[str, ...] = ()
    also: str | None = None
    last_topic: str | None = None
    failed_turns: int = 0
    theme: str | None = None
    vote: str | None = None
    language_known: bool = True
    notes: tuple[str, ...] = ()
