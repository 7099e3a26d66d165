"""Who gave a hint opens to custodians alone, each time on record; who interceded, to the city alone.

docs/architecture/clues.md says what the database insists on.
"""

from django.db import migrations

from tenancy.rls import RoleSQL, composite_fk, fence, fence_narrowed, grant

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# In person, in force today; with `city` in that kind of office alone.
SITS_AS = f"""
CREATE FUNCTION sec.sits_as(who bigint, roles text[]) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT EXISTS (
        SELECT FROM public.tenancy_membership AS seat
          JOIN public.tenancy_user AS person ON person.id = seat.user_id
          JOIN public.tenancy_office AS office ON office.id = seat.tenant_id
         WHERE seat.tenant_id = sec.tenant() AND seat.user_id = who AND office.kind = 'city'
           AND seat.principal_id IS NULL AND seat.role = ANY (roles)
           AND seat.since_on <= sec.today()
           AND (seat.until_on IS NULL OR seat.until_on > sec.today())
           AND person.is_active AND (person.expires_on IS NULL OR person.expires_on > sec.today()))
$body$
"""
KEEPS_INFORMANTS = f"""
CREATE FUNCTION sec.keeps_informants() RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT sec.sits_as(sec.user_id(), ARRAY['discipline_body', 'petition_office']) AND EXISTS (
        SELECT FROM public.sharing_informantcustodian AS named
         WHERE named.tenant_id = sec.tenant() AND named.user_id = sec.user_id()
           AND named.confirmed_at IS NOT NULL AND named.ended_at IS NULL)
$body$
"""
SEES_INFORMANT = f"""
CREATE FUNCTION sec.sees_informant(of_clue bigint) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT sec.keeps_informants() OR EXISTS (
        SELECT FROM public.sharing_clue AS clue
         WHERE clue.tenant_id = sec.tenant() AND clue.id = of_clue
           AND clue.registered_by_id = sec.user_id() AND sec.in_room(clue.room_id))
$body$
"""
OPEN_INFORMANT = f"""
CREATE FUNCTION sec.open_informant(of_informant bigint, why text)
RETURNS TABLE (cipher text, key text, wrapped bytea, sealed bytea)
LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    one public.sharing_informant%ROWTYPE;
BEGIN
    SELECT * INTO one FROM public.sharing_informant AS informant
     WHERE informant.tenant_id = sec.tenant() AND informant.id = of_informant
       FOR SHARE;
    IF NOT FOUND OR NOT sec.keeps_informants() OR length(btrim(why)) < 4 THEN
        RAISE EXCEPTION 'A custodian opens it, and says why.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'informant_opened_by_a_custodian',
                  TABLE = 'sharing_informant';
    END IF;
    INSERT INTO public.sharing_informantevent (
        tenant_id, informant_id, kind, by_id, by_name, reason, at)
    SELECT one.tenant_id, one.id, 'opened', person.id, person.display_name, btrim(why),
           clock_timestamp()
      FROM public.tenancy_user AS person WHERE person.id = sec.user_id();
    RETURN QUERY SELECT one.cipher::text, one.key::text, one.wrapped, one.sealed;
END
$body$
"""
# Without its own key the content is gone, whatever copies of the office's key there are.
DESTROY_INFORMANT = f"""
CREATE FUNCTION sec.destroy_informant(of_informant bigint, why text) RETURNS boolean
LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    one public.sharing_informant%ROWTYPE;
BEGIN
    SELECT * INTO one FROM public.sharing_informant AS informant
     WHERE informant.tenant_id = sec.tenant() AND informant.id = of_informant FOR UPDATE;
    IF NOT FOUND OR NOT sec.keeps_informants() OR length(btrim(why)) < 4 THEN
        RAISE EXCEPTION 'A custodian destroys it, and says why.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'informant_opened_by_a_custodian',
                  TABLE = 'sharing_informant';
    END IF;
    IF one.destroyed_at IS NOT NULL THEN
        RETURN false;
    END IF;
    UPDATE public.sharing_informant AS informant
       SET wrapped = ''::bytea, sealed = ''::bytea, destroyed_at = clock_timestamp()
     WHERE informant.tenant_id = one.tenant_id AND informant.id = one.id;
    INSERT INTO public.sharing_informantevent (
        tenant_id, informant_id, kind, by_id, by_name, reason, at)
    SELECT one.tenant_id, one.id, 'destroyed', person.id, person.display_name, btrim(why),
           clock_timestamp()
      FROM public.tenancy_user AS person WHERE person.id = sec.user_id();
    RETURN true;
END
$body$
"""
GUARD_INFORMANT = f"""
CREATE FUNCTION sec.guard_informant() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant() OR NOT EXISTS (
        SELECT FROM public.sharing_clue AS clue
         WHERE clue.tenant_id = sec.tenant() AND clue.id = NEW.clue_id
           AND clue.registered_by_id = sec.user_id() AND sec.in_room(clue.room_id)) THEN
        RAISE EXCEPTION 'Whoever registered the clue enters who gave it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'informant_by_who_registered',
                  TABLE = 'sharing_informant';
    END IF;
    NEW.entered_at := clock_timestamp();
    NEW.destroyed_at := NULL;
    RETURN NEW;
END
$body$
"""
# Named by the director, in force by the leading group: three at most, nobody of the two themselves.
GUARD_CUSTODIAN = f"""
CREATE FUNCTION sec.guard_custodian() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM pg_advisory_xact_lock(
            hashtext('sharing_informantcustodian'), sec.tenant()::integer);
        IF NEW.tenant_id IS DISTINCT FROM sec.tenant() OR NEW.user_id = sec.user_id()
           OR NOT sec.sits_as(sec.user_id(), ARRAY['city_director'])
           OR NOT sec.sits_as(NEW.user_id, ARRAY['discipline_body', 'petition_office'])
           OR sec.sits_as(NEW.user_id, ARRAY['city_director']) THEN
            RAISE EXCEPTION 'The director names somebody else, who holds a seat for it.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'custodian_named_by_the_director',
                      TABLE = 'sharing_informantcustodian';
        END IF;
        IF (SELECT count(*) FROM public.sharing_informantcustodian AS named
             WHERE named.tenant_id = sec.tenant() AND named.ended_at IS NULL) >= 3 THEN
            RAISE EXCEPTION 'There are three custodians at most.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'three_custodians_at_most',
                      TABLE = 'sharing_informantcustodian';
        END IF;
        NEW.named_by_id := sec.user_id();
        NEW.named_at := clock_timestamp();
        NEW.confirmed_by_id := NULL;
        NEW.confirmed_at := NULL;
        NEW.ended_at := NULL;
        RETURN NEW;
    END IF;
    IF OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'What ended stays ended.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'custodian_in_force_by_two',
                  TABLE = 'sharing_informantcustodian';
    END IF;
    IF NEW.ended_at IS NOT NULL THEN
        IF NOT sec.sits_as(sec.user_id(), ARRAY['city_director', 'leading_group']) THEN
            RAISE EXCEPTION 'Who names or confirms also ends.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'custodian_in_force_by_two',
                      TABLE = 'sharing_informantcustodian';
        END IF;
        NEW := OLD;
        NEW.ended_at := clock_timestamp();
        RETURN NEW;
    END IF;
    IF OLD.confirmed_at IS NOT NULL OR NEW.confirmed_at IS NULL
       OR sec.user_id() IN (OLD.user_id, OLD.named_by_id)
       OR NOT sec.sits_as(sec.user_id(), ARRAY['leading_group']) THEN
        RAISE EXCEPTION 'The leading group puts it in force: a second person.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'custodian_in_force_by_two',
                  TABLE = 'sharing_informantcustodian';
    END IF;
    NEW := OLD;
    NEW.confirmed_by_id := sec.user_id();
    NEW.confirmed_at := clock_timestamp();
    RETURN NEW;
END
$body$
"""
READS_INTERFERENCE = f"""
CREATE FUNCTION sec.reads_interference(of_room bigint, registered_by bigint, past_leader boolean)
RETURNS boolean LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT sec.sits_as(sec.user_id(), ARRAY['city_director', 'discipline_body'])
        OR (sec.in_room(of_room) AND (registered_by = sec.user_id() OR (
            NOT past_leader AND sec.sits_as(sec.user_id(), ARRAY['team_leader']))))
$body$
"""
GUARD_INTERFERENCE = f"""
CREATE FUNCTION sec.guard_interference() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    name text := (SELECT person.display_name FROM public.tenancy_user AS person
                   WHERE person.id = sec.user_id());
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT (sec.in_room(NEW.room_id) AND NEW.registered_by_id = sec.user_id() AND EXISTS (
            SELECT FROM public.sharing_room AS room
             WHERE room.tenant_id = sec.tenant() AND room.tenant_id = NEW.tenant_id
               AND room.id = NEW.room_id AND room.purpose = 'direct')) THEN
            RAISE EXCEPTION 'A member registers it, in the direct room of the team.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'interference_of_ones_own_room',
                      TABLE = 'sharing_interferenceentry';
        END IF;
        NEW.registered_at := clock_timestamp();
        NEW.registered_by_name := name;
        NEW.outcome := '';
        NEW.outcome_by_name := '';
        NEW.outcome_at := NULL;
        RETURN NEW;
    END IF;
    IF NEW.outcome = '' OR OLD.outcome = 'to_discipline'
       OR NOT sec.sits_as(sec.user_id(), ARRAY['city_director', 'discipline_body']) THEN
        RAISE EXCEPTION 'What is done about it, the city says.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'interference_dealt_with_by_the_city',
                  TABLE = 'sharing_interferenceentry';
    END IF;
    NEW.outcome_by_name := name;
    NEW.outcome_at := clock_timestamp();
    RETURN NEW;
END
$body$
"""
FUNCTIONS = {
    "sits_as(bigint, text[])": SITS_AS,
    "keeps_informants()": KEEPS_INFORMANTS,
    "sees_informant(bigint)": SEES_INFORMANT,
    "open_informant(bigint, text)": OPEN_INFORMANT,
    "destroy_informant(bigint, text)": DESTROY_INFORMANT,
    "guard_informant()": GUARD_INFORMANT,
    "guard_custodian()": GUARD_CUSTODIAN,
    "reads_interference(bigint, bigint, boolean)": READS_INTERFERENCE,
    "guard_interference()": GUARD_INTERFERENCE,
}
ASKED_BY_THE_WEB = (
    "keeps_informants()",
    "sees_informant(bigint)",
    "open_informant(bigint, text)",
    "destroy_informant(bigint, text)",
    "reads_interference(bigint, bigint, boolean)",
)
TRIGGERS = (
    ("BEFORE INSERT", "informant", "guard_informant"),
    ("BEFORE INSERT OR UPDATE", "informantcustodian", "guard_custodian"),
    ("BEFORE INSERT OR UPDATE", "interferenceentry", "guard_interference"),
)


class Migration(migrations.Migration):
    dependencies = [("sharing", "0032_informants_and_interference")]

    operations = [
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                *(f"GRANT EXECUTE ON FUNCTION sec.{name} TO @app@" for name in ASKED_BY_THE_WEB),
            ],
            [f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)],
            "Say who opens what is sealed, and who reads who interceded",
        ),
        fence_narrowed("sharing_informant", "sec.sees_informant(clue_id)"),
        fence("sharing_informantevent"),
        fence("sharing_informantcustodian"),
        fence_narrowed(
            "sharing_interferenceentry",
            "sec.reads_interference(room_id, registered_by_id, past_leader)",
        ),
        composite_fk("sharing_informant", "clue_id", "sharing_clue"),
        composite_fk("sharing_informantevent", "informant_id", "sharing_informant"),
        composite_fk("sharing_interferenceentry", "room_id", "sharing_room"),
        # What is sealed goes in and is not selected. No worker reads or writes any of it.
        grant(
            "sharing_informant",
            app="INSERT, SELECT (id, tenant_id, clue_id, code, entered_at, destroyed_at)",
        ),
        grant("sharing_informantevent", app="SELECT"),
        grant("sharing_informantcustodian", app="SELECT, INSERT, UPDATE (confirmed_at, ended_at)"),
        grant("sharing_interferenceentry", app="SELECT, INSERT, UPDATE (outcome)"),
        RoleSQL(
            [
                f"CREATE TRIGGER guard {when} ON sharing_{table} FOR EACH ROW "
                f"EXECUTE FUNCTION sec.{function}()"
                for when, table, function in TRIGGERS
            ],
            [f"DROP TRIGGER guard ON sharing_{table}" for _, table, _ in reversed(TRIGGERS)],
            "Keep who enters, names and deals with it",
        ),
    ]
