"""The parts of the bench that `--only` can name, and what `--quick` makes smaller."""

from __future__ import annotations

from dataclasses import dataclass

TRAINING = "training"
LOAD = "load"
ACCURACY = "accuracy"
PARSE = "parse"
CONVERSATION = "conversation"
CHAIN = "chain"
PUBLIC = "public"
AGENDA = "agenda"
MESSENGER = "messenger"
DESK = "desk"

#: In the order in which they are measured and shown.
PARTS: tuple[str, ...] = (TRAINING, LOAD, ACCURACY, PARSE, CONVERSATION, CHAIN, MESSENGER, DESK, AGENDA, PUBLIC)


class BenchFailed(RuntimeError):
    """The bench cannot go on; the text says why and which log to read."""


@dataclass(frozen=True)
class Size:
    """How much is measured.

    `loads` processes are started per engine; `parse_messages` are timed; the accuracy takes
    `accuracy_messages` of the evaluation messages (None: all); `conversations` have `turns` messages each;
    each load of the chain is `chain_messages`, and `streams` visitors keep a stream open; each request
    to the agenda is made `agenda_rounds` times; at the desk each conversation goes to and fro `desk_rounds` times;
    events of Messenger arrive for `burst_seconds`.
    """

    loads: int = 3
    parse_messages: int = 300
    accuracy_messages: int | None = None
    conversations: int = 5
    turns: int = 200
    chain_messages: int = 320
    streams: int = 1000
    agenda_rounds: int = 20
    burst_seconds: int = 10
    desk_rounds: int = 6
    seeds: tuple[int, ...] = (1, 2, 3)


QUICK = Size(
    loads=1,
    parse_messages=60,
    accuracy_messages=150,
    conversations=2,
    turns=40,
    chain_messages=96,
    streams=100,
    agenda_rounds=5,
    burst_seconds=3,
    desk_rounds=2,
    seeds=(1,),
)


def read_parts(text: str | None) -> tuple[str, ...]:
    """The parts named in `--only`, in our order; all for None. Raises BenchFailed for an unknown one."""
    if text is None:
        return PARTS
    named = {name.strip() for name in text.split(",") if name.strip()}
    unknown = sorted(named - set(PARTS))
    if unknown or not named:
        raise BenchFailed(f"--only takes {', '.join(PARTS)}, not {', '.join(unknown) or 'nothing'}")
    return tuple(part for part in PARTS if part in named)
