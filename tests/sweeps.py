"""Sweeps over sizes, languages, themes or presets: `make test` takes a sample of each, `make walk` the rest."""

import pytest


def sampled(values, *sample):
    """Leave all values of a parameter but a sample to `make walk`."""
    assert all(value in values for value in sample), sample
    return [value if value in sample else pytest.param(value, marks=pytest.mark.sweep) for value in values]
