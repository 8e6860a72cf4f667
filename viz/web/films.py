"""Films and slides that the dialog "Share & embed" asks for: one is made at a time, a few wait, the last are kept.

Drawing a film takes as long as watching it, so its progress is told as server-sent events. Where no browser is on the
machine, or the packages are missing, the dialog shows the command that does it elsewhere.
"""

import asyncio
import io
import json
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import tornado.iostream

from engine.language import language, message
from engine.run import Run
from engine.scenarios import Cancelled, ScenarioError, scenario_class
from viz.cache import ByteCache
from viz.documents.embed import check_view, read_address
from viz.documents.export import DRAWN, ExportError, export
from viz.documents.export.camera import can_draw
from viz.web.embed import RefusingHandler, instead
from viz.web.handlers import site_of

TYPES = {
    "mp4": "video/mp4",
    "gif": "image/gif",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip",
}
MOST_WAITING = 4
KEPT_BYTES = 64e6
HEARTBEAT_S = 15  # under the half minute to a minute after which proxies close a silent answer
_DATE = (2020, 1, 1, 0, 0, 0)


class Studio:
    """Makes files on a thread of its own; equal orders are one."""

    def __init__(self):
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="studio")
        self._orders: dict[str, _Order] = {}
        self.files = ByteCache(KEPT_BYTES)

    def order(self, key: str, make) -> "_Order":
        """Ask for a file; call it on the event loop.

        Parameters
        ----------
        key : str
            What makes files equal.
        make : callable
            Receives a function that is told the finished share, and returns the content.

        Raises
        ------
        ScenarioError
            If too many files are waited for.
        """
        order = self._orders.get(key)
        if order is None or order.abandoned:
            if len(self._orders) > MOST_WAITING:
                raise ScenarioError(message("film_queue", n=MOST_WAITING))
            order = self._orders[key] = _Order()
            order.future = asyncio.wrap_future(self._pool.submit(lambda: make(order.report)))
            order.future.add_done_callback(lambda future: self._finish(key, order, future))
        return order

    def _finish(self, key, order, future):
        if self._orders.get(key) is order:
            del self._orders[key]
        if not (future.cancelled() or future.exception()):
            self.files.put(key, future.result())


class _Order:
    """A file in work, and how many wait for it."""

    def __init__(self):
        self.future = None
        self.share = 0.0
        self.n_waiting = 0
        self.abandoned = False

    def report(self, share):
        """Take note of the finished share, on the thread that makes the file."""
        if self.abandoned:
            raise Cancelled
        self.share = share

    def leave(self):
        """Wait no longer; what nobody waits for is not finished."""
        self.n_waiting -= 1
        self.abandoned = not self.n_waiting


class FilmHandler(RefusingHandler):
    """`/export/SCENE.mp4`, `.gif`, `.pptx`, `.zip`: as an event stream it makes the file, else it hands it out."""

    studio = Studio()

    async def get(self, scene, ending):
        """Answer with progress, or with a file that is ready."""
        self.scene = scene
        settings, view = read_address(self.request.query)
        scenario = scenario_class(scene).read(settings)
        key = json.dumps([scenario.key(), sorted(view.items()), ending, site_of(self.request)])
        if "text/event-stream" in self.request.headers.get("Accept", ""):
            await self._make(scenario, view, ending, key)
            return
        content = self.studio.files.get(key)
        if content is None:
            raise ScenarioError(instead(message("film_not_made"), scenario, view, ending))
        self.set_header("Content-Type", TYPES[ending])
        self.set_header("Content-Disposition", f'attachment; filename="waferscope-{scene}.{ending}"')
        self.set_header("X-Content-Type-Options", "nosniff")
        self.finish(content)

    async def _make(self, scenario, view, ending, key):
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Accel-Buffering", "no")
        try:
            if self.studio.files.get(key) is None:
                if not can_draw():
                    raise ExportError(instead(message("film_not_here"), scenario, view, ending))
                run = Run.unpack(await self.computed(scenario))
                check_view(view, run)
                site = site_of(self.request)
                order = self.studio.order(key, lambda told: made(scenario, run, view, ending, site, told))
                await self._follow(order)
            await self._tell({"done": True})
        except (ScenarioError, ExportError) as error:
            await self._tell({"error": f"{language(view.get('lang', 'en'))(error.said)}."})
        except (Cancelled, tornado.iostream.StreamClosedError):
            pass  # nobody is there any more

    async def _follow(self, order):
        """Tell the share of an order until it is done."""
        order.n_waiting += 1
        told = None
        silent = 0.0
        try:
            while not order.future.done():
                await asyncio.wait({order.future}, timeout=0.25)
                silent += 0.25
                if order.share != told or silent > HEARTBEAT_S:
                    told, silent = order.share, 0.0
                    await self._tell({"share": told})
        finally:
            order.leave()
        order.future.result()

    async def _tell(self, message):
        self.write(f"data: {json.dumps(message)}\n\n")
        await self.flush()


def made(scenario, run, view, ending, site, told) -> bytes:
    """Return a file; the parameters are those of `export`, a zip holds what it writes into a folder."""
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder, run.scene) if ending == "zip" else Path(folder, f"{run.scene}.{ending}")
        shares: dict[str, float] = {}

        def one(name, share):
            shares[name] = share
            told(sum(shares.values()) / (len(DRAWN) if ending == "zip" else 1))

        files = export(scenario, run, view, to, site=site, told=one)
        if ending != "zip":
            return to.read_bytes()
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as package:
            for file in files:
                package.writestr(zipfile.ZipInfo(file.name, _DATE), file.read_bytes(), zipfile.ZIP_DEFLATED)
        return content.getvalue()
