"""Run the command line: `python -m viz serve`."""

from viz.commands.cli import main

if __name__ == "__main__":
    main()
