"""Where the course is served: one object that knows the lessons, and the handlers of its pages."""

import threading
from concurrent.futures import Future
from functools import lru_cache
from pathlib import Path

import tornado.ioloop
from tornado.web import HTTPError

from engine.scenarios import Scenario
from lessons.catalogue import course
from lessons.evaluation import Outcome, evaluate
from lessons.language import language
from lessons.lesson import Lesson, LessonError
from lessons.ready import ReadyCurve, ReadyLesson
from viz.embed import allow_frames
from viz.pages.handler import PageHandler
from viz.pages.lesson import (
    ClassSeat,
    course_page,
    error_page,
    glossary_page,
    handout_page,
    join_page,
    lesson_page,
    parts_of,
    question_of,
    teacher_page,
)
from viz.pages.share import site_of
from viz.rooms.handlers import room_routes
from viz.rooms.rooms import Part, RoomError, Rooms, is_code
from viz.rooms.stores import store
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

    def find(self, slug: str, lang: str) -> tuple[Lesson, list[Lesson]] | None:
        """Return the lesson of that name and all of them, None where there is none."""
        lessons = self.lessons(lang)
        return next(((lesson, lessons) for lesson in lessons if lesson.slug == slug), None)

    def shape(self, slug: str, lang: str) -> tuple[int, dict[int, Part]]:
        """Return how many parts a lesson has, and which answers they take in a room."""
        found = self.find(slug, lang)
        if not found:
            raise RoomError(404, "there is no such lesson")
        parts = parts_of(self.ready(found[0]))
        questions = {n: question_of(part) for n, (_, part) in enumerate(parts, 1)}
        return len(parts), {
            n: Part("draw", len(question.x))
            if isinstance(question, ReadyCurve)
            else Part("choose", len(question.options), len(question.why))
            for n, question in questions.items()
            if question
        }


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


class CourseHandler(PageHandler):
    """A page of the course; subclasses say which."""

    def initialize(self, lessons: Course):
        """Take the course that is served."""
        self.course = lessons

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
        found = self.course.find(slug, self.texts.code)
        if not found:
            raise HTTPError(404, reason=f"there is no lesson {slug}")
        return found


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
    """`/course/SLUG`: a lesson; `?handout=questions` or `answers`, a seat with `?class=CODE`, a frame `?embed=1`."""

    async def get(self, slug):
        """Write the page."""
        handout = self.get_query_argument("handout", "")
        if handout not in ("", "questions", "answers"):
            raise HTTPError(400, reason="handout must be questions or answers")
        embed = self.get_query_argument("embed", "")
        if embed not in ("", "1"):
            raise HTTPError(400, reason="embed must be 1")
        address = f"{self.request.protocol}://{self.request.host}{self.request.path}"
        seat = self.seat()
        allow_frames(self)

        def make():
            lesson, lessons = self.find(slug)
            ready = self.course.ready(lesson)
            if handout:
                return handout_page(ready, address, self.texts, answers=handout == "answers")
            return lesson_page(ready, lessons, self.texts, seat, embed=embed == "1")

        await self.page(make)

    def seat(self) -> ClassSeat | None:
        """Return the reader's seat in a room, None without `?class=CODE`."""
        code, role = self.get_query_argument("class", ""), self.get_query_argument("role", "student")
        if not code:
            return None
        if not is_code(code) or role not in ("student", "teacher"):
            raise HTTPError(400, reason="class must be the code of a room and role student or teacher")
        return ClassSeat(code, role, f"{site_of(self.request)}/class")


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
    lessons = Course(extra_dir)
    served = {"lessons": lessons}
    return [
        *room_routes(Rooms(store()), lessons.shape, lambda lang, wrong: join_page(language(lang), wrong)),
        (r"/course/?", ListHandler, served),
        (r"/course/glossary", GlossaryHandler, served),
        (r"/course/([a-z0-9-]+)", LessonHandler, served),
        (r"/course/([a-z0-9-]+)/teacher", TeacherHandler, served),
    ]
