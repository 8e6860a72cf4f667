## The scene Dataflow.

fabric_no_defects = defects must be 0, got { $got }
