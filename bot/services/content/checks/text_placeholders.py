"""Names in braces that the code fills in data/texts, by file; those of data/centre.yml may stand anywhere."""

from __future__ import annotations

FILLED_BY_CODE: dict[str, frozenset[str]] = {
    "agenda": frozenset(
        {"count", "day", "end", "filter", "filters", "first", "half", "hour", "hour12", "last", "minute", "names"}
        | {"number", "place", "platform", "theme", "time", "title", "when", "words"}
    ),
    "callback": frozenset({"deadline", "label", "reference", "value"}),
    "desk": frozenset({"count", "name", "new", "spoken", "time", "waiting"}),
    "desk_messenger": frozenset({"count", "time"}),
    "desk_tools": frozenset({"count", "name", "spoken"}),
    "desk_callbacks": frozenset({"name", "spoken", "time", "title"}),
    "desk_admin": frozenset({"cause", "count", "file", "first", "last", "name", "pages", "time"}),
    "email": frozenset({"deadline", "label", "link", "reference", "value"}),
    "engine": frozenset({"theme"}),
    "gateway": frozenset({"date"}),
    "letters": frozenset({"asked", "counsellor", "gap", "moment", "name", "question", "reference", "way"}),
    "handoff": frozenset({"colleague", "name", "opening", "place"}),
    "messenger_received": frozenset({"code"}),
}


def filled_by_code(file: str) -> frozenset[str]:
    """The names that may stand in a file of data/texts, named without its ending."""
    return FILLED_BY_CODE.get(file, frozenset())
