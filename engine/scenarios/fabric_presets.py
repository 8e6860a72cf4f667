"""What the scene Dataflow offers to begin with: by name, the parameters that differ from their defaults.

What a preset is called is the message `preset_fabric_NAME`.
"""

PRESETS: dict[str, dict] = {
    "sum_rectangle": {},
    "sum_row": {"algorithm": "chain", "width": 16, "height": 1, "words": 8},
    "one_to_all": {"program": "broadcast", "words": 8},
    "all_get_sum": {"program": "all_reduce", "root": "centre"},
    "streams_merge": {"program": "stream", "algorithm": "merging", "width": 12, "height": 8},
    "streams_cross": {"program": "stream", "algorithm": "crossing", "width": 12, "height": 9},
    "circle_of_waits": {"program": "stream", "algorithm": "circular", "width": 8, "height": 5},
    "whole_wafer": {"program": "all_reduce", "width": 750, "height": 994},
    "matrix_vector": {"program": "gemv", "width": 16, "height": 10, "words": 8},
    "matrix_matrix": {"program": "gemm", "width": 8, "words": 4},
    "all_to_all": {
        "program": "transpose",
        "algorithm": "direct",
        "width": 12,
        "height": 6,
        "words": 8,
    },
    "weights": {"program": "weight_stream", "width": 12, "height": 6, "words": 4},
    "sparse_weights": {
        "program": "weight_stream",
        "width": 12,
        "height": 6,
        "words": 4,
        "sparsity": 0.75,
    },
    "cells": {"program": "stencil", "width": 16, "height": 10, "words": 12},
    "defective_pes": {"width": 16, "height": 10, "defects": 0.04},
    "slow_pe": {"algorithm": "chain", "width": 16, "height": 8, "slow_factor": 4},
    "dead_link": {
        "program": "broadcast",
        "width": 12,
        "height": 8,
        "words": 8,
        "dead_link": "east",
        "fault_x": 3,
        "fault_y": 0,
    },
}
