"""The command line: `waferscope`, sweeps, measurements."""
