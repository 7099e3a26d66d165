"""The plan of a team's interviews, in its papers' room; its post's alone.

docs/architecture/room-books.md says what the database insists on.
"""

import django.db.models.deletion
from django.db import migrations, models

from tenancy.rls import RoleSQL, composite_fk, fence_narrowed, grant

READS = """
CREATE FUNCTION sec.reads_interviews(of_room bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$ SELECT sec.holds_post(of_room, 'interviews') $body$
"""

GUARD_STRATUM = """
CREATE FUNCTION sec.guard_interview_stratum() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant()
       OR NOT sec.holds_post(NEW.room_id, 'interviews') OR NOT EXISTS (
        SELECT FROM public.sharing_roomunit AS unit
          JOIN public.sharing_room AS room
            ON room.tenant_id = unit.tenant_id AND room.id = unit.room_id
         WHERE unit.tenant_id = sec.tenant() AND unit.room_id = NEW.room_id
           AND unit.code = NEW.unit_code AND room.purpose = 'papers') THEN
        RAISE EXCEPTION 'Strata are of the post, for a unit of the room.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'interview_stratum_of_its_post',
                  TABLE = 'sharing_interviewstratum';
    END IF;
    RETURN NEW;
END
$body$
"""

# Each who interviews holds the post, at the time when that is written down.
GUARD_INTERVIEW = """
CREATE FUNCTION sec.guard_interview() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    name text := (SELECT person.display_name FROM public.tenancy_user AS person
                   WHERE person.id = sec.user_id());
    place public.sharing_room%ROWTYPE;
BEGIN
    SELECT * INTO place FROM public.sharing_room AS room
     WHERE room.tenant_id = sec.tenant() AND room.id = NEW.room_id;
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant()
       OR NOT sec.holds_post(NEW.room_id, 'interviews') OR NOT EXISTS (
        SELECT FROM public.sharing_interviewstratum AS layer
         WHERE layer.tenant_id = sec.tenant() AND layer.id = NEW.stratum_id
           AND layer.room_id = NEW.room_id) THEN
        RAISE EXCEPTION 'Interviews are of the post, in a stratum of the room.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'interview_of_its_post',
                  TABLE = 'sharing_interview';
    END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM pg_advisory_xact_lock(hashtext('sharing_interview'), NEW.room_id::integer);
        NEW.number := (SELECT COALESCE(max(one.number), 0) + 1 FROM public.sharing_interview AS one
                        WHERE one.tenant_id = NEW.tenant_id AND one.room_id = NEW.room_id);
        NEW.state := 'planned';
        NEW.held_on := NULL;
        NEW.reason := '';
        NEW.planned_by_name := name;
        NEW.planned_at := clock_timestamp();
        NEW.settled_by_name := '';
        NEW.settled_at := NULL;
    ELSE
        IF OLD.state = 'held' THEN
            RAISE EXCEPTION 'What was held stands.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'interview_held_stands',
                      TABLE = 'sharing_interview';
        END IF;
        NEW.settled_by_name := name;
        NEW.settled_at := clock_timestamp();
    END IF;
    IF NEW.planned_on < place.starts_on OR NEW.planned_on >= place.until_on
       OR NEW.held_on > sec.today() OR NEW.held_on < place.starts_on THEN
        RAISE EXCEPTION 'A day of the term.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'interview_within_the_term',
                  TABLE = 'sharing_interview';
    END IF;
    IF NEW.state <> 'not_held' AND (jsonb_typeof(NEW.interviewers) <> 'array' OR (
        SELECT count(DISTINCT seat.user_id) FROM public.sharing_roomseat AS seat
         WHERE seat.tenant_id = sec.tenant() AND seat.room_id = NEW.room_id
           AND NEW.interviewers @> to_jsonb(seat.id)
           AND sec.seat_reaches(seat.id, NEW.room_id, 'interviews')) < 2
       OR EXISTS (
        SELECT FROM jsonb_array_elements(NEW.interviewers) AS one
         WHERE jsonb_typeof(one) <> 'number'
            OR NOT sec.seat_reaches((one #>> '{}')::bigint, NEW.room_id, 'interviews'))) THEN
        RAISE EXCEPTION 'Two of the team at least, who hold the post.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'interview_takes_two_of_the_post',
                  TABLE = 'sharing_interview';
    END IF;
    RETURN NEW;
END
$body$
"""
FUNCTIONS = {
    "reads_interviews(bigint)": READS,
    "guard_interview_stratum()": GUARD_STRATUM,
    "guard_interview()": GUARD_INTERVIEW,
}


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0112_petitions"),
        ("tenancy", "0086_tell_guests_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="InterviewStratum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("unit_code", models.CharField(help_text="Of a unit of the room.", max_length=50)),
                ("title", models.CharField(max_length=60)),
                ("target", models.PositiveSmallIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "room",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
        migrations.CreateModel(
            name="Interview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(default=0)),
                ("post", models.CharField(max_length=100)),
                ("planned_on", models.DateField()),
                ("interviewers", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(default="planned", max_length=10),
                ),
                ("held_on", models.DateField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("planned_by_name", models.CharField(default="", max_length=100)),
                ("planned_at", models.DateTimeField(null=True)),
                ("settled_by_name", models.CharField(default="", max_length=100)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "room",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "stratum",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews",
                        to="sharing.interviewstratum",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="interviewstratum",
            constraint=models.UniqueConstraint(
                fields=("tenant", "room", "unit_code", "title"), name="interview_stratum_once"
            ),
        ),
        migrations.AddIndex(
            model_name="interview",
            index=models.Index(fields=["tenant", "stratum"], name="interview_by_stratum"),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.UniqueConstraint(
                fields=("tenant", "room", "number"), name="interview_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held_on__isnull", True), ("state", "planned")),
                    models.Q(("held_on__isnull", False), ("state", "held")),
                    models.Q(
                        ("held_on__isnull", True),
                        ("state", "not_held"),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="interview_says_when_or_why",
            ),
        ),
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                "GRANT EXECUTE ON FUNCTION sec.reads_interviews(bigint) TO @app@",
            ],
            [f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)],
            "Say who reads and writes the plan of interviews",
        ),
        fence_narrowed("sharing_interviewstratum", "sec.reads_interviews(room_id)"),
        fence_narrowed("sharing_interview", "sec.reads_interviews(room_id)"),
        composite_fk("sharing_interviewstratum", "room_id", "sharing_room"),
        composite_fk("sharing_interview", "room_id", "sharing_room"),
        composite_fk("sharing_interview", "stratum_id", "sharing_interviewstratum"),
        grant("sharing_interviewstratum", app="SELECT, INSERT, UPDATE (target, position), DELETE"),
        grant(
            "sharing_interview",
            app="SELECT, INSERT, UPDATE (state, held_on, reason, planned_on, interviewers)",
        ),
        RoleSQL(
            [
                "CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON sharing_interviewstratum "
                "FOR EACH ROW EXECUTE FUNCTION sec.guard_interview_stratum()",
                "CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON sharing_interview "
                "FOR EACH ROW EXECUTE FUNCTION sec.guard_interview()",
            ],
            [
                "DROP TRIGGER guard ON sharing_interview",
                "DROP TRIGGER guard ON sharing_interviewstratum",
            ],
            "Keep interviews with two of the post, and what was held",
        ),
    ]
