"""Sign-ins are forgotten when the law no longer asks for them, and browsers' sessions when they end."""

from __future__ import annotations

from django.db import migrations

from tenancy.rls import RoleSQL

# Never of the last six months: that long the law wants to know who was signed in from where
# (Cybersecurity Law, article 23). An open one is over long before: it is idle.
FORGET = """
CREATE FUNCTION sec.forget_sign_ins(older_than_days integer) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    gone bigint;
BEGIN
    DELETE FROM public.django_session AS one WHERE one.expire_date < clock_timestamp();
    DELETE FROM public.tenancy_signinsession AS one
     WHERE one.seen_at < clock_timestamp() - make_interval(days => GREATEST(older_than_days, 184));
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END
$body$
"""


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0046_bind_tokens"), ("sessions", "0001_initial")]

    operations = [
        RoleSQL(
            [
                FORGET,
                "REVOKE ALL ON FUNCTION sec.forget_sign_ins(integer) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.forget_sign_ins(integer) TO @worker@",
            ],
            ["DROP FUNCTION sec.forget_sign_ins(integer)"],
            "Let the worker forget old sign-ins",
        ),
    ]
