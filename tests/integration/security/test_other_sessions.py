"""What one web process's session learns of another's, on the same server and in the same role."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from psycopg2.extensions import connection as Connection

from tenancy.signing import signed_context
from tests.integration.tenancy.raw import Raw


def test_nobody_reads_another_session_s_context_off_the_server_s_activity(
    committed_db: None, connect_as: Callable[[str], Connection]
) -> None:
    """The driver writes values into the statement, and PostgreSQL shows a role the statements of
    all its sessions: a county's SQL would have taken over the city's signed context, whole."""
    city, county = Raw(connect_as("app")), Raw(connect_as("app"))
    context = signed_context(settings.CONTEXT_KEY, tenant_id=9001, user_id=9002)
    city.say(context)
    county.act_for(9002, 9004)

    seen = county.rows("SELECT COALESCE(query, '') FROM pg_stat_activity")

    assert not [query for (query,) in seen if "v1." in query]
    for role in ("app", "worker"):
        session = Raw(connect_as(role))
        assert session.one("SHOW track_activities") == "off"
        with session.refused("permission denied"):
            session.run("SET track_activities = on")
