"""An activity as a row of the database, and back."""

from __future__ import annotations

from bot.services.agenda.activity import Activity
from bot.services.agenda.horizon import BRUSSELS
from bot.store.activity_rows import ActivityRow


def row_of(activity: Activity) -> ActivityRow:
    """What is stored of an activity: all of it."""
    return ActivityRow(
        id=activity.id,
        source=activity.source,
        uid=activity.uid,
        titles=activity.titles,
        descriptions=activity.descriptions,
        starts_at=activity.start,
        ends_at=activity.end,
        is_all_day=activity.is_all_day,
        theme=activity.theme,
        languages=list(activity.languages),
        mode=activity.mode,
        platform=activity.platform,
        link=activity.link,
        place=activity.place,
        audience=list(activity.audience),
        organisers=list(activity.organisers),
        capacity=activity.capacity,
        places_left=activity.places_left,
        registration_url=activity.registration_url,
        status=activity.status,
        moved_from=activity.moved_from,
        is_sample=activity.is_sample,
    )


def activity_of(row: ActivityRow) -> Activity:
    """The activity of a row; its moments are in the time zone of the centre."""
    return Activity(
        id=row.id,
        uid=row.uid,
        source=row.source,
        titles=row.titles,
        descriptions=row.descriptions,
        start=row.starts_at.astimezone(BRUSSELS),
        end=row.ends_at.astimezone(BRUSSELS),
        is_all_day=row.is_all_day,
        theme=row.theme,
        languages=tuple(row.languages),
        mode=row.mode,
        platform=row.platform,
        link=row.link,
        place=row.place,
        audience=tuple(row.audience),
        organisers=tuple(row.organisers),
        capacity=row.capacity,
        places_left=row.places_left,
        registration_url=row.registration_url,
        status=row.status,
        moved_from=row.moved_from.astimezone(BRUSSELS) if row.moved_from else None,
        is_sample=row.is_sample,
    )
