## The scene Scaling: a training step on N devices.

scaling_title = { $devices } together: how many times as fast?
scaling_title_alone = { $devices } alone: how fast?
verdict_scaling = { $devices } are { $times } times as fast as { $fewest }: { $share } of linear.

## Its form.

parameter_scaling_cluster = Cluster
    .doc = GPUs, or CS systems of one wafer each.
parameter_scaling_device = Device
    .doc = The device and its network; “auto” takes an A100 80 GB, or a CS-2.
parameter_scaling_n_devices = Devices
    .doc = Number of devices.
parameter_scaling_model = Model
    .doc = Shape of the transformer.
parameter_scaling_layers = Layers
    .doc = Number of layers, in place of the model’s.
parameter_scaling_hidden = Width
    .doc = Width in place of the model's.
parameter_scaling_heads = Heads
    .doc = Number of attention heads, in place of the model’s.
parameter_scaling_vocab = Vocabulary
    .doc = Size of the vocabulary, in place of the model’s.
parameter_scaling_ffn = Feed-forward width
    .doc = Width of the feed-forward part, or of an expert, in place of the model’s; “auto” follows the width.
parameter_scaling_kv_heads = Key–value heads
    .doc = Number of key and value heads, in place of the model’s; with grouped queries, there are fewer than attention heads.
parameter_scaling_head_size = Head size
    .doc = Width of a head, in place of the model’s; with “auto”, all heads together follow the width.
parameter_scaling_experts = Experts
    .doc = Experts in a layer, in place of the model’s; 0 for one feed-forward part for all tokens.
parameter_scaling_top_k = Experts per token
    .doc = Experts that a token passes, in place of the model’s.
parameter_scaling_sequence_length = Sequence length
    .doc = Tokens in a sequence; “auto” takes the model’s.
parameter_scaling_global_batch = Global batch
    .doc = Sequences in one step, over all devices.
parameter_scaling_micro_batch = Micro-batch
    .doc = Sequences that a device processes at a time.
parameter_scaling_tp = Tensor parallel
    .doc = Number of ranks that share each layer.
parameter_scaling_pp = Pipeline parallel
    .doc = Number of pipeline stages, each with some of the layers.
parameter_scaling_dp = Data parallel
    .doc = Number of replicas of the model.
parameter_scaling_ep = Expert parallel
    .doc = Number of ranks that share the experts of a layer; tokens travel to them and back.
parameter_scaling_cp = Context parallel
    .doc = Number of ranks that share each sequence; keys and values go round among them.
parameter_scaling_precision = Precision
    .doc = Numbers that the products of layers multiply; “auto” takes what is usual for the software.
parameter_scaling_imbalance = Imbalance of experts
    .doc = Tokens of the rank whose experts are chosen most, against the mean; 1 is even, as published measurements force it.
parameter_scaling_interleave = Interleaving
    .doc = Chunks of layers per stage; “auto” takes the number that makes a step shortest.
parameter_scaling_zero = ZeRO stage
    .doc = What the replicas divide among themselves: 0 nothing, 1 the optimiser’s state, 2 also gradients, 3 also weights.
parameter_scaling_recompute = Recomputation
    .doc = What the backward pass computes again instead of keeping it.
parameter_scaling_overlap = Overlap
    .doc = Whether communication overlaps with computation; “auto” does what the software does.
parameter_scaling_gpus_per_node = GPUs per node
    .doc = Number of GPUs on one fast switch, their NVLink domain: 8 in a DGX, 72 in a rack of NVL72; “auto” takes that of the cluster.
parameter_scaling_era = Era
    .doc = Year whose software both kinds of cluster run, unless one is chosen; “auto” takes the newest that is known.
parameter_scaling_mode = Growth
    .doc = Along the curve: the same batch on more devices (strong), or a batch that grows with them (weak).
parameter_scaling_software = Software
    .doc = Training program on GPUs, or CS software, named by its release or by who measured it; “auto” takes the newest that is known for the device, up to the era chosen.
parameter_scaling_sparsity = Sparsity
    .doc = Share of zero weights that a wafer skips.
parameter_scaling_seed = Seed
    .doc = Chooses which GPUs are a little slower.
preset_scaling_begun_alike = 13B: wafers and GPUs
preset_scaling_175b_tensor_pipeline_data = 175B, tensor × pipeline × data
preset_scaling_175b_zero_3 = 175B, ZeRO-3
preset_scaling_genomes_gpus = Argonne's genomes on 512 A100
preset_scaling_genomes_wafers = Argonne's genomes on 16 CS-2
preset_scaling_gpt_j = GPT-J on one and two CS-2
preset_scaling_same_batch = Same batch, more wafers
preset_scaling_trillion = 1T on 16 CS-3
value_gpu = GPUs
value_cs = Wafers (CS systems)
value_strong = Same batch (strong)
value_weak = Growing batch (weak)
value_selective = Selective
value_full = Full
value_megatron = Megatron
value_megatron-2022 = Megatron, 2022
value_megatron-deepspeed = Megatron-DeepSpeed
value_deepspeed-pipeline = DeepSpeed pipeline
value_flash = Flash
value_flash-fp8 = Flash, fp8
value_te = Transformer Engine
value_fp8-2023-04 = fp8, April 2023
value_unfused = Unfused
value_genslm-2022 = GenSLM, 2022
value_usc-2024 = USC, mid 2024

## What it refuses.

scaling_one_of = { $name } must be one of { $choices } with cluster={ $cluster }, got { $got }
scaling_one_of_era = { $name } must be one of { $choices } with cluster={ $cluster } and era={ $era }, got { $got }
scaling_era = era must be at least { $first } with device={ $device }, for which nothing older is known, got { $got }
scaling_beyond_software = { $name } must be something that software={ $software } can do ({ $choices }), got { $got }
scaling_tp_node = tp must be at most the { $node } GPUs of a node, got { $got }
scaling_multiple_of_heads = hidden must be a multiple of heads={ $heads }, got { $got }
scaling_kv_heads = kv_heads must divide heads={ $heads }, got { $got }
scaling_top_k = top_k must be from 1 to experts={ $experts }, 0 without experts, got { $got }
scaling_ep_without = ep must be 1 with a model that has no experts, got { $got }
scaling_ep_experts = ep must divide the { $experts } experts of a layer, got { $got }
scaling_ep_ranks = ep must divide n_devices / pp = { $ranks }, the ranks of a stage, got { $got }
scaling_cp_length = cp must leave each rank two equal parts of sequence_length={ $length }, got { $got }
scaling_precision = precision must be one whose peak is known of device={ $device } ({ $choices }), got { $got }
scaling_most_devices = n_devices must be at most { $most }, the largest cluster that the maker has offered, got { $got }
scaling_tp_heads = tp must divide heads={ $heads }, got { $got }
scaling_tp_ffn = tp must divide the feed-forward width { $ffn }, got { $got }
scaling_pp_layers = pp must be at most { $most }: of the stages, only the first and the last may be without one of the { $layers } layers, got { $got }
scaling_multiple_of_ranks = n_devices must be a multiple of { $ways } = { $ranks }, got { $got }
scaling_dp = dp must be n_devices / ({ $ways }) = { $dp }, got { $got }
scaling_dp_divides = dp must divide n_devices / ({ $ways }) = { $replicas }, got { $got }
scaling_dp_divides_devices = dp must divide n_devices = { $devices }, got { $got }
scaling_dp_leaves = dp must leave each replica a number of devices that some { $ways } makes up, got { $got }, which leaves { $ranks }
scaling_pp_with_zero = pp must be 1 with zero=3, which divides the weights in its place, got { $got }
scaling_interleave_with_zero = interleave must be 1 with zero=3, which has no stages, got { $got }
scaling_interleave_layers = interleave must leave a layer to each of pp × interleave chunks but the first and the last, got { $got }
scaling_interleave_batches = interleave must be 1 unless pp is above 1 and divides the micro-batches of a replica, got { $got }
scaling_micro_batch_divides = micro_batch must divide global_batch={ $batch } or one that is { $near } larger or smaller at most, got { $got }
scaling_tasks = global_batch must leave a replica few enough micro-batches to simulate, got { $got }: take more devices or a larger micro_batch
scaling_batch = global_batch must be at most { $near } off a multiple of dp × micro_batch of some layout (for these settings { $dp } × { $micro_batch }), got { $got }
scaling_batch_up_to = global_batch must be at most { $near } off a multiple of dp × micro_batch of some layout (for these settings up to { $dp } × { $micro_batch }), got { $got }
scaling_memory = n_devices must offer enough memory: { $why }, got { $got }
scaling_least_memory = the layout that needs least (tp={ $tp }, pp={ $pp }, dp={ $dp }, zero={ $zero }, recompute={ $recompute }) takes { $need } of each GPU's { $room } (sold as { $sold }), { $missing } too much
    .divided = the layout that needs least (tp={ $tp }, cp={ $cp }, pp={ $pp }, dp={ $dp }, ep={ $ep }, zero={ $zero }, recompute={ $recompute }) takes { $need } of each GPU's { $room } (sold as { $sold }), { $missing } too much
scaling_sequences = n_devices must be at most global_batch={ $batch }, one sequence a system, got { $got }
scaling_wafer_memory = micro_batch must leave room on the wafer: the activations of { $sequences } take { $need } of { $room }, { $missing } too much, got { $got }
scaling_wafer_sequence = sequence_length must leave room on the wafer: the activations of one sequence take { $need } of { $room }, { $missing } too much, got { $got }
scaling_wafer_share = micro_batch must be at most what the batch leaves to a system, { $sequences }, got { $got }

## Its figures.

figure_scaling_step_time = step
    .source = the simulated schedule
figure_scaling_tokens_per_s = throughput
    .source = batch × sequence length / step
scaling_scaled = the simulated schedule with constants of CS-2, which miss the published rows of CS-3 by up to { $row }; nine of ten runs lie between the ends
figure_scaling_samples_per_s = throughput in samples
    .source = batch / step
figure_scaling_speedup = speed-up
    .source = tokens per second against { $fewest }, the fewest of the curve
figure_scaling_efficiency = of linear
    .source = speed-up over the line's
figure_scaling_mfu = of peak used
    .source = model FLOP (PaLM, appendix B) over the peak of matrix products
figure_scaling_flop_per_s_per_device = per device
    .source = model FLOP, recomputation not counted
figure_scaling_compute_share = computing
    .source = compute lanes of the schedule
figure_scaling_bubble_share = bubble
    .source = compute lanes that wait for another stage: with p stages of v chunks and m micro-batches, (p − 1) / (v m + p − 1) of the pipeline, less what is computed again meanwhile
figure_scaling_exposed_communication_share = waiting for communication
    .source = compute lanes that wait while it runs
figure_scaling_held_back_scores = held back by writing scores
    .source = share of the step that would go away without it: the traffic of the table of scores; such shares overlap and do not add up
figure_scaling_held_back_heads = held back by unaligned heads
    .source = share of the step that would go away without it: heads whose width tensor cores or fused attention cannot take as it is; such shares overlap and do not add up
figure_scaling_held_back_recompute = held back by recomputation
    .source = share of the step that would go away without it: computing activations again; such shares overlap and do not add up
figure_scaling_held_back_exchange = held back by communication
    .source = share of the step that would go away without it: the time that links take; such shares overlap and do not add up
figure_scaling_held_back_bubble = held back by filling the pipeline
    .source = share of the step that would go away without it: waiting for the first and the last micro-batch, (p − 1) / (v m + p − 1); such shares overlap and do not add up
figure_scaling_held_back_host = held back by the host
    .source = share of the step that would go away without it: kernel launches and other work of the host; such shares overlap and do not add up
figure_scaling_memory_per_device = memory per device
    .source = model state, activations and reserve of the fullest device
    .wafers = activations of one layer, and those inputs of layers that stay on the wafer; weights are not kept
figure_scaling_parameters = parameters
    .source = shape of the model
figure_scaling_layout = layout
    .source = tensor × pipeline × data
    .wafers = all that has to be chosen
figure_scaling_active_parameters = parameters that a token meets
    .source = shape of the model: all but the experts that it does not pass
figure_scaling_expert_parallel = ranks that share the experts
    .source = given, or the fastest that fits
figure_scaling_context_parallel = ranks that share a sequence
    .source = given, or the fastest that fits
figure_scaling_expert_exchange = tokens to experts and back
    .source = sent by each GPU in a step, forward and backward, in 16 bits
figure_scaling_streamed = weights streamed to each wafer
    .source = all experts of all layers, whichever the tokens pass, in each pass of each micro-batch
figure_scaling_micro_batch = micro-batch
    .source = given, or the fastest that fits
figure_scaling_batch = batch that is trained
    .source = the nearest to { $asked } that the devices divide evenly
figure_scaling_memory_saving = saves memory by
    .source = given, or the fastest that fits
value_zero_0_none = ZeRO 0, no recomputation
value_zero_0_selective = ZeRO 0, selective recomputation
value_zero_0_full = ZeRO 0, full recomputation
value_zero_1_none = ZeRO 1, no recomputation
value_zero_1_selective = ZeRO 1, selective recomputation
value_zero_1_full = ZeRO 1, full recomputation
value_zero_2_none = ZeRO 2, no recomputation
value_zero_2_selective = ZeRO 2, selective recomputation
value_zero_2_full = ZeRO 2, full recomputation
value_zero_3_none = ZeRO 3, no recomputation
value_zero_3_selective = ZeRO 3, selective recomputation
value_zero_3_full = ZeRO 3, full recomputation
value_checkpoints_kept = Layers computed again, their inputs kept
value_checkpoints_moved = Layers computed again, their inputs moved out

## Marks of a step, and where it happens.

scaling_mark_pipeline_full = The first micro-batch reaches the last stage: all stages have work.
scaling_mark_first_forward_done = The first micro-batch has passed through all layers.
scaling_mark_backward_begins = The backward pass of the first micro-batch begins.
scaling_mark_reduction_begins = The replicas begin to add up their gradients.
    .wafers = The first gradients leave the wafers; SwarmX adds them up on the way to MemoryX.
scaling_mark_update_begins = The optimiser updates the weights.
    .wafers = MemoryX begins to update the weights.
scaling_mark_step_done = The step is done; the next one may begin.
scaling_stage = Stage { $n }
scaling_replica = Replica { $n }
scaling_wafer = Wafer { $n }

## What the player says of a step.

scaling_key_forward = forward
scaling_key_backward = backward
scaling_key_communication = communication
scaling_key_optimiser = optimiser
scaling_key_waiting = waiting
scaling_lane = { $who }: { $lane }
scaling_lane_compute = compute
scaling_lane_tensor = tensor-parallel
scaling_lane_pipeline = pipeline
scaling_lane_data = data-parallel
scaling_lane_expert = expert-parallel
scaling_lane_context = context-parallel
scaling_lane_host = host
scaling_lane_weights = weights
scaling_lane_gradients = gradients
scaling_lane_memory = MemoryX
scaling_each_gpu = Each GPU
scaling_each_wafer = Each of { $n } wafers
scaling_the_wafer = The wafer
scaling_row_of_stage = stage { $n }
scaling_step = step
scaling_short_tensor = TP
scaling_short_pipeline = PP
scaling_short_data = DP
scaling_short_expert = EP
scaling_short_context = CP
scaling_short_optimiser = update
scaling_short_weights = weights
scaling_short_gradients = gradients
scaling_waits = waits
scaling_bubble = bubble
scaling_doing = { $parts }
scaling_does_forward = computes forward
scaling_does_backward = computes backward
scaling_does_recompute = computes activations again
scaling_does_tensor = exchanges activations (tensor-parallel)
scaling_does_expert = sends tokens to their experts and back (expert-parallel)
scaling_does_context = waits for keys and values (context-parallel)
scaling_does_pipeline = sends activations on
scaling_does_data = exchanges gradients or weights (data-parallel)
scaling_does_optimiser = updates weights
scaling_does_weights = receives weights
scaling_does_gradients = sends gradients
scaling_does_host = works on the host
scaling_layer = layer { $n }
scaling_chunk = chunk { $n }
scaling_micro_batch = micro-batch { $n }
scaling_idle = is idle
scaling_waits_bubble = waits: a bubble
scaling_waits_communication = waits for communication
scaling_says = { $who } { $doing }.
scaling_weights_come = Weights stream in as a layer needs them.
scaling_gradients_go = Gradients are added up on the way to MemoryX.
scaling_ring = Chunks go round the ring of replicas.
scaling_tokens_cross = Tokens go to their experts and back.
scaling_keys_round = Keys and values go round.
scaling_counts = Of { $stages }, { $counts }.
scaling_none_works = Of { $stages }, none works.
scaling_of_stages = { $n } stages
scaling_of_drawn = { $n } stages drawn
scaling_count_forward = { $n } forward
scaling_count_backward = { $n } backward
scaling_count_recompute = { $n } computing again
scaling_count_optimiser = { $n } updating weights
scaling_count_wait = { $n } waiting
scaling_done = The step is done.
scaling_wafers_computing = wafers computing
scaling_gpus_computing = GPUs computing
scaling_now = now
scaling_for = for
scaling_then = then
scaling_busy = busy
scaling_receives = receives
scaling_sends = sends
scaling_receives_load = receives { $load }
scaling_sends_load = sends { $load }
scaling_load = { $size }, micro-batch { $n }
scaling_nothing_moves = nothing moves
scaling_pipeline = { $n } pipeline stages
scaling_pipeline_drawn = { $n } pipeline stages, { $drawn } drawn
scaling_pipeline_moves = { $pipeline }, micro-batches move on
scaling_some_drawn = { $all }, { $drawn } drawn
scaling_chunks_round_ring = chunks go round the ring
scaling_chunks_round = chunks go round
scaling_tokens_go = tokens go to their experts and back
scaling_tokens_short = tokens to experts
scaling_keys_go = keys and values go round
scaling_keys_short = keys and values
scaling_ring_quiet = the ring is quiet
scaling_updates = updates weights
scaling_all_weights = all the weights
scaling_down_and_back = ● down   ◆ back
scaling_are_drawn = { $n } are drawn
scaling_drawn = { $n } drawn
scaling_share_batch = share the batch
scaling_all_batch = all the batch

## Its curve, and what stands beside it.

scaling_inside = Inside one step
scaling_curve = Speed-up curve
scaling_reading_speedup = Speed-up
scaling_reading_tokens_per_s = Tokens/s
scaling_reading_efficiency = Efficiency
scaling_reading_step_time = Step time
scaling_way = { $words }: { $end } of linear
scaling_way_short = { $words }: { $end }
scaling_ways = { $words }
scaling_way_at = { $words } at { $n }
scaling_way_gpu = GPUs
scaling_way_cs = wafers
scaling_way_zero_3 = ZeRO-3
scaling_way_pipeline = TP × PP × DP
scaling_way_weak = growing batch
scaling_beside = { $way } ({ $own } beside { $other })
scaling_rates = Here { $own } reach { $rate } and { $other } { $rival }.
scaling_verdict =
    { $ahead ->
        [tie] A tie: { $other } reach { $rival }.
       *[apart] The { $winner } stay nearer to the line: { $other } reach { $rival }.
    }
scaling_faster =
    { $ahead ->
        [tie] A tie in tokens/s: { $other } reach { $rival }.
       *[apart] The { $winner } are { $times } times as fast: { $other } reach { $rival }.
    }
scaling_many = { $n } { $device }
scaling_batch_along = Batch of a step
scaling_same_batch = Same batch
scaling_growing_batch = Growing batch
scaling_batch_shared = { $batch } for all
scaling_batch_each_gpu = { $batch } for each GPU
scaling_batch_each_cs = { $batch } for each wafer
scaling_and_wafers = And wafers?
scaling_and_gpus = And GPUs?
scaling_point = { $devices }: { $value }
scaling_published = { $many }: { $value }
scaling_summary = { $reading }, { $words }: { $points }.
scaling_linear = linear
scaling_guess = guess
scaling_kind_measured = ◆ measured
scaling_kind_claimed = ◇ claimed
scaling_kinds = { $kinds }
scaling_kinds_over_first = { $kinds }, over the modelled first point
scaling_read_as = Read as
scaling_axes = Axes
scaling_axes_linear = Linear
scaling_axes_log = Log
scaling_draw_guess = Hide the curves and draw your guess
scaling_guess_again = Guess again
scaling_ask = How many times as fast? Drag a line over the chart, or use Tab and the arrow keys.
scaling_reveal = Reveal
scaling_skip = Skip
scaling_guess_at = Your guess at { $devices }
scaling_times_as_fast = { $times } times as fast
scaling_guess_read = At { $devices } the guess was { $guess }; the simulation says { $found }.
scaling_guess_link = Copy link
scaling_guess_save = Save as picture
scaling_card_about = { $model }: how many times as fast { $most } are as { $fewest }
scaling_card_source = Simulation ({ $kind }): { $source }
scaling_card_found = simulation
scaling_guess_copied = Copied
scaling_guess_said = At { $devices } you guessed { $guess }; the simulation says { $found }.
scaling_open_point = { $point }. Open this step
scaling_curve_tools = Curve
scaling_choices = What you choose
scaling_gpus = GPUs
scaling_wafers = Wafers
scaling_choose_devices = how many
scaling_choose_layout = TP × PP × DP
    .hint = How the GPUs share the work: ranks of tensor parallelism × pipeline parallelism × data parallelism.
scaling_choose_micro_batch = micro-batch
scaling_choose_interleave = chunks per stage
scaling_choose_zero = ZeRO
scaling_choose_recompute = recompute
scaling_choose_experts = ranks for experts
scaling_choose_contexts = ranks for a sequence
scaling_no_choice = nothing
scaling_set_ups = Between { $fewest } and { $most }, the fastest set-up changes: there are { $n } different ones. Whatever changes is in bold. With wafers, only their number changes.
scaling_note_linear = Linear is not the same as fast.
    .text = “Linear” only means that each machine adds as much as the first. How fast the first one is, only tokens/s tells you.
scaling_note_batch = The same batch bends the wafers' line too.
    .text = Each wafer has less to compute, yet every layer is still streamed to it. Let the batch grow with the wafers, and the line straightens.
scaling_note_other_batch = Another batch, another picture.
    .text = In our model, with 128 times the devices and 768 sequences, Cerebras-GPT 13B ends at about the same share of linear on both. With 192 sequences the GPUs stay nearer to the line, with 1,536 the wafers do. With the smaller Cerebras-GPT 1.3B and 768 sequences, the GPUs do. See for yourself:
scaling_other_pair = { $model }, { $batch }
scaling_note_pair = How the pair is chosen.
    .text = The other kind starts with as many devices as it needs to be about as fast, so that “twice the devices” means the same for both. Both run the newest program known. The 768 sequences of the first picture divide evenly among 12 GPUs and every doubling of them, so no curve bends merely because its batch does not divide.
scaling_note_step = Where the time of this step goes:
    .text = { $compute } computing, { $bubble } idle, { $exposed } waiting for communication.
scaling_without = { $label }: without it, the step would be { $share } shorter
scaling_note_start = Why the curve begins with { $fewest }.
    .text = The number of devices is halved as long as it is even, the training fits into memory, and each device reaches at least { $share } of its best rate.
scaling_note_otherwise = The published runs used different settings.
    .text = Their layout or recomputation differs from the curve’s. These links set the scene up as they were:
scaling_note_not_tuned = Not a tuned baseline.
    .text = These runs had no fused attention, and their batch grew with the machine. Other GPU systems and smaller models compare differently.
scaling_note_few_systems = Published for one, two and four systems.
    .text = Everything beyond is our model. The batch of these runs was not published.
scaling_note_no_clean_pair = Not a like-for-like comparison.
    .text = The published rates on one and on two systems come from different software releases and batches.
scaling_note_assumed = What we assume about CS systems:
    .text = MemoryX updates { $optimiser_rate } a second. Each level of SwarmX takes { $hop } and joins { $fanout } nodes or systems below it. The speed of the systems varies by { $sigma }, and all wait for the slowest. Activations may fill { $room } of a wafer. A pass over a layer takes at least { $layer_latency }, a value fitted to one published row of BERT-large. At most { $micro_batch_tokens } pass at once: beyond that, the published rates of BERT-base fall, and we do not know why. No published rate that we know of names a release later than 2.3.
scaling_note_scaled = CS-3 is scaled from CS-2, and misses its published rows by up to { $row }.
    .text = It uses what was measured on CS-2 until 2024. Two rows for CS-3 were published, in 2025: the model is too fast on one and too slow on the other. Speeds are shown with the interval in which nine of ten runs should lie.

# Why, and what to try.
purpose_scaling = Training one language model on more and more machines. Linear: twice as many, twice as fast.
goal_scaling = Get 128 wafers or 1,536 GPUs to 95 % of linear.
    .now = { $value } so far; needed: { $needed }.
    .met = ✓ Reached: { $value } of linear.
try_scaling_alike = Begin again
    .said = 128 wafers, or 1,536 GPUs, share the 768 sequences of a step. Both kinds leave the line at about the same place. Why?
try_scaling_small_batch = Take a small batch: 192 sequences
    .said = With so few sequences the wafers run out of work first, and the GPUs stay nearer to the line.
try_scaling_gpus = Look at the GPUs
    .said = The same training on 1,536 GPUs. Beside the curves stands what has to be chosen, and what changes along the curve.
try_scaling_growing = Let the batch grow
    .said = Every machine now has as much work as the first one had, and both kinds follow the line. It was not the machines that bent the curve, but their shrinking share of the work.
