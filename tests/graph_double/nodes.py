"""What can be read of a page, a person, the app and a token; and which events the page's app has subscribed to."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

import aiohttp

from tests.graph_double.access import Call, check_app_token
from tests.graph_double.errors import GraphError, not_there, parameter
from tests.graph_double.world import FIELDS, Page, World

_VERIFY_SECONDS = 10


def read_page(page: Page, call: Call) -> dict[str, Any]:
    """Fields of the page itself."""
    known = {"id": page.id, "name": page.name, "username": None, "is_published": True}
    wanted = [name for name in str(call.parameters.get("fields", "id,name")).split(",") if name]
    for name in wanted:
        if name not in known:
            raise parameter(f"Tried accessing nonexisting field ({name}) on node type (Page)")
    return {name: known[name] for name in dict.fromkeys([*wanted, "id"]) if known[name] is not None}


def read_person(world: World, page: Page, psid: str, call: Call) -> dict[str, Any]:
    """The profile of somebody who has written to this page. Raises GraphError."""
    person = world.people.get(psid)
    if person is None or person.page != page.id:
        raise not_there(psid)
    if not person.has_profile or person.last_from_person_at is None:
        raise parameter("No profile available for this user.", 2018218)
    known = {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "name": f"{person.first_name} {person.last_name}",
        "locale": person.locale,
        "timezone": 1,
    }
    wanted = [name for name in str(call.parameters.get("fields", "first_name,last_name")).split(",") if name]
    return {**{name: known[name] for name in wanted if name in known}, "id": person.psid}


def ids_for_pages(world: World, user: str, call: Call) -> dict[str, Any]:
    """Whoever has this app-scoped id, as the pages know them. Raises GraphError."""
    check_app_token(world, call)
    people = [person for person in world.people.values() if person.app_scoped_id == user]
    if not people:
        raise not_there(user)
    pages = [(person.psid, world.pages[person.page]) for person in people]
    return {"data": [{"id": psid, "page": {"id": page.id, "name": page.name}} for psid, page in pages]}


def subscribed_apps(world: World, page: Page, call: Call) -> dict[str, Any]:
    """GET, POST and DELETE of the page's `subscribed_apps`. Raises GraphError."""
    if call.method == "GET":
        app = {"category": "Messenger bot", "link": "https://www.example.org/", "name": "FAQbot", "id": world.app_id}
        fields = [name for name in FIELDS if name in page.subscribed]
        return {"data": [{**app, "subscribed_fields": fields}] if fields else []}
    if call.method == "DELETE":
        page.subscribed.clear()
        return {"success": True}
    given = call.parameters.get("subscribed_fields", "")
    names = given if isinstance(given, list) else [name for name in str(given).split(",") if name]
    for number, name in enumerate(names):
        if name not in FIELDS:
            raise parameter(
                f'Param subscribed_fields[{number}] must be one of {{{", ".join(FIELDS)}}} - got "{name}"'
            )
    if not names:
        raise parameter("The parameter subscribed_fields is required.")
    page.subscribed.clear()
    page.subscribed.update(names)
    return {"success": True}


async def app_subscriptions(world: World, call: Call) -> dict[str, Any]:
    """The app's webhook; setting it calls the address with a challenge, as Meta does. Raises GraphError."""
    check_app_token(world, call)
    if call.method == "GET":
        fields = [{"name": name, "version": call.version} for name in FIELDS]
        one = {"object": "page", "callback_url": world.callback_url, "active": True, "fields": fields}
        return {"data": [one] if world.callback_url else []}
    address = str(call.parameters.get("callback_url", ""))
    fault = await verify(address, str(call.parameters.get("verify_token", "")))
    if fault:
        raise GraphError(f"(#2200) Callback verification failed with the following errors: {fault}", 2200)
    world.callback_url = address
    return {"success": True}


async def verify(address: str, token: str) -> str:
    """Ask an address for a challenge; what is wrong with its answer, or nothing."""
    challenge = str(secrets.randbelow(10**10))
    asked = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": token}
    timeout = aiohttp.ClientTimeout(total=_VERIFY_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address, params=asked) as answer:
            text = await answer.text()
            if answer.status != 200:
                return f"HTTP Status Code = {answer.status}; HTTP Message = {answer.reason}"
            return "" if text == challenge else f'curl_errno = 0; expected "{challenge}", got "{text[:100]}"'
    except (aiohttp.ClientError, asyncio.TimeoutError) as error:
        return f"The URL couldn't be validated. {type(error).__name__}"


def debug_token(world: World, call: Call) -> dict[str, Any]:
    """What a token is worth. Raises GraphError."""
    check_app_token(world, call)
    page = world.page_of_token(str(call.parameters.get("input_token", "")))
    if page is None:
        error = {"code": 190, "message": "Invalid OAuth access token - Cannot parse access token"}
        return {"data": {"error": error, "is_valid": False, "scopes": []}}
    is_valid = page.token_state == "valid"
    data: dict[str, Any] = {
        "app_id": world.app_id,
        "type": "PAGE",
        "application": "FAQbot",
        "data_access_expires_at": 0,
        "expires_at": 0 if is_valid else 1_795_000_000,
        "is_valid": is_valid,
        "profile_id": page.id,
        "scopes": list(page.permissions),
        "granular_scopes": [{"scope": name, "target_ids": [page.id]} for name in page.permissions],
        "user_id": "10215241773831025",
    }
    if not is_valid:
        subcode = 463 if page.token_state == "expired" else 460
        data["error"] = {"code": 190, "message": "Error validating access token.", "subcode": subcode}
    return {"data": data}
