"""Reads messages and buttons: words, quick replies, stickers and other things that came, echoes."""

from __future__ import annotations

import re
from typing import Any

from bot.foundation.choices import START, received_choice
from bot.foundation.messenger_settings import MessengerPage
from bot.gateway.messenger.fields import choice_of, id_of, items, mapping, message_id, stable_id, title_of, words_of
from bot.gateway.messenger.referrals import read_ref
from bot.gateway.typed_text import MAX_CHARACTERS
from bot.services.messenger.happenings import CameBy, Edited, Said, Sent, StaffWrote, Thread, Unsent

_KINDS = {kind: kind for kind in ("image", "video", "audio", "file", "location", "sticker")}
_LINKS = frozenset({"fallback", "link", "share", "post", "reel", "ig_reel", "story_mention", "template"})
#: Meta's thumb in three sizes.
_LIKES = frozenset({"369239263222822", "369239343222814", "369239383222810"})
_LIKED = "feedback:up"
_THUMB = "\N{THUMBS UP SIGN}"
_GET_STARTED = frozenset({"get_started", "getstarted", "get started"})
_METADATA = re.compile(r"([0-9]{1,9})\.([0-9]{1,4})")
#: What staff writes is kept whole up to Meta's own limit.
_LONGEST_OF_STAFF = 20_000


def read_message(thread: Thread, message: dict[str, Any]) -> Said | Unsent:
    """A message of the person; every one means something, if only that it cannot be read."""
    client_id = message_id(message.get("mid")) or stable_id("message", thread, message.get("text"))
    if message.get("is_deleted") is True:
        return Unsent(thread, client_id)
    ref = read_ref(mapping(message.get("referral")).get("ref"))
    text, quick = words_of(message.get("text")), message.get("quick_reply")
    if isinstance(quick, dict):
        choice = choice_of(quick.get("payload"))
        if choice:
            return Said(thread, client_id, choice=choice, choice_title=title_of(text), language=ref.language)
        if text is None:
            return Said(thread, client_id, choice=received_choice("gone"))
    if text is not None:
        return Said(thread, client_id, _limited(text), language=ref.language)
    what = what_came(message)
    if what == _LIKED:
        return Said(thread, client_id, choice=_LIKED, choice_title=_THUMB)
    return Said(thread, client_id, choice=received_choice(what), language=ref.language)


def read_echo(thread: Thread, message: dict[str, Any], app_id: str) -> Sent | StaffWrote | Unsent | None:
    """A message of the page: a piece of ours, or somebody else's. None for one of ours that we did not number."""
    client_id = message_id(message.get("mid"))
    if client_id is None:
        return None
    if message.get("is_deleted") is True:
        return Unsent(thread, client_id)
    if id_of(message.get("app_id")) == app_id:
        metadata = message.get("metadata")
        numbers = _METADATA.fullmatch(metadata) if isinstance(metadata, str) else None
        return Sent(thread, client_id, int(numbers[1]), int(numbers[2])) if numbers else None
    words = words_of(message.get("text"))
    if words:
        return StaffWrote(thread, client_id, words[:_LONGEST_OF_STAFF])
    return StaffWrote(thread, client_id, None, _plain(what_came(message)))


def read_edit(thread: Thread, edit: dict[str, Any]) -> Edited | None:
    """New words for an old message."""
    client_id, text = message_id(edit.get("mid")), words_of(edit.get("text"))
    if client_id is None:
        return None
    if text is None:
        return Edited(thread, client_id, None, received_choice("empty"))
    return Edited(thread, client_id, _limited(text))


def read_postback(thread: Thread, postback: dict[str, Any], page: MessengerPage) -> Said:
    """A button. One that is not ours, or from standby (there without payload), counts as its title typed."""
    payload, title = postback.get("payload"), title_of(postback.get("title"))
    client_id = message_id(postback.get("mid")) or stable_id("postback", thread, payload, title)
    ref = read_ref(mapping(postback.get("referral")).get("ref"))
    choice = choice_of(payload)
    if isinstance(payload, str) and payload.strip().casefold() in _GET_STARTED:
        choice = ref.choice or (f"{START}:{page.theme}" if page.theme else START)
    if choice:
        return Said(thread, client_id, choice=choice, choice_title=title, language=ref.language)
    if title:
        return Said(thread, client_id, title, language=ref.language)
    return Said(thread, client_id, choice=received_choice("gone"), language=ref.language)


def read_referral(thread: Thread, referral: dict[str, Any]) -> Said | CameBy:
    """A link or an advertisement: a topic that it names is answered."""
    ref = read_ref(referral.get("ref"))
    if ref.choice is None:
        return CameBy(thread, ref.language)
    client_id = stable_id("referral", thread, referral.get("ref"))
    return Said(thread, client_id, choice=ref.choice, language=ref.language)


def what_came(message: dict[str, Any]) -> str:
    """What a message without words holds, in our own words; a thumb is the vote that it is."""
    stickers = [message.get("sticker_id")]
    kinds = []
    for one in items(message.get("attachments")):
        kind = mapping(one).get("type")
        stickers.append(mapping(mapping(one).get("payload")).get("sticker_id"))
        kinds.append(kind if isinstance(kind, str) else "")
    known = [sticker for sticker in map(id_of, stickers) if sticker]
    if any(sticker in _LIKES for sticker in known):
        return _LIKED
    if known:
        return "sticker"
    if not kinds:
        return "other" if message.get("is_unsupported") or message.get("attachments") else "empty"
    return _KINDS.get(kinds[0]) or ("link" if kinds[0] in _LINKS else "other")


def _limited(text: str) -> str:
    """What is kept of a text. The mark at the end lets the bot say that it has read the beginning alone."""
    return text if len(text) <= MAX_CHARACTERS else f"{text[:MAX_CHARACTERS]}…"


def _plain(what: str) -> str:
    return "sticker" if what == _LIKED else what
