"""Lists of hand-over are urged by letters of their own, numbered and sealed, in the eyes of both sides."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tenancy.rls import RoleSQL, composite_fk, fence_narrowed, grant

# The director's alone, once a day, while its receipt is missing or a clue on it is overdue.
GUARD_URGING = """
CREATE FUNCTION sec.guard_hand_over_urging() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant()
       OR NOT sec.holds_own_hand('clue', 'office_director')
       OR NOT sec.reads_hand_over_list(NEW.list_id) THEN
        RAISE EXCEPTION 'A list is urged by the director who sees it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'hand_over_urged_by_the_director',
                  TABLE = 'sharing_handoverurging';
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.sharing_handoverlist AS list
          JOIN public.sharing_handoverentry AS entry
            ON entry.tenant_id = list.tenant_id AND entry.list_id = list.id
           AND entry.returned_at IS NULL
          JOIN public.sharing_officeclue AS clue
            ON clue.tenant_id = entry.tenant_id AND clue.id = entry.clue_id
         WHERE list.tenant_id = NEW.tenant_id AND list.id = NEW.list_id
           AND (list.acknowledged_at IS NULL OR clue.next_due_on < sec.today())) THEN
        RAISE EXCEPTION 'Nothing of this list is owed.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'hand_over_urged_when_it_is_owed',
                  TABLE = 'sharing_handoverurging';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('sharing_handoverurging'), NEW.tenant_id::integer);
    NEW.on := sec.today();
    NEW.year := extract(year FROM NEW.on);
    NEW.number := (SELECT COALESCE(max(one.number), 0) + 1
                     FROM public.sharing_handoverurging AS one
                    WHERE one.tenant_id = NEW.tenant_id AND one.year = NEW.year);
    NEW.reference := '巡线催〔' || NEW.year || '〕' || NEW.number || '号';
    NEW.signed_by_id := sec.user_id();
    NEW.signed_by_name := (SELECT person.display_name FROM public.tenancy_user AS person
                            WHERE person.id = sec.user_id());
    NEW.signed_at := clock_timestamp();
    NEW.document := concat_ws(chr(10), '文号：' || NEW.reference, '签发：' || NEW.signed_by_name,
        '签发日期：' || to_char(NEW.on, 'YYYY-MM-DD'), NEW.document);
    NEW.sha256 := encode(sha256(convert_to(NEW.document, 'UTF8')), 'hex');
    RETURN NEW;
END
$body$
"""


def key(to: str, **given: object) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        to=to,
        **{"related_name": "+", **given},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0096_tell_of_clues"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HandOverUrging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(null=True)),
                ("year", models.PositiveSmallIntegerField(null=True)),
                (
                    "number",
                    models.PositiveIntegerField(help_text="Of the office and year.", null=True),
                ),
                ("reference", models.CharField(default="", max_length=60)),
                ("document", models.TextField()),
                ("sha256", models.CharField(default="", max_length=64)),
                ("signed_by_name", models.CharField(default="", max_length=100)),
                ("signed_at", models.DateTimeField(null=True)),
                (
                    "list",
                    key("sharing.handoverlist", db_constraint=False, related_name="urgings"),
                ),
                ("signed_by", key(settings.AUTH_USER_MODEL, null=True)),
                ("tenant", key("tenancy.office", db_column="tenant_id", editable=False)),
            ],
        ),
        migrations.AddConstraint(
            "handoverurging",
            models.UniqueConstraint(
                name="hand_over_urging_number_once", fields=["tenant", "year", "number"]
            ),
        ),
        migrations.AddConstraint(
            "handoverurging",
            models.UniqueConstraint(
                name="hand_over_urged_once_a_day", fields=["tenant", "list", "on"]
            ),
        ),
        fence_narrowed("sharing_handoverurging", "sec.reads_hand_over_list(list_id)"),
        composite_fk("sharing_handoverurging", "list_id", "sharing_handoverlist"),
        # No worker, as of all that is the clues'.
        grant("sharing_handoverurging", app="SELECT, INSERT"),
        RoleSQL(
            [
                GUARD_URGING,
                "REVOKE ALL ON FUNCTION sec.guard_hand_over_urging() FROM PUBLIC",
                "CREATE TRIGGER drawn BEFORE INSERT ON sharing_handoverurging"
                " FOR EACH ROW EXECUTE FUNCTION sec.key_at_random()",
                "CREATE TRIGGER guard BEFORE INSERT ON sharing_handoverurging"
                " FOR EACH ROW EXECUTE FUNCTION sec.guard_hand_over_urging()",
            ],
            [
                "DROP TRIGGER guard ON sharing_handoverurging",
                "DROP TRIGGER drawn ON sharing_handoverurging",
                "DROP FUNCTION sec.guard_hand_over_urging()",
            ],
            "Let the director urge a list",
        ),
    ]
