"""Where the course is served: one object that knows the lessons, and the handlers of its pages."""

import threading
from concurrent.futures import Future
from functools import lru_cache
from html import escape
from pathlib import Path

import tornado.ioloop
from tornado.web import HTTPError, RequestHandler

from engine.scenarios import Scenario
from lessons.catalogue import course
from lessons.evaluation import Outcome, evaluate
from lessons.language import Language, language
from lessons.lesson import Lesson, LessonError
from lessons.ready import ReadyLesson
from viz.pages.lesson import course_page, error_page, glossary_page, handout_page, lesson_page, teacher_page
from viz.runs import RUNS


class Course:
    """The lessons that are served, evaluated when first asked for.

    Parameters
    ----------
    extra_dir : Path, optional
        A teacher's own folder. Its files may change while the server runs.
    """

    def __init__(self, extra_dir: Path | None = None):
        self._extra_dir = extra_dir
        self._ready: dict[str, Future] = {}
        self._lock = threading.Lock()

    def lessons(self, lang: str) -> list[Lesson]:
        """Return the lessons in order, as their files are now."""
        return course(self._extra_dir, lang)

    def ready(self, lesson: Lesson) -> ReadyLesson:
        """Return the lesson evaluated; whoever asks at the same time waits for the same evaluation."""
        with self._lock:
            future = self._ready.get(lesson.text)
            mine = future is None
            if mine:
                future = self._ready[lesson.text] = Future()
        if mine:
            try:
                future.set_result(evaluate(lesson, _outcome, frozenset(language(lesson.lang).glossary)))
            except BaseException as error:
                future.set_exception(error)
                with self._lock:
                    del self._ready[lesson.text]
        return future.result()


@lru_cache(maxsize=1024)
def _known(key):
    return {}


def _outcome(scenario: Scenario) -> Outcome:
    """Take the run from the server's store, where the player will ask for it; remember its figures beyond that."""
    known = _known(scenario.key())
    if not known:
        run = RUNS.ask(scenario).future.result().run
        known["outcome"] = Outcome.of(run)
    return known["outcome"]


class CourseHandler(RequestHandler):
    """A page of the course; subclasses say which."""

    def initialize(self, lessons: Course):
        """Take the course that is served."""
        self.course = lessons

    @property
    def texts(self) -> Language:
        """The texts in the language of the address."""
        return language(self.get_query_argument("lang", "en"))

    async def page(self, make):
        """Write what a function returns, computed on a thread; a `LessonError` becomes a page."""
        self.set_header("Cache-Control", "no-cache")
        try:
            html = await tornado.ioloop.IOLoop.current().run_in_executor(None, make)
        except LessonError as error:
            self.set_status(500)
            html = error_page(error, self.texts)
        self.finish(html)

    def find(self, slug: str) -> tuple[Lesson, list[Lesson]]:
        """Return the lesson of that name and all of them; none is a 404."""
        lessons = self.course.lessons(self.texts.code)
        for lesson in lessons:
            if lesson.slug == slug:
                return lesson, lessons
        raise HTTPError(404, reason=f"there is no lesson {escape(slug)}")


class ListHandler(CourseHandler):
    """`/course`: the lessons."""

    async def get(self):
        """Write the page."""
        await self.page(lambda: course_page(self.course.lessons(self.texts.code), self.texts))


class GlossaryHandler(CourseHandler):
    """`/course/glossary`: the terms."""

    async def get(self):
        """Write the page."""
        await self.page(lambda: glossary_page(self.texts))


class LessonHandler(CourseHandler):
    """`/course/SLUG`: a lesson, or its handout with `?handout=questions` or `?handout=answers`."""

    async def get(self, slug):
        """Write the page."""
        handout = self.get_query_argument("handout", "")
        if handout not in ("", "questions", "answers"):
            raise HTTPError(400, reason="handout must be questions or answers")
        address = f"{self.request.protocol}://{self.request.host}{self.request.path}"

        def make():
            lesson, lessons = self.find(slug)
            ready = self.course.ready(lesson)
            if handout:
                return handout_page(ready, address, self.texts, answers=handout == "answers")
            return lesson_page(ready, lessons, self.texts)

        await self.page(make)


class TeacherHandler(CourseHandler):
    """`/course/SLUG/teacher`: goals, misconceptions, timing, questions."""

    async def get(self, slug):
        """Write the page."""

        def make():
            lesson, lessons = self.find(slug)
            return teacher_page(self.course.ready(lesson), lessons.index(lesson) + 1, self.texts)

        await self.page(make)


def course_routes(extra_dir: Path | None = None) -> list:
    """Return the patterns to add to those of Panel.

    Parameters
    ----------
    extra_dir : Path, optional
        A teacher's own folder.

    Returns
    -------
    list of tuple
        For tornado.
    """
    served = {"lessons": Course(extra_dir)}
    return [
        (r"/course/?", ListHandler, served),
        (r"/course/glossary", GlossaryHandler, served),
        (r"/course/([a-z0-9-]+)", LessonHandler, served),
        (r"/course/([a-z0-9-]+)/teacher", TeacherHandler, served),
    ]
