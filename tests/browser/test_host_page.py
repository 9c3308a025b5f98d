"""The widget on another site: under a strict policy, beside foreign styles, as the page asks, or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.foundation.settings import PROJECT_FOLDER
from bot.services.content.draft import read_draft
from tests.browser.host_site import HostSite
from tests.browser.test_journey import QUESTION
from tests.browser.widget_page import ANSWER_MILLISECONDS, new_context
from tests.processes.running_bot import RunningBot, free_port

_WATCH = """
window.broken = []; window.told = [];
document.addEventListener('securitypolicyviolation', e => broken.push(e.violatedDirective + ' ' + e.blockedURI));
for (const name of ['ready', 'open', 'close', 'message', 'language', 'rating', 'erased'])
  document.addEventListener('faqbot:' + name, e => told.push(name + ' ' + JSON.stringify(e.detail)));
"""


def _visit(browser: Browser, address: str, **options: Any) -> Page:
    page = new_context(browser, **options).new_page()
    page.add_init_script(_WATCH)
    page.goto(address)
    return page


def test_a_strict_policy_needs_only_the_two_lines_that_we_name(
    browser: Browser, door: RunningBot, site: HostSite
) -> None:
    ours = door.settings.door.local_url
    policy = (
        f"default-src 'none'; style-src 'nonce-site'; script-src {ours}; connect-src {ours};"
        " require-trusted-types-for 'script'; trusted-types faq-bot"
    )
    page = _visit(browser, site.show(ours, policy=policy))

    page.locator("faq-bot .launcher").click(timeout=ANSWER_MILLISECONDS)
    page.locator("faq-bot textarea#box").fill(QUESTION["nl"])
    page.keyboard.press("Enter")
    expect(page.locator("faq-bot .answer")).to_have_count(2, timeout=ANSWER_MILLISECONDS)
    page.locator("faq-bot .thumb").first.click()
    expect(page.locator("faq-bot .comment")).to_be_visible()

    # The page has no icon, and asking for one is the browser's own idea.
    assert [broken for broken in page.evaluate("broken") if "favicon" not in broken] == []
    assert page.context.cookies() == []
    page.context.close()


def test_styles_neither_leak_in_nor_out(browser: Browser, door: RunningBot, site: HostSite) -> None:
    page = _visit(browser, site.show(door.settings.door.local_url))
    seen = "e => (s => [s.color, s.fontSize, s.letterSpacing])(getComputedStyle(e))"
    page.locator("faq-bot .launcher").click(timeout=ANSWER_MILLISECONDS)

    assert page.locator("faq-bot .answer .bubble").evaluate(seen) == ["rgb(27, 27, 47)", "16px", "normal"]
    assert page.locator("h1").evaluate(seen) == ["rgb(200, 0, 0)", "40px", "9px"]
    page.context.close()


def test_attributes_say_how_it_looks_and_what_it_says_first(
    browser: Browser, door: RunningBot, site: HostSite
) -> None:
    attributes = (
        'language="en" position="left" colour="#7a1f1f" title="Robin" greeting-en="Welcome here" open'
        ' starters="Where are you?|What are the opening hours?" privacy="https://example.org/privacy"'
        """ texts='{"en": {"consent": "Our own line."}}'"""
    )
    page = _visit(browser, site.show(door.settings.door.local_url, attributes))

    panel = page.get_by_role("dialog", name="Robin")
    expect(panel).to_be_visible(timeout=ANSWER_MILLISECONDS)
    expect(panel.locator(".answer .bubble")).to_have_text("Welcome here")
    expect(panel.locator(".consent")).to_contain_text("Our own line.")
    expect(panel.get_by_role("link", name="Privacy")).to_have_attribute("href", "https://example.org/privacy")
    box = panel.bounding_box()
    assert box
    assert box["x"] < 100
    assert panel.locator(".head").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(122, 31, 31)"
    assert page.evaluate("document.activeElement.tagName") == "BODY", "opening on load takes no keyboard"
    panel.get_by_role("button", name="What are the opening hours?").click()
    expect(panel.locator(".answer")).to_have_count(2, timeout=ANSWER_MILLISECONDS)
    page.context.close()


def test_the_starters_are_those_of_the_page_also_when_it_changes_without_loading(
    browser: Browser, door: RunningBot, site: HostSite
) -> None:
    cards = read_draft(PROJECT_FOLDER / "data").cards
    own = """starters-nl='{"/nl/ons-caf\u00e9*": ["Is er koffie?", "Is er thee?"]}'"""
    page = _visit(browser, site.show(door.settings.door.local_url, own) + "nl/werk")
    chips = page.locator("faq-bot .chip")

    page.locator("faq-bot .launcher").click(timeout=ANSWER_MILLISECONDS)
    expect(chips.first).to_have_text(cards["employment/register_as_jobseeker"].title["nl"])
    page.keyboard.press("Escape")
    page.evaluate("history.pushState(null, '', '/nl/Ons-Caf\u00e9/menu')")
    page.locator("faq-bot .launcher").click()
    expect(chips).to_have_text(["Is er koffie?", "Is er thee?"])
    page.keyboard.press("Escape")
    page.evaluate("history.pushState(null, '', '/nl/opleiding')")
    page.locator("faq-bot .launcher").click()
    expect(chips.first).to_have_text(cards["training/find_a_course"].title["nl"])
    chips.first.click()
    expect(page.locator("faq-bot .answer")).to_have_count(2, timeout=ANSWER_MILLISECONDS)

    page.context.close()


def test_the_page_can_drive_it_and_is_told_what_happens_but_never_the_words(
    browser: Browser, door: RunningBot, site: HostSite
) -> None:
    page = _visit(browser, site.show(door.settings.door.local_url))
    page.wait_for_function("told.some(t => t.startsWith('ready'))", timeout=ANSWER_MILLISECONDS)
    page.locator("#before").focus()

    page.evaluate("document.querySelector('faq-bot').open()")
    expect(page.locator("faq-bot textarea#box")).to_be_focused()
    page.evaluate("text => document.querySelector('faq-bot').send(text)", QUESTION["nl"])
    expect(page.locator("faq-bot .answer")).to_have_count(2, timeout=ANSWER_MILLISECONDS)
    page.evaluate("document.querySelector('faq-bot').setLanguage('fr')")
    expect(page.locator("faq-bot .answer")).to_have_count(3, timeout=ANSWER_MILLISECONDS)
    page.evaluate("document.querySelector('faq-bot').close()")
    expect(page.locator("#before")).to_be_focused()
    page.evaluate("document.querySelector('faq-bot').reset()")

    told = page.evaluate("told")
    assert [name.split()[0] for name in told if not name.startswith("message")] == [
        *("ready", "open", "language", "close")
    ]
    assert any('"bot"' in name for name in told)
    assert any('"visitor"' in name for name in told)
    assert not any(QUESTION["nl"][:8] in name for name in told)
    assert page.evaluate("localStorage.length") == 0
    page.context.close()


def test_without_javascript_the_contact_ways_are_plain_links(
    browser: Browser, door: RunningBot, site: HostSite
) -> None:
    for address in (site.show(door.settings.door.local_url), f"{door.settings.door.local_url}/?lang=fr"):
        page = _visit(browser, address, java_script_enabled=False)

        expect(page.locator("faq-bot a[href^='tel:']")).to_be_visible()
        page.context.close()


#: What a browser at the floor does not have, taken away. Style sheets come by the site's nonce then.
_OLD = """
delete ShadowRoot.prototype.adoptedStyleSheets; delete Document.prototype.adoptedStyleSheets;
delete CSSStyleSheet.prototype.replaceSync;
for (const name of ['ResizeObserver', 'structuredClone', 'BroadcastChannel', 'visualViewport', 'trustedTypes',
                    'requestIdleCallback', 'WeakRef', 'navigation', 'scheduler', 'CSSLayerBlockRule'])
  Object.defineProperty(window, name, {value: undefined});
for (const name of ['replaceAll', 'at', 'isWellFormed']) delete String.prototype[name];
for (const name of ['at', 'findLast', 'toSorted', 'with']) delete Array.prototype[name];
delete Element.prototype.replaceChildren; delete Crypto.prototype.randomUUID; delete Object.hasOwn;
delete Promise.any; delete AbortSignal.timeout; delete AbortSignal.any;
delete ReadableStream.prototype[Symbol.asyncIterator];
MediaQueryList.prototype.addEventListener = undefined;
"""


def test_a_browser_without_the_newer_parts_has_the_whole_widget(
    browser: Browser, door: RunningBot, site: HostSite
) -> None:
    page = new_context(browser).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script(_OLD)
    ours = door.settings.door.local_url
    policy = f"default-src 'none'; style-src 'nonce-site'; script-src {ours}; connect-src {ours}"
    page.goto(site.show(ours, 'nonce="site"', policy=policy))

    page.locator("faq-bot .launcher").click(timeout=ANSWER_MILLISECONDS)
    assert page.locator("faq-bot .head").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(47, 62, 158)"
    page.locator("faq-bot textarea#box").fill(QUESTION["nl"])
    page.keyboard.press("Enter")
    expect(page.locator("faq-bot .answer")).to_have_count(2, timeout=ANSWER_MILLISECONDS)
    page.locator("faq-bot .thumb").first.click()
    expect(page.locator("faq-bot .comment")).to_be_visible()
    page.locator("faq-bot .language").first.click()
    expect(page.locator("faq-bot .answer")).to_have_count(3, timeout=ANSWER_MILLISECONDS)
    page.reload()
    page.locator("faq-bot .launcher").click(timeout=ANSWER_MILLISECONDS)
    expect(page.locator("faq-bot .answer")).to_have_count(3)

    assert faults == []
    page.context.close()


#: What a browser below the floor lacks, and how it is taken away.
_BELOW = {
    "streams of fetch": "delete window.ReadableStream",
    "aborting": "delete window.AbortController",
    "reading texts": "delete window.TextDecoder",
    "custom elements": "Object.defineProperty(window, 'customElements', {value: undefined})",
}


@pytest.mark.parametrize("missing", ["server", "syntax", *_BELOW])
def test_where_the_widget_cannot_be_the_contact_ways_stay(
    browser: Browser, door: RunningBot, site: HostSite, missing: str
) -> None:
    page = new_context(browser).new_page()
    attributes = ""
    if missing == "server":
        attributes = f'server="http://127.0.0.1:{free_port()}"'
    elif missing == "syntax":
        page.route(
            "**/widget/faq-bot.js", lambda route: route.fulfill(body="class ?? {", content_type="text/javascript")
        )
    else:
        page.add_init_script(_BELOW[missing])
    page.goto(site.show(door.settings.door.local_url, attributes))
    page.wait_for_timeout(800)

    expect(page.locator("faq-bot a[href^='tel:']")).to_be_visible()
    expect(page.locator("faq-bot .launcher")).to_be_hidden()
    page.context.close()
