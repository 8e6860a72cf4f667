## La scène Inférence.

# Exemples et paramètres.
preset_inference_one_user = Un utilisateur : le wafer gagne
preset_inference_many_users = 64 utilisateurs partagent un wafer
preset_inference_gpu_wins = 512 utilisateurs sur 8 GPU
preset_inference_large = Un modèle qui demande beaucoup de wafers
preset_inference_experts = Un modèle à experts
preset_inference_draft = Avec un brouillon
parameter_inference_model = Modèle
    .doc = Le modèle de langage qui écrit.
parameter_inference_machine = Machine
    .doc = Ce sur quoi il tourne. Plusieurs wafers portent ses couches l’une après l’autre, plusieurs GPU se partagent chaque couche.
parameter_inference_n_machines = Nombre
    .doc = Nombre de machines qui servent le modèle ensemble ; auto en prend le moins qui contienne le modèle et tous ses utilisateurs.
parameter_inference_other = À côté
    .doc = La machine à laquelle on compare, en aussi petit nombre que possible pour contenir le modèle et tous ses utilisateurs.
parameter_inference_users = Utilisateurs
    .doc = Nombre d’utilisateurs servis en même temps, chacun avec une invite et une réponse.
parameter_inference_prompt_tokens = Invite
    .doc = Longueur de l’invite de chaque utilisateur.
parameter_inference_output_tokens = Réponse
    .doc = Longueur de la réponse à chaque utilisateur.
parameter_inference_precision = Précision
    .doc = Le format des nombres pour les poids et pour les clés et valeurs en cache, gardées sur 8 bits au moins.
parameter_inference_speculation = Tokens par passage
    .doc = Combien de tokens un passage donne en moyenne : plus d’un si un modèle plus petit les ébauche. Le temps du brouillon lui-même n’est pas compté.

# Refus.
inference_one_node = n_machines doit être au plus { $most }, autant qu’un nœud en a, et non { $got }
inference_does_not_fit = n_machines doit être assez grand pour le modèle : { $model } avec un utilisateur ne tient pas dans la mémoire de { $devices }
inference_users_at_most = users doit être au plus { $most }, autant que la mémoire de { $devices } en contient à côté du modèle, et non { $got }

# Titre, verdict et repères.
inference_title =
    { $users ->
        [one] { $model } écrit pour un utilisateur
       *[other] { $model } écrit pour { $users } utilisateurs
    }
verdict_inference = Par utilisateur, { $devices } écrit { $times } fois plus vite que { $other_devices } : { $rate } contre { $other_rate }. Bande passante utilisée : { $share } contre { $other_share }.
verdict_inference_alone = { $devices } écrit { $rate } pour chaque utilisateur et se sert de { $share } de la bande passante de sa mémoire.
inference_start = Toutes les invites arrivent au même instant.
inference_first = { $devices } : l’invite est lue et le premier token est là.
inference_done = { $devices } : la réponse est complète.

# Chiffres.
figure_inference_tokens_per_s_per_user = { $devices } : pour chaque utilisateur
    .source = tokens d’un passage divisés par son temps, pendant qu’une réponse s’écrit
figure_inference_published = { $devices } : publié
figure_inference_tokens_per_s = { $devices } : tous les utilisateurs, invites comprises
    .source = tokens de toutes les réponses divisés par le temps de lecture des invites et d’écriture des réponses
figure_inference_bandwidth_share = { $devices } : bande passante utilisée
    .source = poids et clés et valeurs en cache que les passages lisent en une seconde, divisés par la bande passante de la fiche technique
figure_inference_token_time = { $devices } : temps d’un passage
    .source = la somme de ses parties : sur un wafer, une chaîne de produits et de sommes le long de rangées de PE ; sur des GPU, un noyau après l’autre
figure_inference_first_token_time = { $devices } : temps jusqu’au premier token
    .source = une invite, lue là où cela prend le moins de temps, sans que personne d’autre attende
figure_inference_prefill_tokens_per_s = { $devices } : invites lues
    .source = tokens d’une invite divisés par le temps jusqu’au premier token
figure_inference_most_users = { $devices } : utilisateurs qui tiennent
    .source = mémoire à côté des poids, divisée par ce qu’un utilisateur a en cache à la fin de la réponse
figure_inference_cost = { $devices } : matériel pour un million de tokens
    .source = prix du matériel sur quatre ans d’usage, pour tous les utilisateurs ensemble ; sans courant, personnel ni bénéfice

# L’image.
inference_per_user = { $rate } pour chaque utilisateur
inference_reading = lit l’invite
inference_written = { $n } sur { $total }
inference_pass = où va le temps d’un passage : { $time }
inference_bandwidth = utilise { $share } de sa bande passante
inference_slowed = ralenti { $times } fois
inference_key_now = maintenant
inference_key_token = token de la réponse
inference_part_distance = sauts
inference_part_contention = attente
inference_part_depth = rampes
inference_part_compute = produits
inference_part_startup = débuts d’opérations
inference_part_scalar = nombre par nombre
inference_part_wafers = entre wafers
inference_part_weights = poids lus
inference_part_cache = cache lu
inference_part_launches = lancements de noyaux
inference_part_sums = sommes sur les GPU
inference_step_norms = normalisations
inference_step_projections = requêtes, clés et valeurs
inference_step_attention = attention
inference_step_output = sortie de l’attention
inference_step_feed_forward = partie feed-forward
inference_step_words = choix d’un mot
inference_step_hand_over = passage au suivant
inference_says_reading = { $devices } lit l’invite.
inference_says = { $devices } a écrit { $n } tokens sur { $total }.
inference_says_done = { $devices } a fini.
inference_curve = tokens écrits
# Ce qui s’écrit dans l’image : un texte quelconque, dans la langue de la page.
inference_sample = Un wafer garde le modèle entier dans la mémoire de ses cœurs, tout près du calcul. Il n’attend donc jamais les poids. Mais chaque couche a besoin du résultat de la précédente, et chaque résultat est une somme sur des centaines de cœurs en rangée. Mot après mot, les nombres courent jusqu’au milieu de leur rangée et reviennent, dix fois dans chaque couche. Cela prend bien plus de temps que de lire les poids, et c’est pourquoi un wafer se sert de si peu de sa bande passante quand il écrit. Un GPU doit lire tous les poids pour chaque mot, et il les lit pour tous ses utilisateurs à la fois.

# Graphique.
inference_chart_users = Utilisateurs
    .across = tokens par seconde pour chaque utilisateur
    .up = tokens par seconde pour tous
    .said = Pour un utilisateur, { $devices } écrit { $rate } ; pour { $users } utilisateurs, autant qu’il en tient, { $each } pour chacun et { $all } pour tous, lecture des invites comprise.
inference_chart_prompt = Premier token
    .across = tokens de l’invite
    .up = temps jusqu’au premier token
    .said = Sur { $devices }, une invite de { $tokens } tokens prend { $time } et une de { $most } tokens { $longest }.

# Pourquoi, et que tenter.
question_inference_writes = Pourquoi 21 PB/s n’écrivent-ils que quelques milliers de tokens/s ?
    .purpose = Tout le monde divise la bande passante par la taille du modèle. Pour un wafer, c’est faux de trois ordres de grandeur.
goal_inference = Faites qu’un wafer se serve d’un pour cent de sa bande passante.
    .now = { $value } jusqu’ici ; il faut { $needed }.
    .met = ✓ Atteint : { $value }.
try_inference_one = Recommencer avec un utilisateur
    .said = Un token après l’autre : chaque étape attend la somme d’avant. Voyez comme cela prend peu de bande passante.
try_inference_many = Faire écrire 32 utilisateurs à la fois
    .said = Les utilisateurs se suivent à travers les carrés de PE qui portent les couches, et ainsi une plus grande part du wafer travaille en même temps.
