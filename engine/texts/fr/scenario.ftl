## Ce que dit tout scénario : refus, et ce que l’on ignore d’une machine.

no_parameter = { $scene } n’a pas de paramètre { $name } ; ses paramètres sont { $names }
no_parameter_near = { $scene } n’a pas de paramètre { $name } ; peut-être s’agit-il de { $near }
must_be = { $name } doit être { $rule }, et non { $got }
verbatim = { $text }
refused_since = { $refusal } ; { $reason }
rule_or_auto = { $rule }, ou auto
rule_list = une liste séparée par des virgules, parmi { $choices }
rule_choice = l’une des valeurs { $choices }
rule_switch = true ou false
rule_whole = un nombre entier de { $low } à { $high }
rule_number = un nombre de { $low } à { $high }
not_known = inconnu pour { $machine } : { $parts }
part_peak = débits de crête
part_fabric = routeurs et PE
part_memory = niveaux de mémoire
part_clusters = grappes
part_software = logiciel
part_calibration = parts atteintes
part_power = puissance, hôtes et commutateurs compris
part_price = prix
part_yield = surface d’un PE
model_custom = { $layers } × { $hidden }
kind_measured = mesuré
kind_claimed = annoncé
kind_modelled = modélisé
