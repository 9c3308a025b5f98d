"""What was made for an address is kept for a short while, and not more than there is room for."""

from __future__ import annotations

from bot.gateway.pages.kept_responses import KeptResponses, Made


def test_what_was_made_is_there_for_half_a_minute() -> None:
    clock = [0.0]
    kept = KeptResponses(lambda: clock[0])
    made = Made(b"x", "text/plain")
    kept.keep(("a",), made)

    clock[0] = 29
    assert kept.get(("a",)) is made
    clock[0] = 31
    assert kept.get(("a",)) is None
    assert kept.get(("b",)) is None


def test_what_was_made_longest_ago_goes_first() -> None:
    kept = KeptResponses(lambda: 0.0)
    for number in range(300):
        kept.keep((str(number),), Made(b"x", "text/plain"))

    assert kept.get(("0",)) is None
    assert kept.get(("299",)) is not None


def test_the_tag_follows_from_the_body() -> None:
    assert Made(b"x", "text/plain").tag == Made(b"x", "text/html").tag
    assert Made(b"x", "text/plain").tag != Made(b"y", "text/plain").tag
