"""A row of native radio buttons that say how a chart is read."""

from pathlib import Path
from typing import ClassVar

import param
from panel.custom import JSComponent


class Choice(JSComponent):
    """One of a few words."""

    label = param.String(default="", doc="What is chosen, for those who do not see the row.")

    options = param.List(default=[], doc="Pairs of name and label.")

    chosen = param.String(default="", doc="Name of the option that is on.")

    _esm = Path(__file__).with_suffix(".js")

    _stylesheets: ClassVar[list[str]] = [Path(__file__).with_suffix(".css").read_text(encoding="utf-8")]
