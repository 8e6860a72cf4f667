"""What stands over the speed-up curve: how to read it, and the learner's own guess."""

import param

from viz.components.component import Component


class CurveTools(Component):
    """Native controls above the curve, and a layer over it for keyboard and drawing.

    What the visitor does arrives as a message with one of these keys: "reading", "log", "open" (index of a point),
    "mode", "draw" (begin or leave), "guess" (a height for each point), "beside" (reveal the other curve) and "size"
    (width and height of the frame [px]).
    """

    readings = param.List(default=[], doc="Pairs of name and label.")

    reading = param.String(default="speedup", doc="Name of the reading that is shown.")

    log = param.Boolean(default=False, doc="Whether both axes are logarithmic.")

    drawing = param.Boolean(default=False, doc="Whether the guess is being drawn.")

    guess = param.List(default=[], doc="The guess that is shown: a height for each point; empty without one.")

    held = param.Boolean(default=False, doc="Whether the other curve waits to be revealed.")

    rival = param.String(default="", doc="What a device of the other curve is, GPU or wafer; empty without one.")

    against = param.String(default="", doc="How far the other curve gets and who ends ahead, in a sentence.")

    mode = param.String(default="strong", doc="How the batch goes with the devices: strong or weak.")

    batches = param.List(default=[], doc="What a step works on in the one mode and in the other, in a few words.")

    points = param.List(
        default=[],
        doc="For each point `n`, `text`, its speed-up `found` and that of the `line`, and `x` and `y` as shares.",
    )

    heights = param.Tuple(default=(0.0, 1.0), doc="Lower and upper end of the vertical axis.")

    unit = param.String(default="GPU", doc="What a device is: GPU or wafer.")

    said = param.String(default="", doc="What the reveal shows, as a sentence.")

    about = param.String(default="", doc="What is compared with what, as a line of a card.")

    source = param.String(default="", doc="Where the simulated curve comes from, and its kind.")

    summary = param.String(default="", doc="The curve as a sentence, for those who do not see it.")

    frame = param.Dict(default={}, doc="Room around the frame of the plot: left, right, top, bottom [px].")

    size = param.List(default=[], doc="Width and height of the frame that names have room in at first [px].")
