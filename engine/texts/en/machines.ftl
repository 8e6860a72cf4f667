## What is wrong with a file of a machine.

machine_must = { $path }: { $where } must { $rule }, got { $got }
machine_missing = { $path }: { $key } must be given, got nothing
machine_twice = { $path }: a name must not be used in { $other } too, got { $got }
machine_no_toml = { $path }: must be TOML: { $error }
machine_no_folder = { $variable } must name a folder, got { $got }
machine_file_name = the file’s name
machine_rule_name = be a-z, 0-9 and _, and not custom
machine_rule_key = be named by a-z, 0-9 and _
machine_rule_choice = be one of { $choices }
machine_rule_positive = be a number above 0
machine_rule_whole = be a whole number
machine_rule_between = be a whole number from { $least } to { $most }
machine_rule_unit = be { $unit }
machine_rule_table = be a table
machine_rule_text = be text
