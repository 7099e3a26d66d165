from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "sharing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Says whose facts are seen in what."""
        from sharing.selectors import sights  # noqa: F401
