"""Meta misbehaves in the middle of conversations: everybody is answered once in the end, and the operator sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.gateway.messenger.running_messenger import RunningMessenger, first_line, running_messenger
from tests.gateway.running_gateway import Visitor, wait_until
from tests.graph_double.running_double import Messenger
from tests.messenger_payloads import PAGE

_SECONDS = 90


@pytest.fixture(scope="module")
def messenger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningMessenger]:
    with running_messenger(tmp_path_factory.mktemp("trouble")) as running:
        yield running


@pytest.fixture(autouse=True)
def _well(messenger: RunningMessenger) -> Iterator[None]:
    yield
    messenger.double.control("DELETE", "faults")
    messenger.double.control("PATCH", f"pages/{PAGE}", token_state="valid")


def ready(messenger: RunningMessenger) -> dict[str, Any]:
    told: dict[str, Any] = httpx.get(f"{messenger.gateway.ops_url}/ready", timeout=30).json()
    return told


def answered(person: Messenger, *words: str) -> list[str]:
    """Wait until these were answered; the first line of all that was said."""

    def told(said: list[str]) -> bool:
        return len([one for one in said if first_line(one) in words]) >= len(words)

    return [first_line(one) for one in person.wait_for(told, _SECONDS)]


@pytest.mark.parametrize(
    ("kind", "how"),
    [
        ("html", {"times": 2}),
        ("html_200", {"times": 1}),
        ("broken_json", {"times": 1}),
        ("empty", {"times": 1}),
        ("status", {"times": 2, "status": 503}),
        ("unexpected", {"times": 2}),
        ("call_limit", {"times": 1}),
        ("app_limit", {"times": 1}),
        ("slow", {"times": 1, "seconds": 3}),
    ],
)
def test_an_answer_comes_once_after_a_fault(messenger: RunningMessenger, kind: str, how: dict[str, Any]) -> None:
    person = messenger.double.person()
    messenger.double.misbehave(kind, **how)

    person.say(f"fault {kind}")

    answered(person, f"fault {kind}")
    person.say("after")
    assert answered(person, "after").count(f"fault {kind}") == 1


def test_an_answer_that_gets_lost_on_its_way_is_not_said_twice(messenger: RunningMessenger) -> None:
    person = messenger.double.person()
    messenger.double.misbehave("lost")

    person.say("lost")
    person.say("found")

    assert answered(person, "lost", "found") == ["lost", "found"]


def test_a_token_that_expires_in_the_middle_loses_nothing_and_is_seen(messenger: RunningMessenger) -> None:
    person = messenger.double.person()
    person.say("before")
    answered(person, "before")

    messenger.double.control("PATCH", f"pages/{PAGE}", token_state="expired")
    for number in range(3):
        person.say(f"meanwhile {number}")
    wait_until(lambda: "token_refused" in str(ready(messenger)), _SECONDS)
    assert [first_line(one) for one in person.words()] == ["before"]
    web = Visitor(messenger.gateway.url)
    web.post(text="hallo")
    web.wait_for_answers(1)

    messenger.double.control("PATCH", f"pages/{PAGE}", token_state="valid")
    assert answered(person, "before", *(f"meanwhile {number}" for number in range(3))) == [
        "before",
        "meanwhile 0",
        "meanwhile 1",
        "meanwhile 2",
    ]
    wait_until(lambda: "token_refused" not in str(ready(messenger)), _SECONDS)


def test_who_has_blocked_the_page_keeps_nobody_waiting(messenger: RunningMessenger) -> None:
    gone, other = messenger.double.person(), messenger.double.person()
    gone.set(is_blocked=True)

    gone.say("nobody hears this")
    other.say("somebody hears this")

    answered(other, "somebody hears this")
    wait_until(
        lambda: messenger.rows("SELECT state FROM messenger_person WHERE psid = ?", gone.psid) == [("unavailable",)],
        _SECONDS,
    )
    gone.set(is_blocked=False)
    gone.say("back again")
    assert "back again" in answered(gone, "back again")


def test_a_very_long_text_is_answered_in_pieces_that_meta_takes(messenger: RunningMessenger) -> None:
    person = messenger.double.person()

    person.say("Une phrase assez longue. " * 800)

    said = person.wait_for_answers(1, _SECONDS)
    assert all(len(words) <= 2000 for words in said)
    assert all(
        call["status"] == 200
        for call in messenger.double.calls()
        if call["parameters"].get("recipient") == {"id": person.psid}
    )
