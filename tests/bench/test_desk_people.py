"""The people of the bench at the desk."""

from __future__ import annotations

import asyncio

import pytest

from bench.desk_people import Heard, Stream


def heard(number: int | None, kind: str, **data: object) -> Heard:
    return Heard(number, kind, dict(data), 0.0)


def test_words_are_read_as_people_read_them() -> None:
    person = heard(1, "message", text="hello there")
    counsellor = heard(2, "message", parts=[{"html": "<p>good&#32;morning</p>"}, {"kind": "choices"}])

    assert person.words == "hello there"
    assert counsellor.words == "<p>good morning</p>"
    assert heard(None, "typing", on=True).words == ""


async def test_a_stream_waits_for_what_fits_and_gives_up() -> None:
    stream = Stream()
    stream.heard = [heard(1, "message", text="a"), heard(2, "message", text="b")]

    assert (await stream.until(lambda one: one.words == "b", 1)).number == 2
    with pytest.raises(asyncio.TimeoutError):
        await stream.until(lambda one: one.words == "a", 0.05, after=1)
