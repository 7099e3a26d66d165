"""`python -m launcher demo|serve|stop|reset`, as `./run` calls it."""

from __future__ import annotations

import sys

from launcher.demo import demo, serve
from launcher.ending import reset, stop
from launcher.folders import DataFolder

COMMANDS = {"demo": demo, "serve": serve, "stop": stop, "reset": reset}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(f"Usage: python -m launcher {'|'.join(COMMANDS)}", file=sys.stderr)
        return 2
    return COMMANDS[arguments[0]](DataFolder.default())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
