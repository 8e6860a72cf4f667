"""Where the course is served: one object that knows the lessons, and the handlers of its pages."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode

from engine.language import Language, language, message
from engine.run import Run
from engine.scenarios import Scenario
from lessons.catalogue import broken, course, mistake_in
from lessons.evaluation import evaluate
from lessons.lesson import Lesson, LessonError, Step
from lessons.ready import ReadyCurve, ReadyLesson, ReadyStep
from lessons.scope import Outcome, Simulate
from viz.documents.lesson import (
    ClassSeat,
    course_page,
    error_page,
    glossary_page,
    handout_page,
    join_page,
    lesson_page,
    parts_of,
    question_of,
    results_page,
    teacher_page,
    teachers_page,
)
from viz.runs import RUNS, Missing
from viz.web.handlers import NotServed, PageHandler, allow_frames, for_others, site_of
from viz.web.rooms.handlers import room_routes
from viz.web.rooms.rooms import Part, Rooms, is_code
from viz.web.rooms.stores import store


@dataclass(frozen=True)
class Task:
    """An exercise that the page of a scene is opened with.

    Attributes
    ----------
    word : str
        How an address names it: slug and part of the lesson, from a room also its code, as in "adding-up:9:ABCDEF".
    lesson : Lesson
        As read.
    step : Step
        Of the lesson.
    ready : ReadyStep
        The same step, evaluated.
    """

    word: str
    lesson: Lesson
    step: Step
    ready: ReadyStep

    def back(self, t: Language) -> str:
        """Return the address of the lesson that it comes from."""
        slug, part, *code = self.word.split(":")
        query = urlencode({"class": code[0]}) if code else ""
        return f"/course/{slug}?{'&'.join(filter(None, (query, t.query[1:])))}#{part}".replace("?#", "#")


class Course:
    """The lessons that are served, evaluated when first asked for.

    Parameters
    ----------
    extra_dir : Path, optional
        A teacher's own folder. Its files may change while the server runs.
    """

    def __init__(self, extra_dir: Path | None = None):
        self._extra_dir = extra_dir
        self._ready: dict[Path, tuple[str, asyncio.Future]] = {}

    def lessons(self, lang: str) -> list[Lesson]:
        """Return the lessons in order, as their files are now."""
        return course(self._extra_dir, lang)

    def broken(self, lessons: list[Lesson]) -> list[LessonError]:
        """Return why files are left out, and what is wrong with those of the lessons that somebody has opened."""
        opened = [(lesson, *self._ready.get(lesson.path, ("", None))) for lesson in lessons]
        ended = [task for lesson, text, task in opened if text == lesson.text and task.done() and not task.cancelled()]
        mistakes = [error for task in ended if isinstance(error := task.exception(), LessonError)]
        return [*broken(self._extra_dir), *mistakes]

    async def ready(self, lesson: Lesson) -> ReadyLesson:
        """Return the lesson evaluated; whoever asks at the same time waits for the same evaluation.

        A mistake is kept as a lesson is.
        """
        text, task = self._ready.get(lesson.path, ("", None))
        if text != lesson.text:
            task = asyncio.ensure_future(evaluated(lesson))
            self._ready[lesson.path] = lesson.text, task
        try:
            return await task
        except LessonError as error:
            raise error.with_traceback(None) from None
        except Exception:
            if self._ready.get(lesson.path) == (lesson.text, task):
                del self._ready[lesson.path]
            raise

    async def find(self, slug: str, lang: str) -> tuple[Lesson, list[Lesson]] | None:
        """Return the lesson of that name and all of them, None where there is none; a mistake in its file is raised."""
        lessons = await asyncio.to_thread(self.lessons, lang)
        for lesson in lessons:
            if lesson.slug == slug:
                return lesson, lessons
        if mistake := await asyncio.to_thread(mistake_in, slug, self._extra_dir):
            raise mistake.with_traceback(None)
        return None

    async def task(self, word: str, scene: str, lang: str) -> Task | None:
        """Return the exercise that a word in the address of a scene names, None where there is none."""
        slug, _, rest = word.partition(":")
        number, _, code = rest.partition(":")
        if not (number.isdecimal() and len(number) < 4) or (code and not is_code(code)):
            return None
        try:
            found = await self.find(slug, lang)
            ready = found and await self.ready(found[0])
        except LessonError:
            return None
        part = parts_of(ready)[int(number) - 1 : int(number)] if found and int(number) else []
        for _, step in part:
            if isinstance(step, ReadyStep) and step.exercise and step.scene == scene:
                return Task(word, found[0], found[0].steps[ready.steps.index(step)], step)
        return None

    async def shape(self, slug: str, lang: str) -> tuple[int, dict[int, Part]]:
        """Return how many parts a lesson has, and which answers they take in a room."""
        try:
            found = await self.find(slug, lang)
            if not found:
                raise NotServed(404, message("no_lesson", slug=slug))
            parts = parts_of(await self.ready(found[0]))
        except LessonError as error:
            said = message("lesson_mistake_at", file=error.path.name, line=str(error.line), mistake=error.said)
            raise NotServed(409, said) from None
        return len(parts), {n: shape for n, (_, part) in enumerate(parts, 1) if (shape := _shape(part))}


def _shape(part):
    """Return what a part takes in a room, None for nothing."""
    question, task = question_of(part), bool(getattr(part, "exercise", None))
    if isinstance(question, ReadyCurve):
        return Part("draw", len(question.x), task=task)
    if question:
        return Part("choose", len(question.options), len(question.why), task)
    return Part("", 0, task=True) if task else None


Made = TypeVar("Made")


async def evaluated(lesson: Lesson) -> ReadyLesson:
    """Evaluate a lesson with runs of the server's store; returns and raises as `lessons.evaluation.evaluate`."""
    return await with_runs(lambda simulate: evaluate(lesson, simulate))


async def with_runs(work: Callable[[Simulate], Made]) -> Made:
    """Do something that needs runs with those of the server's store, where the player will ask for them.

    A thread does it until a run is missing, and again once that is there: it never waits for the engine itself.

    Parameters
    ----------
    work : callable
        Takes what runs a scenario.

    Returns
    -------
    object
        What `work` returns.
    """
    asked: dict[str, Future] = {}

    def outcome(scenario: Scenario) -> Outcome:
        key = scenario.key()
        if key not in asked:
            asked[key] = RUNS.ask(scenario).future
        if not asked[key].done():
            raise Missing(asked[key])
        return found(asked[key])

    @cache
    def found(future: Future) -> Outcome:
        return Outcome.of(Run.unpack(future.result()))

    while True:
        try:
            return await asyncio.to_thread(work, outcome)
        except Missing as missing:
            await asyncio.wait([asyncio.wrap_future(*missing.args)])


class CourseHandler(PageHandler):
    """A page of the course; subclasses say which."""

    def initialize(self, lessons: Course):
        """Take the course that is served."""
        self.course = lessons

    def set_default_headers(self):
        """Let a browser ask each time whether a lesson has changed."""
        super().set_default_headers()
        self.set_header("Cache-Control", "no-cache")

    async def page(self, make: Callable[[], str]):
        """Write what a function returns, computed on a thread."""
        self.finish(await asyncio.to_thread(make))

    async def find(self, slug: str) -> tuple[ReadyLesson, Lesson, list[Lesson]]:
        """Return the lesson of that name, ready and as read, and all of them; none is a 404."""
        found = await self.course.find(slug, self.texts.code)
        if not found:
            raise NotServed(404, message("no_lesson", slug=slug))
        return await self.course.ready(found[0]), *found

    def write_error(self, status_code, **kwargs):
        """Write the page of a `LessonError`, which says what stands where."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        if isinstance(error, LessonError):
            self.finish(error_page(error, self.texts))
        else:
            super().write_error(status_code, **kwargs)

    def log_exception(self, typ, value, tb):
        """Leave a `LessonError` to its author."""
        if not isinstance(value, LessonError):
            super().log_exception(typ, value, tb)


class ListHandler(CourseHandler):
    """`/course`: the lessons."""

    async def get(self):
        """Write the page."""
        lessons = await asyncio.to_thread(self.course.lessons, self.texts.code)
        await self.page(lambda: course_page(lessons, self.course.broken(lessons), self.texts))


class TeachersHandler(CourseHandler):
    """`/course/teachers`: paths through the course, and for whom each lesson is."""

    async def get(self):
        """Write the page."""
        lessons = await asyncio.to_thread(self.course.lessons, self.texts.code)
        await self.page(lambda: teachers_page(lessons, self.texts))


class GlossaryHandler(CourseHandler):
    """`/course/glossary`: the terms; `?lesson=SLUG` with those of a lesson's own."""

    async def get(self):
        """Write the page."""
        slug = self.get_query_argument("lesson", "")
        found = await self.course.find(slug, self.texts.code) if slug else None
        own = found[0].terms if found else {}
        await self.page(lambda: glossary_page(self.texts, own))


class LessonHandler(CourseHandler):
    """`/course/SLUG`: a lesson; `?handout=questions` or `answers`, a seat with `?class=CODE`, a frame `?embed=1`."""

    def set_default_headers(self):
        """Say who may frame it."""
        super().set_default_headers()
        allow_frames(self)

    async def get(self, slug):
        """Write the page."""
        handout = self.get_query_argument("handout", "")
        if handout not in ("", "questions", "answers"):
            raise NotServed(400, message("handout_must_be"))
        embed = self.get_query_argument("embed", "")
        if embed not in ("", "1"):
            raise NotServed(400, message("embed_must_be"))
        # On paper it names the language, whoever opens it.
        site = site_of(self.request)
        address = f"{site}{self.request.path}{language(self.texts.code).query}" if for_others(site) else ""
        seat = self.seat()
        ready, _, lessons = await self.find(slug)
        if handout:
            await self.page(lambda: handout_page(ready, address, self.texts, answers=handout == "answers"))
        else:
            await self.page(lambda: lesson_page(ready, lessons, self.texts, seat, embed=embed == "1"))

    def seat(self) -> ClassSeat | None:
        """Return the reader's seat in a room, None without `?class=CODE`."""
        code, role = self.get_query_argument("class", ""), self.get_query_argument("role", "student")
        if not code:
            return None
        if not is_code(code) or role not in ("student", "teacher"):
            raise NotServed(400, message("class_must_be"))
        return ClassSeat(code, role, f"{site_of(self.request)}/class")


class TeacherHandler(CourseHandler):
    """`/course/SLUG/teacher`: goals, misconceptions, timing, questions."""

    async def get(self, slug):
        """Write the page."""
        ready, lesson, lessons = await self.find(slug)
        await self.page(lambda: teacher_page(ready, lessons.index(lesson) + 1, self.texts))


class ResultsHandler(CourseHandler):
    """`/course/SLUG/results`: reads what students hand in."""

    async def get(self, slug):
        """Write the page."""
        ready, _, _ = await self.find(slug)
        await self.page(lambda: results_page(ready, self.texts))


def course_routes(lessons: Course) -> list:
    """Return the patterns to add to those of Panel.

    Parameters
    ----------
    lessons : Course
        That is served.

    Returns
    -------
    list of tuple
        For tornado.
    """
    served = {"lessons": lessons}
    return [
        *room_routes(Rooms(store()), lessons.shape, join_page),
        (r"/course/?", ListHandler, served),
        (r"/course/glossary", GlossaryHandler, served),
        (r"/course/teachers", TeachersHandler, served),
        (r"/course/([a-z0-9-]+)", LessonHandler, served),
        (r"/course/([a-z0-9-]+)/teacher", TeacherHandler, served),
        (r"/course/([a-z0-9-]+)/results", ResultsHandler, served),
    ]
