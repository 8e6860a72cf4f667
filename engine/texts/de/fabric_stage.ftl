## Was der Browser über dem Bild der Szene Datenfluss sagt und was ihre Diagramme sagen.

# Wo man ist.
fabric_stage_wafer = Wafer
fabric_stage_mesh = Mesh
fabric_stage_pe = PE { $at }
fabric_stage_size = { $columns } × { $rows } PEs
fabric_stage_chip = { $columns } × { $rows } PEs auf einem Chip von { $area }, geschnitten aus einem runden Wafer mit { $wafer } Durchmesser
fabric_stage_gpu = Die der { $name }, maßstäblich: { $area }
    .title = { $source }
fabric_stage_gpu_die = Die einer GPU
fabric_stage_region = PEs { $columns } × { $rows }
fabric_stage_region_times = { $region }: wann jedes arbeitet
fabric_stage_looking = Im Blick: { $region }.
fabric_stage_recording = Im Blick: { $region }; ihre Wavelets werden aufgezeichnet.
fabric_stage_not_recorded = Im Blick: { $region }; ihre Wavelets sind nicht aufgezeichnet, die Eingabetaste zeichnet sie auf.
fabric_stage_held_elsewhere = Im Blick: { $region }. Diese Seite enthält nur die Wavelets der { $held }. Ein Lauf mit { $address } in seiner Adresse enthält die dieses Ausschnitts.
fabric_stage_held_nowhere = Im Blick: { $region }. Diese Seite enthält keine Wavelets, nur wann jedes PE arbeitet. Ein Lauf mit { $address } in seiner Adresse enthält die Wavelets dieses Ausschnitts.

# Was PEs tun und was ihnen fehlt.
fabric_stage_idle = ruht
fabric_stage_receiving = empfängt
fabric_stage_computing = rechnet
fabric_stage_sending = sendet
fabric_stage_stalled = steht still
fabric_stage_done = fertig
fabric_stage_waiting = wartet
fabric_stage_moving = sendet oder empfängt
fabric_stage_passing = Wavelets ziehen durch den Router
fabric_stage_moved = Wavelets unterwegs
fabric_stage_fades = sinkt in { $n } Takten auf ein Drittel
    .title = Die Farbe zeigt, was in den letzten Takten geschah: Das Leuchten sinkt in { $n } Takten auf ein Drittel. Pausen bis zu { $pause } Takten sind nicht zu sehen.
fabric_stage_halo = Lichthof: nur wenige arbeiten
fabric_stage_dies = Dies, gleich groß
fabric_stage_defective = defekt
fabric_stage_spare = Ersatz
fabric_stage_detour = Umweg
fabric_stage_dead_link = tote Verbindung
fabric_stage_slow = langsam

# Ein Takt in einem Satz.
fabric_stage_said = { $what }.
fabric_stage_said_and = { $some } und { $last }.
fabric_stage_crossing =
    { $n ->
        [one] 1 Wavelet überquert eine Verbindung
       *[other] { $n } Wavelets überqueren Verbindungen
    }
fabric_stage_n_compute =
    { $n ->
        [one] 1 PE rechnet
       *[other] { $n } PEs rechnen
    }
fabric_stage_n_send =
    { $n ->
        [one] 1 PE sendet
       *[other] { $n } PEs senden
    }
fabric_stage_n_receive =
    { $n ->
        [one] 1 PE empfängt
       *[other] { $n } PEs empfangen
    }
fabric_stage_n_stalled =
    { $n ->
        [one] PE { $at } steht still
       *[other] { $n } PEs stehen still, das erste bei { $at }
    }
fabric_stage_on_ramps =
    { $n ->
        [one] 1 Wavelet ist auf einer Rampe
       *[other] { $n } Wavelets sind auf Rampen
    }
fabric_stage_ended = Der Lauf ist zu Ende; jedes PE ruht.
fabric_stage_still = Jedes PE wartet; nichts bewegt sich.
fabric_stage_deadlock =
    { $n ->
        [one] Deadlock: PE { $at } wartet auf Color { $color } auf PE { $other }, und 1 PE wartet im Kreis.
       *[other] Deadlock: PE { $at } wartet auf Color { $color } auf PE { $other }, und { $n } PEs warten im Kreis.
    }
fabric_stage_deadlock_of_fault =
    { $n ->
        [one] Deadlock: PE { $at } wartet auf Color { $color } auf PE { $other }, und insgesamt wartet 1 PE.
       *[other] Deadlock: PE { $at } wartet auf Color { $color } auf PE { $other }, und insgesamt warten { $n } PEs.
    }
fabric_stage_field = Von { $n } PEs rechnen { $computing }, { $moving } senden oder empfangen, { $waiting } warten und { $done } sind fertig; durch { $passing } der Router ziehen Wavelets.
fabric_stage_field_idle = Von { $n } PEs rechnen { $computing }, { $moving } senden oder empfangen, { $waiting } warten, { $done } sind fertig und { $idle } haben noch nicht begonnen; durch { $passing } der Router ziehen Wavelets.
fabric_stage_in_turn = Bei { $both } aller PEs wechseln sich Rechnen und Bewegen von Wavelets zu schnell ab, um sie zu trennen; sie zählen als rechnend.
fabric_stage_field_done = Alle { $n } PEs sind fertig.
fabric_stage_inside = Im PE { $at }: { $doing }; an seinem Router wartet kein Wavelet.
fabric_stage_inside_queued = Im PE { $at }: { $doing }; am Router warten: { $queues }.
fabric_stage_queued = { $n } { $from }
fabric_stage_path_at = Der kritische Pfad ist bei PE { $at }: { $part }.

# Die Seiten eines Routers.
fabric_stage_north = Norden
    .title = Norden
    .from = von Norden
    .to = nach Norden
fabric_stage_east = Osten
    .title = Osten
    .from = von Osten
    .to = nach Osten
fabric_stage_south = Süden
    .title = Süden
    .from = von Süden
    .to = nach Süden
fabric_stage_west = Westen
    .title = Westen
    .from = von Westen
    .to = nach Westen
fabric_stage_ramp = Rampe
    .from = von der Rampe
    .to = zur Rampe

# Die Karte eines PE.
fabric_stage_now = Jetzt
fabric_stage_doing = { $doing }, Takt { $cycle } von { $total }
fabric_stage_operation = Operation
fabric_stage_color = Color { $color }
fabric_stage_route = { $from } { $to }
fabric_stage_route_switched = { $from } { $to }, Schalterstellung { $position }
fabric_stage_and = { $one } und { $other }
fabric_stage_to_nowhere = nirgendwohin
fabric_stage_words_before = Wörter vorher
fabric_stage_words_after = Wörter nachher
fabric_stage_queue = Warteschlange der Color { $color }
fabric_stage_cycles = Takte { $from } bis { $to }
fabric_stage_ends = Fertig
fabric_stage_at_cycle = Takt { $t }
fabric_stage_never = nie
fabric_stage_fault = Fehler
fabric_stage_fault_defective = defekt: Die Zeilen gehen daran vorbei
fabric_stage_fault_slow = { $cycles } für ein Element
fabric_stage_spare_pe = Ersatz
fabric_stage_unused = nicht in Gebrauch
fabric_stage_way = { $hops } zu PE { $at }
fabric_stage_dead_way = tot: { $hops } zu PE { $at }
fabric_stage_no_way = tot, und kein Umweg

# Das Innere eines PE.
fabric_stage_router = Router
fabric_stage_element = Rechenwerk
    .short = RW
fabric_stage_memory_start = Speicher am Anfang
fabric_stage_memory_end = Speicher am Ende

# Der Weg eines Wortes, die letzte Ebene.
fabric_stage_word = Wort
    .value = Wort { $value }
fabric_stage_word_said = { $word }: { $doing }.
fabric_stage_word_unsent = noch nicht gesendet
fabric_stage_word_ramp = auf der Rampe von PE { $at }
fabric_stage_word_link = verlässt PE { $at } { $way }
fabric_stage_word_waiting = wartet im Router von PE { $at }
fabric_stage_word_taken = ist angekommen
fabric_stage_word_from = Von
fabric_stage_word_to = Nach
fabric_stage_word_hops = Hops
fabric_stage_word_time = Unterwegs
fabric_stage_word_waited = Wartezeit
fabric_stage_word_element = Rechenwerk von PE { $at }, Takt { $t }
fabric_stage_word_dropped = endet im Router von PE { $at }, Takt { $t }
fabric_stage_word_stuck = bei Ende des Laufs noch im Router von PE { $at }
fabric_stage_word_beyond = Router von PE { $at }, Takt { $t }; was dahinter liegt, ist nicht aufgezeichnet
fabric_stage_word_many = { $n } PEs, das letzte in Takt { $t }

# Was sich über das Bild legen lässt, und die Kurve darunter.
fabric_stage_links_in_use = genutzte Verbindungen
fabric_stage_path = Pfad
    .title = Der kritische Pfad: die Kette von Ereignissen, die bestimmt, wann der Lauf endet
    .line = kritischer Pfad
    .ring = größer, wo er länger bleibt
fabric_stage_links = Verbindungen
    .title = Wie viele Wavelets jede Verbindung trägt
    .level = bis { $n }
    .first = Wavelets im Lauf: bis { $n }
    .last = bis { $n }, in { $share } der Takte
    .only = Wavelets im Lauf: bis { $n }, in { $share } der Takte

# Teile des kritischen Pfads.
fabric_stage_distance = Weg
    .title = Weg
    .note = überquerte Verbindungen
fabric_stage_contention = Gedränge
    .title = Gedränge
    .note = wartet auf andere
fabric_stage_depth = Tiefe
    .title = Tiefe
    .note = Rampen, hin und zurück
fabric_stage_compute = Produkte
    .title = Produkte
    .note = Multiplikationen
fabric_stage_startup = Start und Pausen
    .title = Start und Pausen
    .note = Tasks, Pausen zwischen Operationen

# Diagramme.
fabric_chart_cycle = Takt
fabric_chart_cycles = Takte
fabric_chart_simulated = simuliert
    .title = Simuliert
fabric_chart_closed_form = geschlossene Form
    .title = Geschlossene Form
fabric_chart_space_time = Raum–Zeit
    .said = PEs nach rechts, Takte nach unten.
    .path = PEs nach rechts, Takte nach unten. Die Linie ist der kritische Pfad.
    .row = Raum–Zeit der Zeile { $index }: { $pes } nach rechts, { $cycles } nach unten.
    .column = Raum–Zeit der Spalte { $index }: { $pes } nach rechts, { $cycles } nach unten.
    .stay = Der kritische Pfad verbringt { $n } davon hier.
fabric_chart_line = Linie von PEs
    .row = Zeile
    .column = Spalte
    .index = Nummer der Zeile oder Spalte
    .range = von 0–{ $most }
fabric_chart_path = Pfad
    .said = Der kritische Pfad dauert { $cycles } { $cycles ->
        [one] Takt
       *[other] Takte
    }; { $share } davon sind { $part }.
    .deadlock = Nichts wurde fertig, also gibt es keinen kritischen Pfad.
    .none = Den kritischen Pfad gibt es bis 64 × 64 PEs, wo jedes Wavelet aufgezeichnet wird.
    .bar = { $name }: { $parts } Takte
    .part = { $part } { $cycles }
    .alone = { $part }: { $cycles }
fabric_chart_activity = Auslastung
    .said = Höchstens { $links } der Verbindungen und { $pes } der PEs arbeiten zugleich.
    .over = Aktive Verbindungen und PEs über { $cycles }.
    .links = Verbindungen
    .pes = PEs
fabric_chart_yields = Ausbeute
    .said = Bei den veröffentlichten { $density } Defekten je cm² funktionieren { $die } der einzelnen Dies, von Wafern mit { $n ->
        [one] 1 Ersatzspalte
       *[other] { $n } Ersatzspalten
    } { $wafers }, und ohne Ersatz etwa einer von { $one_in } Wafern.
    .density = Defekte je cm²
    .share = Chips, die funktionieren, %
    .spared = Wafer mit { $n ->
        [one] 1 Ersatzspalte
       *[other] { $n } Ersatzspalten
    }
    .die = einzelne Dies
    .unspared = Wafer ohne Ersatz
    .point = { $curve }, { $density } Defekte je cm²: { $share } der ausgelosten funktionieren
fabric_chart_curve = Kurve
    .runs = Läufe
    .watch = Diesen Lauf ansehen
    .against = Takte über
    .simulating = Simuliert: { $done } von { $total } Punkten.
    .form = Jeder Punkt ist ein Lauf; die gestrichelte Linie ist die geschlossene Form.
    .same = { $cycles } nach dem Start, wie die geschlossene Form. Öffnen Sie einen Punkt, um ihn anzusehen.
    .more = { $cycles } nach dem Start, { $share } mehr als die geschlossene Form. Öffnen Sie einen Punkt, um ihn anzusehen.
    .less = { $cycles } nach dem Start, { $share } weniger als die geschlossene Form. Öffnen Sie einen Punkt, um ihn anzusehen.

# Worüber sich eine Kurve zeichnen lässt.
fabric_along_words = Wörter
    .axis = Wörter
    .point = { $n ->
        [one] 1 Wort: { $cycles }
       *[other] { $n } Wörter: { $cycles }
    }
fabric_along_width = PEs
    .axis = PEs in einer Zeile
    .point = { $n ->
        [one] 1 PE in einer Zeile: { $cycles }
       *[other] { $n } PEs in einer Zeile: { $cycles }
    }
fabric_along_group = Gruppengröße
    .axis = PEs in einer Gruppe
    .point = { $n ->
        [one] 1 PE in einer Gruppe: { $cycles }
       *[other] { $n } PEs in einer Gruppe: { $cycles }
    }
