"""Run the command line: `python -m viz serve`."""

import sys

from engine.machines import MachineError


def main():
    """Run the command line; a broken file of a machine, which its menus need, gives one sentence and exit code 2."""
    try:
        from viz.commands import cli
    except MachineError as error:
        print(f"waferscope: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    cli.main()


if __name__ == "__main__":
    main()
