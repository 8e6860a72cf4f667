"""The scene Dataflow: a program on a rectangle of the wafer, cycle by cycle."""

import math
from bisect import bisect_right
from typing import ClassVar

import param

from engine.cited import table
from engine.fabric import model
from engine.fabric.geometry import n_links
from engine.fabric.program import FabricError, Program
from engine.fabric.programs import all_reduce, broadcast, gemm, gemv, reduce, stencil, stream, transpose, weight_stream
from engine.fabric.recording import space_time, trace_of, utilisation
from engine.fabric.simulate import Machine, simulate
from engine.run import Figure, Run
from engine.scenarios.scenario import Progress, Scenario, ScenarioError

# The first algorithm of a program is what "auto" means.
ALGORITHMS = {
    "reduce": ["two_phase", "chain", "tree", "star", "snake"],
    "broadcast": ["multicast"],
    "all_reduce": ["reduce_broadcast", "ring"],
    "stream": ["single", "crossing", "merging", "circular"],
    "gemv": ["two_phase", "chain", "tree", "star"],
    "gemm": ["mesh", "cannon", "summa"],
    "transpose": ["direct"],
    "weight_stream": ["chain", "two_phase", "tree", "star"],
    "stencil": ["five_point"],
}
# Programs that multiply or move tiles, and what their closed forms are.
KERNELS = {
    "gemv": "broadcast of x, one product a cycle, sum of a row; with gaps between operations",
    "gemm": "what a compute element does: one product, or one word in or out, a cycle; with gaps between operations",
    "transpose": "n² w / 4: what crosses the middle link of a row",
    "weight_stream": "one product a cycle, then the sum of a column; with gaps between operations",
    "stencil": "five exchanges and two operations a step, for any fabric; with gaps between operations",
}
STREAMS = {name: getattr(stream, name) for name in ALGORITHMS["stream"]}

# Bounds of the work, so that a run takes at most about a minute and 2 GB.
MOST_HOPS = 500_000_000
MOST_MEMORY_WORDS = 128 * 2**20
MOST_RECORDED_PE = 64 * 64
MOST_RECORDED_HOPS = 1_000_000  # of kernels, whose wavelets seldom follow each other closely
WIDEST_SUMMA = 64  # every PE runs a program of its own
WORD_BYTES = 4


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
    program = param.Selector(default="reduce", objects=list(ALGORITHMS), label="Program", doc="What is computed.")
    algorithm = param.Selector(
        default=None,
        allow_None=True,
        objects=list(dict.fromkeys(name for names in ALGORITHMS.values() for name in names)),
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

    def relevant(self) -> tuple[str, ...]:
        """Return all parameters but those that this program does not look at."""
        unused = set()
        if self._algorithm() not in ("two_phase", "reduce_broadcast"):
            unused.add("group")
        if self._algorithm() != "reduce_broadcast":
            unused.add("root")
        if self.program == "gemm":
            unused.add("height")
        if self.program != "weight_stream":
            unused.add("sparsity")
        return tuple(name for name in self.fields() if name not in unused)

    def choices(self, name: str) -> list:
        """Return the values of a Selector; the algorithms are those of the program."""
        return list(ALGORITHMS[self.program]) if name == "algorithm" else super().choices(name)

    def automatic(self, name: str) -> object:
        """Return the program's first algorithm, the square root of a line, or the constant of the machine."""
        facts = table("machines")[self.machine]
        return {
            "algorithm": ALGORITHMS[self.program][0],
            "group": self._group(self._rows() if self.program == "weight_stream" else self.width),
            "clock_ghz": facts["clock"].value / 1e9,
            "ramp_latency": int(facts["ramp_latency"].value),
        }.get(name)

    def check(self) -> None:
        """Refuse other programs' algorithms, more PEs than the machine has, and more work than a minute's."""
        if self.algorithm is not None and self.algorithm not in ALGORITHMS[self.program]:
            names = ", ".join(ALGORITHMS[self.program])
            raise ScenarioError(f"algorithm must be one of {names}, auto for {self.program}, got {self.algorithm!r}")
        facts = table("machines")[self.machine]
        for name in ("width", "height"):
            most = int(facts[name].value)
            if getattr(self, name) > most:
                raise ScenarioError(f"{name} must be at most {most} PE on {facts['label']}, got {getattr(self, name)}")
        if self._algorithm() == "circular":
            for name in ("width", "height"):
                if getattr(self, name) < 2:
                    raise ScenarioError(f"{name} must be at least 2 PE for a circle, got {getattr(self, name)}")
        elif self.program == "stream" and self.width < 2:
            raise ScenarioError(f"width must be at least 2 PE for a stream, got {self.width}")
        elif self._algorithm() == "crossing" and self.height < 2:
            raise ScenarioError(f"height must be at least 2 PE for streams that cross, got {self.height}")
        elif self.program == "weight_stream" and self.width < 2:
            raise ScenarioError(f"width must be at least 2 PE, the edge and the others, got {self.width}")
        most = {"transpose": transpose.WIDEST, "summa": WIDEST_SUMMA}
        for name in (self.program, self._algorithm()):
            if self.width > most.get(name, self.width):
                raise ScenarioError(f"width must be at most {most[name]} PE for {name}, got {self.width}")
        self._check_memory()
        work = self._hops() + self._products()
        if work > MOST_HOPS:
            raise ScenarioError(
                f"a run may take at most {MOST_HOPS:,} wavelet hops and products, got about {work:,.0f}: "
                "lower width, height, words"
            )

    def _check_memory(self):
        facts = table("machines")[self.machine]
        holds = int(facts["sram_per_pe"].value) // WORD_BYTES
        held = self._held(self.words)
        if held > holds:
            most = bisect_right(range(1, self.words), holds, key=self._held)
            fits = f"words must be at most {most}" if most else "height must be lower"
            raise ScenarioError(
                f"{fits} for {self.program}: a PE would hold {held:,} words of {WORD_BYTES} B, and its "
                f"{facts['sram_per_pe'].value / 1e3:g} kB are {holds:,}, got {self.words}"
            )
        held *= self.width * self._rows()
        if held > MOST_MEMORY_WORDS:
            raise ScenarioError(f"width × height × words must be at most {MOST_MEMORY_WORDS:,} words, got {held:,}")

    def simulate(self, progress: Progress = lambda share: None) -> Run:
        """Run the program, compare its result with NumPy's, and record it."""
        progress(0.0)
        facts = table("machines")[self.machine]
        clock_hz = facts["clock"].value if self.clock_ghz is None else self.clock_ghz * 1e9
        program = self.build()
        progress(0.0)
        few = self.program not in KERNELS or self._hops() <= MOST_RECORDED_HOPS
        record = "wavelets" if few and self.width * self._rows() <= MOST_RECORDED_PE else "field"
        try:
            result = simulate(program, self.constants(), record, self._hops(), progress)
        except FabricError as error:
            raise ScenarioError(str(error)) from error
        progress(1.0)
        return Run(
            scene=self.scene,
            scenario=self.values(),
            title=self._title(result),
            figures=self._figures(result, clock_hz),
            trace=trace_of(result, 1 / clock_hz, self.words),
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
        algorithm, size = self._algorithm(), (self.width, self._rows())
        if self.program == "stream":
            return STREAMS[algorithm](*size, self.words, self.seed)
        if self.program == "broadcast":
            return broadcast.multicast(*size, self.words, self.seed)
        if self.program == "gemv":
            return gemv.gemv(*size, algorithm, self.words, self._group(self.width), self.seed)
        if self.program == "gemm":
            if algorithm == "summa":
                return gemm.summa(self.width, self.words, self.seed)
            return gemm.shifted(self.width, algorithm, self.words, self.seed)
        if self.program == "transpose":
            return transpose.transpose(*size, self.words, self.seed)
        if self.program == "weight_stream":
            group = self._group(self.height)
            return weight_stream.weight_stream(*size, algorithm, self.words, group, self.sparsity, self.seed)
        if self.program == "stencil":
            return stencil.stencil(*size, self.words, self.seed)
        groups = tuple(self._group(length) for length in self._lengths())
        if self.program == "reduce":
            return reduce.reduce(*size, algorithm, self.words, groups, self.seed)
        if algorithm == "ring":
            return all_reduce.ring(*size, self.words, self.seed)
        return all_reduce.reduce_broadcast(*size, self.words, groups, self.root, self.seed)

    def closed_form(self) -> model.Terms:
        """Return the closed form of the program, in its terms [cycle]."""
        algorithm, ramp = self._algorithm(), self.constants().ramp_latency
        if self.program == "stream":
            return self._stream_form(algorithm, ramp)
        if self.program in KERNELS:
            return self._kernel_form(algorithm)
        across = model.broadcast(self.words, self._reach(), ramp) if self.width * self.height > 1 else model.NOTHING
        if self.program == "broadcast":
            return across
        if algorithm == "ring":
            return model.ring(self.words, self.width, ramp) + model.ring(self.words, self.height, ramp)
        if algorithm == "snake":
            length = self.width * self.height
            return model.reduce("chain", self.words, length, length, ramp)
        summed = model.NOTHING
        name = "two_phase" if algorithm == "reduce_broadcast" else algorithm
        for length in self._lengths():
            summed += model.reduce(name, self.words, length, self._group(length), ramp)
        return summed + across if algorithm == "reduce_broadcast" else summed

    def _kernel_form(self, algorithm):
        machine = self.constants()
        ramp, gap = machine.ramp_latency, machine.vector_gap
        if self.program == "transpose":
            return model.transpose(self.words, self.width, ramp)
        if self.program == "stencil":
            return model.stencil(self.words, stencil.STEPS, ramp, gap)
        if self.program == "gemm":
            return model.gemm(algorithm, self.words, self.width, ramp, gap)
        if self.program == "gemv":
            reduced = model.reduce(algorithm, self.words, self.width, self._group(self.width), ramp)
            return model.gemv(self.words, self.height, reduced, ramp, gap)
        reduced = model.reduce(algorithm, self.words**2 * self.height, self.height, self._group(self.height), ramp)
        return model.weight_stream(self.words, self.width, self._weights(), reduced, ramp, gap)

    def _stream_form(self, algorithm, ramp):
        along = self.width - 1
        if algorithm == "crossing":
            along = max(along, self.height - 1)
        if algorithm == "circular":
            return model.broadcast(2 * self.words, 1, ramp)
        return model.broadcast(self.words * (2 if algorithm == "merging" else 1), along, ramp)

    def _rows(self):
        """Rows of PEs; a product of matrices runs on a square."""
        return self.width if self.program == "gemm" else self.height

    def _weights(self):
        """About how many weights of a row of PEs are not zero."""
        return (1 - self.sparsity) * self.words**2 * self.height

    def _held(self, words):
        """Words that a PE holds."""
        return {
            "gemv": lambda: gemv.held(words),
            "gemm": lambda: gemm.held(words, self._algorithm()),
            "transpose": lambda: transpose.held(words, self.width),
            "weight_stream": lambda: weight_stream.held(words, self.height),
            "stencil": lambda: stencil.held(words),
        }.get(self.program, lambda: words)()

    def _products(self):
        """About how many products the compute elements do."""
        n_pe = self.width * self._rows()
        return {
            "gemv": n_pe * self.words**2,
            "gemm": n_pe * self.width * self.words**3,
            "weight_stream": n_pe * self._weights() * self.words,
            "stencil": n_pe * stencil.STEPS * 2 * self.words,
        }.get(self.program, 0)

    def _algorithm(self):
        return self.algorithm or ALGORITHMS[self.program][0]

    def _centred(self):
        return self._algorithm() == "reduce_broadcast" and self.root == "centre"

    def _lengths(self):
        """PEs of the longest line of a row, and of the column, that lead to the root."""
        return tuple(size // 2 + 1 if self._centred() and size > 1 else size for size in (self.width, self.height))

    def _reach(self):
        return sum(length - 1 for length in self._lengths())

    def _group(self, length):
        return min(length, self.group or math.isqrt(length - 1) + 1)

    def _hops(self):
        """About how many wavelet hops the program takes."""
        n_pe, algorithm = self.width * self.height, self._algorithm()
        if self.program in KERNELS:
            return self._kernel_hops(algorithm)
        if self.program == "stream":
            return 2 * self.words * (self.width + self.height)
        if self.program == "broadcast" or algorithm == "snake":
            return self.words * (n_pe - 1)
        if algorithm == "ring":
            sizes = ((self.width, self.height), (self.height, self.width))
            return sum(4 * (n - 1) ** 2 * -(-self.words // n) * lines for n, lines in sizes)
        name = "two_phase" if algorithm == "reduce_broadcast" else algorithm
        row, column = (
            model.hops_of_reduce(name, self.words, size, self._group(length))
            for size, length in zip((self.width, self.height), self._lengths(), strict=True)
        )
        spread = self.words * (n_pe - 1) if algorithm == "reduce_broadcast" else 0
        return row * self.height + column + spread

    def _kernel_hops(self, algorithm):
        words, width, height = self.words, self.width, self._rows()
        if self.program == "gemv":
            group = self._group(width)
            return words * width * (height - 1) + height * model.hops_of_reduce(algorithm, words, width, group)
        if self.program == "gemm":
            return (2 if algorithm == "summa" else 4) * words**2 * width**2 * (width - 1)
        if self.program == "transpose":
            return height * words * width * (width**2 - 1) / 3
        if self.program == "stencil":
            return stencil.STEPS * words * n_links(width, height)
        summed = model.hops_of_reduce(algorithm, words**2 * height, height, self._group(height))
        return (width - 1) * (height * self._weights() + summed)

    def _title(self, result):
        size = f"{self.width} × {self._rows()} PEs"
        if result.deadlock:
            return f"A circle of waits: {size}, and nothing moves any more"
        words = f"{self.words} word{'s' if self.words > 1 else ''}"
        return {
            "reduce": f"Adding up {self.width * self.height:,} vectors of {words}",
            "broadcast": f"One vector of {words} to {size}",
            "all_reduce": f"Everybody gets the sum of {self.width * self.height:,} vectors of {words}",
            "stream": f"Streams of {words} on {size}",
            "gemv": f"A matrix of {self._rows() * self.words:,} × {self.width * self.words:,} times a vector on {size}",
            "gemm": f"Two matrices of {self.width * self.words:,} × {self.width * self.words:,} multiplied on {size}",
            "transpose": f"Every PE of a row sends {words} to every other one: {size}",
            "weight_stream": f"{self._rows() * self.words:,} features, {self.sparsity:.0%} of the weights zero: {size}",
            "stencil": f"{stencil.STEPS} steps of a 5-point stencil on {size} with {self.words} cells each",
        }[self.program]

    def _figures(self, result, clock_hz):
        cycles = result.cycles + result.machine.task_startup
        busy = max(1, result.cycles)
        n_pe = self.width * self._rows()
        wires = max(1, n_links(self.width, self._rows()))
        form = self.closed_form()
        simulated, shares = "cycle-level simulation", "simulation, after start-up"
        figures = {
            "cycles": Figure(cycles, "cycles", "simulated, with start-up", f"{simulated}, with start-up"),
            "time": Figure(cycles / clock_hz * 1e9, "ns", f"at {clock_hz / 1e9:g} GHz", "cycles over the clock"),
            "model_cycles": Figure(form.cycles, "cycles", "closed form, without", self._model_source()),
            "max_error": Figure(result.max_error, "", "error against NumPy", "largest difference of the result"),
            "wavelet_hops": Figure(result.hops, "hops", "wavelet hops", f"{simulated}, links only"),
            "link_utilisation": Figure(result.hops / (wires * busy), "share", "links at work", shares),
            "pe_utilisation": Figure(result.elements / (n_pe * busy), "share", "PEs at work", shares),
            "stalled_cycles": Figure(
                result.stalled, "cycles", "stalled", "cycles in which a wavelet or an operation could not go on, summed"
            ),
            "startup_cycles": Figure(
                result.machine.task_startup,
                "cycles",
                "start-up",
                table("machines")[self.machine]["task_startup"].source,
            ),
            "model_distance": Figure(form.distance, "cycles", "distance", self._model_source()),
            "model_contention": Figure(form.contention, "cycles", "contention", self._model_source()),
            "model_depth": Figure(form.depth, "cycles", "depth", self._model_source()),
            "model_compute": Figure(form.compute, "cycles", "products", self._model_source()),
            "deadlock": Figure(result.deadlock, "", "deadlock", "nothing could move and work remained"),
        }
        return figures

    def _model_source(self):
        if self.program in KERNELS:
            return KERNELS[self.program]
        if self._algorithm() in ("merging", "circular"):
            return "2 B + L + 2 T_R + 1: the receiver takes both vectors one after the other"
        return f"{model.SOURCE}; without start-up and gaps between operations"
