"""`python -m launcher demo|serve|stop|reset`, as `./run` calls it."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from launcher.demo import demo, serve
from launcher.ending import reset, stop
from launcher.folders import DataFolder

COMMANDS = {"demo": demo, "serve": serve, "stop": stop, "reset": reset}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(f"Usage: python -m launcher {'|'.join(COMMANDS)}", file=sys.stderr)
        return 2
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that knows no Chinese shows marks instead; the start goes on.
            stream.reconfigure(errors="replace")
    folder = DataFolder.default()
    try:
        return COMMANDS[arguments[0]](folder)
    except OSError as refused:
        print(_in_words(refused, folder), file=sys.stderr)
        return 1


def _in_words(refused: OSError, folder: DataFolder) -> str:
    if isinstance(refused, PermissionError):
        return (
            f"{refused}\nThis account may not do that in {folder.path}: somebody else started "
            "this checkout before, perhaps root. Go on as that account, or give XUNCHA_VAR a "
            "folder of yours."
        )
    return f"{refused}\nThe data folder is {folder.path}; XUNCHA_VAR names another."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
