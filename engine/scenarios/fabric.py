"""The scene Dataflow: a program on a rectangle of the wafer, cycle by cycle."""

from bisect import bisect_right
from dataclasses import replace
from typing import ClassVar

import param

from engine.cited import table
from engine.fabric.critical_path import CriticalPath, critical_path
from engine.fabric.geometry import n_links
from engine.fabric.model import Terms
from engine.fabric.program import FabricError, Program
from engine.fabric.programs import PROGRAMS, Recipe, Settings
from engine.fabric.recording import space_time, trace_of, utilisation
from engine.fabric.simulate import Machine, simulate
from engine.run import Figure, Run
from engine.scenarios.scenario import Progress, Scenario, ScenarioError

# Bounds of the work, so that a run takes at most about a minute and 2 GB.
MOST_HOPS = 500_000_000
MOST_MEMORY_WORDS = 128 * 2**20
MOST_RECORDED_PE = 64 * 64
MOST_RECORDED_HOPS = 1_000_000  # where wavelets seldom follow each other closely
WORD_BYTES = 4
PATH_LABELS = {"compute": "products", "startup": "start-up and gaps"}


class FabricScenario(Scenario):
    """A collective, a stream or a kernel on a rectangle of PEs."""

    scene = "fabric"
    essential = ("program", "algorithm", "width", "height", "words")
    presets: ClassVar[dict[str, dict]] = {
        "Sum a rectangle": {},
        "Sum a row": {"algorithm": "chain", "width": 16, "height": 1, "words": 8},
        "One value to all": {"program": "broadcast", "words": 8},
        "Everybody gets the sum": {"program": "all_reduce", "root": "centre"},
        "Two streams merge": {"program": "stream", "algorithm": "merging", "width": 12, "height": 8},
        "Two streams cross": {"program": "stream", "algorithm": "crossing", "width": 12, "height": 9},
        "A circle of waits": {"program": "stream", "algorithm": "circular", "width": 8, "height": 5},
        "The whole wafer": {"program": "all_reduce", "root": "centre", "width": 750, "height": 994},
        "Matrix times vector": {"program": "gemv", "width": 16, "height": 10, "words": 8},
        "Matrix times matrix": {"program": "gemm", "width": 8, "words": 4},
        "Everybody to everybody in a row": {"program": "transpose", "width": 12, "height": 6, "words": 8},
        "Weights stream over activations": {"program": "weight_stream", "width": 12, "height": 6, "words": 4},
        "The same, three weights in four zero": {
            "program": "weight_stream",
            "width": 12,
            "height": 6,
            "words": 4,
            "sparsity": 0.75,
        },
        "Cells and their neighbours": {"program": "stencil", "width": 16, "height": 10, "words": 12},
    }

    machine = param.Selector(
        default="wse2", objects=["wse1", "wse2", "wse3"], label="Machine", doc="Wafer-scale engine that runs it."
    )
    program = param.Selector(default="reduce", objects=list(PROGRAMS), label="Program", doc="What is computed.")
    algorithm = param.Selector(
        default=None,
        allow_None=True,
        objects=list(dict.fromkeys(name for recipe in PROGRAMS.values() for name in recipe.algorithms)),
        label="Algorithm",
        doc="How it is computed; auto takes the program's first.",
    )
    width = param.Integer(24, bounds=(1, 755), softbounds=(1, 64), label="Width", doc="Columns of PEs [PE].")
    height = param.Integer(14, bounds=(1, 1170), softbounds=(1, 64), label="Height", doc="Rows of PEs [PE].")
    words = param.Integer(
        16,
        bounds=(1, 8192),
        softbounds=(1, 256),
        label="Words",
        doc="Length of the vector of each PE, rows and columns of its tile, or its cells [words].",
    )
    sparsity = param.Number(
        0.0, bounds=(0.0, 0.95), label="Sparsity", doc="Share of the weights that are zero and are not sent."
    )
    group = param.Integer(
        None,
        allow_None=True,
        bounds=(1, 1170),
        softbounds=(1, 32),
        label="Group",
        doc="PEs in a group of a two-phase sum; auto takes the square root of the line [PE].",
    )
    root = param.Selector(
        default="corner", objects=["corner", "centre"], label="Root", doc="Where an all-reduce collects the sum."
    )
    clock_ghz = param.Number(
        None, allow_None=True, bounds=(0.1, 5.0), label="Clock", doc="Clock; auto takes the machine's [GHz]."
    )
    ramp_latency = param.Integer(
        None,
        allow_None=True,
        bounds=(1, 16),
        label="Ramp latency",
        doc="Between a router and its compute element, each way; auto takes the machine's [cycles].",
    )
    seed = param.Integer(0, bounds=(0, 2**31 - 1), label="Seed", doc="Seed of the numbers that are summed and sent.")

    def recipe(self) -> Recipe:
        """Return what is known about the program."""
        return PROGRAMS[self.program]

    def settings(self) -> Settings:
        """Return what the program is asked for, with what was left to the engine filled in."""
        recipe = self.recipe()
        return Settings(
            machine=self.constants(),
            algorithm=self.algorithm or recipe.algorithms[0],
            width=self.width,
            height=self.width if recipe.square else self.height,
            words=self.words,
            group=self.group,
            root=self.root,
            sparsity=self.sparsity,
            seed=self.seed,
        )

    def relevant(self) -> tuple[str, ...]:
        """Return all parameters but those that this program does not look at."""
        recipe = self.recipe()
        unused = {"group", "root", "sparsity"} - set(recipe.options(self.settings().algorithm))
        if recipe.square:
            unused.add("height")
        return tuple(name for name in self.fields() if name not in unused)

    def choices(self, name: str) -> list:
        """Return the values of a Selector; the algorithms are those of the program."""
        return list(self.recipe().algorithms) if name == "algorithm" else super().choices(name)

    def automatic(self, name: str) -> object:
        """Return the program's first algorithm, the square root of a line, or the constant of the machine."""
        facts = table("machines")[self.machine]
        settings = self.settings()
        return {
            "algorithm": self.recipe().algorithms[0],
            "group": settings.group_of(self.line()),
            "clock_ghz": facts["clock"].value / 1e9,
            "ramp_latency": int(facts["ramp_latency"].value),
        }.get(name)

    def line(self) -> int:
        """Return the PEs of a line that is summed [PE]."""
        return self.recipe().line(self.settings())

    def work(self) -> float:
        """Return about how many wavelet hops and products the program takes."""
        recipe, settings = self.recipe(), self.settings()
        return recipe.hops(settings) + recipe.products(settings)

    def check(self) -> None:
        """Refuse other programs' algorithms, more PEs than the machine has, and more work than a minute's."""
        recipe = self.recipe()
        if self.algorithm is not None and self.algorithm not in recipe.algorithms:
            names = ", ".join(recipe.algorithms)
            raise ScenarioError(f"algorithm must be one of {names}, auto for {self.program}, got {self.algorithm!r}")
        facts = table("machines")[self.machine]
        for name in ("width", "height"):
            most = int(facts[name].value)
            if getattr(self, name) > most:
                raise ScenarioError(f"{name} must be at most {most} PE on {facts['label']}, got {getattr(self, name)}")
        settings = self.settings()
        try:
            recipe.check(settings)
        except FabricError as error:
            raise ScenarioError(str(error)) from error
        self._check_memory()
        work = self.work()
        if work > MOST_HOPS:
            raise ScenarioError(
                f"a run may take at most {MOST_HOPS:,} wavelet hops and products, got about {work:,.0f}: "
                "lower width, height, words"
            )

    def _check_memory(self):
        facts = table("machines")[self.machine]
        holds = int(facts["sram_per_pe"].value) // WORD_BYTES
        recipe, settings = self.recipe(), self.settings()
        held = recipe.held(settings)
        if held > holds:
            tiles = range(1, self.words)
            most = bisect_right(tiles, holds, key=lambda words: recipe.held(replace(settings, words=words)))
            fits = f"words must be at most {most}" if most else "height must be lower"
            raise ScenarioError(
                f"{fits} for {self.program}: a PE would hold {held:,} words of {WORD_BYTES} B, and its "
                f"{facts['sram_per_pe'].value / 1e3:g} kB are {holds:,}, got {self.words}"
            )
        held *= settings.n_pe
        if held > MOST_MEMORY_WORDS:
            raise ScenarioError(f"width × height × words must be at most {MOST_MEMORY_WORDS:,} words, got {held:,}")

    def simulate(self, progress: Progress = lambda share: None) -> Run:
        """Run the program, compare its result with NumPy's, and record it."""
        progress(0.0)
        facts = table("machines")[self.machine]
        clock_hz = facts["clock"].value if self.clock_ghz is None else self.clock_ghz * 1e9
        recipe, settings = self.recipe(), self.settings()
        program = self.build()
        progress(0.0)
        hops = recipe.hops(settings)
        few = recipe.flows or hops <= MOST_RECORDED_HOPS
        record = "wavelets" if few and settings.n_pe <= MOST_RECORDED_PE else "field"
        try:
            result = simulate(program, settings.machine, record, hops, progress)
        except FabricError as error:
            raise ScenarioError(str(error)) from error
        progress(1.0)
        path = critical_path(result)
        trace = trace_of(result, 1 / clock_hz, self.words)
        if path is not None:
            trace.tables["path"] = path.table()
        return Run(
            scene=self.scene,
            scenario=self.values(),
            title=self._title(result),
            figures=self._figures(result, path, clock_hz),
            trace=trace,
            charts={"space_time": space_time(result), "utilisation": utilisation(result)},
        )

    def constants(self) -> Machine:
        """Return the constants of the machine, with the scenario's ramp latency where it gives one."""
        facts = table("machines")[self.machine]
        ramp = facts["ramp_latency"].value if self.ramp_latency is None else self.ramp_latency
        return Machine(
            ramp_latency=int(ramp),
            queue_depth=int(facts["queue_depth"].value),
            vector_gap=int(facts["vector_gap"].value),
            task_startup=int(facts["task_startup"].value),
        )

    def build(self) -> Program:
        """Return the program for the rectangle."""
        return self.recipe().build(self.settings())

    def closed_form(self) -> Terms:
        """Return the closed form of the program, in its terms [cycle]."""
        return self.recipe().closed_form(self.settings())

    def _title(self, result):
        settings = self.settings()
        if result.deadlock:
            return f"A circle of waits: {settings.size}, and nothing moves any more"
        return self.recipe().title(settings)

    def _figures(self, result, path: CriticalPath | None, clock_hz):
        cycles = result.cycles + result.machine.task_startup
        busy = max(1, result.cycles)
        settings = self.settings()
        wires = max(1, n_links(settings.width, settings.height))
        form, source = self.closed_form(), self.recipe().source(settings)
        simulated, shares = "cycle-level simulation", "simulation, after start-up"
        figures = {
            "cycles": Figure(cycles, "cycles", "simulated, with start-up", f"{simulated}, with start-up"),
            "time": Figure(cycles / clock_hz * 1e9, "ns", f"at {clock_hz / 1e9:g} GHz", "cycles over the clock"),
            "model_cycles": Figure(form.cycles, "cycles", "closed form, without", source),
            "max_error": Figure(result.max_error, "", "error against NumPy", "largest difference of the result"),
            "wavelet_hops": Figure(result.hops, "hops", "wavelet hops", f"{simulated}, links only"),
            "link_utilisation": Figure(result.hops / (wires * busy), "share", "links at work", shares),
            "pe_utilisation": Figure(result.elements / (settings.n_pe * busy), "share", "PEs at work", shares),
            "stalled_cycles": Figure(
                result.stalled, "cycles", "stalled", "cycles in which a wavelet or an operation could not go on, summed"
            ),
            "startup_cycles": Figure(
                result.machine.task_startup,
                "cycles",
                "start-up",
                table("machines")[self.machine]["task_startup"].source,
            ),
            "model_distance": Figure(form.distance, "cycles", "distance", source),
            "model_contention": Figure(form.contention, "cycles", "contention", source),
            "model_depth": Figure(form.depth, "cycles", "depth", source),
            "model_compute": Figure(form.compute, "cycles", "products", source),
            "model_startup": Figure(form.startup, "cycles", "gaps", source),
            "deadlock": Figure(result.deadlock, "", "deadlock", "nothing could move and work remained"),
        }
        if path is not None:
            walked = "critical path of the simulation; the five parts add up to its cycles"
            for part, cycles in path.cycles(result.machine.task_startup).items():
                figures[f"path_{part}"] = Figure(
                    cycles, "cycles", f"{PATH_LABELS.get(part, part)}, on the path", walked
                )
        return figures
