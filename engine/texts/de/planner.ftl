## Die Szene Planer: ein ganzes Training auf N Geräten.

planner_title = { $devices }: wie viele Tage?
verdict_planner =
    { $time ->
        [own] Zeit: { $devices } vorn, { $days } gegen { $other_days } auf { $others } ({ planner_chosen }).
        [other] Zeit: { $others } ({ planner_chosen }) vorn, { $other_days } gegen { $days } auf { $devices }.
       *[open] Zeit: offen, { $days } auf { $devices } und { $other_days } auf { $others } ({ planner_chosen }).
    } { $spent ->
        [one] Energie und Kosten: { $saves_energy } vorn, um die Faktoren { $energy } und { $cost }.
       *[both] Energie: { $saves_energy } vorn, um den Faktor { $energy }. Kosten: { $saves_cost } vorn, um den Faktor { $cost }.
    }
planner_chosen =
    { $chosen ->
        [fewest] weniger hielten nicht mit
       *[fastest] mehr davon wären nicht schneller
    }
verdict_planner_alone = { $devices }: { $days }. Die andere Art von Cluster kann das nicht.

## Ihr Formular.

parameter_planner_seed = Startwert
    .doc = Wählt, wann Geräte ausfallen und welche GPUs ein wenig langsamer sind.
parameter_planner_tokens = Tokens
    .doc = Womit das Modell trainiert wird; auto: 20 je Parameter oder 2.000 Schritte Feintuning.
parameter_planner_fine_tune = Feintuning
    .doc = Ob es mit Gewichten beginnt, die jemand trainiert hat.
parameter_planner_mtbf_hours = Zeit zwischen Ausfällen
    .doc = Mittlere Zeit zwischen Ausfällen eines Geräts; auto: für GPUs veröffentlicht, für CS-Systeme angenommen.
parameter_planner_checkpoint_interval = Abstand der Sicherungen
    .doc = Arbeit zwischen zwei Sicherungen; auto nimmt den Abstand, der am wenigsten Zeit verliert.
parameter_planner_recovery = Neustart
    .doc = Wer merkt, dass das Training stillsteht: ein Programm innerhalb von 10 Minuten oder jemand innerhalb von 18 Stunden.
parameter_planner_price = Preis
    .doc = Preis eines Geräts je Stunde; auto: der Preis seiner Hardware samt Hosts und Switches, auf vier Jahre verteilt.
preset_planner_gpt_3 = 175B, Megatron auf 1.024 A100
preset_planner_opt = OPT-175B, von Hand neu gestartet
preset_planner_llama_3 = Llama 3 405B auf 16.384 H100
preset_planner_wafers_1_3b = 1.3B auf 4 CS-2
preset_planner_wafers_20b = 20B auf 7 CS-2
preset_planner_wafers_fine_tune = Feintuning von 1.3B auf 4 CS-2
value_automatic = Automatisch
value_by_hand = Von Hand

## Was sie ablehnt, und warum es keinen anderen Cluster gibt.

planner_refused_mtbf_hours = mtbf_hours darf höchstens { $most } Unterbrechungen des Trainings bedeuten; { $got } ergibt { $gives }
planner_refused_checkpoint_interval = checkpoint_interval muss so kurz sein, dass das Training höchstens { $most } Unterbrechungen hat; { $got } ergibt { $gives }
planner_uncounted = mehr, als sich zählen lassen
planner_refused_tokens = tokens muss das Training auf höchstens { $most } begrenzen; { $got } ergeben { $takes }: Nehmen Sie weniger Tokens oder mehr Geräte
planner_too_slow =
    { $devices ->
        [one] selbst { $devices } bräuchte { $times }-mal so lange, und mehr helfen nicht
       *[other] selbst { $devices } bräuchten { $times }-mal so lange, und mehr helfen nicht
    }

## Ihre Zahlen.

planner_given = gegeben
planner_mean = geschlossene Form des Mittels: Schritte, Sicherungen, Ausfälle
planner_band = das 5. und das 95. Perzentil von 200 simulierten Zukünften, erweitert um den Fehler simulierter Schritte gegenüber veröffentlichten
planner_low_end = { $figure }, untere Grenze
planner_high_end = { $figure }, obere Grenze
figure_planner_days = von Anfang bis Ende
    .source = { planner_mean }; Grenzen: { planner_band }
figure_planner_goodput = Goodput
    .source = Schritte, die zählen, geteilt durch die vergangene Zeit; Grenzen: { planner_band }
figure_planner_interruptions = Unterbrechungen
    .source = geschlossene Form; Zeit zwischen Ausfällen eines Geräts: { $mtbf }; Grenzen: { planner_band }
figure_planner_time_to_first_step = bis zum ersten Schritt
    .source = Geraden durch veröffentlichte Zeiten; Grenzen: die kürzeste und die längste davon
figure_planner_cost = Kosten
    .source = Gerätestunden × Preis; Preis: { $price }; Grenzen: { planner_band }
figure_planner_rent = Kosten bei Miete
    .source = Gerätestunden × Listenpreis; Preis: { $price }; Grenzen: { planner_band }
figure_planner_energy = Energie
    .source = Leistung über die Tage, samt Hosts und Switches: { $power }; untere Grenze: nur die Geräte; Grenzen: { planner_band }
figure_planner_parameters = Parameter
    .source = Gestalt des Modells
figure_planner_tokens = Tokens
    .source = gegeben, 20 je Parameter oder 2.000 Schritte Feintuning; in ganzen Schritten
figure_planner_undisturbed_days = wenn nichts ausfiele
    .source = Schritte und Sicherungen
figure_planner_step_days = an Schritten
    .source = ganze Schritte × Dauer eines Schritts
figure_planner_tokens_per_s = Durchsatz
    .source = der simulierte Schritt
figure_planner_device_hours = Gerätestunden
    .source = Geräte × Tage
figure_planner_training_flop = zu rechnen
    .source = FLOP des Modells nach PaLM, Anhang B
figure_planner_memory_per_device = Speicher je Gerät
    .source = Zustand des Modells, Aktivierungen und Reserve des vollsten Geräts
    .wafers = Aktivierungen einer Schicht und die Eingaben der Schichten, soweit sie auf dem Wafer bleiben; Gewichte werden nicht behalten
figure_planner_checkpoint_hours = zwischen Sicherungen
    .source = Young und Daly: der Abstand, der am wenigsten Zeit verliert
figure_planner_checkpoint_time = um eine Sicherung zu schreiben
    .gpu = Bytes je Parameter, von jeder GPU so schnell geschrieben wie bei BLOOM
    .cs = eine Gerade durch Zeiten von Modellen bis 6B; größere schreiben in Teilen
figure_planner_cluster_mtbf = zwischen Ausfällen
    .source = die eines Geräts, geteilt durch die Zahl der Geräte
figure_planner_decisions = Zahlen zu wählen
figure_planner_longest_context = längste Sequenz
    .source = die längste von 1k bis 128k, deren Speicher reicht, mit fused Attention; GPUs dürfen eine Sequenz unter sich aufteilen
figure_planner_longest_context_unfused = längste Sequenz, ohne fused Attention
    .source = die längste von 1k bis 128k, deren Speicher reicht, ohne fused Attention
figure_planner_other = etwa gleich schnell
    .source = die wenigsten der anderen Art und etwa desselben Jahres, die bei den Tokens je Sekunde mithalten, mit demselben Batch von { $batch }
    .nearby = die wenigsten der anderen Art und etwa desselben Jahres, die bei den Tokens je Sekunde mithalten, mit einem Batch von { $batch }: Kein anderer, der sich gleichmäßig auf sie verteilt, liegt näher an { $same }
figure_planner_fastest_other = die schnellsten der anderen Art
    .source = mehr davon wären nicht schneller, mit einem Batch von { $batch }
figure_planner_other_days = auf { $devices }
figure_planner_other_cost = Kosten auf { $devices }
figure_planner_other_energy = Energie auf { $devices }
figure_planner_other_longest_context = längste Sequenz auf { $device }

## Marken eines Trainings.

planner_mark_first_step = Auf { $devices }: der erste Schritt; davor: { $parts }.
planner_mark_first_failure = Auf { $devices }: der erste Ausfall; verlorene Arbeit: { $lost }; es dauert { $back }, bis das Training wieder läuft.
planner_mark_half_way = Auf { $devices }: Die Hälfte der Arbeit ist getan; es hat { $time } gedauert.
planner_mark_done =
    { $n ->
        [one] Auf { $devices }: fertig; es hat { $time } gedauert, { $n } Unterbrechung eingerechnet.
       *[other] Auf { $devices }: fertig; es hat { $time } gedauert, { $n } Unterbrechungen eingerechnet.
    }
planner_takes = { $phase } { $time }
planner_phase_queue = Warteschlange
planner_phase_compile = Kompilieren
planner_phase_first_checkpoint = erste Sicherung
planner_phase_initialisation = Initialisierung
planner_phase_weights = Gewichte
planner_phase_training = Training
planner_phase_lost_work = verlorene Arbeit
planner_phase_unnoticed = unbemerkt
planner_phase_restart = Neustart

## Was der Player von einem Training sagt.

planner_key_done = Anteil geschafft
planner_key_ready = Vorbereitung
planner_key_failure = Ausfall
planner_key_checkpoint = Sicherung
planner_curve = Anteil der geschafften Arbeit
planner_does_training = das Training läuft
planner_does_lost_work = das Training läuft, doch dieses Stück geht beim nächsten Ausfall verloren
planner_does_unnoticed = es steht still, und niemand hat es bemerkt
planner_does_restart = es startet neu
planner_does_queue = es wartet in der Schlange
planner_does_compile = es wird kompiliert
planner_does_first_checkpoint = es schreibt die erste Sicherung
planner_does_initialisation = es wird initialisiert
planner_does_weights = es lädt Gewichte
planner_says = Auf { $devices } sind { $done } geschafft; { $doing }.
planner_says_interrupted =
    { $n ->
        [one] Auf { $devices } sind { $done } geschafft; { $doing }. Bisher eine Unterbrechung.
       *[other] Auf { $devices } sind { $done } geschafft; { $doing }. Bisher { $n } Unterbrechungen.
    }
planner_says_over =
    { $devices ->
        [one] { $devices } ist fertig; es hat { $time } gedauert.
       *[other] { $devices } sind fertig; es hat { $time } gedauert.
    }
planner_alone = Die andere Art von Cluster kann das nicht: { $reason }.
planner_over = fertig: { $time }
planner_interruptions =
    { $n ->
        [one] { $n } Unterbrechung
       *[other] { $n } Unterbrechungen
    }
planner_cell =
    .ten_minutes = ein Feld sind zehn Minuten
    .hour = ein Feld ist eine Stunde
    .quarter_day = ein Feld ist ein Vierteltag
    .day = ein Feld ist ein Tag
    .week = ein Feld ist eine Woche
    .thirty_days = ein Feld sind 30 Tage
planner_card =
    .hour = Stunde { $n }, { $devices }
    .day = Tag { $n }, { $devices }
    .week = Woche { $n }, { $devices }
    .span = { $span }, { $devices }
planner_state = Zustand
    .ahead = steht noch bevor
    .done = { $share } geschafft
planner_checkpoints = Sicherungen
    .about = etwa { $n }
planner_failures = Ausfälle
planner_done_now = geschafft, jetzt: { $doing }
planner_ends = Fertig nach
    .interval = Linie: neun von zehn Fällen, samt den Fehlern des Modells.
    .futures = Striche: fünfzig Zukünfte, die sich nur in den Ausfällen unterscheiden.

## Ihre Diagramme.

planner_plans = Pläne
    .open = Diesen Plan öffnen
planner_plan = { $devices }: { $days }, { $cost }
    .beaten = { $devices }: { $days }, { $cost }; ein anderer ist schneller und billiger
planner_chart_days = Tage
    .across = Geräte
    .up = Tage, von Anfang bis Ende
planner_twice = Doppelt so viele { $device } sind { $factor }-mal so schnell.
planner_half = Halb so viele { $device } brauchen { $factor }-mal so lange.
planner_no_double =
    { $devices ->
        [one] { $devices } braucht { $days }.
       *[other] { $devices } brauchen { $days }.
    }
planner_bands = Die Bänder enthalten neun von zehn Fällen.
planner_chart_frontier = Kosten
    .across = Tage
    .billions = Kosten [Mrd. USD]
    .millions = Kosten [Mio. USD]
    .thousands = Kosten [Tsd. USD]
    .ones = Kosten [USD]
planner_priced = { $device }, zu Ihrem Preis
    .year = { $device }, Preise von { $year }
planner_costs = Für beide gilt dasselbe: Hardware samt Hosts und Switches, zu veröffentlichten Preisen, auf vier Jahre Nutzung verteilt. Lesen Sie Faktoren ab, keine Prozente.
    .alone = Tage gegen Kosten. Verblasst ist ein Plan, den ein anderer in beidem schlägt.
    .given = { $device } zu Ihrem Preis. Vergleichen Sie Punkte auf einer Linie, nicht die beiden Linien.
planner_chart_context = Kontext
    .across = Kontext [Tokens]
    .up = belegter Anteil des Speichers
    .unfused = dünne Linie: ohne fused Attention
    .published = Längen veröffentlichter Läufe
planner_runs_gpu = GPUs
planner_runs_cs = CS-2
planner_length = { $device }, { $length }, ohne fused Attention: { $need } von { $limit }
    .fused = { $device }, { $length }, mit fused Attention: { $need } von { $limit }
planner_too_long = { $length }, passt nicht
planner_run = { $run }, { $tokens }
planner_fits = Auf { $device } passen Sequenzen bis { $length }.
    .until = Auf { $device } passen Sequenzen bis { $length }; { $next } bräuchten { $need } von { $limit }.
    .none = Auf { $device } passt keine Länge.
planner_published = Veröffentlicht: { $run }, { $length }.
planner_chart_ladder = Wachstum
    .up = Mrd. Parameter, logarithmisch
planner_growth =
    { $n ->
        [one] { $parameters }-mal so viele Parameter in einem Jahr: von { $first } zu { $last }. Das Training braucht { $flop }-mal so viele FLOP.
       *[other] { $parameters }-mal so viele Parameter in { $n } Jahren: von { $first } zu { $last }. Das Training braucht { $flop }-mal so viele FLOP.
    }
planner_growth_at_once = { $parameters }-mal so viele Parameter im selben Jahr: von { $first } zu { $last }. Das Training braucht { $flop }-mal so viele FLOP.
planner_model = { $model }: { $parameters }, { $flop }
planner_years = years muss aus zwei Jahren von { $low } bis { $high } mit Komma bestehen, das frühere zuerst, nicht aus { $got }. Gezeigt werden { $first } bis { $last }.
planner_chart_start = Start
    .up = Minuten
planner_phase_on = { $device }, { $phase }
planner_phase_time = { $device }, { $phase }: { $time }, { $interval }
planner_start = { $time } bis zum ersten Schritt, in veröffentlichten Protokollen { $interval }. Am längsten dauert: { $phase }.
planner_fine_tune =
    .parameters = Parameter
    .tokens = Tokens
    .days = Tage
    .fine_tuned = dieses Modell, Feintuning
    .from_scratch = dieses Modell, von Grund auf
    .larger = { $factor }-mal so groß, von Grund auf
planner_chart_setup = Einrichtung
    .said = Derselbe Lauf als Konfiguration beider Seiten. Hervorgehoben ist, was jemand wählen muss.
planner_choose =
    { $n ->
        [one] { $devices }: { $n } Zahl zu wählen
       *[other] { $devices }: { $n } Zahlen zu wählen
    }

# Why, and what to try.
purpose_planner = Maschinen fallen aus, man wartet, und jeder Tag kostet Miete und Strom.
goal_planner = Werden Sie innerhalb einer Woche fertig.
    .now = Bisher { $value }; nötig: höchstens { $needed }.
    .met = ✓ Erreicht: { $value }.
try_planner_default = Von vorn beginnen
    .said = Ein Quadrat ist ein Tag. Achten Sie darauf, was das Training anhält und was der Neubeginn kostet.
try_planner_many = 4.096 GPUs nehmen
    .said = Viermal so viele GPUs sind nicht viermal so schnell, und je mehr es sind, desto öfter fällt eine aus.
