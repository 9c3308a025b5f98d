"""Tells which group activities are coming up, and goes on about the list. Called by the rules in
data/stories/activities.yml."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.foundation import clock
from bot.foundation.choices import read_choice
from bot.foundation.languages import DEFAULT_LANGUAGE
from bot.foundation.logging import log_problem
from bot.foundation.names import ACTIVITIES_SHOWN_SLOT, LANGUAGE_SLOT, REFINE_ACTIVITIES
from bot.foundation.settings import PROJECT_FOLDER, read_settings
from bot.services.agenda.agenda import Agenda
from bot.services.agenda.conversation import AgendaTurn, answer
from bot.services.agenda.present.words import AgendaWords, Speaker
from bot.services.agenda.shown import shown_or_none
from bot.services.agenda.warm_up import warm_up
from bot.services.releases.active import ActiveContent
from bot.store.database import DatabaseError
from bot.store.migrate import open_database

#: Our own field of the parse data, which tells a button from typed words.
_UNDERSTANDING = "understanding"


class ActionListActivities(Action):
    """Hands the turn to the agenda's conversation and says what comes back."""

    def __init__(
        self,
        agenda: Callable[[], Agenda] | None = None,
        speaker: Callable[[], Speaker] | None = None,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self._agenda, self._speaker, self._now = agenda or _agenda, speaker or _words, now
        if agenda is None:
            warm_up()

    def name(self) -> str:
        return "action_list_activities"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        try:
            said = await asyncio.to_thread(answer, turn_of(tracker), self._agenda(), self._now(), self._speaker())
        except DatabaseError as error:
            # The words that stand ready for this name where the agenda is on the website.
            log_problem("agenda_failed", cause=type(error).__name__)
            dispatcher.utter_message(response="utter_list_activities")
            return []
        dispatcher.utter_message(json_message={"parts": [part.as_dict() for part in said.parts]})
        return [SlotSet(ACTIVITIES_SHOWN_SLOT, said.shown.as_dict())]


def turn_of(tracker: Tracker) -> AgendaTurn:
    """What the person did. Typed words are never a choice, whatever they look like."""
    message = tracker.latest_message
    choice = (message.get(_UNDERSTANDING) or {}).get("choice")
    return AgendaTurn(
        language=tracker.get_slot(LANGUAGE_SLOT) or DEFAULT_LANGUAGE,
        text=None if choice else message.get("text"),
        choice=read_choice(choice) if choice else None,
        is_follow_up=message["intent"]["name"] == REFINE_ACTIVITIES,
        shown=shown_or_none(tracker.get_slot(ACTIVITIES_SHOWN_SLOT)),
    )


@lru_cache(maxsize=1)
def _agenda() -> Agenda:
    return Agenda(open_database(read_settings()))


@lru_cache(maxsize=1)
def _words() -> AgendaWords:
    return AgendaWords(ActiveContent(read_settings().releases_folder, PROJECT_FOLDER / "data"))
