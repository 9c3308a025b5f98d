"""Typed words below an answer: what nobody understands by itself may still be about it."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.below_an_answer import read_below_an_answer
from bot.engine.parse_data import FIELD
from bot.engine.tracker_state import new_tracker
from bot.foundation.names import ACTIVITIES_SHOWN_SLOT, STILL_ABOUT
from bot.foundation.settings import PROJECT_FOLDER
from bot.services.agenda.request.filters import Filters
from bot.services.agenda.shown import Shown
from bot.services.content.draft import read_draft

DOMAIN = Domain.load(str(PROJECT_FOLDER / "domain.yml"))
CONTENT = read_draft(PROJECT_FOLDER / "data")
TOPIC = "training/in_company_training_ibo"


def below(topic: str | None = TOPIC) -> DialogueStateTracker:
    """A conversation whose last answer was about this topic; None for one that answered nothing."""
    conversation = new_tracker("c", DOMAIN)
    conversation.update(UserUttered("?", {"name": "training"}), DOMAIN)
    conversation.update(BotUttered("...", metadata={"topic": topic}), DOMAIN)
    return conversation


def read(
    text: str,
    intent: str,
    decision: str,
    confidence: float = 0.9,
    conversation: DialogueStateTracker | None = None,
    others: tuple[str, ...] = ("training/vdab_brussel",),
) -> dict[str, Any]:
    """What comes of words that the understanding alone reads so."""
    ranking = [{"intent": name, "confidence": confidence} for name in (intent, *others)]
    report = {
        "intent": intent,
        "decision": decision,
        "language": "nl",
        "wanted_language": None,
        "confidence": confidence,
        "ranking": ranking,
        "notes": [],
    }
    parsed = {"text": text, "intent": {"name": intent.split("/")[0]}, "entities": [], FIELD: report}
    return read_below_an_answer(parsed, conversation or below(), CONTENT)


def offered(found: dict[str, Any]) -> list[str]:
    return [one["intent"] for one in found[FIELD]["ranking"]]


@pytest.mark.parametrize(
    ("text", "intent", "decision"),
    [
        ("hoeveel is het", "out_of_scope", "fallback"),
        ("en mijn vrouw dan?", "nlu_fallback", "fallback"),
        ("wie betaalt mij", "covid/quarantine_income", "clarify"),
        ("en in het Frans?", "refine_activities", "answer"),
    ],
)
def test_the_topic_of_the_answer_is_offered_first(text: str, intent: str, decision: str) -> None:
    found = read(text, intent, decision)

    assert found["intent"]["name"] == "nlu_clarify"
    assert offered(found)[0] == TOPIC
    assert found[FIELD]["decision"] == "clarify"
    assert STILL_ABOUT in found[FIELD]["notes"]


@pytest.mark.parametrize("text", ["en wie betaalt mij?", "krijg ik daar geld voor", "how much is that"])
def test_words_that_point_back_are_about_the_answer_unless_another_topic_is_sure(text: str) -> None:
    unsure, sure = (read(text, "guidance/study_grants", "answer", confidence) for confidence in (0.9, 0.96))

    assert offered(unsure)[:2] == [TOPIC, "guidance/study_grants"]
    assert unsure[FIELD]["decision"] == "clarify"
    assert sure[FIELD]["decision"] == "answer"
    assert read(text, TOPIC, "answer")[FIELD]["decision"] == "answer"
    assert read("wie betaalt mij", "guidance/study_grants", "answer")[FIELD]["decision"] == "answer"


def test_what_the_message_may_mean_stands_behind_it() -> None:
    found = read("wie betaalt mij", "covid/quarantine_income", "clarify")

    assert offered(found)[:3] == [TOPIC, "covid/quarantine_income", "training/vdab_brussel"]


def test_of_a_refused_message_the_next_steps_of_the_answer_stand_behind_it() -> None:
    steps = [step.removeprefix("topic:") for step in CONTENT.cards[TOPIC].next_steps if step.startswith("topic:")]

    found = read("hoeveel is het", "out_of_scope", "fallback", others=())

    assert steps, "else this test shows nothing"
    assert offered(found) == [TOPIC, *steps]


@pytest.mark.parametrize(
    ("text", "intent", "decision", "confidence"),
    [
        ("Hoe snel vliegt een zwaluw?", "out_of_scope", "fallback", 0.9999),
        ("ik wil niet meer leven", "crisis", "answer", 0.9),
        ("rijbewijs", "training/driving_licence", "answer", 0.9),
        ("bedankt", "smalltalk/thanks", "answer", 0.9),
        (" ".join(["woord"] * 10), "out_of_scope", "fallback", 0.9),
        ("...", "nlu_fallback", "fallback", 0.1),
    ],
)
def test_what_says_by_itself_what_it_is_stays_so(text: str, intent: str, decision: str, confidence: float) -> None:
    found = read(text, intent, decision, confidence)

    assert found["intent"]["name"] == intent.split("/")[0]
    assert found[FIELD]["decision"] == decision


def test_without_an_answer_above_nothing_changes() -> None:
    for conversation in (new_tracker("c", DOMAIN), below(None), below("smalltalk/greet")):
        assert read("hoeveel is het", "out_of_scope", "fallback", conversation=conversation)[FIELD]["decision"] == (
            "fallback"
        )


def test_asked_back_once_and_not_again() -> None:
    conversation = below()
    conversation.update(UserUttered("hoeveel is het", {"name": "nlu_clarify"}), DOMAIN)
    conversation.update(BotUttered("Gaat het nog hierover?"), DOMAIN)

    assert read("hoeveel dan", "out_of_scope", "fallback", conversation=conversation)[FIELD]["decision"] == "fallback"


def test_with_a_list_shown_before_a_follow_up_to_it_stays_one() -> None:
    conversation = below()
    shown = Shown(Filters(), ("a",), (1,))
    conversation.update(SlotSet(ACTIVITIES_SHOWN_SLOT, shown.as_dict()), DOMAIN)

    assert read("alleen online", "refine_activities", "answer", conversation=conversation)["intent"]["name"] == (
        "refine_activities"
    )
