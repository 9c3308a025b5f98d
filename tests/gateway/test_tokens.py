"""A token stays young by use, old ones open until their own end, and what is over or false opens nothing."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import httpx
import jwt
import pytest

from bot.foundation.kept_secrets import read_token_secret
from bot.foundation.settings import read_settings
from bot.gateway.web_chat.renewal import FRESH_TOKEN
from bot.gateway.web_chat.tokens import InvalidToken, Tokens
from tests.gateway.running_gateway import RunningGateway, Visitor, new_id

SECRET = "a secret of thirty-two characters"
BEGUN = datetime(2026, 11, 1, 9, 0, tzinfo=timezone.utc)


def tokens_at(moment: datetime, days: int = 30) -> Tokens:
    return Tokens(SECRET, days, now=lambda: moment)


@pytest.mark.parametrize(
    ("days", "age", "is_aged"),
    [
        (30, timedelta(hours=23), False),
        (30, timedelta(hours=25), True),
        (30, timedelta(days=29), True),
        (1, timedelta(hours=11), False),
        (1, timedelta(hours=13), True),
    ],
)
def test_a_token_is_aged_after_a_day_or_half_its_time(days: int, age: timedelta, is_aged: bool) -> None:
    token = tokens_at(BEGUN, days).make("somebody")

    opened = tokens_at(BEGUN + age, days).read(token)

    assert (opened.contact_id, opened.is_aged) == ("somebody", is_aged)


def test_a_token_opens_nothing_after_its_time() -> None:
    token = tokens_at(BEGUN).make("somebody")

    with pytest.raises(InvalidToken):
        tokens_at(BEGUN + timedelta(days=30)).read(token)


def aged(gateway: RunningGateway, token: str, days: float) -> str:
    """The same conversation's token as it was made so many days ago."""
    secret = read_token_secret(read_settings(gateway.environment))
    contact = jwt.decode(token, secret, algorithms=["HS256"])["sub"]
    made = datetime.now(timezone.utc) - timedelta(days=days)
    return Tokens(secret, 30, now=lambda: made).make(contact)


@pytest.mark.parametrize("path", ["/chat/history", "/chat/transcript", "/chat/messages"])
def test_use_of_an_aged_token_hands_out_a_fresh_one(gateway: RunningGateway, visitor: Visitor, path: str) -> None:
    visitor.post(text="hello")
    young = visitor.client.get("/chat/history", headers=visitor.headers)
    visitor.token = aged(gateway, visitor.token or "", days=29)

    if path == "/chat/messages":
        response = visitor.post(text="again")
    else:
        response = visitor.client.get(path, headers=visitor.headers)
    other = Visitor(gateway.url)
    other.token = response.headers[FRESH_TOKEN]

    assert FRESH_TOKEN not in young.headers
    assert other.history()[0]["data"]["text"] == "hello"
    assert FRESH_TOKEN not in other.client.get("/chat/history", headers=other.headers).headers
    assert visitor.history()[0]["data"]["text"] == "hello", "the old one goes on until its own end"


def test_the_stream_hands_out_a_fresh_token_too(gateway: RunningGateway, visitor: Visitor) -> None:
    visitor.post(text="hello")
    visitor.token = aged(gateway, visitor.token or "", days=2)

    with visitor.client.stream("GET", "/chat/events", headers=visitor.headers) as response:
        assert response.headers[FRESH_TOKEN]


def test_a_site_elsewhere_may_read_the_fresh_token(gateway: RunningGateway, visitor: Visitor) -> None:
    visitor.post(text="hello")
    headers = {
        "Origin": "https://www.example.org",
        "Authorization": f"Bearer {aged(gateway, visitor.token or '', 3)}",
    }

    response = httpx.get(f"{gateway.url}/chat/history", headers=headers)

    assert FRESH_TOKEN in response.headers["access-control-expose-headers"]
    assert response.headers[FRESH_TOKEN]


def test_a_refusal_and_erasing_hand_out_no_token(gateway: RunningGateway, visitor: Visitor) -> None:
    visitor.post(text="hello")
    token = visitor.token or ""
    visitor.token = aged(gateway, token, days=2)
    refused = visitor.client.post("/chat/messages", json={"client_id": new_id()}, headers=visitor.headers)
    erased = visitor.client.delete("/chat", headers=visitor.headers)
    gone = visitor.client.get("/chat/history", headers=visitor.headers)
    visitor.token = aged(gateway, token, days=31)
    over = visitor.client.get("/chat/history", headers=visitor.headers)

    assert [one.status_code for one in (refused, erased, gone, over)] == [422, 204, 401, 401]
    assert not any(FRESH_TOKEN in one.headers for one in (refused, erased, gone, over))
