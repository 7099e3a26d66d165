"""The rule library: rows are added and never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tenancy.rls import RoleSQL, composite_fk, fence, fence_delivered, grant

# Who may add to the library: a director to their own office's, the city's to its counties'. What
# hangs under a text or an edition is of the same sender, and articles are as many as were announced.
ADMIT_RULE = """
CREATE FUNCTION sec.admit_rule() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    keeper bigint;
    announced integer;
BEGIN
    IF NEW.sender_id IS DISTINCT FROM sec.tenant()
       OR NOT (NEW.tenant_id = NEW.sender_id
               AND (sec.acts_as('county_director', 'keep_rules')
                    OR sec.acts_as('city_director', 'keep_rules'))
               OR sec.acts_as('city_director', 'issue_dictionaries') AND EXISTS (
                   SELECT FROM public.tenancy_office AS office
                    WHERE office.id = NEW.tenant_id AND office.parent_id = NEW.sender_id)) THEN
        RAISE EXCEPTION 'A director keeps the library; the city''s issues to its counties.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'rule_kept_by_the_director',
                  TABLE = TG_TABLE_NAME;
    END IF;
    IF TG_TABLE_NAME = 'sharing_ruleedition' THEN
        SELECT text.sender_id INTO keeper FROM public.sharing_ruletext AS text
         WHERE text.tenant_id = NEW.tenant_id AND text.id = NEW.text_id;
    ELSIF TG_TABLE_NAME = 'sharing_rulearticle' THEN
        SELECT edition.sender_id, edition.article_count INTO keeper, announced
          FROM public.sharing_ruleedition AS edition
         WHERE edition.tenant_id = NEW.tenant_id AND edition.id = NEW.edition_id;
        IF NEW.position NOT BETWEEN 1 AND announced THEN
            RAISE EXCEPTION 'An edition has as many articles as it was made with.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_edition_is_closed',
                      TABLE = TG_TABLE_NAME;
        END IF;
    ELSE
        keeper := NEW.sender_id;
    END IF;
    IF keeper IS DISTINCT FROM NEW.sender_id THEN
        RAISE EXCEPTION 'Who keeps a text adds its editions.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_of_whoever_keeps_it',
                  TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$body$
"""

ADMIT_RULE_IMPORT = """
CREATE FUNCTION sec.admit_rule_import() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NOT (sec.acts_as('county_director', 'keep_rules')
            OR sec.acts_as('city_director', 'keep_rules')) THEN
        RAISE EXCEPTION 'A director keeps the library.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'rule_kept_by_the_director',
                  TABLE = TG_TABLE_NAME;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state <> 'dry_run' THEN
        RAISE EXCEPTION 'What was applied or given up is over.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_import_ends_once',
                  TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$body$
"""

RULES = ("ruletext", "ruleedition", "rulearticle")
FUNCTIONS = {"admit_rule()": ADMIT_RULE, "admit_rule_import()": ADMIT_RULE_IMPORT}


class Migration(migrations.Migration):
    dependencies = [("sharing", "0081_sort_findings")]

    operations = [
        migrations.CreateModel(
            name="RuleImport",
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
                            ("dry_run", "Ready: look at it, then apply"),
                            ("applied", "Applied"),
                            ("given_up", "Given up"),
                        ],
                        default="dry_run",
                        max_length=10,
                    ),
                ),
                ("rows_read", models.PositiveIntegerField()),
                ("drafts", models.JSONField()),
                ("faults", models.JSONField()),
                ("remarks", models.JSONField()),
                ("uploaded_at", models.DateTimeField()),
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
                (
                    "uploaded_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RuleText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("title_key", models.CharField(help_text="The title in pinyin.", max_length=1800)),
                (
                    "initials",
                    models.CharField(help_text="First letters of the pinyin.", max_length=300),
                ),
                ("issuer", models.CharField(blank=True, max_length=200)),
                (
                    "number",
                    models.CharField(
                        blank=True, help_text="The document's number.", max_length=100
                    ),
                ),
                ("added_at", models.DateTimeField()),
                (
                    "sender",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
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
            ],
        ),
        migrations.CreateModel(
            name="RuleEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "label",
                    models.CharField(help_text="As people call it: 2023年修订.", max_length=100),
                ),
                ("effective_from", models.DateField()),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                ("is_repeal", models.BooleanField(default=False)),
                (
                    "article_count",
                    models.PositiveIntegerField(
                        help_text="Said when it is made: no article can be slipped in afterwards."
                    ),
                ),
                ("added_at", models.DateTimeField()),
                (
                    "sender",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
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
                    "text",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="sharing.ruletext",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RuleArticle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("number", models.CharField(help_text="As printed: 第二十七条.", max_length=50)),
                ("chapter", models.CharField(blank=True, max_length=200)),
                ("words", models.TextField()),
                ("is_gist", models.BooleanField(default=False)),
                (
                    "sender",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
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
                    "edition",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="sharing.ruleedition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "edition", "number"), name="rule_article_once_per_edition"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "edition", "position"), name="rule_article_in_its_place"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="ruletext",
            constraint=models.UniqueConstraint(
                fields=("tenant", "sender", "title"), name="rule_text_once_by_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleedition",
            constraint=models.UniqueConstraint(
                fields=("tenant", "text", "effective_from", "revision"), name="rule_edition_once"
            ),
        ),
        *(fence_delivered(f"sharing_{table}") for table in RULES),
        fence("sharing_ruleimport"),
        composite_fk("sharing_ruleedition", "text_id", "sharing_ruletext"),
        composite_fk("sharing_rulearticle", "edition_id", "sharing_ruleedition"),
        *(grant(f"sharing_{table}", app="SELECT, INSERT", worker="SELECT") for table in RULES),
        grant(
            "sharing_ruleimport",
            app="SELECT, INSERT, UPDATE (state, drafts, faults, ended_at)",
        ),
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                *(
                    f"CREATE TRIGGER admit BEFORE INSERT OR UPDATE ON sharing_{table}"
                    " FOR EACH ROW EXECUTE FUNCTION sec.admit_rule()"
                    for table in RULES
                ),
                "CREATE TRIGGER admit BEFORE INSERT OR UPDATE ON sharing_ruleimport"
                " FOR EACH ROW EXECUTE FUNCTION sec.admit_rule_import()",
            ],
            [
                "DROP TRIGGER admit ON sharing_ruleimport",
                *(f"DROP TRIGGER admit ON sharing_{table}" for table in RULES),
                *(f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)),
            ],
            "Let directors add to the library, and nobody change it",
        ),
    ]
