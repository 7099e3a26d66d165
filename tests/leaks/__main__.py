"""`./run leaks`: sow every seed, one at a time, and look whether its test catches it."""

from __future__ import annotations

import sys
import time

from tests.leaks.seeds import SEEDS, UNTRIED, Seed
from tests.leaks.table import DOCUMENT, table
from tests.leaks.trial import Trial, Unfit, trial


def main(names: list[str]) -> int:
    chosen = [one for one in SEEDS if not names or one.name in names]
    if unknown := set(names) - {one.name for one in SEEDS}:
        print(f"There is no seed called {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    with trial() as copy:
        unseen = [*_false_alarms(copy, chosen), *_gone_by(copy, chosen)]
    if unseen:
        print(f"\n{len(unseen)} of {len(chosen)}: {', '.join(unseen)}")
        return 1
    print(f"\nAll {len(chosen)} caught.")
    if tried := UNTRIED & {one.name for one in chosen}:
        print(f"Take out of UNTRIED in tests/leaks/seeds.py: {', '.join(sorted(tried))}")
    if not names:
        DOCUMENT.write_text(table(), encoding="utf-8")
    return 0


def _false_alarms(copy: Trial, chosen: list[Seed]) -> list[str]:
    """On the untouched copy nothing may be caught."""
    tests = sorted({one.caught_by for one in chosen})
    started = time.monotonic()
    outcome = copy.run(*tests)
    _say("untouched", "a false alarm" if outcome.caught else "no alarm", started)
    if outcome.caught:
        print(outcome.log[-3000:])
    return ["untouched"] if outcome.caught else []


def _gone_by(copy: Trial, chosen: list[Seed]) -> list[str]:
    missed = []
    for one in chosen:
        started = time.monotonic()
        try:
            with copy.sown(one):
                said = "caught" if copy.run(one.caught_by).caught else "NOT CAUGHT"
        except Unfit as fault:
            said = f"UNFIT: {fault}"
        _say(one.name, said, started)
        if said != "caught":
            missed.append(one.name)
    return missed


def _say(name: str, said: str, started: float) -> None:
    print(f"{name:40} {said} ({time.monotonic() - started:.0f} s)", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
