"""What the operator sets reaches the hand-off."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.foundation.settings import PROJECT_FOLDER, read_settings
from bot.gateway.handoff_parts import handoff_parts
from bot.gateway.streams import Streams
from bot.gateway.words import GatewayWords
from bot.services.content.draft import read_draft
from bot.services.releases.active import ActiveContent
from bot.store.database import Database


def test_minutes_of_waiting_being_gone_and_doing_nothing_are_those_that_are_set(tmp_path: Path) -> None:
    draft = PROJECT_FOLDER / "data"
    words = GatewayWords(ActiveContent(tmp_path, draft), lambda: read_draft(draft).texts)
    minutes = {"FAQBOT_WAIT_MINUTES": "7", "FAQBOT_GONE_MINUTES": "8", "FAQBOT_AWAY_MINUTES": "9"}
    database = Database(f"sqlite:///{tmp_path / 'faqbot.sqlite'}")

    setting = handoff_parts(database, read_settings(minutes), draft, words, Streams()).setting

    database.close()
    assert (setting.wait, setting.gone, setting.idle) == tuple(timedelta(minutes=count) for count in (7, 8, 9))
