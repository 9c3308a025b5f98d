"""The verbs of `faqbot agenda` on files and on a real server: what they tell, store and refuse."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.commands.__main__ import OPERATOR_ERRORS, app
from bot.foundation.clock import now
from tests.services.agenda.sources.feed_server import FeedServer, endless, redirects, says
from tests.services.agenda.sources.material import calendar

RUNNER = CliRunner()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAQBOT_DATA_FOLDER", str(tmp_path / "var"))
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("FAQBOT_AGENDA_SOURCES", "")
    return tmp_path


def run(*words: str) -> Result:
    return RUNNER.invoke(app, ["agenda", *words])


def table(folder: Path, *rows: str, name: str = "agenda.csv") -> str:
    path = folder / name
    path.write_bytes("\r\n".join(["Titre;Date;Début;Fin", *rows]).encode("windows-1252"))
    return str(path)


def next_year() -> int:
    return now().year + 1


def test_the_sample_is_read_and_listed_and_read_again_without_a_change(folder: Path) -> None:
    first, listed, again = run("sync"), run("list", "--limit", "3"), run("sync")

    assert first.exit_code == listed.exit_code == again.exit_code == 0
    assert "sample-calendar: " in first.stdout
    assert listed.stdout.count("sample\n") == 3
    assert again.stdout.count(" 0 added, 0 changed, 0 cancelled, 0 removed") == 2


def test_an_imported_file_replaces_the_sample_and_itself_and_can_be_taken_away(folder: Path) -> None:
    run("sync")
    file = table(folder, f"Métier;12/03/{next_year()};14h;16h", f"Faux;31/02/{next_year()};14h;16h")

    imported = run("import", file)
    again = run("import", file)

    assert imported.exit_code == again.exit_code == 0
    assert f"agenda.csv:3: '31/02/{next_year()}' is no day that exists" in imported.stdout
    assert "imported-agenda-csv: 1 added" in imported.stdout
    assert "sample-table: no longer a source" in imported.stdout
    assert "imported-agenda-csv: 0 added, 0 changed, 0 cancelled, 0 removed, 1 unchanged, 1 rejected" in again.stdout
    listed = run("list").stdout
    assert "Métier" in listed
    assert "1 of 1." in listed
    assert "sample-table: 3" in run("remove", "imported-agenda-csv").stdout


def test_a_file_that_cannot_be_taken_changes_nothing(folder: Path) -> None:
    broken = folder / "agenda.ics"
    broken.write_text(calendar("UID:a\nSUMMARY:A\nDTSTART:20270101T100000Z")[:60], encoding="utf-8")

    for words, reason in (
        (("import", str(broken)), "agenda.ics:4: the calendar ends in the middle"),
        (("import", str(folder / "absent.csv")), "cannot be read"),
        (("import", str(folder / "agenda.docx")), "should end in"),
        (("import", table(folder, "CV;01/01/2020;10:00;11:00")), "it holds no activity between"),
        (("remove", "sample-table"), "no imported source"),
    ):
        result = run(*words)
        assert isinstance(result.exception, OPERATOR_ERRORS)
        assert reason in str(result.exception)
    assert not (folder / "var" / "agenda").exists()


def test_check_tells_faults_and_stores_nothing(folder: Path) -> None:
    good = run("check", table(folder, f"CV;12/03/{next_year()};14h;16h"))
    bad = run("check", table(folder, f"CV;12/03/{next_year()};16h;14h"))
    sample = run("check")

    assert (good.exit_code, bad.exit_code, sample.exit_code) == (0, 1, 0)
    assert "1 activities on 1 dates, 0 entries rejected" in good.stdout
    assert "agenda.csv:2: the end" in bad.stdout
    assert not (folder / "var").exists()


def test_sources_that_misbehave_are_told_one_by_one_and_the_good_one_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FeedServer().running() as server:
        good = calendar(f"UID:a\nSUMMARY:Atelier\nDTSTART:{next_year()}0312T130000Z\nDTEND:{next_year()}0312T150000Z")
        server.answers.update(
            {"/good": says(good.encode()), "/flood": endless(200, True), "/private": redirects("http://10.0.0.1/")}
        )
        sources = "".join(
            f"  {path}:\n    kind: ical\n    address: {server.address('/' + path)}\n"
            for path in ("good", "flood", "private")
        )
        file = folder / "sources.yml"
        file.write_text(f"own_network: [127.0.0.1]\nsources:\n{sources}", encoding="utf-8")
        monkeypatch.setenv("FAQBOT_AGENDA_SOURCES", str(file))

        result = run("sync")

    assert result.exit_code == 1
    assert "good: 1 added" in result.stdout
    assert "NOT READ: flood: the source is larger than 30 MB" in result.stdout
    assert "NOT READ: private: 10.0.0.1 is not among the hosts" in result.stdout
    listed = run("list").stdout
    assert "1 of 1." in listed
    assert "flood cannot be read since" in listed
