"""A row of native radio buttons that say how a chart is read."""

from typing import ClassVar

import param
from panel.custom import JSComponent

from viz.client import CLIENT, source


class Choice(JSComponent):
    """One of a few words."""

    label = param.String(default="", doc="What is chosen, for those who do not see the row.")

    options = param.List(default=[], doc="Pairs of name and label.")

    chosen = param.String(default="", doc="Name of the option that is on.")

    _esm = CLIENT / "components/choice.js"

    _stylesheets: ClassVar[list[str]] = [source("components/choice.css")]
