"""What the page of each scene begins with: what it opens on, its goal, what to try next, and its lesson.

The texts are what `question` returns, with the attribute `purpose`, or `purpose_SCENE` where the title of a run is a
question already; `goal_SCENE` with the attributes `now` and `met`, in the fabric scene also `goal_fabric_PROGRAM`; and
`try_SCENE_STEP` for each step, whose attribute `said` is shown with its run.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlencode

from engine.language import Language, Message, Quantity, message
from engine.scenarios import SCENES, Scenario
from engine.scenarios.scenario import spell
from lessons.catalogue import course, titled
from lessons.goal import Goal


@dataclass(frozen=True)
class Opening:
    """What a page of a scene begins with.

    Attributes
    ----------
    lesson : str
        Name of the lesson that explains the scene.
    goals : dict of str to Goal
        By program, or "" in a scene without programs. Reached by a few changes from the usual run.
    steps : dict of str to dict
        What to try, one after the other: names, and the parameters that differ from their defaults. The page opens on
        the first.
    following : str
        Scene to go on with after the last step.
    question : callable, optional
        Returns what a scenario asks, None where the title of its run does.
    """

    lesson: str
    goals: Mapping[str, Goal]
    steps: Mapping[str, Mapping[str, object]]
    following: str
    question: Callable[[Scenario], Message | None] = field(default=lambda scenario: None)

    @property
    def start(self) -> Mapping[str, object]:
        """What the page opens on: the parameters that differ from their defaults."""
        return next(iter(self.steps.values()))

    def goal(self, scenario: Scenario) -> Goal | None:
        """Return the goal of a scenario, None where that of its program does not count its run."""
        program = getattr(scenario, "program", "")
        goal = self.goals.get(program)
        return goal if goal and (not program or goal.counts(scenario)) else None

    def step(self, scenario: Scenario) -> tuple[str, str]:
        """Return the step that a scenario is and the one after it; "" for none of them and for the end."""
        names, words = list(self.steps), _step_values(scenario.scene)
        at = words.index(scenario.values()) if scenario.values() in words else -1
        return names[at] if at >= 0 else "", names[at + 1] if at + 1 < len(names) else ""


def _fabric_question(scenario):
    settings = scenario.settings()
    return message(f"question_fabric_{scenario.program}", cores=Quantity(settings.width * settings.height, "", 12))


def _faster_than(other, needed, where="true"):
    """Return the goal of the fabric to be so many times as fast as another run, which must be a quick one."""
    quick = 'not defects and slow_factor == 1 and dead_link == "none" and width * width * height * words < 3e6'
    return Goal(f"run({other}).figures.cycles / figures.cycles", needed, "×", where=f"{quick} and ({where})")


PAIR = SCENES["scaling"].presets["begun_alike"]

OPENINGS: dict[str, Opening] = {
    # It opens on the naive way, so that there is something to improve.
    "fabric": Opening(
        lesson="adding-up",
        goals={
            "reduce": _faster_than('algorithm="star"', 2),
            "broadcast": Goal(value="figures.link_utilisation", needed=0.2, unit="share"),
            "all_reduce": _faster_than('algorithm="ring"', 6),
            "stream": _faster_than('algorithm="single"', 1, 'algorithm == "merging" or algorithm == "crossing"'),
            "transpose": Goal(value="figures.link_utilisation", needed=0.3, unit="share"),
            "gemv": Goal(value="figures.pe_utilisation", needed=0.75, unit="share"),
            "gemm": _faster_than('algorithm="mesh"', 1.1, "width * width * words < 2000"),
            "weight_stream": _faster_than("sparsity=0", 2),
            "stencil": Goal(value="figures.pe_utilisation", needed=0.75, unit="share"),
        },
        steps={
            "star": {"algorithm": "star"},
            "two_phase": {},
            "one_word": {"algorithm": "star", "words": 1},
            "many_words": {"algorithm": "chain", "words": 256},
        },
        following="memory",
        question=_fabric_question,
    ),
    "memory": Opening(
        lesson="one-clock-cycle-away",
        goals={
            "": Goal(
                value="figures.wse2_time / figures.a100_80_time",
                needed=1,
                unit="",
                where='"wse2" in machines and "a100_80" in machines',
            )
        },
        steps={"resident": {}, "streamed": {"weights": "streamed"}},
        following="scaling",
        question=lambda scenario: message("question_memory_near"),
    ),
    "scaling": Opening(
        lesson="adding-gpus-stops-helping",
        goals={
            "": Goal(
                value="figures.efficiency",
                needed=0.95,
                unit="share",
                where='n_devices >= 1536 or (cluster == "cs" and n_devices >= 128)',
            )
        },
        steps={
            "alike": PAIR,
            "growing": PAIR | {"mode": "weak", "global_batch": PAIR["global_batch"] * PAIR["n_devices"]},
            "small_batch": PAIR | {"global_batch": 192},
            "gpus": PAIR | {"cluster": "gpu", "n_devices": 1536},
        },
        following="planner",
    ),
    "planner": Opening(
        lesson="half-a-day-to-fifty-days",
        goals={"": Goal(value="figures.days", needed=7, unit="day", at_most=True)},
        steps={"default": {}, "many": {"n_devices": 4096}},
        following="fabric",
    ),
    "inference": Opening(
        lesson="one-clock-cycle-away",
        goals={
            "": Goal(value="figures.bandwidth_share", needed=0.01, unit="share", where='machine in ("wse2", "wse3")')
        },
        steps={"one": {}, "many": {"users": 32}},
        following="memory",
        question=lambda scenario: message("question_inference_writes"),
    ),
}


@cache
def _step_values(scene):
    """Return all parameters of each step: a scene asks after every change, and reading them takes milliseconds."""
    return [SCENES[scene].read(items).values() for items in OPENINGS[scene].steps.values()]


def page_query(scenario: Scenario) -> str:
    """Return the query of the page of a scenario. It is never empty where a bare address opens on something else."""
    start = OPENINGS[scenario.scene].start if scenario.scene in OPENINGS else {}
    values = scenario.values()
    return scenario.query() or urlencode({name: spell(values[name]) for name in start if name in values}, safe=",:")


@cache
def lesson_of(scene: str, t: Language) -> list[str] | None:
    """Return words, address and language of a link to the lesson that explains a scene, None where there is none."""
    slug = OPENINGS[scene].lesson
    found = next((lesson for lesson in course(None, t.code) if lesson.slug == slug), None)
    return found and [t("opening_lesson", title=titled(found, t)), f"/course/{slug}{t.query}", found.lang]
