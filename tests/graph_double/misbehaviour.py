"""Misbehaviour that a test or the demo page asks for: errors, 5xx, HTML, slowness, answers that get lost."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, Response

from tests.graph_double.errors import BY_NAME

_HTML = (
    '<!DOCTYPE html><html lang="en"><head><title>Facebook | Error</title></head><body><h1>Sorry, something went '
    "wrong.</h1><p>We're working on it and we'll get it fixed as soon as we can.</p></body></html>"
)
KINDS = (*BY_NAME, "html", "html_200", "status", "broken_json", "empty", "slow", "hang", "lost")
_HANG_SECONDS = 300


@dataclass
class Fault:
    """`kind` of misbehaviour for calls that end in `edge` ("*": all).

    `skip` calls go well first, then `times` do not.
    `slow` answers after `seconds`; `lost` does what was asked and then answers 500, as when an answer gets lost on
    its way; `status` answers an error body with this status. `person` limits it to one PSID.
    """

    kind: str
    edge: str = "messages"
    times: int | None = 1
    skip: int = 0
    seconds: float = 1.0
    status: int = 503
    person: str | None = None
    is_for_messages: bool = True

    def fits(self, edge: str, parameters: dict[str, Any]) -> bool:
        """Whether this call is one of those; sender actions only count where asked for."""
        if self.edge not in ("*", edge):
            return False
        if self.is_for_messages and edge == "messages" and "message" not in parameters:
            return False
        recipient = parameters.get("recipient")
        return self.person is None or (isinstance(recipient, dict) and recipient.get("id") == self.person)


class Misbehaviour:
    """The faults that are switched on."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def take(self, edge: str, parameters: dict[str, Any]) -> Fault | None:
        """The fault that this call meets, counted down."""
        for fault in self.faults:
            if not fault.fits(edge, parameters):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self.faults.remove(fault)
            return fault
        return None


async def instead(fault: Fault) -> Response | None:
    """The answer in place of the proper one; None when the proper one follows (after a while)."""
    if fault.kind in BY_NAME:
        error = BY_NAME[fault.kind]()
        return JSONResponse(error.body(), error.status)
    if fault.kind in ("html", "html_200"):
        return HTMLResponse(_HTML, 200 if fault.kind == "html_200" else 502)
    if fault.kind == "status":
        return JSONResponse(BY_NAME["unexpected"]().body(), fault.status)
    if fault.kind == "broken_json":
        return Response('{"recipient_id": "12', media_type="application/json")
    if fault.kind == "empty":
        return Response(b"", media_type="application/json")
    if fault.kind == "hang":
        await asyncio.sleep(_HANG_SECONDS)
        return Response(b"", 504)
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    return None
