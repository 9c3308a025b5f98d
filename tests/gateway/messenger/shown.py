"""What tests of the rendering share: the project's words, a stored message, what its pieces say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.foundation.reply import Part, Reply
from bot.foundation.settings import PROJECT_FOLDER
from bot.gateway.messenger.rendering import MessengerRendering, Piece
from bot.gateway.words import GatewayWords
from bot.services.content.draft import read_draft
from bot.services.releases.active import ActiveContent

DATA = PROJECT_FOLDER / "data"
CONTENT = read_draft(DATA)
WORDS = GatewayWords(ActiveContent(Path("nowhere"), DATA), lambda: CONTENT.texts)
SITE = "https://bot.example.org"
SHOWN = MessengerRendering(WORDS, SITE)


def payload(*parts: Part, language: str = "fr", role: str = "bot", **values: Any) -> dict[str, Any]:
    """A stored message, as the outbox has it."""
    reply = Reply(language, parts, values.get("topic"), values.get("as_of")).as_dict()
    return {"id": "1", "role": role, "language": language, "reply": reply, "rating": None, **values}


def said(piece: Piece) -> str:
    """The words of a piece."""
    attachment = piece.message.get("attachment", {}).get("payload", {})
    return str(piece.message.get("text") or attachment.get("text") or "")


def titles(piece: Piece) -> list[str]:
    """The quick replies under a piece."""
    return [reply["title"] for reply in piece.message.get("quick_replies", ())]
