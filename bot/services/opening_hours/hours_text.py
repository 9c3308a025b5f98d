"""Puts other opening hours into the text of `data/centre.yml`. Only what changes is touched: comments, order, quotes
and everything outside of the section stay byte for byte. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.foundation.yaml_files import Mapping, YamlFileError, parse_yaml
from bot.services.opening_hours.hours_file import CLOSED, SECTION, schedule_in
from bot.services.opening_hours.schedule import WEEKDAYS, Opening, Schedule

_STEP = "  "


class UnknownForm(ValueError):
    """The file is written in a way that cannot be changed safely from here; somebody has to edit it by hand."""


@dataclass(frozen=True)
class _Edit:
    """Text instead of what stands from `start` to `end`."""

    start: int
    end: int
    text: str


def with_hours(text: str, schedule: Schedule, path: Path) -> str:
    """The file's text with these hours. Raises UnknownForm, and YamlFileError when the text cannot be read."""
    before = _content(text, path)
    if normal(schedule_in(before, path)) == normal(schedule):
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    missing = "" if text.endswith("\n") else newline
    changed = _apply(text + missing, _edits(text + missing, schedule, newline)).removesuffix(missing)
    try:
        after = _content(changed, path)
        is_right = normal(schedule_in(after, path)) == normal(schedule) and _rest(after) == _rest(before)
    except YamlFileError:
        is_right = False
    if not is_right:
        raise UnknownForm("the hours are written in a form that can only be changed by hand")
    return changed


def normal(schedule: Schedule) -> Schedule:
    """The same hours without what says nothing: a weekday without an opening."""
    return Schedule({day: found for day, found in schedule.week.items() if found}, schedule.late, schedule.exceptions)


def opening_words(openings: tuple[Opening, ...]) -> list[str]:
    """Openings as the file has them."""
    return [f"{one.opens:%H:%M}-{one.closes:%H:%M}" for one in openings]


def _content(text: str, path: Path) -> Mapping:
    found = parse_yaml(text.removeprefix("\ufeff"), path)
    if found is None:
        return Mapping()
    if not isinstance(found, Mapping):
        raise YamlFileError(path, 1, "should hold keys and values at the top level")
    return found


def _rest(content: Mapping) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key != SECTION}


def _edits(text: str, schedule: Schedule, newline: str) -> list[_Edit]:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    section = _value_of(root, SECTION) if isinstance(root, yaml.MappingNode) else None
    if section is None:
        return [_Edit(len(text), len(text), f"{SECTION}:{_blocks(schedule, _STEP, newline)}{newline}")]
    if not isinstance(section, yaml.MappingNode) or section.flow_style or not section.value:
        return [_Edit(section.start_mark.index, section.end_mark.index, _blocks(schedule, _STEP, newline))]
    edits: list[_Edit] = []
    indent = " " * section.value[0][0].start_mark.column
    for key, entries in _wanted(schedule).items():
        node = _value_of(section, key)
        if node is not None:
            edits += _Entries(text, node, indent, newline, key).edits(entries)
        elif entries and (key != "week" or any(value != CLOSED for value in entries.values())):
            edits.append(_after(text, section, newline, f"{indent}{key}:{_block(entries, indent + _STEP, newline)}"))
    return edits


def _wanted(schedule: Schedule) -> dict[str, dict[str, str]]:
    """For each part of the section what stands under each of its keys, in order."""
    return {
        "week": {name: _openings(schedule.week.get(day, ())) for day, name in enumerate(WEEKDAYS)},
        "late": {WEEKDAYS[day]: f'"{at:%H:%M}"' for day, at in sorted(schedule.late.items())},
        "exceptions": {day.isoformat(): _openings(found) for day, found in sorted(schedule.exceptions.items())},
    }


def _openings(openings: tuple[Opening, ...]) -> str:
    return "[" + ", ".join(f'"{words}"' for words in opening_words(openings)) + "]" if openings else CLOSED


def _key(name: str) -> str:
    return name if name in WEEKDAYS else f'"{name}"'


def _blocks(schedule: Schedule, indent: str, newline: str) -> str:
    parts = {key: entries for key, entries in _wanted(schedule).items() if entries}
    if not normal(schedule).week:
        parts.pop("week")
    return "".join(f"{newline}{indent}{key}:{_block(parts[key], indent + _STEP, newline)}" for key in parts)


def _block(entries: dict[str, str], indent: str, newline: str) -> str:
    return "".join(f"{newline}{indent}{_key(name)}: {value}" for name, value in entries.items())


class _Entries:
    """The edits of one part of the section: week, late or exceptions."""

    def __init__(self, text: str, node: yaml.Node, indent: str, newline: str, part: str) -> None:
        self._text, self._node, self._indent, self._newline, self._part = text, node, indent, newline, part

    def edits(self, wanted: dict[str, str]) -> list[_Edit]:
        node = self._node
        if isinstance(node, yaml.MappingNode) and node.value and not node.flow_style:
            return self._in_block(node, wanted)
        known = {key.value for key, _ in node.value} if isinstance(node, yaml.MappingNode) else set()
        wanted = {name: value for name, value in wanted.items() if value != CLOSED or name in known or self._has_days}
        if isinstance(node, yaml.MappingNode) and node.flow_style:
            flow = "{" + ", ".join(f"{_key(name)}: {value}" for name, value in wanted.items()) + "}"
            is_same = yaml.safe_load(flow) == yaml.safe_load(yaml.serialize(node))
            return [] if is_same else [_Edit(node.start_mark.index, node.end_mark.index, flow)]
        block = _block(wanted, self._indent + _STEP, self._newline)
        return [_Edit(node.start_mark.index, node.end_mark.index, block)] if wanted else []

    @property
    def _has_days(self) -> bool:
        """Whether an entry that says "closed" says something: a date does, a weekday goes without saying."""
        return self._part == "exceptions"

    def _in_block(self, node: yaml.MappingNode, wanted: dict[str, str]) -> list[_Edit]:
        there = {key.value: (key, value) for key, value in node.value}
        indent = " " * node.value[0][0].start_mark.column
        edits, last = [], None
        for name, (key, value) in there.items():
            if name not in wanted:
                edits.append(_Edit(_line_start(self._text, key.start_mark.index), self._end(value), ""))
            elif not self._says(value, wanted[name]):
                edits += self._instead(key, value, wanted[name], indent)
        for name, words in wanted.items():
            if name in there:
                last = there[name][1]
            elif words != CLOSED or self._has_days:
                edits.append(self._new(f"{indent}{_key(name)}: {words}", last, node))
        return edits

    def _says(self, value: yaml.Node, words: str) -> bool:
        """Whether the same stands there already, however it is written."""
        there = yaml.safe_load(yaml.serialize(value))
        return bool(there == yaml.safe_load(words) or (there in ([], None) and words == CLOSED))

    def _instead(self, key: yaml.Node, value: yaml.Node, words: str, indent: str) -> list[_Edit]:
        is_list = isinstance(value, yaml.CollectionNode) and not value.flow_style
        start, end = value.start_mark.index, _content_end(value)
        # A list of lines may begin below the key, as far to the left.
        start = key.end_mark.index if is_list or start == end else start
        words = words if start == value.start_mark.index else f": {words}"
        if start == end:
            end = self._text.index(":", start) + 1
        # Comments between the lines of a list stay, below the new line.
        lines = self._text[start:end].splitlines()
        comments = [f"{indent}{line.strip()}{self._newline}" for line in lines if line.strip().startswith("#")]
        edits = [_Edit(start, end, words)]
        if comments:
            after = _line_end(self._text, end)
            edits.append(_Edit(after, after, "".join(comments)))
        return edits

    def _new(self, line: str, last: yaml.Node | None, node: yaml.MappingNode) -> _Edit:
        if last is None:
            first = _line_start(self._text, node.value[0][0].start_mark.index)
            return _Edit(first, first, f"{line}{self._newline}")
        return _after(self._text, last, self._newline, line)

    def _end(self, value: yaml.Node) -> int:
        return _line_end(self._text, _content_end(value))


def _value_of(node: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for found, value in node.value if found.value == key), None)


def _content_end(node: yaml.Node) -> int:
    """Where the last thing of a node ends; the mark of a block goes on to the next key."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _content_end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _after(text: str, node: yaml.Node, newline: str, line: str) -> _Edit:
    """A line below what a node holds."""
    at = _line_end(text, _content_end(node))
    return _Edit(at, at, f"{line}{newline}")


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    found = text.find("\n", index)
    return found + 1 if found >= 0 else len(text)


def _apply(text: str, edits: list[_Edit]) -> str:
    places = [(edit.start, edit.end, number, edit.text) for number, edit in enumerate(edits)]
    for start, end, _, words in sorted(places, reverse=True):
        text = text[:start] + words + text[end:]
    return text
