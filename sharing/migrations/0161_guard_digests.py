"""A city's digests: one a period, in their order, from their day on, by the city's director.

docs/architecture/digest.md says what is enforced where."""

from django.db import migrations

from tenancy.rls import RoleSQL

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
BY_THE_DIRECTOR = """NEW.tenant_id IS DISTINCT FROM sec.tenant()
       OR NOT sec.acts_as('city_director', 'publish_digest')"""

# The period of the city's calendar that a day lies in; nothing before the first.
PERIOD = f"""
CREATE FUNCTION sec.digest_period(city bigint, of_day date)
RETURNS TABLE (name text, begins_on date, until_on date, is_first boolean, smallest smallint)
LANGUAGE plpgsql STABLE {DEFINER}
AS $body$
DECLARE
    of_year integer := EXTRACT(year FROM of_day);
    rule public.sharing_digestrule%ROWTYPE;
    months integer;
BEGIN
    SELECT * INTO rule FROM public.sharing_digestrule AS one
     WHERE one.tenant_id = city AND one.since_year <= of_year
     ORDER BY one.since_year DESC LIMIT 1;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    months := CASE rule.length WHEN 'quarter' THEN 3 WHEN 'half_year' THEN 6 ELSE 12 END;
    begins_on := make_date(
        of_year, (EXTRACT(month FROM of_day)::integer - 1) / months * months + 1, 1);
    until_on := (begins_on + make_interval(months => months))::date;
    name := of_year::text || CASE rule.length
        WHEN 'quarter' THEN '-Q' || (EXTRACT(month FROM begins_on)::integer + 2) / 3
        WHEN 'half_year' THEN '-H' || (EXTRACT(month FROM begins_on)::integer + 5) / 6
        ELSE '' END;
    is_first := begins_on = (
        SELECT make_date(min(one.since_year)::integer, 1, 1) FROM public.sharing_digestrule AS one
         WHERE one.tenant_id = city);
    smallest := rule.minimum;
    RETURN NEXT;
END
$body$
"""

# The first row until a digest was made; then only other lengths, from a year to come.
GUARD_RULE = f"""
CREATE FUNCTION sec.guard_digest_rule() RETURNS trigger
LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    this_year integer := EXTRACT(year FROM sec.today());
    newest public.sharing_digestrule%ROWTYPE;
BEGIN
    IF {BY_THE_DIRECTOR} OR NOT EXISTS (
        SELECT FROM public.tenancy_office AS office
         WHERE office.id = NEW.tenant_id AND office.kind = 'city') THEN
        RAISE EXCEPTION 'The city''s director says how its digests are made.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'digest_rule_of_the_director',
                  TABLE = 'sharing_digestrule';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('sharing_digestrule'), NEW.tenant_id::integer);
    SELECT * INTO newest FROM public.sharing_digestrule AS one
     WHERE one.tenant_id = NEW.tenant_id ORDER BY one.since_year DESC LIMIT 1;
    IF TG_OP = 'UPDATE' THEN
        IF EXISTS (SELECT FROM public.sharing_digest AS made WHERE made.tenant_id = NEW.tenant_id)
           OR (SELECT count(*) FROM public.sharing_digestrule AS one
                WHERE one.tenant_id = NEW.tenant_id) <> 1 OR NEW.since_year > this_year + 1 THEN
            RAISE EXCEPTION 'How the digests begin stands from the first one on.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'digest_rule_stands',
                      TABLE = 'sharing_digestrule';
        END IF;
    ELSIF newest.id IS NULL AND NEW.since_year > this_year + 1
          OR newest.id IS NOT NULL
             AND (NEW.since_year <= this_year OR NEW.since_year <= newest.since_year
                  OR NEW.since_year > this_year + 5) THEN
        RAISE EXCEPTION 'Another length begins with a year to come.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'digest_rule_from_a_year_to_come',
                  TABLE = 'sharing_digestrule';
    ELSIF newest.id IS NOT NULL AND NEW.minimum <> newest.minimum THEN
        RAISE EXCEPTION 'The minimum stays: with another one, withheld counts could be computed.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'digest_rule_minimum_stays',
                  TABLE = 'sharing_digestrule';
    END IF;
    NEW.set_by_name := (SELECT person.display_name FROM public.tenancy_user AS person
                         WHERE person.id = sec.user_id());
    NEW.set_at := clock_timestamp();
    RETURN NEW;
END
$body$
"""

GUARD_DIGEST = f"""
CREATE FUNCTION sec.guard_digest() RETURNS trigger
LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    period record;
    sealed text;
    person text := (SELECT one.display_name FROM public.tenancy_user AS one
                     WHERE one.id = sec.user_id());
BEGIN
    IF (TG_OP = 'INSERT' OR (OLD.state, NEW.state) IN (('refused', 'making'), ('ready', 'published')))
       AND ({BY_THE_DIRECTOR}) THEN
        RAISE EXCEPTION 'The city''s director has digests made, and publishes them.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'digest_of_the_director',
                  TABLE = 'sharing_digest';
    END IF;
    IF TG_OP = 'INSERT' THEN
        SELECT * INTO period FROM sec.digest_period(NEW.tenant_id, NEW.begins_on);
        IF period.begins_on IS DISTINCT FROM NEW.begins_on THEN
            RAISE EXCEPTION 'A digest is of a period of the calendar.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'digest_of_a_period',
                      TABLE = 'sharing_digest';
        END IF;
        IF NOT period.is_first AND NOT EXISTS (
            SELECT FROM public.sharing_digest AS before
             WHERE before.tenant_id = NEW.tenant_id AND before.until_on = NEW.begins_on
               AND before.state = 'published') THEN
            RAISE EXCEPTION 'Digests appear in their order.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'digest_in_order',
                      TABLE = 'sharing_digest';
        END IF;
        NEW.period := period.name;
        NEW.until_on := period.until_on;
        NEW.appears_on := period.until_on + 14;
        NEW.minimum := period.smallest;
        NEW.state := 'making';
        NEW.made_at := NULL;
        NEW.published_by_name := '';
        NEW.published_at := NULL;
        NEW.sha256 := '';
    ELSE
        SELECT one.sha256 INTO sealed FROM public.sharing_sealeddigest AS one
         WHERE one.tenant_id = NEW.tenant_id AND one.digest_id = NEW.id;
        IF NEW.state = OLD.state AND NEW.state IN ('making', 'refused') THEN
            RETURN NEW;
        END IF;
        IF (OLD.state, NEW.state) NOT IN (
               ('making', 'ready'), ('making', 'refused'), ('refused', 'making'),
               ('ready', 'published'))
           OR (NEW.state IN ('ready', 'published')) <> (sealed IS NOT NULL) THEN
            RAISE EXCEPTION 'A digest is made once, then published, and then stands.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'digest_stands',
                      TABLE = 'sharing_digest';
        END IF;
    END IF;
    IF NEW.state IN ('making', 'published') AND sec.today() < NEW.appears_on THEN
        RAISE EXCEPTION 'A digest appears from its day on.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'digest_from_its_day_on',
                  TABLE = 'sharing_digest';
    END IF;
    IF NEW.state = 'making' THEN
        NEW.asked_by_name := person;
        NEW.asked_at := clock_timestamp();
    ELSIF NEW.state = 'ready' THEN
        NEW.made_at := clock_timestamp();
    ELSIF NEW.state = 'published' THEN
        NEW.published_by_name := person;
        NEW.published_at := clock_timestamp();
        NEW.sha256 := sealed;
    END IF;
    RETURN NEW;
END
$body$
"""

GUARD_SEALED = f"""
CREATE FUNCTION sec.guard_sealed_digest() RETURNS trigger
LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant() OR NOT EXISTS (
        SELECT FROM public.sharing_digest AS digest
         WHERE digest.tenant_id = NEW.tenant_id AND digest.id = NEW.digest_id
           AND digest.state = 'making' FOR UPDATE) THEN
        RAISE EXCEPTION 'What was counted goes to a digest that is being made.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sealed_digest_while_it_is_made',
                  TABLE = 'sharing_sealeddigest';
    END IF;
    NEW.sha256 := encode(sha256(convert_to(NEW.document, 'UTF8')), 'hex');
    RETURN NEW;
END
$body$
"""

# To the city's own office and to each county that it has on that day; nobody else makes such rows.
DELIVER = f"""
CREATE FUNCTION sec.deliver_digest() RETURNS trigger
LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    INSERT INTO public.sharing_digestcopy
        (tenant_id, sender_id, period, begins_on, until_on, published_at, document, sha256)
    SELECT office.id, NEW.tenant_id, NEW.period, NEW.begins_on, NEW.until_on, NEW.published_at,
           sealed.document, sealed.sha256
      FROM public.tenancy_office AS office, public.sharing_sealeddigest AS sealed
     WHERE (office.id = NEW.tenant_id OR office.parent_id = NEW.tenant_id AND office.closed_on IS NULL)
       AND sealed.tenant_id = NEW.tenant_id AND sealed.digest_id = NEW.id;
    RETURN NULL;
END
$body$
"""

FUNCTIONS = {
    "digest_period(bigint, date)": PERIOD,
    "guard_digest_rule()": GUARD_RULE,
    "guard_digest()": GUARD_DIGEST,
    "guard_sealed_digest()": GUARD_SEALED,
    "deliver_digest()": DELIVER,
}
TRIGGERS = (
    ("guard", "BEFORE INSERT OR UPDATE", "digestrule", "true", "guard_digest_rule"),
    ("guard", "BEFORE INSERT OR UPDATE", "digest", "true", "guard_digest"),
    ("guard", "BEFORE INSERT", "sealeddigest", "true", "guard_sealed_digest"),
    (
        "deliver", "AFTER UPDATE", "digest",
        "NEW.state = 'published' AND OLD.state <> 'published'", "deliver_digest",
    ),
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("sharing", "0160_digests")]

    operations = [
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                *(
                    f"CREATE TRIGGER {name} {when} ON sharing_{table} FOR EACH ROW"
                    f" WHEN ({condition}) EXECUTE FUNCTION sec.{function}()"
                    for name, when, table, condition, function in TRIGGERS
                ),
            ],
            [
                *(f"DROP TRIGGER {name} ON sharing_{table}" for name, _, table, *_ in TRIGGERS),
                *(f"DROP FUNCTION sec.{name}" for name in FUNCTIONS),
            ],
            "Keep digests in their order and on their day",
        ),
    ]
