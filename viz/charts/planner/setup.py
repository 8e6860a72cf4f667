"""Two ways to say the same run: one number of wafers, or a layout of GPUs."""

from panel.viewable import Viewable

from engine.language import Language, Quantity, message
from engine.run import Run
from viz.charts.chart import Chart, Host
from viz.components.configurations import Configurations

# What has to be chosen, as `engine.cluster.planner.configuration` spells it.
CHOSEN = (
    "num_csx", "tensor_model_parallel_size", "pipeline_model_parallel_size", "data_parallel_size",
    "virtual_pipeline_chunks", "micro_batch_size", "zero_stage", "recompute_granularity", "overlap_grad_reduce",
)  # fmt: skip


class SetUp(Chart):
    """The texts that start the run on each cluster."""

    name, label, place = "setup", message("planner_chart_setup"), 3
    embeds = False

    def __init__(self, host: Host):
        super().__init__(host)
        self._texts = Configurations(sizing_mode="stretch_both", margin=0)

    def panes(self) -> dict[str, Viewable]:
        """Return the texts."""
        return {self.name: self._texts}

    def show(self, run: Run) -> None:
        """Write the texts of a run of the planner scene."""
        self._texts.texts = configurations_of(run, self.t)
        self.say(self.t("planner_chart_setup.said"))


def configurations_of(run: Run, t: Language) -> list[dict]:
    """Return what the component shows of a run of the planner scene, wafers first: `label`, `code` and `marked`."""
    found = run.columns("configuration")
    devices = {lane["family"]: Quantity(lane["n_devices"], lane["device"]) for lane in run.trace.meta["lanes"]}
    rows = sorted(zip(found["cluster"], found["text"], found["decisions"].tolist(), strict=True))
    return [
        {
            "label": t("planner_choose", devices=devices[cluster], n=n),
            "code": text,
            "marked": [i for i, line in enumerate(text.splitlines()) if any(f"{name}=" in line for name in CHOSEN)],
        }
        for cluster, text, n in rows
    ]


CHART = SetUp
