## Was jedes Szenario sagt: Ablehnungen, und was von einer Maschine nicht bekannt ist.

no_parameter = { $scene } hat keinen Parameter { $name }, sondern { $names }
no_parameter_near = { $scene } hat keinen Parameter { $name }; gemeint ist vielleicht { $near }
must_be = { $name } muss { $rule } sein, nicht { $got }
verbatim = { $text }
refused_since = { $refusal }; { $reason }
rule_or_auto = { $rule } oder auto
rule_list = eine Liste mit Kommas aus { $choices }
rule_choice = eines von { $choices }
rule_switch = true oder false
rule_whole = eine ganze Zahl von { $low } bis { $high }
rule_number = eine Zahl von { $low } bis { $high }
not_known = nicht bekannt von { $machine }: { $parts }
part_peak = Spitzenraten
part_fabric = Router und PEs
part_memory = Ebenen des Speichers
part_clusters = Cluster
part_software = Software
part_calibration = erreichte Anteile
part_power = Leistung samt Hosts und Switches
part_price = Preis
part_yield = Fläche eines PE
model_custom = { $layers } × { $hidden }
kind_measured = gemessen
kind_claimed = vom Hersteller angegeben
kind_modelled = berechnet
