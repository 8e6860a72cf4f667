## Ce qui ne va pas dans le fichier d’une machine.

machine_must = { $path } : { $where } doit { $rule }, et non { $got }
machine_missing = { $path } : { $key } doit être donné et manque
machine_twice = { $path } : un nom ne doit pas servir aussi dans { $other }, ici { $got }
machine_no_toml = { $path } : doit être du TOML : { $error }
machine_no_folder = { $variable } doit nommer un dossier, et non { $got }
machine_file_name = le nom du fichier
machine_rule_name = être fait de a-z, 0-9 et _, et différer de custom
machine_rule_key = avoir un nom fait de a-z, 0-9 et _
machine_rule_choice = être l’une des valeurs { $choices }
machine_rule_positive = être un nombre supérieur à 0
machine_rule_whole = être un nombre entier
machine_rule_between = être un nombre entier de { $least } à { $most }
machine_rule_unit = être { $unit }
machine_rule_table = être une table
machine_rule_text = être un texte
