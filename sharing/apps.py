"""The house of what offices look back on and share."""

from __future__ import annotations

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "sharing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register whose facts are seen where: what was never imported is unknown."""
        from sharing.selectors import clue_sights, sights  # noqa: F401
