"""What can be wrong with a wafer: faults of a mesh, spare columns around defective PEs, and the yields that follow."""
