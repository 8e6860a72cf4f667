"""Users who are served: how fast each of them reads, how many fit, and what all of them get together.

Passes of several users share the weights that a GPU reads. On a wafer users follow each other through the squares that
a model lies on, one in each, before any of them have to share a pass. What a machine gives all users in a second
includes the time in which it reads their prompts.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from engine.inference import gpu, wafer
from engine.inference.wafer import Squares
from engine.machines import machines
from engine.models import Model, models
from engine.transformer import layer_matrix_parameters, parameters

# Bytes of a weight, and of a number in the cache, which is kept in 8 bits at least.
PRECISIONS = {"fp16": (2.0, 2.0), "fp8": (1.0, 1.0), "fp4": (0.5, 1.0)}
MOST_USERS = 2**16  # that are looked for


def served_models() -> dict[str, Model]:
    """Return the models that can be served: those whose attention keeps keys and values."""
    return {name: model for name, model in models().items() if not model.kv_rank}


@dataclass(frozen=True)
class Demand:
    """What is asked for.

    Attributes
    ----------
    model : Model
        Of `served_models`.
    prompt_tokens, output_tokens : int
        Of each user.
    users : int
        At once.
    precision : str
        Of weights and cache, a key of `PRECISIONS`.
    speculation : float
        Tokens that a pass yields on average, 1 without speculative decoding; the draft's own time is not counted.
    """

    model: Model
    prompt_tokens: int
    output_tokens: int
    users: int = 1
    precision: str = "fp16"
    speculation: float = 1.0

    @property
    def context(self) -> int:
        """Tokens that a user has cached, in the middle of the answer."""
        return self.prompt_tokens + self.output_tokens // 2

    @property
    def weights_bytes(self) -> float:
        """Of the whole model [B]."""
        return parameters(self.model, self.model.sequence_length) * PRECISIONS[self.precision][0]

    @property
    def token_bytes(self) -> float:
        """What a token leaves in the cache of a layer [B]."""
        return self.model.cached_width * PRECISIONS[self.precision][1]

    @property
    def user_bytes(self) -> float:
        """What a user needs of the cache of a layer, at the end of the answer [B]."""
        return (self.prompt_tokens + self.output_tokens) * self.token_bytes


@dataclass(frozen=True, eq=False)
class Served:
    """How a machine meets a demand.

    Attributes
    ----------
    token : dict of (step, part) to float
        What a pass takes in which each of its users gets a token [s].
    prompt : dict of (step, part) to float
        What it takes until a prompt is read, where it is read soonest [s].
    prompts_per_s : float
        Prompts that can be read in a second, one behind the other.
    batch, in_flight : int
        Users of a pass, and passes that are under way at once.
    squares : Squares or None
        Where the model lies on wafers.
    read_bytes : float
        Weights and cache that a pass reads [B].
    """

    demand: Demand
    bytes_per_s: float
    token: dict[tuple[str, str], float]
    prompt: dict[tuple[str, str], float]
    prompts_per_s: float
    batch: int
    in_flight: int
    squares: Squares | None
    read_bytes: float

    @property
    def pass_s(self) -> float:
        """Of a pass, the sum of its parts [s]."""
        return sum(self.token.values())

    @property
    def first_token_s(self) -> float:
        """From a prompt to the first token of the answer, if nobody else is waiting [s]."""
        return sum(self.prompt.values())

    @property
    def tokens_per_s_per_user(self) -> float:
        """While an answer is written [token/s]."""
        return self.demand.speculation / self.pass_s

    @property
    def tokens_per_s(self) -> float:
        """Of the answers of all users, with the time in which their prompts are read [token/s]."""
        demand = self.demand
        written_s = demand.output_tokens / self.tokens_per_s_per_user
        return demand.users * demand.output_tokens / (written_s + demand.users / self.prompts_per_s)

    @property
    def prefill_tokens_per_s(self) -> float:
        """Of one prompt [token/s]."""
        return self.demand.prompt_tokens / self.first_token_s

    @property
    def bandwidth_share(self) -> float:
        """Of the bandwidth on the data sheet, while answers are written."""
        return self.in_flight * self.read_bytes / self.pass_s / self.bytes_per_s

    def by(self, which: int) -> dict[str, float]:
        """Return what a pass takes by step (0) or by part (1) [s]; the sums are `pass_s`."""
        found: dict[str, float] = {}
        for key, seconds in self.token.items():
            found[key[which]] = found.get(key[which], 0.0) + seconds
        return found


def serve(name: str, n: int, demand: Demand, side: int | None = None, partly: bool = False) -> Served | None:
    """Serve users on some machines of one kind.

    Parameters
    ----------
    name : str
        Of `engine.machines`.
    n : int
        Machines: wafers one after the other, or GPUs of a node.
    demand : Demand
        What is asked for.
    side : int, optional
        Of the squares of a wafer [PE]; the fastest if not given.
    partly : bool
        Whether a few layers stand for all, as where programs were timed that way: then nothing has to fit, and no
        square hands anything over.

    Returns
    -------
    Served or None
        None where the model and the cache of all users do not fit.
    """
    figures = machines()[name].figures
    if machines()[name].family == "gpu":
        return _on_gpus(name, n, demand, n * figures["hbm_bandwidth"].value, partly)
    found = _on_wafers(name, n, demand, n * figures["memory_bandwidth"].value, side, partly)
    return min(found, key=lambda each: each.pass_s, default=None)


def _on_gpus(name, n, demand, bytes_per_s, partly):
    where, model = gpu.gpu(name), demand.model
    if not partly and demand.weights_bytes + model.layers * demand.users * demand.user_bytes > n * where.hbm_bytes:
        return None
    sizes = PRECISIONS[demand.precision][0], demand.token_bytes
    token = gpu.passing(where, n, model, demand.users, demand.context, False, *sizes)
    prompt = gpu.passing(where, n, model, demand.prompt_tokens, demand.prompt_tokens, True, *sizes)
    read_s = sum(seconds for (_, part), seconds in token.items() if part in ("weights", "cache"))
    rate = 1 / sum(prompt.values())
    return Served(demand, bytes_per_s, token, prompt, rate, demand.users, 1, None, read_s * n * where.bytes_per_s)


def _on_wafers(name, n, demand, bytes_per_s, side, partly):
    where, model = wafer.wafer(name), demand.model
    weight_bytes, cached_bytes = PRECISIONS[demand.precision][0], demand.users * demand.user_bytes
    tried = [side] if side else wafer.sides(where)
    if partly:
        placed = [Squares(each, model.layers, 1, 1) for each in tried]
    else:
        placed = [wafer.spread(where, model, each, n, weight_bytes, cached_bytes) for each in tried]
        placed = [squares for squares in placed if squares.layers]
    if not placed:
        return
    read = [wafer.passing(where, model, each, demand.prompt_tokens, demand.prompt_tokens, True) for each in placed]
    prompt = min(read, key=lambda each: sum(each.values()))
    rate = max(each.n / sum(taken.values()) for each, taken in zip(placed, read, strict=True))
    multiplied = (model.layers * layer_matrix_parameters(model) + model.hidden * model.vocab) * weight_bytes
    for squares in placed:
        batch = math.ceil(demand.users / squares.n)
        token = wafer.passing(where, model, squares, batch, demand.context, False)
        read_bytes = batch * (multiplied + model.layers * demand.context * demand.token_bytes)
        in_flight = math.ceil(demand.users / batch)
        yield Served(demand, bytes_per_s, token, prompt, rate, batch, in_flight, squares, read_bytes)


def most(fits: Callable[[int], bool], limit: int) -> int:
    """Return the largest number up to `limit` that fits, 0 where none does; of those above one that fits not none."""
    low, high = 0, 1
    while high <= limit and fits(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle <= limit and fits(middle) else (low, middle)
    return low


@lru_cache(maxsize=256)
def most_users(name: str, n: int, demand: Demand) -> int:
    """Return how many users fit at once, 0 where the model itself does not; `users` of the demand is not looked at."""
    model = demand.model
    if machines()[name].family == "gpu":
        left = n * gpu.gpu(name).hbm_bytes - demand.weights_bytes
        return max(0, min(MOST_USERS, int(left // (model.layers * demand.user_bytes))))
    where, weight_bytes = wafer.wafer(name), PRECISIONS[demand.precision][0]

    def fits(users):
        cached = users * demand.user_bytes
        return any(wafer.spread(where, model, side, n, weight_bytes, cached).layers for side in wafer.sides(where))

    return most(fits, MOST_USERS)
