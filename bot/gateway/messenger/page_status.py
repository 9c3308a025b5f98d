"""Asks Meta whether a page can be served: token, permissions, name, webhook. Used by `faqbot messenger status`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any

from bot.foundation.messenger_settings import RELEASED, MessengerPage, MessengerSettings, is_old_version
from bot.gateway.messenger.client import GraphClient
from bot.gateway.messenger.graph_errors import GraphFailure
from bot.gateway.messenger.page_setup import subscribed
from bot.gateway.messenger.profile import SUBSCRIBED_FIELDS

#: Without the first nothing is sent, without the second the page cannot be set up.
PERMISSIONS = ("pages_messaging", "pages_manage_metadata")
WEBHOOK_PATH = "/messenger/webhook"
_SOON_DAYS = 14

_IN_WORDS = {
    "token_refused": "Meta refuses the token. Make a new one for the page and put it into the pages file.",
    "permission_missing": "The app may not do this for the page. Ask for pages_messaging in Meta's dashboard.",
    "rate_limited": "Meta has had too many calls of the app. Try again in a while.",
    "unreachable": "Meta does not answer. Try again in a while.",
    "refused": "Meta does not take this call.",
}


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `words` say what was found and, when it is not good, what to do."""

    name: str
    is_good: bool
    words: str


def in_words(failure: GraphFailure) -> str:
    """What an operator can do about a failure."""
    said = _IN_WORDS.get(failure.reason, "Meta does not take this call.")
    return f"{said} (code {failure.code}/{failure.subcode})" if failure.code else said


def version_check(settings: MessengerSettings, today: date) -> Check:
    """How old the version of the Graph API is."""
    version = settings.graph_version
    released = RELEASED.get(version)
    since = f", released {released:%d/%m/%Y}" if released else ""
    is_old = is_old_version(version, today)
    advice = " Set FAQBOT_MESSENGER_GRAPH_VERSION to a newer one." if is_old else ""
    return Check("version", not is_old, f"{version}{since}{': over 18 months old.' if is_old else ''}{advice}")


async def webhook_check(client: GraphClient, public_url: str | None) -> Check:
    """Whether the app's webhook leads here, and hears of what it needs."""
    try:
        answer = await client.call("GET", f"{client.app_id}/subscriptions", client.app_token)
    except GraphFailure as failure:
        return Check("webhook", False, in_words(failure))
    found: list[dict[str, Any]] = [one for one in (answer or {}).get("data") or () if one.get("object") == "page"]
    if not found:
        return Check("webhook", False, "The app has none for pages. Add it in Meta's dashboard (docs/messenger.md).")
    address, fields = str(found[0].get("callback_url")), found[0].get("fields") or ()
    if not found[0].get("active", True):
        return Check("webhook", False, f"{address} is switched off by Meta. Subscribe it again in the dashboard.")
    if public_url and address != public_url + WEBHOOK_PATH:
        return Check("webhook", False, f"It leads to {address}, not to {public_url + WEBHOOK_PATH}.")
    names = {str(one.get("name")) for one in fields if isinstance(one, dict)}
    missing = [name for name in SUBSCRIBED_FIELDS if name not in names]
    if missing:
        return Check("webhook", False, f"{address} does not hear of {', '.join(missing)}.")
    return Check("webhook", True, address)


async def page_checks(client: GraphClient, page: MessengerPage) -> list[Check]:
    """Token, permissions, name and subscription of one page."""
    try:
        answer = await client.call("GET", "debug_token", client.app_token, {"input_token": page.token})
    except GraphFailure as failure:
        return [Check("token", False, in_words(failure))]
    data = (answer or {}).get("data")
    token = _token_check(data if isinstance(data, dict) else {}, client.app_id, page)
    if not token.is_good:
        return [token]
    return [token, _permission_check(data), await _name_check(client, page), await _subscription_check(client, page)]


def _token_check(data: dict[str, Any], app_id: str, page: MessengerPage) -> Check:
    if not data.get("is_valid"):
        return Check("token", False, _IN_WORDS["token_refused"])
    if str(data.get("app_id")) != app_id:
        return Check("token", False, "It belongs to another app than FAQBOT_MESSENGER_APP_ID.")
    if data.get("profile_id") is not None and str(data["profile_id"]) != page.id:
        return Check("token", False, f"It belongs to the page {data['profile_id']}, not to {page.id}.")
    expires = data.get("expires_at")
    if not isinstance(expires, int) or not expires:
        return Check("token", True, "valid, never expires")
    moment = datetime.fromtimestamp(expires, timezone.utc)
    days = (moment - datetime.now(timezone.utc)).days
    return Check("token", days >= _SOON_DAYS, f"valid until {moment:%d/%m/%Y}, {days} days left")


def _permission_check(data: Any) -> Check:
    scopes = data.get("scopes") or ()
    missing = [name for name in PERMISSIONS if name not in scopes]
    if missing:
        return Check("permissions", False, f"{', '.join(missing)} missing. Give them in Meta's dashboard.")
    return Check("permissions", True, ", ".join(PERMISSIONS))


async def _name_check(client: GraphClient, page: MessengerPage) -> Check:
    try:
        answer = await client.call("GET", page.id, page.token, {"fields": "name"})
    except GraphFailure as failure:
        return Check("page", False, in_words(failure))
    return Check("page", True, str((answer or {}).get("name")))


async def _subscription_check(client: GraphClient, page: MessengerPage) -> Check:
    try:
        fields = await subscribed(client, page)
    except GraphFailure as failure:
        return Check("subscription", False, in_words(failure))
    missing = [name for name in SUBSCRIBED_FIELDS if name not in fields]
    if missing:
        words = f"The page does not tell of {', '.join(missing)}. Run `faqbot messenger setup --apply`."
        return Check("subscription", False, words)
    return Check("subscription", True, f"{len(fields)} kinds of events")
