"""The opening hours at the desk: what administrators enter, see and are told; nothing that is entered is lost."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from datetime import datetime, timezone
from html import unescape
from pathlib import Path

import pytest

from bot.desk.admin_parts import AdminParts
from bot.foundation import clock
from bot.foundation.settings import PROJECT_FOLDER
from bot.services.opening_hours.editor import HoursEditor
from bot.services.opening_hours.hours_file import read_hours
from bot.services.opening_hours.hours_text import normal
from bot.services.staff.administration import Administration
from bot.store.database import Database
from tests.desk.counsellor import StaffMember
from tests.desk.in_process import Site

PAGE = "/desk/hours"


class HoursSite(Site):
    """With a copy of the centre's file."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "data" / "centre.yml"
        self.file.parent.mkdir()
        self.file.write_bytes((PROJECT_FOLDER / "data" / "centre.yml").read_bytes())
        database = Database(f"sqlite:///{folder / 'faqbot.sqlite'}")
        parts = AdminParts(Administration(database), HoursEditor(database, self.file), None)
        super().__init__(folder, clock.now, admin=parts)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[HoursSite]:
    opened = HoursSite(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def ada(site: HoursSite) -> StaffMember:
    return site.member("ada", "administrator")


def fields_of(page: str) -> dict[str, str]:
    """All fields of the form as a browser would send them."""
    form = page.split('<form id="hours"', 1)[1].split("</form>", 1)[0]
    found = {}
    for entry in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', entry), re.search(r'value="([^"]*)"', entry)
        if name and 'type="checkbox"' not in entry:
            found[name[1]] = unescape(value[1]) if value else ""
    return found


def enter(ada: StaffMember, act: str = "save", page: str | None = None, **more: str) -> tuple[int, str]:
    """Fill in and press a button; status and page."""
    fields = {**fields_of(page or ada.get(PAGE).text), **{name.replace("_", "-"): one for name, one in more.items()}}
    response = ada.post(PAGE, **fields, act=act)
    return response.status_code, response.text


_MONDAY = {
    "week_0_0_opens": "09:00",
    "week_0_0_closes": "12:30",
    "week_0_1_opens": "13:30",
    "week_0_1_closes": "17:00",
}
THURSDAY = {"week_3_0_opens": "09:00", "week_3_0_closes": "12:30"}
MONDAY = {**_MONDAY, **THURSDAY}


def test_a_week_is_entered_saved_and_recorded(site: HoursSite, ada: StaffMember) -> None:
    before = site.file.read_text("utf-8")
    page = ada.get(PAGE).text
    assert "names no opening hours" in page
    assert fields_of(page)["late-3"] == "19:00"

    status, _ = enter(ada, **MONDAY, day_0_date="2026-12-24", day_1_date="2026-12-31")

    assert status == 303
    hours = read_hours(site.file)
    assert hours
    assert sorted(normal(hours.schedule).week) == [0, 3]
    text = site.file.read_text("utf-8")
    assert text.startswith(before.split("hours:\n")[0])
    assert "# The last opening of the day runs until then." in text
    saved = ada.get(f"{PAGE}?done=saved").text
    assert "The hours are saved" in saved
    assert fields_of(saved)["week-0-1-closes"] == "17:00"
    assert fields_of(saved)["day-1-date"] == "2026-12-31"
    assert "Opening hours changed" in ada.get("/desk/staff").text


def test_faults_are_named_beside_their_fields_and_everything_stays(site: HoursSite, ada: StaffMember) -> None:
    before = site.file.read_bytes()

    status, page = enter(
        ada, **{**MONDAY, "week_0_1_opens": "12:00"}, week_2_0_opens="x<b>", late_4="20:00", day_0_0_opens="9:00"
    )

    assert status == 422
    for field, words in {
        "week-0-1-opens": "Begins before the opening before it has ended",
        "week-2-0-opens": "Write a time like 9:00",
        "late-4": "no opening that could run longer",
        "day-0-date": "For which day?",
        "day-0-0-closes": "A time is missing",
    }.items():
        assert f'aria-describedby="{field}-fault"' in page
        assert words in page.split(f'id="{field}-fault"')[1][:120]
    assert fields_of(page)["week-2-0-opens"] == "x<b>"
    assert "x<b>" not in page
    assert fields_of(page)["week-0-1-closes"] == "17:00"
    assert site.file.read_bytes() == before


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("Écrivez une heure", "Corrigez les champs", "Les 14 jours", "lundi")),
        ("nl", ("Schrijf een uur", "Verbeter de gemarkeerde", "De komende 14 dagen", "maandag")),
        ("en", ("Write a time", "Correct the marked", "The next 14 days", "Monday")),
    ],
)
def test_the_page_in_each_language(ada: StaffMember, language: str, words: tuple[str, ...]) -> None:
    ada.get(f"{PAGE}?lang={language}")

    status, page = enter(ada, week_0_0_opens="25:00")

    assert status == 422
    for one in words:
        assert one in page
    assert "desk_" not in page.replace("faqbot_desk_", "")
    assert "style=" not in page


@pytest.mark.parametrize(
    ("language", "holiday"),
    [
        ("fr", "Jour férié : Ascension"),
        ("nl", "Feestdag: O. L. H. Hemelvaart"),
        ("en", "Public holiday: Ascension Day"),
    ],
)
def test_the_preview_names_a_public_holiday_on_a_thursday(
    site: HoursSite, ada: StaffMember, language: str, holiday: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 5, 7, 8, tzinfo=timezone.utc))
    ada.get(f"{PAGE}?lang={language}")
    before = site.file.read_bytes()

    status, page = enter(ada, "preview", **THURSDAY, day_0_date="15/05/2026", day_0_0_opens="10", day_0_0_closes="12")

    days = [
        unescape(re.sub(r"<[^>]*>|\s+", " ", one))
        for one in page.split('id="coming"')[1].split("</ul>")[0].split("<li>")[1:]
    ]
    assert status == 200
    assert len(days) == 14
    assert ("9", "19" if language != "en" else "7") == tuple(re.findall(r"\d+", days[0])[-2:])
    assert holiday in unescape(days[7])
    assert re.search(r"Fermé|Gesloten|Closed", days[7])
    assert re.search(r"jour différent|andere dag|differs", days[8])
    assert site.file.read_bytes() == before, "a preview saves nothing"


def test_a_file_that_changed_meanwhile_is_refused_with_what_was_entered(site: HoursSite, ada: StaffMember) -> None:
    page = ada.get(PAGE).text
    site.file.write_bytes(site.file.read_bytes() + b"# by hand\n")

    status, refused = enter(ada, page=page, **MONDAY)

    assert status == 409
    assert "changed the file meanwhile" in refused
    assert fields_of(refused)["week-0-1-closes"] == "17:00"
    assert read_hours(site.file) is None
    assert enter(ada, page=refused)[0] == 303
    assert read_hours(site.file) is not None
    assert site.file.read_bytes().endswith(b"# by hand\n")


def test_a_read_only_machine_is_said_and_nothing_is_lost(
    site: HoursSite, ada: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*args: object, **fields: object) -> tuple[int, str]:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(tempfile, "mkstemp", read_only)

    status, page = enter(ada, **MONDAY)

    assert status == 503
    assert "does not let the file data/centre.yml be written (Read-only file system)" in page
    assert fields_of(page)["week-0-1-closes"] == "17:00"


def test_a_broken_file_is_named_by_its_line(site: HoursSite, ada: StaffMember) -> None:
    page = ada.get(PAGE).text
    site.file.write_text("hours:\n  week:\n    monday: 9\n", "utf-8")

    for status, shown in ((ada.get(PAGE).status_code, ada.get(PAGE).text), enter(ada, page=page, **MONDAY)):
        assert status in (409, 503)
        assert "data/centre.yml:3" in shown


def test_a_day_is_taken_away_and_rows_are_added(site: HoursSite, ada: StaffMember) -> None:
    enter(ada, **MONDAY, day_0_date="2026-12-24", day_1_date="2026-12-31")

    status, page = enter(ada, "more", day_2_date="2027-01-04")
    assert status == 200
    assert fields_of(page)["days"] == "9"
    assert fields_of(page)["day-2-date"] == "2027-01-04"
    assert enter(ada, page=page, day_0_gone="1")[0] == 303

    hours = read_hours(site.file)
    assert hours
    assert [day.isoformat() for day in sorted(hours.schedule.exceptions)] == ["2026-12-31", "2027-01-04"]


@pytest.mark.parametrize("change", [{"slots": ""}, {"days": "0"}, {"slots": "99"}, {"days": "-1"}, {"days": "9999"}])
def test_a_form_that_lost_a_part_closes_nothing(site: HoursSite, ada: StaffMember, change: dict[str, str]) -> None:
    enter(ada, **MONDAY)
    before = site.file.read_bytes()

    assert enter(ada, **change)[0] == 403

    assert site.file.read_bytes() == before
