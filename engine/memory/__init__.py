"""Memory: the same kernel on machines whose data lie at different distances.

`hierarchy` says what a machine is, `workload` counts what a kernel computes and moves, `simulate` lets requests wait
their turn, `measure` puts the three together, `capacity` says what fits, `recording` makes the trace.
"""
