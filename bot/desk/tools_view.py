"""What the tools of a conversation show: ready-made replies filled in, suggested answers, colleagues, tags."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request

from bot.desk.desk import Desk
from bot.services.canned.canned import COUNSELLOR, LINK, REFERENCE, VISITOR, Ready, ready
from bot.services.content.model import Words
from bot.services.talks.records import Talk

_TYPED_KEY = re.compile(r"/(\w{1,32})")


class ToolsView:
    """One per process."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def values(self, request: Request, talk: Talk, is_mine: bool) -> dict[str, Any]:
        """For the templates, beside what they know of the talk."""
        titles = self._desk.tools.tag_titles()
        gone: dict[str, Words] = {tag: {} for tag in talk.tags if tag not in titles}
        values: dict[str, Any] = {
            "note": "",
            "pass_note": "",
            "find": "",
            "found": [],
            "tag_titles": {**titles, **gone},
        }
        if not is_mine:
            return {**values, "canned": [], "suggested": [], "colleagues": []}
        desk, handoff_id = self._desk, talk.handoff_id
        return {
            **values,
            "canned": self.ready(request, talk),
            "suggested": await desk.call(desk.tools.suggestions.for_talk, handoff_id),
            "colleagues": await desk.call(desk.handoffs.colleagues, handoff_id, request.state.member.id),
        }

    def ready(self, request: Request, talk: Talk) -> list[Ready]:
        """The ready-made replies in the language of the talk."""
        names = {COUNSELLOR: request.state.member.shown_name, LINK: self._activities(request, talk.language)}
        if talk.brief.details:
            names |= {VISITOR: talk.brief.details.name, REFERENCE: talk.brief.details.reference}
        tools, centre = self._desk.tools, self._desk.words.content.centre
        return ready(tools.canned(), talk.language, centre, names)

    def canned_text(self, request: Request, talk: Talk, key: str) -> str | None:
        """One of them by its key."""
        return next((one.text for one in self.ready(request, talk) if one.key == key), None)

    def _activities(self, request: Request, language: str) -> str:
        site = self._desk.tools.site or f"{request.url.scheme}://{request.url.netloc}"
        return f"{site}/activities?language={language}"


def typed_key(words: str) -> str | None:
    """The key when the words are nothing but one, as in `/hello`."""
    found = _TYPED_KEY.fullmatch(words.strip())
    return found[1] if found else None
