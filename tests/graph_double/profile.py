"""The page's Messenger profile: Get Started, greeting, ice breakers, menu, domains; and its limits."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tests.graph_double.access import Call
from tests.graph_double.errors import parameter, too_many
from tests.graph_double.limits import PAYLOAD, check_button, check_text
from tests.graph_double.world import Page

GREETING, ICE_BREAKERS, QUESTION = 160, 4, 80
#: Nested menus are gone since version 8; instead the list may be longer.
MENU_ITEMS, MENU_TITLE, DOMAINS = 20, 30, 50
#: Messenger's own languages; there is one Dutch, and no Belgian French.
_LISTED = (
    "default af_ZA ar_AR bn_IN cs_CZ da_DK de_DE el_GR en_GB en_US es_ES es_LA fi_FI fr_FR gu_IN he_IL hi_IN hr_HR "
    "hu_HU id_ID it_IT ja_JP kn_IN ko_KR ml_IN mr_IN ms_MY nb_NO nl_NL pa_IN pl_PL pt_BR pt_PT ro_RO ru_RU sv_SE "
    "th_TH tr_TR vi_VN zh_CN zh_HK zh_TW"
)
_LOCALES = frozenset(_LISTED.split())
_DOMAIN = re.compile(r"https://[^\s/]+/?")


def answer_profile(page: Page, call: Call) -> dict[str, Any]:
    """GET, POST and DELETE of `messenger_profile`. Raises GraphError."""
    if call.method == "GET":
        wanted = str(call.parameters.get("fields", "")).split(",")
        found = {name: page.profile[name] for name in wanted if name in page.profile}
        return {"data": [found] if found else []}
    if call.method == "DELETE":
        _delete(page, call.parameters.get("fields"))
    else:
        _set(page, call.parameters)
    return {"result": "success"}


def _delete(page: Page, fields: Any) -> None:
    names = json.loads(fields) if isinstance(fields, str) else fields
    if not isinstance(names, list) or not set(names) <= set(_CHECKS):
        raise parameter("param fields must be an array of profile properties.")
    if "get_started" in names and "persistent_menu" in page.profile and "persistent_menu" not in names:
        raise parameter("You must set a Get Started button if you also wish to use persistent menu.", 2018145)
    for name in names:
        page.profile.pop(name, None)


def _set(page: Page, given: dict[str, Any]) -> None:
    unknown = set(given) - set(_CHECKS) - {"platform"}
    if unknown or not set(given) & set(_CHECKS):
        raise parameter(f'Invalid keys "{", ".join(sorted(unknown))}" were found in param "messenger_profile".')
    properties = {name: value for name, value in given.items() if name in _CHECKS}
    for name, value in properties.items():
        _CHECKS[name](value)
    if "persistent_menu" in properties and "get_started" not in {**page.profile, **properties}:
        raise parameter("You must set a Get Started button if you also wish to use persistent menu.", 2018145)
    page.profile.update(properties)


def _check_get_started(value: Any) -> None:
    if not isinstance(value, dict) or set(value) != {"payload"}:
        raise parameter("param get_started must be an object with payload.")
    check_text(value["payload"], "get_started[payload]", PAYLOAD)


def _check_greeting(value: Any) -> None:
    for name, one in _per_locale(value, "greeting", {"locale", "text"}):
        check_text(one.get("text"), f"{name}[text]", GREETING)


def _check_ice_breakers(value: Any) -> None:
    for name, one in _per_locale(value, "ice_breakers", {"locale", "call_to_actions"}):
        questions = _list(one.get("call_to_actions"), f"{name}[call_to_actions]", ICE_BREAKERS)
        for number, question in enumerate(questions):
            place = f"{name}[call_to_actions][{number}]"
            check_text(question.get("question"), f"{place}[question]", QUESTION)
            check_text(question.get("payload"), f"{place}[payload]", PAYLOAD)


def _check_menu(value: Any) -> None:
    keys = {"locale", "composer_input_disabled", "disabled_surfaces", "call_to_actions"}
    for name, one in _per_locale(value, "persistent_menu", keys):
        for number, button in enumerate(_list(one.get("call_to_actions"), f"{name}[call_to_actions]", MENU_ITEMS)):
            check_button(button, f"{name}[call_to_actions][{number}]", MENU_TITLE)


def _check_domains(value: Any) -> None:
    for domain in _list(value, "whitelisted_domains", DOMAINS):
        if not isinstance(domain, str) or not _DOMAIN.fullmatch(domain):
            raise parameter("param whitelisted_domains should be a list of https URLs.")


def _per_locale(value: Any, name: str, keys: set[str]) -> list[tuple[str, dict[str, Any]]]:
    """Each language's part with its name; one must be the default."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise parameter(f"param {name} must be an array.")
    for number, one in enumerate(value):
        if set(one) - keys:
            unknown = ", ".join(sorted(set(one) - keys))
            raise parameter(f'Invalid keys "{unknown}" were found in param "{name}[{number}]".')
        if one.get("locale", "default") not in _LOCALES:
            raise parameter(f"Param {name}[{number}][locale] must be a supported locale.")
    locales = [one.get("locale", "default") for one in value]
    if "default" not in locales or len(set(locales)) != len(locales):
        raise parameter(f"param {name} must have each locale once, and a default one.")
    return [(f"{name}[{number}]", one) for number, one in enumerate(value)]


def _list(value: Any, name: str, most: int) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise parameter(f"param {name} must be a non-empty array.")
    if len(value) > most:
        raise too_many(name)
    return value


_CHECKS: dict[str, Callable[[Any], None]] = {
    "get_started": _check_get_started,
    "greeting": _check_greeting,
    "ice_breakers": _check_ice_breakers,
    "persistent_menu": _check_menu,
    "whitelisted_domains": _check_domains,
}
