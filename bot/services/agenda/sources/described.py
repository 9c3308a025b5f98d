"""Reads which sources the agenda has: `data/activities/sources.yml`, another such file by setting, imported files."""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.foundation.languages import DEFAULT_LANGUAGE, LANGUAGES
from bot.foundation.settings import PROJECT_FOLDER, Settings
from bot.foundation.yaml_files import Mapping, YamlFileError, read_mapping
from bot.services.agenda.activity import AUDIENCES, MODES, THEMES
from bot.services.agenda.sources.plain import web_address
from bot.services.agenda.sources.reading import Defaults, Source
from bot.services.content.checks.folding import folded

#: The sample agenda, which holds as long as nobody names a source or imports a file.
SAMPLE_FILE = PROJECT_FOLDER / "data" / "activities" / "sources.yml"
KINDS = ("ical", "csv", "xlsx", "jsonld")
#: The kind of a file by the end of its name.
KIND_OF_ENDING = {
    ".ics": "ical",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".json": "jsonld",
    ".jsonld": "jsonld",
    ".html": "jsonld",
    ".htm": "jsonld",
}
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_IMPORTED = "imported-"
_TOP_KEYS = {"sources", "hosts", "own_network"}
_SOURCE_KEYS = {"kind", "file", "address", "sample", *Defaults.__dataclass_fields__}


def sources_of(settings: Settings) -> list[Source]:
    """The sources of a deployment, by name: those of its file and the imported ones, else the sample.

    Raises YamlFileError with file and line.
    """
    described = read_sources(settings.agenda.sources_file) if settings.agenda.sources_file else []
    found = [*described, *imported_sources(imported_folder(settings))]
    return found or read_sources(SAMPLE_FILE)


def read_sources(path: Path) -> list[Source]:
    """The sources that a file describes. Raises YamlFileError."""
    content = read_mapping(path)
    for key in content:
        if key not in _TOP_KEYS:
            raise YamlFileError(path, content.line_of(key), f"{key!r} is unknown; use {', '.join(sorted(_TOP_KEYS))}")
    hosts = _hosts(path, content, "hosts")
    own_network = _hosts(path, content, "own_network")
    described = content.get("sources")
    if not isinstance(described, Mapping):
        raise YamlFileError(path, content.line_of("sources"), "`sources` should hold a name for each source")
    return [_source(path, name, described, (*hosts, *own_network), own_network) for name in described]


def imported_folder(settings: Settings) -> Path:
    """Where `faqbot agenda import` keeps its files."""
    return settings.data_folder / "agenda" / "imported"


def imported_sources(folder: Path) -> list[Source]:
    """A source for each imported file."""
    if not folder.is_dir():
        return []
    return [
        file_source(path)
        for path in sorted(folder.iterdir())
        if path.is_file() and path.suffix.lower() in KIND_OF_ENDING and not path.name.startswith(".")
    ]


def file_source(path: Path) -> Source:
    """A file as a source of its own; its kind follows from the end of its name (KeyError for another end)."""
    return Source(imported_name(path), KIND_OF_ENDING[path.suffix.lower()], file=path)


def imported_name(path: Path) -> str:
    """The name of the source that an imported file is: two files of one name replace each other."""
    return _IMPORTED + "-".join(re.findall(r"[a-z0-9]+", folded(path.name))[:8])[:50]


def _source(
    path: Path, name: Any, described: Mapping, hosts: tuple[str, ...], own_network: tuple[str, ...]
) -> Source:
    line, given = described.line_of(name), described[name]
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name.startswith(_IMPORTED):
        raise YamlFileError(path, line, f"{name!r}: a source's name has small letters, digits, - and _ only")
    if not isinstance(given, Mapping):
        raise YamlFileError(path, line, f"the source {name} should hold keys and values")
    for key in given:
        if key not in _SOURCE_KEYS:
            raise YamlFileError(
                path, given.line_of(key), f"{key!r} is unknown; use {', '.join(sorted(_SOURCE_KEYS))}"
            )
    kind = _one_of(path, given, "kind", KINDS)
    if kind is None:
        raise YamlFileError(path, line, f"the source {name} needs a kind: {', '.join(KINDS)}")
    file, address = _text(path, given, "file"), _text(path, given, "address")
    if bool(file) == bool(address):
        raise YamlFileError(path, line, f"the source {name} needs either a file or an address")
    if address:
        _check_address(path, given, address, hosts)
    return Source(
        name=name,
        kind=kind,
        file=path.parent / file if file else None,
        address=address,
        defaults=_defaults(path, given),
        hosts=hosts,
        own_network=own_network,
        is_sample=given.get("sample") is True,
    )


def _check_address(path: Path, given: Mapping, address: str, hosts: tuple[str, ...]) -> None:
    line = given.line_of("address")
    if not web_address(address):
        raise YamlFileError(path, line, f"{address} is no address with http or https")
    host = (urlsplit(address).hostname or "").lower()
    if host not in hosts:
        raise YamlFileError(path, line, f"{host} is not among the `hosts` of this file that may be reached")


def _defaults(path: Path, given: Mapping) -> Defaults:
    return Defaults(
        language=_one_of(path, given, "language", LANGUAGES) or DEFAULT_LANGUAGE,
        languages=_many_of(path, given, "languages", LANGUAGES),
        theme=_one_of(path, given, "theme", THEMES),
        mode=_one_of(path, given, "mode", MODES),
        place=_text(path, given, "place"),
        audience=_many_of(path, given, "audience", AUDIENCES),
        organisers=_many_of(path, given, "organisers", None),
    )


def _hosts(path: Path, content: Mapping, key: str) -> tuple[str, ...]:
    return tuple(host.lower() for host in _many_of(path, content, key, None))


def _text(path: Path, given: AnyMapping[str, Any], key: str) -> str | None:
    value = given.get(key)
    if value is None or (isinstance(value, str) and value.strip()):
        return value
    raise YamlFileError(path, _line(given, key), f"`{key}` should be a text")


def _one_of(path: Path, given: Mapping, key: str, allowed: tuple[str, ...]) -> str | None:
    value = _text(path, given, key)
    if value is not None and value not in allowed:
        raise YamlFileError(path, _line(given, key), f"`{key}` may be {', '.join(allowed)}, not {value!r}")
    return value


def _many_of(path: Path, given: Mapping, key: str, allowed: tuple[str, ...] | None) -> tuple[str, ...]:
    values = given.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
        raise YamlFileError(path, _line(given, key), f"`{key}` should be a list of words")
    for value in values:
        if allowed and value not in allowed:
            raise YamlFileError(path, _line(given, key), f"`{key}` may hold {', '.join(allowed)}, not {value!r}")
    return tuple(values)


def _line(given: AnyMapping[str, Any], key: str) -> int:
    return given.line_of(key) if isinstance(given, Mapping) else 1
