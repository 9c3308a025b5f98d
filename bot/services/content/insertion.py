"""Inserts an entry into a YAML file by its lines, so that comments, order and form of the rest stay.

The result is parsed again: it must hold what it held and the new entry, else nothing is given back.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.foundation.yaml_files import Mapping, YamlFileError, parse_yaml, read_mapping


class CannotInsert(ValueError):
    """The file is not in a form into which lines can be inserted; the text says what to change."""


def insert_entry(path: Path, section: str, name: str, lines: list[str]) -> str:
    """The file's text with a new entry at the end of a mapping. `lines` come without indentation."""
    content, text = _read(path)
    entries = content.get(section)
    if isinstance(entries, dict) and name in entries:
        raise CannotInsert(f"{name!r} stands in {path.name} already")
    node = _section(path, text, section)
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise CannotInsert(f"{path.name} should hold one entry a line under {section}")
    first_key, _ = node.value[0]
    at = _line_after(node.value[-1][1])
    return _checked(path, content, text, section, _with_lines(text, at, first_key.start_mark.column, lines))


def insert_item(path: Path, section: str, lines: list[str], before: str) -> str:
    """The file's text with a new item in a list, above the item of which `before` is the first value.

    Without such an item it comes last. `lines` come without indentation and begin with `- `.
    """
    content, text = _read(path)
    item = yaml.safe_load("\n".join(lines))[0]
    listed = content.get(section)
    if isinstance(listed, list) and _first_value(item) in [_first_value(known) for known in listed]:
        raise CannotInsert(f"{_first_value(item)!r} stands in {path.name} already")
    node = _section(path, text, section)
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        raise CannotInsert(f"{path.name} should hold one item a line under {section}")
    at = _line_after(node.value[-1])
    for known, item_node in zip(content[section], node.value, strict=True):
        if _first_value(known) == before:
            at = item_node.start_mark.line
    changed = _with_lines(text, at, node.start_mark.column, lines)
    return _checked(path, content, text, section, changed)


def _read(path: Path) -> tuple[Mapping, str]:
    try:
        content = read_mapping(path)
    except YamlFileError as fault:
        raise CannotInsert(str(fault)) from None
    return content, path.read_bytes().decode("utf-8-sig")


def _section(path: Path, text: str, section: str) -> yaml.Node:
    """The node of a section that has at least one entry."""
    root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    for key, value in root.value:
        if key.value == section and isinstance(value, yaml.CollectionNode) and value.value:
            return value
    raise CannotInsert(f"{path.name} has nothing under {section}")


def _line_after(node: yaml.Node) -> int:
    """The line, from 0, below the last line of a node. A block's own end mark lies behind later comments."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end = node.end_mark
    return int(end.line if end.column == 0 else end.line + 1)


def _first_value(item: Any) -> Any:
    """`centre` of the intent `centre` and of `{centre: {...}}`; the name of a rule."""
    if not isinstance(item, dict):
        return item
    key, value = next(iter(item.items()), (None, None))
    return value if isinstance(value, str) else key


def _with_lines(text: str, at: int, column: int, lines: list[str]) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    rows = text.splitlines(keepends=True)
    if rows and not rows[-1].endswith(("\n", "\r")):
        rows[-1] += newline
    rows[at:at] = [" " * column + line + newline for line in lines]
    return "".join(rows)


def _checked(path: Path, before: Mapping, text: str, section: str, changed: str) -> str:
    """`changed`, when it differs from what was there by one entry of the section and by nothing else."""
    try:
        after = parse_yaml(changed, path)
    except YamlFileError as fault:
        raise CannotInsert(f"a new entry does not fit into {path.name}: {fault.problem}") from None
    rest_is_same = all(after.get(key) == value for key, value in before.items() if key != section)
    if list(after) != list(before) or not rest_is_same or not _is_one_more(before[section], after[section]):
        raise CannotInsert(f"a new entry does not fit into {path.name}; write one entry a line there")
    return changed


def _is_one_more(before: Any, after: Any) -> bool:
    if len(after) != len(before) + 1:
        return False
    if isinstance(before, dict):
        return all(after.get(key) == value for key, value in before.items())
    left = list(after)
    for item in before:
        if item not in left:
            return False
        left.remove(item)
    return True
