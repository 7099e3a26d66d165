"""The house of what offices look back on and share."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "sharing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # What is told by the bell, and to whom, registers itself in every process.
        from sharing import tasks  # noqa: F401
