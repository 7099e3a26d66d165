"""Attachments: sealed originals that the web cannot select, derivatives, and a verdict that stands.

docs/architecture/attachments.md says what is enforced where.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tenancy.rls import RoleSQL, composite_fk, fence, grant

# In whose seat somebody is a custodian: the roles of tenancy.domain.roles that hold OPEN_ORIGINALS; a
# test holds the two against one another. A deputy's seat is none.
ORIGINAL_OF = """
CREATE FUNCTION sec.original_of(number bigint)
RETURNS TABLE (cipher text, key text, wrapped bytea, stored_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT one.cipher::text, one.key::text, one.wrapped, one.stored_name::text
      FROM public.sharing_sealedoriginal AS one
     WHERE one.tenant_id = sec.tenant() AND one.attachment_id = number
       AND EXISTS (
           SELECT FROM public.tenancy_membership AS seat
             JOIN public.tenancy_user AS person ON person.id = seat.user_id AND person.is_active
            WHERE seat.tenant_id = sec.tenant() AND seat.user_id = sec.user_id()
              AND seat.role IN ('city_director', 'county_director', 'discipline_body')
              AND seat.principal_id IS NULL AND seat.since_on <= sec.today()
              AND (seat.until_on IS NULL OR seat.until_on > sec.today()))
$body$
"""

# Who hands something in is who is signed in, and it begins uncleaned. What was decided of it stays.
ATTACHMENT_STANDS = """
CREATE FUNCTION sec.attachment_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF sec.tenant() IS NOT NULL AND (NEW.state <> 'cleaning'
               OR NEW.taken_in_by_id IS DISTINCT FROM sec.user_id()) THEN
            RAISE EXCEPTION 'A file is handed in by oneself, and uncleaned.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'attachment_begins_uncleaned',
                      TABLE = 'sharing_attachment';
        END IF;
    ELSIF OLD.state <> 'cleaning' AND (to_jsonb(NEW) - 'job_id') <> (to_jsonb(OLD) - 'job_id') THEN
        RAISE EXCEPTION 'What was decided of a file stands.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'attachment_stands',
                  TABLE = 'sharing_attachment';
    END IF;
    RETURN NEW;
END
$body$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0033_seal_informants"),
        ("tenancy", "0072_verify_contexts_sooner"),
        ("scheduling", "0065_tell_of_events"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("cleaning", "Being cleaned"),
                            ("ready", "Ready"),
                            ("refused", "Not taken in"),
                        ],
                        default="cleaning",
                        max_length=10,
                    ),
                ),
                (
                    "name",
                    models.CharField(help_text="As it was called, without a path.", max_length=200),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("jpeg", "jpeg"),
                            ("png", "png"),
                            ("webp", "webp"),
                            ("pdf", "pdf"),
                            ("docx", "docx"),
                            ("xlsx", "xlsx"),
                            ("text", "text"),
                        ],
                        max_length=10,
                    ),
                ),
                ("size", models.PositiveBigIntegerField(help_text="Bytes of the original.")),
                (
                    "sha256",
                    models.CharField(
                        help_text="Of the original, as it was handed in.", max_length=64
                    ),
                ),
                ("derivative_size", models.PositiveBigIntegerField(null=True)),
                ("derivative_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "remarks",
                    models.JSONField(default=list, help_text="What the derivative lacks: codes."),
                ),
                ("refusal", models.JSONField(null=True)),
                ("taken_in_at", models.DateTimeField()),
                ("cleaned_at", models.DateTimeField(null=True)),
                (
                    "job",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.job",
                    ),
                ),
                (
                    "taken_in_by",
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
            name="SealedDerivative",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cipher", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=40)),
                ("wrapped", models.BinaryField()),
                ("stored_name", models.CharField(help_text="It tells nothing.", max_length=60)),
                (
                    "attachment",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.attachment",
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
            name="SealedOriginal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cipher", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=40)),
                ("wrapped", models.BinaryField()),
                ("stored_name", models.CharField(help_text="It tells nothing.", max_length=60)),
                (
                    "attachment",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.attachment",
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
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("derivative_size__isnull", False),
                        ("state", "ready"),
                        models.Q(("derivative_sha256", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "ready"), _negated=True), ("derivative_sha256", "")
                    ),
                    _connector="OR",
                ),
                name="attachment_is_ready_with_its_derivative",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("refusal__isnull", False), ("state", "refused")),
                    models.Q(
                        models.Q(("state", "refused"), _negated=True), ("refusal__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="attachment_is_refused_in_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedderivative",
            constraint=models.UniqueConstraint(
                fields=("tenant", "attachment"), name="sealed_derivative_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedoriginal",
            constraint=models.UniqueConstraint(
                fields=("tenant", "attachment"), name="sealed_original_once"
            ),
        ),
        fence("sharing_attachment"),
        fence("sharing_sealedoriginal"),
        fence("sharing_sealedderivative"),
        composite_fk("sharing_attachment", "job_id", "tenancy_job"),
        composite_fk("sharing_sealedoriginal", "attachment_id", "sharing_attachment"),
        composite_fk("sharing_sealedderivative", "attachment_id", "sharing_attachment"),
        # Name, size and hash of what was handed in are nobody's to change.
        grant(
            "sharing_attachment",
            app="SELECT, INSERT, UPDATE (job_id)",
            worker="SELECT, UPDATE (state, derivative_size, derivative_sha256, remarks, refusal,"
            " cleaned_at)",
        ),
        # The web seals what comes in, and cannot read it back.
        grant(
            "sharing_sealedoriginal",
            app="INSERT, SELECT (id)",
            worker="SELECT, UPDATE (key, wrapped), DELETE",
        ),
        grant(
            "sharing_sealedderivative",
            app="SELECT",
            worker="SELECT, INSERT, UPDATE (key, wrapped)",
        ),
        RoleSQL(
            [
                ORIGINAL_OF,
                ATTACHMENT_STANDS,
                "REVOKE ALL ON FUNCTION sec.original_of(bigint) FROM PUBLIC",
                "REVOKE ALL ON FUNCTION sec.attachment_stands() FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.original_of(bigint) TO @app@",
                "CREATE TRIGGER stands BEFORE INSERT OR UPDATE ON sharing_attachment "
                "FOR EACH ROW EXECUTE FUNCTION sec.attachment_stands()",
            ],
            [
                "DROP TRIGGER stands ON sharing_attachment",
                "DROP FUNCTION sec.attachment_stands()",
                "DROP FUNCTION sec.original_of(bigint)",
            ],
            "Let originals be opened by custodians alone, and verdicts stand",
        ),
    ]
