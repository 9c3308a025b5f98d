"""The demo page at `/`: a page like the centre's own, in three languages, with the widget on it."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from bot.foundation.languages import LANGUAGES, OWN_NAMES
from bot.gateway.pages.style_sheets import style_response, style_sheet
from bot.gateway.problems import language_of
from bot.gateway.web_chat.door import Door
from bot.gateway.web_chat.start import contact_ways
from bot.gateway.widget_files import Script

_FOLDER = Path(__file__).parent
_TEXTS = (
    *("title", "tagline", "skip", "languages", "heading", "lead", "themes"),
    *("question_heading", "question_text", "contact", "no_script", "foot"),
)
_THEMES = ("guidance", "training", "employment")
_A_YEAR = "public, max-age=31536000, immutable"


def page_routes(door: Door, script: Script) -> APIRouter:
    """Demo page, its style sheet and the widget's script."""
    routes = APIRouter(include_in_schema=False)
    template = Template((_FOLDER / "demo.html").read_text(encoding="utf-8"))
    sheet = style_sheet("demo.css")

    @routes.get("/", response_class=HTMLResponse)
    async def demo(request: Request, lang: str = "") -> HTMLResponse:
        language = lang if lang in LANGUAGES else language_of(request)
        return HTMLResponse(_page(template, door, script, language), headers={"Vary": "Accept-Language"})

    @routes.get("/demo.css")
    async def styles() -> Response:
        return style_response(sheet)

    @routes.get("/widget/faq-bot.js")
    async def widget(request: Request, v: str = "") -> Response:
        tag = f'"{script.tag}"'
        headers = {
            "ETag": tag,
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Cache-Control": _A_YEAR if v == script.tag else "public, max-age=300",
            "Vary": "Accept-Encoding",
        }
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        body = script.plain
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            body = script.compressed
        return Response(body, media_type="text/javascript; charset=utf-8", headers=headers)

    return routes


def _page(template: Template, door: Door, script: Script, language: str) -> str:
    names = {key: escape(door.words.say(f"demo_{key}", language)) for key in _TEXTS}
    switch = "".join(
        f'<a href="?lang={code}" lang="{code}"{_current(code == language)}>{escape(OWN_NAMES[code])}</a>'
        for code in LANGUAGES
    )
    themes = "".join(_theme(theme, door, language) for theme in _THEMES)
    ways = "".join(
        f'<li><a href="{escape(way["url"])}">{escape(way["title"])}</a></li>' for way in contact_ways(door, language)
    )
    return template.substitute(
        names,
        language=language,
        switch=switch,
        theme_list=themes,
        activities=escape(door.words.say("choice_activities", language)),
        contact_list=ways,
        script=f"/widget/faq-bot.js?v={script.tag}",
    )


def _theme(theme: str, door: Door, language: str) -> str:
    title = door.words.content.themes[theme].title[language]
    text = door.words.say(f"demo_{theme}_text", language)
    return f"<article><h3>{escape(title)}</h3><p>{escape(text)}</p></article>"


def _current(is_current: bool) -> str:
    return ' aria-current="true"' if is_current else ""
