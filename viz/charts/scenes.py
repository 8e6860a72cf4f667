"""What each scene shows beside its player: the charts."""

from viz.charts.fabric import FabricCharts
from viz.charts.memory import MemoryCharts
from viz.charts.planner import PlannerCharts
from viz.charts.scaling import ScalingCharts

# Each is made with a function that takes the parameters somebody asks for by using a chart.
SCENE_CHARTS = {"fabric": FabricCharts, "memory": MemoryCharts, "scaling": ScalingCharts, "planner": PlannerCharts}
