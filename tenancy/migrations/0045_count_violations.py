"""Count what browsers report of pages that broke their policy. Anybody may send such a report."""

from __future__ import annotations

from django.db import migrations, models

from tenancy.rls import RoleSQL

# No more than 300 kinds, and each written at most once a second: who floods the address fills
# no disk. A kind that is known is found by its key; only a new one has the table counted.
NOTE_VIOLATION = """
CREATE FUNCTION sec.note_violation(of_directive text, what text, on_page text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    UPDATE public.tenancy_policyviolation AS one
       SET count = LEAST(one.count + 1, 1000000), last_at = clock_timestamp()
     WHERE one.directive = of_directive AND one.blocked = what AND one.page = on_page
       AND one.last_at < clock_timestamp() - interval '1 second';
    IF NOT FOUND AND (SELECT count(*) FROM public.tenancy_policyviolation) < 300 THEN
        INSERT INTO public.tenancy_policyviolation
               (directive, blocked, page, count, first_at, last_at)
        VALUES (left(of_directive, 40), left(what, 20), left(on_page, 60), 1,
                clock_timestamp(), clock_timestamp())
        ON CONFLICT DO NOTHING;
    END IF;
END
$body$
"""

VIOLATIONS = """
CREATE FUNCTION sec.violations()
RETURNS TABLE (directive text, blocked text, page text, seen bigint,
               first_at timestamptz, last_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT one.directive::text, one.blocked::text, one.page::text, one.count::bigint,
           one.first_at, one.last_at
      FROM public.tenancy_policyviolation AS one
     WHERE EXISTS (
        SELECT FROM public.tenancy_membership AS seat
         WHERE seat.tenant_id = sec.tenant() AND seat.user_id = sec.user_id()
           AND seat.role = 'security_administrator' AND seat.since_on <= sec.today()
           AND (seat.until_on IS NULL OR seat.until_on > sec.today()))
     ORDER BY one.last_at DESC, one.id
$body$
"""


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0031_search_the_record")]

    operations = [
        migrations.CreateModel(
            name="PolicyViolation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("directive", models.CharField(max_length=40)),
                ("blocked", models.CharField(max_length=20)),
                ("page", models.CharField(max_length=60)),
                ("count", models.PositiveIntegerField()),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("directive", "blocked", "page"),
                        name="policy_violation_counted_once",
                    )
                ]
            },
        ),
        RoleSQL(
            [
                NOTE_VIOLATION,
                VIOLATIONS,
                "REVOKE ALL ON FUNCTION sec.note_violation(text, text, text), sec.violations()"
                " FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.note_violation(text, text, text), sec.violations()"
                " TO @app@",
            ],
            ["DROP FUNCTION sec.violations(), sec.note_violation(text, text, text)"],
            "Let the web count violations, and the security administrator read them",
        ),
    ]
