"""What the browser loads: the demo page, the widget's script, the start data and the API's description."""

from __future__ import annotations

import gzip
from pathlib import Path

import httpx
import pytest

from bot.foundation.settings import PROJECT_FOLDER
from bot.gateway.plain_text import plain_text
from bot.gateway.web_chat.rendering import html_of
from bot.gateway.widget_files import WidgetBroken, read_script
from bot.services.content.draft import read_draft
from tests.gateway.running_gateway import RunningGateway


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Votre prochain pas"), ("nl", "Je volgende stap"), ("en", "Your next step")]
)
def test_the_demo_page_speaks_each_language(gateway: RunningGateway, language: str, words: str) -> None:
    page = httpx.get(f"{gateway.url}/?lang={language}")

    assert f'<html lang="{language}">' in page.text
    assert words in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert 'href="tel:080055566"' in page.text


def test_a_script_that_has_not_changed_is_not_sent_again(gateway: RunningGateway) -> None:
    first = httpx.get(f"{gateway.url}/widget/faq-bot.js")
    again = httpx.get(f"{gateway.url}/widget/faq-bot.js", headers={"If-None-Match": first.headers["etag"]})
    plain = httpx.get(f"{gateway.url}/widget/faq-bot.js", headers={"Accept-Encoding": "identity"})

    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["access-control-allow-origin"] == "*"
    assert (again.status_code, again.content) == (304, b"")
    assert plain.content == first.content
    assert len(gzip.compress(plain.content)) < 30_000


def test_the_start_holds_words_starters_and_contact_ways(gateway: RunningGateway) -> None:
    first = httpx.get(f"{gateway.url}/chat/start?language=nl&page=/x")
    again = httpx.get(f"{gateway.url}/chat/start?language=nl", headers={"If-None-Match": first.headers["etag"]})
    start = first.json()

    assert start["language"] == "nl"
    assert start["texts"]["widget_send"] == "Verstuur"
    assert all(starter["id"].startswith("topic:") for starter in start["starters"])
    assert start["contact"][0]["url"] == "tel:080055566"
    assert "{" not in start["greeting_html"]
    assert again.status_code == 304


def test_the_description_of_the_api_names_every_route(gateway: RunningGateway) -> None:
    paths = httpx.get(f"{gateway.url}/openapi.json").json()["paths"]

    assert set(paths) == {
        *("/chat/messages", "/chat/messages/{message_id}/rating", "/chat/restart", "/chat", "/chat/events"),
        *("/chat/history", "/chat/transcript", "/chat/start", "/chat/typing", "/chat/seen"),
    }


def test_the_description_tells_of_the_token_the_stream_and_the_start(gateway: RunningGateway) -> None:
    described = httpx.get(f"{gateway.url}/openapi.json").json()
    paths = described["paths"]
    events, start = paths["/chat/events"]["get"], paths["/chat/start"]["get"]

    assert described["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"
    assert {path for path, ways in paths.items() if any("security" in way for way in ways.values())} == {
        *("/chat/messages", "/chat/messages/{message_id}/rating", "/chat/restart", "/chat", "/chat/events"),
        *("/chat/history", "/chat/transcript", "/chat/typing", "/chat/seen"),
    }
    assert "text/event-stream" in events["responses"]["200"]["content"]
    assert "last-event-id" in [parameter["name"] for parameter in events["parameters"]]
    assert start["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].endswith("StartOut")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**a** *b*", "<p><strong>a</strong> <em>b</em></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("[x](https://a.be)", '<p><a href="https://a.be" target="_blank" rel="noopener">x</a></p>'),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](data:text/html,y)", "<p>[x](data:text/html,y)</p>"),
        ("# x", "<p># x</p>"),
        ("Où ? **Là :** « x » ! a:b", "<p>Où_? <strong>Là_:</strong> «_x_»_! a:b</p>".replace("_", "&nbsp;")),
    ],
)
def test_an_answer_becomes_safe_html(markdown: str, html: str) -> None:
    assert html_of(markdown) == html


def test_an_answer_becomes_readable_text() -> None:
    assert plain_text("**a** [b](https://c.be)\n\n- one\n- two") == "a b (https://c.be)\n\n- one\n- two"


def test_modules_are_joined_in_the_order_of_their_imports(tmp_path: Path) -> None:
    (tmp_path / "faq-bot.js").write_text('/** Entry. */\nimport { one } from "./one.js";\none();\n', "utf-8")
    (tmp_path / "one.js").write_text("// A comment.\nexport function one() {\n  return 1;\n}\n", "utf-8")

    script = read_script(tmp_path).plain.decode()

    assert script.index("function one") < script.index("one();")
    assert "comment" not in script
    assert "import" not in script


def test_a_module_that_is_missing_or_in_a_circle_is_named(tmp_path: Path) -> None:
    (tmp_path / "faq-bot.js").write_text('import { one } from "./one.js";\n', "utf-8")
    with pytest.raises(WidgetBroken, match=r"one\.js"):
        read_script(tmp_path)
    (tmp_path / "one.js").write_text('import { x } from "./faq-bot.js";\n', "utf-8")
    with pytest.raises(WidgetBroken, match="circle"):
        read_script(tmp_path)


@pytest.mark.parametrize(
    ("language", "page", "first"),
    [
        ("fr", "/fr/emploi", "employment/register_as_jobseeker"),
        ("nl", "/nl/Opleidingen/overzicht", "training/find_a_course"),
        ("en", "/corona", "covid/is_the_centre_open"),
        ("en", "/", "guidance/choose_a_career"),
    ],
)
def test_the_starters_fit_the_page_and_speak_the_language(
    gateway: RunningGateway, language: str, page: str, first: str
) -> None:
    start = httpx.get(f"{gateway.url}/chat/start", params={"language": language, "page": page}).json()

    titles = read_draft(PROJECT_FOLDER / "data").cards[first].title
    assert start["starters"][0] == {"id": f"topic:{first}", "title": titles[language]}
    assert 2 <= len(start["starters"]) <= 4
