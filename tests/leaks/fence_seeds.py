"""Faults of the fence: policies, keys, grants, and what acts as its owner."""

from __future__ import annotations

from tests.leaks.shapes import seed

FUZZ = "tests/security/test_cross_tenant.py"
ANYTHING = f"{FUZZ}::test_no_call_tells_or_changes_anything_of_another_office"
CATALOGUE = "tests/architecture/test_fence_catalogue.py"
BY_SQL = "tests/integration/tenancy/test_fence_by_sql.py"
VOCABULARY = "tests/integration/tenancy/test_vocabulary.py"
RELEASING = "tests/integration/scheduling/test_releasing.py"
RLS = "tenancy/rls.py"
SEC = "tenancy/migrations/0002_signed_context.py"

FENCE = (
    seed(
        "fence-off",
        "fence",
        "Row-level security is not enabled on the tables of offices",
        f"{CATALOGUE}::test_every_fence_is_on_and_binds_the_owner",
        (RLS, '            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",\n', ""),
    ),
    seed(
        "fence-not-forced",
        "fence",
        "The owner of the tables is not bound by the policies (no FORCE)",
        f"{CATALOGUE}::test_every_fence_is_on_and_binds_the_owner",
        (RLS, '            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",\n', ""),
    ),
    seed(
        "policy-reads-all",
        "fence",
        "The policy for reading lets every office's rows through",
        f"{BY_SQL}::test_another_offices_row_is_not_found",
        (RLS, "FOR SELECT TO @app@, @worker@ USING ({select})", "FOR SELECT TO @app@ USING (true)"),
    ),
    seed(
        "policy-inserts-anywhere",
        "fence",
        "The policy for inserting does not ask whose the new row is",
        f"{BY_SQL}::test_a_row_for_another_office_is_refused",
        (
            RLS,
            "FOR INSERT TO @app@, @worker@ WITH CHECK ({insert})",
            "FOR INSERT TO @app@, @worker@ WITH CHECK (true)",
        ),
    ),
    seed(
        "policy-moves-rows",
        "fence",
        "A changed row may end up in another office",
        f"{BY_SQL}::test_a_row_is_not_moved_to_another_office",
        (RLS, "USING ({change}) WITH CHECK ({change})", "USING ({change}) WITH CHECK (true)"),
    ),
    seed(
        "policy-deletes-all",
        "fence",
        "The policy for deleting lets every office's rows go",
        f"{CATALOGUE}::test_every_policy_is_one_of_the_vocabulary_and_there_is_no_other",
        (
            RLS,
            "FOR DELETE TO @app@, @worker@ USING ({change})",
            "FOR DELETE TO @app@, @worker@ USING (true)",
        ),
    ),
    seed(
        "delivery-to-anybody",
        "fence",
        "Rows are handed to offices that are not related",
        f"{VOCABULARY}::test_no_other_delivery_is_taken",
        (RLS, '    "AND tenant_id = ANY ((SELECT sec.related_offices())::bigint[])"\n', ""),
    ),
    seed(
        "delivery-in-another-s-name",
        "fence",
        "A row is handed over in another office's name",
        f"{VOCABULARY}::test_no_other_delivery_is_taken",
        (RLS, '    "sender_id = (SELECT sec.tenant()) "\n    "AND tenant_id', '    "tenant_id'),
    ),
    seed(
        "receiver-names-another-sender",
        "fence",
        "The receiver of a row says that somebody else sent it",
        f"{VOCABULARY}::test_the_receiver_does_not_make_another_the_sender",
        (
            SEC,
            "    IF (NEW.tenant_id, NEW.sender_id) IS",
            "    IF false AND (NEW.tenant_id, NEW.sender_id) IS",
        ),
    ),
    seed(
        "personal-rows-for-colleagues",
        "fence",
        "Tokens and kept replies of one person are open to the whole office",
        "tests/integration/security/test_forged_by_sql.py"
        "::test_nobody_makes_a_token_that_acts_as_a_colleague",
        (
            RLS,
            'OWN_AND_MINE: Final = "tenant_id = (SELECT sec.tenant()) AND user_id = (SELECT sec.user_id())"',
            'OWN_AND_MINE: Final = "tenant_id = (SELECT sec.tenant())"',
        ),
    ),
    seed(
        "reference-across-offices",
        "fence",
        "A foreign key does not lead with the office, and so accepts and betrays another's row",
        f"{VOCABULARY}::test_a_row_points_at_rows_of_its_own_office_only",
        (RLS, "FOREIGN KEY (tenant_id, {column}) ", "FOREIGN KEY ({column}) "),
        (RLS, 'f"REFERENCES {target} (tenant_id, id)"', 'f"REFERENCES {target} (id)"'),
    ),
    seed(
        "view-past-the-fence",
        "fence",
        "A view reads a table of offices as its owner",
        f"{CATALOGUE}::test_there_is_no_view_and_no_partition_to_read_past_a_fence",
        (
            "scheduling/migrations/0003_fence_rounds.py",
            '        grant("scheduling_releasedfacts",',
            '        migrations.RunSQL("CREATE VIEW everybody AS SELECT * FROM scheduling_person",'
            ' "DROP VIEW everybody"),\n        grant("scheduling_releasedfacts",',
        ),
    ),
    seed(
        "function-tells-what-is-there",
        "fence",
        "A function that acts as the owner says which people exist, and a page answers 403 for them",
        ANYTHING,
        (
            "scheduling/migrations/0003_fence_rounds.py",
            '        grant("scheduling_releasedfacts",',
            '        migrations.RunSQL("CREATE FUNCTION sec.is_somebody(bigint) RETURNS boolean'
            " LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS"
            " 'SELECT EXISTS (SELECT FROM public.scheduling_person WHERE id = $1)'\","
            ' "DROP FUNCTION sec.is_somebody"),\n        grant("scheduling_releasedfacts",',
        ),
        (
            "scheduling/access/rosters.py",
            "    return Person.objects.one_readable_by(",
            "    from django.db import connection\n\n    from kernel.errors import NotAllowed\n\n"
            "    own = people_visible_to(actor).filter(pk=number)\n"
            "    with connection.cursor() as cursor:\n"
            '        cursor.execute("SELECT sec.is_somebody(%s)", [number])\n'
            "        if cursor.fetchone()[0] and not own.exists():\n"
            '            raise NotAllowed(permission="x")\n'
            "    return Person.objects.one_readable_by(",
        ),
    ),
    seed(
        "facts-readable-by-the-web",
        "fence",
        "The web's role may select the facts that only the engine reads",
        f"{RELEASING}::test_the_web_can_write_the_released_facts_and_never_read_them",
        (
            "scheduling/migrations/0003_fence_rounds.py",
            'grant("scheduling_releasedfacts", app="INSERT, SELECT (id)"',
            'grant("scheduling_releasedfacts", app="INSERT, SELECT"',
        ),
    ),
)
