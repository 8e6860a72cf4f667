"""Two ways to say the same training: one number for wafers, a layout for GPUs."""

from engine.cluster.gpu import Job, Layout, n_microbatches


def for_wafers(job: Job, n_systems: int, n_steps: int, checkpoint_steps: int) -> str:
    """Return a configuration in the style of the Cerebras model zoo, release 2.3, as Python.

    Parameters
    ----------
    job : Job
        What is trained.
    n_systems : int
        CS systems.
    n_steps, checkpoint_steps : int
        Steps in all, and between checkpoints.

    Returns
    -------
    str
        Python: the one number to change for more systems is `num_csx`.
    """
    model = job.model
    return f"""trainer = dict(
    backend=dict(
        backend_type="CSX",
        cluster_config=dict(num_csx={n_systems}),
    ),
    model=dict(
        num_hidden_layers={model.layers},
        hidden_size={model.hidden},
        num_heads={model.heads},
        extra_attention_params=dict(num_kv_groups={model.kv_heads}),
        filter_size={model.ffn},{_comment(model)}
        vocab_size={model.vocab},
        max_position_embeddings={job.sequence_length},
    ),
    loop=dict(max_steps={n_steps}),
    checkpoint=dict(steps={checkpoint_steps}),
    train_dataloader=dict(batch_size={job.global_batch}),
)
"""


def for_gpus(job: Job, layout: Layout, gpus_per_node: int, n_steps: int, checkpoint_steps: int) -> str:
    """Return what a training on GPUs has to be told, with the names of Megatron-LM, as Python.

    Parameters
    ----------
    job : Job
        What is trained.
    layout : Layout
        How the work is divided.
    gpus_per_node : int
        GPUs of a node.
    n_steps, checkpoint_steps : int
        Steps in all, and between checkpoints.

    Returns
    -------
    str
        Python: more GPUs mean another layout, which must divide layers, heads and batch, and fit.
    """
    model = job.model
    more = " x context" if layout.cp > 1 else ""
    n_nodes = -(-layout.n_devices // gpus_per_node)
    return f"""launch = dict(nnodes={n_nodes}, nproc_per_node={min(gpus_per_node, layout.n_devices)})
model = dict(
    num_layers={model.layers},
    hidden_size={model.hidden},
    num_attention_heads={model.heads},
    num_query_groups={model.kv_heads},
    kv_channels={model.head_size},
    ffn_hidden_size={model.dense_ffn or model.ffn},
{_experts(model)}    vocab_size={model.vocab},
    seq_length={job.sequence_length},
)
layout = dict(
    tensor_model_parallel_size={layout.tp},
    pipeline_model_parallel_size={layout.pp},
{_divided(layout)}    data_parallel_size={layout.dp},          # = devices / (tensor x pipeline{more})
    virtual_pipeline_chunks={layout.interleave},
    micro_batch_size={layout.micro_batch},
    gradient_accumulation_steps={n_microbatches(job, layout)},  # = batch / (data x micro-batch)
    zero_stage={layout.zero},
    recompute_granularity="{layout.recompute}",
    overlap_grad_reduce={layout.overlap},
)
training = dict(
    global_batch_size={job.global_batch},
    train_iters={n_steps},
    save_interval={checkpoint_steps},
)
"""


def _experts(model):
    """Return the lines of a model's experts, and of latent attention."""
    lines = {"num_experts": model.experts, "moe_router_topk": model.top_k, "moe_ffn_hidden_size": model.ffn}
    lines["moe_shared_expert_intermediate_size"] = model.shared_experts * model.ffn
    lines |= {"q_lora_rank": model.q_rank, "kv_lora_rank": model.kv_rank, "qk_pos_emb_head_dim": model.rope_size}
    return "".join(f"    {name}={value},\n" for name, value in lines.items() if value and model.experts)


def _divided(layout):
    """Return the lines of what else is divided."""
    lines = {"context_parallel_size": layout.cp, "expert_model_parallel_size": layout.ep}
    return "".join(f"    {name}={value},\n" for name, value in lines.items() if value > 1)


def _comment(model):
    """Return what a reader has to know of experts, of which the files of release 2.3 have none."""
    return f"  # each of {model.experts} experts, of which a token passes {model.top_k}" if model.experts else ""
