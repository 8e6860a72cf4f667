"""Shapes of named transformers, read from `data/models.toml`."""

from dataclasses import dataclass
from functools import cache

from engine.cited import table
from engine.language import Message, Quantity, message


@dataclass(frozen=True)
class Model:
    """The shape of a transformer.

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

    label: str | Message
    layers: int
    hidden: int
    heads: int
    vocab: int
    ffn: int
    kv_heads: int
    gated: bool = False
    learned_positions: bool = False
    tied: bool = True
    sequence_length: int = 2048
    source: str = ""


def custom(layers: int, hidden: int, heads: int, vocab: int) -> Model:
    """Return a GPT of the given shape: feed-forward width 4 × hidden, learned positions, one table of words.

    Examples
    --------
    >>> custom(layers=24, hidden=2048, heads=16, vocab=51200).ffn
    8192
    """
    label = message("model_custom", layers=Quantity(layers, "layer"), hidden=hidden)
    return Model(label, layers, hidden, heads, vocab, ffn=4 * hidden, kv_heads=heads, learned_positions=True)


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
