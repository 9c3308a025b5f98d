"""The Send API: `POST /<page or me>/messages`, with sender actions, the 24-hour window and who has the thread."""

from __future__ import annotations

from typing import Any

from tests.graph_double.access import Call
from tests.graph_double.errors import another_app, parameter, unavailable, window_closed
from tests.graph_double.limits import check_message
from tests.graph_double.postman import Postman
from tests.graph_double.world import Line, Page, Person, World
from tests.messenger_payloads import delivery, echo, new_mid, now_ms, read

_HOUR = 3_600_000
_WINDOW, _HUMAN_WINDOW = 24 * _HOUR, 7 * 24 * _HOUR
_TYPES = ("RESPONSE", "UPDATE", "MESSAGE_TAG")
#: Refused since 27 April 2026.
_RETIRED_TAGS = ("CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE")
_ACTIONS = ("typing_on", "typing_off", "mark_seen", "react", "unreact")


def send(world: World, postman: Postman, page: Page, call: Call) -> dict[str, Any]:
    """What Meta answers. Raises GraphError."""
    body = call.parameters
    person = _recipient(world, page, body.get("recipient"))
    action, message = body.get("sender_action"), body.get("message")
    if action is not None:
        if message is not None:
            raise parameter("Cannot send both message and state at the same time.")
        return _act(world, person, action)
    check_message(message)
    assert isinstance(message, dict)
    _check_window(page, person, body)
    if person.is_blocked:
        raise unavailable()
    if page.routing and person.owner not in (None, world.app_id):
        raise another_app()
    person.owner = world.app_id
    line = Line(new_mid(), now_ms(), "app", message)
    person.lines.append(line)
    person.is_typed_to = False
    world.tell(person, "line", mid=line.mid)
    postman.post(page, "message_echoes", as_echo(page, person, line, world.app_id))
    postman.post(page, "message_deliveries", delivery(page.id, person.psid, [line.mid], line.at))
    if person.reads:
        person.seen_until = line.at
        postman.post(page, "message_reads", read(page.id, person.psid, line.at))
    return {"recipient_id": person.psid, "message_id": line.mid}


def as_echo(page: Page, person: Person, line: Line, app: str | None) -> dict[str, Any]:
    """The webhook event of a message that the page has sent."""
    event = echo(page.id, person.psid, line.body.get("text"), app, line.body.get("metadata"), line.mid)
    if "attachment" in line.body:
        event["message"]["attachments"] = [line.body["attachment"]]
    return {**event, "timestamp": line.at}


def _recipient(world: World, page: Page, recipient: Any) -> Person:
    psid = recipient.get("id") if isinstance(recipient, dict) else None
    person = world.people.get(psid) if isinstance(psid, str) else None
    if person is None or person.page != page.id:
        raise parameter("No matching user found", 2018001)
    return person


def _act(world: World, person: Person, action: Any) -> dict[str, Any]:
    if action not in _ACTIONS:
        raise parameter(f"Param sender_action must be one of {{{', '.join(_ACTIONS)}}}")
    if person.is_blocked:
        raise unavailable()
    if action.startswith("typing"):
        person.is_typed_to = action == "typing_on"
    if action == "mark_seen":
        person.page_seen_until = now_ms()
    world.tell(person, action)
    return {"recipient_id": person.psid}


def _check_window(page: Page, person: Person, body: dict[str, Any]) -> None:
    """Whether Meta lets this be said so long after the person's last message. Raises GraphError."""
    kind, tag = body.get("messaging_type"), body.get("tag")
    if kind not in _TYPES:
        raise parameter(f"Param messaging_type must be one of {{{', '.join(_TYPES)}}}")
    if tag is not None and kind != "MESSAGE_TAG":
        raise parameter("Messaging type should be MESSAGE_TAG for tagged messages.")
    if kind == "MESSAGE_TAG" and tag in _RETIRED_TAGS:
        raise parameter("Invalid parameter", 1893061)
    if kind == "MESSAGE_TAG" and tag != "HUMAN_AGENT":
        raise parameter("Invalid tag.")
    window = _HUMAN_WINDOW if tag == "HUMAN_AGENT" and page.human_agent else _WINDOW
    if person.last_from_person_at is None or now_ms() - person.last_from_person_at > window:
        raise window_closed()
