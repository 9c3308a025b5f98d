"""The style sheets of our pages: tokens and frame, which all share, before what is the page's own."""

from __future__ import annotations

from pathlib import Path

from fastapi.responses import Response

_FOLDER = Path(__file__).parent
_SHARED = ("tokens.css", "frame.css")


def style_sheet(own: str) -> bytes:
    """The whole sheet of a page by the name of its own file."""
    return shared_styles() + (_FOLDER / own).read_bytes()


def shared_styles() -> bytes:
    """What every page begins with."""
    return b"".join((_FOLDER / name).read_bytes() for name in _SHARED)


def style_response(sheet: bytes) -> Response:
    """The sheet, kept by browsers for an hour."""
    return Response(sheet, media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})
