"""Who has a thread: thread_owner, and passing, taking, releasing and asking for control (conversation routing)."""

from __future__ import annotations

import time
from typing import Any

from tests.graph_double.access import Call
from tests.graph_double.errors import GraphError, parameter
from tests.graph_double.postman import Postman
from tests.graph_double.world import Page, Person, World
from tests.messenger_payloads import PAGE_INBOX, thread_control

_DAY_SECONDS = 86_400
EDGES = frozenset(
    {
        *("thread_owner", "pass_thread_control", "take_thread_control", "release_thread_control"),
        *("request_thread_control", "extend_thread_control"),
    }
)


def answer_thread(world: World, postman: Postman, page: Page, call: Call) -> dict[str, Any]:
    """What Meta answers to a call of `EDGES`. Raises GraphError."""
    person = _person(world, page, call)
    if call.edge == "thread_owner":
        return _owner(person)
    if not page.routing:
        raise GraphError("(#10) Handover Protocol APIs disabled for this page", 10, 2018271, 403)
    if call.edge == "pass_thread_control":
        target = str(call.parameters.get("target_app_id", ""))
        if person.owner not in (None, world.app_id):
            raise GraphError(
                "(#10) Cannot pass thread control, because the app is not the thread owner.", 10, 2018108
            )
        if target not in (world.app_id, PAGE_INBOX):
            raise parameter("Incorrect App ID.", 2018109)
        move(world, postman, page, person, target, str(call.parameters.get("metadata", "")))
    elif call.edge == "take_thread_control":
        move(world, postman, page, person, world.app_id, str(call.parameters.get("metadata", "")))
    elif call.edge == "release_thread_control":
        person.owner = None
    return {"success": True, **_owner(person)}


def move(world: World, postman: Postman, page: Page, person: Person, owner: str | None, metadata: str = "") -> None:
    """Give the thread to an app and let our own app hear of what concerns it."""
    before, person.owner = person.owner, owner
    world.tell(person, "owner")
    if before == owner:
        return
    kind = "pass_thread_control" if owner == world.app_id else "take_thread_control"
    if world.app_id in (before, owner):
        event = thread_control(page.id, person.psid, kind, before, owner)
        event[kind]["metadata"] = metadata
        postman.post(page, "messaging_handovers", event)


def _owner(person: Person) -> dict[str, Any]:
    if person.owner is None:
        return {"data": []}
    expires = int(time.time()) + _DAY_SECONDS
    return {"data": [{"thread_owner": {"app_id": person.owner, "expiration": expires}}]}


def _person(world: World, page: Page, call: Call) -> Person:
    recipient = call.parameters.get("recipient")
    psid = recipient.get("id") if isinstance(recipient, dict) else recipient
    if isinstance(psid, str) and psid.startswith("{"):
        psid = psid.strip("{}").partition(":")[2].strip("\"' ")
    person = world.people.get(psid) if isinstance(psid, str) else None
    if person is None or person.page != page.id:
        raise parameter("No matching user found", 2018001)
    return person
