## Die Seiten der Szenen, Teilen, Exporte, und wofür Adressen abgewiesen werden.

theme_light = Hell
    .said = Farben: hell. Wechseln.
theme_dark = Dunkel
    .said = Farben: dunkel. Wechseln.
theme_projector = Projektor
    .said = Farben: für Projektoren. Wechseln.
scene_form = Szenario
scene_figures = Zahlen und Diagramme
scene_simulating = Es wird simuliert
scene_cancel = Abbrechen
form_example = Beispiel
form_try = Ein Beispiel…
form_more = Mehr
form_slider = { $label }, Regler
form_auto = auto
form_auto_value = auto { $value }
form_auto_choice = { $choice } (auto)
form_automatic = Auto
models_experts = Experten-Mischungen
models_other = Andere
pin_value = { $label }: { $value }
chart_more = Mehr
    .label = Mehr Diagramme
pins = Nebeneinander
pin = Anheften
    .title = Diesen Lauf als A behalten und B ändern (p)
    .key = Diesen Lauf als A anheften und mit dem nächsten vergleichen, oder A lösen
pin_clock = Uhr
pin_one_clock = Eine Uhr
pin_own_ends = Jeder bis zu seinem Ende
swap = Tauschen
    .title = A wird B, und B wird A
unpin = Lösen
    .title = A lösen (p)
figure = Größe
figures_all = Alle Zahlen
figure_source = { $source } ({ $kind })
figure_only_one = nur in einem Lauf
figure_same = gleich
figure_other_base = andere Bezugsgröße
figure_differs = anders
chart_choice = Diagramm
chart_tools = Diagramme
years_span = Spanne der Jahre
years_from = Von
years_to = Bis
copy = Kopieren
    .done = Kopiert
    .configuration = Die Konfiguration kopieren, { $label }
share_close = Schließen
share_preview = Vorschau
    .frame = Vorschau der Einbettung
share_what = Was
    .picture = Das Bild
    .step = Der Schritt mit seiner Frage
share_size = Größe
share_theme = Farben
share_controls = Bedienung
    .mini = Wenig
    .full = Alles
    .none = Keine
share_starts = Beginnt
    .visible = Sobald sichtbar
    .slide = Mit der Folie
    .off = Von Hand
share_chart = Diagramm
    .none = Keines
    .both = Beide
share_loop = In Schleife
share_now = Ab der aktuellen Stelle
share_now_at = Ab der aktuellen Stelle ({ $time })
share_link = Link
share_iframe = Webseite oder Folien
share_quarto = Quarto
share_slidev = Slidev
share_myst = MyST
share_markdown = Markdown
share_copy = Kopieren: { $what }
share_copied = Kopiert.
share_long = Dieser Link ist für manche Programme zu lang. Exportieren Sie besser eine Datei.
share_download = Herunterladen
share_html = Seite, auch ohne Netz
share_csv = Zahlen, CSV
share_pftrace = Trace, Perfetto
    .large = Kein Trace: zu viele Wavelets, um jedes aufzuzeichnen
share_films = Film und Folie
share_mp4 = Film, MP4
share_gif = GIF
share_pptx = PowerPoint
share_zip = Alle Dateien
share_drawing = Wird gezeichnet
share_commands = Auf dem eigenen Rechner, mit diesen Befehlen
share_film = Film
    .copy = Kopieren: Befehl für den Film
share_slide = Folie
    .copy = Kopieren: Befehl für die Folie
share_all = Alle Dateien
    .copy = Kopieren: Befehl für alle Dateien
share_qr = QR-Code des Links
    .caption = Zum Öffnen scannen
share_done = Fertig.
share_stopped = Abgebrochen.
share_no_answer = Der Server antwortet nicht.

# The head of a scene: its lesson, its goal, what comes next.
opening_lesson = Lektion: { $title }
sheet_change = Ändern
goal = Ziel
further = Nächste Szene: { $scene }

# Eine Aufgabe einer Lektion.
task_open = In der Szene ausprobieren
task_back = Zurück zur Lektion
task_hint = Hinweis { $n }
task_astray = Noch nicht so, wie die Aufgabe es verlangt: { $names }
task_unknown = Die Aufgabe { $word } gibt es nicht: Die Seite zeigt die Szene ohne sie.
task_now = Bisher { $value }; nötig: { $needed }
task_most = höchstens { $needed }
task_over = mehr als { $needed }
task_under = weniger als { $needed }
task_met = ✓ Erreicht: { $value }
task_yours = Ihren Lauf öffnen
solution = Eine Lösung zeigen
open_solution = Die Lösung öffnen

## What is said to a curve that somebody has drawn.

guess_near = Ihre Kurve liegt nahe an der Simulation.
guess_both = Links und rechts liegt Ihre Kurve zu { $side ->
        [above] hoch
       *[below] tief
    }.
guess_sides = Links liegt Ihre Kurve { $left ->
        [above] zu hoch
        [below] zu tief
        [mixed] teils zu hoch und teils zu tief
       *[near] etwa richtig
    }, rechts { $right ->
        [above] zu hoch
        [below] zu tief
        [mixed] teils zu hoch und teils zu tief
       *[near] etwa richtig
    }.
guess_middle = An beiden Enden liegt Ihre Kurve etwa richtig, dazwischen zu { $side ->
        [above] hoch
       *[below] tief
    }.
guess_worst = Bei { $x } haben Sie { $guess } gezeichnet, die Simulation ergibt { $found }.
guess_straight = Ihre Kurve ist gerade, die der Simulation krümmt sich.
guess_no_bend = Die Kurve der Simulation knickt bei { $x }, Ihre knickt nicht.
guess_bend = Die Kurve der Simulation knickt am stärksten bei { $x }, Ihre bei { $own }.
guess_above = Bei { $x } ist Ihre Schätzung von { $guess } unmöglich: Sie liegt über der geraden Linie, als würde jedes Gerät schneller, wenn weitere dazukommen.
guess_zero = Bei { $x } ist Ihre Schätzung unmöglich: Sie ist null.
