"""Reads what is typed below an answer, and not understood by itself, as perhaps still about it. Used by the brain.

"How much is it?" alone is about anything; below an answer it is about that. The answer's topic is offered first,
then what the message or the answer lead to, and the person is asked for the whole question.
"""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.parse_data import FIELD, fields_when_unsure
from bot.foundation.names import ACTIVITIES_SHOWN_SLOT, OUT_OF_SCOPE, REFINE_ACTIVITIES, STILL_ABOUT, is_topic
from bot.services.agenda.shown import shown_or_none
from bot.services.content.model import Content
from bot.understanding.result import ANSWER, FALLBACK

#: A longer message says by itself what it is about.
_MOST_WORDS = 9
#: Surely about something else from here on: questions that belong to an answer stayed below 0.997, those about
#: swallows and the weather above 0.9995 (three hundred conversations, read by hand in three languages).
_SURELY_ELSEWHERE = 0.998
#: Words that lead over from an answer, and words that point back at it; with one of them, and less sure than this,
#: another topic is offered beside that of the answer instead of answered.
_LEADING_OVER = frozenset({"et", "en", "and", "ou", "of", "or", "mais", "maar", "but"})
_POINTING_BACK = frozenset({"ça", "cela", "daar", "dat", "da", "dit", "dan", "ervoor", "it", "that", "there", "then"})
_SURE_ALL_THE_SAME = 0.95
_WORD = re.compile(r"\w+")


def read_below_an_answer(parsed: Dict[str, Any], tracker: DialogueStateTracker, content: Content) -> Dict[str, Any]:
    """The parse data of typed words; with the topic of the answer above among what is offered, where nobody knows."""
    topic = _topic_on_screen(tracker)
    words = _WORD.findall(parsed["text"].casefold())
    if topic is None or topic not in content.cards or not words or len(words) > _MOST_WORDS:
        return parsed
    report = parsed[FIELD]
    if not _is_unsure(report, tracker) and not _points_back(report, words, topic):
        return parsed
    steps = [step.removeprefix("topic:") for step in content.cards[topic].next_steps if step.startswith("topic:")]
    ranked = [one["intent"] for one in report["ranking"] if one["intent"] in content.cards]
    is_refused = report["decision"] == FALLBACK or report["intent"] == REFINE_ACTIVITIES
    offered = dict.fromkeys([topic, *(steps if is_refused else ranked), *ranked, *steps])
    known = {**report, "notes": [*report["notes"], STILL_ABOUT]}
    return {"text": parsed["text"], **fields_when_unsure(list(offered), known)}


def _points_back(report: Dict[str, Any], words: List[str], topic: str) -> bool:
    """Whether the words belong to the answer by their form, and nobody is quite sure that they do not."""
    if report["decision"] != ANSWER or not is_topic(report["intent"]) or report["intent"] == topic:
        return False
    belongs = words[0] in _LEADING_OVER or not _POINTING_BACK.isdisjoint(words)
    return belongs and bool(report["confidence"] < _SURE_ALL_THE_SAME)


def _topic_on_screen(tracker: DialogueStateTracker) -> Optional[str]:
    """The topic that the last turn answered."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return None
        if isinstance(event, BotUttered) and event.metadata.get("topic"):
            return str(event.metadata["topic"])
    return None


def _is_unsure(report: Dict[str, Any], tracker: DialogueStateTracker) -> bool:
    if report["intent"] == REFINE_ACTIVITIES and report["decision"] == ANSWER:
        # Of no list: there was none.
        return shown_or_none(tracker.get_slot(ACTIVITIES_SHOWN_SLOT)) is None
    if report["intent"] == OUT_OF_SCOPE and report["confidence"] >= _SURELY_ELSEWHERE:
        return False
    return bool(report["decision"] != ANSWER)
