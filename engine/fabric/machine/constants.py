"""The constants of a wafer that the simulation needs."""

from dataclasses import dataclass

from engine.cited import Cited

BYTES = {"fp32": 4, "fp16": 2}


@dataclass(frozen=True)
class Machine:
    """The constants of the fabric that the simulation needs.

    Attributes
    ----------
    hop_latency : int
        From a router to its neighbour [cycle].
    ramp_latency : int
        T_R, each way [cycle].
    queue_depth : int
        Wavelets per color and input.
    vector_gap : int
        From the end of a vector operation to the start of one that depends on it [cycle].
    task_startup : int
        From the start of the program to the first element of a task [cycle].
    lanes : int
        Multiply-adds that the CE can do in a cycle.
    reads, writes : int
        Numbers that the ports of the memory carry in a cycle.
    half : bool
        Whether numbers are fp16, otherwise fp32.
    """

    hop_latency: int
    ramp_latency: int
    queue_depth: int
    vector_gap: int
    task_startup: int
    lanes: int
    reads: int
    writes: int
    half: bool

    @classmethod
    def of(cls, facts: dict[str, Cited], dtype: str = "fp32", **changed: int | None) -> "Machine":
        """Return the constants of a wafer.

        Parameters
        ----------
        facts : dict of str to Cited
            Figures of a wafer of `engine.machines`.
        dtype : str
            A key of `BYTES`.
        **changed : int or None
            Constants in place of the wafer's, where they are not None.
        """
        names = ("hop_latency", "ramp_latency", "queue_depth", "vector_gap", "task_startup")
        constants = {name: int(facts[name].value) for name in names}
        constants |= {name: value for name, value in changed.items() if value is not None}
        return cls(
            **constants,
            lanes=int(facts[f"{dtype}_per_cycle"].value) // 2,
            reads=int(facts["sram_read"].value) // BYTES[dtype],
            writes=int(facts["sram_write"].value) // BYTES[dtype],
            half=dtype == "fp16",
        )

    @property
    def visit(self) -> int:
        """What a visit to a compute element costs: down the ramp, one element, up the ramp [cycle]."""
        return 2 * self.ramp_latency + 1

    def cycles(self, n: int, n_reads: int = 2) -> int:
        """Return how long an operation on vectors of `n` numbers in memory takes, which reads some and writes one.

        Examples
        --------
        >>> Machine(1, 2, 2, 15, 56, lanes=4, reads=8, writes=4, half=True).cycles(10)
        3
        """
        return -(-n // self.rate(n_reads, 1))

    def rate(self, n_reads: int, n_writes: int) -> int:
        """Return how many elements of an operation go in a cycle: what lanes do and ports carry, at least one."""
        ports = min(self.reads // max(1, n_reads), self.writes // max(1, n_writes))
        return max(1, min(self.lanes, ports))
