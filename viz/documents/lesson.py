"""The course's pages as plain HTML: the list, a lesson, its handout, the teacher's page, the glossary.

None of them has a session. A lesson's page holds the whole lesson as text; `lesson.js` makes it a sequence of steps.
"""

import unicodedata
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from urllib.parse import urlencode

import segno
from markupsafe import Markup

from engine.language import Language
from engine.scenarios import Scenario, scenario_class
from lessons.catalogue import PATHS, titled
from lessons.evaluation import front
from lessons.glossary import Term, glossary
from lessons.lesson import Lesson, LessonError
from lessons.reading import HOUR
from lessons.ready import ReadyChoice, ReadyCurve, ReadyEvidence, ReadyLesson, ReadyStep
from lessons.timing import DISCUSSION, FILM, VOTE, alone, in_class
from viz.address import run_address
from viz.charts import charts_of
from viz.components.form import describe
from viz.documents.drawn_curve import axes_of, name_of_x, paint_of, plot_on_paper
from viz.documents.embed import frame_hosts
from viz.documents.share_dialog import share_dialog
from viz.documents.shell import page_texts, render, shell
from viz.openings import page_query

RECALL_AFTER = 2  # steps, so that a lesson opens with a picture that moves


NAMING = 3  # parameters that name two runs beside each other


@dataclass(frozen=True)
class Held:
    """What the page of a lesson holds itself where there is no server.

    Attributes
    ----------
    icon : str
        Address of the icon, with the icon inside.
    css, theme, imports : Markup
        Style sheet, script that sets the theme, and import map with every module.
    runs : dict of str to str
        Packed runs in base64, by the address at which a server has them.
    """

    icon: str
    css: Markup
    theme: Markup
    imports: Markup
    runs: dict[str, str]


@dataclass(frozen=True)
class ClassSeat:
    """A reader's seat in a room.

    Attributes
    ----------
    code : str
        Of the room.
    role : str
        "student" or "teacher".
    join : str
        Address at which students type the code.
    """

    code: str
    role: str
    join: str

    @property
    def qr(self) -> Markup:
        """The way into the room as a picture, for telephones."""
        code = segno.make(f"{self.join}/{self.code}", error="m", micro=False)
        return Markup(code.svg_inline(border=2, scale=6, light="#fff", dark="#000", omitsize=True))


def course_page(lessons: list[Lesson], broken: list[LessonError], t: Language) -> str:
    """Return the page that lists the lessons.

    Parameters
    ----------
    lessons : list of Lesson
        In order.
    broken : list of LessonError
        Why files are left out, also those of the lessons.
    t : Language
        Texts of the page.

    Returns
    -------
    str
        HTML.
    """
    entries, broken, wrong = [], list(broken), {error.path for error in broken}
    for lesson in (lesson for lesson in lessons if lesson.path not in wrong):
        try:
            entries.append((lesson, Markup(front(lesson, lesson.summary))))
        except LessonError as error:
            broken.append(error)
    return _page("course.html", t, entries=entries, broken=broken, alone=alone)


def teachers_page(lessons: list[Lesson], t: Language) -> str:
    """Return the page for teachers: paths through the course, and for whom each lesson is and how long it takes.

    Parameters
    ----------
    lessons : list of Lesson
        In order; those with a mistake in these texts are left out, as in the list of lessons.
    t : Language
        Texts of the page.

    Returns
    -------
    str
        HTML.
    """
    entries = {}
    for n, lesson in enumerate(lessons, 1):
        with suppress(LessonError):
            audience = lesson.audience and Markup(front(lesson, lesson.audience))
            needs = [Markup(front(lesson, need)) for need in lesson.needs]
            entries[lesson.slug] = {
                "n": n,
                "lesson": lesson,
                "audience": audience,
                "needs": needs,
                "alone": alone(lesson),
                "both": in_class(lesson),
            }
    paths = {name: [entries[slug] for slug in slugs if slug in entries] for name, slugs in PATHS.items()}
    return _page("teachers.html", t, entries=entries.values(), paths=paths, hour=HOUR)


def lesson_page(
    lesson: ReadyLesson,
    lessons: list[Lesson],
    t: Language,
    seat: ClassSeat | None = None,
    held: Held | None = None,
    site: str = "",
    embed: bool = False,
) -> str:
    """Return the page of a lesson.

    Parameters
    ----------
    lesson : ReadyLesson
        Evaluated.
    lessons : list of Lesson
        The course, for the way to the next one.
    t : Language
        Texts of the page.
    seat : ClassSeat, optional
        Of the reader, where a class takes the lesson together.
    held : Held, optional
        Makes a page that needs no server.
    site : str
        Address of a Waferscope that its links lead to; "" for no links.
    embed : bool
        Without the head of the site, for a frame.

    Returns
    -------
    str
        HTML: readable without scripts, with them a sequence of steps.
    """
    parts = parts_of(lesson)
    data = {
        "slug": lesson.slug,
        "parts": _parts_data(lesson, parts, t, seat, "waferscope/" if held else "/assets/"),
        "seat": seat and {"code": seat.code, "role": seat.role},
        "glossary": {name: asdict(term) for name, term in (glossary(t) | lesson.terms).items()},
        "hosts": None if held else frame_hosts(),
        "site": site,
    }
    slugs = [entry.slug for entry in lessons]
    after = slugs.index(lesson.slug) + 1 if lesson.slug in slugs else len(slugs)
    return _page(
        "lesson.html",
        t,
        scenes={step.scene for step in lesson.steps},
        charted=sorted(charts_shown(lesson)),
        lesson=lesson,
        number=after,
        seat=seat,
        held=held,
        site=site,
        embed=embed,
        share="" if held or seat else share_dialog({step.scene for step in lesson.steps}, t),
        parts=parts,
        tasks=[part["task"] for part in data["parts"]],
        data=data,
        following=lessons[after] if after < len(lessons) else None,
        titled=titled,
    )


def handout_page(lesson: ReadyLesson, address: str, t: Language, answers: bool = False) -> str:
    """Return the questions of a lesson on paper.

    Parameters
    ----------
    lesson : ReadyLesson
        Evaluated.
    address : str
        Where the lesson can be played, printed on the sheet; "" where nobody else can open it.
    t : Language
        Texts of the page.
    answers : bool
        With the right answers and their reasons.

    Returns
    -------
    str
        HTML made to be printed.
    """
    questions = [(step, step.question) for step in lesson.steps if step.question]
    return _page(
        "handout.html",
        t,
        lesson=lesson,
        questions=questions,
        answers=answers,
        address=address,
        plot=partial(plot_on_paper, t=t),
        run_of=lambda step: _run_address(step.scene, step.query),
        scenes={step.scene for step in lesson.steps},
    )


def teacher_page(lesson: ReadyLesson, number: int, t: Language) -> str:
    """Return the teacher's page: for whom, goals, a plan, timing, questions with answers, and what each step shows.

    Parameters
    ----------
    lesson : ReadyLesson
        Evaluated.
    number : int
        Place of the lesson in the course, from 1.
    t : Language
        Texts of the page.

    Returns
    -------
    str
        HTML.
    """
    rows = [(step, scene_address(step, t=t)) for step in lesson.steps]
    spent = {"film": FILM, "vote": VOTE, "discussion": DISCUSSION // 60}
    return _page("teacher.html", t, lesson=lesson, number=number, rows=rows, hour=HOUR, spent=spent)


def results_page(lesson: ReadyLesson, t: Language) -> str:
    """Return the page on which a teacher reads the results that students of a lesson hand in.

    Parameters
    ----------
    lesson : ReadyLesson
        Evaluated.
    t : Language
        Texts of the page.

    Returns
    -------
    str
        HTML; what is read stays in the browser.
    """
    parts = parts_of(lesson)
    data = {"slug": lesson.slug, "parts": _parts_data(lesson, parts, t)}
    return _page("results.html", t, lesson=lesson, parts=parts, data=data)


def glossary_page(t: Language, own: dict[str, Term]) -> str:
    """Return all terms in alphabetical order, with a lesson's own."""
    return _page("glossary.html", t, terms=sorted((glossary(t) | own).items(), key=lambda item: _place(item[1].name)))


def _place(word):
    """Return a word as a dictionary orders it: without case, accents after letters."""
    return unicodedata.normalize("NFKD", word.casefold())


def join_page(t: Language, wrong: bool = False) -> str:
    """Return the page that asks a student for the code of the room; `wrong` after one that opens none."""
    return _page("join.html", t, wrong=wrong)


def error_page(error: LessonError, t: Language) -> str:
    """Return what an author sees in place of a lesson with a mistake."""
    return _page("lesson_error.html", t, error=error)


def scene_address(step: ReadyStep, query: str | None = None, task: str = "", *, t: Language) -> str:
    """Return where a step's scenario, or another one of its scene, opens in the scene's own page.

    Parameters
    ----------
    step : ReadyStep
        Names the scene and the controls to hide.
    query : str, optional
        A scenario of the scene; the step's own by default.
    task : str
        The exercise that is to be solved there, as `viz.web.course.Task` names it; "" for none.
    t : Language
        Of the page that it opens from.

    Returns
    -------
    str
        Address on this server.
    """
    query = page_query(scenario_class(step.scene).read_query(step.query if query is None else query))
    hide = urlencode({"hide": ",".join(step.hide)}, safe=",") if step.hide else ""
    task = urlencode({"task": task}, safe=":") if task else ""
    full = "&".join(part for part in (query, hide, task, t.query[1:]) if part)
    return f"/{step.scene}?{full}" if full else f"/{step.scene}"


def _page(template, t, lesson: ReadyLesson | None = None, scenes=(), **values):
    foreign = lesson and lesson.lang != t.code
    return render(
        template,
        shell=shell("course", t, scenes),
        files=page_texts("course", scenes),
        t=t,
        lesson=lesson,
        own=Markup(' lang="{}"').format(lesson.lang) if foreign else "",  # of what the lesson itself says
        html=Markup,
        scene_address=partial(scene_address, t=t),
        **values,
    )


def parts_of(lesson: ReadyLesson) -> list[tuple[str, object]]:
    """Return the lesson as it is walked through: steps, after each second one a question of recall, and the end."""
    recall, parts = [("recall", choice) for choice in lesson.recall], []
    for n, step in enumerate(lesson.steps, 1):
        parts.append(("step", step))
        if n % RECALL_AFTER == 0:
            parts += recall[:1]
            recall = recall[1:]
    return [*parts, *recall, ("done", None)]


def runs_of(lesson: ReadyLesson) -> dict[str, Scenario]:
    """Return the scenarios whose runs a lesson's page asks for, by their address."""
    asked = [(step.scene, step.query) for step in lesson.steps]
    for step in lesson.steps:
        if isinstance(step.question, ReadyCurve):
            asked += [(step.scene, query) for query in step.question.queries]
        if step.evidence and step.evidence.beside is not None:
            asked.append((step.scene, step.evidence.beside))
    scenarios = [scenario_class(scene).read_query(query) for scene, query in asked]
    return {run_address(scenario): scenario for scenario in scenarios}


def charts_shown(lesson: ReadyLesson) -> dict[str, set[str]]:
    """Return the modules that draw charts as evidence, by scene."""
    found: dict[str, set[str]] = {}
    for step in lesson.steps:
        if step.evidence and step.evidence.chart:
            found.setdefault(step.scene, set()).add(charts_of(step.scene)[step.evidence.chart].module)
    return found


def question_of(part) -> ReadyChoice | ReadyCurve | None:
    """Return the question of a part."""
    return part.question if isinstance(part, ReadyStep) else part


def _parts_data(lesson, parts, t, seat=None, modules="/assets/"):
    """Return what scripts need of the parts; how the address of a scene names the exercise of each is its `task`."""
    code = [seat.code] if seat else []
    return [
        _part_data(kind, part, t, modules)
        | {"task": ":".join([lesson.slug, str(n), *code]) if getattr(part, "exercise", None) else ""}
        for n, (kind, part) in enumerate(parts, 1)
    ]


def _part_data(kind, part, t, modules):
    if kind == "done":
        return {"question": None}
    if kind == "recall":
        return {"question": _question_data(part, t)}
    return {
        "scene": part.scene,
        "query": part.query,
        "src": _run_address(part.scene, part.query),
        "evidence": part.evidence and _evidence_data(part, part.evidence, t, modules),
        "question": part.question and _question_data(part.question, t, part.scene),
    }


def _question_data(question: ReadyChoice | ReadyCurve, t: Language, scene=""):
    if isinstance(question, ReadyCurve):
        return {
            "kind": "draw",
            "x": question.x,
            "y": question.y,
            "x_label": name_of_x(question, t),
            "y_label": t.said(question.y_label),
            "unit": question.unit,
            "line": question.line or None,
            "axes": axes_of(question),
            "paint": paint_of(scenario_class(scene).read_query(question.queries[0])),
            "runs": [_run_address(scene, query) for query in question.queries],
        }
    right = next(i for i, option in enumerate(question.options) if option.right)
    return {"kind": question.kind, "right": right}


def _evidence_data(step: ReadyStep, evidence: ReadyEvidence, t: Language, modules: str):
    data = {"plays": evidence.plays, "run_to": evidence.run_to}
    if evidence.chart:
        data["chart"] = modules + charts_of(step.scene)[evidence.chart].module
    if evidence.beside is not None:
        own, other = (scenario_class(step.scene).read_query(query) for query in (step.query, evidence.beside))
        # The first few name a run; all that differs would be a table.
        asked = [name for name, value in own.values().items() if value != other.values()[name]]
        fields = {each["name"]: each for scenario in (other, own) for each in describe(scenario, t)}
        data["beside"] = run_address(other)
        told = ("name", "label", "unit", "options", "others")
        named = [fields[name] for name in asked if name in fields][:NAMING]
        data["fields"] = [{key: field[key] for key in told if key in field} for field in named]
    return data


def _run_address(scene, query):
    return run_address(scenario_class(scene).read_query(query))
