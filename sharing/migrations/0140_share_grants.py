"""Share grants, the views of them, what is shown of these, and to whom it was.

docs/architecture/grants.md says what the database insists on.
"""

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tenancy.rls import (
    RoleSQL,
    composite_fk,
    fence,
    fence_between,
    fence_narrowed,
    fence_sent_to_neighbours,
    fence_shown,
    grant,
)

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# A view of a clue: whoever approves it, and never whom it is about or who has a tie to them.
READS_SHARE_VIEW = f"""
CREATE FUNCTION sec.reads_share_view(kind text, object_id bigint, concerns text) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT kind <> 'clue'
        OR (NOT sec.tied_to_clue(object_id, concerns) AND sec.may_know_of_clues())
$body$
"""
READS_SHARE_NOTE = f"""
CREATE FUNCTION sec.reads_share_note(kind text, written_by bigint, concerns text) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT concerns <> sec.own_name()
       AND (kind <> 'clue' OR written_by = sec.user_id()
            OR sec.own_roles() && '{{city_director, county_director, discipline_body}}'::text[])
$body$
"""
SEES_SHARE = f"""
CREATE FUNCTION sec.sees_share(owner bigint, of_grant bigint) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_sharegrant AS one
         WHERE one.tenant_id = owner AND one.id = of_grant
           AND sec.tenant() IN (one.tenant_id, one.receiver_id, one.watcher_id)
           AND ('clue' <> ALL (one.kinds) OR sec.may_know_of_clues()))
$body$
"""
KNOWS_OF = f"""
CREATE FUNCTION sec.knows_of(kind text) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$ SELECT kind <> 'clue' OR sec.may_know_of_clues() $body$
"""
READS = (
    "sec.reads_share_view(text, bigint, text), sec.reads_share_note(text, bigint, text),"
    " sec.sees_share(bigint, bigint), sec.knows_of(text)"
)
SHOWN_COLUMNS = (
    "id, tenant_id, sender_id, use, grant_number, edition, place, kind, purpose, roles, until_on,"
    " may_export, fields, digest, shown_from, taken_back_at"
)
AT_RANDOM = ("sharegrant", "shownview")


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0138_end_urging_letters"),
        ("tenancy", "0090_know_neighbours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ShareGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=40)),
                (
                    "steps",
                    models.PositiveIntegerField(default=0, help_text="How many acts were done."),
                ),
                (
                    "is_offered",
                    models.BooleanField(default=False, help_text="By its owner, unasked."),
                ),
                (
                    "batch",
                    models.UUIDField(
                        help_text="Asked of, or offered to, several at once.", null=True
                    ),
                ),
                ("purpose", models.CharField(max_length=20)),
                ("basis", models.CharField(help_text="Legal basis.", max_length=300)),
                (
                    "wanted",
                    models.CharField(help_text="What is asked for, in words.", max_length=1000),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                (
                    "unit",
                    models.CharField(blank=True, help_text="Of this unit alone.", max_length=200),
                ),
                ("happened_from", models.DateField(null=True)),
                ("happened_until", models.DateField(help_text="Exclusive.", null=True)),
                (
                    "fields",
                    models.JSONField(
                        default=dict, help_text="By kind, names of fields asked for; none: all."
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        help_text="Who reads, there.",
                        size=None,
                    ),
                ),
                ("until_on", models.DateField(help_text="The first day on which nobody reads.")),
                ("may_export", models.BooleanField(default=False)),
                ("asked_by_name", models.CharField(default="", max_length=100)),
                ("asked_at", models.DateTimeField(null=True)),
                (
                    "edition",
                    models.PositiveIntegerField(
                        default=0, help_text="Of its views, as they stand."
                    ),
                ),
                ("granted_at", models.DateTimeField(null=True)),
                (
                    "ended_at",
                    models.DateTimeField(help_text="Refused, withdrawn or taken back.", null=True),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        db_index=False,
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
                    "watcher",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ShareGrantStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(default=0)),
                ("act", models.CharField(max_length=40)),
                ("hand", models.CharField(max_length=40)),
                ("before", models.CharField(default="", max_length=40)),
                ("after", models.CharField(max_length=40)),
                ("by_name", models.CharField(default="", max_length=100)),
                (
                    "on_behalf_of",
                    models.CharField(default="", help_text="Of a deputy: whose.", max_length=100),
                ),
                ("reason", models.CharField(blank=True, max_length=2000)),
                (
                    "facts",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="What the act was asked for: days, opinions, numbers. Content, and in no log.",
                    ),
                ),
                ("at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_column="record_id",
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="walked",
                        to="sharing.sharegrant",
                    ),
                ),
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
            name="ShareGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "members",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        help_text="Numbers of offices.",
                        size=None,
                    ),
                ),
                ("made_by_name", models.CharField(default="", max_length=100)),
                ("made_at", models.DateTimeField(null=True)),
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
            name="ShareGroupUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("batch", models.UUIDField()),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="sharing.sharegroup",
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
            name="ShareNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("grant_number", models.BigIntegerField()),
                ("view", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("concerns", models.CharField(blank=True, max_length=100)),
                ("digest", models.CharField(max_length=64)),
                ("text", models.CharField(max_length=4000)),
                ("written_by_name", models.CharField(default="", max_length=100)),
                ("written_at", models.DateTimeField(null=True)),
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
                    "written_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ShareView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition", models.PositiveIntegerField()),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        help_text="1, 2, … within the grant; it keeps it."
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.BigIntegerField(help_text="Of the record, by its kind.")),
                (
                    "concerns",
                    models.CharField(
                        blank=True, help_text="Of a clue: its subject.", max_length=100
                    ),
                ),
                ("withheld", models.JSONField(default=list)),
                ("spans", models.JSONField(default=list, help_text="[field, start, end]")),
                ("content", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("made_by_name", models.CharField(default="", max_length=100)),
                ("made_at", models.DateTimeField(null=True)),
                (
                    "grant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="views",
                        to="sharing.sharegrant",
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
            name="ShownView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[("reading", "Reading"), ("approval", "Approval")], max_length=10
                    ),
                ),
                ("grant_number", models.BigIntegerField(help_text="The row is the owner's.")),
                ("edition", models.PositiveIntegerField()),
                ("place", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("purpose", models.CharField(max_length=20)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("until_on", models.DateField()),
                ("may_export", models.BooleanField()),
                ("concerns", models.CharField(blank=True, max_length=100)),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        help_text="Names of those that it has.",
                        size=None,
                    ),
                ),
                ("content", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("shown_from", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
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
            name="ShareDisclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("grant_number", models.BigIntegerField()),
                ("view", models.BigIntegerField(help_text="Of the shown view.")),
                ("kind", models.CharField(max_length=20)),
                ("place", models.PositiveSmallIntegerField()),
                ("edition", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), size=None
                    ),
                ),
                ("person_name", models.CharField(max_length=100)),
                ("role", models.CharField(max_length=40)),
                ("purpose", models.CharField(max_length=20)),
                ("way", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                "indexes": [
                    models.Index(
                        fields=["tenant", "grant_number", "at", "id"], name="disclosure_of_grant"
                    ),
                    models.Index(fields=["sender", "-at", "id"], name="disclosure_by_receiver"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="sharegrant",
            index=models.Index(
                fields=["tenant", "state", "-asked_at", "id"], name="share_of_owner"
            ),
        ),
        migrations.AddIndex(
            model_name="sharegrant",
            index=models.Index(
                fields=["receiver", "state", "-asked_at", "id"], name="share_of_receiver"
            ),
        ),
        migrations.AddIndex(
            model_name="sharegrant",
            index=models.Index(
                fields=["watcher", "state", "-asked_at", "id"], name="share_watched"
            ),
        ),
        migrations.AddIndex(
            model_name="sharegrant",
            index=models.Index(fields=["tenant", "-asked_at", "id"], name="share_of_owner_newest"),
        ),
        migrations.AddIndex(
            model_name="sharegrant",
            index=models.Index(
                fields=["receiver", "-asked_at", "id"], name="share_of_receiver_newest"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "purpose__in",
                        [
                            "corroboration",
                            "handling",
                            "preparation",
                            "common_problem",
                            "supervision",
                        ],
                    )
                ),
                name="share_purpose_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kinds__contained_by", ["finding", "clue", "rectification_item", "letter"]),
                    ("kinds__len__gt", 0),
                ),
                name="share_of_known_kinds",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("roles__len__gt", 0)), name="share_has_readers"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("receiver", models.F("tenant")), _negated=True),
                name="share_to_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharegrantstep",
            constraint=models.UniqueConstraint(
                fields=("tenant", "record", "number"), name="share_grant_step_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharegroup",
            constraint=models.UniqueConstraint(
                fields=("tenant", "name"), name="share_group_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharegroupuse",
            constraint=models.UniqueConstraint(
                fields=("tenant", "group", "batch"), name="share_group_use_once"
            ),
        ),
        migrations.AddIndex(
            model_name="sharenote",
            index=models.Index(fields=["tenant", "grant_number", "id"], name="share_note_of_grant"),
        ),
        migrations.AddIndex(
            model_name="shareview",
            index=models.Index(fields=["tenant", "kind", "object_id"], name="share_view_of_record"),
        ),
        migrations.AddConstraint(
            model_name="shareview",
            constraint=models.UniqueConstraint(
                fields=("tenant", "grant", "edition", "place"), name="share_view_place_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="shareview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["finding", "clue", "rectification_item", "letter"])
                ),
                name="share_view_of_known_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="shownview",
            index=models.Index(
                condition=models.Q(("taken_back_at__isnull", True)),
                fields=["tenant", "-shown_from", "id"],
                name="shown_view_newest_first",
            ),
        ),
        migrations.AddIndex(
            model_name="shownview",
            index=models.Index(
                fields=["tenant", "grant_number", "place"], name="shown_view_of_grant"
            ),
        ),
        migrations.AddIndex(
            model_name="shownview",
            index=models.Index(fields=["sender", "grant_number"], name="shown_view_sent"),
        ),
        RoleSQL(
            [
                READS_SHARE_VIEW,
                READS_SHARE_NOTE,
                SEES_SHARE,
                KNOWS_OF,
                f"REVOKE ALL ON FUNCTION {READS} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {READS} TO @app@, @worker@",
            ],
            [f"DROP FUNCTION {READS}"],
            "Say who reads views of clues, and notes from them",
        ),
        fence_between("sharing_sharegrant"),
        fence_sent_to_neighbours("sharing_sharegrantstep", "sec.sees_share(tenant_id, record_id)"),
        fence_narrowed("sharing_shareview", "sec.reads_share_view(kind, object_id, concerns)"),
        fence_shown("sharing_shownview"),
        fence_sent_to_neighbours("sharing_sharedisclosure", "sec.knows_of(kind)"),
        fence_narrowed("sharing_sharenote", "sec.reads_share_note(kind, written_by_id, concerns)"),
        fence("sharing_sharegroup"),
        fence("sharing_sharegroupuse"),
        composite_fk("sharing_sharegrantstep", "record_id", "sharing_sharegrant"),
        composite_fk("sharing_shareview", "grant_id", "sharing_sharegrant"),
        composite_fk("sharing_sharegroupuse", "group_id", "sharing_sharegroup"),
        grant(
            "sharing_sharegrant",
            app="SELECT, INSERT, UPDATE (roles, until_on, may_export)",
            worker="SELECT",
        ),
        grant("sharing_sharegrantstep", app="SELECT, INSERT"),
        grant("sharing_shareview", app="SELECT, INSERT"),
        # Its content is read by sec.show_view alone, which writes down who was shown it.
        grant("sharing_shownview", app=f"SELECT ({SHOWN_COLUMNS})"),
        grant("sharing_sharedisclosure", app="SELECT"),
        grant("sharing_sharenote", app="SELECT, INSERT"),
        grant("sharing_sharegroup", app="SELECT, INSERT, UPDATE (name, members)"),
        grant("sharing_sharegroupuse", app="SELECT, INSERT"),
        RoleSQL(
            [
                f"CREATE TRIGGER a_key BEFORE INSERT ON sharing_{table}"
                " FOR EACH ROW EXECUTE FUNCTION sec.key_at_random()"
                for table in AT_RANDOM
            ],
            [f"DROP TRIGGER a_key ON sharing_{table}" for table in reversed(AT_RANDOM)],
            "Draw their keys at random",
        ),
    ]
