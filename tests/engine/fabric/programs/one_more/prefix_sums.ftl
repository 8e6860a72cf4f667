parameter_fabric_axis = Along
    .doc = Which lines are summed.
value_rows = Rows
value_columns = Columns
value_prefix_sums = Prefix sums
fabric_prefix_sums_title =
    Prefix sums of { $words } along { $axis ->
        [rows] the rows
       *[columns] the columns
    } of { $size }
fabric_prefix_sums_note = Each PE adds the vector it receives to its own, keeps the sum and passes it on.
fabric_prefix_sums_color = running sum
