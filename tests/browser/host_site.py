"""A website of somebody else, on an address of its own, that shows the widget; the tests set page and policy."""

from __future__ import annotations

from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

_PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Site</title>
<style nonce="site">* {{ color: rgb(200, 0, 0) !important; font-size: 40px !important; letter-spacing: 9px }}</style>
<script src="{door}/widget/faq-bot.js" defer></script></head>
<body><h1>Site</h1><a id="before" href="#">Link</a>
<faq-bot {attributes}><ul><li><a href="tel:080055566">0800 555 66</a></li></ul></faq-bot></body></html>"""


class HostSite:
    """Answers every path with the page that is set."""

    def __init__(self) -> None:
        self.page = self.policy = ""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self))
        Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """`localhost`, so that it is another origin and another site than the bot's 127.0.0.1."""
        return f"http://localhost:{self._server.server_address[1]}/"

    def show(self, door: str, attributes: str = "", language: str = "nl", policy: str = "") -> str:
        """Set page and Content-Security-Policy; gives the address to visit."""
        self.page = _PAGE.format(door=door, attributes=attributes, language=language)
        self.policy = policy
        return self.address

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, site: HostSite, *arguments: object) -> None:
        self._site = site
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """The page, whatever is asked for."""
        body = self._site.page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if self._site.policy:
            self.send_header("Content-Security-Policy", self._site.policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the tests tell what they find."""
