"""Whether each message was answered once and in order is read from the bot's own database."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bench.messenger_answers import Answers
from bench.messenger_events import calls_of

#: client id, id, event, role, answered message
ROWS = (
    ("m1", "1", 1, "visitor", None),
    ("m2", "2", 2, "visitor", None),
    (None, "3", 3, "bot", "1"),
    (None, "4", 4, "bot", "2"),
)
ASKED = {"psid": ["m1", "m2"]}


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    with sqlite3.connect(tmp_path / "faqbot.sqlite") as connection:
        connection.execute("CREATE TABLE message (client_id, id, event, role, in_reply_to, state, contact_id)")
        connection.execute("CREATE TABLE messenger_person (psid, contact_id)")
        connection.execute("INSERT INTO messenger_person VALUES ('psid', 'c')")
        connection.executemany("INSERT INTO message VALUES (?, ?, ?, ?, ?, 'done', 'c')", ROWS)
    return Answers(tmp_path)


def test_answers_that_arrived_once_and_in_order_are_right(answers: Answers) -> None:
    outcome = answers.outcome(ASKED, {"psid": ["3.1", "3.2", "4.1"]})

    assert (outcome.asked, outcome.right) == (2, 2)
    assert answers.waiting() == 0
    assert answers.answered() == {"psid": [3, 4]}


@pytest.mark.parametrize(
    ("sent", "right"),
    [(["3.1"], 1), ([], 0), (["3.1", "4.1", "4.1"], 0)],
    ids=["one is missing", "nothing came", "one came twice"],
)
def test_what_is_missing_or_came_twice_is_not_right(answers: Answers, sent: list[str], right: int) -> None:
    assert answers.outcome(ASKED, {"psid": sent}).right == right


def test_an_answer_before_that_of_an_earlier_message_is_not_right(answers: Answers) -> None:
    assert answers.outcome({"psid": ["m2", "m1"]}, {"psid": ["3.1", "4.1"]}).right == 1


def test_people_write_in_turns() -> None:
    calls = calls_of(["a", "b"], ["text"], 4)

    assert [call.psid for call in calls] == ["a", "b", "a", "b"]
    assert len({call.mid for call in calls}) == 4
