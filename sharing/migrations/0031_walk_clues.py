"""Clues walk, go where they belong, and are seen by those alone whose they are.

docs/architecture/clues.md says what the database insists on.
"""

from django.db import migrations

from sharing.models.guards import sow, sow_hands, walks
from tenancy.rls import RoleSQL, composite_fk, fence, fence_narrowed, fence_personal, grant

# The life as of now (`sharing.domain.clues`).
LIFE = (
    ("amended", "registered", "registered", "member"),
    ("screened", "registered", "screened", "team_leader"),
    ("found_general", "registered", "not_a_clue", "team_leader"),
    ("found_out_of_scope", "registered", "out_of_scope", "team_leader"),
    ("sent_back", "screened", "registered", "team_leader"),
    ("signed", "screened", "leader_signed", "team_leader"),
    ("taken_in", "leader_signed", "taken_in", "office_director"),
    ("handed_over", "taken_in", "handed_over", "office_director"),
    ("acknowledged", "handed_over", "acknowledged", "discipline_body"),
    ("returned", "handed_over", "taken_in", "discipline_body"),
    ("returned", "acknowledged", "taken_in", "discipline_body"),
    ("urged", "handed_over", "handed_over", "office_director"),
    ("urged", "acknowledged", "acknowledged", "office_director"),
    ("urged", "disposal_chosen", "disposal_chosen", "office_director"),
    ("urged", "in_process", "in_process", "office_director"),
    ("disposal_chosen", "acknowledged", "disposal_chosen", "discipline_body"),
    ("begun", "disposal_chosen", "in_process", "discipline_body"),
    ("result_told", "disposal_chosen", "result_returned", "discipline_body"),
    ("result_told", "in_process", "result_returned", "discipline_body"),
    ("asked_again", "result_returned", "in_process", "office_director"),
    ("closed", "result_returned", "closed", "office_director"),
)
HANDS = (
    ("member", "deputy_leader", "register_clue"),
    ("member", "team_leader", "register_clue"),
    ("member", "team_member", "register_clue"),
    ("team_leader", "team_leader", "screen_clue"),
    ("office_director", "city_director", "handle_clue"),
    ("office_director", "county_director", "handle_clue"),
    ("discipline_body", "discipline_body", "dispose_clue"),
)

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# A clue is handled in person: a deputy's seat gives no hand on one.
HOLDS_OWN_HAND = f"""
CREATE FUNCTION sec.holds_own_hand(of_life text, wanted text) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_handrole AS given
          JOIN public.tenancy_membership AS seat ON seat.role = given.role
          JOIN public.tenancy_user AS person ON person.id = seat.user_id
         WHERE given.life = of_life AND given.hand = wanted AND seat.principal_id IS NULL
           AND seat.tenant_id = sec.tenant() AND seat.user_id = sec.user_id()
           AND seat.since_on <= sec.today()
           AND (seat.until_on IS NULL OR seat.until_on > sec.today())
           AND person.is_active AND (person.expires_on IS NULL OR person.expires_on > sec.today()))
$body$
"""

# Of the team: who registered it, and who leads.
READS_TEAM_CLUE = f"""
CREATE FUNCTION sec.reads_team_clue(of_room bigint, registered_by bigint) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT sec.in_room(of_room) AND (registered_by = sec.user_id() OR EXISTS (
        SELECT FROM public.tenancy_membership AS seat
         WHERE seat.tenant_id = sec.tenant() AND seat.user_id = sec.user_id()
           AND seat.principal_id IS NULL AND seat.role IN ('team_leader', 'deputy_leader')
           AND seat.since_on <= sec.today()
           AND (seat.until_on IS NULL OR seat.until_on > sec.today())))
$body$
"""
SEES_TEAM_CLUE = f"""
CREATE FUNCTION sec.sees_team_clue(of_clue bigint) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_clue AS clue
         WHERE clue.tenant_id = sec.tenant() AND clue.id = of_clue
           AND sec.reads_team_clue(clue.room_id, clue.registered_by_id))
$body$
"""

# R19: somebody with a declared tie, and whoever bears the subject's name.
TIED_TO_CLUE = f"""
CREATE FUNCTION sec.tied_to_clue(of_clue bigint, subject text) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_cluetie AS tie
         WHERE tie.tenant_id = sec.tenant() AND tie.clue_id = of_clue
           AND tie.user_id = sec.user_id())
        OR EXISTS (
        SELECT FROM public.tenancy_user AS person
         WHERE person.id = sec.user_id() AND person.display_name = subject)
$body$
"""
READS_OFFICE_CLUE = f"""
CREATE FUNCTION sec.reads_office_clue(
    of_clue bigint, subject text, handed_over timestamp with time zone) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT (sec.holds_own_hand('clue', 'office_director')
            OR (handed_over IS NOT NULL AND sec.holds_own_hand('clue', 'discipline_body')))
       AND NOT sec.tied_to_clue(of_clue, subject)
$body$
"""
SEES_OFFICE_CLUE = f"""
CREATE FUNCTION sec.sees_office_clue(of_clue bigint) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_officeclue AS clue
         WHERE clue.tenant_id = sec.tenant() AND clue.id = of_clue
           AND sec.reads_office_clue(clue.id, clue.subject_name, clue.handed_over_at))
$body$
"""
# A list tells every clue on it: whoever may not see one of them sees no list with it.
READS_HAND_OVER_LIST = f"""
CREATE FUNCTION sec.reads_hand_over_list(of_list bigint) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT (sec.holds_own_hand('clue', 'office_director') OR sec.holds_own_hand('clue', 'discipline_body'))
       AND NOT EXISTS (
        SELECT FROM public.sharing_handoverentry AS entry
          JOIN public.sharing_officeclue AS clue
            ON clue.tenant_id = entry.tenant_id AND clue.id = entry.clue_id
         WHERE entry.tenant_id = sec.tenant() AND entry.list_id = of_list
           AND sec.tied_to_clue(clue.id, clue.subject_name))
$body$
"""
# One after the other within an office; whoever may not see a list still counts on behind it.
NEXT_HAND_OVER_NUMBER = f"""
CREATE FUNCTION sec.next_hand_over_number(of_year integer) RETURNS integer
LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF NOT sec.holds_own_hand('clue', 'office_director') THEN
        RAISE EXCEPTION 'Lists of hand-over are the director''s.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'hand_over_list_by_the_director';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('sharing_handoverlist'), sec.tenant()::integer);
    RETURN (SELECT COALESCE(max(one.number), 0) + 1 FROM public.sharing_handoverlist AS one
             WHERE one.tenant_id = sec.tenant() AND one.year = of_year);
END
$body$
"""

GUARD_CLUE = f"""
CREATE FUNCTION sec.guard_clue() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT (sec.in_room(NEW.room_id) AND NEW.registered_by_id = sec.user_id() AND EXISTS (
            SELECT FROM public.sharing_room AS room
             WHERE room.tenant_id = sec.tenant() AND room.tenant_id = NEW.tenant_id
               AND room.id = NEW.room_id AND room.purpose = 'direct')) THEN
            RAISE EXCEPTION 'A clue is registered by a member, in the direct room of the team.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'clue_of_ones_own_room',
                      TABLE = 'sharing_clue';
        END IF;
        NEW.registered_at := clock_timestamp();
        NEW.registered_by_name := (
            SELECT person.display_name FROM public.tenancy_user AS person
             WHERE person.id = sec.user_id());
        RETURN NEW;
    END IF;
    IF (OLD.state <> 'registered' OR OLD.registered_by_id <> sec.user_id()) AND
       (OLD.subject_name, OLD.subject_post, OLD.subject_unit, OLD.management_level,
        OLD.source_kind, OLD.is_urgent, OLD.gist, OLD.evidence) IS DISTINCT FROM
       (NEW.subject_name, NEW.subject_post, NEW.subject_unit, NEW.management_level,
        NEW.source_kind, NEW.is_urgent, NEW.gist, NEW.evidence)
       OR OLD.state <> 'registered' AND
       (OLD.met_on, OLD.meeting_opinion) IS DISTINCT FROM (NEW.met_on, NEW.meeting_opinion) THEN
        RAISE EXCEPTION 'The text is of who registered it, until the meeting has judged.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clue_text_stays',
                  TABLE = 'sharing_clue';
    END IF;
    RETURN NEW;
END
$body$
"""

# Signed, it goes where `sharing.domain.routing` says: the office there gets a row of its own, under a
# key that tells nothing of how many there are. Nothing else ever writes one.
DELIVER_CLUE = f"""
CREATE FUNCTION sec.deliver_clue() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    one public.sharing_clue%ROWTYPE;
    room public.sharing_room%ROWTYPE;
    goes_to bigint;
    key bigint;
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant() THEN
        RAISE EXCEPTION 'A clue is signed in its own office.' USING ERRCODE = 'check_violation';
    END IF;
    SELECT * INTO one FROM public.sharing_clue AS clue
     WHERE clue.tenant_id = NEW.tenant_id AND clue.id = NEW.record_id;
    SELECT * INTO room FROM public.sharing_room AS its
     WHERE its.tenant_id = one.tenant_id AND its.id = one.room_id;
    goes_to := CASE
        WHEN one.management_level = 'city_managed' THEN room.tenant_id
        WHEN room.mode IN ('own', 'ring', 'swap', 'half_unit', 'recombined', 'mixed')
            THEN room.host_id
        WHEN room.mode = 'lifted' THEN room.tenant_id
        WHEN room.mode = 'joint' AND EXISTS (
            SELECT FROM public.sharing_roomseat AS seat
             WHERE seat.tenant_id = room.tenant_id AND seat.room_id = room.id
               AND seat.role = 'leader' AND seat.origin_id = room.tenant_id) THEN room.tenant_id
        WHEN room.mode = 'joint' THEN room.host_id
    END;
    IF goes_to IS NULL THEN
        RAISE EXCEPTION 'Nobody decided whose the records of this mode are.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clue_knows_its_way',
                  TABLE = 'sharing_clue';
    END IF;
    INSERT INTO public.sharing_officeclue (
        tenant_id, state, steps, subject_name, subject_post, subject_unit, management_level,
        source_kind, is_urgent, gist, evidence, round_name, team_name, signed_by, signed_at,
        disposal, next_due_on)
    VALUES (
        goes_to, 'leader_signed', 0, one.subject_name, one.subject_post, one.subject_unit,
        one.management_level, one.source_kind, one.is_urgent, one.gist, one.evidence,
        room.round_name, room.team_name, NEW.by_name, NEW.at, '', '9999-12-31')
    RETURNING id INTO key;
    INSERT INTO public.sharing_clueroute (
        tenant_id, clue_id, office_id, office_clue, round_name, is_urgent, state, since)
    VALUES (one.tenant_id, one.id, goes_to, key, room.round_name, one.is_urgent,
            'leader_signed', NEW.at);
    RETURN NULL;
END
$body$
"""

# Fifteen digits of the server's own strong random source: no sequence, so no gap.
KEY_AT_RANDOM = """
CREATE FUNCTION sec.key_at_random() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    NEW.id := 100000000000000
        + ('x' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 12))::bit(48)::bigint;
    RETURN NEW;
END
$body$
"""

GUARD_OFFICE_CLUE = f"""
CREATE FUNCTION sec.guard_office_clue() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF (NEW.disposal, NEW.disposal_due_on, NEW.result_due_on) IS DISTINCT FROM
       (OLD.disposal, OLD.disposal_due_on, OLD.result_due_on) AND NOT (
           sec.holds_own_hand('clue', 'discipline_body')
           AND OLD.state IN ('handed_over', 'acknowledged', 'taken_in')
           AND NOT sec.tied_to_clue(OLD.id, OLD.subject_name)) THEN
        RAISE EXCEPTION 'Way and days are the discipline body''s, when it signs and when it chooses.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clue_days_of_the_discipline_body',
                  TABLE = 'sharing_officeclue';
    END IF;
    NEW.next_due_on := COALESCE(CASE
        WHEN NEW.state = 'acknowledged' THEN NEW.disposal_due_on
        WHEN NEW.state IN ('disposal_chosen', 'in_process') THEN NEW.result_due_on
    END, '9999-12-31');
    RETURN NEW;
END
$body$
"""

# What an act needs in the tables, what it leaves there, and what the city is told of it.
FOLLOW_CLUE = f"""
CREATE FUNCTION sec.follow_clue() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    one public.sharing_officeclue%ROWTYPE;
    missing text;
    that_year integer := extract(year FROM sec.today());
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant() THEN
        RAISE EXCEPTION 'An act is done in its own office.' USING ERRCODE = 'check_violation';
    END IF;
    SELECT * INTO one FROM public.sharing_officeclue AS clue
     WHERE clue.tenant_id = NEW.tenant_id AND clue.id = NEW.record_id;
    IF NEW.act = 'taken_in' AND one.number IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext('sharing_officeclue'), NEW.tenant_id::integer);
        UPDATE public.sharing_officeclue AS clue
           SET year = that_year, number = (
               SELECT COALESCE(max(other.number), 0) + 1 FROM public.sharing_officeclue AS other
                WHERE other.tenant_id = NEW.tenant_id AND other.year = that_year)
         WHERE clue.tenant_id = NEW.tenant_id AND clue.id = NEW.record_id;
    ELSIF NEW.act = 'handed_over' THEN
        IF NOT EXISTS (
            SELECT FROM public.sharing_handoverentry AS entry
             WHERE entry.tenant_id = NEW.tenant_id AND entry.clue_id = NEW.record_id
               AND entry.returned_at IS NULL) THEN
            missing := 'a signed list';
        END IF;
        UPDATE public.sharing_officeclue AS clue
           SET handed_over_at = COALESCE(clue.handed_over_at, clock_timestamp())
         WHERE clue.tenant_id = NEW.tenant_id AND clue.id = NEW.record_id;
    ELSIF NEW.act = 'acknowledged' THEN
        IF one.disposal_due_on IS NULL OR one.result_due_on IS NULL OR NOT EXISTS (
            SELECT FROM public.sharing_handoverentry AS entry
              JOIN public.sharing_handoverlist AS list
                ON list.tenant_id = entry.tenant_id AND list.id = entry.list_id
             WHERE entry.tenant_id = NEW.tenant_id AND entry.clue_id = NEW.record_id
               AND entry.returned_at IS NULL AND list.acknowledged_at IS NOT NULL) THEN
            missing := 'a receipt and its days';
        END IF;
    ELSIF NEW.act = 'returned' THEN
        UPDATE public.sharing_handoverentry AS entry SET returned_at = clock_timestamp()
         WHERE entry.tenant_id = NEW.tenant_id AND entry.clue_id = NEW.record_id
           AND entry.returned_at IS NULL;
        UPDATE public.sharing_officeclue AS clue
           SET disposal = '', disposal_due_on = NULL, result_due_on = NULL
         WHERE clue.tenant_id = NEW.tenant_id AND clue.id = NEW.record_id;
    ELSIF NEW.act = 'disposal_chosen' AND one.disposal = '' THEN
        missing := 'a way of disposal';
    ELSIF NEW.act = 'result_told' AND NOT EXISTS (
        SELECT FROM public.sharing_clueoutcome AS outcome
         WHERE outcome.tenant_id = NEW.tenant_id AND outcome.clue_id = NEW.record_id
           AND outcome.telling = (
               SELECT count(*) FROM public.sharing_officecluestep AS step
                WHERE step.tenant_id = NEW.tenant_id AND step.record_id = NEW.record_id
                  AND step.act = 'result_told')) THEN
        missing := 'coded outcomes';
    END IF;
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'The act lacks %.', missing
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clue_act_has_what_it_needs',
                  TABLE = 'sharing_officecluestep';
    END IF;
    UPDATE public.sharing_clueroute AS route SET state = NEW.after, since = NEW.at
     WHERE route.office_id = NEW.tenant_id AND route.office_clue = NEW.record_id;
    RETURN NULL;
END
$body$
"""

GUARD_TIE = f"""
CREATE FUNCTION sec.guard_clue_tie() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF NEW.user_id IS DISTINCT FROM sec.user_id() OR NOT sec.sees_office_clue(NEW.clue_id) THEN
        RAISE EXCEPTION 'One declares one''s own tie, to what one sees.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clue_tie_of_ones_own',
                  TABLE = 'sharing_cluetie';
    END IF;
    NEW.declared_at := clock_timestamp();
    RETURN NEW;
END
$body$
"""

GUARD_OUTCOME = f"""
CREATE FUNCTION sec.guard_clue_outcome() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF NOT (sec.holds_own_hand('clue', 'discipline_body') AND sec.sees_office_clue(NEW.clue_id)
            AND NEW.tenant_id = sec.tenant() AND EXISTS (
        SELECT FROM public.sharing_officeclue AS clue
         WHERE clue.tenant_id = sec.tenant() AND clue.id = NEW.clue_id
           AND clue.state IN ('disposal_chosen', 'in_process'))) THEN
        RAISE EXCEPTION 'What became of a clue the discipline body tells.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clue_outcome_of_the_discipline_body',
                  TABLE = 'sharing_clueoutcome';
    END IF;
    NEW.telling := 1 + (
        SELECT count(*) FROM public.sharing_officecluestep AS step
         WHERE step.tenant_id = sec.tenant() AND step.record_id = NEW.clue_id
           AND step.act = 'result_told');
    NEW.told_at := clock_timestamp();
    NEW.told_by_name := (
        SELECT person.display_name FROM public.tenancy_user AS person
         WHERE person.id = sec.user_id());
    RETURN NEW;
END
$body$
"""

# Signed once by each side, by two people; of what was signed nothing changes.
GUARD_LIST = f"""
CREATE FUNCTION sec.guard_hand_over_list() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    who text := (SELECT person.display_name FROM public.tenancy_user AS person
                  WHERE person.id = sec.user_id());
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.tenant_id IS DISTINCT FROM sec.tenant()
           OR NEW.number IS DISTINCT FROM sec.next_hand_over_number(NEW.year) THEN
            RAISE EXCEPTION 'A list has the next number of its office.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'hand_over_list_in_turn',
                      TABLE = 'sharing_handoverlist';
        END IF;
        NEW.sha256 := encode(sha256(convert_to(NEW.document, 'UTF8')), 'hex');
        NEW.signed_by_id := sec.user_id();
        NEW.signed_by_name := who;
        NEW.signed_at := clock_timestamp();
        NEW.acknowledged_by_id := NULL;
        NEW.acknowledged_by_name := '';
        NEW.acknowledged_at := NULL;
        NEW.receipt_number := NULL;
        NEW.receipt_year := NULL;
        RETURN NEW;
    END IF;
    IF OLD.acknowledged_at IS NOT NULL OR NEW.acknowledged_at IS NULL
       OR OLD.signed_by_id = sec.user_id() OR NOT sec.holds_own_hand('clue', 'discipline_body')
       OR NOT sec.reads_hand_over_list(OLD.id) THEN
        RAISE EXCEPTION 'The discipline body signs the receipt, once, and not who signed the list.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'hand_over_list_signed_by_both_sides',
                  TABLE = 'sharing_handoverlist';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('sharing_handoverlist'), OLD.tenant_id::integer);
    NEW := OLD;
    NEW.acknowledged_by_id := sec.user_id();
    NEW.acknowledged_by_name := who;
    NEW.acknowledged_at := clock_timestamp();
    NEW.receipt_year := extract(year FROM sec.today());
    NEW.receipt_number := (
        SELECT COALESCE(max(one.receipt_number), 0) + 1 FROM public.sharing_handoverlist AS one
         WHERE one.tenant_id = OLD.tenant_id AND one.receipt_year = NEW.receipt_year);
    RETURN NEW;
END
$body$
"""

GUARD_ENTRY = f"""
CREATE FUNCTION sec.guard_hand_over_entry() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF NEW.returned_at IS NOT NULL OR NOT EXISTS (
        SELECT FROM public.sharing_handoverlist AS list
          JOIN public.sharing_officeclue AS clue ON clue.tenant_id = list.tenant_id
         WHERE list.tenant_id = sec.tenant() AND NEW.tenant_id = sec.tenant()
           AND list.id = NEW.list_id AND list.signed_by_id = sec.user_id()
           AND list.acknowledged_at IS NULL AND NEW.place BETWEEN 1 AND list.size
           AND clue.id = NEW.clue_id AND clue.state = 'taken_in'
           AND NOT sec.tied_to_clue(clue.id, clue.subject_name)) THEN
        RAISE EXCEPTION 'Whoever signs a list puts clues on it that the office holds.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'hand_over_entry_of_a_clue_taken_in',
                  TABLE = 'sharing_handoverentry';
    END IF;
    RETURN NEW;
END
$body$
"""

FUNCTIONS = {
    "holds_own_hand(text, text)": HOLDS_OWN_HAND,
    "reads_team_clue(bigint, bigint)": READS_TEAM_CLUE,
    "sees_team_clue(bigint)": SEES_TEAM_CLUE,
    "tied_to_clue(bigint, text)": TIED_TO_CLUE,
    "reads_office_clue(bigint, text, timestamp with time zone)": READS_OFFICE_CLUE,
    "sees_office_clue(bigint)": SEES_OFFICE_CLUE,
    "reads_hand_over_list(bigint)": READS_HAND_OVER_LIST,
    "next_hand_over_number(integer)": NEXT_HAND_OVER_NUMBER,
    "guard_clue()": GUARD_CLUE,
    "deliver_clue()": DELIVER_CLUE,
    "key_at_random()": KEY_AT_RANDOM,
    "guard_office_clue()": GUARD_OFFICE_CLUE,
    "follow_clue()": FOLLOW_CLUE,
    "guard_clue_tie()": GUARD_TIE,
    "guard_clue_outcome()": GUARD_OUTCOME,
    "guard_hand_over_list()": GUARD_LIST,
    "guard_hand_over_entry()": GUARD_ENTRY,
}
ASKED_BY_THE_WEB = (
    "reads_team_clue(bigint, bigint)",
    "sees_team_clue(bigint)",
    "reads_office_clue(bigint, text, timestamp with time zone)",
    "sees_office_clue(bigint)",
    "reads_hand_over_list(bigint)",
    "next_hand_over_number(integer)",
)
TRIGGERS = (
    ("guard", "BEFORE INSERT OR UPDATE", "clue", "guard_clue"),
    ("deliver", "AFTER INSERT", "cluestep", "deliver_clue"),
    ("drawn", "BEFORE INSERT", "officeclue", "key_at_random"),
    ("guard", "BEFORE UPDATE", "officeclue", "guard_office_clue"),
    ("follow", "AFTER INSERT", "officecluestep", "follow_clue"),
    ("guard", "BEFORE INSERT", "cluetie", "guard_clue_tie"),
    ("guard", "BEFORE INSERT", "clueoutcome", "guard_clue_outcome"),
    ("drawn", "BEFORE INSERT", "handoverlist", "key_at_random"),
    ("guard", "BEFORE INSERT OR UPDATE", "handoverlist", "guard_hand_over_list"),
    ("guard", "BEFORE INSERT", "handoverentry", "guard_hand_over_entry"),
)
ONLY = {"deliver": "WHEN (NEW.act = 'signed') "}

TEXT = (
    "subject_name, subject_post, subject_unit, management_level, source_kind, is_urgent, gist,"
    " evidence, met_on, meeting_opinion"
)


class Migration(migrations.Migration):
    dependencies = [("sharing", "0030_clues")]

    operations = [
        sow("clue", LIFE),
        sow_hands("clue", HANDS),
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                *(f"GRANT EXECUTE ON FUNCTION sec.{name} TO @app@" for name in ASKED_BY_THE_WEB),
            ],
            [f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)],
            "Say who sees a clue, and where it goes",
        ),
        fence_narrowed("sharing_clue", "sec.reads_team_clue(room_id, registered_by_id)"),
        fence_narrowed("sharing_cluestep", "sec.sees_team_clue(record_id)"),
        fence("sharing_clueroute"),
        fence_narrowed(
            "sharing_officeclue", "sec.reads_office_clue(id, subject_name, handed_over_at)"
        ),
        fence_narrowed("sharing_officecluestep", "sec.sees_office_clue(record_id)"),
        fence_personal("sharing_cluetie"),
        fence_narrowed("sharing_clueoutcome", "sec.sees_office_clue(clue_id)"),
        fence_narrowed("sharing_handoverlist", "sec.reads_hand_over_list(id)"),
        fence_narrowed("sharing_handoverentry", "sec.sees_office_clue(clue_id)"),
        composite_fk("sharing_clue", "room_id", "sharing_room"),
        composite_fk("sharing_cluestep", "record_id", "sharing_clue"),
        composite_fk("sharing_clueroute", "clue_id", "sharing_clue"),
        composite_fk("sharing_officecluestep", "record_id", "sharing_officeclue"),
        composite_fk("sharing_cluetie", "clue_id", "sharing_officeclue"),
        composite_fk("sharing_clueoutcome", "clue_id", "sharing_officeclue"),
        composite_fk("sharing_handoverentry", "list_id", "sharing_handoverlist"),
        composite_fk("sharing_handoverentry", "clue_id", "sharing_officeclue"),
        # No worker reads a clue: no job, export or mail could carry one.
        grant("sharing_clue", app=f"SELECT, INSERT, UPDATE ({TEXT})"),
        grant("sharing_cluestep", app="SELECT, INSERT"),
        grant("sharing_clueroute", app="SELECT"),
        grant(
            "sharing_officeclue", app="SELECT, UPDATE (disposal, disposal_due_on, result_due_on)"
        ),
        grant("sharing_officecluestep", app="SELECT, INSERT"),
        grant("sharing_cluetie", app="SELECT, INSERT"),
        grant("sharing_clueoutcome", app="SELECT, INSERT"),
        grant("sharing_handoverlist", app="SELECT, INSERT, UPDATE (acknowledged_at)"),
        grant("sharing_handoverentry", app="SELECT, INSERT"),
        walks(
            "clue",
            step="cluestep",
            life="clue",
            begins_as="registered",
            asks={
                "member": "sec.in_room(one.room_id) AND one.registered_by_id = sec.user_id()",
                "team_leader": "sec.in_room(one.room_id)",
                "office_director": "false",
                "discipline_body": "false",
            },
        ),
        walks(
            "officeclue",
            step="officecluestep",
            life="clue",
            begins_as="leader_signed",
            asks={
                "member": "false",
                "team_leader": "false",
                "office_director": "sec.holds_own_hand('clue', NEW.hand)"
                " AND NOT sec.tied_to_clue(one.id, one.subject_name)",
                "discipline_body": "NOT sec.tied_to_clue(one.id, one.subject_name)",
            },
        ),
        RoleSQL(
            [
                f"CREATE TRIGGER {name} {when} ON sharing_{table} FOR EACH ROW "
                f"{ONLY.get(name, '')}EXECUTE FUNCTION sec.{function}()"
                for name, when, table, function in TRIGGERS
            ],
            [f"DROP TRIGGER {name} ON sharing_{table}" for name, _, table, _ in reversed(TRIGGERS)],
            "Keep clues, lists and outcomes as they were signed",
        ),
    ]
