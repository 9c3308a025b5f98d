"""Typed words below a list of activities."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.list_context import read_below_a_list
from bot.engine.parse_data import FIELD
from bot.engine.tracker_state import new_tracker
from bot.foundation.names import ACTIVITIES_SHOWN_SLOT
from bot.foundation.settings import PROJECT_FOLDER
from bot.services.agenda.request.filters import Filters
from bot.services.agenda.shown import Shown

DOMAIN = Domain.load(str(PROJECT_FOLDER / "domain.yml"))
LIST = Shown(Filters(mode="online"), ("a", "b", "c"), (1, 2, 3))


def tracker(last_intent: str = "list_activities", shown: Shown | None = LIST) -> DialogueStateTracker:
    """A conversation whose last turn had this intent."""
    conversation = new_tracker("c", DOMAIN)
    conversation.update(UserUttered("?", {"name": last_intent}), DOMAIN)
    if shown:
        conversation.update(SlotSet(ACTIVITIES_SHOWN_SLOT, shown.as_dict()), DOMAIN)
    return conversation


def parsed(text: str, intent: str, decision: str = "answer", language: str | None = "fr") -> dict[str, Any]:
    """What the understanding alone makes of the words."""
    report = {
        "intent": intent,
        "decision": decision,
        "language": language,
        "wanted_language": "nl",
        "confidence": 0.9,
    }
    return {"text": text, "intent": {"name": intent.split("/")[0]}, "entities": [], FIELD: report}


def read(text: str, intent: str, decision: str = "answer", **options: Any) -> str:
    """The intent below a list."""
    found = read_below_a_list(parsed(text, intent, decision), tracker(**options), "fr")
    return str(found["intent"]["name"])


@pytest.mark.parametrize(
    ("text", "intent", "decision"),
    [
        ("jeudi", "centre/opening_hours", "answer"),
        ("et jeudi ?", "centre/opening_hours", "answer"),
        ("et en néerlandais ?", "switch_language", "answer"),
        ("en in het Frans?", "switch_language", "answer"),
        ("meer", "crisis", "answer"),
        ("2", "nlu_fallback", "fallback"),
        ("volgende week", "refine_activities", "clarify"),
        ("and next week?", "list_activities", "answer"),
        ("quelque chose le soir", "list_activities", "clarify"),
    ],
)
def test_what_narrows_a_list_is_a_follow_up_below_one(text: str, intent: str, decision: str) -> None:
    assert read(text, intent, decision) == "refine_activities"


@pytest.mark.parametrize(
    ("text", "intent", "decision"),
    [
        ("je n'en peux plus", "crisis", "answer"),
        ("ik wil niet meer", "crisis", "answer"),
        ("Nederlands graag", "switch_language", "answer"),
        ("English please", "switch_language", "answer"),
        ("comment devenir infirmière ?", "guidance/become_nurse", "answer"),
        ("et les horaires du jeudi ?", "centre/opening_hours", "answer"),
        ("des ateliers CV la semaine prochaine", "list_activities", "answer"),
        ("merci", "smalltalk/thanks", "answer"),
        ("bonjour", "smalltalk/greet", "clarify"),
    ],
)
def test_what_says_something_else_stays_what_it_is(text: str, intent: str, decision: str) -> None:
    assert read(text, intent, decision) == intent.split("/")[0]


def test_without_a_list_on_the_screen_nothing_changes() -> None:
    assert read("jeudi", "centre/opening_hours", last_intent="centre") == "centre"
    assert read("jeudi", "centre/opening_hours", shown=None) == "centre"


def test_a_follow_up_changes_no_language_and_is_certain() -> None:
    found = read_below_a_list(parsed("et en néerlandais ?", "switch_language"), tracker(), "fr")

    assert found[FIELD]["wanted_language"] is None
    assert (found[FIELD]["language"], found[FIELD]["decision"]) == ("fr", "answer")
    assert found["entities"] == [{"entity": "language", "value": "fr"}]


def test_words_of_no_language_go_on_in_that_of_the_conversation() -> None:
    found = read_below_a_list(parsed("2", "nlu_fallback", "fallback", language=None), tracker(), "nl")

    assert found[FIELD]["language"] == "nl"
