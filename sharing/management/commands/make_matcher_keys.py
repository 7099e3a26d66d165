from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from sharing.domain.corroboration.classes import TokenClass
from sharing.vault.matcher_keys import make_keys, renew_keys


class Command(BaseCommand):
    help = (
        "Make the keys of the process that compares clues, where they are missing, and print the"
        " public half that the web is given as MATCHER_PUBLIC_KEY. On the matcher's machine, as its"
        " account; no database is needed."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--renew", action="store_true", help="make the next version of each class's key as well"
        )

    def handle(self, *, renew: bool, **options: Any) -> None:
        public = make_keys(settings.MATCHER_KEYS_FOLDER, TokenClass)
        if renew:
            renew_keys(settings.MATCHER_KEYS_FOLDER, TokenClass)
        self.stdout.write(f"MATCHER_PUBLIC_KEY={public.hex()}")
