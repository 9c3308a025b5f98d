"""Makes the desk's pages from their templates. Everything in them is escaped unless it was made safe before."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from babel.dates import format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.desk.cookies import form_token, keep_what_is_new, language_of
from bot.desk.desk import Desk
from bot.foundation.clock import now
from bot.foundation.languages import LANGUAGES, OWN_NAMES
from bot.services.agenda.present.words import LOCALES
from bot.services.opening_hours.hours import BRUSSELS
from bot.services.staff.roles import IMPROVE, MANAGE, TALK

_TEMPLATES = Path(__file__).parent / "templates"
_CLOCKS = {"fr": "H 'h' mm", "nl": "H.mm 'u.'", "en": "h.mm a"}
_PATTERNS = {"fr": "EEE d MMM, H 'h' mm", "nl": "EEE d MMM, H.mm 'u.'", "en": "EEE d MMM, h.mm a"}


class Pages:
    """One per process."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def show(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page in the language of its reader."""
        language = language_of(request)
        member, being = (getattr(request.state, name, None) for name in ("member", "being"))
        names = {
            "t": lambda key, **names: self.say(key, language, **names),
            "at": lambda moment: written(moment, language),
            "clock": lambda moment: written(moment, language, _CLOCKS),
            "since": lambda moment: self.duration(now() - moment, language),
            "until": lambda moment: self.duration(moment - now(), language),
            "known": lambda kind, value: self.known(kind, value, language),
            "topic": lambda name: self._title(name, language),
            "safe": lambda markdown: Markup(self._desk.html_of(markdown)),
            "language": language,
            "languages": [(code, OWN_NAMES[code]) for code in LANGUAGES],
            "member": member,
            "can_talk": member is not None and member.may(TALK),
            "can_improve": member is not None and member.may(IMPROVE),
            "can_manage": member is not None and member.may(MANAGE),
            "form_token": form_token(request),
            "here": request.url.path,
            "is_present": being is not None and being.is_present,
            "idle_since": being.idle_since if being else None,
            "live": "/desk/live" if member is not None and member.may(TALK) else None,
        }
        body = self._environment.get_template(template).render({**names, **values})
        response = HTMLResponse(body, status)
        keep_what_is_new(request, response)
        return response

    def say(self, key: str, language: str, **names: Any) -> str:
        """A text of the desk."""
        return self._desk.words.say(f"desk_{key}", language, **{name: str(value) for name, value in names.items()})

    def known(self, kind: str, value: str | None, language: str) -> str:
        """The words for an id such as a reason; somebody's own words stay as they are."""
        try:
            return self.say(f"{kind}_{value}", language)
        except KeyError:
            return value or ""

    def duration(self, time: timedelta, language: str) -> str:
        """Minutes, hours or days, never less than none; as exact as people say it."""
        minutes = int(abs(time).total_seconds() // 60)
        if minutes < 1:
            return self.say("moments", language)
        if minutes < 120:
            return self.say("minutes", language, count=minutes)
        if minutes < 48 * 60:
            return self.say("hours", language, count=minutes // 60)
        return self.say("days", language, count=minutes // (24 * 60))

    def _title(self, name: str, language: str) -> str:
        content = self._desk.words.content
        if name in content.cards:
            return content.cards[name].title[language]
        return content.themes[name].title[language] if name in content.themes else name


def written(moment: datetime, language: str, patterns: dict[str, str] = _PATTERNS) -> str:
    """A moment as the centre's clocks show it."""
    return str(format_datetime(moment.astimezone(BRUSSELS), patterns[language], locale=LOCALES[language]))
