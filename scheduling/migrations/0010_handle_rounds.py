"""Who handles a round: a person's permission on one object, and a database that insists on it.

docs/architecture/containers.md says what is enforced where.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tenancy.rls import RoleSQL, composite_fk, fence, grant

# What Django's own post-migrate would only make after this migration needs it.
NAME_THE_PERMISSION = RoleSQL(
    [
        "INSERT INTO django_content_type (app_label, model) "
        "VALUES ('scheduling', 'inspectionround') ON CONFLICT DO NOTHING",
        "INSERT INTO auth_permission (name, content_type_id, codename) "
        "SELECT 'May handle it', id, 'handle' FROM django_content_type "
        "WHERE app_label = 'scheduling' AND model = 'inspectionround' ON CONFLICT DO NOTHING",
        "GRANT SELECT ON auth_permission TO @app@, @worker@",
        "GRANT SELECT ON django_content_type TO @app@, @worker@",
    ],
    ["REVOKE SELECT ON auth_permission, django_content_type FROM @app@, @worker@"],
    "Name the permission to handle a round",
)

# Rounds of before: whoever the record says made it, or where it says nobody, everybody who
# schedules in the office today: what they could do yesterday they can do tomorrow.
HANDLERS_OF_BEFORE = RoleSQL(
    [
        """
WITH maker AS (
    SELECT DISTINCT round.tenant_id, round.id AS round_id, line.user_id
      FROM scheduling_inspectionround AS round
      JOIN tenancy_auditentry AS line
        ON line.tenant_id = round.tenant_id AND line.action = 'scheduling.round.created'
       AND line.object_id = round.id AND line.user_id IS NOT NULL
), anybody AS (
    SELECT round.tenant_id, round.id AS round_id, seat.user_id
      FROM scheduling_inspectionround AS round
      JOIN tenancy_membership AS seat
        ON seat.tenant_id = round.tenant_id AND seat.role = 'scheduler'
       AND seat.since_on <= sec.today()
       AND (seat.until_on IS NULL OR seat.until_on > sec.today())
     WHERE NOT EXISTS (SELECT FROM maker WHERE maker.round_id = round.id)
)
INSERT INTO scheduling_roundhandler (tenant_id, round_id, user_id, permission_id)
SELECT one.tenant_id, one.round_id, one.user_id, permission.id
  FROM (SELECT * FROM maker UNION SELECT * FROM anybody) AS one
  JOIN auth_permission AS permission ON permission.codename = 'handle'
  JOIN django_content_type AS kind ON kind.id = permission.content_type_id
   AND kind.app_label = 'scheduling' AND kind.model = 'inspectionround'
"""
    ],
    ["DELETE FROM scheduling_roundhandler"],
    "Name who handles the rounds of before",
)

# A seat of the office of now that lets its holder handle rounds, today: of other offices' seats it
# knows nothing. The roles are those of tenancy.domain.roles
# that hold EDIT_ROUND; a test holds the two against one another.
SEATED_TO_HANDLE = """
CREATE FUNCTION sec.seated_to_handle(of_user bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT EXISTS (
        SELECT FROM public.tenancy_membership AS seat
          JOIN public.tenancy_user AS person ON person.id = seat.user_id AND person.is_active
         WHERE seat.tenant_id = sec.tenant() AND seat.user_id = of_user
           AND seat.role IN ('scheduler') AND seat.since_on <= sec.today()
           AND (seat.until_on IS NULL OR seat.until_on > sec.today()))
$body$
"""

HANDLES_ROUND = """
CREATE FUNCTION sec.handles_round(of_round bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT EXISTS (
        SELECT FROM public.scheduling_roundhandler AS named
         WHERE named.tenant_id = sec.tenant() AND named.round_id = of_round
           AND named.user_id = sec.user_id())
       AND sec.seated_to_handle(sec.user_id())
$body$
"""

# As the owner: whoever makes a round cannot name anybody, not even themselves.
MAKER_HANDLES = """
CREATE FUNCTION sec.maker_handles() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF sec.user_id() IS NOT NULL THEN
        INSERT INTO public.scheduling_roundhandler (tenant_id, round_id, user_id, permission_id)
        SELECT NEW.tenant_id, NEW.id, sec.user_id(), (
            SELECT permission.id FROM public.auth_permission AS permission
              JOIN public.django_content_type AS kind ON kind.id = permission.content_type_id
             WHERE kind.app_label = 'scheduling' AND kind.model = 'inspectionround'
               AND permission.codename = 'handle');
    END IF;
    RETURN NULL;
END
$body$
"""

# The owner names for the database itself (see AS_THE_WEB). The round is locked first: of two who
# take the last two handlers away at once, the second sees the first.
ADMIT_HANDLER = """
CREATE FUNCTION sec.admit_handler() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    one public.scheduling_roundhandler%ROWTYPE;
    is_open boolean;
BEGIN
    IF TG_OP = 'DELETE' THEN one := OLD; ELSE one := NEW; END IF;
    IF one.tenant_id IS DISTINCT FROM sec.tenant() OR NOT sec.holds_seat('city_director') THEN
        RAISE EXCEPTION 'The director says who handles a round.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'round_handler_named_by_the_director',
                  TABLE = 'scheduling_roundhandler';
    END IF;
    SELECT round.ends_on >= sec.today() INTO is_open
      FROM public.scheduling_inspectionround AS round
     WHERE round.tenant_id = one.tenant_id AND round.id = one.round_id FOR NO KEY UPDATE;
    IF TG_OP = 'INSERT' AND NOT sec.seated_to_handle(one.user_id) THEN
        RAISE EXCEPTION 'Who handles a round holds a seat for it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'round_handler_holds_a_seat',
                  TABLE = 'scheduling_roundhandler';
    END IF;
    IF TG_OP = 'DELETE' AND is_open AND sec.seated_to_handle(one.user_id)
       AND NOT EXISTS (
           SELECT FROM public.scheduling_roundhandler AS other
            WHERE other.tenant_id = one.tenant_id AND other.round_id = one.round_id
              AND other.user_id <> one.user_id
              AND sec.seated_to_handle(other.user_id)) THEN
        RAISE EXCEPTION 'Somebody handles an open round.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'round_keeps_a_handler',
                  TABLE = 'scheduling_roundhandler';
    END IF;
    RETURN one;
END
$body$
"""

# TG_ARGV[0] says how the row names its round.
ONLY_HANDLERS = """
CREATE FUNCTION sec.only_handlers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    one record;
    of_round bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN one := OLD; ELSE one := NEW; END IF;
    IF TG_ARGV[0] = 'itself' THEN
        of_round := one.id;
    ELSIF TG_ARGV[0] = 'round' THEN
        of_round := one.round_id;
    ELSE
        SELECT plan.round_id INTO of_round FROM public.scheduling_plan AS plan
         WHERE plan.tenant_id = one.tenant_id AND plan.id = one.plan_id;
    END IF;
    IF one.tenant_id IS DISTINCT FROM sec.tenant() OR NOT sec.handles_round(of_round) THEN
        RAISE EXCEPTION 'Only those who handle the round change it.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'round_changed_by_its_handlers',
                  TABLE = TG_TABLE_NAME;
    END IF;
    RETURN one;
END
$body$
"""

FUNCTIONS = {
    "seated_to_handle(bigint)": SEATED_TO_HANDLE,
    "handles_round(bigint)": HANDLES_ROUND,
    "maker_handles()": MAKER_HANDLES,
    "admit_handler()": ADMIT_HANDLER,
    "only_handlers()": ONLY_HANDLERS,
}

# A trigger's condition is asked as whoever writes, so their role tells. The worker writes what was
# asked of it, and access asks again when it does; the owner migrates, and makes the first handler.
AS_THE_WEB = "NOT has_column_privilege(current_user, 'public.{table}', '{column}', 'UPDATE')"
NOT_AS_THE_WORKER = AS_THE_WEB.format(table="scheduling_plan", column="verdict")
NOT_AS_THE_OWNER = AS_THE_WEB.format(table="scheduling_roundhandler", column="round_id")

# table: events, and how a row names its round.
GUARDED = {
    "inspectionround": ("UPDATE", "itself"),
    "teamslot": ("INSERT OR UPDATE OR DELETE", "round"),
    "roundunit": ("INSERT OR UPDATE OR DELETE", "round"),
    "roundpin": ("INSERT OR UPDATE OR DELETE", "round"),
    "solverun": ("INSERT OR UPDATE", "round"),
    "plan": ("INSERT", "round"),
    "planteam": ("INSERT OR UPDATE OR DELETE", "plan"),
    "planseat": ("INSERT OR UPDATE OR DELETE", "plan"),
    "planvisit": ("INSERT OR UPDATE OR DELETE", "plan"),
    "planedit": ("INSERT", "plan"),
}
# Of a plan: making one, and handing it in. Approving, returning and publishing are the director's.
# By name the last one comes after `plan_signed`: who signs for somebody else is told that first.
GUARDS = [
    *(
        f"CREATE TRIGGER only_handlers BEFORE {events} ON scheduling_{table} "
        f"FOR EACH ROW WHEN ({NOT_AS_THE_WORKER}) EXECUTE FUNCTION sec.only_handlers('{by}')"
        for table, (events, by) in GUARDED.items()
    ),
    "CREATE TRIGGER proposed_by_handlers BEFORE UPDATE ON scheduling_plan FOR EACH ROW "
    f"WHEN (NEW.state = 'proposed' AND OLD.state <> 'proposed' AND {NOT_AS_THE_WORKER}) "
    "EXECUTE FUNCTION sec.only_handlers('round')",
    "CREATE TRIGGER maker_handles AFTER INSERT ON scheduling_inspectionround "
    "FOR EACH ROW EXECUTE FUNCTION sec.maker_handles()",
    "CREATE TRIGGER admit BEFORE INSERT OR UPDATE OR DELETE ON scheduling_roundhandler "
    f"FOR EACH ROW WHEN ({NOT_AS_THE_OWNER}) EXECUTE FUNCTION sec.admit_handler()",
]
UNGUARDED = [
    "DROP TRIGGER admit ON scheduling_roundhandler",
    "DROP TRIGGER maker_handles ON scheduling_inspectionround",
    "DROP TRIGGER proposed_by_handlers ON scheduling_plan",
    *(f"DROP TRIGGER only_handlers ON scheduling_{table}" for table in GUARDED),
]


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("scheduling", "0008_ask_for_the_day_in_china"),
        ("tenancy", "0009_day_in_china"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="inspectionround", options={"permissions": [("handle", "May handle it")]}
        ),
        migrations.CreateModel(
            name="RoundHandler",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "content_object",
                    models.ForeignKey(
                        db_column="round_id",
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="scheduling.inspectionround",
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
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "content_object", "user", "permission"),
                        name="round_handler_named_once",
                    )
                ]
            },
        ),
        fence("scheduling_roundhandler"),
        composite_fk("scheduling_roundhandler", "round_id", "scheduling_inspectionround"),
        grant("scheduling_roundhandler", app="SELECT, INSERT, DELETE", worker="SELECT"),
        NAME_THE_PERMISSION,
        HANDLERS_OF_BEFORE,
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                *GUARDS,
            ],
            [
                *UNGUARDED,
                *(f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)),
            ],
            "Let only those who handle a round change it",
        ),
    ]
