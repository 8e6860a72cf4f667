"""`/tour` and `/talk`: the talk retold at stations, and its claims beside what tests them."""

import asyncio
import re
from collections.abc import Callable

from engine.run import Run
from lessons.catalogue import course
from lessons.talk import read_claims, read_tour
from viz.documents.curves import SIDES
from viz.documents.home import SCENARIOS
from viz.documents.talk import talk_page
from viz.documents.tour import tour_page
from viz.runs import RUNS
from viz.web.course import with_runs
from viz.web.handlers import PageHandler


class _Once:
    """What is made with runs at the first request, and kept: it does not change while the process lives."""

    def __init__(self, make: Callable):
        self._make, self._task = make, None

    async def __call__(self):
        if self._task is None or (self._task.done() and self._task.exception()):
            self._task = asyncio.ensure_future(self._make())
        return await asyncio.shield(self._task)


async def _sides() -> dict[str, Run]:
    packed = await asyncio.gather(*(asyncio.wrap_future(RUNS.ask(SCENARIOS[side]).future) for side in SIDES))
    return dict(zip(SIDES, map(Run.unpack, packed), strict=True))


CLAIMS = _Once(lambda: with_runs(read_claims))
STATIONS = _Once(lambda: with_runs(read_tour))
CURVES = _Once(_sides)


async def warm() -> None:
    """Make what the first visitor needs, one run at a time."""
    for make in (STATIONS, CURVES, CLAIMS):
        await make()


class TourHandler(PageHandler):
    """`/tour`, at `?station=n` or `#n`."""

    async def get(self):
        """Write the page."""
        stations, curves = await STATIONS(), await CURVES()
        asked = self.get_query_argument("station", "")
        first = min(int(asked), len(stations)) if re.fullmatch("[1-9][0-9]?", asked) else 1
        self.set_header("Cache-Control", "no-cache")
        self.finish(tour_page(stations, curves, self.texts, first))


class TalkHandler(PageHandler):
    """`/talk`: what the talk claims."""

    async def get(self):
        """Write the page."""
        lessons = {lesson.slug: lesson for lesson in await asyncio.to_thread(course, None, self.texts.code)}
        self.set_header("Cache-Control", "no-cache")
        self.finish(talk_page(await CLAIMS(), lessons, self.texts))
