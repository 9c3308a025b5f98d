"""Places with the brain: the website comes first, Messenger has its share, nobody is left out."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from bot.gateway.fair_places import FairPlaces


class Guest:
    """Somebody at a door who holds a place until told to leave."""

    def __init__(self, places: FairPlaces, door: str) -> None:
        self.is_in, self._may_leave = False, asyncio.Event()
        self.task = asyncio.create_task(self._stay(places, door))

    async def _stay(self, places: FairPlaces, door: str) -> None:
        async with places.place(door):
            self.is_in = True
            await self._may_leave.wait()
        self.is_in = False

    async def leave(self) -> None:
        self._may_leave.set()
        await self.task


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def guests(places: FairPlaces, door: str, count: int) -> list[Guest]:
    found = [Guest(places, door) for _ in range(count)]
    await settle()
    return found


def inside(found: list[Guest]) -> int:
    return sum(guest.is_in for guest in found)


async def test_the_website_may_take_every_place() -> None:
    visitors = await guests(FairPlaces(4), "web", 6)

    assert inside(visitors) == 4
    await visitors[0].leave()
    await settle()
    assert inside(visitors) == 4


async def test_a_burst_by_messenger_leaves_places_free() -> None:
    places = FairPlaces(16)
    people = await guests(places, "messenger", 50)
    assert inside(people) == 12

    visitors = await guests(places, "web", 4)

    assert inside(visitors) == 4


async def test_beside_the_website_messenger_goes_on_one_by_one() -> None:
    places = FairPlaces(16)
    (visitor,) = await guests(places, "web", 1)
    people = await guests(places, "messenger", 5)
    assert inside(people) == 1

    for person in people[:4]:
        await person.leave()
        await settle()
    assert people[4].is_in

    await people[4].leave()
    await visitor.leave()


async def test_a_moment_after_the_last_visitor_messenger_has_its_share_again() -> None:
    time = 0.0
    places = FairPlaces(16, lambda: time)
    (visitor,) = await guests(places, "web", 1)
    await visitor.leave()
    people = await guests(places, "messenger", 20)
    assert inside(people) == 1

    time = 10.0
    await people[0].leave()
    await settle()

    assert inside(people) == 12


async def test_the_website_comes_before_who_waits_longer() -> None:
    places = FairPlaces(1)
    (first,) = await guests(places, "messenger", 1)
    (person,) = await guests(places, "messenger", 1)
    (visitor,) = await guests(places, "web", 1)

    await first.leave()
    await settle()

    assert (visitor.is_in, person.is_in) == (True, False)
    await visitor.leave()
    await asyncio.sleep(0.05)
    assert person.is_in


async def test_people_of_one_door_are_served_in_their_order() -> None:
    places = FairPlaces(1)
    people = await guests(places, "messenger", 4)

    for number, person in enumerate(people):
        assert [one.is_in for one in people] == [one == number for one in range(4)]
        await person.leave()
        await settle()


async def test_who_gives_up_waiting_keeps_no_place() -> None:
    places = FairPlaces(1)
    (first,) = await guests(places, "web", 1)
    second, third = await guests(places, "web", 2)

    second.task.cancel()
    with suppress(asyncio.CancelledError):
        await second.task
    await first.leave()
    await settle()
    assert third.is_in


async def test_who_gives_up_at_the_moment_of_the_turn_passes_the_place_on() -> None:
    places = FairPlaces(1)
    first, second, third = await guests(places, "web", 3)

    first._may_leave.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    second.task.cancel()
    with suppress(asyncio.CancelledError):
        await second.task
    await settle()

    assert third.is_in
    await third.leave()
    assert inside(await guests(places, "web", 2)) == 1


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


async def test_while_the_website_is_busy_messenger_rests_after_each_message() -> None:
    clock = Clock()
    places = FairPlaces(16, clock)
    (visitor,) = await guests(places, "web", 1)
    first, second = await guests(places, "messenger", 2)
    assert (first.is_in, second.is_in) == (True, False)
    clock.time += 0.05

    await first.leave()
    await settle()
    assert not second.is_in
    others = await guests(places, "web", 3)
    assert inside(others) == 3
    clock.time += 0.11
    await asyncio.sleep(0.15)

    assert second.is_in
    for guest in (visitor, second, *others):
        await guest.leave()


async def test_while_the_website_is_calm_messenger_does_not_rest() -> None:
    clock = Clock()
    places = FairPlaces(1, clock)
    first, second = await guests(places, "messenger", 2)
    clock.time += 5

    await first.leave()
    await settle()

    assert second.is_in
    await second.leave()
