from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from tenancy.context import context_is_accepted
from tenancy.signing import key_pads


class Command(BaseCommand):
    help = (
        "Give the database what it needs to check contexts signed with CONTEXT_KEY. Replaces"
        " what was there: processes with another key see no rows from then on. As the owner."
    )

    def handle(self, **options: Any) -> None:
        ipad, opad = key_pads(settings.CONTEXT_KEY)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO sec.context_key (ipad, opad) VALUES (%s, %s) "
                "ON CONFLICT (only_one) DO UPDATE SET ipad = EXCLUDED.ipad, opad = EXCLUDED.opad",
                [ipad, opad],
            )
        if not context_is_accepted():
            raise CommandError("The database does not accept the key that was just installed.")
        if options["verbosity"] > 0:
            self.stdout.write("The database accepts contexts signed with CONTEXT_KEY.")
