"""What handlers share: a run to wait for, the language of the address, a readable page for what cannot be shown."""

from tornado.web import HTTPError, RequestHandler

from engine.scenarios import Cancelled, Scenario
from lessons.language import Language, language
from viz.documents.shell import render, shell
from viz.runs import RUNS, Ticket


class RunningHandler(RequestHandler):
    """A request that needs a run. It waits on the event loop, and when its client has gone it waits no longer."""

    _ticket: Ticket | None = None

    def ask(self, scenario: Scenario) -> Ticket:
        """Ask for a run, which is taken back when the client goes."""
        self._ticket = RUNS.ask(scenario)
        return self._ticket

    def on_connection_close(self):
        """Take back what was asked."""
        super().on_connection_close()
        if self._ticket:
            self._ticket.cancel()

    def send_error(self, status_code=500, **kwargs):
        """Note in the log of requests that the client has gone: 499, as nginx does."""
        gone = isinstance(kwargs.get("exc_info", (None, None, None))[1], Cancelled)
        super().send_error(499 if gone else status_code, **kwargs)

    def log_exception(self, typ, value, tb):
        """Leave it at that where somebody has gone: no mistake of ours."""
        if not isinstance(value, Cancelled):
            super().log_exception(typ, value, tb)


class PageHandler(RequestHandler):
    """A page without a session."""

    @property
    def texts(self) -> Language:
        """The texts in the language of the address."""
        return language(self.get_query_argument("lang", "en"))

    def write_error(self, status_code, **kwargs):
        """Write what is wrong, and ways to go on; of a fault of ours, only that there was one."""
        t = self.texts
        error = kwargs.get("exc_info", (None, None, None))[1]
        sentence = error.reason if isinstance(error, HTTPError) else None
        titles = {404: t("missing_title"), 400: t("refused_title")}
        title = titles.get(status_code, t("failed_title"))
        self.finish(render("refused.html", t=t, shell=shell("", t), title=title, sentence=sentence))


class MissingHandler(PageHandler):
    """Every address that has no page."""

    def prepare(self):
        """Say so, whatever was asked of it."""
        raise HTTPError(404)
