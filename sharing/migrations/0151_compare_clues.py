"""Clues are compared by a role of its own; each office sees its own side of it, and nothing of the other's.

docs/architecture/corroboration.md says what the database insists on.
"""

from django.db import migrations

from sharing.models.guards import sow, sow_hands, walks
from tenancy.rls import RoleSQL, composite_fk, fence_narrowed, grant

# The life as of now (`sharing.domain.corroboration.consent`).
LIFE = tuple(
    (act, before, after, hand)
    for act, befores, after in (
        ("proposed", ("told",), "proposed"),
        ("confirmed", ("proposed",), "consented"),
        ("taken_back", ("proposed", "consented"), "told"),
        ("refused", ("told", "proposed", "consented"), "refused"),
    )
    for before in befores
    for hand in ("discipline_body", "office_director")
)
HANDS = (
    ("office_director", "city_director", "handle_clue"),
    ("office_director", "county_director", "handle_clue"),
    ("discipline_body", "discipline_body", "dispose_clue"),
)
DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

ROLE_IS_THERE = """
DO $body$
BEGIN
    IF to_regrole('@matcher@') IS NULL THEN
        RAISE EXCEPTION 'The role that compares clues is missing. As a superuser, run '
            'platform/launcher/sql/roles.sql and database.sql once more (deploy/README.md), then '
            'migrate again.';
    END IF;
END
$body$
"""

# What the matcher alone has. `root_id`: offices of one city are compared with one another.
# `box`: what is sealed to the matcher, until its tokens are made. `was_hit`: told to nobody.
TABLES = """
CREATE SCHEMA matcher;
CREATE TABLE matcher.ask (
    party_id bigint PRIMARY KEY, root_id bigint NOT NULL, office_id bigint NOT NULL,
    clue_id bigint NOT NULL, user_id bigint NOT NULL, asked_on date NOT NULL,
    rows smallint NOT NULL, registered_at timestamptz NOT NULL, withdrawn_at timestamptz,
    was_hit boolean, box bytea);
CREATE TABLE matcher.token (
    party_id bigint NOT NULL, token_class text NOT NULL, version integer NOT NULL,
    digest bytea NOT NULL, root_id bigint NOT NULL, office_id bigint NOT NULL,
    clue_id bigint NOT NULL, registered_at timestamptz NOT NULL, withdrawn_at timestamptz,
    PRIMARY KEY (party_id, token_class, version, digest));
CREATE TABLE matcher.notice (
    id bigint PRIMARY KEY, office_id bigint NOT NULL, clue_id bigint NOT NULL, about text NOT NULL,
    told_at timestamptz NOT NULL, answer_until timestamptz NOT NULL,
    is_told boolean NOT NULL DEFAULT false);
CREATE INDEX matcher_notice_of_a_clue ON matcher.notice (office_id, clue_id);
CREATE TABLE matcher.pair (
    one_office bigint NOT NULL, one_clue bigint NOT NULL, one_notice bigint,
    other_office bigint NOT NULL, other_clue bigint NOT NULL, other_notice bigint,
    matched_at timestamptz NOT NULL, led_at timestamptz,
    PRIMARY KEY (one_office, one_clue, other_office, other_clue));
CREATE TABLE matcher.moment (
    kind text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (kind, at));
"""

GUARD_PARTY = f"""
CREATE FUNCTION sec.guard_clue_party() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant() OR NEW.sealed IS NULL
       OR NOT sec.sees_office_clue(NEW.clue_id) THEN
        RAISE EXCEPTION 'Identifiers are noted, sealed, by who handles the clue.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clue_party_of_ones_own_clue',
                  TABLE = 'sharing_clueparty';
    END IF;
    NEW.noted_by_id := sec.user_id();
    NEW.noted_by_name := (SELECT person.display_name FROM public.tenancy_user AS person
                           WHERE person.id = sec.user_id());
    NEW.noted_at := clock_timestamp();
    NEW.asked_by_id := NULL;
    NEW.asked_by_name := '';
    NEW.asked_at := NULL;
    NEW.asked_on := NULL;
    NEW.withdrawn_by_name := '';
    NEW.withdrawn_at := NULL;
    RETURN NEW;
END
$body$
"""

# It looks at nothing of another office, and does the same whatever lies there.
ASK_ABOUT = f"""
CREATE FUNCTION sec.ask_about_party(of_party bigint) RETURNS text LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    one public.sharing_clueparty%ROWTYPE;
    clue public.sharing_officeclue%ROWTYPE;
    at timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('sharing_clueparty'), sec.tenant()::integer);
    SELECT * INTO one FROM public.sharing_clueparty AS party
     WHERE party.tenant_id = sec.tenant() AND party.id = of_party
       AND sec.sees_office_clue(party.clue_id) FOR NO KEY UPDATE;
    SELECT * INTO clue FROM public.sharing_officeclue AS held
     WHERE held.tenant_id = one.tenant_id AND held.id = one.clue_id;
    IF (one.asked_at IS NULL AND one.withdrawn_at IS NULL
        AND clue.state IN ('leader_signed', 'taken_in', 'handed_over', 'acknowledged',
                           'disposal_chosen', 'in_process', 'result_returned')
        AND jsonb_array_length(clue.evidence) > 0) IS NOT TRUE THEN
        RAISE EXCEPTION 'A signed clue with evidence is asked about, each party once.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'party_may_be_asked_about',
                  TABLE = 'sharing_clueparty';
    END IF;
    IF EXISTS (
        SELECT FROM public.sharing_clueparty AS party
         WHERE party.tenant_id = sec.tenant() AND party.asked_on = sec.today()
        HAVING COALESCE(sum(party.rows), 0) + one.rows > 20
            OR COALESCE(sum(party.rows) FILTER (WHERE party.asked_by_id = sec.user_id()), 0)
               + one.rows > 10) THEN
        RAISE EXCEPTION 'So much is asked in a day and no more.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'asked_within_the_quota',
                  TABLE = 'sharing_clueparty';
    END IF;
    at := clock_timestamp();
    INSERT INTO matcher.ask (party_id, root_id, office_id, clue_id, user_id, asked_on, rows,
                             registered_at, box)
    SELECT one.id, CASE office.kind WHEN 'county' THEN office.parent_id ELSE office.id END,
           office.id, one.clue_id, sec.user_id(), sec.today(), one.rows, at, one.sealed
      FROM public.tenancy_office AS office WHERE office.id = sec.tenant();
    UPDATE public.sharing_clueparty AS party
       SET sealed = NULL, asked_at = at, asked_on = sec.today(), asked_by_id = sec.user_id(),
           asked_by_name = (SELECT person.display_name FROM public.tenancy_user AS person
                             WHERE person.id = sec.user_id())
     WHERE party.tenant_id = one.tenant_id AND party.id = one.id;
    RETURN 'queued';
END
$body$
"""

# What was asked stays with the matcher while it cools. The own notices of a clue of which no party
# stands are over, for its own office to see.
WITHDRAW = f"""
CREATE FUNCTION sec.withdraw_party(of_party bigint) RETURNS text LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    one public.sharing_clueparty%ROWTYPE;
    at timestamptz;
BEGIN
    SELECT * INTO one FROM public.sharing_clueparty AS party
     WHERE party.tenant_id = sec.tenant() AND party.id = of_party AND party.withdrawn_at IS NULL
       AND sec.sees_office_clue(party.clue_id) FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'One takes back what stands, of a clue that one handles.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'party_stands',
                  TABLE = 'sharing_clueparty';
    END IF;
    at := clock_timestamp();
    UPDATE public.sharing_clueparty AS party
       SET sealed = NULL, withdrawn_at = at,
           withdrawn_by_name = (SELECT person.display_name FROM public.tenancy_user AS person
                                 WHERE person.id = sec.user_id())
     WHERE party.tenant_id = one.tenant_id AND party.id = one.id;
    UPDATE matcher.ask AS asked SET withdrawn_at = at WHERE asked.party_id = one.id;
    UPDATE public.sharing_hitnotice AS notice SET withdrawn_at = at
     WHERE notice.tenant_id = one.tenant_id AND notice.clue_id = one.clue_id
       AND one.asked_at IS NOT NULL AND notice.withdrawn_at IS NULL AND notice.answer_until > at
       AND NOT EXISTS (
        SELECT FROM public.sharing_clueparty AS party
         WHERE party.tenant_id = one.tenant_id AND party.clue_id = one.clue_id
           AND party.asked_at IS NOT NULL AND party.withdrawn_at IS NULL);
    RETURN 'withdrawn';
END
$body$
"""

# Whoever sits at such a desk in two offices would agree with themselves.
SITS_ELSEWHERE = f"""
CREATE FUNCTION sec.answers_elsewhere() RETURNS boolean LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT EXISTS (
        SELECT FROM public.tenancy_membership AS seat
          JOIN public.sharing_handrole AS given ON given.role = seat.role
         WHERE given.life = 'corroboration_answer' AND seat.user_id = sec.user_id()
           AND seat.tenant_id IS DISTINCT FROM sec.tenant() AND seat.since_on <= sec.today()
           AND (seat.until_on IS NULL OR seat.until_on > sec.today()))
$body$
"""

# Asked once the notice is locked. It looks at the own side alone.
MAY_ANSWER = f"""
CREATE FUNCTION sec.may_answer_hit(of_notice bigint, act text) RETURNS boolean
LANGUAGE sql VOLATILE {DEFINER}
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_hitnotice AS notice
         WHERE notice.tenant_id = sec.tenant() AND notice.id = of_notice
           AND notice.withdrawn_at IS NULL AND sec.sees_office_clue(notice.clue_id)
           AND clock_timestamp() >= notice.told_at AND clock_timestamp() < notice.answer_until)
       AND (act NOT IN ('proposed', 'confirmed') OR NOT sec.answers_elsewhere())
       AND (act <> 'confirmed' OR sec.user_id() IS DISTINCT FROM (
        SELECT step.by_id FROM public.sharing_hitnoticestep AS step
         WHERE step.tenant_id = sec.tenant() AND step.record_id = of_notice
         ORDER BY step.number DESC LIMIT 1))
$body$
"""

# A consent of somebody who has a tie is none; and who has one says so too late to do it themselves.
TAKE_BACK = f"""
CREATE FUNCTION sec.take_back_consents() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    hand text := CASE WHEN sec.holds_own_hand('corroboration_answer', 'office_director')
                      THEN 'office_director' ELSE 'discipline_body' END;
BEGIN
    INSERT INTO public.sharing_hitnoticestep
           (tenant_id, record_id, act, hand, after, reason, facts, number, before, by_name,
            on_behalf_of)
    SELECT notice.tenant_id, notice.id, 'taken_back', hand, 'told', '不再参与该线索', '{{}}', 0, '', '',
           ''
      FROM public.sharing_hitnotice AS notice
     WHERE notice.tenant_id = sec.tenant() AND notice.clue_id = NEW.clue_id
       AND notice.state IN ('proposed', 'consented') AND notice.withdrawn_at IS NULL
       AND notice.answer_until > clock_timestamp() AND EXISTS (
        SELECT FROM public.sharing_hitnoticestep AS step
         WHERE step.tenant_id = notice.tenant_id AND step.record_id = notice.id
           AND step.by_id = NEW.user_id AND step.act IN ('proposed', 'confirmed')
           AND step.number > COALESCE((
            SELECT max(back.number) FROM public.sharing_hitnoticestep AS back
             WHERE back.tenant_id = notice.tenant_id AND back.record_id = notice.id
               AND back.act = 'taken_back'), 0));
    RETURN NEW;
END
$body$
"""

READS_ALERT = f"""
CREATE FUNCTION sec.reads_probing_alert(of_person bigint) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT sec.holds_own_hand('clue', 'office_director')
       AND of_person IS DISTINCT FROM sec.user_id()
$body$
"""

# --- What the matcher does at its moments -------------------------------------------------------

TELL = f"""
CREATE FUNCTION sec.tell_of_hit(of_notice bigint, of_office bigint, of_clue bigint, about text,
    told_at timestamptz, answer_until timestamptz) RETURNS void LANGUAGE sql VOLATILE {DEFINER}
AS $body$
    INSERT INTO public.sharing_hitnotice
           (id, tenant_id, clue_id, about, told_at, answer_until, state, steps)
    VALUES (of_notice, of_office, of_clue, about, told_at, answer_until, 'told', 0)
$body$
"""

# Whoever answers at this moment is waited for: what they do counts, or comes after.
ANSWERS = f"""
CREATE FUNCTION sec.answers_to_hits(of_notices bigint[])
RETURNS TABLE (notice_id bigint, withdrawn_at timestamptz, act text, by_id bigint,
               at timestamptz) LANGUAGE plpgsql VOLATILE {DEFINER}
AS $body$
BEGIN
    PERFORM FROM public.sharing_hitnotice AS notice
      WHERE notice.id = ANY (of_notices) ORDER BY notice.id FOR NO KEY UPDATE;
    RETURN QUERY
    SELECT notice.id, notice.withdrawn_at, step.act::text, step.by_id, step.at
      FROM public.sharing_hitnotice AS notice
      LEFT JOIN public.sharing_hitnoticestep AS step
        ON step.tenant_id = notice.tenant_id AND step.record_id = notice.id
     WHERE notice.id = ANY (of_notices) ORDER BY notice.id, step.number;
END
$body$
"""

LEAD = f"""
CREATE FUNCTION sec.lead_together(of_notice bigint, with_office bigint, under text,
    at timestamptz) RETURNS void LANGUAGE sql VOLATILE {DEFINER}
AS $body$
    INSERT INTO public.sharing_ledpartner
           (id, tenant_id, notice_id, clue_id, partner_id, reference, led_at)
    SELECT 0, notice.tenant_id, notice.id, notice.clue_id, with_office, under, at
      FROM public.sharing_hitnotice AS notice WHERE notice.id = of_notice
$body$
"""

# To the office and to its city, each once in a month for one reason.
ALERT = f"""
CREATE FUNCTION sec.raise_probing_alert(of_office bigint, why text, whose bigint, at timestamptz)
RETURNS void LANGUAGE sql VOLATILE {DEFINER}
AS $body$
    INSERT INTO public.sharing_probingalert
           (id, tenant_id, suspicion, office_id, person_id, person_name, raised_at)
    SELECT 0, reader.id, why, of_office, whose,
           COALESCE((SELECT person.display_name FROM public.tenancy_user AS person
                      WHERE person.id = whose), ''), at
      FROM public.tenancy_office AS asking
      JOIN public.tenancy_office AS reader
        ON reader.id = asking.id OR (asking.kind = 'county' AND reader.id = asking.parent_id)
     WHERE asking.id = of_office AND NOT EXISTS (
        SELECT FROM public.sharing_probingalert AS before
         WHERE before.tenant_id = reader.id AND before.suspicion = why
           AND before.office_id = of_office AND before.person_id IS NOT DISTINCT FROM whose
           AND before.raised_at > at - interval '30 days')
$body$
"""

FUNCTIONS = {
    "guard_clue_party()": GUARD_PARTY,
    "ask_about_party(bigint)": ASK_ABOUT,
    "withdraw_party(bigint)": WITHDRAW,
    "answers_elsewhere()": SITS_ELSEWHERE,
    "may_answer_hit(bigint, text)": MAY_ANSWER,
    "take_back_consents()": TAKE_BACK,
    "reads_probing_alert(bigint)": READS_ALERT,
    "tell_of_hit(bigint, bigint, bigint, text, timestamptz, timestamptz)": TELL,
    "answers_to_hits(bigint[])": ANSWERS,
    "lead_together(bigint, bigint, text, timestamptz)": LEAD,
    "raise_probing_alert(bigint, text, bigint, timestamptz)": ALERT,
}
ASKED_BY_THE_WEB = (
    "ask_about_party(bigint)",
    "withdraw_party(bigint)",
    "answers_elsewhere()",
    "reads_probing_alert(bigint)",
)
ASKED_BY_THE_MATCHER = tuple(FUNCTIONS)[-4:]
TRIGGERS = (
    ("drawn", "clueparty", "key_at_random"),
    ("guard", "clueparty", "guard_clue_party"),
    ("drawn", "hitnoticestep", "key_at_random"),
    ("drawn", "ledpartner", "key_at_random"),
    ("drawn", "probingalert", "key_at_random"),
    ("takes_back", "cluetie", "take_back_consents"),
)


class Migration(migrations.Migration):
    dependencies = [("sharing", "0150_corroboration")]

    operations = [
        sow("corroboration_answer", LIFE),
        sow_hands("corroboration_answer", HANDS),
        RoleSQL(
            [ROLE_IS_THERE, *(one for one in TABLES.split(";") if one.strip())],
            ["DROP SCHEMA matcher CASCADE"],
            "Make the tables that the matcher alone has",
        ),
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                *(f"GRANT EXECUTE ON FUNCTION sec.{name} TO @app@" for name in ASKED_BY_THE_WEB),
                "GRANT USAGE ON SCHEMA matcher, sec TO @matcher@",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA matcher TO @matcher@",
                *(
                    f"GRANT EXECUTE ON FUNCTION sec.{name} TO @matcher@"
                    for name in ASKED_BY_THE_MATCHER
                ),
            ],
            [
                "REVOKE ALL ON ALL TABLES IN SCHEMA matcher FROM @matcher@",
                "REVOKE USAGE ON SCHEMA matcher, sec FROM @matcher@",
                *(f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)),
            ],
            "Say who asks, who answers, and what the matcher does",
        ),
        fence_narrowed("sharing_clueparty", "sec.sees_office_clue(clue_id)"),
        fence_narrowed("sharing_hitnotice", "sec.sees_office_clue(clue_id)"),
        RoleSQL(
            [
                """
CREATE FUNCTION sec.sees_hit_notice(of_notice bigint) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_hitnotice AS notice
         WHERE notice.tenant_id = sec.tenant() AND notice.id = of_notice
           AND sec.sees_office_clue(notice.clue_id))
$body$
""",
                "REVOKE ALL ON FUNCTION sec.sees_hit_notice(bigint) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.sees_hit_notice(bigint) TO @app@",
            ],
            ["DROP FUNCTION sec.sees_hit_notice(bigint)"],
            "Say who sees what was answered",
        ),
        fence_narrowed("sharing_hitnoticestep", "sec.sees_hit_notice(record_id)"),
        fence_narrowed("sharing_ledpartner", "sec.sees_office_clue(clue_id)"),
        fence_narrowed("sharing_probingalert", "sec.reads_probing_alert(person_id)"),
        composite_fk("sharing_clueparty", "clue_id", "sharing_officeclue"),
        composite_fk("sharing_hitnotice", "clue_id", "sharing_officeclue"),
        composite_fk("sharing_hitnoticestep", "record_id", "sharing_hitnotice"),
        composite_fk("sharing_ledpartner", "notice_id", "sharing_hitnotice"),
        composite_fk("sharing_ledpartner", "clue_id", "sharing_officeclue"),
        grant("sharing_clueparty", app="SELECT, INSERT"),
        grant("sharing_hitnotice", app="SELECT"),
        grant("sharing_hitnoticestep", app="SELECT, INSERT"),
        grant("sharing_ledpartner", app="SELECT"),
        grant("sharing_probingalert", app="SELECT"),
        walks(
            "hitnotice",
            step="hitnoticestep",
            life="corroboration_answer",
            begins_as="told",
            asks={
                "office_director": "sec.may_answer_hit(one.id, NEW.act)",
                "discipline_body": "sec.may_answer_hit(one.id, NEW.act)",
            },
        ),
        RoleSQL(
            [
                f"CREATE TRIGGER {name} BEFORE INSERT ON sharing_{table} "
                f"FOR EACH ROW EXECUTE FUNCTION sec.{function}()"
                for name, table, function in TRIGGERS
            ],
            [f"DROP TRIGGER {name} ON sharing_{table}" for name, table, _ in reversed(TRIGGERS)],
            "Guard what is noted and told",
        ),
    ]
