"""How soon words are on the other side's screen while fifty conversations are open at the desk.

Ten counsellors have five conversations each, every one open as a page of its own, and their inboxes; visitors and
counsellors write at the pace of people. A page fetches what its stream says has changed.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from pathlib import Path

from rich.progress import Progress, TaskID

from bench.chain_servers import our_gateway
from bench.desk_people import Counsellor, Person, Stream, many_people
from bench.figures import MILLISECONDS, OURS, Figure, figure_of, percentile
from bench.parts import DESK, BenchFailed, Size
from bot.foundation.languages import LANGUAGES
from bot.services.staff.accounts import Accounts
from bot.services.staff.sessions import Sessions
from bot.store.database import Database

CONVERSATIONS, COUNSELLORS = 50, 10
#: Between an answer and the next question of the same person.
_PAUSE_SECONDS = (5.0, 15.0)
_WAIT_SECONDS = 30
_SEED = 20_261_129


def measure_desk(folder: Path, size: Size, progress: Progress) -> list[Figure]:
    """Median and 95th percentile of both ways, over all messages after a first round that is not counted."""
    task = progress.add_task("At the desk", total=CONVERSATIONS * (size.desk_rounds + 1))
    folder.mkdir(parents=True, exist_ok=True)
    with our_gateway(folder, os.environ) as server:
        assert server.state is not None
        tokens = open_sessions(f"sqlite:///{server.state / 'faqbot.sqlite'}", COUNSELLORS)
        to_desk, to_visitor = asyncio.run(_talk(server.url, tokens, size.desk_rounds, progress, task))
    at = f"{CONVERSATIONS} conversations"
    ways = {
        f"visitor's words on the counsellor's screen, {at}": to_desk,
        f"counsellor's words on the visitor's screen, {at}": to_visitor,
    }
    return [
        figure_of(DESK, f"{name}, {rank_name}", MILLISECONDS, {OURS: percentile(times, rank)})
        for name, times in ways.items()
        for rank, rank_name in ((50, "median"), (95, "95th percentile"))
    ]


def open_sessions(url: str, count: int) -> dict[str, str]:
    """So many counsellors who are signed in: name and token of the session. None has a password, which takes long."""
    database = Database(url)
    try:
        accounts, sessions = Accounts(database), Sessions(database)
        for number in range(count):
            accounts.add(f"c{number}", "counsellor", LANGUAGES)
        return {member.name: sessions.open_for(member).token for member in accounts.list()}
    finally:
        database.close()


async def _talk(
    url: str, tokens: dict[str, str], rounds: int, progress: Progress, task: TaskID
) -> tuple[list[float], list[float]]:
    to_desk: list[float] = []
    to_visitor: list[float] = []
    async with many_people() as session:
        staff = [Counsellor(session, url, name, token) for name, token in tokens.items()]
        for one in staff:
            await one.come()
        pages = [
            await _begin(Person(session, [url], f"person {number}"), staff[number % len(staff)])
            for number in range(CONVERSATIONS)
        ]
        inboxes = [asyncio.create_task(_keep_inbox(one)) for one in staff]
        talks = [
            _exchange(page, rounds, (to_desk, to_visitor), random.Random(_SEED + number), progress, task)
            for number, page in enumerate(pages)
        ]
        await asyncio.gather(*talks)
        for inbox in inboxes:
            inbox.cancel()
        await asyncio.gather(*inboxes, return_exceptions=True)
        for page in pages:
            await page.close()
    return to_desk, to_visitor


class _Page:
    """A conversation that is open on both sides."""

    def __init__(self, person: Person, one: Counsellor, handoff: str) -> None:
        self.person, self.one, self.handoff = person, one, handoff
        self.live: Stream = one.follow(handoff)
        self._seen = 0

    async def until_shown(self, words: str) -> None:
        """Fetch whenever the stream tells of something, until the words are there."""
        while True:
            await self.live.until(lambda heard: heard.kind == "changed", _WAIT_SECONDS, after=self._seen)
            # What is told while the page fetches is one more reason to fetch, not many.
            self._seen = len(self.live.heard)
            if words in await self.one.thread(self.handoff):
                return

    async def close(self) -> None:
        await self.live.close()
        await self.person.stream.close()


async def _begin(person: Person, one: Counsellor) -> _Page:
    await person.ask_for_person()
    (handoff,) = await one.waiting()
    if await one.claim(handoff) != 303:
        raise BenchFailed("a counsellor could not take somebody who waits")
    page = _Page(person, one, handoff)
    await page.until_shown(person.name)
    return page


async def _exchange(
    page: _Page,
    rounds: int,
    times: tuple[list[float], list[float]],
    chance: random.Random,
    progress: Progress,
    task: TaskID,
) -> None:
    await asyncio.sleep(chance.uniform(0, _PAUSE_SECONDS[1]))
    for turn in range(rounds + 1):
        asked, answered = f"question {turn} of {page.person.name}", f"answer {turn} to {page.person.name}"
        begun = time.perf_counter()
        await page.person.say(asked)
        await page.until_shown(asked)
        shown = time.perf_counter()
        await page.one.reply(page.handoff, answered)
        heard = await page.person.stream.until(lambda one: one.words.count(answered) > 0, _WAIT_SECONDS)  # noqa: B023
        if turn:
            times[0].append(1000 * (shown - begun))
            times[1].append(1000 * (heard.at - shown))
        progress.advance(task)
        await asyncio.sleep(chance.uniform(*_PAUSE_SECONDS))


async def _keep_inbox(one: Counsellor) -> None:
    """The page of the inbox, which fetches its lists whenever something has changed."""
    live, seen = one.follow(), 0
    try:
        while True:
            await live.until(lambda heard: heard.kind == "changed", 3600, after=seen)
            seen = len(live.heard)
            await one.read("/lists")
    finally:
        await live.close()
