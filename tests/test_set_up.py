"""Setting up on machines that lack this or that: a clear sentence, or the Python that really runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.foundation.settings import PROJECT_FOLDER
from deploy import set_up

PYTHON = Path(sys.executable)


def make_program(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without pyenv and with only what the test puts on its path."""
    monkeypatch.delenv("PYTHON310", raising=False)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(sys, "executable", str(make_program(tmp_path / "old" / "python3", "echo 3.11")))
    return tmp_path


def test_a_shim_that_does_not_run_is_passed_over_for_one_under_pyenv(bare: Path) -> None:
    make_program(bare / "bin" / "python3.10", "echo 'python3.10: command not found' >&2; exit 127")
    real = make_program(bare / "pyenv/versions/3.10.13/bin/python", "echo 3.10")

    assert set_up.find_python("no-uv-here") == str(real)


def test_a_python_on_the_path_is_taken_when_it_runs(bare: Path) -> None:
    real = make_program(bare / "bin" / "python3.10", "echo 3.10")

    assert set_up.find_python("no-uv-here") == str(real)


def test_a_program_that_only_calls_itself_310_is_refused(bare: Path) -> None:
    make_program(bare / "bin" / "python3.10", "echo 3.11")

    assert set_up.find_python("no-uv-here") is None


def test_a_named_python_that_is_none_is_said_clearly(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON310", str(bare / "missing"))

    with pytest.raises(set_up.CannotSetUp, match="PYTHON310"):
        set_up.find_python("no-uv-here")


def test_a_python3_that_can_install_nothing_is_said_in_one_line(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "deploy").mkdir(parents=True)
    source = (PROJECT_FOLDER / "deploy/set_up.py").read_text(encoding="utf-8")
    (project / "deploy/set_up.py").write_text(source, encoding="utf-8")
    for name in ("uv.lock", "pyproject.toml"):
        (project / name).write_text("", encoding="utf-8")
    hidden = "import sys; sys.modules['venv'] = None; sys.modules['pip'] = None; sys.modules['ensurepip'] = None"
    (tmp_path / "site").mkdir()
    (tmp_path / "site/sitecustomize.py").write_text(hidden, encoding="utf-8")

    result = subprocess.run(
        [PYTHON, str(project / "deploy/set_up.py")],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PATH": "/nowhere"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert result.returncode == 1
    assert "python3-venv" in result.stderr
    assert "Traceback" not in result.stderr
