"""What the settings promise about pages, cookies, sign-in and jobs."""

from __future__ import annotations

from django.conf import settings


def test_pages_run_our_own_scripts_and_nothing_inline() -> None:
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'"]
    assert policy["style-src"] == ["'self'"]
    assert {source for sources in policy.values() for source in sources} <= {
        *("'none'", "'self'", "data:"),
        "'unsafe-inline'",
    }
    assert [name for name, sources in policy.items() if "'unsafe-inline'" in sources] == [
        "style-src-attr"
    ]


def test_cookies_stay_on_our_site_and_out_of_scripts() -> None:
    for cookie in ("SESSION", "CSRF", "LANGUAGE"):
        assert getattr(settings, f"{cookie}_COOKIE_HTTPONLY")
        assert getattr(settings, f"{cookie}_COOKIE_SAMESITE") == "Lax"


def test_a_name_is_locked_only_together_with_an_address() -> None:
    assert settings.AXES_LOCKOUT_PARAMETERS == [["username", "ip_address"]]
    assert settings.AXES_FAILURE_LIMIT == 5
    assert settings.AXES_COOLOFF_TIME.total_seconds() == 15 * 60


def test_there_is_no_admin_site() -> None:
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_a_message_is_not_handed_out_again_while_its_job_may_still_run() -> None:
    given_again_after = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]

    assert settings.SOLVER_TIME_LIMIT_S < settings.JOB_TIME_LIMIT_S < given_again_after
