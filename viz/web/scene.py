"""One visitor's page of a scene: the form edits a scenario, its run fills player, charts and address."""

import asyncio
import logging
import time
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import panel as pn
from markupsafe import Markup
from panel.io.resources import BASE_TEMPLATE

from engine.language import Language, Quantity, language, message
from engine.quantities import FIGURE
from engine.run import Run
from engine.scenarios import Cancelled, Scenario, ScenarioError, scenario_class
from engine.scenarios.former import name_now
from lessons.exercise import attempt
from lessons.expressions import ExpressionError
from lessons.goal import judge
from lessons.scope import Outcome
from viz.address import CLOCKS, IN_BROWSER, made_before, run_address, split_query
from viz.charts.paint import PAINT
from viz.charts.scene_charts import SceneCharts
from viz.charts.turns import turns_of
from viz.client import modules_for
from viz.components.form import ScenarioForm, describe
from viz.components.goal import GoalStrip
from viz.components.player import TracePlayer
from viz.components.refusal import in_words
from viz.documents.share_dialog import share_dialog
from viz.documents.shell import TEMPLATES, shell
from viz.openings import OPENINGS, Opening, lesson_of, page_query
from viz.runs import RUNS, Missing, engine_version
from viz.web.course import Course, Task
from viz.web.handlers import page_language

_log = logging.getLogger(__name__)

SILENT_S = 0.3  # a run that takes longer shows its progress
TOLD_EVERY_S = 0.1
SIGNS = {"gt": "task_over", "lt": "task_under", "lteq": "task_most"}  # before what is needed; else it stands alone
_HTML = BASE_TEMPLATE.environment.from_string(
    Path(BASE_TEMPLATE.filename).read_text(encoding="utf-8").replace('lang="en"', 'lang="{{ t.code }}"', 1)
)
"""Panel's page, in the language of ours."""


class ScenePage(pn.Template):
    """A page that Bokeh looks through once for its models, not again with each of its parts."""

    def _init_doc(self, doc=None, *args, **options):
        with doc.models.freeze():
            return super()._init_doc(doc, *args, **options)


class SceneSession:
    """What one open page holds: the scenario that is wanted, and the views of its run.

    Parameters
    ----------
    scene : str
        A key of `engine.scenarios.SCENES`.
    query : str
        Query of the page's address.
    t : Language
        Of the page.
    lessons : Course, optional
        Whose exercises an address may name.
    """

    def __init__(self, scene: str, query: str, t: Language, lessons: Course | None = None):
        self._lessons = lessons
        self._task: Task | None = None
        self._class = scenario_class(scene)
        self._soon = turns_of(pn.state.curdoc)
        self._ticket = self._rival = None  # of the run that is wanted, and of one that a goal compares it with
        self._asked_at = 0.0
        self._uncharted = None
        self._view = _kept(query)
        self._t = t
        self._hidden = [name_now(scene, name) for name in self._view.get("hide", "").split(",")]
        self._opening: Opening = OPENINGS[scene]
        self._judged = self._run = None
        scenario, error = self._read(query)
        self.beside, refused = self._read_beside(split_query(query)[1])
        error = error or refused
        self._wanted = self._shown = scenario.values()
        self.title = t(scenario.title())
        self.charts = SceneCharts(scene, self._charted, self._looked, t)
        self.form = ScenarioForm(
            fields=self._controls(scenario),
            values=self._wanted,
            presets=[
                [name, t(f"preset_{scene}_{name}"), page_query(self._class.read(items))]
                for name, items in self._class.presets.items()
            ],
            query=page_query(scenario),
            view=urlencode(self._view, safe=",:"),
            error=error,
            sizing_mode="stretch_width",
        )
        self.goal = GoalStrip(sizing_mode="stretch_width", **self._asked_of(scenario))
        self.player = TracePlayer(src=run_address(scenario), texts="", sizing_mode="stretch_both")
        self.form.error = error or self.charts.look(self._view)
        self.form.on_msg(self._heard)
        self.player.on_msg(self._asked_window)
        self.player.param.watch(lambda event: self._chart(), "shown")
        pn.state.on_session_destroyed(lambda context: self._leave())
        self._ask(scenario, serial=0)
        self._take_task()

    def _controls(self, scenario):
        elsewhere = {*self._hidden, *self.charts.controls}
        return [control | {"elsewhere": control["name"] in elsewhere} for control in describe(scenario, self._t)]

    def _take_task(self):
        """Ask the course for the exercise that the address names."""
        word = self._view.get("task", "")
        if self._lessons and word != (self._task.word if self._task else ""):
            self._learning = asyncio.ensure_future(self._learn(word))  # kept: a loop holds tasks weakly

    async def _learn(self, word):
        task = await self._lessons.task(word, self._class.scene, self._t.code) if word else None
        if word == self._view.get("task", ""):
            self._draw(self._set_task, task, word)

    def _set_task(self, task, word):
        self._task = task
        if word and not task:
            self.form.error = self._t("task_unknown", word=word)
        self.goal.param.update(**self._asked_of(self._class.read(self._shown)))
        if self._judged is not None and self._run is not None:
            self._judge(self._judged, self._run)

    def _asked_of(self, scenario):
        """Return what the strip says before the run is known."""
        t, scene = self._t, scenario.scene
        question = self._opening.question(scenario)
        asked = {
            "question": t(question) if question else "",
            "purpose": t(f"{question.id}.purpose" if question else f"purpose_{scene}"),
            "now": "",
            "share": 0,
            "met": False,
        }
        if self._task:
            exercise = self._task.ready.exercise
            return asked | {
                "place": self._task.word,
                "lang": self._task.lesson.lang if self._task.lesson.lang != t.code else "",
                "task": Markup(exercise.task).striptags(),
                "said": "",
                "hints": [Markup(hint).striptags() for hint in exercise.hints],
                "solution": f"?{page_query(self._class.read_query(exercise.query))}",
                "further": [[t("task_back"), self._task.back(t)]],
            }
        program = getattr(scenario, "program", "")
        step, following = self._opening.step(scenario)
        if following:
            settings = self._class.read(self._opening.steps[following])
            further = [[t(f"try_{scene}_{following}"), f"?{page_query(settings)}"]]
        else:
            name = self._opening.following
            further = [[t("further", scene=message(f"scene_{name}")), f"/{name}{t.query}"]]
        if lesson := lesson_of(scene, t):
            further.append(lesson)
        return asked | {
            "place": "",
            "lang": "",
            "task": t(f"goal_{scene}_{program}" if program else f"goal_{scene}")
            if self._opening.goal(scenario)
            else "",
            "hints": [],
            "solution": "",
            "said": t(f"try_{scene}_{step}.said") if step else "",
            "further": further,
        }

    def _judge(self, scenario, run):
        """Say how near a run is to the goal, once the runs are there that it is compared with."""
        if scenario is not self._judged:
            return  # there has been another run since

        def found(wanted):
            if wanted.values() == scenario.values():
                return run
            ticket = RUNS.ask(wanted)
            if not ticket.future.done():
                raise Missing(ticket)
            return Run.unpack(ticket.future.result())

        try:
            told = self._tell_attempt(scenario, found) if self._task else self._tell_standing(scenario, found)
        except Missing as missing:
            (ticket,) = missing.args
            self._rival = ticket
            ticket.future.add_done_callback(lambda done: self._compared(ticket, scenario, run))
            return
        self.goal.param.update(**told)

    def _tell_standing(self, scenario, simulate):
        goal = self._opening.goal(scenario)
        try:
            standing = goal and judge(goal, scenario, simulate)
        except ScenarioError:
            standing = None  # the goal compares with a run that there is not for this scenario
        if not standing:
            return {}
        words = {
            "value": Quantity(standing.value, goal.unit),
            "inverse": Quantity(1 / standing.value, goal.unit),
            "needed": Quantity(goal.needed, goal.unit),
        }
        now = self._t(f"goal_{scenario.scene}.{'met' if standing.met else 'now'}", **words)
        return {"now": now, "share": standing.share, "met": standing.met}

    def _tell_attempt(self, scenario, simulate):
        task = self._task
        try:
            tried = attempt(task.lesson, task.step, scenario, lambda wanted: Outcome.of(simulate(wanted)))
        except (ExpressionError, ScenarioError):
            return {}  # the goal compares with a run that there is not for this scenario
        value, needed = (Quantity(number, tried.unit, FIGURE) for number in (tried.value, tried.needed))
        if tried.sign in SIGNS:
            needed = message(SIGNS[tried.sign], needed=needed)
        labels = [self._t(scenario.said_of(name)) for name in tried.astray]
        return {
            "now": self._t("task_met" if tried.met else "task_now", value=value, needed=needed),
            "share": tried.share,
            "met": tried.met,
            "said": self._t("task_astray", names=labels) if labels else "",
        }

    def _compared(self, ticket, scenario, run):
        if ticket is self._rival:  # else nobody waits for it any more
            self._draw(self._judge, scenario, run)

    def _forget_rival(self):
        rival, self._rival = self._rival, None
        if rival is not None:
            rival.cancel()

    def _read(self, query):
        query = split_query(query)[0] or urlencode(self._opening.start)
        valid, refused = self._class.valid(dict(parse_qsl(query, keep_blank_values=True)))
        try:
            scenario = self._class.read(valid)
        except ScenarioError as error:
            return self._class(), self._t("scene_defaults", refusal=self._refused(error.said))
        return scenario, self._t("scene_kept", refusals=". ".join(map(self._refused, refused))) if refused else ""

    def _refused(self, said):
        return in_words(said, self._class(), self._t)

    def _read_beside(self, view):
        """Return the address of the pinned run, None where there is none, and what is wrong with it."""
        if "beside" not in view:
            return None, ""
        if view.get("clock", CLOCKS[0]) not in CLOCKS:
            rule = message("rule_choice", choices=list(CLOCKS))
            refusal = message("must_be", name="clock", rule=rule, got=repr(view["clock"]))
            return None, self._t("pin_clock_refused", refusal=self._refused(refusal))
        try:
            return run_address(self._class.read_query(view["beside"])), ""
        except ScenarioError as error:
            return None, self._t("pin_refused", refusal=self._refused(error.said))

    def _heard(self, event):
        message = event.data
        if "cancel" in message:
            self._stay()
            self._wanted = self._shown
            self.form.param.update(progress=None, error=self._t("scene_cancelled"))
        elif message.get("theme") in PAINT:
            self._draw(self.charts.paint, message["theme"])
        elif "serial" in message:
            self._edit(message)

    def _draw(self, change, *values):
        """Change Bokeh models as soon as this session holds the lock of its document."""
        self._soon(partial(change, *values))

    def _edit(self, message):
        serial, moved = int(message["serial"]), ""
        try:
            if message.get("preset") in self._class.presets:
                items = self._class.presets[message["preset"]]
            elif "address" in message:
                self._view = _kept(message["address"])
                self._draw(self.charts.look, self._view)
                self._take_task()
                asked = split_query(message["address"])[0] or urlencode(self._opening.start)
                items = self._class.read_query(asked).values()
            else:
                asked = {**self._wanted, **message["edit"]}
                self._wanted = asked
                items = self._class.settle(asked, message["edit"])
                moved = self._said_of_moves(asked, items)
            scenario = self._class.read(items)
        except ScenarioError as error:
            self._stay()
            self.form.param.update(error=f"{self._refused(error.said)}.", progress=None, serial=serial)
            return
        self._wanted = scenario.values()
        self._ask(scenario, serial, moved)

    def _said_of_moves(self, asked, settled):
        """Return which number had to follow the last change, as a sentence; "" for none."""
        for control in self.form.fields:
            before, now = (items[control["name"]] for items in (asked, settled))
            if control["kind"] == "integer" and None not in (before, now) and before > now:
                values = {"asked": Quantity(before, control["unit"]), "now": Quantity(now, control["unit"])}
                return self._t("scene_moved", label=control["label"], **values)
        return ""

    def _looked(self, changes):
        self._view = {name: word for name, word in {**self._view, **changes}.items() if word}
        self.form.view = urlencode(self._view, safe=",:")

    def _asked_window(self, event):
        window = event.data["look"]
        if window is None:  # somebody has gone out again
            self._stay()
            self._wanted = self._shown
            self.form.progress = None
        else:
            self._edit({"edit": window, "serial": self.form.serial + 1})

    def _charted(self, changes):
        self._edit({"edit": changes, "serial": self.form.serial + 1})

    def _ask(self, scenario, serial, said=""):
        self._cancel()
        self._asked_at = time.monotonic()
        ticket = self._ticket = RUNS.ask(scenario, self._progress(self._asked_at))
        self.player.src = run_address(scenario)  # so that the browser waits for the run, and not for this session
        ticket.future.add_done_callback(lambda future: self._done(scenario, serial, ticket, said))

    def _done(self, scenario, serial, ticket, said):
        if ticket is self._ticket:  # else it was cancelled, perhaps because the visitor has left
            self._draw(self._show, scenario, serial, ticket, said)

    def _cancel(self):
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def _stay(self):
        """Want no other run than the one that is shown."""
        self._cancel()
        self.player.src = run_address(self._class.read(self._shown))
        self._chart()

    def _leave(self):
        self._cancel()
        self._forget_rival()
        self.charts.stop()

    def _progress(self, asked_at):
        told_at = asked_at + SILENT_S - TOLD_EVERY_S

        def progress(share):
            nonlocal told_at
            if time.monotonic() > told_at + TOLD_EVERY_S:
                told_at = time.monotonic()
                self._draw(self._tell, asked_at, share)

        return progress

    def _tell(self, asked_at, share):
        if self._ticket is not None and asked_at == self._asked_at:
            self.form.progress = min(max(share, 0.0), 1.0)

    def _show(self, scenario: Scenario, serial: int, ticket, said: str):
        if ticket is not self._ticket:
            return  # somebody has changed a control since
        self._ticket = None
        try:
            packed = ticket.future.result()
        except Cancelled:
            return
        except ScenarioError as error:
            self._stay()
            self.form.param.update(error=f"{self._refused(error.said)}.", progress=None, serial=serial)
            return
        except Exception:  # the one place where a mistake of ours becomes a sentence
            _log.exception("%s?%s", scenario.scene, scenario.query())
            self._stay()
            self.form.param.update(error=self._t("scene_fault"), progress=None, serial=serial)
            return
        self._shown = scenario.values()
        told = {"error": said} if serial else {}
        self.form.param.update(
            fields=self._controls(scenario), values=self._shown, query=page_query(scenario), progress=None,
            serial=serial, **told,
        )  # fmt: skip
        self._forget_rival()
        self._judged, self._run = scenario, None
        self.goal.param.update(**self._asked_of(scenario))
        self._uncharted = packed
        self._chart()

    def _chart(self):
        """Draw the charts once the picture is there: until then the server has its time for the run."""
        if self._uncharted is not None and self.player.shown == self.player.src:
            packed, self._uncharted = self._uncharted, None
            run = self._run = Run.unpack(packed)
            self.form.taken = run.trace.meta.get("layout", {})
            self._draw(self.charts.show, run)
            self._draw(self._judge, self._judged, run)


def _kept(query):
    """Return what an address says about the look, but for what the browser keeps."""
    return {name: word for name, word in split_query(query)[1].items() if name not in IN_BROWSER}


def scene_page(scene: str, lessons: Course | None = None) -> pn.Template:
    """Build the page of a scene for one visitor; the address is that of the present request.

    Parameters
    ----------
    scene : str
        A key of `engine.scenarios.SCENES`.
    lessons : Course, optional
        Whose exercises an address may name.

    Returns
    -------
    panel.Template
        A complete page whose first picture needs no session.
    """
    context = pn.state.curdoc.session_context
    query = context.request.query if context else ""
    view = split_query(query)[1]
    t = page_language(context.request) if context else language("en")
    session = SceneSession(scene, query, t, lessons)
    page = ScenePage(TEMPLATES.joinpath("scene.html").read_text(encoding="utf-8"))
    page.add_panel("form", session.form)
    page.add_panel("goal", session.goal)
    page.add_panel("stage", session.player)
    for name, chart in session.charts.panes.items():
        page.add_panel(name, chart)
    page.add_variable("html", _HTML)
    page.add_variable("t", t)
    page.add_variable("shell", shell(scene, t))
    page.add_variable("share", share_dialog({scene}, t))
    page.add_variable("oembed", f"/oembed?{urlencode({'url': f'/{scene}?{query}'.rstrip('?')})}")
    page.add_variable("scene", scene)
    page.add_variable("src", session.player.src)
    page.add_variable("beside", session.beside)
    page.add_variable("version", engine_version())
    page.add_variable("headline", session.title)
    page.add_variable("error", session.form.error)
    page.add_variable("goal", session.goal)
    page.add_variable("made_before", t("made_before") if made_before(view) else "")
    page.add_variable("places", session.charts.places)
    page.add_variable("panes", list(session.charts.panes))
    page.add_variable("drawn", {chart.name: chart.module for chart in session.charts.charts.values() if chart.module})
    page.add_variable(
        "modules",
        modules_for(
            scene,
            "pages/scene.js",
            "components/player.js",
            "components/form.js",
            "components/goal.js",
            "components/chart_tools.js",
        ),
    )
    return page
