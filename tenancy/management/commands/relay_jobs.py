from __future__ import annotations

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from tenancy.checks import refuse_to_start
from tenancy.relay import ring_due_jobs

EVERY_S = 3.0

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Ring for jobs that wait unheard or whose worker died, every few seconds, until told to"
        " end. One such process suffices; several do no harm. As the worker."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="look once and end")

    def handle(self, *, once: bool, **options: Any) -> None:
        refuse_to_start()
        if once:
            self.stdout.write(f"rang for {ring_due_jobs()}")
            return
        ended = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: ended.set())
        while not ended.is_set():
            self._look()
            ended.wait(EVERY_S)

    def _look(self) -> None:
        try:
            ring_due_jobs()
        except (OperationalError, InterfaceError):
            log.warning("The database does not answer; looking again soon.", exc_info=True)
            connection.close()
