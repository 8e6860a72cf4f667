"""The scene Dataflow: a program on a rectangle of the wafer, cycle by cycle."""

import math
from bisect import bisect_right
from collections.abc import Container
from dataclasses import replace
from typing import ClassVar

import param

from engine.fabric.defects import yields
from engine.fabric.defects.faults import MOST_CYCLES, Faults
from engine.fabric.defects.spares import Mesh, lay_around, scatter
from engine.fabric.machine.constants import BYTES, Machine
from engine.fabric.machine.geometry import PORT_NAMES, Window
from engine.fabric.machine.program import FabricError, Program
from engine.fabric.programs import OWN, PROGRAMS, Parameter, Recipe, Settings
from engine.fabric.programs.model import Terms
from engine.fabric.simulation.simulate import Result, simulate
from engine.fabric.trace.critical_path import critical_path
from engine.fabric.trace.fault_marks import mark
from engine.fabric.trace.tables import trace_of
from engine.language import Message, Quantity, message
from engine.machines import WAFER_MM, area_mm2, largest, machines, not_known, offered
from engine.run import Run
from engine.scenarios.fabric_faults import fault_figures, yield_figures
from engine.scenarios.fabric_figures import figures_of, notes_of
from engine.scenarios.fabric_presets import PRESETS
from engine.scenarios.fabric_verdict import verdict_of
from engine.scenarios.former import items_now
from engine.scenarios.scenario import Progress, Scenario, ScenarioError, shown

# Bounds of the work. Near them, on 750 × 994 PEs, a stencil took 49 s of a busy processor, an all-reduce 1.6 GB.
MOST_HOPS = 600_000_000
BESIDE = "a100_80"  # whose die is drawn beside a whole wafer
MOST_MEMORY_WORDS = 192 * 2**20
MOST_RECORDED_PE = 64 * 64
MOST_RECORDED_HOPS = 2**20  # where wavelets seldom follow each other closely
MOST_WINDOW = 64
WIDEST, TALLEST = largest("width"), largest("height")
QUICK_WORK = 4_000_000  # hops and products, about a quarter of a second: what another program begins with in a form


def _as_param(own: Parameter) -> param.Parameter:
    said = {"default": own.default, "allow_None": own.default is None, "doc": own.unit and f"[{own.unit}]"}
    if own.choices:
        return param.Selector(objects=list(own.choices), **said)
    kind = param.Integer if isinstance(own.bounds[0], int) else param.Number
    return kind(bounds=own.bounds, softbounds=own.softbounds, **said)


class FabricScenario(Scenario):
    """A collective, a stream or a kernel on a rectangle of PEs."""

    scene = "fabric"
    part = "engine.fabric"
    essential = ("program", "algorithm", "width", "height", "words")
    machine_menus: ClassVar[dict[str, str]] = {"machine": "fabric"}
    groups: ClassVar[dict[str, tuple[str, ...]]] = {
        "faults": ("defects", "spares", "slow_factor", "dead_link", "fault_x", "fault_y")
    }
    presets: ClassVar[dict[str, dict]] = PRESETS

    machine = param.Selector(default="wse2", objects=list(offered("fabric")))
    program = param.Selector(default="reduce", objects=list(PROGRAMS))
    algorithm = param.Selector(
        default=None,
        allow_None=True,
        objects=list(dict.fromkeys(name for recipe in PROGRAMS.values() for name in recipe.algorithms)),
    )
    width = param.Integer(24, bounds=(1, WIDEST), softbounds=(1, 64), doc="[PE]")
    height = param.Integer(14, bounds=(1, TALLEST), softbounds=(1, 64), doc="[PE]")
    words = param.Integer(16, bounds=(1, 8192), softbounds=(1, 256), doc="[words]")
    vars().update({name: _as_param(own) for name, own in OWN.items()})  # those that only some programs have
    dtype = param.Selector(default="fp32", objects=list(BYTES))
    clock_ghz = param.Number(None, allow_None=True, bounds=(0.1, 5.0), doc="[GHz]")
    hop_latency = param.Integer(None, allow_None=True, bounds=(1, 4), doc="[cycles]")
    ramp_latency = param.Integer(None, allow_None=True, bounds=(1, 16), doc="[cycles]")
    seed = param.Integer(0, bounds=(0, 2**31 - 1))
    defects = param.Number(0.0, bounds=(0.0, 0.2), softbounds=(0.0, 0.1))
    spares = param.Integer(3, bounds=(0, 16), doc="[PE]")
    slow_factor = param.Integer(1, bounds=(1, MOST_CYCLES), doc="[cycles]")
    dead_link = param.Selector(default="none", objects=["none", *PORT_NAMES[:4]])
    fault_x = param.Integer(None, allow_None=True, bounds=(0, WIDEST - 1), doc="[PE]")
    fault_y = param.Integer(None, allow_None=True, bounds=(0, TALLEST - 1), doc="[PE]")
    window = param.Integer(0, bounds=(0, MOST_WINDOW), doc="[PE]")
    window_x = param.Integer(None, allow_None=True, bounds=(0, WIDEST - 1), doc="[PE]")
    window_y = param.Integer(None, allow_None=True, bounds=(0, TALLEST - 1), doc="[PE]")

    @classmethod
    def _parse(cls, items):
        items = items_now(cls.scene, items)
        asked = items.get("algorithm", "auto")
        if asked is not None and asked not in ("auto", *cls.fields()["algorithm"].objects):
            others = super()._parse({name: value for name, value in items.items() if name != "algorithm"})
            raise others._no_algorithm(asked)
        return super()._parse(items)

    def _no_algorithm(self, asked):
        names = list(self.recipe().algorithms)
        return ScenarioError(message("fabric_no_algorithm", names=names, program=self.program, got=shown(asked)))

    def recipe(self) -> Recipe:
        """Return what is known about the program."""
        return PROGRAMS[self.program]

    def settings(self) -> Settings:
        """Return what the program is asked for, with what was left to the engine filled in."""
        recipe = self.recipe()
        own = {name: getattr(self, name) for name in recipe.parameters}
        return recipe.settings(
            self.constants(), self.algorithm, self.width, self.height, self.words, seed=self.seed, **own
        )

    def relevant(self) -> tuple[str, ...]:
        """Return all parameters but those that this program does not look at."""
        recipe, algorithm = self.recipe(), self.settings().algorithm
        unused = OWN.keys() - {name for name, own in recipe.parameters.items() if own.when(algorithm)}
        if recipe.square:
            unused.add("height")
        if not recipe.computes:
            unused.add("dtype")
        if self._yield_unknown():
            unused.add("defects")
        if not self.defects:
            unused.add("spares")
        if not self._one_is_faulty():
            unused |= {"fault_x", "fault_y"}
        if not self._large():
            unused.add("window")
        if not self._window():
            unused |= {"window_x", "window_y"}
        return tuple(name for name in self.fields() if name not in unused)

    def choices(self, name: str) -> list:
        """Return the values of a Selector; the algorithms are those of the program."""
        return list(self.recipe().algorithms) if name == "algorithm" else super().choices(name)

    def adapt(self, changed: Container[str]) -> None:
        """With another program, lower the words until its first picture comes at once; keep a window within bounds."""
        if "program" in changed:
            fits = bisect_right(range(1, self.words + 1), False, key=lambda words: not self._is_quick(words))
            self.words = max(1, fits)
        if self._yield_unknown():
            self.defects = 0.0
        settings, most = self.shown(), self._most_window()
        if (self.window_x or 0) >= settings.width or (self.window_y or 0) >= settings.height:
            self.param.update(window=0, window_x=None, window_y=None)
        elif self.window > most:
            less = (self.window - most) // 2
            moved = {name: at + less for name in ("window_x", "window_y") if (at := getattr(self, name)) is not None}
            self.param.update(window=most, **moved)

    def _is_quick(self, words):
        recipe, settings = self.recipe(), replace(self.settings(), words=words)
        hops = recipe.hops(settings)
        few = recipe.flows(settings) or hops <= MOST_RECORDED_HOPS or settings.n_pe > MOST_RECORDED_PE
        fits = recipe.held(settings) <= self._numbers_per_pe()
        return few and fits and hops + recipe.products(settings) <= max(QUICK_WORK, settings.n_pe * 64)

    def _facts(self):
        return machines()[self.machine].figures

    def _yield_unknown(self):
        """Say why defective PEs are refused, if the machine is not known well enough for them."""
        return not_known(self.machine, "yield")

    def _numbers_per_pe(self):
        return int(self._facts()["sram_per_pe"].value) // BYTES[self.dtype]

    def automatic(self, name: str) -> object:
        """Return the program's first algorithm, what it takes for a parameter of its own, or the machine's constant."""
        facts = self._facts()
        settings, shown = self.settings(), self.shown()
        if name in self.recipe().parameters:
            return self.recipe().parameters[name].automatic(settings)
        return {
            "algorithm": self.recipe().algorithms[0],
            "clock_ghz": facts["clock"].value / 1e9,
            "hop_latency": int(facts["hop_latency"].value),
            "ramp_latency": int(facts["ramp_latency"].value),
            "window_x": max(0, shown.width - self.window) // 2,
            "window_y": max(0, shown.height - self.window) // 2,
            "fault_x": settings.width // 2,
            "fault_y": settings.height // 2,
        }.get(name)

    def shown(self) -> Settings:
        """Return what is simulated: all of it, or the part that stands for it where all is too much."""
        part = self._part()
        return part[0] if part else self.settings()

    def _part(self):
        """Return the part that stands for a program that is too large, as `Recipe.part`; None where all is simulated.

        What is wrong with a PE has no place in a part.
        """
        settings = self.settings()
        if self.defects or self._one_is_faulty() or not self._beyond(settings):
            return None
        return self.recipe().part(settings)

    def cycles_of(self, result: Result) -> int:
        """Return the cycles of the program without start-up from what was simulated, see `Recipe.part` [cycle]."""
        if not (part := self._part()):
            return result.cycles
        shown, times = part
        return round(self.closed_form().cycles + times * (result.cycles - self.recipe().closed_form(shown).cycles))

    def _beyond(self, settings):
        """Say why a rectangle cannot be simulated; None where it can."""
        recipe = self.recipe()
        try:
            recipe.check(settings)
        except FabricError as error:
            return error.said
        held, work = recipe.held(settings) * settings.n_pe, recipe.hops(settings) + recipe.products(settings)
        if held > MOST_MEMORY_WORDS:
            most = Quantity(MOST_MEMORY_WORDS, "word", 4)
            return message("fabric_too_much_memory", most=most, got=Quantity(held, "", 4))
        if self.defects or self._one_is_faulty():  # it runs without its faults, too
            work *= 2
        if work > MOST_HOPS:
            return message("fabric_too_much_work", most=MOST_HOPS, got=Quantity(work, "", 3))
        return None

    def allows(self, settings: Settings) -> bool:
        """Whether the program can be used so on these PEs, however long its simulation would take."""
        try:
            self.recipe().check(settings)
        except FabricError:
            return False
        return self.recipe().held(settings) <= self._numbers_per_pe()

    def work(self) -> float:
        """Return about how many wavelet hops and products the simulation takes."""
        recipe, settings = self.recipe(), self.shown()
        return recipe.hops(settings) + recipe.products(settings)

    def _large(self):
        """Whether there are too many wavelets to record them all."""
        recipe, settings = self.recipe(), self.shown()
        few = recipe.flows(settings) or recipe.hops(settings) <= MOST_RECORDED_HOPS
        return not few or settings.n_pe > MOST_RECORDED_PE

    def _window(self):
        """Return the PEs whose wavelets are recorded beside the field of a large run, if any."""
        if not (self.window and self._large()):
            return None
        x, y = (
            self.automatic(name) if getattr(self, name) is None else getattr(self, name)
            for name in ("window_x", "window_y")
        )
        return Window(x, y, self.window)

    def _most_window(self):
        """Return the side of the largest window that can be recorded with the PEs next to it [PE]."""
        recipe, settings = self.recipe(), self.shown()
        if recipe.flows(settings):
            return MOST_WINDOW
        n_pe = MOST_RECORDED_HOPS * settings.n_pe / max(1, recipe.hops(settings))
        return min(MOST_WINDOW, max(0, math.isqrt(int(n_pe)) - 2))

    def _check_window(self):
        settings, window = self.shown(), self._window()
        if not window:
            return
        for name, at, most in (("window_x", window.x, settings.width), ("window_y", window.y, settings.height)):
            if at >= most:
                raise ScenarioError(message("fabric_outside", name=name, most=Quantity(most, "PE"), got=at))
        if window.size > self._most_window():
            most = Quantity(self._most_window(), "PE")
            raise ScenarioError(message("fabric_window_too_large", most=most, hops=MOST_RECORDED_HOPS, got=window.size))

    def _one_is_faulty(self):
        return self.slow_factor > 1 or self.dead_link != "none"

    def faults(self) -> tuple[Mesh, Faults] | None:
        """Return where the PEs lie on the wafer and what is wrong with them; None where nothing is.

        Raises
        ------
        FabricError
            "PARAMETER must be ..., got VALUE".
        """
        if not (self.defects or self._one_is_faulty()):
            return None
        settings = self.settings()
        spares = self.spares if self.defects else 0
        mesh = lay_around(scatter(settings.width + spares, settings.height, self.defects, self.seed), spares)
        faults = mesh.faults()
        if self._one_is_faulty():
            x, y = (
                self.automatic(name) if getattr(self, name) is None else getattr(self, name)
                for name in ("fault_x", "fault_y")
            )
            for name, at, most in (("fault_x", x, settings.width), ("fault_y", y, settings.height)):
                if at >= most:
                    raise FabricError(message("fabric_outside", name=name, most=Quantity(most, "PE"), got=at))
            faults.cycles[y, x] = self.slow_factor
            if self.dead_link != "none":
                faults.kill(x, y, PORT_NAMES.index(self.dead_link))
        return mesh, faults

    def check(self) -> None:
        """Refuse other programs' algorithms, more PEs than the machine has, and what takes more than a minute."""
        recipe = self.recipe()
        if self.algorithm is not None and self.algorithm not in recipe.algorithms:
            raise self._no_algorithm(self.algorithm)
        facts = self._facts()
        for name in ("width", "height"):
            most = int(facts[name].value)
            if getattr(self, name) > most:
                where = {"most": Quantity(most, "PE"), "machine": machines()[self.machine].label}
                raise ScenarioError(message("fabric_beyond_machine", name=name, **where, got=getattr(self, name)))
        if self.defects and (unknown := self._yield_unknown()):
            refusal = message("fabric_no_defects", got=f"{self.defects:g}")
            raise ScenarioError(message("refused_since", refusal=refusal, reason=unknown))
        try:
            self.faults()
        except FabricError as error:
            raise ScenarioError(error.said) from error
        self._check_memory()
        if refusal := self._beyond(self.shown()):
            raise ScenarioError(refusal)
        self._check_window()

    def _check_memory(self):
        facts = self._facts()
        size, holds = BYTES[self.dtype], self._numbers_per_pe()
        recipe, settings = self.recipe(), self.settings()
        held = recipe.held(settings)
        if held > holds:
            tiles = range(1, self.words)
            most = bisect_right(tiles, holds, key=lambda words: recipe.held(replace(settings, words=words)))
            full = {
                "program": self.program,
                "held": Quantity(held, "word"),
                "size": Quantity(size, "B"),
                "sram": Quantity(facts["sram_per_pe"].value, "B", 3),
                "holds": holds,
                "got": self.words,
            }
            if most:
                raise ScenarioError(message("fabric_too_many_words", most=most, **full))
            raise ScenarioError(message("fabric_too_high", **full))

    def simulate(self, progress: Progress = lambda share: None) -> Run:
        """Run the program, compare its result with NumPy's, and record it."""
        progress(0.0)
        facts = self._facts()
        clock_hz = facts["clock"].value if self.clock_ghz is None else self.clock_ghz * 1e9
        recipe, settings, shown = self.recipe(), self.settings(), self.shown()
        program = self.build()
        progress(0.0)
        record = "field" if self._large() else "wavelets"
        try:
            result, trouble = self._run(program, record, recipe.hops(shown), progress)
        except FabricError as error:
            raise ScenarioError(error.said) from error
        progress(1.0)
        path = critical_path(result)
        notes = [recipe.note(settings), *notes_of(machines()[self.machine], settings.machine)]
        if shown != settings:
            notes.append(message("fabric_part_note", size=settings.size, shown=shown.size))
        trace = trace_of(result, 1 / clock_hz, self.words, self._chip(), notes)
        if path is not None:
            trace.tables["path"] = path.table()
        figures = figures_of(self, result, path, clock_hz, trouble)
        if self.defects:
            figures |= yield_figures(self.machine, self.defects, self.spares, self.seed)
            trace.tables.update(yields.curves(self.machine, self.spares, self.seed))
        return Run(
            scene=self.scene,
            scenario=self.values(),
            title=self._title(result, trouble),
            figures=figures,
            trace=mark(trace, *self.faults()) if trouble else trace,
            verdict=None if result.deadlock else verdict_of(self, figures),
        )

    def _run(self, program, record, hops, progress):
        """Return the result, and the figures of its faults, for which it runs without them first."""
        machine, found = self.settings().machine, self.faults()
        if found is None:
            return simulate(program, machine, record, hops, progress, window=self._window(), in_place=True), {}
        mesh, faults = found
        sound = simulate(program, machine, "none", hops, lambda share: progress(share / 2))
        result = simulate(
            program, machine, record, hops, lambda share: progress(0.5 + share / 2), faults, self._window(), True
        )
        return result, fault_figures(result, sound, mesh, faults)

    def _chip(self):
        """Return what the chip of the machine is like, for the meta of a field; None where its dies are not known.

        All dies are taken as equal: which PEs of a die are in use is not published.
        """
        facts = self._facts()
        if "die_columns" not in facts:
            return None
        beside = machines()[BESIDE]
        width, height = facts["width"].value, facts["height"].value
        return {
            "die": [width / facts["die_columns"].value, height / facts["die_rows"].value],
            "width": width,
            "height": height,
            "area": area_mm2(self.machine),
            "wafer": WAFER_MM,
            "gpu": {"name": beside.label, "area": area_mm2(BESIDE), "source": beside.figures["area"].source},
        }

    def constants(self) -> Machine:
        """Return the constants of the machine for the numbers, with the scenario's latencies where it gives them."""
        return Machine.of(self._facts(), self.dtype, hop_latency=self.hop_latency, ramp_latency=self.ramp_latency)

    def build(self) -> Program:
        """Return the program for what is simulated."""
        return self.recipe().build(self.shown())

    def closed_form(self) -> Terms:
        """Return the closed form of the program, in its terms [cycle]."""
        return self.recipe().closed_form(self.settings())

    def title(self) -> Message:
        """Return what the program does, and on how many PEs of those it is shown."""
        settings, shown = self.settings(), self.shown()
        title = self.recipe().title(settings)
        return title if shown == settings else message("fabric_title_part", title=title, shown=shown.size)

    def _title(self, result, trouble):
        settings = self.settings()
        if result.deadlock:
            if self.dead_link == "none":
                return message("fabric_title_circle", size=settings.size)
            return message("fabric_title_no_way", size=settings.size)
        title, wrong = self.title(), []
        if self.shown() != settings:
            return title
        if "defective_pes" in trouble and (defective := trouble["defective_pes"].value):
            wrong.append(message("fabric_title_defective", defective=Quantity(defective, "PE")))
        if self.slow_factor > 1:
            wrong.append(message("fabric_title_slow", n=self.slow_factor))
        if self.dead_link != "none":
            wrong.append(message("fabric_title_dead"))
        return message("fabric_title_wrong", title=title, wrong=wrong) if wrong else title
