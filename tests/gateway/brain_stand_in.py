"""A server that answers like Rasa's turn channel, at once, and misbehaves when the words say so.

Run as a process of its own: `python -m tests.gateway.brain_stand_in PORT FOLDER`. Words: `BREAK` answers 500,
`DIE` ends the process, `HANG` never answers, `SLOW` takes five seconds, `EMPTY` says nothing,
`REFUSE` answers 422. What it saw is appended to FOLDER/turns.jsonl.
"""

from __future__ import annotations

import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    folder = Path()

    def do_GET(self) -> None:
        self._answer(200, {"ready": True})

    def do_POST(self) -> None:
        turn = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with (self.folder / "turns.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(turn) + "\n")
        words = turn.get("text") or turn.get("choice") or ""
        if "DIE" in words:
            os._exit(1)
        if "HANG" in words:
            time.sleep(600)
        if "SLOW" in words:
            time.sleep(5)
        if "BREAK" in words:
            self._answer(500, {})
        elif "REFUSE" in words:
            self._answer(422, {})
        else:
            self._answer(200, _turn(turn, words))

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


def _turn(turn: dict[str, Any], words: str) -> dict[str, Any]:
    language = turn.get("language") or "fr"
    topic = words.removeprefix("topic:") if words.startswith("topic:") else "centre/opening_hours"
    parts = [{"kind": "text", "markdown": f"**{words}**"}]
    return {
        "reply": {
            "language": language,
            "topic": topic,
            "as_of": "2020-11",
            "parts": [] if "EMPTY" in words else parts,
        },
        "report": {
            "language": language,
            "intent": topic,
            "confidence": 0.9,
            "decision": "answer",
            "ranking": [{"intent": topic, "confidence": 0.9}],
        },
        "repeated": False,
    }


if __name__ == "__main__":
    _Handler.folder = Path(sys.argv[2])
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), _Handler).serve_forever()
