"""Papers are given a class of the dictionary, and cite articles of the rule library."""

import django.db.models.deletion
from django.db import migrations, models

from tenancy.rls import RoleSQL, composite_fk

# The words of the class are the dictionary's, whatever the statement says: they come before the text is
# looked at, and are repeated with it.
SORT_PAPER = """
CREATE FUNCTION sec.sort_paper() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    NEW.level := ''; NEW.class_name := '';
    IF NEW.category_id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT heading.code, sorted.title INTO NEW.level, NEW.class_name
      FROM public.sharing_findingcategory AS sorted
      JOIN public.sharing_findingcategory AS heading
        ON heading.tenant_id = sorted.tenant_id AND heading.id = sorted.parent_id
     WHERE sorted.tenant_id = sec.tenant() AND sorted.tenant_id = NEW.tenant_id
       AND sorted.id = NEW.category_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'A paper is given a class of the second level.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paper_of_a_class',
                  TABLE = 'sharing_paperversion';
    END IF;
    RETURN NEW;
END
$body$
"""

REPEAT_CATEGORY = """
CREATE FUNCTION sec.repeat_category() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    UPDATE public.sharing_workingpaper AS paper SET category_id = NEW.category_id
     WHERE paper.tenant_id = sec.tenant() AND paper.tenant_id = NEW.tenant_id
       AND paper.id = NEW.paper_id;
    RETURN NEW;
END
$body$
"""

POINTERS = (
    ("workingpaper", "category", "sharing.findingcategory"),
    ("paperversion", "category", "sharing.findingcategory"),
    ("paperbasis", "rule_article", "sharing.rulearticle"),
)


class Migration(migrations.Migration):
    dependencies = [("sharing", "0061_rewrap_informants")]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name=name,
                field=models.ForeignKey(
                    db_constraint=False,
                    db_index=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=target,
                ),
            )
            for model, name, target in POINTERS
        ),
        *(
            composite_fk(f"sharing_{model}", f"{name}_id", target.replace(".", "_"))
            for model, name, target in POINTERS
        ),
        RoleSQL(
            [
                SORT_PAPER,
                REPEAT_CATEGORY,
                "REVOKE ALL ON FUNCTION sec.sort_paper(), sec.repeat_category() FROM PUBLIC",
                "CREATE TRIGGER sort BEFORE INSERT ON sharing_paperversion "
                "FOR EACH ROW EXECUTE FUNCTION sec.sort_paper()",
                "CREATE TRIGGER repeat_category AFTER INSERT ON sharing_paperversion "
                "FOR EACH ROW EXECUTE FUNCTION sec.repeat_category()",
            ],
            [
                "DROP TRIGGER repeat_category ON sharing_paperversion",
                "DROP TRIGGER sort ON sharing_paperversion",
                "DROP FUNCTION sec.repeat_category()",
                "DROP FUNCTION sec.sort_paper()",
            ],
            "Give papers the words of their class",
        ),
    ]
