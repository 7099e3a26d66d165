"""What the database insists on for living records: vocabulary of migrations.

A migration that creates a living record and its steps ends with::

    fence("sharing_workingpaper"), fence("sharing_paperstep"),
    composite_fk("sharing_paperstep", "record_id", "sharing_workingpaper"),
    grant("sharing_workingpaper", app="SELECT, INSERT, UPDATE (title, ...)"),   # never state, steps
    grant("sharing_paperstep", app="SELECT, INSERT"),
    sow("working_paper", [...]), sow_hands("working_paper", [...]),  # written out, as of then
    walks("workingpaper", step="paperstep", life="working_paper", begins_as="draft",
          asks={"team_leader": "sec.in_room(one.room_id)", ...}),
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tenancy.rls import RoleSQL

Lawful = tuple[str, str, str, str]  # act, before, after, hand
Seated = tuple[str, str, str]  # hand, role, permission


def sow(life: str, steps: Iterable[Lawful]) -> RoleSQL:
    """Replace what the database knows of a life cycle. Going back leaves none of it."""
    rows = ", ".join(f"('{life}', '{a}', '{b}', '{c}', '{d}')" for a, b, c, d in steps)
    gone = f"DELETE FROM sharing_lawfulstep WHERE life = '{life}'"
    named = "INSERT INTO sharing_lawfulstep (life, act, before, after, hand)"
    return RoleSQL([gone, f"{named} VALUES {rows}"], [gone], f"Write down the life of a {life}")


def sow_hands(life: str, hands: Iterable[Seated]) -> RoleSQL:
    """Which role gives which hand in that life, by which permission."""
    rows = ", ".join(f"('{life}', '{a}', '{b}', '{c}')" for a, b, c in hands)
    gone = f"DELETE FROM sharing_handrole WHERE life = '{life}'"
    named = "INSERT INTO sharing_handrole (life, hand, role, permission)"
    return RoleSQL([gone, f"{named} VALUES {rows}"], [gone], f"Write down who acts on a {life}")


def walks(record: str, *, step: str, life: str, begins_as: str, asks: Mapping[str, str]) -> RoleSQL:
    """`record`, `step`: tables without their `sharing_`. `asks`: for a hand, what SQL must be true of
    `one`, the record's row, besides the seat; a hand that is not named is asked for its seat alone.
    """
    function = WALK.format(
        record=record, life=life, asks=_asked(asks), table=f"sharing_{record}", step=step
    )
    begin = BEGIN.format(record=record, begins_as=begins_as, table=f"sharing_{record}")
    return RoleSQL(
        [
            function,
            begin,
            f"REVOKE ALL ON FUNCTION sec.walk_{record}(), sec.begin_{record}() FROM PUBLIC",
            f"CREATE TRIGGER walk BEFORE INSERT ON sharing_{step} "
            f"FOR EACH ROW EXECUTE FUNCTION sec.walk_{record}()",
            f"CREATE TRIGGER begin BEFORE INSERT ON sharing_{record} "
            f"FOR EACH ROW EXECUTE FUNCTION sec.begin_{record}()",
        ],
        [
            f"DROP TRIGGER begin ON sharing_{record}",
            f"DROP TRIGGER walk ON sharing_{step}",
            f"DROP FUNCTION sec.begin_{record}()",
            f"DROP FUNCTION sec.walk_{record}()",
        ],
        f"Let a {record} change by its acts alone",
    )


def walks_otherwise(
    record: str, *, step: str, life: str, before: Mapping[str, str], asks: Mapping[str, str]
) -> RoleSQL:
    """A record that walks already is asked `asks` from here on, instead of `before`."""

    def walk(asked: Mapping[str, str]) -> str:
        made = WALK.format(
            record=record, life=life, asks=_asked(asked), table=f"sharing_{record}", step=step
        )
        return made.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)

    return RoleSQL([walk(asks)], [walk(before)], f"Ask otherwise who acts on a {record}")


def _asked(asks: Mapping[str, str]) -> str:
    named = " ".join(f"WHEN '{hand}' THEN {sql}" for hand, sql in asks.items())
    return f"CASE NEW.hand {named} ELSE true END" if named else "true"


# The record is locked first: of two acts at once the second sees where the first led.
WALK = """
CREATE FUNCTION sec.walk_{record}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    one public.{table}%ROWTYPE;
BEGIN
    SELECT * INTO one FROM public.{table} AS record
     WHERE record.tenant_id = sec.tenant() AND record.tenant_id = NEW.tenant_id
       AND record.id = NEW.record_id FOR NO KEY UPDATE;
    IF NOT FOUND OR NOT EXISTS (
        SELECT FROM public.sharing_lawfulstep AS lawful
         WHERE lawful.life = '{life}' AND lawful.act = NEW.act AND lawful.before = one.state
           AND lawful.after = NEW.after AND lawful.hand = NEW.hand) THEN
        RAISE EXCEPTION 'No act of its life leads there from here.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'step_in_turn', TABLE = 'sharing_{step}';
    END IF;
    IF (sec.holds_hand('{life}', NEW.hand) AND ({asks})) IS NOT TRUE THEN
        RAISE EXCEPTION 'The act is of another hand.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'step_in_ones_own_hand',
                  TABLE = 'sharing_{step}';
    END IF;
    NEW.number := one.steps + 1;
    NEW.before := one.state;
    NEW.by_id := sec.user_id();
    NEW.at := clock_timestamp();
    SELECT person.display_name INTO NEW.by_name
      FROM public.tenancy_user AS person WHERE person.id = sec.user_id();
    NEW.on_behalf_of := sec.hand_of_another('{life}', NEW.hand);
    UPDATE public.{table} AS record SET state = NEW.after, steps = NEW.number
     WHERE record.tenant_id = one.tenant_id AND record.id = one.id;
    RETURN NEW;
END
$body$
"""

BEGIN = """
CREATE FUNCTION sec.begin_{record}() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.state <> '{begins_as}' OR NEW.steps <> 0 THEN
        RAISE EXCEPTION 'A life begins at its beginning.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'life_begins_at_its_beginning',
                  TABLE = '{table}';
    END IF;
    RETURN NEW;
END
$body$
"""
