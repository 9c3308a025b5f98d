"""Routes that change something: messages, ratings, a new start, erasing."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from fastapi.security import HTTPBearer

from bot.gateway.leases import LEASE_SECONDS
from bot.gateway.problems import Problem
from bot.gateway.streams import Passing
from bot.gateway.web_chat.door import Door, address_of
from bot.gateway.web_chat.models import MessageIn, MessageOut, ProblemOut, RatingIn, RestartIn
from bot.gateway.web_chat.renewal import FRESH_TOKEN_HEADER
from bot.gateway.web_chat.requests import client_id_of, read_body, read_message, read_rating

_REFUSALS = {
    400: "Not readable",
    401: "The session is over",
    403: "Not from this site",
    404: "Not there",
    413: "Too large",
    422: "Not as described, or too long",
    429: "Too many; see Retry-After",
    503: "Try again later",
}
#: What any route may answer.
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": title, "content": {"application/problem+json": {"schema": ProblemOut.schema()}}}
    for status, title in _REFUSALS.items()
}
#: For the description alone; the door reads the token by itself, so that faults get our own words.
TOKEN = Depends(HTTPBearer(auto_error=False, description="The token that came with the answer to the first message."))
_NO_STORE = {"Cache-Control": "no-store"}


def body_of(model: Any) -> dict[str, Any]:
    """The description of a body that we read by ourselves, so that faults get our own words."""
    schema = model.schema()
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def message_routes(door: Door) -> APIRouter:
    """Routes under /chat."""
    routes = APIRouter(prefix="/chat", tags=["chat"], responses=PROBLEMS)

    @routes.post(
        "/messages",
        status_code=202,
        response_model=MessageOut,
        responses={202: FRESH_TOKEN_HEADER},
        dependencies=[TOKEN],
        openapi_extra=body_of(MessageIn),
    )
    async def take_message(request: Request) -> JSONResponse:
        """Store a message and acknowledge it. Without a token it begins a conversation."""
        contact = door.contact_or_none(request)
        door.per_address.take(address_of(request))
        if contact:
            door.per_session.take(contact)
        incoming = await read_message(request)
        worker, seconds = door.dispatcher.worker, LEASE_SECONDS
        accepted = await door.call(door.conversations.accept, contact, incoming, worker, seconds)
        if not accepted.is_repeated:
            door.metrics.messages.labels("choice" if incoming.choice else "text").inc()
        if accepted.event:
            door.streams.tell(accepted.contact_id, accepted.event)
        if (incoming.choice or accepted.is_for_form) and not accepted.is_repeated:
            await door.answer_at_once(accepted.message_id, incoming.choice)
            door.dispatcher.wake(accepted.contact_id)
        else:
            door.dispatcher.wake(accepted.contact_id, accepted.waiting)
        body = {
            "message_id": accepted.message_id,
            "event": accepted.event_seq,
            "repeated": accepted.is_repeated,
        }
        if contact is None:
            body["token"] = door.tokens.make(accepted.contact_id)
        return JSONResponse(body, 202, _NO_STORE)

    @routes.put(
        "/messages/{message_id}/rating", status_code=204, dependencies=[TOKEN], openapi_extra=body_of(RatingIn)
    )
    async def rate(request: Request, message_id: str) -> Response:
        """Rate an answer; works while Rasa is down."""
        contact = door.contact(request)
        door.per_session.take(contact)
        rating = await read_rating(request)
        rated = await door.call(door.conversations.rate, contact, message_id[:64], rating.value, rating.comment)
        if not rated:
            # An erased conversation and a message of somebody else look the same from outside.
            known = await door.call(door.conversations.last_event, contact)
            raise Problem("session_over" if known is None else "nothing_to_rate")
        if rating.value == "down":
            await door.call(door.person_turns.offer_after_thumb_down, contact, message_id[:64])
        door.streams.wake(contact)
        return Response(status_code=204, headers=_NO_STORE)

    @routes.post("/restart", status_code=204, dependencies=[TOKEN], openapi_extra=body_of(RestartIn))
    async def restart(request: Request) -> Response:
        """Close the conversation; the next message begins a new one."""
        contact = door.contact(request)
        door.per_session.take(contact)
        client_id_of(await read_body(request, frozenset({"client_id"})))
        await door.call(door.conversations.restart, contact)
        door.streams.wake(contact)
        return Response(status_code=204, headers=_NO_STORE)

    @routes.delete("", status_code=204, dependencies=[TOKEN])
    async def erase(request: Request) -> Response:
        """Erase everything of this visitor, and end the open streams."""
        contact = door.contact(request)
        if not await door.call(door.conversations.erase, contact):
            raise Problem("session_over")
        door.streams.tell(contact, Passing("erased", {}))
        return Response(status_code=204, headers=_NO_STORE)

    return routes
