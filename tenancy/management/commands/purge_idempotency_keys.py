from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tenancy.services.idempotency import KEPT_H, purge_keys


class Command(BaseCommand):
    help = "Remove the idempotency keys that have served their time. The relay does it each hour."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--older-than",
            type=int,
            default=KEPT_H,
            metavar="HOURS",
            help=f"default {KEPT_H}; those of the last 24 hours are kept in any case",
        )

    def handle(self, *, older_than: int, **options: Any) -> None:
        self.stdout.write(f"removed {purge_keys(older_than_h=older_than)}")
