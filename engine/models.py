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
        Width of the feed-forward part.
    kv_heads : int
        Heads of keys and values; fewer than `heads` with grouped queries.
    gated : bool
        Whether the feed-forward part has three matrices instead of two.
    learned_positions : bool
        Whether there is a table of positions beside that of words.
    tied : bool
        Whether input and output share the table of words.
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
    gated: bool = False
    learned_positions: bool = False
    tied: bool = True
    sequence_length: int = field(default=2048, compare=False)
    source: str = field(default="", compare=False)


def custom(layers: int, hidden: int, heads: int, vocab: int) -> Model:
    """Return a GPT of the given shape: feed-forward width 4 × hidden, learned positions, one table of words.

    Examples
    --------
    >>> custom(layers=24, hidden=2048, heads=16, vocab=51200).ffn
    8192
    """
    label = _label(layers, hidden)
    return Model(label, layers, hidden, heads, vocab, ffn=4 * hidden, kv_heads=heads, learned_positions=True)


def reshaped(model: Model, **shape: int) -> Model:
    """Return a model with other numbers in place of some of its own: the rest of its architecture stays.

    Parameters
    ----------
    model : Model
        The model.
    **shape : int
        `layers`, `hidden`, `heads`, `vocab`, `ffn` or `kv_heads`. Unless they are given too, the feed-forward width
        follows the width in proportion, and as many heads share keys and values as before, where that divides the
        heads.

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
    following = {
        "ffn": round(model.ffn * hidden / model.hidden),
        "kv_heads": heads // math.gcd(heads, model.heads // model.kv_heads),
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
        name: Model(**{"ffn": 4 * entry["hidden"], "kv_heads": entry["heads"]} | entry)
        for name, entry in table("models").items()
    }
