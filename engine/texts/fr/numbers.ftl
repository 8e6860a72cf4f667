## Comment on écrit les nombres, les unités et les réponses brèves.

quantity = { $number } { $unit }
between = { $low } à { $high }
million =
    { $n ->
        [one] million
       *[other] millions
    }
billion =
    { $n ->
        [one] milliard
       *[other] milliards
    }
trillion =
    { $n ->
        [one] billion
       *[other] billions
    }
million_of = { million } de { $unit }
billion_of = { billion } de { $unit }
trillion_of = { trillion } de { $unit }
watched_hours = { $hours } h
watched_hours_minutes = { $hours } h { $minutes } min
watched_minutes = { $minutes } min
watched_seconds = { $seconds } s
sentences = { $first } { $then }
yes = oui
no = non
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
        [one] saut
       *[other] sauts
    }
unit_token =
    { $n ->
        [one] jeton
       *[other] jetons
    }
unit_parameter =
    { $n ->
        [one] paramètre
       *[other] paramètres
    }
unit_hour =
    { $n ->
        [one] heure
       *[other] heures
    }
unit_day =
    { $n ->
        [one] jour
       *[other] jours
    }
unit_PE = PE
unit_SM = SM
unit_PE_column =
    { $n ->
        [one] colonne de PE
       *[other] colonnes de PE
    }
unit_unit =
    { $n ->
        [one] unité
       *[other] unités
    }
unit_word =
    { $n ->
        [one] mot
       *[other] mots
    }
unit_GPU = GPU
unit_wafer =
    { $n ->
        [one] wafer
       *[other] wafers
    }
unit_system =
    { $n ->
        [one] système
       *[other] systèmes
    }
unit_die =
    { $n ->
        [one] puce
       *[other] puces
    }
unit_color =
    { $n ->
        [one] couleur
       *[other] couleurs
    }
unit_device =
    { $n ->
        [one] machine
       *[other] machines
    }
unit_stage =
    { $n ->
        [one] étage
       *[other] étages
    }
unit_sequence =
    { $n ->
        [one] séquence
       *[other] séquences
    }
unit_layer =
    { $n ->
        [one] couche
       *[other] couches
    }
unit_head =
    { $n ->
        [one] tête
       *[other] têtes
    }
unit_chunk =
    { $n ->
        [one] morceau
       *[other] morceaux
    }
unit_rank =
    { $n ->
        [one] rang
       *[other] rangs
    }
unit_replica =
    { $n ->
        [one] réplique
       *[other] répliques
    }
unit_request =
    { $n ->
        [one] requête
       *[other] requêtes
    }
unit_wavelet =
    { $n ->
        [one] wavelet
       *[other] wavelets
    }
unit_vector =
    { $n ->
        [one] vecteur
       *[other] vecteurs
    }
unit_cell =
    { $n ->
        [one] cellule
       *[other] cellules
    }
unit_weight = poids
unit_feature =
    { $n ->
        [one] caractéristique
       *[other] caractéristiques
    }
unit_column =
    { $n ->
        [one] colonne
       *[other] colonnes
    }
unit_step = pas
unit_year =
    { $n ->
        [one] an
       *[other] ans
    }
unit_point =
    { $n ->
        [one] point
       *[other] points
    }
unit_line =
    { $n ->
        [one] ligne
       *[other] lignes
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
unit_token_per_s = jetons/s
unit_tokens_per_s = jetons/s
unit_sample_per_s = ex./s
value_none = Aucun
value_gemv = GEMV
value_gemm = GEMM
