"""Entry point of `faqbot`: its verbs, and errors as one clear line instead of a traceback."""

from __future__ import annotations

import sys

import typer

from bot.commands import (
    agenda,
    calibrate,
    callbacks,
    chat,
    check,
    evaluate,
    fallbacks,
    messenger,
    parse,
    proposals,
    reply,
    run,
    staff,
    tags,
    theme,
    train,
)
from bot.foundation.settings import SettingError
from bot.foundation.yaml_files import YamlFileError
from bot.services.agenda.imports import FileRefused
from bot.services.agenda.sync import SyncRunning
from bot.services.callback.callbacks import UnknownReference
from bot.services.content.skeleton import ThemeRefused
from bot.services.handoff.states import NotPossible
from bot.services.processes import PortBusy
from bot.services.proposals.proposals import ProposalEnded, ProposalRefused, UnknownProposal
from bot.services.releases.folder import NoRelease
from bot.services.releases.publish import TrainingFailed
from bot.services.staff.records import StaffRefused
from bot.store.database import DatabaseError
from bot.understanding.understander import UnreadableUnderstanding

#: What an operator can put right: said in one line.
OPERATOR_ERRORS = (
    SettingError,
    YamlFileError,
    NoRelease,
    TrainingFailed,
    UnreadableUnderstanding,
    PortBusy,
    ThemeRefused,
    DatabaseError,
    FileRefused,
    SyncRunning,
    UnknownReference,
    NotPossible,
    StaffRefused,
    UnknownProposal,
    ProposalEnded,
    ProposalRefused,
    run.CannotStart,
    chat.NoAnswer,
)

app = typer.Typer(
    help="The FAQ bot of the Cité des métiers / Beroepenpunt Brussels.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(run.run)
app.command()(chat.chat)
app.command()(train.train)
app.command()(parse.parse)
app.command()(evaluate.evaluate)
app.command()(calibrate.calibrate)
app.command()(reply.reply)
app.command()(check.check)
app.command()(fallbacks.fallbacks)
app.command()(tags.tags)
app.add_typer(theme.theme, name="theme")
app.add_typer(agenda.agenda, name="agenda")
app.add_typer(callbacks.callbacks, name="callbacks")
app.add_typer(proposals.proposals, name="proposals")
app.add_typer(staff.staff, name="staff")
app.add_typer(messenger.messenger, name="messenger")


def main() -> None:
    """Run a verb. Exit code 1 and one line on standard error for what an operator can put right."""
    try:
        app()
    except OPERATOR_ERRORS as error:
        print(f"faqbot: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
