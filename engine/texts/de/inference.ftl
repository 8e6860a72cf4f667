## Die Szene Inferenz.

# Beispiele und Parameter.
preset_inference_one_user = Ein Nutzer: Der Wafer gewinnt
preset_inference_many_users = 64 Nutzer teilen sich einen Wafer
preset_inference_gpu_wins = 512 Nutzer auf 8 GPUs
preset_inference_large = Ein Modell, das viele Wafer braucht
preset_inference_experts = Ein Modell mit Experten
preset_inference_draft = Mit einem Entwurf
parameter_inference_model = Modell
    .doc = Das Sprachmodell, das schreibt.
parameter_inference_machine = Maschine
    .doc = Worauf es läuft. Mehrere Wafer halten seine Schichten hintereinander, mehrere GPUs teilen sich jede Schicht.
parameter_inference_n_machines = Anzahl
    .doc = Wie viele Maschinen das Modell gemeinsam bedienen; auto nimmt so wenige, wie das Modell und alle Nutzer fassen.
parameter_inference_other = Daneben
    .doc = Die Maschine, mit der verglichen wird: so wenige, wie das Modell und alle Nutzer fassen.
parameter_inference_users = Nutzer
    .doc = Wie viele Nutzer zugleich bedient werden, jeder mit einer Eingabe und einer Antwort.
parameter_inference_prompt_tokens = Eingabe
    .doc = Länge der Eingabe jedes Nutzers.
parameter_inference_output_tokens = Antwort
    .doc = Länge der Antwort an jeden Nutzer.
parameter_inference_precision = Genauigkeit
    .doc = Das Zahlenformat der Gewichte und der aufbewahrten Schlüssel und Werte, die mindestens 8 Bit haben.
parameter_inference_speculation = Token je Durchgang
    .doc = Wie viele Token ein Durchgang im Mittel ergibt: mehr als eines, wenn ein kleineres Modell sie entwirft. Die Zeit des Entwurfs selbst wird nicht gezählt.

# Ablehnungen.
inference_one_node = n_machines muss höchstens { $most } sein, so viele, wie ein Knoten hat, nicht { $got }
inference_does_not_fit = n_machines muss groß genug für das Modell sein: { $model } mit einem Nutzer passt nicht in den Speicher von { $devices }
inference_users_at_most = users muss höchstens { $most } sein, so viele, wie der Speicher von { $devices } neben dem Modell fasst, nicht { $got }

# Titel, Ergebnis und Marken.
inference_title =
    { $users ->
        [one] { $model } schreibt für einen Nutzer
       *[other] { $model } schreibt für { $users } Nutzer
    }
verdict_inference = Für jeden Nutzer schreibt { $devices } { $times }-mal so schnell wie { $other_devices }: { $rate } gegen { $other_rate }. Das erste System nutzt { $share } der Bandbreite seines Speichers, das zweite { $other_share }.
verdict_inference_alone = { $devices } schreibt { $rate } für jeden Nutzer und nutzt { $share } der Bandbreite seines Speichers.
inference_start = Alle Eingaben treffen im selben Augenblick ein.
inference_first = { $devices }: Die Eingabe ist gelesen und das erste Token ist da.
inference_done = { $devices }: Die Antwort ist fertig.

# Kennzahlen.
figure_inference_tokens_per_s_per_user = { $devices }: für jeden Nutzer
    .source = Token eines Durchgangs durch seine Zeit, während eine Antwort geschrieben wird
figure_inference_published = { $devices }: veröffentlicht
figure_inference_tokens_per_s = { $devices }: alle Nutzer, mit Eingaben
    .source = Token aller Antworten durch die Zeit, in der die Eingaben gelesen und die Antworten geschrieben werden
figure_inference_bandwidth_share = { $devices }: genutzte Bandbreite
    .source = Gewichte und aufbewahrte Schlüssel und Werte, die Durchgänge in einer Sekunde lesen, durch die Bandbreite des Datenblatts
figure_inference_token_time = { $devices }: Zeit eines Durchgangs
    .source = die Summe seiner Teile: auf einem Wafer eine Kette von Produkten und Summen entlang von Reihen von PEs, auf GPUs ein Kernel nach dem anderen
figure_inference_first_token_time = { $devices }: Zeit bis zum ersten Token
    .source = eine Eingabe, dort gelesen, wo es am kürzesten dauert, ohne dass sonst jemand wartet
figure_inference_prefill_tokens_per_s = { $devices }: gelesene Eingaben
    .source = Token einer Eingabe durch die Zeit bis zum ersten Token
figure_inference_most_users = { $devices }: Nutzer, die passen
    .source = Speicher neben den Gewichten, durch das, was von einem Nutzer am Ende der Antwort aufbewahrt ist
figure_inference_cost = { $devices }: Hardware für eine Million Token
    .source = Preis der Hardware über vier Jahre Nutzung, bei allen Nutzern zusammen; ohne Strom, Personal und Gewinn

# Das Bild.
inference_per_user = { $rate } für jeden Nutzer
inference_reading = liest die Eingabe
inference_written = { $n } von { $total }
inference_pass = wohin die Zeit eines Durchgangs geht: { $time }
inference_bandwidth = nutzt { $share } seiner Bandbreite
inference_slowed = { $times }-fach verlangsamt
inference_key_now = jetzt
inference_key_token = Token der Antwort
inference_part_distance = Schritte zwischen PEs
inference_part_contention = Warten
inference_part_depth = Rampen
inference_part_compute = Produkte
inference_part_startup = Beginn von Operationen
inference_part_scalar = Zahl für Zahl
inference_part_wafers = zwischen Wafern
inference_part_weights = Gewichte lesen
inference_part_cache = Cache lesen
inference_part_launches = Kernel-Starts
inference_part_sums = Summen über GPUs
inference_step_norms = Normierungen
inference_step_projections = Anfragen, Schlüssel und Werte
inference_step_attention = Attention
inference_step_output = Ausgabe der Attention
inference_step_feed_forward = Feed-forward-Teil
inference_step_words = Wahl eines Wortes
inference_step_hand_over = Weitergabe
inference_says_reading = { $devices } liest die Eingabe.
inference_says = { $devices } hat { $n } von { $total } Token geschrieben.
inference_says_done = { $devices } ist fertig.
inference_curve = geschriebene Token
# Was im Bild geschrieben wird: irgendein Text, in der Sprache der Seite.
inference_sample = Ein Wafer hält das ganze Modell im Speicher seiner Kerne, gleich neben dem Rechenwerk. Auf Gewichte wartet er also nie. Aber jede Schicht braucht das Ergebnis der vorigen, und jedes Ergebnis ist eine Summe über Hunderte von Kernen in einer Reihe. Wort für Wort laufen die Zahlen zur Mitte ihrer Reihe und wieder zurück, zehnmal in jeder Schicht. Das dauert viel länger als das Lesen der Gewichte, und deshalb nutzt ein Wafer beim Schreiben so wenig von seiner Bandbreite. Eine GPU muss für jedes Wort alle Gewichte lesen, und sie liest sie für alle ihre Nutzer auf einmal.

# Diagramm.
inference_chart_users = Nutzer
    .across = Token in der Sekunde für jeden Nutzer
    .up = Token in der Sekunde für alle
    .said = Bei einem Nutzer schreibt { $devices } { $rate }; bei { $users } Nutzern, so vielen wie passen, { $each } für jeden und { $all } für alle, die Zeit zum Lesen der Eingaben eingerechnet.
inference_chart_prompt = Erstes Token
    .across = Token der Eingabe
    .up = Zeit bis zum ersten Token
    .said = Auf { $devices } dauert eine Eingabe von { $tokens } Token { $time }, eine von { $most } Token { $longest }.

# Warum, und was man versuchen kann.
question_inference_writes = Warum schreibt ein Wafer mit 21 PB/s nur einige Tausend Token in der Sekunde?
    .purpose = Alle teilen die Bandbreite durch die Größe des Modells. Bei einem Wafer ist das um drei Größenordnungen falsch.
goal_inference = Bring einen Wafer dazu, ein Prozent seiner Bandbreite zu nutzen.
    .now = Bisher { $value }; nötig: { $needed }.
    .met = ✓ Erreicht: { $value }.
try_inference_one = Noch einmal mit einem Nutzer beginnen
    .said = Ein Token nach dem anderen: Jeder Schritt wartet auf die Summe davor. Achte darauf, wie wenig Bandbreite das braucht.
try_inference_many = 32 Nutzer zugleich schreiben lassen
    .said = Die Nutzer folgen einander durch die Quadrate von PEs, auf denen die Schichten liegen, und so arbeitet mehr vom Wafer zur selben Zeit.
