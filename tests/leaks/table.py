"""docs/architecture/leaks.md: which fault, and which test catches it."""

from __future__ import annotations

from launcher.folders import CHECKOUT
from tests.leaks.seeds import CLASSES, LAYERS, SEEDS, UNTRIED

DOCUMENT = CHECKOUT / "docs" / "architecture" / "leaks.md"

HEAD = """# Seeded leaks

<!-- Written by `./run leaks`: change tests/leaks, and run it. -->

{count} deliberate faults. `./run leaks` sows them one at a time into a copy of the checkout and runs the test that is
named; it ends with an error where one goes by unseen, and writes this table where none does. Before, it runs all of
these tests on the untouched copy: none may fail. `./run leaks NAME…` tries some. Every commit tries a handful
(`tests/leaks/test_seeds.py`) and holds that each seed still applies and each test is there.

Where two layers guard the same, one is taken away and the test of that layer has to notice, whatever the other
does: the fence is tested by SQL, without a filter; the filters are tested by processes that see all rows.
"""


def table() -> str:
    parts = [HEAD.format(count=len(SEEDS))]
    for layer, about in LAYERS.items():
        lines = [
            f"| `{one.name}` | {one.fault} | {_short(one.caught_by)} | {_result(one.name)} |"
            for one in SEEDS
            if one.layer == layer
        ]
        parts.append(f"## {about[0].upper()}{about[1:]}\n")
        parts.append(
            "\n".join(["| seed | fault | test | result |", "|---|---|---|---|", *lines, ""])
        )
    parts.append(_classes())
    return "\n".join(parts)


def _classes() -> str:
    lines = [
        f"| {about} | {', '.join(f'`{name}`' for name in names)} |"
        for about, names in CLASSES.items()
    ]
    return "\n".join(
        ["## Ways in which others failed\n", "| way | seeds |", "|---|---|", *lines, ""]
    )


def _result(name: str) -> str:
    return "not tried yet" if name in UNTRIED else "caught"


def _short(test: str) -> str:
    file, _, name = test.partition("::")
    return f"`{file.removeprefix('tests/')}` *{name.removeprefix('test_').replace('_', ' ')}*"
