"""Letters, items, clues and feedback have their clocks: until a day that the record names, or for a
term; the record keeps the day; and a clock of a clue is for those alone who see the clue.
"""

from importlib import import_module

from django.db import migrations, models

from tenancy.rls import RoleSQL, grant, narrow

begun = import_module("sharing.migrations.0070_deadlines")
walked = import_module("sharing.migrations.0031_walk_clues")

CLOCKS = [
    ("rectification_plan", "plan of rectification"),
    ("concentrated_period", "concentrated rectification"),
    ("democratic_life_meeting", "democratic life meeting"),
    ("clue_disposal", "how a clue is dealt with"),
    ("clue_result", "what became of a clue"),
    ("notification_reply", "reply to a notification"),
    ("lead_handling", "report on a matter in charge"),
    ("resubmission", "handed in again after a return"),
    ("long_term", "long-term rectification"),
    ("letter_reply", "reply to a letter"),
]

# A named day is what it is, also where it is over already.
ROOM = "IF NEW.due_on < NEW.started_on + NEW.days THEN"
ROOM_OR_DAY = "IF NEW.due_on < COALESCE(NEW.until_on, NEW.started_on + NEW.days) THEN"
KEPT = "NEW.terms_id, NEW.days, NEW.started_on"
KEPT_BEFORE = "OLD.terms_id, OLD.days,\n        OLD.started_on"

# Of a clue the days are its clocks': nobody writes them, and the way is the discipline body's.
GUARDED = "(NEW.disposal, NEW.disposal_due_on, NEW.result_due_on) IS DISTINCT FROM\n       (OLD.disposal, OLD.disposal_due_on, OLD.result_due_on) AND"
GUARDED_WAY = "NEW.disposal IS DISTINCT FROM OLD.disposal AND"

# What a record owes follows its clocks: paused, moved, or over.
KEEP_OWED_DAY = """
CREATE FUNCTION sec.keep_owed_day() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    owed date := (SELECT min(one.due_on) FROM public.sharing_deadline AS one
                   WHERE one.tenant_id = NEW.tenant_id AND one.life = NEW.life
                     AND one.number = NEW.number AND one.state = 'running');
BEGIN
    IF NEW.life = 'letter' THEN
        UPDATE public.sharing_letter AS letter SET owed_on = owed
         WHERE letter.tenant_id = NEW.tenant_id AND letter.id = NEW.number;
    ELSIF NEW.life = 'rectification_item' THEN
        UPDATE public.sharing_rectificationitem AS item SET owed_on = owed
         WHERE item.tenant_id = NEW.tenant_id AND item.id = NEW.number;
    ELSIF NEW.life = 'clue' AND NEW.state IN ('running', 'paused') THEN
        UPDATE public.sharing_officeclue AS clue
           SET disposal_due_on = CASE NEW.clock WHEN 'clue_disposal' THEN NEW.due_on
                                                ELSE clue.disposal_due_on END,
               result_due_on = CASE NEW.clock WHEN 'clue_result' THEN NEW.due_on
                                              ELSE clue.result_due_on END
         WHERE clue.tenant_id = NEW.tenant_id AND clue.id = NEW.number;
    END IF;
    RETURN NULL;
END
$body$
"""
OWES_NOTHING_YET = """
CREATE FUNCTION sec.owes_nothing_yet() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    NEW.owed_on := NULL;
    RETURN NEW;
END
$body$
"""
# The office's own housekeeping, for nobody in particular, tells what is due of all.
READS_CLOCK = """
CREATE FUNCTION sec.reads_clock(of_life text, of_number bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT of_life <> 'clue' OR sec.user_id() IS NULL OR sec.sees_office_clue(of_number)
$body$
"""
SEES_CLOCK = """
CREATE FUNCTION sec.sees_clock(of_clock bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_deadline AS one
         WHERE one.tenant_id = sec.tenant() AND one.id = of_clock
           AND sec.reads_clock(one.life, one.number))
$body$
"""
FUNCTIONS = {
    "keep_owed_day()": KEEP_OWED_DAY,
    "owes_nothing_yet()": OWES_NOTHING_YET,
    "reads_clock(text, bigint)": READS_CLOCK,
    "sees_clock(bigint)": SEES_CLOCK,
}
TRIGGERS = (
    ("keep_owed_day", "AFTER INSERT OR UPDATE OF state, due_on", "deadline", "keep_owed_day"),
    ("owes_nothing_yet", "BEFORE INSERT", "letter", "owes_nothing_yet"),
    ("owes_nothing_yet", "BEFORE INSERT", "rectificationitem", "owes_nothing_yet"),
)
DAYS_OF_A_CLUE = "UPDATE (disposal_due_on, result_due_on) ON sharing_officeclue"


def replaced(text: str, *changes: tuple[str, str]) -> str:
    """The function again, with other words in it. `ValueError`: it has them no more."""
    for before, after in changes:
        if before not in text:
            raise ValueError(before)
        text = text.replace(before, after)
    return text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


KEEP_DEADLINE = replaced(
    begun.KEEP_DEADLINE,
    (ROOM, ROOM_OR_DAY),
    (KEPT, f"NEW.until_on, {KEPT}"),
    (KEPT_BEFORE, f"OLD.until_on, {KEPT_BEFORE}"),
)
GUARD_OFFICE_CLUE = replaced(walked.GUARD_OFFICE_CLUE, (GUARDED, GUARDED_WAY))


class Migration(migrations.Migration):
    dependencies = [("sharing", "0092_attach_to_replies")]

    operations = [
        migrations.AddField(
            "deadline",
            "until_on",
            models.DateField(help_text="A day that the record names.", null=True),
        ),
        migrations.AlterField(
            "deadline",
            "days",
            models.PositiveSmallIntegerField(help_text="Working days; 0: until a named day."),
        ),
        migrations.AlterField("deadline", "clock", models.CharField(choices=CLOCKS, max_length=40)),
        migrations.RemoveConstraint("deadline", "deadline_has_a_term"),
        migrations.AddConstraint(
            "deadline",
            models.CheckConstraint(
                name="deadline_has_a_term_or_a_day",
                condition=models.Q(("days__gte", 1), ("until_on__isnull", True))
                | models.Q(("days", 0), ("until_on__isnull", False)),
            ),
        ),
        migrations.AddField(
            "letter",
            "owed_on",
            models.DateField(help_text="Of the clock that runs for the reply.", null=True),
        ),
        migrations.AddIndex(
            "letter",
            models.Index(
                name="letter_by_owed_day",
                fields=["tenant", "owed_on"],
                condition=models.Q(("owed_on__isnull", False)),
            ),
        ),
        migrations.AddField(
            "rectificationitem",
            "owed_on",
            models.DateField(help_text="Of the clock that runs for the unit.", null=True),
        ),
        migrations.AddIndex(
            "rectificationitem",
            models.Index(
                name="rectification_by_owed_day",
                fields=["tenant", "owed_on"],
                condition=models.Q(("owed_on__isnull", False)),
            ),
        ),
        RoleSQL(
            [
                *FUNCTIONS.values(),
                KEEP_DEADLINE,
                GUARD_OFFICE_CLUE,
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                "GRANT EXECUTE ON FUNCTION sec.reads_clock(text, bigint) TO @app@, @worker@",
                "GRANT EXECUTE ON FUNCTION sec.sees_clock(bigint) TO @app@, @worker@",
                # The worker mails: whether somebody may be told of a clock of a clue, and no more.
                "GRANT EXECUTE ON FUNCTION sec.sees_office_clue(bigint) TO @worker@",
                f"REVOKE {DAYS_OF_A_CLUE} FROM @app@",
                *(
                    f"CREATE TRIGGER {name} {when} ON sharing_{table}"
                    f" FOR EACH ROW EXECUTE FUNCTION sec.{function}()"
                    for name, when, table, function in TRIGGERS
                ),
            ],
            [
                *(f"DROP TRIGGER {name} ON sharing_{table}" for name, _, table, _ in TRIGGERS),
                f"GRANT {DAYS_OF_A_CLUE} TO @app@",
                "REVOKE EXECUTE ON FUNCTION sec.sees_office_clue(bigint) FROM @worker@",
                replaced(walked.GUARD_OFFICE_CLUE),
                replaced(begun.KEEP_DEADLINE),
                *(f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)),
            ],
            "Let records keep the day of their clocks",
        ),
        narrow("sharing_deadline", "sec.reads_clock(life, number)"),
        narrow("sharing_deadlinepause", "sec.sees_clock(deadline_id)"),
        narrow("sharing_deadlinetold", "sec.sees_clock(deadline_id)"),
        # Who reads a feedback the worker asks before it mails; of its text it reads nothing.
        grant(
            "sharing_inspectionreport", worker="SELECT (id, tenant_id, room_id, state, unit_code)"
        ),
    ]
