## La scène Flux de données : ce que dit le moteur. Ce que dit son image est dans fabric_stage.ftl.

# Paramètres.
group_fabric_faults = Ce qui va mal
parameter_fabric_machine = Machine
    .doc = Le Wafer-Scale Engine qui l’exécute.
parameter_fabric_program = Programme
    .doc = Ce qui est calculé.
parameter_fabric_algorithm = Algorithme
    .doc = L’algorithme ; auto prend celui par défaut du programme.
parameter_fabric_width = Largeur
    .doc = Colonnes de PE.
parameter_fabric_height = Hauteur
    .doc = Lignes de PE.
parameter_fabric_words = Mots
    .doc = Mots par PE : la longueur de son vecteur, le côté de sa tuile ou le nombre de ses cellules.
parameter_fabric_group = Groupe
    .doc = PE par groupe d’une somme en deux phases ; auto prend la racine carrée du nombre de PE de la ligne.
parameter_fabric_root = Racine
    .doc = Où un all-reduce rassemble la somme ; pour un GEMV, d’où part x et où arrive y ; auto prend le plus rapide.
parameter_fabric_exchange = Échange
    .doc = Quand un PE commence le pas suivant d’un produit de matrices : dès qu’il a ses propres tuiles (asynchrone), ou une fois que tous ont les leurs (synchrone).
parameter_fabric_sparsity = Part de zéros
    .doc = Part des poids qui sont nuls et ne sont pas envoyés.
parameter_fabric_dtype = Nombres
    .doc = Format des nombres, de leurs sommes et de leurs produits.
parameter_fabric_clock_ghz = Horloge
    .doc = Fréquence d’horloge ; auto prend celle de la machine.
parameter_fabric_hop_latency = Latence d’un saut
    .doc = Temps d’un routeur au suivant ; auto prend celui de la machine.
parameter_fabric_ramp_latency = Latence de la rampe
    .doc = Temps entre un routeur et son unité de calcul, dans chaque sens ; auto prend celui de la machine.
parameter_fabric_seed = Graine
    .doc = Graine des nombres et des défauts.
parameter_fabric_defects = PE défectueux
    .doc = Probabilité pour chaque PE, réserve comprise, d’être défectueux.
parameter_fabric_spares = Colonnes de réserve
    .doc = Colonnes de PE à côté du rectangle, pour remplacer les défectueux.
parameter_fabric_slow_factor = Un PE lent
    .doc = Combien de cycles un PE met pour un élément.
parameter_fabric_dead_link = Un lien mort
    .doc = Côté d’un PE où son lien est mort, dans les deux sens.
parameter_fabric_fault_x = Sa colonne
    .doc = Colonne du PE qui est lent ou qui a le lien mort ; auto prend le milieu.
parameter_fabric_fault_y = Sa ligne
    .doc = Ligne du PE qui est lent ou qui a le lien mort ; auto prend le milieu.
parameter_fabric_window = Fenêtre
    .doc = Côté d’un carré de PE dont une grande exécution enregistre aussi les wavelets, 0 pour aucun.
parameter_fabric_window_x = Fenêtre depuis la colonne
    .doc = Première colonne de la fenêtre ; auto prend le milieu.
parameter_fabric_window_y = Fenêtre depuis la ligne
    .doc = Première ligne de la fenêtre ; auto prend le milieu.

# Programmes, leurs algorithmes et autres valeurs de paramètres.
value_reduce = Réduction
value_broadcast = Diffusion
value_all_reduce = All-reduce
value_stream = Flux
value_transpose = Transposition
value_weight_stream = Flux de poids
value_stencil = Stencil
value_two_phase = Deux phases
value_chain = Chaîne
value_tree = Arbre
value_star = Étoile
value_snake = Serpent
value_multicast = Multicast
value_reduce_broadcast = Réduction, puis diffusion
value_ring = Anneau
value_single = Seul
value_crossing = Croisés
value_merging = Réunis
value_circular = En cercle
value_mesh = Grille
value_cannon = Cannon
value_summa = SUMMA
value_direct = Direct
value_two_stage = Deux étapes
value_five_point = Cinq points
value_star_25 = Étoile à 25 points
value_asynchronous = Asynchrone
value_lockstep = Synchrone
value_corner = Coin
value_centre = Centre
value_north = Nord
value_east = Est
value_south = Sud
value_west = Ouest

# Exemples.
preset_fabric_sum_rectangle = Sommer un rectangle
preset_fabric_sum_row = Sommer une ligne
preset_fabric_one_to_all = Diffusion d’une valeur
preset_fabric_all_get_sum = All-reduce : tous reçoivent la somme
preset_fabric_streams_merge = Deux flux se rejoignent
preset_fabric_streams_cross = Deux flux se croisent
preset_fabric_circle_of_waits = Interblocage : un cercle d’attentes
preset_fabric_whole_wafer = Le wafer entier
preset_fabric_matrix_vector = Matrice fois vecteur
preset_fabric_matrix_matrix = Matrice fois matrice
preset_fabric_all_to_all = Tous vers tous dans une ligne
preset_fabric_weights = Des poids affluent vers les activations
preset_fabric_sparse_weights = Les mêmes, dont trois sur quatre nuls
preset_fabric_cells = Des cellules et leurs voisines
preset_fabric_defective_pes = Contourner des PE défectueux
preset_fabric_slow_pe = Un PE est quatre fois plus lent
preset_fabric_dead_link = Un lien est mort

# Ce qui ne peut pas s’exécuter.
fabric_no_defects = defects doit être 0, et non { $got }
fabric_no_algorithm = algorithm doit être, pour { $program }, l’une des valeurs { $names }, ou auto, et non { $got }
fabric_beyond_machine = { $name } doit être d’au plus { $most } sur { $machine }, et non { $got }
fabric_outside = { $name } doit être inférieur à { $most }, la taille du rectangle, et non { $got }
fabric_window_too_large = window doit être ici d’au plus { $most }, car jusqu’à { $hops } sauts de wavelets sont enregistrés, et non { $got }
fabric_too_much_work = une exécution compte au plus { $most } de sauts et de produits, et non environ { $got } : réduisez width, height, words
fabric_too_much_memory = width × height × words doit être d’au plus { $most }, et non { $got }
fabric_too_many_words = words doit être d’au plus { $most } pour { $program }, et non { $got } : { fabric_full }
fabric_too_high = height doit être inférieur pour { $program }, avec words { $got } : { fabric_full }
fabric_full = un PE contiendrait { $held } de { $size }, et ses { $sram } n’en contiennent que { $holds }
fabric_too_large = dtype doit être fp32 pour des résultats supérieurs à { $most }, or l’un d’eux est { $got }
fabric_widest = width doit être d’au plus { $most } pour { $algorithm }, et non { $got }
fabric_color_each = chacun d’eux a besoin de sa propre couleur, et le réseau en a { $n }
fabric_program_each = chacun d’eux a son propre programme
fabric_least_circle = { $name } doit être d’au moins 2 PE pour un cercle, et non { $got }
fabric_least_stream = width doit être d’au moins 2 PE pour un flux, et non { $got }
fabric_least_crossing = height doit être d’au moins 2 PE pour des flux qui se croisent, et non { $got }
fabric_least_weights = width doit être d’au moins 2 PE, le bord et les autres, et non { $got }
fabric_too_few_spares = spares doit être d’au moins { $least }, une pour chaque PE défectueux de la ligne { $row }, et non { $got }
fabric_link_outside =
    dead_link doit mener à un autre PE du rectangle, et { $got ->
        [north] au nord
        [east] à l’est
        [south] au sud
       *[west] à l’ouest
    } du PE { $at } il n’y en a pas
fabric_link_too_long = un lien doit avoir au plus { $most } sauts supplémentaires, et non { $got }
fabric_colors_run_out = un programme doit se contenter de { $n } couleurs, or il en faudrait une de plus pour « { $role } »
fabric_second_route = un routeur doit avoir une route par couleur, or il y en a une deuxième sur « { $name } » au PE { $at } : là où des PE reçoivent et retransmettent, les voisins alternent entre deux couleurs
fabric_route_leaves = une route doit rester dans le rectangle, or la couleur { $color } en sort au PE { $at }
fabric_collision = une couleur n’entre dans un routeur que par un seul lien à chaque cycle, or il y en a deux au PE { $at }, couleur { $color } ({ $name }), cycle { $cycle }
fabric_no_route = un wavelet doit trouver une route qui le prend, or il n’y en a pas au PE { $at }, couleur { $color } ({ $name }), cycle { $cycle }

# Titres.
fabric_size = { $width } × { $height } PE
fabric_reduce_title = Addition de { $vectors } de { $words }
fabric_broadcast_title = Un vecteur de { $words } pour { $size }
fabric_all_reduce_title = All-reduce de { $vectors } de { $words }
fabric_stream_title = Flux de { $words } sur { $size }
fabric_gemv_title = Une matrice de { $rows } × { $columns } fois un vecteur sur { $size }
fabric_gemm_title = Deux matrices de { $side } × { $side } multipliées sur { $size }
fabric_transpose_title = Tous vers tous dans chaque ligne, { $words } par paire : { $size }
fabric_weights_title = { $features }, { $zero } de poids nuls : { $size }
fabric_stencil_title = { $steps } pas d’un stencil à 5 points sur { $size } de { $cells } chacun
fabric_wave_title = { $steps } pas d’une onde, étoile à 25 points, sur { $size } de { $cells } chacun
fabric_title_circle = Interblocage : des PE s’attendent en cercle ({ $size })
fabric_title_no_way = Interblocage : un lien mort et aucun détour ({ $size })
fabric_title_wrong = { $title }, { $wrong }
fabric_title_part = { $title } ; à l’image : { $shown }
verdict_fabric = Terminé après { $cycles }, soit { $time }.
verdict_fabric_faults = Terminé après { $cycles } avec ces défauts, après { $sound } sans eux.
verdict_fabric_best = « { $algorithm } » prend { $cycles }, soit { $time }. D’après les formules closes, aucun autre algorithme n’est plus rapide ici.
verdict_fabric_slower = « { $algorithm } » prend { $cycles }. « { $best } » fait de même en { $least } : { $ratio } fois plus vite.
fabric_title_defective = { $defective } défectueux
fabric_title_slow = un PE { $n } fois plus lent
fabric_title_dead = un lien mort

# Ce que fait chaque PE, dit au début.
fabric_started = Toutes les tâches ont démarré, après { $startup } de démarrage ; l’horloge compte à partir d’ici.
fabric_hop_note = Ici, un saut dure { $hop }. Sur { $machine }, une mesure non relue par des pairs a donné { $measured } ; le SDK du constructeur suppose { $assumed }.
fabric_assumed_note = Pour { $machine }, ces constantes sont reprises de { $like }, donc supposées : { $constants }.
fabric_constant_hop_latency = latence d’un saut
fabric_constant_ramp_latency = latence de la rampe
fabric_constant_queue_depth = profondeur des files
fabric_constant_vector_gap = pause entre opérations vectorielles
fabric_constant_task_startup = temps de démarrage des tâches
fabric_constant_fp16_per_cycle = opérations fp16 par cycle
fabric_constant_fp32_per_cycle = opérations fp32 par cycle
fabric_constant_sram_read = octets lus par cycle
fabric_constant_sram_write = octets écrits par cycle
fabric_rows_first = Les lignes d’abord, puis la première colonne.
fabric_reduce_two_phase = Chaque PE ajoute au sien le vecteur qu’il reçoit et transmet la somme dans son groupe ; puis les premiers PE des groupes font de même. { fabric_rows_first }
fabric_reduce_chain = Chaque PE ajoute au sien le vecteur qu’il reçoit et transmet la somme. { fabric_rows_first }
fabric_reduce_tree = Les PE additionnent deux à deux, puis des paires de paires. { fabric_rows_first }
fabric_reduce_star = Les PE d’une ligne envoient leurs vecteurs à son premier PE, l’un après l’autre, et il les additionne tous. { fabric_rows_first }
fabric_reduce_snake = Une ligne serpente à travers tous les PE. Chaque PE ajoute au sien le vecteur qu’il reçoit et transmet la somme.
fabric_broadcast_note = Un PE envoie son vecteur une fois. Chaque routeur le donne à son PE et le copie vers la suite de son trajet.
fabric_all_reduce_broadcast = Les vecteurs sont sommés le long des lignes puis d’une colonne ; le PE qui a la somme l’envoie à tous.
fabric_all_reduce_ring = À chaque pas, un PE envoie un bloc de son vecteur au PE suivant et ajoute le bloc qu’il reçoit ; puis les blocs finis font le tour. Les lignes d’abord, puis les colonnes.
fabric_stream_single = Un bout de la ligne du milieu envoie, l’autre reçoit ; les routeurs entre les deux transmettent.
fabric_stream_crossing = Un vecteur suit la ligne du milieu, un autre descend la colonne du milieu. Ils se croisent dans un routeur.
fabric_stream_merging = Deux vecteurs vont à un même PE. Là où le second rejoint le premier, ils partagent chaque lien à tour de rôle.
fabric_stream_circular = Chaque PE du tour du rectangle envoie au suivant avant de recevoir.
fabric_gemv_note = Chaque PE reçoit sa part de x et multiplie sa tuile par cette part ; les produits d’une ligne sont additionnés dans son premier PE.
fabric_part_note = Simuler l’ensemble ({ $size }) prendrait trop de temps. L’image en montre une partie représentative : { $shown }. Les cycles et le temps sont ceux de l’ensemble : cette partie a été simulée, et une formule close donne le reste.
fabric_gemv_note_centre = Les parts de x partent de la ligne du milieu, vers le haut et vers le bas. Chaque PE multiplie sa tuile par la part qu’il reçoit, et les sommes d’une ligne se rejoignent dans son PE du milieu.
fabric_gemv_pairs = { $note } Un wavelet porte deux nombres fp16 ; l’image montre le premier.
fabric_gemm_step = À chaque pas, un PE multiplie une tuile de A par une de B et ajoute le produit à sa tuile de C.
fabric_gemm_mesh = { fabric_gemm_step } Pendant ce temps, les tuiles avancent de deux PE au plus.
fabric_gemm_cannon = { fabric_gemm_step } Pendant ce temps, les tuiles avancent d’un PE, et celles du dernier PE reviennent au premier en traversant tous les autres.
fabric_gemm_summa = { fabric_gemm_step } Sa ligne et sa colonne transmettent de PE en PE les tuiles du pas suivant.
fabric_gemm_summa_lockstep = À chaque pas, les routeurs copient une tuile de A sur toute sa ligne et une tuile de B sur toute sa colonne. Quand tous ont les deux, tous multiplient ; personne n’envoie avant que tous aient multiplié.
fabric_gemm_lockstep = { $note } Aucun PE ne commence un pas avant que tous aient fini le précédent.
fabric_transpose_direct = Chaque PE envoie un bloc à chaque autre PE de sa ligne, d’abord au plus proche ; un aiguillage derrière chaque bloc laisse le suivant aller un PE plus loin.
fabric_transpose_two_stage = Chaque PE envoie ce qui est destiné à un autre groupe de voisins au PE qui y a la même place ; puis chaque groupe échange ce qui est arrivé.
fabric_weights_note = La première colonne envoie les poids qui ne sont pas nuls ; chaque PE multiplie chaque poids par ses jetons et additionne. À la fin, chaque colonne est sommée dans son premier PE.
fabric_stencil_note = À chaque pas, un PE envoie ses cellules à ses quatre voisins, additionne ce qu’il reçoit et le mêle aux siennes.
fabric_wave_note = À chaque pas, un PE reçoit les colonnes de quatre voisins de chaque côté, multiplie et ajoute chacune, et fait de même avec les cellules au-dessus et au-dessous dans la sienne.

# Repères.
fabric_first_wavelet = Le premier wavelet quitte son routeur.
fabric_first_sum = Une unité de calcul ajoute le premier nombre qu’elle reçoit.
fabric_first_product = Une unité de calcul multiplie.
fabric_rows_summed = Chaque ligne est sommée dans la colonne { $column } ; c’est maintenant le tour de cette colonne.
fabric_sum_done = Le PE { $at } a la somme totale et l’envoie à tous les PE.
fabric_ring_rows_done = Chaque PE a la somme de sa ligne ; maintenant les colonnes font le tour.
fabric_gemv_multiplied = Chaque PE a multiplié sa tuile ; maintenant chaque ligne additionne ses produits.
fabric_weights_multiplied = Chaque poids a rencontré chaque jeton ; maintenant chaque colonne additionne ses sommes.
fabric_first_step = Chaque PE a fait le premier des { $steps } pas.
fabric_all_done = La dernière opération est finie ; le résultat est en place.
fabric_waits_in_circle = Plus rien ne peut bouger : les PE s’attendent les uns les autres.
fabric_nothing_crosses = Plus rien ne peut bouger : rien ne traverse le lien mort.
fabric_defective_and_spare =
    { $defective } { $defective ->
        [one] est
       *[other] sont
    } défectueux, et { $spare } { $spare ->
        [one] est
       *[other] sont
    } en réserve.
fabric_slow = Le PE { $at } met { $cycles } pour un élément.
fabric_dead = Le lien entre les PE { $one } et { $other } est mort.

# Ce que fait une opération. D’où viennent les données et où elles vont :
fabric_from =
    { $origin ->
        [north] du nord
        [east] de l’est
        [south] du sud
        [west] de l’ouest
        [root] de la racine
        [first] du premier flux
        [second] du second flux
        [before] du PE précédent
       *[behind] du PE derrière
    }
fabric_to =
    { $goal ->
        [north] vers le nord
        [east] vers l’est
        [south] vers le sud
        [west] vers l’ouest
        [all] à tous
        [next] au PE suivant
        [middle] vers la ligne du milieu, puis vers l’est
       *[on] plus loin
    }
fabric_side =
    { $side ->
        [north] au nord
        [east] à l’est
        [south] au sud
       *[west] à l’ouest
    }
fabric_step = pas { $step } sur { $steps }
fabric_send = Envoyer { $words } { fabric_to }.
fabric_receive = Recevoir { $words } { fabric_from }.
fabric_add = Recevoir { $words } { fabric_from }, additionner.
fabric_add_send = Recevoir { $words } { fabric_from }, additionner, envoyer { fabric_to }.
fabric_round =
    le bloc { $block } sur { $blocks } dans l’anneau de la { $axis ->
        [row] ligne
       *[column] colonne
    }
fabric_ring_send = Envoyer { fabric_round }.
fabric_ring_receive = Recevoir { fabric_round }.
fabric_ring_add = Recevoir { fabric_round }, additionner.
fabric_gemv_send = Envoyer { $words } de x le long de la colonne.
fabric_gemv_receive = Recevoir { $words } de x.
fabric_gemv_multiply = Multiplier la tuile de { $edge } × { $edge } par x.
fabric_gemm_send = Envoyer { $words } de { $matrix }, { fabric_step }.
fabric_gemm_receive = Recevoir { $words } de { $matrix }, { fabric_step }.
fabric_gemm_pass = Recevoir { $words } de { $matrix }, { fabric_step }, garder et transmettre.
fabric_gemm_multiply = Multiplier deux tuiles de { $edge } × { $edge } et ajouter à C, { fabric_step }.
fabric_send_place = Envoyer { $words } à la place { $place }, { fabric_side }.
fabric_receive_place = Recevoir { $words } de la place { $place }, { fabric_side }.
fabric_send_group = Envoyer { $words } { fabric_to }, pour le groupe { $group }.
fabric_receive_group = Recevoir { $words } du groupe { $group }, pour la place { $place }.
fabric_pass_on = Transmettre { $words } { fabric_to }.
fabric_weights_send =
    { $n ->
        [one] Envoyer { $n } poids non nul de la ligne.
       *[other] Envoyer les { $n } poids non nuls de la ligne.
    }
fabric_weights_receive = Recevoir { $weights } ; multiplier chacun par { $tokens } et additionner.
fabric_stencil_send = Envoyer { $cells } à tous les voisins, { fabric_step }.
fabric_stencil_receive = Recevoir { $cells } { fabric_from }, { fabric_step }.
fabric_stencil_add = Recevoir { $cells } { fabric_from }, additionner, { fabric_step }.
fabric_stencil_halve = Diviser les cellules par deux, { fabric_step }.
fabric_stencil_eighth = Ajouter un huitième de la somme des voisins, { fabric_step }.
fabric_wave_start = Partir de l’opposé des cellules du pas précédent, { fabric_step }.
fabric_wave_send = Envoyer { $cells } { fabric_to }, { fabric_step }.
fabric_wave_above = Multiplier les cellules décalées de { $far } vers le haut et ajouter, { fabric_step }.
fabric_wave_below = Multiplier les cellules décalées de { $far } vers le bas et ajouter, { fabric_step }.
fabric_wave_receive = Recevoir { $cells } à { $far } de distance, { fabric_side }, { fabric_step }.
fabric_wave_multiply = Multiplier les cellules à { $far } de distance, { fabric_side }, { fabric_step }.
fabric_wave_add = Ajouter les cellules à { $far } de distance, { fabric_side }, { fabric_step }.
fabric_wave_multiply_own = Multiplier les cellules elles-mêmes, { fabric_step }.
fabric_wave_add_own = Ajouter les cellules elles-mêmes, { fabric_step }.

# Ce que porte une couleur.
fabric_color = { $role }, { $which }
fabric_no_color = aucune
fabric_even = PE pairs
fabric_odd = PE impairs
fabric_level = niveau { $level }
fabric_group = groupe { $group }
fabric_place = place { $place }, { $parity }
fabric_row_sum = somme de ligne { fabric_to }
fabric_column_sum = somme de colonne { fabric_to }
fabric_snake_sum = somme le long du serpent
fabric_partial_sums = sommes partielles { fabric_to }
fabric_broadcast = diffusion
fabric_ring =
    { $axis ->
        [row] anneau de la ligne
       *[column] anneau de la colonne
    }
fabric_ring_back = retour au premier
fabric_stream = flux { fabric_to }
fabric_stream_first = premier flux
fabric_stream_second = second flux
fabric_one_step = un pas
fabric_gemv_x = x le long de sa colonne
fabric_gemm_way = { $matrix } { fabric_to }
fabric_gemm_row = A le long de sa ligne
fabric_gemm_column = B le long de sa colonne
fabric_between_groups = { fabric_to } entre groupes
fabric_block = bloc à chaque autre PE
fabric_from_one = de { $place } { fabric_to }
fabric_from_both = de { $east } vers l’est ou de { $west } vers l’ouest
fabric_from_nobody = de personne
fabric_weights = poids vers l’est
fabric_cells = cellules du groupe { $group }
fabric_wave_way = cellules { fabric_to }

# Grandeurs, et d’où elles découlent.
fabric_simulation_with_startup = simulation cycle par cycle, démarrage compris
fabric_part_source = simulation cycle par cycle d’une partie, formule close pour le reste ; démarrage compris
fabric_simulation_after_startup = simulation, après le démarrage
fabric_walked = chemin critique de la simulation ; la somme des cinq parts donne ses cycles
fabric_closed_form = formule close de Luczynski et al., HPDC’24, arXiv:2404.15888 ; sans démarrage ni pauses entre opérations
fabric_stream_source = 2 B + L + 2 T_R + 1 : le destinataire prend les deux vecteurs l’un après l’autre
fabric_gemv_source = diffusion de x, produits, somme d’une ligne ; avec les pauses entre opérations
fabric_gemm_source = ce que fait une unité de calcul : des produits, et un mot qui entre ou sort par cycle ; avec les pauses entre opérations
fabric_gemm_lockstep_source = nombre de pas × durée d’un pas, que fixent le plus long trajet d’une tuile et le travail d’une unité de calcul ; avec les pauses entre opérations
fabric_middle_link = n² w / 4 : ce qui traverse le lien du milieu d’une ligne
fabric_middle_link_and_groups = { fabric_middle_link } ; puis l’échange dans un groupe
fabric_weights_source = un AXPY pour chaque poids qui n’est pas nul, puis la somme d’une colonne ; avec les pauses entre opérations
fabric_stencil_source = cinq échanges et deux opérations par pas, quel que soit le rectangle ; avec les pauses entre opérations
fabric_wave_source = 43 instructions, 16 mots qui entrent et 4 qui sortent par cellule et par pas, quel que soit le rectangle ; avec les pauses entre opérations
fabric_poisson = Y = exp(−A D), défauts au hasard : Murphy, Proc. IEEE 52(12), 1964 ; Stapper et al., Proc. IEEE 71(4), 1983
fabric_binomial = Y = P(au plus s des n + s PE d’une ligne sont défectueux) ^ lignes, chacun avec 1 − exp(−a D)
fabric_drawn = défauts placés au hasard sur { $wafers }, et comptés
fabric_at_density = { $rule } ; à { $density } { $density ->
        [one] défaut
       *[other] défauts
    } par cm² ({ $source })
figure_fabric_cycles = simulés, dont { $startup } de démarrage
figure_fabric_time = à { $clock }
    .source = cycles divisés par la fréquence d’horloge
figure_fabric_sound_cycles = sans aucune panne
figure_fabric_lost_share = de cycles perdus
    .source = 1 − cycles sans aucune panne sur cycles ; tous en cas d’interblocage
figure_fabric_lucky = de cycles perdus ; par chance, { $saved } de moins
    .source = avec et sans les pannes ; des mots en retard en ont laissé passer d’autres, et ce qui attendait ceux-ci a commencé plus tôt
figure_fabric_extra_hops = sauts supplémentaires
    .source = au-delà des PE défectueux et autour des liens morts, additionnés
figure_fabric_defective_pes = PE défectueux
    .source = tirés avec la graine, réserve comprise
figure_fabric_model_cycles = formule close, sans démarrage
figure_fabric_max_error = écart avec NumPy
    .source = plus grande différence entre le résultat et celui de NumPy
figure_fabric_wavelet_hops = sauts de wavelets
    .source = simulation cycle par cycle, liens seulement
figure_fabric_link_utilisation = liens actifs
figure_fabric_pe_utilisation = PE actifs
figure_fabric_stalled_cycles = de blocage
    .source = cycles où un wavelet ou une opération n’a pas pu continuer, additionnés
figure_fabric_startup_cycles = démarrage
figure_fabric_hop_latency = pour un saut
figure_fabric_model_distance = distance
figure_fabric_model_contention = contention
figure_fabric_model_depth = profondeur
figure_fabric_model_compute = produits
figure_fabric_model_startup = pauses
figure_fabric_deadlock = interblocage
    .source = rien ne pouvait bouger et il restait du travail
figure_fabric_path_distance = distance, sur le chemin
figure_fabric_path_contention = contention, sur le chemin
figure_fabric_path_depth = profondeur, sur le chemin
figure_fabric_path_compute = produits, sur le chemin
figure_fabric_path_startup = démarrage et pauses, sur le chemin
figure_fabric_yield_die = puces isolées qui fonctionnent
figure_fabric_yield_unspared = wafers qui fonctionnent sans réserve
figure_fabric_yield_spared = wafers qui fonctionnent avec cette réserve
figure_fabric_drawn_die = puces isolées, tirées au sort
figure_fabric_drawn_spared = wafers avec réserve, tirés au sort
figure_fabric_defect_density = défauts, publiés
figure_fabric_picture_density = défauts dans l’image
    .source = −ln(1 − part des PE défectueux) sur la surface d’un PE

# What the page asks, why, and what to try.
question_fabric_reduce = Comment { $cores } cœurs additionnent-ils de voisin en voisin ?
    .purpose = Chaque étape de l’entraînement d’une IA se termine par une telle somme.
question_fabric_broadcast = Comment un cœur en atteint-il { $cores } de voisin en voisin ?
    .purpose = C’est ainsi que de nouveaux poids parviennent aux cœurs d’un wafer.
question_fabric_all_reduce = Comment { $cores } cœurs apprennent-ils tous leur somme ?
    .purpose = Avec le parallélisme de données, chaque étape se termine par une telle somme, dont tous ont besoin.
question_fabric_stream = Que se passe-t-il quand des flux de données partagent le réseau ?
    .purpose = Sur un wafer, il en circule beaucoup en même temps.
question_fabric_transpose = Comment chaque cœur envoie-t-il quelque chose à tous les autres ?
    .purpose = Les transformées de Fourier et les mélanges d’experts échangent ainsi leurs données.
question_fabric_gemv = Comment { $cores } cœurs multiplient-ils une matrice par un vecteur ?
    .purpose = Un modèle de langage qui écrit un jeton ne fait guère autre chose.
question_fabric_gemm = Comment { $cores } cœurs multiplient-ils deux matrices ?
    .purpose = L’entraînement d’un modèle de langage consiste surtout en de tels produits.
question_fabric_weight_stream = Comment calcule une couche dont les poids ne sont stockés nulle part ?
    .purpose = C’est ainsi qu’un CS-2 entraîne des modèles plus grands que sa mémoire.
question_fabric_stencil = À quelle vitesse calculent { $cores } cœurs liés à leurs voisins ?
    .purpose = La chaleur, les écoulements et les ondes se calculent ainsi.
goal_fabric_reduce = Faites la somme deux fois plus vite qu’une étoile.
goal_fabric_broadcast = Gardez un cinquième des liens actifs.
goal_fabric_all_reduce = Apportez la somme à tous les cœurs six fois plus vite qu’un anneau.
goal_fabric_stream = Faites en sorte que deux flux ne prennent pas plus de temps qu’un seul.
goal_fabric_transpose = Gardez 30 % des liens actifs.
goal_fabric_gemv = Gardez les PE actifs les trois quarts du temps.
goal_fabric_gemm = Rendez le produit 1,1 fois plus rapide qu’avec « Grille ».
goal_fabric_weight_stream = Rendez la couche deux fois plus rapide que sans poids nuls.
goal_fabric_stencil = Gardez les PE actifs les trois quarts du temps.
goal_fabric =
    .now = { $value } pour l’instant ; il faut { $needed }.
    .met = ✓ Atteint : { $value }.
try_fabric_star = Additionner à nouveau, avec l’étoile
    .said = Dans chaque rangée, tous envoient au premier cœur et font la queue. Et s’ils partageaient le travail ?
try_fabric_two_phase = Essayer deux phases
    .said = Des chaînes courtes à la fois, puis une chaîne des résultats. Est-ce le mieux pour toute longueur ?
try_fabric_one_word = Un seul mot dans chaque cœur
    .said = Avec un mot, l’étoile gagne : le trajet est le plus court et la queue presque vide.
try_fabric_many_words = 256 mots dans chaque cœur
    .said = Avec 256 mots, la chaîne gagne : chaque mot ne passe qu’une fois sur chaque lien.
