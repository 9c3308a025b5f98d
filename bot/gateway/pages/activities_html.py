"""The page /activities as HTML: form, cards, pages. Every word of a source or of an address is escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlencode, urlsplit

from bot.foundation.languages import LANGUAGES, OWN_NAMES
from bot.foundation.reply import Card
from bot.gateway.pages.activities_query import MOST_WORDS, Fault, Query
from bot.gateway.web_chat.rendering import html_of
from bot.gateway.words import GatewayWords
from bot.services.agenda.activity import AUDIENCES, MODES, THEMES, Activity

_TEMPLATE = Template((Path(__file__).parent / "activities.html").read_text(encoding="utf-8"))
_KEYS = {
    "title": "agenda_page_title",
    "lead": "agenda_page_lead",
    "form": "agenda_form",
    "search": "agenda_form_search",
    "clear": "agenda_form_clear",
    "follow": "agenda_follow",
    "follow_text": "agenda_follow_text",
    "follow_link": "agenda_follow_link",
    "data_link": "agenda_data_link",
    "foot": "agenda_not_kept",
    "skip": "demo_skip",
    "name": "demo_title",
    "tagline": "demo_tagline",
    "languages": "demo_languages",
}
#: An hour stays on one line with its sign: "14 h 30", "9.30 u.", "2 pm".
_HOUR = re.compile(r"\d (?:h(?: \d\d\b)?|u\.|[ap]m\b)")
#: The fields of the form, each with the text of its label.
_LABELS = {
    "q": "agenda_form_words",
    "from": "agenda_form_from",
    "to": "agenda_form_to",
    "mode": "agenda_form_mode",
    "in": "agenda_form_in",
    "theme": "agenda_form_theme",
    "audience": "agenda_form_audience",
}


class ActivitiesPage:
    """Writes the page in one language."""

    def __init__(self, words: GatewayWords, language: str, query: Query) -> None:
        self._words, self._language, self._query = words, language, query

    def html(
        self,
        cards: Sequence[tuple[Activity, Card]],
        count: str,
        asked: str,
        notices: Sequence[str],
        pages: int,
    ) -> str:
        """The whole page. `count` is the heading of the list; `asked`, what was understood, and `notices` are
        Markdown; `pages` tells how many there are."""
        names = {name: escape(self._say(key)) for name, key in _KEYS.items()}
        feed = self._filters_only()
        return _TEMPLATE.substitute(
            names,
            language=self._language,
            head_title=escape(f"{self._say('agenda_page_title')} – {self._say('demo_title')}"),
            switch=self._switch(),
            fields=self._fields(),
            faults=self._faults(),
            count=escape(count),
            asked=html_of(asked[:1].upper() + asked[1:]) if asked else "",
            notices="".join(f'<div class="notice">{html_of(notice)}</div>' for notice in notices),
            activities=self._list(cards),
            pages=self._pages(pages),
            feed=escape(_address("/activities.ics", feed)),
            data=escape(_address("/activities.json", feed)),
        )

    def _switch(self) -> str:
        links = []
        for code in LANGUAGES:
            current = ' aria-current="true"' if code == self._language else ""
            address = escape(_address("/activities", {**self._query.given, "language": code}))
            links.append(f'<a href="{address}" lang="{code}" hreflang="{code}"{current}>{OWN_NAMES[code]}</a>')
        return "".join(links)

    def _fields(self) -> str:
        hint = f'<p class="hint" id="q-hint">{escape(self._say("agenda_form_words_hint"))}</p>'
        words = self._input("q", f'type="search" maxlength="{MOST_WORDS}"', hint)
        more = (
            self._input("from", 'type="date"'),
            self._input("to", 'type="date"'),
            self._select("mode", MODES),
            self._select("in", LANGUAGES),
            self._select("theme", THEMES),
            self._select("audience", AUDIENCES),
        )
        is_used = any(self._query.given.get(name) for name in _LABELS if name != "q")
        return (
            f'<div class="fields">{words}</div><details{" open" if is_used else ""}>'
            f"<summary>{escape(self._say('agenda_form_more'))}</summary>"
            # Hours and weekdays come by address only (from the chat); the form keeps them.
            f'<div class="fields">{"".join(more)}</div></details>'
            + "".join(self._hidden(name) for name in ("after", "before", "days"))
        )

    def _input(self, name: str, kind: str, hint: str = "") -> str:
        described = [f"{name}-hint"] if hint else []
        value = escape(self._query.given.get(name, ""))
        wrong = self._wrong(name, described)
        wide = " wide" if name == "q" else ""
        return (
            f'<div class="field{wide}"><label for="{name}">{escape(self._label(name))}</label>'
            f'<input id="{name}" name="{name}" {kind} value="{value}"{wrong}>{hint}{self._fault_of(name)}</div>'
        )

    def _select(self, name: str, values: Sequence[str]) -> str:
        given = self._query.given.get(name, "")
        options = [f'<option value="">{escape(self._say("agenda_form_any"))}</option>']
        if name == "in" and "," in given and not self._fault_of(name):
            words = f" {self._say('agenda_or')} ".join(self._option(name, part) for part in given.split(","))
            options.append(f'<option value="{escape(given)}" selected>{escape(words)}</option>')
        for value in values:
            chosen = " selected" if value == given else ""
            words = self._option(name, value)
            options.append(f'<option value="{value}"{chosen}>{escape(words[:1].upper() + words[1:])}</option>')
        wrong = self._wrong(name, [])
        return (
            f'<div class="field"><label for="{name}">{escape(self._label(name))}</label>'
            f'<select id="{name}" name="{name}"{wrong}>{"".join(options)}</select>{self._fault_of(name)}</div>'
        )

    def _option(self, name: str, value: str) -> str:
        return OWN_NAMES[value] if name == "in" else self._say(f"agenda_{name}_{value}")

    def _label(self, name: str) -> str:
        return self._say(_LABELS[name]) if name in _LABELS else name

    def _hidden(self, name: str) -> str:
        value = self._query.given.get(name)
        return f'<input type="hidden" name="{name}" value="{escape(value)}">' if value else ""

    def _wrong(self, name: str, described: list[str]) -> str:
        is_wrong = any(fault.parameter == name for fault in self._query.faults)
        ids = [*described, f"{name}-fault"] if is_wrong else described
        return (f' aria-describedby="{" ".join(ids)}"' if ids else "") + (' aria-invalid="true"' if is_wrong else "")

    def _fault_of(self, name: str) -> str:
        texts = [self.fault_text(fault) for fault in self._query.faults if fault.parameter == name]
        return f'<p class="fault" id="{name}-fault">{escape(" ".join(texts))}</p>' if texts else ""

    def fault_text(self, fault: Fault) -> str:
        """What is wrong, in words."""
        return self._words.say(fault.key, self._language, **fault.names)

    def _faults(self) -> str:
        if not self._query.faults:
            return ""
        lines = "".join(
            f"<li>{escape(self._label(fault.parameter))} – {escape(self.fault_text(fault))}</li>"
            for fault in self._query.faults
        )
        title = escape(self._say("agenda_form_faults"))
        return f'<div class="notice wrong" role="alert"><p><strong>{title}</strong></p><ul>{lines}</ul></div>'

    def _list(self, cards: Sequence[tuple[Activity, Card]]) -> str:
        if not cards:
            return ""
        return '<ul class="activities" role="list">' + "".join(self._card(one, card) for one, card in cards) + "</ul>"

    def _card(self, activity: Activity, card: Card) -> str:
        title, language = escape(card.title), f' lang="{card.language}"' if card.language else ""
        mark = f' <span class="mark">{escape(card.mark)}</span>' if card.mark else ""
        lines = "".join(f"<p>{_HOUR.sub(_unbroken, escape(line))}</p>" for line in card.lines)
        unseen = f'<span class="unseen"{language}> : {title}</span>'
        links = "".join(
            f'<li><a href="{escape(link.url)}" rel="noopener noreferrer">{escape(link.title)}{unseen}</a></li>'
            for link in card.links
            if _is_safe(link.url)
        )
        return (
            f'<li class="card" id="{activity.id}"><h3><span{language}>{title}</span>{mark}</h3>{lines}'
            f'{self._description(activity, unseen)}<ul class="links" role="list">{links}</ul></li>'
        )

    def _description(self, activity: Activity, unseen: str) -> str:
        if not activity.descriptions:
            return ""
        language = self._language if self._language in activity.descriptions else next(iter(activity.descriptions))
        text = "<br>".join(escape(line) for line in activity.descriptions[language].splitlines() if line.strip())
        return (
            f"<details><summary>{escape(self._say('agenda_details'))}{unseen}</summary>"
            f'<p class="description" lang="{language}">{text}</p></details>'
        )

    def _pages(self, pages: int) -> str:
        if pages < 2:
            return ""
        page, links = self._query.page, []
        for number, key, rel in (
            (page - 1, "agenda_page_before", "prev"),
            (page + 1, "agenda_page_after", "next"),
        ):
            if 1 <= number <= pages:
                parameters = {**self._query.given, "language": self._language, "page": str(number)}
                address = escape(_address("/activities", parameters) + "#list")
                links.append(f'<a href="{address}" rel="{rel}">{escape(self._say(key))}</a>')
        where = escape(self._words.say("agenda_page_number", self._language, number=str(page), count=str(pages)))
        label = escape(self._say("agenda_pages"))
        return f'<nav class="pages" aria-label="{label}"><span>{where}</span> {"".join(links)}</nav>'

    def _filters_only(self) -> dict[str, str]:
        kept = {name: value for name, value in self._query.given.items() if name not in ("page", "limit", "language")}
        return {"language": self._language, **kept}

    def _say(self, key: str) -> str:
        return self._words.say(key, self._language)


def _unbroken(hour: re.Match[str]) -> str:
    return hour[0].replace(" ", "\u00a0")


def _address(path: str, parameters: dict[str, str]) -> str:
    return f"{path}?{urlencode(parameters)}"


def _is_safe(url: str) -> bool:
    return url.startswith("/") or urlsplit(url).scheme in {"https", "http"}
