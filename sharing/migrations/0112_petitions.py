"""What a team receives by letter, call and visit, in its direct room; its post's alone.

docs/architecture/room-books.md says what the database insists on.
"""

import django.db.models.deletion
from django.db import migrations, models

from tenancy.rls import RoleSQL, composite_fk, fence_narrowed, grant

GUARD = """
CREATE FUNCTION sec.guard_petition() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    name text := (SELECT person.display_name FROM public.tenancy_user AS person
                   WHERE person.id = sec.user_id());
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant() OR NOT sec.holds_post(NEW.room_id, 'petitions')
       OR NOT EXISTS (
        SELECT FROM public.sharing_room AS room
         WHERE room.tenant_id = sec.tenant() AND room.id = NEW.room_id
           AND room.purpose = 'direct') THEN
        RAISE EXCEPTION 'Petitions are of the post, in the direct room of the team.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'petition_of_its_post',
                  TABLE = 'sharing_petition';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.received_on > sec.today() THEN
            RAISE EXCEPTION 'It came already.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'petition_of_the_past',
                      TABLE = 'sharing_petition';
        END IF;
        PERFORM pg_advisory_xact_lock(hashtext('sharing_petition'), NEW.room_id::integer);
        NEW.number := (SELECT COALESCE(max(one.number), 0) + 1 FROM public.sharing_petition AS one
                        WHERE one.tenant_id = NEW.tenant_id AND one.room_id = NEW.room_id);
        NEW.registered_by_name := name;
        NEW.registered_at := clock_timestamp();
        NEW.handling := '';
        NEW.clue_id := NULL;
        NEW.note := '';
        NEW.handled_by_name := '';
        NEW.handled_at := NULL;
        RETURN NEW;
    END IF;
    IF OLD.handling NOT IN ('', 'kept') OR NEW.handling = '' THEN
        RAISE EXCEPTION 'What became of it stands.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'petition_handled_once',
                  TABLE = 'sharing_petition';
    END IF;
    IF (NEW.handling = 'clue') IS DISTINCT FROM (NEW.clue_id IS NOT NULL)
       OR (NEW.clue_id IS NOT NULL AND NOT (sec.sees_team_clue(NEW.clue_id) AND EXISTS (
        SELECT FROM public.sharing_clue AS clue
         WHERE clue.tenant_id = sec.tenant() AND clue.id = NEW.clue_id
           AND clue.room_id = NEW.room_id))) THEN
        RAISE EXCEPTION 'The clue that it became, of the same room.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'petition_clue_of_its_room',
                  TABLE = 'sharing_petition';
    END IF;
    NEW.handled_by_name := name;
    NEW.handled_at := clock_timestamp();
    RETURN NEW;
END
$body$
"""
READS = """
CREATE FUNCTION sec.reads_petition(of_room bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$ SELECT sec.holds_post(of_room, 'petitions') $body$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0111_keep_locals_from_clues"),
        ("tenancy", "0086_tell_guests_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="Petition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(default=0)),
                ("received_on", models.DateField()),
                ("way", models.CharField(max_length=10)),
                ("unit_name", models.CharField(help_text="Whom it is about.", max_length=200)),
                ("subject", models.CharField(max_length=20)),
                ("gist", models.CharField(max_length=2000)),
                ("registered_by_name", models.CharField(default="", max_length=100)),
                ("registered_at", models.DateTimeField(null=True)),
                ("handling", models.CharField(blank=True, default="", max_length=20)),
                ("note", models.CharField(blank=True, default="", max_length=500)),
                ("handled_by_name", models.CharField(default="", max_length=100)),
                ("handled_at", models.DateTimeField(null=True)),
                (
                    "clue",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.clue",
                    ),
                ),
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "room", "number"), name="petition_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["letter", "call", "visit"])),
                        name="petition_way_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "subject__in",
                                [
                                    "discipline",
                                    "conduct",
                                    "selection",
                                    "money",
                                    "livelihood",
                                    "dispute",
                                    "other",
                                ],
                            )
                        ),
                        name="petition_subject_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("handling__in", ["", "paper", "clue", "transferred", "kept"])
                        ),
                        name="petition_handling_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "gist__regex",
                                    "(?:^|[^0-9])(?:1[3-9](?:[ -]?[0-9]){9}|[1-9](?:[ -]?[0-9]){16}[ -]?[0-9Xx])(?:[^0-9]|$)",
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                (
                                    "note__regex",
                                    "(?:^|[^0-9])(?:1[3-9](?:[ -]?[0-9]){9}|[1-9](?:[ -]?[0-9]){16}[ -]?[0-9Xx])(?:[^0-9]|$)",
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                (
                                    "unit_name__regex",
                                    "(?:^|[^0-9])(?:1[3-9](?:[ -]?[0-9]){9}|[1-9](?:[ -]?[0-9]){16}[ -]?[0-9Xx])(?:[^0-9]|$)",
                                ),
                                _negated=True,
                            ),
                        ),
                        name="petition_names_nobody",
                    ),
                ],
            },
        ),
        RoleSQL(
            [
                READS,
                GUARD,
                "REVOKE ALL ON FUNCTION sec.reads_petition(bigint), sec.guard_petition() FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.reads_petition(bigint) TO @app@",
            ],
            ["DROP FUNCTION sec.guard_petition()", "DROP FUNCTION sec.reads_petition(bigint)"],
            "Say who reads and writes petitions",
        ),
        fence_narrowed("sharing_petition", "sec.reads_petition(room_id)"),
        composite_fk("sharing_petition", "room_id", "sharing_room"),
        composite_fk("sharing_petition", "clue_id", "sharing_clue"),
        grant("sharing_petition", app="SELECT, INSERT, UPDATE (handling, note, clue_id)"),
        RoleSQL(
            [
                "CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON sharing_petition "
                "FOR EACH ROW EXECUTE FUNCTION sec.guard_petition()"
            ],
            ["DROP TRIGGER guard ON sharing_petition"],
            "Number petitions in their room, and keep what became of each",
        ),
    ]
