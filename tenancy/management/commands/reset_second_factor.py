from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kernel.errors import DomainError
from tenancy.services.offices import reset_second_factor_of


class Command(BaseCommand):
    help = (
        "Reset the authenticator of a security administrator whom no other one can help. They set"
        " up another at the next sign-in. As the schema's owner; it is recorded."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, **options: Any) -> None:
        try:
            reset_second_factor_of(options["username"])
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{options['username']}: reset, to be set up at the next sign-in")
