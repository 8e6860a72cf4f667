## La scène Passage à l’échelle : un pas d’entraînement sur N machines.

scaling_title = { $devices } ensemble : combien de fois plus vite ?
scaling_title_alone = { $devices } : à quelle vitesse ?
verdict_scaling = { $devices } vont { $times } fois plus vite que { $fewest } : { $share } du linéaire.

## Son formulaire.

parameter_scaling_cluster = Grappe
    .doc = Des GPU, ou des systèmes CS d’un wafer chacun.
parameter_scaling_device = Machine
    .doc = Ce qu’est une machine, avec son réseau ; auto : A100 80 GB, ou CS-2.
parameter_scaling_n_devices = Machines
    .doc = Nombre de machines.
parameter_scaling_model = Modèle
    .doc = Forme du transformeur.
parameter_scaling_layers = Couches
    .doc = Nombre de couches, à la place de celui du modèle.
parameter_scaling_hidden = Largeur
    .doc = Largeur, à la place de celle du modèle.
parameter_scaling_heads = Têtes
    .doc = Têtes d’attention, à la place de celles du modèle.
parameter_scaling_vocab = Vocabulaire
    .doc = Vocabulaire, à la place de celui du modèle.
parameter_scaling_ffn = Largeur feed-forward
    .doc = Largeur de la partie feed-forward ou d’un expert, à la place de celle du modèle ; auto suit la largeur.
parameter_scaling_kv_heads = Têtes clé-valeur
    .doc = Têtes de clés et de valeurs, à la place de celles du modèle ; il y en a moins que de têtes d’attention quand les requêtes sont groupées.
parameter_scaling_head_size = Taille de tête
    .doc = Largeur d’une tête, à la place de celle du modèle ; auto : celle de toutes les têtes suit la largeur.
parameter_scaling_experts = Experts
    .doc = Experts d’une couche, à la place de ceux du modèle ; 0 : une seule partie feed-forward pour tous les jetons.
parameter_scaling_top_k = Experts par jeton
    .doc = Experts que traverse un jeton, à la place de ceux du modèle.
parameter_scaling_sequence_length = Longueur de séquence
    .doc = Jetons d’une séquence ; auto : comme le modèle.
parameter_scaling_global_batch = Lot global
    .doc = Séquences d’un pas, toutes machines réunies.
parameter_scaling_micro_batch = Micro-lot
    .doc = Séquences qu’une machine traite en une fois.
parameter_scaling_tp = Parallélisme tensoriel
    .doc = Rangs qui se partagent chaque couche.
parameter_scaling_pp = Parallélisme de pipeline
    .doc = Étages de couches.
parameter_scaling_dp = Parallélisme de données
    .doc = Répliques du modèle.
parameter_scaling_ep = Parallélisme d’experts
    .doc = Nombre de machines qui se partagent les experts d’une couche ; les jetons vont jusqu’à eux et en reviennent.
parameter_scaling_cp = Parallélisme de contexte
    .doc = Nombre de machines qui se partagent chaque séquence ; clés et valeurs circulent entre elles.
parameter_scaling_precision = Précision
    .doc = Nombres que multiplient les produits des couches ; auto : ceux qui sont habituels avec le logiciel.
parameter_scaling_imbalance = Déséquilibre des experts
    .doc = Jetons de la machine dont les experts sont les plus choisis, par rapport à la moyenne ; 1 : autant partout, comme l’imposent les mesures publiées.
parameter_scaling_interleave = Entrelacement
    .doc = Morceaux de couches par étage ; auto : autant qu’il en faut pour que le pas soit le plus court.
parameter_scaling_zero = Niveau de ZeRO
    .doc = Ce que les répliques se partagent : 0 rien, 1 l’état de l’optimiseur, 2 aussi les gradients, 3 aussi les poids.
parameter_scaling_recompute = Recalcul
    .doc = Ce que la passe arrière recalcule au lieu de le conserver.
parameter_scaling_overlap = Recouvrement
    .doc = Si la communication se fait pendant le calcul ; auto : comme le fait le logiciel.
parameter_scaling_gpus_per_node = GPU par nœud
    .doc = GPU reliés à un même commutateur rapide, leur domaine NVLink : 8 dans un DGX, 72 dans une baie NVL72 ; auto : celui de la grappe.
parameter_scaling_era = Époque
    .doc = Année du logiciel que les deux sortes de grappe emploient, sauf si l’on en choisit un ; auto : le plus récent qui soit connu.
parameter_scaling_mode = Croissance
    .doc = Le long de la courbe : le même lot sur plus de machines (forte), ou un lot qui croît avec elles (faible).
parameter_scaling_software = Logiciel
    .doc = Programme d’entraînement sur GPU, ou logiciel des systèmes CS, nommé d’après sa version ou d’après qui l’a mesuré ; auto : le plus récent qui soit connu pour la machine, jusqu’à l’époque choisie.
parameter_scaling_sparsity = Part de zéros
    .doc = Part des poids nuls, que le wafer saute.
parameter_scaling_seed = Graine
    .doc = Choisit les GPU qui sont un peu plus lents.
preset_scaling_begun_alike = 13B : wafers et GPU
preset_scaling_175b_tensor_pipeline_data = 175B, tenseur × pipeline × données
preset_scaling_175b_zero_3 = 175B, ZeRO-3
preset_scaling_genomes_gpus = Les génomes d’Argonne sur 512 A100
preset_scaling_genomes_wafers = Les génomes d’Argonne sur 16 CS-2
preset_scaling_gpt_j = GPT-J sur un et deux CS-2
preset_scaling_same_batch = Même lot, plus de wafers
preset_scaling_trillion = 1T sur 16 CS-3
value_gpu = GPU
value_cs = Wafers (systèmes CS)
value_strong = Même lot (forte)
value_weak = Lot croissant (faible)
value_selective = Sélectif
value_full = Complet
value_megatron = Megatron
value_megatron-2022 = Megatron, 2022
value_megatron-deepspeed = Megatron-DeepSpeed
value_deepspeed-pipeline = Pipeline DeepSpeed
value_flash = Flash
value_flash-fp8 = Flash, fp8
value_te = Transformer Engine
value_fp8-2023-04 = fp8, avril 2023
value_unfused = Sans fusion
value_genslm-2022 = GenSLM, 2022
value_usc-2024 = USC, mi-2024

## Ce qu’elle refuse.

scaling_one_of = avec cluster={ $cluster }, { $name } doit être l’une des valeurs { $choices }, et non { $got }
scaling_one_of_era = avec cluster={ $cluster } et era={ $era }, { $name } doit être l’une des valeurs { $choices }, et non { $got }
scaling_era = avec device={ $device }, pour lequel rien de plus ancien n’est connu, era doit être d’au moins { $first }, et non { $got }
scaling_beyond_software = { $name } doit être à la portée de software={ $software } ({ $choices }), et non { $got }
scaling_tp_node = tp doit être au plus égal aux { $node } GPU d’un nœud, et non { $got }
scaling_multiple_of_heads = hidden doit être un multiple de heads={ $heads }, et non { $got }
scaling_kv_heads = kv_heads doit diviser heads={ $heads }, et non { $got }
scaling_top_k = top_k doit aller de 1 à experts={ $experts }, ou être 0 sans experts, et non { $got }
scaling_ep_without = ep doit être 1 avec un modèle sans experts, et non { $got }
scaling_ep_experts = ep doit diviser les { $experts } experts d’une couche, et non { $got }
scaling_ep_ranks = ep doit diviser n_devices / pp = { $ranks }, les machines d’un étage, et non { $got }
scaling_cp_length = cp doit laisser à chaque machine deux parts égales de sequence_length={ $length }, et non { $got }
scaling_precision = precision doit être une de celles dont la performance maximale est connue pour device={ $device } ({ $choices }), et non { $got }
scaling_most_devices = n_devices doit être au plus { $most }, la plus grande grappe proposée par le fabricant, et non { $got }
scaling_tp_heads = tp doit diviser heads={ $heads }, et non { $got }
scaling_tp_ffn = tp doit diviser { $ffn }, la largeur de la partie feed-forward, et non { $got }
scaling_pp_layers = pp doit être au plus { $most }, et non { $got } : seuls le premier et le dernier étage peuvent être sans une des { $layers } couches
scaling_multiple_of_ranks = n_devices doit être un multiple de { $ways } = { $ranks }, et non { $got }
scaling_dp = dp doit être n_devices / ({ $ways }) = { $dp }, et non { $got }
scaling_dp_divides = dp doit diviser n_devices / ({ $ways }) = { $replicas }, et non { $got }
scaling_dp_divides_devices = dp doit diviser n_devices = { $devices }, et non { $got }
scaling_dp_leaves = dp doit laisser à chaque réplique un nombre de machines qu’un produit { $ways } peut former ; { $got } en laisse { $ranks }
scaling_pp_with_zero = avec zero=3, qui partage les poids à sa place, pp doit être 1, et non { $got }
scaling_interleave_with_zero = avec zero=3, qui n’a pas d’étages, interleave doit être 1, et non { $got }
scaling_interleave_layers = interleave doit laisser une couche à chacun des pp × interleave morceaux, sauf au premier et au dernier, ce que { $got } ne permet pas
scaling_interleave_batches = interleave doit être 1, sauf si pp dépasse 1 et divise les micro-lots d’une réplique, et non { $got }
scaling_micro_batch_divides = micro_batch doit diviser global_batch={ $batch }, à { $near } près, et non { $got }
scaling_tasks = global_batch doit laisser à une réplique assez peu de micro-lots pour qu’on les simule, et non { $got } : prenez plus de machines ou un micro_batch plus grand
scaling_batch = global_batch doit être, à { $near } près, un multiple de dp × micro_batch d’une répartition (avec ces réglages, { $dp } × { $micro_batch }), et non { $got }
scaling_batch_up_to = global_batch doit être, à { $near } près, un multiple de dp × micro_batch d’une répartition (avec ces réglages, jusqu’à { $dp } × { $micro_batch }), et non { $got }
scaling_memory = n_devices doit offrir assez de mémoire, et { $got } n’y suffit pas : { $why }
scaling_least_memory = la répartition la plus économe (tp={ $tp }, pp={ $pp }, dp={ $dp }, zero={ $zero }, recompute={ $recompute }) prend { $need } sur les { $room } de chaque GPU (vendus comme { $sold }), soit { $missing } de trop
    .divided = la répartition la plus économe (tp={ $tp }, cp={ $cp }, pp={ $pp }, dp={ $dp }, ep={ $ep }, zero={ $zero }, recompute={ $recompute }) prend { $need } sur les { $room } de chaque GPU (vendus comme { $sold }), soit { $missing } de trop
scaling_sequences = n_devices doit être au plus global_batch={ $batch }, soit une séquence par système, et non { $got }
scaling_wafer_memory = micro_batch doit laisser de la place sur le wafer : les activations de { $sequences } prennent { $need } sur { $room }, soit { $missing } de trop, avec { $got }
scaling_wafer_sequence = sequence_length doit laisser de la place sur le wafer : les activations d’une séquence prennent { $need } sur { $room }, soit { $missing } de trop, avec { $got }
scaling_wafer_share = micro_batch ne doit pas dépasser la part du lot qui revient à un système, { $sequences }, et non { $got }

## Ses chiffres.

figure_scaling_step_time = pas
    .source = le déroulement simulé
figure_scaling_tokens_per_s = débit
    .source = lot × longueur de séquence / pas
scaling_scaled = le déroulement simulé avec les constantes du CS-2, qui s’écartent jusqu’à { $row } des lignes publiées du CS-3 ; bornes : neuf exécutions sur dix tombent entre elles
figure_scaling_samples_per_s = débit en exemples
    .source = lot / pas
figure_scaling_speedup = accélération
    .source = jetons par seconde par rapport à { $fewest }, le plus petit nombre de la courbe
figure_scaling_efficiency = du linéaire
    .source = accélération, rapportée à celle de la droite
figure_scaling_mfu = de la crête
    .source = FLOP du modèle (PaLM, annexe B), rapportés à la crête des produits de matrices
figure_scaling_flop_per_s_per_device = par machine
    .source = FLOP du modèle, sans le recalcul
figure_scaling_compute_share = calcul
    .source = voies de calcul du déroulement
figure_scaling_bubble_share = bulle
    .source = voies de calcul qui attendent un autre étage : avec p étages de v morceaux et m micro-lots, (p − 1) / (v m + p − 1) du pipeline, moins ce qui est recalculé entre-temps
figure_scaling_exposed_communication_share = attente de la communication
    .source = voies de calcul qui attendent pendant qu’elle a lieu
figure_scaling_held_back_scores = freiné par l’écriture des scores
    .source = part du pas qui disparaîtrait sans cela : le trafic de la table des scores ; de telles parts se recouvrent et ne s’additionnent pas
figure_scaling_held_back_heads = freiné par des têtes de largeur irrégulière
    .source = part du pas qui disparaîtrait sans cela : des têtes dont les cœurs tensoriels ou l’attention fusionnée ne prennent pas la largeur telle quelle ; de telles parts se recouvrent et ne s’additionnent pas
figure_scaling_held_back_recompute = freiné par le recalcul
    .source = part du pas qui disparaîtrait sans cela : le recalcul des activations ; de telles parts se recouvrent et ne s’additionnent pas
figure_scaling_held_back_exchange = freiné par la communication
    .source = part du pas qui disparaîtrait sans cela : le temps que prennent les liens ; de telles parts se recouvrent et ne s’additionnent pas
figure_scaling_held_back_bubble = freiné par le remplissage du pipeline
    .source = part du pas qui disparaîtrait sans cela : l’attente du premier et du dernier micro-lot, (p − 1) / (v m + p − 1) ; de telles parts se recouvrent et ne s’additionnent pas
figure_scaling_held_back_host = freiné par l’hôte
    .source = part du pas qui disparaîtrait sans cela : les lancements de noyaux et les autres travaux de l’hôte ; de telles parts se recouvrent et ne s’additionnent pas
figure_scaling_memory_per_device = mémoire par machine
    .source = état du modèle, activations et réserve de la machine la plus remplie
    .wafers = activations d’une couche, et entrées de couches qui sont gardées sur le wafer ; les poids ne le sont pas
figure_scaling_parameters = paramètres
    .source = forme du modèle
figure_scaling_layout = répartition
    .source = tenseur × pipeline × données
    .wafers = tout ce qu’il y a à choisir
figure_scaling_active_parameters = paramètres que rencontre un jeton
    .source = forme du modèle : tous, sauf les experts qu’il ne traverse pas
figure_scaling_expert_parallel = machines qui se partagent les experts
    .source = donné, ou le plus rapide qui tient
figure_scaling_context_parallel = machines qui se partagent une séquence
    .source = donné, ou le plus rapide qui tient
figure_scaling_expert_exchange = jetons vers les experts et retour
    .source = ce qu’envoie chaque GPU en un pas, à l’aller et au retour, sur 16 bits
figure_scaling_streamed = poids envoyés à chaque wafer
    .source = tous les experts de toutes les couches, quels que soient ceux que traversent les jetons, à chaque passe de chaque micro-lot
figure_scaling_micro_batch = micro-lot
    .source = donné, ou le plus rapide qui tienne en mémoire
figure_scaling_batch = lot entraîné
    .source = le plus proche de { $asked } que les machines se partagent également
figure_scaling_memory_saving = économise la mémoire par
    .source = donné, ou le plus rapide qui tienne en mémoire
value_zero_0_none = ZeRO 0, sans recalcul
value_zero_0_selective = ZeRO 0, recalcul sélectif
value_zero_0_full = ZeRO 0, recalcul complet
value_zero_1_none = ZeRO 1, sans recalcul
value_zero_1_selective = ZeRO 1, recalcul sélectif
value_zero_1_full = ZeRO 1, recalcul complet
value_zero_2_none = ZeRO 2, sans recalcul
value_zero_2_selective = ZeRO 2, recalcul sélectif
value_zero_2_full = ZeRO 2, recalcul complet
value_zero_3_none = ZeRO 3, sans recalcul
value_zero_3_selective = ZeRO 3, recalcul sélectif
value_zero_3_full = ZeRO 3, recalcul complet
value_checkpoints_kept = Couches recalculées, leurs entrées gardées
value_checkpoints_moved = Couches recalculées, leurs entrées déplacées hors du wafer

## Repères d’un pas, et où il a lieu.

scaling_mark_pipeline_full = Le premier micro-lot atteint le dernier étage : tous les étages ont du travail.
scaling_mark_first_forward_done = Le premier micro-lot a traversé toutes les couches.
scaling_mark_backward_begins = La passe arrière du premier micro-lot commence.
scaling_mark_reduction_begins = Les répliques commencent à additionner leurs gradients.
    .wafers = Les premiers gradients quittent les wafers ; SwarmX les additionne en chemin vers MemoryX.
scaling_mark_update_begins = L’optimiseur met à jour les poids.
    .wafers = MemoryX commence à mettre à jour les poids.
scaling_mark_step_done = Le pas est terminé ; le suivant peut commencer.
scaling_stage = Étage { $n }
scaling_replica = Réplique { $n }
scaling_wafer = Wafer { $n }

## Ce que le lecteur dit d’un pas.

scaling_key_forward = avant
scaling_key_backward = arrière
scaling_key_communication = communication
scaling_key_optimiser = optimiseur
scaling_key_waiting = attente
scaling_lane = { $who }, { $lane }
scaling_lane_compute = calcul
scaling_lane_tensor = tenseurs
scaling_lane_pipeline = pipeline
scaling_lane_data = données
scaling_lane_expert = experts
scaling_lane_context = contexte
scaling_lane_host = hôte
scaling_lane_weights = poids
scaling_lane_gradients = gradients
scaling_lane_memory = MemoryX
scaling_each_gpu = Chaque GPU
scaling_each_wafer = Chacun des { $n } wafers
scaling_the_wafer = Le wafer
scaling_row_of_stage = étage { $n }
scaling_step = pas
scaling_short_tensor = TP
scaling_short_pipeline = PP
scaling_short_data = DP
scaling_short_expert = EP
scaling_short_context = CP
scaling_short_optimiser = mise à jour
scaling_short_weights = poids
scaling_short_gradients = gradients
scaling_waits = attend
scaling_bubble = bulle
scaling_doing = { $parts }
scaling_does_forward = calcule la passe avant
scaling_does_backward = calcule la passe arrière
scaling_does_recompute = recalcule des activations
scaling_does_tensor = échange des activations (parallélisme tensoriel)
scaling_does_expert = envoie des jetons à leurs experts et les reprend (parallélisme d’experts)
scaling_does_context = attend des clés et des valeurs (parallélisme de contexte)
scaling_does_pipeline = transmet des activations
scaling_does_data = échange des gradients ou des poids (parallélisme de données)
scaling_does_optimiser = met à jour les poids
scaling_does_weights = reçoit des poids
scaling_does_gradients = envoie des gradients
scaling_does_host = travaille sur l’hôte
scaling_layer = couche { $n }
scaling_chunk = morceau { $n }
scaling_micro_batch = micro-lot { $n }
scaling_idle = est au repos
scaling_waits_bubble = attend : une bulle
scaling_waits_communication = attend la communication
scaling_says = { $who } { $doing }.
scaling_weights_come = Les poids arrivent à mesure que la couche en a besoin.
scaling_gradients_go = Les gradients sont additionnés en chemin vers MemoryX.
scaling_ring = Des morceaux font le tour de l’anneau des répliques.
scaling_tokens_cross = Des jetons vont à leurs experts et en reviennent.
scaling_keys_round = Clés et valeurs font le tour.
scaling_counts = Sur { $stages } : { $counts }.
scaling_none_works = Sur { $stages }, aucun ne travaille.
scaling_of_stages =
    { $n ->
        [one] { $n } étage
       *[other] { $n } étages
    }
scaling_of_drawn =
    { $n ->
        [one] { $n } étage dessiné
       *[other] { $n } étages dessinés
    }
scaling_count_forward = { $n } en passe avant
scaling_count_backward = { $n } en passe arrière
scaling_count_recompute = { $n } en recalcul
scaling_count_optimiser = { $n } en mise à jour des poids
scaling_count_wait = { $n } en attente
scaling_done = Le pas est terminé.
scaling_wafers_computing = wafers qui calculent
scaling_gpus_computing = GPU qui calculent
scaling_now = maintenant
scaling_for = pendant
scaling_then = ensuite
scaling_busy = occupé
scaling_receives = reçoit
scaling_sends = envoie
scaling_receives_load = reçoit { $load }
scaling_sends_load = envoie { $load }
scaling_load = { $size }, micro-lot { $n }
scaling_nothing_moves = rien ne circule
scaling_pipeline = { $n } étages de pipeline
scaling_pipeline_drawn = { $n } étages de pipeline, dont { $drawn } dessinés
scaling_pipeline_moves = { $pipeline }, les micro-lots avancent
scaling_some_drawn = { $all }, dont { $drawn } dessinées
scaling_chunks_round_ring = des morceaux font le tour de l’anneau
scaling_chunks_round = des morceaux tournent
scaling_tokens_go = des jetons vont à leurs experts et en reviennent
scaling_tokens_short = jetons vers experts
scaling_keys_go = clés et valeurs font le tour
scaling_keys_short = clés et valeurs
scaling_ring_quiet = l’anneau est au repos
scaling_updates = met à jour les poids
scaling_all_weights = tous les poids
scaling_down_and_back = ● descente   ◆ retour
scaling_are_drawn =
    { $n ->
        [one] { $n } est dessiné
       *[other] { $n } sont dessinés
    }
scaling_drawn =
    { $n ->
        [one] { $n } dessiné
       *[other] { $n } dessinés
    }
scaling_share_batch = se partagent le lot
scaling_all_batch = tout le lot

## Sa courbe, et ce qui se trouve à côté.

scaling_inside = L’intérieur d’un pas
scaling_curve = Courbe d’accélération
scaling_reading_speedup = Accélération
scaling_reading_tokens_per_s = Jetons/s
scaling_reading_efficiency = Efficacité
scaling_reading_step_time = Durée du pas
scaling_way = { $words } : { $end } du linéaire
scaling_way_short = { $words } : { $end }
scaling_ways = { $words }
scaling_way_at = { $words } à { $n }
scaling_way_gpu = GPU
scaling_way_cs = wafers
scaling_way_zero_3 = ZeRO-3
scaling_way_pipeline = TP × PP × DP
scaling_way_weak = lot croissant
scaling_beside = { $way } ({ $own } à côté de { $other })
scaling_rates = Ici, { $own } atteignent { $rate } et { $other } { $rival }.
scaling_verdict =
    { $ahead ->
        [tie] Match nul : { $other } atteignent { $rival }.
       *[apart] Les { $winner } restent plus près de la droite : { $other } atteignent { $rival }.
    }
scaling_faster =
    { $ahead ->
        [tie] Match nul en jetons/s : { $other } atteignent { $rival }.
       *[apart] Les { $winner } sont { $times } fois plus rapides : { $other } atteignent { $rival }.
    }
scaling_many = { $n } { $device }
scaling_batch_along = Lot d’un pas
scaling_same_batch = Même lot
scaling_growing_batch = Lot croissant
scaling_batch_shared = { $batch } pour tous
scaling_batch_each_gpu = { $batch } par GPU
scaling_batch_each_cs = { $batch } par wafer
scaling_and_wafers = Et les wafers ?
scaling_and_gpus = Et les GPU ?
scaling_point = { $devices } : { $value }
scaling_published = { $many } : { $value }
scaling_summary = { $reading }, { $words } : { $points }.
scaling_linear = linéaire
scaling_guess = estimation
scaling_kind_measured = ◆ mesuré
scaling_kind_claimed = ◇ annoncé
scaling_kinds = { $kinds }
scaling_kinds_over_first = { $kinds }, par rapport au premier point modélisé
scaling_read_as = Lecture
scaling_axes = Axes
scaling_axes_linear = Linéaire
scaling_axes_log = Log
scaling_draw_guess = Masquer les courbes et estimer
scaling_guess_again = Estimer à nouveau
scaling_ask = Combien de fois plus vite ? Tracez une ligne sur le graphique, ou utilisez Tab et les flèches.
scaling_reveal = Dévoiler
scaling_skip = Passer
scaling_guess_at = Votre estimation pour { $devices }
scaling_times_as_fast = { $times } fois plus vite
scaling_guess_read = Pour { $devices }, l’estimation était { $guess } ; la simulation donne { $found }.
scaling_guess_link = Copier le lien
scaling_guess_save = Enregistrer l’image
scaling_card_about = { $model } : combien de fois plus vite { $most } vont que { $fewest }
scaling_card_source = Simulation ({ $kind }) : { $source }
scaling_card_found = simulation
scaling_guess_copied = Copié
scaling_guess_said = Pour { $devices }, vous avez estimé { $guess } ; la simulation donne { $found }.
scaling_open_point = { $point }. Ouvrir ce pas
scaling_curve_tools = Courbe
scaling_choices = Ce que vous choisissez
scaling_gpus = GPU
scaling_wafers = Wafers
scaling_choose_devices = combien
scaling_choose_layout = TP × PP × DP
    .hint = Comment les GPU se partagent le travail : rangs de parallélisme de tenseurs × parallélisme de pipeline × parallélisme de données.
scaling_choose_micro_batch = micro-lot
scaling_choose_interleave = morceaux par étage
scaling_choose_zero = ZeRO
scaling_choose_recompute = recalcul
scaling_choose_experts = machines pour les experts
scaling_choose_contexts = machines pour une séquence
scaling_no_choice = rien
scaling_set_ups = De { $fewest } à { $most }, le réglage le plus rapide change : il y en a { $n } différents. En gras, ce qui change. Pour les wafers, seul leur nombre change.
scaling_note_linear = Linéaire ne veut pas dire rapide.
    .text = Sur la droite, chaque machine apporte autant que la première. Ce que fait la première, seuls les jetons/s le disent.
scaling_note_batch = Le même lot courbe aussi la droite des wafers.
    .text = Chaque wafer a moins à calculer, mais chaque couche lui est toujours envoyée. Faites croître le lot avec les wafers, et la ligne se redresse.
scaling_note_other_batch = Un autre lot, une autre image.
    .text = Dans notre modèle, avec 128 fois plus de machines et 768 séquences, Cerebras-GPT 13B finit à peu près à la même part du linéaire des deux côtés. Avec 192 séquences, les GPU restent plus près de la droite ; avec 1 536, ce sont les wafers. Avec Cerebras-GPT 1.3B, plus petit, et 768 séquences, ce sont les GPU. Voyez vous-même :
scaling_other_pair = { $model }, { $batch }
scaling_note_pair = Comment la paire est choisie.
    .text = L’autre sorte commence avec autant de machines qu’il en faut pour aller à peu près aussi vite ; ainsi, « deux fois plus de machines » signifie la même chose pour les deux. Chacune utilise le programme connu le plus récent. Les 768 séquences de la première image se répartissent exactement entre 12 GPU et tous leurs doublements, pour qu’aucune courbe ne fléchisse seulement parce que son lot ne se divise pas.
scaling_note_step = Où passe le temps de ce pas :
    .text = { $compute } en calcul, { $bubble } à vide, { $exposed } en attente de communication.
scaling_without = { $label } : sans cela, le pas serait plus court de { $share }
scaling_note_start = Pourquoi la courbe commence avec { $fewest }.
    .text = Le nombre de machines est divisé par deux tant qu’il est pair, que l’entraînement tient en mémoire et que chaque machine atteint au moins { $share } de sa meilleure vitesse.
scaling_note_otherwise = Les exécutions publiées étaient réglées autrement.
    .text = Leur répartition ou leur recalcul diffère de ceux de la courbe. Ces liens règlent la scène comme elles l’étaient :
scaling_note_not_tuned = Une référence qui n’est pas optimisée.
    .text = Ces exécutions n’avaient pas d’attention fusionnée, et leur lot croissait avec la machine. D’autres systèmes de GPU et de plus petits modèles se comparent autrement.
scaling_note_few_systems = Publié pour un, deux et quatre systèmes.
    .text = Ce qui va au-delà est notre modèle. Le lot de ces lignes n’est pas indiqué.
scaling_note_no_clean_pair = Deux points qui se comparent mal.
    .text = Les débits publiés sur un et sur deux systèmes proviennent de versions du logiciel et de lots différents.
scaling_note_assumed = Supposé des systèmes CS :
    .text = MemoryX met à jour { $optimiser_rate } par seconde. Un niveau de SwarmX prend { $hop } et relie { $fanout } nœuds ou systèmes du niveau inférieur. La vitesse des systèmes se disperse de { $sigma }, et tous attendent le plus lent. Les activations peuvent remplir { $room } d’un wafer. Le passage par une couche prend au moins { $layer_latency }, valeur ajustée sur une ligne publiée de BERT-large. Au plus { $micro_batch_tokens } passent en une fois : au-delà, les débits publiés de BERT-base baissent, et nous ne savons pas pourquoi. Aucun débit publié que nous connaissions ne nomme une version postérieure à la 2.3.
scaling_note_scaled = Le CS-3 est extrapolé du CS-2, et s’écarte jusqu’à { $row } des lignes publiées.
    .text = Le calcul reprend ce qui a été mesuré sur CS-2 jusqu’en 2024. Deux lignes ont été publiées, en 2025 : le modèle est trop rapide sur l’une et trop lent sur l’autre. Les vitesses sont données avec l’intervalle où devraient tomber neuf exécutions sur dix.

# Why, and what to try.
purpose_scaling = Entraîner un modèle sur plus de machines. Linéaire : deux fois plus, deux fois plus vite.
goal_scaling = Amenez 128 wafers ou 1 536 GPU à 95 % du linéaire.
    .now = { $value } pour l’instant ; il faut { $needed }.
    .met = ✓ Atteint : { $value } du linéaire.
try_scaling_alike = Reprendre au début
    .said = 128 wafers, ou 1 536 GPU, se partagent les 768 séquences d’un pas. Les deux sortes quittent la droite à peu près au même endroit. Pourquoi ?
try_scaling_small_batch = Prendre un petit lot : 192 séquences
    .said = Avec si peu de séquences, les wafers manquent de travail les premiers, et les GPU restent plus près de la droite.
try_scaling_gpus = Regarder les GPU
    .said = Le même entraînement sur 1 536 GPU. À côté des courbes figure ce qu’il faut choisir, et ce qui change le long de la courbe.
try_scaling_growing = Laisser croître le lot
    .said = Chaque machine a maintenant autant de travail que la première en avait, et les deux sortes suivent la droite. Ce ne sont pas les machines qui courbaient la droite, mais leur part de travail qui diminuait.
