from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from kernel.errors import DomainError
from tenancy.services.passwords import make_reset_at_the_console


class Command(BaseCommand):
    help = (
        "Make a link by which one of the three administrators sets another password: on the pages"
        " nobody does that for them. As the schema's owner. The link is shown once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *, username: str, **_: Any) -> None:
        try:
            made = make_reset_at_the_console(username)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(reverse("portal:password-reset", args=[made.secret]))
        self.stdout.write(f"{made.account.username}, until {made.expires_at:%Y-%m-%d %H:%M %Z}")
