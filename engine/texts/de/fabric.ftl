## Die Szene Datenfluss: was die Engine sagt. Was ihr Bild sagt, steht in fabric_stage.ftl.

# Parameter.
group_fabric_faults = Was schiefgeht
parameter_fabric_machine = Maschine
    .doc = Die Wafer-Scale Engine, auf der es läuft.
parameter_fabric_program = Programm
    .doc = Was gerechnet wird.
parameter_fabric_algorithm = Algorithmus
    .doc = Das Verfahren; auto nimmt das übliche des Programms.
parameter_fabric_width = Breite
    .doc = Spalten von PEs.
parameter_fabric_height = Höhe
    .doc = Zeilen von PEs.
parameter_fabric_words = Wörter
    .doc = Wörter je PE: die Länge seines Vektors, die Seite seiner Kachel oder die Zahl seiner Zellen.
parameter_fabric_group = Gruppe
    .doc = PEs je Gruppe der Summe in zwei Phasen; auto nimmt die Wurzel aus der Zahl der PEs in der Linie.
parameter_fabric_root = Wurzel
    .doc = Wo ein All-Reduce die Summe sammelt; bei einem GEMV, wo x beginnt und y ankommt; auto nimmt, was schneller ist.
parameter_fabric_exchange = Austausch
    .doc = Wann ein PE den nächsten Schritt eines Matrixprodukts beginnt: sobald es seine eigenen Kacheln hat (asynchron) oder erst, wenn alle PEs ihre haben (im Gleichschritt).
parameter_fabric_sparsity = Anteil Nullen
    .doc = Anteil der Gewichte, die null sind und nicht gesendet werden.
parameter_fabric_dtype = Zahlen
    .doc = Format der Zahlen und ihrer Summen und Produkte.
parameter_fabric_clock_ghz = Taktrate
    .doc = Taktrate; auto nimmt die der Maschine.
parameter_fabric_hop_latency = Latenz eines Hops
    .doc = Zeit von einem Router zum nächsten; auto nimmt die der Maschine.
parameter_fabric_ramp_latency = Latenz der Rampe
    .doc = Zeit zwischen Router und Rechenwerk, je Richtung; auto nimmt die der Maschine.
parameter_fabric_seed = Startwert
    .doc = Startwert der Zahlen und der Defekte.
parameter_fabric_defects = Defekte PEs
    .doc = Wahrscheinlichkeit jedes PE, auch der Ersatz-PEs, defekt zu sein.
parameter_fabric_spares = Ersatzspalten
    .doc = Spalten von PEs neben dem Rechteck, als Ersatz für defekte.
parameter_fabric_slow_factor = Ein langsames PE
    .doc = Wie viele Takte ein PE für ein Element braucht.
parameter_fabric_dead_link = Eine tote Verbindung
    .doc = Seite eines PE, an der seine Verbindung tot ist, in beide Richtungen.
parameter_fabric_fault_x = Seine Spalte
    .doc = Spalte des PE, das langsam ist oder die tote Verbindung hat; auto nimmt die Mitte.
parameter_fabric_fault_y = Seine Zeile
    .doc = Zeile des PE, das langsam ist oder die tote Verbindung hat; auto nimmt die Mitte.
parameter_fabric_window = Fenster
    .doc = Seite eines Quadrats aus PEs, deren Wavelets ein großer Lauf mit aufzeichnet, 0 für keines.
parameter_fabric_window_x = Fenster ab Spalte
    .doc = Erste Spalte des Fensters; auto nimmt die Mitte.
parameter_fabric_window_y = Fenster ab Zeile
    .doc = Erste Zeile des Fensters; auto nimmt die Mitte.

# Programme, ihre Algorithmen und andere Werte von Parametern.
value_reduce = Reduce
value_broadcast = Broadcast
value_all_reduce = All-Reduce
value_stream = Strom
value_transpose = Transponieren
value_weight_stream = Gewichtsstrom
value_stencil = Stencil
value_two_phase = Zwei Phasen
value_chain = Kette
value_tree = Baum
value_star = Stern
value_snake = Schlange
value_multicast = Multicast
value_reduce_broadcast = Reduce, dann Broadcast
value_ring = Ring
value_single = Einzeln
value_crossing = Gekreuzt
value_merging = Vereint
value_circular = Im Kreis
value_mesh = Mesh
value_cannon = Cannon
value_summa = SUMMA
value_direct = Direkt
value_two_stage = Zwei Stufen
value_five_point = Fünf Punkte
value_star_25 = Stern mit 25 Punkten
value_asynchronous = Asynchron
value_lockstep = Im Gleichschritt
value_corner = Ecke
value_centre = Mitte
value_north = Norden
value_east = Osten
value_south = Süden
value_west = Westen

# Beispiele.
preset_fabric_sum_rectangle = Ein Rechteck summieren
preset_fabric_sum_row = Eine Zeile summieren
preset_fabric_one_to_all = Broadcast: ein Wert für alle
preset_fabric_all_get_sum = All-Reduce: Alle bekommen die Summe
preset_fabric_streams_merge = Zwei Ströme vereinen sich
preset_fabric_streams_cross = Zwei Ströme kreuzen sich
preset_fabric_circle_of_waits = Deadlock: ein Kreis von Wartenden
preset_fabric_whole_wafer = Der ganze Wafer
preset_fabric_matrix_vector = Matrix mal Vektor
preset_fabric_matrix_matrix = Matrix mal Matrix
preset_fabric_all_to_all = All-to-all in einer Zeile
preset_fabric_weights = Gewichte strömen über Aktivierungen
preset_fabric_sparse_weights = Dasselbe, drei von vier Gewichten null
preset_fabric_cells = Zellen und ihre Nachbarn
preset_fabric_defective_pes = Um defekte PEs herum
preset_fabric_slow_pe = Ein PE ist viermal so langsam
preset_fabric_dead_link = Eine Verbindung ist tot

# Was nicht läuft.
fabric_no_defects = defects muss 0 sein, nicht { $got }
fabric_no_algorithm = algorithm muss für { $program } eines von { $names } oder auto sein, nicht { $got }
fabric_beyond_machine = { $name } darf auf { $machine } höchstens { $most } sein, nicht { $got }
fabric_outside = { $name } muss kleiner als { $most } sein, die Größe des Rechtecks, nicht { $got }
fabric_window_too_large = window darf hier höchstens { $most } sein, wo bis zu { $hops } Hops von Wavelets aufgezeichnet werden, nicht { $got }
fabric_too_much_work = ein Lauf darf höchstens { $most } Hops und Produkte haben, nicht etwa { $got }: Verkleinern Sie width, height oder words
fabric_too_much_memory = width × height × words darf höchstens { $most } sein, nicht { $got }
fabric_too_many_words = words darf für { $program } höchstens { $most } sein, nicht { $got }: { fabric_full }
fabric_too_high = height muss für { $program } kleiner sein, bei words { $got }: { fabric_full }
fabric_full = Ein PE hielte { $held } zu { $size }, und seine { $sram } sind { $holds }
fabric_too_large = dtype muss für Ergebnisse über { $most } fp32 sein, eines ist { $got }
fabric_widest = width darf für { $algorithm } höchstens { $most } sein, nicht { $got }
fabric_color_each = jedes von ihnen braucht eine eigene Color, und die Fabric hat { $n }
fabric_program_each = jedes von ihnen hat ein eigenes Programm
fabric_least_circle = { $name } muss für einen Kreis mindestens 2 PEs sein, nicht { $got }
fabric_least_stream = width muss für einen Strom mindestens 2 PEs sein, nicht { $got }
fabric_least_crossing = height muss für gekreuzte Ströme mindestens 2 PEs sein, nicht { $got }
fabric_least_weights = width muss mindestens 2 PEs sein, der Rand und die anderen, nicht { $got }
fabric_too_few_spares = spares muss mindestens { $least } sein, eine für jedes defekte PE der Zeile { $row }, nicht { $got }
fabric_link_outside =
    dead_link muss zu einem anderen PE des Rechtecks führen, und { $got ->
        [north] nördlich
        [east] östlich
        [south] südlich
       *[west] westlich
    } von PE { $at } ist keines
fabric_link_too_long = eine Verbindung darf höchstens { $most } zusätzliche Hops haben, nicht { $got }
fabric_colors_run_out = ein Programm muss mit { $n } Colors auskommen, eine mehr wäre für „{ $role }“
fabric_second_route = ein Router darf je Color nur eine Route haben, eine zweite wäre für „{ $name }“ an PE { $at }: Wo PEs hören und weitersenden, wechseln Nachbarn zwischen zwei Colors
fabric_route_leaves = eine Route muss im Rechteck bleiben, Color { $color } verlässt es an PE { $at }
fabric_collision = eine Color darf je Takt nur über eine Verbindung in einen Router kommen, es sind zwei an PE { $at }, Color { $color } ({ $name }), Takt { $cycle }
fabric_no_route = ein Wavelet muss auf eine Route treffen, die es aufnimmt, es gibt keine an PE { $at }, Color { $color } ({ $name }), Takt { $cycle }

# Titel.
fabric_size = { $width } × { $height } PEs
fabric_reduce_title = { $vectors } addieren, je { $words }
fabric_broadcast_title = Ein Vektor für { $size }, { $words } lang
fabric_all_reduce_title = All-Reduce von { $vectors } zu { $words }
fabric_stream_title = Ströme, je { $words }, auf { $size }
fabric_gemv_title = Matrix mal Vektor, { $rows } × { $columns }, auf { $size }
fabric_gemm_title = Zwei Matrizen von { $side } × { $side }, multipliziert auf { $size }
fabric_transpose_title = All-to-all in Zeilen, { $words } je Paar: { $size }
fabric_weights_title = { $features }, { $zero } der Gewichte null: { $size }
fabric_stencil_title = { $steps } Schritte eines 5-Punkte-Stencils auf { $size } mit je { $cells }
fabric_wave_title = { $steps } Schritte einer Welle, Stern mit 25 Punkten, auf { $size } mit je { $cells }
fabric_title_circle = Deadlock: PEs warten im Kreis aufeinander ({ $size })
fabric_title_no_way = Deadlock: eine tote Verbindung und kein Umweg ({ $size })
fabric_title_wrong = { $title }, { $wrong }
fabric_title_part = { $title }, gezeigt an { $shown }
verdict_fabric = Fertig nach { $cycles }, das sind { $time }.
verdict_fabric_faults = Fertig nach { $cycles } mit diesen Fehlern, nach { $sound } ohne sie.
verdict_fabric_best = „{ $algorithm }“ braucht { $cycles }, das sind { $time }. Nach den geschlossenen Formen ist hier kein anderer Algorithmus schneller.
verdict_fabric_slower = „{ $algorithm }“ braucht { $cycles }. „{ $best }“ schafft dasselbe in { $least }: { $ratio }-mal so schnell.
fabric_title_defective = { $defective } defekt
fabric_title_slow = ein PE { $n }-mal so langsam
fabric_title_dead = eine Verbindung tot

# Was jedes PE tut, am Anfang gesagt.
fabric_started = Alle Tasks sind gestartet, nach { $startup } Startzeit; die Uhr zählt ab hier.
fabric_hop_note = Ein Hop dauert hier { $hop }. Auf { $machine } ergab eine nicht begutachtete Messung { $measured }; das SDK des Herstellers nimmt { $assumed } an.
fabric_assumed_note = Für { $machine } sind diese Konstanten von { $like } übernommen, also angenommen: { $constants }.
fabric_constant_hop_latency = Latenz eines Hops
fabric_constant_ramp_latency = Latenz der Rampe
fabric_constant_queue_depth = Tiefe der Warteschlangen
fabric_constant_vector_gap = Pause zwischen Vektoroperationen
fabric_constant_task_startup = Startzeit der Tasks
fabric_constant_fp16_per_cycle = fp16-Operationen je Takt
fabric_constant_fp32_per_cycle = fp32-Operationen je Takt
fabric_constant_sram_read = gelesene Bytes je Takt
fabric_constant_sram_write = geschriebene Bytes je Takt
fabric_rows_first = Zuerst kommen die Zeilen, dann die erste Spalte.
fabric_reduce_two_phase = Jedes PE addiert den Vektor, den es hört, zu seinem eigenen und gibt die Summe in seiner Gruppe weiter; dann tun das die ersten PEs der Gruppen. { fabric_rows_first }
fabric_reduce_chain = Jedes PE addiert den Vektor, den es hört, zu seinem eigenen und gibt die Summe weiter. { fabric_rows_first }
fabric_reduce_tree = PEs addieren zu zweit, dann Paare von Paaren. { fabric_rows_first }
fabric_reduce_star = Die PEs einer Zeile senden ihre Vektoren nacheinander an deren erstes PE, und es addiert alle. { fabric_rows_first }
fabric_reduce_snake = Eine Linie schlängelt sich durch alle PEs. Jedes PE addiert den Vektor, den es hört, zu seinem eigenen und gibt die Summe weiter.
fabric_broadcast_note = Ein PE sendet seinen Vektor einmal. Jeder Router gibt ihn seinem PE und kopiert ihn dorthin, wo es weitergeht.
fabric_all_reduce_broadcast = Die Vektoren werden entlang der Zeilen und dann entlang einer Spalte summiert; das PE, das die Summe hat, sendet sie an alle.
fabric_all_reduce_ring = In jedem Schritt sendet ein PE einen Block seines Vektors an das nächste und addiert den Block, den es hört; dann kreisen die fertigen Blöcke. Zuerst kommen die Zeilen, dann die Spalten.
fabric_stream_single = Ein Ende der mittleren Zeile sendet, das andere empfängt; die Router dazwischen geben weiter.
fabric_stream_crossing = Ein Vektor geht die mittlere Zeile entlang, einer die mittlere Spalte hinab. Sie kreuzen sich in einem Router.
fabric_stream_merging = Zwei Vektoren gehen an ein PE. Wo der zweite zum ersten stößt, teilen sie sich jede Verbindung und wechseln sich ab.
fabric_stream_circular = Jedes PE am Rand des Rechtecks sendet an das nächste, bevor es empfängt.
fabric_gemv_note = Jedes PE hört seinen Teil von x und multipliziert seine Kachel damit; die Produkte einer Zeile werden in ihrem ersten PE addiert.
fabric_part_note = Alle { $size } zu simulieren würde zu lange dauern. Das Bild zeigt { $shown }, die für sie stehen. Takte und Zeit gelten für das Ganze: Dieser Teil wurde simuliert, den Rest ergänzt eine geschlossene Form.
fabric_gemv_note_centre = Die Teile von x gehen von der mittleren Zeile aus nach oben und unten. Jedes PE multipliziert seine Kachel mit dem Teil, den es hört, und die Summen einer Zeile treffen sich in ihrem mittleren PE.
fabric_gemv_pairs = { $note } Ein Wavelet trägt zwei fp16-Zahlen; das Bild zeigt die erste.
fabric_gemm_step = In jedem Schritt multipliziert ein PE eine Kachel von A mit einer von B und addiert das Produkt zu seiner Kachel von C.
fabric_gemm_mesh = { fabric_gemm_step } Währenddessen ziehen die Kacheln weiter, zu einem höchstens zwei entfernten PE.
fabric_gemm_cannon = { fabric_gemm_step } Währenddessen ziehen die Kacheln um ein PE weiter, und vom letzten PE zurück über alle anderen.
fabric_gemm_summa = { fabric_gemm_step } Seine Zeile und seine Spalte geben die Kacheln des nächsten Schritts von PE zu PE weiter.
fabric_gemm_summa_lockstep = In jedem Schritt kopieren die Router eine Kachel von A in ihre ganze Zeile und eine von B in ihre ganze Spalte. Wenn alle beide haben, multiplizieren alle; niemand sendet, bevor alle multipliziert haben.
fabric_gemm_lockstep = { $note } Kein PE beginnt einen Schritt, bevor alle den vorigen beendet haben.
fabric_transpose_direct = Jedes PE sendet einen Block an jedes andere PE seiner Zeile, zuerst an das nächste; ein Schalter hinter jedem Block lässt den folgenden ein PE weiter gehen.
fabric_transpose_two_stage = Jedes PE sendet, was für eine andere Gruppe von Nachbarn bestimmt ist, an das PE, das dort am gleichen Platz steht; dann tauscht jede Gruppe aus, was kam.
fabric_weights_note = Die erste Spalte sendet die Gewichte, die nicht null sind; jedes PE multipliziert jedes Gewicht mit seinen Tokens und addiert. Am Ende wird jede Spalte in ihrem ersten PE summiert.
fabric_stencil_note = In jedem Schritt sendet ein PE seine Zellen an seine vier Nachbarn, addiert, was es hört, und mischt es mit den eigenen.
fabric_wave_note = In jedem Schritt hört ein PE die Säulen von vier Nachbarn auf jeder Seite, multipliziert und addiert jede, und tut dasselbe mit den Zellen darüber und darunter in seiner eigenen.

# Marken.
fabric_first_wavelet = Das erste Wavelet verlässt seinen Router.
fabric_first_sum = Ein Rechenwerk addiert die erste Zahl, die es hört.
fabric_first_product = Ein Rechenwerk multipliziert.
fabric_rows_summed = Jede Zeile ist in Spalte { $column } summiert; jetzt folgt die Spalte.
fabric_sum_done = PE { $at } hat die Gesamtsumme und sendet sie an alle PEs.
fabric_ring_rows_done = Jedes PE hat die Summe seiner Zeile; jetzt kreisen die Blöcke in den Spalten.
fabric_gemv_multiplied = Jedes PE hat seine Kachel multipliziert; jetzt addiert jede Zeile ihre Produkte.
fabric_weights_multiplied = Jedes Gewicht ist jedem Token begegnet; jetzt addiert jede Spalte ihre Summen.
fabric_first_step = Jedes PE hat den ersten von { $steps } Schritten getan.
fabric_all_done = Die letzte Operation ist zu Ende; das Ergebnis steht an seinem Platz.
fabric_waits_in_circle = Nichts kann sich mehr bewegen: Die PEs warten aufeinander.
fabric_nothing_crosses = Nichts kann sich mehr bewegen: Nichts überquert die tote Verbindung.
fabric_defective_and_spare =
    { $defective } { $defective ->
        [one] ist
       *[other] sind
    } defekt, und { $spare } { $spare ->
        [one] ist
       *[other] sind
    } Ersatz.
fabric_slow = PE { $at } braucht { $cycles } für ein Element.
fabric_dead = Die Verbindung zwischen den PEs { $one } und { $other } ist tot.

# Was eine Operation tut. Woher Daten kommen und wohin sie gehen:
fabric_from =
    { $origin ->
        [north] aus dem Norden
        [east] aus dem Osten
        [south] aus dem Süden
        [west] aus dem Westen
        [root] von der Wurzel
        [first] des ersten Stroms
        [second] des zweiten Stroms
        [before] vom PE davor
       *[behind] vom PE dahinter
    }
fabric_to =
    { $goal ->
        [north] nach Norden
        [east] nach Osten
        [south] nach Süden
        [west] nach Westen
        [all] an alle
        [next] an das nächste PE
        [middle] zur mittleren Zeile, dann nach Osten
       *[on] weiter
    }
fabric_side =
    { $side ->
        [north] im Norden
        [east] im Osten
        [south] im Süden
       *[west] im Westen
    }
fabric_step = Schritt { $step } von { $steps }
fabric_send = { $words } { fabric_to } senden.
fabric_receive = { $words } { fabric_from } empfangen.
fabric_add = { $words } { fabric_from } empfangen, addieren.
fabric_add_send = { $words } { fabric_from } empfangen, addieren, { fabric_to } senden.
fabric_round =
    Block { $block } von { $blocks } im Ring der { $axis ->
        [row] Zeile
       *[column] Spalte
    }
fabric_ring_send = { fabric_round } senden.
fabric_ring_receive = { fabric_round } empfangen.
fabric_ring_add = { fabric_round } empfangen, addieren.
fabric_gemv_send = { $words } von x die Spalte entlang senden.
fabric_gemv_receive = { $words } von x empfangen.
fabric_gemv_multiply = Die Kachel von { $edge } × { $edge } mit x multiplizieren.
fabric_gemm_send = { $words } von { $matrix } senden, { fabric_step }.
fabric_gemm_receive = { $words } von { $matrix } empfangen, { fabric_step }.
fabric_gemm_pass = { $words } von { $matrix } empfangen, { fabric_step }, behalten und weitergeben.
fabric_gemm_multiply = Zwei Kacheln von { $edge } × { $edge } multiplizieren und zu C addieren, { fabric_step }.
fabric_send_place = { $words } an Platz { $place } { fabric_side } senden.
fabric_receive_place = { $words } von Platz { $place } { fabric_side } empfangen.
fabric_send_group = { $words } { fabric_to } senden, für Gruppe { $group }.
fabric_receive_group = { $words } der Gruppe { $group } empfangen, für Platz { $place }.
fabric_pass_on = { $words } { fabric_to } weitergeben.
fabric_weights_send =
    { $n ->
        [one] Das Gewicht der Zeile senden, das nicht null ist.
       *[other] Die { $n } Gewichte der Zeile senden, die nicht null sind.
    }
fabric_weights_receive = { $weights } empfangen; jedes mit { $tokens } multiplizieren und addieren.
fabric_stencil_send = { $cells } an alle Nachbarn senden, { fabric_step }.
fabric_stencil_receive = { $cells } { fabric_from } empfangen, { fabric_step }.
fabric_stencil_add = { $cells } { fabric_from } empfangen, addieren, { fabric_step }.
fabric_stencil_halve = Die Zellen halbieren, { fabric_step }.
fabric_stencil_eighth = Ein Achtel der Summe der Nachbarn addieren, { fabric_step }.
fabric_wave_start = Mit minus den Zellen des vorigen Schritts beginnen, { fabric_step }.
fabric_wave_send = { $cells } { fabric_to } senden, { fabric_step }.
fabric_wave_above = Die um { $far } höheren Zellen multiplizieren und addieren, { fabric_step }.
fabric_wave_below = Die um { $far } tieferen Zellen multiplizieren und addieren, { fabric_step }.
fabric_wave_receive = { $cells } von { $far } weiter { fabric_side } empfangen, { fabric_step }.
fabric_wave_multiply = Die Zellen { $far } weiter { fabric_side } multiplizieren, { fabric_step }.
fabric_wave_add = Die Zellen { $far } weiter { fabric_side } addieren, { fabric_step }.
fabric_wave_multiply_own = Die eigenen Zellen multiplizieren, { fabric_step }.
fabric_wave_add_own = Die eigenen Zellen addieren, { fabric_step }.

# Was eine Color trägt.
fabric_color = { $role }, { $which }
fabric_no_color = keine
fabric_even = gerade
fabric_odd = ungerade
fabric_level = Ebene { $level }
fabric_group = Gruppe { $group }
fabric_place = Platz { $place }, { $parity }
fabric_row_sum = Zeilensumme { fabric_to }
fabric_column_sum = Spaltensumme { fabric_to }
fabric_snake_sum = Summe entlang der Schlange
fabric_partial_sums = Teilsummen { fabric_to }
fabric_broadcast = Broadcast
fabric_ring =
    { $axis ->
        [row] Ring der Zeile
       *[column] Ring der Spalte
    }
fabric_ring_back = zurück zum ersten
fabric_stream = Strom { fabric_to }
fabric_stream_first = erster Strom
fabric_stream_second = zweiter Strom
fabric_one_step = ein Schritt
fabric_gemv_x = x in seiner Spalte
fabric_gemm_way = { $matrix } { fabric_to }
fabric_gemm_row = A in seiner Zeile
fabric_gemm_column = B in seiner Spalte
fabric_between_groups = { fabric_to } zwischen Gruppen
fabric_block = Block an jedes andere PE
fabric_from_one = von { $place } { fabric_to }
fabric_from_both = von { $east } nach Osten oder { $west } nach Westen
fabric_from_nobody = von niemandem
fabric_weights = Gewichte nach Osten
fabric_cells = Zellen der Gruppe { $group }
fabric_wave_way = Zellen { fabric_to }

# Zahlen, und woraus sie folgen.
fabric_simulation_with_startup = Simulation Takt für Takt, mit Start
fabric_part_source = ein Teil Takt für Takt simuliert, der Rest nach der geschlossenen Form; mit Start
fabric_simulation_after_startup = Simulation, nach dem Start
fabric_walked = kritischer Pfad der Simulation; die fünf Teile ergeben zusammen ihre Takte
fabric_closed_form = geschlossene Form von Luczynski et al., HPDC’24, arXiv:2404.15888; ohne Start und Pausen zwischen Operationen
fabric_stream_source = 2 B + L + 2 T_R + 1: Der Empfänger nimmt beide Vektoren nacheinander auf
fabric_gemv_source = Broadcast von x, Produkte, Summe einer Zeile; mit Pausen zwischen Operationen
fabric_gemm_source = was ein Rechenwerk tut: Produkte und je Takt ein Wort hinein oder hinaus; mit Pausen zwischen Operationen
fabric_gemm_lockstep_source = Zahl der Schritte × Dauer eines Schritts, die der längste Weg einer Kachel und die Arbeit eines Rechenwerks bestimmen; mit Pausen zwischen Operationen
fabric_middle_link = n² w / 4: was die mittlere Verbindung einer Zeile überquert
fabric_middle_link_and_groups = { fabric_middle_link }; dann der Austausch in einer Gruppe
fabric_weights_source = ein AXPY für jedes Gewicht, das nicht null ist, dann die Summe einer Spalte; mit Pausen zwischen Operationen
fabric_stencil_source = fünf Austausche und zwei Operationen je Schritt, für jede Fabric; mit Pausen zwischen Operationen
fabric_wave_source = 43 Befehle, 16 Wörter hinein und 4 hinaus je Zelle und Schritt, für jede Fabric; mit Pausen zwischen Operationen
fabric_poisson = Y = exp(−A D), zufällige Defekte: Murphy, Proc. IEEE 52(12), 1964; Stapper et al., Proc. IEEE 71(4), 1983
fabric_binomial = Y = P(höchstens s von n + s PEs einer Zeile sind defekt) ^ Zeilen, jedes mit 1 − exp(−a D)
fabric_drawn = Defekte zufällig auf { $wafers } verteilt und gezählt
fabric_at_density = { $rule }; bei { $density } Defekten je cm² ({ $source })
figure_fabric_cycles = simuliert, davon { $startup } für den Start
figure_fabric_time = bei { $clock }
    .source = Takte durch Taktrate
figure_fabric_sound_cycles = ohne jeden Fehler
figure_fabric_lost_share = der Takte verloren
    .source = 1 − Takte ohne jeden Fehler durch Takte; bei einem Deadlock alle
figure_fabric_lucky = der Takte verloren; zufällig { $saved } schneller
    .source = mit und ohne die Fehler; Wörter, die spät kamen, ließen andere vor, und was auf diese wartete, begann früher
figure_fabric_extra_hops = zusätzliche Hops
    .source = an defekten PEs vorbei und um tote Verbindungen herum, summiert
figure_fabric_defective_pes = defekte PEs
    .source = mit dem Startwert ausgelost, samt Ersatz
figure_fabric_model_cycles = geschlossene Form, ohne Start
figure_fabric_max_error = Abweichung von NumPy
    .source = größter Unterschied zwischen dem Ergebnis und dem von NumPy
figure_fabric_wavelet_hops = Hops der Wavelets
    .source = Simulation Takt für Takt, nur Verbindungen
figure_fabric_link_utilisation = aktive Verbindungen
figure_fabric_pe_utilisation = aktive PEs
figure_fabric_stalled_cycles = Stillstand
    .source = Takte, in denen ein Wavelet oder eine Operation nicht weiterkonnte, summiert
figure_fabric_startup_cycles = Start
figure_fabric_hop_latency = für einen Hop
figure_fabric_model_distance = Weg
figure_fabric_model_contention = Gedränge
figure_fabric_model_depth = Tiefe
figure_fabric_model_compute = Produkte
figure_fabric_model_startup = Pausen
figure_fabric_deadlock = Deadlock
    .source = nichts konnte sich bewegen, und Arbeit blieb übrig
figure_fabric_path_distance = Weg, auf dem Pfad
figure_fabric_path_contention = Gedränge, auf dem Pfad
figure_fabric_path_depth = Tiefe, auf dem Pfad
figure_fabric_path_compute = Produkte, auf dem Pfad
figure_fabric_path_startup = Start und Pausen, auf dem Pfad
figure_fabric_yield_die = einzelne Dies, die funktionieren
figure_fabric_yield_unspared = Wafer, die ohne Ersatz funktionieren
figure_fabric_yield_spared = Wafer, die mit diesem Ersatz funktionieren
figure_fabric_drawn_die = einzelne Dies, ausgelost
figure_fabric_drawn_spared = Wafer mit Ersatz, ausgelost
figure_fabric_defect_density = Defekte, veröffentlicht
figure_fabric_picture_density = Defekte im Bild
    .source = −ln(1 − Anteil der defekten PEs) durch die Fläche eines PE

# What the page asks, why, and what to try.
question_fabric_reduce = Wie summieren { $cores } Kerne, die nur mit Nachbarn reden?
    .purpose = Mit einer solchen Summe endet jeder Schritt beim Training einer KI.
question_fabric_broadcast = Wie erreicht ein Kern { $cores } Kerne, nur über Nachbarn?
    .purpose = So kommen neue Gewichte zu den Kernen eines Wafers.
question_fabric_all_reduce = Wie erfahren alle { $cores } Kerne ihre Summe?
    .purpose = Datenparalleles Training beendet jeden Schritt mit einer solchen Summe, die alle brauchen.
question_fabric_stream = Was geschieht, wenn sich Datenströme das Netz teilen?
    .purpose = Auf einem Wafer sind viele zugleich unterwegs.
question_fabric_transpose = Wie schickt jeder Kern jedem anderen etwas?
    .purpose = So tauschen Fourier-Transformationen und „Mixture of Experts“-Modelle ihre Daten aus.
question_fabric_gemv = Wie multiplizieren { $cores } Kerne eine Matrix mit einem Vektor?
    .purpose = Ein Sprachmodell, das ein Token schreibt, tut kaum etwas anderes.
question_fabric_gemm = Wie multiplizieren { $cores } Kerne zwei Matrizen?
    .purpose = Das Training eines Sprachmodells besteht größtenteils aus solchen Produkten.
question_fabric_weight_stream = Wie rechnet eine Schicht, deren Gewichte nirgends gespeichert sind?
    .purpose = So trainiert eine CS-2 Modelle, die größer sind als ihr Speicher.
question_fabric_stencil = Wie schnell sind { $cores } Kerne, die ständig ihre Nachbarn brauchen?
    .purpose = So berechnet man Wärme, Strömungen und Wellen.
goal_fabric_reduce = Summieren Sie doppelt so schnell wie ein Stern.
goal_fabric_broadcast = Halten Sie ein Fünftel der Verbindungen aktiv.
goal_fabric_all_reduce = Bringen Sie die Summe sechsmal so schnell zu allen Kernen wie ein Ring.
goal_fabric_stream = Lassen Sie zwei Ströme nicht länger brauchen als einen.
goal_fabric_transpose = Halten Sie 30 % der Verbindungen aktiv.
goal_fabric_gemv = Halten Sie die PEs drei Viertel der Zeit aktiv.
goal_fabric_gemm = Machen Sie das Produkt 1,1-mal so schnell wie mit „Mesh“.
goal_fabric_weight_stream = Machen Sie die Schicht doppelt so schnell wie ohne Gewichte, die null sind.
goal_fabric_stencil = Halten Sie die PEs drei Viertel der Zeit aktiv.
goal_fabric =
    .now = Bisher { $value }; nötig: { $needed }.
    .met = ✓ Erreicht: { $value }.
try_fabric_star = Wieder summieren, mit dem Stern
    .said = In jeder Zeile senden alle an den ersten Kern, und die meisten stehen an. Was, wenn sie sich die Arbeit teilten?
try_fabric_two_phase = Zwei Phasen probieren
    .said = Kurze Ketten zugleich, dann eine Kette der Ergebnisse. Ist das für jede Länge das Beste?
try_fabric_one_word = Nur ein Wort in jedem Kern
    .said = Bei einem Wort gewinnt der Stern: kürzester Weg und kaum eine Schlange.
try_fabric_many_words = 256 Wörter in jedem Kern
    .said = Bei 256 Wörtern gewinnt die Kette: Jede Verbindung trägt jedes Wort nur einmal.
