"""A whole training: from the speed of a step to days, failures, energy and cost."""

from dataclasses import dataclass, replace

import numpy as np

from engine.cited import Cited, table
from engine.cluster import failures
from engine.cluster.failures import Futures, Training
from engine.cluster.planner import startup
from engine.cluster.planner.startup import NOTHING, Estimate
from engine.machines import machines

HOUR_S, DAY_S = 3600.0, 86400.0
N_FUTURES = 200
TAIL = 0.05  # of the futures below the low end of an interval, and above the high end
RECOVERIES = ("automatic", "by_hand")


@dataclass(frozen=True)
class Devices:
    """The devices of a training.

    Attributes
    ----------
    wafers : bool
        CS systems, not GPUs.
    machine : str
        Key of `engine.machines`.
    n : int
        How many.
    experts : bool
        Whether they train a model with experts.
    """

    wafers: bool
    machine: str
    n: int
    experts: bool = False

    @property
    def family(self) -> str:
        """Key of the tables of `data/planner.toml` that differ by kind of cluster."""
        return "cs" if self.wafers else "gpu"

    @property
    def mtbf(self) -> Cited:
        """Mean time between failures of one device [h]."""
        return table("planner")[f"failures_{self.family}"]["mtbf"]

    @property
    def price(self) -> Cited:
        """Hardware of a device with its hosts and switches, for an hour of its use [USD/h]."""
        return machines()[self.machine].figures["device_hour"]

    @property
    def price_year(self) -> int:
        """Year of that price."""
        return int(machines()[self.machine].figures["price_year"].value)

    @property
    def rent(self) -> Cited | None:
        """Rent of a device for an hour by the list of a cloud, None where there is no list [USD/h]."""
        return machines()[self.machine].figures.get("rent_hour")

    @property
    def power_w(self) -> Estimate:
        """Power of a device with its share of hosts and switches, at least what it draws alone [W]."""
        own, share = machines()[self.machine].figures["power"].value, self.drawn.value
        return Estimate(share, own, share)

    @property
    def drawn(self) -> Cited:
        """What a device draws with its share of hosts and switches [W]."""
        return machines()[self.machine].figures["node_share"]


@dataclass(frozen=True)
class Wishes:
    """What a scenario says about failures; None where it leaves it to the engine."""

    mtbf_hours: float | None = None
    checkpoint_hours: float | None = None
    recovery: str = "automatic"
    resumed: bool = False


@dataclass(frozen=True)
class Planned:
    """A training with all its times.

    Attributes
    ----------
    devices : Devices
        Where it runs.
    training : Training
        As failures see it.
    phases : tuple of (str, Estimate)
        Name and length of what comes before the first step, in order [s].
    step_error : float
        A step lies between the simulated one over 1 + this and times 1 + this.
    checkpoint : Estimate
        Writing one [s].
    interval_s : float or None
        Work between checkpoints where it is given [s].
    """

    devices: Devices
    training: Training
    phases: tuple[tuple[str, Estimate], ...]
    step_error: float
    checkpoint: Estimate
    interval_s: float | None = None

    @property
    def first_step(self) -> Estimate:
        """From the decision to the first step [s]."""
        return sum((estimate for _, estimate in self.phases), NOTHING)

    @property
    def days(self) -> float:
        """Mean time from the decision to the end [day]."""
        return failures.expected_s(self.training) / DAY_S

    @property
    def goodput(self) -> float:
        """Share of that time spent on steps that count."""
        return self.training.work_s / failures.expected_s(self.training)

    def written_in(self, checkpoint_s: float) -> Training:
        """Return the training if a checkpoint took so long [s]; one more often, or more seldom, as loses least."""
        if checkpoint_s == self.training.checkpoint_s:
            return self.training
        interval_s = self.interval_s or failures.young_interval_s(checkpoint_s, self.training.mtbf_s)
        return replace(self.training, checkpoint_s=checkpoint_s, interval_s=min(interval_s, self.training.work_s))

    def energy_j(self, days: float) -> float:
        """Return the energy of the devices, with hosts and switches, over some days [J]."""
        return self.devices.n * self.devices.power_w.value * days * DAY_S

    def device_hours(self, days: float) -> float:
        """Return the hours of all devices over some days [h]."""
        return self.devices.n * days * DAY_S / HOUR_S


@dataclass(frozen=True)
class Spread:
    """Intervals of a training: what nine of ten futures stay within, widened by the error of the step."""

    days: Estimate
    interruptions: Estimate
    goodput: Estimate
    energy_j: Estimate


def plan(devices: Devices, work_s: float, parameters: float, layers: int, wishes: Wishes = Wishes()) -> Planned:
    """Return a training with all its times.

    Parameters
    ----------
    devices : Devices
        Where it runs.
    work_s : float
        Steps alone [s].
    parameters : float
        Of the model.
    layers : int
        Of the model.
    wishes : Wishes
        What is given.

    Returns
    -------
    Planned
        With the interval between checkpoints that loses least time where none is given.
    """
    facts = table("planner")
    if devices.wafers:
        write = startup.wafer_checkpoint(parameters)
        # At best every wafer writes its share: the published timings are of one or two.
        write = replace(write, low=write.low / devices.n)
        restart_s = startup.programming(parameters).value
        phases = [("queue", startup.queue()), ("compile", startup.compilation(layers))]
        if not wishes.resumed:
            phases.append(("first_checkpoint", write))
        phases.append(("weights", startup.programming(parameters)))
    else:
        write_s = checkpoint_bytes(parameters) / (devices.n * facts["checkpoint_gpu"]["bytes_per_s"].value)
        write = Estimate(write_s, write_s, write_s)
        restart_s = startup.initialisation(devices.n).value + write_s
        phases = [("queue", startup.queue()), ("initialisation", startup.initialisation(devices.n))]
        if wishes.resumed:
            phases.append(("weights", write))
    mtbf_s = (wishes.mtbf_hours or devices.mtbf.value) * HOUR_S / devices.n
    given_s = wishes.checkpoint_hours and wishes.checkpoint_hours * HOUR_S
    interval_s = given_s or failures.young_interval_s(write.value, mtbf_s)
    training = Training(
        start_s=sum(estimate.value for _, estimate in phases),
        work_s=work_s,
        interval_s=min(interval_s, work_s),
        checkpoint_s=write.value,
        mtbf_s=mtbf_s,
        detection_s=facts[f"detection_{wishes.recovery}"]["longest"].value,
        restart_s=restart_s,
    )
    error = step_error(devices).value
    return Planned(devices, training, tuple(phases), error, write, given_s)


def step_error(devices: Devices) -> Cited:
    """Return how far the simulated step may be off; see `engine.cluster.planner.accuracy`."""
    facts = table("planner")
    if devices.experts and not devices.wafers:
        return facts["error_experts"]["step"]
    return facts.get(f"error_{devices.machine}", facts[f"error_{devices.family}"])["step"]


def checkpoint_bytes(parameters: float) -> float:
    """Return the size of a checkpoint: weights and optimiser state [B]."""
    return table("planner")["checkpoint_gpu"]["bytes_per_parameter"].value * parameters


def spread(planned: Planned, futures: Futures) -> Spread:
    """Return the intervals of a training.

    Parameters
    ----------
    planned : Planned
        The training.
    futures : Futures
        Its seeded futures.

    Returns
    -------
    Spread
        Means of the closed form; ends from the futures, those of days over and times one plus the error of the step,
        and from the shortest and the longest time that a checkpoint may take.
    """
    wait = planned.first_step
    low, high = np.quantile(futures.finish_s, [TAIL, 1 - TAIL]) - wait.value
    ends = [failures.expected_s(planned.written_in(end)) for end in (planned.checkpoint.low, planned.checkpoint.high)]
    low = min(low, ends[0] - wait.value)
    high = max([high, *(end - wait.value for end in ends if np.isfinite(end))])
    off = 1 + planned.step_error
    low_days = (low / off + wait.low) / DAY_S
    high_days = (high * off + wait.high) / DAY_S
    days = Estimate(planned.days, float(low_days), float(high_days))
    n_low, n_high = np.quantile(futures.n_failures, [TAIL, 1 - TAIL])
    interruptions = failures.expected_interruptions(planned.training)
    work_s = planned.training.work_s
    power = planned.devices.power_w
    energy = planned.energy_j(1.0)
    return Spread(
        days,
        Estimate(interruptions, float(n_low / off), max(interruptions, float(n_high * off))),
        Estimate(planned.goodput, float(work_s / (high + wait.high)), float(min(work_s / (low + wait.low), 1.0))),
        Estimate(energy * days.value, energy * days.low * power.low / power.value, energy * days.high),
    )
