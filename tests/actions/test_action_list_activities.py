"""The action that talks about the agenda: what it takes from the tracker, what it says and keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.action_list_activities import ActionListActivities, turn_of
from bot.foundation.names import ACTIVITIES_SHOWN_SLOT
from bot.services.agenda.agenda import Agenda
from bot.store.database import Database, DatabaseError
from bot.store.migrate import migrate
from tests.services.agenda.builders import activity, moment, store
from tests.services.agenda.present.sample_activity import WORDS

NOW = moment("2026-11-23 10:00")


def tracker(
    text: str, intent: str = "list_activities", choice: str | None = None, shown: Any = None, language: str = "nl"
) -> Tracker:
    """A conversation after the person's message."""
    message = {"text": text, "intent": {"name": intent}, "entities": [], "understanding": {"choice": choice}}
    slots = {"language": language, ACTIVITIES_SHOWN_SLOT: shown}
    return Tracker("c", slots, message, [], False, None, {}, "action_listen")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'agenda.sqlite'}"
    migrate(url)
    opened = Database(url)
    store(opened, *(activity(f"a{n}", f"2026-12-0{n + 1} 14:00", mode="online") for n in range(7)))
    yield opened
    opened.close()


async def run(action: ActionListActivities, said: Tracker) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The parts that are said, and the slots that are set."""
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, said, {})
    parts = [part for message in dispatcher.messages for part in (message["custom"] or {}).get("parts", [])]
    return parts, {event["name"]: event["value"] for event in events}


async def test_a_list_is_said_as_parts_and_kept_in_a_slot(database: Database) -> None:
    action = ActionListActivities(lambda: Agenda(database), lambda: WORDS, lambda: NOW)

    parts, slots = await run(action, tracker("online workshops"))
    again, more = await run(
        action, tracker("activities:more", choice="activities:more", shown=slots[ACTIVITIES_SHOWN_SLOT])
    )

    assert [part["kind"] for part in parts] == ["text", "cards", "link", "choices"]
    assert len(parts[1]["items"]) == 5
    assert [len(part["items"]) for part in again if part["kind"] == "cards"] == [2]
    assert len(more[ACTIVITIES_SHOWN_SLOT]["ids"]) == 7


def test_typed_words_are_never_a_choice() -> None:
    typed = turn_of(tracker("activity:a1", intent="refine_activities"))
    pressed = turn_of(tracker("activity:a1", intent="refine_activities", choice="activity:a1"))

    assert (typed.text, typed.choice, typed.is_follow_up) == ("activity:a1", None, True)
    assert (pressed.text, str(pressed.choice)) == (None, "activity:a1")


def test_the_language_of_the_conversation_is_spoken() -> None:
    assert turn_of(tracker("meer", language="nl")).language == "nl"


async def test_when_the_agenda_cannot_be_read_the_website_is_named(database: Database) -> None:
    def broken() -> Agenda:
        raise DatabaseError("gone")

    dispatcher = CollectingDispatcher()
    events = await ActionListActivities(broken, lambda: WORDS, lambda: NOW).run(dispatcher, tracker("agenda"), {})

    assert [message["response"] for message in dispatcher.messages] == ["utter_list_activities"]
    assert events == []
