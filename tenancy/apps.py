"""The house of offices, people and the fence."""

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class TenancyConfig(AppConfig):
    name = "tenancy"
    verbose_name = _("Offices and people")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Checks and the one task register themselves.
        from tenancy import checks, tasks  # noqa: F401
        from tenancy.services.sessions import open_session

        user_logged_in.connect(open_session, dispatch_uid="tenancy.open_session")
        # From here on Celery's current app is ours: a web process that rings knows the broker.
        import_string(settings.CELERY_APP)
