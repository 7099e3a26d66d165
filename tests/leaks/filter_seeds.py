"""Faults of the queries' own filters, each with the fence away."""

from __future__ import annotations

from tests.leaks.shapes import seed

FUZZ = "tests/security/test_cross_tenant.py"
FILTERS = f"{FUZZ}::test_the_filters_alone_keep_offices_apart"
RELEASING = "tests/integration/scheduling/test_releasing.py"

FILTER = (
    seed(
        "no-filter-at-all",
        "filter",
        "Queries name no office and leave it to the fence",
        FILTERS,
        (
            "tenancy/visibility.py",
            "        return self.filter(tenant_id=actor.tenant_id)\n",
            "        return self.all()\n",
        ),
    ),
    seed(
        "import-of-any-office",
        "filter",
        "An import is looked up by its number alone",
        FILTERS,
        (
            "scheduling/access/imports.py",
            "Import.objects.filter(Q(tenant_id=actor.tenant_id), kind__in=kinds)",
            "Import.objects.filter(kind__in=kinds)",
        ),
    ),
    seed(
        "token-of-any-office",
        "filter",
        "A token is looked up by its number alone, of whatever person and office",
        FILTERS,
        (
            "tenancy/access.py",
            "ApiToken.objects.filter(tenant_id=actor.tenant_id, user=actor.person_id)",
            "ApiToken.objects.all()",
        ),
    ),
    seed(
        "sent-by-anybody",
        "filter",
        "What one office handed over is looked up without asking who handed it",
        FILTERS,
        (
            "tenancy/visibility.py",
            "        return self.filter(sender_id=actor.tenant_id)\n",
            "        return self.all()\n",
        ),
    ),
    seed(
        "extract-of-anybody",
        "filter",
        "The export of an extract does not ask whether one's own office sent it",
        FILTERS,
        (
            "scheduling/access/publications.py",
            "PublishedExtract.objects.sent_by(actor).filter(pk=number)",
            "PublishedExtract.objects.filter(pk=number)",
        ),
    ),
    seed(
        "rows-of-an-import-of-anybody",
        "filter",
        "The rows of an import, the child, are open to more people than the import, the parent",
        FILTERS,
        (
            "scheduling/selectors/imports.py",
            "    upload = access_import(actor, number)\n    rows =",
            "    upload = Import.objects.filter(pk=number).first()\n    if upload is None:\n"
            "        upload = access_import(actor, number)\n    rows =",
        ),
    ),
    seed(
        "people-of-anybody-released",
        "filter",
        "A list of people to release is taken as it comes, foreign numbers among one's own",
        FILTERS,
        (
            "scheduling/services/releasing.py",
            "own = Person.objects.filter(tenant_id=actor.tenant_id, pk__in=keys)",
            "own = Person.objects.filter(pk__in=keys)",
        ),
    ),
    seed(
        "list-asks-once-more",
        "filter",
        "A list draws its lines by a second query, which asks for numbers and not for whose",
        FILTERS,
        (
            "scheduling/selectors/rosters.py",
            "        lines=[_line(person) for person in rows.object_list],\n        total=people",
            "        lines=[_line(person) for person in Person.objects.filter(\n"
            "            number__in=[one.number for one in rows.object_list])],\n        total=people",
        ),
    ),
    seed(
        "search-matches-everybody",
        "filter",
        "A search looks for its word in the rows of all offices",
        FILTERS,
        (
            "scheduling/selectors/rosters.py",
            "    found = _filtered(people_visible_to(actor), search, pool, skill)\n",
            "    found = _filtered(Person.objects.all(), search, pool, skill)\n",
        ),
    ),
    seed(
        "missing-people-passed-over",
        "service",
        "A bulk act leaves out in silence whom it does not find",
        f"{RELEASING}::test_people_and_units_of_another_office_cannot_be_released",
        (
            "scheduling/services/releasing.py",
            "    if len(found) != len(set(keys)):\n        raise PickedPersonUnavailable(count=len(set(keys)) - len(found))\n",
            "",
        ),
    ),
    seed(
        "job-of-a-colleague",
        "filter",
        "A job is shown to the whole office of whoever asked for it",
        "tests/api/test_what_is_refused.py::test_an_import_is_its_office_s_and_a_job_its_owner_s",
        ("tenancy/access.py", "filter(pk=number, created_by=actor.person_id)", "filter(pk=number)"),
    ),
)
