"""The public agenda on a running gateway: page, data, feed and files, and what they refuse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import httpx
import pytest
import vobject

from bot.store.database import Database
from bot.store.migrate import migrate
from tests.gateway.agenda import FIRST, NASTY, AgendaPage, get, planned
from tests.gateway.running_gateway import RunningGateway
from tests.services.agenda.builders import store


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    """A gateway whose agenda holds 23 activities and one that is cancelled."""
    folder = tmp_path_factory.mktemp("agenda")
    (folder / "no-sources.yml").write_text("sources: []\n", encoding="utf-8")
    url = f"sqlite:///{folder / 'faqbot.sqlite'}"
    migrate(url)
    database = Database(url)
    store(
        database,
        *(planned(number) for number in range(21)),
        planned(21, mode="on_site", place="Avenue de l'Astronomie 14, 1210 Bruxelles", languages=("fr",)),
        planned(22, titles={"fr": NASTY}, descriptions={"fr": NASTY}, registration_url="javascript:alert(1)"),
        planned(23, status="cancelled"),
    )
    database.close()
    running = RunningGateway(folder, FAQBOT_AGENDA_SOURCES=str(folder / "no-sources.yml"))
    running.start()
    yield running
    running.stop()


@pytest.mark.parametrize(
    ("language", "title", "count"),
    [
        ("fr", "Activités de groupe", "23 activités"),
        ("nl", "Groepsactiviteiten", "23 activiteiten"),
        ("en", "Group activities", "23 activities"),
    ],
)
def test_the_page_speaks_each_language(gateway: RunningGateway, language: str, title: str, count: str) -> None:
    by_address = get(gateway, f"/activities?language={language}")
    by_header = get(gateway, "/activities", **{"Accept-Language": f"{language}-BE,{language};q=0.8"})

    assert f'<html lang="{language}">' in by_address.text
    assert f"<h1>{title}</h1>" in by_address.text
    assert count in by_address.text
    assert by_header.text == by_address.text
    assert "Accept-Language" in by_header.headers["vary"]


def test_the_page_needs_no_script_and_may_only_send_its_own_form(gateway: RunningGateway) -> None:
    answer = get(gateway, "/activities?language=fr")
    page = AgendaPage(answer.text)

    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "form-action 'self'" in policy
    assert not page.all("script")
    assert page.all("form", action="/activities", method="get")
    assert "à 14\u00a0h, jusqu&#x27;à 16\u00a0h" in answer.text, "an hour stays on one line with its sign"
    assert not [tag for tag, attributes in page.tags if "style" in attributes]


def test_every_field_has_a_label_and_every_link_of_a_card_names_its_activity(gateway: RunningGateway) -> None:
    html = get(gateway, "/activities?language=fr").text
    page = AgendaPage(html)

    fields = {found["id"] for tag, found in page.tags if tag in {"input", "select"} and found.get("type") != "hidden"}
    assert fields == {found["for"] for found in page.all("label")}
    assert html.count('<span class="unseen"> : Atelier 0</span>') == 1


def test_ten_a_page_and_links_that_keep_the_filters(gateway: RunningGateway) -> None:
    first = AgendaPage(get(gateway, "/activities?language=nl&mode=online").text)
    last = AgendaPage(get(gateway, "/activities?language=nl&mode=online&page=3").text)

    assert len(first.all("li", class_="card")) == 10
    assert [found["href"] for found in first.all("a", rel="next")] == [
        "/activities?language=nl&mode=online&page=2#list"
    ]
    assert len(last.all("li", class_="card")) == 2
    assert not last.all("a", rel="next")


def test_words_are_read_as_in_the_chat(gateway: RunningGateway) -> None:
    found = get(gateway, "/activities.json?language=fr&q=sur+place").json()

    assert found["filters"]["mode"] == "on_site"
    assert [one["title"] for one in found["activities"]] == ["Atelier 21"]


def test_what_comes_closest_is_shown_when_nothing_fits(gateway: RunningGateway) -> None:
    html = get(gateway, "/activities?language=fr&mode=on_site&in=nl").text

    assert "Aucune activité trouvée" in html
    assert "<strong>sur place</strong>" in html
    assert "Atelier 0" in html


def test_words_of_a_source_and_of_an_address_are_only_words(gateway: RunningGateway) -> None:
    html = get(gateway, "/activities?language=fr&page=3").text
    searched = httpx.get(
        f"{gateway.url}/activities", params={"q": NASTY, "after": NASTY, "mode": NASTY}, timeout=60
    ).text

    assert "&lt;script&gt;" in html
    assert "javascript:" not in html
    for page in (html, searched):
        assert "<script>" not in page


def test_a_faulty_field_is_named_in_the_form(gateway: RunningGateway) -> None:
    answer = get(gateway, "/activities?language=nl&from=31/02/2026&mode=online&utm_source=x")
    page = AgendaPage(answer.text)

    assert answer.status_code == 422
    assert "Dit is geen datum" in answer.text
    assert [found["aria-invalid"] for found in page.all("input", id="from")] == ["true"]
    assert [found["aria-describedby"] for found in page.all("input", id="from")] == ["from-fault"]
    assert page.all("div", role="alert")
    assert "<li>utm_source" not in answer.text
    assert [found["value"] for found in page.all("option") if "selected" in found] == ["online"]


@pytest.mark.parametrize("address", ["/activities.json", "/activities.ics"])
@pytest.mark.parametrize(
    ("query", "field"),
    [("from=31/02/2026", "from"), ("mode=x", "mode"), ("limit=0", "limit"), ("colour=red", "colour")],
)
def test_machines_are_told_what_is_wrong(gateway: RunningGateway, address: str, query: str, field: str) -> None:
    answer = get(gateway, f"{address}?language=en&{query}")

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "invalid"
    assert answer.json()["field"] == field
    assert answer.json()["detail"]


def test_the_data_hold_everything_and_pages(gateway: RunningGateway) -> None:
    answer = get(gateway, "/activities.json?language=fr&limit=10&page=3")
    found = answer.json()

    assert (found["total"], found["page"], found["pages"]) == (23, 3, 3)
    assert [one["id"] for one in found["activities"]] == ["a20", "a21", "a22"]
    assert found["activities"][1]["place"] == "Avenue de l'Astronomie 14, 1210 Bruxelles"
    assert datetime.fromisoformat(found["activities"][0]["start"]) == FIRST + timedelta(days=20)
    assert answer.headers["access-control-allow-origin"] == "*"


def test_the_feed_is_read_by_another_parser(gateway: RunningGateway) -> None:
    answer = get(gateway, "/activities.ics?language=nl&mode=online")
    calendar = vobject.readOne(answer.text)

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert len(calendar.vevent_list) == 22
    assert calendar.vevent_list[0].summary.value == "Workshop 0"
    assert calendar.vevent_list[0].dtstart.value == FIRST
    assert len({event.uid.value for event in calendar.vevent_list}) == 22


def test_one_activity_is_a_file_to_add(gateway: RunningGateway) -> None:
    answer = get(gateway, "/activities/a3.ics?language=fr")
    event = vobject.readOne(answer.text).vevent

    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert event.summary.value == "Atelier 3"
    assert event.dtend.value == FIRST + timedelta(days=3, hours=2)


def test_a_cancelled_activity_tells_the_calendar_so(gateway: RunningGateway) -> None:
    event = vobject.readOne(get(gateway, "/activities/a23.ics").text).vevent

    assert event.status.value == "CANCELLED"
    assert "Atelier 23" not in get(gateway, "/activities.ics?language=fr").text


@pytest.mark.parametrize("name", ["unknown", "a" * 65, "a%2F..%2F", "a.b", "%00"])
def test_a_file_that_is_not_there_is_not_found(gateway: RunningGateway, name: str) -> None:
    answer = get(gateway, f"/activities/{name}.ics?language=en")

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


def test_what_has_not_changed_is_not_sent_again(gateway: RunningGateway) -> None:
    for address in ("/activities?language=en", "/activities.json?language=en", "/activities.ics?language=en"):
        first = get(gateway, address)
        again = get(gateway, address, **{"If-None-Match": first.headers["etag"]})

        assert (again.status_code, again.content) == (304, b"")
        assert "max-age=60" in first.headers["cache-control"]


def test_heads_are_answered_as_calendar_programmes_ask_for_them(gateway: RunningGateway) -> None:
    answer = httpx.head(f"{gateway.url}/activities.ics")

    assert (answer.status_code, answer.content) == (200, b"")


def test_a_flood_of_different_questions_is_slowed_down(gateway: RunningGateway) -> None:
    with httpx.Client(base_url=gateway.url, timeout=60) as client:
        answers = (client.get(f"/activities.json?language=fr&page={number}") for number in range(1, 1000))
        refused = next(answer for answer in answers if answer.status_code != 200)

    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1
