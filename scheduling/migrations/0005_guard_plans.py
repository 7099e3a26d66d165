"""Fence the tables of publication, and let the database itself refuse a barred seat.

What holds whoever writes, whatever their code:

- a seat stands only where no bar of its plan's frozen question and no hard declaration forbids it;
- a hard declaration finds every seat that it forbids and suspends it, in its own transaction;
- a published plan never changes, and only an approved and verified revision is published;
- a step is signed by whoever takes it, as the signed context names them;
- an office tells another of its own acts only, and learns nothing from a refusal;
- a person is booked once on any day, across rounds.

Whoever touches a plan waits on the plan's row, and whoever touches a person's seats or
declarations on that person's: without these locks, two transactions that do not see each other
both pass. Plans are locked before people, by everybody. docs/architecture/guards.md has it all.
"""

from django.db import migrations

from tenancy.rls import RoleSQL, composite_fk, fence, fence_delivered, grant

OWN = (
    "frozenquestion",
    "frozenbar",
    "inspector",
    "roundpin",
    "planedit",
    "planstep",
    "seatsuspension",
    "publication",
    "booking",
    "noticeread",
    "sealedexport",
    "sealedcontent",
)
DELIVERED = (
    "declaration",
    "declarationwithdrawal",
    "confirmationrequest",
    "confirmation",
    "publishedextract",
    "notice",
)
SAME_OFFICE = (
    ("frozenquestion", "round_id", "inspectionround"),
    ("frozenbar", "question_id", "frozenquestion"),
    ("frozenbar", "inspector_id", "inspector"),
    ("declaration", "round_id", "inspectionround"),
    ("declarationwithdrawal", "declaration_id", "declaration"),
    ("roundpin", "round_id", "inspectionround"),
    ("solverun", "question_id", "frozenquestion"),
    ("plan", "question_id", "frozenquestion"),
    ("plan", "based_on_id", "plan"),
    ("planedit", "plan_id", "plan"),
    ("planstep", "plan_id", "plan"),
    ("seatsuspension", "plan_id", "plan"),
    ("seatsuspension", "person_id", "releasedperson"),
    ("seatsuspension", "declaration_id", "declaration"),
    ("publication", "round_id", "inspectionround"),
    ("publication", "plan_id", "plan"),
    ("booking", "publication_id", "publication"),
    ("booking", "inspector_id", "inspector"),
    ("confirmation", "plan_id", "plan"),
    ("noticeread", "notice_id", "notice"),
    ("sealedexport", "round_id", "inspectionround"),
    ("sealedcontent", "export_id", "sealedexport"),
)
# What a delivered row names of its sender's.
OF_THE_SENDER = (
    ("confirmationrequest", "plan_id", "plan"),
    ("confirmationrequest", "round_id", "inspectionround"),
    ("confirmation", "request_id", "confirmationrequest"),
    ("publishedextract", "round_id", "inspectionround"),
)


def named(table: str) -> str:
    return f"scheduling_{table}"


def of_the_sender(table: str, column: str, target: str) -> RoleSQL:
    name = f"{named(table)}_{column}_of_sender"
    return RoleSQL(
        [
            f"ALTER TABLE {named(table)} ADD CONSTRAINT {name} "
            f"FOREIGN KEY (sender_id, {column}) REFERENCES {named(target)} (tenant_id, id)"
        ],
        [f"ALTER TABLE {named(table)} DROP CONSTRAINT {name}"],
        f"Let {table}.{column} name what is its sender's",
    )


SAME_SENDER_WITHDRAWS = RoleSQL(
    [
        "ALTER TABLE scheduling_declaration ADD CONSTRAINT scheduling_declaration_of_sender "
        "UNIQUE (tenant_id, sender_id, id)",
        "ALTER TABLE scheduling_declarationwithdrawal "
        "ADD CONSTRAINT declaration_withdrawn_by_its_sender "
        "FOREIGN KEY (tenant_id, sender_id, declaration_id) "
        "REFERENCES scheduling_declaration (tenant_id, sender_id, id)",
    ],
    [
        "ALTER TABLE scheduling_declarationwithdrawal "
        "DROP CONSTRAINT declaration_withdrawn_by_its_sender",
        "ALTER TABLE scheduling_declaration DROP CONSTRAINT scheduling_declaration_of_sender",
    ],
    "Let nobody withdraw what another declared",
)

# What one table says about a plan, its round and its question must be about the same one.
SAME_PLAN = RoleSQL(
    [
        "ALTER TABLE scheduling_planteam ADD CONSTRAINT scheduling_planteam_of_plan "
        "UNIQUE (tenant_id, plan_id, id)",
        "ALTER TABLE scheduling_planseat ADD CONSTRAINT plan_seat_in_a_team_of_its_plan "
        "FOREIGN KEY (tenant_id, plan_id, team_id) "
        "REFERENCES scheduling_planteam (tenant_id, plan_id, id)",
        "ALTER TABLE scheduling_planvisit ADD CONSTRAINT plan_visit_by_a_team_of_its_plan "
        "FOREIGN KEY (tenant_id, plan_id, team_id) "
        "REFERENCES scheduling_planteam (tenant_id, plan_id, id)",
        "ALTER TABLE scheduling_frozenquestion ADD CONSTRAINT scheduling_frozenquestion_of_round "
        "UNIQUE (tenant_id, round_id, id)",
        "ALTER TABLE scheduling_plan ADD CONSTRAINT plan_answers_a_question_of_its_round "
        "FOREIGN KEY (tenant_id, round_id, question_id) "
        "REFERENCES scheduling_frozenquestion (tenant_id, round_id, id)",
    ],
    [
        "ALTER TABLE scheduling_plan DROP CONSTRAINT plan_answers_a_question_of_its_round",
        "ALTER TABLE scheduling_frozenquestion DROP CONSTRAINT scheduling_frozenquestion_of_round",
        "ALTER TABLE scheduling_planvisit DROP CONSTRAINT plan_visit_by_a_team_of_its_plan",
        "ALTER TABLE scheduling_planseat DROP CONSTRAINT plan_seat_in_a_team_of_its_plan",
        "ALTER TABLE scheduling_planteam DROP CONSTRAINT scheduling_planteam_of_plan",
    ],
    "Keep the parts of a plan with one plan, and its question with its round",
)

# --- Locks ----------------------------------------------------------------------------------

# A lock does not make an old snapshot new: under REPEATABLE READ the look after it would still
# miss what the other transaction has committed, and SERIALIZABLE helps against its like alone.
INSIST_ON_FRESH_SNAPSHOTS = """
CREATE FUNCTION sec.insist_on_fresh_snapshots() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
        RAISE EXCEPTION 'Plans and declarations are written under READ COMMITTED alone.'
            USING ERRCODE = 'feature_not_supported';
    END IF;
END
$body$
"""

LOCK_PLANS = """
CREATE FUNCTION sec.lock_plans(plans bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM 1 FROM public.scheduling_plan AS plan
      WHERE plan.id = ANY (plans) ORDER BY plan.id FOR NO KEY UPDATE;
END
$body$
"""

LOCK_INSPECTORS = """
CREATE FUNCTION sec.lock_inspectors(teams bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM 1 FROM public.scheduling_inspector AS known
      WHERE known.id IN (
            SELECT one.id FROM public.scheduling_planseat AS seat
              JOIN public.scheduling_releasedperson AS person ON person.id = seat.person_id
              JOIN public.scheduling_inspector AS one
                ON one.tenant_id = seat.tenant_id AND one.office_id = person.sender_id
               AND one.number = person.number
             WHERE seat.team_id = ANY (teams))
      ORDER BY known.id FOR NO KEY UPDATE;
END
$body$
"""

# The person of a declaration. One whom nobody has released yet is known from now on, so that a
# release, and whoever seats them after it, waits as well.
LOCK_INSPECTOR = """
CREATE FUNCTION sec.lock_inspector(of_tenant bigint, of_office bigint, of_number text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    INSERT INTO public.scheduling_inspector (tenant_id, office_id, number)
    VALUES (of_tenant, of_office, of_number) ON CONFLICT DO NOTHING;
    PERFORM 1 FROM public.scheduling_inspector AS known
      WHERE known.tenant_id = of_tenant AND known.office_id = of_office
        AND known.number = of_number
        FOR NO KEY UPDATE;
END
$body$
"""

# --- People across rounds -----------------------------------------------------------------

KNOW_INSPECTORS = """
CREATE FUNCTION sec.know_inspectors() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    INSERT INTO public.scheduling_inspector (tenant_id, office_id, number)
    SELECT DISTINCT tenant_id, sender_id, number FROM fresh ORDER BY 1, 2, 3
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$body$
"""

KNOW_THOSE_OF_BEFORE = """
INSERT INTO scheduling_inspector (tenant_id, office_id, number)
SELECT DISTINCT tenant_id, sender_id, number FROM scheduling_releasedperson
"""

# --- Bars ---------------------------------------------------------------------------------

# Every seat of these teams that a bar or a hard declaration forbids. A host seat is one of
# somebody whose own office is among the counties that the team visits.
BARRED_AMONG = """
CREATE FUNCTION sec.barred_among(teams bigint[])
RETURNS TABLE (tenant_id bigint, plan_id bigint, team_id bigint, person_id bigint, unit_id bigint,
               rule text, declaration_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    WITH seat AS (
        SELECT s.tenant_id, s.plan_id, s.team_id, s.person_id, s.role, plan.round_id,
               plan.question_id, person.sender_id AS office_id, person.number, known.id AS inspector_id
          FROM public.scheduling_planseat AS s
          JOIN public.scheduling_plan AS plan ON plan.id = s.plan_id
          JOIN public.scheduling_releasedperson AS person ON person.id = s.person_id
          JOIN public.scheduling_inspector AS known
            ON known.tenant_id = s.tenant_id AND known.office_id = person.sender_id
           AND known.number = person.number
         WHERE s.team_id = ANY (teams)),
    met AS (
        SELECT seat.*, visit.unit_id, unit.sender_id AS unit_office_id, unit.code AS unit_code
          FROM seat
          JOIN public.scheduling_planvisit AS visit ON visit.team_id = seat.team_id
          JOIN public.scheduling_reportedunit AS unit ON unit.id = visit.unit_id)
    SELECT met.tenant_id, met.plan_id, met.team_id, met.person_id, met.unit_id, bar.rule::text,
           NULL::bigint
      FROM met
      JOIN public.scheduling_frozenbar AS bar
        ON bar.tenant_id = met.tenant_id AND bar.question_id = met.question_id
       AND bar.inspector_id = met.inspector_id AND bar.unit_office_id = met.unit_office_id
       AND bar.unit_code = met.unit_code AND bar.roles ? met.role
     WHERE NOT (bar.unless_host AND EXISTS (
               SELECT FROM met AS home WHERE home.team_id = met.team_id
                  AND home.person_id = met.person_id AND home.unit_office_id = met.office_id))
    UNION ALL
    SELECT seat.tenant_id, seat.plan_id, seat.team_id, seat.person_id, touched.unit_id, tie.kind::text,
           tie.id
      FROM seat
      JOIN public.scheduling_declaration AS tie
        ON tie.tenant_id = seat.tenant_id AND tie.round_id = seat.round_id
       AND tie.person_office_id = seat.office_id AND tie.person_number = seat.number
       AND tie.severity = 'hard' AND (tie.roles = '[]'::jsonb OR tie.roles ? seat.role)
      LEFT JOIN LATERAL (
           SELECT min(met.unit_id) AS unit_id FROM met
            WHERE met.team_id = seat.team_id AND met.person_id = seat.person_id
              AND met.unit_office_id = tie.target_office_id
              AND (tie.target = 'county' OR met.unit_code = tie.target_code)) AS touched ON true
     WHERE (tie.target = 'round' OR (tie.target IN ('unit', 'county') AND touched.unit_id IS NOT NULL))
       AND NOT EXISTS (SELECT FROM public.scheduling_declarationwithdrawal AS back
                        WHERE back.tenant_id = tie.tenant_id AND back.declaration_id = tie.id)
$body$
"""

# What the pages of the plan's own office may ask.
BARRED_SEATS = """
CREATE FUNCTION sec.barred_seats(of_plan bigint)
RETURNS TABLE (person_id bigint, unit_id bigint, rule text, declaration_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT barred.person_id, barred.unit_id, barred.rule, barred.declaration_id
      FROM sec.barred_among(ARRAY(
               SELECT team.id FROM public.scheduling_planteam AS team
                WHERE team.tenant_id = sec.tenant() AND team.plan_id = of_plan)) AS barred
$body$
"""

# A visit that is taken away counts too: with the last one in somebody's own county their seat is
# a host seat no longer.
REFUSE_BARRED_SEATS = """
CREATE FUNCTION sec.refuse_barred_seats() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    plans bigint[] := ARRAY(SELECT DISTINCT fresh.plan_id FROM fresh);
    teams bigint[] := ARRAY(SELECT DISTINCT fresh.team_id FROM fresh);
    barred record;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        plans := plans || ARRAY(SELECT DISTINCT was.plan_id FROM was);
        teams := teams || ARRAY(SELECT DISTINCT was.team_id FROM was);
    END IF;
    PERFORM sec.insist_on_fresh_snapshots();
    PERFORM sec.lock_plans(plans);
    PERFORM sec.lock_inspectors(teams);
    SELECT * INTO barred FROM sec.barred_among(teams) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'A seat is barred (%).', barred.rule
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_seat_not_barred',
                  TABLE = 'scheduling_planseat';
    END IF;
    IF TG_TABLE_NAME = 'scheduling_planseat' AND EXISTS (
        SELECT FROM public.scheduling_planseat AS seat
          JOIN public.scheduling_releasedperson AS person ON person.id = seat.person_id
         WHERE seat.plan_id = ANY (plans)
         GROUP BY seat.plan_id, person.sender_id, person.number HAVING count(*) > 1) THEN
        RAISE EXCEPTION 'Somebody sits twice in a plan.'
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'plan_seat_one_team_per_person',
                  TABLE = 'scheduling_planseat';
    END IF;
    RETURN NULL;
END
$body$
"""

# Plans before the person, as whoever edits or publishes does; the rows written here hold on to
# the plans in any case, and in the other order an edit and a declaration would deadlock.
SUSPEND_SEATS = """
CREATE FUNCTION sec.suspend_seats() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.severity <> 'hard' OR NEW.target = 'person' THEN
        RETURN NULL;
    END IF;
    PERFORM sec.insist_on_fresh_snapshots();
    PERFORM 1 FROM public.scheduling_plan AS plan
      WHERE plan.tenant_id = NEW.tenant_id AND plan.round_id = NEW.round_id
        AND plan.state NOT IN ('superseded', 'withdrawn')
      ORDER BY plan.id FOR KEY SHARE;
    PERFORM sec.lock_inspector(NEW.tenant_id, NEW.person_office_id, NEW.person_number);
    INSERT INTO public.scheduling_seatsuspension (tenant_id, plan_id, person_id, declaration_id, at)
    SELECT DISTINCT barred.tenant_id, barred.plan_id, barred.person_id, NEW.id, clock_timestamp()
      FROM sec.barred_among(ARRAY(
               SELECT seat.team_id
                 FROM public.scheduling_planseat AS seat
                 JOIN public.scheduling_plan AS plan ON plan.id = seat.plan_id
                 JOIN public.scheduling_releasedperson AS person ON person.id = seat.person_id
                WHERE seat.tenant_id = NEW.tenant_id AND plan.round_id = NEW.round_id
                  AND plan.state NOT IN ('superseded', 'withdrawn')
                  AND person.sender_id = NEW.person_office_id
                  AND person.number = NEW.person_number)) AS barred
     WHERE barred.declaration_id = NEW.id;
    RETURN NULL;
END
$body$
"""

# --- Plans that stand ---------------------------------------------------------------------

# A verdict is of the rows that the verifier saw: whoever changes one of them takes it away.
PLAN_CHANGED = """
CREATE FUNCTION sec.plan_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    plans bigint[] := ARRAY(SELECT DISTINCT fresh.plan_id FROM fresh);
BEGIN
    IF TG_OP = 'UPDATE' THEN
        plans := plans || ARRAY(SELECT DISTINCT was.plan_id FROM was);
    END IF;
    PERFORM sec.insist_on_fresh_snapshots();
    PERFORM sec.lock_plans(plans);
    IF EXISTS (SELECT FROM public.scheduling_publication AS published
                WHERE published.plan_id = ANY (plans)) THEN
        RAISE EXCEPTION 'A published plan is never changed.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_published_stands';
    END IF;
    UPDATE public.scheduling_plan AS plan SET verdict = NULL
     WHERE plan.id = ANY (plans) AND plan.verdict IS NOT NULL;
    RETURN NULL;
END
$body$
"""

# The plan's own row. Once published it says only how it goes on: in force, then over. Before, a
# figure that changes without a new verdict takes the old one away, as a changed seat does.
PLAN_ROW_STANDS = """
CREATE FUNCTION sec.plan_row_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM sec.insist_on_fresh_snapshots();
    IF EXISTS (SELECT FROM public.scheduling_publication AS published
                WHERE published.plan_id = OLD.id) THEN
        IF (to_jsonb(NEW) - 'state') IS DISTINCT FROM (to_jsonb(OLD) - 'state')
           OR (NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
               ('approved', 'published'), ('published', 'superseded'), ('published', 'withdrawn'))) THEN
            RAISE EXCEPTION 'A published plan is never changed.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_published_stands';
        END IF;
    ELSIF NEW.state = 'published' THEN
        RAISE EXCEPTION 'A plan is in force by its publication alone.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_in_force_by_its_publication';
    ELSIF NEW.verdict IS NOT NULL AND NEW.verdict = OLD.verdict
          AND (NEW.round_id, NEW.question_id, NEW.revision, NEW.tiers, NEW.measures, NEW.uncovered)
              IS DISTINCT FROM
              (OLD.round_id, OLD.question_id, OLD.revision, OLD.tiers, OLD.measures, OLD.uncovered)
          THEN
        NEW.verdict := NULL;
    END IF;
    RETURN NEW;
END
$body$
"""

# By column privilege: who may not change a verdict may not bring one along, either.
NO_VERDICT_OF_ONES_OWN = """
CREATE FUNCTION sec.no_verdict_of_ones_own() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.verdict IS NOT NULL
       AND NOT has_column_privilege(current_user, 'public.scheduling_plan', 'verdict', 'UPDATE') THEN
        RAISE EXCEPTION 'Only the verifier gives a verdict.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$body$
"""

# --- Signatures -----------------------------------------------------------------------------

# Who signs is whom the context names, and nobody whom a statement names: the second pair of eyes
# cannot be written down by the first.
HOLDS_SEAT = """
CREATE FUNCTION sec.holds_seat(wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT EXISTS (
        SELECT FROM public.tenancy_membership AS seat
          JOIN public.tenancy_user AS person ON person.id = seat.user_id AND person.is_active
         WHERE seat.tenant_id = sec.tenant() AND seat.user_id = sec.user_id()
           AND seat.role = wanted AND seat.since_on <= CURRENT_DATE
           AND (seat.until_on IS NULL OR seat.until_on > CURRENT_DATE))
$body$
"""

PLAN_SIGNED = """
CREATE FUNCTION sec.plan_signed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'candidate' OR NEW.proposed_by_id IS NOT NULL
           OR NEW.approved_by_id IS NOT NULL THEN
            RAISE EXCEPTION 'A plan begins as a candidate that nobody has signed.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_begins_unsigned';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state IN ('proposed', 'approved') AND NEW.state = OLD.state
       AND (NEW.revision <> OLD.revision
            OR (OLD.state = 'approved' AND NEW.question_id IS DISTINCT FROM OLD.question_id)) THEN
        RAISE EXCEPTION 'What is proposed or approved stands still.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_stands_while_it_is_proposed';
    END IF;
    IF (NEW.state, NEW.proposed_by_id, NEW.approved_by_id)
       IS NOT DISTINCT FROM (OLD.state, OLD.proposed_by_id, OLD.approved_by_id) THEN
        RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
           ('candidate', 'proposed'), ('proposed', 'candidate'), ('proposed', 'approved'),
           ('approved', 'candidate'), ('approved', 'published'), ('published', 'superseded'),
           ('published', 'withdrawn')) THEN
        RAISE EXCEPTION 'This step does not follow.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_steps_in_turn';
    END IF;
    IF NOT COALESCE(CASE NEW.state
           WHEN 'candidate' THEN NEW.proposed_by_id IS NULL AND NEW.approved_by_id IS NULL
           WHEN 'proposed' THEN NEW.proposed_by_id = sec.user_id() AND NEW.approved_by_id IS NULL
           WHEN 'approved' THEN NEW.proposed_by_id = OLD.proposed_by_id
                AND NEW.approved_by_id = sec.user_id() AND sec.holds_seat('city_director')
           ELSE (NEW.proposed_by_id, NEW.approved_by_id) = (OLD.proposed_by_id, OLD.approved_by_id)
           END, false) THEN
        RAISE EXCEPTION 'Nobody signs for somebody else.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_signed_by_whoever_acts';
    END IF;
    RETURN NEW;
END
$body$
"""

# As whoever writes, so that their role tells: the worker moves the seats of a proposal to newer
# released rows of the same people when it has checked them; the web has nothing to change.
PROPOSAL_STANDS = """
CREATE FUNCTION sec.proposal_stands() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NOT has_column_privilege(current_user, 'public.scheduling_plan', 'verdict', 'UPDATE')
       AND EXISTS (
           SELECT FROM fresh
             JOIN public.scheduling_plan AS plan ON plan.id = fresh.plan_id
            WHERE plan.state IN ('proposed', 'approved')) THEN
        RAISE EXCEPTION 'What is proposed or approved stands still.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_stands_while_it_is_proposed';
    END IF;
    RETURN NULL;
END
$body$
"""

ADMIT_PUBLICATION = """
CREATE FUNCTION sec.admit_publication() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    plan public.scheduling_plan%ROWTYPE;
    question public.scheduling_frozenquestion%ROWTYPE;
    teams bigint[];
BEGIN
    PERFORM sec.insist_on_fresh_snapshots();
    -- Before any look at the plan: to whom it is not, no refusal tells whether it is there.
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant() OR NOT sec.holds_seat('city_director') THEN
        RAISE EXCEPTION 'The director puts a plan in force.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'publication_by_the_director';
    END IF;
    SELECT * INTO plan FROM public.scheduling_plan AS one
     WHERE one.tenant_id = NEW.tenant_id AND one.id = NEW.plan_id FOR NO KEY UPDATE;
    IF NOT FOUND OR plan.round_id <> NEW.round_id OR plan.state <> 'approved'
       OR plan.approved_by_id IS NULL OR NEW.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'Only an approved plan of the round is published.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'publication_of_an_approved_plan';
    END IF;
    SELECT * INTO question FROM public.scheduling_frozenquestion AS one
     WHERE one.tenant_id = plan.tenant_id AND one.id = plan.question_id;
    IF NOT FOUND
       OR plan.verdict IS NULL
       OR (plan.verdict ->> 'clean') IS DISTINCT FROM 'true'
       OR (plan.verdict ->> 'revision') IS DISTINCT FROM plan.revision::text
       OR (plan.verdict ->> 'input_sha256') IS DISTINCT FROM question.sha256
       OR (NEW.input_sha256, NEW.rules_sha256, NEW.engine)
          IS DISTINCT FROM (question.sha256, question.rules_sha256, question.engine) THEN
        RAISE EXCEPTION 'Only a revision that the verifier found clean is published.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'publication_of_a_verified_revision';
    END IF;
    teams := ARRAY(SELECT team.id FROM public.scheduling_planteam AS team
                    WHERE team.tenant_id = plan.tenant_id AND team.plan_id = plan.id);
    PERFORM sec.lock_inspectors(teams);
    IF EXISTS (SELECT FROM sec.barred_among(teams)) THEN
        RAISE EXCEPTION 'A seat of the plan is barred.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'publication_without_barred_seats';
    END IF;
    RETURN NEW;
END
$body$
"""

BOOK_SEATS = """
CREATE FUNCTION sec.book_seats() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    INSERT INTO public.scheduling_booking (tenant_id, publication_id, inspector_id, starts_on, ends_on)
    SELECT NEW.tenant_id, NEW.id, known.id, min(visit.starts_on), max(visit.ends_on)
      FROM public.scheduling_planseat AS seat
      JOIN public.scheduling_releasedperson AS person ON person.id = seat.person_id
      JOIN public.scheduling_inspector AS known
        ON known.tenant_id = seat.tenant_id AND known.office_id = person.sender_id
       AND known.number = person.number
      JOIN public.scheduling_planvisit AS visit ON visit.team_id = seat.team_id
     WHERE seat.tenant_id = NEW.tenant_id AND seat.plan_id = NEW.plan_id
     GROUP BY known.id;
    RETURN NULL;
END
$body$
"""

END_PUBLICATION = """
CREATE FUNCTION sec.end_publication() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
       OR (to_jsonb(NEW) - ARRAY['ended_at', 'ending', 'ended_by', 'ended_because'])
          IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['ended_at', 'ending', 'ended_by', 'ended_because']) THEN
        RAISE EXCEPTION 'A publication only ends, once.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'publication_stands';
    END IF;
    UPDATE public.scheduling_booking AS booking SET released_at = NEW.ended_at
     WHERE booking.tenant_id = NEW.tenant_id AND booking.publication_id = NEW.id;
    RETURN NEW;
END
$body$
"""

# `int8range` makes equality of a number something that GiST knows without an extension.
NOBODY_TWICE = (
    "ALTER TABLE scheduling_booking ADD CONSTRAINT booking_books_nobody_twice EXCLUDE USING gist ("
    " int8range(inspector_id, inspector_id, '[]') WITH &&,"
    " daterange(starts_on, ends_on, '[]') WITH &&) WHERE (released_at IS NULL)"
)

# --- What one office tells another ----------------------------------------------------------

# Before the foreign keys, which would tell the sender what there is at the receiver's: a round to
# which it was not called, or somebody else's declaration, is as unknown as one that is not there.
# What is sent in the name of somebody else the fence refuses, and nobody looks whether it is so.
ADMIT_DECLARATION = """
CREATE FUNCTION sec.admit_declaration() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.sender_id = sec.tenant() AND NEW.sender_id <> NEW.tenant_id AND NOT EXISTS (
        SELECT FROM public.scheduling_releasecall AS call
         WHERE call.tenant_id = NEW.sender_id AND call.sender_id = NEW.tenant_id
           AND call.round_id = NEW.round_id) THEN
        RAISE EXCEPTION 'An office declares for rounds that it was called to.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'declaration_answers_a_call',
                  TABLE = 'scheduling_declaration';
    END IF;
    RETURN NEW;
END
$body$
"""

ADMIT_WITHDRAWAL = """
CREATE FUNCTION sec.admit_withdrawal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.sender_id = sec.tenant() AND NOT EXISTS (
        SELECT FROM public.scheduling_declaration AS tie
         WHERE tie.tenant_id = NEW.tenant_id AND tie.sender_id = NEW.sender_id
           AND tie.id = NEW.declaration_id) THEN
        RAISE EXCEPTION 'Whoever declared takes it back.'
            USING ERRCODE = 'foreign_key_violation',
                  CONSTRAINT = 'declaration_withdrawn_by_its_sender',
                  TABLE = 'scheduling_declarationwithdrawal';
    END IF;
    RETURN NEW;
END
$body$
"""

# Each office tells of its own acts: a county does not announce a plan, and the city does not
# answer for a county. The kinds are those of scheduling.domain.notices; a test holds them together.
ADMIT_NOTICE = """
CREATE FUNCTION sec.admit_notice() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.sender_id <> NEW.tenant_id AND NOT EXISTS (
        SELECT FROM public.tenancy_office AS below
         WHERE (below.id = NEW.sender_id AND below.parent_id = NEW.tenant_id AND NEW.kind IN (
                   'people_confirmed', 'people_objected', 'release_stale', 'declaration_received'))
            OR (below.id = NEW.tenant_id AND below.parent_id = NEW.sender_id AND NEW.kind IN (
                   'call_received', 'releases_closed', 'releases_reopened', 'confirmation_asked',
                   'confirmation_dropped', 'extract_published', 'extract_corrected',
                   'extract_withdrawn'))) THEN
        RAISE EXCEPTION 'An office tells of its own acts.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_of_ones_own_acts',
                  TABLE = 'scheduling_notice';
    END IF;
    RETURN NEW;
END
$body$
"""

# Nothing of a plan is handed out before it is published, and under no other number.
EXTRACT_OF_A_PUBLICATION = RoleSQL(
    [
        "ALTER TABLE scheduling_publishedextract ADD CONSTRAINT extract_of_a_publication "
        "FOREIGN KEY (sender_id, round_id, number) "
        "REFERENCES scheduling_publication (tenant_id, round_id, number)"
    ],
    ["ALTER TABLE scheduling_publishedextract DROP CONSTRAINT extract_of_a_publication"],
    "Hand out what is published only",
)

# --- The unmasked question on its way out -------------------------------------------------

# What nobody has taken in time is deleted; the worker may see to it at any time.
FORGET_SEALED_EXPORTS = """
CREATE FUNCTION sec.forget_sealed_exports() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    DELETE FROM public.scheduling_sealedcontent AS sealed
     USING public.scheduling_sealedexport AS export
     WHERE export.tenant_id = sealed.tenant_id AND export.id = sealed.export_id
       AND export.made_at <= clock_timestamp() - interval '15 minutes'
$body$
"""

# Once, to the recusal officer who asked for it, within a quarter of an hour; then it is gone.
TAKE_SEALED_EXPORT = """
CREATE FUNCTION sec.take_sealed_export(number bigint) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    handed_out text;
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.tenancy_membership AS seat
         WHERE seat.tenant_id = sec.tenant() AND seat.user_id = sec.user_id()
           AND seat.role = 'recusal_officer' AND seat.since_on <= CURRENT_DATE
           AND (seat.until_on IS NULL OR seat.until_on > CURRENT_DATE)) THEN
        RETURN NULL;
    END IF;
    PERFORM sec.forget_sealed_exports();
    UPDATE public.scheduling_sealedexport AS export SET taken_at = clock_timestamp()
     WHERE export.id = number AND export.tenant_id = sec.tenant()
       AND export.requested_by_id = sec.user_id() AND export.taken_at IS NULL
       AND export.made_at > clock_timestamp() - interval '15 minutes';
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    DELETE FROM public.scheduling_sealedcontent AS sealed
     WHERE sealed.tenant_id = sec.tenant() AND sealed.export_id = number
    RETURNING sealed.content INTO handed_out;
    RETURN handed_out;
END
$body$
"""


def on_statement(name: str, table: str, event: str, function: str) -> str:
    """AFTER STATEMENT with transition tables: one look for a thousand rows.

    `fresh` are the rows that were written, or deleted; `was` are updated rows as they were.
    """
    rows = {
        "INSERT": "NEW TABLE AS fresh",
        "UPDATE": "OLD TABLE AS was NEW TABLE AS fresh",
        "DELETE": "OLD TABLE AS fresh",
    }
    return (
        f"CREATE TRIGGER {name}_{event.lower()} AFTER {event} ON {named(table)} "
        f"REFERENCING {rows[event]} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION sec.{function}()"
    )


PARTS = ("planteam", "planseat", "planvisit")
TRIGGERS = [
    *(
        on_statement("plan_changed", table, event, "plan_changed")
        for table in PARTS
        for event in ("INSERT", "UPDATE", "DELETE")
    ),
    *(
        on_statement("refuse_barred", table, event, "refuse_barred_seats")
        for table, event in (
            ("planseat", "INSERT"),
            ("planseat", "UPDATE"),
            ("planvisit", "INSERT"),
            ("planvisit", "UPDATE"),
            ("planvisit", "DELETE"),
        )
    ),
    *(
        on_statement("proposal_stands", table, event, "proposal_stands")
        for table in PARTS
        for event in ("INSERT", "UPDATE", "DELETE")
    ),
    on_statement("know_inspectors", "releasedperson", "INSERT", "know_inspectors"),
    "CREATE TRIGGER suspend_seats AFTER INSERT ON scheduling_declaration "
    "FOR EACH ROW EXECUTE FUNCTION sec.suspend_seats()",
    "CREATE TRIGGER no_verdict_of_ones_own BEFORE INSERT ON scheduling_plan "
    "FOR EACH ROW EXECUTE FUNCTION sec.no_verdict_of_ones_own()",
    "CREATE TRIGGER admit BEFORE INSERT ON scheduling_publication "
    "FOR EACH ROW EXECUTE FUNCTION sec.admit_publication()",
    "CREATE TRIGGER book_seats AFTER INSERT ON scheduling_publication "
    "FOR EACH ROW EXECUTE FUNCTION sec.book_seats()",
    "CREATE TRIGGER plan_row_stands BEFORE UPDATE ON scheduling_plan "
    "FOR EACH ROW EXECUTE FUNCTION sec.plan_row_stands()",
    "CREATE TRIGGER plan_signed BEFORE INSERT OR UPDATE ON scheduling_plan "
    "FOR EACH ROW EXECUTE FUNCTION sec.plan_signed()",
    "CREATE TRIGGER end_publication BEFORE UPDATE OR DELETE ON scheduling_publication "
    "FOR EACH ROW EXECUTE FUNCTION sec.end_publication()",
    "CREATE TRIGGER admit BEFORE INSERT ON scheduling_declaration "
    "FOR EACH ROW EXECUTE FUNCTION sec.admit_declaration()",
    "CREATE TRIGGER admit BEFORE INSERT ON scheduling_declarationwithdrawal "
    "FOR EACH ROW EXECUTE FUNCTION sec.admit_withdrawal()",
    "CREATE TRIGGER admit BEFORE INSERT ON scheduling_notice "
    "FOR EACH ROW EXECUTE FUNCTION sec.admit_notice()",
]
FUNCTIONS = (
    "insist_on_fresh_snapshots()",
    "lock_plans(bigint[])",
    "lock_inspectors(bigint[])",
    "lock_inspector(bigint, bigint, text)",
    "know_inspectors()",
    "barred_among(bigint[])",
    "barred_seats(bigint)",
    "refuse_barred_seats()",
    "suspend_seats()",
    "plan_changed()",
    "plan_row_stands()",
    "no_verdict_of_ones_own()",
    "holds_seat(text)",
    "plan_signed()",
    "proposal_stands()",
    "admit_publication()",
    "admit_declaration()",
    "admit_withdrawal()",
    "admit_notice()",
    "book_seats()",
    "end_publication()",
    "forget_sealed_exports()",
    "take_sealed_export(bigint)",
)


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0004_publication"),
        ("tenancy", "0005_open_job_doors"),
    ]

    operations = [
        *(fence(named(table)) for table in OWN),
        *(fence_delivered(named(table)) for table in DELIVERED),
        *(composite_fk(named(t), column, named(target)) for t, column, target in SAME_OFFICE),
        composite_fk("scheduling_sealedexport", "job_id", "tenancy_job"),
        *(of_the_sender(*link) for link in OF_THE_SENDER),
        SAME_SENDER_WITHDRAWS,
        SAME_PLAN,
        EXTRACT_OF_A_PUBLICATION,
        RoleSQL(
            [
                KNOW_THOSE_OF_BEFORE,
                INSIST_ON_FRESH_SNAPSHOTS,
                LOCK_PLANS,
                LOCK_INSPECTORS,
                LOCK_INSPECTOR,
                KNOW_INSPECTORS,
                BARRED_AMONG,
                BARRED_SEATS,
                REFUSE_BARRED_SEATS,
                SUSPEND_SEATS,
                PLAN_CHANGED,
                PLAN_ROW_STANDS,
                NO_VERDICT_OF_ONES_OWN,
                HOLDS_SEAT,
                PLAN_SIGNED,
                PROPOSAL_STANDS,
                ADMIT_PUBLICATION,
                ADMIT_DECLARATION,
                ADMIT_WITHDRAWAL,
                ADMIT_NOTICE,
                BOOK_SEATS,
                END_PUBLICATION,
                FORGET_SEALED_EXPORTS,
                TAKE_SEALED_EXPORT,
                NOBODY_TWICE,
                "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sec FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.barred_seats(bigint) TO @app@, @worker@",
                "GRANT EXECUTE ON FUNCTION sec.take_sealed_export(bigint) TO @app@",
                "GRANT EXECUTE ON FUNCTION sec.forget_sealed_exports() TO @worker@",
                *TRIGGERS,
            ],
            [
                *(
                    f"DROP TRIGGER {trigger.split()[2]} ON {trigger.split(' ON ')[1].split()[0]}"
                    for trigger in reversed(TRIGGERS)
                ),
                "ALTER TABLE scheduling_booking DROP CONSTRAINT booking_books_nobody_twice",
                *(f"DROP FUNCTION sec.{function}" for function in reversed(FUNCTIONS)),
            ],
            "Let the database refuse barred seats, double bookings and changes of published plans",
        ),
        grant("scheduling_frozenquestion", app="SELECT", worker="SELECT, INSERT"),
        grant("scheduling_frozenbar", app="SELECT", worker="SELECT, INSERT"),
        grant("scheduling_inspector", app="SELECT", worker="SELECT"),
        grant("scheduling_declaration", app="SELECT, INSERT", worker="SELECT"),
        grant("scheduling_declarationwithdrawal", app="SELECT, INSERT", worker="SELECT"),
        grant("scheduling_roundpin", app="SELECT, INSERT, DELETE", worker="SELECT"),
        # The web edits drafts; a verdict, and what it is about, is the worker's to write.
        grant(
            "scheduling_plan",
            app="INSERT, UPDATE (revision, state, tiers, measures, uncovered, found_at,"
            " proposed_by_id, approved_by_id)",
        ),
        grant("scheduling_planteam", app="INSERT, DELETE"),
        grant("scheduling_planseat", app="INSERT, UPDATE (duties), DELETE"),
        grant("scheduling_planvisit", app="INSERT, DELETE"),
        grant("scheduling_planedit", app="SELECT, INSERT", worker="SELECT"),
        grant("scheduling_planstep", app="SELECT, INSERT", worker="SELECT, INSERT"),
        grant("scheduling_seatsuspension", app="SELECT", worker="SELECT"),
        grant(
            "scheduling_publication",
            app="SELECT, INSERT, UPDATE (ended_at, ending, ended_by, ended_because)",
            worker="SELECT",
        ),
        grant("scheduling_booking", app="SELECT", worker="SELECT"),
        grant("scheduling_confirmationrequest", app="SELECT, INSERT", worker="SELECT, INSERT"),
        grant("scheduling_confirmation", app="SELECT, INSERT", worker="SELECT"),
        grant("scheduling_publishedextract", app="SELECT, INSERT", worker="SELECT"),
        grant("scheduling_notice", app="SELECT, INSERT", worker="SELECT, INSERT"),
        grant("scheduling_noticeread", app="SELECT, INSERT"),
        grant(
            "scheduling_sealedexport",
            app="SELECT, INSERT, UPDATE (job_id)",
            worker="SELECT, UPDATE (sha256, made_at)",
        ),
        grant("scheduling_sealedcontent", worker="SELECT, INSERT"),
    ]
