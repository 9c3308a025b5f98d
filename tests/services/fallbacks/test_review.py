"""The list of doubtful turns: what belongs in it, what came next, and nothing that runs in a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

from bot.services.fallbacks.csv_rows import COLUMNS, write_csv
from bot.services.fallbacks.review import Doubtful, doubtful_turns
from tests.databases import Door

NARROW = [{"intent": "centre/languages", "confidence": 0.5}, {"intent": "centre/partners", "confidence": 0.35}]


def listed(door: Door, minutes_ago: float = 600) -> list[Doubtful]:
    return doubtful_turns(door.database, door.clock() - timedelta(minutes=minutes_ago))


def turn(door: Door, contact: str | None, text: str | None, choice: str | None = None, **report: Any) -> str:
    contact = door.says(contact, text=text, choice=choice, page="/fr/contact").contact_id
    door.answers(contact, **report)
    door.clock.pass_minutes(1)
    return contact


def test_only_turns_that_went_badly_or_nearly_so_are_listed(door: Door) -> None:
    contact = turn(door, None, "clear")
    turn(door, contact, "unclear", decision="clarify")
    turn(door, contact, "odd", decision="fallback")
    turn(door, contact, "narrow", ranking=NARROW)
    turn(door, contact, None, choice="topic:centre/languages", ranking=NARROW)
    turn(door, contact, "disliked")
    door.service.rate(contact, None, "down", "call 0475 12 34 56")

    found = listed(door)

    assert [(each.text, each.reasons) for each in found] == [
        ("unclear", ("clarified",)),
        ("odd", ("rejected",)),
        ("narrow", ("thin_margin",)),
        ("disliked", ("thumbed_down",)),
    ]
    assert found[3].comment == "call [phone]"
    assert found[2].margin == 0.15
    assert (found[0].language, found[0].channel, found[0].page) == ("nl", "web", "/fr/contact")


def test_it_says_what_the_person_did_next_in_the_same_conversation(door: Door) -> None:
    contact = turn(door, None, "one", decision="clarify")
    turn(door, contact, None, choice="topic:centre/languages")
    turn(door, contact, "two", decision="clarify")
    turn(door, contact, "mail me: jan@mail.be", decision="fallback")
    door.clock.pass_minutes(90)
    turn(door, contact, "three")

    following = [(each.next_text, each.next_choice) for each in listed(door)]

    assert following == [(None, "topic:centre/languages"), ("mail me: [e-mail]", None), (None, None)]


def test_turns_before_the_day_are_left_out(door: Door) -> None:
    contact = turn(door, None, "old", decision="fallback")
    door.clock.pass_minutes(50)
    turn(door, contact, "new", decision="fallback")

    assert [each.text for each in listed(door, minutes_ago=10)] == ["new"]


def test_a_spreadsheet_runs_nothing_that_a_visitor_wrote(door: Door) -> None:
    contact: str | None = None
    for text in ("=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "  =1", 'plain, "quoted"\nline'):
        contact = turn(door, contact, text, decision="fallback")
    file = io.StringIO()

    write_csv(listed(door), file)

    lines = list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))
    assert tuple(lines[0]) == COLUMNS
    assert all(line["text"].startswith("'") for line in lines[:6])
    assert lines[6]["text"] == 'plain, "quoted"\nline'
    assert lines[0]["next_text"] == "'+cmd"
