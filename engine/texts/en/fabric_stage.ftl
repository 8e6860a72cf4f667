## What the browser says over the picture of the scene Dataflow, and what its charts say.

# Where one is.
fabric_stage_wafer = Wafer
fabric_stage_mesh = Mesh
fabric_stage_pe = PE { $at }
fabric_stage_size = { $columns } × { $rows } PEs
fabric_stage_chip = { $columns } × { $rows } PEs on a chip of { $area }, cut from a round wafer { $wafer } across
fabric_stage_gpu = { $name } die, to scale: { $area }
    .title = { $source }
fabric_stage_gpu_die = die of one GPU
fabric_stage_region = PEs { $columns } × { $rows }
fabric_stage_region_times = { $region }: when each is at work
fabric_stage_looking = Looking at { $region }.
fabric_stage_recording = Looking at { $region }: their wavelets are being recorded.
fabric_stage_not_recorded = Looking at { $region }: their wavelets are not recorded; press Enter to record them.
fabric_stage_held_elsewhere = Looking at { $region }. This page holds the wavelets of { $held } only. A run with { $address } in its address holds those of this region.
fabric_stage_held_nowhere = Looking at { $region }. This page holds no wavelets, only when each PE is at work. A run with { $address } in its address holds the wavelets of this region.

# What PEs do, and what is wrong with them.
fabric_stage_idle = idle
fabric_stage_receiving = receiving
fabric_stage_computing = computing
fabric_stage_sending = sending
fabric_stage_stalled = stalled
fabric_stage_done = done
fabric_stage_waiting = waiting
fabric_stage_moving = sending or receiving
fabric_stage_passing = wavelets pass its router
fabric_stage_moved = wavelets move
fabric_stage_fades = fades to a third in { $n } cycles
    .title = Colour shows the activity of the last cycles: the glow fades to a third in { $n } of them. Pauses of up to { $pause } cycles do not show.
fabric_stage_halo = halo: only a few at work
fabric_stage_dies = dies, at equal size
fabric_stage_defective = defective
fabric_stage_spare = spare
fabric_stage_detour = detour
fabric_stage_dead_link = dead link
fabric_stage_slow = slow

# One cycle in a sentence.
fabric_stage_said = { $what }.
fabric_stage_said_and = { $some } and { $last }.
fabric_stage_crossing =
    { $n ->
        [one] 1 wavelet crosses a link
       *[other] { $n } wavelets cross links
    }
fabric_stage_n_compute =
    { $n ->
        [one] 1 PE computes
       *[other] { $n } PEs compute
    }
fabric_stage_n_send =
    { $n ->
        [one] 1 PE sends
       *[other] { $n } PEs send
    }
fabric_stage_n_receive =
    { $n ->
        [one] 1 PE receives
       *[other] { $n } PEs receive
    }
fabric_stage_n_stalled =
    { $n ->
        [one] PE { $at } is stalled
       *[other] { $n } PEs are stalled, the first at { $at }
    }
fabric_stage_on_ramps =
    { $n ->
        [one] 1 wavelet is on a ramp
       *[other] { $n } wavelets are on ramps
    }
fabric_stage_ended = The run has ended; every PE is idle.
fabric_stage_still = Every PE waits; nothing moves.
fabric_stage_deadlock =
    { $n ->
        [one] Deadlock: PE { $at } waits on color { $color } for PE { $other }, and 1 PE waits in a circle.
       *[other] Deadlock: PE { $at } waits on color { $color } for PE { $other }, and { $n } PEs wait in a circle.
    }
fabric_stage_deadlock_of_fault =
    { $n ->
        [one] Deadlock: PE { $at } waits on color { $color } for PE { $other }, and 1 PE waits in all.
       *[other] Deadlock: PE { $at } waits on color { $color } for PE { $other }, and { $n } PEs wait in all.
    }
fabric_stage_field = { $computing } of { $n } PEs compute, { $moving } send or receive, { $waiting } wait and { $done } are done; wavelets pass through { $passing } of the routers.
fabric_stage_field_idle = { $computing } of { $n } PEs compute, { $moving } send or receive, { $waiting } wait, { $done } are done and { $idle } have not begun; wavelets pass through { $passing } of the routers.
fabric_stage_in_turn = For { $both } of all PEs, computing and moving wavelets take turns too quickly to be told apart; they count as computing.
fabric_stage_field_done = All { $n } PEs are done.
fabric_stage_inside = Inside PE { $at }: { $doing }; no wavelet waits at its router.
fabric_stage_inside_queued = Inside PE { $at }: { $doing }; waiting at the router: { $queues }.
fabric_stage_queued = { $n } { $from }
fabric_stage_path_at = The critical path is at PE { $at }: { $part }.

# The sides of a router.
fabric_stage_north = north
    .title = North
    .from = from north
    .to = to north
fabric_stage_east = east
    .title = East
    .from = from east
    .to = to east
fabric_stage_south = south
    .title = South
    .from = from south
    .to = to south
fabric_stage_west = west
    .title = West
    .from = from west
    .to = to west
fabric_stage_ramp = ramp
    .from = from the ramp
    .to = to the ramp

# The card of a PE.
fabric_stage_now = Now
fabric_stage_doing = { $doing }, cycle { $cycle } of { $total }
fabric_stage_operation = Operation
fabric_stage_color = Color { $color }
fabric_stage_route = { $from } { $to }
fabric_stage_route_switched = { $from } { $to }, switch position { $position }
fabric_stage_and = { $one } and { $other }
fabric_stage_to_nowhere = to nowhere
fabric_stage_words_before = Words before
fabric_stage_words_after = Words after
fabric_stage_queue = Queue of color { $color }
fabric_stage_cycles = Cycles { $from } to { $to }
fabric_stage_ends = Done
fabric_stage_at_cycle = cycle { $t }
fabric_stage_never = never
fabric_stage_fault = Fault
fabric_stage_fault_defective = defective: rows go past it
fabric_stage_fault_slow = { $cycles } for each element
fabric_stage_spare_pe = Spare
fabric_stage_unused = not in use
fabric_stage_way = { $hops } to PE { $at }
fabric_stage_dead_way = dead: { $hops } to PE { $at }
fabric_stage_no_way = dead, and no way around

# The inside of a PE.
fabric_stage_router = router
fabric_stage_element = compute element
    .short = CE
fabric_stage_memory_start = memory at the start
fabric_stage_memory_end = memory at the end

# The way of a word, the last level.
fabric_stage_word = Word
    .value = Word { $value }
fabric_stage_word_said = { $word }: { $doing }.
fabric_stage_word_unsent = not sent yet
fabric_stage_word_ramp = on the ramp of PE { $at }
fabric_stage_word_link = leaves PE { $at } { $way }
fabric_stage_word_waiting = waits in the router of PE { $at }
fabric_stage_word_taken = has arrived
fabric_stage_word_from = From
fabric_stage_word_to = To
fabric_stage_word_hops = Hops
fabric_stage_word_time = On its way
fabric_stage_word_waited = Waiting
fabric_stage_word_element = compute element of PE { $at }, cycle { $t }
fabric_stage_word_dropped = ends in the router of PE { $at }, cycle { $t }
fabric_stage_word_stuck = still in the router of PE { $at } when the run ends
fabric_stage_word_beyond = router of PE { $at }, cycle { $t }; what lies beyond is not recorded
fabric_stage_word_many = { $n } PEs, the last in cycle { $t }

# What can be laid over the picture, and the curve under it.
fabric_stage_links_in_use = links in use
fabric_stage_path = Path
    .title = The critical path: the chain of events that decides when the run ends
    .line = critical path
    .ring = larger where it stays longer
fabric_stage_links = Links
    .title = How many wavelets each link carries
    .level = to { $n }
    .first = wavelets in the run: to { $n }
    .last = to { $n }, { $share } of the cycles
    .only = wavelets in the run: to { $n }, { $share } of the cycles

# Parts of the critical path.
fabric_stage_distance = distance
    .title = Distance
    .note = links crossed
fabric_stage_contention = contention
    .title = Contention
    .note = waits for something shared
fabric_stage_depth = depth
    .title = Depth
    .note = ramps, there and back
fabric_stage_compute = products
    .title = Products
    .note = multiplications
fabric_stage_startup = start-up and gaps
    .title = Start-up and gaps
    .note = tasks, gaps between operations

# Charts.
fabric_chart_cycle = cycle
fabric_chart_cycles = cycles
fabric_chart_simulated = simulated
    .title = Simulated
fabric_chart_closed_form = closed form
    .title = Closed form
fabric_chart_space_time = Space–time
    .said = PEs across, cycles down.
    .path = PEs across, cycles down. The line is the critical path.
    .row = Space–time of row { $index }: { $pes } across, { $cycles } down.
    .column = Space–time of column { $index }: { $pes } across, { $cycles } down.
    .stay = The critical path spends { $n } of them here.
fabric_chart_line = Line of PEs
    .row = Row
    .column = Column
    .index = Number of the row or column
    .range = of 0–{ $most }
fabric_chart_path = Path
    .said = The critical path takes { $cycles } cycles; { $share } of them are { $part }.
    .deadlock = Nothing was completed, so there is no critical path.
    .none = The critical path is available up to 64 × 64 PEs, where every wavelet is recorded.
    .bar = { $name }: { $parts } cycles
    .part = { $part } { $cycles }
    .alone = { $part }: { $cycles }
fabric_chart_activity = At work
    .said = At most { $links } of the links and { $pes } of the PEs work at once.
    .over = Links and PEs at work over { $cycles }.
    .links = links
    .pes = PEs
fabric_chart_yields = Yield
    .said = At the published { $density } defects per cm², { $die } of single dies work. With { $n ->
        [one] 1 spare column
       *[other] { $n } spare columns
    }, so do { $wafers } of whole wafers; without spares, only about one in { $one_in } would.
    .density = defects per cm²
    .share = chips that work, %
    .spared = wafer with { $n ->
        [one] 1 spare column
       *[other] { $n } spare columns
    }
    .die = single dies
    .unspared = wafer without spares
    .point = { $curve }, { $density } defects per cm²: { $share } of those drawn work
fabric_chart_curve = Curve
    .runs = Runs
    .watch = Watch this run
    .against = Cycles against
    .simulating = Simulating: { $done } of { $total } points.
    .form = Each point is a run; the dashed line is the closed form.
    .same = { $cycles } after start-up, as the closed form. Open a point to watch it.
    .more = { $cycles } after start-up, { $share } more than the closed form. Open a point to watch it.
    .less = { $cycles } after start-up, { $share } less than the closed form. Open a point to watch it.

# What a curve can be drawn along.
fabric_along_words = words
    .axis = words
    .point = { $n ->
        [one] 1 word: { $cycles }
       *[other] { $n } words: { $cycles }
    }
fabric_along_width = PEs
    .axis = PEs in a row
    .point = { $n ->
        [one] 1 PE in a row: { $cycles }
       *[other] { $n } PEs in a row: { $cycles }
    }
fabric_along_group = group size
    .axis = PEs in a group
    .point = { $n ->
        [one] 1 PE in a group: { $cycles }
       *[other] { $n } PEs in a group: { $cycles }
    }
