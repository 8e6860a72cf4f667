language = Français
skip = Aller à la leçon
course = Cours
course_title = Le cours
course_lead = De courtes leçons. Vous prédisez, la simulation répond, et vous découvrez pourquoi. Le wafer ne gagne pas toujours.
minutes = { $n } min
start = Commencer
resume = Reprendre à l’étape { $n }
finished = Terminé
step = Étape
step_of = Étape { $n } sur { $total }
contents = Sommaire
close = Fermer
back = Retour
next = Suite
kicker_look = Regarder
kicker_ask = Prédire
kicker_draw = Tracer votre courbe
kicker_try = À vous
kicker_transfer = La même idée ailleurs
kicker_recall = Vous en souvenez-vous ?
kicker_done = Pour finir
recall_title = D’une leçon précédente
recall_skip = Je n’ai pas suivi cette leçon : passer
opening_now = Pouvez-vous y répondre maintenant ?
done_title = Ce qu’il faut retenir
commit_ask = Valider et regarder
commit_draw = Valider et comparer
commit_transfer = Valider
commit_recall = Valider
skip_ask = Passer la prédiction
skip_draw = Passer la prédiction
skip_transfer = Passer à la réponse
skip_recall = Passer à la réponse
locked = Verrouillé tant que vous n’avez ni prédit, ni passé la prédiction.
watching = Regardez : la simulation s’arrête quand elle a montré la réponse.
skip_film = Passer le film
told_right = Vous avez choisi « { $answer } », et c’est juste.
told_wrong = Vous avez choisi « { $answer } ». La bonne réponse est « { $right } ».
told_none = La bonne réponse est « { $right } ».
your_answer = votre réponse
right_answer = juste
truth_ask = Ce qui se passe :
truth_transfer = La réponse :
truth_recall = La réponse :
truth_draw = Ce qui se passe :
because = La raison :
why = Pourquoi ?
why_show = Montrer la raison
draw_help = Faites glisser sur le graphique, ou choisissez un point : les flèches haut et bas le déplacent, les flèches gauche et droite passent à un autre.
curve_given = donné
curve_you = vous
curve_truth = simulé
curve_point = { $label } pour { $x }
curve_table = Votre courbe et la simulation : { $label }
watch_run = Regarder la simulation pour { $x }
back_to_curve = Retour à la courbe
sources = D’où viennent les chiffres
made_before = Les chiffres peuvent différer de ceux du jour où ce lien a été créé : la simulation a changé depuis.
open_scene = Ouvrir dans la scène
recap_none = Pas encore de prédiction. Revenez en arrière et validez-en une.
recap_right =
    { $n ->
        [one] { $n } prédiction sur { $total } était juste ou presque.
       *[other] { $n } prédictions sur { $total } étaient justes ou presque.
    }
recap_transfer = La même idée ailleurs : { $n } sur { $total }.
recap_recall = Retenu d’une leçon précédente : { $n } sur { $total }.
recap_task = Exercices dont vous avez atteint l’objectif : { $n } sur { $total }.
recap_skipped = Passées : { $n }.
again = À revoir
try_again = Réessayer
forget = Oublier mes réponses
leaves_out = Ce que le modèle laisse de côté
next_lesson = Leçon suivante : { $title }
handout = Polycopié
handout_questions = Questions à imprimer
handout_answers = Questions avec réponses
handout_link = À essayer à l’adresse
answers = avec les réponses
teacher = Pour les enseignants
goals = Objectifs
misconceptions = Ce que l’on croit souvent
thinks = On croit
fact = En fait
timing = Durée
discussion = Questions pour la classe
unplugged = Cinq minutes sans ordinateur
parameters = Ce que montre chaque étape
wafer_loses = ici, le wafer perd
glossary = Glossaire
keys = Espace : lire · Page suiv. : suite · Page préc. : retour
error_title = Cette leçon contient une erreur
broken_title = Laissées de côté à cause d’une erreur
embed_script = L’image animée a besoin de JavaScript, qui est contenu dans cette page.
embed_error = Cette image ne peut pas être affichée
embed_defaults = Avec les valeurs par défaut, c’est possible :
slide_film = Film. { $title }. { $marks }
slide_open = Ouvrir en direct
slide_ask = Demandez d’abord : { $question }
slide_happens = Ce qui se passe :
slide_figures = Chiffres :
slide_live = En direct : { $link }
missing_title = Cette page n’existe pas
refused_title = Ce lien ne peut pas être ouvert
failed_title = Une erreur s’est produite ici
refused_lead = L’adresse a peut-être été coupée ou mal tapée. D’ici, chaque scène et chaque leçon est à un clic.
home = Accueil
no_script = Sans scripts, la leçon est un texte : les questions et leurs réponses sont ci-dessous, les simulations s’ouvrent dans la scène.
no_player = Le lecteur n’a pas pu être chargé. La leçon continue sans lui.
class_title = Toute la classe ensemble
class_lead_teacher = Ouvrez une salle : vous tournez les pages, la classe prédit sur ses propres appareils, et vous voyez toutes les prédictions à la fois. Ni noms ni comptes ; quand vous fermez la salle, tout ce qu’elle contient est oublié.
class_open = Ouvrir une salle
class_failed = La salle n’a pas pu être ouverte : { $reason }
class_no_storage = Ce navigateur n’a pas le droit d’enregistrer, il ne peut donc pas garder la clé d’une salle. Autorisez-le pour ce site, ou quittez la navigation privée.
class_join_title = Rejoindre la classe
class_join_lead = Tapez le code que montre votre enseignant.
class_code = Code
class_join = Rejoindre
class_wrong = Il n’y a pas de salle avec ce code. Vérifiez-le.
class_room = Classe { $code }
class_at = Pour participer : { $address }
class_qr = Code en grand
class_send = Envoyer
class_wait = Votre enseignant tourne les pages.
class_choose = Répondez, puis envoyez.
class_sent = Envoyé. Vous pouvez modifier votre réponse jusqu’au verrouillage.
class_locked = Les réponses sont verrouillées. Regardez l’écran.
class_late = Votre réponse est arrivée après la fermeture des réponses ; elle ne compte pas.
class_lost = Pas de connexion. Vos réponses restent sur cet appareil.
class_unsent = Gardé sur cet appareil, pas encore envoyé. L’envoi se fera dès qu’il y aura une connexion.
class_lost_teacher = Pas de connexion au serveur. La salle, ses réponses et cette page restent telles quelles ; ce que vous faites maintenant atteindra la classe au retour de la connexion.
class_vote_again = Deuxième vote : discutez, répondez encore, puis envoyez.
class_again = Voter de nouveau
class_first = Premier vote · { $n } réponses
class_second = Deuxième vote · { $n } réponses
class_closed = La salle est fermée, et ce qu’elle contenait est oublié.
class_none = Il n’y a pas, ou plus, de salle avec ce code.
class_alone = Suivre la leçon de votre côté
class_no_key = Ce navigateur n’a pas la clé de la salle. Une salle se dirige depuis le navigateur qui l’a ouverte.
class_present =
    { $n ->
        [one] { $n } présent
       *[other] { $n } présents
    }
class_answered =
    { $n ->
        [one] { $n } a répondu
       *[other] { $n } ont répondu
    }
class_tasks = Objectif atteint : { $reached } des { $tried } qui ont essayé
class_lock = Verrouiller les réponses
class_unlock = Déverrouiller les réponses
class_reveal = Révéler
class_hide = Masquer les réponses
class_show = Montrer les réponses
answers_csv = Réponses, CSV
class_close = Fermer la salle
class_close_sure = Fermer la salle et oublier toutes les réponses ?
class_tally =
    { $n ->
        [one] Réponses de la classe · { $n } a répondu
       *[other] Réponses de la classe · { $n } ont répondu
    }
class_reasons =
    { $n ->
        [one] Raisons de la classe · { $n } a répondu
       *[other] Raisons de la classe · { $n } ont répondu
    }
class_cloud =
    { $n ->
        [one] { $n } courbe de la classe
       *[other] { $n } courbes de la classe
    }
class_count = { $n } sur { $total }
class_no_server = le serveur ne répond pas
csv_learner = élève
csv_part = partie
csv_title = titre
csv_kind = type
csv_question = question
csv_answer = réponse
csv_right_answer = bonne réponse
csv_result = résultat
csv_reason = raison
csv_right_reason = bonne raison
csv_right = juste
csv_wrong = faux
csv_none = sans réponse
csv_near = proche
csv_below = au-dessous
csv_above = au-dessus
csv_first_vote = premier vote
csv_x = x
csv_curve = courbe
csv_simulation = simulation
csv_reached = objectif atteint
csv_tried = essayé
csv_mixed = en partie trop haut, en partie trop bas
csv_impossible = impossible
frame_no_question = cette partie ne pose pas de question
frame_lesson = lesson demande goto, un nombre, ou go : next, prev ou reveal
frame_get = une leçon donne son état
skip_page = Aller à la page
skip_scene = Aller à la scène
scenes = Scènes
share = Partager et intégrer
scene_fabric = Flux de données
scene_memory = Mémoire
scene_scaling = Passage à l’échelle
scene_planner = Planification
scene_inference = Inférence
question_fabric = Comment 745 500 petits cœurs additionnent-ils leurs nombres, quand chacun ne peut parler qu’à ses voisins ?
question_memory = Qu’est-ce qui change quand chaque cœur a sa mémoire à un cycle d’horloge, et quand les données sont ailleurs ?
question_scaling = Deux fois plus de machines : deux fois plus vite ? Parfois. Voyez où passe le temps.
question_planner = Combien de jours dure un entraînement entier, combien de pannes l’interrompent, et quelle longueur de contexte tient en mémoire ?
question_inference = Pourquoi un wafer n’écrit-il que quelques milliers de mots par seconde, quand sa mémoire pourrait lire le modèle un million de fois ?

## Pages for teachers, and what is printed.

teachers_lead = Chaque leçon demande une prédiction, montre la simulation, puis demande pourquoi. Sa page pour les enseignants contient un plan de { $hour } minutes, des réponses aux questions pour la classe et ce qu’on peut demander quand la classe est partagée. Dans une salle, chacun vote sur son appareil ; sans appareils, imprimez les questions.
paths = Parcours
paths_lead = Des parties du cours qui se suffisent, dans cet ordre :
path_architecture = Architecture des ordinateurs : mémoire, messages, sommes
path_ml_systems = Systèmes d’apprentissage automatique : passage à l’échelle, et comment lire une comparaison
path_parallel = Algorithmes parallèles sur une grille
path_chip = Comment une puce grande comme un wafer est faite, et pourquoi elle fonctionne
path_training = Ce que demande l’entraînement d’un modèle de langue
path_claims = Lire d’un œil critique ce qu’affirme un fabricant
takes = Environ { $alone } minutes seul, { $both } avec une classe.
takes_why = Compté d’après les mots à lire et { $film } secondes de film par prédiction ; avec une classe, s’y ajoutent { $vote } secondes par vote et { $discussion } minutes par question à discuter.
lessons_title = Les leçons
audience = Pour qui
needs = Ce qu’il faut savoir
plan = Un plan de { $n } minutes
splits = Quand la classe est partagée
splits_lead = Ne donnez pas encore la réponse. Posez cette question, laissez les voisins discuter, puis votez de nouveau.
about_lesson = À propos de cette leçon
handout_name = Nom
handout_date = Date

# Un résultat remis sans salle.
result_hand_in = Remettre votre résultat
result_lead = Une salle recueille d’elle-même les réponses d’une classe. Si la vôtre n’en utilise pas, donnez cette ligne à votre enseignant, ou enregistrez-la dans un fichier. Elle contient vos réponses et aucun nom : nommez le fichier comme on vous le demande, ou écrivez votre nom devant la ligne.
result_line = Votre résultat
result_save = Enregistrer comme fichier
result_damaged = endommagé : une partie manque ou a été modifiée
result_other_lesson = il appartient à une autre leçon
result_other_version = il vient d’une autre version de cette leçon
result_fault = { $name } : { $fault }
results_title = Résultats remis
results_offer = Sans salle :
results_lead = À la fin de la leçon, les élèves peuvent enregistrer leurs réponses dans un fichier ou les copier comme ligne de texte. Lisez-les ici : rien ne quitte ce navigateur.
results_files = Fichiers (vous pouvez aussi les déposer sur cette page)
results_codes = Lignes, une par élève ; ce qui précède une ligne est montré comme nom
results_take = Lire les lignes
results_count = Résultats lus : { $n }
results_who = Élève
results_predictions = Prédictions justes ou presque
results_others = Autres questions justes
results_tasks = Objectifs atteints
