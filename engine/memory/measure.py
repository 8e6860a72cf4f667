"""One kernel on one machine: its workload, its simulation, and what they say against the roofline."""

from dataclasses import dataclass, replace

import numpy as np

from engine.cited import table
from engine.memory.hierarchy import Machine
from engine.memory.simulate import Simulation, simulate
from engine.memory.workload import PRODUCTS, Workload, workload

# Beyond this multiple of what pipes and units need at full speed, waiting is what takes the time.
LATENCY_BOUND = 1.1


@dataclass(frozen=True, eq=False)
class Measured:
    """What came out.

    Attributes
    ----------
    machine : Machine
        Where.
    work : Workload
        What was counted.
    simulation : Simulation
        What was simulated.
    peak_flop_per_s, reached_flop_per_s : float
        Of the machine for the dtype, on the data sheet and as far as the kernel can reach it [FLOP/s].
    """

    machine: Machine
    work: Workload
    simulation: Simulation
    peak_flop_per_s: float
    reached_flop_per_s: float

    @property
    def time_s(self) -> float:
        """Whole kernel, with what the units tell each other [s]."""
        return self.simulation.time_s + self.work.exchange_s

    @property
    def bandwidth_bytes_per_s(self) -> float:
        """Width of the home level [B/s]."""
        return self.machine.level(self.work.home).bandwidth_bytes_per_s

    @property
    def achieved_bytes_per_s(self) -> float:
        """Bytes that crossed the home level over the time [B/s]."""
        return self.work.moved_bytes / self.time_s

    @property
    def achieved_flop_per_s(self) -> float:
        """Operations over the time [FLOP/s]."""
        return self.work.flop / self.time_s

    @property
    def fraction_of_peak(self) -> float:
        """Achieved FLOP/s over the peak of the data sheet, in [0, 1]."""
        return self.achieved_flop_per_s / self.peak_flop_per_s

    @property
    def ridge(self) -> float:
        """Intensity at which the home level is just wide enough for what the units can compute [FLOP/B]."""
        return self.reached_flop_per_s / self.bandwidth_bytes_per_s

    @property
    def attainable_flop_per_s(self) -> float:
        """Roofline: what the units can compute, or intensity × bandwidth of the home level [FLOP/s]."""
        return attainable(self.work.intensity, self.reached_flop_per_s, self.bandwidth_bytes_per_s)

    @property
    def bound(self) -> str:
        """What takes the time: compute, memory, or latency."""
        idle = self.machine.units_served(self.work.home) / self.work.n_units
        compute_s = idle * self.work.flop / self.reached_flop_per_s
        memory_s = max(
            (1 if level.is_shared else idle) * self.work.level_bytes.get(level.name, 0.0) / level.bandwidth_bytes_per_s
            for level in self.machine.levels
        )
        streamed_s = self.simulation.time_s
        if self.work.exchange_s > streamed_s or streamed_s > LATENCY_BOUND * max(compute_s, memory_s):
            return "latency"
        return "compute" if compute_s > memory_s else "memory"


def attainable(intensity: float, peak_flop_per_s: float, bandwidth_bytes_per_s: float) -> float:
    """Return the roofline.

    Parameters
    ----------
    intensity : float or array
        Operations for each byte [FLOP/B].
    peak_flop_per_s, bandwidth_bytes_per_s : float
        Of a machine [FLOP/s], [B/s].

    Returns
    -------
    float or array
        Lower of peak and intensity × bandwidth [FLOP/s].

    References
    ----------
    .. [1] S. Williams, A. Waterman and D. Patterson, "Roofline: an insightful visual performance model for multicore
       architectures", Commun. ACM 52(4), 2009.

    Examples
    --------
    >>> attainable(2.0, 10.0, 3.0), attainable(9.0, 10.0, 3.0)
    (6.0, 10.0)
    """
    reached = intensity * bandwidth_bytes_per_s
    return reached + (peak_flop_per_s - reached) * (reached > peak_flop_per_s)


def measure(
    machine: Machine,
    kernel: str,
    n: int,
    batch: int,
    dtype: str,
    weights: str,
    outstanding: int,
    seed: int,
    model: str = "llama3-8b",
) -> Measured:
    """Count, simulate and compare.

    Parameters
    ----------
    machine : Machine
        Where the kernel runs.
    kernel, n, batch, dtype, weights, model
        As in `engine.memory.workload.workload`.
    outstanding, seed : int
        As in `engine.memory.simulate.simulate`.

    Returns
    -------
    Measured
        A pure function of the arguments.
    """
    work = workload(machine, kernel, n, batch, dtype, weights, model)
    peak = machine.peak_flop_per_s[dtype]
    reached = machine.reached_flop_per_s[dtype] if kernel in PRODUCTS else peak
    assumed = table("memory")["assumed"]
    if work.home == "sram":
        outstanding = min(outstanding, int(assumed["sram_ahead"].value))
    simulation = simulate(machine, work, reached, outstanding, assumed["latency_spread"].value, seed)
    if work.pass_s:  # what of a pass is not reading
        work = replace(work, exchange_s=max(0.0, work.pass_s - simulation.time_s))
    return Measured(machine, work, _in_steps(simulation, work), peak, reached)


def _in_steps(sim, work):
    """Return a simulation with the waits between steps before its requests; its time stays without them."""
    if work.n_steps == 1:
        return sim
    wait_s = work.exchange_s / work.n_steps * (np.arange(sim.n_simulated) * work.n_steps // sim.n_requests)
    return replace(sim, **{name: getattr(sim, name) + wait_s for name in ("leave", "served", "back", "start", "done")})
