"""Tokens for programs, and the keys that make a call safe to repeat; both fenced by person.

Whoever shows a token has not said for which office, so no context exists yet: one function
tells the web whose it is. Keys that have served their time are of all offices: another one
removes them.

A token acts as its owner, and so does a job: neither is made in a colleague's name.
"""

import datetime

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from tenancy.rls import RoleSQL, fence_personal, grant

# Also of a token that is over, so that a refusal can be recorded with its owner. Its last use
# is noted to the minute, in a statement of its own: calls with one token do not wait for one another.
WHOSE_IT_IS = """
CREATE FUNCTION sec.holder_of_token(shown bytea, OUT number bigint, OUT tenant_id bigint,
    OUT user_id bigint, OUT permissions jsonb, OUT is_in_force boolean)
RETURNS record
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    token public.tenancy_apitoken%ROWTYPE;
BEGIN
    SELECT * INTO token FROM public.tenancy_apitoken AS one WHERE one.digest = shown;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    number := token.id;
    tenant_id := token.tenant_id;
    user_id := token.user_id;
    permissions := token.permissions;
    is_in_force := token.revoked_at IS NULL AND token.expires_at > clock_timestamp();
    IF is_in_force AND COALESCE(token.last_used_at < clock_timestamp() - interval '1 minute', true)
    THEN
        UPDATE public.tenancy_apitoken AS one SET last_used_at = clock_timestamp()
         WHERE one.id = token.id;
    END IF;
END
$body$
"""

# A day at the least, whatever is asked for: a program that was away overnight may repeat its call.
PURGE_KEYS = """
CREATE FUNCTION sec.purge_idempotency_keys(older_than_h integer) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    WITH gone AS (
        DELETE FROM public.tenancy_idempotencykey
         WHERE created_at < clock_timestamp() - make_interval(hours => GREATEST(older_than_h, 24))
        RETURNING 1)
    SELECT count(*) FROM gone
$body$
"""

# A job acts with the seats of whoever asked for it. The office's own housekeeping asks as nobody,
# and may nothing.
JOB_ASKED_FOR = """
CREATE FUNCTION sec.job_asked_for() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.created_by_id IS NOT NULL AND NEW.created_by_id IS DISTINCT FROM sec.user_id() THEN
        RAISE EXCEPTION 'Nobody has work done in the name of somebody else.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'job_asked_for_by_whoever_acts',
                  TABLE = 'tenancy_job';
    END IF;
    RETURN NEW;
END
$body$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0006_seat_officer_and_discipline_body"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="What it is for, in its owner's words.", max_length=100
                    ),
                ),
                (
                    "prefix",
                    models.CharField(
                        help_text="How the secret begins: to recognise it by.", max_length=12
                    ),
                ),
                ("digest", models.BinaryField(max_length=32)),
                (
                    "permissions",
                    models.JSONField(help_text="Codes of tenancy.domain.roles.Permission."),
                ),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(help_text="To the minute.", null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["digest"], name="api_token_by_digest"),
                    models.Index(fields=["tenant", "user", "-id"], name="api_token_by_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "digest"), name="api_token_digest_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_at__gt", models.F("created_at")),
                            (
                                "expires_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("created_at"),
                                    "+",
                                    models.Value(datetime.timedelta(days=365)),
                                ),
                            ),
                        ),
                        name="api_token_ends_within_a_year",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                ("method", models.CharField(max_length=10)),
                ("path", models.CharField(max_length=2000)),
                ("body_hash", models.BinaryField(max_length=32)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("headers", models.JSONField(default=dict)),
                ("body", models.BinaryField(default=b"")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["created_at"], name="idempotency_key_by_age")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "user", "key"), name="idempotency_key_claimed_once"
                    )
                ],
            },
        ),
        fence_personal("tenancy_apitoken"),
        fence_personal("tenancy_idempotencykey"),
        grant("tenancy_apitoken", app="SELECT, INSERT, UPDATE (revoked_at)"),
        grant("tenancy_idempotencykey", app="SELECT, INSERT, UPDATE (status, headers, body)"),
        RoleSQL(
            [
                WHOSE_IT_IS,
                PURGE_KEYS,
                JOB_ASKED_FOR,
                "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sec FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.holder_of_token(bytea) TO @app@",
                "GRANT EXECUTE ON FUNCTION sec.purge_idempotency_keys(integer) TO @worker@",
                "CREATE TRIGGER asked_for BEFORE INSERT ON tenancy_job "
                "FOR EACH ROW EXECUTE FUNCTION sec.job_asked_for()",
            ],
            [
                "DROP TRIGGER asked_for ON tenancy_job",
                "DROP FUNCTION sec.job_asked_for(), sec.purge_idempotency_keys(integer), "
                "sec.holder_of_token(bytea)",
            ],
            "Tell whose a token is, remove old keys, and let nobody ask in another's name",
        ),
    ]
