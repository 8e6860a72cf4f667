"""The home page: what this is, a race, two more things to see, and a way into each scene."""

import asyncio

from engine.run import Run
from viz.documents.home import SCENARIOS, Home, home_html
from viz.runs import RUNS
from viz.web.handlers import PageHandler


class HomeHandler(PageHandler):
    """`/`: a plain page, no session."""

    _home: Home | None = None  # of all requests: its runs do not change while the process lives

    async def get(self):
        """Write the page."""
        if HomeHandler._home is None:
            HomeHandler._home = Home(await _runs())
        self.set_header("Cache-Control", "no-cache")
        self.finish(home_html(HomeHandler._home, self.texts))


async def _runs() -> dict[str, Run]:
    packed = await asyncio.gather(*(asyncio.wrap_future(RUNS.ask(each).future) for each in SCENARIOS.values()))
    return dict(zip(SCENARIOS, map(Run.unpack, packed), strict=True))
