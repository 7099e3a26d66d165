"""How many acts a second can be recorded: `python -m tests.tools.bench_audit [SECONDS]`.

On the tests' server (which waits for no disk), in a database of its own that is dropped afterwards:
a record cannot be shortened. Eight clients, each act a transaction with one line, as the web's role.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Sequence

import django
import psycopg2

CLIENTS = 8
OFFICES = (9001, 9002, 9003, 9004, 9005)
APPEND = (
    "INSERT INTO tenancy_auditentry (tenant_id, action, object_type, data)"
    " VALUES (%s, 'probe.word.said', '', '{}')"
)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    django.setup()
    from tests.conftest import _migrate
    from tests.databases import RUN, connect, running_server

    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5
    with running_server() as server:
        server.ensure_template(_migrate)
        name = f"{RUN}bench{os.getpid()}"
        server.clone(name)
        try:
            for words, chains in (("one chain", OFFICES[:1]), ("several chains", OFFICES)):
                for work_ms in (0, 5):
                    sessions = [connect(server.login("app", name)) for _ in range(CLIENTS)]
                    rate = appended(sessions, chains, seconds, work_ms)
                    print(f"{words}, {work_ms} ms of work after the line: {rate:.0f} acts/s")
        finally:
            server.drop(name)


def appended(
    sessions: Sequence[psycopg2.extensions.connection],
    chains: Sequence[int],
    seconds: float,
    work_ms: int,
) -> float:
    """Acts a second over all sessions. `work_ms`: how long the chain's lock is held besides."""
    done = [0] * len(sessions)
    until = time.monotonic() + seconds

    def act(number: int) -> None:
        while time.monotonic() < until:
            _act(sessions[number], chains[number % len(chains)], work_ms)
            done[number] += 1

    threads = [threading.Thread(target=act, args=(number,)) for number in range(len(sessions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for session in sessions:
        session.close()
    return sum(done) / seconds


def _act(session: psycopg2.extensions.connection, tenant_id: int, work_ms: int) -> None:
    from django.conf import settings

    from tenancy.signing import signed_context

    said = signed_context(settings.CONTEXT_KEY, tenant_id=tenant_id, user_id=None)
    with session.cursor() as cursor:
        cursor.execute("SELECT set_config('app.context', %s, true)", [said])
        cursor.execute(APPEND, [tenant_id])
        if work_ms:
            cursor.execute("SELECT pg_sleep(%s)", [work_ms / 1000])
    session.commit()


if __name__ == "__main__":
    main()
