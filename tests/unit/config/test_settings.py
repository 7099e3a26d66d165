"""What the settings promise about pages, cookies, sign-in and jobs."""

from __future__ import annotations

import os
import subprocess
import sys

from django.conf import settings

from launcher.folders import CHECKOUT


def test_pages_run_our_own_scripts_and_nothing_inline() -> None:
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'"]
    assert policy["style-src"] == ["'self'"]
    assert {source for sources in policy.values() for source in sources} == {
        *("'none'", "'self'", "data:"),
        *("/policy-reports/", "policy"),
    }


def test_cookies_stay_on_our_site_and_out_of_scripts() -> None:
    for cookie in ("SESSION", "CSRF", "LANGUAGE"):
        assert getattr(settings, f"{cookie}_COOKIE_HTTPONLY")
        assert getattr(settings, f"{cookie}_COOKIE_SAMESITE") in ("Lax", "Strict")
    assert settings.CSRF_COOKIE_SAMESITE == "Strict"


IN_SERVICE = {
    "DJANGO_SETTINGS_MODULE": "config.settings.prod",
    "ALLOWED_HOSTS": "xuncha.example",
    "SECRET_KEY": "only-for-this-test-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "CONTEXT_KEY": "5e" * 32,
    "ID_NUMBER_KEY": "1d" * 32,
    "BROKER_URL": "amqps://broker.example/",
    "DATABASE_URL": "postgresql://xuncha_app:x@db.example/xuncha",
    "MEDIA_ROOT": "/tmp",
    "KEYS_FOLDER": "/tmp",
}


def in_service(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run with the settings of an installation; nothing that is checked needs its database."""
    return subprocess.run(
        [sys.executable, *arguments],
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **IN_SERVICE, **environment},
        capture_output=True,
        text=True,
        check=False,
        cwd=CHECKOUT,
    )


def test_over_tls_no_other_host_of_the_domain_can_set_our_cookies() -> None:
    ask = (
        "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
        " s.LANGUAGE_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
    )

    told = in_service("-c", ask).stdout.split()

    assert told == ["__Host-session", "__Host-csrf", "__Host-language", "True", "True"]


def test_a_name_is_locked_only_together_with_an_address() -> None:
    assert settings.AXES_HANDLER == "tenancy.services.lockout.Guard"
    assert settings.AXES_FAILURE_LIMIT == 5
    assert settings.AXES_COOLOFF_TIME.total_seconds() == 15 * 60


def test_there_is_no_admin_site() -> None:
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_a_message_is_not_handed_out_again_while_its_job_may_still_run() -> None:
    given_again_after = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]

    assert settings.SOLVER_TIME_LIMIT_S < settings.JOB_TIME_LIMIT_S < given_again_after
