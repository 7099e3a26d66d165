"""Mail reminders: sealed addresses of people who asked for them, and letters on their way.

The web writes letters with a code for its own person alone; all others are written by a trigger of
the house that knows what happened (`sec.note_mail`), in its transaction. docs/architecture/deadlines.md.
"""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from tenancy.rls import RoleSQL, fence, fence_personal, grant

# Called by triggers alone. One unsent letter a person: what happens before it goes, it tells too.
NOTE_MAIL = """
CREATE FUNCTION sec.note_mail(office bigint, person bigint, thing text, notice bigint) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    INSERT INTO public.tenancy_mailmessage AS unsent (tenant_id, user_id, message, about,
           notice_number, state, tries, next_at, last_fault)
    SELECT office, own.user_id, gen_random_uuid(), thing, notice, 'waiting', 0,
           clock_timestamp() + interval '60 seconds', ''
      FROM public.tenancy_mailaddress AS own
     WHERE own.tenant_id = office AND own.confirmed_at IS NOT NULL
       AND (person IS NULL OR own.user_id = person)
     ORDER BY own.user_id
    ON CONFLICT (tenant_id, user_id) WHERE state = 'waiting' AND tries = 0 AND NOT about = 'code'
    DO UPDATE SET about = CASE WHEN unsent.about = EXCLUDED.about THEN unsent.about
                               ELSE 'notice' END
$body$
"""

# As deliveries of webhooks: what is due and has no open job gets one, of nobody.
QUEUE_MAILS = """
CREATE FUNCTION sec.queue_mails(at_most integer) RETURNS SETOF bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    due record;
    made bigint;
BEGIN
    FOR due IN
        SELECT one.id, one.tenant_id FROM public.tenancy_mailmessage AS one
         WHERE one.state = 'waiting' AND one.next_at <= clock_timestamp()
           AND NOT EXISTS (
            SELECT FROM public.tenancy_job AS job
             WHERE job.id = one.job_number AND job.state IN ('queued', 'running'))
         ORDER BY one.next_at LIMIT at_most FOR UPDATE SKIP LOCKED
    LOOP
        INSERT INTO public.tenancy_job
               (tenant_id, task, args, queue, state, attempt, rings, progress)
        VALUES (due.tenant_id, 'tenancy.send_mail',
                jsonb_build_object('message_number', due.id), 'jobs', 'queued', 0, 0, '{}')
        RETURNING id INTO made;
        UPDATE public.tenancy_mailmessage SET job_number = made WHERE id = due.id;
        RETURN NEXT made;
    END LOOP;
END
$body$
"""

FORGET_MAILS = """
CREATE FUNCTION sec.forget_mails(older_than_days integer) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    WITH gone AS (
        DELETE FROM public.tenancy_mailmessage
         WHERE state <> 'waiting'
           AND created_at < clock_timestamp() - make_interval(days => GREATEST(older_than_days, 7))
        RETURNING 1)
    SELECT count(*) FROM gone
$body$
"""

# An address is confirmed once and never changed: another one is asked for anew.
KEEP_ADDRESS = """
CREATE FUNCTION sec.keep_mail_address() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.confirmed_at IS NOT NULL THEN
        PERFORM sec.refuse('An address begins unconfirmed.', 'mail_address_begins_unconfirmed');
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.confirmed_at IS NOT NULL THEN
        PERFORM sec.refuse('A confirmed address stays as it is.', 'mail_address_confirmed_once');
    END IF;
    RETURN NEW;
END
$body$
"""

# Not as the owner: it has to see who inserts. The lock makes tries at once stand in a row.
KEEP_MESSAGE = """
CREATE FUNCTION sec.keep_mail_message() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF current_user = (SELECT tableowner FROM pg_tables
                        WHERE schemaname = 'public' AND tablename = 'tenancy_mailmessage') THEN
        RETURN NEW;
    END IF;
    IF NEW.about <> 'code' OR NEW.user_id IS DISTINCT FROM sec.user_id()
        OR NEW.notice_number IS NOT NULL OR NEW.tries <> 0 OR NEW.state <> 'waiting'
    THEN
        RAISE EXCEPTION 'Nobody says by hand that something waits for somebody.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mail_of_what_happened',
                  TABLE = 'tenancy_mailmessage';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('tenancy.mail', NEW.user_id));
    IF (SELECT count(*) FROM public.tenancy_mailmessage AS one
         WHERE one.tenant_id = NEW.tenant_id AND one.user_id = NEW.user_id
           AND one.about = 'code' AND one.created_at > clock_timestamp() - interval '1 day') >= 5
    THEN
        RAISE EXCEPTION 'Too many codes for a day.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mail_codes_a_day',
                  TABLE = 'tenancy_mailmessage';
    END IF;
    RETURN NEW;
END
$body$
"""

FUNCTIONS = {
    "note_mail(bigint, bigint, text, bigint)": NOTE_MAIL,
    "queue_mails(integer)": QUEUE_MAILS,
    "forget_mails(integer)": FORGET_MAILS,
    "keep_mail_address()": KEEP_ADDRESS,
    "keep_mail_message()": KEEP_MESSAGE,
}


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0072_verify_contexts_sooner")]

    operations = [
        migrations.CreateModel(
            name="MailAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("shown", models.CharField(max_length=260)),
                ("code", models.BinaryField(null=True)),
                ("code_ends_at", models.DateTimeField(null=True)),
                ("code_tries", models.PositiveSmallIntegerField(default=0)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "made_at",
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "user"), name="mail_address_once_a_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code__isnull", True), ("confirmed_at__isnull", False)),
                            models.Q(
                                ("code__isnull", False),
                                ("code_ends_at__isnull", False),
                                ("confirmed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="mail_address_is_confirmed_or_asked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message", models.UUIDField(default=uuid.uuid4)),
                (
                    "about",
                    models.CharField(help_text="code, or one of domain.mail.THINGS", max_length=10),
                ),
                (
                    "notice_number",
                    models.BigIntegerField(
                        help_text="The first notice that it tells of.", null=True
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("dropped", "Dropped"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField()),
                ("job_number", models.BigIntegerField(null=True)),
                ("last_at", models.DateTimeField(null=True)),
                ("last_fault", models.CharField(blank=True, max_length=20)),
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
                "indexes": [
                    models.Index(fields=["tenant", "user", "-id"], name="mail_message_newest"),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["next_at"],
                        name="mail_message_due",
                    ),
                    models.Index(fields=["created_at"], name="mail_message_by_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "message"), name="mail_message_once"),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state", "waiting"),
                            ("tries", 0),
                            models.Q(("about", "code"), _negated=True),
                        ),
                        fields=("tenant", "user"),
                        name="mail_message_one_unsent_a_person",
                    ),
                ],
            },
        ),
        fence_personal("tenancy_mailaddress"),
        fence("tenancy_mailmessage"),
        grant(
            "tenancy_mailaddress",
            app="SELECT, INSERT, DELETE, UPDATE (code, code_ends_at, code_tries, confirmed_at)",
            worker="SELECT",
        ),
        grant(
            "tenancy_mailmessage",
            app="SELECT, INSERT",
            worker="SELECT, UPDATE (state, tries, next_at, last_at, last_fault)",
        ),
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                "GRANT EXECUTE ON FUNCTION sec.queue_mails(integer), sec.forget_mails(integer)"
                " TO @worker@",
                "CREATE TRIGGER keep_address BEFORE INSERT OR UPDATE ON tenancy_mailaddress"
                " FOR EACH ROW EXECUTE FUNCTION sec.keep_mail_address()",
                "CREATE TRIGGER keep_message BEFORE INSERT ON tenancy_mailmessage"
                " FOR EACH ROW EXECUTE FUNCTION sec.keep_mail_message()",
            ],
            [
                "DROP TRIGGER keep_message ON tenancy_mailmessage",
                "DROP TRIGGER keep_address ON tenancy_mailaddress",
                *(f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)),
            ],
            "Write letters with what happened, and queue what is due",
        ),
    ]
