"""Generates webhook bodies from a seed: valid ones, replays, mutated, cut short, and wrongly signed.

Every mutated body also holds a valid event in an entry of its own, before or after the broken one: that one must not
be lost with it.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests import messenger_payloads as payloads
from tests.every_messenger_event import EVERY
from tests.messenger_payloads import PAGE, STRANGE_PAGE, Event

VALID, REPLAYED, MUTATED, TRUNCATED, FORGED = "valid", "replayed", "mutated", "truncated", "forged"
_WEIGHTS = {VALID: 50, REPLAYED: 15, MUTATED: 20, TRUNCATED: 10, FORGED: 5}
#: Kinds that may stand beside messages without changing who answers: nothing that silences the bot.
_HARMLESS = tuple(
    name
    for name in EVERY
    if not name.startswith(("text", "echo_", "thread_", "app_roles", "quick_", "postback", "get_", "referral"))
)
_JUNK: tuple[Any, ...] = (
    *(None, True, 0, -1, 10**400, 1.5e308, "", " ", "\x00", "x" * 20_000, "\ud83d", "\U0001f44d" * 3000),
    *([], {}, [[]], [None], {"id": None}, {"id": {}}, [{"a": [{}]}], "1; DROP TABLE message"),
)
_DEPTH = 3000


@dataclass(frozen=True)
class Body:
    """One call of the webhook. `texts` are the words of valid messages in it that must be answered, by PSID."""

    kind: str
    raw: bytes
    headers: dict[str, str]
    texts: tuple[tuple[str, str], ...] = ()
    is_refused: bool = False


@dataclass
class Bodies:
    """`count` bodies for `people`; the same seed gives the same ones. All of one body are for one person."""

    seed: int
    count: int
    people: tuple[str, ...]
    _sent: dict[str, list[Body]] = field(default_factory=dict)
    _number: int = 0

    def __iter__(self) -> Iterator[tuple[str, Body]]:
        """Person and body, in the order in which they are to be sent for each person."""
        random = Random(self.seed)
        kinds, weights = list(_WEIGHTS), list(_WEIGHTS.values())
        for _ in range(self.count):
            psid = random.choice(self.people)
            kind = random.choices(kinds, weights)[0]
            if kind == REPLAYED and psid not in self._sent:
                kind = VALID
            body = self._make(kind, psid, random)
            if kind == VALID:
                self._sent.setdefault(psid, []).append(body)
            yield psid, body

    def _make(self, kind: str, psid: str, random: Random) -> Body:
        if kind == REPLAYED:
            return self._replayed(psid, random)
        if kind == MUTATED:
            return self._mutated(psid, random)
        valid = self._valid(psid, random)
        if kind == TRUNCATED:
            cut = valid.raw[: random.randrange(len(valid.raw))]
            return Body(TRUNCATED, cut, payloads.signed(cut), is_refused=True)
        if kind == FORGED:
            return Body(FORGED, valid.raw, _forged(valid.raw, random), is_refused=True)
        return valid

    def _valid(self, psid: str, random: Random) -> Body:
        events, texts = list[Event](), list[tuple[str, str]]()
        for _ in range(random.choice((1, 1, 1, 2, 3, 5))):
            if random.random() < 0.4:
                events.append(self._text(psid, texts))
            else:
                events.append(EVERY[random.choice(_HARMLESS)](PAGE, psid))
        size = random.randint(1, len(events))
        entries = [payloads.entry(events[begin : begin + size]) for begin in range(0, len(events), size)]
        raw = payloads.raw(payloads.batch(*entries))
        return Body(VALID, raw, payloads.signed(raw), tuple(texts))

    def _text(self, psid: str, texts: list[tuple[str, str]]) -> Event:
        """Words that stand nowhere else."""
        self._number += 1
        words = f"vraag-{self._number}-einde"
        texts.append((psid, words))
        return payloads.text(PAGE, psid, words)

    def _replayed(self, psid: str, random: Random) -> Body:
        """A body that came before, as it was or with its events in other entries."""
        earlier = random.choice(self._sent[psid])
        content = json.loads(earlier.raw)
        if random.random() < 0.5:
            content["entry"] = [
                {**entry, "time": payloads.now_ms(), "messaging": [event]}
                for entry in content["entry"]
                for event in entry["messaging"]
            ]
        raw = payloads.raw(content)
        return Body(REPLAYED, raw, payloads.signed(raw))

    def _mutated(self, psid: str, random: Random) -> Body:
        texts: list[tuple[str, str]] = []
        whole = payloads.entry([self._text(psid, texts)])
        broken = payloads.entry([EVERY[random.choice(_HARMLESS)](PAGE, psid)])
        for _ in range(random.randint(1, 3)):
            broken = _mutate(broken, random)
        entries = [whole, broken] if random.random() < 0.5 else [broken, whole]
        if random.random() < 0.2:
            entries.append(payloads.entry([EVERY["text"](STRANGE_PAGE, psid)], STRANGE_PAGE))
        raw = payloads.raw(payloads.batch(*entries))
        return Body(MUTATED, raw, payloads.signed(raw), tuple(texts))


def _mutate(content: Any, random: Random) -> Any:
    """One place of it changed: taken out, replaced, doubled, or nested deeply."""
    changed = copy.deepcopy(content)
    places = list(_places(changed))
    if not places:
        return random.choice(_JUNK)
    holder, key = random.choice(places)
    act = random.randrange(5)
    if act == 0:
        del holder[key]
    elif act == 1:
        holder[key] = [holder[key], holder[key]]
    elif act == 2 and isinstance(holder, dict):
        holder[f"{key}_"] = holder.pop(key)
    elif act == 3:
        holder[key] = json.loads("[" * 60 + "]" * 60)
    else:
        holder[key] = random.choice(_JUNK)
    return changed


def _places(content: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(content, dict):
        for key in list(content):
            yield content, key
            yield from _places(content[key])
    elif isinstance(content, list):
        for place in range(len(content)):
            yield content, place
            yield from _places(content[place])


def _forged(raw: bytes, random: Random) -> dict[str, str]:
    headers = payloads.signed(raw)
    right = headers["X-Hub-Signature-256"]
    wrong = (
        *(None, "", "sha256=", f"sha256={'0' * 64}", right.upper(), right.replace("sha256", "sha1"), right[7:]),
        *(
            payloads.signed(raw, "another secret")["X-Hub-Signature-256"],
            payloads.signed(raw + b" ")["X-Hub-Signature-256"],
        ),
        *(f"md5={'0' * 32}", f"{right}, {right}", f"{right}é".encode("latin-1").decode("latin-1"), "sha256=ü"),
    )
    chosen = random.choice(wrong)
    if chosen is None:
        del headers["X-Hub-Signature-256"]
    else:
        headers["X-Hub-Signature-256"] = chosen
    return headers
