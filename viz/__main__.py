"""Run the command line: `python -m viz serve`."""

from viz.cli import main

main()
