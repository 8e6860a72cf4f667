"""Runs as files: pages, pictures, films, slides, figures, traces, logs."""

from viz.documents.export.export import (
    DRAWN,
    ENDINGS,
    ExportError,
    export,
    figures_csv,
    perfetto_trace,
    run_json,
    sim_log,
)

__all__ = ["DRAWN", "ENDINGS", "ExportError", "export", "figures_csv", "perfetto_trace", "run_json", "sim_log"]
