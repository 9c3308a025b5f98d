"""Reads a whole call of Meta: every entry and every event of it, each by itself, so that one spoils no other.

docs/messenger.md has a line for each kind of event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.foundation.logging import log_event, log_problem
from bot.foundation.messenger_settings import MessengerPage, MessengerSettings
from bot.gateway.messenger.fields import id_of, items, mapping, message_id, moment_of
from bot.gateway.messenger.inbound_messages import (
    read_echo,
    read_edit,
    read_message,
    read_postback,
    read_referral,
)
from bot.services.messenger.happenings import (
    Happenings,
    NotificationsSet,
    OfPerson,
    PageReturned,
    Reacted,
    Seen,
    Thread,
    ThreadMoved,
    Unsent,
)

#: Kinds that we know and need not; the others count as unknown.
_NOT_NEEDED = frozenset(
    {"account_linking", "request_thread_control", "message_context", "message_reads", "game_play", "payment"}
    | {"checkout_update", "pre_checkout", "order", "messaging_feedback", "take_thread_ownership", "comment"}
)
_VOTES = {"like": "up", "love": "up", "dislike": "down", "angry": "down"}
_EMOJI_VOTES = {"\N{THUMBS UP SIGN}": "up", "\N{HEAVY BLACK HEART}": "up", "\N{THUMBS DOWN SIGN}": "down"}
_FEEDBACK = {"good response": "up", "bad response": "down"}
_STOPPED = frozenset({"STOP_NOTIFICATIONS", "STOP NOTIFICATIONS"})
_RECEIVER = "primary_receiver"


class Inbound:
    """One call. `read` gives everything that it told."""

    def __init__(self, settings: MessengerSettings, now: datetime) -> None:
        self._settings, self._now = settings, now
        self._of_people: list[OfPerson] = []
        self._returned: list[PageReturned] = []
        self._passed_over: Counter[tuple[str, str]] = Counter()

    def read(self, body: dict[str, Any]) -> Happenings:
        """All events of all entries. Never raises: what cannot be read is counted."""
        entries = body.get("entry")
        if not isinstance(entries, list):
            self._pass_over("entry", "malformed")
        for entry in items(entries):
            self._read_entry(entry)
        return Happenings(tuple(self._of_people), tuple(self._returned), dict(self._passed_over))

    def _read_entry(self, entry: Any) -> None:
        if not isinstance(entry, dict):
            self._pass_over("entry", "malformed")
            return
        page = self._settings.page(id_of(entry.get("id")) or "")
        if page is None:
            # An app can be subscribed to a page that this deployment does not serve.
            log_event("messenger_unknown_page")
            self._pass_over("entry", "unknown_page")
            return
        for channel in ("messaging", "standby"):
            if channel in entry and not isinstance(entry[channel], list):
                self._pass_over("entry", "malformed")
            for event in items(entry.get(channel)):
                self._read_event(page, event, channel == "standby")
        if "changes" in entry:
            self._pass_over("changes", "not_needed")

    def _read_event(self, page: MessengerPage, event: Any, is_standby: bool) -> None:
        if not isinstance(event, dict):
            self._pass_over("event", "malformed")
            return
        kind = next((key for key in (*_OF_PAGE, *_OF_PERSON) if key in event), None)
        if kind is None:
            known = next((key for key in event if key in _NOT_NEEDED), None)
            self._pass_over(known or "unknown", "not_needed")
            return
        content = event[kind]
        if not isinstance(content, dict):
            self._pass_over(kind, "malformed")
        elif kind in _OF_PAGE:
            _OF_PAGE[kind](self, page, event, content)
        else:
            self._read_of_person(page, event, kind, content, is_standby)

    def _read_of_person(
        self, page: MessengerPage, event: dict[str, Any], kind: str, content: dict[str, Any], is_standby: bool
    ) -> None:
        sender, recipient = (id_of(mapping(event.get(side)).get("id")) for side in ("sender", "recipient"))
        is_echo = kind == "message" and (content.get("is_echo") is True or sender == page.id)
        psid = recipient if sender == page.id else sender
        if psid is None or page.id not in (sender, recipient) or psid == page.id:
            self._pass_over(kind, "no_person")
            return
        thread = Thread(page.id, psid, moment_of(event.get("timestamp"), self._now), is_standby)
        found = (
            read_echo(thread, content, self._settings.app_id)
            if is_echo
            else _OF_PERSON[kind](self, page, thread, content)
        )
        if found is None:
            self._pass_over(kind, "not_needed")
        else:
            self._of_people.append(found)

    def _read_receipt(self, thread: Thread, content: dict[str, Any], is_read: bool) -> Seen | None:
        until = moment_of(content.get("watermark"), self._now)
        return Seen(thread, until, is_read) if until else None

    def _read_thread_control(self, thread: Thread, content: dict[str, Any], is_passed: bool) -> ThreadMoved:
        """Passed or taken. Where the new owner is not named, a thread is passed to us and taken from us."""
        owner = id_of(content.get("new_owner_app_id"))
        return ThreadMoved(thread, is_passed if owner is None else owner == self._settings.app_id)

    def _read_roles(self, page: MessengerPage, event: dict[str, Any], roles: dict[str, Any]) -> None:
        if _RECEIVER in items(roles.get(self._settings.app_id)):
            self._returned.append(PageReturned(page.id, moment_of(event.get("timestamp"), self._now)))
        else:
            self._pass_over("app_roles", "not_needed")

    def _read_policy(self, page: MessengerPage, event: dict[str, Any], content: dict[str, Any]) -> None:
        """Meta warns the page or blocks it: the operator must know."""
        log_problem("messenger_policy", page=page.id, action=id_of(content.get("action")))
        self._pass_over("policy_enforcement", "reported")

    def _pass_over(self, kind: str, why: str) -> None:
        self._passed_over[kind, why] += 1


def _read_reaction(thread: Thread, content: dict[str, Any]) -> Reacted | None:
    mid, name, emoji = message_id(content.get("mid")), content.get("reaction"), content.get("emoji")
    if mid is None:
        return None
    if content.get("action") == "unreact":
        return Reacted(thread, mid, None)
    vote = _VOTES.get(name) if isinstance(name, str) else None
    if vote is None and isinstance(emoji, str):
        vote = _EMOJI_VOTES.get(emoji[:1])
    return Reacted(thread, mid, vote)


def _read_feedback(thread: Thread, content: dict[str, Any]) -> Reacted | None:
    mid, words = message_id(content.get("mid")), content.get("feedback")
    vote = _FEEDBACK.get(words.casefold()) if isinstance(words, str) else None
    return Reacted(thread, mid, vote) if mid else None


def _read_optin(thread: Thread, content: dict[str, Any]) -> NotificationsSet:
    status = content.get("notification_messages_status")
    return NotificationsSet(thread, not (isinstance(status, str) and status.upper() in _STOPPED))


def _read_unsend(thread: Thread, content: dict[str, Any]) -> Unsent | None:
    mid = message_id(content.get("mid"))
    return Unsent(thread, mid) if mid else None


_OF_PAGE: dict[str, Callable[[Inbound, MessengerPage, dict[str, Any], dict[str, Any]], None]] = {
    "app_roles": Inbound._read_roles,
    "policy_enforcement": Inbound._read_policy,
    "policy-enforcement": Inbound._read_policy,
}
#: In this order, should an event ever hold two.
_OF_PERSON: dict[str, Callable[[Inbound, MessengerPage, Thread, dict[str, Any]], OfPerson | None]] = {
    "message": lambda _, page, thread, content: read_message(thread, content),
    "postback": lambda _, page, thread, content: read_postback(thread, content, page),
    "message_edit": lambda _, page, thread, content: read_edit(thread, content),
    "unsend": lambda _, page, thread, content: _read_unsend(thread, content),
    "message_unsend": lambda _, page, thread, content: _read_unsend(thread, content),
    "referral": lambda _, page, thread, content: read_referral(thread, content),
    "reaction": lambda _, page, thread, content: _read_reaction(thread, content),
    "response_feedback": lambda _, page, thread, content: _read_feedback(thread, content),
    "read": lambda inbound, page, thread, content: inbound._read_receipt(thread, content, True),
    "delivery": lambda inbound, page, thread, content: inbound._read_receipt(thread, content, False),
    "optin": lambda _, page, thread, content: _read_optin(thread, content),
    "pass_thread_control": lambda inbound, page, thread, content: inbound._read_thread_control(thread, content, True),
    "take_thread_control": lambda inbound, page, thread, content: inbound._read_thread_control(
        thread, content, False
    ),
}
