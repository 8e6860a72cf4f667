"""Charts of the dataflow scene: space-time, the critical path, the curve of cycles, what was busy, and yields."""
