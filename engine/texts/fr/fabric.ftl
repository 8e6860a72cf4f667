## La scène Flux de données.

fabric_no_defects = defects doit être 0, et non { $got }
