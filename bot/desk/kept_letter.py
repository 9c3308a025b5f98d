"""A letter whose writer's session has ended goes along to the sign-in page and is in its form again afterwards."""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.requests import Request

from bot.desk.callback_pages import Shown
from bot.desk.forms import FormRefused, read_fields
from bot.services.callback.letters import TEMPLATES, Draft

LETTER = re.compile(r"/desk/callbacks/([\w-]{1,20})/letter")
#: Of which callback it is; only with it the other fields count.
OF = "letter_of"
_FIELDS = (OF, "template", "subject", "body", "letter_id")


async def kept_values(request: Request, reference: str) -> dict[str, object]:
    """What the sign-in page shows and carries for a letter that was posted without a session."""
    try:
        fields = {**await read_fields(request), OF: reference}
    except FormRefused:
        fields = {}
    return {"next": "", "talk": "", "words": "", "problem": "over", "name": "", "kept": kept_in(fields)}


def kept_in(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields of a letter that a form carries; empty where it carries none."""
    return {name: fields.get(name, "") for name in _FIELDS} if fields.get(OF) else {}


def shown_again(kept: Mapping[str, str]) -> Shown:
    """The page of the callback with the letter in it."""
    template = kept["template"] if kept["template"] in TEMPLATES else TEMPLATES[0]
    draft = Draft(kept["subject"], kept["body"])
    return Shown(200, "letter_kept", template=template, letter=draft, letter_id=kept["letter_id"])
