"""Reads events of schema.org (JSON-LD) out of a web page or a file.

All `<script type="application/ld+json">` of a page are read; events may stand in lists and graphs and as sub-events,
which take over what they do not tell themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from bot.services.agenda.activity import Activity
from bot.services.agenda.sources.jsonld_event import EventRefused, read_event, uid_of
from bot.services.agenda.sources.plain import decoded
from bot.services.agenda.sources.reading import Material, Reading, Rejected, Remark

#: Nested deeper than any page needs; a loop cannot be written, but a trap can.
_DEEPEST = 12
_EVENT_TYPES = ("Event", "Festival", "Hackathon", "CourseInstance")
_HOLDERS = ("@graph", "mainEntity", "itemListElement", "item", "events", "event", "hasCourseInstance")
_OF_ONE_DATE = ("@id", "identifier", "startDate", "endDate", "previousStartDate", "subEvent", "subEvents", "@type")


@dataclass(frozen=True)
class _Script:
    line: int
    text: str


class _Scripts(HTMLParser):
    """Collects the JSON-LD of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[_Script] = []
        self._line: int | None = None
        self._parts: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        kind = (dict(attributes).get("type") or "").split(";")[0].strip().lower()
        if tag == "script" and kind == "application/ld+json":
            self._line, self._parts = self.getpos()[0], []

    def handle_data(self, data: str) -> None:
        if self._line is not None:
            self._parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._line is not None:
            self.found.append(_Script(self._line, "".join(self._parts)))
            self._line = None


def read_jsonld(material: Material) -> Reading:
    """The activities of a page or file. Raises SourceBroken when it holds no JSON-LD that can be read."""
    activities: dict[str, Activity] = {}
    rejected: list[Rejected] = []
    remarks: list[Remark] = []
    for script in _scripts_of(decoded(material.content), material):
        try:
            content = json.loads(script.text)
        except (ValueError, RecursionError) as error:
            line = script.line + getattr(error, "lineno", 1) - 1
            raise material.broken(line, f"the JSON-LD is not well-formed ({getattr(error, 'msg', error)})") from None
        for event in _events_in(content):
            try:
                found = read_event(event, script.line, material, remarks)
                other = activities.get(found.id)
                if other and other.start == found.start:
                    raise EventRefused("the same activity and start stand in the page before")
                if other:  # a second one on the day
                    found = read_event(event, script.line, material, [], f"T{found.start:%H%M}")
            except EventRefused as error:
                rejected.append(material.rejected(script.line, str(error), uid_of(event)))
            else:
                activities[found.id] = found
    first, last = material.first, material.last
    kept = tuple(one for one in activities.values() if one.end > first and one.start < last)
    return Reading(kept, tuple(rejected), tuple(remarks))


def _scripts_of(text: str, material: Material) -> list[_Script]:
    if text.lstrip()[:1] in {"{", "["}:
        return [_Script(1, text)]
    page = _Scripts()
    page.feed(text)
    page.close()
    if not page.found:
        raise material.broken(1, "there is no JSON-LD (schema.org) in this page")
    return page.found


def _events_in(content: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(content, list):
        for part in content:
            yield from _events_in(part, depth + 1)
    elif isinstance(content, dict):
        parts = [part for key in ("subEvent", "subEvents") for part in _listed(content.get(key))]
        if parts:
            shared = {key: value for key, value in content.items() if key not in _OF_ONE_DATE}
            parts = [{**shared, **part} if isinstance(part, dict) else part for part in parts]
            yield from _events_in(parts, depth + 1)
        elif _is_event(content):
            yield content
        for key in _HOLDERS:
            yield from _events_in(content.get(key), depth + 1)


def _is_event(content: dict[str, Any]) -> bool:
    kinds = [str(kind).rsplit("/", 1)[-1] for kind in _listed(content.get("@type"))]
    return any(kind.endswith(_EVENT_TYPES) for kind in kinds)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
