"""manage.py import_history: the quoted figures of a past term, from a workbook."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kernel.errors import DomainError
from sharing.services.history import import_history
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import Role
from tenancy.models import Office


class Command(BaseCommand):
    help = "Take the quoted figures of a workbook into an office's history. Repeating it is safe."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("office", metavar="CODE")
        parser.add_argument("workbook", type=Path, metavar="FILE.xlsx")

    def handle(self, *, office: str, workbook: Path, **options: Any) -> None:
        found = Office.objects.filter(code=office).first()
        if found is None:
            raise CommandError(f"There is no office with the code {office}.")
        # The office's own housekeeping: nobody is signed in to a command.
        actor = Actor(
            user_id=None,
            name="import_history",
            tenant_id=found.pk,
            office_name=found.short_name,
            office_kind=found.kind,
            roles=frozenset({Role.COUNTY_CLERK}),
        )
        try:
            with in_office(found.pk):
                count = import_history(actor=actor, path=workbook)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{found.short_name}: {count} figures.")
