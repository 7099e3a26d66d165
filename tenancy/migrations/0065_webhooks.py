"""Webhooks: where an office has events sent, sealed secrets, deliveries, and the list of hosts.

An event is noted in the transaction of the act, by a trigger of the house that knows what happened,
in the receiving office's name: `sec.note_event`. The web makes no delivery but a test. What is due,
of all offices, becomes jobs: `sec.queue_deliveries`. docs/architecture/webhooks.md.
"""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from tenancy.rls import RoleSQL, composite_fk, fence, grant

# Called by triggers alone: who serves people cannot say that something happened.
NOTE_EVENT = """
CREATE FUNCTION sec.note_event(office bigint, code text, about bigint, at timestamptz) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    INSERT INTO public.tenancy_webhookdelivery (tenant_id, webhook_id, message, event, number,
           happened_at, state, tries, next_at, last_fault)
    SELECT hook.tenant_id, hook.id, gen_random_uuid(), code, about, at, 'waiting', 0,
           clock_timestamp(), ''
      FROM public.tenancy_webhook AS hook
     WHERE hook.tenant_id = office AND hook.ended_at IS NULL AND hook.disabled_at IS NULL
       AND hook.events @> to_jsonb(code)
$body$
"""

# A delivery that is due and has no open job gets one, of nobody: the office's own housekeeping. One
# whose job came to nothing is due still, so it gets another: each try is counted by who tries.
QUEUE_DELIVERIES = """
CREATE FUNCTION sec.queue_deliveries(at_most integer) RETURNS SETOF bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    due record;
    made bigint;
BEGIN
    FOR due IN
        SELECT one.id, one.tenant_id FROM public.tenancy_webhookdelivery AS one
         WHERE one.state = 'waiting' AND one.next_at <= clock_timestamp()
           AND NOT EXISTS (
            SELECT FROM public.tenancy_job AS job
             WHERE job.id = one.job_number AND job.state IN ('queued', 'running'))
         ORDER BY one.next_at LIMIT at_most FOR UPDATE SKIP LOCKED
    LOOP
        INSERT INTO public.tenancy_job
               (tenant_id, task, args, queue, state, attempt, rings, progress)
        VALUES (due.tenant_id, 'tenancy.deliver_webhook',
                jsonb_build_object('delivery_number', due.id), 'jobs', 'queued', 0, 0, '{}')
        RETURNING id INTO made;
        UPDATE public.tenancy_webhookdelivery SET job_number = made WHERE id = due.id;
        RETURN NEXT made;
    END LOOP;
END
$body$
"""

FORGET_DELIVERIES = """
CREATE FUNCTION sec.forget_deliveries(older_than_days integer) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    WITH gone AS (
        DELETE FROM public.tenancy_webhookdelivery
         WHERE state <> 'waiting'
           AND created_at < clock_timestamp() - make_interval(days => GREATEST(older_than_days, 7))
        RETURNING 1)
    SELECT count(*) FROM gone
$body$
"""

ALLOW_HOST = """
CREATE FUNCTION sec.allow_webhook_host(host text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NOT sec.holds('{system_administrator}') THEN
        PERFORM sec.refuse('The list of hosts is the system administrator''s.',
                           'webhook_hosts_by_their_keeper');
    END IF;
    INSERT INTO public.tenancy_webhookhost (entry, added_at) VALUES (host, clock_timestamp())
    ON CONFLICT DO NOTHING;
    RETURN FOUND;
END
$body$
"""

REFUSE_HOST = """
CREATE FUNCTION sec.refuse_webhook_host(host text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NOT sec.holds('{system_administrator}') THEN
        PERFORM sec.refuse('The list of hosts is the system administrator''s.',
                           'webhook_hosts_by_their_keeper');
    END IF;
    DELETE FROM public.tenancy_webhookhost WHERE entry = host;
    RETURN FOUND;
END
$body$
"""

# The roles are those of webhook.manage; a test compares.
KEEP_WEBHOOK = """
CREATE FUNCTION sec.keep_webhook() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.created_by_id IS DISTINCT FROM sec.user_id()
           OR NOT sec.holds('{city_director,county_director}') THEN
            PERFORM sec.refuse('A webhook is made by a director, in their own name.',
                               'webhook_by_a_director');
        END IF;
        IF NOT EXISTS (SELECT FROM public.tenancy_webhookhost AS host
                        WHERE host.entry = split_part(NEW.address, '/', 3)) THEN
            PERFORM sec.refuse('Webhooks go to hosts of the list alone.', 'webhook_to_listed_host');
        END IF;
    ELSIF OLD.ended_at IS NOT NULL THEN
        PERFORM sec.refuse('A webhook that is ended stays as it is.', 'webhook_ended_for_good');
    END IF;
    RETURN NEW;
END
$body$
"""

# Not as the owner: it has to see who inserts.
KEEP_DELIVERY = """
CREATE FUNCTION sec.keep_delivery() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF (NEW.event <> 'test' OR NEW.number IS NOT NULL OR NEW.tries <> 0 OR NEW.state <> 'waiting')
       AND current_user <> (SELECT tableowner FROM pg_tables
                             WHERE schemaname = 'public' AND tablename = 'tenancy_webhookdelivery')
    THEN
        RAISE EXCEPTION 'Nobody says by hand that something happened.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'webhook_delivery_of_what_happened';
    END IF;
    RETURN NEW;
END
$body$
"""

FUNCTIONS = (
    "sec.note_event(bigint, text, bigint, timestamptz), sec.queue_deliveries(integer),"
    " sec.forget_deliveries(integer), sec.allow_webhook_host(text), sec.refuse_webhook_host(text),"
    " sec.keep_webhook(), sec.keep_delivery()"
)


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0063_move_in_one_step")]

    operations = [
        migrations.CreateModel(
            name="WebhookHost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entry", models.CharField(max_length=300, unique=True)),
                ("added_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Webhook",
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
                        help_text="What it is for, in its maker's words.", max_length=100
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        help_text="scheme://host:port/path, the port too", max_length=500
                    ),
                ),
                ("events", models.JSONField(help_text="Codes of tenancy.events.")),
                ("created_at", models.DateTimeField()),
                ("last_success_at", models.DateTimeField(null=True)),
                (
                    "failing_since",
                    models.DateTimeField(help_text="The first failure after a success.", null=True),
                ),
                (
                    "disabled_at",
                    models.DateTimeField(help_text="By the system: it failed too long.", null=True),
                ),
                ("ended_at", models.DateTimeField(help_text="By somebody, for good.", null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
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
            ],
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message", models.UUIDField(default=uuid.uuid4)),
                ("event", models.CharField(max_length=40)),
                ("number", models.BigIntegerField(null=True)),
                ("happened_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("delivered", "Delivered"),
                            ("failed", "Not delivered"),
                            ("dropped", "Not sent any more"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "next_at",
                    models.DateTimeField(help_text="When it is tried, or would have been."),
                ),
                ("job_number", models.BigIntegerField(null=True)),
                ("last_at", models.DateTimeField(null=True)),
                ("last_status", models.PositiveSmallIntegerField(null=True)),
                (
                    "last_fault",
                    models.CharField(
                        blank=True, help_text="Where there was no answer.", max_length=20
                    ),
                ),
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
                    "webhook",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="tenancy.webhook",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WebhookSecret",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                (
                    "ends_at",
                    models.DateTimeField(help_text="Set when another takes its place.", null=True),
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
                    "webhook",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="secrets",
                        to="tenancy.webhook",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="webhook",
            index=models.Index(fields=["tenant", "-id"], name="webhook_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("address__regex", "^https://[^/@\\s]+:[0-9]+/"),
                    ("address__regex", "^http://(localhost|127\\.0\\.0\\.1|\\[::1\\]):[0-9]+/"),
                    _connector="OR",
                ),
                name="webhook_goes_over_tls_or_stays_at_home",
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(fields=["tenant", "webhook", "-id"], name="webhook_delivery_newest"),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["next_at"],
                name="webhook_delivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(fields=["created_at"], name="webhook_delivery_by_age"),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.UniqueConstraint(
                fields=("tenant", "message"), name="webhook_delivery_message_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("last_at__isnull", True), ("tries", 0)),
                    models.Q(("last_at__isnull", False), ("tries__gt", 0)),
                    _connector="OR",
                ),
                name="webhook_delivery_tells_when_it_was_tried",
            ),
        ),
        migrations.AddIndex(
            model_name="webhooksecret",
            index=models.Index(fields=["tenant", "webhook", "-id"], name="webhook_secret_newest"),
        ),
        fence("tenancy_webhook"),
        fence("tenancy_webhooksecret"),
        fence("tenancy_webhookdelivery"),
        composite_fk("tenancy_webhooksecret", "webhook_id", "tenancy_webhook"),
        composite_fk("tenancy_webhookdelivery", "webhook_id", "tenancy_webhook"),
        grant(
            "tenancy_webhook",
            app="SELECT, INSERT, UPDATE (failing_since, disabled_at, ended_at)",
            worker="SELECT, UPDATE (last_success_at, failing_since, disabled_at)",
        ),
        grant(
            "tenancy_webhooksecret",
            app="SELECT (id, tenant_id, webhook_id, made_at, ends_at), INSERT, UPDATE (ends_at)",
            worker="SELECT",
        ),
        grant(
            "tenancy_webhookdelivery",
            app="SELECT, INSERT, UPDATE (state, tries, next_at, last_at)",
            worker="SELECT, UPDATE (state, tries, next_at, last_at, last_status, last_fault)",
        ),
        RoleSQL(
            [
                NOTE_EVENT,
                QUEUE_DELIVERIES,
                FORGET_DELIVERIES,
                ALLOW_HOST,
                REFUSE_HOST,
                KEEP_WEBHOOK,
                KEEP_DELIVERY,
                f"REVOKE ALL ON FUNCTION {FUNCTIONS} FROM PUBLIC",
                "GRANT SELECT ON tenancy_webhookhost TO @app@, @worker@",
                "GRANT EXECUTE ON FUNCTION sec.queue_deliveries(integer),"
                " sec.forget_deliveries(integer) TO @worker@",
                "GRANT EXECUTE ON FUNCTION sec.allow_webhook_host(text),"
                " sec.refuse_webhook_host(text) TO @app@",
                "CREATE TRIGGER keep_webhook BEFORE INSERT OR UPDATE ON tenancy_webhook"
                " FOR EACH ROW EXECUTE FUNCTION sec.keep_webhook()",
                "CREATE TRIGGER keep_delivery BEFORE INSERT ON tenancy_webhookdelivery"
                " FOR EACH ROW EXECUTE FUNCTION sec.keep_delivery()",
            ],
            [
                "DROP TRIGGER keep_delivery ON tenancy_webhookdelivery",
                "DROP TRIGGER keep_webhook ON tenancy_webhook",
                "REVOKE SELECT ON tenancy_webhookhost FROM @app@, @worker@",
                f"DROP FUNCTION {FUNCTIONS}",
            ],
            "Note events, queue what is due, and keep webhooks to listed hosts",
        ),
    ]
