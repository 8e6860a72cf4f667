## Die Szene Datenfluss.

fabric_no_defects = defects muss 0 sein, nicht { $got }
