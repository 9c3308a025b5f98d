"""Tells which group activities are coming up. Called by the rules in data/stories/activities.yml."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher


class ActionListActivities(Action):
    """Says where the agenda is."""

    def name(self) -> str:
        return "action_list_activities"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(response="utter_list_activities")
        return []
