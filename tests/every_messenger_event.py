"""A sample of every kind of webhook event, by name; the table in docs/messenger.md has a line for each."""

from __future__ import annotations

from collections.abc import Callable

from tests.messenger_payloads import (
    APP,
    OTHER_APP,
    PAGE_INBOX,
    Event,
    ad_referral,
    app_roles,
    attachment,
    delivery,
    echo,
    edit,
    from_person,
    link_referral,
    new_mid,
    opt_in,
    policy,
    postback,
    quick_reply,
    reaction,
    read,
    referral,
    text,
    thread_control,
    unknown,
    unsend,
)

#: Each maker takes page and PSID.
EVERY: dict[str, Callable[[str, str], Event]] = {
    "text": lambda page, psid: text(page, psid, "Wat zijn de openingsuren?"),
    "text_in_reply": lambda page, psid: text(page, psid, "Et le samedi ?", reply_to={"mid": new_mid()}),
    "quick_reply": lambda page, psid: quick_reply(page, psid, "Adresse", "topic:centre/address_and_access"),
    "quick_reply_stale": lambda page, psid: quick_reply(page, psid, "Oud", "topic:gone/for_ever"),
    "postback": lambda page, psid: postback(page, psid, "Opening hours", "topic:centre/opening_hours"),
    "postback_without_mid": lambda page, psid: postback(page, psid, "Aide", "help", mid=None),
    "postback_without_payload": lambda page, psid: postback(page, psid, "Aide", None),
    "get_started": lambda page, psid: postback(page, psid, "Get Started", "get_started"),
    "get_started_by_link": lambda page, psid: postback(
        page, psid, "Get Started", "get_started", referral=link_referral("nl")
    ),
    "referral_link": lambda page, psid: referral(page, psid, link_referral("topic:centre/opening_hours")),
    "referral_ad": lambda page, psid: referral(page, psid, ad_referral("fr")),
    "image": lambda page, psid: attachment(page, psid, "image"),
    "image_with_text": lambda page, psid: attachment(page, psid, "image", "Mon diplôme"),
    "video": lambda page, psid: attachment(page, psid, "video"),
    "voice": lambda page, psid: attachment(page, psid, "audio"),
    "file": lambda page, psid: attachment(page, psid, "file"),
    "sticker": lambda page, psid: attachment(page, psid, "sticker"),
    "location": lambda page, psid: attachment(page, psid, "location"),
    "shared_link": lambda page, psid: attachment(page, psid, "fallback", "https://www.example.org/"),
    "reel": lambda page, psid: attachment(page, psid, "reel"),
    "reaction": lambda page, psid: reaction(page, psid, new_mid()),
    "reaction_withdrawn": lambda page, psid: reaction(page, psid, new_mid(), action="unreact"),
    "read": lambda page, psid: read(page, psid),
    "delivery": lambda page, psid: delivery(page, psid, [new_mid()]),
    "echo_ours": lambda page, psid: echo(page, psid, "Bonjour", APP, "1.0"),
    "echo_other_app": lambda page, psid: echo(page, psid, "Bonjour, ici Zoé", OTHER_APP),
    "echo_inbox": lambda page, psid: echo(page, psid, "Bonjour, ici Zoé", PAGE_INBOX),
    "echo_by_hand": lambda page, psid: echo(page, psid, "Bonjour, ici Zoé", None),
    "echo_picture": lambda page, psid: echo(page, psid, None, PAGE_INBOX),
    "edit": lambda page, psid: edit(page, psid, new_mid(), "Wat zijn de uren?"),
    "unsend": lambda page, psid: unsend(page, psid, new_mid()),
    "opt_in": lambda page, psid: opt_in(page, psid),
    "opt_out": lambda page, psid: opt_in(page, psid, "STOP_NOTIFICATIONS"),
    "thread_passed_to_us": lambda page, psid: thread_control(page, psid, "pass_thread_control", PAGE_INBOX, APP),
    "thread_idle_to_us": lambda page, psid: thread_control(page, psid, "pass_thread_control", None, APP),
    "thread_taken": lambda page, psid: thread_control(page, psid, "take_thread_control", APP, PAGE_INBOX),
    "thread_wanted": lambda page, psid: thread_control(page, psid, "request_thread_control", APP, OTHER_APP),
    "response_feedback": lambda page, psid: from_person(
        page, psid, response_feedback={"feedback": "Bad response", "mid": new_mid()}
    ),
    "account_linking": lambda page, psid: from_person(page, psid, account_linking={"status": "unlinked"}),
    "app_roles": lambda page, psid: app_roles(page),
    "policy_enforcement": lambda page, psid: policy(page),
    "unknown": unknown,
}
