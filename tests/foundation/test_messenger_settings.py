"""Settings of Messenger: off without them, whole or refused, and never a secret in a message."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.foundation.messenger_settings import RELEASED, is_old_version
from bot.foundation.settings import SettingError, Settings, read_settings

PAGES = """\
pages:
  - {id: 111, name: Cité des métiers, token_env: PAGE_ONE, language: fr}
  - {id: "222", name: Touch'N'Go, token: second-secret, theme: guidance, minutes_of_silence: 5}
"""


def settings(tmp_path: Path, pages: str = PAGES, **changes: str) -> Settings:
    file = tmp_path / "pages.yml"
    file.write_text(pages, encoding="utf-8")
    return read_settings(
        {
            "FAQBOT_MESSENGER_APP_ID": "987",
            "FAQBOT_MESSENGER_APP_SECRET": "app-secret",
            "FAQBOT_MESSENGER_VERIFY_TOKEN": "verify-secret",
            "FAQBOT_MESSENGER_PAGES": str(file),
            "PAGE_ONE": "first-secret",
            **changes,
        }
    )


def test_messenger_is_off_by_default() -> None:
    assert read_settings({}).messenger is None


def test_pages_have_tokens_from_the_file_or_from_a_variable(tmp_path: Path) -> None:
    messenger = settings(tmp_path).messenger

    assert messenger is not None
    one, two = messenger.pages
    assert (one.id, one.token, one.language, one.theme, one.minutes_of_silence) == (
        "111",
        "first-secret",
        "fr",
        None,
        30,
    )
    assert (two.id, two.token, two.language, two.theme, two.minutes_of_silence) == (
        "222",
        "second-secret",
        None,
        "guidance",
        5,
    )
    assert messenger.page("222") is two
    assert messenger.page("333") is None
    assert (messenger.graph_version, messenger.graph_url) == ("v25.0", "https://graph.facebook.com")


def test_no_secret_shows_when_settings_are_printed(tmp_path: Path) -> None:
    assert "secret" not in repr(settings(tmp_path).messenger)


@pytest.mark.parametrize(
    "change",
    [
        {"FAQBOT_MESSENGER_APP_ID": ""},
        {"FAQBOT_MESSENGER_APP_ID": "my app"},
        {"FAQBOT_MESSENGER_APP_SECRET": ""},
        {"FAQBOT_MESSENGER_VERIFY_TOKEN": ""},
        {"FAQBOT_MESSENGER_PAGES": ""},
        {"FAQBOT_MESSENGER_PAGES": "/nowhere/pages.yml"},
        {"FAQBOT_MESSENGER_GRAPH_VERSION": "25"},
        {"FAQBOT_MESSENGER_GRAPH_URL": "graph.facebook.com"},
        {"PAGE_ONE": ""},
    ],
)
def test_a_bad_setting_is_named_without_any_secret(tmp_path: Path, change: dict[str, str]) -> None:
    with pytest.raises(SettingError, match="FAQBOT_MESSENGER_") as caught:
        settings(tmp_path, **change)

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("pages", "line"),
    [
        ("pages: []\n", ""),
        ("sites: []\n", ""),
        ("pages:\n  - 111\n", ":1"),
        ("pages:\n  - {id: 111, name: A, token: x}\n  - {id: '111', name: B, token: y}\n", ""),
        ("pages:\n  - {id: 1.5, name: A, token: x}\n", ":2"),
        ("pages:\n  - {id: yes, name: A, token: x}\n", ":2"),
        ("pages:\n  - id: 111\n    name: A\n    token: x\n    colour: red\n", ":5"),
        ("pages:\n  - id: 111\n    name: A\n    token: x\n    language: de\n", ":5"),
        ("pages:\n  - {id: 111, name: A}\n", ":2"),
        ("pages:\n  - {id: 111, name: A, token: x, token_env: PAGE_ONE}\n", ":2"),
        ("pages:\n  - {id: 111, name: A, token: 7}\n", ":2"),
        ("pages:\n  - {id: 111, name: '', token: x}\n", ":2"),
        ("pages:\n  - {id: 111, name: A, token: x, theme: /etc}\n", ":2"),
        ("pages:\n  - {id: 111, name: A, token: x, minutes_of_silence: 0}\n", ":2"),
    ],
)
def test_a_bad_file_of_pages_is_named_with_its_line(tmp_path: Path, pages: str, line: str) -> None:
    with pytest.raises(SettingError, match=f"pages.yml{line}"):
        settings(tmp_path, pages)


def test_a_version_is_old_after_eighteen_months_and_an_unknown_one_by_its_number() -> None:
    assert not is_old_version("v23.0", date(2026, 11, 29))
    assert is_old_version("v23.0", date(2026, 11, 30))
    assert not is_old_version("v25.0", date(2026, 11, 29))
    assert is_old_version("v2.12", date(2026, 11, 29))
    assert not is_old_version("v31.0", date(2026, 11, 29))
    assert list(RELEASED.values()) == sorted(RELEASED.values())
