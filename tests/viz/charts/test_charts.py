import pytest
from bokeh.document import Document

import viz.charts.memory
from engine.language import language
from engine.scenarios import SCENES
from viz.charts import charts_of
from viz.charts.chart import Host
from viz.charts.scene_charts import SceneCharts
from viz.client import CLIENT
from viz.documents.embed_charts import embedded_charts, held_charts, usual_charts

ADDED = """
from bokeh.models import ColumnDataSource

from engine.language import message
from viz.charts.chart import Chart, Host
from viz.charts.paint import paint_figure, plain_figure


class Busy(Chart):
    name, label, place = "busy", message("verbatim", text="Busy"), 9

    def __init__(self, host: Host):
        super().__init__(host)
        self.source = ColumnDataSource({"t": [], "busy": []})
        self.plot = plain_figure()
        self.plot.line("t", "busy", source=self.source)

    def show(self, run):
        pipe = run.columns("pipe")
        self.source.data = {"t": pipe["t"], "busy": pipe["busy"]}
        self.say(f"At most {pipe['busy'].max():.0%} of the pipe is in use.")

    def paint(self, theme):
        paint_figure(self.plot, theme)


CHART = Busy
"""


def nobody(changes):
    """Nobody wants to know."""


@pytest.mark.parametrize("scene", SCENES)
def test_every_chart_says_what_it_is_and_is_of_one_kind(scene):
    charts = charts_of(scene)
    assert len({chart.place for chart in charts.values()}) == len(charts)
    for name, chart in charts.items():
        made = chart(Host())
        assert name.isidentifier()
        assert chart.label
        assert not (chart.module and made.panes())
        assert bool(chart.module) != bool(name in made.panes())
        assert not chart.module or (CLIENT / chart.module).is_file()
        assert not chart.embeds or bool(chart.module) != (made.plot is not None)


@pytest.fixture
def added(tmp_path, monkeypatch):
    """Add a chart to the memory scene by one file, in a folder of its own."""
    (tmp_path / "busy.py").write_text(ADDED, encoding="utf-8")
    monkeypatch.setattr(viz.charts.memory, "__path__", [*viz.charts.memory.__path__, str(tmp_path)])
    charts_of.cache_clear()
    yield
    charts_of.cache_clear()


def test_a_chart_is_added_by_one_file(added):
    assert list(charts_of("memory")) == ["roofline", "bandwidth", "fits", "busy"]
    assert embedded_charts("memory")["busy"].label == usual_charts("memory")["busy"].label
    run = SCENES["memory"]().simulate()
    charts = SceneCharts("memory", nobody, nobody, language("en"))
    charts.show(run)
    assert charts.tools.charts[-1] == ["busy", "Busy"]
    assert charts.places["right"][-1] == "busy"
    assert charts.look({"chart": "busy"}) == ""
    assert charts.tools.chosen == "busy"
    (figure,) = held_charts(run, ["busy"], "dark", language("en")).config["figures"]
    assert figure["caption"] == charts.tools.said["busy"] == "At most 100% of the pipe is in use."


def test_a_scene_without_a_folder_has_no_charts():
    assert charts_of("no_such_scene") == {}


@pytest.mark.slow
@pytest.mark.parametrize("scene", SCENES)
def test_another_run_changes_models_of_bokeh_and_makes_none(scene):
    # With a new model Bokeh would look through the whole page, which takes longer than all that is drawn.
    of = SCENES[scene]
    number = [name for name in of.essential if isinstance(of.fields()[name].default, int | float)][-1]
    charts = SceneCharts(scene, nobody, nobody, language("en"))
    page = Document()
    for chart in charts.charts.values():
        if chart.plot is not None:
            page.add_root(chart.plot)
    charts.show(of().simulate())
    before = set(page.models)
    charts.show(of.read({number: 2 * of.fields()[number].default}).simulate())
    charts.paint("dark")
    assert set(page.models) == before
