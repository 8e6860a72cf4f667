"""What handlers share: how they refuse, a run to wait for, the language of the address, who may frame an answer."""

import os
from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlsplit

from tornado.web import HTTPError, RequestHandler

from engine.language import Language, Message, Refusal, language, preferred
from engine.scenarios import Cancelled, Scenario, ScenarioError
from viz.documents.embed import frame_hosts
from viz.documents.shell import render, shell
from viz.runs import RUNS, Ticket


def site_of(request) -> str:
    """Return the address under which people reach this app: `WAFERSCOPE_SITE`, else that of the request."""
    return os.environ.get("WAFERSCOPE_SITE", f"{request.protocol}://{request.host}").rstrip("/")


def for_others(site: str) -> bool:
    """Return whether an address means the same machine when it is opened on another one."""
    host = urlsplit(site).hostname or ""
    with suppress(ValueError):
        return not (ip_address(host).is_loopback or ip_address(host).is_unspecified)
    return host != "localhost" and not host.endswith(".localhost")


def page_language(request) -> Language:
    """Return the texts of a page: in the language that its address names, else in the one that the browser asks for.

    One that is framed or of a class is in English then: a slide looks alike everywhere, and a class reads the same.
    """
    asked = dict(parse_qsl(request.query))
    usual = "en" if {"embed", "class"} & asked.keys() else preferred(request.headers.get("Accept-Language", ""))
    return language(asked.get("lang", usual), usual)


def allow_frames(handler: RequestHandler) -> None:
    """Say in an answer's head who may frame it: `frame_hosts`."""
    # "frame-ancestors *" would shut out decks opened from a file: open to all means not to say it.
    if "*" not in frame_hosts():
        handler.set_header("Content-Security-Policy", f"frame-ancestors {' '.join(frame_hosts())}")


class NotServed(Refusal):
    """A request that is refused: `status` as in HTTP, and what is said."""

    def __init__(self, status: int, said: Message):
        super().__init__(said)
        self.status = status


class Busy(ScenarioError):
    """The server has too much to do at present: this says nothing about the scenario."""


class Handler(RequestHandler):
    """Answers what it refuses by a status and one sentence, and logs only what is a mistake of ours."""

    def status_of(self, error: BaseException | None) -> int | None:
        """Return the status that an error is answered by, None where it is no refusal."""
        if isinstance(error, Cancelled):
            return 499  # the client has gone, as nginx notes it
        if isinstance(error, NotServed):
            return error.status
        if isinstance(error, ScenarioError):
            return 503 if isinstance(error, Busy) else 400
        return None

    def send_error(self, status_code=500, **kwargs):
        """Call a refusal by its status."""
        super().send_error(self.status_of(_raised(kwargs)) or status_code, **kwargs)

    def write_error(self, status_code, **kwargs):
        """Write what is refused, or the name of the status; never a traceback."""
        error = _raised(kwargs)
        refused = self.status_of(error) is not None and str(error)
        self.refuse(status_code, error, refused or self._reason)

    def refuse(self, status_code: int, error: BaseException | None, sentence: str) -> None:
        """Write the sentence as text."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.finish(f"{sentence}\n")

    def log_exception(self, typ, value, tb):
        """Leave a refusal out of the log."""
        if self.status_of(value) is None:
            super().log_exception(typ, value, tb)


def _raised(kwargs):
    return kwargs.get("exc_info", (None, None, None))[1]


class RunningHandler(Handler):
    """A request that needs a run. It waits on the event loop, and when its client has gone it waits no longer."""

    _ticket: Ticket | None = None

    def ask(self, scenario: Scenario) -> Ticket:
        """Ask for a run, which is taken back when the client goes."""
        self._ticket = RUNS.ask(scenario)
        if self.request.connection.stream.closed():  # before this request was taken up, of which Tornado does not tell
            self._ticket.cancel()
        return self._ticket

    def on_connection_close(self):
        """Take back what was asked."""
        super().on_connection_close()
        if self._ticket:
            self._ticket.cancel()


class PageHandler(Handler):
    """A page without a session."""

    def set_default_headers(self):
        """Say what an answer depends on beside its address."""
        self.set_header("Vary", "Accept-Language")

    @property
    def texts(self) -> Language:
        """The texts of the page."""
        return page_language(self.request)

    def refuse(self, status_code, error, sentence):
        """Write what is wrong, and ways to go on; of a fault of ours, only that there was one."""
        t = self.texts
        sentence = t.said(error.said) if isinstance(error, Refusal) else None
        titles = {404: t("missing_title"), 400: t("refused_title")}
        title = titles.get(status_code, t("failed_title"))
        self.finish(render("refused.html", t=t, shell=shell("", t), title=title, sentence=sentence))


class MissingHandler(PageHandler):
    """Every address that has no page."""

    def prepare(self):
        """Say so, whatever was asked of it."""
        raise HTTPError(404)
