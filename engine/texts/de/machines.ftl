## Was an der Datei einer Maschine falsch ist.

machine_must = { $path }: { $where } muss { $rule }, nicht { $got }
machine_missing = { $path }: { $key } muss angegeben sein und fehlt
machine_twice = { $path }: Ein Name darf nicht auch in { $other } stehen, hier { $got }
machine_no_toml = { $path }: muss TOML sein: { $error }
machine_no_folder = { $variable } muss einen Ordner nennen, nicht { $got }
machine_file_name = der Name der Datei
machine_rule_name = aus a-z, 0-9 und _ bestehen und nicht custom sein
machine_rule_key = mit a-z, 0-9 und _ benannt sein
machine_rule_choice = eines von { $choices } sein
machine_rule_positive = eine Zahl über 0 sein
machine_rule_whole = eine ganze Zahl sein
machine_rule_between = eine ganze Zahl von { $least } bis { $most } sein
machine_rule_unit = { $unit } sein
machine_rule_table = eine Tabelle sein
machine_rule_text = Text sein
