"""The house of what offices look back on and share."""

from __future__ import annotations

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "sharing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register jobs, whose facts are seen where, and what hangs on what: what was never imported
        is unknown."""
        from sharing import tasks  # noqa: F401
        from sharing.access import attachments  # noqa: F401
        from sharing.selectors import clue_sights, package_sights, sights  # noqa: F401
        from sharing.services import key_rotation  # noqa: F401
