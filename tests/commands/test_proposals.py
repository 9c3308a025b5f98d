"""`faqbot proposals` and `faqbot tags`: what counsellors propose, and how they sort conversations."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timezone

import pytest
from typer.testing import CliRunner, Result

from bot.commands.__main__ import OPERATOR_ERRORS, app
from bot.services.proposals.proposals import ProposalEnded, Proposals, UnknownProposal
from bot.services.talks.tags import Tags
from tests.services.handoff.conftest import HandoffDoor
from tests.services.handoff.queueing import in_queue

Run = Callable[..., Result]


@pytest.fixture
def talk(light: HandoffDoor) -> tuple[str, str]:
    """A hand-off of this moment with a message."""
    light.clock.time = datetime.now(timezone.utc)
    light.presence.come("zoe", "Zoé", ["en"])
    contact, handoff = in_queue(light)
    return handoff, light.says(contact, "nursing [bold] please").message_id


@pytest.fixture
def reference(light: HandoffDoor, talk: tuple[str, str]) -> str:
    """One proposal."""
    service = Proposals(light.database, lambda topic: True, light.clock)
    return service.add(*talk, "zoe", "phrase", "guidance/become_nurse", "nursing [bold] please", "heard often")


@pytest.fixture
def run(light: HandoffDoor, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The verbs on the same database, in a wide terminal."""
    monkeypatch.setenv("DATABASE_URL", light.database.url)
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *words: CliRunner().invoke(app, list(words))


def test_open_ones_are_listed_with_their_words_as_they_are(run: Run, reference: str) -> None:
    listed = run("proposals", "list").output

    assert reference in listed
    assert "nursing [bold] please" in listed
    assert "1 proposal, 1 open." in listed
    (entry,) = json.loads(run("proposals", "list", "--json").output)
    assert (entry["reference"], entry["state"], entry["by"]) == (reference, "open", "Zoé")


def test_one_is_shown_in_full_and_ended_once(run: Run, reference: str) -> None:
    shown = run("proposals", "show", reference).output
    ended = run(
        "proposals", "close", reference.lower(), "--outcome", "refused", "--why", "there already", "--by", "eva"
    )
    again = run("proposals", "close", reference)

    assert "Remark: heard often" in shown
    assert f"{reference} is refused." in ended.output
    assert isinstance(again.exception, ProposalEnded)
    assert "0 proposals, 0 open." in run("proposals", "list").output
    assert reference in run("proposals", "list", "--all").output
    assert "by eva (there already)" in run("proposals", "show", reference).output
    assert json.loads(run("proposals", "show", reference, "--json").output)["state"] == "refused"


def test_what_cannot_be_is_said_in_a_line(run: Run, reference: str) -> None:
    assert isinstance(run("proposals", "show", "ABC-DEF").exception, UnknownProposal)
    assert run("proposals", "close", reference, "--outcome", "lost").exit_code == 2
    assert UnknownProposal in OPERATOR_ERRORS
    assert ProposalEnded in OPERATOR_ERRORS


def test_tags_are_counted_also_those_that_nobody_gave(run: Run, light: HandoffDoor, talk: tuple[str, str]) -> None:
    tags = Tags(light.database, light.clock)
    tags.put(talk[0], "zoe", "praise")
    tags.put(talk[0], "zoe", "of_last_year")

    counts = json.loads(run("tags", "--json").output)
    table = run("tags", "--days", "1").output

    assert (counts["praise"], counts["complaint"], counts["of_last_year"]) == (1, 0, 1)
    assert "Praise" in table
    assert run("tags", "--days", "0").exit_code == 2
