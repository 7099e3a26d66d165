"""Posts of a team: whom the office that leads the round keeps away, and who is named to which.

docs/architecture/room-books.md says what the database insists on.
"""

import django.db.models.deletion
from django.db import migrations, models

from tenancy.rls import RoleSQL, composite_fk, fence, fence_narrowed, grant

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# As sharing.domain.posts says; a test holds the two together. A room that is not there is guarded.
FOR_OUTSIDERS = f"""
CREATE FUNCTION sec.for_outsiders(of_room bigint, wanted text) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT COALESCE((
        SELECT room.mode NOT IN ('own', 'joint') AND COALESCE((
            SELECT said.for_outsiders FROM public.sharing_postsetting AS said
             WHERE said.tenant_id = room.lead_id AND said.post = wanted
             ORDER BY said.id DESC LIMIT 1), wanted IN ('interviews', 'petitions', 'clues'))
          FROM public.sharing_room AS room
         WHERE room.tenant_id = sec.tenant() AND room.id = of_room), true)
$body$
"""

# Of somebody's places in the room, also past ones, one that is local is enough.
SEAT_REACHES = f"""
CREATE FUNCTION sec.seat_reaches(of_seat bigint, of_room bigint, wanted text) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_roomseat AS seat
         WHERE seat.tenant_id = sec.tenant() AND seat.id = of_seat AND seat.room_id = of_room
           AND seat.ended_on IS NULL AND seat.user_id IS NOT NULL
           AND ((seat.role = 'leader' AND wanted = 'clues') OR (
                (seat.role IN ('leader', 'deputy') OR (wanted <> 'clues' AND EXISTS (
                    SELECT FROM public.sharing_roompost AS named
                     WHERE named.tenant_id = seat.tenant_id AND named.room_id = seat.room_id
                       AND named.seat_id = seat.id AND named.post = wanted
                       AND named.ended_at IS NULL)))
                AND NOT (sec.for_outsiders(of_room, wanted) AND EXISTS (
                    SELECT FROM public.sharing_roomseat AS place
                     WHERE place.tenant_id = seat.tenant_id AND place.room_id = seat.room_id
                       AND place.user_id = seat.user_id AND place.is_local)))))
$body$
"""

HOLDS_POST = f"""
CREATE FUNCTION sec.holds_post(of_room bigint, wanted text) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT sec.in_room(of_room) AND EXISTS (
        SELECT FROM public.sharing_roomseat AS mine
         WHERE mine.tenant_id = sec.tenant() AND mine.room_id = of_room
           AND mine.user_id = sec.user_id() AND sec.seat_reaches(mine.id, of_room, wanted))
$body$
"""

GUARD_SETTING = f"""
CREATE FUNCTION sec.guard_post_setting() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant()
       OR NOT sec.sits_as(sec.user_id(), ARRAY['city_director']) THEN
        RAISE EXCEPTION 'The director of the office that leads rounds says it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'post_setting_by_the_director',
                  TABLE = 'sharing_postsetting';
    END IF;
    NEW.set_at := clock_timestamp();
    NEW.set_by_name := (SELECT person.display_name FROM public.tenancy_user AS person
                         WHERE person.id = sec.user_id());
    RETURN NEW;
END
$body$
"""

GUARD_POST = f"""
CREATE FUNCTION sec.guard_room_post() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    name text := (SELECT person.display_name FROM public.tenancy_user AS person
                   WHERE person.id = sec.user_id());
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant() OR NOT sec.in_room(NEW.room_id)
       OR NOT EXISTS (
        SELECT FROM public.sharing_roomseat AS mine
         WHERE mine.tenant_id = sec.tenant() AND mine.room_id = NEW.room_id
           AND mine.user_id = sec.user_id() AND mine.role = 'leader' AND mine.ended_on IS NULL) THEN
        RAISE EXCEPTION 'The leader of this very team names.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'room_post_named_by_the_leader',
                  TABLE = 'sharing_roompost';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL THEN
            RAISE EXCEPTION 'What ended stays ended.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'room_post_ends_once',
                      TABLE = 'sharing_roompost';
        END IF;
        NEW := OLD;
        NEW.ended_at := clock_timestamp();
        NEW.ended_by_name := name;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.sharing_room AS room
          JOIN public.sharing_roomseat AS seat
            ON seat.tenant_id = room.tenant_id AND seat.room_id = room.id
         WHERE room.tenant_id = sec.tenant() AND room.id = NEW.room_id AND seat.id = NEW.seat_id
           AND seat.user_id IS NOT NULL AND seat.ended_on IS NULL
           AND room.purpose = CASE NEW.post WHEN 'petitions' THEN 'direct' ELSE 'papers' END) THEN
        RAISE EXCEPTION 'Somebody who works in the room, to a post of the room.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'room_post_of_its_room',
                  TABLE = 'sharing_roompost';
    END IF;
    IF sec.for_outsiders(NEW.room_id, NEW.post) AND EXISTS (
        SELECT FROM public.sharing_roomseat AS seat
          JOIN public.sharing_roomseat AS place
            ON place.tenant_id = seat.tenant_id AND place.room_id = seat.room_id
           AND place.user_id = seat.user_id AND place.is_local
         WHERE seat.tenant_id = sec.tenant() AND seat.id = NEW.seat_id) THEN
        RAISE EXCEPTION 'The post is kept to people from outside the county.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'room_post_for_outsiders',
                  TABLE = 'sharing_roompost';
    END IF;
    NEW.named_at := clock_timestamp();
    NEW.named_by_name := name;
    NEW.ended_at := NULL;
    NEW.ended_by_name := '';
    RETURN NEW;
END
$body$
"""

FUNCTIONS = {
    "for_outsiders(bigint, text)": FOR_OUTSIDERS,
    "seat_reaches(bigint, bigint, text)": SEAT_REACHES,
    "holds_post(bigint, text)": HOLDS_POST,
    "guard_post_setting()": GUARD_SETTING,
    "guard_room_post()": GUARD_POST,
}
ASKED_BY_THE_WEB = ("for_outsiders(bigint, text)", "holds_post(bigint, text)")


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0100_assign_findings"),
        ("tenancy", "0086_tell_guests_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="PostSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("post", models.CharField(max_length=20)),
                ("for_outsiders", models.BooleanField()),
                ("set_by_name", models.CharField(default="", max_length=100)),
                ("set_at", models.DateTimeField(null=True)),
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
                    models.Index(fields=["tenant", "post", "-id"], name="post_setting_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("post__in", ["interviews", "petitions", "clues", "accounts"])
                        ),
                        name="post_setting_of_a_post",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoomPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("post", models.CharField(max_length=20)),
                ("named_by_name", models.CharField(default="", max_length=100)),
                ("named_at", models.DateTimeField(null=True)),
                ("ended_by_name", models.CharField(default="", max_length=100)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "room",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="sharing.room",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="sharing.roomseat",
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
                    models.CheckConstraint(
                        condition=models.Q(("post__in", ["interviews", "petitions", "accounts"])),
                        name="room_post_somebody_is_named_to",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("tenant", "room", "post", "seat"),
                        name="room_post_named_once",
                    ),
                ],
            },
        ),
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                *(f"GRANT EXECUTE ON FUNCTION sec.{name} TO @app@" for name in ASKED_BY_THE_WEB),
            ],
            [f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)],
            "Say who is kept away from a post",
        ),
        fence("sharing_postsetting"),
        fence_narrowed("sharing_roompost", "sec.in_room(room_id)"),
        composite_fk("sharing_roompost", "room_id", "sharing_room"),
        composite_fk("sharing_roompost", "seat_id", "sharing_roomseat"),
        grant("sharing_postsetting", app="SELECT, INSERT"),
        grant("sharing_roompost", app="SELECT, INSERT, UPDATE (ended_at)"),
        RoleSQL(
            [
                "CREATE TRIGGER guard BEFORE INSERT ON sharing_postsetting "
                "FOR EACH ROW EXECUTE FUNCTION sec.guard_post_setting()",
                "CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON sharing_roompost "
                "FOR EACH ROW EXECUTE FUNCTION sec.guard_room_post()",
            ],
            [
                "DROP TRIGGER guard ON sharing_roompost",
                "DROP TRIGGER guard ON sharing_postsetting",
            ],
            "Keep posts the leader's to name, and settings the director's",
        ),
    ]
