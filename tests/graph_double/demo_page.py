"""The page that looks like Messenger."""

from __future__ import annotations

from starlette.routing import Route

from tests.graph_double.world import World


def demo_routes(world: World) -> list[Route]:
    """Under /demo."""
    return []
