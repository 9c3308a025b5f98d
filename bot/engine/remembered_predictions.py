"""What the policies chose for the same steps before: rules always choose alike. Used by the brain.

Asking Rasa's graph twice a turn (what to say, then to listen) cost about half of a turn without the
understanding. Rules see the last steps only: intents, actions and loops, as many as the longest rule has. Where
another policy decides too, or the domain lets slots or entities influence the conversation, nothing is remembered.
"""

from __future__ import annotations

import json
from typing import Any, List, Optional, Tuple

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

#: In practice a few hundred.
_MOST = 4096


class RememberedPredictions:
    """Stands before `MessageProcessor._predict_next_with_tracker`, for one loaded model."""

    def __init__(self, processor: MessageProcessor) -> None:
        self._predict = processor._predict_next_with_tracker
        policies = _policies(processor)
        self._length = max((_longest_rule(policy) for policy in policies), default=0)
        only_rules = bool(policies) and all(isinstance(policy, RulePolicy) for policy in policies)
        self._is_allowed = only_rules and not _looks_beyond_steps(processor.domain)
        self._known: dict[Tuple[str, ...], PolicyPrediction] = {}

    def predict(self, tracker: DialogueStateTracker) -> PolicyPrediction:
        """The prediction for the tracker's next step."""
        if not self._is_allowed or tracker.followup_action:
            return self._predict(tracker)
        # One action more than the rule has states: the first state names what was done before it.
        steps = _last_steps(tracker, self._length + 1)
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


def _policies(processor: MessageProcessor) -> List[Policy]:
    nodes = getattr(processor.graph_runner, "_instantiated_nodes", {}).values()
    return [node._component for node in nodes if isinstance(node._component, Policy)]


def _longest_rule(policy: Any) -> int:
    """How many states the longest rule of a policy looks at."""
    rules = [key for table in getattr(policy, "lookup", {}).values() if isinstance(table, dict) for key in table]
    return max((len(json.loads(key)) for key in rules), default=0)


def _last_steps(tracker: DialogueStateTracker, actions: int) -> Tuple[str, ...]:
    """The steps of the conversation's end with so many actions, newest first."""
    steps: List[str] = []
    for event in reversed(tracker.applied_events()):
        step = _step(event)
        if step:
            steps.append(step)
            actions -= isinstance(event, ActionExecuted)
            if not actions:
                break
    return tuple(steps)


def _step(event: Event) -> Optional[str]:
    if isinstance(event, UserUttered):
        return f"intent {event.intent_name}"
    if isinstance(event, ActionExecuted):
        return f"action {event.action_name or event.action_text}"
    if isinstance(event, ActiveLoop):
        return f"loop {event.name}"
    return None if isinstance(event, SlotSet) else event.type_name
