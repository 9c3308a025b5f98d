"""What a reader hands over: the activities of one source, and by line what it could not take. Used by the sync."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.services.agenda.activity import Activity

#: More than any centre publishes; a source with more is broken or not meant for us.
MOST_ACTIVITIES = 100_000
#: A daily activity over the whole horizon, and some more. What repeats more often is no activity.
MOST_OCCURRENCES = 1000


class SourceBroken(Exception):
    """A source cannot be read at all; what it gave before stays. The text says where and why."""


@dataclass(frozen=True)
class Remark:
    """Something about one entry: `where` is the file or address, `line` counts from 1 (None: not known)."""

    where: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"{self.where}:{self.line}: {self.reason}" if self.line else f"{self.where}: {self.reason}"


@dataclass(frozen=True)
class Rejected(Remark):
    """An entry that was not taken; `uid` names its activity where that could still be read."""

    uid: str | None = None


@dataclass(frozen=True)
class Defaults:
    """What holds where a source does not tell; `language` is that of its texts."""

    language: str = "fr"
    languages: tuple[str, ...] = ()
    theme: str | None = None
    mode: str | None = None
    place: str | None = None
    audience: tuple[str, ...] = ()
    organisers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """One source as `sources.yml` describes it: a file or an address.

    `hosts` may be reached, `own_network` are those of them whose address may be a private one.
    """

    name: str
    kind: str
    file: Path | None = None
    address: str | None = None
    defaults: Defaults = field(default_factory=Defaults)
    hosts: tuple[str, ...] = ()
    own_network: tuple[str, ...] = ()
    is_sample: bool = False

    @property
    def where(self) -> str:
        """What staff call it: the name of the file, or the address without what may be a key behind its path."""
        if self.address:
            return self.address.partition("?")[0].partition("#")[0]
        return self.file.name if self.file else self.name


@dataclass(frozen=True)
class Reading:
    """What was read: `remarks` are about entries that were taken all the same."""

    activities: tuple[Activity, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Material:
    """The bytes of a source, and for which stretch of time they are read; `progress` is told entries done and all."""

    source: Source
    content: bytes
    first: datetime
    last: datetime
    progress: Callable[[int, int], None] = lambda done, total: None

    def rejected(self, line: int | None, reason: str, uid: str | None = None) -> Rejected:
        """An entry of this source that is not taken."""
        return Rejected(self.source.where, line, reason, uid)

    def remark(self, line: int | None, text: str) -> Remark:
        """A word about an entry that is taken."""
        return Remark(self.source.where, line, text)

    def broken(self, line: int | None, reason: str) -> SourceBroken:
        """The error that says that the whole source cannot be read."""
        return SourceBroken(str(Remark(self.source.where, line, reason)))


def activity_id(source: str, uid: str, occurrence: str = "") -> str:
    """The id of an activity for good; `occurrence` tells the dates of a series apart."""
    digest = hashlib.sha256("\n".join((source, uid, occurrence)).encode("utf-8", "replace")).digest()
    return base64.b32encode(digest[:15]).decode("ascii").lower()
