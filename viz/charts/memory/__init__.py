"""Charts of the memory scene: the rooflines, bandwidth as one reads it, and what fits."""
