"""The trace player: JavaScript modules, their Panel component and the self-contained page."""

from viz.player.player import FOLDER, TracePlayer, modules_for, standalone_html

__all__ = ["FOLDER", "TracePlayer", "modules_for", "standalone_html"]
