## La scène Mémoire.

# Des mots que d’autres textes reprennent.
memory_level =
    { $level ->
        [registers] registres
        [l1] L1
        [l2] L2
        [sram] SRAM
        [hbm] HBM
        [neighbour] voisin
        [outside] extérieur
        [host] hôte
       *[memory] mémoire
    }
memory_from =
    { $level ->
        [registers] depuis les registres
        [l1] depuis le cache L1
        [l2] depuis le cache L2
        [neighbour] depuis le voisin
        [outside] depuis l’extérieur
        [host] depuis l’hôte
       *[hbm] depuis la { memory_level }
    }
memory_unit =
    { $unit ->
        [PE_column] aucune colonne de PE
        [unit] aucune unité
       *[PE] aucun { $unit }
    }
memory_units =
    { $unit ->
        [PE_column] toutes les colonnes de PE
        [unit] toutes les unités
       *[PE] tous les { $unit }
    }
memory_bound =
    { $bound ->
        [compute] le calcul
        [memory] la mémoire
       *[latency] la latence
    }

# Exemples et paramètres.
preset_memory_axpy = Additionner deux vecteurs (AXPY)
preset_memory_reading = Lire une fois un modèle entier
preset_memory_streamed = En flux depuis l’extérieur : le wafer perd
preset_memory_decode = Un jeton après l’autre (décodage)
preset_memory_gemm = Multiplier des matrices
preset_memory_few_requests = Peu de requêtes en cours
parameter_memory_machines = Machines
    .doc = D’une à trois machines côte à côte.
parameter_memory_kernel = Noyau
    .doc = Ce qui est calculé.
parameter_memory_model = Modèle
    .doc = Le modèle que les jetons traversent.
parameter_memory_n = Taille
    .doc = Éléments d’un vecteur ou d’une ligne, côté d’une matrice ou jetons relus.
parameter_memory_batch = Lot
    .doc = Vecteurs, lignes, seconds membres, produits, séquences ou jetons ; avec 0, un modèle est seulement lu.
parameter_memory_dtype = Type de données
    .doc = Format de nombres de tous les opérandes.
parameter_memory_weights = Données
    .doc = Où elles se trouvent au départ : dans la mémoire la plus proche qui les contient, en HBM, ou hors du wafer.
parameter_memory_outstanding = En cours
    .doc = Requêtes qu’une unité de calcul peut avoir en cours ; un PE n’en a jamais besoin de plus de deux vers sa SRAM.
parameter_memory_seed = Graine
    .doc = Pour la dispersion des trajets hors de la puce.
parameter_memory_custom_tflop_per_s = Votre crête
    .doc = Débit de crête de votre machine.
parameter_memory_custom_gb_per_s = Votre bande passante
    .doc = Bande passante de sa mémoire principale.
parameter_memory_custom_latency_ns = Votre latence
    .doc = Temps entre l’envoi d’une requête et le retour des données.
parameter_memory_custom_capacity_gb = Votre capacité
    .doc = Capacité de sa mémoire principale.
value_custom = Votre machine
value_axpy = AXPY
value_dot = Produit scalaire
value_layernorm = Normalisation de couche
value_attention_decode = Attention (décodage)
value_model_pass = Passage dans un modèle
value_resident = Sur place
value_streamed = De l’extérieur
value_hbm = HBM
value_sram = SRAM
value_l2 = L2
value_link = lien
value_compute = calcul
value_memory = mémoire
value_latency = latence

# Refus.
memory_machines_at_most = machines doit en compter au plus { $most } sur un écran, et non { $got }
memory_batch_at_least = batch doit être au moins 1 pour { $kernel }, et non { $got }
memory_n_at_most = n doit être au plus { $most } comme côté d’une matrice, et non { $got }
memory_no_hbm = weights doit être resident ou streamed quand aucune machine n’a de HBM, et non hbm

# Titres.
memory_title_axpy = Additionner deux vecteurs de longueur { $n }
memory_title_dot = Multiplier puis sommer deux vecteurs de longueur { $n }
memory_title_layernorm =
    { $batch ->
        [one] Normaliser une ligne de longueur { $n }
       *[other] Normaliser { $batch } lignes de longueur { $n }
    }
memory_title_gemv =
    { $batch ->
        [one] Multiplier une matrice { $n } × { $n } par un vecteur
       *[other] Multiplier une matrice { $n } × { $n } par { $batch } vecteurs
    }
memory_title_gemm = Multiplier des matrices { $n } × { $n }
memory_title_attention_decode =
    { $batch ->
        [one] Un nouveau jeton en relit { $n }, dans une séquence
       *[other] Un nouveau jeton en relit { $n }, dans { $batch } séquences
    }
memory_title_model_pass =
    { $batch ->
        [one] Faire passer un jeton dans { $model }
       *[other] Faire passer { $batch } jetons dans { $model }
    }
memory_title_reading = Lire { $model } une fois

# Repères, et ce qui se passe maintenant.
memory_start = Toutes les machines partent au même instant et demandent leurs premières données.
memory_first_data = { $machine } : les premières données arrivent { memory_from } au bout de { $time }.
memory_pipe_full = { $machine } : le canal { memory_from } est plein ; désormais, { memory_units } se partagent ses { $bandwidth }.
memory_computing = { $machine } : à partir d’ici, le calcul n’attend plus ; les données arrivent avant qu’on en ait besoin.
memory_waiting = { $machine } : { memory_unit } ne peut en demander davantage avant le retour de données ; le canal { memory_from } reste donc inutilisé { $idle } du temps.
memory_step = { $machine } a fait la première de { $n } étapes ; la suivante a besoin de son résultat et l’attend { $time }.
memory_done = { $machine } a terminé, au bout de { $time }.
memory_takes = { $machine } en { $time }
memory_end = L’enregistrement s’arrête ici. Noyau entier : { $times }.
memory_exchanges = { $machine } a toutes ses données ; il reste le temps que ses étapes passent à s’attendre les unes les autres.
memory_computes = { $machine } calcule { $share } du temps, avec { $bytes } en route.
memory_reads = { $machine } a lu { $share }, avec { $bytes } en route.

# Grandeurs.
figure_memory_time = { $machine } : temps
    .source = requêtes simulées, et attente entre étapes dépendantes
figure_memory_fraction_of_peak = { $machine } : part de sa crête
    .source = FLOP/s atteints, divisés par la crête de la fiche technique
figure_memory_bound = { $machine } : limité par
    .source = la plus grande part du temps
figure_memory_steps = { $machine } : étapes dépendantes
    .source = chacune a besoin du résultat de la précédente
figure_memory_exchange_time = { $machine } : attente entre étapes
    .source = sommes et diffusions à travers le wafer, ou pour un prompt tuiles qui se déplacent et démarrage des opérations vectorielles ; sur un GPU, lancements de noyaux ou passages par le L2
figure_memory_tokens_per_s = { $machine } : débit
    .source = jetons du passage, divisés par le temps
figure_memory_published_tokens_per_s = { $machine } : publié
figure_memory_achieved_flop_per_s = { $machine } : atteint
    .source = FLOP divisés par le temps
figure_memory_achieved_bandwidth = { $machine } : bande passante
    .source = octets reçus { memory_from }, divisés par le temps
figure_memory_flop = { $machine } : opérations
    .source = comptées
figure_memory_bytes_moved = { $machine } : octets
    .source = ce qui arrive { memory_from }, compté avec réutilisation
figure_memory_arithmetic_intensity = { $machine } : intensité
    .source = FLOP divisés par les octets déplacés
figure_memory_ridge = { $machine } : coude
    .source = FLOP/s que les unités atteignent, divisés par la bande passante atteinte { memory_from }
figure_memory_attainable_flop_per_s = { $machine } : roofline
    .source = la plus petite de deux valeurs : les FLOP/s que les unités atteignent, ou intensité × bande passante atteinte
figure_memory_level = { $machine } : opérandes dans
    .source = là où ils sont quand le noyau démarre ; le lien, si c’est l’arrivée de ce qui ne tient pas qui dure le plus
figure_memory_fits = { $machine } : contient tout
    .source = { $footprint } face à la capacité
figure_memory_outstanding_needed = { $machine } : à garder en cours
    .source = loi de Little : bande passante × latence, divisée par les unités et les octets
figure_memory_time_read_ports = { $machine } : temps selon les ports de lecture
    .source = le chiffre annoncé compte les ports de lecture et d’écriture ; la lecture dispose de 16 octets sur 24 par cycle
figure_memory_local_bandwidth_low = { $machine } : bande passante auprès des unités, borne basse
    .source = { $units } × { $bytes } × { $clock }
figure_memory_local_bandwidth_high = { $machine } : bande passante auprès des unités, borne haute
    .source = { $units } × { $bytes } × { $clock }
figure_memory_vendor_bandwidth = { $machine } : selon le constructeur
    .source = le chiffre annoncé par le constructeur
figure_memory_bandwidth_per_mm2 = { $machine } : par mm²
    .source = bande passante { memory_from } de la fiche technique, divisée par la surface
figure_memory_bandwidth_per_w = { $machine } : par watt à la prise
    .source = bande passante { memory_from } de la fiche technique, divisée par la puissance à la prise, hôtes et commutateurs compris, pour les wafers comme pour les GPU
figure_memory_fastest = La plus rapide
    .source = temps le plus court, puce contre puce
figure_memory_time_ratio = { $fastest } : fois plus rapide que { $slowest }
    .source = temps de la plus lente sur celui de la plus rapide

# L’image.
memory_request = { $bytes } demandés
memory_data = { $bytes } de données
memory_computing_key = calcule
memory_starved = attend
memory_true_distance = Distance réelle
    .title = Distances proportionnelles à la latence
memory_true_bandwidth = Bande passante réelle
    .title = Hauteurs des canaux proportionnelles à la bande passante
memory_level_at = { memory_level } { $time }
memory_round_trip = { $time } aller-retour
    .short = { $time }
memory_round_trip_assumed = { $time } aller-retour, supposé
    .short = { $time } (supposé)
memory_one_cycle = { $time } aller-retour : un cycle
memory_sum = La somme de { $n } mémoires locales.
memory_own =
    { $unit ->
        [PE_column] Par colonne de PE, seuls { $bytes } sont aussi proches.
        [unit] Par unité, seuls { $bytes } sont aussi proches.
       *[PE] Par { $unit }, seuls { $bytes } sont aussi proches.
    }
verdict_memory =
    { $first ->
        [wafer] Le wafer ({ $winner })
        [gpu] Le GPU ({ $winner })
       *[other] { $winner }
    } est { $times } fois plus rapide que { $last ->
        [wafer] le wafer ({ $loser })
        [gpu] le GPU ({ $loser })
       *[other] { $loser }
    } : { $short } contre { $long }.
verdict_memory_even = Match nul : le même travail prend { $time } sur chacune.
memory_bar_stands = une barre : { $each }
memory_enlarged = agrandi { $times } fois
memory_ruler =
    distance : aller-retour, { $distance ->
        [true] à l’échelle
       *[log] logarithmique
    } · hauteur d’un canal : bande passante, { $height ->
        [true] à l’échelle
       *[log] logarithmique
    }
memory_ruler_short =
    distances { $distance ->
        [true] à l’échelle
       *[log] logarithmiques
    }, hauteurs { $height ->
        [true] à l’échelle
       *[log] logarithmiques
    }
memory_ruler_alike =
    distances et hauteurs { $distance ->
        [true] à l’échelle
       *[log] logarithmiques
    }
memory_slowed = ralenti { $times } fois
memory_has_finished = et tout le travail est fait
memory_of_work = du travail fait
memory_across = chaque étape attend la précédente
memory_compute_in_use = calcule à { $share }
memory_pipe_in_use = canal occupé à { $share }
memory_under_way = { $bytes } en cours
memory_requests = requêtes en cours

# Ce qui est sélectionné.
memory_level_of = { $machine }, { memory_level }
memory_in_use = { $share } utilisé
memory_bandwidth = Bande passante
memory_sheet = Fiche technique
memory_of_sheet = sur { $bandwidth }
memory_trip = Aller-retour
memory_holds = Contient
memory_holds_nothing = rien en propre
memory_moves = Ce noyau déplace
memory_one_request = Une requête
memory_requests_line = En cours
memory_unit_of =
    { $unit ->
        [PE_column] { $machine }, colonne de PE { $n }
        [unit] { $machine }, unité { $n }
       *[PE] { $machine }, { $unit } { $n }
    }
memory_unit_done = terminé
memory_unit_computes = calcule { $share }
memory_stands_for = Représente
memory_stands_for_all = { $n } en tout ; { $shown } à l’image
memory_data_from = Source des données
memory_data_from_level = { memory_level }, { $time } aller-retour
memory_computed_so_far = Calcul jusqu’ici
memory_bound_by = Limité par
memory_whole_kernel = Noyau entier
memory_computing_line = Calcul, à l’image

# Graphiques.
memory_roofline = Roofline
    .hint = Faites glisser le point pour changer ce que le noyau calcule par octet.
memory_speed = vitesse [TFLOP/s]
memory_intensity = intensité arithmétique [FLOP/B]
memory_held_back = Ce noyau est freiné par { memory_bound } sur { $machine }.
memory_held_back_both = Ce noyau est freiné par { memory_bound } sur les deux machines.
memory_held_back_all = Ce noyau est freiné par { memory_bound } sur toutes les machines.
memory_held_back_each = { $machine } par { memory_bound }
memory_held_back_differently = Ce noyau est freiné sur { $machines }.
memory_bandwidth_read =
    { $reading ->
        [chip] par puce
        [w] par watt
       *[mm2] par mm²
    }
memory_bandwidth_axis = bande passante { memory_bandwidth_read }, axe logarithmique
memory_bandwidth_ratio =
    { $reading ->
        [chip] Par puce, la bande passante est { $factor } fois plus grande sur { $most } que sur { $least }.
        [w] Par watt à la prise, la bande passante est { $factor } fois plus grande sur { $most } que sur { $least }.
       *[mm2] Par mm², la bande passante est { $factor } fois plus grande sur { $most } que sur { $least }.
    }
memory_bandwidth_alone =
    { $reading ->
        [chip] Par puce. Choisissez deux machines à comparer.
        [w] Par watt à la prise. Choisissez deux machines à comparer.
       *[mm2] Par mm². Choisissez deux machines à comparer.
    }
memory_machine_level = { $machine } ({ memory_level })
memory_bandwidth_at = { $memory } : { $bandwidth }
memory_at_units = aux unités : { $bandwidth }
memory_vendor_says = { $machine }, dit le constructeur
memory_fits = Ce qui tient
memory_fits_bytes = octets : poids, puis le reste
memory_fits_same = Pour l’entraînement, { $model } est le plus grand modèle qui tienne en entier sur chaque machine. Les lignes marquent leur mémoire.
memory_fits_largest = Les plus grands modèles qui tiennent en entier pour l’entraînement : { $models }. Les lignes marquent la mémoire.
memory_fits_on = { $model } sur { $machine }
memory_fits_none = aucun sur { $machine }
memory_must_leave = Ce qui doit sortir
memory_with_capacity = { $machine }, { $capacity }
memory_leaves =
    { $what ->
        [nothing] tient
        [optimiser] optimiseur
        [weights] poids
       *[activations] activations
    }

# Why, and what to try.
question_memory_near = Combien gagne-t-on avec une mémoire à côté de chaque cœur ?
    .purpose = Un cœur attend que ses nombres arrivent.
goal_memory = Trouvez un travail où le GPU gagne.
    .now = Le wafer est { $inverse } fois plus rapide.
    .met = ✓ Atteint : le GPU est { $value } fois plus rapide.
try_memory_resident = Reprendre avec des vecteurs déjà là
    .said = Les deux machines ont les vecteurs dans leur propre mémoire. Laquelle attend ?
try_memory_streamed = Faire venir les vecteurs de l’extérieur
    .said = Maintenant, tout doit entrer par les liaisons au bord du wafer, et elles ne sont pas plus larges que la mémoire d’un GPU.
