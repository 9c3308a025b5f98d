"""`python -m tests.graph_double --port 9000 --webhook http://127.0.0.1:8080/messenger/webhook`."""

from __future__ import annotations

import argparse
from pathlib import Path

import uvicorn
import yaml

from tests.graph_double.server import create_app
from tests.graph_double.world import Page, World
from tests.messenger_payloads import APP, OTHER_PAGE, PAGE, SECRET

VERIFY_TOKEN = "a-word-that-only-meta-and-we-know"
PAGES = (
    Page(PAGE, "Cité des métiers – Beroepenpunt", "EAAG-token-of-the-first-page"),
    Page(OTHER_PAGE, "Touch'N'Go", "EAAG-token-of-the-second-page"),
)


def main() -> None:
    """Serve until a signal comes."""
    options = _options()
    world = World(options.app_id, options.app_secret, options.verify_token, _pages(options.pages, options.fresh))
    world.callback_url = options.webhook
    uvicorn.run(
        create_app(world),
        host="127.0.0.1",
        port=options.port,
        log_level="warning",
        access_log=False,
        ws="none",
        timeout_graceful_shutdown=1,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.graph_double", description=__doc__)
    parser.add_argument("--port", type=int, default=9000)
    parser.add_argument("--webhook", default="", help="where the gateway takes webhooks")
    parser.add_argument("--app-id", default=APP)
    parser.add_argument("--app-secret", default=SECRET)
    parser.add_argument("--verify-token", default=VERIFY_TOKEN)
    parser.add_argument("--pages", type=Path, help="the gateway's file of pages; two pages of our own without it")
    parser.add_argument("--fresh", action="store_true", help="begin with pages that nobody has set up")
    return parser.parse_args()


def _pages(path: Path | None, fresh: bool) -> list[Page]:
    pages = list(PAGES)
    if path is not None:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        pages = [Page(str(one["id"]), one["name"], one["token"]) for one in content["pages"]]
    for page in pages:
        if fresh:
            page.subscribed = set()
        else:
            page.profile["get_started"] = {"payload": "get_started"}
    return pages


if __name__ == "__main__":
    main()
