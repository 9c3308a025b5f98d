"""Calls of the Graph API as a careful client makes them, and messages to send."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import httpx

from tests.graph_double.__main__ import PAGES
from tests.graph_double.running_double import RunningDouble
from tests.messenger_payloads import SECRET

TOKEN = PAGES[0].token


def send(double: RunningDouble, psid: str, message: Any = None, **fields: Any) -> httpx.Response:
    """A call of the Send API as a careful client makes it; the fields replace what it sends."""
    body = {"recipient": {"id": psid}, "messaging_type": "RESPONSE", **({"message": message} if message else {})}
    return call(double, "POST", "me/messages", body={**body, **fields})


def call(
    double: RunningDouble, method: str, path: str, body: Any = None, version: str = "v25.0", **query: str
) -> httpx.Response:
    proof = hmac.new(SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()
    parameters = {"access_token": TOKEN, "appsecret_proof": proof, **query}
    headers = {"Content-Type": "application/json"}
    content = None if body is None else json.dumps(body)
    return double.client.request(method, f"/{version}/{path}", params=parameters, content=content, headers=headers)


def element(**fields: Any) -> dict[str, Any]:
    return {"title": "Atelier", "subtitle": "Mardi", **fields}


def generic(*elements: Any) -> dict[str, Any]:
    return {"attachment": {"type": "template", "payload": {"template_type": "generic", "elements": list(elements)}}}


def buttons(count: int, text: str = "Choisissez", title: str = "Oui") -> dict[str, Any]:
    listed = [{"type": "postback", "title": title, "payload": "p"}] * count
    return {
        "attachment": {"type": "template", "payload": {"template_type": "button", "text": text, "buttons": listed}}
    }


def replies(count: int, title: str = "Oui", payload: str = "p") -> dict[str, Any]:
    return {
        "text": "Ça va ?",
        "quick_replies": [{"content_type": "text", "title": title, "payload": payload}] * count,
    }
