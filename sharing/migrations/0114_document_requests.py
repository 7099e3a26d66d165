"""Documents that a team asks a unit for: of the team, and of who speaks for that unit.

docs/architecture/room-books.md says what the database insists on.
"""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sharing.models.guards import sow, sow_hands, walks
from tenancy.rls import RoleSQL, composite_fk, fence_narrowed, grant

# The life as of now (`sharing.domain.document_requests`).
LIFE = (
    ("delivered", "asked", "delivered", "unit"),
    ("not_held", "asked", "not_held", "unit"),
    ("received", "asked", "received", "member"),
    ("received", "delivered", "received", "member"),
    ("refused", "asked", "refused", "member"),
    ("asked_again", "delivered", "asked", "member"),
    ("asked_again", "not_held", "asked", "member"),
    ("asked_again", "refused", "asked", "member"),
    ("returned", "received", "returned", "member"),
    ("filed", "received", "filed", "member"),
    ("withdrawn", "asked", "withdrawn", "member"),
)
HANDS = (
    ("unit", "unit_liaison", "speak_for_unit"),
    ("member", "deputy_leader", "work_in_room"),
    ("member", "team_leader", "work_in_room"),
    ("member", "team_member", "work_in_room"),
)
DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

SPEAKS_FOR_CODE = f"""
CREATE FUNCTION sec.speaks_for_code(of_unit text) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_unitdesk AS desk
         WHERE desk.tenant_id = sec.tenant() AND desk.unit_code = of_unit
           AND sec.speaks_for(desk.id))
$body$
"""
ASKS_FOR = f"""
CREATE FUNCTION sec.asks_for_documents(of_room bigint, accounts boolean) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT CASE WHEN accounts THEN sec.holds_post(of_room, 'accounts') ELSE sec.in_room(of_room) END
$body$
"""
READS = f"""
CREATE FUNCTION sec.reads_document_request(of_room bigint, of_unit text, accounts boolean)
RETURNS boolean LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT sec.asks_for_documents(of_room, accounts) OR sec.speaks_for_code(of_unit)
$body$
"""
SEES = f"""
CREATE FUNCTION sec.sees_document_request(of_request bigint) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_documentrequest AS one
         WHERE one.tenant_id = sec.tenant() AND one.id = of_request
           AND sec.reads_document_request(one.room_id, one.unit_code, one.is_accounts))
$body$
"""
GUARD = f"""
CREATE FUNCTION sec.guard_document_request() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    called text := COALESCE(
        (SELECT unit.name FROM public.sharing_roomunit AS unit
          WHERE unit.tenant_id = sec.tenant() AND unit.room_id = NEW.room_id
            AND unit.code = NEW.unit_code),
        (SELECT desk.name FROM public.sharing_unitdesk AS desk
          WHERE desk.tenant_id = sec.tenant() AND desk.unit_code = NEW.unit_code));
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant() OR called IS NULL
       OR NOT sec.asks_for_documents(NEW.room_id, NEW.is_accounts) OR NOT EXISTS (
        SELECT FROM public.sharing_room AS room
         WHERE room.tenant_id = sec.tenant() AND room.id = NEW.room_id
           AND room.purpose = 'papers' AND NEW.asked_on BETWEEN room.starts_on AND sec.today()) THEN
        RAISE EXCEPTION 'The team asks a body of the registry, from its room of papers.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'document_request_of_its_room',
                  TABLE = 'sharing_documentrequest';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('sharing_documentrequest'), NEW.room_id::integer);
    NEW.number := (
        SELECT COALESCE(max(one.number), 0) + 1 FROM public.sharing_documentrequest AS one
         WHERE one.tenant_id = NEW.tenant_id AND one.room_id = NEW.room_id
           AND one.unit_code = NEW.unit_code AND one.is_accounts = NEW.is_accounts);
    NEW.unit_name := called;
    NEW.asked_by_name := (SELECT person.display_name FROM public.tenancy_user AS person
                           WHERE person.id = sec.user_id());
    RETURN NEW;
END
$body$
"""
FUNCTIONS = {
    "speaks_for_code(text)": SPEAKS_FOR_CODE,
    "asks_for_documents(bigint, boolean)": ASKS_FOR,
    "reads_document_request(bigint, text, boolean)": READS,
    "sees_document_request(bigint)": SEES,
    "guard_document_request()": GUARD,
}
ASKED_BY_THE_WEB = (
    "reads_document_request(bigint, text, boolean)",
    "sees_document_request(bigint)",
)


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0113_interviews"),
        ("tenancy", "0086_tell_guests_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=40)),
                (
                    "steps",
                    models.PositiveIntegerField(default=0, help_text="How many acts were done."),
                ),
                (
                    "unit_code",
                    models.CharField(help_text="As in the office's registry.", max_length=50),
                ),
                ("unit_name", models.CharField(default="", max_length=200)),
                ("is_accounts", models.BooleanField(default=False)),
                ("number", models.PositiveIntegerField(default=0)),
                ("what", models.CharField(max_length=500)),
                ("why", models.CharField(max_length=500)),
                (
                    "handed_to",
                    models.CharField(help_text="Who of the unit took the request.", max_length=100),
                ),
                ("asked_on", models.DateField(null=True)),
                ("due_on", models.DateField()),
                ("asked_by_name", models.CharField(default="", max_length=100)),
                (
                    "room",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.room",
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
            name="DocumentRequestStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(default=0)),
                ("act", models.CharField(max_length=40)),
                ("hand", models.CharField(max_length=40)),
                ("before", models.CharField(default="", max_length=40)),
                ("after", models.CharField(max_length=40)),
                ("by_name", models.CharField(default="", max_length=100)),
                (
                    "on_behalf_of",
                    models.CharField(default="", help_text="Of a deputy: whose.", max_length=100),
                ),
                ("reason", models.CharField(blank=True, max_length=2000)),
                (
                    "facts",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="What the act was asked for: days, opinions, numbers. Content, and in no log.",
                    ),
                ),
                ("at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_column="record_id",
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="walked",
                        to="sharing.documentrequest",
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
        migrations.AddIndex(
            model_name="documentrequest",
            index=models.Index(fields=["tenant", "room", "-id"], name="document_request_by_room"),
        ),
        migrations.AddIndex(
            model_name="documentrequest",
            index=models.Index(
                fields=["tenant", "unit_code", "-id"], name="document_request_by_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="documentrequest",
            constraint=models.UniqueConstraint(
                fields=("tenant", "room", "unit_code", "is_accounts", "number"),
                name="document_request_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gt", models.F("asked_on"))),
                name="document_request_due_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentrequeststep",
            constraint=models.UniqueConstraint(
                fields=("tenant", "record", "number"), name="document_request_step_in_order"
            ),
        ),
        sow("document_request", LIFE),
        sow_hands("document_request", HANDS),
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                *(f"GRANT EXECUTE ON FUNCTION sec.{name} TO @app@" for name in ASKED_BY_THE_WEB),
            ],
            [f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)],
            "Say who asks for documents, and who answers",
        ),
        fence_narrowed(
            "sharing_documentrequest",
            "sec.reads_document_request(room_id, unit_code, is_accounts)",
        ),
        fence_narrowed("sharing_documentrequeststep", "sec.sees_document_request(record_id)"),
        composite_fk("sharing_documentrequest", "room_id", "sharing_room"),
        composite_fk("sharing_documentrequeststep", "record_id", "sharing_documentrequest"),
        grant("sharing_documentrequest", app="SELECT, INSERT"),
        grant("sharing_documentrequeststep", app="SELECT, INSERT"),
        walks(
            "documentrequest",
            step="documentrequeststep",
            life="document_request",
            begins_as="asked",
            asks={
                "member": "sec.asks_for_documents(one.room_id, one.is_accounts)",
                "unit": "sec.speaks_for_code(one.unit_code)",
            },
        ),
        RoleSQL(
            [
                "CREATE TRIGGER guard BEFORE INSERT ON sharing_documentrequest "
                "FOR EACH ROW EXECUTE FUNCTION sec.guard_document_request()",
                "CREATE TRIGGER drawn BEFORE INSERT ON sharing_documentrequest "
                "FOR EACH ROW EXECUTE FUNCTION sec.key_at_random()",
            ],
            [
                "DROP TRIGGER drawn ON sharing_documentrequest",
                "DROP TRIGGER guard ON sharing_documentrequest",
            ],
            "Number requests by unit, with keys that tell nothing",
        ),
    ]
