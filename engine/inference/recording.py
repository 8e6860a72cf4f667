"""The trace of an inference scenario: when each system writes its tokens, and where the time of one goes.

One clock for all systems; a tick is a microsecond. Tables:

tokens (span)
    `system`, `t0`, `t1`: a token of the answer of one user is computed from `t0` to `t1`, several at once with a draft.
    The first begins with the prompt.
parts (static)
    `system`, `step`, `part`, `seconds`: what a pass takes, in order of the steps.
users (static)
    `system`, `users`, `tokens_per_s_per_user`, `tokens_per_s`: the same with more users, as far as they fit.
prompts (static)
    `system`, `prompt_tokens`, `first_token_s`: one user with a longer prompt, as far as it fits.

The recording ends when the last system has written its answer, or some time after the first has.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.inference.serving import Served
from engine.language import Message, Quantity, message
from engine.trace import Mark, Table, Trace

TICK_S = 1e-6
PLAY_S = 20.0  # the player takes this long at its usual pace
LONGEST = 4.0  # as long as the fastest answer takes, beyond which the others are not followed
MOST_TOKENS = 2048  # of a system


@dataclass(frozen=True, eq=False)
class System:
    """Machines of one kind, with what they are asked for.

    Attributes
    ----------
    name, label : str
        In `engine.machines`, and words for the screen.
    family : str
        wafer or gpu.
    device : str
        What one is called among many.
    n : int
        Machines.
    served : Served
        How they meet the demand.
    users, prompts : sequence of Served
        The same with more users, and for one user with longer prompts.
    """

    name: str
    label: str
    family: str
    device: str
    n: int
    served: Served
    users: Sequence[Served]
    prompts: Sequence[Served]

    @property
    def devices(self) -> Quantity:
        """How many of what."""
        return Quantity(self.n, self.device, 12)

    @property
    def end_s(self) -> float:
        """When an answer is complete [s]."""
        later = self.served.demand.output_tokens - 1
        return self.served.first_token_s + later / self.served.tokens_per_s_per_user


def record(systems: Sequence[System]) -> Trace:
    """Record what some systems write, side by side.

    Parameters
    ----------
    systems : sequence of System
        One or two.

    Returns
    -------
    Trace
        As at the top of this module.
    """
    ends = [system.end_s for system in systems]
    window_s = min(max(ends), LONGEST * min(ends))
    written = [_tokens(system, window_s) for system in systems]
    parts = [
        (i, step, part, seconds)
        for i, system in enumerate(systems)
        for (step, part), seconds in system.served.token.items()
    ]
    points = [(i, each) for i, system in enumerate(systems) for each in system.users]
    prompts = [(i, each) for i, system in enumerate(systems) for each in system.prompts]
    return Trace(
        duration=max(1, _tick(window_s)),
        tick_unit="µs",
        tick_s=TICK_S,
        tables={
            "tokens": Table.of(
                "span",
                {
                    "system": np.repeat(np.arange(len(systems)), [len(edges) - 1 for edges in written]),
                    "t0": np.concatenate([edges[:-1] for edges in written]),
                    "t1": np.concatenate([edges[1:] for edges in written]),
                },
            ),
            "parts": Table.of(
                "static",
                dict(zip(("system", "step", "part", "seconds"), map(list, zip(*parts, strict=True)), strict=True)),
            ),
            "users": Table.of(
                "static",
                {
                    "system": [i for i, _ in points],
                    "users": [each.demand.users for _, each in points],
                    "tokens_per_s_per_user": [each.tokens_per_s_per_user for _, each in points],
                    "tokens_per_s": [each.tokens_per_s for _, each in points],
                },
            ),
            "prompts": Table.of(
                "static",
                {
                    "system": [i for i, _ in prompts],
                    "prompt_tokens": [each.demand.prompt_tokens for _, each in prompts],
                    "first_token_s": [each.first_token_s for _, each in prompts],
                },
            ),
        },
        marks=_marks(systems, window_s),
        meta={"slow_down": PLAY_S / window_s, "systems": [_words(system) for system in systems]},
    )


def _tokens(system, window_s):
    """Return the edges of the tokens of one answer [tick]; what is beyond the most that are kept is left out."""
    served = system.served
    each_s = 1 / served.tokens_per_s_per_user
    later = int(np.ceil(max(0.0, window_s - served.first_token_s) / each_s))
    n = min(MOST_TOKENS, served.demand.output_tokens, 1 + later)
    times = np.concatenate([[0.0], served.first_token_s + each_s * np.arange(n)])
    return np.rint(np.minimum(times, window_s) / TICK_S).astype(np.int64)


def _words(system):
    served = system.served
    return {
        "name": system.name,
        "label": system.label,
        "family": system.family,
        "device": system.device,
        "n": system.n,
        "first_s": served.first_token_s,
        "token_s": 1 / served.tokens_per_s_per_user,
        "output_tokens": served.demand.output_tokens,
        "pass_s": served.pass_s,
        "bandwidth_share": served.bandwidth_share,
        "tokens_per_s": served.tokens_per_s,
    }


def _marks(systems, window_s):
    found: list[tuple[float, str, Message]] = [(0.0, "start", message("inference_start"))]
    for system in systems:
        for name, seconds in (("first", system.served.first_token_s), ("done", system.end_s)):
            found.append((seconds, f"{name}_{system.name}", message(f"inference_{name}", devices=system.devices)))
    kept = sorted((entry for entry in found if entry[0] <= window_s), key=lambda entry: entry[0])
    return tuple(Mark(_tick(t), name, text) for t, name, text in kept)


def _tick(seconds):
    return round(seconds / TICK_S)
