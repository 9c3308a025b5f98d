"""The tools of a conversation: ready-made replies put into the box, notes among colleagues, tags.

Their buttons belong to the form of the reply, so that words in the box go along and come back.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.desk import Desk
from bot.desk.forms import read_form
from bot.desk.talk import TalkPages
from bot.services.talks.notes import NoteRefused
from bot.services.talks.records import UnknownTalk

_GIVE, _TAKE = "give", "take"


class ToolPages:
    """The routes below /desk/talks/{id} that are no reply."""

    def __init__(self, desk: Desk, talks: TalkPages) -> None:
        self._desk, self._talks = desk, talks

    async def insert(self, request: Request) -> Response:
        """Put a ready-made reply behind the words in the box; nothing is sent."""
        fields = await read_form(request)
        return await self._talks.insert(request, fields.get("words", ""), fields.get("canned", ""))

    async def note(self, request: Request) -> Response:
        """Keep a note. One that cannot be kept stays in its box."""
        fields, handoff_id = await read_form(request), request.path_params["id"]
        words, note = fields.get("words", ""), fields.get("note", "")
        try:
            contact = await self._desk.call(self._desk.tools.notes.add, handoff_id, request.state.member.id, note)
        except NoteRefused as refused:
            notice = f"note_{refused.reason}"
            return await self._talks.page(request, handoff_id, 422, words=words, note=note, notice=notice)
        except UnknownTalk:
            return await self._talks.page(request, handoff_id)
        return await self._talks.after(request, contact, words, "noted")

    async def tag(self, request: Request) -> Response:
        """Give a tag of the list, or take one away."""
        fields, handoff_id = await read_form(request), request.path_params["id"]
        act, _, tag = fields.get("tag", "").partition(":")
        tags, words = self._desk.tools.tags, fields.get("words", "")
        if act not in (_GIVE, _TAKE) or (act == _GIVE and tag not in self._desk.tools.tag_titles()):
            return await self._talks.page(request, handoff_id, 422, words=words, notice="no_tag")
        try:
            contact = await self._desk.call(
                tags.put if act == _GIVE else tags.drop, handoff_id, request.state.member.id, tag
            )
        except UnknownTalk:
            return await self._talks.page(request, handoff_id)
        return await self._talks.after(request, contact, words, "tagged")
