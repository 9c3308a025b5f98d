"""What a visitor sees before the first message: greeting, starters, notices, words. Stores nothing."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.foundation.choices import topic_choice
from bot.foundation.languages import LANGUAGES
from bot.gateway.problems import Problem, language_of
from bot.gateway.web_chat.door import Door, address_of
from bot.gateway.web_chat.messages import PROBLEMS
from bot.gateway.web_chat.models import StartOut
from bot.gateway.web_chat.rendering import html_of
from bot.gateway.web_chat.requests import MAX_CHARACTERS
from bot.services.starters.starters import starters_of

_PREFIX = "widget_"


def start_routes(door: Door) -> APIRouter:
    """The one route that anybody may read."""
    routes = APIRouter(prefix="/chat", tags=["chat"], responses=PROBLEMS)

    @routes.get("/start", response_model=StartOut)
    async def start(request: Request, language: str = "", page: str = "") -> Response:
        """Greeting, starters for a page, notices and the widget's words in one language."""
        door.starts.take(address_of(request))
        if (language and language not in LANGUAGES) or len(page) > 300:
            raise Problem("invalid", field="language" if len(page) <= 300 else "page")
        body = json.dumps(start_data(door, language or language_of(request), page), ensure_ascii=False).encode()
        tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        headers = {"ETag": tag, "Cache-Control": "public, max-age=60", "Vary": "Accept-Language, Origin"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="application/json", headers=headers)

    return routes


def start_data(door: Door, language: str, page: str) -> dict[str, Any]:
    """The data of the start in a language, for the path of a page."""
    words, content = door.words, door.words.content
    topics = starters_of(page, door.starters.content(), content.themes.values(), content.cards)
    return {
        "language": language,
        "assistant_name": content.centre["assistant_name"][language],
        "greeting_html": html_of(words.say("gateway_greeting", language)),
        "starters": [{"id": topic_choice(topic), "title": content.cards[topic].title[language]} for topic in topics],
        "notices": [
            {"id": notice.id, "html": html_of(words.fill(notice.words[language], language))}
            for notice in door.notices.all()
        ],
        "texts": words.all_with(_PREFIX, language),
        "contact": contact_ways(door, language),
        "privacy_url": door.settings.door.privacy_url,
        "max_characters": MAX_CHARACTERS,
    }


def contact_ways(door: Door, language: str) -> list[dict[str, str]]:
    """Telephone, e-mail and site as links."""
    say, centre = door.words.say, door.words.content.centre
    phone = "".join(character for character in centre["freephone"][language] if character.isdigit())
    return [
        {"title": say("gateway_by_phone", language), "url": f"tel:{phone}"},
        {"title": say("gateway_by_mail", language), "url": f"mailto:{centre['email'][language]}"},
        {"title": say("gateway_by_website", language), "url": centre["website"][language]},
    ]
