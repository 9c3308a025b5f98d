"""Suggested answers: from how the bot read the last messages, and from words while the bot is silent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from bot.foundation.settings import PROJECT_FOLDER
from bot.services.content.draft import read_draft
from bot.services.conversations.records import Told
from bot.services.handoff.records import NotYours
from bot.services.notices.notices import Notice
from bot.services.suggestions.suggestions import Suggestions, UnknownTopic
from tests.databases import reply
from tests.services.handoff.conftest import HandoffDoor, words_of
from tests.services.handoff.queueing import in_queue, spoken

CONTENT = read_draft(PROJECT_FOLDER / "data")
GREETED, NURSE, DRIVING, CV = (
    "centre/languages",
    "guidance/become_nurse",
    "training/driving_licence",
    "employment/cv_and_cover_letter",
)


def suggestions(desk: HandoffDoor, notices: Iterable[Notice] = ()) -> Suggestions:
    found = list(notices)
    return Suggestions(desk.database, desk.handoffs, lambda: CONTENT, lambda topic: found)


def understood(
    desk: HandoffDoor, contact: str, text: str, *ranking: tuple[str, float], topic: str | None = None
) -> None:
    """A message that the bot answered, with the ranking that it made of it."""
    waiting = desk.waiting_message(desk.says(contact, text))
    report = {"language": "en", "ranking": [{"intent": name, "confidence": sure} for name, sure in ranking]}
    desk.service.answer(waiting, {**reply("en"), "topic": topic}, report, {})


def topics(desk: HandoffDoor, handoff: str) -> list[str]:
    """What is suggested, without what the fixture's first message is read as."""
    return [one.topic for one in suggestions(desk).for_talk(handoff) if one.topic != GREETED]


def held(desk: HandoffDoor) -> tuple[str, str]:
    contact, handoff = in_queue(desk)
    desk.handoffs.claim(handoff, "jan")
    return contact, handoff


def test_what_the_bot_made_of_the_last_message_comes_first(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    understood(staffed, contact, "an old one", (DRIVING, 0.7), (CV, 0.4))
    understood(staffed, contact, "the last one", (CV, 0.6), (NURSE, 0.5), ("request_human", 0.9))
    staffed.handoffs.claim(handoff, "jan")

    assert topics(staffed, handoff) == [CV, NURSE, DRIVING]


def test_while_the_bot_is_silent_words_are_looked_up(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    understood(staffed, contact, "a licence", (DRIVING, 0.9))
    staffed.handoffs.claim(handoff, "jan")
    staffed.says(contact, "and how do I become a nurse?")

    assert topics(staffed, handoff)[0] == NURSE
    assert DRIVING in topics(staffed, handoff)


def test_what_was_said_already_is_not_suggested_first(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    understood(staffed, contact, "a licence", (DRIVING, 0.9), (CV, 0.5), topic=DRIVING)
    staffed.handoffs.claim(handoff, "jan")

    assert topics(staffed, handoff) == [CV, DRIVING]
    suggestions(staffed).send(handoff, "jan", CV)
    assert topics(staffed, handoff) == [DRIVING, CV]


def test_nothing_is_suggested_where_nothing_was_asked(staffed: HandoffDoor) -> None:
    _, handoff = held(staffed)

    assert topics(staffed, handoff) == []
    assert topics(staffed, "gone") == []


def test_title_and_first_sentence_are_in_the_language_of_the_person(staffed: HandoffDoor) -> None:
    (first, *_) = suggestions(staffed).search("verpleegkundige", "fr")

    assert first.topic == NURSE
    assert first.title == CONTENT.cards[NURSE].title["fr"]
    assert CONTENT.answers[NURSE]["fr"].startswith(first.first_sentence[:20])
    assert "{" not in first.first_sentence


def test_an_answer_is_the_counsellors_message_with_the_words_of_the_content(staffed: HandoffDoor) -> None:
    contact, handoff = held(staffed)
    everyday = {"fr": "Fermé", "nl": "Gesloten", "en": "Closed, call {freephone}"}
    notice = Notice("closed", date(2020, 1, 1), date(2030, 1, 1), everyday)

    event = suggestions(staffed, [notice]).send(handoff, "jan", CV)

    said = words_of(Told([event]))
    assert spoken(staffed, contact)[-1] == "counsellor"
    assert event.payload["topic"] == CV
    assert "Closed, call 0800 555 66" in said
    assert CONTENT.answers[CV]["en"][:40] in said
    assert "{" not in said


def test_tried_again_it_is_said_once(staffed: HandoffDoor) -> None:
    contact, handoff = held(staffed)
    service = suggestions(staffed)

    first, second = service.send(handoff, "jan", CV, "try"), service.send(handoff, "jan", CV, "try")

    assert first.seq == second.seq
    assert spoken(staffed, contact).count("counsellor") == 1


def test_only_the_holder_sends_and_only_what_exists(staffed: HandoffDoor) -> None:
    contact, handoff = held(staffed)

    with pytest.raises(NotYours):
        suggestions(staffed).send(handoff, "zoe", CV)
    for topic in ("centre/no_such_topic", "fallback", "", "smalltalk/greet"):
        with pytest.raises(UnknownTopic):
            suggestions(staffed).send(handoff, "jan", topic)

    assert "counsellor" not in spoken(staffed, contact)
