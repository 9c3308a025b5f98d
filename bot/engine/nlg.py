"""Rasa's NLG seam: words and buttons from the active release, in the person's language. Named in `endpoints.yml`."""

from __future__ import annotations

from typing import Any, Dict, Optional

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.engine.parse_data import FIELD
from bot.foundation.choices import read_choice
from bot.foundation.languages import DEFAULT_LANGUAGE
from bot.foundation.names import FAILED_TURNS_SLOT, LANGUAGE_SLOT, UTTER_PREFIX
from bot.foundation.settings import PROJECT_FOLDER, read_settings
from bot.services.releases.active import ActiveContent
from bot.services.replies.compose import compose
from bot.services.replies.view import DialogueView


class ReleaseNlg(TemplatedNaturalLanguageGenerator):
    """Answers from the release; a name that the release does not know is left to Rasa's own templates."""

    def __init__(
        self,
        endpoint_config: Optional[EndpointConfig] = None,
        domain: Optional[Domain] = None,
    ) -> None:
        super().__init__(domain.responses if domain else {})
        folder = read_settings().releases_folder
        self._content = ActiveContent(folder, draft=PROJECT_FOLDER / "data")

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> Optional[Dict[str, Any]]:
        """The message for one `utter_...`: text, buttons with choice ids, and topic and date as metadata."""
        content = self._content.current()
        composed = compose(utter_action.removeprefix(UTTER_PREFIX), view_of(tracker), content)
        if composed is None:
            return await super().generate(utter_action, tracker, output_channel, **kwargs)
        message: Dict[str, Any] = {
            "text": composed.markdown,
            "topic": composed.topic,
            "as_of": composed.as_of,
        }
        if composed.choices:
            message["buttons"] = [{"title": choice.title, "payload": choice.id} for choice in composed.choices]
        return message


def view_of(tracker: DialogueStateTracker) -> DialogueView:
    """What the composer needs to know of the conversation, from the tracker and its latest message."""
    parsed = tracker.latest_message.parse_data if tracker.latest_message else {}
    report: Dict[str, Any] = (parsed or {}).get(FIELD) or {}
    choice = read_choice(report["choice"]) if report.get("choice") else None
    return DialogueView(
        language=tracker.get_slot(LANGUAGE_SLOT) or DEFAULT_LANGUAGE,
        offered=tuple(ranked["intent"] for ranked in report.get("ranking", ())),
        also=report.get("also"),
        last_topic=_last_topic(tracker),
        failed_turns=int(tracker.get_slot(FAILED_TURNS_SLOT) or 0),
        theme=choice.value if choice and choice.kind == "theme" else None,
        vote=choice.value if choice and choice.kind == "feedback" else None,
        language_known=bool(report.get("wanted_language")),
        notes=tuple(report.get("notes", ())),
    )


def _last_topic(tracker: DialogueStateTracker) -> str | None:
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered) and event.metadata.get("topic"):
            return str(event.metadata["topic"])
    return None
