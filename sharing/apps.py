from __future__ import annotations

from django.apps import AppConfig


class SharingConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "sharing"

    def ready(self) -> None:
        """Register who tells whose facts are seen."""
        from sharing.selectors import sights  # noqa: F401
