"""A dated announcement of the centre comes first in the answers that it bears on."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from bot.foundation.settings import PROJECT_FOLDER
from bot.gateway.own_answers import OwnAnswers
from bot.gateway.words import GatewayWords
from bot.services.content.draft import read_draft
from bot.services.conversations.conversations import Conversations
from bot.services.notices.current import CurrentNotices
from bot.services.releases.active import ActiveContent
from bot.store.database import Database

DATA = PROJECT_FOLDER / "data"


def answers_on(moment: datetime, folder: Path) -> OwnAnswers:
    words = GatewayWords(ActiveContent(folder, DATA), lambda: read_draft(DATA).texts)
    notices = CurrentNotices(DATA / "notices.yml", now=lambda: moment)
    return OwnAnswers(words, Conversations(Database("sqlite://")), notices)


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "de nouveau fermé"), ("nl", "opnieuw gesloten"), ("en", "closed to visitors again")],
)
def test_while_the_centre_is_closed_the_opening_hours_begin_with_it(
    tmp_path: Path, language: str, words: str
) -> None:
    own = answers_on(datetime(2020, 11, 11, tzinfo=timezone.utc), tmp_path)
    reply = {"language": language, "topic": "centre/opening_hours", "parts": [{"kind": "text", "markdown": "9-17"}]}

    told = own.with_notices(reply)["parts"]

    assert words in told[0]["markdown"]
    assert "0800 555 66" in told[0]["markdown"]
    assert told[1:] == reply["parts"]


@pytest.mark.parametrize(("day", "topic"), [(11, "centre/languages"), (11, None), (1, "centre/opening_hours")])
def test_other_answers_and_other_days_stay_as_they_are(tmp_path: Path, day: int, topic: str | None) -> None:
    own = answers_on(datetime(2020, 11, day, tzinfo=timezone.utc), tmp_path)
    reply: dict[str, Any] = {"language": "nl", "topic": topic, "parts": []}

    assert own.with_notices(reply) == reply
