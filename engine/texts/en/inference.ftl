## The scene Inference.

# Examples and parameters.
preset_inference_one_user = One user: the wafer wins
preset_inference_many_users = 64 users share a wafer
preset_inference_gpu_wins = 512 users on 8 GPUs
preset_inference_large = A model that needs many wafers
preset_inference_experts = A model with experts
preset_inference_draft = With a draft
parameter_inference_model = Model
    .doc = The language model that writes.
parameter_inference_machine = Machine
    .doc = What it runs on. Several wafers hold its layers one after the other, several GPUs share each layer.
parameter_inference_n_machines = How many
    .doc = Number of machines that serve the model together; auto takes as few as hold the model and all its users.
parameter_inference_other = Beside it
    .doc = The machine it is compared with, as few of them as hold the model and all its users.
parameter_inference_users = Users
    .doc = How many users are served at once, with a prompt and an answer each.
parameter_inference_prompt_tokens = Prompt
    .doc = Length of the prompt of each user.
parameter_inference_output_tokens = Answer
    .doc = Length of the answer to each user.
parameter_inference_precision = Precision
    .doc = The number format of the weights and of the cached keys and values, which are kept in 8 bits at least.
parameter_inference_speculation = Tokens of a pass
    .doc = How many tokens a pass yields on average: more than one if a smaller model drafts them. The time of the draft itself is not counted.

# Refusals.
inference_one_node = n_machines must be at most { $most }, as many as one node has, got { $got }
inference_does_not_fit = n_machines must be large enough for the model: { $model } with one user does not fit into the memory of { $devices }
inference_users_at_most = users must be at most { $most }, as many as the memory of { $devices } holds beside the model, got { $got }

# Title, verdict and marks.
inference_title =
    { $users ->
        [one] { $model } writes for one user
       *[other] { $model } writes for { $users } users
    }
verdict_inference = For each user, { $devices } writes { $times } times as fast as { $other_devices }: { $rate } against { $other_rate }. The first uses { $share } of its memory bandwidth, the second { $other_share }.
verdict_inference_alone = { $devices } writes { $rate } for each user and uses { $share } of the bandwidth of its memory.
inference_start = All prompts arrive at the same moment.
inference_first = { $devices }: the prompt is read and the first token is there.
inference_done = { $devices }: the answer is complete.

# Figures.
figure_inference_tokens_per_s_per_user = { $devices }: for each user
    .source = tokens of a pass over its time, while an answer is written
figure_inference_published = { $devices }: published
figure_inference_tokens_per_s = { $devices }: all users, prompts included
    .source = tokens of all answers over the time for reading the prompts and writing the answers
figure_inference_bandwidth_share = { $devices }: bandwidth in use
    .source = weights and cached keys and values that passes read in a second, over the bandwidth on the data sheet
figure_inference_token_time = { $devices }: time of a pass
    .source = the sum of its parts: on a wafer a chain of products and sums along lines of PEs, on GPUs kernels one after the other
figure_inference_first_token_time = { $devices }: time to the first token
    .source = one prompt, read where that takes least, with nobody else waiting
figure_inference_prefill_tokens_per_s = { $devices }: prompts read
    .source = tokens of a prompt over the time to the first token
figure_inference_most_users = { $devices }: users that fit
    .source = memory beside the weights, over what a user has cached at the end of the answer
figure_inference_cost = { $devices }: hardware for a million tokens
    .source = price of the hardware over four years of use, at all users together; no power, staff or profit

# The picture.
inference_per_user = { $rate } for each user
inference_reading = reading the prompt
inference_written = { $n } of { $total }
inference_pass = where the time of a pass goes: { $time }
inference_bandwidth = uses { $share } of its bandwidth
inference_slowed = slowed { $times } times
inference_key_now = now
inference_key_token = token of the answer
inference_part_distance = hops
inference_part_contention = waiting
inference_part_depth = ramps
inference_part_compute = products
inference_part_startup = starts of operations
inference_part_scalar = number by number
inference_part_wafers = between wafers
inference_part_weights = weights read
inference_part_cache = cache read
inference_part_launches = kernel launches
inference_part_sums = sums over GPUs
inference_step_norms = norms
inference_step_projections = queries, keys and values
inference_step_attention = attention
inference_step_output = output of attention
inference_step_feed_forward = feed-forward part
inference_step_words = choice of a word
inference_step_hand_over = handing on
inference_says_reading = { $devices } reads the prompt.
inference_says = { $devices } has written { $n } of { $total } tokens.
inference_says_done = { $devices } has finished.
inference_curve = tokens written
# What is written in the picture: any text, in the language of the page.
inference_sample = A wafer holds the whole model in the memory of its cores, right beside the arithmetic. So it never waits for weights. But every layer needs the result of the one before, and every result is a sum over hundreds of cores in a row. Word after word, the numbers run to the middle of their line and back again, ten times in each layer. That takes far longer than reading the weights, and it is why a wafer uses so little of its bandwidth while it writes. A GPU has to read all weights for every word, and reads them for all its users at once.

# Chart.
inference_chart_users = Users
    .across = tokens a second for each user
    .up = tokens a second for all
    .said = With one user, { $devices } writes { $rate }; with { $users } users, as many as fit, { $each } for each and { $all } for all, with the time to read their prompts.
inference_chart_prompt = First token
    .across = tokens of the prompt
    .up = time to the first token
    .said = On { $devices }, a prompt of { $tokens } tokens takes { $time } and one of { $most } tokens { $longest }.

# Why, and what to try.
question_inference_writes = Why does a wafer with 21 PB/s write only a few thousand tokens a second?
    .purpose = Everybody divides bandwidth by the size of the model. For a wafer, that is wrong by three orders of magnitude.
goal_inference = Make a wafer use one per cent of its bandwidth.
    .now = { $value } so far; needed: { $needed }.
    .met = ✓ Reached: { $value }.
try_inference_one = Begin again with one user
    .said = One token after the other: each step waits for the sum before it. Watch how little of the bandwidth that takes.
try_inference_many = Let 32 users write at once
    .said = The users follow each other through the squares of PEs that hold the layers, so more of the wafer works at the same time.
