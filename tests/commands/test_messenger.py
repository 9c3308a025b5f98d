"""`faqbot messenger`: shows before it changes, changes once, and says in plain words what hinders."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.commands.__main__ import OPERATOR_ERRORS, app
from bot.foundation.setting_error import SettingError
from bot.gateway.messenger.profile import LOCALES
from tests.graph_double.running_double import RunningDouble
from tests.messenger_payloads import OTHER_PAGE, PAGE

Run = Callable[..., Result]


@pytest.fixture
def double(tmp_path: Path) -> Iterator[RunningDouble]:
    """Two pages that nobody has set up."""
    running = RunningDouble(tmp_path, "https://bot.example.org/messenger/webhook", "--fresh").start()
    yield running
    running.stop()


@pytest.fixture
def run(double: RunningDouble, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """The verb with the double as Meta."""
    for name, value in double.gateway_settings().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("FAQBOT_PUBLIC_URL", "https://bot.example.org")
    monkeypatch.setenv("FAQBOT_DATA_FOLDER", str(tmp_path))
    return lambda *words: CliRunner().invoke(app, ["messenger", *words])


def pages(double: RunningDouble) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = double.control("GET", "state")["pages"]
    return found


def test_setup_shows_first_and_changes_nothing(run: Run, double: RunningDouble) -> None:
    shown = run("setup")

    assert shown.exit_code == 2, shown.output
    for words in ("get_started: new", "greeting: new", "ice_breakers: new", "persistent_menu: new", "+ messages"):
        assert words in shown.output
    assert "nl_NL: Dag, ik ben Astra" in shown.output
    assert "Add --apply" in shown.output
    assert [page["profile"] for page in pages(double)] == [{}, {}]


def test_setup_changes_every_page_once(run: Run, double: RunningDouble) -> None:
    done = run("setup", "--apply")

    assert done.exit_code == 0, done.output
    for page in pages(double):
        assert page["profile"]["get_started"] == {"payload": "get_started"}
        assert page["profile"]["whitelisted_domains"] == ["https://bot.example.org"]
        assert {one["locale"] for one in page["profile"]["greeting"]} == {"default", *LOCALES}
        assert {"messages", "standby", "message_echoes", "messaging_postbacks"} <= set(page["subscribed"])
    again = run("setup")
    assert (again.exit_code, again.output.count("nothing to change")) == (0, 2)


def test_setup_of_one_page_leaves_the_other(run: Run, double: RunningDouble) -> None:
    assert run("setup", "--apply", "--page", OTHER_PAGE).exit_code == 0

    first, second = pages(double)
    assert (first["profile"] == {}, second["profile"] == {}) == (True, False)


def test_domains_and_events_of_others_stay(run: Run, double: RunningDouble) -> None:
    profile = {"whitelisted_domains": ["https://other.example.org"]}
    double.control("PATCH", f"pages/{PAGE}", profile=profile, subscribed=["messages", "response_feedback"])

    assert run("setup", "--apply", "--page", PAGE).exit_code == 0

    page = pages(double)[0]
    assert page["profile"]["whitelisted_domains"] == ["https://other.example.org", "https://bot.example.org"]
    assert {"response_feedback", "standby"} <= set(page["subscribed"])


def test_a_menu_that_meta_does_not_have_is_no_fault(run: Run, double: RunningDouble) -> None:
    # The fourth property of the first page that is set.
    double.misbehave("another_app", edge="messenger_profile", skip=4, times=1, is_for_messages=False)

    done = run("setup", "--apply", "--page", PAGE)

    assert "everything works without it" in done.output or "failed" in done.output
    assert "get_started" in pages(double)[0]["profile"]


def test_setup_says_what_hinders(run: Run, double: RunningDouble) -> None:
    double.control("PATCH", f"pages/{PAGE}", token_state="expired")

    done = run("setup", "--apply")

    assert done.exit_code == 1
    assert "Meta refuses the token" in done.output
    assert pages(double)[1]["profile"] != {}


def test_status_of_pages_that_are_set_up(run: Run, double: RunningDouble) -> None:
    run("setup", "--apply")

    shown = run("status")

    assert shown.exit_code == 0, shown.output
    for words in ("v25.0", "https://bot.example.org/messenger/webhook", "Touch'N'Go", "valid, never expires"):
        assert words in shown.output
    told = json.loads(run("status", "--json").output)
    assert told["is_good"]
    assert told["pages"][PAGE]["permissions"]["words"] == "pages_messaging, pages_manage_metadata"


def test_status_names_each_fault_and_what_to_do(
    run: Run, double: RunningDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    double.control("PATCH", f"pages/{PAGE}", token_state="revoked")
    double.control("PATCH", f"pages/{OTHER_PAGE}", permissions=["pages_show_list"])
    monkeypatch.setenv("FAQBOT_PUBLIC_URL", "https://elsewhere.example.org")
    monkeypatch.setenv("FAQBOT_MESSENGER_GRAPH_VERSION", "v21.0")

    shown = run("status")

    assert shown.exit_code == 1
    for words in (
        "over 18 months old",
        "not to https://elsewhere.example.org/messenger/webhook",
        "Make a new one for the page",
        "pages_messaging, pages_manage_metadata missing",
        "Run `faqbot messenger setup --apply`",
    ):
        assert words in shown.output


def test_no_token_is_ever_printed(run: Run, double: RunningDouble) -> None:
    tokens = [page["token"] for page in _pages_file(double)]

    printed = "".join(run(*words).output for words in (("setup",), ("status",), ("status", "--json")))

    assert not any(token in printed for token in tokens)


def test_errors_in_plain_words(run: Run, monkeypatch: pytest.MonkeyPatch, double: RunningDouble) -> None:
    unknown = run("status", "--page", "7")
    assert isinstance(unknown.exception, SettingError)
    assert PAGE in str(unknown.exception)
    assert SettingError in OPERATOR_ERRORS
    monkeypatch.setenv("FAQBOT_MESSENGER_GRAPH_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("bot.gateway.messenger.client._FIRST_PAUSE_SECONDS", 0.01)
    assert "Meta does not answer" in run("setup").output
    for name in double.gateway_settings():
        monkeypatch.delenv(name)
    assert "not set up" in str(run("status").exception)


def _pages_file(double: RunningDouble) -> list[dict[str, str]]:
    import yaml

    found: list[dict[str, str]] = yaml.safe_load((double.folder / "messenger-pages.yml").read_text("utf-8"))["pages"]
    return found
