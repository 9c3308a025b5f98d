"""Compares what a page shows with what it should show, and changes it. Used by `faqbot messenger setup`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.foundation.messenger_settings import MessengerPage
from bot.gateway.messenger.client import GraphClient
from bot.gateway.messenger.profile import SUBSCRIBED_FIELDS

SUBSCRIPTION = "subscribed_fields"
_DOMAINS, _MENU = "whitelisted_domains", "persistent_menu"
#: In this order: the menu wants the Get Started button first.
_PROPERTIES = ("get_started", "greeting", "ice_breakers", _MENU, _DOMAINS)


@dataclass(frozen=True)
class Change:
    """One property of a page. `lines` say in words what it would be; `value` is what Meta gets.

    `is_optional`: Meta does not have it everywhere (the menu was withdrawn in Europe for a time), so a refusal is
    no fault.
    """

    name: str
    is_new: bool
    lines: tuple[str, ...]
    value: Any

    @property
    def is_optional(self) -> bool:
        return self.name == _MENU


async def changes_of(client: GraphClient, page: MessengerPage, wanted: dict[str, Any]) -> list[Change]:
    """What differs at the page now; empty when all is as it should be. Raises GraphFailure."""
    answer = await client.call("GET", "me/messenger_profile", page.token, {"fields": ",".join(_PROPERTIES)})
    data = (answer or {}).get("data") or [{}]
    current: dict[str, Any] = data[0] if isinstance(data[0], dict) else {}
    changes = []
    for name in _PROPERTIES:
        before, after = current.get(name), wanted.get(name)
        if name == _DOMAINS:
            kept = [str(domain).rstrip("/") for domain in before or ()]
            # What somebody else has allowed stays.
            after = list(dict.fromkeys([*kept, *(after or ())])) or None
            before = kept or None
        if after is not None and _comparable(before) != _comparable(after):
            changes.append(Change(name, before is None, _lines(name, before, after), after))
    missing = [field for field in SUBSCRIBED_FIELDS if field not in await subscribed(client, page)]
    if missing:
        fields = list(dict.fromkeys([*await subscribed(client, page), *SUBSCRIBED_FIELDS]))
        changes.append(Change(SUBSCRIPTION, False, tuple(f"+ {field}" for field in missing), fields))
    return changes


async def subscribed(client: GraphClient, page: MessengerPage) -> list[str]:
    """The events that our app hears of from the page. Raises GraphFailure."""
    answer = await client.call("GET", f"{page.id}/subscribed_apps", page.token)
    apps = (answer or {}).get("data") or []
    ours = [app for app in apps if isinstance(app, dict) and str(app.get("id")) == client.app_id]
    return [str(field) for app in ours for field in app.get("subscribed_fields") or ()]


async def apply(client: GraphClient, page: MessengerPage, change: Change) -> None:
    """Make one change. Raises GraphFailure."""
    if change.name == SUBSCRIPTION:
        body = {"subscribed_fields": change.value}
        await client.call("POST", f"{page.id}/subscribed_apps", page.token, body=body)
    else:
        await client.call("POST", "me/messenger_profile", page.token, body={change.name: change.value})


def _comparable(value: Any) -> Any:
    """A value without order where order says nothing: the locales of a property."""
    if isinstance(value, list) and all(isinstance(one, dict) and "locale" in one for one in value):
        return {one["locale"]: {key: one[key] for key in one if one[key] is not False} for one in value}
    return value


def _lines(name: str, before: Any, after: Any) -> tuple[str, ...]:
    if name == "get_started":
        return (f"payload {after['payload']}",)
    if name == _DOMAINS:
        return tuple(f"+ {domain}" for domain in after if domain not in (before or ()))
    known = _comparable(before or [])
    changed = [one for one in after if _comparable([one]) != {one["locale"]: known.get(one["locale"])}]
    gone = [locale for locale in known if locale not in _comparable(after)]
    return (*(f"{one['locale']}: {_said(one)}" for one in changed), *(f"- {locale}" for locale in gone))


def _said(one: dict[str, Any]) -> str:
    if "text" in one:
        return str(one["text"])
    actions: Sequence[dict[str, Any]] = one["call_to_actions"]
    return " | ".join(str(action.get("question") or action.get("title")) for action in actions)
