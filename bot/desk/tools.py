"""The tools of a conversation: ready-made replies, answers of the bot, passing on, notes among colleagues, tags.

Their buttons belong to the form of the reply, so that words in the box go along and come back.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.desk import Desk
from bot.desk.forms import read_form
from bot.desk.pages import Pages
from bot.desk.talk import SENT_BY_PAGE, TalkPages
from bot.services.handoff.records import NotThere, NotYours
from bot.services.suggestions.suggestions import UnknownTopic
from bot.services.talks.notes import LONGEST_NOTE, NoteRefused
from bot.services.talks.records import UnknownTalk

_GIVE, _TAKE = "give", "take"
_LONGEST_SEARCH = 200


class ToolPages:
    """The routes below /desk/talks/{id} that are no reply."""

    def __init__(self, desk: Desk, pages: Pages, talks: TalkPages) -> None:
        self._desk, self._pages, self._talks = desk, pages, talks

    async def insert(self, request: Request) -> Response:
        """Put a ready-made reply behind the words in the box; nothing is sent."""
        fields = await read_form(request)
        return await self._talks.insert(request, fields.get("words", ""), fields.get("canned", ""))

    async def find(self, request: Request) -> Response:
        """Search the bot's answers; a page that stays gets the list alone."""
        fields, handoff_id = await read_form(request), request.path_params["id"]
        asked, words = fields.get("find", "").strip()[:_LONGEST_SEARCH], fields.get("words", "")
        talk = await self._desk.call(self._desk.talks.open, handoff_id)
        if talk is None:
            return await self._talks.page(request, handoff_id)
        found = await self._desk.call(self._desk.tools.suggestions.search, asked, talk.language) if asked else []
        if SENT_BY_PAGE in request.headers:
            return self._pages.show(request, "_found.html", talk=talk, find=asked, found=found)
        return await self._talks.page(request, handoff_id, words=words, find=asked, found=found)

    async def answer(self, request: Request) -> Response:
        """Send an answer of the bot as it stands; words in the box stay there."""
        fields, handoff_id, member = await read_form(request), request.path_params["id"], request.state.member
        words, topic, once = fields.get("words", ""), fields.get("topic", ""), fields.get("once", "")[:64]
        talk = await self._desk.call(self._desk.talks.open, handoff_id)
        try:
            await self._desk.call(self._desk.tools.suggestions.send, handoff_id, member.id, topic, once)
        except UnknownTopic:
            return await self._talks.page(request, handoff_id, 422, words=words, notice="no_answer")
        except NotYours:
            return await self._talks.page(request, handoff_id, 409, words=words, notice="not_yours")
        return await self._talks.after(request, talk.contact_id if talk else "", words, "answer_sent")

    async def pass_on(self, request: Request) -> Response:
        """Give the talk to a colleague who is there. What stands in the box must go first: it would be lost."""
        fields, handoff_id = await read_form(request), request.path_params["id"]
        words, note = fields.get("words", ""), fields.get("pass_note", "")
        kept = {"words": words, "pass_note": note}
        if words.strip():
            return await self._talks.page(request, handoff_id, 422, notice="words_left", **kept)
        if len(note) > LONGEST_NOTE:
            return await self._talks.page(request, handoff_id, 422, notice="note_too_long", **kept)
        arguments = (handoff_id, request.state.member.id, fields.get("to", ""), note.strip())
        try:
            changed = await self._desk.call(self._desk.handoffs.transfer, *arguments)
        except NotThere:
            return await self._talks.page(request, handoff_id, 422, notice="not_there", **kept)
        except NotYours:
            return await self._talks.page(request, handoff_id, 409, notice="not_yours", **kept)
        self._desk.tell(changed.contact_id)
        return RedirectResponse("/desk/?done=passed_on", 303)

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
