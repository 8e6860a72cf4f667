"""What each scene shows beside its player: the charts."""

from viz.charts.fabric import FabricCharts

SCENE_CHARTS = {"fabric": FabricCharts}
