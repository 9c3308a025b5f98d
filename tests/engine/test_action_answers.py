"""Answers of the action server are still checked, with one validator for all."""

from __future__ import annotations

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from bot.engine.action_answers import keep_the_validator


@pytest.fixture
def action(monkeypatch: pytest.MonkeyPatch) -> RemoteAction:
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    keep_the_validator()
    return RemoteAction("action_request_human", None)


def test_an_answer_of_the_right_form_passes(action: RemoteAction) -> None:
    events = [{"event": "slot", "name": "language", "value": "nl", "timestamp": None}]

    assert action._validate_action_result({"events": events, "responses": [{"text": "dag"}]})


@pytest.mark.parametrize(
    "answer",
    [{"events": "none"}, {"events": [{"event": 3}]}, {"responses": ["dag"]}, ["dag"]],
)
def test_another_form_is_refused_without_its_words_in_the_error(action: RemoteAction, answer: object) -> None:
    with pytest.raises(ValidationError) as refused:
        action._validate_action_result(answer)

    assert "dag" not in str(refused.value.message)
