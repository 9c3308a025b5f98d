"""One evaluation message together with what the understanding made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.foundation.languages import LANGUAGES
from bot.foundation.names import (
    CRISIS,
    LIST_ACTIVITIES,
    OUT_OF_SCOPE,
    REQUEST_HUMAN,
    SMALLTALK,
    is_topic,
    theme_of,
)
from bot.services.content.phrases import Phrase
from bot.understanding.message_text import clean, words
from bot.understanding.result import ANSWER, CLARIFY, Understanding
from bot.understanding.understander import Understander

#: Either of a pair is a right answer to the other: both lead the person to the same place.
ACCEPTED = frozenset(
    {
        frozenset({LIST_ACTIVITIES, "centre/group_activities"}),
        frozenset({REQUEST_HUMAN, "centre/talk_to_a_counsellor"}),
    }
)
OFFERED = 3

#: Called with (done, total).
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Judged:
    """`found` with the conversation's language known; the languages as identified in three situations.

    `alone` with nothing known before; `at_home` in a conversation of the message's own language;
    `from_others` in conversations of each of the other languages.
    """

    message: Phrase
    found: Understanding
    alone: str | None
    at_home: str | None
    from_others: tuple[str | None, ...]

    @property
    def is_topic(self) -> bool:
        return is_topic(self.message.intent)

    @property
    def is_out_of_scope(self) -> bool:
        return self.message.intent == OUT_OF_SCOPE

    @property
    def is_crisis(self) -> bool:
        return self.message.intent == CRISIS

    @property
    def is_first(self) -> bool:
        """Whether the best intent is right."""
        return _same(self.found.intent, self.message.intent)

    @property
    def is_among_three(self) -> bool:
        """Whether one of the best three is right."""
        return any(_same(r.intent, self.message.intent) for r in self.found.ranking[:OFFERED])

    @property
    def is_answered(self) -> bool:
        return self.found.decision == ANSWER

    @property
    def is_reachable(self) -> bool:
        """Whether the person gets the right answer, or finds it among the titles offered."""
        if self.is_answered:
            return self.is_first or (self.found.also is not None and _same(self.found.also, self.message.intent))
        if self.found.decision != CLARIFY:
            return False
        offered = [r.intent for r in self.found.ranking if _can_be_offered(r.intent)][:OFFERED]
        return any(_same(intent, self.message.intent) for intent in offered)

    @property
    def is_wrong_as_certain(self) -> bool:
        return self.is_answered and not self.is_first

    @property
    def counts_for_language(self) -> bool:
        """Noise, foreign words and requests for a language have no language of their own to find."""
        return self.message.intent not in {OUT_OF_SCOPE, "switch_language"} and bool(words(self.message.text))

    @property
    def word_count(self) -> int:
        return len(words(clean(self.message.text)))


def judge(understander: Understander, messages: Sequence[Phrase], progress: Progress | None = None) -> list[Judged]:
    """Understand every message as the running bot would."""
    judged = []
    for number, message in enumerate(messages, start=1):
        text = clean(message.text)
        identify = understander.languages.identify
        others = tuple(identify(text, other) for other in LANGUAGES if other != message.language)
        found = understander.understand(message.text, message.language)
        own = message.language
        judged.append(Judged(message, found, identify(text, None), identify(text, own), others))
        if progress:
            progress(number, len(messages))
    return judged


def _same(intent: str, right: str) -> bool:
    return intent == right or frozenset({intent, right}) in ACCEPTED


def _can_be_offered(intent: str) -> bool:
    return (is_topic(intent) and theme_of(intent) != SMALLTALK) or intent in {REQUEST_HUMAN, LIST_ACTIVITIES}
