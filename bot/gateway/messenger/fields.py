"""Reads single fields of Meta's events. Nothing here raises: what has not the form that it should have is None."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta, timezone
from typing import Any

from bot.foundation.choices import InvalidChoice, read_choice
from bot.gateway.typed_text import cleaned, is_blank

_ID = re.compile(r"[0-9A-Za-z_.:-]{1,64}")
_MID = re.compile(r"[\x21-\x7e]{1,128}")
_EARLIEST = datetime(2015, 1, 1, tzinfo=timezone.utc)
#: Clocks differ a little; a moment further in the future is no moment.
_AHEAD = timedelta(minutes=5)
_LONGEST_TITLE = 200


def mapping(value: Any) -> dict[str, Any]:
    """A JSON object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """A JSON list; an empty one for anything else."""
    return value if isinstance(value, list) else []


def id_of(value: Any) -> str | None:
    """The id of a page, a person or an app, as text or number."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def moment_of(milliseconds: Any, now: datetime) -> datetime | None:
    """A moment given in milliseconds since 1970; None when it is none that makes sense."""
    if isinstance(milliseconds, str) and milliseconds.isascii() and milliseconds.isdigit() and len(milliseconds) < 17:
        milliseconds = int(milliseconds)
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int) or not 0 < milliseconds < 10**14:
        return None
    moment = datetime.fromtimestamp(milliseconds / 1000, timezone.utc)
    return moment if _EARLIEST <= moment <= now + _AHEAD else None


def message_id(value: Any) -> str | None:
    """Meta's id of a message, shortened by a hash where it is longer than we keep."""
    if not isinstance(value, str) or not value:
        return None
    return value if _MID.fullmatch(value) else stable_id("mid", value)


def stable_id(kind: str, *parts: Any) -> str:
    """An id for what Meta gives none: the same event has the same one.

    A part that is a list or an object is left out: it may be nested deeper than Python can write.
    """
    raw = "\x1f".join("" if isinstance(part, (list, dict)) else str(part) for part in parts).encode(
        "utf-8", "surrogatepass"
    )
    return f"{kind}:{hashlib.sha256(raw).hexdigest()}"


def words_of(value: Any) -> str | None:
    """What a person typed, cleaned; None when nothing of it can be seen."""
    if not isinstance(value, str):
        return None
    text = cleaned(value)
    return None if is_blank(text) else text


def title_of(value: Any) -> str | None:
    """The title of a button, cut to what we keep."""
    words = words_of(value)
    return words[:_LONGEST_TITLE].strip() if words else None


def choice_of(payload: Any) -> str | None:
    """The choice that a button of ours carries; None when it is none of ours."""
    try:
        read = read_choice(payload)
    except InvalidChoice:
        return None
    return None if read.kind == "received" else str(read)
