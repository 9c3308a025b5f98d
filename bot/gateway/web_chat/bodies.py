"""The bodies of requests: what they may hold, read strictly. Also the source of the API's description."""

from __future__ import annotations

import json
import re
from typing import Any, Literal, Optional, TypeVar

from pydantic import BaseModel, Extra, Field, StrictStr, ValidationError
from starlette.requests import Request

from bot.foundation.choices import InvalidChoice, read_choice
from bot.gateway.problems import Problem

MAX_TEXT = 1000
_CLIENT_ID = r"^[A-Za-z0-9_-]{8,64}\Z"
# Line ends and tabs are of use in a message; other control characters, half characters and marks that turn
# the direction of writing around are not.
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNWANTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_HALF = re.compile(r"[\ud800-\udfff]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufe0f]")


class _Body(BaseModel):
    class Config:
        extra = Extra.forbid


class SendBody(_Body):
    """A message: either text or a choice. `client_id` is the sender's own name for it."""

    client_id: StrictStr = Field(regex=_CLIENT_ID)
    text: Optional[StrictStr] = Field(None, description=f"1 to {MAX_TEXT} characters", max_length=16_384)
    choice: Optional[StrictStr] = Field(None, max_length=128)
    choice_title: Optional[StrictStr] = Field(None, max_length=200)
    language: Optional[Literal["fr", "nl", "en"]] = None
    page: Optional[StrictStr] = Field(None, max_length=300)


class RateBody(_Body):
    """What a visitor thinks of an answer."""

    value: Literal["up", "down"]
    comment: Optional[StrictStr] = Field(None, max_length=500)


class RestartBody(_Body):
    """Start again."""

    client_id: StrictStr = Field(regex=_CLIENT_ID)


Body = TypeVar("Body", bound=_Body)


async def read_body(request: Request, model: type[Body]) -> Body:
    """The body of a request as a model. Raises Problem with the field that is to blame."""
    try:
        raw = json.loads((await request.body()).decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Problem("not_json") from None
    if not isinstance(raw, dict):
        raise Problem("invalid")
    try:
        return model.parse_obj(raw)
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        raise Problem("invalid", field if field in model.__fields__ else None) from None


def check_message(body: SendBody) -> SendBody:
    """The message with clean words. Raises Problem."""
    if (body.text is None) == (body.choice is None):
        raise Problem("invalid", "text")
    changes: dict[str, Any] = {"page": _optional(body.page), "choice_title": _optional(body.choice_title)}
    if body.text is not None:
        if len(body.text) > MAX_TEXT:
            raise Problem("too_long", "text")
        changes["text"] = clean_text(body.text)
        if not _INVISIBLE.sub("", changes["text"]).strip():
            raise Problem("empty", "text")
    else:
        _check_choice(body.choice)
    return body.copy(update=changes)


def clean_text(text: str) -> str:
    """A person's words without what cannot be shown or stored."""
    return _HALF.sub("\ufffd", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))).strip()


def _check_choice(choice: str | None) -> None:
    try:
        read_choice(choice)
    except InvalidChoice:
        raise Problem("invalid", "choice") from None


def _optional(text: str | None) -> str | None:
    return (clean_text(text) or None) if text is not None else None


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")
