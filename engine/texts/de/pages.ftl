language = Deutsch
skip = Zur Lektion springen
course = Kurs
course_title = Der Kurs
course_lead = Kurze Lektionen. Sie sagen voraus, die Simulation antwortet, und Sie finden heraus, warum. Der Wafer gewinnt nicht immer.
minutes = { $n } min
start = Beginnen
resume = Weiter bei Schritt { $n }
finished = Fertig
step = Schritt
step_of = Schritt { $n } von { $total }
contents = Inhalt
close = Schließen
back = Zurück
next = Weiter
kicker_look = Ansehen
kicker_ask = Voraussagen
kicker_draw = Kurve zeichnen
kicker_try = Jetzt Sie
kicker_transfer = Dieselbe Idee anderswo
kicker_recall = Wissen Sie noch?
kicker_done = Zum Schluss
recall_title = Aus einer früheren Lektion
recall_skip = Diese Lektion kenne ich nicht: überspringen
opening_now = Können Sie die Frage nun beantworten?
done_title = Das Wichtigste
commit_ask = Festlegen und ansehen
commit_draw = Festlegen und vergleichen
commit_transfer = Festlegen
commit_recall = Festlegen
skip_ask = Ohne Voraussage weiter
skip_draw = Ohne Voraussage weiter
skip_transfer = Gleich zur Antwort
skip_recall = Gleich zur Antwort
locked = Gesperrt, bis Sie sich festlegen oder ohne Voraussage weitergehen.
watching = Sehen Sie zu: Die Simulation hält an, sobald sie die Antwort gezeigt hat.
skip_film = Film überspringen
told_right = Sie haben „{ $answer }“ gewählt, und das stimmt.
told_wrong = Sie haben „{ $answer }“ gewählt. Richtig ist „{ $right }“.
told_none = Richtig ist „{ $right }“.
your_answer = Ihre Antwort
right_answer = richtig
truth_ask = Was geschieht:
truth_transfer = Die Antwort:
truth_recall = Die Antwort:
truth_draw = Was geschieht:
because = Der Grund:
why = Warum ist das so?
why_show = Den Grund zeigen
draw_help = Ziehen Sie über das Diagramm oder wählen Sie einen Punkt: Auf und Ab bewegen ihn, Links und Rechts wechseln den Punkt.
curve_given = gegeben
curve_you = Sie
curve_truth = simuliert
curve_point = { $label } bei { $x }
curve_table = Ihre Kurve und die Simulation: { $label }
watch_run = Den Lauf bei { $x } ansehen
back_to_curve = Zurück zur Kurve
sources = Woher die Zahlen kommen
made_before = Die Zahlen können andere sein als damals, als dieser Link entstand: Die Simulation hat sich seitdem geändert.
open_scene = In der Szene öffnen
recap_none = Noch keine Voraussage. Gehen Sie zurück und legen Sie sich fest.
recap_right =
    { $n ->
        [one] { $n } von { $total } Voraussagen war richtig oder nahe daran.
       *[other] { $n } von { $total } Voraussagen waren richtig oder nahe daran.
    }
recap_transfer = Dieselbe Idee anderswo: { $n } von { $total } richtig.
recap_recall = Aus einer früheren Lektion behalten: { $n } von { $total }.
recap_task = Aufgaben, deren Ziel Sie erreicht haben: { $n } von { $total }.
recap_skipped = Übersprungen: { $n }.
again = Noch einen Blick wert
try_again = Noch einmal
forget = Meine Antworten vergessen
leaves_out = Was das Modell weglässt
next_lesson = Nächste Lektion: { $title }
handout = Arbeitsblatt
handout_questions = Fragen zum Drucken
handout_answers = Fragen mit Antworten
handout_link = Interaktiv unter
answers = mit Antworten
teacher = Für Lehrkräfte
goals = Ziele
misconceptions = Was Lernende oft denken
thinks = Oft gedacht
fact = Tatsächlich
timing = Zeit
discussion = Fragen an die Klasse
unplugged = Fünf Minuten ohne Computer
parameters = Was jeder Schritt zeigt
wafer_loses = hier verliert der Wafer
glossary = Begriffe
keys = Leertaste: abspielen · Bild ab: weiter · Bild auf: zurück
error_title = Diese Lektion hat einen Fehler
broken_title = Wegen eines Fehlers ausgelassen
embed_script = Das bewegte Bild braucht JavaScript; es steht in dieser Seite.
embed_error = Dieses Bild kann nicht gezeigt werden
embed_defaults = Mit den Vorgaben geht es:
slide_film = Film. { $title }. { $marks }
slide_open = Live öffnen
slide_ask = Erst fragen: { $question }
slide_happens = Was geschieht:
slide_figures = Zahlen:
slide_live = Live: { $link }
missing_title = Diese Seite gibt es nicht
refused_title = Dieser Link lässt sich nicht öffnen
failed_title = Hier ist etwas schiefgegangen
refused_lead = Vielleicht ist die Adresse abgeschnitten oder falsch eingetippt. Von hier ist es ein Klick zu jeder Szene und jeder Lektion.
home = Startseite
no_script = Ohne Skripte ist die Lektion ein Text: Fragen und Antworten stehen unten, die Läufe öffnen sich in der Szene.
no_player = Der Player ließ sich nicht laden. Die Lektion geht ohne ihn weiter.
class_title = Gemeinsam mit der Klasse
class_lead_teacher = Öffnen Sie einen Raum: Sie blättern, die Klasse sagt auf eigenen Geräten voraus, und Sie sehen alle Voraussagen auf einmal. Keine Namen, keine Konten; schließen Sie den Raum, ist alles darin vergessen.
class_open = Einen Raum öffnen
class_failed = Der Raum ließ sich nicht öffnen: { $reason }
class_no_storage = Dieser Browser darf nichts speichern, also auch nicht den Schlüssel eines Raums. Erlauben Sie es für diese Seite oder verlassen Sie das private Fenster.
class_join_title = Der Klasse beitreten
class_join_lead = Geben Sie den Code ein, den Ihre Lehrkraft zeigt.
class_code = Code
class_join = Beitreten
class_wrong = Zu diesem Code gibt es keinen Raum. Sehen Sie noch einmal hin.
class_room = Klasse { $code }
class_at = Beitreten unter { $address }
class_qr = Code groß zeigen
class_send = Absenden
class_wait = Ihre Lehrkraft blättert.
class_choose = Antworten Sie und senden Sie dann ab.
class_sent = Gesendet. Sie können es ändern, bis die Antworten gesperrt werden.
class_locked = Die Antworten sind gesperrt. Sehen Sie nach vorn.
class_late = Ihre Antwort kam an, als die Antworten schon gesperrt waren; sie zählt nicht.
class_lost = Keine Verbindung. Ihre Antworten bleiben auf diesem Gerät.
class_unsent = Auf diesem Gerät behalten, noch nicht gesendet. Es geht hinaus, sobald eine Verbindung da ist.
class_lost_teacher = Keine Verbindung zum Server. Der Raum, seine Antworten und diese Seite bleiben, wie sie sind; was Sie jetzt tun, erreicht die Klasse, sobald die Verbindung wieder da ist.
class_vote_again = Zweite Abstimmung: besprechen Sie sich, antworten Sie noch einmal, dann senden.
class_again = Noch einmal abstimmen
class_first = Erste Abstimmung · { $n } Antworten
class_second = Zweite Abstimmung · { $n } Antworten
class_closed = Der Raum ist geschlossen, und was darin war, ist vergessen.
class_none = Zu diesem Code gibt es keinen Raum (mehr).
class_alone = Die Lektion allein durcharbeiten
class_no_key = Dieser Browser hat den Schlüssel des Raums nicht. Geleitet wird der Raum dort, wo er geöffnet wurde.
class_present = { $n } da
class_answered =
    { $n ->
        [one] { $n } hat geantwortet
       *[other] { $n } haben geantwortet
    }
class_tasks = Am Ziel: { $reached } von { $tried }, die es versucht haben
class_lock = Antworten sperren
class_unlock = Antworten freigeben
class_reveal = Auflösen
class_hide = Antworten verbergen
class_show = Antworten zeigen
answers_csv = Antworten, CSV
class_close = Raum schließen
class_close_sure = Den Raum schließen und alle Antworten vergessen?
class_tally =
    { $n ->
        [one] Antworten der Klasse · { $n } hat geantwortet
       *[other] Antworten der Klasse · { $n } haben geantwortet
    }
class_reasons =
    { $n ->
        [one] Gründe der Klasse · { $n } hat geantwortet
       *[other] Gründe der Klasse · { $n } haben geantwortet
    }
class_cloud =
    { $n ->
        [one] { $n } Kurve der Klasse
       *[other] { $n } Kurven der Klasse
    }
class_count = { $n } von { $total }
class_no_server = der Server antwortet nicht
csv_learner = Lernende
csv_part = Teil
csv_title = Titel
csv_kind = Art
csv_question = Frage
csv_answer = Antwort
csv_right_answer = richtige Antwort
csv_result = Ergebnis
csv_reason = Grund
csv_right_reason = richtiger Grund
csv_right = richtig
csv_wrong = falsch
csv_none = keine Antwort
csv_near = nahe
csv_below = darunter
csv_above = darüber
csv_first_vote = erste Abstimmung
csv_x = x
csv_curve = Kurve
csv_simulation = Simulation
csv_reached = Ziel erreicht
csv_tried = versucht
csv_mixed = teils zu hoch, teils zu tief
csv_impossible = unmöglich
frame_no_question = dieser Teil fragt nichts
frame_lesson = lesson braucht goto, eine Zahl, oder go: next, prev oder reveal
frame_get = eine Lektion gibt ihren Zustand
skip_page = Zum Inhalt springen
skip_scene = Zur Szene springen
scenes = Szenen
share = Teilen & einbetten
scene_fabric = Datenfluss
scene_memory = Speicher
scene_scaling = Skalierung
scene_planner = Planer
scene_inference = Inferenz
question_fabric = Wie addieren 745.500 kleine Kerne ihre Zahlen, wenn jeder nur mit seinen Nachbarn reden kann?
question_memory = Was ändert sich, wenn jeder Kern seinen Speicher einen Takt entfernt hat – und was, wenn die Daten anderswo sind?
question_scaling = Doppelt so viele Maschinen: doppelt so schnell? Manchmal. Sehen Sie, wohin die Zeit geht.
question_planner = Wie viele Tage dauert ein ganzes Training, wie viele Ausfälle unterbrechen es, und wie lang darf der Kontext sein?
question_inference = Warum schreibt ein Wafer nur einige Tausend Wörter in der Sekunde, wenn sein Speicher das Modell eine Million Mal lesen könnte?

## Pages for teachers, and what is printed.

teachers_lead = Jede Lektion fragt nach einer Voraussage, zeigt den Lauf und fragt dann, warum. Auf ihrer Seite für Lehrkräfte stehen ein Plan für { $hour } Minuten, Antworten auf die Fragen an die Klasse und was man fragt, wenn die Klasse geteilter Meinung ist. In einem Raum stimmen alle auf ihrem eigenen Gerät ab; wo es keine gibt, lassen sich die Fragen drucken.
paths = Wege
paths_lead = Teile des Kurses, die für sich allein stehen, in dieser Reihenfolge:
path_architecture = Rechnerarchitektur: Speicher, Nachrichten, Summen
path_ml_systems = Systeme für maschinelles Lernen: Skalierung, und wie man einen Vergleich liest
path_parallel = Parallele Algorithmen auf einem Gitter
path_chip = Wie ein Chip von der Größe eines Wafers gebaut ist, und warum er funktioniert
path_training = Was das Training eines Sprachmodells braucht
path_claims = Aussagen eines Herstellers kritisch lesen
takes = Etwa { $alone } Minuten allein, { $both } mit einer Klasse.
takes_why = Gerechnet aus den Wörtern, die zu lesen sind, und { $film } Sekunden Film je Voraussage; mit einer Klasse kommen { $vote } Sekunden je Abstimmung und { $discussion } Minuten je Frage zur Diskussion dazu.
lessons_title = Die Lektionen
audience = Für wen
needs = Was man wissen sollte
plan = Ein Plan für { $n } Minuten
splits = Wenn die Klasse geteilter Meinung ist
splits_lead = Verraten Sie die Antwort noch nicht. Fragen Sie dies, lassen Sie die Nachbarn reden und stimmen Sie noch einmal ab.
about_lesson = Über diese Lektion
handout_name = Name
handout_date = Datum

# Ein Ergebnis, das ohne Raum abgegeben wird.
result_hand_in = Das Ergebnis abgeben
result_lead = Ein Raum sammelt die Antworten einer Klasse von selbst. Wenn Ihre Klasse keinen benutzt, geben Sie der Lehrkraft diese Zeile, oder speichern Sie sie als Datei. Sie enthält Ihre Antworten und keinen Namen: Benennen Sie die Datei, wie es die Lehrkraft wünscht, oder schreiben Sie Ihren Namen vor die Zeile.
result_line = Ihr Ergebnis
result_save = Als Datei speichern
result_damaged = beschädigt: Ein Teil fehlt oder wurde verändert
result_other_lesson = es gehört zu einer anderen Lektion
result_other_version = es stammt aus einer anderen Fassung dieser Lektion
result_fault = { $name }: { $fault }
results_title = Abgegebene Ergebnisse
results_offer = Ohne Raum:
results_lead = Am Ende der Lektion können die Lernenden ihre Antworten als Datei speichern oder als Textzeile kopieren. Lesen Sie sie hier ein: Nichts verlässt diesen Browser.
results_files = Dateien (Sie können sie auch auf diese Seite ziehen)
results_codes = Zeilen, eine je Person; was vor einer Zeile steht, wird als Name gezeigt
results_take = Die Zeilen einlesen
results_count = Eingelesene Ergebnisse: { $n }
results_who = Person
results_predictions = Voraussagen richtig oder nahe daran
results_others = Andere Fragen richtig
results_tasks = Erreichte Ziele
