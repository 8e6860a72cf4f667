"""A row of native radio buttons that say how a chart is read."""

import param

from viz.components.component import Component


class Choice(Component):
    """One of a few words."""

    label = param.String(default="", doc="What is chosen, for those who do not see the row.")

    options = param.List(default=[], doc="Pairs of name and label.")

    chosen = param.String(default="", doc="Name of the option that is on.")
