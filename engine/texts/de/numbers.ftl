## Wie Zahlen, Einheiten und kurze Antworten geschrieben werden.

quantity = { $number } { $unit }
between = { $low } bis { $high }
million = Mio.
billion = Mrd.
trillion = Bio.
million_of = Mio. { $unit }
billion_of = Mrd. { $unit }
trillion_of = Bio. { $unit }
watched_hours = { $hours } h
watched_hours_minutes = { $hours } h { $minutes } min
watched_minutes = { $minutes } min
watched_seconds = { $seconds } s
sentences = { $first } { $then }
yes = ja
no = nein
value_bf16 = bf16
value_fp4 = fp4
value_fp8 = fp8
value_fp16 = fp16
value_fp32 = fp32
unit_cycle =
    { $n ->
        [one] Takt
       *[other] Takte
    }
unit_hop =
    { $n ->
        [one] Hop
       *[other] Hops
    }
unit_token =
    { $n ->
        [one] Token
       *[other] Tokens
    }
unit_parameter = Parameter
unit_hour =
    { $n ->
        [one] Stunde
       *[other] Stunden
    }
unit_day =
    { $n ->
        [one] Tag
       *[other] Tage
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
        [one] Spalte von PEs
       *[other] Spalten von PEs
    }
unit_unit =
    { $n ->
        [one] Rechenwerk
       *[other] Rechenwerke
    }
unit_word =
    { $n ->
        [one] Wort
       *[other] Wörter
    }
unit_GPU =
    { $n ->
        [one] GPU
       *[other] GPUs
    }
unit_wafer = Wafer
unit_system =
    { $n ->
        [one] System
       *[other] Systeme
    }
unit_die =
    { $n ->
        [one] Die
       *[other] Dies
    }
unit_color =
    { $n ->
        [one] Color
       *[other] Colors
    }
unit_device =
    { $n ->
        [one] Gerät
       *[other] Geräte
    }
unit_stage =
    { $n ->
        [one] Stufe
       *[other] Stufen
    }
unit_sequence =
    { $n ->
        [one] Sequenz
       *[other] Sequenzen
    }
unit_layer =
    { $n ->
        [one] Schicht
       *[other] Schichten
    }
unit_head =
    { $n ->
        [one] Kopf
       *[other] Köpfe
    }
unit_chunk =
    { $n ->
        [one] Stück
       *[other] Stücke
    }
unit_rank =
    { $n ->
        [one] Rang
       *[other] Ränge
    }
unit_replica =
    { $n ->
        [one] Replikat
       *[other] Replikate
    }
unit_request =
    { $n ->
        [one] Anfrage
       *[other] Anfragen
    }
unit_wavelet =
    { $n ->
        [one] Wavelet
       *[other] Wavelets
    }
unit_vector =
    { $n ->
        [one] Vektor
       *[other] Vektoren
    }
unit_cell =
    { $n ->
        [one] Zelle
       *[other] Zellen
    }
unit_weight =
    { $n ->
        [one] Gewicht
       *[other] Gewichte
    }
unit_feature =
    { $n ->
        [one] Merkmal
       *[other] Merkmale
    }
unit_column =
    { $n ->
        [one] Spalte
       *[other] Spalten
    }
unit_step =
    { $n ->
        [one] Schritt
       *[other] Schritte
    }
unit_year =
    { $n ->
        [one] Jahr
       *[other] Jahre
    }
unit_point =
    { $n ->
        [one] %-Punkt
       *[other] %-Punkte
    }
unit_line =
    { $n ->
        [one] Zeile
       *[other] Zeilen
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
unit_token_per_s = Tokens/s
unit_tokens_per_s = Tokens/s
unit_sample_per_s = Samples/s
value_none = Keine
value_gemv = GEMV
value_gemm = GEMM
