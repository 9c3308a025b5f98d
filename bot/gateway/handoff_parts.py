"""Puts the hand-off together for a gateway: words, hours, services and the tasks of time. Called by `bot.app`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.foundation.settings import Settings, StaffSettings
from bot.gateway.handoff_keeper import HandoffKeeper
from bot.gateway.handoff_seam import HandoffSeam
from bot.gateway.streams import Streams
from bot.gateway.words import GatewayWords
from bot.services.callback.word_lists import WORDS_FILE, read_word_lists
from bot.services.content.draft import CENTRE_FILE
from bot.services.content.live_file import LiveFile
from bot.services.handoff.handoffs import Handoffs
from bot.services.handoff.person_turns import PersonTurns
from bot.services.handoff.setting import Setting
from bot.services.handoff.signs import Signs
from bot.services.handoff.upkeep import Upkeep
from bot.services.notify import pending
from bot.services.notify.channels import Channel, Mail, Slack
from bot.services.notify.notifier import Notifier
from bot.services.opening_hours.hours import Hours
from bot.services.opening_hours.hours_file import read_hours
from bot.store.database import Database

#: The promise of the annual report, where the centre's own file says nothing that is a number.
_ANSWER_HOURS = 48


@dataclass(frozen=True)
class HandoffParts:
    """What the gateway uses of the hand-off; `handoffs` and the presence are for the desk."""

    turns: PersonTurns
    seam: HandoffSeam
    handoffs: Handoffs
    notifier: Notifier
    keeper: HandoffKeeper
    setting: Setting
    signs: Signs


def handoff_parts(
    database: Database, settings: Settings, draft: Path, words: GatewayWords, streams: Streams
) -> HandoffParts:
    """All of them, on one database. Raises YamlFileError when the form's word lists cannot be read."""
    lists = read_word_lists(draft / WORDS_FILE)
    hours: LiveFile[Hours | None] = LiveFile(draft / CENTRE_FILE, read_hours, None)
    setting = Setting(
        speaker=words,
        lists=lambda: lists,
        hours=hours.content,
        answer_hours=lambda: _answer_hours(words),
        offers_person=lambda topic: _offers_person(words, topic),
        wait=timedelta(minutes=settings.staff.wait_minutes),
        gone=timedelta(minutes=settings.staff.gone_minutes),
        idle=timedelta(minutes=settings.staff.away_minutes),
    )
    turns, handoffs = PersonTurns(database, setting), Handoffs(database, setting)
    notifier = Notifier(database, words, staff_channels(settings.staff), site=settings.door.public_url)
    keeper = HandoffKeeper(Upkeep(database, setting, handoffs), notifier, streams)
    return HandoffParts(turns, HandoffSeam(turns), handoffs, notifier, keeper, setting, Signs(database, setting))


def staff_channels(settings: StaffSettings) -> dict[str, Channel]:
    """The ways to staff that are set up."""
    channels: dict[str, Channel] = {}
    if settings.mail:
        channels[pending.EMAIL] = Mail(settings.mail)
    if settings.slack_webhook:
        channels[pending.SLACK] = Slack(settings.slack_webhook)
    return channels


def _answer_hours(words: GatewayWords) -> int:
    promised = words.content.centre.get("answer_hours", {}).get("en", "")
    return int(promised) if promised.isascii() and promised.isdigit() else _ANSWER_HOURS


def _offers_person(words: GatewayWords, topic: str) -> bool:
    card = words.content.cards.get(topic)
    return card is not None and card.offer_person
