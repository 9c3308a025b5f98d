"""Webhook calls for the bench: people who each send several messages, in an order that spreads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.messenger_payloads import PAGE, body, new_mid, raw, signed, text


@dataclass(frozen=True)
class Call:
    """One call of the webhook with one message of one person."""

    psid: str
    mid: str
    raw: bytes
    headers: dict[str, str]


def calls_of(people: Sequence[str], texts: Sequence[str], count: int) -> list[Call]:
    """`count` messages; the people write in turns, so that everybody's next comes after everybody else's."""
    made = []
    for number in range(count):
        psid, mid = people[number % len(people)], new_mid()
        content = raw(body(text(PAGE, psid, texts[number % len(texts)], mid)))
        made.append(Call(psid, mid, content, signed(content)))
    return made
