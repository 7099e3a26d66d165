from __future__ import annotations

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "scheduling"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the jobs, and whose facts are seen where: what was never imported is unknown."""
        from scheduling import tasks  # noqa: F401
        from scheduling.selectors import sights  # noqa: F401
