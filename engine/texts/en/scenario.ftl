## What every scenario says: refusals, and what is not known of a machine.

no_parameter = { $scene } has no parameter { $name }; it has { $names }
no_parameter_near = { $scene } has no parameter { $name }; perhaps { $near } is meant
must_be = { $name } must be { $rule }, got { $got }
verbatim = { $text }
refused_since = { $refusal }; { $reason }
rule_or_auto = { $rule }, or auto
rule_list = a comma-separated list from { $choices }
rule_choice = one of { $choices }
rule_switch = true or false
rule_whole = a whole number from { $low } to { $high }
rule_number = a number from { $low } to { $high }
not_known = not known of { $machine }: { $parts }
part_peak = peak rates
part_fabric = routers and PEs
part_memory = levels of memory
part_clusters = clusters
part_software = software
part_calibration = achieved shares
part_power = power with hosts and switches
part_price = price
part_yield = area of a PE
model_custom = { $layers } × { $hidden }
kind_measured = measured
kind_claimed = claimed
kind_modelled = modelled
