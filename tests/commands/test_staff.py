"""`faqbot staff`: accounts by links, errors in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.commands.staff import staff
from bot.services.staff.accounts import Accounts
from bot.services.staff.records import StaffRefused
from bot.store.database import Database


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAQBOT_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(staff, list(arguments))


def accounts_in(folder: Path) -> Accounts:
    return Accounts(Database(f"sqlite:///{folder / 'faqbot.sqlite'}"))


def test_an_account_is_added_listed_disabled_and_opened_again(folder: Path) -> None:
    added = run("add", "Zoe", "--languages", "fr, nl", "--shown", "Zoé")
    token = added.output.strip().rpartition("/desk/welcome/")[2]
    accounts = accounts_in(folder)
    accounts.accept(token, "seven grey herons", "127.0.0.1")

    listed = run("list").output
    run("disable", "zoe")
    after = run("list").output
    again = run("password", "zoe").output

    assert "zoe is counsellor" in added.output
    for word in ("zoe", "Zoé", "counsellor", "fr nl", "active"):
        assert word in listed
    assert "disabled" in after
    assert accounts.invitation(again.strip().rpartition("/")[2]) is not None
    assert accounts.list()[0].is_active


def test_nobody_yet_is_said(folder: Path) -> None:
    assert "Nobody yet" in run("list").output


@pytest.mark.parametrize(
    "arguments",
    [("disable", "nobody"), ("password", "nobody"), ("add", "x"), ("add", "zoe", "--role", "boss"), ("add", "z z")],
)
def test_what_cannot_be_is_an_error_that_main_says_in_one_line(folder: Path, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)

    assert isinstance(result.exception, StaffRefused)
    assert accounts_in(folder).list() == []
