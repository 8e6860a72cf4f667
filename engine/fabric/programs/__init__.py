"""Programs for the fabric: streams, broadcasts, reductions and all-reductions."""
