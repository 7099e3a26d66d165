from __future__ import annotations

from django.apps import AppConfig


class FilingConfig(AppConfig):
    name = "tests.filing"
    label = "filing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tests.filing import access  # noqa: F401
