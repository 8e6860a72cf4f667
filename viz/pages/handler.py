"""What the handlers of pages share: the language of the address, and a readable page for what cannot be shown."""

from tornado.web import HTTPError, RequestHandler

from lessons.language import Language, language
from viz.pages.shell import render, shell


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
