## La scène Planification : un entraînement entier sur N machines.

planner_title = { $devices } : combien de jours ?
verdict_planner =
    { $time ->
        [own] Temps : { $devices } en tête, { $days } contre { $other_days } sur { $others } ({ planner_chosen }).
        [other] Temps : { $others } ({ planner_chosen }) en tête, { $other_days } contre { $days } sur { $devices }.
       *[open] Temps : indécis, { $days } sur { $devices } et { $other_days } sur { $others } ({ planner_chosen }).
    } { $spent ->
        [one] Énergie et coût : { $saves_energy } en tête, par des facteurs de { $energy } et { $cost }.
       *[both] Énergie : { $saves_energy } en tête, par un facteur de { $energy }. Coût : { $saves_cost } en tête, par un facteur de { $cost }.
    }
planner_chosen =
    { $chosen ->
        [fewest] moins ne suivraient pas
       *[fastest] davantage n’iraient pas plus vite
    }
verdict_planner_alone = { $devices } : { $days }. L’autre sorte de grappe ne peut pas le faire.

## Son formulaire.

parameter_planner_seed = Graine
    .doc = Choisit quand des machines tombent en panne, et quels GPU sont un peu plus lents.
parameter_planner_tokens = Jetons
    .doc = Ce sur quoi le modèle est entraîné ; auto : 20 par paramètre, ou 2 000 pas d’affinage.
parameter_planner_fine_tune = Affinage
    .doc = Si l’entraînement part de poids déjà entraînés par d’autres.
parameter_planner_mtbf_hours = Temps entre pannes
    .doc = Temps moyen entre deux pannes d’une machine ; auto : publié pour les GPU, supposé pour les systèmes CS.
parameter_planner_checkpoint_interval = Intervalle des sauvegardes
    .doc = Travail entre deux sauvegardes ; auto prend l’intervalle qui perd le moins de temps.
parameter_planner_recovery = Reprise
    .doc = Qui remarque que l’entraînement est arrêté : un programme en 10 minutes au plus, ou quelqu’un en 18 heures au plus.
parameter_planner_price = Prix
    .doc = Prix d’une machine pour une heure ; auto : le prix de son matériel, hôtes et commutateurs compris, réparti sur quatre ans.
preset_planner_gpt_3 = 175B, Megatron sur 1 024 A100
preset_planner_opt = OPT-175B, relancé à la main
preset_planner_llama_3 = Llama 3 405B sur 16 384 H100
preset_planner_wafers_1_3b = 1,3B sur 4 CS-2
preset_planner_wafers_20b = 20B sur 7 CS-2
preset_planner_wafers_fine_tune = Affinage de 1,3B sur 4 CS-2
value_automatic = Automatique
value_by_hand = À la main

## Ce qu’elle refuse, et pourquoi il n’y a pas d’autre grappe.

planner_refused_mtbf_hours = mtbf_hours doit laisser au plus { $most } interruptions de l’entraînement, et { $got } en donne { $gives }
planner_refused_checkpoint_interval = checkpoint_interval doit être assez court pour laisser au plus { $most } interruptions de l’entraînement, et { $got } en donne { $gives }
planner_uncounted = plus qu’on ne peut en compter
planner_refused_tokens = tokens doit limiter l’entraînement à { $most }, et { $got } demande { $takes } : prenez moins de jetons ou plus de machines
planner_too_slow =
    { $devices ->
        [one] même { $devices } mettrait { $times } fois plus de temps, et davantage n’y changerait rien
       *[other] même { $devices } mettraient { $times } fois plus de temps, et davantage n’y changeraient rien
    }

## Ses chiffres.

planner_given = donné
planner_mean = formule close de la moyenne : pas, sauvegardes, pannes
planner_band = les 5e et 95e centiles de 200 futurs simulés, élargis de l’erreur des pas simulés par rapport aux pas publiés
planner_low_end = { $figure }, borne basse
planner_high_end = { $figure }, borne haute
figure_planner_days = du début à la fin
    .source = { planner_mean } ; bornes : { planner_band }
figure_planner_goodput = temps utile
    .source = pas qui comptent, rapportés au temps écoulé ; bornes : { planner_band }
figure_planner_interruptions = interruptions
    .source = formule close ; temps entre pannes d’une machine : { $mtbf } ; bornes : { planner_band }
figure_planner_time_to_first_step = jusqu’au premier pas
    .source = droites passant par des durées publiées ; bornes : la plus courte et la plus longue d’entre elles
figure_planner_cost = coût
    .source = heures-machine × prix ; prix : { $price } ; bornes : { planner_band }
figure_planner_rent = coût en location
    .source = heures-machine × prix catalogue ; prix : { $price } ; bornes : { planner_band }
figure_planner_energy = énergie
    .source = puissance sur toute la durée, hôtes et commutateurs compris : { $power } ; borne basse : les machines seules ; bornes : { planner_band }
figure_planner_parameters = paramètres
    .source = forme du modèle
figure_planner_tokens = jetons
    .source = donné, 20 par paramètre, ou 2 000 pas d’affinage ; en pas entiers
figure_planner_undisturbed_days = si rien ne tombait en panne
    .source = pas et sauvegardes
figure_planner_step_days = de pas d’entraînement
    .source = pas entiers × durée d’un pas
figure_planner_tokens_per_s = débit
    .source = le pas simulé
figure_planner_device_hours = heures-machine
    .source = machines × jours
figure_planner_training_flop = à calculer
    .source = FLOP du modèle selon PaLM, annexe B
figure_planner_memory_per_device = mémoire par machine
    .source = état du modèle, activations et réserve de la machine la plus remplie
    .wafers = activations d’une couche, et entrées de couches qui sont gardées sur le wafer ; les poids ne le sont pas
figure_planner_checkpoint_hours = entre sauvegardes
    .source = Young et Daly : l’intervalle qui perd le moins de temps
figure_planner_checkpoint_time = pour écrire une sauvegarde
    .gpu = octets par paramètre, écrits par chaque GPU au débit de BLOOM
    .cs = une droite passant par des durées de modèles jusqu’à 6B ; les plus grands écrivent par parties
figure_planner_cluster_mtbf = entre pannes
    .source = temps entre pannes d’une machine, divisé par leur nombre
figure_planner_decisions = nombres à choisir
figure_planner_longest_context = séquence la plus longue
    .source = la plus longue de 1k à 128k dont la mémoire suffit, avec attention fusionnée ; les GPU peuvent se partager une séquence
figure_planner_longest_context_unfused = séquence la plus longue, attention non fusionnée
    .source = la plus longue de 1k à 128k dont la mémoire suffit, sans attention fusionnée
figure_planner_other = pour une vitesse comparable
    .source = le plus petit nombre de machines de l’autre sorte, d’à peu près la même année, qui tiennent le rythme en jetons par seconde, avec le même lot de { $batch }
    .nearby = le plus petit nombre de machines de l’autre sorte, d’à peu près la même année, qui tiennent le rythme en jetons par seconde, avec un lot de { $batch } : de ceux qu’elles se partagent également, le plus proche de { $same }
figure_planner_fastest_other = les plus rapides de l’autre sorte
    .source = davantage de machines n’irait pas plus vite, avec un lot de { $batch }
figure_planner_other_days = sur { $devices }
figure_planner_other_cost = coût sur { $devices }
figure_planner_other_energy = énergie sur { $devices }
figure_planner_other_longest_context = séquence la plus longue sur { $device }

## Repères d’un entraînement.

planner_mark_first_step = Sur { $devices } : le premier pas ({ $parts }).
planner_mark_first_failure = Sur { $devices } : la première panne ; { $lost } de travail sont perdus, et l’entraînement reprend { $back } plus tard.
planner_mark_half_way = Sur { $devices } : la moitié du travail est faite, au bout de { $time }.
planner_mark_done =
    { $n ->
        [one] Sur { $devices } : terminé au bout de { $time }, { $n } interruption comprise.
       *[other] Sur { $devices } : terminé au bout de { $time }, { $n } interruptions comprises.
    }
planner_takes = { $phase } { $time }
planner_phase_queue = file d’attente
planner_phase_compile = compilation
planner_phase_first_checkpoint = première sauvegarde
planner_phase_initialisation = initialisation
planner_phase_weights = poids
planner_phase_training = entraînement
planner_phase_lost_work = travail perdu
planner_phase_unnoticed = arrêt non remarqué
planner_phase_restart = redémarrage

## Ce que le lecteur dit d’un entraînement.

planner_key_done = part faite
planner_key_ready = préparation
planner_key_failure = panne
planner_key_checkpoint = sauvegarde
planner_curve = part du travail faite
planner_does_training = avance
planner_does_lost_work = avance, mais cette partie sera perdue à la prochaine panne
planner_does_unnoticed = est arrêté, sans que personne l’ait remarqué
planner_does_restart = redémarre
planner_does_queue = attend dans la file
planner_does_compile = compile
planner_does_first_checkpoint = écrit la première sauvegarde
planner_does_initialisation = s’initialise
planner_does_weights = charge les poids
planner_says = Sur { $devices }, l’entraînement est fait à { $done } et { $doing }.
planner_says_interrupted =
    { $n ->
        [one] Sur { $devices }, l’entraînement est fait à { $done } et { $doing }. { $n } interruption jusqu’ici.
       *[other] Sur { $devices }, l’entraînement est fait à { $done } et { $doing }. { $n } interruptions jusqu’ici.
    }
planner_says_over =
    { $devices ->
        [one] { $devices } a terminé au bout de { $time }.
       *[other] { $devices } ont terminé au bout de { $time }.
    }
planner_alone = L’autre sorte de grappe ne peut pas le faire : { $reason }.
planner_over = terminé en { $time }
planner_interruptions =
    { $n ->
        [one] { $n } interruption
       *[other] { $n } interruptions
    }
planner_cell =
    .ten_minutes = une case vaut dix minutes
    .hour = une case vaut une heure
    .quarter_day = une case vaut un quart de jour
    .day = une case vaut un jour
    .week = une case vaut une semaine
    .thirty_days = une case vaut 30 jours
planner_card =
    .hour = Heure { $n }, { $devices }
    .day = Jour { $n }, { $devices }
    .week = Semaine { $n }, { $devices }
    .span = { $span }, { $devices }
planner_state = état
    .ahead = encore à venir
    .done = fait à { $share }
planner_checkpoints = sauvegardes
    .about = environ { $n }
planner_failures = pannes
planner_done_now = fait, maintenant : { $doing }
planner_ends = Fini après
    .interval = Ligne : neuf cas sur dix, erreurs du modèle comprises.
    .futures = Traits : cinquante futurs, qui ne diffèrent que par les pannes.

## Ses graphiques.

planner_plans = Plans
    .open = Ouvrir ce plan
planner_plan = { $devices } : { $days }, { $cost }
    .beaten = { $devices } : { $days }, { $cost } ; un autre est plus rapide et moins cher
planner_chart_days = Jours
    .across = machines
    .up = jours, du début à la fin
planner_twice = Avec deux fois plus de machines ({ $device }), c’est { $factor } fois plus rapide.
planner_half = Avec deux fois moins de machines ({ $device }), il faut { $factor } fois plus de temps.
planner_no_double =
    { $devices ->
        [one] { $devices } met { $days }.
       *[other] { $devices } mettent { $days }.
    }
planner_bands = Les bandes contiennent neuf cas sur dix.
planner_chart_frontier = Coût
    .across = jours
    .billions = coût [milliards de USD]
    .millions = coût [millions de USD]
    .thousands = coût [milliers de USD]
    .ones = coût [USD]
planner_priced = { $device }, à votre prix
    .year = { $device }, prix de { $year }
planner_costs = Même calcul des deux côtés : le matériel, hôtes et commutateurs compris, aux prix publiés, réparti sur quatre ans d’usage. Lisez des facteurs, non des pourcentages.
    .alone = Les jours face au coût. Un plan est estompé si un autre le bat sur les deux.
    .given = { $device } au prix que vous avez donné. Comparez les points d’une même ligne, non les deux lignes.
planner_chart_context = Contexte
    .across = contexte [jetons]
    .up = part occupée de la mémoire
    .unfused = trait fin : attention non fusionnée
    .published = longueurs d’exécutions publiées
planner_runs_gpu = GPU
planner_runs_cs = CS-2
planner_length = { $device }, { $length }, sans attention fusionnée : { $need } sur { $limit }
    .fused = { $device }, { $length }, avec attention fusionnée : { $need } sur { $limit }
planner_too_long = { $length }, ne tient pas
planner_run = { $run }, { $tokens }
planner_fits = Sur { $device }, des séquences jusqu’à { $length } tiennent.
    .until = Sur { $device }, des séquences jusqu’à { $length } tiennent ; { $next } demanderaient { $need } sur { $limit }.
    .none = Sur { $device }, aucune longueur ne tient.
planner_published = Publié : { $run }, { $length }.
planner_chart_ladder = Croissance
    .up = milliards de paramètres, axe logarithmique
planner_growth =
    { $n ->
        [one] { $parameters } fois plus de paramètres en un an : de { $first } à { $last }. L’entraînement demande { $flop } fois plus de FLOP.
       *[other] { $parameters } fois plus de paramètres en { $n } ans : de { $first } à { $last }. L’entraînement demande { $flop } fois plus de FLOP.
    }
planner_growth_at_once = { $parameters } fois plus de paramètres la même année : de { $first } à { $last }. L’entraînement demande { $flop } fois plus de FLOP.
planner_model = { $model } : { $parameters }, { $flop }
planner_years = years doit être deux années de { $low } à { $high } séparées par une virgule, la première d’abord, et non { $got }. Années affichées : { $first } à { $last }.
planner_chart_start = Départ
    .up = minutes
planner_phase_on = { $device }, { $phase }
planner_phase_time = { $device }, { $phase } : { $time }, { $interval }
planner_start = { $time } jusqu’au premier pas ({ $interval } d’après des journaux publiés). Le plus long : { $phase }.
planner_fine_tune =
    .parameters = paramètres
    .tokens = jetons
    .days = jours
    .fine_tuned = affiné
    .from_scratch = de zéro
    .larger = × { $factor }, de zéro
planner_chart_setup = Réglages
    .said = Le même entraînement, dans la configuration de chaque côté. Ce que quelqu’un doit choisir est surligné.
planner_choose =
    { $n ->
        [one] { $devices } : { $n } nombre à choisir
       *[other] { $devices } : { $n } nombres à choisir
    }

# Why, and what to try.
purpose_planner = Du matériel tombe en panne, on attend, et chaque jour coûte loyer et énergie.
goal_planner = Terminez en une semaine.
    .now = { $value } pour l’instant ; il faut au plus { $needed }.
    .met = ✓ Atteint : { $value }.
try_planner_default = Reprendre au début
    .said = Un carré est un jour. Regardez ce qui arrête l’entraînement et ce que coûte la reprise.
try_planner_many = Prendre 4 096 GPU
    .said = Quatre fois plus de GPU ne vont pas quatre fois plus vite, et plus ils sont nombreux, plus souvent l’un d’eux tombe en panne.
