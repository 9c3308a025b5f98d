"""Reads our YAML files and remembers the line of every key, so that a fault can be named by file and line.

A file that cannot be read, that is not UTF-8, has a tab for indentation or a key twice raises
YamlFileError with file, line and what is wrong: never a traceback of the library.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


class YamlFileError(ValueError):
    """A YAML file cannot be used. `str()` reads `data/x.yml:12: what is wrong`."""

    def __init__(self, path: Path | str, line: int | None, problem: str) -> None:
        self.path, self.line, self.problem = str(path), line, problem
        place = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{place}: {problem}")


class Mapping(dict):
    """A dict that knows where each of its keys stands: `lines[key]`, counted from 1."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines: dict[Any, int] = {}
        self.line = 1

    def line_of(self, key: Any) -> int:
        """The line of a key, or of the mapping itself when the key is absent."""
        return self.lines.get(key, self.line)


def read_yaml(path: Path) -> Any:
    """The content of one YAML file; mappings come as `Mapping`. Raises YamlFileError."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise YamlFileError(path, None, f"cannot be read ({error.strerror})") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise YamlFileError(path, line, "is not UTF-8; save the file as UTF-8") from None
    return parse_yaml(text, path)


def read_mapping(path: Path) -> Mapping:
    """Like `read_yaml`, for a file whose top level must be a mapping."""
    content = read_yaml(path)
    if not isinstance(content, Mapping):
        raise YamlFileError(path, 1, "should hold keys and values at the top level")
    return content


def parse_yaml(text: str, path: Path | str) -> Any:
    """Parse YAML text that came from `path` (used in messages only)."""
    try:
        return yaml.load(text, Loader=_loader_for(path))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or "is not valid YAML"
        if "\\t" in problem or "'\t'" in problem:
            problem = "a tab is used for indentation; use spaces"
        raise YamlFileError(path, mark.line + 1 if mark else None, problem) from None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        problem = f"holds a character that YAML does not allow (U+{error.character:04X})"
        raise YamlFileError(path, line, problem) from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, YamlFileError):
            raise
        raise YamlFileError(path, None, "holds a value that YAML cannot read") from None


_BASE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _loader_for(path: Path | str) -> type[yaml.SafeLoader]:
    class Loader(_BASE):  # type: ignore[misc, valid-type]
        pass

    def construct_mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> Any:
        loader.flatten_mapping(node)
        mapping = Mapping()
        mapping.line = node.start_mark.line + 1
        yield mapping
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node, deep=True)
            line = key_node.start_mark.line + 1
            if not isinstance(key, (str, int, float, bool)):
                raise YamlFileError(path, line, "a key must be a plain word")
            if key in mapping:
                raise YamlFileError(path, line, f"the key {key!r} stands here a second time")
            mapping.lines[key] = line
            mapping[key] = loader.construct_object(value_node, deep=True)

    Loader.add_constructor("tag:yaml.org,2002:map", construct_mapping)
    # Dates stay text ("2020-12"): content shows them as they were written.
    Loader.yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return Loader


def read_entries(path: Path, key: str, what: str) -> Mapping | None:
    """The entries under the one key of a file; None when there is no file or no entry. Raises YamlFileError.

    `what` is what an entry stands for, in words for whoever edits the file.
    """
    if not path.exists():
        return None
    content = read_mapping(path)
    for found in content:
        if found != key:
            raise YamlFileError(path, content.line_of(found), f"{found!r} is not known here; write {key}")
    entries = content.get(key)
    if entries is not None and not isinstance(entries, Mapping):
        raise YamlFileError(path, content.line_of(key), f"{key} should hold one entry for each {what}")
    return entries
