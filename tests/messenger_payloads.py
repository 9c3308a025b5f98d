"""Webhook events in the shapes that Meta sends, one maker for each kind; singly, in batches, signed.

Shapes: developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks/webhook-events (2026).
A sticker comes as `sticker`, since September 2026 no longer as `image` too; a delivery has no timestamp; in `standby`
a postback has no payload.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Sequence
from random import Random
from typing import Any

PAGE, OTHER_PAGE, STRANGE_PAGE = "104857600000001", "104857600000002", "104857600000009"
APP, PAGE_INBOX, OTHER_APP = "498321076543210", "263902037430900", "771122334455667"
SECRET = "a-secret-of-the-app-for-tests-only"

#: One event of `messaging` or `standby`.
Event = dict[str, Any]
_EMOJI = {"like": "\U0001f44d", "love": "\u2764\ufe0f", "sad": "\U0001f622", "angry": "\U0001f620"}


def new_mid(random: Random | None = None) -> str:
    """The id of a message."""
    raw = (random or Random()).getrandbits(512).to_bytes(64, "big")
    return "m_" + base64.urlsafe_b64encode(raw).decode().rstrip("=")


def now_ms() -> int:
    """Milliseconds since 1970."""
    return int(time.time() * 1000)


def from_person(page: str, psid: str, at: int | None = None, **content: Any) -> Event:
    """Whatever a person does: who, to which page, when, what."""
    ids = {"sender": {"id": psid}, "recipient": {"id": page}}
    return {**ids, "timestamp": at if at is not None else now_ms(), **content}


def text(page: str, psid: str, words: str, mid: str | None = None, **more: Event) -> Event:
    """A message; `more` goes into it (reply_to, quick_reply, referral)."""
    return from_person(page, psid, message={"mid": mid or new_mid(), "text": words, **more})


def quick_reply(page: str, psid: str, title: str, payload: str, mid: str | None = None) -> Event:
    """A quick reply that was tapped: a message with its title."""
    return text(page, psid, title, mid, quick_reply={"payload": payload})


def postback(
    page: str, psid: str, title: str, payload: str | None, mid: str | None = "", referral: Event | None = None
) -> Event:
    """A button of a template, the menu, an ice breaker or Get Started. `mid=None`: without one, as older clients."""
    content: dict[str, Any] = {"title": title}
    if payload is not None:
        content["payload"] = payload
    if mid is not None:
        content["mid"] = mid or new_mid()
    if referral is not None:
        content["referral"] = referral
    return from_person(page, psid, postback=content)


def link_referral(ref: str) -> Event:
    """What came with an m.me link."""
    return {"ref": ref, "source": "SHORTLINK", "type": "OPEN_THREAD"}


def ad_referral(ref: str, ad: str = "6045246247433") -> Event:
    """What came with an advertisement."""
    context = {"ad_title": "Choisir un métier", "photo_url": "https://www.example.org/a.jpg", "post_id": "1"}
    return {"ref": ref, "ad_id": ad, "source": "ADS", "type": "OPEN_THREAD", "ads_context_data": context}


def referral(page: str, psid: str, content: Event) -> Event:
    """Somebody who has a thread already came by a link or an advertisement."""
    return from_person(page, psid, referral=content)


def attachment(page: str, psid: str, kind: str, words: str | None = None, mid: str | None = None) -> Event:
    """image, video, audio (voice), file, location, fallback, sticker ...; `words` where a text goes with it."""
    payload: dict[str, Any] = {"url": f"https://cdn.example.org/{kind}?id=1"}
    one: dict[str, Any] = {"type": kind, "payload": payload}
    if kind == "location":
        one = {"type": kind, "title": "Alex's Location", "payload": {"coordinates": {"lat": 50.85, "long": 4.34}}}
    elif kind == "sticker":
        payload["sticker_id"] = 369239263222822
    elif kind == "fallback":
        one = {"type": kind, "title": "A page", "url": "https://www.example.org/", "payload": None}
    message: dict[str, Any] = {"mid": mid or new_mid(), "attachments": [one]}
    if words is not None:
        message["text"] = words
    if kind == "sticker":
        message["sticker_id"] = payload["sticker_id"]
    return from_person(page, psid, message=message)


def reaction(page: str, psid: str, mid: str, name: str = "like", action: str = "react") -> Event:
    """A reaction to a message; `unreact` takes it back."""
    content: dict[str, Any] = {"mid": mid, "action": action}
    if action == "react":
        content |= {"reaction": name, "emoji": _EMOJI.get(name, "\U0001f642")}
    return from_person(page, psid, reaction=content)


def read(page: str, psid: str, watermark: int | None = None) -> Event:
    """The person has read up to this moment."""
    return from_person(page, psid, read={"watermark": watermark or now_ms()})


def delivery(page: str, psid: str, mids: Sequence[str] = (), watermark: int | None = None) -> Event:
    """Messages have reached the person's device. No timestamp, and not always message ids."""
    content: dict[str, Any] = {"watermark": watermark or now_ms()}
    if mids:
        content["mids"] = list(mids)
    return {"sender": {"id": psid}, "recipient": {"id": page}, "delivery": content}


def echo(
    page: str, psid: str, words: str | None, app: str | None, metadata: str | None = None, mid: str | None = None
) -> Event:
    """A message of the page, by an app or (without app id) by hand. `words=None`: a picture."""
    message: dict[str, Any] = {"mid": mid or new_mid(), "is_echo": True}
    if app is not None:
        message["app_id"] = int(app)
    if metadata is not None:
        message["metadata"] = metadata
    if words is None:
        message["attachments"] = [{"type": "image", "payload": {"url": "https://cdn.example.org/image?id=2"}}]
    else:
        message["text"] = words
    return from_person(psid, page, message=message)


def edit(page: str, psid: str, mid: str, words: str, times: int = 1) -> Event:
    """A message of the person, changed."""
    return from_person(page, psid, message_edit={"mid": mid, "text": words, "num_edit": times})


def unsend(page: str, psid: str, mid: str) -> Event:
    """A message of the person, taken back."""
    return from_person(page, psid, message={"mid": mid, "is_deleted": True})


def opt_in(page: str, psid: str, status: str | None = None) -> Event:
    """Agreed to notifications; with `STOP_NOTIFICATIONS` no more."""
    content = {"type": "notification_messages", "payload": "news", "notification_messages_token": "9031829301"}
    return from_person(page, psid, optin=content | ({"notification_messages_status": status} if status else {}))


def thread_control(page: str, psid: str, kind: str, before: str | None, after: str | None) -> Event:
    """`pass_thread_control`, `take_thread_control` or `request_thread_control`."""
    if kind == "request_thread_control":
        return from_person(page, psid, request_thread_control={"requested_owner_app_id": after, "metadata": ""})
    owners = {"previous_owner_app_id": before, "new_owner_app_id": after, "metadata": ""}
    return {**from_person(page, psid), kind: owners}


def app_roles(page: str, app: str = APP, role: str = "primary_receiver") -> Event:
    """The roles of the app; no sender."""
    return {"recipient": {"id": page}, "timestamp": now_ms(), "app_roles": {app: [role]}}


def policy(page: str) -> Event:
    """Meta warns or blocks the page; no sender."""
    content = {"action": "warning", "reason": "The bot violated our Platform Policies."}
    return {"recipient": {"id": page}, "timestamp": now_ms(), "policy_enforcement": content}


def unknown(page: str, psid: str) -> Event:
    """A kind that does not exist yet."""
    return from_person(page, psid, hologram={"colour": "blue"})


def body(*events: Event, page: str = PAGE, channel: str = "messaging") -> dict[str, Any]:
    """Events of one page in one entry."""
    return {"object": "page", "entry": [entry(events, page, channel)]}


def entry(events: Sequence[Event], page: str = PAGE, channel: str = "messaging") -> dict[str, Any]:
    """An entry; a batch has several, also of several pages."""
    return {"id": page, "time": now_ms(), channel: list(events)}


def batch(*entries: dict[str, Any]) -> dict[str, Any]:
    """Several entries in one body."""
    return {"object": "page", "entry": list(entries)}


def raw(content: Any) -> bytes:
    """The bytes that Meta sends: no spaces, everything but ASCII and every slash escaped."""
    return json.dumps(content, separators=(",", ":")).replace("/", "\\/").encode()


def signed(content: bytes, secret: str = SECRET) -> dict[str, str]:
    """The headers that go with these bytes. Meta still sends the old signature beside the one that counts."""
    old = hmac.new(secret.encode(), content, hashlib.sha1).hexdigest()
    new = hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "User-Agent": "facebookexternalua",
        "X-Hub-Signature": f"sha1={old}",
        "X-Hub-Signature-256": f"sha256={new}",
    }


def deletion_request(user: str, secret: str = SECRET) -> str:
    """The `signed_request` with which Meta asks for somebody's data to be deleted."""
    asked = {"user_id": user, "algorithm": "HMAC-SHA256", "issued_at": now_ms() // 1000}
    payload = _unpadded(json.dumps(asked).encode())
    signature = _unpadded(hmac.new(secret.encode(), payload.encode(), hashlib.sha256).digest())
    return f"{signature}.{payload}"


def _unpadded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
