"""Twenty counsellors at the desk and two hundred who wait and write meanwhile, over HTTP with real processes: one
wins each claim, and no message is lost, doubled or out of order. On SQLite, and with two gateways on PostgreSQL."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from bench.desk_figures import open_sessions
from bench.desk_people import Counsellor, Person, many_people
from tests.desk.counsellor import url_of
from tests.gateway.running_gateway import RunningGateway

COUNSELLORS, PEOPLE = 20, 200
#: So many counsellors want the same people, in the same order and at the same time; all want the first `WANTED`.
RIVALS, WANTED = 2, 10
TURNS = 2
_PEOPLE = ("visitor", "counsellor")
#: The number of a line, and what a person said in it; the bot of the tests says the same again.
_SPOKEN = re.compile(r'data-event="(\d+)"|class="said">([pc]\d+ says \d)<')


@pytest.fixture
def urls(own_gateway: RunningGateway, database: str) -> Iterator[list[str]]:
    """The addresses of the gateways."""
    if database == "sqlite":
        yield [own_gateway.url]
        return
    other = own_gateway.beside()
    other.start_gateway()
    yield [own_gateway.url, other.url]
    other.stop_gateway()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True, scope="session")
async def test_every_claim_is_won_once_and_every_message_arrives_once_in_order(
    own_gateway: RunningGateway, urls: list[str]
) -> None:
    tokens = open_sessions(url_of(own_gateway), COUNSELLORS)
    async with many_people() as session:
        staff = [
            Counsellor(session, urls[number % len(urls)], name, token)
            for number, (name, token) in enumerate(tokens.items())
        ]
        people = [Person(session, urls, f"person {number}") for number in range(PEOPLE)]
        await asyncio.gather(*(one.come() for one in staff))
        await asyncio.gather(*(one.ask_for_person() for one in people))
        waiting = await staff[0].waiting()
        assert len(waiting) == PEOPLE

        writing = asyncio.gather(*(_write(one, f"p{number}") for number, one in enumerate(people)))
        told = await asyncio.gather(*(_claim_all(one, number, waiting) for number, one in enumerate(staff)))
        await writing

        winner = _check_claims(waiting, dict(told))
        threads = await asyncio.gather(*(winner[handoff].thread(handoff) for handoff in waiting))
        by_name = {name: thread for thread in threads for name in re.findall(r">(person \d+)<", thread)}
        assert len(by_name) == PEOPLE
        for number, person in enumerate(people):
            await _check_messages(person, f"p{number}", by_name[person.name])
        assert {await one.reply(waiting[0], "mine?") for one in staff if one is not winner[waiting[0]]} == {409}
        await asyncio.gather(*(one.stream.close() for one in people))
    log = (own_gateway.folder / "gateway.log").read_text("utf-8")
    assert "failed" not in log


async def _claim_all(one: Counsellor, number: int, waiting: list[str]) -> tuple[Counsellor, dict[str, int]]:
    """Want what others want too, and speak to those whom one gets."""
    group, groups = number // RIVALS, COUNSELLORS // RIVALS
    found: dict[str, int] = {}
    for handoff in [*waiting[:WANTED], *waiting[WANTED:][group::groups]]:
        found[handoff] = await one.claim(handoff)
        if found[handoff] == 303:
            for turn in range(TURNS):
                assert await one.reply(handoff, f"{one.name} says {turn}") == 204
    return one, found


async def _write(one: Person, name: str) -> None:
    for turn in range(TURNS):
        # The second was sent twice, as a door does when it has not heard.
        await one.say(f"{name} says {turn}", times=1 + turn)
        await asyncio.sleep(0.5)


def _check_claims(waiting: list[str], told: dict[Counsellor, dict[str, int]]) -> dict[str, Counsellor]:
    """Everybody who waited has exactly one counsellor, and all others were refused."""
    assert Counter(status for found in told.values() for status in found.values()).keys() == {303, 409}
    won = [(handoff, one) for one, found in told.items() for handoff, status in found.items() if status == 303]
    assert Counter(handoff for handoff, _ in won) == Counter(waiting)
    assert len({one for _, one in won}) > COUNSELLORS / 4, "they were there at the same time"
    return dict(won)


async def _check_messages(person: Person, name: str, thread: str) -> None:
    """The visitor's stream, their history and the counsellor's page hold the same words in the same order."""
    history = await person.history()
    stored = [event["seq"] for event in history]
    await person.stream.until(lambda heard: heard.number == stored[-1], seconds=20)
    assert stored == list(range(1, len(stored) + 1))
    assert [heard.number for heard in person.stream.heard if heard.number is not None] == stored
    spoken = [heard for heard in person.stream.heard if heard.number and heard.data.get("role") in _PEOPLE]
    said = [words for heard in spoken if "says" in (words := re.sub("<[^>]*>", "", heard.words))]
    assert [words for words in said if words.startswith("p")] == [f"{name} says {turn}" for turn in range(TURNS)]
    (counsellor,) = {words.split()[0] for words in said if words.startswith("c")}
    assert [words for words in said if words.startswith("c")] == [
        f"{counsellor} says {turn}" for turn in range(TURNS)
    ]
    shown = _SPOKEN.findall(thread)
    assert [words for _, words in shown if words] == said
    numbers = [int(number) for number, _ in shown if number]
    assert numbers == sorted(set(numbers))
