"""The span of years over which growth is read."""

import param

from viz.components.component import Component

FIRST_SPAN = (2018, 2020)  # BERT to GPT-3


class YearSpan(Component):
    """Two native sliders, the first and the last year of a span."""

    years = param.Range(default=(2018, 2024), doc="First and last year that can be chosen.")

    span = param.Range(default=FIRST_SPAN, doc="First and last year of the span.")
