"""Rectification: items that walk from the assignment to their end, what came of them, look-backs.

docs/architecture/rectification.md says what is enforced where."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sharing.models.guards import sow, sow_hands, walks
from tenancy.rls import RoleSQL, composite_fk, fence, grant

ITEM_LAWFUL = [
    ("plan_handed_in", "assigned", "plan_drafted", "unit"),
    ("plan_returned", "plan_drafted", "assigned", "office_clerk"),
    ("plan_returned", "plan_drafted", "assigned", "office_director"),
    ("plan_returned", "plan_drafted", "assigned", "supervisor"),
    ("plan_accepted", "plan_drafted", "in_progress", "office_director"),
    ("progress_told", "in_progress", "in_progress", "unit"),
    ("progress_told", "basically_done", "basically_done", "unit"),
    ("deadline_moved", "in_progress", "in_progress", "office_director"),
    ("deadline_moved", "basically_done", "basically_done", "office_director"),
    ("claimed", "in_progress", "claimed_done", "unit"),
    ("claimed", "basically_done", "claimed_done", "unit"),
    ("checked_done", "claimed_done", "accepted", "supervisor"),
    ("checked_basically", "claimed_done", "basically_done", "supervisor"),
    ("checked_not_done", "claimed_done", "in_progress", "supervisor"),
    ("closed_out", "accepted", "closed_out", "office_director"),
    ("sent_back", "accepted", "claimed_done", "office_director"),
    ("reopened", "closed_out", "in_progress", "team_leader"),
]
ITEM_HANDS = [
    ("unit", "unit_liaison", "speak_for_unit"),
    ("supervisor", "audit_office", "supervise_unit"),
    ("supervisor", "discipline_body", "supervise_unit"),
    ("supervisor", "organisation_department", "supervise_unit"),
    ("supervisor", "stationed_discipline", "supervise_unit"),
    ("office_clerk", "county_clerk", "steer_rectification"),
    ("office_clerk", "scheduler", "steer_rectification"),
    ("office_director", "city_director", "close_rectification"),
    ("office_director", "county_director", "close_rectification"),
    ("team_leader", "team_leader", "lead_look_back"),
]
BACK_LAWFUL = [
    ("population_set", "planned", "planned", "office_clerk"),
    ("population_set", "planned", "planned", "office_director"),
    ("sampled", "planned", "sampled", "office_clerk"),
    ("sampled", "planned", "sampled", "office_director"),
    ("returned", "sampled", "planned", "leading_group"),
    ("approved", "sampled", "approved", "leading_group"),
    ("begun", "approved", "on_site", "team_leader"),
    ("result_told", "on_site", "told", "team_leader"),
    ("closed", "told", "closed", "office_director"),
]
BACK_HANDS = [
    ("office_clerk", "county_clerk", "steer_rectification"),
    ("office_clerk", "scheduler", "steer_rectification"),
    ("office_director", "city_director", "close_rectification"),
    ("office_director", "county_director", "close_rectification"),
    ("leading_group", "leading_group", "approve_look_back"),
    ("team_leader", "team_leader", "lead_look_back"),
]

STEERS = """
CREATE FUNCTION sec.steers_rectification() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT sec.holds_hand('rectification_item', 'office_clerk')
        OR sec.holds_hand('rectification_item', 'office_director')
$body$
"""

# The issue stands as it was served; the plan is the unit's until it is handed in; the rest the office's.
GUARD_ITEM = """
CREATE FUNCTION sec.guard_rectificationitem() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    is_office boolean := sec.steers_rectification();
    is_unit boolean := sec.holds_hand('rectification_item', 'unit') AND sec.speaks_for(NEW.desk_id);
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT is_office OR NEW.claims <> 0 OR NEW.sent_back <> 0 OR NEW.reopened <> 0
           OR NEW.goal <> '' OR NEW.measures <> '' OR NEW.due_on IS NOT NULL OR NEW.head <> '' THEN
            RAISE EXCEPTION 'The office assigns what was fed back, and no plan with it.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'rectification_assigned_by_the_office',
                      TABLE = 'sharing_rectificationitem';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state OR NEW.steps <> OLD.steps OR NEW.claims <> OLD.claims
       OR NEW.sent_back <> OLD.sent_back OR NEW.reopened <> OLD.reopened THEN
        RETURN NEW;
    END IF;
    IF (NEW.goal, NEW.measures, NEW.lead, NEW.department, NEW.head, NEW.head_signed_on)
       IS DISTINCT FROM
       (OLD.goal, OLD.measures, OLD.lead, OLD.department, OLD.head, OLD.head_signed_on)
       AND NOT (is_unit AND OLD.state = 'assigned')
       OR NEW.due_on IS DISTINCT FROM OLD.due_on
       AND NOT (is_unit AND OLD.state = 'assigned'
                OR sec.holds_hand('rectification_item', 'office_director')
                   AND OLD.state IN ('in_progress', 'basically_done'))
       OR (NEW.case_id, NEW.leader_id, NEW.leader_name)
       IS DISTINCT FROM (OLD.case_id, OLD.leader_id, OLD.leader_name) AND NOT is_office
       OR (NEW.withheld_because, NEW.disclosure)
       IS DISTINCT FROM (OLD.withheld_because, OLD.disclosure) AND NOT is_office THEN
        RAISE EXCEPTION 'It is another''s to write, or not at this time.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rectification_written_by_whose_it_is',
                  TABLE = 'sharing_rectificationitem';
    END IF;
    RETURN NEW;
END
$body$
"""

GUARD_NOTE = """
CREATE FUNCTION sec.guard_itemnote() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    one public.sharing_rectificationitem%ROWTYPE;
BEGIN
    SELECT * INTO one FROM public.sharing_rectificationitem AS item
     WHERE item.tenant_id = sec.tenant() AND item.tenant_id = NEW.tenant_id
       AND item.id = NEW.item_id FOR NO KEY UPDATE;
    IF NOT FOUND OR one.state NOT IN ('in_progress', 'basically_done')
       OR NOT (sec.holds_hand('rectification_item', 'unit') AND sec.speaks_for(one.desk_id)) THEN
        RAISE EXCEPTION 'The unit reports, while it is at work on it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rectification_reported_by_the_unit',
                  TABLE = 'sharing_itemnote';
    END IF;
    SELECT person.display_name INTO NEW.by_name
      FROM public.tenancy_user AS person WHERE person.id = sec.user_id();
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$body$
"""

COUNT_ACTS = """
CREATE FUNCTION sec.count_rectified() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    UPDATE public.sharing_rectificationitem AS item
       SET claims = item.claims + (NEW.act = 'claimed')::int,
           sent_back = item.sent_back + (NEW.act IN ('checked_not_done', 'sent_back'))::int,
           reopened = item.reopened + (NEW.act = 'reopened')::int
     WHERE item.tenant_id = NEW.tenant_id AND item.id = NEW.record_id;
    RETURN NULL;
END
$body$
"""

# What came of it: the unit or the office enters it, and it stays.
GUARD_OUTCOME = """
CREATE FUNCTION sec.guard_outcome() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant() OR NOT (sec.steers_rectification()
        OR sec.holds_hand('rectification_item', 'unit') AND sec.speaks_for(NEW.desk_id)) THEN
        RAISE EXCEPTION 'The unit or the office enters what came of it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'outcome_entered_by_whose_it_is',
                  TABLE = 'sharing_outcome';
    END IF;
    SELECT person.display_name INTO NEW.by_name
      FROM public.tenancy_user AS person WHERE person.id = sec.user_id();
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$body$
"""

GUARD_CAUSE = """
CREATE FUNCTION sec.guard_outcomecause() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.sharing_outcome AS outcome
          JOIN public.sharing_rectificationitem AS item
            ON item.tenant_id = outcome.tenant_id AND item.desk_id = outcome.desk_id
         WHERE outcome.tenant_id = sec.tenant() AND outcome.tenant_id = NEW.tenant_id
           AND outcome.id = NEW.outcome_id AND item.id = NEW.item_id
           AND (sec.steers_rectification()
                OR sec.holds_hand('rectification_item', 'unit')
                   AND sec.speaks_for(outcome.desk_id))) THEN
        RAISE EXCEPTION 'An outcome comes from items of its own unit.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'outcome_entered_by_whose_it_is',
                  TABLE = 'sharing_outcomecause';
    END IF;
    RETURN NEW;
END
$body$
"""

# Joint cases, talks and evaluations are the office's; a talk that was held, a case that was closed, stays.
GUARD_STEERED = """
CREATE FUNCTION sec.guard_steered() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant() OR NOT sec.steers_rectification() THEN
        RAISE EXCEPTION 'It is the office''s to enter.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rectification_steered_by_the_office',
                  TABLE = TG_TABLE_NAME;
    END IF;
    IF TG_OP = 'UPDATE' AND (to_jsonb(OLD) ->> 'held_on' IS NOT NULL
                             OR to_jsonb(OLD) ->> 'closed_on' IS NOT NULL) THEN
        RAISE EXCEPTION 'What was done stays.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rectification_done_stays',
                  TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$body$
"""

# As sharing.domain.look_backs.drawn says; a test draws with both.
DRAWN = """
CREATE FUNCTION sec.drawn(population jsonb, count bigint, seed text) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT jsonb_agg(picked.name ORDER BY picked.mark, picked.name COLLATE "C") FROM (
        SELECT named.name, encode(sha256(convert_to(seed, 'UTF8') || '\\x00'::bytea
                                         || convert_to(named.name, 'UTF8')), 'hex') AS mark
          FROM jsonb_array_elements_text(population) AS named (name)
         ORDER BY mark, named.name COLLATE "C" LIMIT count) AS picked
$body$
"""

GUARD_LOOK_BACK = """
CREATE FUNCTION sec.guard_lookback() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    is_office boolean := sec.holds_hand('look_back', 'office_clerk')
                      OR sec.holds_hand('look_back', 'office_director');
    names bigint;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.state <> OLD.state THEN
        IF NEW.state = 'sampled' THEN
            SELECT count(DISTINCT name) INTO names
              FROM jsonb_array_elements_text(NEW.population) AS named (name);
            IF names <> jsonb_array_length(NEW.population) OR NEW.seed = ''
               OR NEW.count < 1 OR NEW.count > names THEN
                RAISE EXCEPTION 'So many cannot be drawn from it.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'look_back_can_be_drawn',
                          TABLE = 'sharing_lookback';
            END IF;
            NEW.drawn := sec.drawn(NEW.population, NEW.count, NEW.seed);
        ELSIF NEW.state = 'planned' THEN
            NEW.drawn := '[]';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.drawn <> '[]' OR NOT is_office AND NOT (
        TG_OP = 'UPDATE' AND NEW.steps <> OLD.steps)
       OR TG_OP = 'UPDATE' AND OLD.state <> 'planned'
          AND (NEW.title, NEW.population, NEW.count, NEW.seed)
              IS DISTINCT FROM (OLD.title, OLD.population, OLD.count, OLD.seed)
       OR TG_OP = 'UPDATE' AND OLD.state NOT IN ('planned', 'approved')
          AND NEW.room_id IS DISTINCT FROM OLD.room_id THEN
        RAISE EXCEPTION 'The office sets the population before it draws.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'look_back_set_before_it_is_drawn',
                  TABLE = 'sharing_lookback';
    END IF;
    RETURN NEW;
END
$body$
"""

GUARD_RESULT = """
CREATE FUNCTION sec.guard_lookbackresult() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    one public.sharing_lookback%ROWTYPE;
BEGIN
    SELECT * INTO one FROM public.sharing_lookback AS back
     WHERE back.tenant_id = sec.tenant() AND back.tenant_id = NEW.tenant_id
       AND back.id = NEW.look_back_id FOR NO KEY UPDATE;
    IF NOT FOUND OR one.state <> 'on_site' OR NOT one.drawn ? NEW.name
       OR NOT COALESCE(sec.in_room(one.room_id), false) THEN
        RAISE EXCEPTION 'Its team says what it found, at one that was drawn.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'look_back_found_by_its_team',
                  TABLE = 'sharing_lookbackresult';
    END IF;
    SELECT person.display_name INTO NEW.by_name
      FROM public.tenancy_user AS person WHERE person.id = sec.user_id();
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$body$
"""

DONE_BY_ME = """EXISTS (
        SELECT FROM public.sharing_rectificationstep AS done
         WHERE done.tenant_id = one.tenant_id AND done.record_id = one.id
           AND done.by_id = sec.user_id() AND done.act IN ({}))"""
NOTED = """EXISTS (
        SELECT FROM public.sharing_itemnote AS note
         WHERE note.tenant_id = one.tenant_id AND note.item_id = one.id AND note.kind = '{}'
           AND note.at > COALESCE((
               SELECT max(done.at) FROM public.sharing_rectificationstep AS done
                WHERE done.tenant_id = one.tenant_id AND done.record_id = one.id
                  AND done.act = '{}'), '-infinity'))"""
ITEM_ASKS = {
    "unit": "sec.speaks_for(one.desk_id) AND CASE NEW.act"
    " WHEN 'plan_handed_in' THEN one.goal <> '' AND one.measures <> '' AND one.lead <> ''"
    " AND one.department <> '' AND one.due_on IS NOT NULL AND one.head <> ''"
    f" WHEN 'claimed' THEN {NOTED.format('evidence', 'claimed')}"
    f" AND {NOTED.format('result', 'claimed')}"
    f" WHEN 'progress_told' THEN {NOTED.format('progress', 'progress_told')}"
    " ELSE true END",
    "supervisor": f"sec.supervises_unit(one.desk_id) AND NOT {DONE_BY_ME.format(chr(39) + 'claimed' + chr(39))}",
    "office_director": "(NEW.act <> 'closed_out' OR NOT "
    + DONE_BY_ME.format("'claimed', 'checked_done'")
    + ")",
    # Each end that a look-back found to be false opens its item once.
    "team_leader": """one.reopened < (
        SELECT count(*) FROM public.sharing_lookbackresult AS found
          JOIN public.sharing_lookback AS back
            ON back.tenant_id = found.tenant_id AND back.id = found.look_back_id
         WHERE found.tenant_id = one.tenant_id AND found.item_id = one.id
           AND found.verdict = 'false' AND sec.in_room(back.room_id))""",
}
BACK_ASKS = {
    "team_leader": """COALESCE(sec.in_room(one.room_id), false) AND (NEW.act <> 'result_told'
        OR NOT EXISTS (
            SELECT FROM jsonb_array_elements_text(one.drawn) AS named (name)
             WHERE NOT EXISTS (
                SELECT FROM public.sharing_lookbackresult AS found
                 WHERE found.tenant_id = one.tenant_id AND found.look_back_id = one.id
                   AND found.name = named.name)))""",
}

FUNCTIONS = {
    "steers_rectification()": STEERS,
    "guard_rectificationitem()": GUARD_ITEM,
    "guard_itemnote()": GUARD_NOTE,
    "count_rectified()": COUNT_ACTS,
    "guard_outcome()": GUARD_OUTCOME,
    "guard_outcomecause()": GUARD_CAUSE,
    "guard_steered()": GUARD_STEERED,
    "drawn(jsonb, bigint, text)": DRAWN,
    "guard_lookback()": GUARD_LOOK_BACK,
    "guard_lookbackresult()": GUARD_RESULT,
}
GUARDED = {
    "rectificationitem": "rectificationitem",
    "itemnote": "itemnote",
    "outcome": "outcome",
    "outcomecause": "outcomecause",
    "jointcase": "steered",
    "talk": "steered",
    "evaluation": "steered",
    "lookback": "lookback",
    "lookbackresult": "lookbackresult",
}
KEPT = ("itemnote", "outcome", "outcomecause", "evaluation", "rectificationstep", "lookbackstep")
POINTS = (
    ("rectificationitem", "desk_id", "unitdesk"),
    ("rectificationitem", "case_id", "jointcase"),
    ("rectificationstep", "record_id", "rectificationitem"),
    ("itemnote", "item_id", "rectificationitem"),
    ("outcome", "desk_id", "unitdesk"),
    ("outcomecause", "outcome_id", "outcome"),
    ("outcomecause", "item_id", "rectificationitem"),
    ("talk", "desk_id", "unitdesk"),
    ("evaluation", "desk_id", "unitdesk"),
    ("lookback", "room_id", "room"),
    ("lookbackstep", "record_id", "lookback"),
    ("lookbackresult", "look_back_id", "lookback"),
    ("lookbackresult", "item_id", "rectificationitem"),
    ("letter", "item_id", "rectificationitem"),
    ("letter", "case_id", "jointcase"),
)
ITEM_WRITTEN = (
    "goal, measures, lead, department, due_on, head, head_signed_on, withheld_because, disclosure,"
    " case_id, leader_id, leader_name"
)
TALK_WRITTEN = "person, matter, held_on, held_by, commitment, recorded_by"


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0040_send_letters"),
        ("tenancy", "0072_verify_contexts_sooner"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RectificationStep",
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
            ],
        ),
        migrations.CreateModel(
            name="Talk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round_name", models.CharField(max_length=100)),
                (
                    "post",
                    models.CharField(help_text="In which post they are talked to.", max_length=100),
                ),
                ("person", models.CharField(blank=True, max_length=100)),
                ("matter", models.CharField(blank=True, max_length=500)),
                ("queued_on", models.DateField()),
                ("held_on", models.DateField(null=True)),
                ("held_by", models.CharField(blank=True, max_length=100)),
                ("commitment", models.CharField(blank=True, max_length=2000)),
                ("recorded_by", models.CharField(blank=True, max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round_name", models.CharField(max_length=100)),
                ("parameters", models.JSONField(help_text="By which it was judged.")),
                (
                    "deductions",
                    models.JSONField(help_text="Each with its part, points and reason."),
                ),
                ("false_items", models.PositiveIntegerField()),
                ("score", models.PositiveSmallIntegerField()),
                ("grade", models.CharField(max_length=20)),
                ("by_name", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "desk",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.unitdesk",
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
            name="JointCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("leader_name", models.CharField(max_length=100)),
                (
                    "departments",
                    models.CharField(blank=True, help_text="Who works with them.", max_length=500),
                ),
                ("opened_by", models.CharField(max_length=100)),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                ("conclusion", models.CharField(blank=True, max_length=2000)),
                (
                    "leader",
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
        migrations.AddField(
            model_name="letter",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="sharing.jointcase",
            ),
        ),
        migrations.CreateModel(
            name="LookBack",
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
                ("title", models.CharField(max_length=200)),
                ("population", models.JSONField(default=list)),
                ("count", models.PositiveIntegerField(default=0)),
                ("seed", models.CharField(blank=True, max_length=100)),
                ("drawn", models.JSONField(default=list)),
                ("made_by", models.CharField(max_length=100)),
                ("made_on", models.DateField()),
                (
                    "room",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        help_text="Of the team that visits.",
                        null=True,
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LookBackStep",
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
                        related_name="acts",
                        to="sharing.lookback",
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
            name="Outcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rule_made", "Rule made or amended"),
                            ("money_recovered", "Money recovered"),
                            ("accountability", "Called to account"),
                            ("wider_fix", "Wider fix"),
                            ("special_campaign", "Special campaign"),
                        ],
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=500)),
                ("cents", models.BigIntegerField(help_text="Of money alone.", null=True)),
                (
                    "people",
                    models.PositiveIntegerField(
                        help_text="Called to account: how many.", null=True
                    ),
                ),
                ("on", models.DateField()),
                ("by_name", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "desk",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.unitdesk",
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
            name="RectificationItem",
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
                ("round_name", models.CharField(max_length=100)),
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Its place among those of unit and round."
                    ),
                ),
                (
                    "issue",
                    models.CharField(
                        help_text="Word for word as it was fed back.", max_length=5000
                    ),
                ),
                ("category", models.CharField(max_length=100)),
                ("source_life", models.CharField(blank=True, max_length=40)),
                ("source_number", models.BigIntegerField(null=True)),
                ("served_on", models.DateField()),
                ("leader_name", models.CharField(blank=True, max_length=100)),
                ("plan_due_on", models.DateField()),
                ("concentrated_until", models.DateField()),
                ("goal", models.CharField(blank=True, max_length=1000)),
                ("measures", models.CharField(blank=True, max_length=5000)),
                ("lead", models.CharField(blank=True, help_text="Of the unit.", max_length=100)),
                ("department", models.CharField(blank=True, max_length=200)),
                ("due_on", models.DateField(null=True)),
                (
                    "head",
                    models.CharField(
                        blank=True, help_text="Who signed for the unit.", max_length=100
                    ),
                ),
                ("head_signed_on", models.DateField(null=True)),
                (
                    "withheld_because",
                    models.CharField(blank=True, help_text="Not to disclose.", max_length=500),
                ),
                ("disclosure", models.CharField(blank=True, max_length=2000)),
                ("claims", models.PositiveIntegerField(default=0)),
                ("sent_back", models.PositiveIntegerField(default=0)),
                ("reopened", models.PositiveIntegerField(default=0)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="sharing.jointcase",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.unitdesk",
                    ),
                ),
                (
                    "leader",
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
        ),
        migrations.CreateModel(
            name="OutcomeCause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="causes",
                        to="sharing.outcome",
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
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="sharing.rectificationitem",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LookBackResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(help_text="One of those drawn.", max_length=200)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("confirmed", "Confirmed"),
                            ("false", "False rectification"),
                            ("new_finding", "New finding"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=5000)),
                ("by_name", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "look_back",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="sharing.lookback",
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
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.rectificationitem",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ItemNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("progress", "Progress"),
                            ("evidence", "Evidence"),
                            ("result", "Result"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(max_length=5000)),
                ("by_name", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
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
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="sharing.rectificationitem",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="letter",
            name="item",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="sharing.rectificationitem",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["tenant", "item"], name="letter_by_item"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["tenant", "case"], name="letter_by_case"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "urging_letter"), _negated=True),
                    ("urges__isnull", False),
                    ("item__isnull", False),
                    _connector="OR",
                ),
                name="letter_urges_something",
            ),
        ),
        migrations.AddField(
            model_name="rectificationstep",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rectificationstep",
            name="record",
            field=models.ForeignKey(
                db_column="record_id",
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acts",
                to="sharing.rectificationitem",
            ),
        ),
        migrations.AddField(
            model_name="rectificationstep",
            name="tenant",
            field=models.ForeignKey(
                db_column="tenant_id",
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.office",
            ),
        ),
        migrations.AddField(
            model_name="talk",
            name="desk",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing.unitdesk",
            ),
        ),
        migrations.AddField(
            model_name="talk",
            name="tenant",
            field=models.ForeignKey(
                db_column="tenant_id",
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.office",
            ),
        ),
        migrations.AddIndex(
            model_name="evaluation",
            index=models.Index(fields=["tenant", "desk", "-id"], name="evaluation_by_desk"),
        ),
        migrations.AddConstraint(
            model_name="evaluation",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__lte", 100)), name="evaluation_of_a_hundred"
            ),
        ),
        migrations.AddIndex(
            model_name="jointcase",
            index=models.Index(fields=["tenant", "leader"], name="joint_case_by_leader"),
        ),
        migrations.AddConstraint(
            model_name="lookbackstep",
            constraint=models.UniqueConstraint(
                fields=("tenant", "record", "number"), name="look_back_step_once"
            ),
        ),
        migrations.AddIndex(
            model_name="outcome",
            index=models.Index(fields=["tenant", "kind", "-id"], name="outcome_by_kind"),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cents__gt", 0), ("kind", "money_recovered")),
                    models.Q(
                        models.Q(("kind", "money_recovered"), _negated=True),
                        ("cents__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="outcome_of_money_has_its_sum",
            ),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "accountability"), ("people__gt", 0)),
                    models.Q(
                        models.Q(("kind", "accountability"), _negated=True),
                        ("people__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="outcome_counts_people_called_to_account",
            ),
        ),
        migrations.AddIndex(
            model_name="rectificationitem",
            index=models.Index(fields=["tenant", "state", "-id"], name="rectification_by_state"),
        ),
        migrations.AddIndex(
            model_name="rectificationitem",
            index=models.Index(fields=["tenant", "desk", "-id"], name="rectification_by_desk"),
        ),
        migrations.AddIndex(
            model_name="rectificationitem",
            index=models.Index(fields=["tenant", "leader", "-id"], name="rectification_by_leader"),
        ),
        migrations.AddIndex(
            model_name="rectificationitem",
            index=models.Index(fields=["tenant", "case"], name="rectification_by_case"),
        ),
        migrations.AddConstraint(
            model_name="rectificationitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source_life", ""), _negated=True),
                fields=("tenant", "source_life", "source_number"),
                name="rectification_item_once_of_a_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="rectificationitem",
            constraint=models.UniqueConstraint(
                fields=("tenant", "desk", "round_name", "position"),
                name="rectification_item_in_its_place",
            ),
        ),
        migrations.AddIndex(
            model_name="outcomecause",
            index=models.Index(fields=["tenant", "item"], name="outcome_cause_by_item"),
        ),
        migrations.AddConstraint(
            model_name="outcomecause",
            constraint=models.UniqueConstraint(
                fields=("tenant", "outcome", "item"), name="outcome_of_an_item_once"
            ),
        ),
        migrations.AddIndex(
            model_name="lookbackresult",
            index=models.Index(fields=["tenant", "look_back"], name="look_back_result_by_one"),
        ),
        migrations.AddConstraint(
            model_name="lookbackresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verdict", "confirmed"), models.Q(("text", ""), _negated=True), _connector="OR"
                ),
                name="look_back_finds_what_it_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookbackresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "false"), _negated=True),
                    ("item__isnull", False),
                    _connector="OR",
                ),
                name="look_back_finds_an_item_false",
            ),
        ),
        migrations.AddIndex(
            model_name="itemnote",
            index=models.Index(fields=["tenant", "item", "id"], name="item_note_by_item"),
        ),
        migrations.AddConstraint(
            model_name="rectificationstep",
            constraint=models.UniqueConstraint(
                fields=("tenant", "record", "number"), name="rectification_step_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.UniqueConstraint(
                fields=("tenant", "desk", "round_name", "post"), name="talk_once_in_a_post"
            ),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("held_on__isnull", True),
                    models.Q(
                        models.Q(("person", ""), _negated=True),
                        models.Q(("held_by", ""), _negated=True),
                        models.Q(("commitment", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="talk_held_with_its_record",
            ),
        ),
        *(fence(f"sharing_{table}") for table in (*GUARDED, "rectificationstep", "lookbackstep")),
        *(composite_fk(f"sharing_{a}", b, f"sharing_{c}") for a, b, c in POINTS),
        *(grant(f"sharing_{table}", app="SELECT, INSERT", worker="SELECT") for table in KEPT),
        grant("sharing_lookbackresult", app="SELECT, INSERT", worker="SELECT"),
        grant(
            "sharing_rectificationitem",
            app=f"SELECT, INSERT, UPDATE ({ITEM_WRITTEN})",
            worker="SELECT",
        ),
        grant(
            "sharing_jointcase",
            app="SELECT, INSERT, UPDATE (closed_on, conclusion)",
            worker="SELECT",
        ),
        grant("sharing_talk", app=f"SELECT, INSERT, UPDATE ({TALK_WRITTEN})", worker="SELECT"),
        grant(
            "sharing_lookback",
            app="SELECT, INSERT, UPDATE (title, population, count, seed, room_id)",
            worker="SELECT",
        ),
        sow("rectification_item", ITEM_LAWFUL),
        sow_hands("rectification_item", ITEM_HANDS),
        sow("look_back", BACK_LAWFUL),
        sow_hands("look_back", BACK_HANDS),
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                *(
                    f"CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON sharing_{table}"
                    f" FOR EACH ROW EXECUTE FUNCTION sec.guard_{by}()"
                    for table, by in GUARDED.items()
                ),
                "CREATE TRIGGER count_rectified AFTER INSERT ON sharing_rectificationstep"
                " FOR EACH ROW EXECUTE FUNCTION sec.count_rectified()",
            ],
            [
                "DROP TRIGGER count_rectified ON sharing_rectificationstep",
                *(f"DROP TRIGGER guard ON sharing_{table}" for table in GUARDED),
                *(f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)),
            ],
            "Let each write what is theirs of a rectification, and count its acts",
        ),
        walks(
            "rectificationitem",
            step="rectificationstep",
            life="rectification_item",
            begins_as="assigned",
            asks=ITEM_ASKS,
        ),
        walks(
            "lookback",
            step="lookbackstep",
            life="look_back",
            begins_as="planned",
            asks=BACK_ASKS,
        ),
    ]
