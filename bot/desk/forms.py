"""Reads posted forms, and only those that come from a page of ours."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.desk.cookies import is_form_token

_MOST_BYTES, _MOST_FIELDS = 64_000, 40
TOKEN = "form_token"


class FormRefused(ValueError):
    """`reason` is csrf, too_large or unreadable; the person is told to load the page again."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


async def read_fields(request: Request, most: int = _MOST_FIELDS) -> dict[str, str]:
    """The fields as they came, the last of each name. Raises FormRefused."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            raise FormRefused("too_large")
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=most)
    except ValueError:
        raise FormRefused("unreadable") from None
    return {name: value.replace("\r\n", "\n") for name, value in pairs}


async def read_form(request: Request, most: int = _MOST_FIELDS) -> dict[str, str]:
    """The fields of a form of ours. Raises FormRefused."""
    fields = await read_fields(request, most)
    if not is_form_token(request, fields.get(TOKEN, "")):
        raise FormRefused("csrf")
    return fields
