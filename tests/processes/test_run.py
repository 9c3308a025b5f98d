"""`faqbot run`: one command starts all, Ctrl-C stops all, a busy port is said clearly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.foundation.settings import PROJECT_FOLDER
from tests.processes.running_bot import RunningBot, free_port
from tests.servers import postgres_database


def test_a_busy_port_is_named_with_its_setting(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        environment = {"FAQBOT_BRAIN_PORT": str(port), "FAQBOT_ACTIONS_PORT": str(free_port())}

        result = run_faqbot("run", FAQBOT_DATA_FOLDER=str(tmp_path), **environment)

    assert result.returncode == 1
    assert str(port) in result.stderr
    assert "FAQBOT_BRAIN_PORT" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("setting", ["FAQBOT_PORT", "FAQBOT_OPS_PORT"])
def test_a_busy_port_of_the_door_is_named_too(tmp_path: Path, setting: str) -> None:
    ports = ("FAQBOT_BRAIN_PORT", "FAQBOT_ACTIONS_PORT", "FAQBOT_PORT", "FAQBOT_OPS_PORT")
    environment = {name: str(free_port()) for name in ports}
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        environment[setting] = str(taken.getsockname()[1])

        result = run_faqbot("run", FAQBOT_DATA_FOLDER=str(tmp_path), **environment)

    assert result.returncode == 1
    assert setting in result.stderr


def test_a_bad_setting_is_one_clear_line() -> None:
    result = run_faqbot("parse", FAQBOT_BRAIN_PORT="many")

    assert result.returncode == 1
    assert "FAQBOT_BRAIN_PORT" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_without_a_release_the_verbs_say_what_to_do(tmp_path: Path) -> None:
    result = run_faqbot("parse", FAQBOT_DATA_FOLDER=str(tmp_path))

    assert result.returncode == 1
    assert "make train" in result.stderr


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_ctrl_c_stops_everything(releases: Path, tmp_path: Path, database: str) -> None:
    if database == "sqlite":
        start_talk_and_stop(RunningBot(tmp_path, releases))
        return
    with postgres_database() as url:
        start_talk_and_stop(RunningBot(tmp_path, releases, database_url=url))


def test_the_signal_of_a_service_manager_stops_everything(releases: Path, tmp_path: Path) -> None:
    start_talk_and_stop(RunningBot(tmp_path, releases), signal.SIGTERM)


def start_talk_and_stop(bot: RunningBot, stop: signal.Signals = signal.SIGINT) -> None:
    bot.start()
    answered = bot.turn(text="bonjour", conversation="c1").status_code
    stored = bot.row("c1")
    bot.stop(stop)
    time.sleep(1)

    assert answered == 200
    assert stored is not None
    assert bot.process_ids("rasa run") == []
    assert bot.process_ids("rasa_sdk") == []
    assert bot.process_ids("gateway_process") == []
    for port in (
        bot.settings.brain_port,
        bot.settings.actions_port,
        bot.settings.door.port,
        bot.settings.door.ops_port,
    ):
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0


def run_faqbot(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.commands", *arguments],
        cwd=PROJECT_FOLDER,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        input="",
        timeout=120,
        check=False,
    )
