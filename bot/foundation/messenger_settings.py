"""Settings of Messenger: the app at Meta, the pages that it serves, and the version of the Graph API.

The pages stand in a YAML file, so that a second page needs no new variable; their tokens need not stand there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bot.foundation.languages import LANGUAGES
from bot.foundation.setting_error import SettingError
from bot.foundation.yaml_files import Mapping as YamlMapping
from bot.foundation.yaml_files import YamlFileError, read_mapping

DEFAULT_GRAPH_VERSION = "v25.0"
DEFAULT_GRAPH_URL = "https://graph.facebook.com"
#: So long the bot is silent after staff wrote in the page's own inbox.
DEFAULT_MINUTES_OF_SILENCE = 30
#: A version works for two years at least; after so many months the operator is told to choose a newer one.
OLD_AFTER_MONTHS = 18

#: When Meta released each version. A newer one that is not here is taken as new, an older one as old.
RELEASED: dict[str, date] = {
    "v19.0": date(2024, 1, 23),
    "v20.0": date(2024, 5, 21),
    "v21.0": date(2024, 10, 2),
    "v22.0": date(2025, 1, 21),
    "v23.0": date(2025, 5, 29),
    "v24.0": date(2025, 10, 8),
    "v25.0": date(2026, 2, 18),
}

_VARIABLES = ("FAQBOT_MESSENGER_APP_ID", "FAQBOT_MESSENGER_APP_SECRET", "FAQBOT_MESSENGER_VERIFY_TOKEN")
_FIELDS = ("id", "name", "token", "token_env", "language", "theme", "minutes_of_silence")
_ID = re.compile(r"[0-9]{1,32}")
_THEME = re.compile(r"[a-z][a-z0-9_]{0,60}")
_VERSION = re.compile(r"v([0-9]{1,3})\.([0-9]{1,2})")
_ADDRESS = re.compile(r"https?://[^/\s?#]+(?:/[^\s?#]*)?")
_LONGEST_SILENCE = 7 * 24 * 60


@dataclass(frozen=True)
class MessengerPage:
    """One Facebook page. `language` is spoken until the person's own is known; `theme` is what the page is about.

    After a message of staff from the page's inbox the bot is silent for `minutes_of_silence`.
    """

    id: str
    name: str
    token: str = field(repr=False)
    language: str | None = None
    theme: str | None = None
    minutes_of_silence: int = DEFAULT_MINUTES_OF_SILENCE


@dataclass(frozen=True)
class MessengerSettings:
    """The app at Meta and its pages, one at least. `graph_url` has no slash at its end."""

    app_id: str
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    pages: tuple[MessengerPage, ...]
    graph_version: str = DEFAULT_GRAPH_VERSION
    graph_url: str = DEFAULT_GRAPH_URL

    def page(self, page_id: str) -> MessengerPage | None:
        """The page of an id, None when it is not one of ours."""
        return next((page for page in self.pages if page.id == page_id), None)


def is_old_version(version: str, today: date) -> bool:
    """Whether a version of the Graph API was released more than 18 months ago."""
    released = RELEASED.get(version)
    if released is None:
        return _number(version) < max(_number(known) for known in RELEASED)
    months = (today.year - released.year) * 12 + today.month - released.month
    return months > OLD_AFTER_MONTHS or (months == OLD_AFTER_MONTHS and today.day > released.day)


def read_messenger(env: Mapping[str, str], folder: Path) -> MessengerSettings | None:
    """Messenger as the environment sets it up; None without any of its variables. Raises SettingError.

    A relative path of the pages is taken from `folder`.
    """
    app_id, secret, verify_token = (env.get(name) or "" for name in _VARIABLES)
    pages = env.get("FAQBOT_MESSENGER_PAGES") or ""
    if not any((app_id, secret, verify_token, pages)):
        return None
    if not all((app_id, secret, verify_token, pages)):
        raise SettingError(f"{', '.join(_VARIABLES)} and FAQBOT_MESSENGER_PAGES are needed together")
    if not _ID.fullmatch(app_id):
        raise SettingError(f"FAQBOT_MESSENGER_APP_ID must be the number of the app, not {app_id!r}")
    version = env.get("FAQBOT_MESSENGER_GRAPH_VERSION") or DEFAULT_GRAPH_VERSION
    if not _VERSION.fullmatch(version):
        raise SettingError(f"FAQBOT_MESSENGER_GRAPH_VERSION must be like {DEFAULT_GRAPH_VERSION}, not {version!r}")
    url = (env.get("FAQBOT_MESSENGER_GRAPH_URL") or DEFAULT_GRAPH_URL).rstrip("/")
    if not _ADDRESS.fullmatch(url):
        raise SettingError(f"FAQBOT_MESSENGER_GRAPH_URL must be an address like {DEFAULT_GRAPH_URL}")
    return MessengerSettings(app_id, secret, verify_token, _read_pages(folder / pages, env), version, url)


def _read_pages(path: Path, env: Mapping[str, str]) -> tuple[MessengerPage, ...]:
    try:
        content = read_mapping(path)
    except YamlFileError as error:
        raise SettingError(f"FAQBOT_MESSENGER_PAGES: {error}") from None
    entries = content.get("pages")
    if not isinstance(entries, list) or not entries:
        raise SettingError(f"FAQBOT_MESSENGER_PAGES: {path}: `pages` should list one page at least")
    pages = tuple(_page(path, content.line_of("pages"), entry, env) for entry in entries)
    if len({page.id for page in pages}) < len(pages):
        raise SettingError(f"FAQBOT_MESSENGER_PAGES: {path}: a page stands there twice")
    return pages


def _page(path: Path, line: int, entry: Any, env: Mapping[str, str]) -> MessengerPage:
    def fault(problem: str, key: str | None = None) -> SettingError:
        at = entry.line_of(key) if isinstance(entry, YamlMapping) else line
        return SettingError(f"FAQBOT_MESSENGER_PAGES: {path}:{at}: {problem}")

    if not isinstance(entry, YamlMapping):
        raise fault("a page should have an id, a name and a token")
    for key in entry:
        if key not in _FIELDS:
            raise fault(f"{key!r} is not known here; write {', '.join(_FIELDS)}", key)
    page_id = str(entry.get("id", ""))
    if not _ID.fullmatch(page_id) or isinstance(entry.get("id"), (bool, float)):
        raise fault("the id of a page is a number", "id")
    language, theme = entry.get("language"), entry.get("theme")
    if language is not None and language not in LANGUAGES:
        raise fault(f"the language is one of {', '.join(LANGUAGES)}", "language")
    if theme is not None and not (isinstance(theme, str) and _THEME.fullmatch(theme)):
        raise fault("the theme is the name of a theme, as in data/topics/themes.yml", "theme")
    minutes = entry.get("minutes_of_silence", DEFAULT_MINUTES_OF_SILENCE)
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 1 <= minutes <= _LONGEST_SILENCE:
        raise fault(f"minutes_of_silence is a whole number from 1 to {_LONGEST_SILENCE}", "minutes_of_silence")
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip():
        raise fault("a page has a name", "name")
    variable, token = entry.get("token_env"), entry.get("token")
    if (variable is None) == (token is None):
        raise fault("a page has a token or a token_env (the variable that holds it), one of them")
    found = env.get(str(variable)) if token is None else token
    if not isinstance(found, str) or not found:
        # The value may be the secret itself, so it is not repeated.
        where = "token" if token is not None else "token_env"
        raise fault("the token is empty or no text" if token is not None else f"{variable} is not set", where)
    return MessengerPage(page_id, name.strip(), found, language, theme, minutes)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version[1:].split("."))
