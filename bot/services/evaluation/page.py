"""The evaluation as one small HTML page: tables with bars drawn by CSS, readable without scripts and in print."""

from __future__ import annotations

from html import escape
from typing import Any

_TARGETS = (
    ("top-1 on topics, all languages", ("topics", "all", "first"), 0.92, True),
    ("right topic in the answer or among the three offered", ("topics", "all", "reachable"), 0.98, True),
    ("wrong answers given as certain", ("topics", "all", "wrong_as_certain"), 0.03, False),
    (
        "out of scope, far: rejected or clarified",
        ("out_of_scope", "far", "rejected_or_clarified"),
        0.97,
        True,
    ),
    (
        "out of scope, near: rejected or clarified",
        ("out_of_scope", "near", "rejected_or_clarified"),
        0.85,
        True,
    ),
    ("crisis: recall", ("crisis", "recall"), 0.98, True),
    ("crisis: false alarms", ("crisis", "false_alarms"), 0.005, False),
    (
        "language, three words and more, nothing known",
        ("language", "without_mixed", "three_words_or_more_alone"),
        0.99,
        True,
    ),
    (
        "language stays in its own conversation",
        ("language", "without_mixed", "any_message_at_home"),
        0.99,
        True,
    ),
    (
        "language switches with three words and more",
        ("language", "without_mixed", "three_words_or_more_switch"),
        0.97,
        True,
    ),
)

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#1b1b2f;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:1rem 0 2rem;width:100%}
th,td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid #767a94;font-variant-numeric:tabular-nums}
td.bar{width:40%}
td.bar span{display:block;height:.8rem;background:#2f3e9e;border-radius:4px;min-width:1px}
.missed{color:#b3261e;font-weight:600}
@media(prefers-color-scheme:dark){body{background:#14152b;color:#ecedf7}
td.bar span{background:#b9c2ff}.missed{color:#ffb4ab}}
"""


def evaluation_page(report: dict[str, Any]) -> str:
    """The page for a report as `faqbot evaluate` writes it."""
    figures = report["figures"]
    sections = [
        _targets(figures),
        _shares("Topics by language, top-1", {k: v["first"] for k, v in figures["topics"].items()}),
        _shares("Topics by register, top-1", {k: v["first"] for k, v in figures["registers"].items()}),
        _shares("Dialogue intents, top-1", {k: v["first"] for k, v in figures["dialogue"].items()}),
        _shares("Crisis recall by language", {k: figures["crisis"][k] for k in ("fr", "nl", "en")}),
        _calibration(figures["calibration"]),
        _confusions(figures["confusions"]),
    ]
    if report.get("cross_language"):
        without = {k: v["without_own_phrases"] for k, v in report["cross_language"].items()}
        sections.insert(3, _shares("Top-1 in a language none of whose phrases was learned", without))
    made = escape(f"{figures['messages']} messages, release {report['release']}, {report['made_at']}")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Evaluation of the FAQ bot</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        f"<h1>Evaluation of the understanding</h1><p>{made}</p>{''.join(sections)}</body></html>\n"
    )


def _targets(figures: dict[str, Any]) -> str:
    rows = []
    for name, path, target, at_least in _TARGETS:
        value: Any = figures
        for key in path:
            value = value[key]
        met = value is not None and (value >= target if at_least else value <= target)
        state = "met" if met else '<span class="missed">missed</span>'
        sign = "at least" if at_least else "at most"
        rows.append(
            f"<tr><td>{name}</td><td>{_percent(value)}</td><td>{sign} {_percent(target)}</td><td>{state}</td></tr>"
        )
    head = "<tr><th>what</th><th>measured</th><th>target</th><th></th></tr>"
    return f"<h2>Targets</h2><table>{head}{''.join(rows)}</table>"


def _shares(title: str, values: dict[str, float | None]) -> str:
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{_percent(value)}</td>"
        f'<td class="bar"><span style="width:{100 * (value or 0):.1f}%"></span></td></tr>'
        for name, value in values.items()
    )
    return f"<h2>{escape(title)}</h2><table><tr><th></th><th>share</th><th></th></tr>{rows}</table>"


def _calibration(calibration: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td>{item['from']:.1f}</td><td>{item['messages']}</td><td>{_percent(item['said'])}</td>"
        f"<td>{_percent(item['right'])}</td></tr>"
        for item in calibration["bins"]
    )
    return (
        f"<h2>Calibration (expected error {_percent(calibration['expected_error'])})</h2>"
        "<table><tr><th>confidence from</th><th>messages</th><th>said</th><th>right</th></tr>"
        f"{rows}</table>"
    )


def _confusions(confusions: list[dict[str, Any]]) -> str:
    rows = "".join(
        f"<tr><td>{escape(item['right'])}</td><td>{escape(item['taken_for'])}</td><td>{item['messages']}</td></tr>"
        for item in confusions
    )
    head = "<tr><th>right</th><th>taken for</th><th>messages</th></tr>"
    return f"<h2>Worst confusions</h2><table>{head}{rows}</table>"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"
