## The scene Planner: a whole training on N devices.

planner_title = { $devices }: how many days?
verdict_planner =
    { $time ->
        [own] Time: { $devices } ahead, { $days } against { $other_days } on { $others } ({ planner_chosen }).
        [other] Time: { $others } ({ planner_chosen }) ahead, { $other_days } against { $days } on { $devices }.
       *[open] Time: undecided, { $days } on { $devices } and { $other_days } on { $others } ({ planner_chosen }).
    } { $spent ->
        [one] Energy and cost: { $saves_energy } ahead, by factors of { $energy } and { $cost }.
       *[both] Energy: { $saves_energy } ahead, by a factor of { $energy }. Cost: { $saves_cost } ahead, by a factor of { $cost }.
    }
planner_chosen =
    { $chosen ->
        [fewest] the fewest that keep up
       *[fastest] more of them would be no faster
    }
verdict_planner_alone = { $devices }: { $days }. The other kind of cluster cannot do it.

## Its form.

parameter_planner_seed = Seed
    .doc = Chooses when devices fail, and which GPUs are a little slower.
parameter_planner_tokens = Tokens
    .doc = Tokens that the model is trained on; “auto” takes 20 for each parameter, or 2,000 steps of fine-tuning.
parameter_planner_fine_tune = Fine-tune
    .doc = Whether training starts from weights that have already been trained.
parameter_planner_mtbf_hours = Time between failures
    .doc = Mean time between failures of one device; “auto” takes published figures for GPUs and an assumption for CS systems.
parameter_planner_checkpoint_interval = Checkpoint interval
    .doc = Time between checkpoints; “auto” picks the interval that loses the least time.
parameter_planner_recovery = Recovery
    .doc = Who notices that training has stopped: a program, within 10 minutes, or a person, within 18 hours.
parameter_planner_price = Price
    .doc = Price of one device per hour; “auto” spreads the price of its hardware, with hosts and switches, over four years.
preset_planner_gpt_3 = 175B, Megatron on 1,024 A100
preset_planner_opt = OPT-175B, restarted by hand
preset_planner_llama_3 = Llama 3 405B on 16,384 H100
preset_planner_wafers_1_3b = 1.3B on 4 CS-2
preset_planner_wafers_20b = 20B on 7 CS-2
preset_planner_wafers_fine_tune = Fine-tune 1.3B on 4 CS-2
value_automatic = Automatic
value_by_hand = By hand

## What it refuses, and why there is no other cluster.

planner_refused_mtbf_hours = mtbf_hours must leave at most { $most } interruptions of the training, got { $got }, which gives { $gives }
planner_refused_checkpoint_interval = checkpoint_interval must be short enough to leave at most { $most } interruptions of the training, got { $got }, which gives { $gives }
planner_uncounted = more than can be counted
planner_refused_tokens = tokens must keep the training within { $most }, but { $got } would take { $takes }: use fewer tokens or more devices
planner_too_slow = even { $devices } would take { $times } times as long, and more would not help

## Its figures.

planner_given = given
planner_mean = closed form of the mean: steps, checkpoints, failures
planner_band = the 5th and 95th percentile of 200 simulated futures, widened by the error of simulated steps against published ones
planner_low_end = { $figure }, low end
planner_high_end = { $figure }, high end
figure_planner_days = from start to end
    .source = { planner_mean }; ends: { planner_band }
figure_planner_goodput = goodput
    .source = steps that count over elapsed time; ends: { planner_band }
figure_planner_interruptions = interruptions
    .source = closed form; time between failures of one device: { $mtbf }; ends: { planner_band }
figure_planner_time_to_first_step = to the first step
    .source = straight lines through published timings; ends: the shortest and the longest of them
figure_planner_cost = cost
    .source = device-hours × price; price: { $price }; ends: { planner_band }
figure_planner_rent = cost if rented
    .source = device-hours × list price; price: { $price }; ends: { planner_band }
figure_planner_energy = energy
    .source = power over the days, with hosts and switches: { $power }; low end: the devices alone; ends: { planner_band }
figure_planner_parameters = parameters
    .source = shape of the model
figure_planner_tokens = tokens
    .source = given, 20 for each parameter, or 2,000 steps of fine-tuning; in whole steps
figure_planner_undisturbed_days = if nothing failed
    .source = steps and checkpoints
figure_planner_step_days = of steps
    .source = whole steps × the length of a step
figure_planner_tokens_per_s = throughput
    .source = the simulated step
figure_planner_device_hours = device-hours
    .source = devices × days
figure_planner_training_flop = to compute
    .source = model FLOP of PaLM, appendix B
figure_planner_memory_per_device = memory per device
    .source = model state, activations and reserve of the fullest device
    .wafers = activations of one layer, and those inputs of layers that stay on the wafer; weights are not kept
figure_planner_checkpoint_hours = between checkpoints
    .source = Young and Daly: the interval that loses the least time
figure_planner_checkpoint_time = to write a checkpoint
    .gpu = bytes per parameter, written by each GPU at the rate of BLOOM’s
    .cs = a straight line through timings of models up to 6B; larger models are written in parts
figure_planner_cluster_mtbf = between failures
    .source = of a device, over the devices
figure_planner_decisions = numbers to choose
figure_planner_longest_context = longest sequence
    .source = the longest of 1k to 128k whose memory fits, with fused attention; GPUs may divide a sequence among them
figure_planner_longest_context_unfused = longest sequence, attention not fused
    .source = the longest of 1k to 128k whose memory fits, without fused attention
figure_planner_other = about as fast
    .source = the smallest number of devices of the other kind, from about the same year, that match it in tokens per second, with the same batch of { $batch }
    .nearby = the smallest number of devices of the other kind, from about the same year, that match it in tokens per second, with a batch of { $batch }, the nearest to { $same } that divides evenly among them
figure_planner_fastest_other = fastest of the other kind
    .source = more of them would be no faster, with a batch of { $batch }
figure_planner_other_days = on { $devices }
figure_planner_other_cost = cost on { $devices }
figure_planner_other_energy = energy on { $devices }
figure_planner_other_longest_context = longest sequence on { $device }

## Marks of a training.

planner_mark_first_step = On { $devices }: the first step, after { $parts }.
planner_mark_first_failure = On { $devices }: the first failure; { $lost } of work are lost, and training resumes after { $back }.
planner_mark_half_way = On { $devices }: half of the work is done after { $time }.
planner_mark_done =
    { $n ->
        [one] On { $devices }: done after { $time }, { $n } interruption included.
       *[other] On { $devices }: done after { $time }, { $n } interruptions included.
    }
planner_takes = { $phase } { $time }
planner_phase_queue = queue
planner_phase_compile = compile
planner_phase_first_checkpoint = first checkpoint
planner_phase_initialisation = initialisation
planner_phase_weights = weights
planner_phase_training = training
planner_phase_lost_work = lost work
planner_phase_unnoticed = unnoticed
planner_phase_restart = restart

## What the player says of a training.

planner_key_done = share done
planner_key_ready = getting ready
planner_key_failure = failure
planner_key_checkpoint = checkpoint
planner_curve = share of the work done
planner_does_training = training
planner_does_lost_work = training, but this stretch will be lost in the next failure
planner_does_unnoticed = standing still, and nobody has noticed yet
planner_does_restart = restarting
planner_does_queue = waiting in the queue
planner_does_compile = compiling
planner_does_first_checkpoint = writing the first checkpoint
planner_does_initialisation = initialising
planner_does_weights = loading weights
planner_says = { $devices }: { $done } done, now { $doing }.
planner_says_interrupted =
    { $n ->
        [one] { $devices }: { $done } done, now { $doing }; one interruption so far.
       *[other] { $devices }: { $done } done, now { $doing }; { $n } interruptions so far.
    }
planner_says_over =
    { $devices ->
        [one] { $devices } is done after { $time }.
       *[other] { $devices } are done after { $time }.
    }
planner_alone = The other kind of cluster cannot do this: { $reason }.
planner_over = done after { $time }
planner_interruptions =
    { $n ->
        [one] { $n } interruption
       *[other] { $n } interruptions
    }
planner_cell =
    .ten_minutes = a cell is ten minutes
    .hour = a cell is an hour
    .quarter_day = a cell is a quarter of a day
    .day = a cell is a day
    .week = a cell is a week
    .thirty_days = a cell is 30 days
planner_card =
    .hour = Hour { $n }, { $devices }
    .day = Day { $n }, { $devices }
    .week = Week { $n }, { $devices }
    .span = { $span }, { $devices }
planner_state = state
    .ahead = still ahead
    .done = { $share } done
planner_checkpoints = checkpoints
    .about = about { $n }
planner_failures = failures
planner_done_now = done, now { $doing }
planner_ends = Done after
    .interval = Line: nine cases in ten, errors of the model included.
    .futures = Ticks: fifty futures, which differ only in what fails.

## Its charts.

planner_plans = Plans
    .open = Open this plan
planner_plan = { $devices }: { $days }, { $cost }
    .beaten = { $devices }: { $days }, { $cost }; another is faster and cheaper
planner_chart_days = Days
    .across = devices
    .up = days, from start to end
planner_twice = Twice as many { $device } are { $factor } times as fast.
planner_half = Half as many { $device } take { $factor } times as long.
planner_no_double =
    { $devices ->
        [one] { $devices } takes { $days }.
       *[other] { $devices } take { $days }.
    }
planner_bands = The bands hold nine cases in ten.
planner_chart_frontier = Cost
    .across = days
    .billions = cost [billion USD]
    .millions = cost [million USD]
    .thousands = cost [thousand USD]
    .ones = cost [USD]
planner_priced = { $device }, at your price
    .year = { $device }, prices of { $year }
planner_costs = Both kinds are priced alike: hardware with hosts and switches, at published prices, spread over four years. Read the result as a factor, not as a percentage.
    .alone = Days against cost. A plan is faded if another one beats it in both.
    .given = { $device } at the price you gave. Compare points on one line, not the two lines.
planner_chart_context = Context
    .across = context [tokens]
    .up = share of a device’s memory
    .unfused = thin line: attention not fused
    .published = lengths of published runs
planner_runs_gpu = GPUs
planner_runs_cs = CS-2
planner_length = { $device }, { $length }, no fused attention: { $need } of { $limit }
    .fused = { $device }, { $length }, fused attention: { $need } of { $limit }
planner_too_long = { $length }, does not fit
planner_run = { $run }, { $tokens }
planner_fits = Sequences of up to { $length } fit on { $device }.
    .until = Sequences of up to { $length } fit on { $device }; { $next } would need { $need } of { $limit }.
    .none = No length fits on { $device }.
planner_published = Published: { $run }, { $length }.
planner_chart_ladder = Growth
    .up = billion parameters, log axis
planner_growth =
    { $n ->
        [one] From { $first } to { $last } in one year: { $parameters } times the parameters, and { $flop } times the FLOP to train it.
       *[other] From { $first } to { $last } in { $n } years: { $parameters } times the parameters, and { $flop } times the FLOP to train it.
    }
planner_growth_at_once = From { $first } to { $last } in the same year: { $parameters } times the parameters, and { $flop } times the FLOP to train it.
planner_model = { $model }: { $parameters }, { $flop }
planner_years = years must be two years from { $low } to { $high } with a comma, the earlier first, got { $got }. The chart shows { $first } to { $last }.
planner_chart_start = Start
    .up = minutes
planner_phase_on = { $device }, { $phase }
planner_phase_time = { $device }, { $phase }: { $time }, { $interval }
planner_start = { $time } to the first step, against { $interval } in published logs. The longest part is { $phase }.
planner_fine_tune =
    .parameters = parameters
    .tokens = tokens
    .days = days
    .fine_tuned = this model, fine-tuned
    .from_scratch = this model, from scratch
    .larger = { $factor } × larger, from scratch
planner_chart_setup = Set-up
    .said = One run, written as the configuration of each side. The values that somebody has to choose are highlighted.
planner_choose =
    { $n ->
        [one] { $devices }: { $n } number to choose
       *[other] { $devices }: { $n } numbers to choose
    }

# Why, and what to try.
purpose_planner = Machines fail, queues are long, and energy and rent are paid by the day.
goal_planner = Be done within a week.
    .now = { $value } so far; needed: at most { $needed }.
    .met = ✓ Reached: { $value }.
try_planner_default = Begin again
    .said = A square is a day. Watch what stops the training, and what it costs to start again.
try_planner_many = Take 4,096 GPUs
    .said = Four times the GPUs are not four times as fast, and more of them means that one fails more often.
