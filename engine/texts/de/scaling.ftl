## Die Szene Skalierung: ein Trainingsschritt auf N Geräten.

scaling_title = { $devices } zusammen: wievielmal so schnell?
scaling_title_alone = { $devices } allein: wie schnell?
verdict_scaling = { $devices } sind { $times }-mal so schnell wie { $fewest }: { $share } von linear.

## Ihr Formular.

parameter_scaling_cluster = Cluster
    .doc = GPUs oder CS-Systeme mit je einem Wafer.
parameter_scaling_device = Gerät
    .doc = Was ein Gerät ist, mit seinem Netz; auto: A100 80 GB oder CS-2.
parameter_scaling_n_devices = Geräte
    .doc = Anzahl der Geräte.
parameter_scaling_model = Modell
    .doc = Gestalt des Transformers.
parameter_scaling_layers = Schichten
    .doc = Schichten statt derer des Modells.
parameter_scaling_hidden = Breite
    .doc = Breite statt der des Modells.
parameter_scaling_heads = Köpfe
    .doc = Attention-Köpfe statt derer des Modells.
parameter_scaling_vocab = Wortschatz
    .doc = Wortschatz statt dessen des Modells.
parameter_scaling_ffn = Feed-forward-Breite
    .doc = Breite des Feed-forward-Teils oder eines Experten statt der des Modells; auto folgt der Breite.
parameter_scaling_kv_heads = Key-Value-Köpfe
    .doc = Köpfe für Keys und Values statt derer des Modells; bei Grouped Queries sind es weniger als Attention-Köpfe.
parameter_scaling_head_size = Kopfgröße
    .doc = Breite eines Kopfes statt der des Modells; auto: die aller Köpfe zusammen folgt der Breite.
parameter_scaling_experts = Experten
    .doc = Experten einer Schicht statt derer des Modells; 0: ein Feed-forward-Teil für alle Tokens.
parameter_scaling_top_k = Experten je Token
    .doc = Experten, die ein Token durchläuft, statt derer des Modells.
parameter_scaling_sequence_length = Sequenzlänge
    .doc = Tokens einer Sequenz; auto: wie beim Modell.
parameter_scaling_global_batch = Globaler Batch
    .doc = Sequenzen eines Schritts, über alle Geräte.
parameter_scaling_micro_batch = Micro-Batch
    .doc = Sequenzen, die ein Gerät auf einmal verarbeitet.
parameter_scaling_tp = Tensorparallel
    .doc = Ränge, die jede Schicht teilen.
parameter_scaling_pp = Pipeline-parallel
    .doc = Stufen von Schichten.
parameter_scaling_dp = Datenparallel
    .doc = Replikate des Modells.
parameter_scaling_ep = Expertenparallel
    .doc = Geräte, die sich die Experten einer Schicht teilen; Tokens reisen zu ihnen und zurück.
parameter_scaling_cp = Kontextparallel
    .doc = Geräte, die sich jede Sequenz teilen; Keys und Values kreisen unter ihnen.
parameter_scaling_precision = Genauigkeit
    .doc = Zahlen, mit denen die Produkte der Schichten rechnen; auto: wie bei der Software üblich.
parameter_scaling_imbalance = Ungleichgewicht der Experten
    .doc = Tokens auf dem Gerät, dessen Experten am häufigsten gewählt werden, gegen den Durchschnitt; 1 heißt gleich viele, wie es veröffentlichte Messungen erzwingen.
parameter_scaling_interleave = Verschachtelung
    .doc = Stücke von Schichten je Stufe; auto: so viele, dass ein Schritt möglichst kurz ist.
parameter_scaling_zero = ZeRO-Stufe
    .doc = Was Replikate unter sich teilen: 0 nichts, 1 den Zustand des Optimierers, 2 auch Gradienten, 3 auch Gewichte.
parameter_scaling_recompute = Neuberechnung
    .doc = Was der Rückwärtslauf neu berechnet, statt es aufzuheben.
parameter_scaling_overlap = Überlappung
    .doc = Ob die Kommunikation neben dem Rechnen läuft; auto: wie es die Software tut.
parameter_scaling_gpus_per_node = GPUs je Knoten
    .doc = GPUs an einem schnellen Switch, ihre NVLink-Domäne: 8 in einer DGX, 72 in einem NVL72-Rack; auto: wie der Cluster sie hat.
parameter_scaling_era = Jahr der Software
    .doc = Jahr, dessen Software beide Arten von Clustern benutzen, sofern keine gewählt ist; auto: die neueste bekannte.
parameter_scaling_mode = Wachstum
    .doc = Entlang der Kurve: derselbe Batch auf mehr Geräten (stark) oder ein Batch, der mit ihnen wächst (schwach).
parameter_scaling_software = Software
    .doc = Trainingsprogramm auf GPUs oder CS-Software, benannt nach ihrer Version oder danach, wer sie gemessen hat; auto: die neueste für das Gerät bekannte, bis zum gewählten Jahr.
parameter_scaling_sparsity = Anteil Nullen
    .doc = Anteil der Gewichte, die null sind und die ein Wafer auslässt.
parameter_scaling_seed = Startwert
    .doc = Wählt, welche GPUs ein wenig langsamer sind.
preset_scaling_begun_alike = 13B: Wafer und GPUs
preset_scaling_175b_tensor_pipeline_data = 175B, Tensor × Pipeline × Daten
preset_scaling_175b_zero_3 = 175B, ZeRO-3
preset_scaling_genomes_gpus = Argonnes Genome auf 512 A100
preset_scaling_genomes_wafers = Argonnes Genome auf 16 CS-2
preset_scaling_gpt_j = GPT-J auf einem und zwei CS-2
preset_scaling_same_batch = Gleicher Batch, mehr Wafer
preset_scaling_trillion = 1T auf 16 CS-3
value_gpu = GPUs
value_cs = Wafer (CS-Systeme)
value_strong = Gleicher Batch (stark)
value_weak = Wachsender Batch (schwach)
value_selective = Teilweise
value_full = Ganz
value_megatron = Megatron
value_megatron-2022 = Megatron, 2022
value_megatron-deepspeed = Megatron-DeepSpeed
value_deepspeed-pipeline = DeepSpeed-Pipeline
value_flash = Flash
value_flash-fp8 = Flash, fp8
value_te = Transformer Engine
value_fp8-2023-04 = fp8, April 2023
value_unfused = Unfused
value_genslm-2022 = GenSLM, 2022
value_usc-2024 = USC, Mitte 2024

## Was sie ablehnt.

scaling_one_of = { $name } muss bei cluster={ $cluster } eines von { $choices } sein, nicht { $got }
scaling_one_of_era = { $name } muss bei cluster={ $cluster } und era={ $era } eines von { $choices } sein, nicht { $got }
scaling_era = era muss bei device={ $device }, für das nichts Älteres bekannt ist, mindestens { $first } sein, nicht { $got }
scaling_beyond_software = { $name } muss etwas sein, das software={ $software } kann ({ $choices }), nicht { $got }
scaling_tp_node = tp darf höchstens die { $node } GPUs eines Knotens umfassen, nicht { $got }
scaling_multiple_of_heads = hidden muss ein Vielfaches von heads={ $heads } sein, nicht { $got }
scaling_kv_heads = kv_heads muss heads={ $heads } teilen, nicht { $got }
scaling_top_k = top_k muss von 1 bis experts={ $experts } reichen, ohne Experten 0 sein, nicht { $got }
scaling_ep_without = ep muss bei einem Modell ohne Experten 1 sein, nicht { $got }
scaling_ep_experts = ep muss die { $experts } Experten einer Schicht teilen, nicht { $got }
scaling_ep_ranks = ep muss n_devices / pp = { $ranks } teilen, die Geräte einer Stufe, nicht { $got }
scaling_cp_length = cp muss jedem Gerät zwei gleiche Teile von sequence_length={ $length } lassen, nicht { $got }
scaling_precision = precision muss eine sein, deren Spitzenleistung von device={ $device } bekannt ist ({ $choices }), nicht { $got }
scaling_most_devices = n_devices darf höchstens { $most } sein, das größte Cluster, das der Hersteller angeboten hat, nicht { $got }
scaling_tp_heads = tp muss heads={ $heads } teilen, nicht { $got }
scaling_tp_ffn = tp muss die Breite { $ffn } des Feed-forward-Teils teilen, nicht { $got }
scaling_pp_layers = pp darf höchstens { $most } sein, nicht { $got }: Nur die erste und die letzte Stufe dürfen ohne eine der { $layers } Schichten sein
scaling_multiple_of_ranks = n_devices muss ein Vielfaches von { $ways } = { $ranks } sein, nicht { $got }
scaling_dp = dp muss n_devices / ({ $ways }) = { $dp } sein, nicht { $got }
scaling_dp_divides = dp muss n_devices / ({ $ways }) = { $replicas } teilen, nicht { $got }
scaling_dp_divides_devices = dp muss n_devices = { $devices } teilen, nicht { $got }
scaling_dp_leaves = dp muss jedem Replikat so viele Geräte lassen, wie irgendein { $ways } ergibt; { $got } lässt { $ranks }
scaling_pp_with_zero = pp muss bei zero=3, das an seiner Stelle die Gewichte teilt, 1 sein, nicht { $got }
scaling_interleave_with_zero = interleave muss bei zero=3, das keine Stufen hat, 1 sein, nicht { $got }
scaling_interleave_layers = interleave muss jedem der pp × interleave Stücke außer dem ersten und dem letzten eine Schicht lassen; { $got } tut das nicht
scaling_interleave_batches = interleave muss 1 sein, außer wenn pp größer als 1 ist und die Micro-Batches eines Replikats teilt, nicht { $got }
scaling_micro_batch_divides = micro_batch muss global_batch={ $batch } teilen oder ein höchstens { $near } größeres oder kleineres, nicht { $got }
scaling_tasks = global_batch muss einem Replikat so wenige Micro-Batches lassen, dass sie sich simulieren lassen, nicht { $got }: Nehmen Sie mehr Geräte oder ein größeres micro_batch
scaling_batch = global_batch darf höchstens { $near } neben einem Vielfachen von dp × micro_batch einer Aufteilung liegen (bei diesen Einstellungen { $dp } × { $micro_batch }), nicht { $got }
scaling_batch_up_to = global_batch darf höchstens { $near } neben einem Vielfachen von dp × micro_batch einer Aufteilung liegen (bei diesen Einstellungen bis { $dp } × { $micro_batch }), nicht { $got }
scaling_memory = n_devices muss genug Speicher bieten, { $got } sind zu wenige: { $why }
scaling_least_memory = die sparsamste Aufteilung (tp={ $tp }, pp={ $pp }, dp={ $dp }, zero={ $zero }, recompute={ $recompute }) braucht { $need } von { $room } jeder GPU (verkauft als { $sold }), { $missing } zu viel
    .divided = die sparsamste Aufteilung (tp={ $tp }, cp={ $cp }, pp={ $pp }, dp={ $dp }, ep={ $ep }, zero={ $zero }, recompute={ $recompute }) braucht { $need } von { $room } jeder GPU (verkauft als { $sold }), { $missing } zu viel
scaling_sequences = n_devices darf höchstens global_batch={ $batch } sein, eine Sequenz je System, nicht { $got }
scaling_wafer_memory = micro_batch muss auf dem Wafer Platz lassen: Die Aktivierungen von { $sequences } brauchen { $need } von { $room }, { $missing } zu viel, bei { $got }
scaling_wafer_sequence = sequence_length muss auf dem Wafer Platz lassen: Die Aktivierungen einer Sequenz brauchen { $need } von { $room }, { $missing } zu viel, bei { $got }
scaling_wafer_share = micro_batch darf höchstens so groß sein wie der Anteil eines Systems am Batch, { $sequences }, nicht { $got }

## Ihre Zahlen.

figure_scaling_step_time = Schritt
    .source = der simulierte Ablauf
figure_scaling_tokens_per_s = Durchsatz
    .source = Batch × Sequenzlänge / Schritt
scaling_scaled = der simulierte Ablauf mit Konstanten des CS-2, die von veröffentlichten Zeilen des CS-3 um bis zu { $row } abweichen; Enden: neun von zehn Läufen liegen dazwischen
figure_scaling_samples_per_s = Durchsatz in Samples
    .source = Batch / Schritt
figure_scaling_speedup = Speed-up
    .source = Tokens je Sekunde gegen { $fewest }, die wenigsten der Kurve
figure_scaling_efficiency = von linear
    .source = Speed-up, geteilt durch den der Geraden
figure_scaling_mfu = der Spitze genutzt
    .source = FLOP des Modells (PaLM, Anhang B), geteilt durch die Spitze der Matrixprodukte
figure_scaling_flop_per_s_per_device = je Gerät
    .source = FLOP des Modells, ohne Neuberechnung
figure_scaling_compute_share = rechnet
    .source = Rechenspuren des Ablaufs
figure_scaling_bubble_share = Bubble
    .source = Rechenspuren, die auf eine andere Stufe warten: bei p Stufen aus v Stücken und m Micro-Batches (p − 1) / (v m + p − 1) der Pipeline, abzüglich dessen, was währenddessen neu berechnet wird
figure_scaling_exposed_communication_share = wartet auf Kommunikation
    .source = Rechenspuren, die währenddessen warten
figure_scaling_held_back_scores = gebremst durch das Schreiben der Scores
    .source = Anteil des Schritts, der ohne dies entfiele: der Verkehr der Score-Tabelle; solche Anteile überschneiden sich und ergeben keine Summe
figure_scaling_held_back_heads = gebremst durch Köpfe ungünstiger Breite
    .source = Anteil des Schritts, der ohne dies entfiele: Köpfe, deren Breite Tensorkerne oder fused Attention nicht unverändert nehmen; solche Anteile überschneiden sich und ergeben keine Summe
figure_scaling_held_back_recompute = gebremst durch Neuberechnung
    .source = Anteil des Schritts, der ohne dies entfiele: das erneute Berechnen von Aktivierungen; solche Anteile überschneiden sich und ergeben keine Summe
figure_scaling_held_back_exchange = gebremst durch Kommunikation
    .source = Anteil des Schritts, der ohne dies entfiele: die Zeit, die Verbindungen brauchen; solche Anteile überschneiden sich und ergeben keine Summe
figure_scaling_held_back_bubble = gebremst durch das Füllen der Pipeline
    .source = Anteil des Schritts, der ohne dies entfiele: das Warten auf den ersten und den letzten Micro-Batch, (p − 1) / (v m + p − 1); solche Anteile überschneiden sich und ergeben keine Summe
figure_scaling_held_back_host = gebremst durch den Host
    .source = Anteil des Schritts, der ohne dies entfiele: Kernelstarts und andere Arbeit des Hosts; solche Anteile überschneiden sich und ergeben keine Summe
figure_scaling_memory_per_device = Speicher je Gerät
    .source = Zustand des Modells, Aktivierungen und Reserve des vollsten Geräts
    .wafers = Aktivierungen einer Schicht und die Eingaben der Schichten, soweit sie auf dem Wafer bleiben; Gewichte werden nicht behalten
figure_scaling_parameters = Parameter
    .source = Gestalt des Modells
figure_scaling_layout = Aufteilung
    .source = Tensor × Pipeline × Daten
    .wafers = alles, was zu wählen ist
figure_scaling_active_parameters = Parameter, denen ein Token begegnet
    .source = Gestalt des Modells: alle außer den Experten, die es nicht durchläuft
figure_scaling_expert_parallel = Geräte, die sich die Experten teilen
    .source = gegeben, oder die schnellste Zahl, die passt
figure_scaling_context_parallel = Geräte, die sich eine Sequenz teilen
    .source = gegeben, oder die schnellste Zahl, die passt
figure_scaling_expert_exchange = Tokens zu Experten und zurück
    .source = was jede GPU in einem Schritt sendet, vorwärts und rückwärts, in 16 Bit
figure_scaling_streamed = Gewichte, die zu jedem Wafer strömen
    .source = alle Experten aller Schichten, gleich welche die Tokens durchlaufen, in jedem Durchlauf jedes Micro-Batches
figure_scaling_micro_batch = Micro-Batch
    .source = gegeben, oder der schnellste, der passt
figure_scaling_batch = trainierter Batch
    .source = von denen, die sich gleichmäßig auf die Geräte verteilen, der nächste an { $asked }
figure_scaling_memory_saving = spart Speicher durch
    .source = gegeben, oder das schnellste, das passt
value_zero_0_none = ZeRO 0, keine Neuberechnung
value_zero_0_selective = ZeRO 0, teilweise Neuberechnung
value_zero_0_full = ZeRO 0, ganze Neuberechnung
value_zero_1_none = ZeRO 1, keine Neuberechnung
value_zero_1_selective = ZeRO 1, teilweise Neuberechnung
value_zero_1_full = ZeRO 1, ganze Neuberechnung
value_zero_2_none = ZeRO 2, keine Neuberechnung
value_zero_2_selective = ZeRO 2, teilweise Neuberechnung
value_zero_2_full = ZeRO 2, ganze Neuberechnung
value_zero_3_none = ZeRO 3, keine Neuberechnung
value_zero_3_selective = ZeRO 3, teilweise Neuberechnung
value_zero_3_full = ZeRO 3, ganze Neuberechnung
value_checkpoints_kept = Schichten neu berechnet, ihre Eingaben behalten
value_checkpoints_moved = Schichten neu berechnet, ihre Eingaben ausgelagert

## Marken eines Schritts, und wo er geschieht.

scaling_mark_pipeline_full = Der erste Micro-Batch erreicht die letzte Stufe: Alle Stufen haben Arbeit.
scaling_mark_first_forward_done = Der erste Micro-Batch ist durch alle Schichten.
scaling_mark_backward_begins = Der Rückwärtslauf des ersten Micro-Batches beginnt.
scaling_mark_reduction_begins = Die Replikate beginnen, ihre Gradienten zu addieren.
    .wafers = Die ersten Gradienten verlassen die Wafer; SwarmX addiert sie auf dem Weg zu MemoryX.
scaling_mark_update_begins = Der Optimierer aktualisiert die Gewichte.
    .wafers = MemoryX beginnt, die Gewichte zu aktualisieren.
scaling_mark_step_done = Der Schritt ist getan; der nächste kann beginnen.
scaling_stage = Stufe { $n }
scaling_replica = Replikat { $n }
scaling_wafer = Wafer { $n }

## Was der Player von einem Schritt sagt.

scaling_key_forward = vorwärts
scaling_key_backward = rückwärts
scaling_key_communication = Kommunikation
scaling_key_optimiser = Optimierer
scaling_key_waiting = wartet
scaling_lane = { $who }: { $lane }
scaling_lane_compute = Rechnen
scaling_lane_tensor = tensorparallel
scaling_lane_pipeline = Pipeline
scaling_lane_data = datenparallel
scaling_lane_expert = expertenparallel
scaling_lane_context = kontextparallel
scaling_lane_host = Host
scaling_lane_weights = Gewichte
scaling_lane_gradients = Gradienten
scaling_lane_memory = MemoryX
scaling_each_gpu = Jede GPU
scaling_each_wafer = Jeder von { $n } Wafern
scaling_the_wafer = Der Wafer
scaling_row_of_stage = Stufe { $n }
scaling_step = Schritt
scaling_short_tensor = TP
scaling_short_pipeline = PP
scaling_short_data = DP
scaling_short_expert = EP
scaling_short_context = CP
scaling_short_optimiser = Update
scaling_short_weights = Gewichte
scaling_short_gradients = Gradienten
scaling_waits = wartet
scaling_bubble = Bubble
scaling_doing = { $parts }
scaling_does_forward = rechnet vorwärts
scaling_does_backward = rechnet rückwärts
scaling_does_recompute = rechnet Aktivierungen neu
scaling_does_tensor = tauscht Aktivierungen aus (tensorparallel)
scaling_does_expert = schickt Tokens zu ihren Experten und zurück (expertenparallel)
scaling_does_context = wartet auf Keys und Values (kontextparallel)
scaling_does_pipeline = sendet Aktivierungen weiter
scaling_does_data = tauscht Gradienten oder Gewichte aus (datenparallel)
scaling_does_optimiser = aktualisiert Gewichte
scaling_does_weights = empfängt Gewichte
scaling_does_gradients = sendet Gradienten
scaling_does_host = arbeitet auf dem Host
scaling_layer = Schicht { $n }
scaling_chunk = Stück { $n }
scaling_micro_batch = Micro-Batch { $n }
scaling_idle = ruht
scaling_waits_bubble = wartet: eine Bubble
scaling_waits_communication = wartet auf Kommunikation
scaling_says = { $who } { $doing }.
scaling_weights_come = Gewichte strömen herein, sobald eine Schicht sie braucht.
scaling_gradients_go = Gradienten werden auf dem Weg zu MemoryX addiert.
scaling_ring = Stücke kreisen im Ring der Replikate.
scaling_tokens_cross = Tokens gehen zu ihren Experten und zurück.
scaling_keys_round = Keys und Values kreisen.
scaling_counts = Von { $stages }: { $counts }.
scaling_none_works = Von { $stages } arbeitet keine.
scaling_of_stages = { $n } Stufen
scaling_of_drawn = { $n } gezeichneten Stufen
scaling_count_forward = { $n } vorwärts
scaling_count_backward = { $n } rückwärts
scaling_count_recompute = { $n } beim Neuberechnen
scaling_count_optimiser = { $n } beim Aktualisieren der Gewichte
scaling_count_wait = { $n } wartend
scaling_done = Der Schritt ist getan.
scaling_wafers_computing = Wafer, die rechnen
scaling_gpus_computing = GPUs, die rechnen
scaling_now = jetzt
scaling_for = für
scaling_then = dann
scaling_busy = beschäftigt
scaling_receives = empfängt
scaling_sends = sendet
scaling_receives_load = empfängt { $load }
scaling_sends_load = sendet { $load }
scaling_load = { $size }, Micro-Batch { $n }
scaling_nothing_moves = nichts bewegt sich
scaling_pipeline = { $n } Pipeline-Stufen
scaling_pipeline_drawn = { $n } Pipeline-Stufen, { $drawn } gezeichnet
scaling_pipeline_moves = { $pipeline }, Micro-Batches ziehen weiter
scaling_some_drawn = { $all }, { $drawn } gezeichnet
scaling_chunks_round_ring = Stücke kreisen im Ring
scaling_chunks_round = Stücke kreisen
scaling_tokens_go = Tokens gehen zu ihren Experten und zurück
scaling_tokens_short = Tokens zu Experten
scaling_keys_go = Keys und Values kreisen
scaling_keys_short = Keys und Values
scaling_ring_quiet = der Ring ruht
scaling_updates = aktualisiert Gewichte
scaling_all_weights = alle Gewichte
scaling_down_and_back = ● hinab   ◆ zurück
scaling_are_drawn = { $n } sind gezeichnet
scaling_drawn = { $n } gezeichnet
scaling_share_batch = teilen den Batch
scaling_all_batch = der ganze Batch

## Ihre Kurve, und was daneben steht.

scaling_inside = Ein Schritt von innen
scaling_curve = Speed-up-Kurve
scaling_reading_speedup = Speed-up
scaling_reading_tokens_per_s = Tokens/s
scaling_reading_efficiency = Effizienz
scaling_reading_step_time = Schrittzeit
scaling_way = { $words }: { $end } von linear
scaling_way_short = { $words }: { $end }
scaling_ways = { $words }
scaling_way_at = { $words } bei { $n }
scaling_way_gpu = GPUs
scaling_way_cs = Wafer
scaling_way_zero_3 = ZeRO-3
scaling_way_pipeline = TP × PP × DP
scaling_way_weak = wachsender Batch
scaling_beside = { $way } ({ $own } neben { $other })
scaling_rates = Hier erreichen { $own } { $rate } und { $other } { $rival }.
scaling_verdict =
    { $ahead ->
        [tie] Unentschieden: { $other } erreichen { $rival }.
       *[apart] Die { $winner } bleiben näher an der Geraden: { $other } erreichen { $rival }.
    }
scaling_faster =
    { $ahead ->
        [tie] Unentschieden in Tokens/s: { $other } erreichen { $rival }.
       *[apart] Die { $winner } sind { $times }-mal so schnell: { $other } erreichen { $rival }.
    }
scaling_many = { $n } { $device }
scaling_batch_along = Batch eines Schritts
scaling_same_batch = Gleicher Batch
scaling_growing_batch = Wachsender Batch
scaling_batch_shared = { $batch } für alle
scaling_batch_each_gpu = { $batch } je GPU
scaling_batch_each_cs = { $batch } je Wafer
scaling_and_wafers = Und Wafer?
scaling_and_gpus = Und GPUs?
scaling_point = { $devices }: { $value }
scaling_published = { $many }: { $value }
scaling_summary = { $reading }, { $words }: { $points }.
scaling_linear = linear
scaling_guess = Schätzung
scaling_kind_measured = ◆ gemessen
scaling_kind_claimed = ◇ vom Hersteller angegeben
scaling_kinds = { $kinds }
scaling_kinds_over_first = { $kinds }, bezogen auf den berechneten ersten Punkt
scaling_read_as = Gelesen als
scaling_axes = Achsen
scaling_axes_linear = Linear
scaling_axes_log = Log
scaling_draw_guess = Kurven verdecken und selbst schätzen
scaling_guess_again = Noch einmal schätzen
scaling_ask = Wievielmal so schnell? Ziehen Sie eine Linie über das Diagramm oder nehmen Sie Tab und die Pfeiltasten.
scaling_reveal = Auflösen
scaling_skip = Überspringen
scaling_guess_at = Ihre Schätzung bei { $devices }
scaling_times_as_fast = { $times }-mal so schnell
scaling_guess_read = Bei { $devices } war die Schätzung { $guess }; die Simulation ergibt { $found }.
scaling_guess_link = Link kopieren
scaling_guess_save = Als Bild speichern
scaling_card_about = { $model }: wievielmal so schnell { $most } wie { $fewest } sind
scaling_card_source = Simulation ({ $kind }): { $source }
scaling_card_found = Simulation
scaling_guess_copied = Kopiert
scaling_guess_said = Bei { $devices } haben Sie { $guess } geschätzt; die Simulation ergibt { $found }.
scaling_open_point = { $point }. Diesen Schritt öffnen
scaling_curve_tools = Kurve
scaling_choices = Was Sie wählen
scaling_gpus = GPUs
scaling_wafers = Wafer
scaling_choose_devices = wie viele
scaling_choose_layout = TP × PP × DP
    .hint = Wie sich die GPUs die Arbeit teilen: Ränge der Tensorparallelität × Pipeline-Parallelität × Datenparallelität.
scaling_choose_micro_batch = Micro-Batch
scaling_choose_interleave = Stücke je Stufe
scaling_choose_zero = ZeRO
scaling_choose_recompute = Neuberechnung
scaling_choose_experts = Geräte für Experten
scaling_choose_contexts = Geräte für eine Sequenz
scaling_no_choice = nichts
scaling_set_ups = Von { $fewest } bis { $most } ändert sich die schnellste Einstellung: Es sind { $n } verschiedene. Fett ist, was sich ändert. Bei Wafern ist es nur ihre Anzahl.
scaling_note_linear = Linear ist nicht dasselbe wie schnell.
    .text = Auf der Geraden bringt jedes Gerät so viel wie das erste. Wie viel das erste schafft, sagen nur Tokens/s.
scaling_note_batch = Derselbe Batch biegt auch die Gerade der Wafer.
    .text = Jeder Wafer hat weniger zu rechnen, doch jede Schicht wird ihm weiterhin gesendet. Lassen Sie den Batch mit den Wafern wachsen, und die Linie wird gerade.
scaling_note_other_batch = Ein anderer Batch, ein anderes Bild.
    .text = In unserem Modell endet Cerebras-GPT 13B mit 768 Sequenzen und 128-mal so vielen Geräten auf beiden Seiten etwa beim selben Anteil von linear. Mit 192 Sequenzen bleiben die GPUs näher an der Geraden, mit 1.536 die Wafer. Mit dem kleineren Cerebras-GPT 1.3B und 768 Sequenzen sind es die GPUs. Sehen Sie selbst:
scaling_other_pair = { $model }, { $batch }
scaling_note_pair = Wie das Paar gewählt ist.
    .text = Die andere Art beginnt mit so vielen Geräten, dass sie etwa gleich schnell ist; so bedeutet „doppelt so viele Geräte“ für beide dasselbe. Beide laufen mit dem neuesten bekannten Programm. Die 768 Sequenzen des ersten Bildes gehen in 12 GPUs und allen ihren Verdopplungen glatt auf, damit keine Kurve nur deshalb abknickt, weil ihr Batch nicht aufgeht.
scaling_note_step = Wo die Zeit dieses Schritts bleibt:
    .text = { $compute } rechnen, { $bubble } Leerlauf, { $exposed } warten auf Kommunikation.
scaling_without = { $label }: Ohne das wäre der Schritt um { $share } kürzer
scaling_note_start = Warum die Kurve mit { $fewest } beginnt.
    .text = Die Anzahl der Geräte wird halbiert, solange sie gerade ist, das Training in den Speicher passt und jedes Gerät mindestens { $share } seines besten Tempos erreicht.
scaling_note_otherwise = Die veröffentlichten Läufe waren anders eingestellt.
    .text = Ihre Aufteilung oder Neuberechnung weicht von der Kurve ab. Diese Links stellen die Szene so ein, wie sie waren:
scaling_note_not_tuned = Kein abgestimmter Vergleich.
    .text = Diese Läufe hatten keine fused Attention, und ihr Batch wuchs mit der Maschine. Andere GPU-Systeme und kleinere Modelle stehen anders da.
scaling_note_few_systems = Veröffentlicht für ein, zwei und vier Systeme.
    .text = Was darüber liegt, ist unser Modell. Der Batch dieser Zeilen ist nicht angegeben.
scaling_note_no_clean_pair = Kein Vergleich unter gleichen Bedingungen.
    .text = Die veröffentlichten Raten auf einem und auf zwei Systemen stammen aus verschiedenen Softwareversionen und Batches.
scaling_note_assumed = Bei CS-Systemen angenommen:
    .text = MemoryX aktualisiert { $optimiser_rate } in der Sekunde. Eine Ebene von SwarmX braucht { $hop } und verbindet je { $fanout } Knoten oder Systeme darunter. Die Geschwindigkeit der Systeme streut um { $sigma }, und alle warten auf das langsamste. Aktivierungen dürfen { $room } eines Wafers füllen. Ein Durchlauf durch eine Schicht dauert mindestens { $layer_latency }, angepasst an eine veröffentlichte Zeile von BERT-large. Höchstens { $micro_batch_tokens } gehen auf einmal hindurch: Darüber sinken die veröffentlichten Raten von BERT-base; warum, wissen wir nicht. Keine veröffentlichte Rate, die wir kennen, nennt eine Version nach 2.3.
scaling_note_scaled = CS-3 ist von CS-2 hochgerechnet und weicht von veröffentlichten Zeilen um bis zu { $row } ab.
    .text = Gerechnet wird mit dem, was bis 2024 auf CS-2 gemessen wurde. Zwei Zeilen wurden 2025 veröffentlicht: Bei der einen ist das Modell zu schnell, bei der anderen zu langsam. Geschwindigkeiten stehen mit dem Intervall, in dem neun von zehn Läufen liegen sollten.

# Why, and what to try.
purpose_scaling = Ein Modell auf mehr Maschinen trainieren. Linear: doppelt so viele, doppelt so schnell.
goal_scaling = Bringen Sie 128 Wafer oder 1.536 GPUs auf 95 % von linear.
    .now = Bisher { $value }; nötig: { $needed }.
    .met = ✓ Erreicht: { $value } von linear.
try_scaling_alike = Von vorn beginnen
    .said = 128 Wafer oder 1.536 GPUs teilen sich die 768 Sequenzen eines Schritts. Beide Arten verlassen die Gerade etwa an derselben Stelle. Warum?
try_scaling_small_batch = Einen kleinen Batch nehmen: 192 Sequenzen
    .said = Bei so wenigen Sequenzen geht zuerst den Wafern die Arbeit aus, und die GPUs bleiben näher an der Geraden.
try_scaling_gpus = Die GPUs ansehen
    .said = Dasselbe Training auf 1.536 GPUs. Neben den Kurven steht, was zu wählen ist und was sich entlang der Kurve ändert.
try_scaling_growing = Den Batch wachsen lassen
    .said = Jede Maschine hat nun so viel Arbeit wie zuvor die erste, und beide Arten folgen der Geraden. Nicht die Maschinen haben die Kurve gebogen, sondern ihr schrumpfender Anteil an der Arbeit.
