"""Meta's calls are kept as they came and worked off in their order; none is lost, none spoils another."""

from __future__ import annotations

import json
import logging
from datetime import datetime

import pytest

from bot.foundation.choices import ERASE_NOW
from bot.services.messenger.calls import ATTEMPTS, Calls
from bot.services.messenger.happenings import Happenings
from bot.services.messenger.intake import TakenIn
from tests.services.messenger.conftest import House

WORKER, LEASE = "gateway-1", 60


class Told:
    """Calls of one message each: the body is what somebody said, after whom it was."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.calls = Calls(house.database, house.intake, self.read, house.clock)

    def read(self, body: bytes, received_at: datetime) -> Happenings:
        psid, mid, words = json.loads(body)
        if words == "breaks":
            raise ZeroDivisionError
        choice = ERASE_NOW if words == "erase" else None
        return Happenings((self.house.said(words, mid, thread=self.house.thread(psid), choice=choice),))

    def keep(self, *several: tuple[str, str, str]) -> None:
        self.calls.keep([json.dumps(one).encode() for one in several])

    def work_off(self, most: int = 10) -> list[TakenIn]:
        done = self.calls.work_off(most, WORKER, LEASE)
        self.calls.remove(done.held)
        return done.taken

    def said_by(self, psid: str) -> list[str | None]:
        query = "SELECT text FROM message JOIN messenger_person USING (contact_id) WHERE psid = '%s' ORDER BY event"
        with self.house.database.reading() as connection:
            return [row[0] for row in connection.exec_driver_sql(query % psid)]


@pytest.fixture
def told(house: House) -> Told:
    return Told(house)


def test_calls_are_worked_off_in_their_order_a_few_at_a_time(told: Told) -> None:
    told.keep(*[("7", f"m_{number}", str(number)) for number in range(5)])
    told.keep(("7", "m_5", "5"))

    told.work_off(2)
    assert (told.said_by("7"), told.calls.waiting()) == (["0", "1"], 4)
    while told.calls.waiting():
        told.work_off(3)

    assert told.said_by("7") == ["0", "1", "2", "3", "4", "5"]
    assert told.work_off() == []


def test_the_same_call_again_changes_nothing(told: Told) -> None:
    told.keep(("7", "m_1", "once"), ("7", "m_1", "once"))
    told.work_off()
    told.keep(("7", "m_1", "once"))
    told.work_off()

    assert told.said_by("7") == ["once"]


def test_a_call_that_breaks_us_spoils_no_other_and_is_set_aside_in_the_end(
    told: Told, caplog: pytest.LogCaptureFixture
) -> None:
    told.keep(("7", "m_1", "before"), ("8", "m_2", "breaks"), ("9", "m_3", "after"))

    with caplog.at_level(logging.ERROR, logger="faqbot"):
        for _ in range(ATTEMPTS):
            told.work_off()

    assert told.said_by("7") == ["before"]
    assert told.said_by("9") == ["after"]
    assert told.calls.waiting() == 0
    assert caplog.text.count("messenger_call_failed") == ATTEMPTS
    assert "ZeroDivisionError" in caplog.text
    assert "breaks" not in caplog.text


def test_what_is_said_after_the_wish_to_be_erased_is_not_taken_in_with_it(told: Told) -> None:
    told.keep(("7", "m_1", "hello"), ("7", "m_2", "erase"), ("7", "m_3", "again here"))

    done = told.calls.work_off(10, WORKER, LEASE)

    assert [contact.wants_erasing for contact in done.taken[0].contacts] == [True]
    assert told.said_by("7") == ["hello"]
    # Until it is done the call stays: a process that dies now finds it again.
    assert told.calls.waiting() == 2
    told.calls.remove(done.held)
    told.work_off()
    assert told.said_by("7") == ["hello", "again here"]
    assert told.calls.waiting() == 0
