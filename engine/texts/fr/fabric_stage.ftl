## Ce que le navigateur dit de l’image de la scène Flux de données, et ce que disent ses graphiques.

# Où l’on est.
fabric_stage_wafer = Wafer
fabric_stage_mesh = Grille
fabric_stage_pe = PE { $at }
fabric_stage_size = { $columns } × { $rows } PE
fabric_stage_chip = { $columns } × { $rows } PE sur une puce de { $area }, découpée dans une tranche ronde de { $wafer } de diamètre
fabric_stage_gpu = puce d’un { $name }, à l’échelle : { $area }
    .title = { $source }
fabric_stage_gpu_die = puce d’un GPU
fabric_stage_region = PE { $columns } × { $rows }
fabric_stage_region_times = { $region } : quand chacun travaille
fabric_stage_looking = Vue sur les { $region }.
fabric_stage_recording = Vue sur les { $region } : leurs wavelets sont en cours d’enregistrement.
fabric_stage_not_recorded = Vue sur les { $region } : leurs wavelets ne sont pas enregistrés ; appuyez sur Entrée pour les enregistrer.
fabric_stage_held_elsewhere = Vue sur les { $region }. Cette page ne contient que les wavelets des { $held }. Une exécution dont l’adresse contient { $address } a ceux de cette région.
fabric_stage_held_nowhere = Vue sur les { $region }. Cette page ne contient pas de wavelets, seulement les instants où chaque PE travaille. Une exécution dont l’adresse contient { $address } a les wavelets de cette région.

# Ce que font les PE, et leurs défauts.
fabric_stage_idle = au repos
fabric_stage_receiving = reçoit
fabric_stage_computing = calcule
fabric_stage_sending = envoie
fabric_stage_stalled = bloqué
fabric_stage_done = terminé
fabric_stage_waiting = attend
fabric_stage_moving = émet ou reçoit
fabric_stage_passing = des wavelets traversent son routeur
fabric_stage_moved = des wavelets circulent
fabric_stage_fades = tombe au tiers en { $n } cycles
    .title = La couleur montre l’activité des derniers cycles : la lueur tombe au tiers en { $n } cycles. Les pauses de { $pause } cycles au plus ne sont pas montrées.
fabric_stage_halo = halo : peu travaillent
fabric_stage_dies = puces, de même taille
fabric_stage_defective = défectueux
fabric_stage_spare = réserve
fabric_stage_detour = détour
fabric_stage_dead_link = lien mort
fabric_stage_slow = lent

# Un cycle en une phrase.
fabric_stage_said = { $what }.
fabric_stage_said_and = { $some } et { $last }.
fabric_stage_crossing =
    { $n ->
        [one] { $n } wavelet traverse un lien
       *[other] { $n } wavelets traversent des liens
    }
fabric_stage_n_compute =
    { $n ->
        [one] { $n } PE calcule
       *[other] { $n } PE calculent
    }
fabric_stage_n_send =
    { $n ->
        [one] { $n } PE envoie
       *[other] { $n } PE envoient
    }
fabric_stage_n_receive =
    { $n ->
        [one] { $n } PE reçoit
       *[other] { $n } PE reçoivent
    }
fabric_stage_n_stalled =
    { $n ->
        [one] { $n } PE est bloqué, en { $at }
       *[other] { $n } PE sont bloqués, le premier en { $at }
    }
fabric_stage_on_ramps =
    { $n ->
        [one] { $n } wavelet est sur une rampe
       *[other] { $n } wavelets sont sur des rampes
    }
fabric_stage_ended = L’exécution est terminée ; tous les PE sont au repos.
fabric_stage_still = Tous les PE attendent ; rien ne bouge.
fabric_stage_deadlock =
    { $n ->
        [one] Interblocage : le PE { $at } attend le PE { $other } sur la couleur { $color }, et { $n } PE attend en cercle.
       *[other] Interblocage : le PE { $at } attend le PE { $other } sur la couleur { $color }, et { $n } PE attendent en cercle.
    }
fabric_stage_deadlock_of_fault =
    { $n ->
        [one] Interblocage : le PE { $at } attend le PE { $other } sur la couleur { $color }, et { $n } PE attend en tout.
       *[other] Interblocage : le PE { $at } attend le PE { $other } sur la couleur { $color }, et { $n } PE attendent en tout.
    }
fabric_stage_field = Sur { $n } PE, { $computing } calculent, { $moving } émettent ou reçoivent, { $waiting } attendent et { $done } ont terminé ; des wavelets traversent { $passing } des routeurs.
fabric_stage_field_idle = Sur { $n } PE, { $computing } calculent, { $moving } émettent ou reçoivent, { $waiting } attendent, { $done } ont terminé et { $idle } n’ont pas encore commencé ; des wavelets traversent { $passing } des routeurs.
fabric_stage_in_turn = Pour { $both } de tous les PE, calcul et mouvement de wavelets alternent trop vite pour être distingués ; ils comptent comme du calcul.
fabric_stage_field_done = Les { $n } PE ont tous terminé.
fabric_stage_inside = Dans le PE { $at } : { $doing } ; aucun wavelet n’attend à son routeur.
fabric_stage_inside_queued = Dans le PE { $at } : { $doing } ; en attente au routeur : { $queues }.
fabric_stage_queued = { $n } { $from }
fabric_stage_path_at = Le chemin critique est au PE { $at } : { $part }.

# Les côtés d’un routeur.
fabric_stage_north = nord
    .title = Nord
    .from = du nord
    .to = vers le nord
fabric_stage_east = est
    .title = Est
    .from = de l’est
    .to = vers l’est
fabric_stage_south = sud
    .title = Sud
    .from = du sud
    .to = vers le sud
fabric_stage_west = ouest
    .title = Ouest
    .from = de l’ouest
    .to = vers l’ouest
fabric_stage_ramp = rampe
    .from = de la rampe
    .to = vers la rampe

# La fiche d’un PE.
fabric_stage_now = Maintenant
fabric_stage_doing = { $doing }, cycle { $cycle } sur { $total }
fabric_stage_operation = Opération
fabric_stage_color = Couleur { $color }
fabric_stage_route = { $from } { $to }
fabric_stage_route_switched = { $from } { $to }, aiguillage en position { $position }
fabric_stage_and = { $one } et { $other }
fabric_stage_to_nowhere = vers nulle part
fabric_stage_words_before = Mots avant
fabric_stage_words_after = Mots après
fabric_stage_queue = File de la couleur { $color }
fabric_stage_cycles = Cycles { $from } à { $to }
fabric_stage_ends = Fin
fabric_stage_at_cycle = cycle { $t }
fabric_stage_never = jamais
fabric_stage_fault = Panne
fabric_stage_fault_defective = défectueux : les lignes le contournent
fabric_stage_fault_slow = { $cycles } par élément
fabric_stage_spare_pe = Réserve
fabric_stage_unused = inutilisé
fabric_stage_way = { $hops } jusqu’au PE { $at }
fabric_stage_dead_way = mort : { $hops } jusqu’au PE { $at }
fabric_stage_no_way = mort, et aucun détour

# L’intérieur d’un PE.
fabric_stage_router = routeur
fabric_stage_element = unité de calcul
    .short = UC
fabric_stage_memory_start = mémoire au début
fabric_stage_memory_end = mémoire à la fin

# Le chemin d’un mot, le dernier niveau.
fabric_stage_word = Mot
    .value = Mot { $value }
fabric_stage_word_said = { $word } : { $doing }.
fabric_stage_word_unsent = pas encore envoyé
fabric_stage_word_ramp = sur la rampe du PE { $at }
fabric_stage_word_link = quitte le PE { $at } { $way }
fabric_stage_word_waiting = attend dans le routeur du PE { $at }
fabric_stage_word_taken = est arrivé
fabric_stage_word_from = De
fabric_stage_word_to = Vers
fabric_stage_word_hops = Sauts
fabric_stage_word_time = En route
fabric_stage_word_waited = Attente
fabric_stage_word_element = unité de calcul du PE { $at }, cycle { $t }
fabric_stage_word_dropped = s’arrête dans le routeur du PE { $at }, cycle { $t }
fabric_stage_word_stuck = encore dans le routeur du PE { $at } à la fin de l’exécution
fabric_stage_word_beyond = routeur du PE { $at }, cycle { $t } ; au-delà, rien n’est enregistré
fabric_stage_word_many = { $n } PE, le dernier au cycle { $t }

# Ce qui se superpose à l’image, et la courbe au-dessous.
fabric_stage_links_in_use = liens utilisés
fabric_stage_path = Chemin
    .title = Le chemin critique : la suite d’événements qui décide de la fin de l’exécution
    .line = chemin critique
    .ring = grandit avec le temps passé à un PE
fabric_stage_links = Liens
    .title = Combien de wavelets porte chaque lien
    .level = jusqu’à { $n }
    .first = wavelets de l’exécution : jusqu’à { $n }
    .last = jusqu’à { $n }, { $share } des cycles
    .only = wavelets de l’exécution : jusqu’à { $n }, { $share } des cycles

# Les parties du chemin critique.
fabric_stage_distance = distance
    .title = Distance
    .note = liens traversés
fabric_stage_contention = contention
    .title = Contention
    .note = attend ce qui est partagé
fabric_stage_depth = profondeur
    .title = Profondeur
    .note = rampes, aller et retour
fabric_stage_compute = produits
    .title = Produits
    .note = multiplications
fabric_stage_startup = démarrage et pauses
    .title = Démarrage et pauses
    .note = tâches, pauses entre les opérations

# Graphiques.
fabric_chart_cycle = cycle
fabric_chart_cycles = cycles
fabric_chart_simulated = simulé
    .title = Simulé
fabric_chart_closed_form = formule close
    .title = Formule close
fabric_chart_space_time = Espace-temps
    .said = Les PE vers la droite, les cycles vers le bas.
    .path = Les PE vers la droite, les cycles vers le bas. La ligne est le chemin critique.
    .row = Espace-temps de la ligne { $index } : { $pes } vers la droite, { $cycles } vers le bas.
    .column = Espace-temps de la colonne { $index } : { $pes } vers la droite, { $cycles } vers le bas.
    .stay = Le chemin critique y passe { $n } de ces cycles.
fabric_chart_line = Rangée de PE
    .row = Ligne
    .column = Colonne
    .index = Numéro de la ligne ou de la colonne
    .range = de 0 à { $most }
fabric_chart_path = Chemin
    .said = Le chemin critique prend { $cycles } cycles, dont { $share } de { $part }.
    .deadlock = Rien ne s’est achevé : il n’y a donc pas de chemin critique.
    .none = Le chemin critique est disponible jusqu’à 64 × 64 PE, où chaque wavelet est enregistré.
    .bar = { $name } : { $parts } cycles
    .part = { $part } { $cycles }
    .alone = { $part } : { $cycles }
fabric_chart_activity = Activité
    .said = Au plus { $links } des liens et { $pes } des PE travaillent en même temps.
    .over = Liens et PE actifs pendant { $cycles }.
    .links = liens
    .pes = PE
fabric_chart_yields = Rendement
    .said = Avec la densité publiée de { $density } défaut par cm², { $die } des puces isolées fonctionnent ; des wafers avec { $n ->
        [one] { $n } colonne de réserve
       *[other] { $n } colonnes de réserve
    }, { $wafers } ; et sans réserve, environ un sur { $one_in }.
    .density = défauts par cm²
    .share = puces qui fonctionnent, %
    .spared = wafer avec { $n ->
        [one] { $n } colonne de réserve
       *[other] { $n } colonnes de réserve
    }
    .die = puces isolées
    .unspared = wafer sans réserve
    .point = { $curve }, { $density } défauts par cm² : { $share } des tirages fonctionnent
fabric_chart_curve = Courbe
    .runs = Exécutions
    .watch = Regarder cette exécution
    .against = Cycles selon
    .simulating = Simulation : { $done } sur { $total } points.
    .form = Chaque point est une exécution ; la ligne en tirets est la formule close.
    .same = { $cycles } après le démarrage, comme la formule close. Ouvrez un point pour le regarder.
    .more = { $cycles } après le démarrage, { $share } de plus que la formule close. Ouvrez un point pour le regarder.
    .less = { $cycles } après le démarrage, { $share } de moins que la formule close. Ouvrez un point pour le regarder.

# Ce selon quoi une courbe peut être tracée.
fabric_along_words = mots
    .axis = mots
    .point = { $n ->
        [one] { $n } mot : { $cycles }
       *[other] { $n } mots : { $cycles }
    }
fabric_along_width = PE
    .axis = PE par ligne
    .point = { $n ->
        [one] { $n } PE par ligne : { $cycles }
       *[other] { $n } PE par ligne : { $cycles }
    }
fabric_along_group = taille des groupes
    .axis = PE par groupe
    .point = { $n ->
        [one] { $n } PE par groupe : { $cycles }
       *[other] { $n } PE par groupe : { $cycles }
    }
