"""The remembered choices are those that the policies make, and nothing is remembered where more than steps counts."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

from rasa.core.policies.memoization import MemoizationPolicy
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.brain import Brain
from bot.engine.remembered_predictions import RememberedPredictions

_DOMAIN = """
version: "3.1"
intents: [centre, affirm]
slots:
  language: {type: text, influence_conversation: %s, mappings: [{type: custom}]}
responses:
  utter_centre: [{text: a}]
"""


def _rules(*keys: list[dict[str, dict[str, str]]]) -> RulePolicy:
    policy = RulePolicy.__new__(RulePolicy)
    policy.lookup = {"rules": {json.dumps(key): "utter_centre" for key in keys}}
    return policy


_TWO_STATES = [{"user": {"intent": "centre"}}, {"prev_action": {"action_name": "utter_centre"}}]


class _Processor:
    """Counts how often the policies are asked."""

    def __init__(self, influence: str = "false", *policies: Policy) -> None:
        self.domain = Domain.from_yaml(_DOMAIN % influence)
        nodes = [SimpleNamespace(_component=policy) for policy in policies or (_rules(_TWO_STATES),)]
        self.graph_runner = SimpleNamespace(_instantiated_nodes=dict(enumerate(nodes)))
        self.asked = 0

    def _predict_next_with_tracker(self, tracker: DialogueStateTracker) -> PolicyPrediction:
        self.asked += 1
        return PolicyPrediction([float(self.asked)], "rules")


def _tracker(processor: _Processor, *events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("a", list(events), processor.domain.slots, domain=processor.domain)


def _said(intent: str, text: str = "x") -> UserUttered:
    return UserUttered(text, {"name": intent, "confidence": 1.0})


def _remembered(processor: Any) -> RememberedPredictions:
    return RememberedPredictions(processor)


def test_the_same_steps_are_asked_once_whatever_was_written() -> None:
    processor = _Processor()
    remembered = _remembered(processor)

    first = remembered.predict(_tracker(processor, ActionExecuted("action_listen"), _said("centre")))
    again = remembered.predict(
        _tracker(processor, ActionExecuted("action_listen"), _said("centre", "y"), SlotSet("language", "nl"))
    )

    assert processor.asked == 1
    assert again.probabilities == first.probabilities


def test_another_intent_action_or_loop_is_another_step() -> None:
    processor = _Processor()
    remembered = _remembered(processor)
    listened = ActionExecuted("action_listen")

    for events in (
        (listened, _said("centre")),
        (listened, _said("affirm")),
        (listened, _said("centre"), ActionExecuted("utter_centre")),
        (listened, _said("centre"), ActiveLoop("form")),
        (_said("affirm"), ActionExecuted("utter_centre"), listened, _said("centre")),
    ):
        remembered.predict(_tracker(processor, *events))

    assert processor.asked == 5


def test_nothing_is_remembered_when_a_slot_influences_the_conversation() -> None:
    processor = _Processor(influence="true")
    remembered = _remembered(processor)

    for _ in range(2):
        remembered.predict(_tracker(processor, _said("centre")))

    assert processor.asked == 2


def test_an_action_that_must_follow_is_not_mistaken_for_a_rule() -> None:
    processor = _Processor()
    tracker = _tracker(processor, _said("centre"))
    remembered = _remembered(processor)
    remembered.predict(tracker)

    tracker.followup_action = "utter_centre"
    remembered.predict(tracker)

    assert processor.asked == 2


def test_what_lies_before_the_longest_rule_is_no_other_step() -> None:
    processor = _Processor()
    remembered = _remembered(processor)
    turn = (_said("centre"), ActionExecuted("utter_centre"), ActionExecuted("action_listen"))

    for earlier in ("centre", "affirm"):
        remembered.predict(_tracker(processor, _said(earlier), ActionExecuted("utter_affirm"), *turn, *turn))

    assert processor.asked == 1


def test_nothing_is_remembered_when_another_policy_decides_too() -> None:
    processor = _Processor("false", _rules(_TWO_STATES), MemoizationPolicy.__new__(MemoizationPolicy))
    remembered = _remembered(processor)

    for _ in range(2):
        remembered.predict(_tracker(processor, _said("centre")))

    assert processor.asked == 2


def test_the_real_model_lets_choices_be_remembered(local: Brain) -> None:
    assert RememberedPredictions(local._processor())._is_allowed
