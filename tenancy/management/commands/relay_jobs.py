from __future__ import annotations

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from tenancy.checks import refuse_to_start
from tenancy.relay import do_chores, do_prompts, ring_due_jobs

EVERY_S = 3.0
CHORES_EVERY_S = 300.0

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Ring for jobs that wait unheard or whose worker died, every few seconds, until told to"
        " end; every few minutes remove what has served its time. One such process suffices;"
        " several do no harm. As the worker."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="look once and end")

    def handle(self, *, once: bool, **options: Any) -> None:
        refuse_to_start()
        if once:
            do_prompts()
            self.stdout.write(f"rang for {ring_due_jobs()}")
            return
        ended = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: ended.set())
        next_chores = time.monotonic()
        while not ended.is_set():
            is_time = time.monotonic() >= next_chores
            self._look(with_chores=is_time)
            if is_time:
                next_chores += CHORES_EVERY_S
            ended.wait(EVERY_S)

    def _look(self, *, with_chores: bool) -> None:
        try:
            do_prompts()
            ring_due_jobs()
            if with_chores:
                do_chores()
        except (OperationalError, InterfaceError):
            log.warning("The database does not answer; looking again soon.", exc_info=True)
            connection.close()
