## How numbers, units and short answers are written.

quantity = { $number } { $unit }
between = { $low } to { $high }
million = million
billion = billion
trillion = trillion
million_of = million { $unit }
billion_of = billion { $unit }
trillion_of = trillion { $unit }
watched_hours = { $hours } h
watched_hours_minutes = { $hours } h { $minutes } min
watched_minutes = { $minutes } min
watched_seconds = { $seconds } s
sentences = { $first } { $then }
yes = yes
no = no
value_bf16 = bf16
value_fp4 = fp4
value_fp8 = fp8
value_fp16 = fp16
value_fp32 = fp32
unit_cycle =
    { $n ->
        [one] cycle
       *[other] cycles
    }
unit_hop =
    { $n ->
        [one] hop
       *[other] hops
    }
unit_token =
    { $n ->
        [one] token
       *[other] tokens
    }
unit_parameter =
    { $n ->
        [one] parameter
       *[other] parameters
    }
unit_hour =
    { $n ->
        [one] hour
       *[other] hours
    }
unit_day =
    { $n ->
        [one] day
       *[other] days
    }
unit_PE =
    { $n ->
        [one] PE
       *[other] PEs
    }
unit_SM =
    { $n ->
        [one] SM
       *[other] SMs
    }
unit_PE_column =
    { $n ->
        [one] column of PEs
       *[other] columns of PEs
    }
unit_unit =
    { $n ->
        [one] unit
       *[other] units
    }
unit_word =
    { $n ->
        [one] word
       *[other] words
    }
unit_GPU =
    { $n ->
        [one] GPU
       *[other] GPUs
    }
unit_wafer =
    { $n ->
        [one] wafer
       *[other] wafers
    }
unit_system =
    { $n ->
        [one] system
       *[other] systems
    }
unit_die =
    { $n ->
        [one] die
       *[other] dies
    }
unit_color =
    { $n ->
        [one] color
       *[other] colors
    }
unit_device =
    { $n ->
        [one] device
       *[other] devices
    }
unit_stage =
    { $n ->
        [one] stage
       *[other] stages
    }
unit_sequence =
    { $n ->
        [one] sequence
       *[other] sequences
    }
unit_layer =
    { $n ->
        [one] layer
       *[other] layers
    }
unit_head =
    { $n ->
        [one] head
       *[other] heads
    }
unit_chunk =
    { $n ->
        [one] chunk
       *[other] chunks
    }
unit_rank =
    { $n ->
        [one] rank
       *[other] ranks
    }
unit_replica =
    { $n ->
        [one] replica
       *[other] replicas
    }
unit_request =
    { $n ->
        [one] request
       *[other] requests
    }
unit_wavelet =
    { $n ->
        [one] wavelet
       *[other] wavelets
    }
unit_vector =
    { $n ->
        [one] vector
       *[other] vectors
    }
unit_cell =
    { $n ->
        [one] cell
       *[other] cells
    }
unit_weight =
    { $n ->
        [one] weight
       *[other] weights
    }
unit_feature =
    { $n ->
        [one] feature
       *[other] features
    }
unit_column =
    { $n ->
        [one] column
       *[other] columns
    }
unit_step =
    { $n ->
        [one] step
       *[other] steps
    }
unit_year =
    { $n ->
        [one] year
       *[other] years
    }
unit_point =
    { $n ->
        [one] point
       *[other] points
    }
unit_line =
    { $n ->
        [one] line
       *[other] lines
    }
unit_cycles = { unit_cycle }
unit_hours = { unit_hour }
unit_hops = { unit_hop }
unit_words = { unit_word }
unit_GPUs = { unit_GPU }
unit_stages = { unit_stage }
unit_sequences = { unit_sequence }
unit_layers = { unit_layer }
unit_heads = { unit_head }
unit_chunks = { unit_chunk }
unit_ranks = { unit_rank }
unit_replicas = { unit_replica }
unit_devices = { unit_device }
unit_requests = { unit_request }
unit_tokens = { unit_token }
unit_token_per_s = tokens/s
unit_tokens_per_s = tokens/s
unit_sample_per_s = samples/s
value_none = None
value_gemv = GEMV
value_gemm = GEMM
