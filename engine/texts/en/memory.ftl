## The scene Memory.

# Words that other texts take in.
memory_level =
    { $level ->
        [registers] registers
        [l1] L1
        [l2] L2
        [sram] SRAM
        [hbm] HBM
        [neighbour] neighbour
        [outside] outside
        [host] host
       *[memory] memory
    }
memory_from =
    { $level ->
        [host] from the host
       *[hbm] from { memory_level }
    }
memory_unit =
    { $unit ->
        [PE_column] column of PEs
       *[PE] { $unit }
    }
memory_units =
    { $unit ->
        [SM] SMs
        [PE_column] columns of PEs
        [unit] units
       *[PE] PEs
    }
memory_bound =
    { $bound ->
        [compute] computing
        [memory] memory bandwidth
       *[latency] latency
    }

# Examples and parameters.
preset_memory_axpy = Add two vectors (AXPY)
preset_memory_reading = Read a whole model once
preset_memory_streamed = Streamed from outside: the wafer loses
preset_memory_decode = One token at a time (decode)
preset_memory_gemm = Multiply matrices
preset_memory_few_requests = Few requests under way
parameter_memory_machines = Machines
    .doc = One to three machines side by side.
parameter_memory_kernel = Kernel
    .doc = What the machines compute.
parameter_memory_model = Model
    .doc = The language model that the tokens pass through.
parameter_memory_n = Size
    .doc = Length of the vector or row, side of the matrix, or number of earlier tokens.
parameter_memory_batch = Batch
    .doc = How many vectors, rows, right-hand sides, products, sequences or tokens are processed at once; 0 only reads the model.
parameter_memory_dtype = Data type
    .doc = The number format of all operands.
parameter_memory_weights = Data are
    .doc = Where the operands are at the start: in the nearest memory that holds them, in HBM, or outside the wafer.
parameter_memory_outstanding = Under way
    .doc = How many requests a compute unit may have under way at once; a PE never needs more than two for its SRAM.
parameter_memory_seed = Seed
    .doc = Random seed for the variation in off-chip latency.
parameter_memory_custom_tflop_per_s = Your peak
    .doc = Peak rate of the machine that you define.
parameter_memory_custom_gb_per_s = Your bandwidth
    .doc = Bandwidth of its main memory.
parameter_memory_custom_latency_ns = Your latency
    .doc = Time from sending a request until the data are back.
parameter_memory_custom_capacity_gb = Your capacity
    .doc = Capacity of its main memory.
value_custom = Your machine
value_axpy = AXPY
value_dot = Dot product
value_layernorm = Layer norm
value_attention_decode = Attention (decode)
value_model_pass = Pass through a model
value_resident = In place
value_streamed = From outside
value_hbm = HBM
value_sram = SRAM
value_l2 = L2
value_link = link
value_compute = compute
value_memory = memory
value_latency = latency

# Refusals.
memory_machines_at_most = machines must be at most { $most }, as many as fit on one screen, got { $got }
memory_batch_at_least = batch must be at least 1 for { $kernel }, got { $got }
memory_n_at_most = n must be at most { $most } for the side of a matrix, got { $got }
memory_no_hbm = weights must be resident or streamed where no machine has HBM, got 'hbm'

# Titles.
memory_title_axpy = Add two vectors of { $n } elements
memory_title_dot = Multiply and sum two vectors of { $n } elements
memory_title_layernorm =
    { $batch ->
        [one] Normalise one row of { $n } elements
       *[other] Normalise { $batch } rows of { $n } elements
    }
memory_title_gemv =
    { $batch ->
        [one] Multiply a { $n } × { $n } matrix with one vector
       *[other] Multiply a { $n } × { $n } matrix with { $batch } vectors
    }
memory_title_gemm = Multiply { $n } × { $n } matrices
memory_title_attention_decode =
    { $batch ->
        [one] One new token looks back at { $n }, in one sequence
       *[other] One new token looks back at { $n }, in { $batch } sequences
    }
memory_title_model_pass =
    { $batch ->
        [one] Pass one token through { $model }
       *[other] Pass { $batch } tokens through { $model }
    }
memory_title_reading = Read { $model } once

# Marks, and what happens now.
memory_start = All machines start at the same moment and ask for their first data.
memory_first_data = { $machine }: the first data are back { memory_from } after { $time }.
memory_pipe_full = { $machine }: the pipe { memory_from } is full; from now on, all { memory_units } share its { $bandwidth }.
memory_computing = { $machine }: from here on compute never waits; data arrive sooner than they are used.
memory_waiting = { $machine }: no { memory_unit } may request more until its data are back, so the pipe { memory_from } is idle for { $idle } of the time.
memory_step = { $machine } has done the first of { $n } steps; the next needs its result, and waits { $time } for it.
memory_done = { $machine } has finished, after { $time }.
memory_takes = { $time } on { $machine }
memory_end = The recording ends here. The whole kernel takes { $times }.
memory_exchanges = { $machine } has its data; what is left is the time its steps spend waiting for one another.
memory_computes = { $machine } computes { $share } of the time, with { $bytes } under way.
memory_reads = { $machine } has read { $share }, with { $bytes } under way.

# Figures.
figure_memory_time = { $machine }: time
    .source = simulated requests, plus the waits between dependent steps
figure_memory_fraction_of_peak = { $machine }: share of its peak
    .source = achieved FLOP/s, over the peak of the data sheet
figure_memory_bound = { $machine }: bound by
    .source = the largest part of the time
figure_memory_steps = { $machine }: dependent steps
    .source = each needs the result of the one before
figure_memory_exchange_time = { $machine }: waits between steps
    .source = sums and broadcasts across the wafer, or for a prompt tiles that shift and vector operations that start; on a GPU, kernel launches or trips through L2
figure_memory_tokens_per_s = { $machine }: rate
    .source = tokens of the pass over its time
figure_memory_published_tokens_per_s = { $machine }: published
figure_memory_achieved_flop_per_s = { $machine }: achieved
    .source = FLOP over time
figure_memory_achieved_bandwidth = { $machine }: bandwidth
    .source = bytes { memory_from } over time
figure_memory_flop = { $machine }: operations
    .source = counted
figure_memory_bytes_moved = { $machine }: bytes
    .source = what comes { memory_from }, counted with reuse
figure_memory_arithmetic_intensity = { $machine }: intensity
    .source = FLOP over bytes moved
figure_memory_ridge = { $machine }: ridge
    .source = FLOP/s that the units reach, over the bandwidth reached { memory_from }
figure_memory_attainable_flop_per_s = { $machine }: roofline
    .source = the lower of the FLOP/s that the units reach and intensity × bandwidth reached
figure_memory_level = { $machine }: operands in
    .source = where they are when the kernel starts; the link, if bringing in what does not fit takes longest
figure_memory_fits = { $machine }: fits
    .source = { $footprint } against the capacity
figure_memory_outstanding_needed = { $machine }: requests needed under way
    .source = Little's law: bandwidth × latency, over units and bytes
figure_memory_time_read_ports = { $machine }: time by read ports
    .source = the headline counts read and write ports; reads have 16 of 24 bytes a cycle
figure_memory_local_bandwidth_low = { $machine }: bandwidth at the units, low end
    .source = { $units } × { $bytes } × { $clock }
figure_memory_local_bandwidth_high = { $machine }: bandwidth at the units, high end
    .source = { $units } × { $bytes } × { $clock }
figure_memory_vendor_bandwidth = { $machine }: as advertised
    .source = the vendor's headline
figure_memory_bandwidth_per_mm2 = { $machine }: per mm²
    .source = bandwidth { memory_from } on the data sheet, over area
figure_memory_bandwidth_per_w = { $machine }: per watt from the wall
    .source = bandwidth { memory_from } on the data sheet, over power from the wall, hosts and switches included, for wafers and GPUs alike
figure_memory_fastest = Fastest
    .source = shortest time, one chip against one chip
figure_memory_time_ratio = { $fastest }: times as fast as { $slowest }
    .source = the time of the slowest over that of the fastest

# The picture.
memory_request = { $bytes } requested
memory_data = { $bytes } of data
memory_computing_key = computing
memory_starved = waiting
memory_true_distance = True distance
    .title = Distances in proportion to latency
memory_true_bandwidth = True bandwidth
    .title = Heights of the pipes in proportion to bandwidth
memory_level_at = { memory_level } { $time }
memory_round_trip = { $time } there and back
    .short = { $time }
memory_round_trip_assumed = { $time } there and back, assumed
    .short = { $time } (assumed)
memory_one_cycle = { $time } there and back: one cycle
memory_sum = The sum of { $n } local memories.
memory_own = Each { $unit } is this close to its own { $bytes } only.
verdict_memory =
    { $first ->
        [wafer] The wafer ({ $winner })
        [gpu] The GPU ({ $winner })
       *[other] { $winner }
    } is { $times } times as fast as { $last ->
        [wafer] the wafer ({ $loser })
        [gpu] the GPU ({ $loser })
       *[other] { $loser }
    }: { $short } against { $long }.
verdict_memory_even = This one is a tie: the same work takes { $time } on each.
memory_bar_stands = one bar: { $each }
memory_enlarged = enlarged { $times } times
memory_ruler =
    distance: round trip, { $distance ->
        [true] in proportion
       *[log] log scale
    } · height of a pipe: bandwidth, { $height ->
        [true] in proportion
       *[log] log scale
    }
memory_ruler_short =
    distances { $distance ->
        [true] in proportion
       *[log] on a log scale
    }, heights { $height ->
        [true] in proportion
       *[log] on a log scale
    }
memory_ruler_alike =
    distances and heights { $distance ->
        [true] in proportion
       *[log] on log scales
    }
memory_slowed = slowed { $times } times
memory_has_finished = and all the work is done
memory_of_work = of the work done
memory_across = each step needs the one before
memory_compute_in_use = compute { $share } busy
memory_pipe_in_use = pipe { $share } busy
memory_under_way = { $bytes } under way
memory_requests = requests under way

# What is selected.
memory_level_of = { memory_level } of { $machine }
memory_in_use = { $share } in use
memory_bandwidth = Bandwidth
memory_sheet = Data sheet
memory_of_sheet = of { $bandwidth }
memory_trip = Round trip
memory_holds = Holds
memory_holds_nothing = nothing of its own
memory_moves = This kernel moves
memory_one_request = One request
memory_requests_line = Under way
memory_unit_of =
    { $unit ->
        [PE_column] Column of PEs { $n } of { $machine }
        [unit] Unit { $n } of { $machine }
       *[PE] { $unit } { $n } of { $machine }
    }
memory_unit_done = done
memory_unit_computes = computes { $share }
memory_stands_for = Stands for
memory_stands_for_all = { $n } of them; { $shown } are shown
memory_data_from = Data from
memory_data_from_level = { memory_level }, { $time } there and back
memory_computed_so_far = Computing so far
memory_bound_by = Bound by
memory_whole_kernel = Whole kernel
memory_computing_line = Computing, all shown

# Charts.
memory_roofline = Roofline
    .hint = Drag the point to change how much the kernel computes per byte.
memory_speed = speed [TFLOP/s]
memory_intensity = arithmetic intensity [FLOP/B]
memory_held_back = This kernel is limited by { memory_bound } on { $machine }.
memory_held_back_both = This kernel is limited by { memory_bound } on both machines.
memory_held_back_all = This kernel is limited by { memory_bound } on all machines.
memory_held_back_each = { $machine } by { memory_bound }
memory_held_back_differently = This kernel is limited on { $machines }.
memory_bandwidth_read =
    { $reading ->
        [chip] per chip
        [w] per watt
       *[mm2] per mm²
    }
memory_bandwidth_axis = bandwidth { memory_bandwidth_read }, log axis
memory_bandwidth_ratio =
    { $reading ->
        [chip] Per chip: { $most } has { $factor } times the bandwidth of { $least }.
        [w] Per watt from the wall: { $most } has { $factor } times the bandwidth of { $least }.
       *[mm2] Per mm²: { $most } has { $factor } times the bandwidth of { $least }.
    }
memory_bandwidth_alone =
    { $reading ->
        [chip] Per chip. Choose two machines to compare.
        [w] Per watt from the wall. Choose two machines to compare.
       *[mm2] Per mm². Choose two machines to compare.
    }
memory_machine_level = { $machine } { memory_level }
memory_bandwidth_at = { $memory }: { $bandwidth }
memory_at_units = at its units: { $bandwidth }
memory_vendor_says = { $machine }, says the vendor
memory_fits = What fits
memory_fits_bytes = bytes: weights, then the rest
memory_fits_same = For training, { $model } is the largest model that fits whole on each machine. The lines mark their memory.
memory_fits_largest = The largest models that fit whole for training: { $models }. The lines mark the memory.
memory_fits_on = { $model } on { $machine }
memory_fits_none = none on { $machine }
memory_must_leave = What must leave
memory_with_capacity = { $machine }, { $capacity }
memory_leaves =
    { $what ->
        [nothing] fits
        [optimiser] optimiser
        [weights] weights
       *[activations] activations
    }

# Why, and what to try.
question_memory_near = How much faster is memory beside every core?
    .purpose = A core waits until its numbers arrive.
goal_memory = Find work at which the GPU wins.
    .now = The wafer is { $inverse } times as fast.
    .met = ✓ Reached: the GPU is { $value } times as fast.
try_memory_resident = Begin again with vectors that are there
    .said = Both machines hold the vectors in their own memory. Which of them waits?
try_memory_streamed = Let the vectors come from outside
    .said = Now everything has to come in through the links at the edge of the wafer, and those are not wider than the memory of a GPU.
