"""Working rooms, and the ground on which every living record walks.

docs/architecture/life-cycles.md says what the database insists on.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tenancy.rls import RoleSQL, composite_fk, fence, grant

ROOMS = ("room", "roomunit", "roomseat", "roommember")

# What Django's own post-migrate would only make after this migration needs it.
NAME_THE_PERMISSION = RoleSQL(
    [
        "INSERT INTO django_content_type (app_label, model) "
        "VALUES ('sharing', 'room') ON CONFLICT DO NOTHING",
        "INSERT INTO auth_permission (name, content_type_id, codename) "
        "SELECT 'May handle it', id, 'handle' FROM django_content_type "
        "WHERE app_label = 'sharing' AND model = 'room' ON CONFLICT DO NOTHING",
    ],
    [],
    "Name the permission to work in a room",
)

SEATED = """seat.tenant_id = sec.tenant() AND seat.user_id = sec.user_id()
           AND seat.since_on <= sec.today()
           AND (seat.until_on IS NULL OR seat.until_on > sec.today())
           AND person.is_active AND (person.expires_on IS NULL OR person.expires_on > sec.today())"""

# Somebody who was named, whose seat is their own and in force, in a room that is open today.
IN_ROOM = f"""
CREATE FUNCTION sec.in_room(of_room bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_roommember AS named
          JOIN public.sharing_room AS room
            ON room.tenant_id = named.tenant_id AND room.id = named.room_id
         WHERE named.tenant_id = sec.tenant() AND named.room_id = of_room
           AND named.user_id = sec.user_id() AND room.closed_at IS NULL
           AND room.starts_on <= sec.today() AND room.until_on > sec.today())
       AND EXISTS (
        SELECT FROM public.tenancy_membership AS seat
          JOIN public.tenancy_user AS person ON person.id = seat.user_id
         WHERE seat.principal_id IS NULL
           AND seat.role IN ('team_leader', 'deputy_leader', 'team_member')
           AND {SEATED})
$body$
"""

# A seat of the office of now that gives the hand; a deputy's, where its permission was not withheld.
HOLDS_HAND = f"""
CREATE FUNCTION sec.holds_hand(of_life text, wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_handrole AS given
          JOIN public.tenancy_membership AS seat ON seat.role = given.role
          JOIN public.tenancy_user AS person ON person.id = seat.user_id
          LEFT JOIN public.tenancy_user AS principal ON principal.id = seat.principal_id
         WHERE given.life = of_life AND given.hand = wanted AND {SEATED}
           AND (seat.principal_id IS NULL
                OR (principal.is_active AND NOT seat.withheld ? given.permission
                    AND (principal.expires_on IS NULL OR principal.expires_on > sec.today()))))
$body$
"""

# Whom the person of now acts for, where no seat of their own gives the hand; else nobody.
HAND_OF_ANOTHER = f"""
CREATE FUNCTION sec.hand_of_another(of_life text, wanted text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT COALESCE((
        SELECT COALESCE(principal.display_name, '')
          FROM public.sharing_handrole AS given
          JOIN public.tenancy_membership AS seat ON seat.role = given.role
          JOIN public.tenancy_user AS person ON person.id = seat.user_id
          LEFT JOIN public.tenancy_user AS principal ON principal.id = seat.principal_id
         WHERE given.life = of_life AND given.hand = wanted AND {SEATED}
         ORDER BY seat.principal_id IS NOT NULL, seat.id LIMIT 1), '')
$body$
"""

FUNCTIONS = {
    "in_room(bigint)": IN_ROOM,
    "holds_hand(text, text)": HOLDS_HAND,
    "hand_of_another(text, text)": HAND_OF_ANOTHER,
}


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("sharing", "0001_quoted_figures"),
        ("tenancy", "0072_verify_contexts_sooner"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HandRole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("life", models.CharField(max_length=40)),
                ("hand", models.CharField(max_length=40)),
                ("role", models.CharField(max_length=40)),
                ("permission", models.CharField(max_length=40)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("life", "hand", "role"), name="hand_role_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LawfulStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("life", models.CharField(max_length=40)),
                ("act", models.CharField(max_length=40)),
                ("before", models.CharField(max_length=40)),
                ("after", models.CharField(max_length=40)),
                ("hand", models.CharField(max_length=40)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("life", "act", "before", "after", "hand"), name="lawful_step_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("papers", "Papers and findings"),
                            ("direct", "Direct to the city"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "round_number",
                    models.BigIntegerField(help_text="The round's number in its leading office."),
                ),
                ("round_name", models.CharField(max_length=100)),
                ("mode", models.CharField(max_length=30)),
                (
                    "publication",
                    models.PositiveIntegerField(help_text="The published version authorised."),
                ),
                ("team_code", models.CharField(max_length=20)),
                ("team_name", models.CharField(max_length=50)),
                (
                    "document_number",
                    models.CharField(help_text="Of the authorisation.", max_length=100),
                ),
                (
                    "authorised_by",
                    models.CharField(help_text="The body that authorised.", max_length=200),
                ),
                ("opened_by", models.CharField(max_length=100)),
                ("opened_at", models.DateTimeField()),
                ("starts_on", models.DateField()),
                ("until_on", models.DateField(help_text="The first day on which nobody enters.")),
                (
                    "closed_at",
                    models.DateTimeField(help_text="Before its term, with a reason.", null=True),
                ),
                ("closed_because", models.CharField(blank=True, max_length=500)),
                (
                    "host",
                    models.ForeignKey(
                        help_text="The county inspected.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        help_text="Whose round it is.",
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
                "permissions": [("handle", "May handle it")],
            },
        ),
        migrations.CreateModel(
            name="RoomMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "content_object",
                    models.ForeignKey(
                        db_column="room_id",
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="sharing.room",
                    ),
                ),
                (
                    "permission",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="auth.permission",
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
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoomSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person_number", models.CharField(help_text="The origin's own.", max_length=50)),
                ("name", models.CharField(max_length=100)),
                ("post", models.CharField(blank=True, max_length=200)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("leader", "Leader"),
                            ("deputy", "Deputy leader"),
                            ("member", "Member"),
                        ],
                        max_length=10,
                    ),
                ),
                ("is_local", models.BooleanField()),
                (
                    "origin",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="sharing.room",
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
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoomUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(help_text="The host county's own.", max_length=50)),
                ("name", models.CharField(max_length=200)),
                ("starts_on", models.DateField(help_text="On site.")),
                ("ends_on", models.DateField()),
                (
                    "room",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="sharing.room",
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
        migrations.AddConstraint(
            model_name="room",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("tenant", "lead", "round_number", "host", "team_code", "purpose"),
                name="room_once_per_team_and_purpose",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__gt", models.F("starts_on"))),
                name="room_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="roommember",
            constraint=models.UniqueConstraint(
                fields=("tenant", "content_object", "user", "permission"),
                name="room_member_named_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="roomseat",
            constraint=models.UniqueConstraint(
                fields=("tenant", "room", "origin", "person_number"),
                name="room_seat_once_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="roomunit",
            constraint=models.UniqueConstraint(
                fields=("tenant", "room", "code"), name="room_unit_once"
            ),
        ),
        fence("sharing_room"),
        fence("sharing_roomunit"),
        composite_fk("sharing_roomunit", "room_id", "sharing_room"),
        fence("sharing_roomseat"),
        composite_fk("sharing_roomseat", "room_id", "sharing_room"),
        fence("sharing_roommember"),
        composite_fk("sharing_roommember", "room_id", "sharing_room"),
        # Rooms are opened and closed by functions alone.
        *(grant(f"sharing_{table}", app="SELECT", worker="SELECT") for table in ROOMS),
        RoleSQL(
            [
                f"GRANT SELECT ON sharing_{table} TO @app@, @worker@"
                for table in ("lawfulstep", "handrole")
            ],
            [
                f"REVOKE SELECT ON sharing_{table} FROM @app@, @worker@"
                for table in ("lawfulstep", "handrole")
            ],
            "Let the life cycles be read",
        ),
        NAME_THE_PERMISSION,
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                "GRANT EXECUTE ON FUNCTION sec.in_room(bigint) TO @app@",
            ],
            [f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)],
            "Ask who works in a room, and whose an act is",
        ),
    ]
