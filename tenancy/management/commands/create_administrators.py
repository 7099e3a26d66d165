from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kernel.errors import DomainError
from tenancy.domain.roles import ROLE_TITLES, Role
from tenancy.services.offices import create_administrators

ROLES = {
    "system": Role.SYSTEM_ADMINISTRATOR,
    "security": Role.SECURITY_ADMINISTRATOR,
    "audit": Role.AUDIT_ADMINISTRATOR,
}


class Command(BaseCommand):
    help = (
        "Seat the first three administrators, three different people. Passwords are made and"
        " shown, once. Later ones are proposed and decided in the system. As the schema's owner."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        for word in ROLES:
            parser.add_argument(f"--{word}", required=True, nargs=2, metavar=("USERNAME", "姓名"))

    def handle(self, **options: Any) -> None:
        people = {role: tuple(options[word]) for word, role in ROLES.items()}
        try:
            accounts = create_administrators(people)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        for role, account in zip(people, accounts, strict=True):
            self.stdout.write(
                f"{ROLE_TITLES[role].zh} {account.user.username}: password {account.made_password}"
            )
