"""What an office waits for: terms, working days of its own, clocks, pauses, and what was told.

Who pauses and who sets terms is a director; nobody backdates; a clock that is over stays as it is.
docs/architecture/deadlines.md.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from tenancy.rls import RoleSQL, composite_fk, fence, grant

DIRECTS = """
CREATE FUNCTION sec.directs(permission text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT sec.acts_as('city_director', permission) OR sec.acts_as('county_director', permission)
$body$
"""

KEEP_TERMS = """
CREATE FUNCTION sec.keep_terms() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.set_by_id IS DISTINCT FROM sec.user_id() OR NOT sec.directs('set_terms') THEN
        PERFORM sec.refuse('Terms are set by a director, in their own name.', 'terms_by_a_director');
    END IF;
    IF NEW.version <> 1 + (SELECT COALESCE(max(one.version), 0)
                             FROM public.sharing_termprofile AS one
                            WHERE one.tenant_id = NEW.tenant_id) THEN
        PERFORM sec.refuse('A version follows the one before.', 'terms_follow_one_another');
    END IF;
    RETURN NEW;
END
$body$
"""

# What was worked is past: a day is said otherwise before it is over, or not at all.
KEEP_OFFICE_DAY = """
CREATE FUNCTION sec.keep_office_day() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NOT sec.directs('set_terms')
        OR (TG_OP <> 'DELETE' AND NEW.set_by_id IS DISTINCT FROM sec.user_id())
    THEN
        PERFORM sec.refuse('Working days are set by a director, in their own name.',
                           'office_day_by_a_director');
    END IF;
    IF (TG_OP <> 'INSERT' AND OLD.on < sec.today())
        OR (TG_OP <> 'DELETE' AND NEW.on < sec.today())
        OR (TG_OP = 'UPDATE' AND NEW.on <> OLD.on)
    THEN
        PERFORM sec.refuse('A day that is over stays as it was.', 'office_day_not_past');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$body$
"""

# Not as the owner: it has to see who writes. The owner takes in what began before (imports, demo).
DATE_DEADLINE = """
CREATE FUNCTION sec.date_deadline() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    begun date := (transaction_timestamp() AT TIME ZONE 'Asia/Shanghai')::date;
    day date := (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date;
    said date := CASE TG_OP WHEN 'INSERT' THEN NEW.started_on ELSE NEW.ended_on END;
BEGIN
    IF said NOT BETWEEN begun AND day
        AND (TG_OP = 'INSERT' OR OLD.ended_on IS NULL)
        AND current_user <> (SELECT tableowner FROM pg_tables
                              WHERE schemaname = 'public' AND tablename = 'sharing_deadline')
    THEN
        RAISE EXCEPTION 'A clock begins and ends on the day on which that is said.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deadline_not_backdated',
                  TABLE = 'sharing_deadline';
    END IF;
    RETURN NEW;
END
$body$
"""

# The web reckons when something is due; only a director's act, or the office's own housekeeping,
# moves the day of a clock that goes on running.
KEEP_DEADLINE = """
CREATE FUNCTION sec.keep_deadline() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    is_paused boolean;
BEGIN
    IF NEW.due_on < NEW.started_on + NEW.days THEN
        PERFORM sec.refuse('So many working days take at least as many days.', 'deadline_has_room');
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'running' OR NEW.told <> 0
            OR NEW.started_by_id IS DISTINCT FROM sec.user_id()
            OR NEW.terms_id IS DISTINCT FROM (
                SELECT one.id FROM public.sharing_termprofile AS one
                 WHERE one.tenant_id = NEW.tenant_id ORDER BY one.version DESC LIMIT 1)
        THEN
            PERFORM sec.refuse('A clock begins running, with the terms in force, in one''s own name.',
                               'deadline_begins_running');
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state NOT IN ('running', 'paused') THEN
        PERFORM sec.refuse('A clock that is over stays as it is.', 'deadline_over_for_good');
    END IF;
    IF (NEW.tenant_id, NEW.life, NEW.number, NEW.clock, NEW.title, NEW.asked_hand, NEW.asked_unit,
        NEW.asked_user_id, NEW.terms_id, NEW.days, NEW.started_on, NEW.started_by_id)
        IS DISTINCT FROM (OLD.tenant_id, OLD.life, OLD.number, OLD.clock, OLD.title,
        OLD.asked_hand, OLD.asked_unit, OLD.asked_user_id, OLD.terms_id, OLD.days,
        OLD.started_on, OLD.started_by_id)
    THEN
        PERFORM sec.refuse('A clock keeps what it began with.', 'deadline_keeps_its_term');
    END IF;
    SELECT EXISTS (SELECT FROM public.sharing_deadlinepause AS pause
                    WHERE pause.tenant_id = OLD.tenant_id AND pause.deadline_id = OLD.id
                      AND pause.until IS NULL) INTO is_paused;
    IF NEW.state IN ('running', 'paused') AND (NEW.state = 'paused') <> is_paused THEN
        PERFORM sec.refuse('A clock is paused as long as a pause lasts.',
                           'deadline_paused_by_a_pause');
    END IF;
    IF (OLD.state, NEW.state) = ('running', 'running') AND NEW.due_on <> OLD.due_on
        AND sec.user_id() IS NOT NULL AND NOT sec.directs('set_terms')
    THEN
        PERFORM sec.refuse('The day is moved by a director, or by the calendar.',
                           'deadline_moved_by_a_director');
    END IF;
    RETURN NEW;
END
$body$
"""

# The clock's row is locked first: of two who pause it the second finds it paused.
KEEP_PAUSE = """
CREATE FUNCTION sec.keep_pause() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    clock public.sharing_deadline%ROWTYPE;
BEGIN
    IF NOT sec.directs('pause_deadlines') THEN
        PERFORM sec.refuse('Clocks are paused by a director.', 'pause_by_a_director');
    END IF;
    SELECT * INTO clock FROM public.sharing_deadline AS one
     WHERE one.tenant_id = NEW.tenant_id AND one.id = NEW.deadline_id FOR NO KEY UPDATE;
    IF TG_OP = 'INSERT' THEN
        IF NEW.paused_by_id IS DISTINCT FROM sec.user_id() OR NEW.first <> sec.today()
            OR NEW.until IS NOT NULL
        THEN
            PERFORM sec.refuse('A pause begins today, in one''s own name.', 'pause_from_today');
        END IF;
        IF clock.state <> 'running' OR clock.due_on < NEW.first THEN
            PERFORM sec.refuse('What is over or late is not paused.', 'pause_of_a_running_clock');
        END IF;
        IF EXISTS (SELECT FROM public.sharing_deadlinepause AS other
                    WHERE other.tenant_id = NEW.tenant_id
                      AND other.deadline_id = NEW.deadline_id
                      AND (other.until IS NULL OR other.until > NEW.first))
        THEN
            PERFORM sec.refuse('Pauses do not overlap.', 'pauses_do_not_overlap');
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.tenant_id, NEW.deadline_id, NEW.first, NEW.reason, NEW.paused_by_id)
        IS DISTINCT FROM (OLD.tenant_id, OLD.deadline_id, OLD.first, OLD.reason, OLD.paused_by_id)
        OR OLD.until IS NOT NULL OR clock.state <> 'paused'
        OR NEW.resumed_by_id IS DISTINCT FROM sec.user_id() OR NEW.until IS DISTINCT FROM sec.today()
    THEN
        PERFORM sec.refuse('A pause ends once, today.', 'pause_ends_once');
    END IF;
    RETURN NEW;
END
$body$
"""

HOLD_CLOCK = """
CREATE FUNCTION sec.hold_clock() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    UPDATE public.sharing_deadline AS one
       SET state = 'paused', due_on = NULL, soon_on = NULL, tell_on = NULL
     WHERE one.tenant_id = NEW.tenant_id AND one.id = NEW.deadline_id;
    RETURN NULL;
END
$body$
"""

# Of all offices: those where there is something to tell that was not told today, and those whose
# clocks were reckoned before a later year's holidays were known. Numbers of offices alone.
OFFICES_TO_TELL = """
CREATE FUNCTION sec.offices_to_tell(day date, day_number bigint, known integer)
RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT office.id FROM public.tenancy_office AS office
     WHERE (EXISTS (SELECT FROM public.sharing_deadline AS one
                     WHERE one.tenant_id = office.id AND one.state = 'running'
                       AND one.tell_on <= day)
            AND NOT EXISTS (SELECT FROM public.sharing_deadlinetold AS told
                             WHERE told.tenant_id = office.id AND told.batch = day_number))
        OR EXISTS (SELECT FROM public.sharing_deadline AS one
                    WHERE one.tenant_id = office.id AND one.state = 'running'
                      AND one.known_until < known)
     ORDER BY office.id
$body$
"""

FUNCTIONS = {
    "directs(text)": DIRECTS,
    "keep_terms()": KEEP_TERMS,
    "keep_office_day()": KEEP_OFFICE_DAY,
    "date_deadline()": DATE_DEADLINE,
    "keep_deadline()": KEEP_DEADLINE,
    "keep_pause()": KEEP_PAUSE,
    "hold_clock()": HOLD_CLOCK,
    "offices_to_tell(date, bigint, integer)": OFFICES_TO_TELL,
}
# name, when, table, function. The first two of a deadline in this order: by name.
TRIGGERS = (
    ("keep_terms", "BEFORE INSERT", "sharing_termprofile", "keep_terms"),
    (
        "keep_office_day",
        "BEFORE INSERT OR UPDATE OR DELETE",
        "sharing_officeday",
        "keep_office_day",
    ),
    ("date_deadline", "BEFORE INSERT OR UPDATE OF ended_on", "sharing_deadline", "date_deadline"),
    ("keep_deadline", "BEFORE INSERT OR UPDATE", "sharing_deadline", "keep_deadline"),
    ("keep_pause", "BEFORE INSERT OR UPDATE", "sharing_deadlinepause", "keep_pause"),
    ("hold_clock", "AFTER INSERT", "sharing_deadlinepause", "hold_clock"),
)
RECKONED = "due_on, soon_on, tell_on, told, known_until"


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0060_attachments"),
        ("tenancy", "0072_verify_contexts_sooner"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TermProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("profile", models.CharField(max_length=40)),
                ("own", models.JSONField(default=dict)),
                ("soon_days", models.PositiveSmallIntegerField()),
                ("steps", models.JSONField(default=list)),
                ("reason", models.CharField(max_length=500)),
                (
                    "set_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            name="Deadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("life", models.CharField(max_length=40)),
                ("number", models.BigIntegerField(help_text="The record's number in its life.")),
                (
                    "clock",
                    models.CharField(
                        choices=[
                            ("rectification_plan", "plan of rectification"),
                            ("concentrated_period", "concentrated rectification"),
                            ("democratic_life_meeting", "democratic life meeting"),
                            ("clue_disposal", "how a clue is dealt with"),
                            ("clue_result", "what became of a clue"),
                            ("notification_reply", "reply to a notification"),
                            ("lead_handling", "report on a matter in charge"),
                        ],
                        max_length=40,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200)),
                (
                    "asked_hand",
                    models.CharField(blank=True, help_text="A hand of life_cycle.", max_length=40),
                ),
                ("asked_unit", models.CharField(blank=True, max_length=200)),
                ("days", models.PositiveSmallIntegerField(help_text="Working days.")),
                ("started_on", models.DateField()),
                ("due_on", models.DateField(null=True)),
                ("soon_on", models.DateField(null=True)),
                ("tell_on", models.DateField(null=True)),
                (
                    "told",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="A stage of domain.terms."
                    ),
                ),
                ("known_until", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("paused", "Paused"),
                            ("kept", "Kept"),
                            ("kept_late", "Kept Late"),
                            ("stopped", "Stopped"),
                        ],
                        default="running",
                        max_length=10,
                    ),
                ),
                ("ended_on", models.DateField(null=True)),
                (
                    "asked_user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "terms",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        help_text="With which it began; none: the standard ones.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.termprofile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeadlinePause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.DateField()),
                (
                    "until",
                    models.DateField(help_text="The first day that counts again.", null=True),
                ),
                ("reason", models.CharField(max_length=500)),
                (
                    "deadline",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="sharing.deadline",
                    ),
                ),
                (
                    "paused_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "resumed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    models.Index(fields=["tenant", "deadline", "id"], name="deadline_pause_of_one")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("tenant", "deadline"),
                        name="deadline_pause_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resumed_by__isnull", True), ("until__isnull", True)),
                            models.Q(
                                ("resumed_by__isnull", False), ("until__gte", models.F("first"))
                            ),
                            _connector="OR",
                        ),
                        name="deadline_pause_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="deadline_pause_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeadlineTold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stage", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=40)),
                ("batch", models.BigIntegerField()),
                (
                    "deadline",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tellings",
                        to="sharing.deadline",
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
                    models.Index(fields=["tenant", "batch", "kind"], name="deadline_told_on")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "deadline", "batch"), name="deadline_told_once_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficeDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("is_worked", models.BooleanField()),
                ("reason", models.CharField(max_length=200)),
                (
                    "set_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    models.UniqueConstraint(fields=("tenant", "on"), name="office_day_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="office_day_says_why",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="termprofile",
            constraint=models.UniqueConstraint(
                fields=("tenant", "version"), name="term_profile_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="termprofile",
            constraint=models.CheckConstraint(
                condition=models.Q(("soon_days__gte", 1), ("soon_days__lte", 30)),
                name="term_profile_warns_within_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="termprofile",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="term_profile_says_why"
            ),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(
                condition=models.Q(("state", "running")),
                fields=["tenant", "due_on", "id"],
                name="deadline_by_due_day",
            ),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(fields=["tenant", "state", "-id"], name="deadline_by_state"),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(fields=["tenant", "life", "number"], name="deadline_of_a_record"),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(
                condition=models.Q(("state", "running")),
                fields=["tell_on"],
                name="deadline_to_tell",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["running", "paused"])),
                fields=("tenant", "life", "number", "clock"),
                name="deadline_one_running_per_clock",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on__isnull", True), ("state__in", ["running", "paused"])),
                    models.Q(
                        ("ended_on__isnull", False), ("state__in", ["kept", "kept_late", "stopped"])
                    ),
                    _connector="OR",
                ),
                name="deadline_ends_when_it_is_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("due_on__isnull", False), ("state__in", ["running", "kept", "kept_late"])
                    ),
                    models.Q(
                        ("due_on__isnull", True), ("state", "paused"), ("tell_on__isnull", True)
                    ),
                    ("state", "stopped"),
                    _connector="OR",
                ),
                name="deadline_is_due_unless_paused",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["kept", "kept_late"]), _negated=True),
                    models.Q(("ended_on__lte", models.F("due_on")), ("state", "kept")),
                    models.Q(("ended_on__gt", models.F("due_on")), ("state", "kept_late")),
                    _connector="OR",
                ),
                name="deadline_late_is_late",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(("days__gte", 1)), name="deadline_has_a_term"
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("asked_unit", ""),
                        ("asked_user__isnull", True),
                        models.Q(("asked_hand", ""), _negated=True),
                    ),
                    models.Q(
                        ("asked_hand", ""),
                        ("asked_user__isnull", True),
                        models.Q(("asked_unit", ""), _negated=True),
                    ),
                    models.Q(("asked_hand", ""), ("asked_unit", ""), ("asked_user__isnull", False)),
                    _connector="OR",
                ),
                name="deadline_asks_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("life__in", ["clue", "informant", "interference"]), _negated=True),
                    models.Q(("asked_unit", ""), ("title", "")),
                    _connector="OR",
                ),
                name="deadline_of_a_sensitive_record_says_nothing",
            ),
        ),
        fence("sharing_termprofile"),
        fence("sharing_officeday"),
        fence("sharing_deadline"),
        fence("sharing_deadlinepause"),
        fence("sharing_deadlinetold"),
        composite_fk("sharing_deadline", "terms_id", "sharing_termprofile"),
        composite_fk("sharing_deadlinepause", "deadline_id", "sharing_deadline"),
        composite_fk("sharing_deadlinetold", "deadline_id", "sharing_deadline"),
        grant("sharing_termprofile", app="SELECT, INSERT", worker="SELECT"),
        grant(
            "sharing_officeday",
            app="SELECT, INSERT, UPDATE (is_worked, reason, set_by_id, set_at), DELETE",
            worker="SELECT",
        ),
        grant(
            "sharing_deadline",
            app=f"SELECT, INSERT, UPDATE ({RECKONED}, state, ended_on)",
            worker=f"SELECT, UPDATE ({RECKONED})",
        ),
        grant(
            "sharing_deadlinepause",
            app="SELECT, INSERT, UPDATE (until, resumed_by_id)",
            worker="SELECT",
        ),
        grant("sharing_deadlinetold", app="SELECT", worker="SELECT, INSERT"),
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                "GRANT EXECUTE ON FUNCTION sec.offices_to_tell(date, bigint, integer) TO @worker@",
                *(
                    f"CREATE TRIGGER {name} {when} ON {table}"
                    f" FOR EACH ROW EXECUTE FUNCTION sec.{function}()"
                    for name, when, table, function in TRIGGERS
                ),
            ],
            [
                *(f"DROP TRIGGER {name} ON {table}" for name, _, table, _ in reversed(TRIGGERS)),
                *(f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)),
            ],
            "Keep terms and pauses to directors, and clocks to their days",
        ),
    ]
