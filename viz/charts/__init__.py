"""Bokeh figures, painted in the colours of the page."""
