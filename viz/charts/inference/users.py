"""Tokens of all users against those of each, as users grow until they no longer fit."""

import numpy as np

from engine.language import Quantity, message
from engine.quantities import FIGURE
from engine.run import Run
from viz.charts.inference.lines import SystemLines


class Users(SystemLines):
    """From one user, at the lower right end of a line, to as many as fit."""

    name, label, place = "users", message("inference_chart_users"), 1
    columns, x, y = "users", "tokens_per_s_per_user", "tokens_per_s"

    def now(self, run: Run, prefix: str) -> tuple[float, float]:
        """Return the rates of the scenario."""
        return run.figures[f"{prefix}{self.x}"].value, run.figures[f"{prefix}{self.y}"].value

    def sentence(self, devices: Quantity, table: dict, mine: np.ndarray) -> str:
        """Say what one user gets, and as many as fit."""
        first, last = mine[0], mine[-1]
        return self.t(
            "inference_chart_users.said",
            devices=devices,
            rate=Quantity(float(table[self.x][first]), "token/s", FIGURE),
            users=int(table["users"][last]),
            each=Quantity(float(table[self.x][last]), "token/s", FIGURE),
            all=Quantity(float(table[self.y][last]), "token/s", FIGURE),
        )


CHART = Users
