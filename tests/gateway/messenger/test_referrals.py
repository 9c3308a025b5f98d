"""Links and advertisements may name a language and a topic; whatever else they say is passed over."""

from __future__ import annotations

import pytest

from bot.gateway.messenger.referrals import Ref, read_ref


@pytest.mark.parametrize(
    ("ref", "language", "choice"),
    [
        ("nl", "nl", None),
        ("lang-nl", "nl", None),
        ("LANG_FR", "fr", None),
        ("language:en", "en", None),
        ("lang-nl-be", "nl", None),
        ("topic-centre-opening_hours", None, "topic:centre/opening_hours"),
        ("topic-centre-opening-hours", None, "topic:centre/opening_hours"),
        ("topic:centre/opening_hours", None, "topic:centre/opening_hours"),
        ("lang-nl.topic-guidance-become_nurse", "nl", "topic:guidance/become_nurse"),
        ("spring,topic-guidance-become_nurse+en", "en", "topic:guidance/become_nurse"),
        ("theme-training", None, "theme:training"),
        ("activities", None, "activities:list"),
        ("human.fr", "fr", "human"),
        ("lang-fr.lang-nl", "fr", None),
        ("lang-de", None, None),
        ("topic-", None, None),
        ("topic:../etc", None, None),
        ("campaign_2026", None, None),
        ("callback:send", None, None),
        ("feedback:up", None, None),
        ("", None, None),
        ("nl" * 2000, None, None),
        (None, None, None),
        (7, None, None),
        (["nl"], None, None),
    ],
)
def test_a_ref_is_read(ref: object, language: str | None, choice: str | None) -> None:
    assert read_ref(ref) == Ref(language, choice)
