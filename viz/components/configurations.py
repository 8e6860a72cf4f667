"""Program texts, of which some lines are marked."""

import param

from viz.components.component import Component


class Configurations(Component):
    """The texts, each with a button that copies it."""

    texts = param.List(default=[], doc="For each cluster `label`, `code`, and `marked`, indices of lines.")
