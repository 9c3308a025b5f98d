"""Calls of the Graph API: proof, pinned version, bounded retries where they help, and no message twice."""

from __future__ import annotations

import pytest

from bot.foundation.messenger_settings import MessengerPage, MessengerSettings
from bot.gateway.messenger.client import TRIES, GraphClient, proof_of
from bot.gateway.messenger.graph_errors import (
    GraphFailure,
    NotConnected,
    PersonUnavailable,
    RateLimited,
    Refused,
    ThreadElsewhere,
    TokenRefused,
    Unreachable,
    WindowClosed,
    failure_of,
)
from tests.gateway.messenger.conftest import PAGE, Pauses
from tests.graph_double.running_double import Messenger, RunningDouble

HELLO = {"text": "Bonjour"}


async def never() -> bool:
    return False


async def send(client: GraphClient, person: Messenger, page: MessengerPage = PAGE) -> str | None:
    return await client.send(page, person.psid, HELLO, None, never)


async def test_a_message_arrives_with_proof_and_version(
    client: GraphClient, graph: RunningDouble, person: Messenger
) -> None:
    mid = await send(client, person)

    (call,) = graph.calls()
    assert person.words() == ["Bonjour"]
    assert (call["version"], call["path"]) == ("v25.0", f"{PAGE.id}/messages")
    assert call["parameters"]["messaging_type"] == "RESPONSE"
    assert mid == person.lines("app")[0]["mid"]


async def test_a_human_agent_is_named_as_such(client: GraphClient, graph: RunningDouble, person: Messenger) -> None:
    person.set(silent_hours=30)

    await client.send(PAGE, person.psid, HELLO, "HUMAN_AGENT", never)

    parameters = graph.calls()[0]["parameters"]
    assert (parameters["messaging_type"], parameters["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")


@pytest.mark.parametrize("kind", ["app_limit", "call_limit", "temporary", "unexpected", "html", "status", "empty"])
async def test_what_may_pass_is_tried_again_after_growing_pauses(
    client: GraphClient, graph: RunningDouble, person: Messenger, pauses: Pauses, kind: str
) -> None:
    graph.misbehave(kind, times=TRIES - 1)

    await send(client, person)

    assert person.words() == ["Bonjour"]
    assert pauses.seconds == [0.5, 1.0, 2.0]


@pytest.mark.parametrize(
    ("kind", "failure"),
    [
        ("app_limit", RateLimited),
        ("call_limit", RateLimited),
        ("temporary", Unreachable),
        ("html", Unreachable),
        ("html_200", Unreachable),
        ("broken_json", Unreachable),
    ],
)
async def test_tries_are_bounded(
    client: GraphClient, graph: RunningDouble, person: Messenger, kind: str, failure: type[GraphFailure]
) -> None:
    graph.misbehave(kind, times=None)

    with pytest.raises(failure):
        await send(client, person)

    assert len(graph.calls()) == TRIES


@pytest.mark.parametrize(
    ("kind", "failure"),
    [
        ("window_closed", WindowClosed),
        ("unavailable", PersonUnavailable),
        ("token_expired", TokenRefused),
        ("token_revoked", TokenRefused),
        ("another_app", ThreadElsewhere),
    ],
)
async def test_what_a_retry_does_not_help_is_tried_once(
    client: GraphClient,
    graph: RunningDouble,
    person: Messenger,
    pauses: Pauses,
    kind: str,
    failure: type[GraphFailure],
) -> None:
    graph.misbehave(kind, times=1)

    with pytest.raises(failure):
        await send(client, person)

    assert (len(graph.calls()), pauses.seconds) == (1, [])


async def test_a_message_that_meta_does_not_take_is_refused_at_once(client: GraphClient, person: Messenger) -> None:
    with pytest.raises(Refused) as refused:
        await client.send(PAGE, person.psid, {"text": "x" * 2001}, None, never)

    assert refused.value.code == 100
    assert PAGE.token not in str(refused.value)


async def test_a_lost_answer_is_not_sent_twice_when_the_message_has_arrived(
    client: GraphClient, graph: RunningDouble, person: Messenger
) -> None:
    graph.misbehave("lost", times=1)

    async def has_arrived() -> bool:
        return bool(person.words())

    assert await client.send(PAGE, person.psid, HELLO, None, has_arrived) is None

    assert person.words() == ["Bonjour"]


async def test_a_limit_is_certain_so_nobody_is_asked(
    client: GraphClient, graph: RunningDouble, person: Messenger
) -> None:
    graph.misbehave("call_limit", times=1)

    async def fail() -> bool:
        raise AssertionError("a refused call has done nothing")

    assert await client.send(PAGE, person.psid, HELLO, None, fail)


async def test_nobody_answers(settings: MessengerSettings, pauses: Pauses) -> None:
    away = MessengerSettings(settings.app_id, "s", "v", settings.pages, graph_url="http://127.0.0.1:9")
    client = GraphClient(away, sleep=pauses)

    with pytest.raises(NotConnected):
        await client.send(PAGE, "1", HELLO, None, never)

    assert len(pauses.seconds) == TRIES - 1
    await client.close()


async def test_typing_is_shown_and_tried_once(client: GraphClient, graph: RunningDouble, person: Messenger) -> None:
    await client.act(PAGE, person.psid, "typing_on")
    assert person.seen()["is_typed_to"]

    graph.misbehave("temporary", is_for_messages=False)
    with pytest.raises(Unreachable):
        await client.act(PAGE, person.psid, "mark_seen")


async def test_the_pauses_differ_by_chance(
    settings: MessengerSettings, graph: RunningDouble, person: Messenger
) -> None:
    pauses = Pauses()
    client = GraphClient(settings, sleep=pauses, chance=lambda: 0.0)
    graph.misbehave("call_limit", times=2)

    await send(client, person)

    assert pauses.seconds == [0.25, 0.5]
    await client.close()


@pytest.mark.parametrize(
    ("status", "code", "subcode", "reason"),
    [
        (400, 80006, None, "rate_limited"),
        (403, 200, None, "permission_missing"),
        (403, 10, None, "permission_missing"),
        (403, 200, 1545041, "unavailable"),
        (400, 100, 2018001, "unavailable"),
        (400, 551, None, "unavailable"),
        (403, 10, 2018278, "window_closed"),
        (401, 190, 460, "token_refused"),
        (400, 100, None, "refused"),
        (500, 1, None, "unreachable"),
        (400, None, None, "unreachable"),
    ],
)
def test_codes_of_meta(status: int, code: int | None, subcode: int | None, reason: str) -> None:
    error = {"code": code, "error_subcode": subcode, "message": "m"} if code else None

    assert failure_of(status, {"error": error}).reason == reason


def test_a_flag_of_meta_makes_an_error_worth_a_retry() -> None:
    assert failure_of(400, {"error": {"code": 100, "is_transient": True}}).can_retry


def test_the_proof_is_hmac_sha256_of_the_token() -> None:
    # By `printf token | openssl dgst -sha256 -hmac secret`.
    assert proof_of("secret", "token") == "e941110e3d2bfe82621f0e3e1434730d7305d106c5f68c87165d0b27a4611a4a"
