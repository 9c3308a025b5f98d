"""Suggests the bot's own answers to a counsellor and sends one as it stands. For the desk; raises DatabaseError.

The understanding is not here: what it made of a message stands in the turn that was stored with it. While a
counsellor has the conversation there are no turns, and words are looked up in the titles and answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.foundation.languages import DEFAULT_LANGUAGE
from bot.foundation.reply import Text
from bot.services.content.checks.sentences import sentences
from bot.services.content.model import Content
from bot.services.conversations.records import Event
from bot.services.handoff.handoffs import Handoffs
from bot.services.notices.notices import Notice
from bot.services.replies.compose import compose, fill
from bot.services.replies.view import DialogueView
from bot.services.suggestions.topic_search import TopicSearch
from bot.store import handoff_rows, message_rows, turn_rows
from bot.store.database import Connection, Database
from bot.store.message_rows import VISITOR, MessageRow
from bot.store.turn_rows import TurnRow

#: So many are suggested, and so many found.
MOST_SUGGESTED, MOST_FOUND = 3, 8
#: What the person's last messages weigh, the newest first.
_RECENT = (1.0, 0.6, 0.4)
#: A word search is never as sure as the understanding; a rare word of a short title brings so much.
_WORDS_AT_MOST, _STRONG = 0.7, 14.0
#: What was said already is seldom what helps now.
_SAID_ALREADY = 0.25
#: Less is chance.
_LEAST = 0.1
_TURNS = 30


class UnknownTopic(LookupError):
    """The active release has no such topic (any more)."""


@dataclass(frozen=True)
class Suggestion:
    """A topic with its title and the first sentence of its answer, in the language of the talk."""

    topic: str
    title: str
    first_sentence: str


class Suggestions:
    """One per process. `content` is what the bot says at this moment, `notices` what bears on a topic today."""

    def __init__(
        self,
        database: Database,
        handoffs: Handoffs,
        content: Callable[[], Content],
        notices: Callable[[str], Iterable[Notice]],
    ) -> None:
        self._database, self._handoffs, self._content, self._notices = database, handoffs, content, notices
        self._searches: dict[str, tuple[Content, TopicSearch]] = {}

    def for_talk(self, handoff_id: str) -> list[Suggestion]:
        """What may answer the person's last messages, the likeliest first; none for a talk that is gone."""
        with self._database.reading() as connection:
            row = handoff_rows.find(connection, handoff_id)
            if row is None:
                return []
            messages = message_rows.of_contact(connection, row.contact_id)
            turns = _turns_of(connection, messages)
        content, scores = self._content(), defaultdict[str, float](float)
        for weight, message in zip(_RECENT, _last_questions(messages), strict=False):
            turn = turns.get(message.id)
            for topic, sure in self._likely(message, turn, row.language).items():
                scores[topic] = max(scores[topic], weight * sure)
        said = {(message.reply or {}).get("topic") for message in messages}
        scores.update({topic: score * _SAID_ALREADY for topic, score in scores.items() if topic in said})
        ranked = sorted((topic for topic in scores if scores[topic] >= _LEAST), key=lambda topic: -scores[topic])
        return [_shown(topic, row.language, content) for topic in ranked if _is_known(topic, content)][
            :MOST_SUGGESTED
        ]

    def search(self, text: str, language: str) -> list[Suggestion]:
        """Topics that fit words, shown in a language."""
        content = self._content()
        return [_shown(one.topic, language, content) for one in self._search(language).find(text, MOST_FOUND)]

    def send(self, handoff_id: str, staff: str, topic: str, once: str = "") -> Event:
        """Say the answer of a topic to the person, as the counsellor's message. Raises NotYours, UnknownTopic.

        With the sender's own name of this try, `once`, it is said once.
        """
        content = self._content()
        with self._database.reading() as connection:
            row = handoff_rows.find(connection, handoff_id)
        language = row.language if row else DEFAULT_LANGUAGE
        composed = compose(topic, DialogueView(language=language), content) if _is_known(topic, content) else None
        if composed is None:
            raise UnknownTopic("no such topic")
        notices = [Text(fill(notice.words[language], language, content)) for notice in self._notices(topic)]
        parts = (*notices, Text(composed.markdown))
        return self._handoffs.say_parts(handoff_id, staff, parts, topic, composed.as_of, once)

    def _likely(self, message: MessageRow, turn: TurnRow | None, language: str) -> dict[str, float]:
        if turn and turn.ranking:
            return {str(one["intent"]): float(one["confidence"]) for one in turn.ranking}
        found = self._search(language).find(message.text or message.choice_title or "", MOST_SUGGESTED)
        best = found[0].score if found else 1.0
        # What shares a word of several with the best one is far behind it.
        sure = _WORDS_AT_MOST * min(1.0, best / _STRONG)
        return {one.topic: sure * (one.score / best) ** 2 for one in found}

    def _search(self, language: str) -> TopicSearch:
        """Made once for each content and language; two at once make it twice, and both are right."""
        content, known = self._content(), self._searches.get(language)
        if known is None or known[0] is not content:
            known = self._searches[language] = (content, TopicSearch(content, language))
        return known[1]


def _turns_of(connection: Connection, messages: Sequence[MessageRow]) -> dict[str, TurnRow]:
    conversations = list(dict.fromkeys(message.conversation_id for message in messages))[-2:]
    found = [turn for one in conversations for turn in turn_rows.latest(connection, one, _TURNS)]
    return {turn.message_id: turn for turn in found}


def _last_questions(messages: Sequence[MessageRow]) -> list[MessageRow]:
    """The person's last messages that ask for something, the newest first: words, or the button of a topic."""
    asked = [
        message
        for message in messages
        if message.role == VISITOR and (message.text or (message.choice or "").startswith("topic:"))
    ]
    return asked[: -len(_RECENT) - 1 : -1]


def _is_known(topic: str, content: Content) -> bool:
    return topic in content.cards and topic in content.answers


def _shown(topic: str, language: str, content: Content) -> Suggestion:
    words = sentences(fill(content.answers[topic][language], language, content))
    return Suggestion(topic, content.cards[topic].title[language], words[0] if words else "")
