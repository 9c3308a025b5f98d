"""A brain in this process, from the active release: the real dialogue engine without any server."""

from __future__ import annotations

import warnings

from rasa.core.agent import Agent

from bot.engine.brain import Brain
from bot.engine.in_process_actions import InProcessActions, RunAction
from bot.engine.nlg import ReleaseNlg
from bot.foundation.settings import PROJECT_FOLDER, Settings
from bot.services.releases.active import ActiveContent
from bot.services.releases.folder import MODEL, active_release
from bot.store.tracker_rows import TrackerRows


def local_brain(settings: Settings, run_action: RunAction, database: str = "sqlite://") -> Brain:
    """Load the active release's model. `database` holds the trackers (default: memory, for one call).

    Raises NoRelease.
    """
    folder = active_release(settings.releases_folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        agent = Agent.load(
            folder / MODEL,
            generator=ReleaseNlg(),
            action_endpoint=InProcessActions(run_action),
        )
    content = ActiveContent(settings.releases_folder, draft=PROJECT_FOLDER / "data")
    return Brain(agent, TrackerRows(database), content)
