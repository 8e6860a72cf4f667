## The scene Dataflow: what the engine says. What its picture says is in fabric_stage.ftl.

# Parameters.
group_fabric_faults = What goes wrong
parameter_fabric_machine = Machine
    .doc = The wafer-scale engine that runs the program.
parameter_fabric_program = Program
    .doc = What the PEs compute together.
parameter_fabric_algorithm = Algorithm
    .doc = The algorithm; “auto” uses the program’s default.
parameter_fabric_width = Width
    .doc = Columns of PEs.
parameter_fabric_height = Height
    .doc = Rows of PEs.
parameter_fabric_words = Words
    .doc = Words per PE: the length of its vector, the side of its tile, or its number of cells.
parameter_fabric_group = Group
    .doc = PEs in each group of a two-phase sum; “auto” takes the square root of the number of PEs in the line.
parameter_fabric_root = Root
    .doc = Where an all-reduce collects the sum; for a GEMV, where x starts and y ends up. “Auto” takes the faster one.
parameter_fabric_exchange = Exchange
    .doc = When a PE begins the next step of a matrix product: as soon as it has its own tiles (asynchronous), or once all PEs have theirs (lockstep).
parameter_fabric_sparsity = Sparsity
    .doc = Share of the weights that are zero and are not sent.
parameter_fabric_dtype = Numbers
    .doc = Format of the numbers, and of their sums and products.
parameter_fabric_clock_ghz = Clock
    .doc = Clock rate; “auto” takes the machine’s.
parameter_fabric_hop_latency = Hop latency
    .doc = Time from one router to the next; “auto” takes the machine’s.
parameter_fabric_ramp_latency = Ramp latency
    .doc = Time between a router and its compute element, each way; “auto” takes the machine’s.
parameter_fabric_seed = Seed
    .doc = Random seed of the numbers and of the defects.
parameter_fabric_defects = Defective PEs
    .doc = Probability that a PE is defective, spares included.
parameter_fabric_spares = Spare columns
    .doc = Extra columns of PEs next to the rectangle, which replace defective ones.
parameter_fabric_slow_factor = A slow PE
    .doc = Cycles that one slow PE needs for each element.
parameter_fabric_dead_link = A dead link
    .doc = The side of one PE on which its link is dead, in both directions.
parameter_fabric_fault_x = Its column
    .doc = Column of the PE that is slow or has the dead link; “auto” takes the middle.
parameter_fabric_fault_y = Its row
    .doc = Row of the PE that is slow or has the dead link; “auto” takes the middle.
parameter_fabric_window = Window
    .doc = Side of the square of PEs whose wavelets a large run also records; 0 for none.
parameter_fabric_window_x = Window from column
    .doc = First column of the window; “auto” takes the middle.
parameter_fabric_window_y = Window from row
    .doc = First row of the window; “auto” takes the middle.

# Programs, their algorithms, and other values of parameters.
value_reduce = Reduce
value_broadcast = Broadcast
value_all_reduce = All-reduce
value_stream = Stream
value_transpose = Transpose
value_weight_stream = Weight stream
value_stencil = Stencil
value_two_phase = Two phases
value_chain = Chain
value_tree = Tree
value_star = Star
value_snake = Snake
value_multicast = Multicast
value_reduce_broadcast = Reduce, then broadcast
value_ring = Ring
value_single = Single
value_crossing = Crossing
value_merging = Merging
value_circular = Circular
value_mesh = Mesh
value_cannon = Cannon
value_summa = SUMMA
value_direct = Direct
value_two_stage = Two stages
value_five_point = Five points
value_star_25 = 25-point star
value_asynchronous = Asynchronous
value_lockstep = Lockstep
value_corner = Corner
value_centre = Centre
value_north = North
value_east = East
value_south = South
value_west = West

# Presets.
preset_fabric_sum_rectangle = Sum a rectangle
preset_fabric_sum_row = Sum a row
preset_fabric_one_to_all = Broadcast one value
preset_fabric_all_get_sum = All-reduce: every PE gets the sum
preset_fabric_streams_merge = Two streams merge
preset_fabric_streams_cross = Two streams cross
preset_fabric_circle_of_waits = Deadlock: a circle of waiting PEs
preset_fabric_whole_wafer = The whole wafer
preset_fabric_matrix_vector = Matrix times vector
preset_fabric_matrix_matrix = Matrix times matrix
preset_fabric_all_to_all = All-to-all in a row
preset_fabric_weights = Weights stream over activations
preset_fabric_sparse_weights = The same, three weights in four zero
preset_fabric_cells = Cells and their neighbours
preset_fabric_defective_pes = Around defective PEs
preset_fabric_slow_pe = One PE is four times slower
preset_fabric_dead_link = One link is dead

# What cannot be run.
fabric_no_defects = defects must be 0, got { $got }
fabric_no_algorithm = algorithm must be one of { $names } or auto for the program { $program }, got { $got }
fabric_beyond_machine = { $name } must be at most { $most } on { $machine }, got { $got }
fabric_outside = { $name } must be less than { $most }, the size of the rectangle, got { $got }
fabric_window_too_large = window must be at most { $most } here, where up to { $hops } wavelet hops are recorded, got { $got }
fabric_too_much_work = a run may take at most { $most } wavelet hops and products, got about { $got }: lower width, height, words
fabric_too_much_memory = width × height × words must be at most { $most }, got { $got }
fabric_too_many_words = words must be at most { $most } for { $program }: { fabric_full }, got { $got }
fabric_too_high = height must be lower for { $program }: { fabric_full }, got { $got }
fabric_full = a PE would hold { $held } of { $size }, and its { $sram } are { $holds }
fabric_too_large = dtype must be fp32 for results above { $most }, got one of { $got }
fabric_widest = width must be at most { $most } for { $algorithm }, got { $got }
fabric_color_each = each of them needs a color of its own, and the fabric has { $n }
fabric_program_each = each of them has a program of its own
fabric_least_circle = { $name } must be at least 2 PEs for a circle, got { $got }
fabric_least_stream = width must be at least 2 PEs for a stream, got { $got }
fabric_least_crossing = height must be at least 2 PEs for streams that cross, got { $got }
fabric_least_weights = width must be at least 2 PEs, the edge and the others, got { $got }
fabric_too_few_spares = spares must be at least { $least }, one for each defective PE of row { $row }, got { $got }
fabric_link_outside = dead_link must lead to another PE of the rectangle, got { $got } of PE { $at }
fabric_link_too_long = a link must have at most { $most } extra hops, got { $got }
fabric_colors_run_out = a program must do with { $n } colors, got one more for “{ $role }”
fabric_second_route = a router must have one route a color, got a second one on “{ $name }” at PE { $at }: where PEs hear and send on, neighbours alternate between two colors
fabric_route_leaves = a route must stay in the rectangle, got color { $color } leaving it at PE { $at }
fabric_collision = a color may enter a router over one link in a cycle, got two at PE { $at }, color { $color } ({ $name }), cycle { $cycle }
fabric_no_route = a wavelet must meet a route that takes it, got none at PE { $at }, color { $color } ({ $name }), cycle { $cycle }

# Titles.
fabric_size = { $width } × { $height } PEs
fabric_reduce_title = Adding up { $vectors } of { $words }
fabric_broadcast_title = Broadcast of { $words } to { $size }
fabric_all_reduce_title = All-reduce of { $vectors } of { $words }
fabric_stream_title = Streams of { $words } on { $size }
fabric_gemv_title = A matrix of { $rows } × { $columns } times a vector on { $size }
fabric_gemm_title = Two matrices of { $side } × { $side } multiplied on { $size }
fabric_transpose_title = All-to-all in rows, { $words } for each pair: { $size }
fabric_weights_title = { $features }, { $zero } of the weights zero: { $size }
fabric_stencil_title = { $steps } steps of a 5-point stencil on { $size } with { $cells } each
fabric_wave_title = { $steps } steps of a wave, 25-point star, on { $size } with { $cells } each
fabric_title_circle = Deadlock: PEs waiting in a circle ({ $size })
fabric_title_no_way = Deadlock: a dead link and no detour ({ $size })
fabric_title_wrong = { $title }, { $wrong }
fabric_title_part = { $title }, of which { $shown } are shown
verdict_fabric = Done after { $cycles }, which is { $time }.
verdict_fabric_faults = Done after { $cycles } with these faults, after { $sound } without them.
verdict_fabric_best = “{ $algorithm }” takes { $cycles }, which is { $time }. By the closed forms, no other algorithm is faster here.
verdict_fabric_slower = “{ $algorithm }” takes { $cycles }. “{ $best }” does the same in { $least }: { $ratio } times as fast.
fabric_title_defective = { $defective } defective
fabric_title_slow = one PE { $n } times slower
fabric_title_dead = one link dead

# What each PE does, said at the start.
fabric_started = All tasks have started, after { $startup } of start-up; the clock counts from here.
fabric_hop_note = A hop takes { $hop } here. On { $machine }, an unreviewed measurement found { $measured }; the vendor’s SDK assumes { $assumed }.
fabric_assumed_note = For { $machine }, these constants are assumed to be those of { $like }: { $constants }.
fabric_constant_hop_latency = latency of a hop
fabric_constant_ramp_latency = latency of the ramp
fabric_constant_queue_depth = depth of the queues
fabric_constant_vector_gap = gap between vector operations
fabric_constant_task_startup = start-up time of tasks
fabric_constant_fp16_per_cycle = fp16 operations per cycle
fabric_constant_fp32_per_cycle = fp32 operations per cycle
fabric_constant_sram_read = bytes read per cycle
fabric_constant_sram_write = bytes written per cycle
fabric_rows_first = Rows are summed first, then the first column.
fabric_reduce_two_phase = Each PE adds the vector it receives to its own and passes the sum on within its group; then the first PEs of the groups do the same. { fabric_rows_first }
fabric_reduce_chain = Each PE adds the vector it receives to its own and passes the sum on. { fabric_rows_first }
fabric_reduce_tree = PEs add in pairs, then in pairs of pairs. { fabric_rows_first }
fabric_reduce_star = The PEs of a row send their vectors to its first PE, one after the other, and it adds them all. { fabric_rows_first }
fabric_reduce_snake = One line winds through all PEs. Each PE adds the vector it receives to its own and passes the sum on.
fabric_broadcast_note = One PE sends its vector once. Every router delivers it to its PE and copies it onward.
fabric_all_reduce_broadcast = The vectors are summed along the rows and then along one column; the PE that has the sum sends it to all the others.
fabric_all_reduce_ring = In every step a PE sends one block of its vector to the next PE and adds the block it receives; then the finished blocks go round. Rows are summed first, then columns.
fabric_stream_single = One end of the middle row sends and the other receives; the routers in between pass the wavelets on.
fabric_stream_crossing = One vector goes along the middle row, one down the middle column. They cross in one router.
fabric_stream_merging = Two vectors go to one PE. From where the second joins the first, they share every link and take turns.
fabric_stream_circular = Every PE around the rectangle sends to the next one before it receives.
fabric_gemv_note = Each PE receives its part of x and multiplies its tile by it; the products of a row are added up in its first PE.
fabric_part_note = Simulating all { $size } would take too long. The picture shows { $shown } that stand for them. Cycles and time are those of the whole: this part was simulated, and a closed form adds the rest.
fabric_gemv_note_centre = The parts of x start from the middle row, up and down. Each PE multiplies its tile by the part it receives, and the sums of a row meet in its middle PE.
fabric_gemv_pairs = { $note } A wavelet carries two fp16 numbers; the picture shows the first.
fabric_gemm_step = In every step, a PE multiplies a tile of A by one of B and adds the product to its tile of C.
fabric_gemm_mesh = { fabric_gemm_step } Meanwhile the tiles move on, to a PE that is at most two away.
fabric_gemm_cannon = { fabric_gemm_step } Meanwhile the tiles move on by one PE, and from the last PE back across all others.
fabric_gemm_summa = { fabric_gemm_step } Its row and its column pass the tiles of the next step on from PE to PE.
fabric_gemm_summa_lockstep = In every step, the routers copy a tile of A to its whole row and a tile of B to its whole column. Once all PEs have both, all of them multiply; nobody sends again until all have multiplied.
fabric_gemm_lockstep = { $note } No PE begins a step until all have finished the previous one.
fabric_transpose_direct = Each PE sends a block to every other PE of its row, the nearest first; a switch behind each block lets the next one go one PE further.
fabric_transpose_two_stage = Each PE first sends what is meant for another group to the PE in the same place of that group; then each group exchanges what it has received.
fabric_weights_note = The first column sends the weights that are not zero; each PE multiplies every weight by its tokens and adds the result. At the end, each column is summed in its first PE.
fabric_stencil_note = In every step, a PE sends its cells to its four neighbours, adds up what it receives, and mixes it with its own cells.
fabric_wave_note = In every step, a PE receives the columns of four neighbours on each side, multiplies and adds each of them, and does the same with the cells above and below in its own column.

# Marks.
fabric_first_wavelet = The first wavelet leaves its router.
fabric_first_sum = A compute element adds the first number it receives.
fabric_first_product = A compute element multiplies.
fabric_rows_summed = Every row is summed in column { $column }; now that column is summed.
fabric_sum_done = PE { $at } has the total and sends it to all PEs.
fabric_ring_rows_done = Every PE has the sum of its row; now the blocks go round in the columns.
fabric_gemv_multiplied = Every PE has multiplied its tile; now each row adds up its products.
fabric_weights_multiplied = Every weight has met every token; now each column adds up its results.
fabric_first_step = Every PE has finished the first of { $steps } steps.
fabric_all_done = The last operation has ended; the result is in place.
fabric_waits_in_circle = Nothing can move any more: the PEs wait for each other.
fabric_nothing_crosses = Nothing can move any more: nothing crosses the dead link.
fabric_defective_and_spare =
    { $defective } { $defective ->
        [one] is
       *[other] are
    } defective, and { $spare } { $spare ->
        [one] is
       *[other] are
    } spare.
fabric_slow = PE { $at } takes { $cycles } for each element.
fabric_dead = The link between PEs { $one } and { $other } is dead.

# What an operation does. Where data come from and where they go:
fabric_from =
    { $origin ->
        [north] from the north
        [east] from the east
        [south] from the south
        [west] from the west
        [root] from the root
        [first] of the first stream
        [second] of the second stream
        [before] from the PE before
       *[behind] from the PE behind
    }
fabric_to =
    { $goal ->
        [north] north
        [east] east
        [south] south
        [west] west
        [all] to everybody
        [next] to the next PE
        [middle] to the middle row, then east
       *[on] on
    }
fabric_side =
    { $side ->
        [north] to the north
        [east] to the east
        [south] to the south
       *[west] to the west
    }
fabric_step = step { $step } of { $steps }
fabric_send = Send { $words } { fabric_to }.
fabric_receive = Receive { $words } { fabric_from }.
fabric_add = Receive { $words } { fabric_from }, add.
fabric_add_send = Receive { $words } { fabric_from }, add, send { fabric_to }.
fabric_round =
    block { $block } of { $blocks } round the { $axis ->
        [row] row
       *[column] column
    }
fabric_ring_send = Send { fabric_round }.
fabric_ring_receive = Receive { fabric_round }.
fabric_ring_add = Receive { fabric_round }, add.
fabric_gemv_send = Send { $words } of x along the column.
fabric_gemv_receive = Receive { $words } of x.
fabric_gemv_multiply = Multiply the tile of { $edge } × { $edge } by x.
fabric_gemm_send = Send { $words } of { $matrix }, { fabric_step }.
fabric_gemm_receive = Receive { $words } of { $matrix }, { fabric_step }.
fabric_gemm_pass = Receive { $words } of { $matrix }, { fabric_step }, keep and pass on.
fabric_gemm_multiply = Multiply two tiles of { $edge } × { $edge } and add to C, { fabric_step }.
fabric_send_place = Send { $words } to place { $place } { fabric_side }.
fabric_receive_place = Receive { $words } from place { $place } { fabric_side }.
fabric_send_group = Send { $words } { fabric_to }, for group { $group }.
fabric_receive_group = Receive { $words } of group { $group }, for place { $place }.
fabric_pass_on = Pass on { $words } { fabric_to }.
fabric_weights_send =
    { $n ->
        [one] Send the weight of the row that is not zero.
       *[other] Send the { $n } weights of the row that are not zero.
    }
fabric_weights_receive = Receive { $weights }; multiply each by { $tokens } and add.
fabric_stencil_send = Send { $cells } to all neighbours, { fabric_step }.
fabric_stencil_receive = Receive { $cells } { fabric_from }, { fabric_step }.
fabric_stencil_add = Receive { $cells } { fabric_from }, add, { fabric_step }.
fabric_stencil_halve = Halve the cells, { fabric_step }.
fabric_stencil_eighth = Add an eighth of the neighbours’ sum, { fabric_step }.
fabric_wave_start = Start with minus the cells of the step before, { fabric_step }.
fabric_wave_send = Send { $cells } { fabric_to }, { fabric_step }.
fabric_wave_above = Multiply the cells { $far } above and add, { fabric_step }.
fabric_wave_below = Multiply the cells { $far } below and add, { fabric_step }.
fabric_wave_receive = Receive { $cells } from { $far } { fabric_side }, { fabric_step }.
fabric_wave_multiply = Multiply the cells from { $far } { fabric_side }, { fabric_step }.
fabric_wave_add = Add the cells from { $far } { fabric_side }, { fabric_step }.
fabric_wave_multiply_own = Multiply the cells themselves, { fabric_step }.
fabric_wave_add_own = Add the cells themselves, { fabric_step }.

# What a color carries.
fabric_color = { $role }, { $which }
fabric_no_color = none
fabric_even = even
fabric_odd = odd
fabric_level = level { $level }
fabric_group = group { $group }
fabric_place = place { $place }, { $parity }
fabric_row_sum = row sum { fabric_to }
fabric_column_sum = column sum { fabric_to }
fabric_snake_sum = sum along the snake
fabric_partial_sums = partial sums { fabric_to }
fabric_broadcast = broadcast
fabric_ring =
    { $axis ->
        [row] row ring
       *[column] column ring
    }
fabric_ring_back = back to the first
fabric_stream = stream { fabric_to }
fabric_stream_first = first stream
fabric_stream_second = second stream
fabric_one_step = one step
fabric_gemv_x = x along its column
fabric_gemm_way = { $matrix } { fabric_to }
fabric_gemm_row = A along its row
fabric_gemm_column = B along its column
fabric_between_groups = { fabric_to } between groups
fabric_block = block to every other PE
fabric_from_one = from { $place } { fabric_to }
fabric_from_both = from { $east } east or { $west } west
fabric_from_nobody = from nobody
fabric_weights = weights east
fabric_cells = cells of group { $group }
fabric_wave_way = cells { fabric_to }

# Figures, and what they follow from.
fabric_simulation_with_startup = cycle-level simulation, with start-up
fabric_part_source = cycle-level simulation of a part, closed form for the rest; with start-up
fabric_simulation_after_startup = simulation, after start-up
fabric_walked = critical path of the simulation; the five parts add up to its cycles
fabric_closed_form = closed form of Luczynski et al., HPDC’24, arXiv:2404.15888; without start-up and gaps between operations
fabric_stream_source = 2 B + L + 2 T_R + 1: the receiver takes both vectors one after the other
fabric_gemv_source = broadcast of x, products, sum of a row; with gaps between operations
fabric_gemm_source = work of a compute element: products, and one word in or out per cycle; with gaps between operations
fabric_gemm_lockstep_source = number of steps × time of one step, which depends on the longest path of a tile and on the work of a compute element; with gaps between operations
fabric_middle_link = n² w / 4: what crosses the middle link of a row
fabric_middle_link_and_groups = { fabric_middle_link }; then the exchange inside a group
fabric_weights_source = an AXPY for each weight that is not zero, then the sum of a column; with gaps between operations
fabric_stencil_source = five exchanges and two operations per step, for a fabric of any size; with gaps between operations
fabric_wave_source = 43 instructions, 16 words in and 4 out per cell and step, for a fabric of any size; with gaps between operations
fabric_poisson = Y = exp(−A D), defects at random: Murphy, Proc. IEEE 52(12), 1964; Stapper et al., Proc. IEEE 71(4), 1983
fabric_binomial = Y = P(at most s of n + s PEs of a row are defective) ^ rows, each with 1 − exp(−a D)
fabric_drawn = defects placed at random on { $wafers }, and counted
fabric_at_density = { $rule }; at { $density } defects a cm² ({ $source })
figure_fabric_cycles = simulated, { $startup } of them start-up
figure_fabric_time = at { $clock }
    .source = cycles over the clock
figure_fabric_sound_cycles = without any faults
figure_fabric_lost_share = of the cycles lost
    .source = 1 − cycles without any fault over cycles; of a deadlock, all
figure_fabric_lucky = of the cycles lost; by chance, the run is { $saved } faster
    .source = with and without the faults; words that came late let others go first, and whatever waited for those began sooner
figure_fabric_extra_hops = extra hops
    .source = past defective PEs and around dead links, summed
figure_fabric_defective_pes = defective PEs
    .source = drawn with the seed, spares included
figure_fabric_model_cycles = closed form, without start-up
figure_fabric_max_error = difference from NumPy
    .source = largest difference between the result and NumPy’s
figure_fabric_wavelet_hops = wavelet hops
    .source = cycle-level simulation, links only
figure_fabric_link_utilisation = links at work
figure_fabric_pe_utilisation = PEs at work
figure_fabric_stalled_cycles = stalled
    .source = cycles in which a wavelet or an operation could not go on, summed
figure_fabric_startup_cycles = start-up
figure_fabric_hop_latency = for a hop
figure_fabric_model_distance = distance
figure_fabric_model_contention = contention
figure_fabric_model_depth = depth
figure_fabric_model_compute = products
figure_fabric_model_startup = gaps
figure_fabric_deadlock = deadlock
    .source = nothing could move and work remained
figure_fabric_path_distance = distance, on the path
figure_fabric_path_contention = contention, on the path
figure_fabric_path_depth = depth, on the path
figure_fabric_path_compute = products, on the path
figure_fabric_path_startup = start-up and gaps, on the path
figure_fabric_yield_die = single dies that work
figure_fabric_yield_unspared = wafers that work without spares
figure_fabric_yield_spared = wafers that work with these spares
figure_fabric_drawn_die = single dies, drawn at random
figure_fabric_drawn_spared = wafers with spares, drawn at random
figure_fabric_defect_density = defects, published
figure_fabric_picture_density = defects in the picture
    .source = −ln(1 − share of defective PEs) over the area of a PE

# What the page asks, why, and what to try.
question_fabric_reduce = How do { $cores } cores add up by talking to neighbours only?
    .purpose = Every step of AI training ends with such a sum.
question_fabric_broadcast = How does one core reach { $cores } through neighbours only?
    .purpose = New weights reach the cores of a wafer in this way.
question_fabric_all_reduce = How do { $cores } cores all learn their sum?
    .purpose = Data-parallel training ends each step with such a sum, which everybody needs.
question_fabric_stream = What happens when streams of data share the network?
    .purpose = Many of them cross a wafer at the same time.
question_fabric_transpose = How does every core send something to every other core?
    .purpose = Fourier transforms and mixtures of experts exchange their data in this way.
question_fabric_gemv = How do { $cores } cores multiply a matrix with a vector?
    .purpose = A language model that writes one token does little else.
question_fabric_gemm = How do { $cores } cores multiply two matrices?
    .purpose = Training a language model consists mostly of such products.
question_fabric_weight_stream = How does a layer compute whose weights are never stored?
    .purpose = This is how a CS-2 trains models that are larger than its memory.
question_fabric_stencil = How fast are { $cores } cores that need their neighbours all the time?
    .purpose = Heat, flow and waves are computed in this way.
goal_fabric_reduce = Make the sum twice as fast as a star does it.
goal_fabric_broadcast = Keep a fifth of the links at work.
goal_fabric_all_reduce = Make the sum reach every core six times as fast as on a ring.
goal_fabric_stream = Let two streams take no longer than one.
goal_fabric_transpose = Keep 30 % of the links at work.
goal_fabric_gemv = Keep the PEs at work for three quarters of the time.
goal_fabric_gemm = Make the product 1.1 times as fast as “Mesh” does it.
goal_fabric_weight_stream = Make the layer twice as fast as with no weight that is zero.
goal_fabric_stencil = Keep the PEs at work for three quarters of the time.
goal_fabric =
    .now = { $value } so far; needed: { $needed }.
    .met = ✓ Reached: { $value }.
try_fabric_star = Add up again, with the star
    .said = In each row, all send to the first core, and most wait in a queue. What if they shared the work?
try_fabric_two_phase = Try two phases
    .said = Short chains at once, then a chain of their results. Is that best for every length?
try_fabric_one_word = Try a single word in each core
    .said = With one word the star wins: it has the shortest path and hardly any queue.
try_fabric_many_words = Try 256 words in each core
    .said = With 256 words the chain wins: every link carries each word only once.
