"""The gateway's process: the public port and the private one in one loop. Started by the supervisor."""

from __future__ import annotations

import asyncio
import sys

import uvicorn
import uvloop

from bot.app import Apps, create_apps
from bot.foundation.garbage import spare_what_is_loaded
from bot.foundation.logging import log_to_stderr
from bot.foundation.settings import Settings, read_settings

#: Streams that are open get so long to end when the server stops.
_GRACE_SECONDS = 3
#: By then words, calendars and languages are read, which is begun with the server and goes on behind it.
_LOADED_SECONDS = 10
#: A thread that computes lets others go on so soon. With Python's own 5 ms, a visitor's message that passes through
#: four threads waited for some twenty of them when many were at work.
_SWITCH_SECONDS = 0.001


class _Server(uvicorn.Server):
    """Ends the open streams before uvicorn waits for them."""

    def __init__(self, config: uvicorn.Config, apps: Apps) -> None:
        super().__init__(config)
        self._apps = apps

    async def shutdown(self, sockets: object = None) -> None:
        self._apps.streams.close_all()
        await super().shutdown()


async def serve(settings: Settings) -> None:
    """Serve both ports until a signal comes."""
    apps = create_apps(settings)
    public = _Server(_config(apps.public, settings.door.host, settings.door.port, settings.door.proxies), apps)
    private = uvicorn.Server(_config(apps.private, settings.host, settings.door.ops_port, lifespan="off"))
    await asyncio.gather(public.serve(), _beside(public, private))


async def _beside(public: uvicorn.Server, private: uvicorn.Server) -> None:
    """The private port lives and ends with the public one, which alone listens for signals."""
    task = asyncio.create_task(private._serve())
    loaded = asyncio.get_running_loop().call_later(_LOADED_SECONDS, spare_what_is_loaded)
    while not public.should_exit and not task.done():
        await asyncio.sleep(0.2)
    loaded.cancel()
    private.should_exit = True
    await task


def _config(app: object, host: str, port: int, proxies: str = "", lifespan: str = "on") -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan=lifespan,  # type: ignore[arg-type]
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        backlog=4096,
    )


if __name__ == "__main__":
    log_to_stderr()
    sys.setswitchinterval(_SWITCH_SECONDS)
    uvloop.install()
    asyncio.run(serve(read_settings()))
