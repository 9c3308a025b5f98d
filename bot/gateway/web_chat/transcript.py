"""A conversation as plain text, for the visitor to keep."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from bot.gateway.plain_text import plain_text
from bot.gateway.words import LOCALES, GatewayWords
from bot.services.conversations.records import TranscriptLine
from bot.services.replies.cards_as_text import card_lines

_BRUSSELS = ZoneInfo("Europe/Brussels")


def transcript_text(lines: Sequence[TranscriptLine], language: str, words: GatewayWords) -> str:
    """One paragraph a message: when, who, what."""
    title = words.say("gateway_transcript", language)
    return "\n\n".join((title, *(_paragraph(line, language, words) for line in lines))) + "\n"


def _paragraph(line: TranscriptLine, language: str, words: GatewayWords) -> str:
    at = format_datetime(line.at.astimezone(_BRUSSELS), "short", locale=LOCALES[language])
    if line.role == "visitor":
        return f"{at}  {words.say('gateway_visitor', language)}\n{line.text or ''}"
    team = line.role == "counsellor"
    author = words.say("gateway_counsellor", language) if team else words.content.centre["assistant_name"][language]
    reply = line.reply or {}
    return f"{at}  {author}\n{_said(reply, is_typed=team and not reply.get('topic'))}"


def _said(reply: dict[str, object], is_typed: bool) -> str:
    """`is_typed`: words of a person, which are no Markdown."""
    said: list[str] = []
    parts = reply.get("parts")
    for part in parts if isinstance(parts, list) else []:
        if part["kind"] == "text":
            said.append(part["markdown"] if is_typed else plain_text(part["markdown"]))
        elif part["kind"] == "choices":
            said.extend(f"  - {item['title']}" for item in part["items"])
        elif part["kind"] == "link" and not part["url"].startswith("/"):
            said.append(f"{part['title']} <{part['url']}>")
        elif part["kind"] == "cards":
            said.extend("\n".join(card_lines(card)) for card in part["items"])
    return "\n".join(said)
