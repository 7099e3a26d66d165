"""A new key for an office, and everything that is sealed for it wrapped anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sharing.services.key_rotation import finish_rotation, rotate_keys
from tenancy.models import Office


class Command(BaseCommand):
    help = "Make a new key for an office and wrap everything that is sealed for it under it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("office", help="The office's code, such as `dinghai`.")
        parser.add_argument(
            "--finish",
            action="store_true",
            help="Make no key: go on with a rotation that was interrupted.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        office = Office.objects.filter(code=options["office"]).first()
        if office is None:
            raise CommandError(
                f"No office has the code {options['office']!r}. Nothing was changed."
            )
        rotate = finish_rotation if options["finish"] else rotate_keys
        done = rotate(office=office.pk)
        self.stdout.write(
            f"{office.short_name}: {done.rows} rows are under the key {done.key} now. Copies and"
            " backups of before still need the older keys: keep them as long as those."
        )
