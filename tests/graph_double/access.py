"""Who may call: version in the path, token, and the proof that the caller knows the app's secret."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from tests.graph_double.errors import GraphError, token_expired, token_revoked
from tests.graph_double.world import Page, World

#: Usable in November 2026: a version is usable for two years; a call to an older one is served as the oldest.
OLDEST, NEWEST = 21, 26
_VERSION = re.compile(r"v(\d+)\.(\d+)")


@dataclass(frozen=True)
class Call:
    """One call: the path without its version, parameters of query, form and JSON body, and the token."""

    method: str
    version: str
    path: tuple[str, ...]
    parameters: dict[str, Any]
    token: str
    proof: str

    @property
    def edge(self) -> str:
        """The last part of the path, by which a misbehaviour is chosen."""
        return self.path[-1] if self.path else ""


async def read_call(request: Request) -> Call:
    """Take a request apart. Raises GraphError for a version that does not exist or a body that cannot be read."""
    parts = tuple(part for part in request.url.path.split("/") if part)
    version = f"v{OLDEST}.0"
    if parts and (found := _VERSION.fullmatch(parts[0])):
        if int(found[1]) > NEWEST:
            raise GraphError(f"Unknown path components: /{'/'.join(parts)}", 2500)
        version = f"v{max(int(found[1]), OLDEST)}.0"
        parts = parts[1:]
    parameters: dict[str, Any] = {**request.query_params, **await _body(request)}
    bearer = request.headers.get("Authorization", "")
    token = parameters.pop("access_token", "") or (bearer[7:] if bearer.startswith("Bearer ") else "")
    return Call(request.method, version, parts, parameters, str(token), str(parameters.pop("appsecret_proof", "")))


async def _body(request: Request) -> dict[str, Any]:
    raw = await request.body()
    if not raw:
        return {}
    if "json" in request.headers.get("Content-Type", ""):
        try:
            body = json.loads(raw)
        except ValueError as error:
            raise GraphError("(#100) The request body is not valid JSON.", 100) from error
        return body if isinstance(body, dict) else {}
    return dict(parse_qsl(raw.decode(errors="replace")))


def page_of(world: World, call: Call) -> Page:
    """The page whose token the caller has. Raises GraphError."""
    if not call.token:
        raise GraphError("An access token is required to request this resource.", 104)
    page = world.page_of_token(call.token)
    if page is None:
        raise GraphError("Invalid OAuth access token - Cannot parse access token", 190, status=401)
    if page.token_state == "expired":
        raise token_expired()
    if page.token_state == "revoked":
        raise token_revoked()
    _check_proof(world, call)
    return page


def check_app_token(world: World, call: Call) -> None:
    """For what only the app itself may ask. Raises GraphError."""
    if call.token != f"{world.app_id}|{world.app_secret}":
        raise GraphError(
            "(#100) You must provide an app access token, or a user access token that is an owner or "
            "developer of the app",
            100,
        )


def _check_proof(world: World, call: Call) -> None:
    if not call.proof:
        raise GraphError(
            "API calls from the server require an appsecret_proof argument", 100, kind="GraphMethodException"
        )
    proof = hmac.new(world.app_secret.encode(), call.token.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(proof, call.proof):
        raise GraphError("Invalid appsecret_proof provided in the API argument", 100, kind="GraphMethodException")
