"""The wafer fabric, cycle by cycle: routers, colors, wavelets, ramps and compute elements that run real programs.

Each folder imports only those above it:

core
    the compiled kernels, and the layout of what they work on;
machine
    the machine and its rules, and what a program for it is;
defects
    faults of a machine, spare columns, yields;
trace
    what can be said about a run that is over;
programs
    the programs that are offered, each with its closed form;
simulation
    a program laid out, run, and compared with NumPy.
"""
