"""The script that a browser gets holds nothing that Safari 13.0, Chrome 80 or Firefox 78 lack, or asks first."""

from __future__ import annotations

import re

import pytest

from bot.gateway.widget_files import read_script

#: What one of them cannot read or does not have: a pattern that finds it, and what it finds.
TOO_NEW: dict[str, tuple[str, str]] = {
    # Syntax: one such sign, and nothing of the script runs.
    "optional chaining": (r"\?\.(?=[A-Za-z_(\[])", "a?.b"),
    "nullish coalescing": (r"\?\?", "a ?? b"),
    "logical assignment": (r"(?:\|\||&&)=", "a ||= b"),
    "private parts of a class": (r"\bthis\.#\w|^\s*#\w+", "this.#a"),
    "class fields": (
        r"^(?:static )?[a-zA-Z_]\w* = [^;]*;$(?=\n(?:constructor|static|[a-z]\w*\())",
        "a = 1;\nconstructor(",
    ),
    "static blocks": (r"\bstatic \{", "static {"),
    "separators in numbers": (r"\b\d+_\d", "1_000"),
    "big integers": (r"\b\d+n\b", "10n"),
    "looking behind in patterns": (r"\(\?<[=!]", "(?<=a)"),
    "newer flags of patterns": (r"/[a-z]*[dv][a-z]*\.(?:test|exec)\(", "/a/v.test("),
    "await outside of functions": (r"^await ", "await a;"),
    "modules at run time": (r"\bimport\(|\bimport\.meta", "import(a)"),
    # What scripts call.
    **{
        name: (rf"\.{name}\(", f"a.{name}(")
        for name in (
            *(
                "replaceAll",
                "replaceChildren",
                "at",
                "findLast",
                "findLastIndex",
                "toSorted",
                "toReversed",
                "toSpliced",
            ),
            *("with", "hasOwn", "groupBy", "any", "withResolvers", "showModal", "showPopover", "checkVisibility"),
            *("randomUUID", "isWellFormed", "scrollIntoViewIfNeeded", "setHTML"),
        )
    },
    **{
        name: (rf"\b{name}\b", name)
        for name in (
            *(
                "structuredClone",
                "ResizeObserver",
                "BroadcastChannel",
                "WeakRef",
                "FinalizationRegistry",
                "AggregateError",
            ),
            *("requestIdleCallback", "attachInternals", "inert", "CSSLayerBlockRule", "reportError", "scheduler"),
            *(
                "dateStyle",
                "timeStyle",
                "RelativeTimeFormat",
                "ListFormat",
                "Segmenter",
                "DisplayNames",
                "navigation",
            ),
        )
    },
    "signals with a time": (r"AbortSignal\.\w", "AbortSignal.timeout(1)"),
    "events of a media query": (r"\b(?:small|dark|matchMedia\([^)]*\))\.addEventListener", "dark.addEventListener("),
    # Style sheets: an unknown selector costs its whole rule, an unknown property its declaration.
    ":is, :where, :has": (r":(?:is|where|has)\(", ":is(a, b)"),
    "inset": (r"[;{ ]inset(?:-\w+)?:", "{ inset: 0"),
    "gap of a flex box": (r"[;{ ](?:column-|row-)?gap:", "{ gap: 4px"),
    "aspect-ratio": (r"aspect-ratio:", "aspect-ratio: 1"),
    "clamp": (r"clamp\(", "clamp(1px, 2px, 3px)"),
    "nested rules": (r"[{;]\s*&", "{ & a"),
    "layers and containers": (r"@(?:layer|container|supports-condition|scope|property)\b", "@layer a"),
    "newer units": (r"\d(?:d|s|l)v[hw]\b|\d(?:cq\w|lh|rlh)\b", "100dvh"),
    "newer colours": (r"\b(?:color-mix|oklch|oklab|lab|lch|light-dark)\(", "color-mix(in srgb, a, b)"),
    "logical properties": (r"(?:margin|padding|border)-(?:inline|block)(?:-\w+)?:", "margin-inline: 1px"),
    "accent-color and others": (
        r"(?:accent-color|scrollbar-gutter|content-visibility|text-wrap|field-sizing):",
        "text-wrap: a",
    ),
}

#: New, and asked for before it is used: the mark of the question that must stand in the script.
ASKED_FIRST = {
    "adoptedStyleSheets": '"adoptedStyleSheets" in root',
    "trustedTypes": "if (!types)",
    "visualViewport": 'if (window["visualViewport"])',
}
#: Without these the widget gives up before it begins, and the site's own links stay.
NEEDED = ("customElements", "AbortController", "ReadableStream", "TextDecoder")


@pytest.fixture(scope="module")
def script() -> str:
    return read_script().plain.decode()


@pytest.mark.parametrize("name", TOO_NEW)
def test_the_script_holds_nothing_that_the_oldest_browsers_lack(script: str, name: str) -> None:
    pattern, example = TOO_NEW[name]
    sought = re.compile(pattern, re.MULTILINE)

    assert sought.search(example), "the pattern finds what it is for"
    assert [script[found.start() - 30 : found.end() + 30] for found in sought.finditer(script)] == []


@pytest.mark.parametrize("name", ASKED_FIRST)
def test_what_is_newer_is_asked_for_before_it_is_used(script: str, name: str) -> None:
    assert name in script
    assert ASKED_FIRST[name] in script


def test_a_browser_without_what_is_needed_keeps_the_plain_links(script: str) -> None:
    define = script.index('customElements.define("faq-bot"')
    question = script[script.rindex("if (", 0, define) : define]

    assert [name for name in NEEDED if f"window.{name}" not in question] == []


def test_the_focus_is_drawn_where_focus_visible_is_not_known(script: str) -> None:
    # Safari before 15.4 drops every rule with this selector: no other rule may stand in one with it.
    rules = [line for line in script.splitlines() if ":focus-visible" in line]

    assert rules
    for rule in rules:
        assert all(":not(:focus-visible)" in selector for selector in rule.partition("{")[0].split(","))
        assert "outline: none" in rule
