"""Arithmetic of a transformer: parameters, FLOP and bytes.

A layer is attention (queries, keys, values, output) and a feed-forward part, with two layer norms; around the layers
are a table of words, perhaps one of positions, a last layer norm and the output over the vocabulary.

Not modelled: mixtures of experts, encoders and decoders together, sparse attention patterns.
"""

from engine.models import Model

FP16_BYTES = 2


def layer_matrix_parameters(model: Model) -> int:
    """Return the parameters of one layer that take part in matrix products."""
    attention = 2 * model.hidden * (model.attention_width + model.kv_width)
    return attention + (3 if model.gated else 2) * model.hidden * model.ffn


def layer_parameters(model: Model) -> int:
    """Return the parameters of one layer, biases and layer norms included."""
    biases = model.attention_width + 2 * model.kv_width + model.ffn
    vectors = 2 * model.hidden if model.gated else 6 * model.hidden + biases
    return layer_matrix_parameters(model) + vectors


def embedding_parameters(model: Model, sequence_length: int) -> int:
    """Return the parameters of the tables of words and positions and of the output."""
    tables = model.vocab * (1 if model.tied else 2)
    return model.hidden * (tables + (sequence_length if model.learned_positions else 0) + 2)


def parameters(model: Model, sequence_length: int) -> int:
    """Return the parameters of the whole model.

    Examples
    --------
    >>> from engine.models import models
    >>> round(parameters(models()["gpt3-175b"], 2048) / 1e9, 1)
    174.6
    """
    return model.layers * layer_parameters(model) + embedding_parameters(model, sequence_length)


def attention_flop(model: Model, sequence_length: int) -> float:
    """Return the FLOP of scores and weighted values of one layer, forward, per token, counted without a causal mask."""
    return 4.0 * model.attention_width * sequence_length


def forward_flop_per_token(model: Model, sequence_length: int) -> float:
    """Return the FLOP of a forward pass per token: 2 per parameter in a matrix, and attention."""
    layer = 2.0 * layer_matrix_parameters(model) + attention_flop(model, sequence_length)
    return model.layers * layer + 2.0 * model.hidden * model.vocab


def flop_per_token(model: Model, sequence_length: int) -> float:
    """Return the model FLOP of training per token: forward, and twice as much backward. Recomputation is not counted.

    The count is that of PaLM (Chowdhery et al. 2022, arXiv:2204.02311, appendix B), :math:`6 N + 12 L d s`, with the
    parameters that take part in matrix products.
    """
    return 3.0 * forward_flop_per_token(model, sequence_length)


def score_bytes(model: Model, sequence_length: int, micro_batch: int) -> float:
    """Return the scores of one layer before and after the softmax and their dropout mask [B]."""
    return 5.0 * model.heads * sequence_length * sequence_length * micro_batch


def activation_bytes(
    model: Model,
    sequence_length: int,
    micro_batch: int,
    tp: int,
    recompute: str,
    flash: bool,
    input_bytes: float = FP16_BYTES,
) -> float:
    """Return the activations of one layer kept for the backward pass of one micro-batch [B].

    Formulas of Korthikanti et al. 2022 (arXiv:2205.05198, Table 2), spelled out for gated feed-forward parts and
    grouped queries. Selective recomputation comes with sequence parallelism, as there. A fused attention (`flash`)
    keeps no scores, and the models trained with it no dropout masks. Inputs of products with weights are kept in
    `input_bytes` each, except the output of attention, which attention itself keeps in 16 bits.
    """
    tokens = float(sequence_length) * micro_batch
    # Queries, keys, values and what they give; the inside of the feed-forward part.
    inside = 4.0 * model.attention_width + 4.0 * model.kv_width
    inside += ((4.0 if model.gated else 2.0) + input_bytes) * model.ffn
    # Inputs of both parts and of their norms, two dropout masks of a byte.
    around = (4.0 + 2.0 * input_bytes + (0.0 if flash else 2.0)) * model.hidden
    scores = 0.0 if flash else score_bytes(model, sequence_length, micro_batch)
    if recompute == "full":
        return FP16_BYTES * tokens * model.hidden
    if recompute == "selective":
        return tokens * (inside + around) / tp
    return tokens * around + (tokens * inside + scores) / tp
