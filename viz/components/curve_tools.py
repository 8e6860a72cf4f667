"""What stands over the speed-up curve: how to read it, and the learner's own guess."""

import param

from viz.components.component import Component


class CurveTools(Component):
    """Native controls above the curve, and a layer over it for keyboard and drawing.

    What the visitor does arrives as a message with one of these keys: "reading", "log", "open" (index of a point),
    "more" (a factor or a step of devices), "draw" (begin or leave) and "guess" (a height for each point).
    """

    readings = param.List(default=[], doc="Pairs of name and label.")

    reading = param.String(default="speedup", doc="Name of the reading that is shown.")

    log = param.Boolean(default=True, doc="Whether both axes are logarithmic.")

    drawing = param.Boolean(default=False, doc="Whether the guess is being drawn.")

    guessed = param.Boolean(default=False, doc="Whether a guess is shown.")

    points = param.List(default=[], doc="For each point `n`, `text`, and `x` and `y` as shares of the frame.")

    heights = param.Tuple(default=(0.0, 1.0), doc="Lower and upper end of the vertical axis.")

    unit = param.String(default="GPU", doc="What a device is: GPU or wafer.")

    said = param.String(default="", doc="What the reveal shows, as a sentence.")

    summary = param.String(default="", doc="The curve as a sentence, for those who do not see it.")

    frame = param.Dict(default={}, doc="Room around the frame of the plot: left, right, top, bottom [px].")
