"""`/embed/SCENE`, and what all requests share that wait for the run of somebody's address."""

import asyncio
import gzip
import hashlib
import shlex
import time

from engine.language import Message, Quantity, message
from engine.scenarios import Scenario, ScenarioError, scenario_class
from viz.cache import ByteCache
from viz.documents.embed import asked_language, embed_html, error_html, read_address, scene_path
from viz.web.handlers import Busy, RunningHandler, allow_frames

WAIT_S = 15.0  # for a turn of the engine: with the computing this keeps under the half minute of many proxies
LIMIT_S = 8.0  # a run that takes longer to compute is for the command line
RETRY_S = 10
LIMIT_BYTES = 1.3e6  # of a packed run; with the page around it that keeps to 1.5 MB over the wire
KEPT_BYTES = 64e6
AN_HOUR = "public, max-age=3600, stale-while-revalidate=86400"


class RefusingHandler(RunningHandler):
    """A request for a run that somebody waits for; what is wrong becomes a small page that says so."""

    scene = ""

    async def computed(self, scenario: Scenario) -> bytes:
        """Wait for the run of a scenario, as long and as large as a page may be.

        Parameters
        ----------
        scenario : Scenario
            Checked.

        Returns
        -------
        bytes
            `Run.packed()`, from the store or computed.

        Raises
        ------
        Busy
            If its turn does not come.
        ScenarioError
            If it takes too long or is too large, with the command that exports it instead.
        """
        ticket = self.ask(scenario)
        answer, begun = asyncio.wrap_future(ticket.future), asyncio.wrap_future(ticket.begun)
        await asyncio.wait({answer, begun}, timeout=WAIT_S, return_when=asyncio.FIRST_COMPLETED)
        if begun.done():
            await asyncio.wait({answer}, timeout=begun.result() + LIMIT_S - time.monotonic())
        if answer.done():
            packed = answer.result()
            if len(packed) <= LIMIT_BYTES:
                return packed
            size = Quantity(len(packed), "B", digits=3)
            rule = message("run_too_large", most=Quantity(LIMIT_BYTES, "B"), got=size)
        else:
            ticket.cancel()
            answer.add_done_callback(lambda late: late.cancelled() or late.exception())
            if not begun.done():
                raise Busy(message("server_busy", wait=Quantity(WAIT_S, "s")))
            rule = message("run_too_long", limit=Quantity(LIMIT_S, "s"))
        raise ScenarioError(instead(rule, scenario, {}, "html"))

    def refuse(self, status_code, error, sentence):
        """Write a small page that says so; a busy server is asked again."""
        if isinstance(error, Busy):
            self.set_header("Retry-After", RETRY_S)
            self.set_header("Refresh", RETRY_S)  # a frame asks again by itself
        if not isinstance(error, ScenarioError):
            error = ScenarioError(message("server_answered", status=f"{status_code} {self._reason}"))
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-store")
        self.finish(error_html(self.scene, error, asked_language(self.request.query)))


class EmbedHandler(RefusingHandler):
    """`/embed/SCENE?QUERY`: a page without a session."""

    pages = ByteCache(KEPT_BYTES)

    def set_default_headers(self):
        """Say what holds for every answer, also for one that refuses."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Vary", "Accept-Encoding")
        allow_frames(self)

    async def get(self, scene):
        """Answer from memory, or from the run of the scenario."""
        self.scene = scene
        body = self.pages.get(self.request.uri) or await self._make(scene)
        self.set_header("Cache-Control", AN_HOUR)
        self.set_header("Etag", f'"{hashlib.sha256(body).hexdigest()[:24]}"')
        if self.check_etag_header():
            self.set_status(304)
        elif "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(body)
        else:
            self.finish(gzip.decompress(body))

    async def _make(self, scene):
        settings, view = read_address(self.request.query)
        scenario = scenario_class(scene).read(settings)
        packed = await self.computed(scenario)
        body = self.pages.get(self.request.uri)  # one of many who asked at the same time has made it by now
        if body is None:
            link = scene_path(scenario, view)
            text = embed_html(packed, scenario, view, link=link, address=f"/embed/{scene}")
            body = gzip.compress(text.encode(), 6, mtime=0)
            self.pages.put(self.request.uri, body)
        return body


def instead(refusal: Message, scenario: Scenario, view: dict[str, str], ending: str) -> Message:
    """Return a refusal that sends somebody to the command line: there a run may take as long as it takes."""
    words = [shlex.quote(f"{name}={value}") for name, value in {**scenario.spelled(), **view}.items()]
    to = scenario.scene if ending == "zip" else f"{scenario.scene}.{ending}"
    command = " ".join(["waferscope export", scenario.scene, *words, "--to", to])
    return message("refused_instead", refusal=refusal, command=command)
