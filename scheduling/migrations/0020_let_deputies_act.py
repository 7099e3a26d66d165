"""What deputies do with rounds: they approve and publish for a director unless that was withheld,
handle what whom they stand in for handles, and pass nothing on.
"""

from importlib import import_module

from django.db import migrations

from tenancy.rls import RoleSQL

plans = import_module("scheduling.migrations.0005_guard_plans")
in_china = import_module("scheduling.migrations.0008_ask_for_the_day_in_china")
rounds = import_module("scheduling.migrations.0010_handle_rounds")

HOLDS_SEAT, TAKE_SEALED_EXPORT = (in_china.again(sql, "sec.today()") for sql in in_china.ASKING)

OWN_SEAT = "seat.principal_id IS NULL AND seat.tenant_id = sec.tenant()"


def again(sql: str) -> str:
    return sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


def in_ones_own_name(sql: str) -> str:
    """The same, of seats that are nobody else's."""
    changed = again(sql).replace("seat.tenant_id = sec.tenant()", OWN_SEAT)
    if changed.count(OWN_SEAT) != 1:
        raise ValueError(f"Not one seat that somebody holds: {sql}")
    return changed


def as_a_deputy_too(sql: str, permission: str) -> str:
    asked = "sec.holds_seat('city_director')"
    changed = again(sql).replace(asked, f"sec.acts_as('city_director', '{permission}')")
    if changed == again(sql):
        raise ValueError(f"No director is asked for: {sql}")
    return changed


# Whom the person of now stands in for today, with what handling a round takes.
DEPUTISES_SCHEDULERS = """
CREATE FUNCTION sec.deputises_schedulers() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT COALESCE(array_agg(seat.principal_id ORDER BY seat.id), '{}')
      FROM public.tenancy_membership AS seat
      JOIN public.tenancy_user AS person ON person.id = seat.user_id AND person.is_active
     WHERE seat.tenant_id = sec.tenant() AND seat.user_id = sec.user_id()
       AND seat.role IN ('scheduler') AND seat.principal_id IS NOT NULL
       AND NOT seat.withheld ? 'edit_round'
       AND seat.since_on <= sec.today() AND seat.until_on > sec.today()
$body$
"""

HANDLES_ROUND = """
CREATE OR REPLACE FUNCTION sec.handles_round(of_round bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT EXISTS (
        SELECT FROM public.scheduling_roundhandler AS named
         WHERE named.tenant_id = sec.tenant() AND named.round_id = of_round
           AND ((named.user_id = sec.user_id() AND sec.seated_to_handle(sec.user_id()))
                OR named.user_id = ANY (sec.deputises_schedulers())))
$body$
"""

# A round that a deputy makes is handled by whom they stand in for: it outlives the term.
MAKER_HANDLES = """
CREATE OR REPLACE FUNCTION sec.maker_handles() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    maker bigint := sec.user_id();
    named bigint[] := sec.deputises_schedulers();
BEGIN
    IF maker IS NOT NULL AND NOT sec.seated_to_handle(maker) AND cardinality(named) > 0 THEN
        maker := named[1];
    END IF;
    IF maker IS NOT NULL THEN
        INSERT INTO public.scheduling_roundhandler (tenant_id, round_id, user_id, permission_id)
        SELECT NEW.tenant_id, NEW.id, maker, (
            SELECT permission.id FROM public.auth_permission AS permission
              JOIN public.django_content_type AS kind ON kind.id = permission.content_type_id
             WHERE kind.app_label = 'scheduling' AND kind.model = 'inspectionround'
               AND permission.codename = 'handle');
    END IF;
    RETURN NULL;
END
$body$
"""

NAME = "sec.deputises_schedulers()"


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0011_publish_what_stands"),
        ("tenancy", "0061_deputise_under_four_eyes"),
    ]

    operations = [
        RoleSQL(
            [
                DEPUTISES_SCHEDULERS,
                f"REVOKE ALL ON FUNCTION {NAME} FROM PUBLIC",
                in_ones_own_name(HOLDS_SEAT),
                in_ones_own_name(TAKE_SEALED_EXPORT),
                in_ones_own_name(rounds.SEATED_TO_HANDLE),
                as_a_deputy_too(plans.PLAN_SIGNED, "approve_plan"),
                as_a_deputy_too(plans.ADMIT_PUBLICATION, "publish_plan"),
                HANDLES_ROUND,
                MAKER_HANDLES,
            ],
            [
                *map(
                    again,
                    (
                        rounds.MAKER_HANDLES,
                        rounds.HANDLES_ROUND,
                        plans.ADMIT_PUBLICATION,
                        plans.PLAN_SIGNED,
                        rounds.SEATED_TO_HANDLE,
                        TAKE_SEALED_EXPORT,
                        HOLDS_SEAT,
                    ),
                ),
                f"DROP FUNCTION {NAME}",
            ],
            "Let deputies act for whom they stand in for",
        ),
    ]
