"""What the policies chose for the same steps before: rules always choose alike. Used by the brain.

Asking Rasa's graph twice a turn (what to say, then to listen) cost about half of a turn without the
understanding. Rules see intents, actions and loops of the last turns; slots and entities only where the domain
says that they influence the conversation, and then nothing is remembered.
"""

from __future__ import annotations

from typing import Optional, Tuple

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

#: Steps of three turns over some twenty intents: in practice a few hundred.
_MOST = 4096


class RememberedPredictions:
    """Stands before `MessageProcessor._predict_next_with_tracker`, for one loaded model."""

    def __init__(self, processor: MessageProcessor) -> None:
        self._predict = processor._predict_next_with_tracker
        self._is_allowed = not _looks_beyond_steps(processor.domain)
        self._known: dict[Tuple[str, ...], PolicyPrediction] = {}

    def predict(self, tracker: DialogueStateTracker) -> PolicyPrediction:
        """The prediction for the tracker's next step."""
        if not self._is_allowed or tracker.followup_action:
            return self._predict(tracker)
        steps = _steps(tracker)
        found = self._known.get(steps)
        if found is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            found = self._known[steps] = self._predict(tracker)
        return found


def remember_predictions(processor: MessageProcessor) -> None:
    """Let this processor remember what its policies chose."""
    processor._predict_next_with_tracker = RememberedPredictions(processor).predict


def _looks_beyond_steps(domain: Domain) -> bool:
    slots = any(slot.influence_conversation for slot in domain.slots if not _is_of_rasa(slot.name))
    properties = domain.intent_properties.values()
    return slots or any(intent.get("used_entities") for intent in properties)


def _is_of_rasa(slot: str) -> bool:
    # Rasa adds these by itself; a loop that asks for a slot shows in the steps.
    return slot in {"requested_slot", "session_started_metadata"}


def _steps(tracker: DialogueStateTracker) -> Tuple[str, ...]:
    return tuple(step for event in tracker.applied_events() if (step := _step(event)))


def _step(event: Event) -> Optional[str]:
    if isinstance(event, UserUttered):
        return f"intent {event.intent_name}"
    if isinstance(event, ActionExecuted):
        return f"action {event.action_name or event.action_text}"
    if isinstance(event, ActiveLoop):
        return f"loop {event.name}"
    return None if isinstance(event, SlotSet) else event.type_name
