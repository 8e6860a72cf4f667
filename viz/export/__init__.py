"""Runs as files: pages, pictures, films, slides, figures."""

from viz.export.export import ENDINGS, ExportError, export, figures_csv, run_json

__all__ = ["ENDINGS", "ExportError", "export", "figures_csv", "run_json"]
