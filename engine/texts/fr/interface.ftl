## Les pages des scènes, le partage, les exports, et ce qui fait refuser une adresse.

theme_light = Clair
    .said = Thème : clair. En changer.
theme_dark = Sombre
    .said = Thème : sombre. En changer.
theme_projector = Projecteur
    .said = Thème : projecteur. En changer.
scene_form = Scénario
scene_figures = Chiffres et graphiques
scene_simulating = Simulation…
scene_cancel = Annuler
form_example = Exemple
form_try = Essayer un exemple…
form_more = Plus
form_slider = { $label }, curseur
form_auto = auto
form_auto_value = auto { $value }
form_auto_choice = { $choice } (auto)
form_automatic = Auto
models_experts = Mélanges d’experts
models_other = Autres
pin_value = { $label } : { $value }
chart_more = Plus
    .label = Autres graphiques
pins = Côte à côte
pin = Épingler
    .title = Garder cette exécution comme A, et changer B (p)
    .key = Épingler cette exécution comme A pour la comparer à la suivante, ou détacher A
pin_clock = Horloge
pin_one_clock = Une horloge
pin_own_ends = Chacune jusqu’à sa fin
swap = Échanger
    .title = A devient B, et B devient A
unpin = Détacher
    .title = Détacher A (p)
figure = Grandeur
figures_all = Tous les chiffres
figure_source = { $source } ({ $kind })
figure_only_one = dans une seule
figure_same = égal
figure_other_base = autre référence
figure_differs = différent
chart_choice = Graphique
chart_tools = Graphiques
years_span = Période
years_from = De
years_to = À
copy = Copier
    .done = Copié
    .configuration = Copier la configuration, { $label }
share_close = Fermer
share_preview = Aperçu
    .frame = Aperçu de l’intégration
share_what = Quoi
    .picture = L’image
    .step = L’étape avec sa question
share_size = Taille
share_theme = Thème
share_controls = Commandes
    .mini = Réduites
    .full = Toutes
    .none = Aucune
share_starts = Démarre
    .visible = Quand elle est visible
    .slide = Avec la diapositive
    .off = À la main
share_chart = Graphique
    .none = Aucun
    .both = Les deux
share_loop = En boucle
share_now = À partir de l’instant affiché
share_now_at = À partir de l’instant affiché ({ $time })
share_link = Lien
share_iframe = Page web ou diaporama
share_quarto = Quarto
share_slidev = Slidev
share_myst = MyST
share_markdown = Markdown
share_copy = Copier : { $what }
share_copied = Copié.
share_long = Ce lien est trop long pour certains programmes. Exportez plutôt un fichier.
share_download = Télécharger
share_html = Page, utilisable hors ligne
share_csv = Chiffres, CSV
share_pftrace = Trace, Perfetto
    .large = Pas de trace : trop de wavelets pour enregistrer chacun
share_films = Film et diapositive
share_mp4 = Film, MP4
share_gif = GIF
share_pptx = PowerPoint
share_zip = Tous les fichiers
share_drawing = Dessin…
share_commands = Sur votre propre ordinateur, avec ces commandes
share_film = Film
    .copy = Copier : commande pour le film
share_slide = Diapositive
    .copy = Copier : commande pour la diapositive
share_all = Tous les fichiers
    .copy = Copier : commande pour tous les fichiers
share_qr = Code QR du lien
    .caption = À scanner pour ouvrir
share_done = Terminé.
share_stopped = Annulé.
share_no_answer = Le serveur ne répond pas.

# The head of a scene: its lesson, its goal, what comes next.
opening_lesson = Leçon : { $title }
sheet_change = Modifier
goal = Objectif
further = Scène suivante : { $scene }

# Un exercice d’une leçon.
task_open = Essayer dans la scène
task_back = Retour à la leçon
task_hint = Indice { $n }
task_astray = Pas encore comme le demande l’exercice : { $names }
task_unknown = L’exercice { $word } n’existe pas : la page montre la scène sans lui.
task_now = { $value } pour l’instant ; il faut { $needed }
task_most = au plus { $needed }
task_over = plus de { $needed }
task_under = moins de { $needed }
task_met = ✓ Atteint : { $value }
task_yours = Ouvrir votre simulation
solution = Montrer une solution
open_solution = Ouvrir la solution

## What is said to a curve that somebody has drawn.

guess_near = Votre courbe est proche de la simulation.
guess_both = À gauche et à droite, votre courbe est trop { $side ->
        [above] haute
       *[below] basse
    }.
guess_sides = À gauche, votre courbe est { $left ->
        [above] trop haute
        [below] trop basse
        [mixed] en partie trop haute et en partie trop basse
       *[near] à peu près juste
    } ; à droite, elle est { $right ->
        [above] trop haute
        [below] trop basse
        [mixed] en partie trop haute et en partie trop basse
       *[near] à peu près juste
    }.
guess_middle = Aux deux bouts, votre courbe est à peu près juste, mais entre les deux elle est trop { $side ->
        [above] haute
       *[below] basse
    }.
guess_worst = Pour { $x }, vous avez tracé { $guess }, et la simulation donne { $found }.
guess_straight = Votre courbe est droite, celle de la simulation s’infléchit.
guess_no_bend = La courbe de la simulation fait un coude à { $x }, la vôtre n’en fait pas.
guess_bend = Le coude de la simulation est à { $x }, celui de votre courbe à { $own }.
guess_above = Pour { $x }, votre estimation de { $guess } est impossible : elle est au-dessus de la droite, comme si chaque machine accélérait quand on en ajoute d’autres.
guess_zero = Pour { $x }, votre estimation est impossible : elle vaut zéro.
