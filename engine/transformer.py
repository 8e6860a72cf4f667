"""Arithmetic of a transformer: parameters, FLOP and bytes.

A layer is attention (queries, keys, values, output) and a feed-forward part, with two layer norms; around the layers
are a table of words, perhaps one of positions, a last layer norm and the output over the vocabulary. Where a layer has
experts, each token passes some of many feed-forward parts, which a small matrix chooses for it.

Not modelled: encoders and decoders together, sparse attention patterns, layers that predict several tokens at once.
"""

from engine.models import Model

FP16_BYTES = 2


def attention_parameters(model: Model) -> int:
    """Return the parameters of the matrices of attention of one layer.

    Latent attention (DeepSeek-V2, arXiv:2405.04434) makes queries, and keys with values, from narrow vectors of their
    own; what tells positions goes past these.
    """
    queries = model.heads * (model.head_size + model.rope_size)
    if not model.kv_rank:
        return 2 * model.hidden * (model.attention_width + model.kv_width)
    made = model.q_rank * (model.hidden + queries) if model.q_rank else model.hidden * queries
    made += model.hidden * (model.kv_rank + model.rope_size) + model.kv_rank * 2 * model.kv_width
    return made + model.attention_width * model.hidden


def expert_parameters(model: Model) -> int:
    """Return the parameters of one expert, with its biases if it has some."""
    biases = 2 * model.ffn + model.hidden if model.expert_bias else 0
    return (3 if model.gated else 2) * model.hidden * model.ffn + biases


def experts_parameters(model: Model) -> int:
    """Return the parameters of the experts of a layer that has some, 0 where none has."""
    return model.experts * expert_parameters(model)


def layer_matrix_parameters(model: Model, dense: bool = False) -> int:
    """Return the parameters of one layer that take part in matrix products of a token.

    Parameters
    ----------
    model : Model
        The model.
    dense : bool
        Of one of the first layers, without experts.
    """
    parts, width = model.feed_forward(dense)
    choice = model.hidden * model.experts if not dense else 0
    return attention_parameters(model) + choice + parts * (3 if model.gated else 2) * model.hidden * width


def layer_parameters(model: Model, dense: bool = False) -> int:
    """Return the parameters of one layer, with all its experts, biases and layer norms; arguments as above."""
    biases = model.attention_width + 2 * model.kv_width + model.ffn
    vectors = 2 * model.hidden + model.q_rank + model.kv_rank if model.gated else 6 * model.hidden + biases
    if model.expert_bias:
        vectors += model.hidden + model.attention_width + 2 * model.kv_width + model.heads
        vectors += model.experts + model.top_k * (2 * model.ffn + model.hidden)
    return layer_matrix_parameters(model, dense) + vectors + (0 if dense else idle_parameters(model))


def idle_parameters(model: Model) -> int:
    """Return the parameters of the experts of a layer that a token does not pass."""
    return (model.experts - model.top_k) * expert_parameters(model)


def layers_parameters(model: Model) -> int:
    """Return the parameters of all layers."""
    dense = model.dense_layers
    return (model.layers - dense) * layer_parameters(model) + dense * layer_parameters(model, dense=True)


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
    return layers_parameters(model) + embedding_parameters(model, sequence_length)


def active_parameters(model: Model, sequence_length: int) -> int:
    """Return the parameters that a token meets: all but those of experts that it does not pass.

    Examples
    --------
    >>> from engine.models import models
    >>> round(active_parameters(models()["mixtral-8x7b"], 2048) / 1e9, 2)
    12.88
    """
    idle = (model.layers - model.dense_layers) * idle_parameters(model)
    return parameters(model, sequence_length) - idle


def attention_flop(model: Model, sequence_length: int) -> float:
    """Return the FLOP of scores and weighted values of one layer, forward, per token, counted without a causal mask."""
    return (4.0 * model.attention_width + 2.0 * model.heads * model.rope_size) * sequence_length


def forward_flop_per_token(model: Model, sequence_length: int) -> float:
    """Return the FLOP of a forward pass per token: 2 per parameter in a matrix, and attention."""
    layer = 2.0 * layer_matrix_parameters(model) + attention_flop(model, sequence_length)
    more = 2.0 * (layer_matrix_parameters(model, dense=True) - layer_matrix_parameters(model)) * model.dense_layers
    return model.layers * layer + more + 2.0 * model.hidden * model.vocab


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
    cp: int = 1,
    imbalance: float = 1.0,
) -> float:
    """Return the activations of one layer kept for the backward pass of one micro-batch [B].

    Formulas of Korthikanti et al. 2022 (arXiv:2205.05198, Table 2), spelled out for gated feed-forward parts and
    grouped queries. Selective recomputation comes with sequence parallelism, as there. A fused attention (`flash`)
    keeps no scores, and the models trained with it no dropout masks. Inputs of products with weights are kept in
    `input_bytes` each, except the output of attention, which attention itself keeps in 16 bits. Context-parallel ranks
    divide the tokens of a sequence.
    """
    tokens = float(sequence_length) * micro_batch / cp
    # Queries, keys, values and what they give; the inside of the feed-forward part.
    inside = 4.0 * model.attention_width + 4.0 * model.kv_width
    inside += 4.0 * model.heads * model.rope_size + 2.0 * (model.q_rank + model.kv_rank)
    # Tokens are copied for each expert that they pass; of the busiest rank, `imbalance` times as many.
    parts, ffn = model.feed_forward()
    passed = model.top_k * imbalance + model.shared_experts if model.experts else parts
    inside += ((4.0 if model.gated else 2.0) + input_bytes) * ffn * passed
    inside += model.top_k * imbalance * input_bytes * model.hidden
    # Inputs of both parts and of their norms, two dropout masks of a byte.
    around = (4.0 + 2.0 * input_bytes + (0.0 if flash else 2.0)) * model.hidden
    scores = 0.0 if flash else score_bytes(model, sequence_length, micro_batch) / cp
    if recompute == "full":
        return FP16_BYTES * tokens * model.hidden
    if recompute == "selective":
        return tokens * (inside + around) / tp
    return tokens * around + (tokens * inside + scores) / tp
