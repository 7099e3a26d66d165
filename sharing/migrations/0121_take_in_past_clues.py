"""The ledger of clues of the years before. Each office's own, seen as its register of clues is.

No worker has a right on any of it, and keys are drawn at random. docs/architecture/ledgers.md
"""

import django.db.models.deletion
from django.db import migrations, models

from sharing.models.ledger_guards import imports_ledger
from tenancy.rls import RoleSQL, composite_fk, fence_narrowed, grant

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# An import and its rows: who handles clues in that office, in person.
TAKES_IN_CLUES = f"""
CREATE FUNCTION sec.takes_in_clues(of_office bigint) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT of_office = sec.tenant() AND sec.holds_own_hand('clue', 'office_director')
$body$
"""
# What was taken was handed over: the discipline body reads it, too. Never who bears the subject's name.
READS_PAST_CLUE = f"""
CREATE FUNCTION sec.reads_past_clue(of_office bigint, subject text) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT of_office = sec.tenant()
       AND (sec.holds_own_hand('clue', 'office_director')
            OR sec.holds_own_hand('clue', 'discipline_body'))
       AND NOT EXISTS (
           SELECT FROM public.tenancy_user AS person
            WHERE person.id = sec.user_id() AND person.display_name = subject)
$body$
"""
# A clue about a cadre whom the city manages is in no county's register.
KEEP_AT_HOME = f"""
CREATE FUNCTION sec.keep_past_clue_at_home() RETURNS trigger
LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF NEW.management_level = 'city_managed' AND EXISTS (
        SELECT FROM public.tenancy_office AS office
         WHERE office.id = NEW.tenant_id AND office.parent_id IS NOT NULL) THEN
        RAISE EXCEPTION 'Clues about cadres whom the city manages are the city''s.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'past_clue_of_its_office',
                  TABLE = 'sharing_pastclue';
    END IF;
    RETURN NEW;
END
$body$
"""
FUNCTIONS = {
    "takes_in_clues(bigint)": TAKES_IN_CLUES,
    "reads_past_clue(bigint, text)": READS_PAST_CLUE,
    "keep_past_clue_at_home()": KEEP_AT_HOME,
}
ASKED_BY_THE_WEB = ("takes_in_clues(bigint)", "reads_past_clue(bigint, text)")
TABLES = ("clueimport", "stagedclue", "pastclue")


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0120_take_in_ledgers"),
        ("tenancy", "0086_tell_guests_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClueImport",
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
            name="PastClue",
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
                (
                    "number",
                    models.CharField(
                        help_text="The office's own, as it was written.", max_length=40
                    ),
                ),
                ("subject_name", models.CharField(max_length=100)),
                ("subject_unit", models.CharField(blank=True, max_length=200)),
                ("management_level", models.CharField(max_length=20)),
                ("gist", models.CharField(max_length=4000)),
                ("handed_over_on", models.DateField()),
                ("receipt_number", models.CharField(blank=True, max_length=100)),
                ("disposal", models.CharField(blank=True, max_length=20)),
                ("outcomes", models.JSONField(default=list, help_text="Codes of the subject.")),
                ("result_on", models.DateField(null=True)),
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
                        to="sharing.clueimport",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StagedClue",
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
                        to="sharing.clueimport",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="clueimport",
            index=models.Index(fields=["tenant", "sha256"], name="clue_import_same_file"),
        ),
        migrations.AddIndex(
            model_name="pastclue",
            index=models.Index(
                fields=["tenant", "-handed_over_on", "-id"], name="past_clue_newest"
            ),
        ),
        migrations.AddConstraint(
            model_name="pastclue",
            constraint=models.UniqueConstraint(fields=("tenant", "key"), name="past_clue_once"),
        ),
        migrations.AddConstraint(
            model_name="pastclue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("management_level__in", ["city_managed", "county_managed", "lower"])
                ),
                name="past_clue_level_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="pastclue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "disposal__in",
                        ["", "talk_inquiry", "preliminary_check", "shelved", "closed_no_action"],
                    )
                ),
                name="past_clue_disposal_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="stagedclue",
            constraint=models.UniqueConstraint(
                fields=("tenant", "upload", "row_no"), name="staged_clue_once"
            ),
        ),
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                *(f"GRANT EXECUTE ON FUNCTION sec.{name} TO @app@" for name in ASKED_BY_THE_WEB),
            ],
            [f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)],
            "Say who takes in and who reads past clues",
        ),
        fence_narrowed("sharing_clueimport", "sec.takes_in_clues(tenant_id)"),
        fence_narrowed("sharing_stagedclue", "sec.takes_in_clues(tenant_id)"),
        fence_narrowed("sharing_pastclue", "sec.reads_past_clue(tenant_id, subject_name)"),
        composite_fk("sharing_stagedclue", "upload_id", "sharing_clueimport"),
        composite_fk("sharing_pastclue", "upload_id", "sharing_clueimport"),
        grant("sharing_clueimport", app="SELECT, INSERT, UPDATE (state)"),
        grant("sharing_stagedclue", app="SELECT, INSERT, DELETE"),
        grant("sharing_pastclue", app="SELECT, INSERT"),
        imports_ledger(
            "clue",
            upload="clueimport",
            staged="stagedclue",
            past="pastclue",
            may="sec.holds_own_hand('clue', 'office_director')",
        ),
        RoleSQL(
            [
                "CREATE TRIGGER at_home BEFORE INSERT ON sharing_pastclue"
                " FOR EACH ROW EXECUTE FUNCTION sec.keep_past_clue_at_home()",
                *(
                    f"CREATE TRIGGER drawn BEFORE INSERT ON sharing_{table}"
                    " FOR EACH ROW EXECUTE FUNCTION sec.key_at_random()"
                    for table in TABLES
                ),
            ],
            [
                "DROP TRIGGER at_home ON sharing_pastclue",
                *(f"DROP TRIGGER drawn ON sharing_{table}" for table in TABLES),
            ],
            "Draw keys at random, and keep clues in the register that they are of",
        ),
    ]
