"""An activity as data for machines: `/activities.json` and `faqbot agenda ask`."""

from __future__ import annotations

from typing import Any

from bot.services.agenda.activity import Activity
from bot.services.agenda.present.cards import calendar_address


def activity_data(activity: Activity, language: str) -> dict[str, Any]:
    """JSON-ready; moments in ISO 8601 with the offset of Brussels, `calendar` relative to the public door."""
    return {
        "id": activity.id,
        "title": activity.title(language),
        "titles": activity.titles,
        "description": activity.descriptions.get(language) or next(iter(activity.descriptions.values()), None),
        "start": activity.start.isoformat(),
        "end": activity.end.isoformat(),
        "all_day": activity.is_all_day,
        "mode": activity.mode,
        "platform": activity.platform,
        "link": activity.link,
        "place": activity.place,
        "languages": list(activity.languages),
        "theme": activity.theme,
        "audience": list(activity.audience),
        "organisers": list(activity.organisers),
        "capacity": activity.capacity,
        "places_left": activity.places_left,
        "registration_url": activity.registration_url,
        "status": activity.status,
        "moved_from": activity.moved_from.isoformat() if activity.moved_from else None,
        "sample": activity.is_sample,
        "calendar": calendar_address(activity.id, language),
    }
