"""The gateway is killed while it sends: after its next start everybody has everything, once and in order."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from tests.gateway.messenger.running_messenger import running_messenger

_PEOPLE, _MESSAGES, _KILLS = 6, 3, 2
_SECONDS = 120


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_while_sending(tmp_path: Path, kind: str) -> None:
    with running_messenger(tmp_path, kind) as running:
        people = [running.double.person() for _ in range(_PEOPLE)]
        # Long enough under way that a kill finds pieces of which nobody knows whether they came.
        running.double.misbehave("slow", times=None, seconds=0.4)
        for number in range(_MESSAGES):
            for person in people:
                person.say(f"question {number}")
            if number < _KILLS:
                time.sleep(0.3 + 0.3 * number)
                running.gateway.stop_gateway(signal.SIGKILL)
                running.gateway.start_gateway()

        for person in people:
            said = person.wait_for_answers(_MESSAGES, _SECONDS)
            assert [words.split("\n")[0] for words in said] == [f"question {number}" for number in range(_MESSAGES)]
        time.sleep(5)
        assert [len(person.words()) for person in people] == [_MESSAGES] * _PEOPLE
