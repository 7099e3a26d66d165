"""How long shares take, at a million records and 140,000 shares: `./run bench shares [--write FILE]`.

Beside them, in the same run and by turns, the same is asked of guardian (one row for each reader and
record) and of a policy that lets a record be read where it is one's own OR shared. In a database that is
made on this checkout's own server and dropped again.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import django

ROWS, SHARES, ROUNDS, TIMES, CREATED = 1_000_000, 140_000, 10, 10, 20
MOST_MS, MOST_TO_CREATE_MS = 50, 100
By = dict[str, dict[str, float]]
READS = (
    "own list",
    "shared list",
    "shares in force, with us",
    "shares in force, ours",
    "detail",
    "a share's page",
)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    django.setup()
    from launcher.psql import sql
    from scheduling.management.bench_database import own_database
    from scheduling.management.machine import described
    from sharing.management.list_rows import SHARES as PARTS
    from sharing.management.list_rows import fill, records
    from tests.tools.share_requests import Bench
    from tests.tools.share_rows import share

    given = _arguments()
    before = os.getloadavg()[0]
    with own_database() as superuser:
        run: Callable[[str], str] = lambda text: sql(text, superuser)  # noqa: E731
        counted = fill(run, rows=given.rows)
        findings = given.rows // 20 * PARTS["sharing_workingpaper"] // 100
        share(run, shares=given.shares, records=findings)
        bench = Bench(run, shares=given.shares, findings=findings)
        run("VACUUM (ANALYZE)")
        print(f"{records(counted):,} records, {given.shares:,} shares", flush=True)
        figures = bench.measured(given.rounds, given.times)
        print(json.dumps(figures, indent=2), flush=True)
        lives = bench.lives(given.created)
        print(json.dumps(lives, indent=2), flush=True)
        figures |= lives
        server = run("SHOW server_version").split()[0]
    load = f"load average {before:.1f} before and {os.getloadavg()[0]:.1f} after"
    if given.write:
        text = as_markdown(
            figures, records(counted), given, f"{described()}, embedded PostgreSQL {server}; {load}"
        )
        Path(given.write).write_text(text, encoding="utf-8")
    slow = slower(figures)
    print("; ".join(slow) or "nothing is beyond its limit")
    return int(bool(slow))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--shares", type=int, default=SHARES)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="The ways take turns.")
    parser.add_argument("--times", type=int, default=TIMES, help="In each turn.")
    parser.add_argument("--created", type=int, default=CREATED, help="Shares made and taken back.")
    parser.add_argument("--write", metavar="FILE", help="Write the figures as Markdown.")
    return parser.parse_args()


def slower(figures: By) -> list[str]:
    """What is beyond its limit: milliseconds in the database at p95."""
    limits = {"a share, from asking to being in force": MOST_TO_CREATE_MS}
    limits |= {name: MOST_MS for name in figures if name in READS}
    return [
        f"{name}: {figures[name]['db_p95']:.0f} ms"
        for name, most in limits.items()
        if figures[name]["db_p95"] >= most
    ]


def as_markdown(figures: By, records: int, given: argparse.Namespace, machine: str) -> str:
    lines = "\n".join(
        f"| {name} | {one['db_p50']:.1f} | {one['db_p95']:.1f} | {one['cpu_p50']:.1f}"
        f" | {one['cpu_p95']:.1f} | {one['p50']:.1f} |"
        for name, one in figures.items()
    )
    return f"""# Shares between offices

Made by `./run bench shares --write docs/benchmarks/sharing-shares.md`: {records:,} findings, clues, items and letters
of 20 offices, {given.shares:,} shares of one view each, of which one in ten is taken back and one is past its day; in a
database of its own. Each line is what a page or a call really asks, in a transaction with the signed context, as the
web's database role, {given.rounds * given.times} times ({given.created} for shares made and ended): milliseconds in the database at the
median and at the 95th of 100; the processor's time that the server took for it, which tells the same on a busy
machine; the whole call.

Limits at p95 in the database: {MOST_MS} ms for what is read, {MOST_TO_CREATE_MS} ms for a share from asking to being in force (four
calls of three people). Beyond it in this run: {"; ".join(slower(figures)) or "nothing"}.

| request | p50 ms | p95 ms | processor, p50 ms | p95 ms | whole call, p50 ms |
|---|---|---|---|---|---|
{lines}

*By guardian*: the record itself is shared; guardian's generic table holds a row for each reader and record, and
`get_objects_for_user(…, accept_global_perms=False, with_superuser=False)` finds what somebody may see; row-level security
is off for it. *By OR EXISTS*: the policy of the record's table is `own OR EXISTS (shared with us)`, a table with the share's
two keys and an index for either way. Both show the record as it is, and none of them writes down who was shown what: a
view is opened by `detail`, which does.

| how many times ours | at p50 | at p95 |
|---|---|---|
{_ratios(figures)}

Machine: {machine}. A load above the number of
cores is a busy machine: the milliseconds in the database are then mostly waiting for a processor, and the columns of the
processor say what was done. The ways take turns, so that the ratios, which are the processor's, hold.
"""


def _ratios(figures: By) -> str:
    found = []
    for name, one in figures.items():
        ours, _, way = name.partition(", by ")
        if way and ours in figures:
            p50, p95 = (one[key] / figures[ours][key] for key in ("cpu_p50", "cpu_p95"))
            found.append(f"| {name} | {p50:.1f} | {p95:.1f} |")
    return "\n".join(found)


if __name__ == "__main__":
    sys.exit(main())
