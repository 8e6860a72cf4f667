"""How long a user waits for the first token, against the length of the prompt."""

import numpy as np

from engine.language import Quantity, message
from engine.quantities import FIGURE
from engine.run import Run
from viz.charts.inference.lines import SystemLines


class Prompt(SystemLines):
    """From a short prompt to the longest that fits."""

    name, label, place = "prompt", message("inference_chart_prompt"), 2
    columns, x, y = "prompts", "prompt_tokens", "first_token_s"
    name_at = 0

    def up(self, mark: float) -> str:
        """Write a time."""
        return self.t.quantity(mark, "s")

    def now(self, run: Run, prefix: str) -> tuple[float, float]:
        """Return the prompt of the scenario."""
        return run.scenario["prompt_tokens"], run.figures[f"{prefix}first_token_time"].value

    def sentence(self, devices: Quantity, table: dict, mine: np.ndarray) -> str:
        """Say how long the shortest and the longest prompt take."""
        tokens, times = table[self.x][mine], table[self.y][mine]
        return self.t(
            "inference_chart_prompt.said",
            devices=devices,
            tokens=int(tokens[0]),
            time=Quantity(float(times[0]), "s", FIGURE),
            most=int(tokens[-1]),
            longest=Quantity(float(times[-1]), "s", FIGURE),
        )


CHART = Prompt
