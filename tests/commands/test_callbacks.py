"""`faqbot callbacks`: lists without names, shows with all details, notes what became of a callback."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from typer.testing import CliRunner, Result

from bot.commands.__main__ import OPERATOR_ERRORS, app
from bot.services.callback.appointments import Appointments
from bot.services.callback.callbacks import UnknownReference
from bot.services.handoff.states import NotPossible
from bot.services.opening_hours.hours import BRUSSELS
from tests.services.handoff.conftest import HandoffDoor
from tests.services.handoff.filling_in import fill_in

Run = Callable[..., Result]


@pytest.fixture
def reference(light: HandoffDoor) -> str:
    """One callback that was asked for this moment."""
    light.clock.time = datetime.now(timezone.utc)
    contact = light.new_contact()
    fill_in(light, contact)
    light.told(contact, choice="callback:send")
    return light.callbacks.list()[0].reference


@pytest.fixture
def run(light: HandoffDoor, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The verb on the same database, in a wide terminal."""
    monkeypatch.setenv("DATABASE_URL", light.database.url)
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *words: CliRunner().invoke(app, ["callbacks", *words])


def test_the_list_is_masked_until_asked_otherwise(run: Run, reference: str) -> None:
    masked, open_list = run("list").output, run("list", "--unmasked").output

    assert reference in masked
    assert "48 hours left" in masked
    assert "[phone]" in masked
    assert "Ada" not in masked
    assert "1 callback, none late." in masked
    assert "Ada Lovelace" in open_list
    assert "+33 6 12 34 56 78" in open_list


def test_the_list_as_json(run: Run, reference: str) -> None:
    (entry,) = json.loads(run("list", "--json").output)

    assert (entry["reference"], entry["state"], entry["address"]) == (reference, "callback_open", "[phone]")


def test_one_is_shown_with_all_that_is_needed(run: Run, reference: str) -> None:
    shown = run("show", reference).output

    for words in ("Name: Ada Lovelace", "Address: +33 6 12 34 56 78", "Question: How do I become a teacher?"):
        assert words in shown
    assert "callback_open by visitor" in shown
    assert json.loads(run("show", reference, "--json").output)["name"] == "Ada Lovelace"


def test_missed_stays_in_the_list_and_done_leaves_it(run: Run, reference: str) -> None:
    assert run("missed", reference, "--by", "jan").exit_code == 0
    assert reference in run("list").output

    assert run("done", reference.lower(), "--outcome", "referred", "--by", "eva").exit_code == 0

    assert reference not in run("list").output
    assert "0 callbacks, none late." in run("list").output
    assert reference in run("list", "--all").output
    assert "State: done (referred)" in run("show", reference).output
    assert "callback_done by eva" in run("show", reference).output


def test_an_appointment_is_what_the_list_goes_by_and_stands_in_the_history(
    light: HandoffDoor, run: Run, reference: str
) -> None:
    at = light.clock() + timedelta(hours=100)
    Appointments(light.database, light.clock).appoint(reference, "zoe", at, "wished", True)
    local = at.astimezone(BRUSSELS).strftime("%d/%m/%Y %H:%M")

    assert "100 hours left" in run("list").output
    assert f"appointment {local}" in run("show", reference).output
    assert f"appointed by zoe for {local} (wished)" in run("show", reference).output
    assert json.loads(run("list", "--json").output)[0]["appointed_at"] == at.isoformat()
    assert json.loads(run("list", "--json").output)[0]["acts"] == []


def test_what_cannot_be_is_said_in_a_line(run: Run, reference: str) -> None:
    run("done", reference)

    assert isinstance(run("show", "ABC-DEF").exception, UnknownReference)
    assert isinstance(run("missed", reference).exception, NotPossible)
    assert UnknownReference in OPERATOR_ERRORS
    assert NotPossible in OPERATOR_ERRORS
