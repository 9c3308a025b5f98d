"""Settings: defaults, refusals, and an example file that is true."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from bot.foundation.settings import PROJECT_FOLDER, SettingError, read_brain_secret, read_settings


def test_everything_binds_to_this_machine_by_default() -> None:
    assert read_settings({}).host == "127.0.0.1"


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "٣", "5005 "])
def test_a_bad_port_is_named_with_its_variable(port: str) -> None:
    with pytest.raises(SettingError, match="FAQBOT_BRAIN_PORT"):
        read_settings({"FAQBOT_BRAIN_PORT": port})


def test_the_example_file_describes_exactly_the_settings_that_are_read() -> None:
    source = (PROJECT_FOLDER / "bot/foundation/settings.py").read_text(encoding="utf-8")
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
