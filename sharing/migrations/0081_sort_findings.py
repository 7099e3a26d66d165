"""The office's classes of findings, and the editions that a city hands to its counties."""

import django.db.models.deletion
from django.db import migrations, models

from tenancy.rls import RoleSQL, composite_fk, fence, fence_delivered, grant

# Kept by a director, on two levels; the city's are as its newest edition tells them.
ADMIT_CATEGORY = """
CREATE FUNCTION sec.admit_category() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    told jsonb;
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant()
       OR NOT (sec.acts_as('county_director', 'keep_categories')
               OR sec.acts_as('city_director', 'keep_categories')) THEN
        RAISE EXCEPTION 'The director keeps the categories of findings.'
            USING ERRCODE = 'insufficient_privilege',
                  CONSTRAINT = 'finding_category_kept_by_the_director',
                  TABLE = 'sharing_findingcategory';
    END IF;
    IF NEW.parent_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.sharing_findingcategory AS heading
         WHERE heading.tenant_id = NEW.tenant_id AND heading.id = NEW.parent_id
           AND heading.parent_id IS NULL AND heading.frame = NEW.frame) THEN
        RAISE EXCEPTION 'A class stands under a heading of its own frame.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'finding_category_on_two_levels',
                  TABLE = 'sharing_findingcategory';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.is_citys AND NOT NEW.is_citys
       OR NOT NEW.is_citys AND NEW.parent_id IS NULL AND EXISTS (
           SELECT FROM public.sharing_findingcategory AS citys
            WHERE citys.tenant_id = NEW.tenant_id AND citys.is_citys)
          AND (TG_OP = 'INSERT' OR NEW.retired_on IS NULL) THEN
        RAISE EXCEPTION 'Where the city''s set is used, its headings are the city''s.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'finding_category_heading_is_the_citys',
                  TABLE = 'sharing_findingcategory';
    END IF;
    IF NEW.is_citys THEN
        SELECT edition.entries INTO told
          FROM public.sharing_categoryedition AS edition
          JOIN public.tenancy_office AS office
            ON office.id = edition.tenant_id AND office.parent_id = edition.sender_id
         WHERE edition.tenant_id = NEW.tenant_id ORDER BY edition.number DESC LIMIT 1;
        IF told IS NULL OR NOT told @> jsonb_build_array(jsonb_build_object(
            'code', NEW.code, 'title', NEW.title, 'frame', NEW.frame,
            'retired', NEW.retired_on IS NOT NULL)) THEN
            RAISE EXCEPTION 'What is the city''s is as its newest edition tells it.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'finding_category_as_the_city_says',
                      TABLE = 'sharing_findingcategory';
        END IF;
    END IF;
    RETURN NEW;
END
$body$
"""

# From a city's director to its own office and its counties, and to nobody else.
ISSUED_BY_THE_CITY = """
CREATE FUNCTION sec.issued_by_the_city() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.sender_id IS DISTINCT FROM sec.tenant()
       OR NOT sec.acts_as('city_director', 'issue_dictionaries')
       OR NOT EXISTS (
           SELECT FROM public.tenancy_office AS office
            WHERE office.id = NEW.tenant_id
              AND (office.id = NEW.sender_id OR office.parent_id = NEW.sender_id)) THEN
        RAISE EXCEPTION 'The city''s director issues it, to the city''s counties.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'category_edition_issued_by_the_city',
                  TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$body$
"""

FUNCTIONS = {
    "admit_category()": ADMIT_CATEGORY,
    "issued_by_the_city()": ISSUED_BY_THE_CITY,
}


class Migration(migrations.Migration):
    dependencies = [("sharing", "0080_speak_for_units")]

    operations = [
        migrations.CreateModel(
            name="CategoryEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="The sender's own, from 1.")),
                ("entries", models.JSONField()),
                (
                    "remark",
                    models.CharField(blank=True, help_text="What is new in it.", max_length=500),
                ),
                ("issued_at", models.DateTimeField()),
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "sender", "number"), name="category_edition_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FindingCategory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(help_text="Given by the product, never twice.", max_length=20),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "frame",
                    models.CharField(
                        choices=[
                            ("units", "Units (four implementations)"),
                            ("grass_roots", "Grass roots (three or four focuses)"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(help_text="Its place among its siblings."),
                ),
                (
                    "is_citys",
                    models.BooleanField(
                        default=False, help_text="Taken over from the city's edition."
                    ),
                ),
                ("retired_on", models.DateField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="classes",
                        to="sharing.findingcategory",
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "code"), name="finding_category_code_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", ""), _negated=True),
                            models.Q(("title", ""), _negated=True),
                        ),
                        name="finding_category_has_a_title",
                    ),
                ],
            },
        ),
        fence("sharing_findingcategory"),
        fence_delivered("sharing_categoryedition"),
        composite_fk("sharing_findingcategory", "parent_id", "sharing_findingcategory"),
        # Code, title, frame and place in the tree are written once.
        grant(
            "sharing_findingcategory",
            app="SELECT, INSERT, UPDATE (position, retired_on, is_citys)",
            worker="SELECT",
        ),
        grant("sharing_categoryedition", app="SELECT, INSERT", worker="SELECT"),
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                "CREATE TRIGGER admit BEFORE INSERT OR UPDATE ON sharing_findingcategory"
                " FOR EACH ROW EXECUTE FUNCTION sec.admit_category()",
                "CREATE TRIGGER issued BEFORE INSERT ON sharing_categoryedition"
                " FOR EACH ROW EXECUTE FUNCTION sec.issued_by_the_city()",
            ],
            [
                "DROP TRIGGER issued ON sharing_categoryedition",
                "DROP TRIGGER admit ON sharing_findingcategory",
                *(f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)),
            ],
            "Let directors keep the categories, and the city issue its own",
        ),
    ]
