"""Runs as files: pages, pictures, films, slides, figures."""

from viz.documents.export.export import DRAWN, ENDINGS, ExportError, export, figures_csv, run_json

__all__ = ["DRAWN", "ENDINGS", "ExportError", "export", "figures_csv", "run_json"]
