"""Training on many devices: clusters of GPUs and of wafers, a step as tasks on lanes."""
