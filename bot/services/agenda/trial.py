"""Reads sources as a sync would and stores nothing. Called by `faqbot agenda check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from bot.services.agenda.horizon import horizon
from bot.services.agenda.outcome import SourceOutcome
from bot.services.agenda.sources.fetch import Fetcher, NotFetched
from bot.services.agenda.sources.readers import read_material
from bot.services.agenda.sources.reading import Material, Source, SourceBroken
from bot.services.agenda.sync import Progress


def check_sources(
    sources: Sequence[Source], now: datetime, progress: Progress, fetcher: Fetcher | None = None
) -> Iterator[SourceOutcome]:
    """What each source holds now, or why it cannot be read."""
    for source in sources:
        progress(source.name, "fetching", 0, 1)
        try:
            content = _content(source, fetcher or Fetcher())
            material = Material(source, content, *horizon(now), partial(progress, source.name, "reading"))
            yield SourceOutcome(source.name, source.where, reading=read_material(material))
        except (NotFetched, SourceBroken) as error:
            yield SourceOutcome(source.name, source.where, problem=str(error))


def _content(source: Source, fetcher: Fetcher) -> bytes:
    if source.address:
        return fetcher.fetch(source).content
    assert source.file is not None
    try:
        return source.file.read_bytes()
    except OSError as error:
        raise NotFetched(f"the file {source.file} cannot be read ({error.strerror})") from None
