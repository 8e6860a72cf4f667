"""Charts beside the player: a folder a scene, a module a chart; `chart.py` says what a chart is."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from viz.charts.chart import Chart


@cache
def charts_of(scene: str) -> dict[str, type[Chart]]:
    """Return the charts of a scene by name, in order of their places: every module of its folder that has a `CHART`.

    A scene without a folder has none.

    Parameters
    ----------
    scene : str
        A key of `engine.scenarios.SCENES`.
    """
    if not find_spec(f"{__name__}.{scene}"):
        return {}
    folder = import_module(f"{__name__}.{scene}")
    modules = [import_module(f"{folder.__name__}.{info.name}") for info in iter_modules(folder.__path__)]
    charts = sorted((module.CHART for module in modules if hasattr(module, "CHART")), key=lambda chart: chart.place)
    return {chart.name: chart for chart in charts}
