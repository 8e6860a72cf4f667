"""Shapes of named transformers, read from `data/models.toml`."""

import math
from dataclasses import dataclass, field, replace
from functools import cache

from engine.cited import table
from engine.language import Message, Quantity, message


@dataclass(frozen=True)
class Model:
    """The architecture of a transformer; two are equal if that is, whatever they are called.

    Attributes
    ----------
    label : str or Message
        Name as shown.
    layers, hidden, heads, vocab : int
        Number of layers, width, attention heads, words.
    ffn : int
        Width of the feed-forward part, of each expert where there are some.
    kv_heads : int
        Heads of keys and values; fewer than `heads` with grouped queries.
    head_size : int
        Width of a head, in most models the width over the heads.
    gated : bool
        Whether the feed-forward part has three matrices instead of two.
    learned_positions : bool
        Whether there is a table of positions beside that of words.
    tied : bool
        Whether input and output share the table of words.
    experts : int
        Feed-forward parts of a layer of which each token passes some, 0 where there is one for all tokens.
    top_k : int
        Experts that a token passes.
    shared_experts : int
        Experts that every token passes besides.
    dense_layers : int
        First layers without experts.
    dense_ffn : int
        Width of their feed-forward part.
    expert_bias : bool
        Whether experts, the choice among them and attention have biases.
    q_rank, kv_rank : int
        Width of the latent vector that queries, and keys with values, are made from; 0 where the input itself is.
    rope_size : int
        What a head of queries and keys is wider than one of values, for positions; latent attention only.
    sequence_length : int
        Tokens of a sequence in the source, the default of a scenario.
    source : str
        Where the shape is given, "" for one that was chosen by hand.
    """

    label: str | Message = field(compare=False)
    layers: int
    hidden: int
    heads: int
    vocab: int
    ffn: int
    kv_heads: int
    head_size: int
    gated: bool = False
    learned_positions: bool = False
    tied: bool = True
    experts: int = 0
    top_k: int = 0
    shared_experts: int = 0
    dense_layers: int = 0
    dense_ffn: int = 0
    expert_bias: bool = False
    q_rank: int = 0
    kv_rank: int = 0
    rope_size: int = 0
    sequence_length: int = field(default=2048, compare=False)
    source: str = field(default="", compare=False)

    def __hash__(self) -> int:
        # Caches ask for it very often, and few models share these.
        return hash((self.layers, self.hidden, self.heads, self.vocab, self.ffn, self.experts))

    @property
    def attention_width(self) -> int:
        """Width of all heads together."""
        return self.heads * self.head_size

    @property
    def kv_width(self) -> int:
        """Width of the heads of keys together, and of those of values."""
        return self.kv_heads * self.head_size

    @property
    def cached_width(self) -> int:
        """Words of a token that later ones need of a layer: keys and values, or what they are made from."""
        return self.kv_rank + self.rope_size if self.kv_rank else 2 * self.kv_width

    def feed_forward(self, dense: bool = False) -> tuple[int, int]:
        """Return how many feed-forward parts a token passes in a layer, and how wide each is.

        Parameters
        ----------
        dense : bool
            In one of the first layers, without experts.
        """
        if dense or not self.experts:
            return 1, self.dense_ffn if self.experts else self.ffn
        return self.top_k + self.shared_experts, self.ffn


def custom(layers: int, hidden: int, heads: int, vocab: int) -> Model:
    """Return a GPT of the given shape: feed-forward width 4 × hidden, learned positions, one table of words.

    Examples
    --------
    >>> custom(layers=24, hidden=2048, heads=16, vocab=51200).ffn
    8192
    """
    label = _label(layers, hidden)
    shape = {"ffn": 4 * hidden, "kv_heads": heads, "head_size": hidden // heads}
    return Model(label, layers, hidden, heads, vocab, **shape, learned_positions=True)


def reshaped(model: Model, **shape: int) -> Model:
    """Return a model with other numbers in place of some of its own: the rest of its architecture stays.

    Parameters
    ----------
    model : Model
        The model.
    **shape : int
        `layers`, `hidden`, `heads`, `vocab`, `ffn`, `kv_heads`, `head_size`, `experts` or `top_k`. Unless they are
        given too, the feed-forward width and that of all heads follow the width in proportion, as many heads share keys
        and values as before, where that divides the heads, and a token passes as many experts as before, if there are
        so many, and at least one. Without experts, each layer has one feed-forward part of the width of one.

    Returns
    -------
    Model
        At the values that the model has, the model itself.

    Examples
    --------
    >>> llama = models()["llama-70b"]
    >>> reshaped(llama, layers=80) == llama
    True
    >>> half = reshaped(llama, hidden=4096, heads=32)
    >>> half.ffn, half.kv_heads, half.gated
    (14336, 4, True)
    """
    hidden, heads = shape.get("hidden", model.hidden), shape.get("heads", model.heads)
    experts = shape.get("experts", model.experts)
    following = {
        "ffn": round(model.ffn * hidden / model.hidden),
        "top_k": min(max(1, model.top_k), experts),
        "shared_experts": model.shared_experts if experts else 0,
        "dense_layers": min(model.dense_layers, shape.get("layers", model.layers)) if experts else 0,
        **{name: round(getattr(model, name) * hidden / model.hidden) for name in ("dense_ffn", "q_rank", "kv_rank")},
        "kv_heads": heads // math.gcd(heads, model.heads // model.kv_heads),
        "head_size": max(1, round(model.attention_width * hidden / model.hidden / heads)),
    }
    changed = replace(model, source="", **(following | shape))
    return model if changed == model else replace(changed, label=_label(changed.layers, changed.hidden))


def _label(layers, hidden):
    return message("model_custom", layers=Quantity(layers, "layer"), hidden=hidden)


@cache
def models() -> dict[str, Model]:
    """Return all named models.

    Examples
    --------
    >>> models()["gpt3-175b"].layers
    96
    """
    return {
        name: Model(
            **{"ffn": 4 * each["hidden"], "kv_heads": each["heads"], "head_size": each["hidden"] // each["heads"]}
            | each
        )
        for name, each in table("models").items()
    }


@cache
def dense_models() -> dict[str, Model]:
    """Return those without experts."""
    return {name: model for name, model in models().items() if not model.experts}
