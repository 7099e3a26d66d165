"""Who speaks for a unit: a desk for every line of the registry, and who was named to it.

docs/architecture/containers.md says what is enforced where.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tenancy.rls import RoleSQL, composite_fk, fence, grant

# What Django's own post-migrate would only make after somebody was named.
NAME_THE_PERMISSIONS = RoleSQL(
    [
        "INSERT INTO django_content_type (app_label, model) "
        "VALUES ('sharing', 'unitdesk') ON CONFLICT DO NOTHING",
        "INSERT INTO auth_permission (name, content_type_id, codename) "
        "SELECT said.name, kind.id, said.codename FROM django_content_type AS kind,"
        " (VALUES ('May speak for it', 'speak'),"
        " ('May supervise its rectification', 'supervise')) AS said (name, codename) "
        "WHERE kind.app_label = 'sharing' AND kind.model = 'unitdesk' ON CONFLICT DO NOTHING",
    ],
    [],
    "Name the permissions to speak for a unit and to supervise it",
)

# As the owner: whoever imports a registry writes no desk. The name follows the registry's.
KEEP_UNIT_DESK = """
CREATE FUNCTION sec.keep_unit_desk() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    INSERT INTO public.sharing_unitdesk AS desk
        (tenant_id, unit_code, name, name_key, inspectable)
    VALUES (NEW.tenant_id, NEW.code, NEW.name, NEW.name_key, NEW.inspectable)
    ON CONFLICT (tenant_id, unit_code) DO UPDATE
       SET name = EXCLUDED.name, name_key = EXCLUDED.name_key,
           inspectable = EXCLUDED.inspectable
     WHERE (desk.name, desk.name_key, desk.inspectable)
           IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.name_key, EXCLUDED.inspectable);
    RETURN NULL;
END
$body$
"""

DESKS_OF_BEFORE = RoleSQL(
    [
        "INSERT INTO sharing_unitdesk (tenant_id, unit_code, name, name_key, inspectable) "
        "SELECT tenant_id, code, name, name_key, inspectable FROM scheduling_inspectedunit"
    ],
    [],
    "Make the desks of the units that are there",
)

# A seat of the office of now, held today in one's own name, that lets its holder speak for a unit or
# supervise one. The roles are those of tenancy.domain.roles; a test holds the two together.
SEATED_FOR_UNIT = """
CREATE FUNCTION sec.seated_for_unit(of_user bigint, capacity text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT EXISTS (
        SELECT FROM public.tenancy_membership AS seat
          JOIN public.tenancy_user AS person ON person.id = seat.user_id AND person.is_active
         WHERE seat.tenant_id = sec.tenant() AND seat.user_id = of_user
           AND seat.principal_id IS NULL
           AND seat.role = ANY (CASE capacity
               WHEN 'speak' THEN ARRAY['unit_liaison']
               WHEN 'supervise' THEN ARRAY['discipline_body', 'stationed_discipline',
                                           'organisation_department', 'audit_office']
               ELSE ARRAY[]::text[] END)
           AND (person.expires_on IS NULL OR person.expires_on > sec.today())
           AND seat.since_on <= sec.today()
           AND (seat.until_on IS NULL OR seat.until_on > sec.today()))
$body$
"""

NAMED_TO_UNIT = """
CREATE FUNCTION sec.named_to_unit(desk bigint, capacity text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_unitcontact AS named
          JOIN public.auth_permission AS permission
            ON permission.id = named.permission_id AND permission.codename = capacity
         WHERE named.tenant_id = sec.tenant() AND named.desk_id = desk
           AND named.user_id = sec.user_id())
       AND sec.seated_for_unit(sec.user_id(), capacity)
$body$
"""

# For the triggers of what is kept of a unit: whether the person of now speaks for it, supervises it.
SPEAKS_FOR = """
CREATE FUNCTION sec.speaks_for(unit_desk bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$ SELECT sec.named_to_unit(unit_desk, 'speak') $body$
"""

SUPERVISES_UNIT = """
CREATE FUNCTION sec.supervises_unit(unit_desk bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$ SELECT sec.named_to_unit(unit_desk, 'supervise') $body$
"""

# The desk is locked first, so that whatever happens to who speaks for one unit comes one after the other.
ADMIT_CONTACT = """
CREATE FUNCTION sec.admit_contact() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    one public.sharing_unitcontact%ROWTYPE;
    capacity text;
BEGIN
    IF TG_OP = 'DELETE' THEN one := OLD; ELSE one := NEW; END IF;
    IF one.tenant_id IS DISTINCT FROM sec.tenant()
       OR NOT (sec.holds_seat('county_director') OR sec.holds_seat('city_director')) THEN
        RAISE EXCEPTION 'The director says who speaks for a unit.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'unit_contact_named_by_the_director',
                  TABLE = 'sharing_unitcontact';
    END IF;
    PERFORM FROM public.sharing_unitdesk AS desk
      WHERE desk.tenant_id = one.tenant_id AND desk.id = one.desk_id FOR NO KEY UPDATE;
    IF TG_OP = 'DELETE' THEN
        RETURN one;
    END IF;
    SELECT permission.codename INTO capacity
      FROM public.auth_permission AS permission
      JOIN public.django_content_type AS kind ON kind.id = permission.content_type_id
     WHERE permission.id = one.permission_id
       AND kind.app_label = 'sharing' AND kind.model = 'unitdesk';
    IF capacity IS NULL OR NOT sec.seated_for_unit(one.user_id, capacity) THEN
        RAISE EXCEPTION 'Who speaks for a unit, or supervises it, holds a seat for it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'unit_contact_holds_a_seat',
                  TABLE = 'sharing_unitcontact';
    END IF;
    RETURN one;
END
$body$
"""

FUNCTIONS = {
    "keep_unit_desk()": KEEP_UNIT_DESK,
    "seated_for_unit(bigint, text)": SEATED_FOR_UNIT,
    "named_to_unit(bigint, text)": NAMED_TO_UNIT,
    "speaks_for(bigint)": SPEAKS_FOR,
    "supervises_unit(bigint)": SUPERVISES_UNIT,
    "admit_contact()": ADMIT_CONTACT,
}


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("scheduling", "0065_tell_of_events"),
        ("sharing", "0071_mail_of_notices"),
        ("tenancy", "0072_verify_contexts_sooner"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnitDesk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "unit_code",
                    models.CharField(help_text="As in the county's registry.", max_length=50),
                ),
                ("name", models.CharField(max_length=200)),
                ("name_key", models.CharField(help_text="The name in pinyin.", max_length=600)),
                ("inspectable", models.BooleanField(help_text="Whether it may be inspected.")),
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
            options={
                "permissions": [
                    ("speak", "May speak for it"),
                    ("supervise", "May supervise its rectification"),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "permission",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="auth.permission",
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
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "content_object",
                    models.ForeignKey(
                        db_column="desk_id",
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="sharing.unitdesk",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="unitdesk",
            constraint=models.UniqueConstraint(
                fields=("tenant", "unit_code"), name="unit_desk_once_per_unit"
            ),
        ),
        migrations.AddIndex(
            model_name="unitcontact",
            index=models.Index(
                fields=["tenant", "user", "content_object"], name="unit_contact_by_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="unitcontact",
            constraint=models.UniqueConstraint(
                fields=("tenant", "content_object", "user"), name="unit_contact_in_one_capacity"
            ),
        ),
        fence("sharing_unitdesk"),
        fence("sharing_unitcontact"),
        composite_fk("sharing_unitcontact", "desk_id", "sharing_unitdesk"),
        grant("sharing_unitdesk", app="SELECT", worker="SELECT"),
        grant("sharing_unitcontact", app="SELECT, INSERT, DELETE", worker="SELECT"),
        NAME_THE_PERMISSIONS,
        DESKS_OF_BEFORE,
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                "CREATE TRIGGER keep_unit_desk AFTER INSERT OR UPDATE OF code, name, name_key,"
                " inspectable ON scheduling_inspectedunit"
                " FOR EACH ROW EXECUTE FUNCTION sec.keep_unit_desk()",
                "CREATE TRIGGER admit BEFORE INSERT OR UPDATE OR DELETE ON sharing_unitcontact"
                " FOR EACH ROW EXECUTE FUNCTION sec.admit_contact()",
            ],
            [
                "DROP TRIGGER admit ON sharing_unitcontact",
                "DROP TRIGGER keep_unit_desk ON scheduling_inspectedunit",
                *(f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)),
            ],
            "Let the director alone say who speaks for a unit",
        ),
    ]
