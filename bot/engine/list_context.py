"""Reads what is typed below a list of activities as a follow-up, where nothing else is meant. Used by the brain.

Alone, "Thursday" asks for opening hours and "in Dutch" for another language of the chat; below a list they narrow it.
"""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional

from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.parse_data import FIELD, fields_of_intent
from bot.foundation import clock
from bot.foundation.languages import DEFAULT_LANGUAGE
from bot.foundation.names import (
    ACTIVITIES_SHOWN_SLOT,
    CRISIS,
    LIST_ACTIVITIES,
    REFINE_ACTIVITIES,
    REQUEST_HUMAN,
    RESTART,
    SWITCH_LANGUAGE,
)
from bot.services.agenda.request.filters import Filters
from bot.services.agenda.request.follow_up import FollowUp, follow_up
from bot.services.agenda.shown import Shown, shown_or_none
from bot.understanding.result import ANSWER

#: A longer message says by itself what it is about.
_MOST_WORDS = 8
_WORD = re.compile(r"\w+")
#: Words that lead over to a follow-up, in all three languages, and small ones that say nothing by themselves.
_JOINING = frozenset({"et", "en", "and", "ou", "of", "or", "alors", "dan", "then", "plutôt", "liever", "rather"})
_SMALL = frozenset(
    {"le", "la", "les", "l", "de", "het", "die", "the", "in", "op", "on", "svp", "aub", "please", "stp"}
)
#: What may change below a list without a doubt; what it is about might be a question of its own.
_ABOUT = ("text", "theme", "audience", "not_understood")
#: Nothing that says more than a word is ever taken away from these.
_KEPT = frozenset({CRISIS, REQUEST_HUMAN, RESTART})


def read_below_a_list(
    parsed: Dict[str, Any], tracker: DialogueStateTracker, language: Optional[str]
) -> Dict[str, Any]:
    """The parse data of typed words, as a follow-up when they stand below a list and can be one."""
    shown = _list_on_screen(tracker)
    spoken = _WORD.findall(parsed["text"].casefold())
    if shown is None or not spoken or len(spoken) > _MOST_WORDS:
        return parsed
    report = parsed[FIELD]
    if not _may_be_follow_up(report, spoken):
        return parsed
    now = clock.now()
    read = follow_up(parsed["text"], report.get("language") or language or DEFAULT_LANGUAGE, now, shown.filters)
    if not _says_something(read, shown.filters):
        return parsed
    known = {**report, "language": report.get("language") or language, "wanted_language": None, "also": None}
    return {"text": parsed["text"], **fields_of_intent(REFINE_ACTIVITIES, known)}


def _list_on_screen(tracker: DialogueStateTracker) -> Optional[Shown]:
    """The list, when the last turn was about it."""
    before = tracker.latest_message
    name = (before.intent or {}).get("name") if before else None
    if name not in {LIST_ACTIVITIES, REFINE_ACTIVITIES}:
        return None
    return shown_or_none(tracker.get_slot(ACTIVITIES_SHOWN_SLOT))


def _may_be_follow_up(report: Dict[str, Any], spoken: List[str]) -> bool:
    """Unsure, or too few words to be sure of anything else."""
    intent, is_sure = report["intent"], report["decision"] == ANSWER
    if intent == REFINE_ACTIVITIES and is_sure:
        return False
    leads_over = spoken[0] in _JOINING
    if intent == SWITCH_LANGUAGE:
        return leads_over
    if intent == LIST_ACTIVITIES and is_sure:
        return leads_over
    bare = [word for word in spoken if word not in _JOINING and word not in _SMALL]
    return len(bare) <= 1 or (not is_sure and intent not in _KEPT)


def _says_something(read: FollowUp, before: Filters) -> bool:
    """Whether it asks for more, for one of the list, or for another time, way or language."""
    if read.page or read.pick is not None or read.start_over:
        return True
    return read.filters.without(*_ABOUT) != before.without(*_ABOUT)
