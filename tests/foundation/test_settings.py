"""Settings: defaults, refusals, and an example file that is true."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from bot.foundation.kept_secrets import read_brain_secret
from bot.foundation.settings import PROJECT_FOLDER, SettingError, read_settings


def test_everything_binds_to_this_machine_by_default() -> None:
    assert read_settings({}).host == "127.0.0.1"


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "٣", "5005 "])
def test_a_bad_port_is_named_with_its_variable(port: str) -> None:
    with pytest.raises(SettingError, match="FAQBOT_BRAIN_PORT"):
        read_settings({"FAQBOT_BRAIN_PORT": port})


def test_the_example_file_describes_exactly_the_settings_that_are_read() -> None:
    files = (PROJECT_FOLDER / "bot/foundation").glob("*settings.py")
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    example = (PROJECT_FOLDER / ".env.example").read_text(encoding="utf-8")

    read = set(re.findall(r'"((?:FAQBOT|DATABASE|REDIS|PUBLIC)_[A-Z_]+)"', source))
    described = set(re.findall(r"^#?((?:FAQBOT|DATABASE|REDIS|PUBLIC)_[A-Z_]+)=", example, re.MULTILINE))

    assert read == described


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    settings = read_settings({"FAQBOT_DATA_FOLDER": str(tmp_path)})

    first = read_brain_secret(settings, create=True)

    assert first
    assert len(first) >= 32
    assert read_brain_secret(settings, create=True) == first
    assert stat.S_IMODE((tmp_path / "brain_secret").stat().st_mode) == 0o600


def test_without_a_secret_there_is_none(tmp_path: Path) -> None:
    assert read_brain_secret(read_settings({"FAQBOT_DATA_FOLDER": str(tmp_path)})) is None


MAIL = {"FAQBOT_SMTP": "smtp://localhost", "FAQBOT_MAIL_FROM": "bot@example.org", "FAQBOT_MAIL_TO": "a@b.be, c@d.be"}


def test_notices_to_staff_are_off_by_default() -> None:
    staff = read_settings({}).staff

    assert (staff.mail, staff.slack_webhook) == (None, None)
    assert (staff.wait_minutes, staff.gone_minutes, staff.away_minutes) == (10, 5, 15)


@pytest.mark.parametrize(
    ("address", "host", "port", "security", "user", "password"),
    [
        ("smtp://localhost", "localhost", 25, "none", None, None),
        ("smtp+starttls://bot:p%40ss@mail.example.org", "mail.example.org", 587, "starttls", "bot", "p@ss"),
        ("smtps://mail.example.org:2465/", "mail.example.org", 2465, "tls", None, None),
    ],
)
def test_the_mail_server_is_an_address(
    address: str, host: str, port: int, security: str, user: str | None, password: str | None
) -> None:
    mail = read_settings({**MAIL, "FAQBOT_SMTP": address}).staff.mail

    assert mail is not None
    assert (mail.host, mail.port, mail.security, mail.user, mail.password) == (host, port, security, user, password)
    assert mail.recipients == ("a@b.be", "c@d.be")


@pytest.mark.parametrize(
    "change",
    [
        {"FAQBOT_SMTP": ""},
        {"FAQBOT_MAIL_TO": ""},
        {"FAQBOT_MAIL_FROM": "Bot"},
        {"FAQBOT_MAIL_TO": "a@b.be; c@d.be"},
        {"FAQBOT_SMTP": "mail.example.org"},
        {"FAQBOT_SMTP": "smtp://:secret@"},
        {"FAQBOT_SMTP": "smtp://host:port"},
        {"FAQBOT_SLACK_WEBHOOK": "hooks.example.org"},
        {"FAQBOT_WAIT_MINUTES": "0"},
    ],
)
def test_a_bad_setting_for_notices_is_named_without_its_secret(change: dict[str, str]) -> None:
    with pytest.raises(SettingError, match=r"FAQBOT_(SMTP|MAIL|SLACK|WAIT)") as caught:
        read_settings({**MAIL, **change})

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("https://bot.example.org", "https://bot.example.org"),
        ("https://Bot.Example.org/", "https://bot.example.org"),
        ("https://bot.example.org:8443", "https://bot.example.org:8443"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_the_public_address_is_that_of_the_site(raw: str, address: str) -> None:
    door = read_settings({"FAQBOT_PUBLIC_URL": raw}).door

    assert (door.public_url, door.site_url) == (address, address)


@pytest.mark.parametrize(
    "raw",
    [
        *("http://bot.example.org", "bot.example.org", "https://", "https://bot.example.org/desk", "ftp://localhost"),
        *(
            "https://user:secret@bot.example.org",
            "https://bot.example.org?x=1",
            "https://bot.example.org#x",
            "https://a b",
        ),
        *(
            "https://bot.example.org:port",
            "http://localhost.example.org",
            "javascript:alert(1)",
            "https://[::1",
            "https:///",
        ),
    ],
)
def test_a_public_address_that_is_none_is_refused(raw: str) -> None:
    with pytest.raises(SettingError, match="FAQBOT_PUBLIC_URL"):
        read_settings({"FAQBOT_PUBLIC_URL": raw})


def test_without_a_public_address_links_lead_to_this_machine() -> None:
    door = read_settings({"FAQBOT_PORT": "9000"}).door

    assert (door.public_url, door.site_url) == (None, "http://127.0.0.1:9000")
