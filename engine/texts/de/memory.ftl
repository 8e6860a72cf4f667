## Die Szene Speicher.

# Wörter, die andere Texte aufnehmen.
memory_level =
    { $level ->
        [registers] Register
        [l1] L1
        [l2] L2
        [sram] SRAM
        [hbm] HBM
        [neighbour] Nachbar
        [outside] außen
        [host] Host
       *[memory] Speicher
    }
memory_from =
    { $level ->
        [registers] aus den Registern
        [neighbour] vom Nachbarn
        [outside] von außen
        [host] vom Host
       *[hbm] aus dem { memory_level }
    }
memory_unit =
    { $unit ->
        [SM] kein SM
        [PE_column] keine Spalte von PEs
        [unit] kein Rechenwerk
       *[PE] kein PE
    }
memory_units =
    { $unit ->
        [SM] SMs
        [PE_column] Spalten von PEs
        [unit] Rechenwerke
       *[PE] PEs
    }
memory_bound =
    { $bound ->
        [compute] das Rechnen
        [memory] den Speicher
       *[latency] die Latenz
    }

# Beispiele und Parameter.
preset_memory_axpy = Vektoren addieren (AXPY)
preset_memory_reading = Ein ganzes Modell einmal lesen
preset_memory_streamed = Von außen gestreamt: Der Wafer verliert
preset_memory_decode = Ein Token nach dem anderen (Decode)
preset_memory_gemm = Matrizen multiplizieren
preset_memory_few_requests = Wenige Anfragen unterwegs
parameter_memory_machines = Maschinen
    .doc = Eine bis drei Maschinen nebeneinander.
parameter_memory_kernel = Kernel
    .doc = Was berechnet wird.
parameter_memory_model = Modell
    .doc = Das Modell, durch das die Tokens gehen.
parameter_memory_n = Größe
    .doc = Elemente eines Vektors oder einer Zeile, Seite einer Matrix oder Tokens, auf die zurückgeblickt wird.
parameter_memory_batch = Batch
    .doc = Vektoren, Zeilen, rechte Seiten, Produkte, Sequenzen oder Tokens; 0 liest ein Modell nur.
parameter_memory_dtype = Datentyp
    .doc = Zahlenformat aller Operanden.
parameter_memory_weights = Daten sind
    .doc = Wo die Operanden am Anfang sind: im nächsten Speicher, der sie fasst, im HBM oder außerhalb des Wafers.
parameter_memory_outstanding = Unterwegs
    .doc = Anfragen, die ein Rechenwerk zugleich unterwegs haben darf; ein PE braucht für sein SRAM höchstens zwei.
parameter_memory_seed = Startwert
    .doc = Für die Streuung der Wege außerhalb des Chips.
parameter_memory_custom_tflop_per_s = Ihre Spitze
    .doc = Spitzenrate der eigenen Maschine.
parameter_memory_custom_gb_per_s = Ihre Bandbreite
    .doc = Bandbreite ihres Hauptspeichers.
parameter_memory_custom_latency_ns = Ihre Latenz
    .doc = Zeit vom Senden einer Anfrage, bis die Daten zurück sind.
parameter_memory_custom_capacity_gb = Ihr Speicher
    .doc = Kapazität ihres Hauptspeichers.
value_custom = Ihre Maschine
value_axpy = AXPY
value_dot = Skalarprodukt
value_layernorm = Layernorm
value_attention_decode = Attention (Decode)
value_model_pass = Modell durchlaufen
value_resident = Vor Ort
value_streamed = Von außen
value_hbm = HBM
value_sram = SRAM
value_l2 = L2
value_link = Verbindung
value_compute = Rechnen
value_memory = Speicher
value_latency = Latenz

# Ablehnungen.
memory_machines_at_most = machines dürfen auf einem Bildschirm höchstens { $most } sein, nicht { $got }
memory_batch_at_least = batch muss für { $kernel } mindestens 1 sein, nicht { $got }
memory_n_at_most = n darf als Seite einer Matrix höchstens { $most } sein, nicht { $got }
memory_no_hbm = weights muss resident oder streamed sein, wo keine Maschine HBM hat, nicht 'hbm'

# Titel.
memory_title_axpy =
    { $n ->
        [one] Zwei Vektoren aus einem Element addieren
       *[other] Zwei Vektoren aus { $n } Elementen addieren
    }
memory_title_dot =
    { $n ->
        [one] Zwei Vektoren aus einem Element multiplizieren und summieren
       *[other] Zwei Vektoren aus { $n } Elementen multiplizieren und summieren
    }
memory_title_layernorm =
    { $batch ->
        [one] Eine Zeile der Länge { $n } normieren
       *[other] { $batch } Zeilen der Länge { $n } normieren
    }
memory_title_gemv =
    { $batch ->
        [one] Eine Matrix von { $n } × { $n } mit einem Vektor multiplizieren
       *[other] Eine Matrix von { $n } × { $n } mit { $batch } Vektoren multiplizieren
    }
memory_title_gemm = Matrizen von { $n } × { $n } multiplizieren
memory_title_attention_decode =
    { $batch ->
        [one] Ein neues Token blickt auf { $n } zurück, in einer Sequenz
       *[other] Ein neues Token blickt auf { $n } zurück, in { $batch } Sequenzen
    }
memory_title_model_pass =
    { $batch ->
        [one] Ein Token durch { $model } schicken
       *[other] { $batch } Tokens durch { $model } schicken
    }
memory_title_reading = { $model } einmal lesen

# Marken, und was jetzt geschieht.
memory_start = Alle Maschinen beginnen im selben Augenblick und fragen nach ihren ersten Daten.
memory_first_data = { $machine }: Die ersten Daten sind nach { $time } { memory_from } zurück.
memory_pipe_full = { $machine }: Die Leitung { memory_from } ist voll; von nun an teilen sich alle { memory_units } ihre { $bandwidth }.
memory_computing = { $machine }: Von hier an wartet das Rechnen nie; Daten kommen früher, als sie gebraucht werden.
memory_waiting = { $machine }: Es darf { memory_unit } mehr anfordern, bevor Daten zurück sind; die Leitung { memory_from } ist deshalb { $idle } der Zeit leer.
memory_step = { $machine } hat den ersten von { $n } Schritten getan; der nächste braucht dessen Ergebnis und wartet { $time } darauf.
memory_done = { $machine } ist fertig, nach { $time }.
memory_takes = { $machine } in { $time }
memory_end = Die Aufzeichnung endet hier. Ganzer Kernel: { $times }.
memory_exchanges = { $machine } hat alle Daten; was bleibt, ist die Zeit, in der die Schritte aufeinander warten.
memory_computes = { $machine } rechnet { $share } der Zeit, mit { $bytes } unterwegs.
memory_reads = { $machine } hat { $share } gelesen, mit { $bytes } unterwegs.

# Größen.
figure_memory_time = { $machine }: Zeit
    .source = simulierte Anfragen und das Warten zwischen abhängigen Schritten
figure_memory_fraction_of_peak = { $machine }: Anteil an der Spitze
    .source = erreichte FLOP/s durch die Spitze laut Datenblatt
figure_memory_bound = { $machine }: begrenzt durch
    .source = der größte Teil der Zeit
figure_memory_steps = { $machine }: abhängige Schritte
    .source = jeder braucht das Ergebnis des vorigen
figure_memory_exchange_time = { $machine }: Warten zwischen Schritten
    .source = Summen und Broadcasts über den Wafer, oder bei einem Prompt wandernde Kacheln und das Anlaufen von Vektoroperationen; auf einer GPU Kernelstarts oder Wege über den L2
figure_memory_tokens_per_s = { $machine }: Rate
    .source = Tokens des Durchlaufs durch Zeit
figure_memory_published_tokens_per_s = { $machine }: veröffentlicht
figure_memory_achieved_flop_per_s = { $machine }: erreicht
    .source = FLOP durch Zeit
figure_memory_achieved_bandwidth = { $machine }: Bandbreite
    .source = Bytes { memory_from } durch Zeit
figure_memory_flop = { $machine }: Operationen
    .source = gezählt
figure_memory_bytes_moved = { $machine }: Bytes
    .source = was { memory_from } kommt, mit Wiederverwendung gezählt
figure_memory_arithmetic_intensity = { $machine }: Intensität
    .source = FLOP durch bewegte Bytes
figure_memory_ridge = { $machine }: Knick
    .source = FLOP/s, die die Rechenwerke erreichen, durch die erreichte Bandbreite { memory_from }
figure_memory_attainable_flop_per_s = { $machine }: Roofline
    .source = der kleinere Wert: FLOP/s, die die Rechenwerke erreichen, oder Intensität × erreichte Bandbreite
figure_memory_level = { $machine }: Operanden in
    .source = wo sie sind, wenn der Kernel beginnt; die Verbindung, wenn das Hereinholen dessen, was nicht hineinpasst, am längsten dauert
figure_memory_fits = { $machine }: passt
    .source = { $footprint } gegen die Kapazität
figure_memory_outstanding_needed = { $machine }: unterwegs nötig
    .source = Gesetz von Little: Bandbreite × Latenz, durch Rechenwerke und Bytes
figure_memory_time_read_ports = { $machine }: Zeit nach Leseanschlüssen
    .source = die beworbene Zahl umfasst Anschlüsse zum Lesen und zum Schreiben; zum Lesen sind es 16 von 24 Bytes je Takt
figure_memory_local_bandwidth_low = { $machine }: Bandbreite an den Rechenwerken, untere Grenze
    .source = { $units } × { $bytes } × { $clock }
figure_memory_local_bandwidth_high = { $machine }: Bandbreite an den Rechenwerken, obere Grenze
    .source = { $units } × { $bytes } × { $clock }
figure_memory_vendor_bandwidth = { $machine }: wie beworben
    .source = die vom Hersteller beworbene Zahl
figure_memory_bandwidth_per_mm2 = { $machine }: je mm²
    .source = Bandbreite { memory_from } laut Datenblatt durch Fläche
figure_memory_bandwidth_per_w = { $machine }: je Watt aus der Steckdose
    .source = Bandbreite { memory_from } laut Datenblatt durch Leistung aus der Steckdose, mit Hosts und Switches, bei Wafern wie bei GPUs
figure_memory_fastest = Schnellste
    .source = kürzeste Zeit, ein Chip gegen einen Chip
figure_memory_time_ratio = { $fastest }: Vielfaches des Tempos von { $slowest }
    .source = Zeit der langsamsten durch die der schnellsten

# Das Bild.
memory_request = { $bytes } angefragt
memory_data = { $bytes } Daten
memory_computing_key = rechnet
memory_starved = wartet
memory_true_distance = Wahrer Abstand
    .title = Abstände im Verhältnis der Latenz
memory_true_bandwidth = Wahre Bandbreite
    .title = Höhen der Leitungen im Verhältnis der Bandbreite
memory_level_at = { memory_level } { $time }
memory_round_trip = { $time } hin und zurück
    .short = { $time }
memory_round_trip_assumed = { $time } hin und zurück, angenommen
    .short = { $time } (angenommen)
memory_one_cycle = { $time } hin und zurück: ein Takt
memory_sum = Die Summe aus { $n } örtlichen Speichern.
memory_own = Jedes { $unit } hat nur seine eigenen { $bytes } so nahe.
verdict_memory =
    { $first ->
        [wafer] Der Wafer ({ $winner })
        [gpu] Die GPU ({ $winner })
       *[other] { $winner }
    } ist { $times }-mal so schnell wie { $last ->
        [wafer] der Wafer ({ $loser })
        [gpu] die GPU ({ $loser })
       *[other] { $loser }
    }: { $short } gegen { $long }.
verdict_memory_even = Das geht unentschieden aus: Dieselbe Arbeit dauert auf jeder { $time }.
memory_bar_stands = ein Balken: { $each }
memory_enlarged = { $times }-fach vergrößert
memory_ruler =
    Abstand: hin und zurück, { $distance ->
        [true] maßstäblich
       *[log] logarithmisch
    } · Höhe einer Leitung: Bandbreite, { $height ->
        [true] maßstäblich
       *[log] logarithmisch
    }
memory_ruler_short =
    Abstände { $distance ->
        [true] maßstäblich
       *[log] logarithmisch
    }, Höhen { $height ->
        [true] maßstäblich
       *[log] logarithmisch
    }
memory_ruler_alike =
    Abstände und Höhen { $distance ->
        [true] maßstäblich
       *[log] logarithmisch
    }
memory_slowed = { $times }-fach verlangsamt
memory_has_finished = und alles ist getan
memory_of_work = der Arbeit getan
memory_across = jeder Schritt braucht den vorigen
memory_compute_in_use = rechnet zu { $share }
memory_pipe_in_use = Leitung zu { $share } belegt
memory_under_way = { $bytes } unterwegs
memory_requests = Anfragen unterwegs

# Was ausgewählt ist.
memory_level_of = { $machine }: { memory_level }
memory_in_use = { $share } genutzt
memory_bandwidth = Bandbreite
memory_sheet = Datenblatt
memory_of_sheet = von { $bandwidth }
memory_trip = Hin und zurück
memory_holds = Fasst
memory_holds_nothing = nichts Eigenes
memory_moves = Dieser Kernel bewegt
memory_one_request = Eine Anfrage
memory_requests_line = Unterwegs
memory_unit_of =
    { $unit ->
        [PE_column] { $machine }: Spalte { $n }
        [unit] { $machine }: Rechenwerk { $n }
       *[PE] { $machine }: { $unit } { $n }
    }
memory_unit_done = fertig
memory_unit_computes = rechnet { $share }
memory_stands_for = Steht für
memory_stands_for_all = { $n } davon; { $shown } sind gezeigt
memory_data_from = Daten aus
memory_data_from_level = { memory_level }, { $time } hin und zurück
memory_computed_so_far = Bisher gerechnet
memory_bound_by = Begrenzt durch
memory_whole_kernel = Ganzer Kernel
memory_computing_line = Rechnet, alle gezeigten

# Diagramme.
memory_roofline = Roofline
    .hint = Ziehen Sie den Punkt, um zu ändern, wie viel der Kernel je Byte rechnet.
memory_speed = Tempo [TFLOP/s]
memory_intensity = Rechenintensität [FLOP/B]
memory_held_back = Auf { $machine } wird dieser Kernel durch { memory_bound } gebremst.
memory_held_back_both = Auf beiden Maschinen wird dieser Kernel durch { memory_bound } gebremst.
memory_held_back_all = Auf allen Maschinen wird dieser Kernel durch { memory_bound } gebremst.
memory_held_back_each = { $machine } durch { memory_bound }
memory_held_back_differently = Gebremst werden { $machines }.
memory_bandwidth_read =
    { $reading ->
        [chip] je Chip
        [w] je Watt
       *[mm2] je mm²
    }
memory_bandwidth_axis = Bandbreite { memory_bandwidth_read }, logarithmisch
memory_bandwidth_ratio =
    { $reading ->
        [chip] Je Chip: { $most } hat { $factor }-mal die Bandbreite von { $least }.
        [w] Je Watt aus der Steckdose: { $most } hat { $factor }-mal die Bandbreite von { $least }.
       *[mm2] Je mm²: { $most } hat { $factor }-mal die Bandbreite von { $least }.
    }
memory_bandwidth_alone =
    { $reading ->
        [chip] Je Chip. Wählen Sie zwei Maschinen zum Vergleich.
        [w] Je Watt aus der Steckdose. Wählen Sie zwei Maschinen zum Vergleich.
       *[mm2] Je mm². Wählen Sie zwei Maschinen zum Vergleich.
    }
memory_machine_level = { $machine } ({ memory_level })
memory_bandwidth_at = { $memory }: { $bandwidth }
memory_at_units = am Rechenwerk: { $bandwidth }
memory_vendor_says = { $machine }, sagt der Hersteller
memory_fits = Was passt
memory_fits_bytes = Bytes: Gewichte, dann der Rest
memory_fits_same = Zum Trainieren ist { $model } das größte Modell, das auf jede Maschine ganz passt. Die Linien zeigen ihren Speicher.
memory_fits_largest = Die größten Modelle, die zum Trainieren ganz passen: { $models }. Die Linien zeigen den Speicher.
memory_fits_on = { $model } ({ $machine })
memory_fits_none = keines ({ $machine })
memory_must_leave = Was weichen muss
memory_with_capacity = { $machine }, { $capacity }
memory_leaves =
    { $what ->
        [nothing] passt
        [optimiser] Optimierer
        [weights] Gewichte
       *[activations] Aktivierungen
    }

# Why, and what to try.
question_memory_near = Wie viel schneller ist Speicher neben jedem Kern?
    .purpose = Ein Kern wartet, bis seine Zahlen da sind.
goal_memory = Finden Sie eine Arbeit, bei der die GPU gewinnt.
    .now = Der Wafer ist { $inverse }-mal so schnell.
    .met = ✓ Erreicht: Die GPU ist { $value }-mal so schnell.
try_memory_resident = Wieder mit Vektoren beginnen, die da sind
    .said = Beide Maschinen haben die Vektoren im eigenen Speicher. Welche wartet?
try_memory_streamed = Die Vektoren von außen kommen lassen
    .said = Nun muss alles durch die Anschlüsse am Rand des Wafers herein, und die sind nicht breiter als der Speicher einer GPU.
