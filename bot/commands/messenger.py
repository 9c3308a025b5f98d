"""`faqbot messenger`: sets up what Facebook pages show, and says whether they can be served."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

import typer

from bot.foundation.clock import now
from bot.foundation.messenger_settings import MessengerPage, MessengerSettings
from bot.foundation.setting_error import SettingError
from bot.foundation.settings import PROJECT_FOLDER, Settings, read_settings
from bot.gateway.messenger.client import GraphClient
from bot.gateway.messenger.graph_errors import GraphFailure
from bot.gateway.messenger.page_setup import Change, apply, changes_of
from bot.gateway.messenger.page_status import Check, in_words, page_checks, version_check, webhook_check
from bot.gateway.messenger.profile import domain_of, wanted_profile
from bot.gateway.words import GatewayWords
from bot.services.content.draft import read_draft
from bot.services.releases.active import ActiveContent

#: Exit codes beside 0 (all is well): something cannot be done, and something would have to be changed.
FAILED, TO_DO = 1, 2

messenger = typer.Typer(help="Facebook Messenger.", no_args_is_help=True)

_Page = Annotated[str | None, typer.Option("--page", help="Only this page, by its id.")]


@messenger.command()
def setup(
    do_apply: Annotated[bool, typer.Option("--apply", help="Change it; else it is only shown.")] = False,
    page: _Page = None,
) -> None:
    """Show what each page would get: button, greeting, first questions, menu, domains, events. Then `--apply`.

    Exit code 0 when nothing is to be changed or all was, 2 when something would be, 1 when something failed.
    """
    raise typer.Exit(asyncio.run(_with_client(page, lambda asking: _set_up(asking, do_apply))))


@messenger.command()
def status(page: _Page = None, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Check version, webhook, and each page's token, permissions and events.

    Exit code 0 when all is well, 1 when something is not.
    """
    raise typer.Exit(asyncio.run(_with_client(page, lambda asking: _check(asking, as_json))))


@dataclass(frozen=True)
class _Asking:
    """Settings, the pages that are meant, and a client to ask about them."""

    settings: Settings
    messenger: MessengerSettings
    pages: list[MessengerPage]
    client: GraphClient


async def _with_client(page_id: str | None, work: Callable[[_Asking], Awaitable[int]]) -> int:
    settings = read_settings()
    found = settings.messenger
    if found is None:
        raise SettingError("Messenger is not set up: see FAQBOT_MESSENGER_… in .env.example")
    pages = [page for page in found.pages if page_id in (None, page.id)]
    if not pages:
        known = ", ".join(page.id for page in found.pages)
        raise SettingError(f"FAQBOT_MESSENGER_PAGES has no page {page_id}; it has {known}")
    client = GraphClient(found)
    try:
        return await work(_Asking(settings, found, pages, client))
    finally:
        await client.close()


async def _set_up(asking: _Asking, do_apply: bool) -> int:
    settings, client = asking.settings, asking.client
    draft = PROJECT_FOLDER / "data"
    words = GatewayWords(ActiveContent(settings.releases_folder, draft), lambda: read_draft(draft).texts)
    domains = [domain_of(url) for url in (settings.door.public_url, *settings.door.origins) if url and url != "*"]
    code = 0
    for page in asking.pages:
        typer.echo(f"{page.name} ({page.id})")
        try:
            changes = await changes_of(client, page, wanted_profile(page, words, domains))
        except GraphFailure as failure:
            typer.echo(f"  cannot be read: {in_words(failure)}", err=True)
            code = FAILED
            continue
        if not changes:
            typer.echo("  nothing to change")
        for change in changes:
            _show(change)
            if not do_apply:
                code = code or TO_DO
            elif not await _apply(client, page, change):
                code = FAILED
    if code == TO_DO:
        typer.echo("Nothing was changed. Add --apply to do it.")
    return code


async def _apply(client: GraphClient, page: MessengerPage, change: Change) -> bool:
    try:
        await apply(client, page, change)
    except GraphFailure as failure:
        if change.is_optional and failure.reason in ("refused", "permission_missing"):
            typer.echo("    not taken: Meta does not have it for this page; everything works without it")
            return True
        typer.echo(f"    failed: {in_words(failure)}", err=True)
        return False
    typer.echo("    done")
    return True


def _show(change: Change) -> None:
    typer.echo(f"  {change.name}: {'new' if change.is_new else 'changes'}")
    for line in change.lines:
        typer.echo(f"    {line}")


async def _check(asking: _Asking, as_json: bool) -> int:
    client, public_url = asking.client, asking.settings.door.public_url
    version, webhook = version_check(asking.messenger, now().date()), await webhook_check(client, public_url)
    general, found = [version, webhook], {page.id: await page_checks(client, page) for page in asking.pages}
    is_good = all(check.is_good for check in (*general, *(check for checks in found.values() for check in checks)))
    if as_json:
        told = {
            "is_good": is_good,
            "app": _data(general),
            "pages": {key: _data(value) for key, value in found.items()},
        }
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return 0 if is_good else FAILED
    for check in general:
        _print(check, "")
    for page in asking.pages:
        typer.echo(f"{page.name} ({page.id})")
        for check in found[page.id]:
            _print(check, "  ")
    return 0 if is_good else FAILED


def _data(checks: list[Check]) -> dict[str, dict[str, object]]:
    return {check.name: {"is_good": check.is_good, "words": check.words} for check in checks}


def _print(check: Check, indent: str) -> None:
    typer.echo(f"{indent}{'good' if check.is_good else 'NOT GOOD'}  {check.name}: {check.words}")
