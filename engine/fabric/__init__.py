"""The wafer fabric, cycle by cycle: routers, colors, wavelets, ramps and compute elements that run real programs."""
