"""The house of offices, people and the fence."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class TenancyConfig(AppConfig):
    name = "tenancy"
    verbose_name = _("Offices and people")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Checks and the one task register themselves.
        from tenancy import checks, tasks  # noqa: F401

        # From here on Celery's current app is ours: a web process that rings knows the broker.
        import_string(settings.CELERY_APP)
