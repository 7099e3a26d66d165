"""`./run test`: the browser where it can be had, then pytest with the given arguments."""

from __future__ import annotations

import os
import sys

from tests.tools.browser import fetch_browser

# Without a wish: everything, on two processes. More would wait for the one PostgreSQL.
BY_DEFAULT = ["-n", "2"]


def main(arguments: list[str]) -> None:
    fetch_browser()
    # In this process's place: pytest's closing line is the last, and its status is ours.
    pytest = [sys.executable, "-m", "pytest", *(arguments or BY_DEFAULT)]
    os.execv(sys.executable, pytest)


if __name__ == "__main__":
    main(sys.argv[1:])
