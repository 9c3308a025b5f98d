"""What the door answers by itself, without Rasa: ratings, greeting, what cannot be read, apologies, current notices.

Persons: handoff_seam.
"""

from __future__ import annotations

from typing import Any

from bot.foundation.choices import ERASE, HELP, HUMAN, START, read_choice
from bot.foundation.languages import DEFAULT_LANGUAGE
from bot.foundation.reply import Choice, Choices, Reply, Text
from bot.gateway.door_replies import about_received, greeting, question_of_erasing
from bot.gateway.words import GatewayWords
from bot.services.conversations.conversations import Conversations
from bot.services.conversations.records import Waiting
from bot.services.notices.current import CurrentNotices

_FEEDBACK, _RECEIVED = "feedback", "received"
_KINDS = frozenset({_FEEDBACK, _RECEIVED, START, ERASE})


class OwnAnswers:
    """Replies in the structure of every other reply, in the language of the conversation."""

    def __init__(self, words: GatewayWords, conversations: Conversations, notices: CurrentNotices) -> None:
        self._words, self._conversations, self._notices = words, conversations, notices

    def knows(self, choice: str) -> bool:
        """Whether a choice is answered here, also while Rasa is down."""
        return read_choice(choice).kind in _KINDS

    def reply(self, waiting: Waiting) -> dict[str, Any]:
        """The answer to such a choice; a vote is kept with the last answer."""
        choice, language = read_choice(waiting.choice), self.language_of(waiting)
        if choice.kind == _RECEIVED:
            return about_received(self._words, language, choice.value).as_dict()
        if choice.kind == START:
            return greeting(self._words, language, choice.value or None).as_dict()
        if choice.kind == ERASE:
            return question_of_erasing(self._words, language).as_dict()
        value = choice.value
        self._conversations.rate(waiting.contact_id, None, value)
        words = Text(self.text(f"rated_{value}", language))
        offered = (HUMAN, HELP) if value == "down" else (HELP,)
        titles = tuple(Choice(choice, self._words.say(f"choice_{choice}", language)) for choice in offered)
        return Reply(language, (words, Choices(titles))).as_dict()

    def apology(self, waiting: Waiting) -> dict[str, Any]:
        """When the brain gave nothing back."""
        return self.saying("no_answer", waiting)

    def saying(self, key: str, waiting: Waiting) -> dict[str, Any]:
        """One text of the door as a reply."""
        language = self.language_of(waiting)
        return Reply(language, (Text(self.text(key, language)),)).as_dict()

    def text(self, key: str, language: str) -> str:
        """One text of the door."""
        return self._words.say(key if key == "no_answer" else f"gateway_{key}", language)

    def language_of(self, waiting: Waiting) -> str:
        """The language of the conversation so far."""
        return waiting.language or DEFAULT_LANGUAGE

    def with_notices(self, reply: dict[str, Any]) -> dict[str, Any]:
        """The reply with the notices that bear on its topic said first."""
        found = self._notices.about(reply.get("topic"))
        if not found:
            return reply
        said = [
            Text(self._words.fill(notice.words[reply["language"]], reply["language"])).as_dict() for notice in found
        ]
        return {**reply, "parts": [*said, *reply["parts"]]}
