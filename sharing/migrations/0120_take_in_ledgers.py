"""The ledger of problems of the years before: a file on its way in, its rows, and what was taken.

A problem that was still open goes on as an item of rectification. The database fills that item from
the line that it comes from, and its first act says so. docs/architecture/ledgers.md
"""

import django.db.models.deletion
from django.db import migrations, models

from sharing.models.ledger_guards import imports_ledger
from tenancy.rls import RoleSQL, composite_fk, fence, grant

DIRECTS = (
    "sec.acts_as('county_director', 'close_rectification')"
    " OR sec.acts_as('city_director', 'close_rectification')"
)
FIRST_ACTS = (("imported", "in_progress"), ("imported_basically", "basically_done"))
OF_LIFE = "life = 'rectification_item' AND act IN ('imported', 'imported_basically')"

HEAD = """RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$"""

# An item that names a line of the ledger is that line's, word for word, and the line was still open.
FROM_LEDGER = f"""
CREATE FUNCTION sec.item_from_ledger() {HEAD}
BEGIN
    IF NOT ({DIRECTS}) OR NOT EXISTS (
        SELECT FROM public.sharing_pastproblem AS past
         WHERE past.tenant_id = sec.tenant() AND past.tenant_id = NEW.tenant_id
           AND past.id = NEW.source_number AND past.state <> 'done'
           AND (past.desk_id, past.round_name, past.issue, past.category, past.served_on)
             = (NEW.desk_id, NEW.round_name, NEW.issue, NEW.category, NEW.served_on)) THEN
        RAISE EXCEPTION 'It is not what the ledger says.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'item_as_the_ledger_says',
                  TABLE = 'sharing_rectificationitem';
    END IF;
    RETURN NEW;
END
$body$
"""

# With its first act the item has the plan that the ledger had; nobody types it.
FILL_ITEM = f"""
CREATE FUNCTION sec.fill_item_from_ledger() {HEAD}
BEGIN
    SELECT past.measures, past.lead, past.department, past.due_on
      INTO STRICT NEW.measures, NEW.lead, NEW.department, NEW.due_on
      FROM public.sharing_pastproblem AS past
     WHERE past.tenant_id = NEW.tenant_id AND past.id = NEW.source_number;
    RETURN NEW;
END
$body$
"""

# It is the first act of an item from the ledger, of no other, and leads where the ledger says.
IMPORT_FIRST = f"""
CREATE FUNCTION sec.imported_first() {HEAD}
DECLARE
    is_import boolean := NEW.act IN ('imported', 'imported_basically');
    wanted text;
BEGIN
    SELECT CASE past.state WHEN 'open' THEN 'imported' WHEN 'basically' THEN 'imported_basically' END
      INTO wanted
      FROM public.sharing_rectificationitem AS item
      JOIN public.sharing_pastproblem AS past
        ON past.tenant_id = item.tenant_id AND past.id = item.source_number
     WHERE item.tenant_id = sec.tenant() AND item.tenant_id = NEW.tenant_id
       AND item.id = NEW.record_id AND item.source_life = 'past_problem' AND item.steps = 0;
    IF is_import AND wanted IS DISTINCT FROM NEW.act OR NOT is_import AND wanted IS NOT NULL THEN
        RAISE EXCEPTION 'What comes from the ledger begins as the ledger says, and nothing else does.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'step_in_turn',
                  TABLE = 'sharing_rectificationstep';
    END IF;
    RETURN NEW;
END
$body$
"""
FUNCTIONS = {
    "item_from_ledger()": FROM_LEDGER,
    "fill_item_from_ledger()": FILL_ITEM,
    "imported_first()": IMPORT_FIRST,
}
TRIGGERS = (
    (
        "from_ledger", "rectificationitem", "BEFORE INSERT",
        "WHEN (NEW.source_life = 'past_problem') ", "item_from_ledger",
    ),
    (
        "fill", "rectificationitem", "BEFORE UPDATE",
        "WHEN (NEW.source_life = 'past_problem' AND OLD.steps = 0 AND NEW.steps = 1) ",
        "fill_item_from_ledger",
    ),
    # Before `walk`, by its name.
    ("imported_first", "rectificationstep", "BEFORE INSERT", "", "imported_first"),
)  # fmt: skip
TABLES = ("problemimport", "stagedproblem", "pastproblem")


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0114_document_requests"),
        ("tenancy", "0086_tell_guests_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProblemImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("dry_run", "Ready: look at it, then confirm"),
                            ("applied", "Taken in"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="dry_run",
                        max_length=10,
                    ),
                ),
                ("rows_read", models.PositiveIntegerField()),
                ("counts", models.JSONField(default=dict)),
                ("remarks", models.JSONField(default=list, help_text="[{zh, en}]")),
                ("uploaded_by_name", models.CharField(default="", max_length=100)),
                ("uploaded_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
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
            name="PastProblem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_no", models.PositiveIntegerField()),
                (
                    "key",
                    models.CharField(
                        help_text="Lines with one key are the same line.", max_length=64
                    ),
                ),
                (
                    "quote",
                    models.JSONField(
                        help_text="The cells as they were written: [{heading, words}]."
                    ),
                ),
                ("imported_by_name", models.CharField(default="", max_length=100)),
                ("imported_at", models.DateTimeField(null=True)),
                ("round_name", models.CharField(max_length=100)),
                ("unit_name", models.CharField(max_length=200)),
                ("issue", models.CharField(max_length=5000)),
                ("category", models.CharField(blank=True, max_length=100)),
                ("severity", models.CharField(blank=True, max_length=10)),
                ("cents", models.BigIntegerField(null=True)),
                ("lead", models.CharField(blank=True, max_length=100)),
                ("department", models.CharField(blank=True, max_length=200)),
                ("measures", models.CharField(blank=True, max_length=5000)),
                ("served_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("state", models.CharField(max_length=10)),
                ("closed_on", models.DateField(null=True)),
                ("remark", models.CharField(blank=True, max_length=2000)),
                (
                    "desk",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.unitdesk",
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
                    "upload",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.problemimport",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StagedProblem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_no", models.PositiveIntegerField()),
                ("sheet_name", models.CharField(max_length=100)),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("faulty", "faulty"),
                            ("living", "living"),
                            ("history", "history"),
                            ("differs", "differs"),
                            ("same", "same"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "gist",
                    models.CharField(
                        blank=True, help_text="What it is recognised by.", max_length=200
                    ),
                ),
                ("said", models.JSONField(null=True)),
                ("quote", models.JSONField()),
                ("faults", models.JSONField(default=list)),
                ("remarks", models.JSONField(default=list)),
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
                    "upload",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="sharing.problemimport",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="problemimport",
            index=models.Index(fields=["tenant", "sha256"], name="problem_import_same_file"),
        ),
        migrations.AddIndex(
            model_name="pastproblem",
            index=models.Index(fields=["tenant", "state", "-id"], name="past_problem_by_state"),
        ),
        migrations.AddIndex(
            model_name="pastproblem",
            index=models.Index(fields=["tenant", "unit_name", "-id"], name="past_problem_by_unit"),
        ),
        migrations.AddIndex(
            model_name="pastproblem",
            index=models.Index(
                fields=["tenant", "round_name", "-id"], name="past_problem_by_round"
            ),
        ),
        migrations.AddIndex(
            model_name="pastproblem",
            index=models.Index(fields=["tenant", "-id"], name="past_problem_newest"),
        ),
        migrations.AddConstraint(
            model_name="pastproblem",
            constraint=models.UniqueConstraint(fields=("tenant", "key"), name="past_problem_once"),
        ),
        migrations.AddConstraint(
            model_name="pastproblem",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["done", "basically", "open"])),
                name="past_problem_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="pastproblem",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_on__isnull", True), ("state", "done"), _connector="OR"),
                name="past_problem_closed_when_done",
            ),
        ),
        migrations.AddIndex(
            model_name="stagedproblem",
            index=models.Index(
                fields=["tenant", "upload", "fate", "id"], name="staged_problem_by_fate"
            ),
        ),
        migrations.AddConstraint(
            model_name="stagedproblem",
            constraint=models.UniqueConstraint(
                fields=("tenant", "upload", "row_no"), name="staged_problem_once"
            ),
        ),
        *(fence(f"sharing_{table}") for table in TABLES),
        composite_fk("sharing_stagedproblem", "upload_id", "sharing_problemimport"),
        composite_fk("sharing_pastproblem", "upload_id", "sharing_problemimport"),
        composite_fk("sharing_pastproblem", "desk_id", "sharing_unitdesk"),
        grant("sharing_problemimport", app="SELECT, INSERT, UPDATE (state)"),
        grant("sharing_stagedproblem", app="SELECT, INSERT, DELETE"),
        grant("sharing_pastproblem", app="SELECT, INSERT"),
        imports_ledger(
            "problem",
            upload="problemimport",
            staged="stagedproblem",
            past="pastproblem",
            may=DIRECTS,
        ),
        RoleSQL(
            [
                "INSERT INTO sharing_lawfulstep (life, act, before, after, hand) VALUES "
                + ", ".join(
                    f"('rectification_item', '{act}', 'assigned', '{after}', 'office_director')"
                    for act, after in FIRST_ACTS
                ),
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                *(
                    f"CREATE TRIGGER {name} {when} ON sharing_{table} FOR EACH ROW "
                    f"{only}EXECUTE FUNCTION sec.{function}()"
                    for name, table, when, only, function in TRIGGERS
                ),
            ],
            [
                *(f"DROP TRIGGER {name} ON sharing_{table}" for name, table, *_ in TRIGGERS),
                *(f"DROP FUNCTION sec.{name}" for name in FUNCTIONS),
                f"DELETE FROM sharing_lawfulstep WHERE {OF_LIFE}",
            ],
            "Let what the ledger left open go on as an item",
        ),
    ]
