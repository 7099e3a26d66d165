from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kernel.errors import DomainError
from tenancy.domain.roles import Role
from tenancy.services.offices import create_user, give_seat


class Command(BaseCommand):
    help = (
        "Make an account with a seat in an office, or (--add-seat) give an account a further"
        " seat. Without --password one is made and shown, once. As the schema's owner."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--office", required=True, metavar="CODE")
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        parser.add_argument("--name", metavar="姓名", help="as shown on screen")
        parser.add_argument("--password", help="better left out: a command line is read by others")
        parser.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--add-seat", action="store_true")

    def handle(self, **options: Any) -> None:
        seat: dict[str, Any] = {
            "username": options["username"],
            "office_code": options["office"],
            "role": Role(options["role"]),
            "since_on": options["since"],
            "until_on": options["until"],
        }
        try:
            if options["add_seat"]:
                give_seat(**seat)
                self.stdout.write(f"{options['username']}: {options['role']}, {options['office']}")
                return
            if not options["name"]:
                raise CommandError("--name is needed for a new account.")
            account = create_user(
                **seat, display_name=options["name"], password=options["password"]
            )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        shown = f", password {account.made_password}" if account.made_password else ""
        self.stdout.write(f"{account.user.username}: {options['role']}, {options['office']}{shown}")
