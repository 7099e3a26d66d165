"""manage.py migrate: Django's, in a tenth of the time."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from tenancy.migrating import each_model_by_itself


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with each_model_by_itself():
            super().handle(*args, **options)
